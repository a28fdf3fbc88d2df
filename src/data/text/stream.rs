//! The text of a file as UTF-8, whatever it is packed with and encoded in, with the count that progress needs.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, DecoderResult};

use super::super::counted::Counted;
use super::super::place::Place;
use super::encoding::Encoding;
use super::packing::{Packing, read_on};

/// Bytes taken at a time by what decodes.
const PIECE: usize = 128 * 1024;

/// The UTF-8 byte order mark, which is no part of the first cell.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// What stands for bytes that stand for nothing.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// Reads the beginning of a file, unpacked but not decoded: at most so many bytes, and whether that is all of it.
///
/// # Errors
/// When the file cannot be opened or read, or is not what it is said to be packed with.
pub fn sample(place: &Place, packing: Packing, bytes: usize) -> io::Result<(Vec<u8>, bool)> {
    sample_of(place.open()?, packing, bytes)
}

fn sample_of(file: Box<dyn Read + Send>, packing: Packing, bytes: usize) -> io::Result<(Vec<u8>, bool)> {
    let mut sample = Vec::new();
    // One more tells whether there is more.
    packing.unpack(file)?.take(bytes as u64 + 1).read_to_end(&mut sample)?;
    let whole = sample.len() <= bytes;
    sample.truncate(bytes);
    Ok((sample, whole))
}

/// A text file read as UTF-8 without its byte order mark.
///
/// UTF-8 itself goes through as it is: it is not checked here, and its zero bytes stay. In other encodings, bytes that
/// stand for no character become U+FFFD and are counted.
pub struct TextStream {
    bytes: Box<dyn Read + Send>,
    taken: Arc<AtomicU64>,
    /// `None` for UTF-8.
    decoding: Option<Box<Decoding>>,
    over: bool,
}

impl TextStream {
    /// Opens a file and passes over its byte order mark.
    ///
    /// # Errors
    /// When the file cannot be opened or read, or is not what it is said to be packed with.
    pub fn open(place: &Place, packing: Packing, encoding: Encoding) -> io::Result<Self> {
        Self::over(place.open()?, packing, encoding)
    }

    fn over(file: Box<dyn Read + Send>, packing: Packing, encoding: Encoding) -> io::Result<Self> {
        let taken = Arc::new(AtomicU64::new(0));
        let counted = Counted::new(file, Arc::clone(&taken));
        let mut bytes = packing.unpack(Box::new(counted))?;
        if encoding == Encoding::UTF_8 {
            let mut head = Vec::with_capacity(BOM.len());
            bytes.by_ref().take(BOM.len() as u64).read_to_end(&mut head)?;
            if head != BOM {
                bytes = Box::new(io::Cursor::new(head).chain(bytes));
            }
        }
        let decoding = (encoding != Encoding::UTF_8).then(|| Box::new(Decoding::new(encoding)));
        Ok(Self { bytes, taken, decoding, over: false })
    }

    /// Bytes of the file, packed ones if it is packed, that were taken from it so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// How often bytes stood for no character so far and U+FFFD was given in their place; 0 for UTF-8.
    #[must_use]
    pub fn malformed(&self) -> u64 {
        self.decoding.as_ref().map_or(0, |decoding| decoding.malformed)
    }

    /// Whether the end of the text was read.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.over
    }
}

impl Read for TextStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.over || buffer.is_empty() {
            return Ok(0);
        }
        let read = match &mut self.decoding {
            None => read_on(&mut self.bytes, buffer)?,
            Some(decoding) => decoding.read(&mut self.bytes, buffer)?,
        };
        self.over = read == 0;
        Ok(read)
    }
}

/// Text on its way from another encoding to UTF-8.
struct Decoding {
    decoder: Decoder,
    /// Bytes of the file, of which `raw_from..raw_to` are not decoded.
    raw: Vec<u8>,
    raw_from: usize,
    raw_to: usize,
    /// UTF-8, of which `from..to` was not given.
    text: Vec<u8>,
    from: usize,
    to: usize,
    malformed: u64,
    /// Whether the text's first character, which may be a byte order mark, is still to come.
    first: bool,
    /// Whether the file has no more bytes.
    ended: bool,
    /// Whether the decoder gave its last.
    finished: bool,
}

impl Decoding {
    fn new(encoding: Encoding) -> Self {
        Self {
            decoder: encoding.decoder(),
            raw: vec![0; PIECE],
            raw_from: 0,
            raw_to: 0,
            text: vec![0; PIECE],
            from: 0,
            to: 0,
            malformed: 0,
            first: true,
            ended: false,
            finished: false,
        }
    }

    fn read(&mut self, bytes: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
        while self.from == self.to && !self.finished {
            if self.raw_from == self.raw_to && !self.ended {
                self.raw_from = 0;
                self.raw_to = 0;
                self.raw_to = read_on(bytes, &mut self.raw)?;
                self.ended = self.raw_to == 0;
            }
            self.decode();
        }
        let read = (&self.text[self.from..self.to]).read(buffer)?;
        self.from += read;
        Ok(read)
    }

