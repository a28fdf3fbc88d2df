//! The keys of NDJSON, which has no header: those of all its objects, because the first refund may stand anywhere, and a key
//! that is not known would be a column that silently counts for nothing.

use std::collections::HashMap;
use std::fmt;
use std::io;

use serde::de::{DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess, Visitor};

use super::super::batch::{Batch, MOST_CELLS};
use super::super::place::Place;
use super::TextLayout;
use super::blocks::{Block, Room};
use super::split::{Splitter, lines};

/// Of each key that the first objects do not have, so many are sampled from where it first appears.
const OF_LATE_KEY: usize = 25;
/// Bytes of the first objects that are sampled, and of the others, beyond which no more are.
const SAMPLE_BYTES: usize = 1 << 20;

/// The columns of an NDJSON file.
pub(in super::super) struct JsonColumns {
    /// Its keys, in the order they first appear.
    pub(in super::super) names: Vec<String>,
    /// A column a key: of the first objects, and of some where a key first appears.
    pub(in super::super) sample: Batch,
}

/// Reads a file to its end for its keys, with a sample of at most so many objects. `None`: it has more than `most_keys`.
///
/// # Errors
/// When it cannot be read.
pub(in super::super) fn json_columns(
    place: &Place,
    layout: TextLayout,
    most_rows: usize,
    most_keys: usize,
) -> io::Result<Option<JsonColumns>> {
    let mut blocks = layout.blocks(place, Room::of(1))?;
    let (mut keys, mut sample) = (Keys::default(), Sample::new(most_rows, layout.line_end));
    while let Some(block) = blocks.next()? {
        lines(&block.bytes, layout.line_end, |line| {
            let line = &block.bytes[line.start..line.end];
            let new = keys.meet(line);
            sample.take(line, new);
        });
        if keys.names.len() > most_keys {
            return Ok(None);
        }
    }
    let names = keys.names;
    let bytes = sample.finish((MOST_CELLS / names.len().max(1)).max(1));
    let fields: Vec<usize> = (0..names.len()).collect();
    let block = Block { bytes, first_line: 1, has_quotes: false, bytes_read: 0 };
    let sample = Splitter::new(layout.shape, layout.ends(), &names, &fields).batch(block);
    Ok(Some(JsonColumns { names, sample }))
}

/// The keys that were met.
#[derive(Default)]
struct Keys {
    names: Vec<String>,
    places: HashMap<String, usize>,
    /// Where the next key of an object stands, if it has the keys of those before it in their order.
    next: usize,
}

impl Keys {
    /// Takes a line's keys. Gives how many are new; a line that is no object has none.
    fn meet(&mut self, line: &[u8]) -> usize {
        let known = self.names.len();
        self.next = 0;
        let mut reader = serde_json::Deserializer::from_slice(line);
        if reader.deserialize_map(Object(self)).and_then(|()| reader.end()).is_err() {
            for name in self.names.drain(known..) {
                self.places.remove(&name);
            }
        }
        self.names.len() - known
    }

    fn key(&mut self, key: &str) {
        if self.names.get(self.next).is_none_or(|name| name != key) {
            let new = self.names.len();
            self.next = self.places.get(key).copied().unwrap_or(new);
            if self.next == new {
                self.names.push(key.to_owned());
                self.places.insert(key.to_owned(), new);
            }
        }
        self.next += 1;
    }
}

/// An object, whose keys are met.
struct Object<'a>(&'a mut Keys);

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        while object.next_key_seed(Key(self.0))?.is_some() {
            object.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// A key, which is met.
struct Key<'a>(&'a mut Keys);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, key: D) -> Result<(), D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<(), E> {
        self.0.key(key);
        Ok(())
    }
}

/// The lines that are sampled.
struct Sample {
    /// Lines at most.
    most: usize,
    line_end: u8,
    /// The first lines.
    first: Lines,
    /// Lines from where a key first appears.
    late: Lines,
    /// How many more of those are wanted.
    wanted: usize,
}

/// Lines end to end, and where each ends.
#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    /// Appends a line, unless there are so many or too many bytes. The first always fits.
    fn take(&mut self, line: &[u8], line_end: u8, most: usize) -> bool {
        let fits = self.ends.len() < most && (self.ends.is_empty() || self.bytes.len() + line.len() < SAMPLE_BYTES);
        if fits {
            self.bytes.extend_from_slice(line);
            self.bytes.push(line_end);
            self.ends.push(self.bytes.len());
        }
        fits
    }

    /// The first so many lines.
    fn first(&self, lines: usize) -> &[u8] {
        let end = lines.min(self.ends.len()).checked_sub(1).map_or(0, |last| self.ends[last]);
        &self.bytes[..end]
    }
}

impl Sample {
    fn new(most: usize, line_end: u8) -> Self {
        Self { most, line_end, first: Lines::default(), late: Lines::default(), wanted: 0 }
    }

    /// Takes a line that has so many new keys.
    fn take(&mut self, line: &[u8], new: usize) {
        if self.late.ends.is_empty() && self.first.take(line, self.line_end, self.most) {
            return;
        }
        if new > 0 {
            self.wanted = OF_LATE_KEY;
        }
        if self.wanted > 0 {
            self.wanted -= 1;
            self.late.take(line, self.line_end, self.most / 4);
        }
    }

    /// At most so many lines, in the order of the file.
    fn finish(self, most: usize) -> Vec<u8> {
        let most = most.min(self.most);
        let late = self.late.ends.len().min(most / 2);
        [self.first.first(most - late), self.late.first(late)].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::kind::TextShape;
    use super::super::encoding::Encoding;
    use super::super::packing::Packing;
    use super::*;

    /// Keys and sampled rows.
    type Found = (Vec<String>, Vec<Vec<String>>);

    fn columns(text: &str, line_end: u8, most_keys: usize) -> io::Result<Option<Found>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.ndjson");
        std::fs::write(&path, text)?;
        let (shape, packing, encoding) = (TextShape::JsonLines, Packing::None, Encoding::UTF_8);
        let layout = TextLayout { shape, packing, encoding, plain_quotes: false, line_end, preamble: 0 };
        let found = json_columns(&Place::file(path), layout, 40, most_keys)?;
        let rows = |batch: &Batch| {
            (0..batch.rows).map(|row| batch.columns.iter().map(|cells| cells.text(row)).collect()).collect()
        };
        Ok(found.map(|found| (found.names, rows(&found.sample))))
    }

    #[test]
    fn keys_are_those_of_all_objects_and_late_ones_are_sampled() -> io::Result<()> {
        for (line_end, end) in [(b'\n', "\n"), (b'\n', "\r\n"), (b'\r', "\r")] {
            let early = format!("{{\"b\":1,\"a\":{{\"x\":[2]}}}}{end}");
            // Of a line that is no object, no key is one.
            let late = format!("{{\"a\":\"q\",\"torn\":1{end}{{\"a\":3,\"k\\u00e9\":-4,\"b\":null}}{end}");
            let text = early.repeat(30_000) + &late + &early.repeat(30_000);
            let Some((names, sample)) = columns(&text, line_end, 3)? else { return Err(io::ErrorKind::Other.into()) };
            assert_eq!(names, ["b", "a", "ké"]);
            assert_eq!(
                (sample.len(), &sample[0]),
                (40, &vec!["1".to_owned(), "{\"x\":[2]}".to_owned(), String::new()])
            );
            assert_eq!(sample.iter().filter(|row| **row == ["", "3", "-4"]).count(), 1);
            assert_eq!(columns(&text, line_end, 2)?, None);
        }
        Ok(())
    }
}
