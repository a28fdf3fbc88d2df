//! Reading a sheet: its cells become batches.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{Cell, Data, DataRef, Range, Reader, XlsbError, XlsxError};

use super::super::batch::Batch;
use super::super::feed::Outlet;
use super::book::Book;
use super::cells::Value;
use super::rows::Rows;
use super::{Origin, SheetError};
use crate::tr;

/// Columns of the widest sheet that spreadsheet programs make.
const WIDEST: u32 = 16_384;

impl Origin {
    /// Reads a sheet to its end, or until nobody wants more.
    pub(super) fn read(&self, sheet: &str, out: &mut Out) -> Result<(), SheetError> {
        let mut book = self.open(&out.read)?;
        let names = book.names();
        if !names.iter().any(|name| name == sheet) {
            return Err(self.no_such_sheet(sheet, &names));
        }
        match &mut book {
            Book::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| self.unreadable(error))?;
                let next = || loop {
                    match cells.next_cell() {
                        // An error that calamine does not know, such as `#SPILL!`: the cell is missing like any other.
                        Err(XlsxError::CellError(_)) => {}
                        other => return other.map_err(|error| self.unreadable(error)),
                    }
                };
                self.stream(next, out)
            }
            Book::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| self.unreadable(error))?;
                let next = || loop {
                    match cells.next_cell() {
                        Err(XlsbError::CellError(_)) => {}
                        other => return other.map_err(|error| self.unreadable(error)),
                    }
                };
                self.stream(next, out)
            }
            Book::Xls(book) => {
                let range = book.worksheet_range(sheet).map_err(|error| self.unreadable(error))?;
                range_rows(&range, Value::from, out);
                Ok(())
            }
            Book::Ods(book) => {
                let range = book.worksheet_range(sheet).map_err(|error| self.unreadable(error))?;
                range_rows(&range, |cell| Value::from(cell).without_error_words(), out);
                Ok(())
            }
        }
    }

    fn stream<'a>(
        &self,
        mut next: impl FnMut() -> Result<Option<Cell<DataRef<'a>>>, SheetError>,
        out: &mut Out,
    ) -> Result<(), SheetError> {
        while let Some(cell) = next()? {
            let (row, column) = cell.get_position();
            if column >= WIDEST {
                let row = u64::from(row) + 1;
                return Err(self.unreadable(tr!("row {row} has more than {widest} columns", row, widest = WIDEST)));
            }
            if !out.put(row, column, Value::from(cell.get_value())) {
                return Ok(());
            }
        }
        out.finish();
        Ok(())
    }
}

/// Puts the rows of a sheet that was taken whole.
fn range_rows<'a>(range: &'a Range<Data>, value: impl Fn(&'a Data) -> Value<'a>, out: &mut Out) {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let height = range.height().max(1) as u64;
    for (index, row) in range.rows().enumerate() {
        out.read.store(out.size / height * (index as u64 + 1), Ordering::Relaxed);
        for (column, cell) in row.iter().enumerate() {
            if !out.put(first_row + index as u32, first_column + column as u32, value(cell)) {
                return;
            }
        }
    }
    out.finish();
}

/// Where cells go: into batches, and those to who takes them.
pub(super) struct Out<'a> {
    rows: Rows,
    outlet: &'a Outlet<Batch, SheetError>,
    /// Bytes of the workbook.
    size: u64,
    /// Bytes of it that were read.
    read: Arc<AtomicU64>,
}

impl<'a> Out<'a> {
    /// For batches of at most `most` rows of a workbook of `size` bytes.
    pub(super) fn new(most: usize, outlet: &'a Outlet<Batch, SheetError>, size: u64) -> Self {
        Self { rows: Rows::new(most), outlet, size, read: Arc::default() }
    }

    /// Takes a cell. Gives `false` when nobody wants any more.
    fn put(&mut self, row: u32, column: u32, value: Value<'_>) -> bool {
        match self.rows.put(row, column, value) {
            Some(batch) => {
                self.outlet.give(Batch { bytes_read: self.read.load(Ordering::Relaxed).min(self.size), ..batch })
            }
            None => true,
        }
    }

    fn finish(&mut self) {
        if let Some(batch) = self.rows.finish() {
            self.outlet.give(Batch { bytes_read: self.size, ..batch });
        }
    }
}
