//! The SHA-256 of a file's bytes, as `sha256sum` gives it: what tells whether two people look at the same file.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::super::digest::hexadecimal;
use super::super::place::Place;

/// Bytes read at a time; between two such pieces the work can be called off.
const PIECE: usize = 1 << 20;

/// The digest of a file as it lies there, packed if it is, in hexadecimal; `None` when it is of no use any more.
pub(crate) fn sha256(place: &Place, useless: impl Fn() -> bool) -> io::Result<Option<String>> {
    let mut file = place.open()?;
    let (mut digest, mut piece) = (Sha256::new(), vec![0; PIECE]);
    while !useless() {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Some(hexadecimal(&digest.finalize()))),
            Ok(read) => digest.update(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_published_one() -> io::Result<()> {
        // FIPS 180-4's example, and the digest of nothing.
        for (bytes, expected) in [
            (&b"abc"[..], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ] {
            let place = Place::BuiltIn { name: "bytes", bytes };
            assert_eq!(sha256(&place, || false)?.as_deref(), Some(expected));
        }
        assert_eq!(sha256(&Place::BuiltIn { name: "bytes", bytes: b"abc" }, || true)?, None);
        Ok(())
    }
}
