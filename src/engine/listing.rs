//! The customer list: sorted by any columns, filtered by a selection, made a page at a time.
//!
//! Nothing is filtered or sorted ahead. The grid tells how many customers each part of the list has, so parts before the
//! page are passed over; within a part the customers are read off an order that exists, with the help of its [`Trail`], or,
//! until that is made, gathered and sorted where those wanted are few among many. Until everybody is in a new order, its
//! first page is picked out of all.

mod column;
mod place;
mod sorted;
mod trail;
mod walk;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::analysis::Analysis;
use super::migration::{Before, Cells, Moves};
use super::summary::matches;
use crate::engine::fields::Field;
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::measured::mean_order;
use crate::model::money::Money;
use crate::model::scheme::{Cell, cell_index};
pub use column::{Column, Key, Sort, SortError, UnknownColumn};
pub(super) use column::{KeyValues, compare};
pub use place::{Sought, has_sum};
pub use sorted::{FirstPage, SortRequest, Sorted};
pub use trail::{Trail, TrailRequest};
use walk::{Part, Way};

/// Which customers are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// All that are looked at.
    #[default]
    All,
    /// Those with some scores; an axis without a score takes all.
    Cells([Option<u8>; 3]),
    /// Those of a segment, by its number.
    Segment(usize),
    /// Those that went from a segment of the baseline to a segment, by their numbers; `None`: from or to any other.
    Moved(Option<usize>, Option<usize>),
    /// Those that were [named](Listing::list_these), by a number that tells them from others.
    These(u64),
}

/// One customer as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Position among the customers.
    pub customer: usize,
    /// In the smallest units of what the axes measure.
    pub values: [i64; 3],
    /// Money per order, to the cent or the data's finer unit, rounded half away from zero.
    pub mean_order: Money,
    /// R, F, M.
    pub scores: Cell,
    /// The segment's number.
    pub segment: usize,
}

/// A sorted, filtered list of customers.
#[derive(Clone, Debug)]
pub struct Listing {
    sort: Sort,
    selection: Selection,
    /// The order of the columns that the list was sorted by last, where no axis stands for them.
    sorted: Option<Sorted>,
    /// Where everybody's values lie, in the order of the list.
    trail: Option<Arc<Trail>>,
    /// The customers of a selection that names them, rising.
    these: Arc<Vec<CustomerIndex>>,
    /// How many such selections there were.
    named: u64,
    /// The parts, one after the other.
    parts: Vec<Part>,
    /// What puts customers into each part first, where the list is sorted by what cells tell: rising, so that it is negative
    /// where the list falls.
    groups: Vec<i64>,
    len: usize,
}

impl Listing {
    /// Lists customers of an analysis. What no axis stands for is sorted by here and now.
    #[must_use]
    pub fn new(analysis: &Analysis, sort: Sort, selection: Selection) -> Self {
        let mut listing = Self::empty(selection);
        if let Some(request) = listing.sort_wanted(analysis, sort) {
            listing.sorted = Some(request.build());
        }
        listing.sort = sort;
        listing.follow(analysis);
        listing
    }

    fn empty(selection: Selection) -> Self {
        let (parts, these) = (Vec::new(), Arc::default());
        Self {
            sort: Sort::default(),
            selection,
            sorted: None,
            trail: None,
            these,
            named: 0,
            parts,
            groups: Vec::new(),
            len: 0,
        }
    }

    /// How it is sorted.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// What it shows.
    #[must_use]
    pub const fn selection(&self) -> Selection {
        self.selection
    }

    /// Shows other customers.
    pub fn select(&mut self, analysis: &Analysis, selection: Selection) {
        self.selection = selection;
        self.follow(analysis);
    }

    /// Shows these customers alone, as far as a filter leaves them.
    pub fn list_these(&mut self, analysis: &Analysis, mut these: Vec<CustomerIndex>) {
        these.sort_unstable();
        self.these = Arc::new(these);
        self.named += 1;
        self.select(analysis, Selection::These(self.named));
    }

    /// Whether the order is there that the list would be read in if it were sorted so.
    #[must_use]
    pub fn is_sorted(&self, analysis: &Analysis, sort: Sort) -> bool {
        sorted::rest(sort).is_none_or(|rest| {
            axis_way(analysis, rest).is_some()
                || self.sorted.as_ref().is_some_and(|sorted| sorted.holds(analysis, sort))
        })
    }

    /// What must be sorted before the list can be sorted so; `None` when it can be at once.
    #[must_use]
    pub fn sort_wanted(&self, analysis: &Analysis, sort: Sort) -> Option<SortRequest> {
        let (selection, these) = (self.selection, &self.these);
        let request = || SortRequest { sort, selection, these: Arc::clone(these), analysis: analysis.clone() };
        (!self.is_sorted(analysis, sort)).then(request)
    }

