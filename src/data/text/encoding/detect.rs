//! Which encoding a text is in, by what its beginning looks like in each.

use super::{Encoding, NotText, counted, east_asian, single_byte, wide};

/// An encoding and why it is believed to be this one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detected {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether a byte order mark says so.
    pub bom: bool,
    /// What speaks for it, in a few words for the log.
    pub evidence: String,
}

/// Byte order marks and whose they are.
const MARKS: [(&[u8], Encoding); 4] = [
    (b"\xef\xbb\xbf", Encoding::UTF_8),
    (b"\xff\xfe", Encoding::UTF_16LE),
    (b"\xfe\xff", Encoding::UTF_16BE),
    (b"\x84\x31\x95\x33", Encoding::GB18030),
];

/// Tells the encoding of a text by its beginning, which may end inside a character unless it is the `whole` text.
///
/// A byte order mark decides; then UTF-16 by its zero bytes; then UTF-8 if nothing, or next to nothing, contradicts it;
/// then the East Asian encodings by the characters that they give; then those of one byte a character.
///
/// # Errors
/// When it is no text.
pub fn detect(sample: &[u8], whole: bool) -> Result<Detected, NotText> {
    if sample.starts_with(b"\xff\xfe\0\0") || sample.starts_with(b"\0\0\xfe\xff") {
        return Err(NotText::Utf32);
    }
    if let Some((_, encoding)) = MARKS.iter().find(|(mark, _)| sample.starts_with(mark)) {
        return Ok(Detected { encoding: *encoding, bom: true, evidence: "byte order mark".to_owned() });
    }
    if let Some(encoding) = wide::byte_order(sample) {
        return Ok(told(encoding, "a zero byte beside each line end or letter".to_owned()));
    }
    let utf_8 = Utf8::of(sample, whole);
    check_controls(sample, utf_8.broken == 0)?;
    if let Some(evidence) = utf_8.evidence() {
        return Ok(told(Encoding::UTF_8, evidence));
    }
    let guess = guessed(sample, whole);
    let (encoding, evidence) =
        east_asian::detect(sample, whole, guess).unwrap_or_else(|| single_byte::detect(sample, guess));
    Ok(told(encoding, evidence))
}

fn told(encoding: Encoding, evidence: String) -> Detected {
    Detected { encoding, bom: false, evidence }
}

/// Refuses what has zero bytes or many control characters. A few are forgiven in what is sound otherwise: they are somebody's
/// mistake in a cell.
fn check_controls(sample: &[u8], is_utf_8: bool) -> Result<(), NotText> {
    const FORGIVEN: usize = 8;
    let mut counts = [0_usize; 0x80];
    // The last byte of a text file of DOS may be the sign that says so.
    for byte in sample.strip_suffix(b"\x1a").unwrap_or(sample).iter().filter(|byte| byte.is_ascii()) {
        counts[usize::from(*byte)] += 1;
    }
    let controls = |byte: &usize| matches!(byte, 0..=8 | 11 | 14..=31 | 127);
    let all: usize = (0..counts.len()).filter(controls).map(|byte| counts[byte]).sum();
    // One of these may be the delimiter.
    let delimiters = [0x01, 0x1c, 0x1d, 0x1e, 0x1f].map(|byte: usize| counts[byte]).into_iter().max().unwrap_or(0);
    let strange = all - delimiters;
    let forgiven = if is_utf_8 { FORGIVEN } else { 0 };
    if strange * 20 > sample.len() && strange > forgiven {
        let percent = strange * 100 / sample.len();
        return Err(if counts[0] > 0 { NotText::ZeroBytes } else { NotText::ControlCharacters { percent } });
    }
    if !is_utf_8 && counts[0] * 1000 > sample.len() {
        return Err(NotText::ZeroBytes);
    }
    Ok(())
}

/// What a sample is as UTF-8.
struct Utf8 {
    /// Characters beyond ASCII.
    characters: usize,
    /// Bytes of these.
    bytes: usize,
    /// Bytes that are no UTF-8.
    broken: usize,
}

impl Utf8 {
    fn of(sample: &[u8], whole: bool) -> Self {
        let mut found = Self { characters: 0, bytes: 0, broken: 0 };
        let mut rest = sample.len();
        for chunk in sample.utf8_chunks() {
            let text = chunk.valid().as_bytes();
            found.bytes += text.iter().filter(|byte| !byte.is_ascii()).count();
            found.characters += text.iter().filter(|byte| **byte >= 0xc0).count();
            rest -= text.len() + chunk.invalid().len();
            let cut = rest == 0 && !whole && is_begun(chunk.invalid());
            found.broken += if cut { 0 } else { chunk.invalid().len() };
        }
        found
    }

    /// What speaks for UTF-8, `None` if too much speaks against it: one broken byte in twenty beyond ASCII.
    fn evidence(&self) -> Option<String> {
        match (self.characters, self.broken) {
            (0, 0) => Some("ASCII only".to_owned()),
            (characters, 0) => Some(format!("valid UTF-8, {} beyond ASCII", counted(characters, "character"))),
            (0, _) => None,
            (_, broken) => {
                (broken * 20 < self.bytes + broken).then(|| format!("valid UTF-8 but for {}", counted(broken, "byte")))
            }
        }
    }
}

/// Whether bytes are the beginning of a character of UTF-8 that needs more.
fn is_begun(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

/// What a detector made for web pages takes the sample for. It is a hint: it knows neither tables nor Mac Roman.
fn guessed(sample: &[u8], whole: bool) -> Encoding {
    /// Enough bytes from the first one beyond ASCII on.
    const ENOUGH: usize = 64 * 1024;
    let first = sample.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let line = memchr::memrchr(b'\n', &sample[..first]).map_or(0, |end| end + 1);
    let looked_at = &sample[line..sample.len().min(line.saturating_add(ENOUGH).max(first + 1))];
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(looked_at, whole && line + looked_at.len() == sample.len());
    Encoding::of(detector.guess(None, chardetng::Utf8Detection::Deny))
}

#[cfg(test)]
mod tests;
