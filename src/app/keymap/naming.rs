//! The names of keys in what people read: a text that says what to press has the key of the keymap in use, never one of its
//! own.

use super::key::join;
use super::sample::through_menu;
use super::{Keymap, Keys, commands};
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::keymap::Key;
use crate::tr;

impl Keymap {
    /// The name of the key to press for an action, wherever it holds; the keys that lead to it through a menu, where it has
    /// none of its own, and else that of the palette, which has everything.
    #[must_use]
    pub fn name_of(&self, action: Action) -> String {
        let own = self.first_of(action).map(|keys| keys.to_string());
        let menu = || numbers(action).find_map(|number| through_menu(self, number, None));
        let palette = || self.first_of(Action::Palette).map(|keys| keys.to_string());
        own.or_else(menu).or_else(palette).unwrap_or_else(no_key)
    }

    /// The keys to press for an action, wherever it holds.
    #[must_use]
    pub fn first_of(&self, action: Action) -> Option<Keys> {
        numbers(action).flat_map(|number| self.keys(number)).next().copied()
    }

    /// The name of the key to press for an action in one context, where other keys may stand for it than elsewhere.
    #[must_use]
    pub fn name_in(&self, context: Context, action: Action) -> String {
        let own = self.reaching_action(context, action);
        let menu = || numbers(action).find_map(|number| through_menu(self, number, Some(context)));
        let palette = || self.reaching_action(context, Action::Palette);
        own.or_else(menu).or_else(palette).unwrap_or_else(no_key)
    }

    /// The names of the keys of actions that belong together, joined: `←→`.
    #[must_use]
    pub fn names_in(&self, context: Context, actions: &[Action]) -> String {
        let mut names = String::new();
        for name in actions.iter().map(|action| self.name_in(context, *action)) {
            if names.is_empty() {
                names = name;
            } else if names != name {
                join(&mut names, &name);
            }
        }
        names
    }

    /// The same for a key that is typed after a number: a character, where the action has one.
    #[must_use]
    pub fn character_in(&self, context: Context, action: Action) -> String {
        let mut keys = numbers(action).flat_map(|number| self.reaching(context, number));
        let character = keys.find(|keys| keys.then.is_none() && matches!(keys.first, Key::Char(_)));
        character.map_or_else(|| self.name_in(context, action), |keys| keys.to_string())
    }

    fn reaching_action(&self, context: Context, action: Action) -> Option<String> {
        numbers(action).find_map(|number| self.reaching(context, number).next()).map(|keys| keys.to_string())
    }
}

/// The commands that do an action, by their numbers.
fn numbers(action: Action) -> impl Iterator<Item = usize> {
    (0..commands().len()).filter(move |number| commands()[*number].action == action)
}

/// Where a keymap file took every key away, the palette's too.
fn no_key() -> String {
    tr!("no key").to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::KeymapError;
    use super::*;
    use crate::app::action::Direction::{Left, Right};
    use crate::app::action::{Asked, MarkAction};

    #[test]
    fn keys_are_named_as_the_keymap_has_them() -> Result<(), KeymapError> {
        let usual = Keymap::default();
        assert_eq!(usual.name_of(Action::Leave), "q");
        assert_eq!(usual.name_of(Action::Ask(Asked::SaveScenario)), "o s");
        assert_eq!(usual.name_in(Context::History, Action::Select), "Enter");
        assert_eq!(usual.name_in(Context::Tiers, Action::Marks(MarkAction::Review)), "M r");
        assert_eq!(usual.names_in(Context::Customer, &[Action::Move(Left), Action::Move(Right)]), "←→");
        let other = "[everywhere]\nquit = \"Q\"\n[panels]\nscenario = \"O\"\n[history]\nstay = \"s\"\n";
        let other = Keymap::parse(other, "")?;
        assert_eq!(other.name_of(Action::Leave), "Q");
        assert_eq!(other.name_of(Action::Ask(Asked::SaveScenario)), "O s");
        assert_eq!(other.name_in(Context::History, Action::Select), "s");
        assert_eq!(other.name_in(Context::Tiers, Action::Select), "Enter");
        Ok(())
    }

    #[test]
    fn what_has_no_key_is_in_the_palette_and_without_it_there_is_none() -> Result<(), KeymapError> {
        let keymap = Keymap::parse("[panels]\nundo = []\n", "")?;
        assert_eq!(keymap.name_in(Context::Tiers, Action::Undo), "Ctrl-P");
        let keymap = Keymap::parse("[panels]\nundo = []\n[everywhere]\npalette = []\n", "")?;
        assert_eq!(keymap.name_in(Context::Tiers, Action::Undo), "no key");
        Ok(())
    }
}
