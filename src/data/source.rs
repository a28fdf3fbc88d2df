//! A file as a source of batches: its kind, its columns, a sample of its rows, and readers over chosen columns.

mod header;
mod reader;

use std::io::{self, Read};
use std::path::Path;

use memchr::{memchr, memrchr};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use reader::{Piece, SourceReader};

use self::header::top;
use self::reader::{Constants, Reader};
use super::archive::{ArchiveError, ZipKind, what_zip};
use super::batch::{Batch, Cells};
use super::columnar::{self, ColumnarError, ColumnarReader};
use super::database::{self, DatabaseError, TableReader};
use super::kind::{self, Kind, Magic, TextShape};
use super::place::Place;
use super::sheet::{self, SheetError, SheetReader, WorkbookKind};
use super::text::encoding::{Encoding, detect};
use super::text::packing::Packing;
use super::text::stream::{TextStream, sample};
use super::text::{JsonColumns, TextLayout, TextReader, json_columns, sample_batch};

/// Bytes looked at to tell encoding, shape, header and roles.
const SAMPLE_BYTES: usize = 256 * 1024;
/// The same where not even one record ends within those.
const LARGE_SAMPLE_BYTES: usize = 16 * 1024 * 1024;
/// Rows of the sample at most.
pub const SAMPLE_ROWS: usize = 1_000;
/// Columns of the widest text that is believed.
const WIDEST: usize = 16_384;
/// Rows that are read from a sheet or table at a time.
const BATCH_ROWS: usize = 16_384;

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
    /// The type the file declares; empty for text files.
    pub declared: String,
    /// The first values as text, empty where missing. They are for settling roles, and not kept.
    #[serde(skip)]
    pub sample: Vec<String>,
}

/// A file that can be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Where it is. It is not kept with the rest: whoever opens it knows.
    #[serde(skip, default = "nowhere")]
    pub place: Place,
    /// Its kind.
    pub kind: Kind,
    /// Its size in bytes.
    pub bytes: u64,
    /// Rows, where the file tells without being read.
    pub rows: Option<u64>,
    /// Its columns; behind its own those that its folders say.
    pub columns: Vec<SourceColumn>,
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
    /// How the encoding was told.
    pub encoding_evidence: String,
}

impl Source {
    /// Looks at a file: tells its kind by content and samples its first rows.
    ///
    /// # Errors
    /// [`SourceError`] naming the file, what is wrong and what to do.
    pub fn open(place: &Place, options: &TextOptions) -> Result<Self, SourceError> {
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
        match (kind::magic(&head), place.path()) {
            (Magic::Columnar(kind), Some(_)) => Self::columnar(place, kind, bytes),
            (Magic::Zip, _) => match what_zip(place)? {
                ZipKind::Workbook(kind) => Self::workbook(place, kind, bytes, options),
                ZipKind::Archive => {
                    Err(SourceError::Unsupported { place: place.clone(), what: "an archive in an archive" })
                }
            },
            (Magic::OldWorkbook, _) => Self::workbook(place, WorkbookKind::Xls, bytes, options),
            (Magic::Database, Some(_)) => Self::database(place, bytes, options),
            (Magic::Unsupported(what), _) => Err(SourceError::Unsupported { place: place.clone(), what }),
            _ => Self::text(place, Packing::of(&head), bytes, options),
        }
    }

    fn new(place: &Place, kind: Kind, bytes: u64) -> Self {
        Self {
            place: place.clone(),
            kind,
            bytes,
            rows: None,
            columns: Vec::new(),
            header: true,
            plain_quotes: false,
            line_end: b'\n',
            preamble: 0,
            part: None,
            encoding_evidence: String::new(),
        }
    }

    fn columnar(place: &Place, kind: columnar::ColumnarKind, bytes: u64) -> Result<Self, SourceError> {
        let schema = columnar::schema(place.path().unwrap_or(Path::new("")), kind)?;
        let columns = schema.names.into_iter().zip(schema.types);
        let columns = columns.map(|(name, declared)| SourceColumn { name, declared, sample: Vec::new() }).collect();
        Self { rows: schema.rows, columns, ..Self::new(place, Kind::Columnar(kind), bytes) }
            .with_partition()
            .with_samples()
    }

    fn database(place: &Place, bytes: u64, options: &TextOptions) -> Result<Self, SourceError> {
        let mut tables = database::tables(place)?;
        let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
        let wanted = chosen(&names, options.sheet.as_deref());
        let filled = || tables.iter().position(|table| !table.view && table.rows != Some(0));
        let one = tables.iter().filter(|table| !table.view && table.rows != Some(0)).count() == 1;
        let position = wanted.or_else(|| filled().filter(|_| one && options.sheet.is_none()));
        let Some(position) = position else {
            return Err(SourceError::Several { place: place.clone(), what: "table", names });
        };
        let table = tables.swap_remove(position);
        let column = |column: database::TableColumn| SourceColumn {
            name: column.name,
            declared: column.declared,
            sample: Vec::new(),
        };
        let columns = table.columns.into_iter().map(column).collect();
        let source = Self { rows: table.rows, columns, part: Some(table.name), ..Self::new(place, Kind::Table, bytes) };
        let source = source.with_partition().with_samples()?;
        source.with_rows()
    }

