//! Dates. The format is one decision for a whole column, never made row by row.

mod clock;
mod evidence;
mod fast;
mod months;
mod names;
mod numeric;
mod reader;
mod why;
mod written;

pub use self::evidence::{DateDecision, DateEvidence, DateHint};
pub use self::names::{NotADateFormat, NotADateOrder};
pub use self::why::DateWhy;

use serde::{Deserialize, Serialize};

use super::super::batch::{Cells, TimeUnit};
use super::cell;
use super::zone::{DAY_SECONDS, Zone};
use crate::model::day::Day;

/// In what order the parts of a date of three numbers come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DateOrder {
    /// Year, month, day.
    YearFirst,
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// What keeps the parts of a date apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// `2024-01-05`
    Dash,
    /// `2024/1/5`
    Slash,
    /// `2024.1.5`
    Point,
    /// `2024年1月5日`
    Han,
}

/// How many digits the years have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum YearDigits {
    /// `24`: 00-68 are of the 2000s, 69-99 of the 1900s.
    Two,
    /// `2024`
    Four,
}

/// Where Excel's serial numbers begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SerialSystem {
    /// 1 is 1900-01-01, and 60 a day that never was.
    From1900,
    /// 0 is 1904-01-01, as old workbooks of the Macintosh have it.
    From1904,
}

/// A format that a column keeps its dates in. Months and days may have one digit or two. A time of day may follow each
/// of the written ones, and stand before those of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateFormat {
    /// Three numbers, `2024-01-05` or `5/1/24`. Dates with another mark are read too, the order is what counts. Where the
    /// year comes last it may have two or four digits, where it comes first two are only read when `year` says so.
    Numbers {
        /// Which number is which.
        order: DateOrder,
        /// The mark that most of the column's dates have.
        mark: Mark,
        /// The digits that most of its years have.
        year: YearDigits,
    },
    /// `5 Jan 2024`, `05-JAN-24`, `Jan 5, 2024`, in any order.
    MonthName {
        /// Whether most of the column's dates have the month before the day.
        month_first: bool,
    },
    /// `20240105`, `20240105 13:04:05`, `202401051304`, `20240105130405`.
    Compact,
    /// Years of the Republic of China: `民國113年1月5日`, `113/01/05`, `1130105`.
    Minguo,
    /// Days as Excel counts them: 45296 is 2024-01-05, a fraction is the time.
    Serial(SerialSystem),
    /// Ticks since 1970-01-01T00:00Z, from 1971 to 2199: what lies outside is another unit or stands for "never".
    Unix(TimeUnit),
}

impl DateFormat {
    /// `2024-01-05`, alone or before a time.
    pub const ISO: Self = Self::Numbers { order: DateOrder::YearFirst, mark: Mark::Dash, year: YearDigits::Four };

    /// The day that a text says, `None` where it says none in this format. With a zone, a text that tells its offset from
    /// UTC, or an instant by its nature, is of the day that it has there; all others are of the day as written.
    #[inline]
    #[must_use]
    pub fn parse(self, text: &[u8], zone: Option<Zone>) -> Option<Day> {
        let day = match self {
            Self::Numbers { order: DateOrder::YearFirst, .. } => fast::iso(text),
            Self::Compact => fast::compact(text),
            Self::Serial(system) => numeric::digits(text).and_then(|whole| numeric::serial_day(system, whole, 0.0)),
            Self::Unix(unit) => numeric::digits(text).and_then(|ticks| numeric::epoch_day(unit, ticks, zone)),
            _ => None,
        };
        day.or_else(|| self.parse_any(text, zone))
    }

    /// Every way to write the format, after the cell's wrappings.
    fn parse_any(self, text: &[u8], zone: Option<Zone>) -> Option<Day> {
        let text = cell::folded(cell::plain(text));
        let (day, clock) = match self {
            Self::Numbers { order, year, .. } => match fast::iso_with_time(&text) {
                Some(found) if order == DateOrder::YearFirst => found,
                _ => written::read(&text).and_then(|date| Some((date.triple.day(order, year)?, date.clock)))?,
            },
            Self::MonthName { .. } => months::read(&text).map(|named| (named.day, named.clock))?,
            Self::Compact => numeric::compact(&text)?,
            Self::Minguo => match written::minguo_compact(&text) {
                Some(day) => (day, None),
                None => written::read(&text).and_then(|date| Some((date.triple.minguo_day()?, date.clock)))?,
            },
            Self::Serial(system) => {
                let (whole, fraction) = numeric::number(&text)?;
                (numeric::serial_day(system, whole, fraction)?, None)
            }
            Self::Unix(unit) => (numeric::epoch_day(unit, numeric::number(&text)?.0, zone)?, None),
        };
        Some(clock::day_in_zone(day, clock, zone)).filter(|day| is_written(*day))
    }

    /// The day of a whole number and a fraction. Where the format is a written one, numbers such as 20240105 are read.
    fn of_number(self, whole: i64, fraction: f64, zone: Option<Zone>) -> Option<Day> {
        match self {
            Self::Serial(system) => numeric::serial_day(system, whole, fraction),
            Self::Unix(unit) => numeric::epoch_day(unit, whole, zone),
            _ if fraction != 0.0 => None,
            Self::Minguo => written::minguo_compact(format!("{whole:07}").as_bytes()),
            Self::Numbers { .. } | Self::MonthName { .. } | Self::Compact => numeric::compact_number(whole),
        }
    }
}

/// The day of a row's cell; `format` is the column's, used where it is text or a number. Of instants whose file names
/// their zone it is the day in `zone`, or where that is not given in the file's; days, and instants of a clock without a
/// zone, are as the file has them.
#[inline]
#[must_use]
pub fn day_of(cells: &Cells, row: usize, format: DateFormat, zone: Option<Zone>) -> Option<Day> {
    match cells {
        Cells::Text(cells) => format.parse(cells.get(row)?, zone),
        Cells::Int(values) => format.of_number(values.get(row)?, 0.0, zone),
        Cells::Float(values) => {
            // Beyond that no float is a whole number and no number a date.
            let value = values.get(row).filter(|value| value.abs() < 9e18)?;
            format.of_number(value.floor() as i64, value - value.floor(), zone)
        }
        Cells::Decimal { values, scale } => {
            let (mantissa, one) = (values.get(row)?, 10i128.checked_pow(u32::from(*scale))?);
            let whole = i64::try_from(mantissa.div_euclid(one)).ok()?;
            format.of_number(whole, mantissa.rem_euclid(one) as f64 / one as f64, zone)
        }
        Cells::Day(values) => values.get(row).map(Day),
        Cells::Stamp { values, unit, zone: kept } => {
            stamp_day(values.get(row)?, *unit, kept.map(|kept| zone.unwrap_or(kept)))
        }
    }
    .filter(|day| is_written(*day))
}

/// Whether a day is of the years 1 to 9999, which dates are written with. What lies beyond stands for "never".
fn is_written(day: Day) -> bool {
    (-719_162..=2_932_896).contains(&day.0)
}

fn stamp_day(ticks: i64, unit: TimeUnit, zone: Option<Zone>) -> Option<Day> {
    let seconds = ticks.div_euclid(unit.per_second());
    match zone {
        Some(zone) => Some(zone.day_at(seconds)),
        None => i32::try_from(seconds.div_euclid(DAY_SECONDS)).ok().map(Day),
    }
}

#[cfg(test)]
mod tests;
