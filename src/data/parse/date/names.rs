//! How date formats are named: for people, and by the words of an option.

use std::str::FromStr;

use thiserror::Error;

use super::{DateFormat, DateOrder, Mark, SerialSystem, YearDigits};
use crate::data::batch::TimeUnit;
use crate::tr;

const fn numbers(order: DateOrder, mark: Mark, year: YearDigits) -> DateFormat {
    DateFormat::Numbers { order, mark, year }
}

/// The words that an option names formats by.
const WORDS: [(&str, DateFormat); 14] = [
    ("iso", DateFormat::ISO),
    ("ymd", DateFormat::ISO),
    ("ymd-short", numbers(DateOrder::YearFirst, Mark::Dash, YearDigits::Two)),
    ("dmy", numbers(DateOrder::DayFirst, Mark::Slash, YearDigits::Four)),
    ("mdy", numbers(DateOrder::MonthFirst, Mark::Slash, YearDigits::Four)),
    ("month-name", DateFormat::MonthName { month_first: false }),
    ("compact", DateFormat::Compact),
    ("minguo", DateFormat::Minguo),
    ("excel", DateFormat::Serial(SerialSystem::From1900)),
    ("excel-1904", DateFormat::Serial(SerialSystem::From1904)),
    ("unix-s", DateFormat::Unix(TimeUnit::Seconds)),
    ("unix-ms", DateFormat::Unix(TimeUnit::Milliseconds)),
    ("unix-us", DateFormat::Unix(TimeUnit::Microseconds)),
    ("unix-ns", DateFormat::Unix(TimeUnit::Nanoseconds)),
];

/// A word that names no date format.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("`{text}` is no date format; use one of {words}", text, words = words()))]
pub struct NotADateFormat {
    text: String,
}

fn words() -> String {
    WORDS.map(|(word, _)| word).join(", ")
}

/// The words that [`DateFormat::word`] answers, in any case.
impl FromStr for DateFormat {
    type Err = NotADateFormat;

    fn from_str(text: &str) -> Result<Self, NotADateFormat> {
        let text = text.trim();
        let found = WORDS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word));
        found.map(|(_, format)| *format).ok_or_else(|| NotADateFormat { text: text.to_owned() })
    }
}

/// What comes first in dates of three numbers, by the word of its option.
const ORDERS: [(&str, DateOrder); 3] =
    [("year-first", DateOrder::YearFirst), ("day-first", DateOrder::DayFirst), ("month-first", DateOrder::MonthFirst)];

/// A word that names no order of a date's parts.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("`{text}` is no order of dates; use one of {words}", text, words = ORDERS.map(|(word, _)| word).join(", ")))]
pub struct NotADateOrder {
    text: String,
}

/// The words that [`DateOrder::word`] answers, in any case.
impl FromStr for DateOrder {
    type Err = NotADateOrder;

    fn from_str(text: &str) -> Result<Self, NotADateOrder> {
        let text = text.trim();
        let found = ORDERS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word));
        found.map(|(_, order)| *order).ok_or_else(|| NotADateOrder { text: text.to_owned() })
    }
}

impl DateOrder {
    /// The word that an option names it by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::YearFirst => "year-first",
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
        }
    }
}

impl DateFormat {
    /// How the format is written, for a person, in the language in use: `YYYY-MM-DD`, `D/M/YYYY (day first)`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Numbers { order, mark, year } => numbers_name(order, mark, year),
            Self::MonthName { month_first: false } => tr!("D Mon YYYY").to_owned(),
            Self::MonthName { month_first: true } => tr!("Mon D, YYYY").to_owned(),
            Self::Compact => "YYYYMMDD".to_owned(),
            Self::Minguo => "民国Y年M月D日".to_owned(),
            Self::Serial(SerialSystem::From1900) => tr!("Excel serial (1900)").to_owned(),
            Self::Serial(SerialSystem::From1904) => tr!("Excel serial (1904)").to_owned(),
            Self::Unix(unit) => tr!("Unix {unit}", unit = unit_name(unit)),
        }
    }

    /// The word that an option names the format by; read back, it gives a format that reads the same days.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Numbers { order: DateOrder::YearFirst, year: YearDigits::Four, .. } => "iso",
            Self::Numbers { order: DateOrder::YearFirst, year: YearDigits::Two, .. } => "ymd-short",
            Self::Numbers { order: DateOrder::DayFirst, .. } => "dmy",
            Self::Numbers { order: DateOrder::MonthFirst, .. } => "mdy",
            Self::MonthName { .. } => "month-name",
            Self::Compact => "compact",
            Self::Minguo => "minguo",
            Self::Serial(SerialSystem::From1900) => "excel",
            Self::Serial(SerialSystem::From1904) => "excel-1904",
            Self::Unix(TimeUnit::Seconds) => "unix-s",
            Self::Unix(TimeUnit::Milliseconds) => "unix-ms",
            Self::Unix(TimeUnit::Microseconds) => "unix-us",
            Self::Unix(TimeUnit::Nanoseconds) => "unix-ns",
        }
    }
}

/// The unit of a count of ticks, in words.
pub(super) fn unit_name(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Seconds => tr!("seconds"),
        TimeUnit::Milliseconds => tr!("milliseconds"),
        TimeUnit::Microseconds => tr!("microseconds"),
        TimeUnit::Nanoseconds => tr!("nanoseconds"),
    }
}

fn numbers_name(order: DateOrder, mark: Mark, year: YearDigits) -> String {
    let year = if year == YearDigits::Two { "YY" } else { "YYYY" };
    let mark = match mark {
        Mark::Dash => '-',
        Mark::Slash => '/',
        Mark::Point => '.',
        Mark::Han => return format!("{year}年M月D日"),
    };
    match order {
        DateOrder::YearFirst if mark == '-' => format!("{year}-MM-DD"),
        DateOrder::YearFirst => format!("{year}{mark}M{mark}D"),
        DateOrder::DayFirst => tr!("{format} (day first)", format = format_args!("D{mark}M{mark}{year}")),
        DateOrder::MonthFirst => tr!("{format} (month first)", format = format_args!("M{mark}D{mark}{year}")),
    }
}
