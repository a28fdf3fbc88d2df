use std::io::{self, Read};

use super::super::batch::MOST_CELLS;
use super::blocks::{Blocks, Ends, Room, Stream};
use super::split::Splitter;
use super::*;

/// Text in memory, given out in pieces of odd sizes.
struct Bytes {
    text: Vec<u8>,
    at: usize,
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = (self.at % 7 + 1).min(buffer.len()).min(self.text.len() - self.at);
        buffer[..most].copy_from_slice(&self.text[self.at..self.at + most]);
        self.at += most;
        Ok(most)
    }
}

impl Stream for Bytes {
    fn bytes_read(&self) -> u64 {
        self.at as u64
    }
}

/// A random number below a bound.
fn below(state: &mut u64, bound: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state % bound as u64) as usize
}

/// A text of what CSV files are made of, in any order.
fn text(state: &mut u64, delimiter: char, end: &str) -> String {
    let stray = if end == "\r" { "x" } else { "\r" };
    let pieces =
        ["a", "bc", "é", " ", "\"", "\"\"", "\"a\"", "\"x\"\"y\"", stray, "1", "longer words with blanks between them"];
    let mut text = String::new();
    for _ in 0..below(state, 60) {
        match below(state, 10) {
            0..=2 => text.push(delimiter),
            3 | 4 => text += end,
            // A field in quotes as it should be, with a delimiter and a line end in it.
            5 => text.extend([
                &*delimiter.to_string(),
                "\"p",
                &delimiter.to_string(),
                end,
                "\"\"q\"",
                &delimiter.to_string(),
            ]),
            _ => text += pieces[below(state, pieces.len())],
        }
    }
    text
}

/// A row: the line that it begins on, and its fields, missing ones as `None`.
type Row = (u64, Vec<Option<Vec<u8>>>);

/// The rows by blocks of a size; the error where a quote stays open.
fn by_blocks(text: &str, delimiter: u8, line: u8, room: Room, width: usize) -> Result<Vec<Row>, String> {
    let ends = Ends { line, quoted: Some(delimiter) };
    let stream = Box::new(Bytes { text: text.as_bytes().to_vec(), at: 0 });
    let mut blocks = Blocks::new(stream, ends, room);
    let fields: Vec<usize> = (0..width).collect();
    let splitter = Splitter::new(TextShape::Delimited(delimiter), ends, &[], &fields);
    let mut rows = Vec::new();
    while let Some(block) = blocks.next().map_err(|error| error.to_string())? {
        let batch = splitter.batch(block);
        for row in 0..batch.rows {
            let field = |cells: &super::super::batch::Cells| match cells {
                super::super::batch::Cells::Text(cells) => cells.get(row).map(<[u8]>::to_vec),
                _ => None,
            };
            rows.push((batch.row_number(row), batch.columns.iter().map(field).collect()));
        }
    }
    Ok(rows)
}

/// The rows as the csv crate reads them from the whole text: of each record's last field a CR is the line end's, and a
/// record of nothing else is a blank line.
fn by_csv(text: &str, delimiter: u8, line: u8, width: usize) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(delimiter).terminator(csv::Terminator::Any(line)).has_headers(false).flexible(true);
    let records = reader.from_reader(text.as_bytes()).into_byte_records().filter_map(Result::ok);
    let row = |record: csv::ByteRecord| {
        let mut fields: Vec<Option<Vec<u8>>> = record.iter().map(|field| Some(field.to_vec())).collect();
        if let Some(Some(last)) = fields.last_mut() {
            last.truncate(last.strip_suffix(b"\r").map_or(last.len(), <[u8]>::len));
        }
        if matches!(&*fields, [Some(only)] if only.is_empty())
            && record.iter().all(|field| field == b"\r" || field.is_empty())
        {
            return None;
        }
        let at = record.position().map_or(0, csv::Position::byte) as usize;
        // The csv crate begins a record before the blank lines above it.
        let blank = text.as_bytes()[at..].iter().take_while(|byte| **byte == line).count();
        let before = memchr::memchr_iter(line, &text.as_bytes()[..at + blank]).count();
        fields.resize(width, None);
        Some((before as u64 + 1, fields))
    };
    records.filter_map(row).collect()
}

/// The line with a quote that opens a field and is not closed, byte by byte: the text ends in it, or what follows the quote
/// that ends it cannot follow a field, and lines end between.
fn open_quote(text: &str, delimiter: u8, line: u8) -> Option<u64> {
    let bytes = text.as_bytes();
    let line_at = |at: usize| memchr::memchr_iter(line, &bytes[..at]).count() as u64 + 1;
    let (mut at, mut begins) = (0, true);
    while at < bytes.len() {
        if !(begins && bytes[at] == b'"') {
            begins = bytes[at] == delimiter || bytes[at] == line;
            at += 1;
            continue;
        }
        let opened = at;
        at += 1;
        let closed = loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (None, _) => break false,
                (Some(b'"'), Some(b'"')) => at += 2,
                (Some(b'"'), next) => break next.is_none_or(|next| [delimiter, line, b'\r'].contains(next)),
                _ => at += 1,
            }
        };
        if !closed && line_at(at.min(bytes.len())) > line_at(opened) {
            return Some(line_at(opened));
        }
        (at, begins) = (at + 1, false);
    }
    None
}

