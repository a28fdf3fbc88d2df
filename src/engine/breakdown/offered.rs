//! Which fields are offered to be broken down by, and in which order.

use super::super::fields::{Field, Fields};
use crate::model::field::FieldId;
use crate::model::transactions::{Attribute, ValueRule};

/// The most values of an attribute that is looked at before all others.
const FEW: usize = 50;

/// The fields that customers can be broken down by: first the attributes with the fewest values, whose lines can be seen at
/// a glance; then rules, scores and measures; then attributes with many values, and what else is told of attributes.
#[must_use]
pub fn offered(fields: &Fields) -> Vec<FieldId> {
    let attributes = fields.transactions().map_or(&[][..], |all| all.attributes());
    let mut all: Vec<((u8, usize), FieldId)> = (0..)
        .map(FieldId)
        .zip(fields.definitions())
        .filter_map(|(id, definition)| {
            place(definition.field, attributes, fields.rules().len()).map(|place| (place, id))
        })
        .collect();
    all.sort();
    all.into_iter().map(|(_, id)| id).collect()
}

/// The group of a field, and its place in the group, with so many VIP rules; `None` for one that makes no lines.
fn place(field: Field, attributes: &[Attribute], rules: usize) -> Option<(u8, usize)> {
    // Numbers stand in bands.
    let lines = |attribute: u16| {
        let attribute = attributes.get(usize::from(attribute))?;
        Some(if attribute.scale().is_some() {
            attribute.values().min(super::bands::MOST_BANDS)
        } else {
            attribute.values()
        })
    };
    Some(match field {
        Field::Customer | Field::Share | Field::Rank => return None,
        Field::Attribute(number, ValueRule::Most) => match lines(number)? {
            // What is the same for all tells nothing.
            0 | 1 => (6, 0),
            few @ ..=FEW => (0, few),
            many => (4, many),
        },
        // Without a rule all are in no tier.
        Field::VipTier if rules == 0 => (6, 0),
        Field::Vip(_) | Field::VipTier => (1, 0),
        Field::Segment | Field::Score(_) | Field::Repeat | Field::Tenure => (2, 0),
        Field::Attribute(_, ValueRule::Last) => (5, 0),
        Field::Breadth(_) => (5, 1),
        _ => (3, 0),
    })
}
