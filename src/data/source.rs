//! A file as a source of batches: its kind, its columns, a sample of its rows, and readers over chosen columns.

mod error;
mod header;
mod open;
mod reader;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use error::SourceError;
pub use reader::{Piece, SourceReader};

use self::reader::{Constants, Reader};
use super::batch::Cells;
use super::columnar::{ColumnarReader, type_words};
use super::database::TableReader;
use super::kind::{Kind, TextShape};
use super::place::Place;
use super::seen::Seen;
use super::sheet::SheetReader;
use super::text::encoding::Encoding;
use super::text::packing::Packing;
use super::text::{TextLayout, TextReader};
use crate::{lang, mark};

/// Rows of the sample at most.
pub const SAMPLE_ROWS: usize = 1_000;
/// Rows that are read from a sheet or table at a time.
const BATCH_ROWS: usize = 16_384;

/// What the user says of how files are written, where detection is not wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether the first line names the columns; `None`: told by content.
    pub header: Option<bool>,
    /// The delimiter; `None`: told by content.
    pub delimiter: Option<u8>,
    /// Whether a quote is nothing but a character.
    pub plain_quotes: bool,
    /// The encoding; `None`: told by content.
    pub encoding: Option<Encoding>,
    /// Lines above the header, or above the data; `None`: told by content.
    pub skip_lines: Option<usize>,
    /// The sheet of a workbook or the table of a database, by name or 1-based position.
    pub sheet: Option<String>,
}

/// A column with the beginning of its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceColumn {
    /// Its name; `column 3` where the file names none.
    pub name: String,
    /// Whether that is a name of its own, not one that its position gives it.
    pub named: bool,
    /// The type the file declares; empty for text files, `by folder` where a folder says what is in it.
    pub declared: String,
    /// The first values as text, empty where missing. They are for settling roles, and not kept.
    #[serde(skip)]
    pub sample: Vec<String>,
}

impl SourceColumn {
    /// A column that goes by its name, without a sample.
    #[must_use]
    pub(super) const fn named(name: String, declared: String) -> Self {
        Self { name, named: true, declared, sample: Vec::new() }
    }

    /// The type that it is declared to have, as people read it; empty where none is.
    #[must_use]
    pub fn declared_words(&self) -> String {
        if self.declared == FOLDER { lang::text(FOLDER).to_owned() } else { type_words(&self.declared) }
    }
}

/// A file that can be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Where it is. It is not kept with the rest: whoever opens it knows.
    #[serde(skip, default = "nowhere")]
    pub place: Place,
    /// Its kind.
    pub kind: Kind,
    /// How it was seen when it was opened. It is not kept either: the cache knows its files by more.
    #[serde(skip)]
    pub seen: Seen,
    /// Its size in bytes.
    pub bytes: u64,
    /// Rows, where the file tells without being read.
    pub rows: Option<u64>,
    /// Its columns; behind its own those that its folders say.
    pub columns: Vec<SourceColumn>,
    /// How many of the columns, at their end, its folders say.
    pub of_folders: usize,
    /// Whether the first record names the columns.
    pub header: bool,
    /// Whether a quote is nothing but a character.
    pub plain_quotes: bool,
    /// The byte that ends lines of text.
    pub line_end: u8,
    /// Lines, or rows of a sheet, above the header or the data.
    pub preamble: usize,
    /// The sheet or table that is read.
    pub part: Option<String>,
}

impl Source {
    /// Appends the columns that its folders say, which have a sample at once.
    fn with_partition(mut self) -> Self {
        let rows = self.columns.first().map_or(0, |column| column.sample.len());
        for (name, value) in self.place.partition() {
            // A file that has the column itself knows it better.
            if !self.columns.iter().any(|column| column.named && column.name == *name) {
                let sample = vec![value.clone().unwrap_or_default(); rows];
                self.columns.push(SourceColumn { sample, ..SourceColumn::named(name.clone(), FOLDER.to_owned()) });
                self.of_folders += 1;
            }
        }
        self
    }

    fn with_rows(self) -> Result<Self, SourceError> {
        if self.columns.iter().all(|column| column.sample.is_empty()) {
            return Err(SourceError::NoRows { place: self.place });
        }
        Ok(self)
    }

