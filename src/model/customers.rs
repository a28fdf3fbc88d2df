//! One record a customer, kept column by column: what every score, cell and segment is computed from.

use super::day::Day;
use super::measures::Frequency;
use super::money::Scale;

/// What one customer is known by while the data is loaded: a position, from 0.
pub type CustomerIndex = u32;

/// The three axes of RFM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Whole calendar days from the last order to the as-of date; small is best.
    Recency,
    /// How often: orders, days or rows; large is best.
    Frequency,
    /// How much: the net sum of amounts in minor units; large is best.
    Monetary,
}

impl Axis {
    /// R, F and M, in this order.
    pub const ALL: [Self; 3] = [Self::Recency, Self::Frequency, Self::Monetary];

    /// Position in [`Axis::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The field's one-letter name.
    #[must_use]
    pub const fn letter(self) -> char {
        ['R', 'F', 'M'][self.index()]
    }

    /// The name as it is written in files and on the screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["recency", "frequency", "monetary"][self.index()]
    }

    /// Whether a small value is the good one.
    #[must_use]
    pub const fn small_is_best(self) -> bool {
        matches!(self, Self::Recency)
    }
}

/// Texts end to end in one buffer.
#[derive(Clone, Debug, Default)]
pub struct TextArena {
    bytes: String,
    ends: Vec<u64>,
}

impl TextArena {
    /// Appends a text and gives its position.
    pub fn push(&mut self, text: &str) -> usize {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u64);
        self.ends.len() - 1
    }

    /// The text at a position. Panics beyond the end, like a slice.
    #[inline]
    #[must_use]
    pub fn get(&self, position: usize) -> &str {
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        &self.bytes[start..self.ends[position] as usize]
    }

    /// How many texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// All customers of a data set; every column has one value a customer, in the order of their first kept row.
#[derive(Clone, Debug, Default)]
pub struct Customers {
    /// The customer's id as the data has it, without blanks around it.
    pub ids: TextArena,
    /// Day of the first kept row.
    pub first_order: Vec<Day>,
    /// Day of the last kept row.
    pub last_order: Vec<Day>,
    /// Distinct orders.
    pub orders: Vec<u32>,
    /// Distinct days with a kept row.
    pub days: Vec<u32>,
    /// Kept rows.
    pub rows: Vec<u32>,
    /// Net sum of amounts, minor units. All sums over customers fit 64 bits: checked when the data was read.
    pub monetary: Vec<i64>,
    /// What the minor unit is.
    pub scale: Scale,
}

impl Customers {
    /// How many customers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// First and last day with a kept row, `None` without customers.
    #[must_use]
    pub fn period(&self) -> Option<(Day, Day)> {
        Some((*self.first_order.iter().min()?, *self.last_order.iter().max()?))
    }

    /// The column that a choice of frequency counts by.
    #[must_use]
    pub fn frequency(&self, frequency: Frequency) -> &[u32] {
        match frequency {
            Frequency::Orders => &self.orders,
            Frequency::Days => &self.days,
            Frequency::Rows => &self.rows,
        }
    }
}

/// Customers seen from an as-of date with a choice of frequency: the value of each on each axis.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// The customers.
    pub customers: &'a Customers,
    /// The day recency is counted to; no last order is later.
    pub as_of: Day,
    /// What frequency counts.
    pub frequency: Frequency,
}

impl Measured<'_> {
    /// A customer's value on an axis: days, a count, or minor units.
    #[inline]
    #[must_use]
    pub fn value(&self, axis: Axis, customer: usize) -> i64 {
        match axis {
            Axis::Recency => i64::from(self.as_of - self.customers.last_order[customer]),
            Axis::Frequency => i64::from(self.customers.frequency(self.frequency)[customer]),
            Axis::Monetary => self.customers.monetary[customer],
        }
    }
}