    /// Decodes until the bytes at hand are used up or the room for text is.
    fn decode(&mut self) {
        self.from = 0;
        self.to = 0;
        loop {
            // The replacement always finds room.
            let room = self.text.len() - REPLACEMENT.len();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.raw[self.raw_from..self.raw_to],
                &mut self.text[self.to..room],
                self.ended,
            );
            self.raw_from += read;
            self.to += written;
            match result {
                DecoderResult::InputEmpty => {
                    self.finished = self.ended;
                    break;
                }
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(..) => {
                    self.malformed += 1;
                    self.text[self.to..self.to + REPLACEMENT.len()].copy_from_slice(REPLACEMENT);
                    self.to += REPLACEMENT.len();
                    if self.to >= room {
                        break;
                    }
                }
            }
        }
        if self.first && self.to > 0 {
            self.first = false;
            self.from = if self.text[..self.to].starts_with(BOM) { BOM.len() } else { 0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Gives one byte at a time, each second time an interruption first.
    struct Dripping(Cursor<Vec<u8>>, bool);

    impl Read for Dripping {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let most = buffer.len().min(1);
            self.0.read(&mut buffer[..most])
        }
    }

    fn dripping(bytes: &[u8]) -> Box<dyn Read + Send> {
        Box::new(Dripping(Cursor::new(bytes.to_vec()), false))
    }

    fn plain(bytes: &[u8]) -> Box<dyn Read + Send> {
        Box::new(Cursor::new(bytes.to_vec()))
    }

    /// The text and how often something in it was malformed.
    fn read(file: Box<dyn Read + Send>, encoding: Encoding) -> io::Result<(String, u64)> {
        let mut stream = TextStream::over(file, Packing::None, encoding)?;
        let mut text = Vec::new();
        assert!(!stream.is_over());
        stream.read_to_end(&mut text)?;
        assert!(stream.is_over());
        Ok((String::from_utf8_lossy(&text).into_owned(), stream.malformed()))
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_with_and_without_its_byte_order_mark() -> io::Result<()> {
        let mixed = "客户,金额\n张伟,¥12.50\n𠮷野家,3\n";
        let cases: [(Encoding, &str, Vec<u8>); 13] = [
            (Encoding::UTF_8, mixed, mixed.into()),
            (Encoding::UTF_8, mixed, format!("\u{feff}{mixed}").into()),
            (Encoding::UTF_8, "a", b"\xef\xbb\xbfa".into()),
            (Encoding::UTF_16LE, mixed, utf_16(mixed, u16::to_le_bytes)),
            (Encoding::UTF_16LE, mixed, utf_16(&format!("\u{feff}{mixed}"), u16::to_le_bytes)),
            (Encoding::UTF_16BE, mixed, utf_16(mixed, u16::to_be_bytes)),
            (Encoding::UTF_16BE, mixed, utf_16(&format!("\u{feff}{mixed}"), u16::to_be_bytes)),
            (Encoding::GB18030, "客户,¥\u{2000b}", b"\xbf\xcd\xbb\xa7,\x81\x30\x84\x36\x95\x32\x83\x37".into()),
            (Encoding::GB18030, "金额", b"\x84\x31\x95\x33\xbd\xf0\xb6\xee".into()),
            (Encoding::BIG5, "訂單,金額", b"\xad\x71\xb3\xe6,\xaa\xf7\xc3\x42".into()),
            (Encoding::WINDOWS_1252, "Müller,€5,é", b"M\xfcller,\x805,\xe9".into()),
            (Encoding::MACINTOSH, "Müller,é", b"M\x9fller,\x8e".into()),
            (Encoding::SHIFT_JIS, "顧客,ｱ", b"\x8c\xda\x8b\x71,\xb1".into()),
        ];
        for (encoding, text, bytes) in cases {
            assert_eq!(read(plain(&bytes), encoding)?, (text.to_owned(), 0), "{encoding}");
            assert_eq!(read(dripping(&bytes), encoding)?, (text.to_owned(), 0), "{encoding}, dripping");
        }
        Ok(())
    }

    #[test]
    fn what_stands_for_nothing_is_replaced_and_counted() -> io::Result<()> {
        let cases: [(Encoding, &[u8], &str, u64); 7] = [
            (Encoding::GB18030, b"a\xff,\xbf\xcd\xff\n", "a\u{fffd},客\u{fffd}\n", 2),
            (Encoding::GB18030, b"a,\xbf", "a,\u{fffd}", 1),
            (Encoding::BIG5, b"\xaa\xf7\xaa,1", "金\u{fffd},1", 1),
            (Encoding::UTF_16LE, b"a\0\n\0b", "a\n\u{fffd}", 1),
            (Encoding::UTF_16LE, b"a\0\x00\xd8b\0", "a\u{fffd}b", 1),
            (Encoding::UTF_16BE, b"\xd8\x42", "\u{fffd}", 1),
            (Encoding::UTF_16BE, b"a", "\u{fffd}", 1),
        ];
        for (encoding, bytes, text, malformed) in cases {
            assert_eq!(read(plain(bytes), encoding)?, (text.to_owned(), malformed), "{encoding} {bytes:?}");
            assert_eq!(
                read(dripping(bytes), encoding)?,
                (text.to_owned(), malformed),
                "{encoding} {bytes:?}, dripping"
            );
        }
        let noise = vec![0xff; 500_000];
        assert_eq!(read(plain(&noise), Encoding::GB18030)?.1, 500_000);
        Ok(())
    }

    #[test]
    fn utf_8_goes_through_untouched() -> io::Result<()> {
        let cases: [&[u8]; 8] =
            [b"", b"a", b"\xef\xbb", b"\xef\xbb\xbc", b"a\0b\n", b"caf\xe9,1\n", b"\xff\xfe", b"\n\n\n\n"];
        for bytes in cases {
            for file in [plain(bytes), dripping(bytes)] {
                let mut stream = TextStream::over(file, Packing::None, Encoding::UTF_8)?;
                let mut given = Vec::new();
                stream.read_to_end(&mut given)?;
                assert_eq!(given, bytes);
                assert_eq!((stream.malformed(), stream.bytes_read()), (0, bytes.len() as u64));
            }
        }
        let twice = read(plain("\u{feff}\u{feff}a".as_bytes()), Encoding::UTF_8)?.0;
        assert_eq!(twice, "\u{feff}a", "only the first is a mark");
        Ok(())
    }

    #[test]
    fn pieces_of_any_size_give_the_same_text() -> io::Result<()> {
        let text = (0..60_000).map(|row| format!("{row},客户{row},é\n")).collect::<Vec<_>>().concat();
        let bytes = utf_16(&text, u16::to_le_bytes);
        for size in [1, 2, 3, 4, 7, 4096, 1 << 20] {
            let mut stream = TextStream::over(plain(&bytes), Packing::None, Encoding::UTF_16LE)?;
            let (mut given, mut piece) = (Vec::new(), vec![0; size]);
            loop {
                let read = stream.read(&mut piece)?;
                if read == 0 {
                    break;
                }
                assert!(!stream.is_over());
                given.extend_from_slice(&piece[..read]);
            }
            assert!(given == text.as_bytes(), "pieces of {size}");
            assert_eq!(stream.read(&mut piece)?, 0);
            assert_eq!(stream.bytes_read(), bytes.len() as u64);
        }
        Ok(())
    }

    #[test]
    fn no_room_is_not_the_end() -> io::Result<()> {
        for encoding in [Encoding::UTF_8, Encoding::GB18030] {
            let mut stream = TextStream::over(plain(b"abcd"), Packing::None, encoding)?;
            assert_eq!((stream.read(&mut [])?, stream.is_over()), (0, false));
            let mut text = String::new();
            stream.read_to_string(&mut text)?;
            assert_eq!(text, "abcd");
        }
        Ok(())
    }

    #[test]
    fn packed_text_is_decoded_and_counted_in_packed_bytes() -> io::Result<()> {
        let packed = zstd::stream::encode_all(&b"\xbf\xcd\xbb\xa7\n".repeat(10_000)[..], 1)?;
        let length = packed.len() as u64;
        let mut stream = TextStream::over(plain(&packed), Packing::Zstd, Encoding::GB18030)?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        assert!(text == "客户\n".repeat(10_000));
        assert_eq!(stream.bytes_read(), length);
        assert!(length < 1_000);
        Ok(())
    }

    #[test]
    fn a_sample_is_the_unpacked_beginning() -> io::Result<()> {
        let place = Place::BuiltIn { name: "shop", bytes: b"\xef\xbb\xbfid,amount\n" };
        assert_eq!(sample(&place, Packing::None, 5)?, (b"\xef\xbb\xbfid".to_vec(), false));
        assert_eq!(sample(&place, Packing::None, 13)?, (b"\xef\xbb\xbfid,amount\n".to_vec(), true));
        assert!(!sample(&place, Packing::None, 12)?.1);
        let mut text = String::new();
        TextStream::open(&place, Packing::None, Encoding::UTF_8)?.read_to_string(&mut text)?;
        assert_eq!(text, "id,amount\n");
        let packed = zstd::stream::encode_all(&b"a,b\n1,2\n"[..], 1)?;
        assert_eq!(sample_of(dripping(&packed), Packing::Zstd, 4)?, (b"a,b\n".to_vec(), false));
        let cut = sample_of(plain(&packed[..packed.len() - 2]), Packing::Zstd, 100).map_err(|error| error.to_string());
        assert_eq!(cut, Err("its compressed data ends early: the file is cut short".to_owned()));
        Ok(())
    }
}
