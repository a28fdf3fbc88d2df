//! Characters in order within texts, and how close they stand: an alignment with affine bonuses in the manner of Smith and
//! Waterman (1981), of which the best one counts.

use crate::data::parse::text::identity_key;

/// What a character found is worth.
const HIT: i32 = 16;
/// More where it follows the one before it at once: more than the beginning of a word, so that `abc` is closer than `a-b-c`.
const FOLLOWS: i32 = 10;
/// More at the beginning of the text.
const BEGINS_TEXT: i32 = 10;
/// More at the beginning of a word.
const BEGINS_WORD: i32 = 8;
/// More where digits follow letters, or letters digits.
const TURNS: i32 = 4;
/// Less for each character between two found ones.
const SKIPPED: i32 = 1;
/// Worse than anything.
const NEVER: i32 = i32::MIN / 2;

/// Characters to be found, in their unified form.
#[derive(Debug)]
pub(super) struct Fuzzy {
    needle: Vec<char>,
    /// The same as bytes, where all are ASCII.
    ascii: Option<Vec<u8>>,
}

/// How close a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Close {
    /// More is closer.
    pub(super) score: i32,
    /// Characters of the text.
    pub(super) length: u32,
}

impl Fuzzy {
    /// Of a text that is its own unified form, and not empty. Blanks only part what is typed, and need not be found.
    pub(super) fn new(needle: &str) -> Self {
        let needle: Vec<char> = needle.chars().filter(|c| *c != ' ').collect();
        let ascii = needle.iter().map(|c| u8::try_from(*c).ok().filter(u8::is_ascii)).collect();
        Self { needle, ascii }
    }

    /// How close a text is; `None` where the characters do not stand in it in this order.
    pub(super) fn score(&self, text: &str) -> Option<Close> {
        // Most texts go here, before anything is written.
        if text.is_ascii() && !self.may_be_in(text.as_bytes()) {
            return None;
        }
        let text: Vec<char> = identity_key(text).chars().collect();
        if !is_subsequence(&self.needle, &text) {
            return None;
        }
        Some(Close { score: best(&self.needle, &text), length: text.len() as u32 })
    }

    /// Whether the characters stand in ASCII text in this order, case apart. The unified form has no other characters.
    fn may_be_in(&self, text: &[u8]) -> bool {
        let Some(needle) = &self.ascii else { return false };
        let mut bytes = text.iter();
        needle.iter().all(|wanted| bytes.any(|byte| byte.to_ascii_lowercase() == *wanted))
    }
}

fn is_subsequence(needle: &[char], text: &[char]) -> bool {
    let mut characters = text.iter();
    needle.iter().all(|wanted| characters.any(|c| c == wanted))
}

/// What the place of a character is worth.
fn bonus(text: &[char], place: usize) -> i32 {
    let Some(before) = place.checked_sub(1).map(|before| text[before]) else { return BEGINS_TEXT };
    let here = text[place];
    if here.is_alphanumeric() && !before.is_alphanumeric() {
        BEGINS_WORD
    } else if here.is_alphanumeric() && here.is_numeric() != before.is_numeric() {
        TURNS
    } else {
        0
    }
}

/// The score of the best alignment of a needle that stands in a text.
fn best(needle: &[char], text: &[char]) -> i32 {
    let bonuses: Vec<i32> = (0..text.len()).map(|place| bonus(text, place)).collect();
    // For each place: the best alignment of the needle so far whose last character is there.
    let mut ends = vec![NEVER; text.len()];
    for (number, wanted) in needle.iter().enumerate() {
        // Of the row before: at the last place, and of those before it less what was skipped since.
        let (mut last, mut apart) = (NEVER, NEVER);
        for (place, end) in ends.iter_mut().enumerate() {
            let before = *end;
            let reached = if number == 0 { 0 } else { apart.max(last + FOLLOWS) };
            let found = text[place] == *wanted && reached > NEVER / 2;
            *end = if found { reached + HIT + bonuses[place] } else { NEVER };
            apart = apart.max(last) - SKIPPED;
            last = before;
        }
    }
    ends.into_iter().max().unwrap_or(NEVER)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All alignments, one by one.
    fn naive(needle: &[char], text: &[char], from: usize, last: Option<usize>) -> Option<i32> {
        let [wanted, rest @ ..] = needle else { return Some(0) };
        let mut best = None;
        for place in (from..text.len()).filter(|place| text[*place] == *wanted) {
            let joint = match last {
                None => 0,
                Some(last) if last + 1 == place => 10,
                Some(last) => -((place - last - 1) as i32),
            };
            let after = naive(rest, text, place + 1, Some(place));
            best = best.max(after.map(|after| after + 16 + joint + bonus(text, place)));
        }
        best
    }

    proptest! {
        #[test]
        fn the_best_of_all_alignments_counts(needle in "[ab1]{1,4}", text in "[abAB1 -]{0,12}") {
            let key: Vec<char> = identity_key(&text).chars().collect();
            let wanted: Vec<char> = needle.chars().collect();
            let expected = naive(&wanted, &key, 0, None).map(|score| Close { score, length: key.len() as u32 });
            prop_assert_eq!(Fuzzy::new(&needle).score(&text), expected);
        }
    }

    #[test]
    fn the_closer_text_scores_more() {
        for (needle, closer, farther) in [
            ("abc", "abcd", "xabcd"),
            ("abc", "x abc", "xabcd"),
            ("abc", "abxc", "axbxc"),
            ("js", "john smith", "johns"),
            ("17", "c17", "c1x7"),
            ("c7", "c-7", "c07"),
        ] {
            let score = |text| Fuzzy::new(needle).score(text).map(|close| close.score);
            assert!(score(closer) > score(farther), "{needle} {closer} {farther}");
            assert!(score(farther).is_some());
        }
    }

    #[test]
    fn case_width_and_blanks_make_no_difference() {
        let fuzzy = Fuzzy::new("zs 1");
        assert!(["Zhang San 1", "ｚｓ１", "z\ts1"].iter().all(|text| fuzzy.score(text).is_some()));
        assert!(["1zs", "zs", "张三"].iter().all(|text| fuzzy.score(text).is_none()));
        assert!(Fuzzy::new("张丰").score("张三丰").is_some());
        assert!(Fuzzy::new("张").score("zhang").is_none());
    }
}
