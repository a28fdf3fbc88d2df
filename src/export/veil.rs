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
    /// For each attribute of the rows, by its number, with its name.
    attributes: Vec<(String, Option<Attribute>)>,
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
            Column::Field(field) => self.field(field),
            Column::Axis(_) | Column::Scores => None,
        }
    }

    /// How the values of a field are masked; `None` where they are shown as they are.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<Attribute> {
        match field {
            Field::Customer => self.ids,
            Field::Attribute(number, _) => self.attributes.get(usize::from(number)).and_then(|(_, kind)| *kind),
            _ => None,
        }
    }

    /// How an attribute of the rows is masked whose name is wanted; `None` where it is shown as it is.
    #[must_use]
    pub fn named(&self, wanted: impl Fn(&str) -> bool) -> Option<Attribute> {
        self.attributes.iter().filter(|(name, _)| wanted(name)).find_map(|(_, kind)| *kind)
    }

    /// How many attributes of the rows it knows.
    #[must_use]
    pub fn attributes(&self) -> usize {
        self.attributes.len()
    }
}

fn attributes(fields: &Fields) -> Vec<(String, Option<Attribute>)> {
    let Some(transactions) = fields.transactions() else { return Vec::new() };
    let of = |attribute: &crate::model::transactions::Attribute| {
        let codes = 1..=attribute.values().min(SAMPLE) as u32;
        let kind = Attribute::of(&attribute.name, codes.map(|code| attribute.text(code)));
        // A number that is no phone is an age, a price or a count.
        let tells = kind != Attribute::Other && (attribute.scale().is_none() || kind == Attribute::Phone);
        (attribute.name.clone(), tells.then_some(kind))
    };
    transactions.attributes().iter().map(of).collect()
}
