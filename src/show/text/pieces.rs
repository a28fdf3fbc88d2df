//! Where a line may break: between words, and between Chinese characters as they are in print.

use unicode_segmentation::UnicodeSegmentation;

use super::width;

/// Marks that no line begins with.
const CLOSING: &str = "，。；：！？、）」』》〉】”’…%,.;:!?)]}'\"";

/// Marks that no line ends with.
const OPENING: &str = "（「『《〈【“‘([{";

/// A text in pieces that stay together on a line: words with the blank behind them, and single wide characters with the
/// marks beside them.
#[must_use]
pub fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, grapheme) in text.grapheme_indices(true) {
        if before.is_some_and(|before| may_break(before, grapheme)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(grapheme);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// Whether a line may end between two characters.
fn may_break(before: &str, after: &str) -> bool {
    let is_wide = |grapheme: &str| width(grapheme) > 1;
    let is_between = (is_wide(before) || is_wide(after)) && !OPENING.contains(before) && !CLOSING.contains(after);
    after != " " && (before == " " || is_between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_with_what_they_close_or_open() {
        assert_eq!(pieces("one two  three"), ["one ", "two  ", "three"]);
        assert_eq!(pieces("重要（客户），其他"), ["重", "要", "（客", "户），", "其", "他"]);
        assert_eq!(pieces("是“甲”和[乙] 'a b'"), ["是", "“甲”", "和", "[乙] ", "'a ", "b'"]);
        assert_eq!(pieces("打开 sales.csv 文件…"), ["打", "开 ", "sales.csv ", "文", "件…"]);
        assert_eq!(pieces(""), Vec::<&str>::new());
    }
}
