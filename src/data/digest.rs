//! Digits and digests: how bytes are written for people, and how what is too long to be shown is told apart all the same.

use std::fmt::Write;

use xxhash_rust::xxh3::xxh3_128;

/// Bytes of the longest blob that is written whole: room for a UUID, and for a SHA-256.
const WHOLE: usize = 32;

/// Bytes that are written of a longer one.
const BEGINNING: usize = 16;

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes that are no text as one, `0x00ff`: whole, or their beginning and a digest of them all. Different bytes give
/// different texts.
pub(super) fn blob(bytes: &[u8]) -> String {
    if bytes.len() <= WHOLE {
        return format!("0x{}", hexadecimal(bytes));
    }
    format!("0x{}… {}", hexadecimal(&bytes[..BEGINNING]), digest(bytes))
}

/// A text of at most `most` characters whole; of a longer one its beginning and a digest of it all. Different texts give
/// different ones.
pub(super) fn abridged(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}… {}", &text[..end], digest(text.as_bytes())),
    }
}

/// 128 bits: two different values share them with a probability that is zero for all purposes.
fn digest(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_whole_is_told_apart() {
        assert_eq!((blob(b""), blob(&[0, 0xff, 0x1a])), ("0x".to_owned(), "0x00ff1a".to_owned()));
        assert_eq!(blob(&[0xab; 32]), format!("0x{}", "ab".repeat(32)));
        let long = |last: u8| blob(&[&[0xab; 32][..], &[last]].concat());
        assert!(long(1).starts_with(&format!("0x{}… ", "ab".repeat(16))));
        assert_ne!(long(1), long(2));
        assert_eq!(long(1).len(), long(2).len());
        assert_eq!(abridged("甲乙丙", 3), "甲乙丙");
        assert!(abridged("甲乙丙丁", 3).starts_with("甲乙丙… "));
        assert_ne!(abridged("甲乙丙丁", 3), abridged("甲乙丙戊", 3));
        // XXH3's own test vector for no bytes, of 128 bits without a seed.
        assert_eq!(digest(b""), "99aa06d3014798d86001c324468d497f");
    }
}
