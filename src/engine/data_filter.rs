//! The data filter: conditions on the kept rows of the files, before customers are made of them.
//!
//! A filter of customers says who is counted; a data filter says of which rows customers are made. Recency, frequency,
//! monetary and all else of a customer then come from those rows alone, and who has none of them is gone. It is the same
//! SQL expression, over what a row says:
//!
//! - `date`, the day of the row; `year`, a whole number; `month`, a text such as `2011-06`, one month of one year;
//!   `weekday`, a text from `Monday` to `Sunday`
//! - `amount`, what the row counts in units of money, below zero for a return
//! - `order`, the order number as it is written, where the files have one
//! - every other column of the files by its name; one whose values are all numbers is compared as numbers
//!
//! A column that has the very name of `year`, `month` or `weekday` stands in its place. A value that is missing meets
//! nothing but `is missing`.

mod columns;
mod names;
#[cfg(test)]
mod tests;

use columns::RowColumns;
pub use names::RowNames;
pub(super) use names::is_of_rows;

use super::filter::{Mask, bind};
use crate::model::customers::Customers;
use crate::model::filter::{Filter, FilterError};
use crate::model::money::Scale;
use crate::model::transactions::Transactions;

/// The rows that a data filter takes, of rows whose amounts have a scale; a bit a row.
///
/// # Errors
/// A name that rows do not have, or a value that it cannot be compared with, with its place.
pub fn taken(filter: &Filter, rows: &Transactions, scale: Scale) -> Result<Mask, FilterError> {
    let names = RowNames::new(Some(rows), scale);
    let bound = bind(filter, &names)?;
    let columns = RowColumns::of(&bound, &names, rows);
    Ok(Mask::of(&bound, rows.len(), &columns))
}

/// What a data filter takes of the kept rows of the files; the rest is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Of the rows.
    pub rows: Part,
    /// Of the customers: those who have such rows.
    pub customers: Part,
    /// Of the net sum of amounts, minor units.
    pub revenue: Part,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What is taken.
    pub taken: i64,
    /// What there is.
    pub of: i64,
}

impl Part {
    /// What is set aside: with what is taken, it makes up the whole.
    #[must_use]
    pub const fn aside(self) -> i64 {
        self.of - self.taken
    }
}

impl Taken {
    /// What is left of rows and their customers.
    #[must_use]
    pub fn of((customers, rows): (&Customers, &Transactions), (left, taken): (&Customers, &Transactions)) -> Self {
        let part = |taken: usize, of: usize| Part { taken: taken as i64, of: of as i64 };
        Self {
            rows: part(taken.len(), rows.len()),
            customers: part(left.len(), customers.len()),
            revenue: Part { taken: left.net.iter().sum(), of: customers.net.iter().sum() },
        }
    }
}
