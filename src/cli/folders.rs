//! Where the program's own files are: settings, what it notes for itself, and what it may lose. The only place that asks
//! the system for folders.

use std::env;
use std::path::PathBuf;

use directories::ProjectDirs;

use crate::data::{mapping_memory, tour_seen};

/// The variable that names the folder of settings.
pub const CONFIG_VARIABLE: &str = "TIERSCOPE_CONFIG_DIR";
/// The variable that names the folder of notes.
pub const STATE_VARIABLE: &str = "TIERSCOPE_STATE_DIR";
/// The variable that names the folder of what may be lost.
pub const CACHE_VARIABLE: &str = "TIERSCOPE_CACHE_DIR";

/// The folder of what users write, or decide for good: settings, own schemes, remembered columns. `None` where the system
/// knows no home.
#[must_use]
pub fn config() -> Option<PathBuf> {
    folder(CONFIG_VARIABLE, |dirs| dirs.config_dir().to_owned())
}

/// The folder of what the program notes for itself from one run to the next. `None` where the system knows no home.
#[must_use]
pub fn state() -> Option<PathBuf> {
    folder(STATE_VARIABLE, |dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}

/// The folder of what can be made again. `None` where the system knows no home.
#[must_use]
pub fn cache() -> Option<PathBuf> {
    folder(CACHE_VARIABLE, |dirs| dirs.cache_dir().to_owned())
}

/// The file of settings that is read where none is named.
#[must_use]
pub fn config_file() -> Option<PathBuf> {
    config().map(|folder| folder.join("config.toml"))
}

/// The folder of the user's own schemes.
#[must_use]
pub fn schemes() -> Option<PathBuf> {
    config().map(|folder| folder.join("schemes"))
}

/// The folder of the user's own themes.
#[must_use]
pub fn themes() -> Option<PathBuf> {
    config().map(|folder| folder.join("themes"))
}

/// The file of remembered columns.
#[must_use]
pub fn mappings() -> Option<PathBuf> {
    config().map(|folder| folder.join(mapping_memory::FILE_NAME))
}

/// The file of the user's own keys.
#[must_use]
pub fn keymap() -> Option<PathBuf> {
    config().map(|folder| folder.join("keymap.toml"))
}

/// The file that says that the lines for beginners were seen.
#[must_use]
pub fn tour() -> Option<PathBuf> {
    state().map(|folder| folder.join(tour_seen::FILE_NAME))
}

/// The file of what the explorer remembers of its user.
#[must_use]
pub fn preferences() -> Option<PathBuf> {
    state().map(|folder| folder.join("preferences.toml"))
}

/// The folder of sessions to be gone on with.
#[must_use]
pub fn sessions() -> Option<PathBuf> {
    state().map(|folder| folder.join("sessions"))
}

/// The explorer's own log.
#[must_use]
pub fn log() -> Option<PathBuf> {
    state().map(|folder| folder.join("tierscope.log"))
}

/// The folder of kept loads.
#[must_use]
pub fn loads() -> Option<PathBuf> {
    cache().map(|folder| folder.join("loads"))
}

/// The folder that a variable names, or the usual one of the system.
fn folder(variable: &str, usual: impl FnOnce(&ProjectDirs) -> PathBuf) -> Option<PathBuf> {
    let named = env::var_os(variable).filter(|value| !value.is_empty());
    named.map(PathBuf::from).or_else(|| ProjectDirs::from("", "", "tierscope").as_ref().map(usual))
}
