//! What a number's text is made of: sign, brackets, currency, digits, exponent, `万`.

use super::currency::{self, Currency, Seen};

/// The parts of a number's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    pub(super) negative: bool,
    pub(super) currency: Option<Currency>,
    /// Digits with marks between them; at least one digit.
    pub(super) body: &'a [u8],
    /// The exponent with its letter, or nothing.
    pub(super) exponent: &'a [u8],
    /// The power of ten of `万` and the like.
    pub(super) power: i32,
}

/// Words for powers of ten.
const POWERS: [(&str, i32); 5] = [("千", 3), ("万", 4), ("萬", 4), ("亿", 8), ("億", 8)];

/// What was met around the digits.
#[derive(Default)]
struct Around {
    sign: Option<bool>,
    /// Whether a bracket was opened, and whether it was closed.
    bracket: Option<bool>,
    currency: Option<Seen>,
}

impl Around {
    fn currency<'a>(&mut self, text: &'a [u8]) -> Option<&'a [u8]> {
        let (seen, rest) = currency::ahead(text)?;
        self.currency = Some(match self.currency {
            Some(before) => before.and(seen)?,
            None => seen,
        });
        Some(rest)
    }
}

/// Reads a plain, folded text. `None` where it has anything else, or anything twice.
pub(super) fn read(text: &[u8]) -> Option<Parts<'_>> {
    let mut around = Around::default();
    let rest = front(text, &mut around)?;
    let (body, rest) = digits(rest);
    let (exponent, rest) = exponent(rest);
    let (body, rest) = without_cents(body, rest);
    let (power, rest) = powers(rest);
    back(rest, &mut around)?;
    let negative = match around {
        Around { bracket: Some(true), sign: None, .. } => true,
        Around { bracket: None, sign, .. } => sign.unwrap_or(false),
        Around { .. } => return None,
    };
    Some(Parts { negative, currency: around.currency.map(|seen| seen.currency), body, exponent, power })
}

/// Takes what is before the digits.
fn front<'a>(mut text: &'a [u8], around: &mut Around) -> Option<&'a [u8]> {
    loop {
        text = match text.trim_ascii_start() {
            digits @ ([b'0'..=b'9', ..] | [b'.' | b',', b'0'..=b'9', ..]) => return Some(digits),
            [sign @ (b'-' | b'+'), rest @ ..] if around.sign.is_none() => {
                around.sign = Some(*sign == b'-');
                rest
            }
            [b'(', rest @ ..] if around.bracket.is_none() => {
                around.bracket = Some(false);
                rest
            }
            other => around.currency(other)?,
        }
    }
}

/// Takes digits with the marks between and behind them. Blanks and apostrophes are only marks between digits.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let is_part = |place: usize| match text[place] {
        b'0'..=b'9' | b'.' | b',' => true,
        b' ' | b'\'' => text.get(place + 1).is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    text.split_at((0..text.len()).find(|place| !is_part(*place)).unwrap_or(text.len()))
}

/// Takes an exponent: `e3`, `E+03`. Letters behind it make it none: `12EUR`.
fn exponent(text: &[u8]) -> (&[u8], &[u8]) {
    let [b'e' | b'E', rest @ ..] = text else { return text.split_at(0) };
    let sign = usize::from(matches!(rest, [b'+' | b'-', ..]));
    let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.split_at(if digits == 0 { 0 } else { 1 + sign + digits })
}

/// `12.-` and `12,--` say that there are no cents: the dashes are no minus.
fn without_cents<'a>(body: &'a [u8], rest: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    match (body, rest) {
        ([units @ .., b'.' | b','], [b'-', b'-', rest @ ..] | [b'-', rest @ ..])
            if units.last().is_some_and(u8::is_ascii_digit) =>
        {
            (units, rest)
        }
        _ => (body, rest),
    }
}

/// Takes words for powers of ten, the smaller before the larger: `万`, `千万`.
fn powers(text: &[u8]) -> (i32, &[u8]) {
    let (mut rest, mut power, mut last) = (text.trim_ascii_start(), 0, 0);
    if rest.first().is_none_or(u8::is_ascii) {
        return (0, rest);
    }
    for (word, more) in POWERS {
        if let Some(after) = rest.strip_prefix(word.as_bytes()).filter(|_| more > last) {
            (rest, power, last) = (after, power + more, more);
        }
    }
    (power, rest)
}

/// Takes what is behind the digits, to the end.
fn back(mut text: &[u8], around: &mut Around) -> Option<()> {
    loop {
        text = match text.trim_ascii_start() {
            [] => return Some(()),
            [b')', rest @ ..] if around.bracket == Some(false) => {
                around.bracket = Some(true);
                rest
            }
            [b'-', rest @ ..] if around.sign.is_none() => {
                around.sign = Some(true);
                rest
            }
            other => around.currency(other)?,
        }
    }
}
