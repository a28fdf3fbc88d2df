//! What may come next in a filter that is being typed.

use super::{written_name, written_text};
use crate::model::field::{FieldKind, Vocabulary, key};
use scan::{Kind, Piece, pieces};
use state::{State, after};
use words::{AFTER_IS, comparisons};

mod scan;
mod state;
#[cfg(test)]
mod tests;
mod words;

/// The most texts of a field that are offered.
const TEXTS: usize = 50;

/// What may come next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where what is taken of the candidates begins: characters before it. It replaces what stands between there and the
    /// cursor.
    pub from: usize,
    /// What may stand there, the likeliest first; none where nothing can be told.
    pub candidates: Vec<String>,
}

/// What may stand where the cursor is, after so many characters of a line; what follows the cursor is not looked at.
#[must_use]
pub fn complete(line: &str, cursor: usize, vocabulary: &dyn Vocabulary) -> Completion {
    let line: String = line.chars().take(cursor).collect();
    let mut pieces = pieces(&line);
    let typed = pieces.pop_if(|last| last.open);
    let (state, depth) = after(&pieces);
    let from = typed.as_ref().map_or_else(|| line.chars().count(), |typed| typed.at);
    let mut candidates = candidates(&state, depth, typed.as_ref(), vocabulary);
    if let Some(typed) = typed {
        candidates.retain(|candidate| *candidate != typed.text);
    }
    Completion { from, candidates }
}

fn candidates(state: &State, depth: usize, typed: Option<&Piece>, vocabulary: &dyn Vocabulary) -> Vec<String> {
    let prefix = typed.map_or("", |typed| typed.text.as_str());
    let kind = typed.map(|typed| &typed.kind);
    let words = |words: &[&str]| match kind {
        None | Some(Kind::Word) => beginning(words, prefix),
        _ => Vec::new(),
    };
    match state {
        State::Condition if matches!(kind, None | Some(Kind::Word | Kind::Name)) => {
            let mut names = names(prefix, vocabulary);
            names.extend(words(&["not"]));
            if kind != Some(&Kind::Name) {
                let rules = vocabulary.rules().into_iter().map(|rule| format!("vip({})", written_text(&rule)));
                names.extend(rules.filter(|rule| begins(rule, prefix)));
            }
            names
        }
        State::Test(name) => words(comparisons(vocabulary.field(name).map(|field| vocabulary.kind(field)))),
        State::Negated(_) => words(&["in", "between", "like"]),
        State::Is { negated: false } => words(AFTER_IS),
        State::Is { negated: true } => words(&["missing"]),
        State::Value(name) | State::Low(name) | State::Member(name) => texts(name, typed, vocabulary),
        State::Between(_) => words(&["and"]),
        State::List(_) => words(&["("]),
        State::Next(_) => words(&[",", ")"]),
        State::RuleEnd => words(&[")"]),
        State::Rule if matches!(kind, None | Some(Kind::Word | Kind::Text)) => {
            let rules = vocabulary.rules().into_iter().filter(|rule| key(rule).starts_with(&key(prefix)));
            rules.map(|rule| written_text(&rule)).collect()
        }
        State::Joint if depth > 0 => words(&["and", "or", ")"]),
        State::Joint => words(&["and", "or"]),
        State::Condition | State::Rule | State::Lost => Vec::new(),
    }
}

/// Names that begin with what is typed, then those that have it further on.
fn names(typed: &str, vocabulary: &dyn Vocabulary) -> Vec<String> {
    let typed = key(typed);
    let names = vocabulary.names().into_iter().filter(|name| key(name).contains(&typed));
    let (first, rest): (Vec<_>, Vec<_>) = names.partition(|name| key(name).starts_with(&typed));
    first.iter().chain(&rest).map(|name| written_name(name)).collect()
}

/// Texts of a field that begin with what is typed, in quotes or not yet.
fn texts(name: &str, typed: Option<&Piece>, vocabulary: &dyn Vocabulary) -> Vec<String> {
    let prefix = match typed {
        None => "",
        Some(Piece { kind: Kind::Text | Kind::Word, text, .. }) => text,
        Some(_) => return Vec::new(),
    };
    let field = vocabulary.field(name).filter(|field| vocabulary.kind(*field) == FieldKind::Text);
    let texts = field.map(|field| vocabulary.texts(field, prefix, TEXTS)).unwrap_or_default();
    texts.iter().map(|text| written_text(text)).collect()
}

fn beginning(words: &[&str], prefix: &str) -> Vec<String> {
    words.iter().filter(|word| begins(word, prefix)).map(|word| (*word).to_owned()).collect()
}

fn begins(word: &str, prefix: &str) -> bool {
    word.to_lowercase().starts_with(&prefix.to_lowercase())
}