    fn workbook(place: &Place, kind: WorkbookKind, bytes: u64, options: &TextOptions) -> Result<Self, SourceError> {
        let sheets = sheet::sheets(place, kind)?;
        let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        if let Some(position) = chosen(&names, options.sheet.as_deref()) {
            return Self::sheet(place, kind, &names[position], bytes, options);
        }
        let several = |names| SourceError::Several { place: place.clone(), what: "sheet", names };
        if options.sheet.is_some() {
            return Err(several(names));
        }
        // The one sheet that can be a table of sales is meant: most workbooks have notes and empty sheets besides.
        let shown = sheets.into_iter().filter(|sheet| sheet.visible && sheet.rows != Some(0));
        let mut found = Vec::new();
        let mut empty = None;
        for sheet in shown {
            match Self::sheet(place, kind, &sheet.name, bytes, options) {
                Ok(source) => found.push(source),
                Err(error @ (SourceError::Empty { .. } | SourceError::NoRows { .. })) => empty = Some(error),
                Err(error) => return Err(error),
            }
        }
        if found.len() > 1 {
            let sales: Vec<bool> = found.iter().map(Self::looks_like_sales).collect();
            if sales.iter().filter(|sales| **sales).count() == 1 {
                let mut sales = sales.into_iter();
                found.retain(|_| sales.next().unwrap_or_default());
            }
        }
        match (found.len(), empty) {
            (1, _) => Ok(found.swap_remove(0)),
            (0, Some(error)) => Err(error),
            (0, None) => Err(SourceError::Empty { place: place.clone() }),
            _ => Err(several(found.into_iter().filter_map(|source| source.part).collect())),
        }
    }

    /// Whether there are columns for a date, a customer and an amount.
    fn looks_like_sales(&self) -> bool {
        super::mapping::is_complete(self)
    }

    fn sheet(
        place: &Place,
        kind: WorkbookKind,
        name: &str,
        bytes: u64,
        options: &TextOptions,
    ) -> Result<Self, SourceError> {
        let mut reader = SheetReader::open(place, kind, name, SAMPLE_ROWS)?;
        let Some(batch) = reader.next_batch()? else { return Err(SourceError::Empty { place: place.clone() }) };
        let source = Self { part: Some(name.to_owned()), ..Self::new(place, Kind::Sheet(kind), bytes) };
        source.with_records(&batch, options)
    }

    fn text(place: &Place, packing: Packing, bytes: u64, options: &TextOptions) -> Result<Self, SourceError> {
        let io = |source| SourceError::Io { place: place.clone(), source };
        let (raw, whole) = sample(place, packing, SAMPLE_BYTES).map_err(io)?;
        if raw.trim_ascii().is_empty() && whole {
            return Err(SourceError::Empty { place: place.clone() });
        }
        let (encoding, evidence) = match options.encoding {
            Some(encoding) => (encoding, "chosen".to_owned()),
            None => match detect(&raw, whole) {
                Ok(detected) => (detected.encoding, detected.evidence),
                Err(why) => return Err(SourceError::NotText { place: place.clone(), why: why.to_string() }),
            },
        };
        let mut text = beginning(place, packing, encoding, SAMPLE_BYTES).map_err(io)?;
        let mut whole = text.len() < SAMPLE_BYTES;
        if !whole && memchr(b'\n', &text).or_else(|| memchr(b'\r', &text)).is_none() {
            text = beginning(place, packing, encoding, LARGE_SAMPLE_BYTES).map_err(io)?;
            whole = text.len() < LARGE_SAMPLE_BYTES;
        }
        if text.trim_ascii().is_empty() && whole {
            return Err(SourceError::Empty { place: place.clone() });
        }
        if let Some(what) = kind::not_our_text(&text) {
            return Err(SourceError::Unsupported { place: place.clone(), what });
        }
        let line_end = if memchr(b'\n', &text).is_none() && memchr(b'\r', &text).is_some() { b'\r' } else { b'\n' };
        if !whole && let Some(end) = memrchr(line_end, &text) {
            text.truncate(end + 1);
        }
        let shape = options.delimiter.map_or_else(|| kind::text_shape(&text, line_end), TextShape::Delimited);
        let kind = Kind::Text { shape, packing, encoding };
        let plain_quotes = options.plain_quotes;
        let source = Self { plain_quotes, line_end, encoding_evidence: evidence, ..Self::new(place, kind, bytes) };
        let layout = source.layout(shape, packing, encoding);
        if shape == TextShape::JsonLines {
            return source.with_keys(layout);
        }
        let width = kind::widest(&text, shape, line_end, !plain_quotes).clamp(1, WIDEST);
        source.with_records(&sample_batch(layout, text, width, SAMPLE_ROWS, whole), options)
    }

