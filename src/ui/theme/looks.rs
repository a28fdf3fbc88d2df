//! What the terminal lets a theme look like, and which theme it gets by itself.

use std::path::{self, PathBuf};

use super::Theme;
use super::depth::Depth;
use super::names::{AUTO, LIGHT, NEUTRAL, ROOT, SIXTEEN};
use super::themes::{ThemeError, Themes, is_path};
use crate::ui::glyphs::Characters;

/// What themes are made for: the terminal, and where the user's own are.
#[derive(Clone, Debug)]
pub struct Looks {
    /// How many colours there are.
    pub depth: Depth,
    /// Whether the terminal is dark or light, where it says so.
    pub is_dark: Option<bool>,
    /// The signs of the drawing.
    pub characters: Characters,
    /// The folder of the user's own themes.
    pub folder: Option<PathBuf>,
}

impl Default for Looks {
    fn default() -> Self {
        Self { depth: Depth::Indexed, is_dark: None, characters: Characters::default(), folder: None }
    }
}

impl Looks {
    /// The names of all themes: that of the terminal's choice, the built-in ones, and the user's own.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names = vec![AUTO.to_owned()];
        names.extend(self.themes().names());
        names
    }

    /// A theme by its name, or by the path of its file. One that was chosen by the terminal leaves it its background; any
    /// other brings its own.
    ///
    /// # Errors
    /// [`ThemeError`]: nothing is called so, or its file is wrong.
    pub fn theme(&self, name: &str) -> Result<Theme, ThemeError> {
        let is_auto = name == AUTO;
        let chain = self.themes().chain(if is_auto { self.auto() } else { name })?;
        Ok(Theme::of(&chain, self.depth, !is_auto, self.characters))
    }

    /// The name of a theme wherever it is asked for: a path says the same in every folder.
    #[must_use]
    pub fn lasting(name: &str) -> String {
        let path = is_path(name).then(|| path::absolute(name).ok()).flatten();
        path.map_or_else(|| name.to_owned(), |path| path.to_string_lossy().into_owned())
    }

    /// The built-in theme for the terminal as far as it is known.
    fn auto(&self) -> &'static str {
        match (self.depth, self.is_dark) {
            (Depth::Ansi | Depth::None, _) => SIXTEEN,
            (_, Some(true)) => ROOT,
            (_, Some(false)) => LIGHT,
            (_, None) => NEUTRAL,
        }
    }

    fn themes(&self) -> Themes {
        Themes { folder: self.folder.clone() }
    }

    /// Whether a terminal is dark by `COLORFGBG`, which rxvt, Konsole and others set: the numbers of text and background
    /// among the sixteen, `15;0` or `0;default;15`. Of the sixteen, white and the bright ones but for grey are light.
    #[must_use]
    pub fn is_dark(colours: Option<&str>) -> Option<bool> {
        match colours?.rsplit(';').next()?.parse().ok()? {
            0..=6 | 8 => Some(true),
            7 | 9..=15 => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_tells_whether_it_is_dark_or_says_nothing() {
        for (colours, dark) in [
            (Some("15;0"), Some(true)),
            (Some("7;8"), Some(true)),
            (Some("0;15"), Some(false)),
            (Some("0;default;7"), Some(false)),
            (Some("15;default"), None),
            (Some("1;99"), None),
            (Some(""), None),
            (None, None),
        ] {
            assert_eq!(Looks::is_dark(colours), dark, "{colours:?}");
        }
    }

    #[test]
    fn the_terminal_keeps_its_background_unless_a_theme_is_chosen() {
        let looks = Looks { depth: Depth::True, is_dark: Some(true), ..Looks::default() };
        let grounds = |name: &str| looks.theme(name).map(|theme| (theme.ground.fg, theme.ground.bg));
        assert_eq!(grounds(AUTO).expect("auto"), (None, None));
        assert!(matches!(grounds(ROOT).expect("dark"), (Some(_), Some(_))));
        assert_eq!(grounds(NEUTRAL).expect("neutral"), (None, None));
        assert_eq!(grounds(SIXTEEN).expect("sixteen"), (None, None));
    }
}
