//! The privacy switch: ids, names, phones, mails and addresses are masked wherever the screen shows them.

use crate::engine::analysis::Analysis;
use crate::engine::listing::Column;
use crate::export::veil::Veil;

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

    /// A text of a column as it may be shown.
    #[must_use]
    pub fn shown(&self, column: Column, text: String) -> String {
        match self.veil.as_ref().and_then(|veil| veil.mask(column)) {
            Some(attribute) => attribute.masked(&text),
            None => text,
        }
    }

    /// A value of an attribute of the rows, by its number, as it may be shown.
    #[must_use]
    pub fn attribute(&self, number: usize, text: &str) -> String {
        match self.veil.as_ref().and_then(|veil| veil.attribute(number)) {
            Some(attribute) => attribute.masked(text),
            None => text.to_owned(),
        }
    }
}
