//! What kind of file it is, told by its content; its name is never asked.

use memchr::memrchr;
use serde::{Deserialize, Serialize};

use super::columnar::ColumnarKind;
use super::sheet::WorkbookKind;
use super::text::encoding::Encoding;
use super::text::packing::Packing;
use crate::show::list::phrases;
use crate::{mark, tr};

/// How the columns of a text file are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextShape {
    /// By a delimiter, with quotes.
    Delimited(u8),
    /// By runs of blanks; blanks around a line mean nothing.
    Blanks,
    /// Each line is a JSON object, its keys are the columns.
    JsonLines,
}

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Lines of text.
    Text {
        /// How columns are told apart.
        shape: TextShape,
        /// What the file is compressed by.
        packing: Packing,
        /// What its characters are written in.
        encoding: Encoding,
    },
    /// Typed columns.
    Columnar(ColumnarKind),
    /// A sheet of a workbook.
    Sheet(WorkbookKind),
    /// A table of an `SQLite` database.
    Table,
}

impl Kind {
    /// The kind in a few words, for the screen.
    #[must_use]
    pub fn describe(self) -> String {
        let (shape, packing, encoding) = match self {
            Self::Columnar(ColumnarKind::Parquet) => return "Parquet".to_owned(),
            Self::Columnar(ColumnarKind::ArrowFile) => return tr!("Arrow IPC").to_owned(),
            Self::Columnar(ColumnarKind::ArrowStream) => return tr!("Arrow IPC stream").to_owned(),
            Self::Sheet(kind) => return kind.to_string(),
            Self::Table => return "SQLite".to_owned(),
            Self::Text { shape, packing, encoding } => (shape, packing, encoding),
        };
        let mut words = match shape {
            TextShape::Delimited(b',') => tr!("CSV, comma").to_owned(),
            TextShape::Delimited(b'\t') => tr!("TSV, tab").to_owned(),
            TextShape::Delimited(other) => tr!("CSV, `{delimiter}`", delimiter = char::from(other)),
            TextShape::Blanks => tr!("text, columns apart by blanks").to_owned(),
            TextShape::JsonLines => "NDJSON".to_owned(),
        };
        if encoding != Encoding::UTF_8 {
            words = phrases(&[words.as_str(), encoding.name()]);
        }
        if packing == Packing::None { words } else { phrases(&[words.as_str(), packing.name()]) }
    }
}

/// What the first bytes of a file say, before any text is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Magic {
    /// A columnar file.
    Columnar(ColumnarKind),
    /// A zip archive, or a workbook that is one.
    Zip,
    /// A workbook of before 2007.
    OldWorkbook,
    /// An `SQLite` database.
    Database,
    /// Something recognised that is not read, with what to do about it.
    Unsupported(&'static str),
    /// Nothing known: text, perhaps compressed.
    None,
}

/// Tells a file by its first bytes; 8 are enough.
#[must_use]
pub fn magic(head: &[u8]) -> Magic {
    match head {
        [b'P', b'A', b'R', b'1', ..] => Magic::Columnar(ColumnarKind::Parquet),
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Magic::Columnar(ColumnarKind::ArrowFile),
        [0xff, 0xff, 0xff, 0xff, _, _, 0, 0, ..] => Magic::Columnar(ColumnarKind::ArrowStream),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Magic::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Magic::OldWorkbook,
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', b'f', ..] => Magic::Database,
        [b'%', b'P', b'D', b'F', ..] => Magic::Unsupported(mark!("a PDF document; export the table as CSV")),
        [b'R', b'a', b'r', b'!', ..] => Magic::Unsupported(mark!("a RAR archive; unpack it first")),
        [b'7', b'z', 0xbc, 0xaf, ..] => Magic::Unsupported(mark!("a 7-Zip archive; unpack it with `7z x`")),
        _ => Magic::None,
    }
}

/// Why text is none that is read here, with what to do; `None` where it is.
#[must_use]
pub fn not_our_text(sample: &[u8]) -> Option<&'static str> {
    let start = sample.trim_ascii_start();
    if start.first() == Some(&b'[') && matches!(start[1..].trim_ascii_start().first(), Some(b'{' | b']')) {
        Some(mark!("a JSON array; NDJSON is read, an object a line: `jq -c '.[]'` converts it"))
    } else if start.len() > 5 && start[..5].eq_ignore_ascii_case(b"<html") || start.starts_with(b"<!DOCTYPE") {
        Some(mark!(
            "a web page, perhaps an error message in place of the export; open it in a browser and export again"
        ))
    } else if start.starts_with(b"<?xml") {
        Some(mark!("XML; export the table as CSV or as a workbook"))
    } else {
        None
    }
}

/// Records looked at to tell the shape of text.
const SAMPLE_RECORDS: usize = 200;

