//! The customer list: sorted by any column, filtered by a selection, made a page at a time.
//!
//! Nothing is filtered or sorted ahead. The grid tells how many customers each part of the list has, so parts before the
//! page are passed over; within a part the customers are read off an order that exists, with the help of its [`Trail`], or,
//! until that is made, gathered and sorted where those wanted are few among many.

mod trail;
mod walk;

use std::sync::Arc;

use rayon::prelude::*;

use super::analysis::Analysis;
use super::index::Order;
use super::migration::{Before, Cells};
use super::radix::order_by_key;
use super::summary::matches;
use crate::model::customers::{Axis, CustomerIndex, Customers};
use crate::model::measured::mean_order;
use crate::model::measures::{Monetary, Recency};
use crate::model::money::Money;
use crate::model::scheme::{Cell, cell_index};
pub use trail::{Trail, TrailRequest};
use walk::{Part, Way};

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Column {
    /// The id.
    Customer,
    /// Days to the as-of date.
    #[value(alias = "recency_days", alias = "r")]
    Recency,
    /// Orders, days or rows.
    #[value(alias = "f")]
    Frequency,
    /// Money.
    #[value(alias = "m")]
    Monetary,
    /// Money per order.
    MeanOrder,
    /// Day of the first order.
    FirstOrder,
    /// Day of the last order.
    LastOrder,
    /// The three scores.
    Scores,
    /// The segment, in the scheme's order.
    Segment,
}

impl Column {
    /// All columns, in the order they are shown in.
    pub const ALL: [Self; 9] = [
        Self::Customer,
        Self::Recency,
        Self::Frequency,
        Self::Monetary,
        Self::MeanOrder,
        Self::FirstOrder,
        Self::LastOrder,
        Self::Scores,
        Self::Segment,
    ];

    /// The column's name on the screen; options write it with `-` for the blank.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Recency => "recency",
            Self::Frequency => "frequency",
            Self::Monetary => "monetary",
            Self::MeanOrder => "mean order",
            Self::FirstOrder => "first order",
            Self::LastOrder => "last order",
            Self::Scores => "scores",
            Self::Segment => "segment",
        }
    }

    /// Whether one looks at the largest first.
    #[must_use]
    pub const fn descends(self) -> bool {
        matches!(self, Self::Frequency | Self::Monetary | Self::MeanOrder | Self::LastOrder | Self::Scores)
    }

    /// The axis whose order is the column's.
    const fn axis(self) -> Option<Axis> {
        match self {
            Self::Recency => Some(Axis::Recency),
            Self::Frequency => Some(Axis::Frequency),
            Self::Monetary => Some(Axis::Monetary),
            _ => None,
        }
    }
}

/// How the list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// Largest first.
    pub descending: bool,
}

impl Sort {
    /// By a column, the way one looks at it first.
    #[must_use]
    pub const fn by(column: Column) -> Self {
        Self { column, descending: column.descends() }
    }
}

impl Default for Sort {
    fn default() -> Self {
        Self::by(Column::Monetary)
    }
}

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
    /// Those that went from a segment of the baseline to a segment, by their numbers; `None`: to any other.
    Moved(usize, Option<usize>),
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

/// What sorting by a column that no axis stands for needs; done in another thread, it is [adopted](Listing::adopt).
#[derive(Clone, Debug)]
pub struct SortRequest {
    sort: Sort,
    customers: Arc<Customers>,
}

impl SortRequest {
    /// Sorts everybody.
    #[must_use]
    pub fn build(&self) -> Sorted {
        let customers = &self.customers;
        let by = |key: &(dyn Fn(usize) -> i64 + Sync)| order_by_key(customers.len(), key);
        let order = match self.sort.column {
            Column::MeanOrder => by(&|customer| mean_order(customers, customer).minor as i64),
            Column::FirstOrder => by(&|customer| customers.first_order.get(customer)),
            Column::LastOrder => by(&|customer| customers.last_order.get(customer)),
            _ => {
                let mut order: Vec<CustomerIndex> = (0..customers.len() as CustomerIndex).collect();
                order.par_sort_unstable_by_key(|customer| (customers.ids.get(*customer as usize), *customer));
                order
            }
        };
        Sorted { sort: self.sort, order: Arc::new(order) }
    }
}

/// Everybody by a column, rising; equal ones by position.
#[derive(Clone, Debug)]
pub struct Sorted {
    sort: Sort,
    order: Order,
}

impl Sorted {
    /// What it was sorted for.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        self.sort
    }
}

/// A sorted, filtered list of customers.
#[derive(Clone, Debug)]
pub struct Listing {
    sort: Sort,
    selection: Selection,
    /// The order of the column that the list was sorted by last, where no axis stands for it.
    sorted: Option<Sorted>,
    /// Where everybody's values lie, in the order of the list.
    trail: Option<Arc<Trail>>,
    /// The parts, one after the other.
    parts: Vec<Part>,
    len: usize,
}

