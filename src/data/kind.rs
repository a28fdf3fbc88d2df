//! What kind of file it is, told by its content; its name is never asked.

use memchr::memchr_iter;

use super::columnar::ColumnarKind;

/// How the columns of a text file are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextShape {
    /// By a delimiter, with quotes.
    Delimited(u8),
    /// By runs of blanks; blanks around a line mean nothing.
    Blanks,
    /// Each line is a JSON object, its keys are the columns.
    JsonLines,
}

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Lines of text, perhaps compressed by gzip.
    Text {
        /// How columns are told apart.
        shape: TextShape,
        /// Whether the file is compressed.
        gzip: bool,
    },
    /// Typed columns.
    Columnar(ColumnarKind),
}

impl Kind {
    /// The kind in a few words, for the screen.
    #[must_use]
    pub fn describe(self) -> String {
        let (text, gzip) = match self {
            Self::Columnar(ColumnarKind::Parquet) => return "Parquet".to_owned(),
            Self::Columnar(ColumnarKind::ArrowFile) => return "Arrow IPC".to_owned(),
            Self::Columnar(ColumnarKind::ArrowStream) => return "Arrow IPC stream".to_owned(),
            Self::Text { shape, gzip } => (shape, gzip),
        };
        let shape = match text {
            TextShape::Delimited(b',') => "CSV, comma".to_owned(),
            TextShape::Delimited(b'\t') => "TSV, tab".to_owned(),
            TextShape::Delimited(other) => format!("CSV, `{}`", char::from(other)),
            TextShape::Blanks => "text, columns apart by blanks".to_owned(),
            TextShape::JsonLines => "NDJSON".to_owned(),
        };
        if gzip { format!("{shape}, gzip") } else { shape }
    }
}

/// What the first bytes of a file say, before any text is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Magic {
    /// A columnar file.
    Columnar(ColumnarKind),
    /// gzip: text within.
    Gzip,
    /// Something recognised that is not read (yet), with what to do about it.
    Unsupported(&'static str),
    /// Nothing known: text.
    None,
}

/// Tells a file by its first bytes; 8 are enough.
#[must_use]
pub fn magic(head: &[u8]) -> Magic {
    match head {
        [b'P', b'A', b'R', b'1', ..] => Magic::Columnar(ColumnarKind::Parquet),
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Magic::Columnar(ColumnarKind::ArrowFile),
        [0xff, 0xff, 0xff, 0xff, _, _, 0, 0, ..] => Magic::Columnar(ColumnarKind::ArrowStream),
        [0x1f, 0x8b, ..] => Magic::Gzip,
        [b'P', b'K', 3, 4, ..] => {
            Magic::Unsupported("a zip archive or an Excel workbook; export the sheet as CSV, or unzip it")
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Magic::Unsupported("an old Excel workbook; export the sheet as CSV"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Magic::Unsupported("compressed by zstd; unpack it with `zstd -d`"),
        [b'B', b'Z', b'h', ..] => Magic::Unsupported("compressed by bzip2; unpack it with `bunzip2`"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Magic::Unsupported("compressed by xz; unpack it with `unxz`"),
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', b'f', ..] => {
            Magic::Unsupported("an SQLite database; export the table as CSV")
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            Magic::Unsupported("UTF-16 text; convert it with `iconv -f UTF-16 -t UTF-8`")
        }
        _ => Magic::None,
    }
}

/// Why the beginning of a file is no text that is read here, with what to do; `None` where it is.
#[must_use]
pub fn not_our_text(sample: &[u8]) -> Option<&'static str> {
    let first_line = sample.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let start = sample.trim_ascii_start();
    if sample.contains(&0) {
        Some("binary data, or UTF-16 text (which `iconv -f UTF-16 -t UTF-8` converts)")
    } else if start.first() == Some(&b'[') && matches!(start[1..].trim_ascii_start().first(), Some(b'{' | b']')) {
        Some("a JSON array; NDJSON is read, an object a line: `jq -c '.[]'` converts it")
    } else if std::str::from_utf8(first_line).is_err() {
        Some("text that is not UTF-8, perhaps GB18030 or Latin-1; convert it with `iconv -f GB18030 -t UTF-8`")
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
pub fn text_shape(sample: &[u8]) -> TextShape {
    let sample = whole_lines(sample);
    if sample.trim_ascii_start().starts_with(b"{") {
        return TextShape::JsonLines;
    }
    let best = DELIMITERS
        .iter()
        .map(|delimiter| (steadiness(&delimited_widths(sample, *delimiter)), *delimiter))
        .filter(|((_, columns), _)| *columns > 1)
        // The first of equals is the likelier delimiter, so the comparison must be strict.
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let blanks = steadiness(&blank_widths(sample));
    match best {
        Some(((steady, _), delimiter)) if steady >= 700 || blanks.1 < 2 || blanks.0 < 900 => {
            TextShape::Delimited(delimiter)
        }
        _ if blanks.1 > 1 && blanks.0 >= 900 => TextShape::Blanks,
        _ => TextShape::Delimited(b','),
    }
}

/// The sample up to its last line end, so that no record is cut; all of it when there is none.
fn whole_lines(sample: &[u8]) -> &[u8] {
    memchr_iter(b'\n', sample).next_back().map_or(sample, |end| &sample[..=end])
}

fn delimited_widths(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(sample);
    reader.into_byte_records().map_while(Result::ok).take(SAMPLE_RECORDS).map(|record| record.len()).collect()
}

fn blank_widths(sample: &[u8]) -> Vec<usize> {
    let widths = sample
        .split(|byte| *byte == b'\n')
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
        let cases: [(&str, TextShape); 8] = [
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
            assert_eq!(text_shape(text.as_bytes()), shape, "{text}");
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        assert!(matches!(magic(b"PK\x03\x04...."), Magic::Unsupported(what) if what.contains("Excel")));
        assert!(matches!(magic(b"\xff\xfea\0b\0"), Magic::Unsupported(what) if what.contains("UTF-16")));
        assert_eq!(magic(b"PAR1"), Magic::Columnar(ColumnarKind::Parquet));
        assert_eq!(magic(b""), Magic::None);
    }
}
