//! What is wrong with a file that cannot be read.

use std::io;

use thiserror::Error;

use super::super::archive::ArchiveError;
use super::super::columnar::ColumnarError;
use super::super::database::DatabaseError;
use super::super::place::Place;
use super::super::sheet::SheetError;

/// A file that cannot be read.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The system refuses.
    #[error("cannot read {place}: {source}")]
    Io {
        /// The file.
        place: Place,
        /// Why.
        source: io::Error,
    },
    /// A folder.
    #[error("{place} is a folder; name its files, or a pattern such as `{place}/*.csv`")]
    Folder {
        /// The folder.
        place: Place,
    },
    /// Nothing in it.
    #[error("{place} is empty; there is nothing to open")]
    Empty {
        /// The file.
        place: Place,
    },
    /// A device.
    #[error("{place} is no file that ends; save what it gives to a file first")]
    Endless {
        /// The device.
        place: Place,
    },
    /// Names of columns and nothing below.
    #[error("{place} has column names but no rows")]
    NoRows {
        /// The file.
        place: Place,
    },
    /// No text at all.
    #[error("{place} cannot be read: {why}")]
    NotText {
        /// The file.
        place: Place,
        /// What it looks like and what to do.
        why: String,
    },
    /// A kind of file that is known and not read.
    #[error("{place} is {what}")]
    Unsupported {
        /// The file.
        place: Place,
        /// What it is and what to do.
        what: &'static str,
    },
    /// Several sheets or tables, any of which may be meant.
    #[error("{place} has several {what}s: {}; choose one with --sheet NAME", names.join(", "))]
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
