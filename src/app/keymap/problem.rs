//! What can be wrong with a keymap file, and what to write.

use thiserror::Error;

use crate::tr;

/// Where a binding comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The program.
    Default,
    /// A line of a file.
    Line(String, usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => out.write_str(tr!("place" | "default")),
            Self::Line(file, line) => out.write_str(&tr!("{file} line {line}", file, line)),
        }
    }
}

/// A keymap file that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}", tr!("{origin}, line {line}: {problem}", origin, line, problem))]
pub struct KeymapError {
    /// The file.
    pub origin: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Box<KeymapProblem>,
}

/// What is wrong with a keymap file, and what to write.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum KeymapProblem {
    /// It is no TOML.
    #[error("{0}")]
    Syntax(String),
    /// Something stands above the first section.
    #[error("{}", tr!("`{name}` stands in no section; write one such as [panels] above it", name = _0))]
    NoSection(String),
    /// A section that there is not.
    #[error("{}{}", tr!("there is no section [{name}]", name), meant(nearest))]
    UnknownSection {
        /// Its name.
        name: String,
        /// The names that look most like it.
        nearest: Vec<String>,
    },
    /// An action that a section does not have.
    #[error("{}{}", tr!("there is no action `{name}` in [{section}]", name, section), meant(nearest))]
    UnknownAction {
        /// Its name.
        name: String,
        /// The section.
        section: &'static str,
        /// The names that look most like it, or the sections that have it.
        nearest: Vec<String>,
    },
    /// A key that there is not.
    #[error("{}{}", tr!("there is no key `{name}`", name), meant(nearest))]
    UnknownKey {
        /// Its name.
        name: String,
        /// The names that look most like it.
        nearest: Vec<String>,
    },
    /// A key that terminals cannot tell from another one.
    #[error("{}", tr!("terminals send `{name}` as {other}: write {other}, or choose another key", name, other))]
    SameKey {
        /// Its name.
        name: String,
        /// The other one.
        other: &'static str,
    },
    /// More keys after each other than two.
    #[error("{}", tr!("`{name}` is more than two keys after each other; [\"a\", \"b\"] is either of two", name = _0))]
    TooLong(String),
    /// Something else than keys.
    #[error("{}", tr!("`{name}` needs a key in quotes, a list of keys, or [] for none", name = _0))]
    NotKeys(String),
    /// A key that types a character where characters are typed.
    #[error("{}", tr!("`{name}` types a character in [{section}] and cannot do anything else there", name, section))]
    Types {
        /// The key.
        name: String,
        /// The section.
        section: &'static str,
    },
    /// A key that a file gives to two actions of a section.
    #[error(
        "{}",
        tr!(
            "`{key}` stands for two actions of [{section}]: `{one}` ({one_place}) and `{other}` ({other_place})",
            key,
            section,
            one,
            one_place,
            other,
            other_place
        )
    )]
    Twice {
        /// The key.
        key: String,
        /// The section.
        section: &'static str,
        /// An action.
        one: String,
        /// Where it gets the key.
        one_place: Place,
        /// The other one.
        other: String,
        /// Where that gets it.
        other_place: Place,
    },
    /// A key that leaves another action without any.
    #[error(
        "{}",
        tr!(
            "`{key}` for `{taker}` of [{section}] ({taker_place}) leaves `{loser}` of [{loser_section}] ({loser_place}) without a \
             key in [{context}]: give that one another key too, or [] if it needs none",
            key,
            taker,
            section,
            taker_place,
            loser,
            loser_section,
            loser_place,
            context
        )
    )]
    Taken {
        /// The key.
        key: String,
        /// The action that gets it.
        taker: String,
        /// The section of that action.
        section: &'static str,
        /// Where it gets the key.
        taker_place: Place,
        /// The action that has no other one.
        loser: String,
        /// Its section.
        loser_section: &'static str,
        /// Where that one gets its keys.
        loser_place: Place,
        /// Where it can no longer be reached.
        context: &'static str,
    },
}

/// Names that may have been meant.
fn meant(nearest: &[String]) -> String {
    match nearest.split_last() {
        None => String::new(),
        Some((last, [])) => tr!("; did you mean `{name}`?", name = last),
        Some((last, others)) => tr!("; did you mean `{names}` or `{name}`?", names = others.join("`, `"), name = last),
    }
}
