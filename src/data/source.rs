//! A file as a source of batches: its kind, its columns, a sample of its rows, and readers over chosen columns.

use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

use super::batch::{Batch, Cells};
use super::columnar::{self, ColumnarError, ColumnarReader};
use super::columns::looks_like_header;
use super::kind::{self, Kind, Magic, TextShape};
use super::place::Place;
use super::text::{Input, TextLayout, TextReader};

/// Bytes looked at to tell shape, header and roles.
const SAMPLE_BYTES: usize = 256 * 1024;
/// Rows of the sample at most.
pub const SAMPLE_ROWS: usize = 1_000;

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
    /// A kind of file that is known and not read.
    #[error("{place} is {what}")]
    Unsupported {
        /// The file.
        place: Place,
        /// What it is and what to do.
        what: &'static str,
    },
    /// A columnar file's own trouble.
    #[error(transparent)]
    Columnar(#[from] ColumnarError),
}

/// What the user says of text files, where detection is not wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether the first line names the columns; `None`: told by content.
    pub header: Option<bool>,
    /// The delimiter; `None`: told by content.
    pub delimiter: Option<u8>,
    /// Whether a quote is nothing but a character.
    pub plain_quotes: bool,
}

/// A column with the beginning of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceColumn {
    /// Its name; `column 3` where the file names none.
    pub name: String,
    /// The type the file declares; empty for text files.
    pub declared: String,
    /// The first values as text, empty where missing.
    pub sample: Vec<String>,
}

/// A file that can be read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is.
    pub place: Place,
    /// Its kind.
    pub kind: Kind,
    /// Its size in bytes.
    pub bytes: u64,
    /// Rows, where the file tells without being read.
    pub rows: Option<u64>,
    /// Its columns.
    pub columns: Vec<SourceColumn>,
    /// Whether a text file's first line names the columns.
    pub header: bool,
    /// Whether a quote is nothing but a character.
    pub plain_quotes: bool,
}

impl Source {
    /// Looks at a file: tells its kind by content and samples its first rows.
    ///
    /// # Errors
    /// [`SourceError`] naming the file, what is wrong and what to do.
    pub fn open(place: &Place, options: TextOptions) -> Result<Self, SourceError> {
        let io = |source| SourceError::Io { place: place.clone(), source };
        let bytes = place.size().map_err(io)?;
        if place.is_folder() {
            return Err(SourceError::Folder { place: place.clone() });
        }
        if place.is_endless() {
            return Err(SourceError::Endless { place: place.clone() });
        }
        let mut head = Vec::new();
        place.open().and_then(|file| file.take(8).read_to_end(&mut head)).map_err(io)?;
        let gzip = match (kind::magic(&head), place.path()) {
            (Magic::Columnar(kind), Some(_)) => return Self::columnar(place, kind, bytes),
            (Magic::Unsupported(what), _) => return Err(SourceError::Unsupported { place: place.clone(), what }),
            (Magic::Gzip, _) => true,
            _ => false,
        };
        let mut input = Input::open(place, gzip).map_err(io)?;
        input.fill_to(SAMPLE_BYTES).map_err(io)?;
        let sample = input.available();
        if sample.trim_ascii().is_empty() {
            return Err(SourceError::Empty { place: place.clone() });
        }
        if let Some(what) = kind::not_our_text(sample) {
            return Err(SourceError::Unsupported { place: place.clone(), what });
        }
        let shape = options.delimiter.map_or_else(|| kind::text_shape(sample), TextShape::Delimited);
        let kind = Kind::Text { shape, gzip };
        let source = Self {
            place: place.clone(),
            kind,
            bytes,
            rows: None,
            columns: Vec::new(),
            header: false,
            plain_quotes: options.plain_quotes,
        };
        match shape {
            TextShape::JsonLines => source.with_json_columns(sample),
            TextShape::Delimited(_) | TextShape::Blanks => source.with_text_columns(options.header),
        }
    }

    fn columnar(place: &Place, kind: columnar::ColumnarKind, bytes: u64) -> Result<Self, SourceError> {
        let schema = columnar::schema(place.path().unwrap_or(Path::new("")), kind)?;
        let types = schema.types.into_iter();
        let columns = schema.names.into_iter().zip(types);
        let columns = columns.map(|(name, declared)| SourceColumn { name, declared, sample: Vec::new() }).collect();
        let source = Self {
            place: place.clone(),
            kind: Kind::Columnar(kind),
            bytes,
            rows: schema.rows,
            columns,
            header: true,
            plain_quotes: false,
        };
        source.with_samples()
    }

    fn with_json_columns(mut self, sample: &[u8]) -> Result<Self, SourceError> {
        let names = super::text::json_keys(sample);
        self.columns = names.into_iter().map(unsampled).collect();
        self.header = true;
        self.with_samples()
    }

