//! `SQLite` databases: their tables and views, read row by row as text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, InterruptHandle, OpenFlags, Statement};
use thiserror::Error;

use super::batch::{Batch, Cells, TextBuilder};
use super::digest::blob;
use super::feed::{Feed, Outlet};
use super::kind::{Magic, magic};
use super::number_text::{put, write_number};
use super::place::Place;
use crate::show::list;
use crate::show::system;
use crate::tr;
use queries::{listed, query, rows_of, span};

mod queries;
#[cfg(test)]
mod tests;

/// Batches read ahead.
const AHEAD: usize = 2;
/// How long another program's lock is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// The largest database whose rows are counted before they are read, in bytes: counting reads what it counts.
const COUNTED: u64 = 1 << 30;
/// Bytes of text of a batch after which it is full.
const MOST_BYTES: usize = 16 << 20;

/// A database or table that cannot be read.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// The system refuses.
    #[error(
        "{}",
        tr!("cannot read {place}: {cause}; check that the file is there and that you may read it", place, cause = reason)
    )]
    Io {
        /// The database.
        place: Place,
        /// Why.
        reason: String,
    },
    /// No database, or none without a key.
    #[error(
        "{}",
        tr!("{place} is not an SQLite database, or it is encrypted; decrypt it, or export the table as CSV", place)
    )]
    NoDatabase {
        /// The database.
        place: Place,
    },
    /// Another program is writing.
    #[error("{}", tr!("{place} is locked by another program; close that, or copy the file and open the copy", place))]
    Locked {
        /// The database.
        place: Place,
    },
    /// The database is damaged, or a view of it does not work.
    #[error(
        "{}",
        tr!(
            "{place} cannot be read as an SQLite database: {reason}; try `sqlite3 FILE .recover`, or export the table",
            place,
            reason,
        )
    )]
    Unreadable {
        /// The database.
        place: Place,
        /// What is wrong, in the words of `SQLite`.
        reason: String,
    },
    /// A table that is not there.
    #[error("{}", tr!("{place} has no table `{table}`; it has {tables}", place, table, tables))]
    NoSuchTable {
        /// The database.
        place: Place,
        /// What was asked for.
        table: String,
        /// The tables there are.
        tables: String,
    },
    /// A column was asked for that the table does not have, perhaps because it has been changed.
    #[error(
        "{}",
        tr!(
            "the table `{table}` of {place} has {columns} columns, none at position {position}; choose the columns anew",
            table,
            place,
            columns,
            position = position + 1,
        )
    )]
    NoSuchColumn {
        /// The database.
        place: Place,
        /// The table.
        table: String,
        /// The 0-based position asked for.
        position: usize,
        /// How many columns there are.
        columns: usize,
    },
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// The type it was declared with, in lower case; it binds no value of it. May be empty.
    pub declared: String,
}

/// A table or view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Its name.
    pub name: String,
    /// Whether it is a view, whose rows are made by a query.
    pub view: bool,
    /// Rows; `None` of views and of tables in databases that are too large for counting.
    pub rows: Option<u64>,
    /// Its columns, in their order.
    pub columns: Vec<TableColumn>,
    /// The name by which its rows' ids go, where it has them.
    row_id: Option<&'static str>,
}

/// The tables and views of a database, in name order; `SQLite`'s own are passed over.
///
/// # Errors
/// [`DatabaseError`] when it cannot be read.
pub fn tables(place: &Place) -> Result<Vec<TableInfo>, DatabaseError> {
    let origin = Origin { place: place.clone() };
    let connection = origin.open()?;
    let count = place.size().is_ok_and(|size| size <= COUNTED);
    let mut tables = origin.sql(listed(&connection))?;
    for table in tables.iter_mut().filter(|table| count && !table.view) {
        // A table whose module is missing, or which is damaged, tells when it is read.
        table.rows = rows_of(&connection, &table.name).ok();
    }
    Ok(tables)
}

/// Reads chosen columns of a table or view, in the order of the rows' ids where it has them. Whole numbers, decimals
/// and text are text as a person would write them, blobs are their digits, nulls are missing.
pub struct TableReader {
    feed: Feed<Batch, DatabaseError>,
    interrupt: InterruptHandle,
}

