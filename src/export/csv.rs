//! CSV in UTF-8: a header and a line a row, money as exact decimals, missing cells empty.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::Writer;

use super::safe::spreadsheet_text;
use super::table::{Cell, Column, Kind, headers};
use super::{ExportError, Sink};

/// What tells a spreadsheet that a file is UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A list as CSV.
#[derive(Debug)]
pub struct Csv<W: Write> {
    csv: Writer<Marked<W>>,
    kinds: Vec<Kind>,
}

/// Writes a mark before everything else.
#[derive(Debug)]
struct Marked<W> {
    out: W,
    mark: &'static [u8],
}

impl<W: Write> Write for Marked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(std::mem::take(&mut self.mark))?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Csv<W> {
    /// Writes to `out`, with a byte order mark where a spreadsheet is to read it: without one, some take UTF-8 for
    /// another encoding.
    #[must_use]
    pub fn new(out: W, bom: bool) -> Self {
        Self { csv: Writer::from_writer(Marked { out, mark: if bom { BOM } else { b"" } }), kinds: Vec::new() }
    }
}

/// The system's error in one of the CSV writer.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

impl<W: Write> Sink for Csv<W> {
    fn begin(&mut self, columns: &[Column]) -> Result<(), ExportError> {
        self.kinds = columns.iter().map(|column| column.kind).collect();
        for header in headers(columns) {
            self.csv.write_field(spreadsheet_text(&header).as_bytes()).map_err(io_error)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(io_error)?;
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        for (cell, kind) in cells.iter().zip(&self.kinds) {
            let text = match cell {
                Cell::Text(text) => spreadsheet_text(text),
                Cell::Int(value) => Cow::Owned(kind.text(*value)),
                Cell::Missing => Cow::Borrowed(""),
            };
            self.csv.write_field(text.as_bytes()).map_err(io_error)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(io_error)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.csv.flush()?;
        Ok(())
    }
}
