//! From the condition to its canonical text.

use std::borrow::Cow;
use std::fmt;

use super::parse::{RESERVED, ends_name};
use super::{Bound, Condition, Reach, Subject, Window};
use crate::model::calendar::Span;
use crate::model::words::{is_word, quoted};

/// A rule's name, in quotes where it would not read back without.
pub(super) fn name(name: &str) -> Cow<'_, str> {
    let plain = !name.is_empty() && name.trim() == name && !name.contains(ends_name);
    if plain { Cow::Borrowed(name) } else { Cow::Owned(quoted(name)) }
}

/// An attribute's name, in quotes where it would be taken for something else.
fn attribute(name: &str) -> Cow<'_, str> {
    let reserved = RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name));
    if is_word(name) && !reserved { Cow::Borrowed(name) } else { Cow::Owned(quoted(name)) }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount => f.write_str("amount"),
            Self::Orders => f.write_str("orders"),
            Self::OrdersWith { attribute: name, value } => {
                write!(f, "orders with {} = {}", attribute(name), quoted(value))
            }
            Self::OrderDays => f.write_str("order days"),
            Self::LargestOrder => f.write_str("largest order"),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.exceeded { ">" } else { ">=" }, self.number)
    }
}

/// `12 months`, as windows have it.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Self::Days(days) => (days, "day"),
            Self::Months(months) => (months, "month"),
        };
        write!(f, "{count} {unit}{}", if *count == 1 { "" } else { "s" })
    }
}

/// `in 12 months`, `this year`; empty for all days.
impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ever => Ok(()),
            Self::Any(span) => write!(f, "in {span}"),
            Self::AnyPeriod(period) => write!(f, "in a {}", period.name()),
            Self::Last(span) => write!(f, "in the last {span}"),
            Self::This(period) => write!(f, "this {}", period.name()),
        }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let blank = if self.window == Window::Ever { "" } else { " " };
        write!(f, "{} {}{blank}{}", self.of, self.bound, self.window)
    }
}

/// The canonical text, which reads back as the same condition.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reach(reach) => reach.fmt(f),
            Self::Tenure(Span::Months(months)) if *months > 0 && months.is_multiple_of(12) => {
                let years = months / 12;
                write!(f, "tenure >= {years} year{}", if years == 1 { "" } else { "s" })
            }
            Self::Tenure(span) => write!(f, "tenure >= {span}"),
            Self::All(conditions) => joined(f, conditions, " and "),
            Self::Any(conditions) => joined(f, conditions, " or "),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, conditions: &[Condition], joint: &str) -> fmt::Result {
    for (position, condition) in conditions.iter().enumerate() {
        if position > 0 {
            f.write_str(joint)?;
        }
        // Only `or` inside `and` needs them.
        match condition {
            Condition::Any(_) => write!(f, "({condition})")?,
            _ => write!(f, "{condition}")?,
        }
    }
    Ok(())
}