/// A view may work for long before its first row.
impl Drop for TableReader {
    fn drop(&mut self) {
        self.interrupt.interrupt();
    }
}

impl TableReader {
    /// Opens a table or view by its name, to read the columns at these 0-based positions, in this order, in batches of
    /// at most `most` rows.
    ///
    /// # Errors
    /// [`DatabaseError`] when the database cannot be read, or there is no such table or column.
    pub fn open(place: &Place, table: &str, columns: &[usize], most: usize) -> Result<Self, DatabaseError> {
        let origin = Origin { place: place.clone() };
        let connection = origin.open()?;
        let tables = origin.sql(listed(&connection))?;
        let Some(info) = tables.iter().find(|info| info.name == table) else {
            return Err(origin.no_such_table(table, &tables));
        };
        if let Some(position) = columns.iter().copied().find(|position| *position >= info.columns.len()) {
            let (table, columns) = (table.to_owned(), info.columns.len());
            return Err(DatabaseError::NoSuchColumn { place: place.clone(), table, position, columns });
        }
        let query = query(info, columns);
        let size = place.size().map_err(|error| origin.io(&error))?;
        let span = info.row_id.map_or(Ok(None), |id| origin.sql(span(&connection, &info.name, id)))?;
        let rows = Rows { width: columns.len(), most: most.max(1), size, span };
        let interrupt = connection.get_interrupt_handle();
        let (of_thread, of_panic) = (origin.clone(), origin.clone());
        let work = move |outlet: &Outlet<Batch, DatabaseError>| {
            of_thread.sql(connection.prepare(&query).and_then(|mut statement| rows.read(&mut statement, outlet)))
        };
        let feed = Feed::start(AHEAD, move |words| of_panic.unreadable(words), work);
        Ok(Self { feed: feed.map_err(|error| origin.io(&error))?, interrupt })
    }

    /// The next batch; rows are counted from 1. `None` at the end.
    ///
    /// # Errors
    /// [`DatabaseError`] when the table cannot be read further.
    pub fn next_batch(&mut self) -> Result<Option<Batch>, DatabaseError> {
        self.feed.next()
    }
}

/// The database for messages.
#[derive(Clone)]
struct Origin {
    place: Place,
}

/// Whether a database has fewer bytes than its header says. `SQLite` reads some of the missing ones as zeros, which gives
/// rows that nobody wrote. Beside a log of its own writer nothing can be said: pages may be there alone.
fn is_cut_short(path: &Path, file: File) -> io::Result<bool> {
    const HEADER: u64 = 100;
    let size = file.metadata()?.len();
    let mut header = Vec::new();
    file.take(HEADER).read_to_end(&mut header)?;
    let word = |at: usize| {
        header.get(at..at + 4).map_or(0, |bytes| bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)))
    };
    // A page of 64 KiB is written as 1.
    let page = match word(16) >> 16 {
        1 => 1 << 16,
        page => page,
    };
    // Versions before 3.7 did not count pages; then the two counters of changes differ.
    let counted = word(24) == word(92);
    let logged = ["-wal", "-journal"].iter().any(|end| {
        let mut log = path.as_os_str().to_owned();
        log.push(end);
        std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
    });
    Ok(magic(&header) == Magic::Database && counted && !logged && size < word(28) * page)
}

