//! VIP rules: what makes a customer a VIP, as one line of text, such as `amount >= 100000 in 12 months or orders >= 5 in
//! a month`.
//!
//! | text | met by customers |
//! |---|---|
//! | `amount >= 100000 in 12 months` | whose net sum in some 12 months, counted from any day, reaches it |
//! | `amount >= 5000 in a month` | whose net sum in some calendar month reaches it; `quarter` and `year` likewise |
//! | `amount >= 5000 this year` | whose net sum in the calendar year of the as-of date reaches it |
//! | `amount >= 5000 in the last 90 days` | whose net sum in the 90 days before the as-of date reaches it |
//! | `orders >= 5 in 30 days` | who have as many orders in some 30 consecutive days, both ends counted |
//! | `orders with category = 'Bedding' >= 3` | who bought the value in as many orders; short: `category 'Bedding' >= 3` |
//! | `order days >= 10` | who bought on as many different days |
//! | `largest order >= 1000` | whose largest order has such a net sum |
//! | `tenure >= 5 years` | whose first order lies as many full years before the as-of date |
//!
//! Conditions are joined by `and` and `or`; `and` binds closer, and parentheses bind closest. Amounts are net, so returns
//! subtract on their own day. A purchase is a line whose amount is not below zero; an order counts in a window when it has
//! a purchase there. What a bound names is in: 100,000 meets `>= 100000`, and 99,999.99 does not.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::calendar::{Period, Span};
use super::money::{Decimal, DecimalError, Scale};
use crate::tr;

mod parse;
mod write;

/// What a rule without a name is called.
pub const DEFAULT_NAME: &str = "VIP";

/// A condition with a name: `Gold: amount >= 100000 in 12 months`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What those who meet it are called; not empty.
    pub name: String,
    /// What they meet.
    pub condition: Condition,
}

/// What a customer must meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// To reach a bound.
    Reach(Reach),
    /// To have made the first purchase so long before the as-of date: the span has passed on that date, by the calendar.
    /// A first order on 2020-02-29 has a tenure of a year from 2021-03-01.
    Tenure(Span),
    /// All of some conditions: two or more, none of which is itself of this kind.
    All(Vec<Condition>),
    /// One of some conditions at least: two or more, none of which is itself of this kind.
    Any(Vec<Condition>),
}

/// A bound and what must reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// What is summed or counted.
    pub of: Subject,
    /// What it must reach.
    pub bound: Bound,
    /// Among which days.
    pub window: Window,
}

/// What is summed or counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The net sum of amounts.
    Amount,
    /// Distinct orders with a purchase.
    Orders,
    /// Distinct orders with a purchase of a value.
    OrdersWith {
        /// The attribute's name, as typed.
        attribute: String,
        /// The value, as typed.
        value: String,
    },
    /// Distinct days with a purchase.
    OrderDays,
    /// The largest net sum of an order.
    LargestOrder,
}

impl Subject {
    /// Whether it is a sum of money, and not a count.
    #[must_use]
    pub const fn is_money(&self) -> bool {
        matches!(self, Self::Amount | Self::LargestOrder)
    }
}

/// A number that must be reached or exceeded: above zero, or not below it where it must be exceeded, since no window is too
/// empty for less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// A count or units of money, as typed.
    pub number: Decimal,
    /// Whether the number itself is not enough: `>` instead of `>=`.
    pub exceeded: bool,
}

impl Bound {
    /// The least whole number of smallest units that meets it, exactly, whatever the decimals: `>= 10.005` begins at 1001
    /// cents. `None` where that is beyond 64 bits, so that nobody meets it.
    #[must_use]
    pub fn least(&self, scale: Scale) -> Option<i64> {
        let number = self.number.significant();
        let least = match number.decimals.checked_sub(scale.decimals()).filter(|finer| *finer > 0) {
            None => number.mantissa_at(scale.decimals())?.checked_add(i128::from(self.exceeded))?,
            // Its last digit is not zero, so that a number of smallest units is never equal to it.
            Some(finer) => match 10i128.checked_pow(finer.into()) {
                Some(divisor) => number.mantissa.div_euclid(divisor) + 1,
                None => i128::from(number.mantissa > 0),
            },
        };
        i64::try_from(least).ok()
    }
}

/// Among which days something is summed or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// All.
    Ever,
    /// Those of some window of a length, whichever suits best: for some day, the days up to it since which the span has not
    /// passed on it. `12 months` that end on 2024-03-15 begin on 2023-03-16; `30 days` are a day and the 29 before it.
    /// The window may reach across the year's end, and beyond the last order.
    Any(Span),
    /// Those of some month, quarter or year of the calendar.
    AnyPeriod(Period),
    /// The last ones before the as-of date, which is not one of them.
    Last(Span),
    /// Those of the calendar month, quarter or year that the as-of date lies in.
    This(Period),
}

