//! What a cell says, as far as a survey asks: one place that knows how cells are read.

use std::borrow::Cow;

use super::super::batch::Cells;
use super::super::parse::date::{DateFormat, day_of};
use super::super::parse::text::{NoText, id_of};
use super::super::source::is_filled;
use crate::model::day::Day;
use crate::model::money::Decimal;

/// Cells of a column that tell in which format it keeps dates.
const TELLING: usize = 1_000;

/// Bytes of the longest word for nothing, with room to spare.
const LONGEST_WORD: usize = 8;

/// The format that most of the first cells of a text column are dates in, if they are.
pub(super) fn date_format(cells: &Cells) -> Option<DateFormat> {
    let Cells::Text(texts) = cells else { return None };
    let filled = || (0..texts.len()).filter_map(|row| texts.get(row)).filter(|cell| !cell.trim_ascii().is_empty());
    let (format, read) = DateFormat::detect(&filled().take(TELLING))?;
    // One of a few ids may look like a date; a column of dates is one for the most part.
    (read * 2 > filled().take(TELLING).count()).then_some(format)
}

/// The day of a cell.
pub(super) fn day(cells: &Cells, row: usize, format: DateFormat) -> Option<Day> {
    day_of(cells, row, format)
}

/// Whether a text is a number.
pub(super) fn is_number(text: &[u8]) -> bool {
    Decimal::parse(text).is_ok()
}

/// An id without blanks around it and in lower case, so that another way of writing it is no other one; `None` where
/// there is none.
pub(super) fn id(cells: &Cells, row: usize) -> Option<Cow<'_, str>> {
    let id = id_of(cells, row).ok()?;
    Some(if id.chars().any(char::is_uppercase) { Cow::Owned(id.to_lowercase()) } else { id })
}

/// Whether a cell holds anything but nothing, blanks, or a word for that such as NULL.
pub(super) fn is_there(cells: &Cells, row: usize) -> bool {
    match cells {
        // Every word for nothing is short; most cells need no further look.
        Cells::Text(texts)
            if texts.get(row).is_some_and(|cell| cell.len() > LONGEST_WORD && cell[0].is_ascii_alphanumeric()) =>
        {
            true
        }
        Cells::Text(_) => id_of(cells, row).err() != Some(NoText::Missing),
        _ => is_filled(cells, row),
    }
}
