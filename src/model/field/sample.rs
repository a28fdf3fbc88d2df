//! A vocabulary for tests: a field of each kind, with a few texts and a rule.

use super::{FieldId, FieldKind, Vocabulary, key};
use crate::model::money::Scale;

/// The fields in order of their numbers.
pub(crate) const FIELDS: [(&str, FieldKind); 10] = [
    ("recency", FieldKind::Days),
    ("orders", FieldKind::Count),
    ("monetary", FieldKind::Money(Scale::CENTS)),
    ("monetary.gross", FieldKind::Money(Scale::CENTS)),
    ("rating", FieldKind::Number(Scale::UNITS)),
    ("share", FieldKind::Share),
    ("last_order", FieldKind::Date),
    ("repeat", FieldKind::Flag),
    ("region", FieldKind::Text),
    ("会员 等级", FieldKind::Text),
];

/// The texts of each text field, in order of their codes.
pub(crate) const TEXTS: [&str; 6] = ["North", "华东", "app store", "App", "O'Neill", "30"];

/// The sample.
pub(crate) struct Sample;

impl Vocabulary for Sample {
    fn field(&self, name: &str) -> Option<FieldId> {
        FIELDS.iter().position(|(field, _)| key(field) == key(name)).map(|place| FieldId(place as u32))
    }

    fn kind(&self, field: FieldId) -> FieldKind {
        FIELDS.get(field.0 as usize).map_or(FieldKind::Flag, |(_, kind)| *kind)
    }

    fn names(&self) -> Vec<String> {
        FIELDS.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    fn codes(&self, _: FieldId, wanted: &mut dyn FnMut(&str) -> bool) -> Vec<u32> {
        (0..TEXTS.len() as u32).filter(|code| wanted(TEXTS[*code as usize])).collect()
    }

    fn texts(&self, _: FieldId, prefix: &str, most: usize) -> Vec<String> {
        let begins = |text: &&&str| text.to_lowercase().starts_with(&prefix.to_lowercase());
        TEXTS.iter().filter(begins).take(most).map(|text| (*text).to_owned()).collect()
    }

    fn rules(&self) -> Vec<String> {
        vec!["big spender".to_owned()]
    }

    fn rule(&self, name: &str) -> Option<FieldId> {
        (key(name) == key("big spender")).then_some(FieldId(FIELDS.len() as u32))
    }
}
