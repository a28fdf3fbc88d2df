//! What pictures are written as, and how the names of files tell.

use std::path::Path;

/// What the line for a name begins with.
pub(super) const SUGGESTED: &str = "picture.svg";

/// Forms of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// Text with the colours of a terminal.
    Ansi,
    /// A drawing that stands alone.
    Svg,
}

impl Form {
    /// The form that a path's extension says, whatever its case; `None` for another one, or none.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Self::Text),
            "ans" | "ansi" => Some(Self::Ansi),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_says_the_form() {
        for (name, form) in [
            ("a.svg", Some(Form::Svg)),
            ("a.b.SVG", Some(Form::Svg)),
            ("a.txt", Some(Form::Text)),
            ("a.ans", Some(Form::Ansi)),
            ("a.png", None),
            ("svg", None),
        ] {
            assert_eq!(Form::of(Path::new(name)), form, "{name}");
        }
    }
}
