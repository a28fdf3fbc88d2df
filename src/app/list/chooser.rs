//! The screen on which the columns of the list are chosen. Its lines stay where they are while columns are shown and hidden.

use crate::app::session::Session;
use crate::engine::listing::Column;

/// All columns that a list can have, and the one under the cursor.
#[derive(Clone, Debug)]
pub struct ColumnScreen {
    /// Those shown when it was opened, in order, then the others.
    pub all: Vec<Column>,
    /// The number of the one under the cursor, from 0.
    pub cursor: usize,
}

impl ColumnScreen {
    /// The columns as they are shown now.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self { all: all_columns(session), cursor: 0 }
    }

    /// Knows the columns that came with rows since it was opened, and forgets those that went.
    pub fn follow(&mut self, session: &Session) {
        let now = all_columns(session);
        if now.len() != self.all.len() {
            self.all.retain(|column| now.contains(column));
            let new: Vec<Column> = now.into_iter().filter(|column| !self.all.contains(column)).collect();
            self.all.extend(new);
            self.cursor = self.cursor.min(self.all.len().saturating_sub(1));
        }
    }
}

/// All columns that a list can have: those shown, in order, then the others.
#[must_use]
pub fn all_columns(session: &Session) -> Vec<Column> {
    let analysis = &session.analysis;
    let mut all: Vec<Column> = session.list.columns.all().collect();
    let fields = analysis.fields().definitions().iter().map(|definition| Column::Field(definition.field));
    // What an axis measures stands for its field.
    let axes: Vec<_> =
        Column::USUAL.iter().filter(|column| matches!(column, Column::Axis(_))).map(|c| c.field(analysis)).collect();
    for column in Column::USUAL.into_iter().chain(fields) {
        let is_axis = matches!(column, Column::Field(_)) && axes.contains(&column.field(analysis));
        if !all.contains(&column) && !is_axis {
            all.push(column);
        }
    }
    all
}
