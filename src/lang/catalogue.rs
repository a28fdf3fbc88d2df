//! The catalogues: English texts with their translations, one file a part of the program and language.

use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::sync::LazyLock;

use super::Language;

/// English texts, with a context and `|` before some, and what they are in another language.
type Texts = HashMap<String, String>;

macro_rules! parts {
    ($folder:literal) => {
        [
            include_str!(concat!($folder, "/app.toml")),
            include_str!(concat!($folder, "/cli.toml")),
            include_str!(concat!($folder, "/data.toml")),
            include_str!(concat!($folder, "/engine.toml")),
            include_str!(concat!($folder, "/export.toml")),
            include_str!(concat!($folder, "/keymap.toml")),
            include_str!(concat!($folder, "/model.toml")),
            include_str!(concat!($folder, "/names.toml")),
            include_str!(concat!($folder, "/picture.toml")),
            include_str!(concat!($folder, "/screen.toml")),
            include_str!(concat!($folder, "/ui.toml")),
        ]
    };
}

static HANS: LazyLock<Texts> = LazyLock::new(|| read(&parts!("zh-Hans")));
static HANT: LazyLock<Texts> = LazyLock::new(|| read(&parts!("zh-Hant")));

/// A file that does not parse fails the test below; without it the texts stay English.
fn read(parts: &[&str]) -> Texts {
    parts.iter().filter_map(|part| toml::from_str::<Texts>(part).ok()).flatten().collect()
}

/// All texts of a language's catalogue; English has none.
#[must_use]
pub fn texts(language: Language) -> Option<&'static HashMap<String, String>> {
    match language {
        Language::English => None,
        Language::Hans => Some(&HANS),
        Language::Hant => Some(&HANT),
    }
}

/// A text's translation.
pub(super) fn find(language: Language, text: &str) -> Option<&'static str> {
    texts(language)?.get(text).map(String::as_str)
}

/// The template with its blanks filled; `{{` is a brace.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16 * values.len());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        filled.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            filled.push_str(brace);
            rest = after;
            continue;
        }
        let Some((name, after)) = rest.split_once('}') else { break };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            // Writing to a string does not fail.
            let _ = write!(filled, "{value}");
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The names of a template's blanks, sorted.
#[must_use]
pub fn places(template: &str) -> Vec<&str> {
    let mut places = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            rest = after;
            continue;
        }
        let Some((name, after)) = rest.split_once('}') else { break };
        places.push(name);
        rest = after;
    }
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_parses_and_repeats_nothing() {
        for parts in [parts!("zh-Hans"), parts!("zh-Hant")] {
            let mut known = Texts::new();
            for part in parts {
                let texts: Texts = toml::from_str(part).expect("the catalogue parses");
                for (text, translation) in texts {
                    assert!(!translation.is_empty(), "`{text}` has an empty translation");
                    if let Some(other) = known.insert(text.clone(), translation) {
                        panic!("`{text}` stands in two catalogues: {other}");
                    }
                }
            }
        }
    }

    #[test]
    fn blanks_are_filled_by_name_in_any_order() {
        assert_eq!(fill("{b}的{a}：{a}", &[("a", &1), ("b", &"x{a}")]), "x{a}的1：1");
        assert_eq!(fill("{{{a}}} {c}", &[("a", &1)]), "{1} ");
        assert_eq!(places("{b} {{x}} {a} {b}"), ["a", "b"]);
    }
}
