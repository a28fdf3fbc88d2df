//! The time of day beside a date: `13:04`, `13:04:05.123Z`, `1:04:05 PM`, `下午 1:04`, `13时04分`, `130405+0800`.

use super::super::zone::{DAY_SECONDS, Zone, offset_ahead};
use super::reader::{Number, Reader};
use crate::model::day::Day;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// Seconds since midnight, 0..=86400.
    pub(super) seconds: u32,
    /// Seconds east of UTC, where the text says so.
    pub(super) offset: Option<i32>,
}

/// The day of a date with its time: as written, or where both an offset and a zone are known, the day that the instant
/// has in the zone.
#[inline]
pub(super) fn day_in_zone(day: Day, clock: Option<Clock>, zone: Option<Zone>) -> Day {
    match (zone, clock) {
        (Some(zone), Some(Clock { seconds, offset: Some(offset) })) => {
            zone.day_at(i64::from(day.0) * DAY_SECONDS + i64::from(seconds) - i64::from(offset))
        }
        _ => day,
    }
}

/// The half of the day in words before a time, with whether hours up to 11 are of the second half.
const HALVES_AHEAD: [(&str, bool); 13] = [
    ("上午", false),
    ("下午", true),
    ("凌晨", false),
    ("早上", false),
    ("中午", true),
    ("晚上", true),
    ("午前", false),
    ("午後", true),
    ("오전", false),
    ("오후", true),
    ("AM ", false),
    ("PM ", true),
    ("傍晚", true),
];

/// The same behind a time.
const HALVES_BEHIND: [(&str, bool); 4] = [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)];

/// Chinese days of the week, which a date may be followed by.
const WEEKDAYS: [&str; 5] = ["星期", "礼拜", "禮拜", "周", "週"];

/// Abbreviations that name no one offset: `CST` is China's, Cuba's and Chicago's. What they stand behind is read as
/// written.
const VAGUE_ZONES: [&str; 20] = [
    "CEST", "AEST", "AEDT", "EEST", "CET", "EET", "WET", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "BST",
    "IST", "JST", "HKT", "SGT",
];

/// Takes a time that the text begins with, and the blank behind it: `13:04 5/1/2024`.
pub(super) fn in_front(reader: &mut Reader<'_>) -> Option<Clock> {
    // Digits without a colon may be the date.
    reader.rest.iter().take(3).skip(1).position(|byte| *byte == b':')?;
    let mut ahead = *reader;
    let clock = time(&mut ahead)?;
    if !ahead.blanks() {
        return None;
    }
    *reader = ahead;
    Some(clock)
}

/// What follows a date to the end of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    Nothing,
    Time(Clock),
}

impl Behind {
    pub(super) const fn clock(self) -> Option<Clock> {
        match self {
            Self::Nothing => None,
            Self::Time(clock) => Some(clock),
        }
    }
}

/// Takes what follows a date to the end of the text. `joined` tells that no blank need be between them. `None` where
/// something else than a time follows.
pub(super) fn behind(reader: &mut Reader<'_>, joined: bool) -> Option<Behind> {
    if reader.is_done() {
        return Some(Behind::Nothing);
    }
    let comma = reader.take(b",");
    let mut apart = reader.blanks() || joined;
    if weekday(reader) {
        apart = reader.blanks() || apart;
    }
    if reader.is_done() {
        return (!comma).then_some(Behind::Nothing);
    }
    if !apart && !comma && !reader.take(b"T") && half_ahead(&mut reader.clone()).is_none() {
        return None;
    }
    let clock = time(reader)?;
    reader.is_done().then_some(Behind::Time(clock))
}

/// Takes a Chinese day of the week: `星期五`, `周五`, `(五)`.
fn weekday(reader: &mut Reader<'_>) -> bool {
    const DAYS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "日", "天"];
    if matches!(reader.rest, [] | [b'0'..=b'9' | b'T', ..]) {
        return false;
    }
    let mut ahead = *reader;
    let bracket = ahead.take(b"(");
    let named = ahead.take_any(&WEEKDAYS).is_some();
    let found = (bracket || named) && ahead.take_any(&DAYS).is_some() && (!bracket || ahead.take(b")"));
    if found {
        *reader = ahead;
    }
    found
}

fn half_ahead(reader: &mut Reader<'_>) -> Option<bool> {
    if reader.rest.first().is_none_or(u8::is_ascii_digit) {
        return None;
    }
    HALVES_AHEAD.iter().find(|(word, _)| reader.take(word.as_bytes())).map(|(_, second)| *second)
}

