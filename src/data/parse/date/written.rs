//! Dates of three numbers: `2024-01-05`, `5/1/24`, `2024年1月5日`, `民國113年1月5日`, with a time behind or in front.

use super::clock::{self, Clock};
use super::reader::{Number, Reader};
use super::{DateOrder, Mark, YearDigits, fast};
use crate::model::day::Day;

/// What years of the Republic of China, Minguo, are behind those of the common era.
const MINGUO: u16 = 1_911;

/// Words that announce a Minguo year.
const ERAS: [&str; 6] = ["中華民國", "中华民国", "民國", "民国", "ROC", "R.O.C."];

/// Three numbers and what keeps them apart, before it is known which of them is the year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Triple {
    /// Whether the era is named, so that the first number is a Minguo year.
    pub(super) era: bool,
    /// The numbers from left to right.
    pub(super) parts: [Number; 3],
    /// What is between them.
    pub(super) mark: Mark,
}

/// Three numbers with a time beside them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) triple: Triple,
    pub(super) clock: Option<Clock>,
}

/// Reads a plain, folded text.
pub(super) fn read(text: &[u8]) -> Option<Written> {
    let mut reader = Reader::new(text);
    let in_front = clock::in_front(&mut reader);
    let triple = triple(&mut reader)?;
    let behind = clock::behind(&mut reader, triple.mark == Mark::Han)?.clock();
    if in_front.is_some() && behind.is_some() {
        return None;
    }
    Some(Written { triple, clock: in_front.or(behind) })
}

fn triple(reader: &mut Reader<'_>) -> Option<Triple> {
    let era = !reader.rest.first().is_some_and(u8::is_ascii_digit) && reader.take_any(&ERAS).is_some();
    if era {
        reader.blanks();
    }
    let first = reader.number(4)?;
    let mark = first_mark(reader)?;
    let second = reader.number(2)?;
    match mark {
        Mark::Han => {
            reader.blanks();
            reader.take_any(&["月", "월"])?;
            reader.blanks();
        }
        _ => between(reader, mark)?,
    }
    let third = reader.number(4)?;
    match mark {
        Mark::Han => {
            reader.blanks();
            reader.take_any(&["日", "号", "號", "일"])?;
        }
        // Korean and Slavic dates end with a point: `2024. 1. 5.`
        Mark::Point => drop(reader.take(b".")),
        _ => {}
    }
    Some(Triple { era, parts: [first, second, third], mark })
}

fn first_mark(reader: &mut Reader<'_>) -> Option<Mark> {
    let mark = match reader.rest.first()? {
        b'-' => Mark::Dash,
        b'/' => Mark::Slash,
        b'.' => Mark::Point,
        _ => {
            reader.blanks();
            reader.take_any(&["年", "년"])?;
            reader.blanks();
            return Some(Mark::Han);
        }
    };
    between(reader, mark)?;
    Some(mark)
}

/// Takes a mark between numbers, and blanks behind a point.
fn between(reader: &mut Reader<'_>, mark: Mark) -> Option<()> {
    let taken = match mark {
        Mark::Dash => reader.take(b"-"),
        Mark::Slash => reader.take(b"/"),
        Mark::Point => reader.take(b"."),
        Mark::Han => false,
    };
    if mark == Mark::Point {
        reader.blanks();
    }
    taken.then_some(())
}

impl Triple {
    /// The day, when the numbers are in an order. The year has four digits, or also two where they are taken for one.
    #[inline]
    pub(super) fn day(self, order: DateOrder, year: YearDigits) -> Option<Day> {
        let [first, second, third] = self.parts;
        let (year_part, month, day) = match order {
            DateOrder::YearFirst if year == YearDigits::Four && first.digits != 4 => return None,
            DateOrder::YearFirst => (first, second, third),
            DateOrder::DayFirst => (third, second, first),
            DateOrder::MonthFirst => (third, first, second),
        };
        let words = self.era || (self.mark == Mark::Han && order != DateOrder::YearFirst);
        if words || month.digits > 2 || day.digits > 2 {
            return None;
        }
        ymd(full_year(year_part)?, month.value, day.value)
    }

    /// The day, when the first number is a Minguo year of at most three digits.
    pub(super) fn minguo_day(self) -> Option<Day> {
        let [year, month, day] = self.parts;
        if year.digits > 3 || year.value == 0 || day.digits > 2 {
            return None;
        }
        ymd(year.value + MINGUO, month.value, day.value)
    }
}

/// The day of a Minguo date without marks: `1130105`.
pub(super) fn minguo_compact(digits: &[u8]) -> Option<Day> {
    if digits.len() != 7 {
        return None;
    }
    let (year, rest) = digits.split_at(3);
    let (month, day) = rest.split_at(2);
    let [year, month, day] = [Number::of(year)?, Number::of(month)?, Number::of(day)?];
    Triple { era: true, parts: [year, month, day], mark: Mark::Dash }.minguo_day()
}

/// A year of four digits, or of two: 00-68 are of the 2000s, 69-99 of the 1900s.
#[inline]
pub(super) const fn full_year(year: Number) -> Option<u16> {
    match (year.digits, year.value) {
        (4, value) => Some(value),
        (2, value @ 0..=68) => Some(2_000 + value),
        (2, value) => Some(1_900 + value),
        _ => None,
    }
}

/// The day of the calendar; year 0 is what empty dates turn into on their way.
#[inline]
pub(super) fn ymd(year: u16, month: u16, day: u16) -> Option<Day> {
    fast::ymd(year.into(), month.into(), day.into())
}