    /// Columns from the keys of objects.
    fn with_keys(mut self, layout: TextLayout) -> Result<Self, SourceError> {
        let columns = json_columns(&self.place, layout, SAMPLE_ROWS, WIDEST);
        let columns = columns.map_err(|source| SourceError::Io { place: self.place.clone(), source })?;
        let Some(JsonColumns { names, sample }) = columns else {
            let what = "NDJSON with more than 16,384 different keys, so that they are values and no names of columns; \
                give all its objects the same keys";
            return Err(SourceError::Unsupported { place: self.place, what });
        };
        let texts = |cells: &Cells| (0..sample.rows).map(|row| cells.text(row)).collect();
        let column = |(name, cells)| SourceColumn { name, declared: String::new(), sample: texts(cells) };
        self.columns = names.into_iter().zip(&sample.columns).map(column).collect();
        self.with_partition().with_rows()
    }

    /// Columns from the first records, all of them text: titles, names, and the beginning of the data.
    fn with_records(mut self, batch: &Batch, options: &TextOptions) -> Result<Self, SourceError> {
        let rows = batch.rows.min(SAMPLE_ROWS);
        let records: Vec<Vec<String>> =
            (0..rows).map(|row| batch.columns.iter().map(|cells| cells.text(row)).collect()).collect();
        let said = options.skip_lines.map(|lines| lines as u64 + 1);
        let first = said.map_or(0, |line| (0..rows).take_while(|row| batch.row_number(*row) < line).count());
        let mut top = top(&records[first..], options.header);
        if said.is_some() {
            // The user's word stands: no further titles.
            top.header = options.header.unwrap_or(top.header || super::columns::names_columns(&records[first..]));
            top.titles = 0;
        }
        let first = first + top.titles;
        self.preamble = batch.row_number(first.min(rows.saturating_sub(1))) as usize - 1;
        self.header = top.header;
        let data = first + usize::from(top.header);
        if data >= rows {
            return Err(SourceError::NoRows { place: self.place });
        }
        let width = records[first..].iter().map(|record| last_filled(record)).max().unwrap_or_default().max(1);
        let named = records.get(first).filter(|_| top.header);
        self.columns = (0..width)
            .map(|column| SourceColumn {
                name: named
                    .map(|names| clean(&names[column]))
                    .filter(|name| !name.is_empty())
                    .unwrap_or_else(|| format!("column {}", column + 1)),
                declared: String::new(),
                sample: records[data..].iter().map(|record| record[column].clone()).collect(),
            })
            .collect();
        Ok(self.with_partition())
    }

    /// Appends the columns that its folders say, which have a sample at once.
    fn with_partition(mut self) -> Self {
        let rows = self.columns.first().map_or(0, |column| column.sample.len());
        for (name, value) in self.place.partition() {
            // A file that has the column itself knows it better.
            if !self.columns.iter().any(|column| column.name == *name) {
                let sample = vec![value.clone().unwrap_or_default(); rows];
                self.columns.push(SourceColumn { name: name.clone(), declared: FOLDER.to_owned(), sample });
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

    /// A reader over some of its columns, by 0-based position.
    ///
    /// # Errors
    /// [`SourceError`] when the file cannot be opened any more.
    pub fn reader(&self, columns: &[usize]) -> Result<SourceReader, SourceError> {
        let of_folders: Vec<&SourceColumn> = self.columns.iter().filter(|column| column.declared == FOLDER).collect();
        let own = self.columns.len() - of_folders.len();
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
        let beyond = |column: usize| if column < own { column } else { column - of_folders.len() };
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

fn nowhere() -> Place {
    Place::file("")
}

/// A header cell as a name: no control characters, no blanks around it.
fn clean(name: &str) -> String {
    const LONGEST: usize = 120;
    name.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}

/// The type that is declared for columns that folders say.
const FOLDER: &str = "by folder";

/// The beginning of a text.
fn beginning(place: &Place, packing: Packing, encoding: Encoding, bytes: usize) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    TextStream::open(place, packing, encoding)?.take(bytes as u64).read_to_end(&mut text)?;
    Ok(text)
}

/// Cells of a record up to the last that is filled.
fn last_filled(record: &[String]) -> usize {
    record.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
}

/// The position of what the user names, by name, name in another case, or 1-based position.
fn chosen(names: &[String], wanted: Option<&str>) -> Option<usize> {
    let wanted = wanted?.trim();
    let named = |same: &dyn Fn(&str) -> bool| names.iter().position(|name| same(name));
    named(&|name| name == wanted).or_else(|| named(&|name| name.to_lowercase() == wanted.to_lowercase())).or_else(
        || {
            let position: usize = wanted.parse().ok()?;
            (1..=names.len()).contains(&position).then(|| position - 1)
        },
    )
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
