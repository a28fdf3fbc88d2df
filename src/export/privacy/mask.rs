//! The masks, on texts that are not blank and whose compatibility forms are folded. What a reader sees as one character, a
//! grapheme cluster, is shown or hidden whole.

use unicode_segmentation::UnicodeSegmentation;

/// Stars that a word gets at most: how long a long one is, is nobody's business.
const MOST_STARS: usize = 8;

/// The first character of each word and a star for each other one; nothing of words that have no other.
pub(super) fn name(text: &str) -> String {
    let mut masked = String::new();
    let (mut first, mut others) = ("", 0);
    for grapheme in text.graphemes(true) {
        if grapheme.chars().all(|c| c.is_whitespace() || matches!(c, '·' | '・' | '•')) {
            push_word(&mut masked, first, others);
            masked.push_str(grapheme);
            (first, others) = ("", 0);
        } else if first.is_empty() {
            first = grapheme;
        } else {
            others += 1;
        }
    }
    push_word(&mut masked, first, others);
    masked
}

fn push_word(masked: &mut String, first: &str, others: usize) {
    match others {
        0 if first.is_empty() => {}
        0 => masked.push('*'),
        _ => {
            masked.push_str(first);
            masked.push_str(&"*".repeat(others.min(MOST_STARS)));
        }
    }
}

/// The ends of a telephone number; signs between digits stay, and everything that is neither is a star.
pub(super) fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(|c| c.is_numeric()).collect();
    let count = digits.chars().count();
    let code = if digits.starts_with("86") && count == 13 { 2 } else { 0 };
    let (first, last) = match count {
        11.. => (code + 3, 4),
        7..=10 => (0, 2),
        _ => (0, 0),
    };
    let mut place = 0;
    let mut masked = String::with_capacity(text.len());
    for grapheme in text.graphemes(true).take(64) {
        let is_digit = grapheme.chars().all(char::is_numeric);
        place += usize::from(is_digit);
        let is_end = is_digit && (place <= first || place > count - last);
        let is_sign = matches!(grapheme, " " | "-" | "+" | "(" | ")" | "." | "/");
        masked.push_str(if is_end || is_sign { grapheme } else { "*" });
    }
    masked
}

/// The first character before the last `@`, where there are others, and the domain.
pub(super) fn mail(text: &str) -> String {
    let Some((local, domain)) = text.rsplit_once('@') else { return other(text) };
    let mut graphemes = local.graphemes(true);
    let first = graphemes.next().filter(|_| graphemes.count() >= 2).unwrap_or_default();
    format!("{first}***@{domain}")
}

/// The beginning of a Chinese address.
pub(super) fn address(text: &str) -> String {
    const SHOWN: usize = 3;
    const LEAST: usize = 9;
    let begins = text.graphemes(true).take(SHOWN).all(|grapheme| matches!(grapheme.chars().next(), Some('㐀'..='鿿')));
    let is_long = text.graphemes(true).nth(LEAST - 1).is_some();
    let shown: String = text.graphemes(true).take(if begins && is_long { SHOWN } else { 0 }).collect();
    format!("{shown}****")
}

/// The ends of a text that is long enough to have a middle.
pub(super) fn other(text: &str) -> String {
    const FIRST: usize = 4;
    const BOTH: usize = 8;
    let count = text.graphemes(true).take(BOTH).count();
    let first = text.graphemes(true).next().filter(|_| count >= FIRST).unwrap_or_default();
    let last = text.graphemes(true).next_back().filter(|_| count >= BOTH).unwrap_or_default();
    format!("{first}***{last}")
}
