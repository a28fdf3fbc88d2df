//! What can be wrong with a filter, as text and against data.

use thiserror::Error;

use crate::model::money::DecimalError;
use crate::show::text::clean;

/// A filter that cannot be, with the place in its text.
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
    /// Text that ends too early.
    #[error("the filter ends where {0} is missing")]
    Ends(String),
    /// Something in the place of another thing.
    #[error("`{found}` stands where {expected} is missing")]
    Unexpected {
        /// What is there.
        found: String,
        /// What may be there.
        expected: String,
    },
    /// A quote that nothing closes.
    #[error("{0} is not closed; write it again at the end, and twice where it is part of the text")]
    Unclosed(char),
    /// Something after a condition that does not join it to another.
    #[error("`{0}` is not expected here; join conditions with `and` or `or`")]
    NotJoined(String),
    /// A comma in a number.
    #[error("numbers have no thousands separators; write 1000 instead of 1,000")]
    Thousands,
    /// A sign that filters do not have.
    #[error("`{found}` has no meaning in a filter; {instead}")]
    Sign {
        /// The sign.
        found: String,
        /// What to write.
        instead: String,
    },
    /// SQL that filters do not have.
    #[error("a filter cannot have {0}; it has comparisons, in, between, like, is missing, and, or, not")]
    Unsupported(String),
    /// A value where a condition should begin.
    #[error("`{0}` is no condition; a condition begins with a name, such as recency <= 90")]
    LoneValue(String),
    /// A comparison without a name.
    #[error("`{0}` is no name; a condition compares a name with a value, such as recency <= 90")]
    NoName(String),
    /// A name or something else in the place of a value.
    #[error("`{0}` is no value; write a number, or a text in single quotes such as 'North'")]
    NoValue(String),
    /// Not a number that can be kept exactly.
    #[error("`{text}` is {problem}; write it as 1234.50, without thousands separators")]
    Number {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        problem: DecimalError,
    },
    /// `= null`.
    #[error("nothing equals null; write is missing, or is not missing")]
    Null,
    /// A rule without its name.
    #[error("vip takes the name of one rule as text: vip('big spender')")]
    Rule,
    /// Parentheses in parentheses without end.
    #[error("conditions are nested too deeply; {0} levels are the most")]
    Nested(usize),
    /// More than anybody types.
    #[error("the filter has more than {0} signs and words; list many values with in (…)")]
    Long(usize),
    /// What the parser says of text that nothing else explains.
    #[error("this is no condition: {0}")]
    Other(String),

    /// A name that the data has no field for.
    #[error("there is no field `{name}`{}", suggestion(.nearest))]
    Unknown {
        /// The name typed.
        name: String,
        /// Names that look like it.
        nearest: Vec<String>,
    },
    /// A rule that nobody defined.
    #[error("there is no rule `{name}`{}", suggestion(.nearest))]
    UnknownRule {
        /// The name typed.
        name: String,
        /// Names that look like it.
        nearest: Vec<String>,
    },
    /// A field of customers in a data filter.
    #[error("`{0}` is told of customers, and a data filter asks rows; the filter of customers (F, --filter) has it")]
    OfCustomers(String),
    /// A field of rows in a filter of customers.
    #[error("`{0}` is told of rows, and this filter asks customers; the data filter (D, --data-filter) has it")]
    OfRows(String),
    /// A text compared with numbers.
    #[error("{name} is a number, and '{text}' is a text; write a number without quotes")]
    NeedsNumber {
        /// The field.
        name: String,
        /// The text.
        text: String,
    },
    /// A number compared with dates.
    #[error("{name} is a date; write it as '2024-01-31' instead of {text}")]
    NeedsDate {
        /// The field.
        name: String,
        /// What was typed.
        text: String,
    },
    /// A text without an order.
    #[error("{0} is a text, and texts have no order; compare it with = or !=, in (…) or like")]
    NoOrder(String),
    /// A pattern for something else than texts.
    #[error("{0} is no text; like compares texts, others are compared with = < > or between")]
    NoPattern(String),
    /// A flag that is compared.
    #[error("{name} is yes or no; write {name} or not {name}")]
    ComparedFlag {
        /// The field, as it is written in a filter.
        name: String,
    },
    /// Something else than a flag, alone.
    #[error("{0} is not yes or no; compare it, such as {0} {1}")]
    NoFlag(String, &'static str),
    /// A range whose first end is the larger one.
    #[error("between {low} and {high} lies nothing; write the smaller one first")]
    Falls {
        /// The first end.
        low: String,
        /// The second end.
        high: String,
    },
}

impl FilterProblem {
    /// The problem with its place.
    #[must_use]
    pub const fn at(self, column: usize) -> FilterError {
        FilterError { column, problem: self }
    }
}

/// Names that may have been meant.
fn suggestion(nearest: &[String]) -> String {
    match nearest.split_last() {
        None => String::new(),
        Some((last, [])) => format!("; did you mean {last}?"),
        Some((last, others)) => format!("; did you mean {} or {last}?", others.join(", ")),
    }
}

/// Typed text as a message may show it.
pub(super) fn shown(text: &str) -> String {
    clean(text).into_owned()
}