/// A text that is no rule.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("{problem} (at character {place})", problem, place = column + 1))]
pub struct RuleError {
    /// Where the problem begins: characters before it, so 0 for the first.
    pub column: usize,
    /// What it is.
    pub problem: RuleProblem,
}

/// What is wrong with a rule, and what to write.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RuleProblem {
    /// Nothing where a condition should be.
    #[error("{}", tr!("a condition is missing here, such as `amount >= 100000 in 12 months`"))]
    NoCondition,
    /// Nothing before the colon.
    #[error("{}", tr!("a name is missing before the colon; write it as `Gold: amount >= 100000`"))]
    NoName,
    /// A character that a terminal must not get.
    #[error("{}", tr!("a control or invisible character stands here; remove it"))]
    Unsafe,
    /// Not a thing that rules are about.
    #[error("{}", tr!(
        "`{found}` is nothing that a rule counts; begin with amount, orders, order days, largest order or tenure, \
         or with an attribute and its value, such as category 'Bedding'",
        found = _0
    ))]
    Subject(String),
    /// No attribute after `with`.
    #[error("{}", tr!("an attribute is missing here; write it as orders with category = 'Bedding'"))]
    NoAttribute,
    /// No value after an attribute.
    #[error("{}", tr!(
        "a value of `{attribute}` is missing here; write it in quotes, as in category 'Bedding'",
        attribute = _0
    ))]
    NoValue(String),
    /// A quote that is not closed.
    #[error("{}", tr!("the quote that opens here is not closed; a quote inside the text is written twice"))]
    Quote,
    /// No bound after what is counted.
    #[error("{}", tr!("after `{subject}` comes >= and a number", subject = _0))]
    NoBound(String),
    /// A sign that is not for bounds.
    #[error("{}", tr!(
        "`{found}` is not for rules, which say what must be reached; write >=, or > for what must be exceeded",
        found = _0
    ))]
    Sign(String),
    /// Nothing where a number should be.
    #[error("{}", tr!("a number is missing after `{sign}`", sign = _0))]
    NoNumber(String),
    /// Not a number that can be kept exactly.
    #[error("{}", tr!("`{text}` is {problem}; write it as 1234.50, without thousands separators", text, problem))]
    Number {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        problem: DecimalError,
    },
    /// A bound that everybody reaches.
    #[error("{}", tr!("everybody reaches {number}; write a number above zero", number = _0))]
    NotPositive(Decimal),
    /// Not a length of time.
    #[error("{}", tr!(
        "`{found}` is no stretch of time; write 12 months, 365 days, a month, a year, the last 90 days or this \
         year",
        found = _0
    ))]
    Window(String),
    /// Nothing where a length of time should be.
    #[error("{}", tr!(
        "a stretch of time is missing after `{word}`, such as `in 12 months`, `in a year` or `this year`",
        word = _0
    ))]
    NoTime(&'static str),
    /// A number that is no length of time.
    #[error("{}", tr!("a stretch of time has 1 to {most} {unit}, in whole numbers, not `{text}`", most, unit = unit_title(unit), text))]
    Length {
        /// What was typed.
        text: String,
        /// The most.
        most: u32,
        /// Of what.
        unit: &'static str,
    },
    /// Not a tenure.
    #[error("{}", tr!("after `tenure` comes >= and a length of time, such as 5 years, 6 months or 90 days"))]
    Tenure,
    /// A window that makes no difference.
    #[error("{}", tr!("the largest order is the same in any window; leave the window out, or write `this year`"))]
    NoWindow,
    /// A parenthesis that is not closed.
    #[error("{}", tr!("the parenthesis that opens here is not closed"))]
    Parenthesis,
    /// More parentheses inside each other than anybody reads.
    #[error("{}", tr!("no more than {most} parentheses may be open at once", most = _0))]
    TooDeep(usize),
    /// Something after a condition that does not join it to another.
    #[error("{}", tr!("`{found}` is not expected here; join conditions with `and` or `or`", found = _0))]
    NotJoined(String),
}

/// What a length of time is counted in.
fn unit_title(unit: &str) -> &'static str {
    match unit {
        "days" => tr!("span" | "days"),
        "weeks" => tr!("span" | "weeks"),
        "months" => tr!("span" | "months"),
        _ => tr!("span" | "years"),
    }
}

impl FromStr for Rule {
    type Err = RuleError;

    /// Reads `NAME: CONDITION`; without a name it is [`DEFAULT_NAME`].
    fn from_str(text: &str) -> Result<Self, RuleError> {
        parse::rule(text)
    }
}

impl FromStr for Condition {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        parse::condition(text)
    }
}

/// The canonical text, which reads back as the same rule.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", write::name(&self.name), self.condition)
    }
}

#[cfg(test)]
mod tests;
