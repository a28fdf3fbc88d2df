//! The privacy switch: ids, names, phones, mails and addresses are masked wherever the screen shows what the data says.
//!
//! Not masked is what the user typed: filters with what is told of them (title, history, chips, the options that give the
//! same cuts), VIP rules, notes, and what is being looked for. Files that hold the view, scenarios and manifests, have filters
//! as they are, and scenarios the ids of who is marked.

mod names;
mod quality;
#[cfg(test)]
mod tests;

use super::action::{Action, Asked};
use super::keymap::Keymap;
use crate::data::synonyms::{Role, normalise};
use crate::engine::analysis::{Analysis, AnalysisError};
use crate::engine::fields::Field;
use crate::engine::vip::CompileError;
use crate::export::privacy::Attribute;
use crate::export::veil::Veil;
use crate::{mark, tr};

pub use names::Veiled;

/// What is said when it is switched on, within 80 columns.
pub const ON: &str = mark!("masked on screen and in lists written; not in typed filters, notes, scenarios");

/// What is said when it is switched off.
pub const OFF: &str = mark!("nothing is masked any more");

/// Why there is no condition to be had from a value that is masked.
#[must_use]
pub fn no_condition(keymap: &Keymap) -> String {
    let [shows, types] = [Action::Privacy, Action::Ask(Asked::Filter)].map(|action| keymap.name_of(action));
    tr!("the filter would tell what is masked: {shows} shows it, or {types} types the condition", shows, types)
}

/// Whether the screen masks who people are.
#[derive(Clone, Debug, Default)]
pub struct PrivacySwitch {
    veil: Option<Veil>,
}

impl PrivacySwitch {
    /// Whether it is on.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.veil.is_some()
    }

    /// Switches it on or off; gives whether it is on now.
    pub fn toggle(&mut self, analysis: &Analysis) -> bool {
        self.veil = if self.veil.is_some() { None } else { Some(Veil::of(analysis)) };
        self.is_on()
    }

    /// Knows the columns of rows that were read since it was switched on.
    pub fn follow(&mut self, analysis: &Analysis) {
        let attributes = analysis.fields().transactions().map_or(0, |transactions| transactions.attributes().len());
        if self.veil.as_ref().is_some_and(|veil| veil.attributes() != attributes) {
            self.veil = Some(Veil::of(analysis));
        }
    }

    /// The mask in force, for what is written from the screen.
    #[must_use]
    pub const fn veil(&self) -> Option<&Veil> {
        self.veil.as_ref()
    }

    /// Whether the values of a field are masked.
    #[must_use]
    pub fn hides(&self, field: Field) -> bool {
        self.veil.as_ref().is_some_and(|veil| veil.field(field).is_some())
    }

    /// A text of a field as it may be shown.
    #[must_use]
    pub fn shown(&self, field: Field, text: &str) -> String {
        match self.veil.as_ref().and_then(|veil| veil.field(field)) {
            Some(kind) => kind.masked(text),
            None => text.to_owned(),
        }
    }

    /// How a column of a file is masked, by its role, its name and some of its values; `None` where it is shown as it is.
    /// Files are looked at before their rows are read, and columns of them that are no field are shown, too.
    #[must_use]
    pub fn column<'a>(
        &self,
        name: &str,
        role: Option<Role>,
        values: impl IntoIterator<Item = &'a str>,
    ) -> Option<Attribute> {
        let veil = self.veil.as_ref()?;
        match role {
            Some(Role::Customer) => veil.field(Field::Customer),
            // What is summed, dated or counted names nobody, and an order is looked up by its number.
            Some(_) => None,
            None => {
                let by_rows = veil.named(|known| normalise(known) == normalise(name));
                by_rows.or_else(|| Some(Attribute::of(name, values)).filter(|kind| *kind != Attribute::Other))
            }
        }
    }

    /// A problem in words, without values of masked columns that come near a typed one.
    #[must_use]
    pub fn told(&self, error: AnalysisError) -> String {
        match error {
            AnalysisError::Rule(rule, CompileError::Value { attribute, value, .. })
                if self.column(&attribute, None, []).is_some() =>
            {
                AnalysisError::Rule(rule, CompileError::Value { attribute, value, near: Vec::new() }).to_string()
            }
            error => error.to_string(),
        }
    }
}
