//! The tags of XML, one by one, in as much memory as one tag takes.
//!
//! What is no XML, or what no spreadsheet program writes, is damage here: it must not be read in two ways, by this and by
//! what reads it afterwards.

use std::io::{self, BufRead, Read};

/// Elements within elements, and bytes of a tag, of an element's name and of a text, beyond which it is nothing that a
/// spreadsheet program wrote.
const DEEPEST: usize = 1_000;
const LONGEST: u64 = 1 << 20;
const LONGEST_NAME: usize = 256;
const LONGEST_TEXT: usize = 64 << 20;

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// It begins an element.
    Begin,
    /// It ends one.
    End,
    /// It is a whole one.
    Whole,
    /// It is a comment, an instruction, or text.
    Other,
}

/// A tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    pub(super) does: Does,
    /// What stands between `<` and `>`, with that.
    pub(super) bytes: &'a [u8],
    /// Bytes of text between the tag before and this one.
    pub(super) text: usize,
}

impl<'a> Tag<'a> {
    /// The element's name.
    pub(super) fn name(&self) -> &'a [u8] {
        let bytes = self.bytes.strip_prefix(b"/").unwrap_or(self.bytes);
        let end = bytes.iter().position(|byte| b" \t\r\n/>".contains(byte)).unwrap_or(bytes.len());
        &bytes[..end]
    }

    /// The values of an attribute as they are written, of which there should be one.
    pub(super) fn values(&self, attribute: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let bytes = self.bytes;
        memchr::memmem::find_iter(bytes, attribute).filter_map(move |at| {
            let behind = bytes[at + attribute.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
            let (quote, value) = behind.split_first()?;
            let end = value.iter().position(|byte| byte == quote)?;
            [b'"', b'\''].contains(quote).then(|| &value[..end])
        })
    }
}

/// What comes next.
pub(super) enum Next<'a> {
    Tag(Tag<'a>),
    /// The end, behind the last tag.
    End,
    /// What is no XML.
    Damage,
}

/// Reads tags.
pub(super) struct Tags<R> {
    xml: R,
    bytes: Vec<u8>,
}

impl<R: BufRead> Tags<R> {
    pub(super) const fn new(xml: R) -> Self {
        Self { xml, bytes: Vec::new() }
    }

    /// The next tag.
    ///
    /// # Errors
    /// When the XML cannot be read.
    pub(super) fn next(&mut self) -> io::Result<Next<'_>> {
        let text = self.xml.skip_until(b'<')?;
        self.bytes.clear();
        let whole = self.read()?;
        if !whole {
            return Ok(if self.bytes.is_empty() { Next::End } else { Next::Damage });
        }
        let does = match self.bytes.as_slice() {
            // Nothing declares its own types of elements, and not everybody finds the end of such a declaration.
            [b'!', rest @ ..] if rest.starts_with(b"-->") || rest.starts_with(b"--->") => return Ok(Next::Damage),
            [b'!', b'-', b'-', ..] | [b'?', _, _, ..] => Does::Other,
            [b'!', rest @ ..] if rest.starts_with(b"[CDATA[") => Does::Other,
            [b'!' | b'?', ..] => return Ok(Next::Damage),
            [b'/', ..] => Does::End,
            [.., b'/', b'>'] => Does::Whole,
            _ => Does::Begin,
        };
        let tag = Tag { does, bytes: &self.bytes, text: text.saturating_sub(1) };
        Ok(if text > LONGEST_TEXT || tag.name().len() > LONGEST_NAME && does != Does::Other {
            Next::Damage
        } else {
            Next::Tag(tag)
        })
    }

    /// Reads what stands between `<` and the `>` that ends the tag, with that; `false` when the file ends before, or the
    /// tag is too long.
    fn read(&mut self) -> io::Result<bool> {
        loop {
            let room = LONGEST.saturating_sub(self.bytes.len() as u64);
            let read = self.xml.by_ref().take(room).read_until(b'>', &mut self.bytes)?;
            if read == 0 || !self.bytes.ends_with(b">") {
                return Ok(false);
            }
            let tag = self.bytes.as_slice();
            let ended = if tag.starts_with(b"!--") {
                tag.ends_with(b"-->")
            } else if tag.starts_with(b"![CDATA[") {
                tag.ends_with(b"]]>")
            } else if tag.starts_with(b"?") {
                tag.ends_with(b"?>")
            } else {
                quotes_are_closed(tag)
            };
            if ended {
                return Ok(true);
            }
        }
    }
}

