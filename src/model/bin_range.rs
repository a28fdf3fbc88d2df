//! The values of a bin, in words.

use std::fmt;

use super::customers::Axis;
use super::money::Scale;
use crate::show::numbers::{money, short_money};
use crate::show::text::width;
use crate::tr;

/// The values of a bin: both ends belong to it, a missing end is open. Shown with both ends; with `{:#}` in the
/// least room: both ends where they are short, else the one towards the worse scores, which tells the bins of an axis apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BinRange {
    axis: Axis,
    scale: Scale,
    low: Option<i64>,
    high: Option<i64>,
}

impl BinRange {
    /// The range of an axis between two values, in its smallest unit.
    #[must_use]
    pub const fn new(axis: Axis, scale: Scale, low: Option<i64>, high: Option<i64>) -> Self {
        Self { axis, scale, low, high }
    }
}

impl BinRange {
    /// The end towards the worse scores in a few characters, rounded: `≥12.0k`.
    #[must_use]
    pub fn rough(&self) -> String {
        self.one_end(|value| short_money(value, self.scale))
    }

    /// Both ends close together where they have a few characters: `16–33`.
    fn both_ends(&self, show: impl Fn(i64) -> String) -> Option<String> {
        const SHORT: usize = 7;
        let (low, high) = self.low.zip(self.high)?;
        let text = if low == high { show(low) } else { format!("{}–{}", show(low), show(high)) };
        (low <= high && width(&text) <= SHORT).then_some(text)
    }

    /// The end towards the worse scores, which tells the bins of an axis apart.
    fn one_end(&self, show: impl Fn(i64) -> String) -> String {
        let end = if self.axis.small_is_best() { self.high.or(self.low) } else { self.low.or(self.high) };
        let at_least = if self.axis.small_is_best() { self.high.is_none() } else { self.low.is_some() };
        let sign = if at_least { '≥' } else { '≤' };
        end.map_or_else(|| tr!("values" | "all").to_owned(), |end| format!("{sign}{}", show(end)))
    }
}

impl fmt::Display for BinRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |value: i64| money(value, self.scale);
        if f.alternate() {
            return f.pad(&self.both_ends(show).unwrap_or_else(|| self.one_end(show)));
        }
        let text = match (self.low, self.high) {
            (None, None) => tr!("values" | "all").to_owned(),
            (None, Some(high)) => format!("≤ {}", show(high)),
            (Some(low), None) => format!("≥ {}", show(low)),
            (Some(low), Some(high)) if low == high => show(low),
            (Some(low), Some(high)) if low > high => tr!("values" | "none").to_owned(),
            (Some(low), Some(high)) => format!("{} – {}", show(low), show(high)),
        };
        f.pad(&text)
    }
}
