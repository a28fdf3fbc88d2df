//! Values as text in files, as they are shown: money and days.

use std::fmt::Display;

use serde::Serializer;

/// Writes a value as the text it shows, so that money stays exact.
///
/// # Errors
/// Those of the serializer.
pub fn text<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Writes a value that may be missing as the text it shows, or as null.
///
/// # Errors
/// Those of the serializer.
pub fn text_or_null<T: Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
