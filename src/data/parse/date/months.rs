//! Dates whose month is an English word: `5 Jan 2024`, `05-JAN-24`, `Jan 5, 2024`, `Fri, 5 Jan 2024 13:04:05 +0000`,
//! `2024-Jan-05`, `Fri Jan  5 13:04:05 2024`.

use super::clock::{self, Behind, Clock};
use super::reader::{Number, Reader};
use super::written::{full_year, ymd};
use crate::model::day::Day;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A date with its month by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    /// The day as written.
    pub(super) day: Day,
    /// The time beside it.
    pub(super) clock: Option<Clock>,
    /// Whether the month comes before the day: `Jan 5, 2024`.
    pub(super) month_first: bool,
}

/// Reads a plain, folded text.
pub(super) fn read(text: &[u8]) -> Option<Named> {
    let mut reader = Reader::new(text);
    skip_weekday(&mut reader);
    if reader.rest.first().is_some_and(u8::is_ascii_digit) { number_first(reader) } else { month_first(reader) }
}

/// Takes a day of the week with its comma. That it is the right one is not asked.
fn skip_weekday(reader: &mut Reader<'_>) {
    let mut ahead = *reader;
    let word = ahead.letters();
    if word.len() >= 3 && WEEKDAYS.iter().any(|day| begins(day, word)) {
        ahead.take(b".");
        ahead.take(b",");
        ahead.blanks();
        *reader = ahead;
    }
}

fn begins(name: &str, word: &[u8]) -> bool {
    name.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Takes the name of a month, whole or cut to three letters (`Sept` too), with its point.
fn month(reader: &mut Reader<'_>) -> Option<u16> {
    let word = reader.letters();
    let month = MONTHS.iter().position(|name| {
        begins(name, word) && (word.len() == 3 || word.len() == name.len() || word.eq_ignore_ascii_case(b"sept"))
    })?;
    reader.take(b".");
    Some(month as u16 + 1)
}

/// Takes what keeps the parts of a date apart, which may be nothing.
fn gap(reader: &mut Reader<'_>) {
    reader.blanks();
    if reader.take_any(&[",", "-", "/", "."]).is_some() {
        reader.blanks();
    }
}

fn day_number(reader: &mut Reader<'_>) -> Option<Number> {
    let day = reader.number(2)?;
    let _ = reader.take_any(&["st", "nd", "rd", "th"]);
    Some(day)
}

/// `5 Jan 2024`, `05JAN24`, `2024-Jan-05`.
fn number_first(mut reader: Reader<'_>) -> Option<Named> {
    let (day, year) = match reader.number(4)? {
        year @ Number { digits: 4, .. } => (None, Some(year)),
        day @ Number { digits: 1 | 2, .. } => (Some(day), None),
        Number { .. } => return None,
    };
    if day.is_some() {
        let _ = reader.take_any(&["st", "nd", "rd", "th"]);
    }
    gap(&mut reader);
    let month = month(&mut reader)?;
    gap(&mut reader);
    let last = reader.number(if day.is_some() { 4 } else { 2 })?;
    let day_of_month = day.unwrap_or(last);
    let day = ymd(full_year(year.unwrap_or(last))?, month, day_of_month.value)?;
    // `05JAN2024:13:04:05` and `05/Jan/2024:13:04:05 +0000`, as statistics packages and web servers write it.
    let joined = reader.take(b":");
    let clock = end(&mut reader, joined)?.clock();
    Some(Named { day, clock, month_first: false })
}

/// `Jan 5, 2024`, `January 5 2024 at 1:04 PM`, `Jan 5 13:04:05 CST 2024`.
fn month_first(mut reader: Reader<'_>) -> Option<Named> {
    let month = month(&mut reader)?;
    gap(&mut reader);
    let number = day_number(&mut reader)?;
    gap(&mut reader);
    if let Some(clock) = clock::in_front(&mut reader) {
        let year = reader.number(4).filter(|year| year.digits == 4)?;
        let day = ymd(full_year(year)?, month, number.value)?;
        return reader.is_done().then_some(Named { day, clock: Some(clock), month_first: true });
    }
    let day = ymd(full_year(reader.number(4)?)?, month, number.value)?;
    let clock = end(&mut reader, false)?.clock();
    Some(Named { day, clock, month_first: true })
}

/// What follows the date, where a comma or the word `at` may announce the time.
fn end(reader: &mut Reader<'_>, joined: bool) -> Option<Behind> {
    let mut ahead = *reader;
    ahead.take(b",");
    if ahead.blanks() && ahead.take(b"at ") {
        *reader = ahead;
        return clock::behind(reader, true);
    }
    clock::behind(reader, joined)
}
