//! Time zones: on which calendar day an instant falls.

use std::cell::Cell;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use thiserror::Error;

use crate::model::day::Day;
use crate::tr;

/// Seconds in a day; days are calendar days, which have no leap seconds.
pub const DAY_SECONDS: i64 = 86_400;

/// The widest offset from UTC in seconds, either way: 18 hours, more than any zone ever had.
const WIDEST: i32 = 18 * 3_600;

/// A time zone: one of the IANA database with all its changes, or a fixed offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Named(Tz),
    /// Seconds east of UTC.
    Fixed(i32),
}

/// A text that names no zone.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "{}",
    tr!(
        "`{text}` is no time zone; name one such as Asia/Shanghai, Europe/London or UTC, or an offset such as +08:00",
        text = _0,
    )
)]
pub struct NotAZone(String);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Kind::Fixed(0));

    /// A fixed offset in seconds east of UTC; `None` beyond 18 hours.
    #[must_use]
    pub fn fixed(seconds: i32) -> Option<Self> {
        (seconds.abs() <= WIDEST).then_some(Self(Kind::Fixed(seconds)))
    }

    /// Seconds that clocks of the zone are ahead of UTC at an instant, given in seconds since 1970-01-01T00:00Z.
    #[inline]
    #[must_use]
    pub fn offset_at(self, utc_seconds: i64) -> i32 {
        match self.0 {
            Kind::Fixed(seconds) => seconds,
            Kind::Named(zone) => {
                let day = utc_seconds.div_euclid(DAY_SECONDS);
                DAYS.with(|days| steady_offset(&days[day as usize % KEPT], zone, day))
                    .unwrap_or_else(|| looked_up(zone, utc_seconds))
            }
        }
    }

    /// The calendar day of an instant, given in seconds since 1970-01-01T00:00Z. What lies beyond the days that can be
    /// told is the first or last of them.
    #[inline]
    #[must_use]
    pub fn day_at(self, utc_seconds: i64) -> Day {
        let seconds = utc_seconds.saturating_add(self.offset_at(utc_seconds).into());
        let day = seconds.div_euclid(DAY_SECONDS);
        Day(i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX }))
    }
}

/// How many days' offsets a thread keeps: eleven years, since files are seldom in the order of time.
const KEPT: usize = 4_096;

/// The offset that a zone has all through a day of UTC; none on the days when its clocks change.
#[derive(Clone, Copy)]
struct Steady {
    zone: Tz,
    day: i64,
    offset: Option<i32>,
}

thread_local! {
    /// Days lately asked for. Looking one up in the table of a zone's changes takes five times as long.
    static DAYS: [Cell<Steady>; KEPT] =
        const { [const { Cell::new(Steady { zone: Tz::UTC, day: i64::MIN, offset: None }) }; KEPT] };
}

#[inline]
fn steady_offset(kept: &Cell<Steady>, zone: Tz, day: i64) -> Option<i32> {
    let known = kept.get();
    if known.day == day && known.zone == zone { known.offset } else { keep(kept, zone, day) }
}

/// Looks a day up and keeps it. No zone's clocks ever changed forth and back within one day.
#[cold]
fn keep(kept: &Cell<Steady>, zone: Tz, day: i64) -> Option<i32> {
    let start = day.saturating_mul(DAY_SECONDS);
    let offset = looked_up(zone, start);
    let offset = (looked_up(zone, start.saturating_add(DAY_SECONDS - 1)) == offset).then_some(offset);
    kept.set(Steady { zone, day, offset });
    offset
}

fn looked_up(zone: Tz, utc_seconds: i64) -> i32 {
    DateTime::from_timestamp(utc_seconds, 0)
        .map_or(0, |instant| zone.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc())
}

/// The name, or the offset as `+08:00`.
impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Named(zone) => f.pad(zone.name()),
            Kind::Fixed(0) => f.pad("UTC"),
            Kind::Fixed(seconds) => {
                let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
                f.pad(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
            }
        }
    }
}

/// A name of the IANA database in any case, or `+08:00`, `+0800`, `+8`, `UTC+8`, `GMT+8`: hours ahead of UTC. The zone
/// of the computer is not offered: the same file must give the same days everywhere.
impl FromStr for Zone {
    type Err = NotAZone;

