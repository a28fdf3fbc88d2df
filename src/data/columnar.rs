//! Reads Parquet and Arrow IPC files (the file format, also known as Feather 2, and the stream format) through Polars,
//! a piece at a time, and hands out plain batches.
//!
//! Polars' eager readers turn a whole file into one frame. Memory stays bounded because they are never shown a whole
//! file: the Parquet reader gets the metadata of one row group only, and the Arrow reader gets a view of the file
//! in which only a run of about [`BATCH_ROWS`] rows follows the schema and the dictionaries. An Arrow file is its own
//! stream between a magic number and a footer, so that both Arrow formats are read as streams.

use std::fmt;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use polars::prelude::{ArrowSchema, DataFrame, PolarsResult};
use serde::{Deserialize, Serialize};

use self::arrow::Messages;
use self::cells::{cells, decodable, texts, type_name};
use self::parquet::RowGroups;
use super::batch::Batch;
use crate::show::system;
use crate::{lang, mark, tr};

mod arrow;
mod cells;
mod parquet;
#[cfg(test)]
mod tests;

/// The most rows of a batch, and about the rows that an Arrow file is decoded by.
const BATCH_ROWS: usize = 131_072;

/// What follows the type of a column whose cells are all handed out as missing.
const NOT_READABLE: &str = mark!(", not readable");

/// The kinds of columnar file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnarKind {
    /// Apache Parquet.
    Parquet,
    /// The Arrow IPC file format, also known as Feather 2.
    ArrowFile,
    /// The Arrow IPC stream format.
    ArrowStream,
}

impl fmt::Display for ColumnarKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parquet => tr!("Parquet file"),
            Self::ArrowFile => tr!("Arrow file"),
            Self::ArrowStream => tr!("Arrow stream"),
        })
    }
}

/// Why a columnar file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ColumnarError {
    /// The operating system refused.
    #[error(
        "{}",
        tr!(
            "cannot read {place}: {cause}; check that the file is there and that you may read it",
            place = path.display(),
            cause = system::words(source),
        )
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is damaged, cut short, of another kind, or uses what Polars cannot decode.
    #[error(
        "{}",
        tr!("{place} is not a readable {kind}: {reason}; copy or export it again", place = path.display(), kind, reason)
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What it was read as.
        kind: ColumnarKind,
        /// What is wrong, mostly in the words of Polars.
        reason: String,
    },
    /// Columns go by their names in these files: of two of the same name, one would be lost.
    #[error(
        "{}",
        tr!("{place} has several columns of the same name; rename them and write the file again", place = path.display())
    )]
    RepeatedNames {
        /// The file.
        path: PathBuf,
    },
    /// A column was asked for that the file does not have, perhaps because the file has been replaced.
    #[error(
        "{}",
        tr!(
            "{place} has {columns} columns, none at position {position}; choose the columns anew",
            place = path.display(),
            columns,
            position = position + 1,
        )
    )]
    NoSuchColumn {
        /// The file.
        path: PathBuf,
        /// The 0-based position asked for.
        position: usize,
        /// How many columns there are.
        columns: usize,
    },
}

/// What a file tells about itself before its rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnarSchema {
    /// The names of the columns, in file order, all different.
    pub names: Vec<String>,
    /// A short name of each column's type: `int64`, `text`, `date`, `timestamp[ms]`, `decimal(2)`, ... A name ending in
    /// `, not readable` is that of a column whose cells are all handed out as missing.
    pub types: Vec<String>,
    /// The number of rows where the file tells it without being read: Parquet does, Arrow does not.
    pub rows: Option<u64>,
}

/// A column's type as people read it: what is said beside it is said in their language.
#[must_use]
pub fn type_words(declared: &str) -> String {
    match declared.strip_suffix(NOT_READABLE) {
        Some(name) => format!("{name}{}", lang::text(NOT_READABLE)),
        None => declared.to_owned(),
    }
}

