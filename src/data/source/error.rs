//! What is wrong with a file that cannot be read.

use std::io;

use thiserror::Error;

use super::super::archive::ArchiveError;
use super::super::columnar::ColumnarError;
use super::super::database::DatabaseError;
use super::super::place::Place;
use super::super::sheet::SheetError;
use crate::show::list::names as listed;
use crate::show::system;
use crate::{lang, tr};

/// A file that cannot be read.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The system refuses.
    #[error("{}", tr!("cannot read {place}: {cause}", place, cause = system::words(source)))]
    Io {
        /// The file.
        place: Place,
        /// Why.
        source: io::Error,
    },
    /// A folder.
    #[error("{}", tr!("{place} is a folder; name its files, or a pattern such as `{place}/*.csv`", place))]
    Folder {
        /// The folder.
        place: Place,
    },
    /// Nothing in it.
    #[error("{}", tr!("{place} is empty; there is nothing to open", place))]
    Empty {
        /// The file.
        place: Place,
    },
    /// A device.
    #[error("{}", tr!("{place} is no file that ends; save what it gives to a file first", place))]
    Endless {
        /// The device.
        place: Place,
    },
    /// Names of columns and nothing below.
    #[error("{}", tr!("{place} has column names but no rows", place))]
    NoRows {
        /// The file.
        place: Place,
    },
    /// No text at all.
    #[error("{}", tr!("{place} cannot be read: {why}", place, why))]
    NotText {
        /// The file.
        place: Place,
        /// What it looks like and what to do.
        why: String,
    },
    /// A kind of file that is known and not read.
    #[error("{}", tr!("{place} is {what}", place, what = lang::text(what)))]
    Unsupported {
        /// The file.
        place: Place,
        /// What it is and what to do, a text of the catalogues.
        what: &'static str,
    },
    /// Several sheets or tables, any of which may be meant.
    #[error("{}", several(place, what, names))]
    Several {
        /// The file.
        place: Place,
        /// `sheet` or `table`.
        what: &'static str,
        /// Their names.
        names: Vec<String>,
    },
    /// A columnar file's own trouble.
    #[error(transparent)]
    Columnar(#[from] ColumnarError),
    /// A workbook's own trouble.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// A database's own trouble.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// An archive's own trouble.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// Which sheets or tables there are, and how to choose one.
fn several(place: &Place, what: &str, names: &[String]) -> String {
    let names = listed(names);
    if what == "table" {
        tr!("{place} has several tables: {names}; choose one with --sheet NAME", place, names)
    } else {
        tr!("{place} has several sheets: {names}; choose one with --sheet NAME", place, names)
    }
}
