//! A list as it is written: columns of a kind, and cells in the column's smallest unit.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::day::Day;
use crate::model::money::{Decimal, Money, Scale};
use crate::show::text::clean;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names and ids, never numbers, whatever they look like.
    Text,
    /// Whole numbers of days, orders or rows.
    Count,
    /// Exact decimals of a scale.
    Number(Scale),
    /// Money in minor units of a scale.
    Money(Scale),
    /// Parts of a whole in millionths: 250,000 is a quarter.
    Share,
    /// Days since 1970-01-01.
    Date,
    /// 0 for no, else yes.
    Flag,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its header; text from data is made safe where it is written.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A text as the data has it.
    Text(Cow<'a, str>),
    /// A value in the column's smallest unit.
    Int(i64),
    /// No value.
    Missing,
}

/// How many decimals a share has.
const SHARE_DECIMALS: u8 = 6;

impl Kind {
    /// The name in manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "count",
            Self::Number(_) => "number",
            Self::Money(_) => "money",
            Self::Share => "share",
            Self::Date => "date",
            Self::Flag => "flag",
        }
    }

    /// A value as exact text: `1234.50`, `0.25`, `2024-01-31`, `true`.
    #[must_use]
    pub fn text(self, value: i64) -> String {
        match self {
            Self::Text | Self::Count => value.to_string(),
            Self::Number(scale) | Self::Money(scale) => Money::new(value, scale).to_string(),
            Self::Share => Decimal { mantissa: value.into(), decimals: SHARE_DECIMALS }.significant().to_string(),
            Self::Date => day(value).to_string(),
            Self::Flag => (value != 0).to_string(),
        }
    }

    /// Whether values stand at the right, where people look for numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Number(_) | Self::Money(_) | Self::Share)
    }
}

/// Days since 1970-01-01 as a day; beyond the calendar its nearest end.
fn day(days: i64) -> Day {
    Day(days.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
}

/// The headers as they are written: made safe, without blanks around them, none empty and none twice. Programs look
/// columns up by them.
#[must_use]
pub fn headers(columns: &[Column]) -> Vec<String> {
    let mut taken = HashSet::with_capacity(columns.len());
    let mut headers = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let name = match clean(column.name.trim()) {
            name if name.is_empty() => format!("column {}", place + 1),
            name => name.into_owned(),
        };
        let mut header = name.clone();
        let mut number = 2;
        while !taken.insert(header.clone()) {
            header = format!("{name} ({number})");
            number += 1;
        }
        headers.push(header);
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_exactly() {
        for (kind, value, text) in [
            (Kind::Count, -7, "-7"),
            (Kind::Money(Scale::CENTS), 123_450, "1234.50"),
            (Kind::Money(Scale::CENTS), -5, "-0.05"),
            (Kind::Money(Scale::UNITS), 5, "5"),
            (Kind::Money(Scale::CENTS), i64::MIN, "-92233720368547758.08"),
            (Kind::Number(Scale::new(3)), 1_500, "1.500"),
            (Kind::Share, 250_000, "0.25"),
            (Kind::Share, 1_000_000, "1"),
            (Kind::Date, 19_753, "2024-01-31"),
            (Kind::Date, 0, "1970-01-01"),
            (Kind::Flag, 1, "true"),
            (Kind::Flag, 0, "false"),
        ] {
            assert_eq!(kind.text(value), text, "{kind:?} {value}");
        }
    }

    #[test]
    fn a_day_beyond_the_calendar_is_its_end() {
        assert_eq!(Kind::Date.text(i64::MAX), Kind::Date.text(i32::MAX.into()));
        assert_eq!(Kind::Date.text(i64::MIN), Kind::Date.text(i32::MIN.into()));
    }

    #[test]
    fn headers_are_safe_and_differ() {
        let names = ["id", " id ", "", "a\u{1b}b", "id (2)", "id"];
        let columns = names.map(|name| Column { name: name.to_owned(), kind: Kind::Text });
        assert_eq!(headers(&columns), ["id", "id (2)", "column 3", "a\u{fffd}b", "id (2) (2)", "id (3)"]);
    }
}
