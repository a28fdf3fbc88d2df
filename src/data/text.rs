//! Text files, read as bytes: nothing is UTF-8 until a mapped cell is asked to be.

mod blanks;
mod delimited;
mod input;
mod json_lines;

use std::io;

pub use input::Input;
pub(super) use json_lines::keys as json_keys;

use super::batch::{Batch, Cells, TextCells, Unreadable};
use super::kind::TextShape;
use super::place::Place;

/// Rows in a batch at most.
const BATCH_ROWS: usize = 32_768;

/// Bytes of cells in a batch beyond which no further row is read, whatever the rows.
const BATCH_BYTES: usize = 32 * 1024 * 1024;

/// What takes lines apart, one shape a file.
trait Records: Send {
    /// Appends the next record's chosen cells to `columns` and gives its line, `None` at the end.
    fn next(&mut self, columns: &mut [TextCells]) -> io::Result<Option<Record>>;

    /// Bytes of the file read so far.
    fn bytes_read(&self) -> u64;
}

/// What became of a record.
enum Record {
    /// Its cells were appended; it began on this 1-based line.
    Cells(u64),
    /// It could not be taken apart.
    Unreadable(Unreadable),
}

/// How a text file is laid out.
#[derive(Clone, Copy, Debug)]
pub struct TextLayout {
    /// How columns are told apart.
    pub shape: TextShape,
    /// Whether it is compressed.
    pub gzip: bool,
    /// Whether a quote is nothing but a character.
    pub plain_quotes: bool,
    /// Records before the first row of data (the header).
    pub skip: usize,
}

/// Reads the chosen columns of a text file, batch by batch.
pub struct TextReader {
    records: Box<dyn Records>,
    columns: usize,
}

impl TextReader {
    /// Opens a file. `columns` are 0-based positions, or for JSON lines positions in `names`.
    ///
    /// # Errors
    /// When the file cannot be opened or its beginning cannot be read.
    pub fn open(place: &Place, layout: TextLayout, names: &[String], columns: &[usize]) -> io::Result<Self> {
        let input = Input::open(place, layout.gzip)?;
        let mut records: Box<dyn Records> = match layout.shape {
            TextShape::Delimited(delimiter) => {
                Box::new(delimited::Delimited::new(input, delimiter, !layout.plain_quotes, columns))
            }
            TextShape::Blanks => Box::new(blanks::Blanks::new(input, columns)),
            TextShape::JsonLines => {
                let keys = columns.iter().filter_map(|column| names.get(*column).cloned()).collect();
                Box::new(json_lines::JsonLines::new(input, keys))
            }
        };
        let mut scrap = empty_columns(columns.len(), 1);
        for _ in 0..layout.skip {
            records.next(&mut scrap)?;
        }
        Ok(Self { records, columns: columns.len() })
    }

    /// The next batch, `None` at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read further.
    pub fn next_batch(&mut self) -> io::Result<Option<Batch>> {
        self.next_rows(BATCH_ROWS)
    }

    /// The next rows, at most so many.
    ///
    /// # Errors
    /// When the file cannot be read further.
    pub fn next_rows(&mut self, most: usize) -> io::Result<Option<Batch>> {
        let mut columns = empty_columns(self.columns, most);
        let mut lines: Vec<u64> = Vec::with_capacity(most);
        let mut unreadable = Vec::new();
        while lines.len() + unreadable.len() < most && columns.iter().map(TextCells::bytes).sum::<usize>() < BATCH_BYTES
        {
            match self.records.next(&mut columns)? {
                Some(Record::Cells(line)) => lines.push(line),
                Some(Record::Unreadable(row)) => unreadable.push(row),
                None => break,
            }
        }
        if lines.is_empty() && unreadable.is_empty() {
            return Ok(None);
        }
        let first_row = lines.first().copied().unwrap_or_default();
        let steady = lines.iter().zip(first_row..).all(|(line, expected)| *line == expected);
        let offsets = if steady { Vec::new() } else { lines.iter().map(|line| (line - first_row) as u32).collect() };
        Ok(Some(Batch {
            rows: lines.len(),
            columns: columns.into_iter().map(Cells::Text).collect(),
            first_row,
            offsets,
            bytes_read: self.records.bytes_read(),
            unreadable,
        }))
    }
}

fn empty_columns(columns: usize, rows: usize) -> Vec<TextCells> {
    (0..columns).map(|_| TextCells::with_capacity(rows, 12)).collect()
}
