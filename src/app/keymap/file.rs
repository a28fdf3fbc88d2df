//! Reading a keymap file: TOML with a section a context, `action-name = "key"` or `["key", "other key"]` in it. What it does
//! not name stays as usual.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::command::Scope;
use super::key::{Key, Keys, NoKey};
use super::problem::{KeymapError, KeymapProblem};
use super::{commands, section};
use crate::model::field::nearest;
use crate::model::toml_text::{line_of, told};
use crate::show::text::clean;

/// What a file says of one command.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// The command's number in the table.
    pub(super) command: usize,
    /// Its keys, each with the line it stands in.
    pub(super) keys: Vec<(Keys, usize)>,
}

/// Reads a file in the order of its lines.
pub(super) fn read(text: &str, origin: &str) -> Result<Vec<Given>, KeymapError> {
    let reader = Reader { text, origin };
    let document = DeTable::parse(text).map_err(|error| reader.syntax(&error))?;
    let mut given = Vec::new();
    for (name, value) in in_order(document.get_ref()) {
        let line = reader.line(&name.span());
        let DeValue::Table(entries) = value.get_ref() else {
            return Err(reader.at(line, KeymapProblem::NoSection(clean(name.get_ref()).into_owned())));
        };
        let Some(scope) = section::scope(name.get_ref()) else {
            let names = Scope::all().map(|scope| section::name(scope).to_owned());
            let nearest = nearest(name.get_ref(), names);
            let name = clean(name.get_ref()).into_owned();
            return Err(reader.at(line, KeymapProblem::UnknownSection { name, nearest }));
        };
        for (name, value) in in_order(entries) {
            given.push(reader.given(scope, name, value)?);
        }
    }
    Ok(given)
}

/// A name, and what it is set to.
type Entry<'a, 'i> = (&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>);

/// The entries of a table as they stand in the file.
fn in_order<'a, 'i>(table: &'a DeTable<'i>) -> Vec<Entry<'a, 'i>> {
    let mut entries: Vec<Entry<'a, 'i>> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

struct Reader<'a> {
    text: &'a str,
    origin: &'a str,
}

impl Reader<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        line_of(self.text, span.start)
    }

    fn at(&self, line: usize, problem: KeymapProblem) -> KeymapError {
        KeymapError { origin: self.origin.to_owned(), line, problem: Box::new(problem) }
    }

    fn syntax(&self, error: &toml::de::Error) -> KeymapError {
        let (line, problem) = told(self.text, error);
        self.at(line, KeymapProblem::Syntax(problem))
    }

    /// What an entry of a section says.
    fn given(
        &self,
        scope: Scope,
        name: &Spanned<DeString<'_>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Given, KeymapError> {
        let line = self.line(&name.span());
        let of_name =
            |number: &usize| commands()[*number].scope == scope && commands()[*number].name() == *name.get_ref();
        let Some(command) = (0..commands().len()).find(of_name) else {
            return Err(self.at(line, unknown_action(scope, name.get_ref())));
        };
        let not_keys = |line| self.at(line, KeymapProblem::NotKeys(commands()[command].name()));
        let keys = match value.get_ref() {
            DeValue::String(text) => vec![self.keys(scope, text, self.line(&value.span()))?],
            DeValue::Array(items) => {
                let item = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
                    DeValue::String(text) => self.keys(scope, text, self.line(&item.span())),
                    _ => Err(not_keys(self.line(&item.span()))),
                };
                items.iter().map(item).collect::<Result<_, _>>()?
            }
            _ => return Err(not_keys(line)),
        };
        Ok(Given { command, keys })
    }

    /// A key, or two after each other.
    fn keys(&self, scope: Scope, text: &str, line: usize) -> Result<(Keys, usize), KeymapError> {
        let names: Vec<&str> = text.split_whitespace().collect();
        let key = |name: &str| {
            name.parse::<Key>().map_err(|no_key| {
                let shown = clean(name).into_owned();
                self.at(
                    line,
                    match no_key {
                        NoKey::Same(other) => KeymapProblem::SameKey { name: shown, other },
                        NoKey::Unknown => {
                            KeymapProblem::UnknownKey { name: shown, nearest: nearest(name, Key::names()) }
                        }
                    },
                )
            })
        };
        let keys = match names.as_slice() {
            [one] => Keys::one(key(one)?),
            [first, then] => Keys::two(key(first)?, key(then)?),
            // A blank alone is meant for the key of the same name.
            [] if !text.is_empty() => Keys::one(Key::Char(' ')),
            [] => return Err(self.at(line, KeymapProblem::UnknownKey { name: String::new(), nearest: Vec::new() })),
            _ => return Err(self.at(line, KeymapProblem::TooLong(clean(text).into_owned()))),
        };
        match scope {
            Scope::Only(context) if context.types() && keys.first.types() => {
                let problem = KeymapProblem::Types { name: keys.written(), section: section::name(scope) };
                Err(self.at(line, problem))
            }
            _ => Ok((keys, line)),
        }
    }
}

/// What to say of a name that a section does not have: names that it has, else sections that have the name.
fn unknown_action(scope: Scope, name: &str) -> KeymapProblem {
    let of_scope = commands().iter().filter(|command| command.scope == scope).map(super::command::Command::name);
    let mut near = nearest(name, of_scope);
    if near.first().is_none_or(|first| first.len().abs_diff(name.len()) > 2) {
        let elsewhere = commands().iter().filter(|command| command.name() == name);
        let elsewhere: Vec<String> =
            elsewhere.map(|command| format!("[{}] {name}", section::name(command.scope))).take(3).collect();
        near = if elsewhere.is_empty() { near } else { elsewhere };
    }
    KeymapProblem::UnknownAction { name: clean(name).into_owned(), section: section::name(scope), nearest: near }
}
