//! JSON: an object a row, one a line or in an array. Counts and numbers are numbers with all their digits, money is
//! text so that no reader rounds it, days are text, missing cells null.

use std::io::{self, Write};

use super::table::{Cell, Column, Kind, headers};
use super::{ExportError, Sink};
use crate::show::text::clean;

/// A list as JSON.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    /// Between brackets, with commas between rows.
    array: bool,
    rows: u64,
    /// Each column's kind, with what stands before its value: `{"id":` or `,"id":`.
    columns: Vec<(Vec<u8>, Kind)>,
}

impl<W: Write> Json<W> {
    /// One object a line, for programs that read line by line.
    #[must_use]
    pub fn lines(out: W) -> Self {
        Self { out, array: false, rows: 0, columns: Vec::new() }
    }

    /// One array of objects.
    #[must_use]
    pub fn array(out: W) -> Self {
        Self { out, array: true, rows: 0, columns: Vec::new() }
    }
}

/// Writes a text in quotes, without control characters.
fn quoted(out: &mut impl Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(out, clean(text).as_ref()).map_err(io::Error::from)
}

/// Writes a value as its kind is in JSON.
fn value(out: &mut impl Write, kind: Kind, value: i64) -> io::Result<()> {
    let text = kind.text(value);
    match kind {
        Kind::Text | Kind::Money(_) | Kind::Date => write!(out, "\"{text}\""),
        Kind::Count | Kind::Number(_) | Kind::Share | Kind::Flag => out.write_all(text.as_bytes()),
    }
}

impl<W: Write> Sink for Json<W> {
    fn begin(&mut self, columns: &[Column]) -> Result<(), ExportError> {
        for (place, (header, column)) in headers(columns).iter().zip(columns).enumerate() {
            let mut before = vec![if place == 0 { b'{' } else { b',' }];
            quoted(&mut before, header)?;
            before.push(b':');
            self.columns.push((before, column.kind));
        }
        if self.array {
            self.out.write_all(b"[")?;
        }
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        if self.array {
            self.out.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
        }
        self.rows += 1;
        for (cell, (before, kind)) in cells.iter().zip(&self.columns) {
            self.out.write_all(before)?;
            match cell {
                Cell::Text(text) => quoted(&mut self.out, text)?,
                Cell::Int(number) => value(&mut self.out, *kind, *number)?,
                Cell::Missing => self.out.write_all(b"null")?,
            }
        }
        self.out.write_all(if self.columns.is_empty() { b"{}" } else { b"}" })?;
        if !self.array {
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        if self.array {
            self.out.write_all(b"\n]\n")?;
        }
        self.out.flush()?;
        Ok(())
    }
}
