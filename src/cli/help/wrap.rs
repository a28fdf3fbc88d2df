//! Breaking lines of Chinese mixed with Latin words: between any two wide characters, and at blanks.

use unicode_segmentation::UnicodeSegmentation;

use crate::show::text::width;

/// What no line begins with.
const CLOSING: &str = "，。；：！？、）」』》〉】”’…%,.;:!?)]}'\"";
/// What no line ends with.
const OPENING: &str = "（「『《〈【“‘([{";

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
    for piece in pieces(text) {
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

/// The pieces between which a line may break; blanks belong to the piece before them.
fn pieces(text: &str) -> Vec<&str> {
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let is_wide = |grapheme: &str| width(grapheme) > 1;
    let mut pieces = Vec::new();
    let (mut start, mut whole) = (0, 0);
    for pair in graphemes.windows(2) {
        let [(from, before), (at, after)] = pair else { continue };
        if *before == "[" {
            let end = text[*from..].find(']').map_or(*from, |length| from + length);
            whole = if width(&text[*from..end]) <= WHOLE { end } else { whole };
        }
        let breaks = *after != " " && (*before == " " || is_wide(before) || is_wide(after));
        if breaks && *at > whole && !CLOSING.contains(after) && !OPENING.contains(before) {
            pieces.push(&text[start..*at]);
            start = *at;
        }
    }
    pieces.push(&text[start..]);
    pieces
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
