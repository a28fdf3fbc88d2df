//! How the bytes of a text file are compressed, told by their first bytes, and a reader that unpacks them.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};
use serde::{Deserialize, Serialize};

use crate::tr;

/// Bytes of packed data asked for at a time.
const PIECE: usize = 256 * 1024;

/// The widest window of a zstd frame that is accepted, as a power of two: what `zstd --long=31` writes.
const WIDEST_WINDOW: u32 = 31;

/// What a file is compressed with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Packing {
    /// Nothing.
    #[default]
    None,
    /// Gzip (RFC 1952), one or more members.
    Gzip,
    /// Zstandard (RFC 8878), one or more frames, skippable ones among them.
    Zstd,
    /// Bzip2, one or more streams.
    Bzip2,
    /// Xz, one or more streams with or without padding.
    Xz,
}

impl Packing {
    /// Tells it by the beginning of a file, of which ten bytes are enough.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            // The second is a skippable frame, which some writers put first.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] if begins_bzip2_block(rest) => Self::Bzip2,
            _ => Self::None,
        }
    }

    /// What it is called on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => tr!("not compressed"),
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }

    /// A reader of the unpacked bytes, to the end of the last member, frame or stream. What it reads in vain is said in a
    /// plain sentence: packed data that ends early ([`io::ErrorKind::UnexpectedEof`]) or is damaged
    /// ([`io::ErrorKind::InvalidData`]); errors of `packed` itself are passed on as they are.
    ///
    /// # Errors
    /// When the memory to unpack with cannot be had.
    pub fn unpack(self, packed: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
        let failed = Arc::new(AtomicBool::new(false));
        let packed = Watched { bytes: packed, failed: Arc::clone(&failed) };
        let packed = BufReader::with_capacity(PIECE, packed);
        let bytes: Box<dyn Read + Send> = match self {
            Self::None => return Ok(packed.into_inner().bytes),
            Self::Gzip => Box::new(GzipMembers { member: Some(GzDecoder::new(packed)) }),
            Self::Zstd => {
                let mut frames = zstd::stream::read::Decoder::with_buffer(packed)?;
                frames.window_log_max(WIDEST_WINDOW)?;
                Box::new(frames)
            }
            Self::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
            Self::Xz => Box::new(XzDecoder::new_stream(packed, Stream::new_stream_decoder(u64::MAX, CONCATENATED)?)),
        };
        Ok(Box::new(Unpacked { bytes, failed }))
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether what follows `BZh9` is a block or the end of a stream, as far as it is there: a text may begin with `BZh9` too.
fn begins_bzip2_block(rest: &[u8]) -> bool {
    const BLOCK: [u8; 6] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
    const END: [u8; 6] = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
    let rest = &rest[..rest.len().min(BLOCK.len())];
    BLOCK.starts_with(rest) || END.starts_with(rest)
}

/// Packed bytes, which remember whether an error was theirs, and wait out interruptions: not every decoder can go on after
/// one.
struct Watched {
    bytes: Box<dyn Read + Send>,
    failed: Arc<AtomicBool>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = read_on(&mut self.bytes, buffer);
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }
}

/// Reads, again when a signal interrupted it.
pub(super) fn read_on(bytes: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match bytes.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// A decoder whose errors say what is wrong with the file.
struct Unpacked {
    bytes: Box<dyn Read + Send>,
    failed: Arc<AtomicBool>,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // A decoder may take "no room" for "no more data".
        if buffer.is_empty() {
            return Ok(0);
        }
        self.bytes
            .read(buffer)
            .map_err(|error| if self.failed.load(Ordering::Relaxed) { error } else { in_plain_words(&error) })
    }
}

/// Says that packed data does not unpack.
fn in_plain_words(error: &io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            io::Error::new(error.kind(), tr!("its compressed data ends early: the file is cut short"))
        }
        io::ErrorKind::OutOfMemory => io::Error::new(error.kind(), tr!("there is not enough memory to unpack it")),
        _ => io::Error::new(
            io::ErrorKind::InvalidData,
            tr!("its compressed data is damaged ({error}); copy or compress it again", error),
        ),
    }
}

/// The members of a gzip file one behind the other. Zero bytes between and behind them are padding, as for `gzip` itself.
struct GzipMembers<R> {
    /// `None` when the last one is over.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for GzipMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            self.member = self.member.take().map(|member| next_member(member.into_inner())).transpose()?.flatten();
        }
        Ok(0)
    }
}