impl Origin {
    fn open(&self) -> Result<Connection, DatabaseError> {
        let path = self.place.path().unwrap_or(Path::new(""));
        // SQLite says of a missing file no more than that it cannot open it.
        let file = File::open(path).map_err(|error| self.io(&error))?;
        if is_cut_short(path, file).map_err(|error| self.io(&error))? {
            return Err(self.unreadable(tr!("it is cut short; copy it again")));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = self.sql(Connection::open_with_flags(path, flags))?;
        self.sql(connection.busy_timeout(PATIENCE))?;
        Ok(connection)
    }

    fn io(&self, error: &io::Error) -> DatabaseError {
        DatabaseError::Io { place: self.place.clone(), reason: system::words(error) }
    }

    fn unreadable(&self, reason: &str) -> DatabaseError {
        DatabaseError::Unreadable { place: self.place.clone(), reason: reason.to_owned() }
    }

    fn sql<T>(&self, result: rusqlite::Result<T>) -> Result<T, DatabaseError> {
        let place = || self.place.clone();
        result.map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => DatabaseError::NoDatabase { place: place() },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DatabaseError::Locked { place: place() },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure) => {
                DatabaseError::Io { place: place(), reason: error.to_string() }
            }
            _ => self.unreadable(&error.to_string()),
        })
    }

    fn no_such_table(&self, table: &str, tables: &[TableInfo]) -> DatabaseError {
        let names: Vec<String> = tables.iter().map(|info| format!("`{}`", info.name)).collect();
        let tables = if names.is_empty() { tr!("none at all").to_owned() } else { list::names(&names) };
        DatabaseError::NoSuchTable { place: self.place.clone(), table: table.to_owned(), tables }
    }
}

/// How rows are gathered into batches.
struct Rows {
    /// Columns.
    width: usize,
    /// Rows of a batch at most.
    most: usize,
    /// Bytes of the database.
    size: u64,
    /// The first and last of the rows' ids, for progress.
    span: Option<(i64, i64)>,
}

impl Rows {
    /// Reads to the end, or until nobody wants more.
    fn read(&self, statement: &mut Statement<'_>, outlet: &Outlet<Batch, DatabaseError>) -> rusqlite::Result<()> {
        let mut found = statement.query([])?;
        let (mut columns, mut rows, mut bytes, mut first_row) = (self.empty(), 0, 0, 1);
        let mut give = |columns: Vec<TextBuilder>, rows: usize, bytes_read: u64| {
            let columns = columns.into_iter().map(|cells| Cells::Text(cells.finish())).collect();
            let batch = Batch { columns, rows, first_row, offsets: Vec::new(), bytes_read, unreadable: Vec::new() };
            first_row += rows as u64;
            outlet.give(batch)
        };
        let (mut read, mut text) = (0, Vec::new());
        while let Some(row) = found.next()? {
            if rows == self.most || bytes >= MOST_BYTES {
                if !give(std::mem::replace(&mut columns, self.empty()), rows, read) {
                    return Ok(());
                }
                (rows, bytes) = (0, 0);
            }
            for (position, cells) in columns.iter_mut().enumerate() {
                bytes += push(cells, row.get_ref(position)?, &mut text);
            }
            rows += 1;
            read = self.bytes_at(row.get_ref(self.width)?);
        }
        if rows > 0 {
            give(columns, rows, self.size);
        }
        Ok(())
    }

    fn empty(&self) -> Vec<TextBuilder> {
        (0..self.width).map(|_| TextBuilder::with_capacity(self.most.min(4_096), 8)).collect()
    }

    /// How far the file is read, about, at a row's id.
    fn bytes_at(&self, id: ValueRef<'_>) -> u64 {
        let (Some((first, last)), ValueRef::Integer(id)) = (self.span, id) else { return 0 };
        let part = (i128::from(id) - i128::from(first) + 1).max(0);
        let whole = (i128::from(last) - i128::from(first) + 1).max(1);
        (i128::from(self.size) * part.min(whole) / whole) as u64
    }
}

/// Appends a value as text and gives its bytes.
fn push(cells: &mut TextBuilder, value: ValueRef<'_>, text: &mut Vec<u8>) -> usize {
    text.clear();
    match value {
        ValueRef::Integer(value) => put(text, format_args!("{value}")),
        ValueRef::Real(value) if write_number(value, text) => {}
        ValueRef::Text(text) => {
            cells.push(text);
            return text.len();
        }
        ValueRef::Real(value) => put(text, format_args!("{value}")),
        ValueRef::Blob(bytes) => text.extend_from_slice(blob(bytes).as_bytes()),
        ValueRef::Null => {
            cells.push_missing();
            return 0;
        }
    }
    cells.push(text);
    text.len()
}
