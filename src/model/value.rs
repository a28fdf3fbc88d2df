//! Simple customer lifetime value: mean order value times orders a year times lifespan in years, and of that the margin.
//!
//! This is the plain textbook formula, average order value x purchase frequency x customer lifespan, without retention and
//! discounting: it carries the past forward and predicts nothing. So computed by `FeverBee`, "Calculating customer lifetime
//! value" (<https://www.feverbee.com/roi/calculating-customer-lifetime-value/>), whose example stands among the tests.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::money::{Decimal, DecimalError};
use super::words::{Scanner, first_unsafe, shown};
use crate::show::numbers::rounded;
use crate::tr;

/// The days of a year, and the least tenure that orders a year are told from: a customer of a week with two orders has two
/// a year, and not a hundred.
const YEAR_DAYS: i64 = 365;

/// The most decimals that a margin or a lifespan has.
const MOST_DECIMALS: u8 = 4;

/// What a lifetime value is computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClvTerms {
    margin: Decimal,
    lifespan: Decimal,
}

/// All of the revenue, for three years.
impl Default for ClvTerms {
    fn default() -> Self {
        let whole = |mantissa| Decimal { mantissa, decimals: 0 };
        Self { margin: whole(100), lifespan: whole(3) }
    }
}

/// A text that is no terms of a lifetime value.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("{problem} (at character {place})", problem, place = column + 1))]
pub struct ClvError {
    /// Where the problem begins: characters before it, so 0 for the first.
    pub column: usize,
    /// What it is.
    pub problem: ClvProblem,
}

/// What is wrong with the terms, and what to write.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClvProblem {
    /// Neither of the two terms.
    #[error("{}", tr!(
        "`{found}` is not expected here; write 5 years, 30 %, or lifespan 5 years, margin 30 %, or one of them",
        found = _0
    ))]
    Term(String),
    /// A term for the second time.
    #[error("{}", tr!("the {term} is given twice; keep one", term = term_title(_0)))]
    Twice(&'static str),
    /// Not a number.
    #[error("{}", tr!("`{text}` is {problem}; write it as 12.5", text, problem))]
    Number {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        problem: DecimalError,
    },
    /// A number that makes no sense.
    #[error("{}", tr!("a {term} is above 0 and at most 100, with at most 4 decimals, not {number}", term = term_title(term), number))]
    Range {
        /// Of what.
        term: &'static str,
        /// What was typed.
        number: Decimal,
    },
}

impl ClvTerms {
    /// The terms of a margin in percent of the revenue and a lifespan in years.
    ///
    /// # Errors
    /// [`ClvProblem::Range`] unless both are above 0 and at most 100, with at most four decimals.
    pub fn new(margin: Decimal, lifespan: Decimal) -> Result<Self, ClvProblem> {
        Ok(Self { margin: sensible("margin", margin)?, lifespan: sensible("lifespan", lifespan)? })
    }

    /// Percent of the revenue.
    #[must_use]
    pub const fn margin(self) -> Decimal {
        self.margin
    }

    /// Years.
    #[must_use]
    pub const fn lifespan(self) -> Decimal {
        self.lifespan
    }

    /// The lifetime value of a customer with a net sum in minor units, so many orders and a tenure in days, from the first
    /// order to the as-of date: in minor units, rounded half away from zero once, at the end. 0 without an order, below
    /// zero where the net sum is. What 64 bits do not hold is the nearest that they do.
    ///
    /// Orders divide the mean order and multiply the orders a year, so that they cancel out.
    #[must_use]
    pub fn value(self, net: i64, orders: u64, tenure_days: i64) -> i64 {
        if orders == 0 {
            return 0;
        }
        let share = i128::from(net) * i128::from(YEAR_DAYS) * self.margin.mantissa * self.lifespan.mantissa;
        let decimals = u32::from(self.margin.decimals) + u32::from(self.lifespan.decimals);
        // 64 bits of money and 9 of days times two terms of 20 bits each stay within 128; so do 63 of days and 34 here.
        let whole = i128::from(tenure_days.max(YEAR_DAYS)) * 100 * 10i128.pow(decimals);
        rounded(share, whole).clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }
}

/// Orders a year in hundredths, rounded half away from zero: orders / max(tenure in days, 365) x 365. What 64 bits do not
/// hold is the most that they do.
#[must_use]
pub fn orders_a_year(orders: u64, tenure_days: i64) -> i64 {
    let hundredths = rounded(i128::from(orders) * i128::from(YEAR_DAYS) * 100, i128::from(tenure_days.max(YEAR_DAYS)));
    i64::try_from(hundredths).unwrap_or(i64::MAX)
}

