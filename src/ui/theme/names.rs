//! Names that stand in theme files and in the environment: of colours, of what has a colour, of terminals.

use ratatui::style::Color;

/// The themes that come with the program, as they are listed: the name, and the file.
pub(super) const BUILT_IN: [(&str, &str); 6] = [
    ("dark", include_str!("../../../themes/dark.toml")),
    ("light", include_str!("../../../themes/light.toml")),
    ("high-contrast", include_str!("../../../themes/high-contrast.toml")),
    ("colour-blind", include_str!("../../../themes/colour-blind.toml")),
    ("neutral", include_str!("../../../themes/neutral.toml")),
    ("sixteen", include_str!("../../../themes/sixteen.toml")),
];

/// The theme that the terminal decides on.
pub const AUTO: &str = "auto";

/// The theme that has a colour for everything: the parent of those that name none.
pub(super) const ROOT: &str = "dark";

/// For light terminals.
pub(super) const LIGHT: &str = "light";

/// For terminals of which nothing is known.
pub(super) const NEUTRAL: &str = "neutral";

/// For terminals with sixteen colours.
pub(super) const SIXTEEN: &str = "sixteen";

/// How the file of a theme ends.
pub(super) const ENDING: &str = "toml";

/// The key of the theme that has what a theme leaves unsaid.
pub(super) const PARENT: &str = "parent";

/// The tables of the colours for terminals that have fewer.
pub(super) const TABLES: [&str; 2] = ["256", "16"];

/// The value that leaves a colour to the terminal.
pub(super) const NONE: &str = "none";

/// What has a colour, as theme files name it.
pub(super) const KEYS: [&str; 12] =
    ["background", "text", "muted", "accent", "bar", "cut", "picked", "selected", "problem", "heat", "less", "more"];

/// The colours that terminals name.
pub(super) const COLOURS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// Terminals that show 24 bits and say so by their name alone.
pub(super) const DIRECT: [&str; 7] = ["kitty", "alacritty", "foot", "wezterm", "ghostty", "contour", "rio"];

/// Terminals that have 256 colours whatever their entry in the database says, which for the first of them is eight.
pub(super) const INDEXED: [&str; 7] = ["xterm", "rxvt", "konsole", "gnome", "vte", "putty", "st"];

/// Terminals with sixteen colours or eight.
pub(super) const ANSI: [&str; 8] =
    ["linux", "cygwin", "ansi", "pcansi", "cons25", "eterm-color", "xterm-16color", "xterm-color"];
