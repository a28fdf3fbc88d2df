//! Columns kept apart by runs of blanks, as fixed-width listings have them.

use std::io;

use super::super::batch::TextCells;
use super::input::Input;
use super::{Record, Records};

pub(super) struct Blanks {
    input: Input,
    columns: Vec<usize>,
    line: u64,
}

impl Blanks {
    pub(super) fn new(input: Input, columns: &[usize]) -> Self {
        Self { input, columns: columns.to_vec(), line: 0 }
    }
}

impl Records for Blanks {
    fn next(&mut self, columns: &mut [TextCells]) -> io::Result<Option<Record>> {
        loop {
            let Some(line) = self.input.next_line()? else { return Ok(None) };
            self.line += 1;
            if line.trim_ascii().is_empty() {
                continue;
            }
            for (cells, position) in columns.iter_mut().zip(&self.columns) {
                let mut fields = line.split(u8::is_ascii_whitespace).filter(|field| !field.is_empty());
                match fields.nth(*position) {
                    Some(field) => cells.push(field),
                    None => cells.push_missing(),
                }
            }
            return Ok(Some(Record::Cells(self.line)));
        }
    }

    fn bytes_read(&self) -> u64 {
        self.input.bytes_read()
    }
}
