//! The attributes and values that a rule names, found in a data set, with what is similar where they are not.

use super::CompileError;
use crate::show::text::clean;
use crate::tr;

/// The attributes of a data set's lines and the dictionaries of their values.
pub trait Attributes {
    /// How many attributes.
    fn count(&self) -> usize;
    /// The name of an attribute, by number.
    fn name(&self, attribute: usize) -> &str;
    /// The highest code of an attribute's values; codes begin at 1.
    fn codes(&self, attribute: usize) -> u32;
    /// The value of a code.
    fn value(&self, attribute: usize, code: u32) -> &str;
}

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// The attribute, by number.
    pub(super) attribute: usize,
    /// The codes that stand for it, rising; several where the data writes it in small and capital letters.
    pub(super) codes: Vec<u32>,
}

/// How many similar names a message tells.
const TOLD: usize = 5;

/// Values that are looked at for similar ones; a dictionary of more has ids in it, and not words.
const LOOKED_AT: u32 = 50_000;

/// The value that a rule names: written as in the data, or else with other small and capital letters.
pub(super) fn value(name: &str, value: &str, attributes: &dyn Attributes) -> Result<Value, CompileError> {
    let names = || (0..attributes.count()).map(|attribute| attributes.name(attribute));
    let found = names().position(|known| known == name).or_else(|| names().position(|known| same(known, name)));
    let Some(attribute) = found else {
        let mut near = nearest(name, names());
        if near.is_empty() {
            near = names().take(TOLD).map(str::to_owned).collect();
        }
        return Err(CompileError::Attribute { name: name.to_owned(), near });
    };
    let all = 1..=attributes.codes(attribute);
    let of = |fits: &dyn Fn(&str) -> bool| {
        all.clone().filter(|code| fits(attributes.value(attribute, *code))).collect::<Vec<_>>()
    };
    let mut codes = of(&|known| known == value);
    if codes.is_empty() {
        codes = of(&|known| same(known, value));
    }
    if codes.is_empty() {
        let values = all.take(LOOKED_AT as usize).map(|code| attributes.value(attribute, code));
        let (attribute, near) = (clean(attributes.name(attribute)).into_owned(), nearest(value, values));
        return Err(CompileError::Value { attribute, value: value.to_owned(), near });
    }
    Ok(Value { attribute, codes })
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Names similar to one, the nearest first: a third of the letters may differ, or one holds the other.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let wanted: Vec<char> = name.trim().to_lowercase().chars().collect();
    let text: String = wanted.iter().collect();
    let mut near: Vec<(usize, &str)> = Vec::new();
    let mut row = Vec::new();
    for known in names {
        let lower = known.trim().to_lowercase();
        let holds = wanted.len() > 2 && lower.contains(&text) || lower.chars().count() > 2 && text.contains(&lower);
        let most = wanted.len().div_ceil(3);
        // Far longer and far shorter names need no look at their letters.
        let length = lower.chars().count();
        let distance = if length.abs_diff(wanted.len()) > most { usize::MAX } else { edits(&wanted, &lower, &mut row) };
        if holds || distance <= most {
            near.push((distance.min(most), known));
        }
    }
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(TOLD).map(|(_, known)| known.to_owned()).collect()
}

/// Letters to put in, take out or change to make one text of another (Levenshtein).
fn edits(one: &[char], other: &str, row: &mut Vec<usize>) -> usize {
    row.clear();
    row.extend(0..=one.len());
    for (number, letter) in other.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = number + 1;
        for (at, wanted) in one.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = (diagonal + usize::from(*wanted != letter)).min(above + 1).min(row[at] + 1);
            diagonal = above;
        }
    }
    row[one.len()]
}

/// What to say of an attribute that the data does not have.
pub(super) fn no_attribute(name: &str, near: &[String]) -> String {
    if near.is_empty() {
        return tr!("the data has no attribute `{name}`; it has none that a rule could use", name);
    }
    tr!("the data has no attribute `{name}`; it has {names}", name, names = listed(near))
}

/// What to say of a value that no row has.
pub(super) fn no_value(attribute: &str, value: &str, near: &[String]) -> String {
    if near.is_empty() {
        return tr!("no row has the {attribute} `{value}`; nor a similar value", attribute, value);
    }
    tr!("no row has the {attribute} `{value}`; similar values are {names}", attribute, value, names = listed(near))
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{}`", clean(name))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (one, other, expected) in
            [("bedding", "beding", 1), ("", "abc", 3), ("kitten", "sitting", 3), ("a", "a", 0)]
        {
            let letters: Vec<char> = one.chars().collect();
            assert_eq!(edits(&letters, other, &mut Vec::new()), expected, "{one} {other}");
        }
    }

    #[test]
    fn the_nearest_names_come_first() {
        let names = ["Bathing", "Bedding", "Garden", "Bed", "BEDDING SETS"];
        assert_eq!(nearest("beding", names.into_iter()), ["Bedding", "Bed"]);
        assert_eq!(nearest("bedding", names.into_iter()), ["Bedding", "Bathing", "Bed", "BEDDING SETS"]);
        assert!(nearest("xyz", names.into_iter()).is_empty());
    }
}
