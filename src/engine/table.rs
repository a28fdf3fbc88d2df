//! Lists by field: which columns they have, how they are sorted, and the values in them.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;
use thiserror::Error;

use super::analysis::Analysis;
use super::fields::{Field, FieldColumn};
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::field::{FieldId, FieldKind, Vocabulary, nearest};
use crate::show::text::clean;

/// A column of a list.
#[derive(Clone, Debug)]
pub struct Column {
    /// What stands above it.
    pub header: String,
    /// What it shows.
    pub field: FieldId,
    /// What its values are.
    pub kind: FieldKind,
    values: Arc<FieldColumn>,
}

/// What a list is sorted by.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// The column.
    pub column: Column,
    /// Largest first.
    pub descending: bool,
}

/// A name that is no column.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("`{name}` is no column; {}", advice(.near))]
pub struct UnknownColumn {
    name: String,
    near: Vec<String>,
}

fn advice(near: &[String]) -> String {
    if near.is_empty() {
        "`--columns help` lists them".to_owned()
    } else {
        format!("did you mean {}? `--columns help` lists all", near.join(", "))
    }
}

/// A value of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A text as the data has it.
    Text(&'a str),
    /// A number in the smallest unit of its field.
    Number(i64),
    /// None.
    Missing,
}

impl Column {
    /// A column by the name of its field. The bare names of the axes stand for what the axes measure.
    ///
    /// # Errors
    /// [`UnknownColumn`] naming what comes nearest.
    pub fn of(analysis: &Analysis, name: &str, header: &str) -> Result<Self, UnknownColumn> {
        let vocabulary = analysis.fields().vocabulary(analysis.scheme());
        let axis = Axis::ALL.into_iter().find(|axis| axis.name().eq_ignore_ascii_case(name.trim()));
        let measure = axis.map(|axis| analysis.measured().measure(axis));
        let measured = measure.map(|measure| format!("{}.{measure}", measure.axis().name()));
        let found = measured.as_deref().and_then(|name| vocabulary.field(name)).or_else(|| vocabulary.field(name));
        let Some(field) = found else {
            let near = nearest(name, vocabulary.names()).iter().map(|near| clean(near).into_owned()).collect();
            return Err(UnknownColumn { name: clean(name).into_owned(), near });
        };
        let values = analysis.fields().column(field, analysis.scoring());
        Ok(Self { header: header.to_owned(), field, kind: vocabulary.kind(field), values })
    }

    /// Whether one looks at the largest first.
    #[must_use]
    pub fn descends(&self, analysis: &Analysis) -> bool {
        match (analysis.fields().definition(self.field).field, self.kind) {
            (Field::Rank | Field::FirstOrder, _) => false,
            (Field::LastOrder, _) => true,
            (_, kind) => !matches!(kind, FieldKind::Text | FieldKind::Days | FieldKind::Date),
        }
    }

    /// A customer's value.
    #[must_use]
    pub fn value<'a>(&self, analysis: &'a Analysis, customer: usize) -> Value<'a> {
        match (self.values.get(customer), self.kind) {
            (None, _) => Value::Missing,
            (Some(code), FieldKind::Text) => Value::Text(analysis.fields().text(self.field, code, analysis.scheme())),
            (Some(number), _) => Value::Number(number),
        }
    }

    /// How two customers stand to each other; who has no value comes last, whichever the direction.
    fn compare(&self, analysis: &Analysis, [one, other]: [usize; 2], descending: bool) -> Ordering {
        let directed = |order: Ordering| if descending { order.reverse() } else { order };
        match (self.values.get(one), self.values.get(other)) {
            (Some(_), Some(_)) if analysis.fields().definition(self.field).field == Field::Customer => {
                let ids = &analysis.customers().ids;
                directed(ids.get(one).cmp(ids.get(other)))
            }
            // The codes of texts are in the order of the texts.
            (Some(one), Some(other)) => directed(one.cmp(&other)),
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
        }
    }
}

/// The customers that are looked at, sorted by some keys, the first one first; those equal in all keys by position, in the
/// direction of the first.
#[must_use]
pub fn sorted(analysis: &Analysis, keys: &[SortKey]) -> Vec<CustomerIndex> {
    let mask = analysis.population().mask.as_deref();
    let all = 0..analysis.customers().len() as CustomerIndex;
    let mut customers: Vec<CustomerIndex> =
        all.filter(|customer| mask.is_none_or(|mask| mask.has(*customer as usize))).collect();
    let backwards = keys.first().is_some_and(|key| key.descending);
    customers.par_sort_unstable_by(|one, other| {
        let by = |key: &SortKey| key.column.compare(analysis, [*one as usize, *other as usize], key.descending);
        let decided = keys.iter().map(by).find(|order| order.is_ne());
        decided.unwrap_or_else(|| if backwards { other.cmp(one) } else { one.cmp(other) })
    });
    customers
}
