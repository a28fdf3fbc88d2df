//! The fields of customers: every column that a list can show, a filter can ask for and an export can have, each made when
//! it is first asked for.

mod column;
mod definition;
mod own_names;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use column::FieldColumn;
pub use definition::{Definition, Field};

use crate::model::customers::{Axis, Customers};
use crate::model::cuts::Cuts;
use crate::model::field::{FieldId, FieldKind, Vocabulary, key};
use crate::model::filter::{Filter, FilterProblem};
use crate::model::measured::Measured;
use crate::model::money::Scale;
use crate::model::scheme::{Scheme, SegmentMap, cell_index};
use crate::model::transactions::Transactions;

use super::analysis::AnalysisError;
use super::data_filter::is_of_rows;
use super::filter::{Bound, ColumnRef, Columns};
use super::summary::Scorer;
use super::vip::Compiled;
use crate::model::value::ClvTerms;
use crate::model::vip::Rule;
use crate::show::text::clean;

/// The fields of a data set; cheap to clone.
#[derive(Clone, Debug)]
pub struct Fields {
    measured: Measured,
    transactions: Option<Arc<Transactions>>,
    rules: Arc<Vec<Rule>>,
    /// The rules made ready, where there are transactions to judge by.
    compiled: Arc<Vec<Compiled>>,
    /// What lifetime values are computed with.
    clv: ClvTerms,
    definitions: Arc<Vec<Definition>>,
    made: Arc<Mutex<Made>>,
}

/// The columns that are made.
type Made = HashMap<Field, Arc<FieldColumn>>;

/// What scores and segments come from.
#[derive(Clone, Copy, Debug)]
pub struct Scoring<'a> {
    /// The customers with the values that the axes measure.
    pub measured: &'a Measured,
    /// Of R, F and M.
    pub cuts: &'a [Cuts; 3],
    /// The segments of the cells.
    pub map: &'a SegmentMap,
}

impl Fields {
    /// The fields of customers, and of their transactions where those are at hand.
    ///
    /// # Errors
    /// [`AnalysisError::Rule`] where a rule speaks of what the transactions do not have.
    pub fn new(
        measured: &Measured,
        transactions: Option<Arc<Transactions>>,
        rules: Arc<Vec<Rule>>,
        clv: ClvTerms,
    ) -> Result<Self, AnalysisError> {
        let (scale, as_of) = (measured.customers().scale, measured.as_of());
        let definitions = Arc::new(Definition::all(scale, transactions.as_deref(), &rules, clv));
        let mut compiled = Vec::new();
        if let Some(transactions) = &transactions {
            for rule in rules.iter() {
                let ready = Compiled::new(&rule.condition, scale, as_of, &**transactions);
                compiled.push(ready.map_err(|error| AnalysisError::Rule(clean(&rule.name).into_owned(), error))?);
            }
        }
        let (compiled, made) = (Arc::new(compiled), Arc::default());
        Ok(Self { measured: measured.clone(), transactions, rules, compiled, clv, definitions, made })
    }

    /// The same with other rules and other terms of lifetime values. What they do not change is not made again.
    ///
    /// # Errors
    /// [`AnalysisError::Rule`] where a rule speaks of what the transactions do not have.
    pub fn with(&self, rules: Arc<Vec<Rule>>, clv: ClvTerms) -> Result<Self, AnalysisError> {
        let other = Self::new(&self.measured, self.transactions.clone(), rules, clv)?;
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = made.iter().filter(|(field, _)| !field.follows_rules());
        let mut kept: Made = kept.map(|(field, column)| (*field, Arc::clone(column))).collect();
        if let Some(column) = made.get(&Field::Clv).filter(|_| clv == self.clv) {
            kept.insert(Field::Clv, Arc::clone(column));
        }
        // A rule that has moved, or has another name, takes the same customers.
        for (number, rule) in (0..).zip(other.rules.iter()) {
            let before = self.rules.iter().position(|known| known.condition == rule.condition);
            let column = before.and_then(|before| made.get(&Field::Vip(before as u16)));
            kept.extend(column.map(|column| (Field::Vip(number), Arc::clone(column))));
        }
        drop(made);
        Ok(Self { made: Arc::new(Mutex::new(kept)), ..other })
    }

    /// Whether a filter speaks of what only transactions tell, as far as names tell.
    #[must_use]
    pub fn need_transactions(filter: &Filter) -> bool {
        filter.has_rule() || Self::any_needs_transactions(filter.names())
    }

    /// Whether any of some names is none that customers alone have.
    #[must_use]
    pub fn any_needs_transactions(names: impl IntoIterator<Item = String>) -> bool {
        let known = Definition::all(Scale::CENTS, None, &[], ClvTerms::default());
        let is_known = |name: String| {
            let name = key(&name);
            known.iter().any(|definition| definition.names().any(|known| key(known) == name))
        };
        !names.into_iter().all(is_known)
    }

