//! Keys and their names: as the help shows them, and as the keymap file writes them. The names are the same in every
//! language, as they are on keyboards.

use std::fmt::{self, Display};
use std::str::FromStr;

use super::super::action::Direction::{self, Down, Left, Right, Up};

/// A key without its terminal encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, upper case as typed with shift.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// An arrow.
    Arrow(Direction),
    /// An arrow with Shift.
    ShiftArrow(Direction),
    /// A function key, by its number.
    Function(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
}

/// Keys with a name, as files write it, first the one to write where there are several.
const NAMED: &[(&str, Key)] = &[
    ("Space", Key::Char(' ')),
    ("Left", Key::Arrow(Left)),
    ("Right", Key::Arrow(Right)),
    ("Up", Key::Arrow(Up)),
    ("Down", Key::Arrow(Down)),
    ("Shift-Left", Key::ShiftArrow(Left)),
    ("Shift-Right", Key::ShiftArrow(Right)),
    ("Shift-Up", Key::ShiftArrow(Up)),
    ("Shift-Down", Key::ShiftArrow(Down)),
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("Shift-Tab", Key::BackTab),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("Home", Key::Home),
    ("End", Key::End),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("←", Key::Arrow(Left)),
    ("→", Key::Arrow(Right)),
    ("↑", Key::Arrow(Up)),
    ("↓", Key::Arrow(Down)),
    ("Shift-←", Key::ShiftArrow(Left)),
    ("Shift-→", Key::ShiftArrow(Right)),
    ("Shift-↑", Key::ShiftArrow(Up)),
    ("Shift-↓", Key::ShiftArrow(Down)),
    ("Return", Key::Enter),
    ("Escape", Key::Esc),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
    ("Del", Key::Delete),
];

/// The names of keys, each key once, as files write them.
pub(super) fn named() -> impl Iterator<Item = String> {
    let is_first = |number: &usize| NAMED.iter().position(|(_, key)| *key == NAMED[*number].1) == Some(*number);
    (0..NAMED.len()).filter(is_first).map(|number| NAMED[number].0.to_owned())
}

/// What terminals send for some letters with Ctrl: nobody can tell these keys apart.
const SAME: &[(char, &str)] = &[('i', "Tab"), ('m', "Enter")];

/// Function keys there are.
const FUNCTIONS: std::ops::RangeInclusive<u8> = 1..=12;

/// A text that names no key, or one that terminals cannot tell from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoKey {
    /// No key is called so.
    Unknown,
    /// It is the key of this name.
    Same(&'static str),
}

impl Key {
    /// The key as help and hints name it.
    #[must_use]
    pub fn name(self) -> String {
        let arrow = |direction| match direction {
            Left => "←",
            Right => "→",
            Up => "↑",
            Down => "↓",
        };
        match self {
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Arrow(direction) => arrow(direction).to_owned(),
            Self::ShiftArrow(direction) => format!("Shift-{}", arrow(direction)),
            _ => self.written(),
        }
    }

    /// The key as the keymap file writes it.
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Ctrl(c) => format!("Ctrl-{c}"),
            Self::Function(number) => format!("F{number}"),
            Self::Char(c) if c != ' ' => c.to_string(),
            key => {
                NAMED.iter().find(|(_, known)| *known == key).map_or_else(String::new, |(name, _)| (*name).to_owned())
            }
        }
    }

    /// All names that keys go by, for suggestions.
    pub fn names() -> impl Iterator<Item = String> {
        let functions = FUNCTIONS.map(|number| Self::Function(number).written());
        let letters = ('a'..='z').filter(|c| SAME.iter().all(|(same, _)| same != c)).map(|c| Self::Ctrl(c).written());
        NAMED.iter().map(|(name, _)| (*name).to_owned()).chain(functions).chain(letters)
    }

    /// Whether it types a character on a line.
    #[must_use]
    pub const fn types(self) -> bool {
        matches!(self, Self::Char(_))
    }
}

impl FromStr for Key {
    type Err = NoKey;

