//! What a cell says, as far as a survey asks: one place that knows how cells are read.

use std::borrow::Cow;

use super::super::batch::Cells;
use super::super::parse::date::{DateDecision, DateEvidence, DateFormat, DateHint, day_of};
use super::super::parse::number::{DecimalMark, NumberFormat};
use super::super::parse::text::{NoText, id_of, identity_key};
use super::super::parse::zone::Zone;
use super::super::source::is_filled;
use crate::model::day::Day;

/// Cells of a column that tell in which format it keeps dates.
const TELLING: usize = 1_000;

/// Bytes of the longest word for nothing, with room to spare.
const LONGEST_WORD: usize = 8;

/// The format that most of the first cells of a text column are dates in, if they are.
pub(super) fn date_format(cells: &Cells) -> Option<DateFormat> {
    let Cells::Text(texts) = cells else { return None };
    let mut dates = DateEvidence::default();
    (0..texts.len().min(TELLING)).for_each(|row| dates.observe_cell(cells, row));
    match dates.decide(None, DateHint::default()) {
        // One of a few ids may look like a date; a column of dates is one for the most part.
        DateDecision::Decided { format, read, of, .. } => (read * 2 > of).then_some(format),
        DateDecision::Ambiguous { readings, .. } => readings.first().copied(),
        DateDecision::None => None,
    }
}

/// The day of a cell, of an instant the one it is in a zone.
pub(super) fn day(cells: &Cells, row: usize, format: DateFormat, zone: Option<Zone>) -> Option<Day> {
    day_of(cells, row, format, zone)
}

/// Whether a text is a number.
pub(super) fn is_number(text: &[u8]) -> bool {
    let number = |mark| NumberFormat { mark, ..NumberFormat::default() }.parse(text).is_ok();
    number(DecimalMark::Point) || number(DecimalMark::Comma)
}

/// An id as it is told from others, so that another way of writing it is no other one; `None` where
/// there is none.
pub(super) fn id(cells: &Cells, row: usize) -> Option<Cow<'_, str>> {
    Some(match id_of(cells, row).ok()? {
        Cow::Borrowed(id) => identity_key(id),
        Cow::Owned(id) => Cow::Owned(identity_key(&id).into_owned()),
    })
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
