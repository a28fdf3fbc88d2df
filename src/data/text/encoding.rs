//! Which bytes stand for which characters in a text file: the encodings by name, and how one is told from the text's
//! beginning.

mod detect;
mod east_asian;
mod names;
mod not_text;
mod single_byte;
mod wide;

use std::fmt;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use detect::{Detected, detect};
pub use not_text::NotText;

use names::MORE_LABELS;

use crate::tr;

/// A character encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);
    /// GB18030 with GBK and GB2312, which are parts of it.
    pub const GB18030: Self = Self(encoding_rs::GB18030);
    /// Big5 with the Hong Kong characters.
    pub const BIG5: Self = Self(encoding_rs::BIG5);
    /// Shift JIS as Windows has it.
    pub const SHIFT_JIS: Self = Self(encoding_rs::SHIFT_JIS);
    /// The Japanese encoding of Unix.
    pub const EUC_JP: Self = Self(encoding_rs::EUC_JP);
    /// The Korean encoding, as Windows extends it.
    pub const EUC_KR: Self = Self(encoding_rs::EUC_KR);
    /// UTF-16 with the low byte first, which Excel's "Unicode text" is.
    pub const UTF_16LE: Self = Self(encoding_rs::UTF_16LE);
    /// UTF-16 with the high byte first.
    pub const UTF_16BE: Self = Self(encoding_rs::UTF_16BE);
    /// Western Windows; ISO-8859-1 is a part of it.
    pub const WINDOWS_1252: Self = Self(encoding_rs::WINDOWS_1252);
    /// Western text of the old Macintosh, which Excel for Mac still writes.
    pub const MACINTOSH: Self = Self(encoding_rs::MACINTOSH);

    /// What it is called on the screen, in every language; [`FromStr`] knows it by this name too.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::name(self.0)
    }

    /// The encoding of a library that stands behind it. GBK is read as GB18030, which differs by reading more.
    fn of(encoding: &'static encoding_rs::Encoding) -> Self {
        if encoding == encoding_rs::GBK { Self::GB18030 } else { Self(encoding) }
    }

    /// A decoder that takes bytes piece by piece and keeps a byte order mark for its caller to drop.
    pub(super) fn decoder(self) -> encoding_rs::Decoder {
        self.0.new_decoder_without_bom_handling()
    }

    /// The text that bytes stand for, with U+FFFD for what stands for nothing.
    fn decode(self, bytes: &[u8]) -> String {
        self.0.decode_without_bom_handling(bytes).0.into_owned()
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By name.
impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// By name.
impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A name that no known encoding has.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "{}",
    tr!(
        "`{name}` is no known encoding; common ones are utf-8, gb18030 (gbk, gb2312, cp936), big5, utf-16le, utf-16be, \
         shift_jis, euc-jp, euc-kr, windows-1252 (latin1), macroman, windows-1251",
        name = _0,
    )
)]
pub struct UnknownEncoding(String);

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// By any of its names, whatever the case, and with signs or without: `gbk`, `cp936`, `UTF-16`, `latin1`, `mac-roman`.
    fn from_str(label: &str) -> Result<Self, Self::Err> {
        if let Some(encoding) = labelled(label) {
            return Ok(encoding);
        }
        let bare: String = label.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let more = MORE_LABELS.iter().find(|(name, _)| *name == bare).map(|(_, encoding)| *encoding);
        more.or_else(|| respelled(&bare)).ok_or_else(|| UnknownEncoding(label.trim().to_owned()))
    }
}

/// An encoding by a label of the Web that stands for text.
fn labelled(label: &str) -> Option<Encoding> {
    let known = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?;
    (known != encoding_rs::X_USER_DEFINED).then(|| Encoding::of(known))
}

/// An encoding by a label that lost its signs or has others: `utf16le`, `latin 2`, `windows1252`, `KOI8_R`.
fn respelled(bare: &str) -> Option<Encoding> {
    const SPLIT: [&str; 10] = ["utf", "utf16", "iso", "iso8859", "windows", "cp", "koi8", "big5", "shift", "euc"];
    if let Some(encoding) = labelled(bare) {
        return Some(encoding);
    }
    SPLIT.iter().filter_map(|head| bare.strip_prefix(head).map(|rest| (head, rest))).find_map(
        |(head, rest)| match *head {
            "utf16" => labelled(&format!("utf-16{rest}")),
            "iso8859" => labelled(&format!("iso-8859-{rest}")),
            "cp" => labelled(&format!("windows-{rest}")),
            "shift" => labelled(&format!("{head}_{rest}")),
            _ => labelled(&format!("{head}-{rest}")),
        },
    )
}

/// A number of things: `1 byte`, `2 bytes`.
fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_by_every_common_label() {
        let labels = [
            ("utf-8 UTF8 utf-8-sig", "UTF-8"),
            ("gbk GB2312 gb-2312 cp936 GB18030 gb-18030 gb_18030 cp-936 windows-936 x-gbk euc-cn", "GB18030"),
            ("big5 Big-5 big5-hkscs cp950 BIG5HKSCS", "Big5"),
            ("utf-16 UTF-16LE utf16 utf16le utf_16_le unicode", "UTF-16LE"),
            ("utf-16be UTF16BE", "UTF-16BE"),
            ("latin1 latin-1 iso-8859-1 iso8859-1 ISO88591 cp1252 windows-1252 windows1252 win-1252x", "Windows-1252"),
            ("macintosh macroman mac-roman Mac_Roman x-mac-roman", "Mac Roman"),
            ("shift_jis shift-jis sjis cp932 Shift_JIS windows-31j", "Shift_JIS"),
            ("euc-jp eucjp", "EUC-JP"),
            ("euc-kr euckr cp949 windows-949", "EUC-KR"),
            ("windows-1251 cp1251 win1251x", "Windows-1251"),
            ("koi8-r koi8r KOI8_R", "KOI8-R"),
            ("iso-8859-2 latin2 latin-2", "ISO-8859-2"),
            ("cp866 ibm866", "IBM866"),
        ];
        for (labels, name) in labels {
            for label in labels.split(' ').filter(|label| !label.ends_with('x')) {
                assert_eq!(label.parse::<Encoding>().map(Encoding::name), Ok(name), "{label}");
            }
        }
        assert_eq!(" Mac Roman ".parse(), Ok(Encoding::MACINTOSH));
    }

    #[test]
    fn an_unknown_label_is_answered_with_the_common_ones() {
        for label in ["", "gbx", "replacement", "x-user-defined", "iso-2022-cn", "客户", "utf-32"] {
            let message = label.parse::<Encoding>().map_err(|error| error.to_string());
            let said = message.err().unwrap_or_default();
            assert!(said.starts_with(&format!("`{label}` is no known encoding")), "{label}: {said}");
            assert!(said.contains("gbk") && said.contains("big5") && said.contains("windows-1252"), "{said}");
        }
    }

    #[test]
    fn each_name_on_the_screen_is_a_label_too() {
        for label in ["utf-8", "gbk", "big5", "sjis", "euc-kr", "utf-16be", "latin1", "mac", "x-mac-cyrillic", "cp874"]
        {
            let encoding = label.parse::<Encoding>();
            let again = encoding.clone().and_then(|encoding| encoding.name().parse());
            assert!(encoding.is_ok(), "{label}");
            assert_eq!(again, encoding, "{label}");
        }
    }
}
