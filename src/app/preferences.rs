//! What the explorer remembers of its user from one start to the next, whatever the data: how the panels share the screen,
//! and the theme that was chosen on it.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::arrangement::Arrangement;
use super::files::sessions::keep;

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The theme, by name or path; `None`: none was chosen.
    pub theme: Option<String>,
    /// How the panels share the screen.
    pub arrangement: Arrangement,
}

impl Preferences {
    /// What is remembered in a file; nothing where there is none, or none that can be read: a start must not fail for it.
    #[must_use]
    pub fn load(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        toml::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!("preferences cannot be read and are as at the first start: {}", error.message());
            Self::default()
        })
    }

    /// Remembers it, where the folder can be written to.
    pub fn save(&self, path: &Path) {
        let Ok(text) = toml::to_string(self) else { return };
        if let Err(error) = keep(path, &text) {
            tracing::warn!("preferences cannot be kept: {}", error.kind());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Direction;
    use crate::app::session::Panel;

    #[test]
    fn preferences_come_back_and_damage_is_no_hindrance() -> Result<(), std::io::Error> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("state").join("preferences.toml");
        assert_eq!(Preferences::load(&path), Preferences::default());
        let mut preferences = Preferences { theme: Some("light".to_owned()), ..Preferences::default() };
        preferences.arrangement.shift(Direction::Left);
        preferences.arrangement.hide(Panel::Tiers);
        preferences.save(&path);
        assert_eq!(Preferences::load(&path), preferences);
        fs::write(&path, "theme = [")?;
        assert_eq!(Preferences::load(&path), Preferences::default());
        // A later version may have more to remember.
        fs::write(&path, "theme = \"light\"\nlater = 1\n")?;
        assert_eq!(Preferences::load(&path).theme.as_deref(), Some("light"));
        Ok(())
    }
}
