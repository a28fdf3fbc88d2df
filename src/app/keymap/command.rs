//! What a user can do and where: an action with its name, its words and its usual keys.

use super::super::action::Action;
use super::super::context::Context;
use super::key::Keys;
use crate::lang::text;
use crate::tr;

/// Where a command holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In all contexts but where a line is typed.
    Everywhere,
    /// In all panels of an open data set.
    Panels,
    /// In one context.
    Only(Context),
}

impl Scope {
    /// All there are, wide ones first.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Everywhere, Self::Panels].into_iter().chain(Context::ALL.map(Self::Only))
    }

    /// Whether it holds in a context.
    #[must_use]
    pub fn holds(self, context: Context) -> bool {
        match self {
            Self::Everywhere => !context.types(),
            Self::Panels => context.is_panel(),
            Self::Only(only) => only == context,
        }
    }

    /// How many others it goes before: what is said of one context counts there.
    #[must_use]
    pub const fn narrowness(self) -> u8 {
        match self {
            Self::Everywhere => 0,
            Self::Panels => 1,
            Self::Only(_) => 2,
        }
    }

    /// The heading in the help.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => tr!("Everywhere"),
            Self::Panels => tr!("In every panel"),
            Self::Only(context) => context.title(),
        }
    }
}

/// A line of the table: what one can do somewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The name, with `_` where files write `-`.
    pub(super) name: &'static str,
    pub(super) keys: &'static [Keys],
    pub(super) action: Action,
    pub(super) words: &'static str,
    pub(super) hint: Option<&'static str>,
}

/// A command: an action where it holds.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Where.
    pub scope: Scope,
    /// What it does.
    pub action: Action,
    /// The usual keys, the one to name first; none for what only menus and the palette offer.
    pub usual: &'static [Keys],
    name: &'static str,
    words: &'static str,
    hint: Option<&'static str>,
}

impl Command {
    pub(super) const fn new(scope: Scope, row: &Row) -> Self {
        let Row { name, keys, action, words, hint } = *row;
        Self { scope, action, usual: keys, name, words, hint }
    }

    /// Its name in the keymap file, the same in every language and version: `next-panel`.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.replace('_', "-")
    }

    /// What it does, in a few words; commands of the same words are shown together.
    #[must_use]
    pub fn words(&self) -> &'static str {
        text(self.words)
    }

    /// What it does, in the English of the code.
    #[must_use]
    pub const fn english(&self) -> &'static str {
        self.words
    }

    /// A shorter form for the bottom line; `None`: not shown there.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        self.hint.map(text)
    }

    /// Whether its usual keys begin with the leader: hinted at only once that is pressed.
    #[must_use]
    pub fn is_rare(&self) -> bool {
        self.usual.first().is_some_and(|keys| keys.then.is_some())
    }
}
