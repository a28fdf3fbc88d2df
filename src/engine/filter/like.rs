//! The patterns of `like`.

/// One place of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// `%`
    Any,
    /// `_`
    One,
    /// The letter itself.
    Letter(char),
}

/// A pattern, ready to be held against texts.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    any_case: bool,
}

impl Pattern {
    /// `%` stands for any text, `_` for any character; a backslash takes the meaning from the next character.
    pub(super) fn new(pattern: &str, any_case: bool) -> Self {
        let mut parts = Vec::new();
        let mut letters = pattern.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '%' => parts.push(Part::Any),
                '_' => parts.push(Part::One),
                '\\' => parts.extend(folded(letters.next().unwrap_or('\\'), any_case).map(Part::Letter)),
                letter => parts.extend(folded(letter, any_case).map(Part::Letter)),
            }
        }
        Self { parts, any_case }
    }

    /// Whether a whole text fits.
    pub(super) fn fits(&self, text: &str) -> bool {
        if text.is_ascii() {
            let bytes = text.as_bytes();
            let folded = |byte: u8| if self.any_case { byte.to_ascii_lowercase() } else { byte };
            return self.takes(bytes.len(), |at| char::from(folded(bytes[at])));
        }
        let text: Vec<char> = text.chars().flat_map(|letter| folded(letter, self.any_case)).collect();
        self.takes(text.len(), |at| text[at])
    }

    /// Whether letters fit, so many of them.
    fn takes(&self, letters: usize, at: impl Fn(usize) -> char) -> bool {
        let (mut part, mut letter) = (0, 0);
        // Where the last `%` stood, and where what it stands for ends so far.
        let mut open: Option<(usize, usize)> = None;
        while letter < letters {
            match self.parts.get(part) {
                Some(Part::Any) => {
                    open = Some((part, letter));
                    part += 1;
                    continue;
                }
                Some(Part::One) => {}
                Some(Part::Letter(wanted)) if *wanted == at(letter) => {}
                _ => {
                    let Some((any, taken)) = open else { return false };
                    open = Some((any, taken + 1));
                    (part, letter) = (any + 1, taken + 1);
                    continue;
                }
            }
            (part, letter) = (part + 1, letter + 1);
        }
        self.parts[part..].iter().all(|part| *part == Part::Any)
    }
}

/// A letter as it is compared: in small ones where their case does not count.
fn folded(letter: char, any_case: bool) -> impl Iterator<Item = char> {
    let small = any_case.then(|| letter.to_lowercase());
    let same = if any_case { None } else { Some(letter) };
    small.into_iter().flatten().chain(same)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns_take_whole_texts() {
        for (pattern, text, fits) in [
            ("app%", "app store", true),
            ("app%", "app", true),
            ("app%", "App", false),
            ("%pp", "app", true),
            ("%p%", "app", true),
            ("_p_", "app", true),
            ("_", "华", true),
            ("华%", "华东", true),
            ("", "", true),
            ("", "a", false),
            ("%", "", true),
            ("_", "", false),
            ("100\\%", "100%", true),
            ("100\\%", "100x", false),
            ("a\\", "a\\", true),
            ("%ab%ab", "abab", true),
            ("%ab%ab", "aab", false),
        ] {
            assert_eq!(Pattern::new(pattern, false).fits(text), fits, "{pattern} {text}");
        }
        assert!(Pattern::new("ÄPP%", true).fits("äpple"));
        assert!(!Pattern::new("ÄPP%", false).fits("äpple"));
    }

    /// The same by trying all ways.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, rest) => rest.is_none(),
            (Some(('%', after)), rest) => naive(after, text) || rest.is_some_and(|(_, rest)| naive(pattern, rest)),
            (Some((_, _)), None) => false,
            (Some((wanted, after)), Some((letter, rest))) => (*wanted == '_' || wanted == letter) && naive(after, rest),
        }
    }

    proptest! {
        #[test]
        fn a_pattern_fits_as_trying_all_ways_does(pattern in "[ab%_]{0,7}", text in "[ab]{0,9}") {
            let (letters, of): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(Pattern::new(&pattern, false).fits(&text), naive(&letters, &of));
        }
    }
}
