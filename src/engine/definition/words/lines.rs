//! Paragraphs broken into lines.

use crate::engine::definition::LINE;
use crate::lang;
use crate::show::text::width;

/// Marks that no line begins with.
const CLOSING: &str = "，。：；！？、）”’》…";

/// Marks that no line ends with.
const OPENING: &str = "（“‘《";

/// A heading and the paragraphs below it, each broken into lines.
pub(super) fn part(heading: &str, paragraphs: &[String]) -> Vec<String> {
    let mut lines = vec![heading.to_owned()];
    for paragraph in paragraphs {
        lines.extend(broken(paragraph, LINE - 2).into_iter().map(|line| format!("  {line}")));
    }
    lines
}

/// A text in lines of at most so many columns where that can be: broken at blanks, and in Chinese, which has none, between
/// characters.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let pieces = if lang::current().is_chinese() { pieces(word) } else { vec![word] };
        for (place, piece) in pieces.into_iter().enumerate() {
            let joint = if place == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if width(line) + joint.len() + width(piece) <= columns => {
                    line.push_str(joint);
                    line.push_str(piece);
                }
                _ => lines.push(piece.to_owned()),
            }
        }
    }
    lines
}

/// The parts of a word that may stand on different lines: what is between backticks stays together.
fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut is_code, mut before) = (0, false, None);
    for (at, c) in word.char_indices() {
        let is_wide = |c: char| width(c.encode_utf8(&mut [0; 4])) > 1;
        let may_break =
            |before: char| (is_wide(before) || is_wide(c)) && !OPENING.contains(before) && !CLOSING.contains(c);
        if !is_code && before.is_some_and(may_break) {
            pieces.push(&word[start..at]);
            start = at;
        }
        is_code ^= c == '`';
        before = Some(c);
    }
    pieces.push(&word[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, within};

    #[test]
    fn chinese_breaks_between_characters_and_english_at_blanks() {
        let text = "订单：`订单编号`，每位客户 ab cd（各自）计数。";
        let lines = within(Language::Hans, || broken(text, 12));
        assert_eq!(lines, ["订单：", "`订单编号`，", "每位客户 ab", "cd（各自）计", "数。"]);
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert_eq!(broken("aa `重要客户` bb cc", 6), ["aa", "`重要客户`", "bb cc"]);
    }
}
