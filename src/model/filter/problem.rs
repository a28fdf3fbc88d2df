//! What can be wrong with a filter, as text and against data.

use thiserror::Error;

use crate::model::money::DecimalError;
use crate::show::text::clean;
use crate::tr;

/// A filter that cannot be, with the place in its text.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("{problem} (at character {place})", problem, place = column + 1))]
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
    #[error("{}", tr!("the filter ends where {missing} is missing", missing = _0))]
    Ends(String),
    /// Something in the place of another thing.
    #[error("{}", tr!("`{found}` stands where {expected} is missing", found, expected))]
    Unexpected {
        /// What is there.
        found: String,
        /// What may be there.
        expected: String,
    },
    /// A quote that nothing closes.
    #[error("{}", tr!(
        "{quote} is not closed; write it again at the end, and twice where it is part of the text",
        quote = _0
    ))]
    Unclosed(char),
    /// Something after a condition that does not join it to another.
    #[error("{}", tr!("`{found}` is not expected here; join conditions with `and` or `or`", found = _0))]
    NotJoined(String),
    /// A comma in a number.
    #[error("{}", tr!("numbers have no thousands separators; write 1000 instead of 1,000"))]
    Thousands,
    /// A sign that filters do not have.
    #[error("{}", tr!("`{found}` has no meaning in a filter; {instead}", found, instead))]
    Sign {
        /// The sign.
        found: String,
        /// What to write.
        instead: String,
    },
    /// SQL that filters do not have.
    #[error("{}", tr!(
        "a filter cannot have {what}; it has comparisons, in, between, like, is missing, and, or, not",
        what = _0
    ))]
    Unsupported(String),
    /// A value where a condition should begin.
    #[error("{}", tr!("`{found}` is no condition; a condition begins with a name, such as recency <= 90", found = _0))]
    LoneValue(String),
    /// A comparison without a name.
    #[error("{}", tr!(
        "`{found}` is no name; a condition compares a name with a value, such as recency <= 90",
        found = _0
    ))]
    NoName(String),
    /// A name or something else in the place of a value.
    #[error("{}", tr!("`{found}` is no value; write a number, or a text in single quotes such as 'North'", found = _0))]
    NoValue(String),
    /// Not a number that can be kept exactly.
    #[error("{}", tr!("`{text}` is {problem}; write it as 1234.50, without thousands separators", text, problem))]
    Number {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        problem: DecimalError,
    },
    /// `= null`.
    #[error("{}", tr!("nothing equals null; write is missing, or is not missing"))]
    Null,
    /// A rule without its name.
    #[error("{}", tr!("vip takes the name of one rule as text: vip('big spender')"))]
    Rule,
    /// Parentheses in parentheses without end.
    #[error("{}", tr!("conditions are nested too deeply; {most} levels are the most", most = _0))]
    Nested(usize),
    /// More than anybody types.
    #[error("{}", tr!("the filter has more than {most} signs and words; list many values with in (…)", most = _0))]
    Long(usize),
    /// What the parser says of text that nothing else explains.
    #[error("{}", tr!("this is no condition: {told}", told = _0))]
    Other(String),

    /// A name that the data has no field for.
    #[error("{}", tr!("there is no field `{name}`{suggestion}", name, suggestion = suggestion(nearest)))]
    Unknown {
        /// The name typed.
        name: String,
        /// Names that look like it.
        nearest: Vec<String>,
    },
    /// A rule that nobody defined.
    #[error("{}", tr!("there is no rule `{name}`{suggestion}", name, suggestion = suggestion(nearest)))]
    UnknownRule {
        /// The name typed.
        name: String,
        /// Names that look like it.
        nearest: Vec<String>,
    },
    /// A field of customers in a data filter.
    #[error("{}", tr!(
        "`{name}` is told of customers, and a data filter asks rows; the filter of customers (--filter) has it",
        name = _0
    ))]
    OfCustomers(String),
    /// A field of rows in a filter of customers.
    #[error("{}", tr!(
        "`{name}` is told of rows, and this filter asks customers; the data filter (--data-filter) has it",
        name = _0
    ))]
    OfRows(String),
    /// A text compared with numbers.
    #[error("{}", tr!("{name} is a number, and '{text}' is a text; write a number without quotes", name, text))]
    NeedsNumber {
        /// The field.
        name: String,
        /// The text.
        text: String,
    },
    /// A number compared with dates.
    #[error("{}", tr!("{name} is a date; write it as '2024-01-31' instead of {text}", name, text))]
    NeedsDate {
        /// The field.
        name: String,
        /// What was typed.
        text: String,
    },
    /// A text without an order.
    #[error("{}", tr!("{name} is a text, and texts have no order; compare it with = or !=, in (…) or like", name = _0))]
    NoOrder(String),
    /// A pattern for something else than texts.
    #[error("{}", tr!("{name} is no text; like compares texts, others are compared with = < > or between", name = _0))]
    NoPattern(String),
    /// A flag that is compared.
    #[error("{}", tr!("{name} is yes or no; write {name} or not {name}", name))]
    ComparedFlag {
        /// The field, as it is written in a filter.
        name: String,
    },
    /// Something else than a flag, alone.
    #[error("{}", tr!("{name} is not yes or no; compare it, such as {name} {example}", name = _0, example = _1))]
    NoFlag(String, &'static str),
    /// A range whose first end is the larger one.
    #[error("{}", tr!("between {low} and {high} lies nothing; write the smaller one first", low, high))]
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
        Some((last, [])) => tr!("; did you mean {last}?", last),
        Some((last, others)) => tr!("; did you mean {others} or {last}?", others = others.join(", "), last),
    }
}

/// Typed text as a message may show it.
pub(super) fn shown(text: &str) -> String {
    clean(text).into_owned()
}