/// What a term is called.
fn term_title(term: &str) -> &'static str {
    if term == "margin" { tr!("clv" | "margin") } else { tr!("clv" | "lifespan") }
}

fn sensible(term: &'static str, number: Decimal) -> Result<Decimal, ClvProblem> {
    let least = number.significant();
    let in_range = number.mantissa > 0 && number.compare(Decimal { mantissa: 100, decimals: 0 }).is_le();
    if in_range && least.decimals <= MOST_DECIMALS { Ok(least) } else { Err(ClvProblem::Range { term, number }) }
}

impl ClvTerms {
    /// The terms as people read them.
    #[must_use]
    pub fn words(self) -> String {
        let (margin, lifespan) = (self.margin, self.lifespan);
        if lifespan == (Decimal { mantissa: 1, decimals: 0 }) {
            tr!("margin {margin} %, lifespan {lifespan} year", margin, lifespan)
        } else {
            tr!("margin {margin} %, lifespan {lifespan} years", margin, lifespan)
        }
    }
}

/// The canonical text, which reads back as the same terms.
impl fmt::Display for ClvTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = self.lifespan == Decimal { mantissa: 1, decimals: 0 };
        write!(f, "margin {} %, lifespan {} year{}", self.margin, self.lifespan, if one { "" } else { "s" })
    }
}

impl FromStr for ClvTerms {
    type Err = ClvError;

    /// Reads `margin 30 %, lifespan 5 years` or `5 years, 30 %`, in any order; a term that lacks has its default.
    fn from_str(text: &str) -> Result<Self, ClvError> {
        let mut scanner = Scanner::new(text);
        if let Some(column) = first_unsafe(text) {
            return Err(ClvError { column, problem: ClvProblem::Term(shown(text)) });
        }
        let (mut margin, mut lifespan) = (None, None);
        loop {
            scanner.skip_blanks();
            let start = scanner.at;
            let (term, place) = match scanner.word().to_ascii_lowercase().as_str() {
                "margin" => ("margin", &mut margin),
                "lifespan" => ("lifespan", &mut lifespan),
                // A number tells by what stands behind it which term it is.
                word if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-')) => {
                    let rest = scanner.rest().trim_start();
                    scanner.at = start;
                    match rest {
                        _ if rest.starts_with('%') => ("margin", &mut margin),
                        _ if rest.starts_with("year") => ("lifespan", &mut lifespan),
                        _ => return unexpected(text, start),
                    }
                }
                _ if text.trim().is_empty() => return Ok(Self::default()),
                _ => return unexpected(text, start),
            };
            if place.replace(number(text, &mut scanner, term)?).is_some() {
                return Err(ClvError { column: scanner.column(start), problem: ClvProblem::Twice(term) });
            }
            let _ = term == "margin" && scanner.eat("%");
            let _ = term == "lifespan" && (scanner.eat_word("years") || scanner.eat_word("year"));
            if !scanner.eat(",") && !scanner.eat_word("and") {
                break;
            }
        }
        scanner.skip_blanks();
        if !scanner.rest().is_empty() {
            return unexpected(text, scanner.at);
        }
        let default = Self::default();
        Ok(Self { margin: margin.unwrap_or(default.margin), lifespan: lifespan.unwrap_or(default.lifespan) })
    }
}

fn number(text: &str, scanner: &mut Scanner<'_>, term: &'static str) -> Result<Decimal, ClvError> {
    scanner.skip_blanks();
    let start = scanner.at;
    let typed = scanner.take(|c| !c.is_whitespace() && c != ',' && c != '%');
    let number = match Decimal::parse(typed.as_bytes()) {
        Ok(number) => sensible(term, number),
        Err(_) if typed.is_empty() => return unexpected(text, start),
        Err(problem) => Err(ClvProblem::Number { text: shown(typed), problem }),
    };
    number.map_err(|problem| ClvError { column: scanner.column(start), problem })
}

/// What stands at a place does not belong there.
fn unexpected<T>(text: &str, at: usize) -> Result<T, ClvError> {
    let word = text[at..].split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    Err(ClvError { column: text[..at].chars().count(), problem: ClvProblem::Term(shown(word)) })
}

#[cfg(test)]
mod tests;
