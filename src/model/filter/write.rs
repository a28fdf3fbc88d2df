//! From the filter to its text, which reads back as the same filter.

use std::fmt;
use std::str::FromStr;

use super::screen::{is_own_word, is_word_part, is_word_start};
use super::{Filter, FilterError, Literal, Test, parse};

/// A name as a filter has it: bare where it is plain words with points between, else in double quotes.
#[must_use]
pub fn name(name: &str) -> String {
    let plain = |part: &str| {
        let mut characters = part.chars();
        characters.next().is_some_and(is_word_start) && characters.all(is_word_part) && !is_own_word(part)
    };
    if name.split('.').all(plain) { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// A text as a filter has it: in single quotes.
#[must_use]
pub fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(value) => f.write_str(&text(value)),
        }
    }
}

/// What follows the name.
impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = |negated: &bool| if *negated { " not" } else { "" };
        match self {
            Self::Compare(comparison, value) => write!(f, " {} {}", comparison.sign(), value.value),
            Self::Between { low, high, negated } => {
                write!(f, "{} between {} and {}", not(negated), low.value, high.value)
            }
            Self::In { values, negated } => {
                let values: Vec<String> = values.iter().map(|value| value.value.to_string()).collect();
                write!(f, "{} in ({})", not(negated), values.join(", "))
            }
            Self::Like { pattern, any_case, negated } => {
                let like = if *any_case { "ilike" } else { "like" };
                write!(f, "{} {like} {}", not(negated), text(&pattern.value))
            }
            Self::Missing => f.write_str(" is missing"),
            Self::Flag => Ok(()),
        }
    }
}

/// The canonical text, which reads back as the same filter.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Everybody is no text.
            Self::And(members) if members.is_empty() => Ok(()),
            Self::And(members) => {
                joined(f, members, " and ", |member| matches!(member, Self::Or(of) if !of.is_empty()))
            }
            Self::Or(members) if members.is_empty() => f.write_str("false"),
            // `and` binds closer than `or`, and needs no parentheses in it.
            Self::Or(members) => joined(f, members, " or ", |_| false),
            Self::Not(inner) => match inner.as_ref() {
                Self::Is(of, Test::Missing) => write!(f, "{} is not missing", name(&of.value)),
                Self::And(members) | Self::Or(members) if !members.is_empty() => write!(f, "not ({inner})"),
                inner => {
                    f.write_str("not ")?;
                    member(f, inner, false)
                }
            },
            Self::Is(of, test) => write!(f, "{}{test}", name(&of.value)),
            Self::Rule(rule) => write!(f, "vip({})", text(&rule.value)),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, members: &[Filter], joint: &str, apart: impl Fn(&Filter) -> bool) -> fmt::Result {
    for (position, each) in members.iter().enumerate() {
        if position > 0 {
            f.write_str(joint)?;
        }
        member(f, each, apart(each))?;
    }
    Ok(())
}

/// A filter within another, apart from it in parentheses or not.
fn member(f: &mut fmt::Formatter<'_>, filter: &Filter, apart: bool) -> fmt::Result {
    match filter {
        filter if filter.is_empty() => f.write_str("true"),
        filter if apart => write!(f, "({filter})"),
        filter => write!(f, "{filter}"),
    }
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        parse::filter(text)
    }
}
