//! Scenarios: everything that reproduces a view except the data, as one TOML text for version control, with the figures
//! it showed when it was saved, so that a later look can tell what has moved.

use thiserror::Error;

pub use review::{ListPart, Review};

use super::budget::{Budget, BudgetError};
use super::customers::Axis;
use super::cuts::{Closed, Method};
use super::day::Day;
use super::filter::{Filter, FilterError};
use super::measures::Measures;
use super::money::Decimal;
use super::policies::Policies;
use super::scheme::{Scheme, SchemeError};
use super::value::ClvTerms;
use super::vip::{Rule, RuleError};
use crate::tr;

pub mod check;
mod file;
mod review;
mod write;

/// The version of the files that are written, and the newest that can be read.
pub const FORMAT: i64 = 1;

/// How far figures may move, in percent, where a scenario does not say.
pub const TOLERANCE: Decimal = Decimal { mantissa: 1, decimals: 0 };

/// Everything that reproduces a view except the data. Its texts hold nothing that a terminal must not get; only the note
/// has line breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// What it is for, and what to know before using it; any number of lines.
    pub note: Option<String>,
    /// The last day before somebody should look whether it still holds.
    pub review_by: Option<Day>,
    /// How the data is read.
    pub data: DataPart,
    /// What each axis measures.
    pub measures: Measures,
    /// How R, F and M are cut, in this order.
    pub axes: [AxisScenario; 3],
    /// The segments.
    pub scheme: SchemeChoice,
    /// The rows that make its customers.
    pub data_filter: Filter,
    /// The customers it looks at.
    pub filter: Filter,
    /// Rules that the filter may name.
    pub rules: Vec<Rule>,
    /// What each segment costs.
    pub budget: Budget,
    /// What lifetime values are computed with.
    pub clv: ClvTerms,
    /// How the list is shown.
    pub list: ListPart,
    /// Who was marked and noted.
    pub review: Review,
    /// What it showed when it was saved.
    pub expected: Option<Expected>,
}

/// How the data is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataPart {
    /// The day from which recency is counted; `None`: the day after the last order.
    pub as_of: Option<Day>,
    /// The columns that somebody typed.
    pub columns: Columns,
    /// How files are written, where somebody says.
    pub text: TextPart,
    /// How dates and amounts are written, where somebody says.
    pub values: ValuePart,
    /// What is done with returns, duplicates and the like.
    pub policies: Policies,
}

/// How files are written, where that is not told by content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextPart {
    /// Whether the first line names the columns; `None`: told by content.
    pub header: Option<bool>,
    /// The delimiter; `None`: told by content.
    pub delimiter: Option<u8>,
    /// Whether a quote is nothing but a character.
    pub plain_quotes: bool,
    /// The encoding, by the word of its option; `None`: told by content.
    pub encoding: Option<String>,
    /// Lines above the header, or above the data; `None`: told by content.
    pub skip_lines: Option<usize>,
    /// The sheet of a workbook or the table of a database, by name or 1-based position.
    pub sheet: Option<String>,
}

/// How values are written, where they do not tell it: the words of the options. Whoever reads data knows what they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValuePart {
    /// The format of dates.
    pub date_format: Option<String>,
    /// What comes first in dates of three numbers.
    pub date_order: Option<String>,
    /// The zone that instants are turned to days in.
    pub tz: Option<String>,
    /// The decimal mark.
    pub decimal: Option<String>,
    /// The currency that counts, where amounts are in several.
    pub only_currency: Option<String>,
}

impl ValuePart {
    /// Their keys in a scenario.
    pub const KEYS: [&'static str; 5] = ["date_format", "date_order", "tz", "decimal", "only_currency"];

    /// The words in the order of [`ValuePart::KEYS`].
    #[must_use]
    pub fn into_array(self) -> [Option<String>; 5] {
        let Self { date_format, date_order, tz, decimal, only_currency } = self;
        [date_format, date_order, tz, decimal, only_currency]
    }

    /// The words from that order.
    #[must_use]
    pub fn from_array(words: [Option<String>; 5]) -> Self {
        let [date_format, date_order, tz, decimal, only_currency] = words;
        Self { date_format, date_order, tz, decimal, only_currency }
    }

    /// The same words, and those of another where there are none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let mut others = other.into_array().into_iter();
        Self::from_array(self.into_array().map(|word| word.or(others.next().flatten())))
    }
}

/// The delimiter of a text: one ASCII character that is no letter and no digit, or `tab`.
///
/// # Errors
/// A sentence on what to write instead.
pub fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() => Ok(*byte),
        _ => Err(tr!("give one character that is no letter and no digit, or `tab`").to_owned()),
    }
}