/// Takes a time of day with what it says of its half of the day and its zone.
pub(super) fn time(reader: &mut Reader<'_>) -> Option<Clock> {
    let mut half = half_ahead(reader);
    reader.blanks();
    let digits = reader.digits();
    let (hour, minute, second) = match digits.len() {
        1 | 2 => hands(reader, Number::of(digits)?)?,
        4 | 6 => {
            let mut pairs = digits.chunks_exact(2).map(|pair| Number::of(pair).map(|number| u32::from(number.value)));
            (pairs.next()??, pairs.next()??, pairs.next().flatten().unwrap_or(0))
        }
        _ => return None,
    };
    fraction(reader)?;
    if half.is_none() {
        half = half_behind(reader);
    }
    let seconds = seconds_of_day(hour_of_day(hour, half)?, minute, second)?;
    let offset = zone(reader);
    Some(Clock { seconds, offset })
}

/// The minutes and seconds that follow an hour.
fn hands(reader: &mut Reader<'_>, hour: Number) -> Option<(u32, u32, u32)> {
    let value = |number: Number| u32::from(number.value);
    if reader.take(b":") {
        let minute = reader.number(2).filter(|minute| minute.digits == 2)?;
        let second = if reader.take(b":") { reader.number(2).filter(|second| second.digits == 2)? } else { ZERO };
        return Some((value(hour), value(minute), value(second)));
    }
    if reader.take_any(&["时", "時", "点", "點", "시"]).is_none() {
        // An hour alone, `2024-01-05 13` or `1 PM`: two digits, or with its half of the day.
        let whole = hour.digits == 2 || half_behind(&mut reader.clone()).is_some();
        return whole.then_some((value(hour), 0, 0));
    }
    let part = |reader: &mut Reader<'_>, unit: &str| {
        reader.blanks();
        let mut ahead = *reader;
        match ahead.number(2) {
            Some(number) if ahead.take(unit.as_bytes()) => {
                *reader = ahead;
                number
            }
            _ => ZERO,
        }
    };
    Some((value(hour), value(part(reader, "分")), value(part(reader, "秒"))))
}

const ZERO: Number = Number { value: 0, digits: 0 };

/// Takes the decimals of a second; `None` where a point is followed by none.
fn fraction(reader: &mut Reader<'_>) -> Option<()> {
    if reader.rest.starts_with(b".") || reader.rest.starts_with(b",") {
        reader.rest = &reader.rest[1..];
        return (!reader.digits().is_empty()).then_some(());
    }
    Some(())
}

fn half_behind(reader: &mut Reader<'_>) -> Option<bool> {
    let mut ahead = *reader;
    ahead.blanks();
    if !matches!(ahead.rest, [b'a' | b'A' | b'p' | b'P', ..]) {
        return None;
    }
    let (_, second) = HALVES_BEHIND.iter().find(|(word, _)| ahead.take(word.as_bytes()))?;
    // `PMT` is no half of a day.
    if ahead.rest.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    *reader = ahead;
    Some(*second)
}

/// The hour of a day of 24 hours. `下午 13:04` and `13:04 PM` are met and mean what they say.
const fn hour_of_day(hour: u32, second_half: Option<bool>) -> Option<u32> {
    match (second_half, hour) {
        (None, _) | (Some(true), 12..=23) | (Some(false), 0..=11) => Some(hour),
        (Some(false), 12) => Some(0),
        (Some(true), 0..=11) => Some(hour + 12),
        _ => None,
    }
}

/// Seconds since midnight; 24:00:00 is the end of the day, and a 60th second may be a leap second.
const fn seconds_of_day(hour: u32, minute: u32, second: u32) -> Option<u32> {
    let seconds = hour * 3_600 + minute * 60 + second;
    if minute > 59 || second > 60 || seconds > DAY_SECONDS as u32 { None } else { Some(seconds) }
}

/// Takes an offset or the name of a zone and what explains it; the offset in seconds, where it is one.
pub(super) fn zone(reader: &mut Reader<'_>) -> Option<i32> {
    let mut ahead = *reader;
    ahead.blanks();
    if matches!(ahead.rest, [] | [b'0'..=b'9', ..]) {
        return None;
    }
    let mut offset = None;
    let universal = ahead.take_any(&["UTC", "GMT", "Z"]).is_some();
    if let Some((seconds, rest)) = offset_ahead(ahead.rest) {
        offset = Some(seconds);
        ahead.rest = rest;
        abbreviation(&mut ahead);
    } else if universal {
        offset = Some(0);
    } else {
        ahead.take_any(&VAGUE_ZONES)?;
    }
    if ahead.rest.first().is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    *reader = ahead;
    explanation(reader);
    offset
}

/// Takes the abbreviation that repeats an offset, ` +0800 CST`.
fn abbreviation(reader: &mut Reader<'_>) {
    let mut ahead = *reader;
    if ahead.blanks() && (ahead.take(b"UTC") || ahead.take_any(&VAGUE_ZONES).is_some()) {
        *reader = ahead;
    }
}

/// Takes what stands in brackets to the end of the text: `(China Standard Time)`, `[Asia/Shanghai]`.
fn explanation(reader: &mut Reader<'_>) {
    if let [b'(', .., b')'] | [b'[', .., b']'] = reader.rest.trim_ascii_start() {
        reader.rest = &[];
    }
}