impl Listing {
    /// Lists customers of an analysis. A column that no axis stands for is sorted by here and now.
    #[must_use]
    pub fn new(analysis: &Analysis, sort: Sort, selection: Selection) -> Self {
        let mut listing =
            Self { sort: Sort::default(), selection, sorted: None, trail: None, parts: Vec::new(), len: 0 };
        if let Some(request) = listing.sort_wanted(analysis, sort) {
            listing.sorted = Some(request.build());
        }
        listing.sort = sort;
        listing.follow(analysis);
        listing
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

    /// What must be sorted before the list can be sorted so; `None` when it can be at once.
    #[must_use]
    pub fn sort_wanted(&self, analysis: &Analysis, sort: Sort) -> Option<SortRequest> {
        let at_once = match sort.column {
            Column::Scores | Column::Segment => true,
            column => {
                axis_way(analysis, sort).is_some()
                    || self.sorted.as_ref().is_some_and(|sorted| sorted.sort.column == column)
            }
        };
        (!at_once).then(|| SortRequest { sort, customers: Arc::clone(analysis.measured().customers()) })
    }

    /// Sorts otherwise; a column that must be [sorted first](Listing::sort_wanted) changes nothing.
    pub fn sort_by(&mut self, analysis: &Analysis, sort: Sort) {
        if self.sort_wanted(analysis, sort).is_none() {
            self.sort = sort;
            self.follow(analysis);
        }
    }

    /// Takes what was sorted meanwhile, and lists by it.
    pub fn adopt(&mut self, analysis: &Analysis, sorted: Sorted) {
        self.sort = sorted.sort;
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
        let sorted = self.sorted.as_ref().map_or(0, |sorted| std::mem::size_of_val(sorted.order.as_slice()));
        sorted + self.trail.as_ref().map_or(0, |trail| trail.bytes())
    }

    /// Follows measures, cuts, scheme, filter or baseline that changed.
    pub fn follow(&mut self, analysis: &Analysis) {
        if axis_way(analysis, self.sort).is_none() && !matches!(self.sort.column, Column::Scores | Column::Segment) {
            // A measure that stood for the column may be gone.
            let known = self.sorted.as_ref().is_some_and(|sorted| sorted.sort.column == self.sort.column);
            if !known {
                self.sort = Sort::default();
            }
        }
        self.parts = self.parts_of(analysis);
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

    /// The list's parts: one, or one a score cell or segment where it is sorted by those.
    fn parts_of(&self, analysis: &Analysis) -> Vec<Part> {
        let way = self.way(analysis);
        let Some(chosen) = chosen_cells(analysis, self.selection) else {
            return vec![Part::listed(way, self.moved(analysis))];
        };
        let group: Box<dyn Fn(Cell) -> usize> = match self.sort.column {
            Column::Scores => Box::new(|cell| cell_index(analysis.summary().bins(), cell)),
            Column::Segment => Box::new(|cell| analysis.map().segment(cell_index(analysis.map().bins(), cell))),
            _ => return vec![Part::of(analysis, way, chosen)],
        };
        let groups = cells(analysis).map(group).collect::<Vec<_>>();
        let most = groups.iter().max().map_or(0, |most| most + 1);
        let part = |number: usize| {
            let chosen = chosen.iter().zip(&groups).map(|(chosen, group)| *chosen && *group == number).collect();
            Part::of(analysis, way.clone(), chosen)
        };
        let mut parts: Vec<Part> = (0..most).map(part).filter(|part| part.len() > 0).collect();
        if self.sort.descending {
            parts.reverse();
        }
        parts
    }

    /// The order that the parts are read in: by money, where they are groups.
    fn way(&self, analysis: &Analysis) -> Way {
        if let Some(way) = axis_way(analysis, self.sort) {
            return way;
        }
        match &self.sorted {
            Some(sorted) if sorted.sort.column == self.sort.column => {
                let Sort { column, descending } = self.sort;
                Way::listed(column, &sorted.order, descending)
            }
            _ => Way::axis(Axis::Monetary, true),
        }
    }

    /// Those that moved between segments, where the grid does not tell them.
    fn moved(&self, analysis: &Analysis) -> Vec<CustomerIndex> {
        let (Selection::Moved(from, to), Some(before)) = (self.selection, Before::of(analysis)) else {
            return Vec::new();
        };
        let names = analysis.baseline().map(|(baseline, _)| baseline.scheme.segment_name(from));
        let wanted = |customer: &CustomerIndex| {
            let customer = *customer as usize;
            let now = analysis.segment_of(customer);
            let arrived = match to {
                Some(to) => now == to,
                None => names != Some(analysis.scheme().segment_name(now)),
            };
            arrived && before.segment(customer) == from
        };
        let mask = analysis.population().mask.as_deref();
        let customers = (0..analysis.customers().len()).into_par_iter();
        let looked_at = customers.filter(|customer| mask.is_none_or(|mask| mask.has(*customer)));
        looked_at.map(|customer| customer as CustomerIndex).filter(wanted).collect()
    }
}

/// The way along an axis that sorts by a column, where one does.
fn axis_way(analysis: &Analysis, sort: Sort) -> Option<Way> {
    let measures = analysis.measured().measures();
    if let Some(axis) = sort.column.axis() {
        return Some(Way::axis(axis, sort.descending));
    }
    match sort.column {
        // The later the last order, the fewer the days.
        Column::LastOrder if measures.recency == Recency::Days => Some(Way::axis(Axis::Recency, !sort.descending)),
        Column::MeanOrder if measures.monetary == Monetary::MeanOrder => {
            Some(Way::axis(Axis::Monetary, sort.descending))
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
            let (baseline, _) = analysis.baseline()?;
            let both = Cells::of(analysis)?;
            let name = baseline.scheme.segment_name(from);
            let arrived = |now: usize| match to {
                Some(to) => now == to,
                None => analysis.scheme().segment_name(now) != name,
            };
            Some(both.segments.iter().map(|(before, now)| *before == from && arrived(*now)).collect())
        }
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
