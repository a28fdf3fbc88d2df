//! What may come next after the pieces of a line.

use super::scan::{Kind, Piece};

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// A name, `not`, a rule, a parenthesis.
    Condition,
    /// How the field of this name is compared, or that it is a flag and another condition follows.
    Test(String),
    /// `in`, `between` or `like` after `not`.
    Negated(String),
    /// `missing`, or `not missing` where `not` is not there yet.
    Is {
        /// Whether `not` is there.
        negated: bool,
    },
    /// A value of the field.
    Value(String),
    /// The first end of a range.
    Low(String),
    /// `and` within a range.
    Between(String),
    /// The parenthesis of a list.
    List(String),
    /// A value of a list.
    Member(String),
    /// A comma or the end of a list.
    Next(String),
    /// The name of a rule.
    Rule,
    /// The parenthesis after it.
    RuleEnd,
    /// `and`, `or`, or a parenthesis.
    Joint,
    /// What cannot be told, for the line is no filter.
    Lost,
}

/// What comes after some pieces, and how many parentheses are open around it.
pub(super) fn after(pieces: &[Piece]) -> (State, usize) {
    let (mut state, mut depth) = (State::Condition, 0usize);
    for piece in pieces {
        let word = if piece.kind == Kind::Word { piece.text.to_ascii_lowercase() } else { String::new() };
        match (&state, &piece.kind) {
            (State::Condition, Kind::Open) => depth += 1,
            (State::Test(_) | State::Joint, Kind::Close) => {
                depth = depth.saturating_sub(1);
                state = State::Joint;
            }
            _ => state = next(state, piece, &word),
        }
    }
    (state, depth)
}

fn next(state: State, piece: &Piece, word: &str) -> State {
    let value = matches!(piece.kind, Kind::Text | Kind::Number);
    match (state, &piece.kind, word) {
        (State::Test(_) | State::Joint, _, "and" | "or") | (State::Condition, _, "not") => State::Condition,
        (State::Condition, _, "true" | "false")
        | (State::Is { .. }, _, "missing" | "null")
        | (State::Next(_) | State::RuleEnd, Kind::Close, _) => State::Joint,
        (State::Condition, Kind::Word | Kind::Name, _) => State::Test(piece.text.clone()),
        (State::Test(name), Kind::Open, _) if name.eq_ignore_ascii_case("vip") => State::Rule,
        (State::Test(name) | State::Negated(name), _, "in") => State::List(name),
        (State::Test(name) | State::Negated(name), _, "between") => State::Low(name),
        (State::Test(name) | State::Negated(name), _, "like" | "ilike")
        | (State::Test(name), Kind::Sign, _)
        | (State::Between(name), _, "and") => State::Value(name),
        (State::Test(name), _, "not") => State::Negated(name),
        (State::Test(_), _, "is") => State::Is { negated: false },
        (State::Is { negated: false }, _, "not") => State::Is { negated: true },
        // The sign of a number.
        (state @ (State::Value(_) | State::Low(_) | State::Member(_)), Kind::Sign, _) => state,
        (State::Value(_), ..) if value => State::Joint,
        (State::Low(name), ..) if value => State::Between(name),
        (State::List(name), Kind::Open, _) | (State::Next(name), Kind::Comma, _) => State::Member(name),
        (State::Member(name), ..) if value => State::Next(name),
        (State::Rule, Kind::Text, _) => State::RuleEnd,
        _ => State::Lost,
    }
}
