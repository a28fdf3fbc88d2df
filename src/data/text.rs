//! Text files: bytes become UTF-8 text, text becomes blocks of whole records, and blocks become columns, each block in any
//! thread. Nothing is UTF-8 for sure until a mapped cell is asked to be.

mod blocks;
pub mod encoding;
mod keys;
pub mod packing;
mod split;
pub mod stream;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;

use blocks::{Block, Blocks, Ends, Room, first_records};
use encoding::Encoding;
pub(super) use keys::{JsonColumns, json_columns};
use packing::Packing;
use split::Splitter;
use stream::TextStream;

use super::batch::Batch;
use super::kind::TextShape;
use super::place::Place;

/// How a text file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLayout {
    /// How columns are told apart.
    pub shape: TextShape,
    /// What it is compressed by.
    pub packing: Packing,
    /// What its characters are written in.
    pub encoding: Encoding,
    /// Whether a quote is nothing but a character.
    pub plain_quotes: bool,
    /// The byte that ends lines: `\n`, or `\r` where there is no other.
    pub line_end: u8,
    /// Lines before the first record: titles above the header.
    pub preamble: usize,
}

/// A stretch of a text file that is not yet taken apart.
#[derive(Debug)]
pub struct TextPiece {
    block: Block,
    /// Records at its beginning that are no rows: the header.
    skip: usize,
    splitter: Arc<Splitter>,
}

impl TextPiece {
    /// Its rows as columns.
    #[must_use]
    pub fn into_batch(self) -> Batch {
        let mut batch = self.splitter.batch(self.block);
        if self.skip > 0 {
            batch.drop_first(self.skip);
        }
        batch
    }
}

/// Reads the chosen columns of a text file, piece by piece.
pub struct TextReader {
    blocks: Blocks,
    splitter: Arc<Splitter>,
    skip: usize,
}

impl TextReader {
    /// Opens a file behind its preamble and so many records more. `columns` are 0-based positions, for JSON lines positions
    /// in `names`.
    ///
    /// # Errors
    /// When the file cannot be opened or its beginning cannot be read.
    pub fn open(
        place: &Place,
        layout: TextLayout,
        skip: usize,
        names: &[String],
        columns: &[usize],
    ) -> io::Result<Self> {
        let (mut blocks, ends) = (layout.blocks(place, Room::of(columns.len()))?, layout.ends());
        blocks.skip_lines(layout.preamble)?;
        Ok(Self { blocks, splitter: Arc::new(Splitter::new(layout.shape, ends, names, columns)), skip })
    }

    /// The next piece, `None` at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read further, or has a record that is none.
    pub fn next_piece(&mut self) -> io::Result<Option<TextPiece>> {
        let block = self.blocks.next()?;
        let skip = std::mem::take(&mut self.skip);
        Ok(block.map(|block| TextPiece { block, skip, splitter: Arc::clone(&self.splitter) }))
    }
}

/// The first records of a text as columns, all of them, so many wide: so many records at most, fewer where they are very
/// wide. `ends`: the text does not end inside of a record.
pub(super) fn sample_batch(layout: TextLayout, mut text: Vec<u8>, width: usize, most: usize, ends: bool) -> Batch {
    /// Lines looked at for each record: records span lines, and blank lines are none.
    const LINES: usize = 4;
    let lines = (most * LINES).min(Room::of(width).lines);
    let end = first_records(&text, layout.ends(), lines);
    let cut = end < text.len();
    text.truncate(end);
    let fields: Vec<usize> = (0..width).collect();
    let has_quotes = layout.quoted().is_some() && memchr::memchr(b'"', &text).is_some();
    let block = Block { bytes: text, first_line: 1, has_quotes, bytes_read: 0 };
    let mut batch = Splitter::new(layout.shape, layout.ends(), &[], &fields).batch(block);
    // A record that is cut off within quotes is none.
    batch.rows -= usize::from(!ends && !cut && has_quotes && batch.rows > 1);
    batch
}

impl TextLayout {
    /// The delimiter of fields that may be quoted.
    const fn quoted(&self) -> Option<u8> {
        match self.shape {
            TextShape::Delimited(delimiter) if !self.plain_quotes => Some(delimiter),
            _ => None,
        }
    }

    const fn ends(&self) -> Ends {
        Ends { line: self.line_end, quoted: self.quoted() }
    }

    /// A file in blocks, from its beginning.
    fn blocks(&self, place: &Place, room: Room) -> io::Result<Blocks> {
        let stream = TextStream::open(place, self.packing, self.encoding)?;
        Ok(Blocks::new(Box::new(stream), self.ends(), room))
    }
}

impl blocks::Stream for TextStream {
    fn bytes_read(&self) -> u64 {
        Self::bytes_read(self)
    }
}
