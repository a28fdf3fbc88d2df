//! Ids as keyed hashes (HMAC-SHA256, RFC 2104 and FIPS 198-1): the same customer has the same hash in every list that is
//! written with the same key, and without the key nobody can try ids to see which it is.

use std::env::{self, VarError};
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

use crate::data::parse::text::identity_key;
use crate::export::file::hex;
use crate::tr;

/// Bytes that a key has at least.
const LEAST: usize = 16;
/// Bytes that a file of a key has at most: a longer one is some other file.
const MOST: u64 = 4_096;
/// Bytes of a hash that are written: of 2^64 customers two would share one.
const KEPT: usize = 16;
/// What the fingerprint is the hash of. No id in its unified form has a control character, so none has this hash.
const FINGERPRINT: &[u8] = b"\0tierscope key fingerprint";
/// Bytes of the fingerprint.
const FINGERPRINT_KEPT: usize = 8;

/// Why a key is of no use.
#[derive(Debug, Error)]
pub enum KeyError {
    /// Too short.
    #[error(
        "{}",
        tr!(
            "the key {from} has {found} bytes and needs at least {least}; make one with `openssl rand -hex 32`",
            from,
            found,
            least = LEAST,
        )
    )]
    Short {
        /// Where it was to come from, in words.
        from: String,
        /// Its bytes.
        found: usize,
    },
    /// Too long to be one.
    #[error(
        "{}",
        tr!(
            "{path} has more than {most} bytes, which is no key; name the file that holds the key",
            path = _0.display(),
            most = MOST,
        )
    )]
    Long(PathBuf),
    /// The file cannot be read.
    #[error("{}", tr!("cannot read the key file {path}", path = path.display()))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The variable is not there.
    #[error(
        "{}",
        tr!("the environment variable {name} is not set; set it to the key, or name a file with the key", name = _0)
    )]
    Unset(String),
    /// The variable is no text.
    #[error(
        "{}",
        tr!("the environment variable {name} is not UTF-8; write the key as text, for example in hex", name = _0)
    )]
    NotText(String),
}

/// A secret key for the hashes of ids. It is never shown or written.
#[derive(Clone)]
pub struct IdKey {
    mac: Hmac<Sha256>,
    fingerprint: String,
}

impl fmt::Debug for IdKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdKey").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

impl IdKey {
    /// The key of these bytes; `from` says where they come from, for the error: `in FILE`.
    ///
    /// # Errors
    /// [`KeyError::Short`] for fewer than 16 bytes.
    pub fn new(secret: &[u8], from: &str) -> Result<Self, KeyError> {
        let short = || KeyError::Short { from: from.to_owned(), found: secret.len() };
        if secret.len() < LEAST {
            return Err(short());
        }
        let mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| short())?;
        let fingerprint = hex(&code(&mac, FINGERPRINT)[..FINGERPRINT_KEPT]);
        Ok(Self { mac, fingerprint })
    }

    /// The key that a file holds: all its bytes, without line breaks at the end.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`], [`KeyError::Long`] or [`KeyError::Short`].
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        let mut secret = Vec::new();
        let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut secret));
        read.map_err(|source| KeyError::Unreadable { path: path.to_owned(), source })?;
        if secret.len() as u64 > MOST {
            return Err(KeyError::Long(path.to_owned()));
        }
        Self::new(without_line_end(&secret), &tr!("source of a key" | "in {path}", path = path.display()))
    }

    /// The key that an environment variable holds, without line breaks at the end.
    ///
    /// # Errors
    /// [`KeyError::Unset`], [`KeyError::NotText`] or [`KeyError::Short`].
    pub fn from_variable(name: &str) -> Result<Self, KeyError> {
        let secret = env::var(name).map_err(|error| match error {
            VarError::NotPresent => KeyError::Unset(name.to_owned()),
            VarError::NotUnicode(_) => KeyError::NotText(name.to_owned()),
        })?;
        Self::new(without_line_end(secret.as_bytes()), &tr!("in the environment variable {name}", name))
    }

    /// What tells two keys apart without telling them: 16 hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The hash of an id in its unified form, so that ids which differ only in case, blanks or width have one: 32 hex
    /// digits.
    #[must_use]
    pub fn hash(&self, id: &str) -> String {
        hex(&code(&self.mac, identity_key(id).as_bytes())[..KEPT])
    }
}

fn code(mac: &Hmac<Sha256>, text: &[u8]) -> [u8; 32] {
    let mut mac = mac.clone();
    mac.update(text);
    mac.finalize().into_bytes().into()
}

fn without_line_end(secret: &[u8]) -> &[u8] {
    let end = secret.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1);
    &secret[..end]
}