/// Reads the names and types of a file's columns.
///
/// # Errors
/// When the file cannot be opened, is not of this kind, is cut short (Arrow streams: within the schema) or repeats a
/// column name.
pub fn schema(path: &Path, kind: ColumnarKind) -> Result<ColumnarSchema, ColumnarError> {
    let (_, source, fields) = open(path, kind)?;
    let rows = match source {
        Source::Parquet(groups) => Some(groups.metadata.num_rows as u64),
        Source::Arrow(_) => None,
    };
    let names = fields.iter_names().map(ToString::to_string).collect();
    let types = fields.iter_values().map(|field| match type_name(field.dtype()) {
        name if decodable(field.dtype(), kind) => name,
        name => name + NOT_READABLE,
    });
    Ok(ColumnarSchema { names, types: types.collect(), rows })
}

/// Reads chosen columns batch by batch, decoding one Parquet row group or about [`BATCH_ROWS`] rows of Arrow at a time.
/// After an error there is nothing more to be had from it.
pub struct ColumnarReader {
    origin: Origin,
    source: Source,
    /// The positions that Polars decodes, ascending as it wants them.
    decoded: Vec<usize>,
    /// For each column asked for its place in `decoded`; `None` where Polars does not know the type.
    chosen: Vec<Option<usize>>,
    /// What is decoded and not yet handed out.
    piece: Piece,
    /// Rows of `piece` that are handed out.
    taken: usize,
    /// Rows of the file that are handed out.
    rows: u64,
}

impl ColumnarReader {
    /// Opens a file to read the columns at these 0-based positions, in this order.
    ///
    /// # Errors
    /// As for [`schema`], and when there is no column at a position.
    pub fn open(path: &Path, kind: ColumnarKind, columns: &[usize]) -> Result<Self, ColumnarError> {
        let (origin, source, fields) = open(path, kind)?;
        let mut decoded = Vec::new();
        for &position in columns {
            let Some((_, field)) = fields.get_at_index(position) else {
                return Err(ColumnarError::NoSuchColumn { path: origin.path, position, columns: fields.len() });
            };
            if decodable(field.dtype(), kind) {
                decoded.push(position);
            }
        }
        decoded.sort_unstable();
        decoded.dedup();
        let chosen = columns.iter().map(|position| decoded.binary_search(position).ok()).collect();
        let piece = Piece { frame: DataFrame::empty(), bytes: 0..0 };
        Ok(Self { origin, source, decoded, chosen, piece, taken: 0, rows: 0 })
    }

    /// The next batch, of 1..=131,072 rows, or `None` at the end. Columns of types that Polars does not know are of
    /// missing text; an unsigned column is text in those batches where a value exceeds the signed range.
    ///
    /// # Errors
    /// When the file cannot be read any more, is damaged, is cut short, or has more than 4 GiB of text in a batch.
    pub fn next_batch(&mut self) -> Result<Option<Batch>, ColumnarError> {
        self.next_rows(None)
    }

    /// The first rows of the file, at most so many, without decoding a Parquet row group whole; `None` where there are
    /// none. Not to be followed by [`ColumnarReader::next_batch`].
    ///
    /// # Errors
    /// As for [`ColumnarReader::next_batch`].
    pub fn first_rows(mut self, most: usize) -> Result<Option<Batch>, ColumnarError> {
        self.next_rows(Some(most))
    }

