//! CSV and its kin, by the `csv-core` state machine: quotes, doubled quotes, line ends within quotes, LF and CRLF.

use std::io;

use csv_core::ReadRecordResult;

use super::super::batch::TextCells;
use super::input::{Input, LONGEST, too_long};
use super::{Record, Records};

pub(super) struct Delimited {
    input: Input,
    quoting: bool,
    reader: csv_core::Reader,
    columns: Vec<usize>,
    /// The current record's fields end to end, and the end of each.
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl Delimited {
    pub(super) fn new(input: Input, delimiter: u8, quoting: bool, columns: &[usize]) -> Self {
        Self {
            input,
            quoting,
            reader: csv_core::ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build(),
            columns: columns.to_vec(),
            fields: vec![0; 1024],
            ends: vec![0; 64],
        }
    }

    /// Reads a record into the buffers and gives its number of fields and the line it began on.
    fn record(&mut self) -> io::Result<Option<(usize, u64)>> {
        let (mut filled, mut ended) = (0, 0);
        let mut line = None;
        let mut quotes = 0;
        let mut over = false;
        loop {
            if self.input.available().is_empty() {
                // An empty input tells the state machine that the file is over.
                over = !self.input.fill()?;
            }
            let before = self.reader.line();
            let available = self.input.available();
            let (result, read, wrote, ends) =
                self.reader.read_record(available, &mut self.fields[filled..], &mut self.ends[ended..]);
            // Blank lines before a record are passed over by the state machine: the record begins behind them.
            let skipped = available[..read].iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
            let blank = skipped.filter(|byte| **byte == b'\n').count() as u64;
            if filled == 0 && ended == 0 && wrote + ends > 0 {
                line.get_or_insert(before + blank);
            }
            if self.quoting {
                quotes += memchr::memchr_iter(b'"', &available[..read]).count();
            }
            self.input.consume(read);
            filled += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() >= LONGEST => {
                    return Err(too_long(Some(line.unwrap_or(before))));
                }
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                // The last record, with a quote that nothing closed: all lines after that quote are in one cell.
                ReadRecordResult::Record if over && quotes % 2 == 1 && self.reader.line() > line.unwrap_or(before) => {
                    return Err(unclosed(line.unwrap_or(before)));
                }
                ReadRecordResult::Record => return Ok(Some((ended, line.unwrap_or(before)))),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }
}

fn unclosed(line: u64) -> io::Error {
    let problem = format!(
        "a quote opened on line {line} is never closed, so that all lines after it would be lost; mend that line, or read \
         quotes as plain characters with --plain-quotes"
    );
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

impl Records for Delimited {
    fn next(&mut self, columns: &mut [TextCells]) -> io::Result<Option<Record>> {
        let Some((fields, line)) = self.record()? else { return Ok(None) };
        for (cells, position) in columns.iter_mut().zip(&self.columns) {
            if *position < fields {
                let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
                cells.push(&self.fields[start..self.ends[*position]]);
            } else {
                cells.push_missing();
            }
        }
        Ok(Some(Record::Cells(line)))
    }

    fn bytes_read(&self) -> u64 {
        self.input.bytes_read()
    }
}