#[test]
fn rows_are_those_of_the_whole_text_whatever_the_size_of_blocks() {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let (mut read, mut refused) = (0, 0);
    for round in 0..6_000 {
        let (delimiter, end) = ([',', ';', '\t', '|'][round % 4], ["\n", "\r\n", "\r"][round % 3]);
        let line = if end == "\r" { b'\r' } else { b'\n' };
        let text = text(&mut state, delimiter, end);
        let width = 12;
        let whole = by_blocks(&text, delimiter as u8, line, Room { bytes: 1 << 20, lines: usize::MAX }, width);
        for (bytes, lines) in [(1, 9), (2, 9), (3, 1), (7, 2), (16, 9), (64, 3), (250, 9), (1 << 20, 1), (1 << 20, 4)] {
            let found = by_blocks(&text, delimiter as u8, line, Room { bytes, lines }, width);
            assert_eq!(found, whole, "{bytes} {lines} {text:?}");
        }
        match (whole, open_quote(&text, delimiter as u8, line)) {
            (Ok(rows), None) => {
                assert_eq!(rows, by_csv(&text, delimiter as u8, line, width), "{text:?}");
                read += 1;
            }
            (Err(error), Some(line)) => {
                let told = format!("a quote opened on line {line} is never closed");
                assert!(error.starts_with(&told), "{error} {line} {text:?}");
                refused += 1;
            }
            other => panic!("{other:?} {text:?}"),
        }
    }
    assert!(read > 1_000 && refused > 200, "{read} {refused}");
}

#[test]
fn however_many_columns_short_lines_have_their_batches_are_small() -> Result<(), String> {
    const WIDTH: usize = 16_384;
    for top in [",".repeat(WIDTH - 1), format!("\"a\"{}", ",".repeat(WIDTH - 1))] {
        let text = format!("{top}\n") + &"a\n".repeat(700);
        let (ends, stream) = (Ends { line: b'\n', quoted: Some(b',') }, Box::new(Bytes { text: text.into(), at: 0 }));
        let mut blocks = Blocks::new(stream, ends, Room::of(WIDTH));
        let splitter = Splitter::new(TextShape::Delimited(b','), ends, &[], &(0..WIDTH).collect::<Vec<_>>());
        let mut rows = 0;
        while let Some(block) = blocks.next().map_err(|error| error.to_string())? {
            let batch = splitter.batch(block);
            assert!(batch.rows * WIDTH <= MOST_CELLS, "{}", batch.rows);
            assert_eq!(batch.row_number(0), rows + 1);
            rows += batch.rows as u64;
        }
        assert_eq!(rows, 701);
    }
    Ok(())
}

#[test]
fn a_sample_is_cut_behind_a_record_before_it_is_taken_apart() {
    let layout = TextLayout {
        shape: TextShape::Delimited(b','),
        packing: Packing::None,
        encoding: Encoding::UTF_8,
        plain_quotes: false,
        line_end: b'\n',
        preamble: 0,
    };
    let sample = |text: &str, width, most, ends| {
        let batch = sample_batch(layout, text.as_bytes().to_vec(), width, most, ends);
        (batch.rows, batch.columns.first().map(|cells| cells.text(batch.rows - 1)))
    };
    let last = |text: &str| Some(text.to_owned());
    assert_eq!(sample(&"a\n".repeat(50_000), 16_384, 1_000, false), (122, last("a")));
    assert_eq!(sample(&"a\n".repeat(50_000), 4, 1_000, false), (4_000, last("a")));
    // Four lines a record, and the record that is cut off is none.
    assert_eq!(sample("\"b\nb\",1\n\"c\nc\nc\nc\",1\nd,1\n", 2, 1, false), (1, last("b\nb")));
    assert_eq!(sample("a,1\n\"c\nc\n", 2, 1_000, false), (1, last("a")));
    assert_eq!(sample("a,1\n\"c\nc\"\n", 2, 1_000, true), (2, last("c\nc")));
}

#[test]
fn titles_are_passed_over_whatever_the_size_of_blocks() -> io::Result<()> {
    let text = "title \"of\" all\n\n\"second, open\nid,n\n1,\"a\nb\"\n2,c\n";
    for size in 1..80 {
        let ends = Ends { line: b'\n', quoted: Some(b',') };
        let room = Room { bytes: size, lines: size % 3 + 1 };
        let mut blocks = Blocks::new(Box::new(Bytes { text: text.as_bytes().to_vec(), at: 0 }), ends, room);
        blocks.skip_lines(3)?;
        let splitter = Splitter::new(TextShape::Delimited(b','), ends, &[], &[0, 1]);
        let (mut rows, mut at) = (Vec::new(), 0);
        while let Some(block) = blocks.next()? {
            assert!(block.bytes_read >= at, "progress never goes back");
            at = block.bytes_read;
            let batch = splitter.batch(block);
            rows.extend((0..batch.rows).map(|row| (batch.row_number(row), batch.columns[1].text(row))));
        }
        let expected = [(4, "n"), (5, "a\nb"), (7, "c")].map(|(row, text)| (row, text.to_owned()));
        assert_eq!(rows, expected, "{size}");
    }
    Ok(())
}
