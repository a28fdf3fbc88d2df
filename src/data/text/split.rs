//! Takes a block of text apart into the columns that are asked for. It keeps no state between blocks, so that many threads
//! can do it at once.

use std::borrow::Cow;
use std::collections::HashMap;

use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter};
use serde_json::value::RawValue;

use super::super::batch::{Batch, Cells, MOST_CELLS, SpanColumns, TextBuilder, Unreadable};
use super::super::kind::TextShape;
use super::blocks::{Block, Ends};

/// Bytes of an unreadable row that are shown.
const SHOWN: usize = 80;

/// Bytes a row that room is made for at first.
const ROW: usize = 48;

/// Takes blocks of one file apart.
#[derive(Clone, Debug)]
pub(super) struct Splitter {
    shape: TextShape,
    ends: Ends,
    columns: usize,
    /// The wanted fields of a record, rising, each with the column it goes to.
    wanted: Vec<(usize, usize)>,
    /// For JSON lines, the keys instead.
    keys: Vec<String>,
}

/// A line of a block without its end.
pub(super) struct Line {
    /// Its number within the block, from 0.
    number: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Calls with each line that is not empty.
pub(super) fn lines(bytes: &[u8], line_end: u8, mut each: impl FnMut(Line)) {
    let (mut start, mut number) = (0, 0);
    while start < bytes.len() {
        let length = memchr(line_end, &bytes[start..]).unwrap_or(bytes.len() - start);
        let mut end = start + length;
        if bytes[start..end].last() == Some(&b'\r') {
            end -= 1;
        }
        if end > start {
            each(Line { number, start, end });
        }
        start += length + 1;
        number += 1;
    }
}

impl Splitter {
    /// For these 0-based fields; `names` are the keys of JSON lines.
    pub(super) fn new(shape: TextShape, ends: Ends, names: &[String], fields: &[usize]) -> Self {
        let mut wanted: Vec<(usize, usize)> = fields.iter().copied().zip(0..).collect();
        wanted.sort_unstable();
        let keys = fields.iter().map(|field| names.get(*field).cloned().unwrap_or_default()).collect();
        Self { shape, ends, columns: fields.len(), wanted, keys }
    }

    /// The block's records as columns.
    pub(super) fn batch(&self, block: Block) -> Batch {
        match self.shape {
            TextShape::Delimited(delimiter) if block.has_quotes => self.quoted(&block, delimiter),
            TextShape::Delimited(delimiter) => self.delimited(block, delimiter),
            TextShape::Blanks => self.blanks(block),
            TextShape::JsonLines => self.objects(&block),
        }
    }

    fn delimited(&self, block: Block, delimiter: u8) -> Batch {
        let rows = self.rows(&block);
        let mut columns = SpanColumns::new(self.columns, rows);
        let mut numbers = Vec::with_capacity(rows);
        let mut ragged = false;
        lines(&block.bytes, self.ends.line, |line| {
            if ragged {
                // What a short line does not have is missing.
                columns.fill(numbers.len());
                ragged = false;
            }
            numbers.push(line.number);
            let text = &block.bytes[line.start..line.end];
            let mut ends = memchr_iter(delimiter, text);
            let (mut field, mut start) = (0, 0);
            let mut next = ends.next();
            for (wanted, column) in &self.wanted {
                while field < *wanted {
                    let Some(end) = next else {
                        ragged = true;
                        return;
                    };
                    start = end + 1;
                    field += 1;
                    next = ends.next();
                }
                columns.push(*column, line.start + start, line.start + next.unwrap_or(text.len()));
            }
        });
        filled(columns, numbers, block)
    }

    fn blanks(&self, block: Block) -> Batch {
        let mut columns = SpanColumns::new(self.columns, self.rows(&block));
        let mut numbers = Vec::new();
        lines(&block.bytes, self.ends.line, |line| {
            let text = &block.bytes[line.start..line.end];
            let mut words = words(text).zip(0..).peekable();
            if words.peek().is_none() {
                return;
            }
            columns.fill(numbers.len());
            numbers.push(line.number);
            let mut wanted = self.wanted.iter().peekable();
            for ((start, end), position) in words {
                while let Some((_, column)) = wanted.next_if(|(wanted, _)| *wanted == position) {
                    columns.push(*column, line.start + start, line.start + end);
                }
            }
        });
        filled(columns, numbers, block)
    }

