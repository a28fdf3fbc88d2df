//! The bottom line: keys of where the user is, with a few words each.

use super::super::action::Action;
use super::super::context::Context;
use super::key::{Key, Keys, join};
use super::{Keymap, Meaning, commands};

/// Keys, and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys, those that do the same joined: `←→`.
    pub keys: String,
    /// What they do, in a word or two.
    pub words: &'static str,
    /// What they do.
    pub action: Action,
}

/// The hints of a context, in the order of the table.
#[must_use]
pub fn hints(keymap: &Keymap, context: Context) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    for (number, command) in commands().iter().enumerate().filter(|(_, command)| command.scope.holds(context)) {
        let Some(words) = command.hint().filter(|_| !command.is_rare()) else { continue };
        // A narrower scope may have taken a key for something else.
        let Some(keys) = keymap.reaching(context, number).next() else { continue };
        match hints.iter_mut().find(|hint| hint.words == words) {
            Some(hint) => join(&mut hint.keys, &keys.to_string()),
            None => hints.push(Hint { keys: keys.to_string(), words, action: command.action }),
        }
    }
    hints
}

/// What follows a key that others begin with, in the order of the table.
#[must_use]
pub fn following(keymap: &Keymap, context: Context, first: Key) -> Vec<Hint> {
    if !matches!(keymap.meaning(context, Keys::one(first)), Some(Meaning::Begins)) {
        return Vec::new();
    }
    let of = |number: usize| {
        let command = &commands()[number];
        let then = keymap.reaching(context, number).filter(|keys| keys.first == first).find_map(|keys| keys.then)?;
        let words = command.hint().unwrap_or_else(|| command.words());
        Some(Hint { keys: then.name(), words, action: command.action })
    };
    (0..commands().len()).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_join_the_keys_of_one_thing() {
        let hints = hints(&Keymap::default(), Context::Cuts);
        let hint = |number: usize| (hints[number].keys.as_str(), hints[number].words);
        assert_eq!([hint(0), hint(1)], [("←→", "move cut"), ("Shift-←→", "far")]);
        assert!(hints.iter().any(|hint| hint.keys == "rfm" && hint.words == "cuts"));
    }

    #[test]
    fn hints_have_the_keys_of_the_keymap_file() -> Result<(), super::super::KeymapError> {
        let keymap = Keymap::parse("[panels]\nundo = \"Z\"\nsolve = []\n", "")?;
        let hints = hints(&keymap, Context::Cuts);
        assert!(hints.iter().any(|hint| hint.keys == "Z" && hint.words == "undo"), "{hints:?}");
        assert!(hints.iter().all(|hint| hint.words != "solve"), "{hints:?}");
        Ok(())
    }
}
