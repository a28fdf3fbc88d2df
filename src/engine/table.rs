//! Lists by field: which columns they have, how they are sorted, and the values in them.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::analysis::Analysis;
use super::fields::{Field, FieldColumn};
use super::listing::{Key, KeyValues, compare, row};
use crate::model::customers::CustomerIndex;
use crate::model::field::{FieldId, FieldKind};
use crate::model::scheme::code;

/// A column of a list, with its values.
#[derive(Clone, Debug)]
pub struct Column {
    /// What stands above it.
    pub header: String,
    /// The column.
    pub column: super::listing::Column,
    /// What its values are.
    pub kind: FieldKind,
    /// The field with its values; the three scores together are none.
    values: Option<(FieldId, Arc<FieldColumn>)>,
}

/// A value of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A text as the data has it.
    Text(Cow<'a, str>),
    /// A number in the smallest unit of its field.
    Number(i64),
    /// None.
    Missing,
}

impl Column {
    /// A column with its values, which are made if they were not before.
    #[must_use]
    pub fn of(analysis: &Analysis, column: super::listing::Column, header: &str) -> Self {
        let fields = analysis.fields();
        let values = column.field(analysis).map(|field| (field, fields.column(field, analysis.scoring())));
        Self { header: header.to_owned(), column, kind: column.kind(analysis).unwrap_or(FieldKind::Text), values }
    }

    /// Whether it is the id.
    #[must_use]
    pub fn is_id(&self) -> bool {
        self.column == super::listing::Column::Field(Field::Customer)
    }

    /// A customer's value.
    #[must_use]
    pub fn value<'a>(&self, analysis: &'a Analysis, customer: usize) -> Value<'a> {
        let Some((field, values)) = &self.values else {
            return match self.column {
                super::listing::Column::Scores => Value::Text(Cow::Owned(code(row(analysis, customer).scores))),
                // A field that is not there any more.
                _ => Value::Missing,
            };
        };
        match (values.get(customer), self.kind) {
            (None, _) => Value::Missing,
            (Some(code), FieldKind::Text) => {
                Value::Text(Cow::Borrowed(analysis.fields().text(*field, code, analysis.scheme())))
            }
            (Some(number), _) => Value::Number(number),
        }
    }
}

/// The customers that are looked at, sorted by some keys, the first one first; those equal in all keys by position, in the
/// direction of the first. Whoever has no value comes last, whichever the direction.
#[must_use]
pub fn sorted(analysis: &Analysis, keys: &[Key]) -> Vec<CustomerIndex> {
    let mask = analysis.population().mask.as_deref();
    let all = 0..analysis.customers().len() as CustomerIndex;
    let mut customers: Vec<CustomerIndex> =
        all.filter(|customer| mask.is_none_or(|mask| mask.has(*customer as usize))).collect();
    let values = KeyValues::of(analysis, keys);
    customers.par_sort_unstable_by(|one, other| compare(analysis, &values, [*one as usize, *other as usize]));
    customers
}
