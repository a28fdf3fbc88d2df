//! Bars and columns of characters: eighths of a place, and the rule that whatever is there is seen.

/// Eighths of a column, from empty to full.
pub const EIGHTHS: [&str; 9] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// Eighths of a row, from blank to full.
pub const LEVELS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A bar of so many eighths, of signs from empty to full. Where there is anything to show, it is at least a sliver; where
/// there is nothing, there is none.
#[must_use]
pub fn bar(eighths: usize, is_anything: bool, signs: &[&str; 9]) -> String {
    let eighths = if is_anything { eighths.max(1) } else { 0 };
    format!("{}{}", signs[8].repeat(eighths / 8), signs[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_is_seen_and_nothing_is_not() {
        let of = |eighths, is_anything| bar(eighths, is_anything, &EIGHTHS);
        assert_eq!([of(0, false), of(0, true), of(1, true), of(20, true)], ["", "▏", "▏", "██▌"]);
    }
}