    /// Columns of delimited text: as many as the widest record of the sample has, named by the first record if it is a
    /// header.
    fn with_text_columns(mut self, header: Option<bool>) -> Result<Self, SourceError> {
        let width = self.width()?;
        self.columns = (1..=width).map(|position| unsampled(format!("column {position}"))).collect();
        self = self.with_samples()?;
        let first: Vec<String> =
            self.columns.iter().map(|column| column.sample.first().cloned().unwrap_or_default()).collect();
        self.header = header.unwrap_or_else(|| looks_like_header(&first, &self.columns));
        if self.header {
            for (column, name) in self.columns.iter_mut().zip(first) {
                // A file that is replaced while it is read may have lost its rows.
                if !column.sample.is_empty() {
                    column.sample.remove(0);
                }
                if !name.trim().is_empty() {
                    column.name = clean(&name);
                }
            }
        }
        if self.columns.iter().all(|column| column.sample.is_empty()) {
            return Err(SourceError::NoRows { place: self.place });
        }
        Ok(self)
    }

    /// The fields of the widest of the first records.
    fn width(&self) -> Result<usize, SourceError> {
        const WIDEST: usize = 16_384;
        let io = |source| SourceError::Io { place: self.place.clone(), source };
        let mut input = Input::open(&self.place, self.gzip()).map_err(io)?;
        let delimiter = match self.kind {
            Kind::Text { shape: TextShape::Delimited(delimiter), .. } => Some(delimiter),
            _ => None,
        };
        let mut widest = 1;
        for _ in 0..20 {
            let Some(line) = input.next_line().map_err(io)? else { break };
            let width = match delimiter {
                Some(delimiter) => {
                    let mut builder = csv::ReaderBuilder::new();
                    let builder = builder.delimiter(delimiter).has_headers(false).quoting(!self.plain_quotes);
                    let reader = builder.from_reader(line);
                    reader.into_byte_records().next().and_then(Result::ok).map_or(0, |record| record.len())
                }
                None => line.split(u8::is_ascii_whitespace).filter(|field| !field.is_empty()).count(),
            };
            widest = widest.max(width.min(WIDEST));
        }
        Ok(widest)
    }

    fn gzip(&self) -> bool {
        matches!(self.kind, Kind::Text { gzip: true, .. })
    }

    fn with_samples(mut self) -> Result<Self, SourceError> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let Some(batch) = self.reader(&all)?.first_rows(SAMPLE_ROWS)? else { return Ok(self) };
        for (column, cells) in self.columns.iter_mut().zip(&batch.columns) {
            column.sample = (0..batch.rows).map(|row| cells.text(row)).collect();
        }
        Ok(self)
    }

    /// Drops the beginnings of the columns' values.
    pub fn forget_samples(&mut self) {
        for column in &mut self.columns {
            column.sample = Vec::new();
        }
    }

    /// A reader over some of its columns, by 0-based position.
    ///
    /// # Errors
    /// [`SourceError`] when the file cannot be opened any more.
    pub fn reader(&self, columns: &[usize]) -> Result<SourceReader, SourceError> {
        let reader = match (self.kind, &self.place) {
            (Kind::Columnar(kind), place) => {
                let path = place.path().unwrap_or(Path::new(""));
                Reader::Columnar(Box::new(ColumnarReader::open(path, kind, columns)?))
            }
            (Kind::Text { shape, gzip }, place) => {
                let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
                let skip = usize::from(self.header && shape != TextShape::JsonLines);
                let layout = TextLayout { shape, gzip, plain_quotes: self.plain_quotes, skip };
                let reader = TextReader::open(place, layout, &names, columns);
                Reader::Text(reader.map_err(|source| SourceError::Io { place: self.place.clone(), source })?)
            }
        };
        Ok(SourceReader { place: self.place.clone(), reader })
    }

    /// The 0-based position of a column: by its exact name, its name in another case, or its 1-based position.
    #[must_use]
    pub fn position(&self, wanted: &str) -> Option<usize> {
        let wanted = wanted.trim();
        let named = |same: &dyn Fn(&str) -> bool| self.columns.iter().position(|column| same(&column.name));
        named(&|name| name == wanted).or_else(|| named(&|name| name.to_lowercase() == wanted.to_lowercase())).or_else(
            || {
                let position: usize = wanted.parse().ok()?;
                (1..=self.columns.len()).contains(&position).then(|| position - 1)
            },
        )
    }
}

fn unsampled(name: String) -> SourceColumn {
    SourceColumn { name, declared: String::new(), sample: Vec::new() }
}

/// A header cell as a name: no control characters, no blanks around it.
fn clean(name: &str) -> String {
    const LONGEST: usize = 120;
    name.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}

enum Reader {
    Text(TextReader),
    Columnar(Box<ColumnarReader>),
}

/// Reads a source batch by batch.
pub struct SourceReader {
    place: Place,
    reader: Reader,
}

impl SourceReader {
    /// The next batch, `None` at the end.
    ///
    /// # Errors
    /// [`SourceError`] when the file cannot be read further.
    pub fn next_batch(&mut self) -> Result<Option<Batch>, SourceError> {
        match &mut self.reader {
            Reader::Text(reader) => reader.next_batch().map_err(|source| self.io(source)),
            Reader::Columnar(reader) => Ok(reader.next_batch()?),
        }
    }

    /// The first rows, at most so many.
    fn first_rows(mut self, most: usize) -> Result<Option<Batch>, SourceError> {
        match self.reader {
            Reader::Text(ref mut reader) => reader.next_rows(most).map_err(|source| self.io(source)),
            Reader::Columnar(reader) => Ok(reader.first_rows(most)?),
        }
    }

    fn io(&self, source: io::Error) -> SourceError {
        SourceError::Io { place: self.place.clone(), source }
    }
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
