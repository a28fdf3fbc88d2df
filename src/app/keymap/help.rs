//! The help: every command with its keys, those of where the user is first.

use super::super::action::Action;
use super::super::context::Context;
use super::command::{Command, Scope};
use super::key::Keys;
use super::{Keymap, commands};

/// A heading with what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// Whether it holds where the help was opened.
    pub is_here: bool,
    /// The commands.
    pub rows: Vec<SectionRow>,
}

/// Keys, and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRow {
    /// All keys of the commands that these words are for.
    pub keys: String,
    /// What they do.
    pub words: &'static str,
    /// Why none of them can be done now.
    pub reason: Option<String>,
}

/// All sections: of where the help was opened, of what holds in many places, then the others. Only what holds there is asked
/// for a reason.
#[must_use]
pub fn sections(keymap: &Keymap, from: Context, reason: impl Fn(Action) -> Option<String>) -> Vec<Section> {
    let rank = |scope: Scope| match scope {
        Scope::Only(context) if context == from => 0,
        Scope::Panels if from.is_panel() => 1,
        Scope::Everywhere => 2,
        Scope::Panels => 3,
        Scope::Only(_) => 4,
    };
    let mut order: Vec<usize> = (0..commands().len()).collect();
    order.sort_by_key(|number| rank(commands()[*number].scope));
    let mut sections: Vec<Section> = Vec::new();
    for number in order {
        let (command, keys) = (&commands()[number], keymap.keys(number));
        if keys.is_empty() {
            continue;
        }
        let (title, is_here) = (command.scope.title(), command.scope.holds(from));
        let place = sections.iter().position(|section| section.title == title).unwrap_or_else(|| {
            sections.push(Section { title, is_here, rows: Vec::new() });
            sections.len() - 1
        });
        let reason = if is_here { reason(command.action) } else { None };
        add(&mut sections[place].rows, command, keys, reason);
    }
    sections
}

/// Puts a command below the others, or its keys beside those of the same words.
fn add(rows: &mut Vec<SectionRow>, command: &Command, keys: &[Keys], reason: Option<String>) {
    let names = keys.iter().map(ToString::to_string);
    let words = command.words();
    let Some(row) = rows.iter_mut().find(|row| row.words == words) else {
        rows.push(SectionRow { keys: names.collect::<Vec<_>>().join(BETWEEN), words, reason });
        return;
    };
    for name in names {
        // Contexts of one heading may share their keys.
        if !row.keys.split(BETWEEN).any(|known| known == name) {
            row.keys.push_str(BETWEEN);
            row.keys.push_str(&name);
        }
    }
    // One of them can be done.
    row.reason = row.reason.take().filter(|_| reason.is_some());
}

/// Between keys of one command: two blanks, so that keys after each other are told from them.
const BETWEEN: &str = "  ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_it_was_opened_from_comes_first() {
        let keymap = Keymap::default();
        let titles = |from| {
            let sections = sections(&keymap, from, |_| None);
            let here = sections.iter().filter(|section| section.is_here).count();
            (sections.iter().map(|section| section.title).take(3).collect::<Vec<_>>(), here)
        };
        assert_eq!(titles(Context::Tiers), (vec!["Tiers", "In every panel", "Everywhere"], 3));
        assert_eq!(titles(Context::Movers), (vec!["Movers", "Everywhere", "In every panel"], 2));
    }

    #[test]
    fn a_line_of_several_commands_is_possible_as_long_as_one_is() {
        let only = |wanted: Action| move |action| (action == wanted).then(|| "no".to_owned());
        let row = |sections: Vec<Section>, words: &str| {
            let row = sections.into_iter().flat_map(|section| section.rows).find(|row| row.words == words);
            row.and_then(|row| row.reason)
        };
        let keymap = Keymap::default();
        let of = |action| sections(&keymap, Context::History, only(action));
        assert_eq!(row(of(Action::Redo), "undo, redo"), None);
        let none = sections(&keymap, Context::History, |_| Some("no".to_owned()));
        assert_eq!(row(none, "undo, redo"), Some("no".to_owned()));
    }
}
