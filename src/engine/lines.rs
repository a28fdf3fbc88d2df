//! The kept rows of one customer, as rules and measures look at them.

use crate::model::day::Day;
use crate::model::transactions::Transactions;

/// One kept row of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its day.
    pub day: Day,
    /// The order's number within the customer, below the number of the customer's lines; lines of one order share it.
    pub order: u32,
    /// Net minor units; below zero for a return.
    pub amount: i64,
}

impl Line {
    /// Whether it is a purchase: anything but a return.
    #[inline]
    #[must_use]
    pub const fn is_purchase(&self) -> bool {
        self.amount >= 0
    }
}

/// Writes the lines of a customer in place of what was there. A return that counts nothing, as its order's total stands on
/// another line, is taken for a purchase of nothing.
pub fn fill(transactions: &Transactions, customer: usize, lines: &mut Vec<Line>) {
    lines.clear();
    let mut first = None;
    lines.extend(transactions.of(customer).map(|row| {
        let row = transactions.get(row);
        // Orders are numbered as they come, from that of the first row on.
        Line { day: row.day, order: row.order - *first.get_or_insert(row.order), amount: row.amount }
    }));
}

/// The lines of one customer and the values of their attributes.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    /// Sorted by day; none is later than the data is looked at.
    pub lines: &'a [Line],
    /// The code of an attribute's value in a line, both by number; 0 where the line has none.
    pub code: &'a dyn Fn(usize, usize) -> u32,
}

impl<'a> Lines<'a> {
    /// The lines of a customer without attributes.
    #[must_use]
    pub fn plain(lines: &'a [Line]) -> Self {
        Self { lines, code: &|_, _| 0 }
    }

    /// The day of the first purchase; that of the first return where there is no purchase.
    #[must_use]
    pub fn first_order(&self) -> Option<Day> {
        self.lines.iter().find(|line| line.is_purchase()).or_else(|| self.lines.first()).map(|line| line.day)
    }

    /// The days of the purchases, each once, in order.
    pub fn purchase_days(&self) -> impl Iterator<Item = Day> + use<'a> {
        let mut last = None;
        let days = self.lines.iter().filter(|line| line.is_purchase()).map(|line| line.day);
        days.filter(move |day| last.replace(*day) != Some(*day))
    }
}

/// Buffers that are used again for customer after customer, so that none of them costs an allocation.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// A count for each order.
    pub(super) counts: Vec<u32>,
    /// A sum for each order, minor units.
    pub(super) sums: Vec<i128>,
    /// Codes and the lines that have them.
    pub(super) codes: Vec<(u32, u32)>,
}
