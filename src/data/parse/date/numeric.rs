//! Dates that are one number: `20240105`, Excel's serials, seconds since 1970.

use super::super::zone::{DAY_SECONDS, Zone};
use super::SerialSystem;
use super::clock::{self, Clock};
use super::fast;
use super::reader::{Number, Reader};
use crate::data::batch::TimeUnit;
use crate::model::day::Day;

/// Reads a plain, folded text: 8 digits alone or before a time, or 12, 14 or 17 digits of which the rest is the time to
/// the minute, the second, the millisecond.
pub(super) fn compact(text: &[u8]) -> Option<(Day, Option<Clock>)> {
    let mut reader = Reader::new(text);
    let digits = reader.digits();
    let (date, time) = digits.split_at_checked(8)?;
    let day = fast::compact(date)?;
    if time.is_empty() {
        if is_whole(reader.rest) {
            return Some((day, None));
        }
        return clock::behind(&mut reader, false).map(|behind| (day, behind.clock()));
    }
    let seconds = seconds_of(time)?;
    if reader.take(b".") && reader.digits().is_empty() {
        return None;
    }
    let offset = clock::zone(&mut reader);
    reader.is_done().then_some((day, Some(Clock { seconds, offset })))
}

/// Seconds since midnight of `HHMM`, `HHMMSS` or `HHMMSSmmm`.
fn seconds_of(digits: &[u8]) -> Option<u32> {
    if !matches!(digits.len(), 4 | 6 | 9) {
        return None;
    }
    let mut pairs = digits[..digits.len().min(6)].chunks_exact(2).map(Number::of);
    let mut next = || pairs.next().flatten().map_or(0, |number| u32::from(number.value));
    let (hour, minute, second) = (next(), next(), next());
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3_600 + minute * 60 + second)
}

/// Whether what follows a whole number says that it is one: nothing, or `.0` as data frames write it.
fn is_whole(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b'.', zeros @ ..] => !zeros.is_empty() && zeros.iter().all(|byte| *byte == b'0'),
        _ => false,
    }
}

/// The day of a number such as 20240105, 202401051304, 20240105130405 or 20240105130405123.
#[inline]
pub(super) fn compact_number(number: i64) -> Option<Day> {
    const DAYS: std::ops::RangeInclusive<i64> = 10_000_000..=99_999_999;
    if DAYS.contains(&number) {
        let number = number as u32;
        return fast::ymd(number / 10_000, number / 100 % 100, number % 100);
    }
    let text = u64::try_from(number).ok()?.to_string();
    compact(text.as_bytes()).map(|(day, _)| day)
}

/// The whole number of a text such as `1704459845`, `-5` or `1704459845.123`, rounded down, with the fraction.
pub(super) fn number(text: &[u8]) -> Option<(i64, f64)> {
    let text = std::str::from_utf8(text).ok()?;
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let are_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || (whole.len() < digits.len() && !are_digits(decimals)) {
        return None;
    }
    let whole = whole.parse::<i64>().ok()?;
    let fraction = if decimals.is_empty() { 0.0 } else { format!("0.{decimals}").parse::<f64>().ok()? };
    if sign > 0 || fraction == 0.0 { Some((sign * whole, fraction)) } else { Some((-whole - 1, 1.0 - fraction)) }
}

/// Half a millisecond in days. A time so near to midnight is midnight, spoilt on its way through binary fractions.
const NEARLY_MIDNIGHT: f64 = 1.0 - 0.000_5 / DAY_SECONDS as f64;

/// The day of an Excel serial: days since the end of 1899 or since 1904-01-01, up to the year 9999.
///
/// Serial 60 of the 1900 system is 1900-02-29, a day that never was and that Lotus 1-2-3 counted.
#[inline]
pub(super) fn serial_day(system: SerialSystem, whole: i64, fraction: f64) -> Option<Day> {
    /// 1970-01-01 in days since 1899-12-30 and since 1904-01-01.
    const EPOCH: [i64; 2] = [25_569, 24_107];
    /// 9999-12-31 as a serial.
    const LAST: [i64; 2] = [2_958_465, 2_957_003];
    let serial = whole + i64::from(fraction >= NEARLY_MIDNIGHT);
    let days = match system {
        SerialSystem::From1900 => match serial {
            1..=59 => serial + 1 - EPOCH[0],
            61.. if serial <= LAST[0] => serial - EPOCH[0],
            _ => return None,
        },
        SerialSystem::From1904 if (0..=LAST[1]).contains(&serial) => serial - EPOCH[1],
        SerialSystem::From1904 => return None,
    };
    Some(Day(days as i32))
}

/// 1971-01-01 and 2200-01-01 in seconds since 1970. What lies outside is zero for "never", or of another unit: seconds
/// read as milliseconds fall on January 1970.
const INSTANTS: std::ops::Range<i64> = 31_536_000..7_258_118_400;

/// The day of so many ticks since 1970-01-01T00:00Z, in a zone, else in UTC.
#[inline]
pub(super) fn epoch_day(unit: TimeUnit, ticks: i64, zone: Option<Zone>) -> Option<Day> {
    let seconds = ticks.div_euclid(unit.per_second());
    INSTANTS.contains(&seconds).then(|| zone.unwrap_or(Zone::UTC).day_at(seconds))
}

/// The ticks of a text that is nothing but digits: the common case.
#[inline]
pub(super) fn digits(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}
