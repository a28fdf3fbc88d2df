//! The columns of the list: which, in which order, how wide, and which of them stay when others are moved through.

use crate::engine::listing::Column;

/// A column as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The column.
    pub column: Column,
    /// How many columns of the screen it takes, where that was chosen.
    pub width: Option<u16>,
}

/// The narrowest a column can be made.
const NARROWEST: u16 = 3;

/// The widest a column can be made.
const WIDEST: u16 = 120;

/// The columns of a list; there is always one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    shown: Vec<Shown>,
    /// The number of the one under the cursor.
    cursor: usize,
    /// How many at the left stay in sight.
    frozen: usize,
}

impl Columns {
    /// The usual columns, with the cursor on one of them; the id stays in sight.
    #[must_use]
    pub fn on(column: Column) -> Self {
        let shown: Vec<Shown> = Column::USUAL.map(|column| Shown { column, width: None }).into();
        let cursor = shown.iter().position(|shown| shown.column == column).unwrap_or_default();
        Self { shown, cursor, frozen: 1 }
    }

    /// These columns; `None` without any.
    #[must_use]
    pub fn of(columns: &[Column], frozen: usize) -> Option<Self> {
        let mut shown: Vec<Shown> = Vec::with_capacity(columns.len());
        for column in columns {
            if shown.iter().all(|known| known.column != *column) {
                shown.push(Shown { column: *column, width: None });
            }
        }
        let frozen = frozen.min(shown.len());
        (!shown.is_empty()).then_some(Self { shown, cursor: 0, frozen })
    }

    /// The columns as they are shown, from the left.
    #[must_use]
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// The columns, from the left.
    pub fn all(&self) -> impl Iterator<Item = Column> + '_ {
        self.shown.iter().map(|shown| shown.column)
    }

    /// The number of the one under the cursor, from 0.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// How many at the left stay in sight.
    #[must_use]
    pub const fn frozen(&self) -> usize {
        self.frozen
    }

    /// The column under the cursor.
    #[must_use]
    pub fn under_cursor(&self) -> Column {
        self.shown.get(self.cursor).map_or(Column::CUSTOMER, |shown| shown.column)
    }

    /// Puts the cursor on a column of a number, or the last one.
    pub fn go(&mut self, number: usize) {
        self.cursor = number.min(self.shown.len() - 1);
    }

    /// Whether a column is shown.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.all().any(|shown| shown == column)
    }

    /// Shows a column as the last one, or hides it; the only one stays. Gives whether it is shown now.
    pub fn toggle(&mut self, column: Column) -> bool {
        let known = self.all().position(|shown| shown == column);
        if let Some(number) = known {
            return !self.hide(number);
        }
        self.shown.push(Shown { column, width: None });
        true
    }

    /// Hides the column of a number; the only one stays. Gives whether it was hidden.
    pub fn hide(&mut self, number: usize) -> bool {
        if self.shown.len() == 1 || number >= self.shown.len() {
            return false;
        }
        self.shown.remove(number);
        self.frozen -= usize::from(number < self.frozen);
        self.cursor -= usize::from(number < self.cursor);
        self.cursor = self.cursor.min(self.shown.len() - 1);
        true
    }

    /// Puts other columns in the places of these, or takes them away; as usual where none is left.
    pub fn map(&mut self, to: impl Fn(Column) -> Option<Column>) {
        let mut number = 0;
        while let Some(shown) = self.shown.get_mut(number) {
            if let Some(column) = to(shown.column) {
                shown.column = column;
                number += 1;
            } else if !self.hide(number) {
                *self = Self::on(Column::CUSTOMER);
                return;
            }
        }
    }

    /// Takes a column away that cannot be made.
    pub fn drop_column(&mut self, column: Column) {
        self.map(|shown| (shown != column).then_some(shown));
    }

    /// Moves the column of a number to the left or the right by one, and the cursor with it where it stands on it.
    pub fn shift(&mut self, number: usize, to_right: bool) -> usize {
        let other = if to_right { number + 1 } else { number.wrapping_sub(1) };
        if number >= self.shown.len() || other >= self.shown.len() {
            return number;
        }
        self.shown.swap(number, other);
        if self.cursor == number {
            self.cursor = other;
        } else if self.cursor == other {
            self.cursor = number;
        }
        other
    }

    /// Makes the column under the cursor wider or narrower, from a width that it has now.
    pub fn widen(&mut self, now: u16, by: i16) {
        if let Some(shown) = self.shown.get_mut(self.cursor) {
            let now = shown.width.unwrap_or(now);
            shown.width = Some(now.saturating_add_signed(by).clamp(NARROWEST, WIDEST));
        }
    }

    /// Gives the column under the cursor the width that its content needs.
    pub fn fit(&mut self) {
        if let Some(shown) = self.shown.get_mut(self.cursor) {
            shown.width = None;
        }
    }

    /// Keeps the columns up to the cursor in sight; where these are kept already, none.
    pub fn freeze(&mut self) {
        let wanted = self.cursor + 1;
        self.frozen = if self.frozen == wanted { 0 } else { wanted };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::fields::Field;
    use crate::model::customers::Axis;

    fn names(columns: &Columns) -> Vec<Column> {
        columns.all().collect()
    }

    #[test]
    fn columns_are_hidden_moved_and_kept_in_sight() {
        let (id, money, rank) = (Column::CUSTOMER, Column::Axis(Axis::Monetary), Column::Field(Field::Rank));
        let mut columns = Columns::of(&[id, money, rank, money], 1).expect("there are columns");
        assert_eq!(names(&columns), [id, money, rank], "each column once");
        columns.go(2);
        assert_eq!(columns.shift(2, false), 1);
        assert_eq!((names(&columns), columns.cursor()), (vec![id, rank, money], 1));
        assert_eq!(columns.shift(2, true), 2, "the last one has nowhere to go");
        assert!(columns.hide(0));
        assert_eq!((columns.frozen(), columns.under_cursor()), (0, rank));
        columns.freeze();
        assert_eq!(columns.frozen(), 1);
        columns.freeze();
        assert_eq!(columns.frozen(), 0);
        assert!(!columns.toggle(money));
        assert!(!columns.hide(0), "one column stays");
        assert!(columns.toggle(id));
        assert_eq!(names(&columns), [rank, id]);
    }

    #[test]
    fn a_width_goes_from_what_is_seen_and_has_bounds() {
        let mut columns = Columns::on(Column::CUSTOMER);
        columns.widen(10, -4);
        assert_eq!(columns.shown()[0].width, Some(6));
        columns.widen(10, -4);
        columns.widen(10, -4);
        assert_eq!(columns.shown()[0].width, Some(NARROWEST));
        columns.fit();
        assert_eq!(columns.shown()[0].width, None);
    }
}