    /// Whether customers with some transactions have a field of a name.
    #[must_use]
    pub(super) fn are_called(name: &str, transactions: Option<&Transactions>) -> bool {
        let name = key(name);
        let known = Definition::all(Scale::CENTS, transactions, &[], ClvTerms::default());
        known.iter().any(|definition| definition.names().any(|known| key(known) == name))
    }

    /// All fields, in the order they are offered.
    #[must_use]
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// What a field is. Panics for one of other fields, like a slice.
    #[must_use]
    pub fn definition(&self, field: FieldId) -> &Definition {
        &self.definitions[field.0 as usize]
    }

    /// The field that is something; `None` where there is none.
    #[must_use]
    pub fn id(&self, field: Field) -> Option<FieldId> {
        let place = self.definitions.iter().position(|definition| definition.field == field)?;
        Some(FieldId(place as u32))
    }

    /// The column of a field that no cut changes, where it was made before.
    #[must_use]
    pub fn known(&self, field: FieldId) -> Option<Arc<FieldColumn>> {
        let field = self.definition(field).field;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).get(&field).map(Arc::clone)
    }

    /// The customers.
    #[must_use]
    pub const fn customers(&self) -> &Arc<Customers> {
        self.measured.customers()
    }

    /// The transactions, where they are at hand.
    #[must_use]
    pub const fn transactions(&self) -> Option<&Arc<Transactions>> {
        self.transactions.as_ref()
    }

    /// Whether a filter asks for scores or segments, which follow the cuts.
    #[must_use]
    pub fn follows_cuts(&self, bound: &Bound) -> bool {
        bound.fields().into_iter().any(|field| self.definition(field).field.follows_cuts())
    }

    /// The column of a field. Those of scores and segments are made for a scoring, the others once.
    #[must_use]
    pub fn column(&self, field: FieldId, scoring: Scoring<'_>) -> Arc<FieldColumn> {
        let definition = self.definition(field);
        match definition.field {
            Field::Score(axis) => Arc::new(scores(scoring, axis)),
            Field::Segment => Arc::new(segments(scoring)),
            other => self.made(other),
        }
    }

    /// The column of a field that no cut changes, made when it is first asked for.
    fn made(&self, field: Field) -> Arc<FieldColumn> {
        let known = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(&field).map(Arc::clone);
        known.unwrap_or_else(|| {
            // Made without the lock: what two make at once is the same.
            let transactions = self.transactions.as_deref();
            let column = match field {
                Field::VipTier => column::first_met(self.measured.len(), &self.rule_columns().unwrap_or_default()),
                Field::Vip(number) => {
                    let rule = self.compiled.get(usize::from(number));
                    column::make(field, &self.measured, transactions, rule, self.clv)
                }
                _ => column::make(field, &self.measured, transactions, None, self.clv),
            };
            let column = Arc::new(column);
            self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(field, Arc::clone(&column));
            column
        })
    }

    /// Whom each rule takes, in the order of the rules; `None` where there are no transactions to judge by.
    #[must_use]
    pub fn rule_columns(&self) -> Option<Vec<Arc<FieldColumn>>> {
        self.transactions.as_ref()?;
        Some((0..self.compiled.len()).map(|number| self.made(Field::Vip(number as u16))).collect())
    }

    /// The first rule, from 1, that each customer meets; `None` where there are no transactions to judge by.
    #[must_use]
    pub fn tier_column(&self) -> Option<Arc<FieldColumn>> {
        self.transactions.as_ref().map(|_| self.made(Field::VipTier))
    }

    /// The rules, in their order.
    #[must_use]
    pub const fn rules(&self) -> &Arc<Vec<Rule>> {
        &self.rules
    }

    /// The columns that a filter asks for.
    #[must_use]
    pub fn columns(&self, bound: &Bound, scoring: Scoring<'_>) -> FieldColumns {
        FieldColumns(bound.fields().into_iter().map(|field| (field, self.column(field, scoring))).collect())
    }

    /// The text of a code of a field, with the segments of a scheme; empty where the field has no texts.
    #[must_use]
    pub fn text<'a>(&'a self, field: FieldId, code: i64, scheme: &'a Scheme) -> &'a str {
        let place = (code - 1) as usize;
        match self.definition(field).field {
            Field::Customer => self.customers().ids.get(place),
            Field::Segment => scheme.segment_name(place),
            Field::VipTier => self.rules.get(place).map_or("", |rule| rule.name.as_str()),
            Field::Attribute(number, _) => {
                let attribute = self.transactions.as_deref().and_then(|all| all.attributes().get(usize::from(number)));
                attribute.map_or("", |attribute| attribute.text(code as u32))
            }
            _ => "",
        }
    }

    /// The fields as filters know them, with the segments of a scheme.
    #[must_use]
    pub const fn vocabulary<'a>(&'a self, scheme: &'a Scheme) -> FieldNames<'a> {
        FieldNames { fields: self, scheme }
    }
}

