//! One record a customer, kept column by column: what every score, cell and segment is computed from.

mod stored;

use std::sync::Arc;

use super::day::Day;
use super::money::Scale;
use super::packed::Packed;
use crate::tr;

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

    /// The name in options, files and filters; people read [`Axis::title`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["recency", "frequency", "monetary"][self.index()]
    }

    /// The name as people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Recency => tr!("recency"),
            Self::Frequency => tr!("frequency"),
            Self::Monetary => tr!("monetary"),
        }
    }

    /// Whether a small value is the good one.
    #[must_use]
    pub const fn small_is_best(self) -> bool {
        matches!(self, Self::Recency)
    }
}

/// Texts end to end in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    /// The texts of a range of positions end to end. Panics beyond the end, like a slice.
    #[must_use]
    pub fn joined(&self, positions: std::ops::Range<usize>) -> &str {
        &self.bytes[self.start(positions.start)..self.start(positions.end)]
    }

    /// Where the text at a position begins in the buffer, in bytes; for the position after the last, where that ends.
    #[inline]
    #[must_use]
    pub fn start(&self, position: usize) -> usize {
        if position == 0 { 0 } else { self.ends[position - 1] as usize }
    }

    /// How many texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes that they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.len() + std::mem::size_of_val(self.ends.as_slice())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// What is known of each customer, column by column, while it is being gathered; every column has one value a customer.
#[derive(Clone, Debug, Default)]
pub struct Columns {
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
    pub net: Vec<i64>,
    /// Sum of the amounts above zero, minor units.
    pub gross: Vec<i64>,
    /// Net sum of the largest order, minor units.
    pub largest_order: Vec<i64>,
    /// Median gap between order days, in half days; 0 for a single order day.
    pub gap: Vec<u32>,
    /// What the minor unit is.
    pub scale: Scale,
}

/// All customers of a data set, packed; every column has one value a customer, in the order of their first kept row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customers {
    /// The customer's id as the data has it, without blanks around it.
    pub ids: TextArena,
    /// Day of the first kept row, days since 1970-01-01.
    pub first_order: Arc<Packed>,
    /// Day of the last kept row, days since 1970-01-01.
    pub last_order: Arc<Packed>,
    /// Distinct orders.
    pub orders: Arc<Packed>,
    /// Distinct days with a kept row.
    pub days: Arc<Packed>,
    /// Kept rows.
    pub rows: Arc<Packed>,
    /// Net sum of amounts, minor units. All sums over customers fit 64 bits: checked when the data was read.
    pub net: Arc<Packed>,
    /// Sum of the amounts above zero, minor units.
    pub gross: Arc<Packed>,
    /// Net sum of the largest order, minor units.
    pub largest_order: Arc<Packed>,
    /// Median gap between order days, in half days; 0 for a single order day.
    pub gap: Arc<Packed>,
    /// What the minor unit is.
    pub scale: Scale,
}

/// What is known of one customer, beside the id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Day of the first kept row.
    pub first_order: Day,
    /// Day of the last kept row.
    pub last_order: Day,
    /// Distinct orders.
    pub orders: u32,
    /// Distinct days with a kept row.
    pub days: u32,
    /// Kept rows.
    pub rows: u32,
    /// Net sum of amounts, minor units.
    pub net: i64,
    /// Sum of the amounts above zero, minor units.
    pub gross: i64,
    /// Net sum of the largest order, minor units.
    pub largest_order: i64,
    /// Median gap between order days, in half days; 0 for a single order day.
    pub gap: u32,
}

impl Columns {
    /// Appends a customer.
    pub fn push(&mut self, id: &str, figures: Figures) {
        let Figures { first_order, last_order, orders, days, rows, net, gross, largest_order, gap } = figures;
        self.ids.push(id);
        self.first_order.push(first_order);
        self.last_order.push(last_order);
        self.orders.push(orders);
        self.days.push(days);
        self.rows.push(rows);
        self.net.push(net);
        self.gross.push(gross);
        self.largest_order.push(largest_order);
        self.gap.push(gap);
    }

    /// The customers in the fewest bytes: narrow columns, and one column where two are the same, as orders and days often are.
    #[must_use]
    pub fn pack(self) -> Customers {
        let days = |days: Vec<Day>| Arc::new(Packed::from_fn(days.len(), |place| days[place].0.into()));
        let counts = |counts: Vec<u32>| Arc::new(Packed::from_fn(counts.len(), |place| counts[place].into()));
        let sums = |sums: Vec<i64>| Arc::new(Packed::new(&sums));
        let orders = counts(self.orders);
        let net = sums(self.net);
        Customers {
            ids: self.ids,
            first_order: days(self.first_order),
            last_order: days(self.last_order),
            days: shared(counts(self.days), &[&orders]),
            rows: shared(counts(self.rows), &[&orders]),
            orders,
            gross: shared(sums(self.gross), &[&net]),
            largest_order: shared(sums(self.largest_order), &[&net]),
            net,
            gap: counts(self.gap),
            scale: self.scale,
        }
    }
}

/// A column, or the one of some others that equals it.
fn shared(column: Arc<Packed>, others: &[&Arc<Packed>]) -> Arc<Packed> {
    others.iter().find(|other| ***other == column).map_or(column, |other| Arc::clone(other))
}

impl Customers {
    /// How many customers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.net.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.net.is_empty()
    }

    /// Day of a customer's first kept row.
    #[must_use]
    pub fn first_order(&self, customer: usize) -> Day {
        Day(self.first_order.get(customer) as i32)
    }

    /// Day of a customer's last kept row.
    #[must_use]
    pub fn last_order(&self, customer: usize) -> Day {
        Day(self.last_order.get(customer) as i32)
    }

    /// First and last day with a kept row, `None` without customers.
    #[must_use]
    pub fn period(&self) -> Option<(Day, Day)> {
        let (first, last) = (self.first_order.iter().min()?, self.last_order.iter().max()?);
        Some((Day(first as i32), Day(last as i32)))
    }

    /// Bytes that the columns take, without the ids; a column that stands for two counts once.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let columns = [
            &self.first_order,
            &self.last_order,
            &self.orders,
            &self.days,
            &self.rows,
            &self.net,
            &self.gross,
            &self.largest_order,
            &self.gap,
        ];
        let first = |place: usize| !columns[..place].iter().any(|other| Arc::ptr_eq(other, columns[place]));
        (0..columns.len()).filter(|place| first(*place)).map(|place| columns[place].bytes()).sum()
    }
}