/// Delimiters tried, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Tells how the columns of text are kept apart, from its beginning (which may end inside a line).
#[must_use]
pub fn text_shape(sample: &[u8], line_end: u8) -> TextShape {
    let sample = whole_lines(sample, line_end);
    if sample.trim_ascii_start().starts_with(b"{") {
        return TextShape::JsonLines;
    }
    let best = DELIMITERS
        .iter()
        .map(|delimiter| (steadiness(&delimited_widths(sample, *delimiter, line_end, true)), *delimiter))
        .filter(|((_, columns), _)| *columns > 1)
        // The first of equals is the likelier delimiter, so the comparison must be strict.
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let blanks = steadiness(&blank_widths(sample, line_end));
    // Lines may differ in width and all have a first and a last name: what keeps nearly all of them apart into more is meant.
    let ragged = |delimiter: u8| {
        let mut widths = delimited_widths(sample, delimiter, line_end, true);
        widths.sort_unstable();
        widths.get(widths.len() / 20).is_some_and(|width| *width > 1)
            && widths.get(widths.len() / 2).is_some_and(|width| *width > blanks.1)
    };
    match best {
        Some(((steady, _), delimiter)) if steady >= 700 || blanks.1 < 2 || blanks.0 < 900 || ragged(delimiter) => {
            TextShape::Delimited(delimiter)
        }
        _ if blanks.1 > 1 && blanks.0 >= 900 => TextShape::Blanks,
        _ => TextShape::Delimited(b','),
    }
}

/// The fields of the widest of the first records.
#[must_use]
pub fn widest(sample: &[u8], shape: TextShape, line_end: u8, quoting: bool) -> usize {
    let widths = match shape {
        TextShape::Delimited(delimiter) => delimited_widths(sample, delimiter, line_end, quoting),
        TextShape::Blanks | TextShape::JsonLines => blank_widths(sample, line_end),
    };
    widths.into_iter().max().unwrap_or_default()
}

/// The sample up to its last line end, so that no record is cut; all of it when there is none.
fn whole_lines(sample: &[u8], line_end: u8) -> &[u8] {
    memrchr(line_end, sample).map_or(sample, |end| &sample[..=end])
}

fn delimited_widths(sample: &[u8], delimiter: u8, line_end: u8, quoting: bool) -> Vec<usize> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(delimiter).terminator(csv::Terminator::Any(line_end)).quoting(quoting);
    let reader = reader.has_headers(false).flexible(true).from_reader(sample);
    let records = reader.into_byte_records().map_while(Result::ok);
    // A blank line of a file whose lines end by CR and LF.
    let filled = records.filter(|record| record.len() > 1 || record.get(0) != Some(b"\r"));
    filled.take(SAMPLE_RECORDS).map(|record| record.len()).collect()
}

fn blank_widths(sample: &[u8], line_end: u8) -> Vec<usize> {
    let widths = sample
        .split(|byte| *byte == line_end)
        .map(|line| line.split(u8::is_ascii_whitespace).filter(|field| !field.is_empty()).count());
    widths.filter(|width| *width > 0).take(SAMPLE_RECORDS).collect()
}

/// The most common width and how many of 1,000 records have it.
fn steadiness(widths: &[usize]) -> (usize, usize) {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    let common = sorted.chunk_by(|a, b| a == b).max_by_key(|run| run.len());
    common.map_or((0, 0), |run| (run.len() * 1_000 / widths.len(), run[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_delimiter() {
        let cases: [(&str, TextShape); 10] = [
            ("name,n\r\n\r\nAnn Lee,1\r\n\r\nBob Lee,2\r\n\r\n", TextShape::Delimited(b',')),
            (
                "name|n|m|note\nAnn Lee|1|2\nBob Lee|2|3|x\nCy Lee|3|4|x|y\nDi Lee|3|4|x|y|z\n",
                TextShape::Delimited(b'|'),
            ),
            ("a,b\n1,2\n", TextShape::Delimited(b',')),
            ("a\tb c\n1\t2 3\n", TextShape::Delimited(b'\t')),
            ("a;b\n1,5;2,5\n3,5;4,5\n", TextShape::Delimited(b';')),
            ("a|b|c\n1|2|3\n", TextShape::Delimited(b'|')),
            (" id  date n  value\r\n 1 19970101 1  11.77\r\n", TextShape::Blanks),
            ("{\"a\": 1}\n{\"a\": 2}\n", TextShape::JsonLines),
            ("one\ntwo\n", TextShape::Delimited(b',')),
            ("name,note\nx,\"a;b;c\nd;e\"\ny,z\n", TextShape::Delimited(b',')),
        ];
        for (text, shape) in cases {
            assert_eq!(text_shape(text.as_bytes(), b'\n'), shape, "{text}");
        }
    }

    #[test]
    fn the_first_bytes_tell_the_kind() {
        assert_eq!(magic(b"PK\x03\x04...."), Magic::Zip);
        assert_eq!(magic(b"PAR1"), Magic::Columnar(ColumnarKind::Parquet));
        assert_eq!(magic(b"SQLite format 3\0"), Magic::Database);
        assert!(matches!(magic(b"%PDF-1.7"), Magic::Unsupported(what) if what.contains("PDF")));
        assert_eq!(magic(b""), Magic::None);
    }
}
