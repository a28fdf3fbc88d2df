//! A Markdown table: numbers at the right, money as exact decimals, nothing in it markup. Columns do not line up in the
//! source, for their widths are known only after the last row.

use std::borrow::Cow;
use std::io::{self, Write};

use super::safe::markdown_text;
use super::table::{Cell, Column, Kind, headers};
use super::{ExportError, Sink};

/// A list as a Markdown table.
#[derive(Debug)]
pub struct Markdown<W> {
    out: W,
    kinds: Vec<Kind>,
}

impl<W: Write> Markdown<W> {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: W) -> Self {
        Self { out, kinds: Vec::new() }
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
        self.out.write_all(b"|")?;
        for cell in cells {
            write!(self.out, " {cell} |")?;
        }
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Sink for Markdown<W> {
    fn begin(&mut self, columns: &[Column]) -> Result<(), ExportError> {
        self.kinds = columns.iter().map(|column| column.kind).collect();
        let headers = headers(columns);
        self.line(headers.iter().map(|header| markdown_text(header)))?;
        let rule = |column: &Column| Cow::Borrowed(if column.kind.is_number() { "---:" } else { "---" });
        self.line(columns.iter().map(rule))?;
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        let kinds = std::mem::take(&mut self.kinds);
        self.line(cells.iter().zip(&kinds).map(|(cell, kind)| match cell {
            Cell::Text(text) => markdown_text(text),
            Cell::Int(value) => Cow::Owned(kind.text(*value)),
            Cell::Missing => Cow::Borrowed(""),
        }))?;
        self.kinds = kinds;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.out.flush()?;
        Ok(())
    }
}
