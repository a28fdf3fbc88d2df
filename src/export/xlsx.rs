//! XLSX: typed cells, the header frozen and filtered, and as many sheets as the rows need.
//!
//! Texts and ids are always strings, so none of them is run as a formula or loses its zeros. Numbers are binary doubles
//! in this format: what has more digits than a double keeps goes as text.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use zip::result::ZipError;

use super::table::{Cell, Column, Kind, headers};
use super::{ExportError, Sink};
use crate::show::text::{clean, width};
use crate::tr;

/// Rows of a sheet, the header among them.
const SHEET_ROWS: u32 = 1 << 20;
/// Columns of a sheet.
const SHEET_COLUMNS: usize = 1 << 14;
/// Units of UTF-16 in a cell.
const CELL_LENGTH: usize = 32_767;
/// The largest whole number below which a double keeps every one.
const EXACT: u64 = 1 << 53;
/// What 1970-01-01 is in a sheet, which counts the days of 1900 from 1.
const EPOCH: i64 = 25_569;
/// The days that all spreadsheets agree on: from 1900-03-01, after the leap day that 1900 has only in sheets, to
/// 9999-12-31.
const SHEET_DAYS: std::ops::RangeInclusive<i64> = 61..=2_958_465;
/// Columns of the screen that a column of a sheet is at least and at most wide.
const WIDTHS: (usize, usize) = (6, 60);
/// Room for the filter's button.
const BUTTON: usize = 3;

/// A column of the sheet being written.
struct Field {
    header: String,
    kind: Kind,
    format: Format,
    width: usize,
}

/// A list as a workbook.
pub struct Xlsx<W> {
    out: W,
    book: Workbook,
    fields: Vec<Field>,
    bold: Format,
    /// Rows that a sheet takes; fewer than [`SHEET_ROWS`] only in tests.
    sheet_rows: u32,
    sheets: usize,
    /// The next row of the sheet, from 0.
    next: u32,
    rows: u64,
}

impl<W> fmt::Debug for Xlsx<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Xlsx").field("sheets", &self.sheets).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl<W: Write + Send> Xlsx<W> {
    /// Writes to `out`. Rows are kept in unnamed files in the folder `aside` until the last one is known, which takes
    /// about as much room as the list takes as CSV.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn new(out: W, aside: &Path) -> Result<Self, ExportError> {
        let mut book = Workbook::new();
        book.set_tempdir(aside).map_err(io_error)?;
        let bold = Format::new().set_bold();
        Ok(Self { out, book, fields: Vec::new(), bold, sheet_rows: SHEET_ROWS, sheets: 0, next: 0, rows: 0 })
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.end_sheet()?;
        self.sheets += 1;
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        match self.sheets {
            1 => sheet.set_name("customers")?,
            number => sheet.set_name(format!("customers {number}"))?,
        };
        sheet.set_freeze_panes(1, 0)?;
        for (column, field) in (0..).zip(&mut self.fields) {
            sheet.write_string_with_format(0, column, &field.header, &self.bold)?;
            field.width = width(&field.header) + BUTTON;
        }
        self.next = 1;
        Ok(())
    }

    /// Gives the sheet what only its end can tell: the range of its filter and the widths of its columns.
    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        if self.sheets == 0 || self.fields.is_empty() {
            return Ok(());
        }
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        sheet.autofilter(0, 0, self.next - 1, (self.fields.len() - 1) as u16)?;
        for (column, field) in (0..).zip(&self.fields) {
            sheet.set_column_width(column, field.width.clamp(WIDTHS.0, WIDTHS.1) as f64)?;
        }
        Ok(())
    }

    fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        if self.next == self.sheet_rows {
            self.begin_sheet().map_err(io_error)?;
        }
        self.rows += 1;
        let sheet = self.book.worksheet_from_index(self.sheets - 1).map_err(io_error)?;
        for ((column, field), cell) in (0..).zip(&mut self.fields).zip(cells) {
            let shown = match cell {
                Cell::Missing => continue,
                Cell::Text(text) => {
                    let safe = clean(text);
                    let found = safe.encode_utf16().count();
                    if found > CELL_LENGTH {
                        let (row, column) = (self.rows, field.header.clone());
                        return Err(ExportError::TooLong { row, column, most: CELL_LENGTH, found });
                    }
                    sheet.write_string(self.next, column, safe.as_ref()).map_err(io_error)?;
                    safe
                }
                Cell::Int(value) => Cow::Owned(write_value(sheet, self.next, column, field, *value).map_err(io_error)?),
            };
            field.width = field.width.max(width(&shown) + 1);
        }
        self.next += 1;
        Ok(())
    }

    fn save(&mut self) -> Result<(), XlsxError> {
        self.end_sheet()?;
        self.book.save_to_writer(&mut self.out)
    }
}

