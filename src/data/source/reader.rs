//! Reading a source: pieces as they come from the file, and batches made of them.

use std::io;

use super::super::batch::{Batch, Cells, SpanColumns};
use super::super::columnar::ColumnarReader;
use super::super::database::TableReader;
use super::super::place::Place;
use super::super::sheet::SheetReader;
use super::super::text::{TextPiece, TextReader};
use super::SourceError;

/// A stretch of a source on its way to columns. What is left to do can be done in any thread.
pub struct Piece {
    content: Content,
    constants: Constants,
}

enum Content {
    Text(TextPiece),
    Batch(Batch),
}

impl Piece {
    /// Its rows as columns.
    #[must_use]
    pub fn into_batch(self) -> Batch {
        let mut batch = match self.content {
            Content::Text(piece) => piece.into_batch(),
            Content::Batch(batch) => batch,
        };
        self.constants.add_to(&mut batch);
        batch
    }
}

/// Columns that have one value for the whole file: those that its folders say.
#[derive(Clone, Debug, Default)]
pub(super) struct Constants(pub(super) Vec<(usize, Option<String>)>);

impl Constants {
    /// Puts them into their places among the columns.
    fn add_to(&self, batch: &mut Batch) {
        for (place, value) in &self.0 {
            let mut column = SpanColumns::new(1, batch.rows);
            let value = value.as_deref().unwrap_or_default();
            if !value.is_empty() {
                (0..batch.rows).for_each(|_| column.push(0, 0, value.len()));
            }
            column.fill(batch.rows);
            let cells = column.over(value.as_bytes().to_vec()).into_iter();
            for cells in cells {
                batch.columns.insert((*place).min(batch.columns.len()), cells);
            }
        }
    }
}

pub(super) enum Reader {
    Text(TextReader),
    Columnar(Box<ColumnarReader>),
    Sheet {
        reader: SheetReader,
        /// The sheet's columns that are wanted.
        columns: Vec<usize>,
        /// The first row that is data, 1-based.
        from: u64,
    },
    Table(TableReader),
}

/// Reads a source.
pub struct SourceReader {
    pub(super) place: Place,
    pub(super) reader: Reader,
    pub(super) constants: Constants,
}

impl SourceReader {
    /// The next piece, `None` at the end.
    ///
    /// # Errors
    /// [`SourceError`] when the file cannot be read further.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, SourceError> {
        let content = match &mut self.reader {
            Reader::Text(reader) => reader.next_piece().map_err(|source| self.io(source))?.map(Content::Text),
            Reader::Columnar(reader) => reader.next_batch()?.map(Content::Batch),
            Reader::Table(reader) => reader.next_batch()?.map(Content::Batch),
            Reader::Sheet { reader, columns, from } => {
                reader.next_batch()?.map(|batch| Content::Batch(below(batch, columns, *from)))
            }
        };
        Ok(content.map(|content| Piece { content, constants: self.constants.clone() }))
    }

    /// The next batch, `None` at the end.
    ///
    /// # Errors
    /// As [`SourceReader::next_piece`].
    pub fn next_batch(&mut self) -> Result<Option<Batch>, SourceError> {
        Ok(self.next_piece()?.map(Piece::into_batch))
    }

    /// The first rows, without decoding much more of a columnar file. Not to be followed by the others.
    pub(super) fn first_rows(mut self, most: usize) -> Result<Option<Batch>, SourceError> {
        match self.reader {
            Reader::Columnar(reader) => {
                let mut batch = reader.first_rows(most)?;
                if let Some(batch) = &mut batch {
                    self.constants.add_to(batch);
                }
                Ok(batch)
            }
            _ => self.next_batch(),
        }
    }

    fn io(&self, source: io::Error) -> SourceError {
        SourceError::Io { place: self.place.clone(), source }
    }
}

/// The chosen columns of a sheet's rows from a row on.
fn below(mut batch: Batch, columns: &[usize], from: u64) -> Batch {
    let rows = batch.rows;
    let above = (0..rows).take_while(|row| batch.row_number(*row) < from).count();
    if above > 0 {
        batch.drop_first(above);
    }
    let rows = batch.rows;
    let missing = || {
        let mut column = SpanColumns::new(1, 0);
        column.fill(rows);
        column.over(Vec::new()).into_iter()
    };
    let chosen = columns.iter().flat_map(|column| match batch.columns.get(*column) {
        Some(cells) => vec![cells.clone()].into_iter(),
        // A sheet may be narrower further down.
        None => missing().collect::<Vec<Cells>>().into_iter(),
    });
    batch.columns = chosen.collect();
    batch
}