/// Reads XML to its end, or until `each` wants no more of its tags, and tells whether every element that begins in it ends
/// in it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn is_well_formed(xml: impl BufRead, mut each: impl FnMut(Tag<'_>) -> bool) -> io::Result<bool> {
    let (mut tags, mut open, mut any) = (Tags::new(xml), Vec::<Vec<u8>>::new(), false);
    loop {
        let tag = match tags.next()? {
            Next::Tag(tag) => tag,
            Next::End => return Ok(any && open.is_empty()),
            Next::Damage => return Ok(false),
        };
        match tag.does {
            Does::Begin if open.len() == DEEPEST => return Ok(false),
            Does::Begin => open.push(tag.name().to_vec()),
            Does::End if open.pop().as_deref() != Some(tag.name()) => return Ok(false),
            _ => {}
        }
        any |= matches!(tag.does, Does::Begin | Does::Whole);
        if !each(tag) {
            return Ok(true);
        }
    }
}

/// Whether a tag's end stands outside of its quoted values.
fn quotes_are_closed(tag: &[u8]) -> bool {
    let quote = tag.iter().fold(None, |quote, byte| match (quote, byte) {
        (None, b'"' | b'\'') => Some(*byte),
        (Some(open), byte) if open == *byte => None,
        (quote, _) => quote,
    });
    quote.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: impl AsRef<[u8]>) -> io::Result<bool> {
        is_well_formed(text.as_ref(), |_| true)
    }

    #[test]
    fn what_is_begun_must_be_ended() -> io::Result<()> {
        let text = "<?xml version=\"1.0\"?><!-- a > b --><a x='1>2' y=\"'\"><b/><c >t</c ><![CDATA[</a>]]></a>\n";
        assert!(whole(text)?);
        for end in 0..text.len() - 1 {
            assert!(!whole(&text[..end])?, "{}", &text[..end]);
        }
        for text in ["", "text", "<a></b>", "<a><b></a></b>", "</a>", "<a>", "<a/><b>", "<a x=\"></a>"] {
            assert!(!whole(text)?, "{text}");
        }
        assert!(!whole("<a>".repeat(2_000))?);
        Ok(())
    }

    #[test]
    fn what_may_be_read_in_two_ways_is_damage() -> io::Result<()> {
        assert!(whole("<!----><a/>")?);
        for text in ["<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b '<c>'>]><a/>", "<!---><a/>-->", "<!--><a/>-->"] {
            assert!(!whole(text)?, "{text}");
        }
        assert!(!whole("<?><a/>?><a/>")?);
        Ok(())
    }

    #[test]
    fn what_is_too_long_is_read_no_further() -> io::Result<()> {
        let name = "n".repeat(300);
        assert!(!whole(format!("<{name}></{name}>"))?);
        let (fits, too_long) = ("x".repeat((1 << 20) - 20), "x".repeat(1 << 20));
        assert!(whole(format!("<a b='{fits}'/>"))?);
        assert!(!whole(format!("<a b='{too_long}'/>"))?);
        // A source without end: only who stops comes back.
        let endless = io::BufReader::new(b"<a b='".chain(io::repeat(b'x')));
        assert!(!is_well_formed(endless, |_| true)?);
        Ok(())
    }

    #[test]
    fn values_are_found_however_they_are_written() {
        let of = |bytes: &'static str| {
            let tag = Tag { does: Does::Begin, bytes: bytes.as_bytes(), text: 0 };
            tag.values(b"n").map(|value| String::from_utf8_lossy(value).into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of("a n='1'>"), ["1"]);
        assert_eq!(of("a n\n=\t\"2\" b:n='3' no='4'/>"), ["2", "3"]);
        assert_eq!(of("a m='n'>"), Vec::<String>::new());
    }
}
