//! Which customers are looked at: a filter bound to the fields of a data set, and the mask of the customers it takes.

use std::collections::BTreeSet;

use crate::model::field::FieldId;

mod among;
mod bind;
mod bounds;
mod like;
mod mask;
#[cfg(test)]
mod tests;

pub use among::Among;
pub use bind::bind;
pub use bounds::Span;
pub use mask::{ColumnRef, Columns, Mask};

/// A filter whose names are fields and whose values are whole numbers of their smallest units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// All of these; without any, everybody.
    All(Vec<Self>),
    /// Any of these; without any, nobody.
    Any(Vec<Self>),
    /// Everybody else.
    Not(Box<Self>),
    /// A condition on one field.
    Leaf(Leaf),
}

/// What the values of one field must be. A missing value is none of them, negated or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The field.
    pub field: FieldId,
    /// The values.
    pub wanted: Wanted,
    /// Whether all other values are wanted instead.
    pub negated: bool,
}

/// Values of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those of a range.
    Within(Span),
    /// These alone: whole numbers, or codes of texts.
    Among(Among),
    /// None at all: the value is missing.
    Missing,
}

impl Bound {
    /// The fields whose columns [`Mask::of`] asks for, rising.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldId> {
        let mut fields = BTreeSet::new();
        self.collect(&mut fields);
        fields.into_iter().collect()
    }

    fn collect(&self, fields: &mut BTreeSet<FieldId>) {
        match self {
            Self::All(members) | Self::Any(members) => members.iter().for_each(|member| member.collect(fields)),
            Self::Not(inner) => inner.collect(fields),
            Self::Leaf(leaf) => {
                fields.insert(leaf.field);
            }
        }
    }

    /// The field and the range, where one range of one field is all it asks: the customers are then a stretch of the
    /// order by that field, its missing values aside.
    #[must_use]
    pub const fn only_range(&self) -> Option<(FieldId, Span)> {
        match self {
            Self::Leaf(Leaf { field, wanted: Wanted::Within(span), negated: false }) => Some((*field, *span)),
            _ => None,
        }
    }
}
