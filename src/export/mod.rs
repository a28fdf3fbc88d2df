//! Lists written for other programs: CSV, JSON, spreadsheets and Markdown, whole or not at all, and safe to open.
//!
//! Rows go one by one from who has them to a [`Sink`], so that a list of any length takes the memory of a row. What is
//! written is text from data: no cell becomes a formula, and no control character passes, in any format.

pub mod csv;
pub mod file;
pub mod json;
pub mod list;
pub mod manifest;
pub mod markdown;
pub mod parquet;
pub mod privacy;
pub(crate) mod safe;
pub mod table;
pub mod veil;
pub mod xlsx;

use std::io::{self, Write};
use std::path::Path;

use thiserror::Error;

use crate::job::CancelToken;
use crate::show::system;
use crate::tr;
use file::Format;
use table::{Cell, Column};

/// Where the rows of a list go.
pub trait Sink {
    /// Begins a list of these columns. Called once, before all rows.
    ///
    /// # Errors
    /// When it cannot be written.
    fn begin(&mut self, columns: &[Column]) -> Result<(), ExportError>;

    /// Writes a row: as many cells as there are columns.
    ///
    /// # Errors
    /// When it cannot be written, or the format does not hold a cell.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError>;

    /// Ends the list; without it, what was written is not whole.
    ///
    /// # Errors
    /// When it cannot be written.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

/// Why a list could not be written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The system refuses.
    #[error("{}", tr!("the list cannot be written: {cause}", cause = system::words(_0)))]
    Io(#[from] io::Error),
    /// It was called off.
    #[error("{}", tr!("writing the list was cancelled"))]
    Cancelled,
    /// A row that does not fit the columns.
    #[error("{}", tr!("row {row} has {found} cells, and there are {expected} columns", row, found, expected))]
    Ragged {
        /// From 1, without the header.
        row: u64,
        /// Columns.
        expected: usize,
        /// Cells.
        found: usize,
    },
    /// More columns than a sheet has.
    #[error(
        "{}",
        tr!(
            "a sheet of XLSX holds {most} columns, and the list has {found}; write it as CSV or leave columns out",
            most,
            found,
        )
    )]
    TooWide {
        /// What it holds.
        most: usize,
        /// What there are.
        found: usize,
    },
    /// A text longer than a cell of a sheet.
    #[error(
        "{}",
        tr!(
            "row {row}, column `{column}`: a cell of XLSX holds {most} characters, and this text has {found}; write the \
             list as CSV",
            row,
            column,
            most,
            found,
        )
    )]
    TooLong {
        /// From 1, without the header.
        row: u64,
        /// The column's name.
        column: String,
        /// What a cell holds, in units of UTF-16.
        most: usize,
        /// What the text has.
        found: usize,
    },
    /// A control total beyond 128 bits.
    #[error("{}", tr!("the sum of column `{column}` is too large to be kept exactly", column = _0))]
    TotalTooLarge(String),
}

/// What a list turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows, without the header.
    pub rows: u64,
    /// Sum of the control column in its smallest unit; missing cells count nothing.
    pub sum: i128,
}

/// The sink of a format. What a spreadsheet needs to keep aside while it
/// is written goes to unnamed files in `aside`, best the folder of the file itself: what is private stays there.
///
/// # Errors
/// When such a file cannot be made.
pub fn sink<'a, W: Write + Send + 'a>(format: Format, out: W, aside: &Path) -> Result<Box<dyn Sink + 'a>, ExportError> {
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::new(out, false)),
        Format::CsvBom => Box::new(csv::Csv::new(out, true)),
        Format::Ndjson => Box::new(json::Json::lines(out)),
        Format::Json => Box::new(json::Json::array(out)),
        Format::Markdown => Box::new(markdown::Markdown::new(out)),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(out, aside)?),
        Format::Parquet => Box::new(parquet::Parquet::new(out)),
    })
}

/// Writes a whole list, and sums the control column, given by its position, where there is one.
///
/// # Errors
/// Those of the sink; [`ExportError::Cancelled`] when it was called off; [`ExportError::TotalTooLarge`].
pub fn write<'a>(
    mut sink: Box<dyn Sink + '_>,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell<'a>>>,
    control: Option<usize>,
    cancel: &CancelToken,
) -> Result<Totals, ExportError> {
    sink.begin(columns)?;
    let mut totals = Totals::default();
    for row in rows {
        if cancel.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        totals.rows += 1;
        if row.len() != columns.len() {
            return Err(ExportError::Ragged { row: totals.rows, expected: columns.len(), found: row.len() });
        }
        if let Some(place) = control
            && let Some(Cell::Int(value)) = row.get(place)
        {
            let too_large = || ExportError::TotalTooLarge(columns[place].name.clone());
            totals.sum = totals.sum.checked_add(i128::from(*value)).ok_or_else(too_large)?;
        }
        sink.row(&row)?;
    }
    // A list of millions of rows takes a while to end, in a spreadsheet: the last chance to call it off.
    if cancel.is_cancelled() {
        return Err(ExportError::Cancelled);
    }
    sink.finish()?;
    Ok(totals)
}

#[cfg(test)]
mod tests;
