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
    /// The field that was chosen, and its name; the first that is offered, before.
    chosen: Option<(FieldId, String)>,
    /// The fields that are offered, and what they were told by: the analysis's version and how many fields there were.
    offered: ((u64, usize), Vec<FieldId>),
    /// What is counted.
    pub basis: Basis,
    /// The segment that is looked at; `None`: everybody.
    pub segment: Option<usize>,
    /// The name of the segment when a frame was made last.
    watched: Option<String>,
    /// What the lines are sorted by; `None`: as suits the field.
    sort: Option<SortBy>,
    /// Whether all segments are shown beside each other.
    pub matrix: bool,
    /// Whether they are shown by their shares, not by the index.
    pub by_share: bool,
    /// The line under the cursor, by its place.
    pub cursor: usize,
    /// What was counted last.
    last: Option<LastCount>,
    /// Whether counting failed by a fault of the program.
    pub failed: bool,
}

/// What is to be counted: of which customers, segments and filter, by which field, on which basis.
pub type Wish = (u64, FieldId, Basis);

/// What was counted last. Its lines go with it: those of another table may be beyond its own.
#[derive(Clone, Debug)]
struct LastCount {
    of: Wish,
    counted: Counted,
    /// The lines in the order they are shown; none before they are sorted.
    lines: Vec<usize>,
    /// What they are sorted by, and for which segment.
    sorted_for: Option<(SortBy, Option<usize>)>,
}

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
        let first = || if is_waiting { None } else { self.offered_here(session).next() };
        self.chosen_here(session).or_else(first)
    }

    /// The field that was chosen, if the data still has it. Rules come and go, and with them the numbers of fields: another
    /// one of the number is not meant.
    fn chosen_here(&self, session: &Session) -> Option<FieldId> {
        let definitions = session.analysis.fields().definitions();
        let (id, name) = self.chosen.as_ref()?;
        if definitions.get(id.0 as usize).is_some_and(|definition| definition.name == *name) {
            return Some(*id);
        }
        let place = definitions.iter().position(|definition| definition.name == *name)?;
        Some(FieldId(place as u32))
    }

    /// The fields that are offered and are still there.
    fn offered_here(&self, session: &Session) -> impl Iterator<Item = FieldId> {
        let count = session.analysis.fields().definitions().len();
        self.fields().iter().copied().filter(move |id| (id.0 as usize) < count)
    }

    fn wish(&self, session: &Session) -> Option<Wish> {
        Some((session.analysis.version(), self.field(session)?, self.basis))
    }

    /// What is to be counted; `None` where it is there, or cannot be.
    #[must_use]
    pub fn wanted(&self, session: &Session) -> Option<(Wish, BreakdownRequest)> {
        let is_new = |wish: &Wish| self.last.as_ref().is_none_or(|last| last.of != *wish);
        let wish = self.wish(session).filter(|wish| !self.failed && is_new(wish))?;
        let request = BreakdownRequest::new(&session.analysis, wish.1, wish.2).ok()?;
        Some((wish, request))
    }

    /// Takes what was counted.
    pub fn take(&mut self, wish: Wish, counted: Counted) {
        self.last = Some(LastCount { of: wish, counted, lines: Vec::new(), sorted_for: None });
    }

    /// What was counted, if it is of what is looked at now.
    #[must_use]
    pub fn counted(&self, session: &Session) -> Option<&Counted> {
        self.last_here(session).map(|last| &last.counted)
    }

    fn last_here(&self, session: &Session) -> Option<&LastCount> {
        self.last.as_ref().filter(|last| Some(last.of) == self.wish(session))
    }

    /// The table, with its lines in the order they are shown; no lines before the next frame is prepared.
    #[must_use]
    pub fn table(&self, session: &Session) -> Option<(&Breakdown, &[usize])> {
        let last = self.last_here(session)?;
        Some((last.counted.as_ref().ok()?, &last.lines))
    }

    /// What the lines of a table are sorted by.
    #[must_use]
    pub fn sort(&self, table: &Breakdown) -> SortBy {
        self.sort.unwrap_or_else(|| table.usual_sort())
    }

    /// Makes ready what a frame shows.
    pub fn prepare(&mut self, session: &Session) {
        let fields = session.analysis.fields();
        // Rows bring fields without another version, and rules change without a field more or less.
        let known = (session.analysis.version(), fields.definitions().len());
        if self.offered.0 != known || self.offered.1.is_empty() {
            self.offered = (known, offered(fields));
        }
        self.follow_segment(session);
        let wish = self.wish(session);
        let (sort, segment) = (self.sort, self.segment);
        let Some(last) = self.last.as_mut().filter(|last| Some(last.of) == wish) else { return };
        let Ok(table) = &last.counted else { return };
        let wanted = (sort.unwrap_or_else(|| table.usual_sort()), segment);
        if last.sorted_for != Some(wanted) {
            (last.sorted_for, last.lines) = (Some(wanted), table.sorted(wanted.0, segment));
        }
        self.cursor = self.cursor.min(last.lines.len().saturating_sub(1));
    }

    /// Stays at the segment of its name where another scheme or other rows number the segments otherwise.
    fn follow_segment(&mut self, session: &Session) {
        let (scheme, shown) = (session.analysis.scheme(), session.analysis.map().shown());
        // Without a name it was chosen since the last frame.
        let name = self.watched.take().or_else(|| {
            let segment = self.segment.filter(|segment| *segment < shown)?;
            Some(scheme.segment_name(segment).to_owned())
        });
        self.segment = self.segment.and_then(|_| {
            let name = name.as_ref()?;
            (0..shown).find(|segment| scheme.segment_name(*segment) == *name)
        });
        self.watched = name.filter(|_| self.segment.is_some());
    }

    /// Goes on to another field, round and round.
    pub fn turn(&mut self, session: &Session, direction: Direction) {
        let count = self.fields().len().max(1);
        let now = self.chosen_here(session).or_else(|| self.fields().first().copied());
        let place = self.fields().iter().position(|field| Some(*field) == now).unwrap_or_default();
        let place = if direction == Direction::Left { place + count - 1 } else { place + 1 } % count;
        let chosen = |id: &FieldId| {
            let definition = session.analysis.fields().definitions().get(id.0 as usize)?;
            Some((*id, definition.name.clone()))
        };
        self.chosen = self.fields().get(place).and_then(chosen);
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
        (self.segment, self.watched) = (next.checked_sub(1), None);
    }

    /// Sorts by the next column.
    pub fn sort_by_next(&mut self, session: &Session) {
        if let Some((table, _)) = self.table(session) {
            self.sort = Some(self.sort(table).next());
            self.cursor = 0;
        }
    }
}
