//! Opening a source: its kind is told by content, its columns are named, and their first values are sampled.

use std::io::{self, Read};
use std::path::Path;

use memchr::{memchr, memrchr};

use super::super::archive::{ZipKind, what_zip};
use super::super::batch::{Batch, Cells};
use super::super::columnar::{self, ColumnarKind};
use super::super::columns::names_columns;
use super::super::database;
use super::super::kind::{self, Kind, Magic, TextShape};
use super::super::mapping::is_complete;
use super::super::place::Place;
use super::super::seen::Seen;
use super::super::sheet::{self, SheetReader, WorkbookKind};
use super::super::text::encoding::{Detected, Encoding, detect};
use super::super::text::packing::Packing;
use super::super::text::stream::{TextStream, sample};
use super::super::text::{JsonColumns, TextLayout, json_columns, sample_batch};
use super::header::top;
use super::{SAMPLE_ROWS, Source, SourceColumn, SourceError, TextOptions, position};
use crate::mark;

/// Bytes looked at to tell encoding, shape, header and roles.
const SAMPLE_BYTES: usize = 256 * 1024;
/// The same where not even one record ends within those.
const LARGE_SAMPLE_BYTES: usize = 16 * 1024 * 1024;
/// Columns of the widest text that is believed.
const WIDEST: usize = 16_384;

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
                    Err(SourceError::Unsupported { place: place.clone(), what: mark!("an archive in an archive") })
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
            seen: Seen::of(place),
            kind,
            bytes,
            rows: None,
            columns: Vec::new(),
            of_folders: 0,
            header: true,
            plain_quotes: false,
            line_end: b'\n',
            preamble: 0,
            part: None,
        }
    }

    fn columnar(place: &Place, kind: ColumnarKind, bytes: u64) -> Result<Self, SourceError> {
        let schema = columnar::schema(place.path().unwrap_or(Path::new("")), kind)?;
        let columns = schema.names.into_iter().zip(schema.types);
        let columns = columns.map(|(name, declared)| SourceColumn::named(name, declared)).collect();
        Self { rows: schema.rows, columns, ..Self::new(place, Kind::Columnar(kind), bytes) }
            .with_partition()
            .with_samples()
    }

    fn database(place: &Place, bytes: u64, options: &TextOptions) -> Result<Self, SourceError> {
        let mut tables = database::tables(place)?;
        let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
        let wanted = options.sheet.as_deref().and_then(|wanted| position(&names, wanted));
        let filled = || tables.iter().position(|table| !table.view && table.rows != Some(0));
        let one = tables.iter().filter(|table| !table.view && table.rows != Some(0)).count() == 1;
        let Some(table) = wanted.or_else(|| filled().filter(|_| one && options.sheet.is_none())) else {
            return Err(SourceError::Several { place: place.clone(), what: "table", names });
        };
        let table = tables.swap_remove(table);
        let columns = table.columns.into_iter().map(|column| SourceColumn::named(column.name, column.declared));
        let columns = columns.collect();
        let source = Self { rows: table.rows, columns, part: Some(table.name), ..Self::new(place, Kind::Table, bytes) };
        let source = source.with_partition().with_samples()?;
        source.with_rows()
    }

    fn workbook(place: &Place, kind: WorkbookKind, bytes: u64, options: &TextOptions) -> Result<Self, SourceError> {
        let sheets = sheet::sheets(place, kind)?;
        let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        if let Some(sheet) = options.sheet.as_deref().and_then(|wanted| position(&names, wanted)) {
            return Self::sheet(place, kind, &names[sheet], bytes, options);
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
        is_complete(self)
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
        let encoding = match options.encoding {
            Some(encoding) => encoding,
            None => match detect(&raw, whole) {
                Ok(Detected { encoding, evidence, .. }) => {
                    tracing::debug!(%place, %encoding, "encoding told by {evidence}");
                    encoding
                }
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
        let source = Self { plain_quotes, line_end, ..Self::new(place, kind, bytes) };
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
            let what = mark!(
                "NDJSON with more than 16,384 different keys, so that they are values and no names of columns; give all \
                 its objects the same keys"
            );
            return Err(SourceError::Unsupported { place: self.place, what });
        };
        let texts = |cells: &Cells| (0..sample.rows).map(|row| cells.text(row)).collect();
        let column = |(name, cells)| SourceColumn { sample: texts(cells), ..SourceColumn::named(name, String::new()) };
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
            top.header = options.header.unwrap_or(top.header || names_columns(&records[first..]));
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
            .map(|column| {
                let name = named.map(|names| clean(&names[column])).filter(|name| !name.is_empty());
                SourceColumn {
                    named: name.is_some(),
                    name: name.unwrap_or_else(|| format!("column {}", column + 1)),
                    declared: String::new(),
                    sample: records[data..].iter().map(|record| record[column].clone()).collect(),
                }
            })
            .collect();
        Ok(self.with_partition())
    }
}

/// A header cell as a name: no control characters, no blanks around it.
fn clean(name: &str) -> String {
    const LONGEST: usize = 120;
    name.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}

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
