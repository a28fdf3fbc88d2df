//! The pieces of a line that may be typed by half: nothing is ever refused.

use crate::model::filter::screen::{is_word_part, is_word_start};

/// What a piece of a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare word, with the points in it.
    Word,
    /// A name in double quotes or backticks.
    Name,
    /// A text in single quotes.
    Text,
    /// A number.
    Number,
    /// One of `<= >= < > = !=`, or something else that stands between values.
    Sign,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// Without quotes, doubled ones once.
    pub(super) text: String,
    /// Characters before it.
    pub(super) at: usize,
    /// Whether something may still be added to it at the end of the line: a quote is open, or nothing follows a word.
    pub(super) open: bool,
}

/// The pieces of a line, which is cut off at the cursor.
pub(super) fn pieces(line: &str) -> Vec<Piece> {
    let letters: Vec<char> = line.chars().collect();
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(letter) = letters.get(at) {
        if letter.is_whitespace() {
            at += 1;
            continue;
        }
        let (piece, end) = piece(&letters, at);
        pieces.push(piece);
        at = end;
    }
    pieces
}

/// The piece that begins at a letter, and where it ends.
fn piece(letters: &[char], at: usize) -> (Piece, usize) {
    let letter = letters[at];
    let run = |fits: &dyn Fn(char) -> bool| {
        let end = letters[at + 1..].iter().position(|letter| !fits(*letter));
        end.map_or(letters.len(), |length| at + 1 + length)
    };
    let (kind, end) = match letter {
        '\'' => return quoted(letters, at, Kind::Text),
        '"' | '`' => return quoted(letters, at, Kind::Name),
        '(' => (Kind::Open, at + 1),
        ')' => (Kind::Close, at + 1),
        ',' => (Kind::Comma, at + 1),
        letter if is_word_start(letter) => (Kind::Word, run(&|letter| is_word_part(letter) || letter == '.')),
        letter if letter.is_ascii_digit() || letter == '.' => {
            (Kind::Number, run(&|letter| is_word_part(letter) || letter == '.'))
        }
        _ => (Kind::Sign, run(&|letter| "<>=!".contains(letter))),
    };
    let open = end == letters.len() && matches!(kind, Kind::Word | Kind::Number);
    (Piece { kind, text: letters[at..end].iter().collect(), at, open }, end)
}

/// A piece in quotes, to its end or that of the line.
fn quoted(letters: &[char], at: usize, kind: Kind) -> (Piece, usize) {
    let quote = letters[at];
    let (mut text, mut place) = (String::new(), at + 1);
    while let Some(letter) = letters.get(place) {
        place += 1;
        if *letter == quote {
            if letters.get(place) != Some(&quote) {
                return (Piece { kind, text, at, open: false }, place);
            }
            place += 1;
        }
        text.push(*letter);
    }
    (Piece { kind, text, at, open: true }, place)
}