    fn with_samples(mut self) -> Result<Self, SourceError> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let Some(batch) = self.reader(&all)?.first_rows(SAMPLE_ROWS)? else { return Ok(self) };
        for (column, cells) in self.columns.iter_mut().zip(&batch.columns) {
            column.sample = (0..batch.rows.min(SAMPLE_ROWS)).map(|row| cells.text(row)).collect();
        }
        Ok(self)
    }

    const fn layout(&self, shape: TextShape, packing: Packing, encoding: Encoding) -> TextLayout {
        let Self { plain_quotes, line_end, preamble, .. } = *self;
        TextLayout { shape, packing, encoding, plain_quotes, line_end, preamble }
    }

    /// Drops the beginnings of the columns' values.
    pub fn forget_samples(&mut self) {
        for column in &mut self.columns {
            column.sample = Vec::new();
        }
    }

    /// How many columns it has of its own, which come first.
    #[must_use]
    pub const fn own_columns(&self) -> usize {
        self.columns.len().saturating_sub(self.of_folders)
    }

    /// A reader over some of its columns, by 0-based position.
    ///
    /// # Errors
    /// [`SourceError`] when the file cannot be opened any more.
    pub fn reader(&self, columns: &[usize]) -> Result<SourceReader, SourceError> {
        let own = self.own_columns();
        let is_constant = |column: usize| (own..self.columns.len()).contains(&column);
        let constants =
            columns.iter().enumerate().filter(|(_, column)| is_constant(**column)).map(|(place, column)| {
                let name = &self.columns[*column].name;
                let value =
                    self.place.partition().iter().find(|(key, _)| key == name).and_then(|(_, value)| value.clone());
                (place, value)
            });
        let constants = Constants(constants.collect());
        // A field beyond all columns may be asked for, to see whether rows have one.
        let beyond = |column: usize| if column < own { column } else { column - self.of_folders };
        let columns: Vec<usize> = columns.iter().copied().filter(|column| !is_constant(*column)).map(beyond).collect();
        let part = self.part.as_deref().unwrap_or_default();
        let reader = match self.kind {
            Kind::Columnar(kind) => {
                let path = self.place.path().unwrap_or(Path::new(""));
                Reader::Columnar(Box::new(ColumnarReader::open(path, kind, &columns)?))
            }
            Kind::Table => Reader::Table(TableReader::open(&self.place, part, &columns, BATCH_ROWS)?),
            Kind::Sheet(kind) => Reader::Sheet {
                reader: SheetReader::open(&self.place, kind, part, BATCH_ROWS)?,
                columns,
                from: (self.preamble + usize::from(self.header)) as u64 + 1,
            },
            Kind::Text { shape, packing, encoding } => {
                let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
                let skip = usize::from(self.header && shape != TextShape::JsonLines);
                let layout = self.layout(shape, packing, encoding);
                let reader = TextReader::open(&self.place, layout, skip, &names, &columns);
                Reader::Text(reader.map_err(|source| SourceError::Io { place: self.place.clone(), source })?)
            }
        };
        Ok(SourceReader { place: self.place.clone(), reader, constants })
    }

    /// The 0-based position of a column: by its exact name, its name in another case, or its 1-based position.
    #[must_use]
    pub fn position(&self, wanted: &str) -> Option<usize> {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        position(&names, wanted)
    }
}

fn nowhere() -> Place {
    Place::file("")
}

/// The type that is declared for columns that folders say.
const FOLDER: &str = mark!("by folder");

/// The 0-based position of what the user names: by its exact name, its name in another case, or its 1-based position.
fn position(names: &[impl AsRef<str>], wanted: &str) -> Option<usize> {
    let wanted = wanted.trim();
    let small = wanted.to_lowercase();
    let named = |is: &dyn Fn(&str) -> bool| names.iter().position(|name| is(name.as_ref()));
    let numbered = || wanted.parse().ok().filter(|number| (1..=names.len()).contains(number)).map(|number| number - 1);
    named(&|name| name == wanted).or_else(|| named(&|name| name.to_lowercase() == small)).or_else(numbered)
}

/// Whether a cell of a batch is there and not blank.
#[must_use]
pub fn is_filled(cells: &Cells, row: usize) -> bool {
    match cells {
        Cells::Text(cells) => cells.get(row).is_some_and(|cell| !cell.trim_ascii().is_empty()),
        Cells::Int(values) | Cells::Stamp { values, .. } => values.get(row).is_some(),
        Cells::Float(values) => values.get(row).is_some_and(|value| !value.is_nan()),
        Cells::Decimal { values, .. } => values.get(row).is_some(),
        Cells::Day(values) => values.get(row).is_some(),
    }
}
