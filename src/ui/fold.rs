//! Texts in lines of so many columns, broken between words, and between Chinese characters as they are in print.

use unicode_segmentation::UnicodeSegmentation;

use crate::show::text::{pieces, width};

/// A text in as many lines of so many columns as it takes; a word that is longer than a line is cut into lines.
pub(super) fn fold(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > columns {
            lines.push(std::mem::take(&mut line));
        }
        for grapheme in piece.graphemes(true) {
            if !line.is_empty() && grapheme != " " && width(&line) + width(grapheme) > columns {
                lines.push(std::mem::take(&mut line));
            }
            // No line begins with the blank that another broke at.
            if grapheme != " " || !line.is_empty() || lines.is_empty() {
                line.push_str(grapheme);
            }
        }
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_wide_characters() {
        assert_eq!(fold("one two  three", 8), ["one two", "three"]);
        assert_eq!(fold("one two", 7), ["one two"]);
        assert_eq!(fold("", 7), [""]);
        assert_eq!(fold("重要客户", 5), ["重要", "客户"]);
        assert_eq!(fold("按 Enter 确认取值", 8), ["按 Enter", "确认取值"]);
        assert_eq!(fold("/a/long/path", 5), ["/a/lo", "ng/pa", "th"]);
    }

    #[test]
    fn no_line_begins_or_ends_with_the_wrong_mark() {
        assert_eq!(fold("重要客户，其他", 8), ["重要客", "户，其他"]);
        assert_eq!(fold("重要（客户）", 6), ["重要", "（客", "户）"]);
    }
}
