//! Why the dates of a column are read in a format: kept as it is, and told in the language of who asks.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::contrary::Contrary;
use super::names::unit_name;
use super::{DateFormat, DateOrder};
use crate::tr;

/// What speaks for a format of dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateWhy {
    /// The user gives the format.
    Given,
    /// Values such as this one begin with a year of four digits.
    YearFirst(String),
    /// Values such as this one have the month as a word.
    MonthWord(String),
    /// Values such as this one are numbers that are days in the format.
    Numbers(DateFormat, String),
    /// A person asked for an order.
    Asked(DateOrder, Contrary),
    /// A value that one order reads and another does not.
    Order {
        /// The order.
        order: DateOrder,
        /// The value.
        example: String,
        /// The other order.
        rival: DateOrder,
        /// Values that the order does not read.
        contrary: Contrary,
    },
    /// The first numbers are few different ones and the last many: years, and days.
    FewFirst {
        /// Different first numbers.
        first: u32,
        /// Different last ones.
        last: u32,
    },
    /// The last numbers are few different ones, as years are.
    FewLast {
        /// The order that is left.
        order: DateOrder,
        /// Different last numbers.
        last: u32,
    },
}

impl fmt::Display for DateWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Given => tr!("format given").to_owned(),
            Self::YearFirst(example) => tr!("year first: `{example}`", example),
            Self::MonthWord(example) => tr!("the month is a word: `{example}`", example),
            Self::Numbers(format, example) => numbers(*format, example),
            Self::Asked(order, contrary) => contrary.behind(tr!("{order}, as asked", order = order_name(*order))),
            Self::Order { order, example, rival, contrary } => {
                let (order, rival) = (order_name(*order), order_name(*rival));
                contrary.behind(tr!("{order}: `{example}` cannot be {rival}", order, example, rival))
            }
            Self::FewFirst { first, last } => {
                tr!("year first: its first numbers are {first} different ones, its last {last}", first, last)
            }
            Self::FewLast { order, last } => {
                let order = order_name(*order);
                tr!("{order}: its last numbers, {last} different ones, are the years", order, last)
            }
        })
    }
}

/// What numbers are taken for, with one of them.
fn numbers(format: DateFormat, example: &str) -> String {
    let day = format.parse(example.as_bytes(), None);
    let read = day.map_or_else(String::new, |day| tr!("`{example}` is {day}", example, day));
    match format {
        DateFormat::Minguo => tr!("Minguo years: {read}", read),
        DateFormat::Serial(_) => tr!("days as Excel counts them: {read}", read),
        DateFormat::Unix(unit) => tr!("{unit} since 1970: {read}", unit = unit_name(unit), read),
        _ => tr!("year, month and day without marks: {read}", read),
    }
}

/// What comes first.
fn order_name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::YearFirst => tr!("year first"),
        DateOrder::DayFirst => tr!("day first"),
        DateOrder::MonthFirst => tr!("month first"),
    }
}
