//! Lines of help, broken where lines may break; examples, rows and short brackets stay whole.

use crate::show::text::{pieces, width};

/// The text in lines of at most so many columns. Line breaks stay; a line that begins with a blank is an example or a row,
/// and stays as it is.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with(' ') || width(line) <= columns {
            lines.push(line.trim_end().to_owned());
        } else {
            fill(line, columns, &mut lines);
        }
    }
    lines
}

/// Fills lines with the pieces of a text that are kept together.
fn fill(text: &str, columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for piece in kept_together(text) {
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > columns {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(if line.is_empty() { piece.trim_start() } else { piece });
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
}

/// The widest part in square brackets, such as a default, that stays on one line.
const WHOLE: usize = 36;

/// The pieces of a text that stay together, short brackets among them.
fn kept_together(text: &str) -> Vec<&str> {
    let mut kept = Vec::new();
    let (mut start, mut at, mut whole) = (0, 0, 0);
    for piece in pieces(text) {
        if let Some(open) = piece.find('[').map(|open| at + open).filter(|open| *open >= whole) {
            let end = text[open..].find(']').map_or(open, |length| open + length + 1);
            whole = if width(&text[open..end]) <= WHOLE { end } else { whole };
        }
        at += piece.len();
        if at >= whole {
            kept.push(&text[start..at]);
            start = at;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_between_characters_and_latin_words_stay_whole() {
        assert_eq!(wrapped("打开 sales.csv 文件，按客户打分。", 12), ["打开", "sales.csv 文", "件，按客户打", "分。"]);
        assert_eq!(wrapped("一二（三四）", 6), ["一二", "（三", "四）"]);
        assert_eq!(wrapped("日期格式 [默认：按值]", 18), ["日期格式", "[默认：按值]"]);
        assert_eq!(
            wrapped("短\n\n  an example that is longer than the line", 10),
            ["短", "", "  an example that is longer than the line"]
        );
        assert_eq!(wrapped("an averyveryverylongword", 8), ["an", "averyveryverylongword"]);
    }
}
