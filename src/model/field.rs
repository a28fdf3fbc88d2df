//! What a filter can speak of: the fields of customers by their names, what kind each is, and the texts and rules there
//! are.

use unicode_normalization::UnicodeNormalization;

use super::filter::FilterProblem;
use super::money::Scale;

#[cfg(test)]
pub(crate) mod sample;

/// A field of a data set, as the data set numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u32);

/// What the values of a field are; each is a whole number of the field's smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// How many.
    Count,
    /// Days.
    Days,
    /// A number with so many decimals.
    Number(Scale),
    /// Money with so many decimals.
    Money(Scale),
    /// A share in percent, kept in hundredths of a percent.
    Share,
    /// A day, as days since 1970-01-01.
    Date,
    /// Yes, which is 1, or no, which is 0.
    Flag,
    /// A text, as its code in a dictionary.
    Text,
}

impl FieldKind {
    /// The decimals of the numbers that its values are compared with; `None` for texts and flags.
    #[must_use]
    pub const fn scale(self) -> Option<Scale> {
        match self {
            Self::Count | Self::Days | Self::Date => Some(Scale::UNITS),
            Self::Number(scale) | Self::Money(scale) => Some(scale),
            Self::Share => Some(Scale::CENTS),
            Self::Flag | Self::Text => None,
        }
    }
}

/// The fields, texts and rules of a data set. Names are the same where their [`key`] is; where two fields share it, the
/// name as it is written tells them apart.
pub trait Vocabulary {
    /// The field of a name.
    fn field(&self, name: &str) -> Option<FieldId>;

    /// What a field's values are.
    fn kind(&self, field: FieldId) -> FieldKind;

    /// The names of all fields, in the order they are offered.
    fn names(&self) -> Vec<String>;

    /// The codes of the texts of a field that are wanted; none where it is no text. A missing text has no code.
    fn codes(&self, field: FieldId, wanted: &mut dyn FnMut(&str) -> bool) -> Vec<u32>;

    /// Texts of a field that begin with some letters, whatever their case; the most frequent ones first, and at most so
    /// many.
    fn texts(&self, field: FieldId, prefix: &str, most: usize) -> Vec<String>;

    /// The names of all rules.
    fn rules(&self) -> Vec<String>;

    /// The flag that tells whom a rule takes.
    fn rule(&self, name: &str) -> Option<FieldId>;

    /// What to say of a name that is no field here, though the other kind of filter has it: that of customers or that of
    /// rows. Rules go by the name `vip`.
    fn misplaced(&self, _name: &str) -> Option<FilterProblem> {
        None
    }
}

/// What of a name counts when names are compared: its letters, digits and points, whatever their case and their width,
/// without blanks, `_` and `-`.
#[must_use]
pub fn key(name: &str) -> String {
    let letters = name.nfkc().flat_map(char::to_lowercase);
    letters.filter(|letter| !letter.is_whitespace() && !matches!(letter, '_' | '-')).collect()
}

/// The names that look most like one that is not there, the nearest first, at most three. One that differs in more than
/// a third of its letters is not meant, unless the one typed is a part of it.
#[must_use]
pub fn nearest(name: &str, names: impl IntoIterator<Item = String>) -> Vec<String> {
    const MOST: usize = 3;
    let wanted: Vec<char> = key(name).chars().collect();
    let mut near: Vec<(usize, String)> = Vec::new();
    for other in names {
        let letters: Vec<char> = key(&other).chars().collect();
        let distance = distance(&wanted, &letters);
        let part = wanted.len() > 1 && letters.windows(wanted.len()).any(|part| part == wanted);
        if part || distance * 3 <= wanted.len().max(letters.len()) {
            near.push((distance, other));
        }
    }
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(MOST).map(|(_, name)| name).collect()
}

/// How many letters must be changed, added, taken away, or swapped with the next one to make one word the other (the
/// optimal string alignment distance).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != against);
            let mut least = changed.min(last[column + 1] + 1).min(now[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *against && *letter == other[column - 1] {
                least = least.min(before[column - 1] + 1);
            }
            now.push(least);
        }
        before = std::mem::replace(&mut last, now);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_whatever_their_case_width_and_joints() {
        for (one, other) in [
            ("Last_Order", "last order"),
            ("monetary.mean-order", "Monetary.Mean_Order"),
            ("ＡＧＥ", "age"),
            ("会员　等级", "会员等级"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        assert_ne!(key("monetary.net"), key("monetarynet"));
        assert_ne!(key("a1"), key("a2"));
    }

    #[test]
    fn a_distance_counts_letters() {
        for (one, other, expected) in [
            ("", "abc", 3),
            ("recency", "recency", 0),
            ("kitten", "sitting", 3),
            ("reigon", "region", 1),
            ("ab", "", 2),
            ("flaw", "lawn", 2),
            ("华东", "华北", 1),
        ] {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            assert_eq!(distance(&one, &other), expected, "{one:?} {other:?}");
            assert_eq!(distance(&other, &one), expected, "{other:?} {one:?}");
        }
    }

    #[test]
    fn what_is_near_is_offered_nearest_first() {
        let names = ["recency", "regions", "region", "monetary", "monetary.gross", "r"];
        let near = |name: &str| nearest(name, names.map(str::to_owned));
        assert_eq!(near("reigon"), ["region", "regions"]);
        assert_eq!(near("gross"), ["monetary.gross"]);
        assert_eq!(near("RECENCI"), ["recency"]);
        assert!(near("colour").is_empty());
        assert!(near("x").is_empty());
    }
}
