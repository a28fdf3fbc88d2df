//! Whether XML ends all that it begins. Nothing is understood of it.

use std::io::{self, BufRead};

/// Elements within elements, and bytes of a tag, beyond which it is nothing that a spreadsheet program wrote.
const DEEPEST: usize = 1_000;
const LONGEST: usize = 1 << 20;

/// Reads XML to its end and tells whether every element that begins in it ends in it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn is_well_formed(xml: &mut impl BufRead) -> io::Result<bool> {
    let (mut open, mut tag, mut any) = (Vec::<Vec<u8>>::new(), Vec::new(), false);
    loop {
        xml.skip_until(b'<')?;
        tag.clear();
        if !read_tag(xml, &mut tag)? {
            return Ok(tag.is_empty() && any && open.is_empty());
        }
        let name_end = tag.iter().position(|byte| b" \t\r\n/>".contains(byte)).unwrap_or(tag.len());
        match tag.as_slice() {
            [b'!' | b'?', ..] => {}
            [b'/', rest @ ..] => {
                let name = rest.strip_suffix(b">").unwrap_or(rest).trim_ascii_end();
                if open.pop().as_deref() != Some(name) {
                    return Ok(false);
                }
            }
            [.., b'/', b'>'] => any = true,
            _ if open.len() == DEEPEST => return Ok(false),
            _ => {
                any = true;
                open.push(tag[..name_end].to_vec());
            }
        }
    }
}

/// Reads what stands between `<` and the `>` that ends it, with that; `false` when the file ends before.
fn read_tag(xml: &mut impl BufRead, tag: &mut Vec<u8>) -> io::Result<bool> {
    loop {
        if xml.read_until(b'>', tag)? == 0 || tag.len() > LONGEST || !tag.ends_with(b">") {
            return Ok(false);
        }
        let ended = if tag.starts_with(b"!--") {
            tag.len() > 5 && tag.ends_with(b"-->")
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

    #[test]
    fn what_is_begun_must_be_ended() -> io::Result<()> {
        let whole = "<?xml version=\"1.0\"?><!-- a > b --><a x='1>2' y=\"'\"><b/><c >t</c ><![CDATA[</a>]]></a>\n";
        assert!(is_well_formed(&mut whole.as_bytes())?);
        for end in 0..whole.len() - 1 {
            assert!(!is_well_formed(&mut &whole.as_bytes()[..end])?, "{}", &whole[..end]);
        }
        for text in ["", "text", "<a></b>", "<a><b></a></b>", "</a>", "<a>", "<a/><b>", "<a x=\"></a>"] {
            assert!(!is_well_formed(&mut text.as_bytes())?, "{text}");
        }
        assert!(!is_well_formed(&mut "<a>".repeat(2_000).as_bytes())?);
        Ok(())
    }
}
