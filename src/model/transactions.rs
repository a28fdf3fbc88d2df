//! The kept rows of a data set, customer by customer: what profiles, VIP rules, attributes and data filters are made of.

mod attribute;
mod regroup;

use std::ops::Range;

pub use attribute::{Attribute, Dictionary, ValueRule};
pub(crate) use regroup::median_in_halves;

use super::customers::TextArena;
use super::day::Day;
use super::packed::Packed;

/// All kept rows: those of a customer follow each other by day, those of a day as they stand in the files.
#[derive(Clone, Debug, Default)]
pub struct Transactions {
    /// Where the rows of each customer end, in the order of the customers.
    pub(crate) ends: Vec<u32>,
    /// Days since 1970-01-01.
    pub(crate) days: Packed,
    /// The number of each row's order. Orders are numbered by customer, and within one as they are met.
    pub(crate) orders: Packed,
    /// What each row counts, minor units of the customers' scale; below zero for a return.
    pub(crate) amounts: Packed,
    /// Rows that are returns though they count nothing, rising: an order's total stands on each of its lines, and counts once.
    pub(crate) silent_returns: Vec<u32>,
    /// The order numbers as they are written; empty for a row that is an order of its own.
    pub(crate) order_ids: TextArena,
    /// The other columns.
    pub(crate) attributes: Vec<Attribute>,
}

/// A kept row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// When.
    pub day: Day,
    /// The order's number.
    pub order: u32,
    /// What it counts, minor units.
    pub amount: i64,
    /// Whether it takes back what was bought: it makes no order and no purchase day.
    pub is_return: bool,
}

impl Transactions {
    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// How many customers have them.
    #[must_use]
    pub fn customers(&self) -> usize {
        self.ends.len()
    }

    /// The rows of a customer. Panics beyond the customers, like a slice.
    #[inline]
    #[must_use]
    pub fn of(&self, customer: usize) -> Range<usize> {
        let start = if customer == 0 { 0 } else { self.ends[customer - 1] };
        start as usize..self.ends[customer] as usize
    }

    /// A row. Panics beyond the rows, like a slice.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Transaction {
        let amount = self.amounts.get(row);
        let is_return = amount < 0 || (amount == 0 && self.silent_returns.binary_search(&(row as u32)).is_ok());
        Transaction { day: Day(self.days.get(row) as i32), order: self.orders.get(row) as u32, amount, is_return }
    }

    /// The number of an order as it is written; empty where a row is an order of its own.
    #[must_use]
    pub fn order_id(&self, order: u32) -> &str {
        self.order_ids.get(order as usize)
    }

    /// Every order by its number, with the number as it is written.
    pub fn order_numbers(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.order_ids.len()).map(|order| (order as u32, self.order_ids.get(order)))
    }

    /// First and last day of all rows, returns too; `None` without any.
    #[must_use]
    pub fn period(&self) -> Option<(Day, Day)> {
        let day = |day: i64| Day(day as i32);
        Some((day(self.days.iter().min()?), day(self.days.iter().max()?)))
    }

    /// The other columns, in the order of the files.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// Bytes that they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let columns = [&self.days, &self.orders, &self.amounts].map(Packed::bytes).iter().sum::<usize>();
        let attributes: usize = self.attributes.iter().map(Attribute::bytes).sum();
        columns + attributes + std::mem::size_of_val(self.ends.as_slice()) + self.order_ids.bytes()
    }
}

#[cfg(test)]
mod tests;
