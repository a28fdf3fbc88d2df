//! What every kind of file is turned into: batches of typed columns, plain vectors and nothing of any file library.

use std::sync::Arc;

use chrono::DateTime;
use serde::{Deserialize, Serialize};

use super::parse::zone::Zone;
use crate::model::day::Day;
use crate::model::money::Decimal;

/// Cells of a batch of text at most, missing ones among them: very wide tables take no more memory than others.
pub const MOST_CELLS: usize = 2_000_000;

/// How fine the ticks of a timestamp column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeUnit {
    /// Whole seconds.
    Seconds,
    /// 1/1,000 s.
    Milliseconds,
    /// 1/1,000,000 s.
    Microseconds,
    /// 1/1,000,000,000 s.
    Nanoseconds,
}

impl TimeUnit {
    /// Ticks in a second.
    #[must_use]
    pub const fn per_second(self) -> i64 {
        match self {
            Self::Seconds => 1,
            Self::Milliseconds => 1_000,
            Self::Microseconds => 1_000_000,
            Self::Nanoseconds => 1_000_000_000,
        }
    }
}

/// Values of one primitive type, some of which may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values<T> {
    values: Vec<T>,
    /// Empty when nothing is missing; else one flag a value, `true` where it is missing.
    missing: Vec<bool>,
}

impl<T: Copy + Default> Values<T> {
    /// Collects values, `None` being a missing one.
    pub fn collect(cells: impl IntoIterator<Item = Option<T>>) -> Self {
        let mut all = Self { values: Vec::new(), missing: Vec::new() };
        for cell in cells {
            if cell.is_none() && all.missing.is_empty() {
                all.missing.resize(all.values.len(), false);
            }
            all.values.push(cell.unwrap_or_default());
            if cell.is_none() || !all.missing.is_empty() {
                all.missing.push(cell.is_none());
            }
        }
        all
    }

    /// The value of a row, `None` where it is missing. Panics beyond the end, like a slice.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<T> {
        let value = self.values[row];
        (self.missing.is_empty() || !self.missing[row]).then_some(value)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// Where a cell stands in its buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: u32,
    length: u32,
}

/// The span of a cell that is not there.
const MISSING: Span = Span { start: 0, length: u32::MAX };

/// Cells of text as the file has them: bytes, because a file is not UTF-8 until proven so. Columns of one stretch of a file
/// share its buffer.
#[derive(Clone, Debug)]
pub struct TextCells {
    bytes: Arc<Vec<u8>>,
    spans: Vec<Span>,
}

impl TextCells {
    /// The bytes of a row's cell, `None` where it is missing. Panics beyond the end, like a slice.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        let span = self.spans[row];
        (span != MISSING).then(|| &self.bytes[span.start as usize..(span.start + span.length) as usize])
    }

    fn drop_first(&mut self, rows: usize) {
        self.spans.drain(..rows);
    }

    /// How many cells there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are no cells.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

/// Two columns are equal where their cells are, wherever those stand.
impl PartialEq for TextCells {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.get(row) == other.get(row))
    }
}

impl Eq for TextCells {}

/// A column of text in the making, with a buffer of its own.
#[derive(Clone, Debug, Default)]
pub struct TextBuilder {
    bytes: Vec<u8>,
    spans: Vec<Span>,
}

impl TextBuilder {
    /// An empty column with room for `rows` cells of about `width` bytes.
    #[must_use]
    pub fn with_capacity(rows: usize, width: usize) -> Self {
        Self { bytes: Vec::with_capacity(rows * width), spans: Vec::with_capacity(rows) }
    }

    /// Appends a cell. A batch stays far below the 4 GiB that the spans can address.
    #[inline]
    pub fn push(&mut self, cell: &[u8]) {
        self.spans.push(Span { start: self.bytes.len() as u32, length: cell.len() as u32 });
        self.bytes.extend_from_slice(cell);
    }

    /// Appends a missing cell: the row ended before it, or the file says null.
    pub fn push_missing(&mut self) {
        self.spans.push(MISSING);
    }

    /// Bytes of all cells together.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// How many cells there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The column.
    #[must_use]
    pub fn finish(self) -> TextCells {
        TextCells { bytes: Arc::new(self.bytes), spans: self.spans }
    }
}

/// Columns in the making whose cells are stretches of one buffer.
#[derive(Debug)]
pub struct SpanColumns {
    columns: Vec<Vec<Span>>,
}

