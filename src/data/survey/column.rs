//! What one column holds, cell by cell.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::super::batch::Cells;
use super::super::parse::date::DateFormat;
use super::reading;

/// Different values that are told apart; of more it is only said that there are more.
pub const MOST_DISTINCT: usize = 1_000;

/// Characters of a value that are kept to be shown.
const SHOWN: usize = 80;

/// What a column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ColumnSurvey {
    /// Its name.
    pub name: String,
    /// Rows with something in it.
    pub filled: u64,
    /// Rows with nothing: no cell, an empty one, blanks, or a word for that such as NULL.
    pub missing: u64,
    /// Different values; `None`: more than [`MOST_DISTINCT`].
    pub distinct: Option<u64>,
    /// Values that are plain decimal numbers.
    pub numbers: u64,
    /// Values that are dates, in the one format of the column.
    pub dates: u64,
    /// Characters of the longest text; `None` where the column holds none.
    pub longest: Option<u64>,
    /// The first value.
    pub first: Option<String>,
    /// The most frequent value and its rows, the first of equals; `None` where not all values are told apart.
    pub most_frequent: Option<(String, u64)>,
}

/// A value that is counted.
struct Counted {
    rows: u64,
    /// Its place among the values in the order of first sight.
    place: usize,
    text: String,
}

/// Counts a column.
pub(super) struct ColumnCount {
    survey: ColumnSurvey,
    /// How dates are written, if there are any.
    format: Option<DateFormat>,
    /// Whether that is settled, by the mapping or by the first cells.
    is_settled: bool,
    /// The values by their digests, until there are too many.
    values: Option<HashMap<u128, Counted>>,
}

impl ColumnCount {
    /// A column of a name, whose dates have a format if it is known.
    pub(super) fn new(name: &str, format: Option<DateFormat>) -> Self {
        Self {
            survey: ColumnSurvey { name: name.to_owned(), ..ColumnSurvey::default() },
            format,
            is_settled: format.is_some(),
            values: Some(HashMap::new()),
        }
    }

    /// Counts some rows of a batch's column.
    pub(super) fn take(&mut self, cells: &Cells, rows: Range<usize>) {
        if !std::mem::replace(&mut self.is_settled, true) {
            self.format = reading::date_format(cells);
        }
        let format = self.format;
        for row in rows {
            if !reading::is_there(cells, row) {
                self.survey.missing += 1;
                continue;
            }
            self.survey.filled += 1;
            match cells {
                Cells::Text(texts) => {
                    let text = texts.get(row).unwrap_or_default().trim_ascii();
                    self.text(text);
                    let is_date = format.is_some_and(|format| reading::day(cells, row, format, None).is_some());
                    self.survey.dates += u64::from(is_date);
                    self.value(text, || shown(&String::from_utf8_lossy(text)));
                }
                Cells::Int(values) => {
                    self.survey.numbers += 1;
                    self.value(&values.get(row).unwrap_or_default().to_le_bytes(), || cells.text(row));
                }
                Cells::Float(values) => {
                    self.survey.numbers += 1;
                    self.value(&values.get(row).unwrap_or_default().to_bits().to_le_bytes(), || cells.text(row));
                }
                Cells::Decimal { values, .. } => {
                    self.survey.numbers += 1;
                    self.value(&values.get(row).unwrap_or_default().to_le_bytes(), || cells.text(row));
                }
                Cells::Day(values) => {
                    self.survey.dates += 1;
                    self.value(&values.get(row).unwrap_or_default().to_le_bytes(), || cells.text(row));
                }
                Cells::Stamp { values, .. } => {
                    self.survey.dates += 1;
                    self.value(&values.get(row).unwrap_or_default().to_le_bytes(), || cells.text(row));
                }
            }
        }
    }

    fn text(&mut self, text: &[u8]) {
        self.survey.numbers += u64::from(reading::is_number(text));
        let longest = self.survey.longest.get_or_insert(0);
        // No text has more characters than bytes.
        if text.len() as u64 > *longest {
            let characters = match std::str::from_utf8(text) {
                Ok(text) => text.chars().count(),
                Err(_) => text.len(),
            };
            *longest = (*longest).max(characters as u64);
        }
    }

    /// Counts a value, which is shown as `text` says.
    fn value(&mut self, bytes: &[u8], text: impl FnOnce() -> String) {
        let Some(values) = &mut self.values else { return };
        let digest = xxh3_128(bytes);
        if let Some(value) = values.get_mut(&digest) {
            value.rows += 1;
            return;
        }
        let text = text();
        if self.survey.first.is_none() {
            self.survey.first = Some(text.clone());
        }
        let place = values.len();
        values.insert(digest, Counted { rows: 1, place, text });
        if values.len() > MOST_DISTINCT {
            self.values = None;
        }
    }

    /// What was counted.
    pub(super) fn finish(mut self) -> ColumnSurvey {
        if let Some(values) = self.values {
            self.survey.distinct = Some(values.len() as u64);
            let most = values.into_values().max_by_key(|value| (value.rows, std::cmp::Reverse(value.place)));
            self.survey.most_frequent = most.map(|value| (value.text, value.rows));
        }
        self.survey
    }
}

/// A value as far as it is shown.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