    /// Sorts otherwise; what must be [sorted first](Listing::sort_wanted) changes nothing.
    pub fn sort_by(&mut self, analysis: &Analysis, sort: Sort) {
        if self.is_sorted(analysis, sort) {
            self.sort = sort;
            self.follow(analysis);
        }
    }

    /// Is to be sorted otherwise when it follows the next time; what is not sorted by then falls back to the default.
    pub const fn resort(&mut self, sort: Sort) {
        self.sort = sort;
    }

    /// Takes what was sorted meanwhile, and lists by it.
    pub fn adopt(&mut self, analysis: &Analysis, sort: Sort, sorted: Sorted) {
        self.sort = sort;
        self.sorted = Some(sorted);
        self.follow(analysis);
    }

    /// What makes every page quick to find, whatever is edited; `None` when it is there already.
    #[must_use]
    pub fn trail_wanted(&self, analysis: &Analysis) -> Option<TrailRequest> {
        if self.trail(analysis).is_some() { None } else { self.way(analysis).trail(analysis) }
    }

    /// Takes a trail that was made meanwhile; one of an order or of measures that are gone is passed over.
    pub fn take_trail(&mut self, trail: Arc<Trail>) {
        self.trail = Some(trail);
    }

    /// The trail of the present order.
    fn trail(&self, analysis: &Analysis) -> Option<&Trail> {
        self.trail.as_deref().filter(|trail| self.way(analysis).follows(analysis, trail))
    }

    /// Bytes that it takes beyond what the analysis takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let sorted = self.sorted.as_ref().map_or(0, |sorted| std::mem::size_of_val(sorted.order().as_slice()));
        sorted + self.trail.as_ref().map_or(0, |trail| trail.bytes())
    }

    /// Follows measures, cuts, scheme, filter or baseline that changed. Where the order is not known any more, it is sorted
    /// as by default.
    pub fn follow(&mut self, analysis: &Analysis) {
        if !self.is_sorted(analysis, self.sort) {
            self.sort = Sort::default();
        }
        (self.groups, self.parts) = self.parts_of(analysis);
        self.len = self.parts.iter().map(Part::len).sum();
    }

    /// How many customers it shows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it shows none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The customers from a place on, from 0, at most so many.
    #[must_use]
    pub fn customers(&self, analysis: &Analysis, from: usize, most: usize) -> Vec<CustomerIndex> {
        let mut listed = Vec::new();
        let (mut skip, trail) = (from, self.trail(analysis));
        for part in &self.parts {
            if listed.len() >= most {
                break;
            }
            if skip >= part.len() {
                skip -= part.len();
                continue;
            }
            let take = (most - listed.len()).min(part.len() - skip);
            listed.extend(part.customers(analysis, trail, skip, take));
            skip = 0;
        }
        listed
    }

    /// The rows from a place on, at most so many.
    pub fn rows<'a>(&self, analysis: &'a Analysis, from: usize, most: usize) -> impl Iterator<Item = Row> + use<'a> {
        self.customers(analysis, from, most).into_iter().map(|customer| row(analysis, customer as usize))
    }

    /// The list's parts: one, or one a group where it is sorted by what cells tell first.
    fn parts_of(&self, analysis: &Analysis) -> (Vec<i64>, Vec<Part>) {
        let way = self.way(analysis);
        let keys = sorted::groups(self.sort);
        let Some(chosen) = chosen_cells(analysis, self.selection) else {
            // Cells tell nothing of who is listed, but who is listed has a cell.
            let scorer = analysis.scorer();
            let mut parts: BTreeMap<Vec<i64>, Vec<CustomerIndex>> = BTreeMap::new();
            for customer in self.named(analysis) {
                parts.entry(group(analysis, &keys, scorer.cell(customer as usize))).or_default().push(customer);
            }
            let part = |(number, customers): (Vec<i64>, _)| {
                (number.first().copied().unwrap_or_default(), Part::listed(way.clone(), customers))
            };
            let (groups, parts) = parts.into_iter().map(part).unzip();
            return (if keys.is_empty() { Vec::new() } else { groups }, parts);
        };
        if keys.is_empty() {
            return (Vec::new(), vec![Part::of(analysis, way, chosen)]);
        }
        let groups: Vec<Vec<i64>> = cells(analysis).map(|cell| group(analysis, &keys, cell)).collect();
        let mut numbers = groups.clone();
        numbers.sort_unstable();
        numbers.dedup();
        let part = |number: Vec<i64>| {
            let chosen = chosen.iter().zip(&groups).map(|(chosen, group)| *chosen && *group == number).collect();
            (number.first().copied().unwrap_or_default(), Part::of(analysis, way.clone(), chosen))
        };
        numbers.into_iter().map(part).filter(|(_, part)| part.len() > 0).unzip()
    }

    fn groups(&self) -> &[i64] {
        &self.groups
    }

    /// The order that the parts are read in: by money, where nothing else is said.
    fn way(&self, analysis: &Analysis) -> Way {
        let Some(rest) = sorted::rest(self.sort) else { return Way::axis(Axis::Monetary, true) };
        if let Some(way) = axis_way(analysis, rest) {
            return way;
        }
        match &self.sorted {
            Some(sorted) if sorted.holds(analysis, self.sort) => Way::sorted(sorted.clone(), rest.first().descending),
            _ => Way::axis(Axis::Monetary, true),
        }
    }

    /// Customers whom cells do not tell: those that moved between segments, and those that were named.
    fn named(&self, analysis: &Analysis) -> Vec<CustomerIndex> {
        let mask = analysis.population().mask.as_deref();
        let is_looked_at = |customer: &CustomerIndex| mask.is_none_or(|mask| mask.has(*customer as usize));
        let moves = match self.selection {
            Selection::Moved(from, to) => Moves::of(analysis, from, to),
            Selection::These(_) => return self.these.iter().copied().filter(is_looked_at).collect(),
            Selection::All | Selection::Cells(_) | Selection::Segment(_) => return Vec::new(),
        };
        let (Some(before), Some(moves)) = (Before::of(analysis), moves) else { return Vec::new() };
        let wanted = |customer: &CustomerIndex| {
            let customer = *customer as usize;
            moves.has(before.segment(customer), analysis.segment_of(customer))
        };
        let customers = (0..analysis.customers().len() as CustomerIndex).into_par_iter();
        customers.filter(is_looked_at).filter(wanted).collect()
    }
}

