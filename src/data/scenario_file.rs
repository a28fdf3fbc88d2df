//! Scenario files: read with the name of the file in every error, and written whole or not at all.

use std::fmt;
use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tempfile::{Builder, PersistError};
use thiserror::Error;

use super::columns::ValueOptions;
use super::parse::number::Currency;
use super::source::TextOptions;
use crate::model::scenario::{Scenario, ScenarioError, SchemeChoice, TextPart, ValuePart};
use crate::model::schemes::Catalogue;
use crate::show::system;
use crate::show::text::clean;
use crate::tr;

/// The largest file that is read as a scenario, in bytes; any real one is far below.
const MOST: u64 = 16 << 20;

/// A scenario file that cannot be read, used or written.
#[derive(Debug, Error)]
pub enum ScenarioFileError {
    /// The system refuses, or it is no text.
    #[error("{}", tr!("cannot read scenario {path}: {cause}", path = path.display(), cause = system::words(source)))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Far larger than any scenario, and so probably data.
    #[error(
        "{}",
        tr!(
            "{path} is no scenario: it is larger than 16 MiB; the scenario comes before the files of data",
            path = _0.display(),
        )
    )]
    TooLarge(PathBuf),
    /// Not of the form.
    #[error("{}", tr!("scenario {path}: {cause}", path = path.display(), cause = source))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ScenarioError,
    },
    /// Something is there already.
    #[error("{}", tr!("{path} is there already; --force writes over it", path = _0.display()))]
    Exists(PathBuf),
    /// The system refuses.
    #[error("{}", tr!("cannot write {path}: {cause}", path = path.display(), cause = system::words(source)))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What a scenario says of files, for reading them.
///
/// # Errors
/// [`ScenarioError::Value`] naming the key whose word means nothing.
pub fn text_options(part: &TextPart) -> Result<TextOptions, ScenarioError> {
    Ok(TextOptions {
        header: part.header,
        delimiter: part.delimiter,
        plain_quotes: part.plain_quotes,
        encoding: meaning("encoding", part.encoding.as_deref())?,
        skip_lines: part.skip_lines,
        sheet: part.sheet.clone(),
    })
}

/// How files are read, for a scenario.
#[must_use]
pub fn text_part(options: &TextOptions) -> TextPart {
    TextPart {
        header: options.header,
        delimiter: options.delimiter,
        plain_quotes: options.plain_quotes,
        encoding: options.encoding.map(|encoding| encoding.name().to_owned()),
        skip_lines: options.skip_lines,
        sheet: options.sheet.clone(),
    }
}

/// What a scenario says of dates and amounts, for reading them, with the currency that counts.
///
/// # Errors
/// [`ScenarioError::Value`] naming the key whose word means nothing.
pub fn value_options(part: &ValuePart) -> Result<(ValueOptions, Option<Currency>), ScenarioError> {
    let options = ValueOptions {
        date_format: meaning("date_format", part.date_format.as_deref())?,
        date_order: meaning("date_order", part.date_order.as_deref())?,
        decimal: meaning("decimal", part.decimal.as_deref())?,
        zone: meaning("tz", part.tz.as_deref())?,
    };
    Ok((options, meaning("only_currency", part.only_currency.as_deref())?))
}

/// How dates and amounts are read, for a scenario.
#[must_use]
pub fn value_part(options: &ValueOptions, currency: Option<Currency>) -> ValuePart {
    ValuePart {
        date_format: options.date_format.map(|format| format.word().to_owned()),
        date_order: options.date_order.map(|order| order.word().to_owned()),
        tz: options.zone.map(|zone| zone.to_string()),
        decimal: options.decimal.map(|mark| mark.word().to_owned()),
        only_currency: currency.map(|currency| currency.code().to_owned()),
    }
}

/// What a word of the table `data` means.
fn meaning<T: FromStr<Err: fmt::Display>>(key: &str, word: Option<&str>) -> Result<Option<T>, ScenarioError> {
    let wrong = |error: T::Err| ScenarioError::Value {
        key: format!("data.{key}"),
        problem: tr!("cannot be: {why}", why = clean(&error.to_string())),
    };
    word.map(|word| word.parse().map_err(wrong)).transpose()
}

/// Reads a scenario. The path of its scheme may be relative to its own folder.
///
/// # Errors
/// [`ScenarioFileError`] naming the file and what is wrong with it.
pub fn read(path: &Path, catalogue: &Catalogue) -> Result<Scenario, ScenarioFileError> {
    let unreadable = |source| ScenarioFileError::Unreadable { path: path.to_owned(), source };
    let mut text = String::new();
    // A pipe that nobody writes to would be waited for without end.
    if fs::metadata(path).map_err(unreadable)?.file_type().is_fifo() {
        return Err(unreadable(io::Error::other(tr!("it is a pipe"))));
    }
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().is_ok_and(|metadata| metadata.len() > MOST) {
        return Err(ScenarioFileError::TooLarge(path.to_owned()));
    }
    file.take(MOST).read_to_string(&mut text).map_err(unreadable)?;
    let mut scenario = parsed(&text).map_err(|source| ScenarioFileError::Invalid { path: path.to_owned(), source })?;
    if let SchemeChoice::Named(name) = &mut scenario.scheme
        && let Some(beside) = beside(path, name, catalogue)
    {
        *name = beside;
    }
    Ok(scenario)
}

/// A scenario whose words on reading all mean something.
fn parsed(text: &str) -> Result<Scenario, ScenarioError> {
    let scenario = Scenario::parse(text)?;
    text_options(&scenario.data.text)?;
    value_options(&scenario.data.values)?;
    Ok(scenario)
}

/// The path of a scheme file beside a scenario, unless the name is a known scheme's or leads to a file as it is.
fn beside(scenario: &Path, name: &str, catalogue: &Catalogue) -> Option<String> {
    let known = catalogue.schemes().iter().any(|scheme| scheme.name == name) || Path::new(name).is_file();
    let path = scenario.parent()?.join(name);
    (!known && path.is_file()).then(|| path.to_str().map(str::to_owned)).flatten()
}

/// Writes a text to a file that is not there yet, or over one where that is wanted: whole or not at all.
///
/// # Errors
/// [`ScenarioFileError::Exists`], or [`ScenarioFileError::Unwritable`] with what the system says.
pub fn save(path: &Path, text: &str, over: bool) -> Result<(), ScenarioFileError> {
    // The name of the temporary file says nothing to the user.
    let unwritable = |error: io::Error| {
        let source = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
        ScenarioFileError::Unwritable { path: path.to_owned(), source }
    };
    // A link stays, and what it leads to is written.
    let target = if over { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // What the user's umask leaves of this, as of any new file; a file that is written over keeps what it has.
    let permissions = fs::metadata(&target).map_or(Permissions::from_mode(0o666), |metadata| metadata.permissions());
    let mut file = Builder::new().permissions(permissions).tempfile_in(folder).map_err(unwritable)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(unwritable)?;
    let done = if over { file.persist(&target) } else { file.persist_noclobber(&target) };
    done.map(drop).map_err(|PersistError { error, .. }| match error.kind() {
        io::ErrorKind::AlreadyExists => ScenarioFileError::Exists(path.to_owned()),
        _ => unwritable(error),
    })
}
