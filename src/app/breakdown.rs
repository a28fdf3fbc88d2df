//! The breakdown that lies over the panels: which field, which segment, and how its lines are shown.

use std::sync::Arc;

use super::action::Direction;
use super::session::Session;
use crate::engine::breakdown::{Basis, Breakdown, BreakdownError, BreakdownRequest, SortBy, offered};
use crate::engine::fields::Field;
use crate::model::field::FieldId;

/// What a counted breakdown is, or why there is none.
pub type Counted = Result<Arc<Breakdown>, BreakdownError>;

/// A breakdown on the screen. It is counted in another thread; until then the screen says so.
#[derive(Clone, Debug, Default)]
pub struct BreakdownScreen {
    /// The field that was chosen; the first that is offered, before.
    chosen: Option<FieldId>,
    /// The fields that are offered, by the number of fields there were.
    offered: (usize, Vec<FieldId>),
    /// What is counted.
    pub basis: Basis,
    /// The segment that is looked at; `None`: everybody.
    pub segment: Option<usize>,
    /// What the lines are sorted by; `None`: as suits the field.
    sort: Option<SortBy>,
    /// Whether all segments are shown beside each other.
    pub matrix: bool,
    /// Whether they are shown by their shares, not by the index.
    pub by_share: bool,
    /// The line under the cursor, by its place.
    pub cursor: usize,
    /// What was counted last, and what it is of.
    counted: Option<(Wish, Counted)>,
    /// The lines in the order they are shown, and what that is made for: what was counted, by what, of which segment.
    lines: Vec<usize>,
    sorted_for: Option<(Wish, SortBy, Option<usize>)>,
    /// Whether counting failed by a fault of the program.
    pub failed: bool,
}

/// What is to be counted: of which customers, segments and filter, by which field, on which basis.
pub type Wish = (u64, FieldId, Basis);

impl BreakdownScreen {
    /// Looks at a segment first, or at everybody.
    #[must_use]
    pub fn of(segment: Option<usize>) -> Self {
        Self { segment, ..Self::default() }
    }

    /// The fields that are offered.
    #[must_use]
    pub fn fields(&self) -> &[FieldId] {
        &self.offered.1
    }

    /// The field that is looked at; `None` while the rows that have the first ones are still read.
    #[must_use]
    pub fn field(&self, session: &Session) -> Option<FieldId> {
        let is_waiting = session.details.is_reading() && session.analysis.fields().transactions().is_none();
        let first = || if is_waiting { None } else { self.fields().first().copied() };
        self.chosen.or_else(first)
    }

    fn wish(&self, session: &Session) -> Option<Wish> {
        Some((session.analysis.version(), self.field(session)?, self.basis))
    }

    /// What is to be counted; `None` where it is there, or cannot be.
    #[must_use]
    pub fn wanted(&self, session: &Session) -> Option<(Wish, BreakdownRequest)> {
        let wish =
            self.wish(session).filter(|wish| !self.failed && self.counted.as_ref().is_none_or(|(of, _)| of != wish))?;
        let request = BreakdownRequest::new(&session.analysis, wish.1, wish.2).ok()?;
        Some((wish, request))
    }

    /// Takes what was counted.
    pub fn take(&mut self, wish: Wish, counted: Counted) {
        self.counted = Some((wish, counted));
    }

    /// What was counted, if it is of what is looked at now.
    #[must_use]
    pub fn counted(&self, session: &Session) -> Option<&Counted> {
        let (of, counted) = self.counted.as_ref()?;
        (Some(*of) == self.wish(session)).then_some(counted)
    }

    /// The table, with its lines in the order they are shown.
    #[must_use]
    pub fn table(&self, session: &Session) -> Option<(&Breakdown, &[usize])> {
        let table = self.counted(session)?.as_ref().ok()?;
        Some((table, &self.lines))
    }

    /// What the lines of a table are sorted by.
    #[must_use]
    pub fn sort(&self, table: &Breakdown) -> SortBy {
        self.sort.unwrap_or_else(|| table.usual_sort())
    }

    /// Makes ready what a frame shows.
    pub fn prepare(&mut self, session: &Session) {
        let fields = session.analysis.fields();
        if self.offered.0 != fields.definitions().len() {
            self.offered = (fields.definitions().len(), offered(fields));
        }
        self.segment = self.segment.filter(|segment| *segment < session.analysis.map().shown());
        let Some(Ok(table)) = self.counted(session).cloned() else { return };
        let sort = self.sort(&table);
        let wanted = self.counted.as_ref().map(|(wish, _)| (*wish, sort, self.segment));
        if self.sorted_for != wanted {
            (self.sorted_for, self.lines) = (wanted, table.sorted(sort, self.segment));
        }
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }

    /// Goes on to another field, round and round.
    pub fn turn(&mut self, session: &Session, direction: Direction) {
        let count = self.fields().len().max(1);
        let now = self.chosen.or_else(|| self.fields().first().copied());
        let place = self.fields().iter().position(|field| Some(*field) == now).unwrap_or_default();
        let place = if direction == Direction::Left { place + count - 1 } else { place + 1 } % count;
        self.chosen = self.fields().get(place).copied();
        (self.cursor, self.sort, self.failed) = (0, None, false);
        if !self.has_purchases(session) {
            self.basis = Basis::Customers;
        }
    }

    /// Whether rows have the values of the field.
    #[must_use]
    pub fn has_purchases(&self, session: &Session) -> bool {
        let fields = session.analysis.fields();
        self.field(session).is_some_and(|field| matches!(fields.definition(field).field, Field::Attribute(..)))
    }

    /// Goes on to the segment before or after, round and round; everybody stands before the first.
    pub fn watch(&mut self, session: &Session, direction: Direction) {
        let count = session.analysis.map().shown() + 1;
        let now = self.segment.map_or(0, |segment| segment + 1);
        let next = if direction == Direction::Left { now + count - 1 } else { now + 1 } % count;
        self.segment = next.checked_sub(1);
    }

    /// Sorts by the next column.
    pub fn sort_by_next(&mut self, session: &Session) {
        if let Some((table, _)) = self.table(session) {
            self.sort = Some(self.sort(table).next());
            self.cursor = 0;
        }
    }
}
