//! Dates. The format is one decision for a whole column, never made row by row.

use super::super::batch::{Cells, TimeUnit};
use crate::model::day::Day;

/// Seconds in a day; days are calendar days of the clock the file kept, which has no leap seconds.
const DAY_SECONDS: i64 = 86_400;

/// A format that a column of text keeps its dates in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFormat {
    /// `2024-01-05`, alone or before a time: `2024-01-05 13:04:05`, `2024-01-05T13:04:05.123Z`.
    Iso,
    /// `20240105`, alone.
    Compact,
}

impl DateFormat {
    /// All formats, the likelier first.
    pub const ALL: [Self; 2] = [Self::Iso, Self::Compact];

    /// How the format is written, for a person.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iso => "YYYY-MM-DD",
            Self::Compact => "YYYYMMDD",
        }
    }

    /// The day that a text says, `None` where it says none in this format.
    #[inline]
    #[must_use]
    pub fn parse(self, text: &[u8]) -> Option<Day> {
        let text = text.trim_ascii();
        match (self, text) {
            (Self::Iso, [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..]) => {
                if !is_time(rest) {
                    return None;
                }
                day([*y1, *y2, *y3, *y4], [*m1, *m2], [*d1, *d2])
            }
            (Self::Compact, [y1, y2, y3, y4, m1, m2, d1, d2]) => day([*y1, *y2, *y3, *y4], [*m1, *m2], [*d1, *d2]),
            _ => None,
        }
    }

    /// The format that reads most of some texts, with how many it reads; `None` when none reads any.
    pub fn detect<'a, T>(texts: &T) -> Option<(Self, usize)>
    where
        T: Iterator<Item = &'a [u8]> + Clone,
    {
        let counts =
            Self::ALL.map(|format| (format, texts.clone().filter(|text| format.parse(text).is_some()).count()));
        // The first of equals wins, as the likelier.
        counts.into_iter().rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0)
    }
}

fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

fn day(year: [u8; 4], month: [u8; 2], day: [u8; 2]) -> Option<Day> {
    // Year 0 is what empty dates turn into on their way.
    let year = digits(&year).filter(|year| *year > 0)?;
    Day::from_ymd(year as i32, digits(&month)?, digits(&day)?)
}

/// Whether what follows a date is nothing or a time of day: ` 13:04`, `T13:04:05.123`, ` 13:04:05+08:00`, `T130405Z`.
fn is_time(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b' ' | b'T' | b't', time @ ..] => {
            let [hour1, hour2, rest @ ..] = time else { return false };
            let hour = digits(&[*hour1, *hour2]);
            hour.is_some_and(|hour| hour <= 24)
                && rest.iter().all(|byte| byte.is_ascii_digit() || b":.,+-Zz ".contains(byte))
        }
        _ => false,
    }
}

/// The day of a row's cell; `format` is the column's, used where it is text or a whole number such as 20240105.
#[inline]
#[must_use]
pub fn day_of(cells: &Cells, row: usize, format: DateFormat) -> Option<Day> {
    match cells {
        Cells::Text(cells) => format.parse(cells.get(row)?),
        Cells::Int(values) => compact_number(values.get(row)?),
        Cells::Day(values) => values.get(row).map(Day).filter(|day| is_written(*day)),
        Cells::Stamp { values, unit } => stamp_day(values.get(row)?, *unit).filter(|day| is_written(*day)),
        Cells::Float(_) | Cells::Decimal { .. } => None,
    }
}

/// Whether a day is of the years 1 to 9999, which dates are written with. What lies beyond stands for "never".
fn is_written(day: Day) -> bool {
    (-719_162..=2_932_896).contains(&day.0)
}

/// The day of a number such as 20240105.
fn compact_number(number: i64) -> Option<Day> {
    let number = u32::try_from(number).ok().filter(|number| (10_000_000..=99_999_999).contains(number))?;
    Day::from_ymd((number / 10_000) as i32, number / 100 % 100, number % 100)
}

fn stamp_day(ticks: i64, unit: TimeUnit) -> Option<Day> {
    i32::try_from(ticks.div_euclid(unit.per_second() * DAY_SECONDS)).ok().map(Day)
}

#[cfg(test)]
mod tests {
    use super::super::super::batch::Values;
    use super::*;

    fn iso(text: &str) -> Option<String> {
        DateFormat::Iso.parse(text.as_bytes()).map(|day| day.to_string())
    }

    #[test]
    fn iso_dates_are_read_with_and_without_a_time() {
        for text in [
            "2010-12-01",
            " 2010-12-01 ",
            "2010-12-01 08:26:00",
            "2010-12-01T23:59:59.999Z",
            "2010-12-01T00:00:00+08:00",
            "2010-12-01 08:26",
        ] {
            assert_eq!(iso(text).as_deref(), Some("2010-12-01"), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_guessed_at() {
        for text in
            ["2010-02-30", "2010-12-01x", "2010-12-01 noon", "01-12-2010", "20101201", "", "n/a", "2010-12-01 99:00"]
        {
            assert_eq!(iso(text), None, "{text}");
        }
        assert_eq!(DateFormat::Compact.parse(b"19971301"), None);
        assert_eq!(DateFormat::Compact.parse(b"1997010"), None);
    }

    #[test]
    fn the_column_decides_the_format() {
        let compact = ["19970101", "19970230", "x"];
        let texts = compact.iter().map(|text| text.as_bytes());
        assert_eq!(DateFormat::detect(&texts), Some((DateFormat::Compact, 1)));
        assert_eq!(DateFormat::detect(&["x"].iter().map(|text| text.as_bytes())), None);
    }

    #[test]
    fn typed_columns_give_their_calendar_day() {
        let one = |value| Values::collect([Some(value)]);
        let before_epoch = Cells::Stamp { values: one(-1), unit: TimeUnit::Nanoseconds };
        let later = Cells::Stamp { values: one(86_400_000), unit: TimeUnit::Milliseconds };
        let number = Cells::Int(one(19_700_103));
        let days = [before_epoch, later, number].map(|cells| day_of(&cells, 0, DateFormat::Iso));
        assert_eq!(days, [Some(Day(-1)), Some(Day(1)), Some(Day(2))]);
        assert_eq!(day_of(&Cells::Int(one(12)), 0, DateFormat::Iso), None);
        let ends = [Day::from_ymd(1, 1, 1), Day::from_ymd(9_999, 12, 31)];
        assert!(ends.into_iter().flatten().all(is_written));
        let never = Cells::Stamp { values: one(i64::MAX), unit: TimeUnit::Microseconds };
        assert_eq!(day_of(&never, 0, DateFormat::Iso), None);
    }
}
