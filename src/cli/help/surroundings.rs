//! What surrounds the program: variables of the environment, and files.

use super::wrap::wrapped;
use crate::lang::text as spoken;
use crate::mark;
use crate::show::text::{left, width};
use crate::tr;

/// A variable or a file, and what it is for, marked for translation.
pub(in super::super) type Place = (&'static str, &'static str);

const ENVIRONMENT: [Place; 17] = [
    (
        "TIERSCOPE_LANG",
        mark!(
            "Language where --lang names none: en, zh-Hans or zh-Hant; without it, lang of the settings, and then the \
             locale: LC_ALL, LC_MESSAGES, LANG, with LANGUAGE before them"
        ),
    ),
    ("TIERSCOPE_CONFIG", mark!("File of settings where --config names none")),
    ("TIERSCOPE_CONFIG_DIR", mark!("Folder of settings, own schemes and remembered columns")),
    ("TIERSCOPE_STATE_DIR", mark!("Folder of what the program notes for itself from one run to the next")),
    ("TIERSCOPE_CACHE_DIR", mark!("Folder of what is kept of files for their next opening")),
    (
        "TIERSCOPE_CACHE_AFTER",
        mark!("Milliseconds that opening must take for a command without a screen to keep it [default: 1000]"),
    ),
    ("TIERSCOPE_THEME", mark!("Theme where --theme names none; it goes before one that was chosen on the screen")),
    ("NO_COLOR", mark!("Any value but an empty one: no colours, unless --color says otherwise")),
    ("CLICOLOR_FORCE", mark!("Any value but 0: colours even where the terminal announces none")),
    ("COLORTERM", mark!("truecolor or 24bit: the terminal shows 24-bit colours")),
    (
        "COLORFGBG",
        mark!("Numbers of the colours of text and background, such as 15;0: whether the terminal is dark or light"),
    ),
    (
        "TERM",
        mark!(
            "Name of the terminal, which tells how many colours it shows; TERMINFO and TERMINFO_DIRS name folders of its \
             entry"
        ),
    ),
    ("TMUX, STY", mark!("Set within tmux and GNU Screen, which colours and copying have to pass through")),
    (
        "LC_ALL, LC_CTYPE, LANG",
        mark!("Encoding of the terminal, the first that is set: ASCII characters alone where it is not UTF-8"),
    ),
    ("COLUMNS", mark!("Columns of the help where it is not written to a terminal")),
    ("XDG_*_HOME", mark!("Folders of settings, notes and caches of all programs: CONFIG, STATE and CACHE")),
    ("RUST_LOG", mark!("What --log writes, as a filter of the Rust crate tracing [default: tierscope=debug]")),
];

const FILES: [Place; 9] = [
    ("~/.config/tierscope/config.toml", mark!("Settings; `tierscope config` prints a file with every key")),
    (
        "~/.config/tierscope/keymap.toml",
        mark!("Keys of your own where --keymap names no file; `tierscope config --keys` prints a file with all"),
    ),
    ("~/.config/tierscope/themes/*.toml", mark!("Themes of your own, which --theme takes by name")),
    ("~/.config/tierscope/schemes/*.toml", mark!("Your own schemes, which `tierscope schemes` lists")),
    (
        "~/.config/tierscope/mappings.toml",
        mark!("Columns that were chosen on the screen, for files of the same header"),
    ),
    (
        "~/.local/state/tierscope/preferences.toml",
        mark!("How the panels share the screen, and the theme that was chosen on it"),
    ),
    (
        "~/.local/state/tierscope/sessions/",
        mark!("What was last done with each data set, to be gone on with: for its owner alone to read"),
    ),
    ("~/.local/state/tierscope/tierscope.log", mark!("What the explorer did, without any data; small")),
    (
        "~/.cache/tierscope/loads/",
        mark!("What is kept of files for their next opening; `tierscope cache` shows and clears it"),
    ),
];

/// The variables, with their words in the language in use.
pub(in super::super) fn environment() -> Vec<Place> {
    ENVIRONMENT.map(|(name, words)| (name, spoken(words))).to_vec()
}

/// The files, with their words in the language in use.
pub(in super::super) fn files() -> Vec<Place> {
    FILES.map(|(name, words)| (name, spoken(words))).to_vec()
}

/// Both, for below the help.
pub(super) fn text(columns: usize) -> String {
    let mut lines = Vec::new();
    for (title, places) in [(tr!("Environment"), environment()), (tr!("Files"), files())] {
        lines.push(tr!("{title}:", title));
        let widest = places.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        let beside = widest + 4;
        for (name, words) in places {
            let room = columns.saturating_sub(beside).max(20);
            for (number, line) in wrapped(words, room).iter().enumerate() {
                lines.push(format!("  {}  {line}", left(if number == 0 { name } else { "" }, widest)));
            }
        }
        lines.push(String::new());
    }
    lines.push(tr!("`tierscope config --paths` tells where these are on this system.").to_owned());
    lines.join("\n")
}