impl SpanColumns {
    /// So many columns, with room for so many rows.
    #[must_use]
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { columns: (0..columns).map(|_| Vec::with_capacity(rows)).collect() }
    }

    /// Appends a cell to a column: a stretch of the buffer, which must be shorter than 4 GiB.
    #[inline]
    pub fn push(&mut self, column: usize, start: usize, end: usize) {
        self.columns[column].push(Span { start: start as u32, length: (end - start) as u32 });
    }

    /// Makes all columns so many rows long; what is not there is missing.
    #[inline]
    pub fn fill(&mut self, rows: usize) {
        for column in &mut self.columns {
            if column.len() < rows {
                column.resize(rows, MISSING);
            }
        }
    }

    /// The columns over their buffer.
    #[must_use]
    pub fn over(self, bytes: Vec<u8>) -> Vec<Cells> {
        let bytes = Arc::new(bytes);
        let cells = |spans| Cells::Text(TextCells { bytes: Arc::clone(&bytes), spans });
        self.columns.into_iter().map(cells).collect()
    }
}

/// One column of a batch, in the type its file keeps it in.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Text of any kind, also numbers and dates of text files.
    Text(TextCells),
    /// Whole numbers.
    Int(Values<i64>),
    /// Binary floating point; turned into decimals by their shortest text.
    Float(Values<f64>),
    /// Exact decimals: value = mantissa / 10^scale.
    Decimal {
        /// The mantissas.
        values: Values<i128>,
        /// Decimals, 0..=38.
        scale: u8,
    },
    /// Calendar days since 1970-01-01.
    Day(Values<i32>),
    /// Instants, as ticks since 1970-01-01T00:00 of the clock that the file kept.
    Stamp {
        /// The tick counts.
        values: Values<i64>,
        /// The length of a tick.
        unit: TimeUnit,
        /// The zone that the file names: the ticks are UTC then. `None`: they are of the clock that the file kept.
        zone: Option<Zone>,
    },
}

impl Cells {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Int(values) | Self::Stamp { values, .. } => values.len(),
            Self::Float(values) => values.len(),
            Self::Decimal { values, .. } => values.len(),
            Self::Day(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row's cell as text for a person: samples and examples of rejected rows. Empty where the cell is missing.
    #[must_use]
    pub fn text(&self, row: usize) -> String {
        match self {
            Self::Text(cells) => cells.get(row).map(|cell| String::from_utf8_lossy(cell).into_owned()),
            Self::Int(values) => values.get(row).map(|value| value.to_string()),
            Self::Float(values) => values.get(row).map(|value| value.to_string()),
            Self::Decimal { values, scale } => {
                values.get(row).map(|mantissa| Decimal { mantissa, decimals: *scale }.to_string())
            }
            Self::Day(values) => values.get(row).map(|day| Day(day).to_string()),
            Self::Stamp { values, unit, .. } => values.get(row).map(|ticks| stamp_text(ticks, *unit)),
        }
        .unwrap_or_default()
    }
}

fn stamp_text(ticks: i64, unit: TimeUnit) -> String {
    let (seconds, rest) = (ticks.div_euclid(unit.per_second()), ticks.rem_euclid(unit.per_second()));
    let nanos = (rest * (1_000_000_000 / unit.per_second())) as u32;
    DateTime::from_timestamp(seconds, nanos)
        .map_or_else(|| format!("{ticks} ticks"), |stamp| stamp.format("%Y-%m-%d %H:%M:%S").to_string())
}

/// A run of rows of one file, with only the columns that were asked for, in the order they were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The rows' columns, all of the same length.
    pub columns: Vec<Cells>,
    /// How many rows there are.
    pub rows: usize,
    /// Where the first row stands: a 1-based line of a text file, a 1-based row of a columnar one.
    pub first_row: u64,
    /// For text files whose records may span lines: each row's line minus `first_row`. Empty: one line a row.
    pub offsets: Vec<u32>,
    /// Bytes of the file read up to the end of this batch, for progress.
    pub bytes_read: u64,
    /// Rows met on the way that could not be taken apart into columns; they are not among `rows`.
    pub unreadable: Vec<Unreadable>,
}

/// A row that is there but has no columns, such as a line of NDJSON that is no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it stands in its file, 1-based.
    pub row: u64,
    /// Its beginning, for a person.
    pub text: String,
}

impl Batch {
    /// Drops its first rows, at most all, of a batch that is all text.
    pub fn drop_first(&mut self, rows: usize) {
        let rows = rows.min(self.rows);
        let first_row = self.row_number(rows);
        self.offsets.drain(..rows.min(self.offsets.len()));
        let before = (first_row - self.first_row) as u32;
        self.offsets.iter_mut().for_each(|offset| *offset = offset.saturating_sub(before));
        self.first_row = first_row;
        self.rows -= rows;
        for column in &mut self.columns {
            if let Cells::Text(cells) = column {
                cells.drop_first(rows);
            }
        }
    }

    /// Where a row stands in its file, 1-based.
    #[must_use]
    pub fn row_number(&self, row: usize) -> u64 {
        self.first_row + self.offsets.get(row).map_or(row as u64, |offset| u64::from(*offset))
    }
}
