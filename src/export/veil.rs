//! Which columns of a data set tell who somebody is, and how they are masked.

use super::privacy::Attribute;
use crate::engine::analysis::Analysis;
use crate::engine::fields::{Field, Fields};
use crate::engine::listing::Column;

/// Values of a column that are looked at.
const SAMPLE: usize = 1_000;

/// How the columns of a data set are masked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Veil {
    ids: Option<Attribute>,
    /// For each attribute of the rows, by its number.
    attributes: Vec<Option<Attribute>>,
}

impl Veil {
    /// What ids and the attributes of the rows look like. Regions and categories tell nobody apart, and stay as they are.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        let fields = analysis.fields();
        let ids = &fields.customers().ids;
        let ids = Attribute::of("customer", (0..ids.len().min(SAMPLE)).map(|customer| ids.get(customer)));
        Self { ids: Some(ids), attributes: attributes(fields) }
    }

    /// How a column is masked; `None` where it is shown as it is.
    #[must_use]
    pub fn mask(&self, column: Column) -> Option<Attribute> {
        match column {
            Column::Field(Field::Customer) => self.ids,
            Column::Field(Field::Attribute(number, _)) => self.attribute(number.into()),
            _ => None,
        }
    }

    /// How an attribute of the rows is masked, by its number; `None` where it is shown as it is.
    #[must_use]
    pub fn attribute(&self, number: usize) -> Option<Attribute> {
        self.attributes.get(number).copied().flatten()
    }

    /// How many attributes of the rows it knows.
    #[must_use]
    pub fn attributes(&self) -> usize {
        self.attributes.len()
    }
}

fn attributes(fields: &Fields) -> Vec<Option<Attribute>> {
    let Some(transactions) = fields.transactions() else { return Vec::new() };
    let of = |attribute: &crate::model::transactions::Attribute| {
        let codes = 1..=attribute.values().min(SAMPLE) as u32;
        let kind = Attribute::of(&attribute.name, codes.map(|code| attribute.text(code)));
        // A number that is no phone is an age, a price or a count.
        let tells = kind != Attribute::Other && (attribute.scale().is_none() || kind == Attribute::Phone);
        tells.then_some(kind)
    };
    transactions.attributes().iter().map(of).collect()
}
