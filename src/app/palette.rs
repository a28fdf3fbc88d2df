//! The command palette: everything that can be done where the user is, found by a part of its name or its words.

mod other_words;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use tui_input::Input;

use super::action::Action;
use super::context::Context;
use super::keymap::{Command, Key, Keymap, commands, through_menu};
use super::model::Model;
use super::possible::reason;
use super::typing::{insert, request};
use other_words::other_words;

/// The palette, opened somewhere.
#[derive(Clone, Debug)]
pub struct Palette {
    /// Where it was opened.
    from: Context,
    /// What is typed.
    pub input: Input,
    /// The line under the cursor.
    pub cursor: usize,
    /// The commands that are found, by their number in the table, the best first.
    found: Vec<usize>,
}

/// A command as the palette shows it.
#[derive(Clone, Debug)]
pub struct PaletteRow {
    /// The command.
    pub command: &'static Command,
    /// Its keys, or those of the menu that has it.
    pub keys: String,
    /// Why it cannot be done now.
    pub reason: Option<String>,
}

impl Palette {
    /// Everything that can be done somewhere.
    #[must_use]
    pub fn of(from: Context, keymap: &Keymap) -> Self {
        Self { from, input: Input::default(), cursor: 0, found: offered(keymap, from) }
    }

    /// How many are found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing is found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// A line, by its place.
    #[must_use]
    pub fn row(&self, model: &Model, place: usize) -> Option<PaletteRow> {
        let number = *self.found.get(place)?;
        let command = &commands()[number];
        let keymap = &model.keymap;
        let keys: Vec<String> = keymap.reaching(self.from, number).map(|keys| keys.to_string()).collect();
        let keys = if keys.is_empty() {
            through_menu(keymap, number, Some(self.from)).unwrap_or_default()
        } else {
            keys.join("  ")
        };
        Some(PaletteRow { command, keys, reason: reason(model, command.action) })
    }

    /// Takes a key for the line that is typed.
    pub(super) fn typed(&mut self, keymap: &Keymap, key: Key) {
        let Some(request) = request(key) else { return };
        self.input.handle(request);
        self.rank(keymap);
    }

    /// Takes a text for it.
    pub(super) fn pasted(&mut self, keymap: &Keymap, text: &str) {
        insert(&mut self.input, text);
        self.rank(keymap);
    }

    fn rank(&mut self, keymap: &Keymap) {
        self.found = ranked(self.input.value(), offered(keymap, self.from));
        self.cursor = 0;
    }
}

/// The commands of a place, narrow ones first; of those that do the same, the first with a key.
fn offered(keymap: &Keymap, from: Context) -> Vec<usize> {
    let is_here = |number: &usize| {
        let command = &commands()[*number];
        command.scope.holds(from) && command.action != Action::Palette
    };
    let mut numbers: Vec<usize> = (0..commands().len()).filter(is_here).collect();
    numbers.sort_by_key(|number| {
        let has_key = keymap.reaching(from, *number).next().is_some();
        let command = &commands()[*number];
        // Whoever looks for a command knows how to move.
        let moves = matches!(command.action, Action::Move(_) | Action::Page(_) | Action::End(_) | Action::Heading(_));
        (moves, !has_key, std::cmp::Reverse(command.scope.narrowness()))
    });
    let mut known: Vec<Action> = Vec::new();
    numbers.retain(|number| {
        let action = commands()[*number].action;
        let is_new = !known.contains(&action);
        known.push(action);
        is_new
    });
    numbers
}

/// Those that a text matches, the best first: each of its words stands in the name, in the words in the language in use or in
/// English, or among the other words for it. Where none does, those with the letters in their name, others between.
fn ranked(text: &str, numbers: Vec<usize>) -> Vec<usize> {
    if text.trim().is_empty() {
        return numbers;
    }
    let name = |number: usize| commands()[number].name().replace('-', " ");
    let whole = |number: usize| {
        let command = &commands()[number];
        format!("{}  {}  {}  {}", name(number), command.words(), command.english(), other_words(command.action))
    };
    // A name that matches by itself is what is meant.
    let found = scored(text, AtomKind::Substring, &numbers, |score, number| {
        Some(score(&whole(number))? + score(&name(number)).map_or(0, |score| score + NAMED))
    });
    if found.is_empty() { scored(text, AtomKind::Fuzzy, &numbers, |score, number| score(&name(number))) } else { found }
}

/// What a match in a name is worth beside one in words.
const NAMED: u32 = 1_000;

/// Those that have a score, the best first.
fn scored(
    text: &str,
    kind: AtomKind,
    numbers: &[usize],
    of: impl Fn(&mut dyn FnMut(&str) -> Option<u32>, usize) -> Option<u32>,
) -> Vec<usize> {
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, kind);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut characters = Vec::new();
    let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut characters), &mut matcher);
    let mut scored: Vec<(u32, usize)> =
        numbers.iter().filter_map(|number| Some((of(&mut score, *number)?, *number))).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, within};

    fn first(text: &str, from: Context) -> String {
        let found = ranked(text, offered(&Keymap::default(), from));
        found.first().map(|number| commands()[*number].name()).unwrap_or_default()
    }

    #[test]
    fn a_name_or_its_words_are_found_with_letters_left_out() {
        for (text, expected) in [
            ("undo", "undo"),
            ("solve", "solve"),
            ("hstry", "history"),
            ("vip", "vip-rules"),
            ("sav scen", "save-scenario"),
            ("who moved", "movers"),
            ("MASK", "privacy"),
            ("budget", "budget"),
            ("80%", "concentration"),
            ("Pareto", "concentration"),
            ("leavers", "movers"),
            ("流失", "movers"),
            ("excel", "export"),
        ] {
            assert_eq!(first(text, Context::Heatmap), expected, "{text}");
        }
        assert_eq!(first("rename", Context::Tiers), "rename");
        for unknown in ["xqzw", "language"] {
            assert!(ranked(unknown, offered(&Keymap::default(), Context::Heatmap)).is_empty(), "{unknown}");
        }
    }

    #[test]
    fn it_offers_what_is_possible_here_once() {
        let names = |context| -> Vec<String> {
            offered(&Keymap::default(), context).iter().map(|number| commands()[*number].name()).collect()
        };
        let here = names(Context::Tiers);
        assert!(
            here.iter().any(|name| name == "rename") && here.iter().all(|name| name != "rename-segment"),
            "{here:?}"
        );
        assert!(here.iter().any(|name| name == "mark-listed") && here.iter().all(|name| name != "find"), "{here:?}");
        let loading = names(Context::Loading);
        assert!(
            loading.iter().any(|name| name == "cancel") && loading.iter().all(|name| name != "undo"),
            "{loading:?}"
        );
    }

    #[test]
    fn what_is_done_comes_before_how_to_move() {
        let all = offered(&Keymap::default(), Context::Heatmap);
        let moves = |number: &usize| matches!(commands()[*number].action, Action::Move(_) | Action::End(_));
        assert!(all.iter().map(moves).is_sorted() && all.iter().any(moves));
    }

    #[test]
    fn english_names_are_found_in_every_language() {
        for language in Language::ALL {
            assert_eq!(within(language, || first("undo", Context::Heatmap)), "undo", "{language:?}");
        }
    }
}