/// The column typed for each role, by name or 1-based position; `None`: found by its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Who bought.
    pub customer: Option<String>,
    /// Which order the row belongs to.
    pub order: Option<String>,
    /// When.
    pub date: Option<String>,
    /// For how much, the line's total.
    pub amount: Option<String>,
    /// How many pieces.
    pub quantity: Option<String>,
    /// The price of one piece.
    pub unit_price: Option<String>,
    /// What was paid back of the row's amount.
    pub refund: Option<String>,
    /// What became of the order.
    pub status: Option<String>,
    /// The currency of the row's amount.
    pub currency: Option<String>,
}

impl Columns {
    /// The roles by their keys in a scenario, in the order they are asked for.
    pub const KEYS: [&'static str; 9] =
        ["customer", "order", "date", "amount", "quantity", "unit_price", "refund", "status", "currency"];

    /// The columns in the order of [`Columns::KEYS`].
    #[must_use]
    pub fn into_array(self) -> [Option<String>; 9] {
        let Self { customer, order, date, amount, quantity, unit_price, refund, status, currency } = self;
        [customer, order, date, amount, quantity, unit_price, refund, status, currency]
    }

    /// The columns from that order.
    #[must_use]
    pub fn from_array(columns: [Option<String>; 9]) -> Self {
        let [customer, order, date, amount, quantity, unit_price, refund, status, currency] = columns;
        Self { customer, order, date, amount, quantity, unit_price, refund, status, currency }
    }

    /// The same columns with each name changed.
    #[must_use]
    pub fn map(self, change: impl Fn(String) -> String) -> Self {
        Self::from_array(self.into_array().map(|column| column.map(&change)))
    }
}

/// How an axis is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisScenario {
    /// How its cuts come to be.
    pub method: Method,
    /// Its bins, 2 to 10: with [`Method::Mean`] 2, with [`Method::Fixed`] one more than its cuts.
    pub bins: usize,
    /// As typed: days, counts, units of money, each larger than the one before. There if and only if the method is
    /// [`Method::Fixed`].
    pub cuts: Option<Vec<Decimal>>,
    /// Where a value equal to a cut belongs; with [`Method::RCompat`] the bin above.
    pub closed: Closed,
}

/// Where the segments come from.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeChoice {
    /// A scheme of this name, or the TOML file at this path.
    Named(String),
    /// One that only this scenario has.
    Own(Box<Scheme>),
}

/// What a scenario showed when it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The figures.
    pub figures: Figures,
    /// How far each may move, in percent of what it was; not below zero.
    pub tolerance: Decimal,
}

/// What a view shows, in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Customers the filter takes.
    pub customers: u64,
    /// Their orders.
    pub orders: u64,
    /// The net sum of their amounts, in units of money.
    pub revenue: Decimal,
    /// The cuts of R, F and M: days, counts, units of money, or fractions such as a mean. An axis without any says nothing
    /// of them.
    pub cuts: [Vec<Decimal>; 3],
    /// Each segment, in the order of its scheme, names all different; none at all says nothing of them.
    pub segments: Vec<SegmentFigures>,
}

/// A segment in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentFigures {
    /// Its name.
    pub name: String,
    /// Customers in it.
    pub customers: u64,
    /// The net sum of their amounts, in units of money.
    pub revenue: Decimal,
}

/// A scenario file that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ScenarioError {
    /// Not TOML, or not of this form.
    #[error("{}", tr!("line {line}: {problem}", line, problem))]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// Nothing says that it is a scenario.
    #[error("{}", tr!("this is no scenario: it has no line `format = {known}`", known = FORMAT))]
    NoFormat,
    /// Written by a newer program.
    #[error("{}", tr!(
        "the scenario is of format {format}, and this program reads format {known}; use a newer tierscope",
        format = _0, known = FORMAT
    ))]
    Newer(i64),
    /// A format that never was.
    #[error("{}", tr!("there is no scenario format {format}; write `format = {known}`", format = _0, known = FORMAT))]
    Format(i64),
    /// A value that cannot be.
    #[error("`{key}` {problem}")]
    Value {
        /// The key, with its table: `recency.cuts`.
        key: String,
        /// What is wrong and what to write.
        problem: String,
    },
    /// A filter that cannot be read.
    #[error("`filter`: {0}")]
    Filter(#[from] FilterError),
    /// A data filter that cannot be read.
    #[error("`data_filter`: {0}")]
    DataFilter(FilterError),
    /// A VIP rule that cannot be read.
    #[error("`vip`: {0}")]
    Rule(#[from] RuleError),
    /// A budget that cannot be read.
    #[error("`budget`: {0}")]
    Budget(#[from] BudgetError),
    /// Its own scheme is none, or is written for other bins.
    #[error("`scheme`: {0}")]
    Scheme(#[from] SchemeError),
}

impl Scenario {
    /// How an axis is cut.
    #[must_use]
    pub const fn axis(&self, axis: Axis) -> &AxisScenario {
        &self.axes[axis.index()]
    }

    /// The bins of R, F and M.
    #[must_use]
    pub fn bins(&self) -> [usize; 3] {
        Axis::ALL.map(|axis| self.axis(axis).bins)
    }
}

#[cfg(test)]
mod tests;