    fn from_str(text: &str) -> Result<Self, NotAZone> {
        let text = text.trim();
        if let Some(zone) = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(text)) {
            return Ok(if *zone == Tz::UTC { Self::UTC } else { Self(Kind::Named(*zone)) });
        }
        if text.eq_ignore_ascii_case("z") {
            return Ok(Self::UTC);
        }
        let upper = text.to_ascii_uppercase();
        let offset = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper);
        match offset_ahead(offset.as_bytes()) {
            Some((seconds, [])) => Self::fixed(seconds),
            _ => None,
        }
        .ok_or_else(|| NotAZone(text.to_owned()))
    }
}

/// An offset that a text begins with, such as `+08:00`, `+0800` or `+8`, in seconds east of UTC, with what follows it.
pub(super) fn offset_ahead(text: &[u8]) -> Option<(i32, &[u8])> {
    let (sign, digits) = match text {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(count);
    let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0'));
    let (hours, minutes, rest) = match (digits, rest) {
        ([_] | [_, _], [b':', tens @ b'0'..=b'9', units @ b'0'..=b'9', rest @ ..]) => {
            (number(digits), number(&[*tens, *units]), rest)
        }
        ([_] | [_, _], _) => (number(digits), 0, rest),
        ([_, _, _, _], _) => (number(&digits[..2]), number(&digits[2..]), rest),
        _ => return None,
    };
    let seconds = hours * 3_600 + minutes * 60;
    (minutes < 60 && seconds <= WIDEST).then_some((sign * seconds, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_at(zone: &str, instant: i64) -> Result<String, NotAZone> {
        Ok(zone.parse::<Zone>()?.day_at(instant).to_string())
    }

    #[test]
    fn zones_are_read_as_they_are_written() -> Result<(), NotAZone> {
        let cases = [
            ("Asia/Shanghai", "Asia/Shanghai"),
            ("europe/london", "Europe/London"),
            ("UTC", "UTC"),
            ("Z", "UTC"),
            ("+00:00", "UTC"),
            ("+08:00", "+08:00"),
            ("+0530", "+05:30"),
            (" -3 ", "-03:00"),
            ("UTC+8", "+08:00"),
            ("GMT-09:30", "-09:30"),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Zone>()?.to_string(), expected, "{text}");
        }
        Ok(())
    }

    #[test]
    fn what_is_no_zone_is_refused_with_examples() {
        for text in ["local", "", "China", "+25", "+08:60", "+8:0", "+", "8", "+08:00x", "CST8"] {
            let problem = text.parse::<Zone>().err().map(|problem| problem.to_string());
            assert!(problem.is_some_and(|problem| problem.contains("Asia/Shanghai")), "{text}");
        }
    }

    #[test]
    fn an_instant_falls_on_the_day_it_has_there() -> Result<(), NotAZone> {
        // 1704470399 is 2024-01-05T15:59:59Z; 1711846800 is 2024-03-31T01:00Z, when British clocks go forward.
        let cases = [
            ("UTC", 1_704_470_399, "2024-01-05"),
            ("Asia/Shanghai", 1_704_470_399, "2024-01-05"),
            ("Asia/Shanghai", 1_704_470_400, "2024-01-06"),
            ("+08:00", 1_704_470_400, "2024-01-06"),
            ("America/New_York", 1_704_430_799, "2024-01-04"),
            ("America/New_York", 1_704_430_800, "2024-01-05"),
            // Winter and summer time: 23:30 UTC is the next day in London only in summer.
            ("Europe/London", 1_704_497_400, "2024-01-05"),
            ("Europe/London", 1_720_222_200, "2024-07-06"),
            ("UTC", -1, "1969-12-31"),
        ];
        for (zone, instant, expected) in cases {
            assert_eq!(day_at(zone, instant)?, expected, "{zone} {instant}");
        }
        assert_eq!(Zone::UTC.day_at(i64::MIN), Day(i32::MIN));
        assert_eq!("Asia/Tokyo".parse::<Zone>()?.day_at(i64::MAX), Day(i32::MAX));
        Ok(())
    }
}
