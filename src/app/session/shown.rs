//! What the data says of somebody, as it may be shown.

use super::Session;
use crate::app::list::{CellText, cell};
use crate::app::words;
use crate::engine::breakdown::Breakdown;
use crate::engine::fields::Field;
use crate::engine::listing::Column;

impl Session {
    /// A text of a field as it may be shown. Whatever the data says of somebody comes through here on its way to the screen
    /// and to what is written from it; it is made safe where it is drawn.
    #[must_use]
    pub fn shown(&self, field: Field, text: &str) -> String {
        self.privacy.shown(field, text)
    }

    /// What the list shows in a column for a customer, masked where that is wanted.
    #[must_use]
    pub fn cell(&self, column: Column, customer: usize) -> CellText {
        match (cell(&self.analysis, column, customer), column) {
            // A telephone number may be a number like others.
            (CellText::Data(text) | CellText::Figure(text), Column::Field(field)) if self.privacy.hides(field) => {
                CellText::Data(self.shown(field, &text))
            }
            (other, _) => other,
        }
    }

    /// What the values of a line of a breakdown are called, masked where that is wanted. Panics beyond the lines, like a slice.
    #[must_use]
    pub fn line(&self, table: &Breakdown, line: usize) -> String {
        let label = table.label(line);
        if table.is_missing(line) {
            label
        } else if table.field() == Field::Segment {
            words::segment(&label).to_owned()
        } else {
            self.shown(table.field(), &label)
        }
    }

    /// The id of a customer as it may be shown; made safe where it is drawn.
    #[must_use]
    pub fn id(&self, customer: usize) -> String {
        self.shown(Field::Customer, self.analysis.customers().ids.get(customer))
    }
}
