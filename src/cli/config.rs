//! The settings of a user: one TOML file, every key of which has a default. An option comes before the environment, and
//! the environment before this file.

mod command;
mod keys;
mod sample;

use std::env;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::folders;
use crate::lang::Language;
use crate::model::cuts::Method;
use crate::tr;
use crate::ui::theme::ColorChoice;
pub(super) use command::{ConfigArgs, run};

/// The variable that names the file of settings.
pub const VARIABLE: &str = "TIERSCOPE_CONFIG";

/// The largest file that is read as settings, in bytes; any real one is far below.
const MOST: u64 = 1 << 20;

/// What a user has settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The language; `None`: that of the locale.
    pub lang: Option<Language>,
    /// How the screen looks.
    pub screen: Screen,
    /// What the explorer starts with.
    pub explorer: Start,
    /// What the commands without a screen start with.
    pub report: Start,
}

/// How the screen looks, and what it listens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Colours that the terminal can show.
    pub color: ColorChoice,
    /// The theme, by name or path; `None`: the one that comes with the program.
    pub theme: Option<String>,
    /// Whether frames, bars and marks are drawn with ASCII alone.
    pub ascii: bool,
    /// Whether figures are written out where pictures are drawn.
    pub plain: bool,
    /// Columns that a character of ambiguous width takes: 1, or 2.
    pub ambiguous_width: u8,
    /// Whether the mouse is listened to.
    pub mouse: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self { color: ColorChoice::Auto, theme: None, ascii: false, plain: false, ambiguous_width: 1, mouse: false }
    }
}

/// What is taken where neither options nor a scenario say anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The scheme, by name or path; `None`: the usual one.
    pub scheme: Option<String>,
    /// How cuts come to be; `None`: as the scheme says.
    pub method: Option<Method>,
    /// Whether files are opened from the cache and kept in it.
    pub cache: bool,
}

impl Default for Start {
    fn default() -> Self {
        Self { scheme: None, method: None, cache: true }
    }
}

/// Settings that cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The system refuses, or it is no text.
    #[error("{}", tr!("cannot read the settings {path}: {cause}", path = path.display(), cause = source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No TOML, or a value that its key does not take.
    #[error("{}", tr!("settings {path}, line {line}: {problem}", path = path.display(), line, problem))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong, with the key.
        problem: String,
    },
}

impl ConfigError {
    /// Whether the file is there and wrong.
    #[must_use]
    pub const fn is_wrong_use(&self) -> bool {
        matches!(self, Self::Invalid { .. })
    }
}

impl Config {
    /// The settings of a file that was named, or else of the usual one, which need not be there.
    ///
    /// # Errors
    /// [`ConfigError`] naming the file, and the line and the key that cannot be used.
    pub fn read(named: Option<&Path>) -> Result<Self, ConfigError> {
        let Some((path, must_be)) = file(named) else { return Ok(Self::default()) };
        match text(&path) {
            Ok(text) => Self::parse(&text).map_err(|(line, problem)| ConfigError::Invalid { path, line, problem }),
            Err(error) if !must_be && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Ok(Self::default())
            }
            Err(source) => Err(ConfigError::Unreadable { path, source }),
        }
    }

    /// The settings of a text; a problem comes with its line, from 1.
    fn parse(text: &str) -> Result<Self, (usize, String)> {
        keys::read(text)
    }
}

/// The file of settings, and whether it must be there because somebody named it.
fn file(named: Option<&Path>) -> Option<(PathBuf, bool)> {
    let variable = || env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    let named = named.map(Path::to_owned).or_else(variable).map(|path| (path, true));
    named.or_else(|| folders::config_file().map(|path| (path, false)))
}

fn text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    if File::open(path)?.take(MOST).read_to_string(&mut text)? as u64 == MOST {
        return Err(io::Error::other(tr!("it is too large for settings")));
    }
    Ok(text)
}
