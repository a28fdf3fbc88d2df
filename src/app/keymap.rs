//! The one table of keys: it dispatches them, and the help and the hints are read off it.

mod table;

use super::action::{Action, Direction};
use super::model::Context;
pub use table::bindings;

/// A key without its terminal encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character, upper case as typed with shift.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// An arrow.
    Arrow(Direction),
    /// An arrow with Shift.
    ShiftArrow(Direction),
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
    /// Backspace; only prompts use it.
    Backspace,
    /// Delete; only prompts use it.
    Delete,
}

impl Key {
    /// The key as help and hints name it.
    #[must_use]
    pub fn name(self) -> String {
        let arrow = |direction| match direction {
            Direction::Left => "←",
            Direction::Right => "→",
            Direction::Up => "↑",
            Direction::Down => "↓",
        };
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Arrow(direction) => arrow(direction).to_owned(),
            Self::ShiftArrow(direction) => format!("Shift-{}", arrow(direction)),
            Self::Enter => "Enter".to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::BackTab => "Shift-Tab".to_owned(),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            Self::Home => "Home".to_owned(),
            Self::End => "End".to_owned(),
            Self::Backspace => "Backspace".to_owned(),
            Self::Delete => "Delete".to_owned(),
        }
    }
}

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In all contexts but prompts.
    Everywhere,
    /// In all panels of an open data set.
    Panels,
    /// In one context.
    Only(Context),
}

impl Scope {
    /// Whether it holds in a context.
    #[must_use]
    pub fn holds(self, context: Context) -> bool {
        match self {
            Self::Everywhere => context != Context::Prompt,
            Self::Panels => context.is_panel(),
            Self::Only(only) => only == context,
        }
    }

    /// The heading in the help.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Panels => "In every panel",
            Self::Only(context) => context.title(),
        }
    }
}

/// Keys that do one thing in one scope.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where.
    pub scope: Scope,
    /// The keys, the one to name first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What they do, in a few words; bindings of the same words are shown together.
    pub words: &'static str,
    /// A shorter form for the bottom line; `None`: not shown there.
    pub hint: Option<&'static str>,
}

/// What a key does in a context.
#[must_use]
pub fn lookup(context: Context, key: Key) -> Option<Action> {
    bindings().find(|binding| binding.scope.holds(context) && binding.keys.contains(&key)).map(|binding| binding.action)
}

/// The hints of a context: keys that do the same joined, with a few words each; the narrowest scope first.
#[must_use]
pub fn hints(context: Context) -> Vec<(String, &'static str)> {
    let mut hints: Vec<(String, &'static str)> = Vec::new();
    for binding in bindings().filter(|binding| binding.scope.holds(context)) {
        let (Some(hint), Some(key)) = (binding.hint, binding.keys.first()) else { continue };
        // A narrower scope may have taken the key for something else.
        if lookup(context, *key) != Some(binding.action) {
            continue;
        }
        match hints.iter_mut().find(|(_, words)| *words == hint) {
            Some((keys, _)) => join(keys, &key.name()),
            None => hints.push((key.name(), hint)),
        }
    }
    hints
}

/// `←` and `→` are `←→`; `Shift-←` and `Shift-→` are `Shift-←→`; others stand apart.
fn join(keys: &mut String, key: &str) {
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

/// The help: scope by scope, every action with all of its keys.
#[must_use]
pub fn help() -> Vec<(&'static str, Vec<(String, &'static str)>)> {
    let mut sections: Vec<(&'static str, Vec<(String, &'static str)>)> = Vec::new();
    // What holds in most places is looked for most.
    let wide = |binding: &&Binding| matches!(binding.scope, Scope::Panels | Scope::Everywhere);
    let narrow = bindings().filter(|binding| !wide(binding));
    for binding in bindings().filter(wide).chain(narrow) {
        let title = binding.scope.title();
        if !sections.iter().any(|(known, _)| *known == title) {
            sections.push((title, Vec::new()));
        }
        let Some((_, lines)) = sections.iter_mut().find(|(known, _)| *known == title) else { continue };
        let keys = binding.keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(" ");
        match lines.iter_mut().find(|(_, words)| *words == binding.words) {
            Some((known, _)) => {
                for key in keys.split(' ') {
                    // Contexts of one heading may share their keys.
                    if !known.split(' ').any(|other| other == key) {
                        known.push(' ');
                        known.push_str(key);
                    }
                }
            }
            None => lines.push((keys, binding.words)),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::Key::{Arrow, Char, Ctrl};
    use super::*;
    use crate::model::customers::Axis;
    use Direction::Left;

    #[test]
    fn no_key_does_two_things_in_one_scope() {
        for (number, binding) in bindings().enumerate() {
            for other in bindings().skip(number + 1) {
                let shared = binding.keys.iter().find(|key| other.keys.contains(key));
                assert!(binding.scope != other.scope || shared.is_none(), "{shared:?} in {:?}", binding.scope);
            }
        }
    }

    #[test]
    fn narrow_scopes_come_before_wide_ones() {
        assert_eq!(lookup(Context::Stopped, Key::Char('r')), Some(Action::Reload));
        assert_eq!(lookup(Context::Heatmap, Key::Char('r')), Some(Action::FocusAxis(Axis::Recency)));
        assert_eq!(lookup(Context::Cuts, Arrow(Left)), Some(Action::Nudge(Left)));
        assert_eq!(lookup(Context::Prompt, Key::Char('q')), None);
    }

    #[test]
    fn no_binding_needs_a_key_that_keyboards_lack_or_tmux_takes() {
        for binding in bindings() {
            for key in binding.keys {
                assert!(!matches!(key, Char('[' | ']' | '{' | '}' | '~' | '\\' | '|') | Ctrl('b')), "{key:?}");
            }
        }
    }

    #[test]
    fn hints_join_the_keys_of_one_thing() {
        let hints = hints(Context::Cuts);
        assert_eq!(hints[0], ("←→".to_owned(), "move cut"));
        assert_eq!(hints[1], ("Shift-←→".to_owned(), "far"));
        assert!(hints.contains(&("rfm".to_owned(), "cuts")));
    }
}
