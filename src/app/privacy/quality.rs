//! The data card while the privacy switch is on: its examples of ids, values and rows are masked.

use super::PrivacySwitch;
use crate::data::ledger::Example;
use crate::data::quality::{ColumnQuality, Quality};
use crate::data::synonyms::Role;
use crate::engine::fields::Field;

/// What stands for a text of which nothing is shown: a row has names and ids in it, whatever it is an example of.
const HIDDEN: &str = "***";

impl PrivacySwitch {
    /// What is known of a data set as it may be shown.
    #[must_use]
    pub fn quality(&self, mut quality: Quality) -> Quality {
        if !self.is_on() {
            return quality;
        }
        let ids: Vec<String> = {
            let identity = &quality.identity;
            let pairs = identity.respelled_examples.iter().flat_map(|(one, other)| [one, other]);
            pairs.chain(&identity.rounded_example).cloned().collect()
        };
        for note in &mut quality.rows.notes {
            // Notes quote the ids that they are about.
            for id in &ids {
                *note = note.replace(&format!("`{id}`"), &format!("`{}`", self.id(id)));
            }
        }
        let columns = quality.sources.iter().flat_map(|source| &source.mapping);
        let known: Vec<(String, Role)> = columns.map(|role| (role.column.clone(), role.role)).collect();
        let rejected = quality.rows.rejected.iter_mut().flat_map(|rejected| &mut rejected.examples);
        let repeated = quality.duplicates.iter_mut().flat_map(|repeated| &mut repeated.found.examples);
        let conflicts = quality.accuracy.conflicting_orders.iter_mut().flat_map(|conflicts| &mut conflicts.examples);
        for example in rejected.chain(repeated).chain(conflicts) {
            hide(example, &known);
        }
        let identity = &mut quality.identity;
        let likely = identity.likely_duplicates.iter_mut().flat_map(|likely| &mut likely.examples);
        for (one, other) in identity.respelled_examples.iter_mut().chain(likely) {
            (*one, *other) = (self.id(one), self.id(other));
        }
        identity.rounded_example = identity.rounded_example.take().map(|id| self.id(&id));
        for column in quality.sources.iter_mut().filter_map(|source| source.columns.as_mut()).flatten() {
            self.values(column);
        }
        quality
    }

    fn id(&self, id: &str) -> String {
        self.shown(Field::Customer, id)
    }

    /// The first and the most frequent value of a column.
    fn values(&self, column: &mut ColumnQuality) {
        let survey = &mut column.survey;
        let frequent = survey.most_frequent.as_ref().map(|(value, _)| value.as_str());
        let values = survey.first.as_deref().into_iter().chain(frequent);
        let Some(kind) = self.column(&survey.name, column.role, values) else { return };
        for value in survey.first.iter_mut().chain(survey.most_frequent.iter_mut().map(|(value, _)| value)) {
            *value = kind.masked(value);
        }
    }
}

/// Takes what stands there out of an example, but where the column has a role that names nobody, such as the date.
fn hide(example: &mut Example, known: &[(String, Role)]) {
    let role = known.iter().find(|(column, _)| *column == example.column).map(|(_, role)| *role);
    if role.is_none_or(|role| role == Role::Customer) {
        HIDDEN.clone_into(&mut example.text);
    }
}