    /// Reads a name, whatever the case of its words; a character alone is itself.
    fn from_str(text: &str) -> Result<Self, NoKey> {
        let mut characters = text.chars();
        if let (Some(only), None) = (characters.next(), characters.next())
            && !NAMED.iter().any(|(name, _)| *name == text)
        {
            return if only.is_control() { Err(NoKey::Unknown) } else { Ok(Self::Char(only)) };
        }
        if let Some((_, key)) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
            return Ok(*key);
        }
        let lower = text.to_ascii_lowercase();
        if let Some(letter) = lower.strip_prefix("ctrl-").and_then(|rest| rest.parse::<char>().ok()) {
            return match SAME.iter().find(|(same, _)| *same == letter) {
                Some((_, name)) => Err(NoKey::Same(name)),
                None if letter.is_ascii_lowercase() => Ok(Self::Ctrl(letter)),
                None => Err(NoKey::Unknown),
            };
        }
        let number = lower.strip_prefix('f').and_then(|rest| rest.parse().ok());
        number.filter(|number| FUNCTIONS.contains(number)).map(Self::Function).ok_or(NoKey::Unknown)
    }
}

/// What an action is bound to: one key, or two after each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keys {
    /// The key that is pressed first.
    pub first: Key,
    /// The one after it, where it takes two.
    pub then: Option<Key>,
}

impl Keys {
    /// One key.
    #[must_use]
    pub const fn one(key: Key) -> Self {
        Self { first: key, then: None }
    }

    /// Two keys after each other.
    #[must_use]
    pub const fn two(first: Key, then: Key) -> Self {
        Self { first, then: Some(then) }
    }

    /// Whether one of them can only be reached by what the other one does too: the same keys, or the key that others begin
    /// with.
    #[must_use]
    pub fn clashes(self, other: Self) -> bool {
        self.first == other.first && (self.then == other.then || self.then.is_none() || other.then.is_none())
    }

    /// The keys as the keymap file writes them.
    #[must_use]
    pub fn written(self) -> String {
        let then = self.then.map_or_else(String::new, |then| format!(" {}", then.written()));
        format!("{}{then}", self.first.written())
    }
}

impl Display for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.first.name())?;
        self.then.map_or(Ok(()), |then| write!(out, " {}", then.name()))
    }
}

/// `←` and `→` are `←→`; `Shift-←` and `Shift-→` are `Shift-←→`; others stand apart.
pub(super) fn join(keys: &mut String, key: &str) {
    match key.strip_prefix("Shift-") {
        Some(arrow) if keys.starts_with("Shift-") => keys.push_str(arrow),
        _ => {
            if key.chars().count() > 1 {
                keys.push('/');
            }
            keys.push_str(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_back_as_it_is_written_and_as_the_help_names_it() {
        let named = NAMED.iter().map(|(_, key)| *key);
        let keys = named.chain(FUNCTIONS.map(Key::Function)).chain("aZ1?-'`重".chars().map(Key::Char));
        for key in keys.chain("acpxz".chars().map(Key::Ctrl)) {
            assert_eq!(key.written().parse(), Ok(key), "{key:?}");
            assert_eq!(key.name().parse(), Ok(key), "{key:?}");
        }
    }

    #[test]
    fn names_go_in_any_case_and_characters_are_themselves() {
        for (text, key) in [
            ("space", Key::Char(' ')),
            ("SHIFT-left", Key::ShiftArrow(Left)),
            ("ctrl-P", Key::Ctrl('p')),
            ("f12", Key::Function(12)),
            ("pageup", Key::PageUp),
            ("F", Key::Char('F')),
            ("f", Key::Char('f')),
        ] {
            assert_eq!(text.parse(), Ok(key), "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_told_from_what_terminals_cannot_tell() {
        for text in ["", "f0", "f13", "ctrl-", "ctrl-1", "ctrl-ab", "Spcae", "gg", "\u{7}"] {
            assert_eq!(text.parse::<Key>(), Err(NoKey::Unknown), "{text}");
        }
        assert_eq!("Ctrl-i".parse::<Key>(), Err(NoKey::Same("Tab")));
        assert_eq!("Ctrl-M".parse::<Key>(), Err(NoKey::Same("Enter")));
    }

    #[test]
    fn keys_clash_where_one_begins_the_other() {
        let (g, gl, gm) = (
            Keys::one(Key::Char('g')),
            Keys::two(Key::Char('g'), Key::Char('l')),
            Keys::two(Key::Char('g'), Key::Char('m')),
        );
        assert!(g.clashes(gl) && gl.clashes(g) && gl.clashes(gl) && !gl.clashes(gm));
        assert_eq!([gl.to_string(), gl.written()], ["g l", "g l"]);
    }
}
