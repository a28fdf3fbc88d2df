//! What every kind of file is turned into: batches of typed columns, plain vectors and nothing of any file library.

use chrono::DateTime;

use crate::model::day::Day;
use crate::model::money::Decimal;

/// How fine the ticks of a timestamp column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Cells of text as the file has them, end to end in one buffer: bytes, because a file is not UTF-8 until proven so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCells {
    bytes: Vec<u8>,
    /// End of each cell in `bytes`; a missing cell ends where it starts and has its flag set.
    ends: Vec<u32>,
    /// Empty when nothing is missing; else one flag a cell.
    missing: Vec<bool>,
}

impl TextCells {
    /// An empty column with room for `rows` cells of about `width` bytes.
    #[must_use]
    pub fn with_capacity(rows: usize, width: usize) -> Self {
        Self { bytes: Vec::with_capacity(rows * width), ends: Vec::with_capacity(rows), missing: Vec::new() }
    }

    /// Appends a cell. A batch stays far below the 4 GiB that the offsets can address.
    #[inline]
    pub fn push(&mut self, cell: &[u8]) {
        self.bytes.extend_from_slice(cell);
        self.ends.push(self.bytes.len() as u32);
        if !self.missing.is_empty() {
            self.missing.push(false);
        }
    }

    /// Appends a missing cell: the row ended before it, or the file says null.
    pub fn push_missing(&mut self) {
        if self.missing.is_empty() {
            self.missing.resize(self.ends.len(), false);
        }
        self.ends.push(self.bytes.len() as u32);
        self.missing.push(true);
    }

    /// The bytes of a row's cell, `None` where it is missing. Panics beyond the end, like a slice.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        let cell = &self.bytes[start..self.ends[row] as usize];
        (self.missing.is_empty() || !self.missing[row]).then_some(cell)
    }

    /// Bytes of all cells together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
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
            Self::Stamp { values, unit } => values.get(row).map(|ticks| stamp_text(ticks, *unit)),
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
    /// Where a row stands in its file, 1-based.
    #[must_use]
    pub fn row_number(&self, row: usize) -> u64 {
        self.first_row + self.offsets.get(row).map_or(row as u64, |offset| u64::from(*offset))
    }
}