    fn next_rows(&mut self, most: Option<usize>) -> Result<Option<Batch>, ColumnarError> {
        while self.taken == self.piece.frame.height() {
            // What is handed out makes room before the next is decoded, all but the categories: as long as their types
            // live, Polars need not build its global table of them anew.
            (self.piece.frame, self.taken) = (self.piece.frame.clear(), 0);
            let piece = match &mut self.source {
                Source::Parquet(groups) => groups.next(&self.origin, &self.decoded, most)?,
                Source::Arrow(messages) => messages.next(&self.origin, &self.decoded)?,
            };
            let Some(piece) = piece else { return Ok(None) };
            self.piece = piece;
        }
        let rows = most.unwrap_or(BATCH_ROWS).min(self.piece.frame.height() - self.taken);
        let columns = self.origin.guarded(|| {
            let frame = self.piece.frame.slice(self.taken as i64, rows);
            let columns = self.chosen.iter().map(|place| match place {
                Some(place) => cells(frame.columns()[*place].as_materialized_series()),
                None => texts(|| (0..rows).map(|_| None)),
            });
            columns.collect::<PolarsResult<Vec<_>>>()
        })?;
        // A damaged file may announce more rows than some column has.
        if columns.iter().any(|column| column.len() != rows) {
            return Err(self.origin.unreadable(tr!("its columns are not equally long")));
        }
        let first_row = self.rows + 1;
        self.taken += rows;
        self.rows += rows as u64;
        let bytes_read = self.piece.read_at(self.taken);
        Ok(Some(Batch { columns, rows, first_row, offsets: Vec::new(), bytes_read, unreadable: Vec::new() }))
    }
}

/// Decoded rows, and the stretch of the file that they stand for.
struct Piece {
    frame: DataFrame,
    bytes: Range<u64>,
}

impl Piece {
    /// How far the file is read when so many rows of this piece are.
    fn read_at(&self, rows: usize) -> u64 {
        self.bytes.start + prorated(self.bytes.end - self.bytes.start, rows as u64, self.frame.height() as u64)
    }
}

/// The share of `bytes` that `part` of `whole` stands for.
fn prorated(bytes: u64, part: u64, whole: u64) -> u64 {
    let share = u128::from(bytes) * u128::from(part.min(whole)) / u128::from(whole.max(1));
    u64::try_from(share).unwrap_or(bytes)
}

/// The file for messages.
struct Origin {
    path: PathBuf,
    kind: ColumnarKind,
    /// Bytes.
    size: u64,
}

impl Origin {
    fn unreadable(&self, reason: impl Into<String>) -> ColumnarError {
        ColumnarError::Unreadable { path: self.path.clone(), kind: self.kind, reason: reason.into() }
    }

    fn io(&self, source: io::Error) -> ColumnarError {
        if source.kind() == io::ErrorKind::UnexpectedEof {
            return self.unreadable(tr!("it is cut short"));
        }
        ColumnarError::Io { path: self.path.clone(), source }
    }

    /// Runs what calls Polars. It unwraps and indexes by what a file says, hence panics on many a damaged file. Nothing
    /// that such a panic may leave half done is used again, since the error ends the reading. The panic hook has run by
    /// then, in this thread or one of Polars' pool.
    fn guarded<T>(&self, work: impl FnOnce() -> PolarsResult<T>) -> Result<T, ColumnarError> {
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(error)) => Err(self.unreadable(error.to_string())),
            Err(panic) => {
                let said = panic.downcast_ref::<String>().map(String::as_str);
                let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
                let said = said.unwrap_or(tr!("no details"));
                Err(self.unreadable(tr!("decoding failed ({said})", said)))
            }
        }
    }
}

/// Where the pieces of a file come from.
enum Source {
    Parquet(RowGroups),
    Arrow(Messages),
}

fn open(path: &Path, kind: ColumnarKind) -> Result<(Origin, Source, ArrowSchema), ColumnarError> {
    let mut origin = Origin { path: path.to_path_buf(), kind, size: 0 };
    let file = File::open(path).map_err(|error| origin.io(error))?;
    origin.size = file.metadata().map_err(|error| origin.io(error))?.len();
    let (source, fields) = match kind {
        ColumnarKind::Parquet => {
            let (groups, fields) = RowGroups::open(&origin, file)?;
            (Source::Parquet(groups), fields)
        }
        ColumnarKind::ArrowFile | ColumnarKind::ArrowStream => {
            let (messages, fields) = Messages::open(&origin, file)?;
            (Source::Arrow(messages), fields)
        }
    };
    Ok((origin, source, fields))
}
