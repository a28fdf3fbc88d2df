//! Workbooks: Excel's and `OpenDocument`'s, read sheet by sheet as rows of text, through calamine.
//!
//! Sheets of `.xlsx` and `.xlsb` files are streamed, so that a million rows need no more memory than the texts that
//! they share. Those of `.xls` and `.ods` files are taken whole: `.xls` has no more than 65,536 rows of 256 cells, and an
//! `.ods` file whose cells would take more than 2 GB is refused before any is made.

use std::fmt;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::read::Out;
use super::batch::Batch;
use super::feed::{Feed, Outlet, guarded};
use super::place::Place;
use crate::show::list;
use crate::show::system;
use crate::tr;

mod book;
mod cells;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod weight;
mod xml;

/// Batches read ahead.
const AHEAD: usize = 2;

/// The kinds of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkbookKind {
    /// `.xlsx` and `.xlsm`, since 2007.
    Xlsx,
    /// `.xlsb`, the same in binary.
    Xlsb,
    /// `.xls`, before 2007.
    Xls,
    /// `.ods`, of `LibreOffice` and others.
    Ods,
}

impl fmt::Display for WorkbookKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xlsx => tr!("Excel workbook"),
            Self::Xlsb => tr!("binary Excel workbook"),
            Self::Xls => tr!("Excel 97-2003 workbook"),
            Self::Ods => tr!("OpenDocument spreadsheet"),
        })
    }
}

/// A workbook or sheet that cannot be read.
#[derive(Debug, Error)]
pub enum SheetError {
    /// The system refuses.
    #[error(
        "{}",
        tr!("cannot read {place}: {cause}; check that the file is there and that you may read it", place, cause = system::words(source))
    )]
    Io {
        /// The workbook.
        place: Place,
        /// Why.
        source: io::Error,
    },
    /// The workbook is damaged, cut short or of another kind.
    #[error(
        "{}",
        tr!(
            "{place} is not a readable {kind}: {reason}; open it in a spreadsheet program and save it again",
            place,
            kind,
            reason,
        )
    )]
    Unreadable {
        /// The workbook.
        place: Place,
        /// What it was read as.
        kind: WorkbookKind,
        /// What is wrong, mostly in the words of calamine.
        reason: String,
    },
    /// The workbook is encrypted.
    #[error(
        "{}",
        tr!("{place} is protected by a password; save it without one, or export the sheet as CSV", place)
    )]
    Password {
        /// The workbook.
        place: Place,
    },
    /// A sheet that is not there.
    #[error("{}", tr!("{place} has no sheet `{sheet}`; it has {sheets}", place, sheet, sheets))]
    NoSuchSheet {
        /// The workbook.
        place: Place,
        /// What was asked for.
        sheet: String,
        /// The sheets there are.
        sheets: String,
    },
}

/// A sheet as it stands in its workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name.
    pub name: String,
    /// Rows from the first used one to the last, as the workbook declares them; `None` where it does not.
    pub rows: Option<u64>,
    /// Columns from the first used one to the last, as the workbook declares them; `None` where it does not.
    pub columns: Option<u64>,
    /// Whether it is shown, not hidden.
    pub visible: bool,
}

/// The sheets of a workbook that have cells (not charts or macros), in the order of its tabs.
///
/// # Errors
/// [`SheetError`] when it cannot be read.
pub fn sheets(place: &Place, kind: WorkbookKind) -> Result<Vec<SheetInfo>, SheetError> {
    let origin = Origin { place: place.clone(), kind };
    let listed = guarded(|| origin.open(&Arc::default()).map(|mut book| book.sheets()));
    listed.map_err(|words| origin.panicked(&words))?
}

/// Reads a sheet from its first row to its last. Every column is there, beginning with A; a batch has as many as its
/// widest row and those before it. Numbers, dates and truths are written out as text, errors and empty cells are
/// missing, rows without any text are passed over, and what a formula gave when it was saved is its value.
pub struct SheetReader {
    feed: Feed<Batch, SheetError>,
    first: Option<Batch>,
}

impl SheetReader {
    /// Opens a sheet by its name, to be read in batches of at most `most` rows (fewer where they are very wide).
    ///
    /// # Errors
    /// [`SheetError`] when the workbook or the sheet's beginning cannot be read, or there is no such sheet.
    pub fn open(place: &Place, kind: WorkbookKind, sheet: &str, most: usize) -> Result<Self, SheetError> {
        let origin = Origin { place: place.clone(), kind };
        let io = |source| SheetError::Io { place: place.clone(), source };
        let size = place.size().map_err(io)?;
        let (of_panic, sheet) = (origin.clone(), sheet.to_owned());
        let work = move |outlet: &Outlet<Batch, SheetError>| origin.read(&sheet, &mut Out::new(most, outlet, size));
        let mut feed = Feed::start(AHEAD, move |words| of_panic.panicked(words), work).map_err(io)?;
        let first = feed.next()?;
        Ok(Self { feed, first })
    }

    /// The next batch, with Excel's row numbers; `None` at the end.
    ///
    /// # Errors
    /// [`SheetError`] when the sheet cannot be read further.
    pub fn next_batch(&mut self) -> Result<Option<Batch>, SheetError> {
        match self.first.take() {
            Some(batch) => Ok(Some(batch)),
            None => self.feed.next(),
        }
    }
}

/// The workbook for messages.
#[derive(Clone)]
struct Origin {
    place: Place,
    kind: WorkbookKind,
}

impl Origin {
    fn io(&self, source: io::Error) -> SheetError {
        SheetError::Io { place: self.place.clone(), source }
    }

    fn unreadable(&self, reason: impl fmt::Display) -> SheetError {
        SheetError::Unreadable { place: self.place.clone(), kind: self.kind, reason: reason.to_string() }
    }

    fn panicked(&self, words: &str) -> SheetError {
        self.unreadable(tr!("it is damaged ({words})", words))
    }

    fn password(&self) -> SheetError {
        SheetError::Password { place: self.place.clone() }
    }

    fn no_such_sheet(&self, sheet: &str, names: &[String]) -> SheetError {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let sheets = if quoted.is_empty() { tr!("no sheets of cells").to_owned() } else { list::names(&quoted) };
        SheetError::NoSuchSheet { place: self.place.clone(), sheet: sheet.to_owned(), sheets }
    }
}
