//! What is told of a file that was taken for text and is none.

use thiserror::Error;

use crate::tr;

/// Why bytes are no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum NotText {
    /// Zero bytes that are not those of UTF-16.
    #[error("{}", tr!("it is binary data, no text: it holds zero bytes and is not UTF-16"))]
    ZeroBytes,
    /// More control characters than any text has.
    #[error("{}", tr!("it is binary data, no text: {percent} % of its bytes are control characters", percent))]
    ControlCharacters {
        /// How many in a hundred bytes, rounded down.
        percent: usize,
    },
    /// Four bytes a character, which nothing that exports tables writes.
    #[error("{}", tr!("it is UTF-32 text, which is not read here; convert it with `iconv -f UTF-32 -t UTF-8`"))]
    Utf32,
}