/// Writes a value as its kind is in a sheet, and gives it as it is shown.
fn write_value(sheet: &mut Worksheet, row: u32, column: u16, field: &Field, value: i64) -> Result<String, XlsxError> {
    let text = field.kind.text(value);
    let is_exact = value.unsigned_abs() <= EXACT;
    match field.kind {
        Kind::Flag => sheet.write_boolean(row, column, value != 0)?,
        Kind::Date if value.checked_add(EPOCH).is_some_and(|day| SHEET_DAYS.contains(&day)) => {
            sheet.write_number_with_format(row, column, (value + EPOCH) as f64, &field.format)?
        }
        Kind::Count | Kind::Number(_) | Kind::Money(_) | Kind::Share if is_exact => {
            let number = value as f64 / divisor(field.kind) as f64;
            sheet.write_number_with_format(row, column, number, &field.format)?
        }
        _ => sheet.write_string(row, column, &text)?,
    };
    Ok(text)
}

/// Smallest units in one unit of a number.
const fn divisor(kind: Kind) -> i64 {
    match kind {
        Kind::Number(scale) | Kind::Money(scale) => scale.factor(),
        Kind::Share => 1_000_000,
        Kind::Text | Kind::Count | Kind::Date | Kind::Flag => 1,
    }
}

/// How a sheet shows values of a kind.
fn format(kind: Kind) -> Format {
    let decimals = |scale: u8| match scale {
        0 => String::new(),
        decimals => format!(".{}", "0".repeat(decimals.into())),
    };
    match kind {
        Kind::Text | Kind::Flag => Format::new(),
        Kind::Count => Format::new().set_num_format("0"),
        Kind::Number(scale) => Format::new().set_num_format(format!("0{}", decimals(scale.decimals()))),
        Kind::Money(scale) => Format::new().set_num_format(format!("#,##0{}", decimals(scale.decimals()))),
        Kind::Share => Format::new().set_num_format("0.0%"),
        Kind::Date => Format::new().set_num_format("yyyy-mm-dd"),
    }
}

/// The system's error in one of the workbook's, which tells it under its own names.
fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) | XlsxError::ZipError(ZipError::Io(error)) => {
            error
        }
        other => io::Error::other(other),
    }
}

/// Runs what may panic: the library does where a file that it keeps aside cannot be written, as on a full disk.
fn caught<T>(work: impl FnOnce() -> Result<T, ExportError>) -> Result<T, ExportError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let told = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let told = told.unwrap_or(tr!("the workbook cannot be written"));
        let kind = if told.contains("StorageFull") { io::ErrorKind::StorageFull } else { io::ErrorKind::Other };
        Err(io::Error::new(kind, told.to_owned()).into())
    })
}

impl<W: Write + Send> Sink for Xlsx<W> {
    fn begin(&mut self, columns: &[Column]) -> Result<(), ExportError> {
        if columns.len() > SHEET_COLUMNS {
            return Err(ExportError::TooWide { most: SHEET_COLUMNS, found: columns.len() });
        }
        let field = |(header, column): (String, &Column)| {
            // What is too long for a cell is no use as a header either.
            let header = header.chars().take(CELL_LENGTH / 2).collect();
            Field { header, kind: column.kind, format: format(column.kind), width: 0 }
        };
        self.fields = headers(columns).into_iter().zip(columns).map(field).collect();
        caught(|| Ok(self.begin_sheet().map_err(io_error)?))
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        caught(|| self.write_row(cells))
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        caught(|| Ok(self.save().map_err(io_error)?))?;
        self.out.flush()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