fn next_member<R: BufRead>(mut packed: R) -> io::Result<Option<GzDecoder<R>>> {
    loop {
        let ahead = packed.fill_buf()?;
        match ahead.iter().position(|byte| *byte != 0) {
            None if ahead.is_empty() => return Ok(None),
            None => {
                let zeros = ahead.len();
                packed.consume(zeros);
            }
            Some(zeros) if ahead[zeros] == 0x1f => {
                packed.consume(zeros);
                return Ok(Some(GzDecoder::new(packed)));
            }
            Some(_) => {
                return Err(io::Error::new(io::ErrorKind::InvalidData, tr!("what follows its end is no gzip data")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use liblzma::write::XzEncoder;

    use super::*;

    const PACKED: [Packing; 4] = [Packing::Gzip, Packing::Zstd, Packing::Bzip2, Packing::Xz];

    fn pack(packing: Packing, text: &[u8]) -> io::Result<Vec<u8>> {
        match packing {
            Packing::None => Ok(text.to_vec()),
            Packing::Gzip => {
                let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
                packer.write_all(text)?;
                packer.finish()
            }
            Packing::Zstd => {
                let mut packer = zstd::stream::write::Encoder::new(Vec::new(), 1)?;
                packer.include_checksum(true)?;
                packer.write_all(text)?;
                packer.finish()
            }
            Packing::Bzip2 => {
                let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
                packer.write_all(text)?;
                packer.finish()
            }
            Packing::Xz => {
                let mut packer = XzEncoder::new(Vec::new(), 1);
                packer.write_all(text)?;
                packer.finish()
            }
        }
    }

    fn unpack(packing: Packing, packed: impl Read + Send + 'static) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        packing.unpack(Box::new(packed))?.read_to_end(&mut text)?;
        Ok(text)
    }

    /// Rows that do not compress to nothing.
    fn rows(count: u32) -> Vec<u8> {
        let row = |row: u32| format!("{},{:x}\n", row, row.wrapping_mul(2_654_435_761));
        (0..count).map(row).collect::<Vec<_>>().concat().into_bytes()
    }

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

    #[test]
    fn told_by_the_first_bytes() -> io::Result<()> {
        for packing in PACKED {
            let packed = pack(packing, b"a,b\n1,2\n")?;
            assert_eq!(Packing::of(&packed), packing);
            assert_eq!(Packing::of(&packed[..10]), packing);
            assert_eq!(Packing::of(&pack(packing, b"")?), packing, "nothing in {packing}");
        }
        for head in
            ["", "B", "BZ", "BZh91,2024-01-05\n", "BZhou,12\n", "P*M\u{17}", "id,amount\n", "PK\u{3}\u{4}", "7zXZ"]
        {
            assert_eq!(Packing::of(head.as_bytes()), Packing::None, "{head:?}");
        }
        assert_eq!(Packing::of(&[0x5e, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]), Packing::Zstd);
        Ok(())
    }

    #[test]
    fn unpacked_to_the_end_of_the_last_member() -> io::Result<()> {
        let (first, second) = (rows(3_000), rows(500));
        let both = [first.clone(), second.clone()].concat();
        for packing in PACKED {
            let packed = pack(packing, &first)?;
            assert!(unpack(packing, Cursor::new(packed.clone()))? == first, "{packing}");
            let two = [packed, pack(packing, b"")?, pack(packing, &second)?].concat();
            assert!(unpack(packing, Cursor::new(two.clone()))? == both, "{packing}, three members");
            assert!(unpack(packing, Dripping(Cursor::new(two), false))? == both, "{packing}, dripping");
        }
        Ok(())
    }

    #[test]
    fn padding_and_skippable_frames_are_passed_over() -> io::Result<()> {
        let gzip = [pack(Packing::Gzip, b"a\n")?, vec![0; 512], pack(Packing::Gzip, b"b\n")?, vec![0; 7]].concat();
        assert_eq!(unpack(Packing::Gzip, Cursor::new(gzip))?, b"a\nb\n");
        let xz = [pack(Packing::Xz, b"a\n")?, vec![0; 8], pack(Packing::Xz, b"b\n")?, vec![0; 4]].concat();
        assert_eq!(unpack(Packing::Xz, Cursor::new(xz))?, b"a\nb\n");
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, b'x', b'y', b'z'];
        let frames =
            [&skippable[..], &pack(Packing::Zstd, b"a\n")?, &skippable, &pack(Packing::Zstd, b"b\n")?, &skippable];
        let frames = frames.concat();
        assert_eq!(Packing::of(&frames), Packing::Zstd);
        assert_eq!(unpack(Packing::Zstd, Cursor::new(frames))?, b"a\nb\n");
        Ok(())
    }

    #[test]
    fn a_file_cut_anywhere_is_said_to_be_cut() -> io::Result<()> {
        for packing in PACKED {
            let member = pack(packing, &rows(40))?;
            let two = [&member[..], &member[..]].concat();
            for length in (1..two.len()).filter(|length| *length != member.len()) {
                let cut = Cursor::new(two[..length].to_vec());
                let error = unpack(packing, cut).err().map(|error| (error.kind(), error.to_string()));
                let sentence = "its compressed data ends early: the file is cut short";
                let expected = Some((io::ErrorKind::UnexpectedEof, sentence.to_owned()));
                assert_eq!(error, expected, "{packing}, {length} of {} bytes", two.len());
            }
        }
        Ok(())
    }

    #[test]
    fn damage_is_said_and_never_passed_over() -> io::Result<()> {
        let text = rows(400);
        for packing in PACKED {
            let packed = pack(packing, &text)?;
            // The middle of the data, where each format has a checksum over it.
            for place in (packed.len() / 4)..(packed.len() / 4 + 40) {
                let mut damaged = packed.clone();
                damaged[place] ^= 0x55;
                let Err(error) = unpack(packing, Cursor::new(damaged)) else {
                    return Err(io::Error::other(format!("{packing}, byte {place}: damage not seen")));
                };
                let message = error.to_string();
                let cut = message == "its compressed data ends early: the file is cut short";
                assert!(cut || message.starts_with("its compressed data is damaged ("), "{packing}: {message}");
                assert!(cut || message.ends_with("); copy or compress it again"), "{packing}: {message}");
            }
            let followed = [&packed[..], b"and more"].concat();
            assert!(unpack(packing, Cursor::new(followed)).is_err(), "{packing}");
        }
        Ok(())
    }

    #[test]
    fn errors_of_the_file_itself_stay_what_they_are() {
        struct Refusing;
        impl Read for Refusing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::new(io::ErrorKind::PermissionDenied, "the share is gone"))
            }
        }
        for packing in PACKED.into_iter().chain([Packing::None]) {
            let error = unpack(packing, Refusing).err().map(|error| (error.kind(), error.to_string()));
            assert_eq!(error, Some((io::ErrorKind::PermissionDenied, "the share is gone".to_owned())), "{packing}");
        }
    }
}
