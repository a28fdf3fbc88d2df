//! The manifest beside a list: what it is, from what it was made and how, so that it can be checked and made again.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Totals;
use super::file::{FileError, Format, Output, Sealed, Written};
use super::table::{Column, Kind, headers};
use crate::model::money::Money;

/// Everything that is told of a list. Field names are those of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program that wrote the list.
    pub generator: Generator,
    /// When it was written, as text with its time zone.
    pub written: String,
    /// The list itself.
    pub export: Export,
    /// The files it was made from.
    pub sources: Vec<Source>,
    /// The day recency is counted from, YYYY-MM-DD.
    pub as_of: String,
    /// The data filter as it is typed; empty where all rows make the customers.
    #[serde(default)]
    pub data_filter: String,
    /// The filter as it is typed; empty where everybody is taken.
    pub filter: String,
    /// Who of those that the filter leaves is listed, in words; empty where all are.
    #[serde(default)]
    pub selection: String,
    /// The columns that the list is sorted by, with their directions.
    pub sort: String,
    /// The scenario as it is saved.
    pub scenario: String,
    /// What was done so that nobody is recognised.
    pub privacy: Privacy,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generator {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The file's name, without its folder: both files may be moved together.
    pub file: String,
    /// [`Format::name`].
    pub format: String,
    /// How long the file is.
    pub bytes: u64,
    /// SHA-256 of the file, 64 small hex digits.
    pub sha256: String,
    /// Rows, without the header.
    pub rows: u64,
    /// The columns in order.
    pub columns: Vec<ColumnNote>,
    /// The sum of a column of money, where there is one.
    pub control_total: Option<ControlTotal>,
}

/// A column of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnNote {
    /// As in the file's header, but for an apostrophe in front.
    pub name: String,
    /// [`Kind::name`].
    pub kind: String,
}

/// The sum of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlTotal {
    /// Its header.
    pub column: String,
    /// Exact, with all decimals: `-1234.50`.
    pub sum: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As it was given.
    pub file: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of its bytes, 64 small hex digits.
    pub sha256: String,
}

/// What was done to names and ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privacy {
    /// Whether names, phones, mails and addresses are masked.
    pub masked: bool,
    /// How customers' ids are written.
    pub ids: Ids,
}

/// How ids are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ids {
    /// As the data has them, made safe.
    Plain,
    /// Masked like other texts.
    Masked,
    /// As keyed hashes: HMAC-SHA256, the first 16 bytes as hex.
    Hashed {
        /// [`super::privacy::IdKey::fingerprint`]; never the key.
        key_fingerprint: String,
    },
}

impl Export {
    /// What is told of a list that was written to a file, with the position of its control column.
    #[must_use]
    pub fn new(written: &Written, format: Format, columns: &[Column], totals: Totals, control: Option<usize>) -> Self {
        let name = written.path.as_deref().and_then(Path::file_name);
        let headers = headers(columns);
        let control_total = control.and_then(|place| {
            let (Kind::Money(scale) | Kind::Number(scale)) = columns.get(place)?.kind else { return None };
            Some(ControlTotal { column: headers[place].clone(), sum: Money::new(totals.sum, scale).to_string() })
        });
        let note = |(name, column): (String, &Column)| ColumnNote { name, kind: column.kind.name().to_owned() };
        Self {
            file: name.map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into_owned()),
            format: format.name().to_owned(),
            bytes: written.bytes,
            sha256: written.sha256.clone(),
            rows: totals.rows,
            columns: headers.into_iter().zip(columns).map(note).collect(),
            control_total,
        }
    }
}

impl Manifest {
    /// Where the manifest of a list is: beside it, `list.csv.manifest.json` for `list.csv`.
    #[must_use]
    pub fn path(export: &Path) -> PathBuf {
        let mut path = export.as_os_str().to_owned();
        path.push(".manifest.json");
        path.into()
    }

    /// Writes it to an output that is opened before the list is written, so that a manifest in the way is told before the
    /// work. It goes to its place together with the list.
    ///
    /// # Errors
    /// Those of the file.
    pub fn seal(&self, mut out: Output) -> Result<Sealed, FileError> {
        let done = serde_json::to_writer_pretty(&mut out, self).map_err(std::io::Error::from);
        done.and_then(|()| out.write_all(b"\n")).map_err(|error| out.failed(error.into()))?;
        out.seal()
    }
}

#[cfg(test)]
mod tests;