/// What puts a cell into a group, the first group first.
fn group(analysis: &Analysis, keys: &[Key], cell: Cell) -> Vec<i64> {
    let value = |key: &Key| {
        let value = match key.column {
            Column::Field(Field::Segment) => analysis.map().segment(cell_index(analysis.map().bins(), cell)) as i64,
            Column::Field(Field::Score(axis)) => cell[axis.index()].into(),
            _ => cell_index(analysis.summary().bins(), cell) as i64,
        };
        if key.descending { -value } else { value }
    };
    keys.iter().map(value).collect()
}

/// The way along an axis that sorts by a column alone, where one does.
fn axis_way(analysis: &Analysis, sort: Sort) -> Option<Way> {
    if sort.keys().count() > 1 {
        return None;
    }
    let Key { column, descending } = sort.first();
    match column {
        Column::Axis(axis) => Some(Way::axis(axis, descending)),
        Column::Field(Field::Measure(measure)) if analysis.measured().measure(measure.axis()) == measure => {
            Some(Way::axis(measure.axis(), descending))
        }
        _ => None,
    }
}

/// The score cell of every cell of the grid.
fn cells(analysis: &Analysis) -> impl Iterator<Item = Cell> + '_ {
    let scores = analysis.grid().scores(&analysis.setting().cuts);
    analysis.grid().cells().map(move |([r, f, m], _)| [scores[0][r], scores[1][f], scores[2][m]])
}

/// Which cells of the grid a selection takes; `None` where cells do not tell.
fn chosen_cells(analysis: &Analysis, selection: Selection) -> Option<Vec<bool>> {
    let map = analysis.map();
    match selection {
        Selection::All => Some(vec![true; analysis.grid().bounds().bins().iter().product()]),
        Selection::Cells(pattern) => Some(cells(analysis).map(|cell| matches(pattern, cell)).collect()),
        Selection::Segment(segment) => {
            Some(cells(analysis).map(|cell| map.segment(cell_index(map.bins(), cell)) == segment).collect())
        }
        Selection::Moved(from, to) => {
            let moves = Moves::of(analysis, from, to)?;
            let both = Cells::of(analysis)?;
            Some(both.segments.iter().map(|(before, now)| moves.has(*before, *now)).collect())
        }
        Selection::These(_) => None,
    }
}

/// A customer as the list shows it. Panics beyond the customers, like a slice.
#[must_use]
pub fn row(analysis: &Analysis, customer: usize) -> Row {
    let measured = analysis.measured();
    let scores = analysis.scorer().cell(customer);
    Row {
        customer,
        values: Axis::ALL.map(|axis| measured.value(axis, customer)),
        mean_order: mean_order(analysis.customers(), customer),
        scores,
        segment: analysis.map().segment(cell_index(analysis.map().bins(), scores)),
    }
}
