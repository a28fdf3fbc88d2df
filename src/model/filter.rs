//! Filters: conditions on a customer's measures as one line of text, such as `recency <= 90 and monetary.gross 10..500`.
//!
//! Conditions are joined by `and` or a comma, and a customer must meet all of them. Each is a measure, one of
//! `<= >= < > =` and a number, or a measure and a range `LOW..HIGH` that both ends belong to and that lacks one of them
//! where it is open. Numbers are exact, in days, counts and units of money, and have no thousands separators.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::measures::Measure;
use super::money::{Decimal, DecimalError, Scale};

mod parse;

/// How a value is compared with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `>`
    Above,
    /// `=`
    Equal,
}

impl Comparison {
    const ALL: [Self; 5] = [Self::AtMost, Self::AtLeast, Self::Below, Self::Above, Self::Equal];

    /// The sign it is written as.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::Above => ">",
            Self::Equal => "=",
        }
    }
}

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// On one side of a number, or the number. A range with an open end is one of these: `30..` is `>= 30`.
    Compare(Comparison, Decimal),
    /// From the first number to the second, both inclusive; text whose first is the larger one is refused.
    Between(Decimal, Decimal),
}

/// What one measure of a customer must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Of what: independent of what the axes measure.
    pub measure: Measure,
    /// Days, counts, multiples or units of money, as typed.
    pub test: Test,
}

/// Conditions that a customer must meet, all of them; without any, everybody does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In the order typed.
    pub conditions: Vec<Condition>,
}

/// A text that is no filter.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{problem} (at character {})", .column + 1)]
pub struct FilterError {
    /// Where the problem begins: characters before it, so 0 for the first. Not columns of the screen: a wide character
    /// counts once.
    pub column: usize,
    /// What it is.
    pub problem: FilterProblem,
}

/// What is wrong with a filter, and what to write.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FilterProblem {
    /// Nothing where a condition should be.
    #[error("a condition is missing here, such as `recency <= 90`")]
    NoCondition,
    /// A number where a condition should be.
    #[error(
        "`{0}` belongs to no condition; a condition begins with a measure, and numbers have no thousands separators"
    )]
    LoneNumber(String),
    /// Not a measure; the text says which there are.
    #[error("{0}")]
    Measure(String),
    /// Neither comparison nor range after a measure.
    #[error("after `{0}` comes one of <= >= < > = and a number, or a range such as 30..90")]
    NoTest(String),
    /// A sign that compares nothing.
    #[error("`{0}` compares nothing; write one of <= >= < > =, or a range such as 30..90")]
    Sign(String),
    /// Nothing where a number should be.
    #[error("a number is missing after `{0}`")]
    NoNumber(String),
    /// A range without ends.
    #[error("a range needs at least one end: 30..90, 30.. or ..90")]
    NoEnds,
    /// A range whose first end is the larger one.
    #[error("the range {low}..{high} holds no number; write the smaller one first")]
    Falls {
        /// The first end.
        low: Decimal,
        /// The second end.
        high: Decimal,
    },
    /// Not a number that can be kept exactly.
    #[error("`{text}` is {problem}; write it as 1234.50, without thousands separators")]
    Number {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        problem: DecimalError,
    },
    /// Something after a condition that does not join it to another.
    #[error("`{0}` is not expected here; join conditions with `and` or a comma")]
    NotJoined(String),
}

/// Bounds that no value meets.
const NOBODY: (Option<i64>, Option<i64>) = (Some(i64::MAX), Some(i64::MIN));

impl Condition {
    /// The smallest and the largest value that meets it, in the measure's smallest unit (days, counts, hundredths of a
    /// multiple, minor units), for data whose money has a scale; `None` where an end is open. Exact whatever the decimals:
    /// `monetary > 10.005` begins at 1001 cents. Where no value meets it the lower bound is above the upper one; a number
    /// that no value can reach opens the end, or leaves nobody.
    #[must_use]
    pub fn bounds(&self, money: Scale) -> (Option<i64>, Option<i64>) {
        let scale = self.measure.scale(money);
        let (low, high) = match self.test {
            Test::Compare(comparison, number) => {
                let (floor, ceil) = around(number, scale);
                match comparison {
                    Comparison::AtMost => (None, Some(floor)),
                    Comparison::AtLeast => (Some(ceil), None),
                    Comparison::Below => (None, Some(ceil.saturating_sub(1))),
                    Comparison::Above => (Some(floor.saturating_add(1)), None),
                    Comparison::Equal => (Some(ceil), Some(floor)),
                }
            }
            Test::Between(low, high) => (Some(around(low, scale).1), Some(around(high, scale).0)),
        };
        let (least, most) = (i128::from(i64::MIN), i128::from(i64::MAX));
        if low.is_some_and(|low| low > most) || high.is_some_and(|high| high < least) {
            return NOBODY;
        }
        // What lies beyond all values on its own side bounds none of them.
        (low.and_then(|low| i64::try_from(low).ok()), high.and_then(|high| i64::try_from(high).ok()))
    }
}

/// The nearest whole numbers of smallest units that are not above and not below a number; where they do not fit, the end
/// of what does.
fn around(number: Decimal, scale: Scale) -> (i128, i128) {
    let Some(fewer) = number.decimals.checked_sub(scale.decimals()).filter(|fewer| *fewer > 0) else {
        let more = scale.decimals().saturating_sub(number.decimals);
        let whole = number.mantissa.saturating_mul(10i128.pow(more.into()));
        return (whole, whole);
    };
    let Some(divisor) = 10i128.checked_pow(fewer.into()) else {
        // A divisor beyond 128 bits leaves a fraction of one.
        return (-i128::from(number.mantissa < 0), i128::from(number.mantissa > 0));
    };
    let floor = number.mantissa.div_euclid(divisor);
    (floor, floor + i128::from(number.mantissa.rem_euclid(divisor) != 0))
}

impl Filter {
    /// Whether it takes everybody because it has no condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.measure.axis().name())?;
        if !self.measure.is_default() {
            write!(f, ".{}", self.measure)?;
        }
        match self.test {
            Test::Compare(comparison, number) => write!(f, " {} {number}", comparison.sign()),
            Test::Between(low, high) => write!(f, " {low}..{high}"),
        }
    }
}

/// The canonical text, which reads back as the same filter.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, condition) in self.conditions.iter().enumerate() {
            let joint = if position > 0 { " and " } else { "" };
            write!(f, "{joint}{condition}")?;
        }
        Ok(())
    }
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        parse::filter(text)
    }
}

/// A range with both its ends.
fn between(low: Decimal, high: Decimal) -> Result<Test, FilterProblem> {
    match low.compare(high) {
        Ordering::Greater => Err(FilterProblem::Falls { low, high }),
        _ => Ok(Test::Between(low, high)),
    }
}

#[cfg(test)]
mod tests;
