//! The names that a filter is completed with, without the texts of masked fields.

use super::PrivacySwitch;
use crate::engine::analysis::Analysis;
use crate::engine::data_filter::RowNames;
use crate::engine::fields::FieldNames;
use crate::model::field::{FieldId, FieldKind, Vocabulary};
use crate::model::filter::FilterProblem;

/// A vocabulary that offers no text of a masked field; all else is as it was, so that conditions on them can be typed.
#[derive(Debug)]
pub struct Veiled<V> {
    all: V,
    /// The masked fields.
    hidden: Vec<FieldId>,
}

impl<'a> Veiled<FieldNames<'a>> {
    /// The names of the fields of customers.
    #[must_use]
    pub fn of_customers(analysis: &'a Analysis, privacy: &PrivacySwitch) -> Self {
        let fields = analysis.fields();
        let hidden = (0..).map(FieldId).zip(fields.definitions());
        let hidden = hidden.filter(|(_, definition)| privacy.hides(definition.field)).map(|(id, _)| id).collect();
        Self { all: fields.vocabulary(analysis.scheme()), hidden }
    }
}

impl<'a> Veiled<RowNames<'a>> {
    /// The names of what rows say.
    #[must_use]
    pub fn of_rows(analysis: &'a Analysis, privacy: &PrivacySwitch) -> Self {
        let all = analysis.row_names();
        let columns = analysis.whole().fields().transactions().map_or(&[][..], |rows| rows.attributes());
        let is_hidden = |name: &str| privacy.veil().is_some_and(|veil| veil.named(|known| known == name).is_some());
        let hidden = columns.iter().filter(|column| is_hidden(&column.name));
        let hidden = hidden.filter_map(|column| all.field(&column.name)).collect();
        Self { all, hidden }
    }
}

impl<V: Vocabulary> Vocabulary for Veiled<V> {
    fn field(&self, name: &str) -> Option<FieldId> {
        self.all.field(name)
    }

    fn kind(&self, field: FieldId) -> FieldKind {
        self.all.kind(field)
    }

    fn names(&self) -> Vec<String> {
        self.all.names()
    }

    fn codes(&self, field: FieldId, wanted: &mut dyn FnMut(&str) -> bool) -> Vec<u32> {
        self.all.codes(field, wanted)
    }

    fn texts(&self, field: FieldId, prefix: &str, most: usize) -> Vec<String> {
        if self.hidden.contains(&field) { Vec::new() } else { self.all.texts(field, prefix, most) }
    }

    fn rules(&self) -> Vec<String> {
        self.all.rules()
    }

    fn rule(&self, name: &str) -> Option<FieldId> {
        self.all.rule(name)
    }

    fn misplaced(&self, name: &str) -> Option<FilterProblem> {
        self.all.misplaced(name)
    }
}
