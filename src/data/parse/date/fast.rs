//! The two forms that millions of rows come in, without any ado: `2024-01-05 13:04:05` and `20240105`.

use super::clock::{self, Clock};
use super::reader::Reader;
use crate::model::day::Day;

/// The four numbers that eight digits are two by two; `None` where they are not all digits. All are looked at together, as
/// the bytes of one number.
#[inline]
fn pairs(digits: [u8; 8]) -> Option<[u32; 4]> {
    let values = u64::from_le_bytes(digits) ^ 0x3030_3030_3030_3030;
    // Adding 118 sets the high bit of all but 0..=9.
    if (values.wrapping_add(0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    let pairs = (values.wrapping_mul(10).wrapping_add(values >> 8)) & 0x00ff_00ff_00ff_00ff;
    Some([0, 16, 32, 48].map(|shift| (pairs >> shift) as u32 & 0xff))
}

/// The day of `YYYY-MM-DD` with `-`, `/` or `.`, alone or before ` HH:MM` or ` HH:MM:SS`. `None` where it is none or
/// written in another way.
#[inline]
pub(super) fn iso(text: &[u8]) -> Option<Day> {
    let (day, rest) = iso_ahead(text)?;
    is_time(rest).then_some(day)
}

/// The day of `YYYY-MM-DD` with any time behind it.
pub(super) fn iso_with_time(text: &[u8]) -> Option<(Day, Option<Clock>)> {
    let (day, rest) = iso_ahead(text)?;
    clock::behind(&mut Reader::new(rest), false).map(|behind| (day, behind.clock()))
}

#[inline]
fn iso_ahead(text: &[u8]) -> Option<(Day, &[u8])> {
    let ([y1, y2, y3, y4, mark, m1, m2, same, d1, d2], rest) = text.split_first_chunk()?;
    if mark != same || !matches!(mark, b'-' | b'/' | b'.') {
        return None;
    }
    Some((day([*y1, *y2, *y3, *y4, *m1, *m2, *d1, *d2])?, rest))
}

/// The day of `YYYYMMDD`.
#[inline]
pub(super) fn compact(text: &[u8]) -> Option<Day> {
    day(text.try_into().ok()?)
}

#[inline]
fn is_time(rest: &[u8]) -> bool {
    let digits = match rest {
        [] => return true,
        [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] => [*h1, *h2, *m1, *m2, *s1, *s2, b'0', b'0'],
        [b' ' | b'T', h1, h2, b':', m1, m2] => [*h1, *h2, *m1, *m2, b'0', b'0', b'0', b'0'],
        _ => return false,
    };
    pairs(digits).is_some_and(|[hour, minute, second, _]| hour < 24 && minute < 60 && second < 60)
}

#[inline]
fn day(digits: [u8; 8]) -> Option<Day> {
    let [century, year, month, day] = pairs(digits)?;
    ymd(century * 100 + year, month, day)
}

/// Days of a common year before each month.
const BEFORE: [u32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Days of each month of a common year.
const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Days from the day before 0001-01-01 to 1970-01-01.
const EPOCH: i32 = 719_163;

/// The same as [`Day::from_ymd`] for the years 1 to 9999, in a third of the time.
#[inline]
pub(super) fn ymd(year: u32, month: u32, day: u32) -> Option<Day> {
    let place = month.wrapping_sub(1) as usize;
    let (before, days) = (BEFORE.get(place)?, DAYS.get(place)?);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    if !(1..=9_999).contains(&year) || day.wrapping_sub(1) >= days + u32::from(is_leap && month == 2) {
        return None;
    }
    let past = year - 1;
    let leap_days = past / 4 - past / 100 + past / 400 + u32::from(is_leap && month > 2);
    Some(Day((past * 365 + leap_days + before + day) as i32 - EPOCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_the_one_of_days() {
        for year in [0, 1, 4, 100, 400, 1600, 1899, 1900, 1969, 1970, 1999, 2000, 2023, 2024, 2100, 9999] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let expected = Day::from_ymd(year, month, day).filter(|_| year > 0);
                assert_eq!(ymd(year as u32, month, day), expected, "{year}-{month}-{day}");
            }
        }
        assert_eq!(ymd(10_000, 1, 1), None);
    }

    #[test]
    fn only_digits_are_digits() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut digits = *b"12345678";
                digits[place] = byte;
                assert_eq!(pairs(digits).is_some(), byte.is_ascii_digit(), "{byte} at {place}");
            }
        }
        assert_eq!(pairs(*b"20240105"), Some([20, 24, 1, 5]));
        assert_eq!(pairs(*b"99999999"), Some([99; 4]));
    }
}
