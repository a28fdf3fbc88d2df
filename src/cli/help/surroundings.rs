//! What surrounds the program: variables of the environment, and files.

use super::wrap::wrapped;
use crate::lang::text as spoken;
use crate::mark;
use crate::show::text::{left, width};
use crate::tr;

/// A variable or a file, and what it is for, marked for translation.
pub(in super::super) type Place = (&'static str, &'static str);

const ENVIRONMENT: [Place; 9] = [
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
    ("NO_COLOR", mark!("Any value: no colours, unless --color says otherwise")),
    ("COLORTERM", mark!("truecolor or 24bit: the terminal shows 24-bit colours")),
    ("RUST_LOG", mark!("What --log writes, as a filter of the Rust crate tracing [default: tierscope=debug]")),
];

const FILES: [Place; 4] = [
    ("~/.config/tierscope/config.toml", mark!("Settings; `tierscope config` prints a file with every key")),
    ("~/.config/tierscope/schemes/*.toml", mark!("Your own schemes, which `tierscope schemes` lists")),
    (
        "~/.config/tierscope/mappings.toml",
        mark!("Columns that were chosen on the screen, for files of the same header"),
    ),
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
