//! The customer list with its cursor, its columns and its page.

mod cells;
mod chooser;
mod columns;
mod heads;

use std::sync::Arc;

pub use cells::{CellText, cell, figure, is_pending};
pub use chooser::{ColumnScreen, all_columns};
pub use columns::{Columns, Shown};
pub use heads::{called, head};

use crate::engine::analysis::Analysis;
use crate::engine::fields::Field;
use crate::engine::listing::{Column, FirstPage, Key, Listing, Selection, Sort, Sorted};
use crate::model::vip::Rule;

/// The list with its cursor.
#[derive(Clone, Debug)]
pub struct List {
    /// The customers in order.
    pub listing: Listing,
    /// Place of the cursor, from 0.
    pub cursor: usize,
    /// Place of the first row shown.
    pub offset: usize,
    /// What is shown of each customer.
    pub columns: Columns,
    /// Whether a line below the list shows sums.
    pub has_sums: bool,
    /// The sums of everybody listed, as far as they are made.
    pub sums: Option<Arc<Sums>>,
    /// The customers of the page, found after each update.
    pub rows: Vec<usize>,
    /// The customer that was marked last: a range begins there.
    pub anchor: Option<usize>,
    /// The first rows of the order that is being sorted for.
    preview: Option<FirstPage>,
    /// What the rows were found for.
    made_for: Option<MadeFor>,
}

/// What a page of rows depends on: the analysis's version, the first place, the number of places, order and selection, and
/// whether it is the first page of an order to come.
type MadeFor = (u64, usize, usize, Sort, Selection, bool);

/// What sums depend on: the analysis's version, the selection, and the columns.
pub type SumsOf = (u64, Selection, Vec<Column>);

/// The sums of columns over everybody who is listed.
#[derive(Clone, Debug)]
pub struct Sums {
    /// What they were made for.
    pub made_for: SumsOf,
    /// A sum a column in the smallest unit of its field, where that says something.
    pub sums: Vec<Option<i128>>,
}

impl List {
    /// A list from its top, on the column that it is sorted by.
    #[must_use]
    pub fn new(listing: Listing) -> Self {
        let columns = Columns::on(listing.sort().first().column);
        Self {
            listing,
            cursor: 0,
            offset: 0,
            columns,
            has_sums: false,
            sums: None,
            rows: Vec::new(),
            anchor: None,
            preview: None,
            made_for: None,
        }
    }

    /// The column under the cursor.
    #[must_use]
    pub fn column(&self) -> Column {
        self.columns.under_cursor()
    }

    /// How it is sorted, or will be when its order is ready.
    #[must_use]
    pub fn sort(&self) -> Sort {
        self.preview.as_ref().map_or_else(|| self.listing.sort(), FirstPage::sort)
    }

    /// Whether only the first rows are there, since the others are still being sorted.
    #[must_use]
    pub const fn is_sorting(&self) -> bool {
        self.preview.is_some()
    }

    /// Goes back to the top.
    pub fn to_top(&mut self) {
        (self.cursor, self.offset) = (0, 0);
    }

    /// The customer under the cursor, if its row is made.
    #[must_use]
    pub fn customer(&self) -> Option<usize> {
        self.rows.get(self.cursor.checked_sub(self.offset)?).copied()
    }

    /// The customer under the cursor, whose row is made now if keys came quicker than frames.
    pub fn customer_now(&mut self, analysis: &Analysis, page: usize) -> Option<usize> {
        self.make_rows(analysis, page);
        self.customer()
    }

    /// Shows the first rows of an order that is being sorted for, from the top.
    pub fn show_first(&mut self, page: FirstPage) {
        self.preview = Some(page);
        self.to_top();
    }

    /// Shows the order that was there before.
    pub fn forget_first(&mut self) {
        self.preview = None;
    }

    /// Lists by what was sorted meanwhile; whoever stands on one of the first rows stays there.
    pub fn adopt(&mut self, analysis: &Analysis, sort: Sort, sorted: Sorted) {
        if self.preview.take().is_none() {
            self.to_top();
        }
        self.listing.adopt(analysis, sort, sorted);
    }

    /// Makes the rows of a page of so many, unless they are there already.
    pub fn make_rows(&mut self, analysis: &Analysis, page: usize) {
        if let Some(preview) = &self.preview
            && !preview.fits(analysis, preview.sort(), self.listing.selection())
        {
            self.preview = None;
        }
        self.go(self.cursor, page);
        let wanted =
            (analysis.version(), self.offset, page, self.sort(), self.listing.selection(), self.preview.is_some());
        if self.made_for != Some(wanted) {
            let customers = match &self.preview {
                Some(preview) => preview.customers().iter().skip(self.offset).take(page).copied().collect(),
                None => self.listing.customers(analysis, self.offset, page),
            };
            self.rows = customers.into_iter().map(|customer| customer as usize).collect();
            self.made_for = Some(wanted);
        }
    }

    /// How many places the cursor can go to.
    fn reach(&self) -> usize {
        self.preview.as_ref().map_or_else(|| self.listing.len(), |preview| preview.customers().len())
    }

    /// Whether the cursor can go to a place now.
    #[must_use]
    pub fn reaches(&self, place: usize) -> bool {
        place < self.reach()
    }

    /// Moves the cursor to a place, and the page with it.
    pub fn go(&mut self, place: usize, page: usize) {
        let reach = self.reach();
        self.cursor = place.min(reach.saturating_sub(1));
        self.offset = self.offset.min(self.cursor).max((self.cursor + 1).saturating_sub(page.max(1)));
        self.offset = self.offset.min(reach.saturating_sub(page.max(1)));
    }

    /// Moves the cursor to a place far away, with what stands around it.
    pub fn jump(&mut self, place: usize, page: usize) {
        let shown = self.offset..self.offset + page.max(1);
        if !shown.contains(&place) {
            self.offset = place.saturating_sub(page / 3);
        }
        self.go(place, page);
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

    /// Follows VIP rules that changed: their columns and keys stay those of the same rules, and those of fields that are not
    /// there any more go.
    pub fn follow_rules(&mut self, before: &[Rule], analysis: &Analysis) {
        let now = &analysis.setting().rules;
        let renamed = |column: Column| match column {
            Column::Field(Field::Vip(number)) => {
                let name = &before.get(usize::from(number))?.name;
                let place = now.iter().position(|rule| rule.name == *name)?;
                Some(Column::Field(Field::Vip(u16::try_from(place).ok()?)))
            }
            column => Some(column),
        };
        let is_there = |column: &Column| *column == Column::Scores || column.field(analysis).is_some();
        self.columns.map(|column| renamed(column).filter(is_there));
        let keys: Vec<Key> = self
            .listing
            .sort()
            .keys()
            .filter_map(|key| Some(Key { column: renamed(key.column).filter(is_there)?, ..key }))
            .collect();
        let sort = Sort::of(&keys).unwrap_or_default();
        if sort != self.listing.sort() {
            self.listing.resort(sort);
        }
    }

    /// What its sums are to be made of, where they are shown and not there yet.
    #[must_use]
    pub fn sums_wanted(&self, analysis: &Analysis) -> Option<SumsOf> {
        if !self.has_sums {
            return None;
        }
        let wanted = (analysis.version(), self.listing.selection(), self.columns.all().collect());
        let is_there = self.sums.as_ref().is_some_and(|sums| sums.made_for == wanted);
        (!is_there).then_some(wanted)
    }
}