    /// Records with quotes, by the `csv-core` state machine: quotes, doubled quotes, line ends within quotes.
    fn quoted(&self, block: &Block, delimiter: u8) -> Batch {
        let mut reader = csv_core::ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(csv_core::Terminator::Any(self.ends.line))
            .build();
        let mut columns = self.builders(block);
        let mut numbers = Vec::new();
        let (mut fields, mut ends) = (vec![0; 4096], vec![0; 64]);
        let (mut filled, mut ended) = (0, 0);
        let (mut at, mut line, mut begins) = (0, 0, None);
        loop {
            let (result, read, wrote, ends_wrote) =
                reader.read_record(&block.bytes[at..], &mut fields[filled..], &mut ends[ended..]);
            if begins.is_none() && wrote + ends_wrote > 0 {
                // Blank lines before a record are passed over by the state machine: the record begins behind them.
                let blank = block.bytes[at..at + read].iter().take_while(|byte| **byte == self.ends.line);
                begins = Some(line + blank.count() as u32);
            }
            line += memchr_iter(self.ends.line, &block.bytes[at..at + read]).count() as u32;
            (at, filled, ended) = (at + read, filled + wrote, ended + ends_wrote);
            match result {
                ReadRecordResult::OutputFull => fields.resize(fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                // The empty input that follows tells the state machine that the block is over.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => break,
                ReadRecordResult::Record => {
                    // Only the last field has the CR of the line end; that of an earlier one is its own.
                    let last = ended.checked_sub(2).map_or(0, |before| ends[before]);
                    let last = fields[last..filled].strip_suffix(b"\r").map_or(filled, |field| last + field.len());
                    // A line of nothing but CR is blank.
                    if ended > 1 || last > 0 {
                        numbers.push(begins.unwrap_or(line));
                        for (field, column) in &self.wanted {
                            if *field < ended {
                                let start = field.checked_sub(1).map_or(0, |before| ends[before]);
                                columns[*column].push(&fields[start..ends[*field].min(last)]);
                            } else {
                                columns[*column].push_missing();
                            }
                        }
                    }
                    (filled, ended, begins) = (0, 0, None);
                }
            }
        }
        batch(columns.into_iter().map(|column| Cells::Text(column.finish())).collect(), numbers, Vec::new(), block)
    }

    /// Objects, one a line. Numbers keep the digits they were written with, so that money stays exact.
    fn objects(&self, block: &Block) -> Batch {
        let mut columns = self.builders(block);
        let (mut numbers, mut unreadable) = (Vec::new(), Vec::new());
        lines(&block.bytes, self.ends.line, |line| {
            let text = &block.bytes[line.start..line.end];
            if text.trim_ascii().is_empty() {
                return;
            }
            let Ok(object) = serde_json::from_slice::<HashMap<Cow<'_, str>, &RawValue>>(text) else {
                let text = String::from_utf8_lossy(&text[..text.len().min(SHOWN)]).into_owned();
                unreadable.push(Unreadable { row: block.first_line + u64::from(line.number), text });
                return;
            };
            numbers.push(line.number);
            for (cells, key) in columns.iter_mut().zip(&self.keys) {
                match object.get(key.as_str()).map(|value| value.get()) {
                    None | Some("null") => cells.push_missing(),
                    Some(text) if text.starts_with('"') => match serde_json::from_str::<Cow<'_, str>>(text) {
                        Ok(text) => cells.push(text.as_bytes()),
                        Err(_) => cells.push(text.as_bytes()),
                    },
                    Some(text) => cells.push(text.as_bytes()),
                }
            }
        });
        batch(columns.into_iter().map(|column| Cells::Text(column.finish())).collect(), numbers, unreadable, block)
    }

    fn builders(&self, block: &Block) -> Vec<TextBuilder> {
        let rows = self.rows(block);
        (0..self.columns).map(|_| TextBuilder::with_capacity(rows, 12)).collect()
    }

    /// Rows that room is made for at first.
    fn rows(&self, block: &Block) -> usize {
        (block.bytes.len() / ROW).min(MOST_CELLS / self.columns.max(1))
    }
}

/// Where the words of a line start and end.
fn words(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let length = text[start..].iter().position(u8::is_ascii_whitespace);
        at = length.map_or(text.len(), |length| start + length);
        Some((start, at))
    })
}

fn filled(mut columns: SpanColumns, numbers: Vec<u32>, mut block: Block) -> Batch {
    columns.fill(numbers.len());
    let bytes = std::mem::take(&mut block.bytes);
    batch(columns.over(bytes), numbers, Vec::new(), &block)
}

/// A batch of rows that begin on these lines of the block.
fn batch(columns: Vec<Cells>, numbers: Vec<u32>, unreadable: Vec<Unreadable>, block: &Block) -> Batch {
    let first = numbers.first().copied().unwrap_or_default();
    let rows = numbers.len();
    let steady = numbers.iter().zip(first..).all(|(number, expected)| *number == expected);
    let offsets = if steady { Vec::new() } else { numbers.into_iter().map(|number| number - first).collect() };
    let first_row = block.first_line + u64::from(first);
    Batch { columns, rows, first_row, offsets, bytes_read: block.bytes_read, unreadable }
}
