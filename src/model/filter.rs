//! Filters: conditions on customers as one line of text, such as `recency <= 90 and region in ('华东', 'North')`.
//!
//! The text is an SQL expression: conditions, joined by `and`, `or` and `not`, with parentheses. What it speaks of are
//! names as typed; which fields they are is found out when it is bound to data. Numbers are exact, texts and dates are
//! in single quotes, and a name that is no plain word is in double quotes. A missing value meets no condition but
//! `is missing`, and `not` before a condition takes everybody else.

use super::money::Decimal;

mod chips;
pub mod complete;
mod parse;
mod parser_words;
mod problem;
mod screen;
#[cfg(test)]
mod tests;
mod texts;
mod write;

pub use chips::{Chip, Chips};
pub use problem::{FilterError, FilterProblem};
pub use write::{name as written_name, text as written_text};

/// How a value is compared with another.
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
    /// `!=`
    Unequal,
}

impl Comparison {
    /// Every comparison there is.
    pub const ALL: [Self; 6] = [Self::AtMost, Self::AtLeast, Self::Below, Self::Above, Self::Equal, Self::Unequal];

    /// The sign it is written as.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::Above => ">",
            Self::Equal => "=",
            Self::Unequal => "!=",
        }
    }

    /// The same comparison read from right to left: `30 >= x` is `x <= 30`.
    const fn flipped(self) -> Self {
        match self {
            Self::AtMost => Self::AtLeast,
            Self::AtLeast => Self::AtMost,
            Self::Below => Self::Above,
            Self::Above => Self::Below,
            Self::Equal | Self::Unequal => self,
        }
    }
}

/// A part of a filter with its place in the text it was read from. Where it stood is no part of what it is: equality
/// looks at the value alone.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// What was read.
    pub value: T,
    /// Characters before it; 0 for what was never text.
    pub at: usize,
}

impl<T> Placed<T> {
    /// A part with its place.
    #[must_use]
    pub const fn new(value: T, at: usize) -> Self {
        Self { value, at }
    }
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}

impl From<&str> for Placed<String> {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned(), 0)
    }
}

/// A value that a condition names. A date is a text until the filter is bound to data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `10.50`, as typed.
    Number(Decimal),
    /// `'North'`, without the quotes.
    Text(String),
}

/// What a field must be. A negated test is met by the values that are there and do not meet the other one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// On one side of a value, or the value, or any other one.
    Compare(Comparison, Placed<Literal>),
    /// `between LOW and HIGH`, both inclusive.
    Between {
        /// The first end.
        low: Placed<Literal>,
        /// The second end.
        high: Placed<Literal>,
        /// Whether it is `not between`.
        negated: bool,
    },
    /// `in (…)`.
    In {
        /// One of these; never empty when read from text.
        values: Vec<Placed<Literal>>,
        /// Whether it is `not in`.
        negated: bool,
    },
    /// `like '…'`: `%` stands for any text, `_` for any character, and a backslash takes the meaning from the next one.
    Like {
        /// The pattern.
        pattern: Placed<String>,
        /// Whether it is `ilike`, to which small and capital letters are the same.
        any_case: bool,
        /// Whether it is `not like`.
        negated: bool,
    },
    /// `is missing`.
    Missing,
    /// The name alone: a flag that is set.
    Flag,
}

/// Which customers are looked at. [`Filter::all_of`], [`Filter::any_of`] and [`Filter::negated`] keep it in the shape
/// that its text reads back as: no `and` in an `and`, no `or` in an `or`, none of either with one member, no `not` in a
/// `not`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All of these; without any, everybody: `true`, or no text at all.
    And(Vec<Self>),
    /// Any of these; without any, nobody: `false`.
    Or(Vec<Self>),
    /// Everybody else.
    Not(Box<Self>),
    /// A condition on one field, by its name.
    Is(Placed<String>, Test),
    /// `vip('…')`: a rule by its name.
    Rule(Placed<String>),
}

impl Default for Filter {
    fn default() -> Self {
        Self::And(Vec::new())
    }
}

impl Filter {
    /// Whether it takes everybody because it has no condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::And(members) if members.is_empty())
    }

    /// The names of all fields that it speaks of, as typed.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::And(members) | Self::Or(members) => members.iter().flat_map(Self::names).collect(),
            Self::Not(inner) => inner.names(),
            Self::Is(name, _) => vec![name.value.clone()],
            Self::Rule(_) => Vec::new(),
        }
    }

    /// Whether it names a rule.
    #[must_use]
    pub fn has_rule(&self) -> bool {
        match self {
            Self::And(members) | Self::Or(members) => members.iter().any(Self::has_rule),
            Self::Not(inner) => inner.has_rule(),
            Self::Is(..) => false,
            Self::Rule(_) => true,
        }
    }

    /// What a customer must all meet: the members of the outermost `and`, or the filter itself.
    #[must_use]
    pub const fn conditions(&self) -> &[Self] {
        match self {
            Self::And(members) => members.as_slice(),
            other => std::slice::from_ref(other),
        }
    }

    /// Those whom all of some filters take; everybody, without any.
    #[must_use]
    pub fn all_of(members: impl IntoIterator<Item = Self>) -> Self {
        let inner = |member| if let Self::And(inner) = member { inner } else { vec![member] };
        only(members.into_iter().flat_map(inner).collect(), Self::And)
    }

    /// Those whom any of some filters takes; nobody, without any.
    #[must_use]
    pub fn any_of(members: impl IntoIterator<Item = Self>) -> Self {
        let inner = |member| if let Self::Or(inner) = member { inner } else { vec![member] };
        only(members.into_iter().flat_map(inner).collect(), Self::Or)
    }

    /// Everybody whom it does not take.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}

/// A single member as it is, others joined.
fn only(mut members: Vec<Filter>, joined: fn(Vec<Filter>) -> Filter) -> Filter {
    match (members.len(), members.pop()) {
        (1, Some(member)) => member,
        (_, last) => {
            members.extend(last);
            joined(members)
        }
    }
}
