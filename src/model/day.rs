//! Calendar days, the only unit of time that recency knows.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use crate::tr;

/// A calendar day of the proleptic Gregorian calendar, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A text that is no day.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("`{text}` is not a date; write it as YYYY-MM-DD, for example 2024-01-31", text = _0))]
pub struct NotADay(String);

impl Day {
    /// The day of a year, a month (1-12) and a day of the month (1-31); `None` where the calendar has no such day.
    #[inline]
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
    }

    /// Year, month (1-12) and day of the month (1-31).
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    fn date(self) -> NaiveDate {
        let ce = self.0.saturating_add(NaiveDate::default().num_days_from_ce());
        // Beyond the calendar's quarter million years the nearest end stands in; no data reaches it.
        NaiveDate::from_num_days_from_ce_opt(ce).unwrap_or(if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - NaiveDate::default().num_days_from_ce())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        f.pad(&format!("{year:04}-{month:02}-{day:02}"))
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let text = text.trim();
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| (1..=9_999).contains(&date.year()));
        date.map(Self::from).ok_or_else(|| NotADay(text.to_owned()))
    }
}

/// Whole days from the right day to the left one.
impl Sub for Day {
    type Output = i32;

    fn sub(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }
}

/// The day so many days later.
impl Add<i32> for Day {
    type Output = Self;

    fn add(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_and_writes_as_iso() -> Result<(), NotADay> {
        for text in ["1970-01-01", "2000-02-29", "2006-12-31", "1899-12-30"] {
            assert_eq!(text.parse::<Day>()?.to_string(), text);
        }
        assert_eq!("1970-01-02".parse::<Day>()?, Day(1));
        Ok(())
    }

    #[test]
    fn what_the_calendar_lacks_is_no_day() {
        for text in ["2023-02-29", "2024-13-01", "2024/01/05", "10000-01-01", "0000-01-01", "today", ""] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_are_counted_across_a_leap_day() {
        assert_eq!(Day::from_ymd(2024, 3, 1).zip(Day::from_ymd(2024, 2, 28)).map(|(a, b)| a - b), Some(2));
    }
}