/// The scores of everybody on an axis.
fn scores(Scoring { measured, cuts, map: _ }: Scoring<'_>, axis: Axis) -> FieldColumn {
    let cuts = &cuts[axis.index()];
    column::by_customer(measured.len(), |customer| cuts.score(measured.value(axis, customer)).into())
}

/// The numbers of everybody's segments, from 1.
fn segments(Scoring { measured, cuts, map }: Scoring<'_>) -> FieldColumn {
    let scorer = Scorer::new(measured, cuts);
    column::by_customer(measured.len(), |customer| {
        map.segment(cell_index(map.bins(), scorer.cell(customer))) as i64 + 1
    })
}

/// The columns of some fields.
#[derive(Debug)]
pub struct FieldColumns(HashMap<FieldId, Arc<FieldColumn>>);

/// Only fields that were gathered are asked for.
impl Columns for FieldColumns {
    fn column(&self, field: FieldId) -> ColumnRef<'_> {
        self.0[&field].by_ref()
    }
}

/// The names of fields, and of the texts that they have.
#[derive(Clone, Copy, Debug)]
pub struct FieldNames<'a> {
    fields: &'a Fields,
    scheme: &'a Scheme,
}

impl FieldNames<'_> {
    /// The texts of a field with their codes.
    fn all_texts(&self, field: FieldId) -> Box<dyn Iterator<Item = (u32, &str)> + '_> {
        match self.fields.definition(field).field {
            Field::Customer => {
                let ids = &self.fields.customers().ids;
                Box::new((0..ids.len()).map(|customer| (customer as u32 + 1, ids.get(customer))))
            }
            Field::Segment => {
                // One more than the scheme's own stands for the cells without any.
                let shown = 0..=self.scheme.segments.len();
                Box::new(shown.map(|segment| (segment as u32 + 1, self.scheme.segment_name(segment))))
            }
            Field::VipTier => {
                let names = self.fields.rules.iter().map(|rule| rule.name.as_str());
                Box::new((1..).zip(names))
            }
            Field::Attribute(number, _) => {
                let attributes = self.fields.transactions.as_deref().map_or(&[][..], Transactions::attributes);
                let Some(attribute) = attributes.get(number as usize) else { return Box::new(std::iter::empty()) };
                Box::new((1..=attribute.values() as u32).map(|code| (code, attribute.text(code))))
            }
            _ => Box::new(std::iter::empty()),
        }
    }
}

impl Vocabulary for FieldNames<'_> {
    fn field(&self, name: &str) -> Option<FieldId> {
        let of = |fits: &dyn Fn(&str) -> bool| {
            let found = self.fields.definitions.iter().position(|definition| definition.names().any(fits));
            found.map(|place| FieldId(place as u32))
        };
        let wanted = key(name);
        of(&|known| known == name).or_else(|| of(&|known| key(known) == wanted))
    }

    fn kind(&self, field: FieldId) -> FieldKind {
        self.fields.definition(field).kind
    }

    fn names(&self) -> Vec<String> {
        self.fields.definitions.iter().map(|definition| definition.name.clone()).collect()
    }

    fn codes(&self, field: FieldId, wanted: &mut dyn FnMut(&str) -> bool) -> Vec<u32> {
        self.all_texts(field).filter(|(_, text)| wanted(text)).map(|(code, _)| code).collect()
    }

    fn texts(&self, field: FieldId, prefix: &str, most: usize) -> Vec<String> {
        let prefix = prefix.to_lowercase();
        let begins = |text: &&str| text.to_lowercase().starts_with(&prefix);
        if self.fields.definition(field).field == Field::Segment {
            // As the screen shows them, or as files have them where that is what is typed.
            let shown = (0..=self.scheme.segments.len()).filter_map(|segment| {
                let names = [self.scheme.typed_name(segment), self.scheme.segment_name(segment)];
                names.into_iter().find(begins)
            });
            return shown.take(most).map(str::to_owned).collect();
        }
        self.all_texts(field).map(|(_, text)| text).filter(begins).take(most).map(str::to_owned).collect()
    }

    fn misplaced(&self, name: &str) -> Option<FilterProblem> {
        is_of_rows(name).then(|| FilterProblem::OfRows(clean(name).into_owned()))
    }

    fn rules(&self) -> Vec<String> {
        self.fields.rules.iter().map(|rule| rule.name.clone()).collect()
    }

    fn rule(&self, name: &str) -> Option<FieldId> {
        let wanted = key(name);
        let number = self.fields.rules.iter().position(|rule| key(&rule.name) == wanted)?;
        let is_rule = |definition: &Definition| definition.field == Field::Vip(number as u16);
        self.fields.definitions.iter().position(is_rule).map(|place| FieldId(place as u32))
    }
}

#[cfg(test)]
mod tests;
