//! Several things in one sentence, with the marks between them that the language has.

use crate::tr;

/// Names beside each other: `a, b, c`.
#[must_use]
pub fn names(names: &[impl AsRef<str>]) -> String {
    joined(names, tr!("between names" | ", "))
}

/// Parts of a sentence one after the other: `12 rows, 3 missing`.
#[must_use]
pub fn phrases(phrases: &[impl AsRef<str>]) -> String {
    joined(phrases, tr!("between phrases" | ", "))
}

/// Sentences one after the other, each of which says something by itself.
#[must_use]
pub fn sentences(sentences: &[impl AsRef<str>]) -> String {
    joined(sentences, tr!("between sentences" | "; "))
}

fn joined(parts: &[impl AsRef<str>], between: &str) -> String {
    parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, within};

    #[test]
    fn each_language_has_its_own_marks() {
        let parts = ["a", "b"];
        assert_eq!([names(&parts), phrases(&parts), sentences(&parts)], ["a, b", "a, b", "a; b"]);
        let chinese = within(Language::Hans, || [names(&parts), phrases(&parts), sentences(&parts)]);
        assert_eq!(chinese, ["a、b", "a，b", "a；b"]);
    }
}
