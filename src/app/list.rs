//! The customer list with its cursor and its page.

use crate::engine::analysis::Analysis;
use crate::engine::listing::{Column, Listing, Row, Selection, Sort};

/// The list with its cursor.
#[derive(Clone, Debug)]
pub struct List {
    /// The customers in order.
    pub listing: Listing,
    /// Place of the cursor, from 0.
    pub cursor: usize,
    /// Place of the first row shown.
    pub offset: usize,
    /// Number of the column under the cursor.
    pub column: usize,
    /// The rows of the page, made after each update.
    pub rows: Vec<Row>,
    /// What the rows were made for.
    made_for: Option<MadeFor>,
}

/// What a page of rows depends on: the analysis's version, the first place, the number of places, order and selection.
type MadeFor = (u64, usize, usize, Sort, Selection);

impl List {
    /// A list from its top, on the column that it is sorted by.
    #[must_use]
    pub fn new(listing: Listing) -> Self {
        let column = Column::ALL.iter().position(|column| *column == listing.sort().column).unwrap_or_default();
        Self { listing, cursor: 0, offset: 0, column, rows: Vec::new(), made_for: None }
    }

    /// The column under the cursor.
    #[must_use]
    pub const fn column(&self) -> Column {
        Column::ALL[self.column]
    }

    /// Goes back to the top.
    pub fn to_top(&mut self) {
        (self.cursor, self.offset) = (0, 0);
    }

    /// The customer under the cursor, if its row is made.
    #[must_use]
    pub fn customer(&self) -> Option<usize> {
        self.rows.get(self.cursor.checked_sub(self.offset)?).map(|row| row.customer)
    }

    /// Makes the rows of a page of so many, unless they are there already.
    pub fn make_rows(&mut self, analysis: &Analysis, page: usize) {
        self.go(self.cursor, page);
        let wanted = (analysis.version(), self.offset, page, self.listing.sort(), self.listing.selection());
        if self.made_for != Some(wanted) {
            self.rows = self.listing.rows(analysis, self.offset, page).collect();
            self.made_for = Some(wanted);
        }
    }

    /// Moves the cursor to a place, and the page with it.
    pub fn go(&mut self, place: usize, page: usize) {
        self.cursor = place.min(self.listing.len().saturating_sub(1));
        self.offset = self.offset.min(self.cursor).max((self.cursor + 1).saturating_sub(page.max(1)));
        self.offset = self.offset.min(self.listing.len().saturating_sub(page.max(1)));
    }

    /// Follows an analysis that changed; from the top where other customers may be listed.
    pub fn follow(&mut self, analysis: &Analysis) {
        let before = self.listing.len();
        self.listing.follow(analysis);
        if self.listing.selection() != Selection::All || self.listing.len() != before {
            // What stands at a place deep in the list is another customer now.
            self.cursor = self.cursor.min(self.listing.len().saturating_sub(1));
            self.offset = self.offset.min(self.cursor);
        }
    }
}
