//! The customer list: sorted by any column, filtered by a selection, read a page at a time.

use rayon::prelude::*;

use super::analysis::Analysis;
use super::radix::order_by_key;
use super::summary::matches;
use crate::model::customers::{Axis, CustomerIndex};
use crate::model::money::Money;
use crate::model::scheme::{Cell, cell_index};

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
    /// Net money.
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

/// Which customers are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    #[default]
    All,
    /// Those with some scores; an axis without a score takes all.
    Cells([Option<u8>; 3]),
    /// Those of a segment, by its number.
    Segment(usize),
}

/// One customer as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Position among the customers.
    pub customer: usize,
    /// Days, count, minor units.
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
    /// All customers by the sort column, rising.
    order: Vec<CustomerIndex>,
    /// Those selected, in the same order; `None`: all.
    selected: Option<Vec<CustomerIndex>>,
}

impl Listing {
    /// Sorts and filters the customers of an analysis.
    #[must_use]
    pub fn new(analysis: &Analysis, sort: Sort, selection: Selection) -> Self {
        let mut listing = Self { sort, selection, order: order_by(analysis, sort.column), selected: None };
        listing.filter(analysis);
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
        self.filter(analysis);
    }

    /// Sorts otherwise.
    pub fn sort_by(&mut self, analysis: &Analysis, sort: Sort) {
        if sort.column != self.sort.column {
            self.order = order_by(analysis, sort.column);
            self.sort = sort;
            self.filter(analysis);
        }
        self.sort = sort;
    }

    /// Follows cuts or a scheme that changed.
    pub fn follow(&mut self, analysis: &Analysis) {
        if matches!(self.sort.column, Column::Scores | Column::Segment) {
            self.order = order_by(analysis, self.sort.column);
        }
        self.filter(analysis);
    }

    fn filter(&mut self, analysis: &Analysis) {
        let scorer = analysis.scorer();
        let map = analysis.map();
        let keep = |customer: &CustomerIndex| {
            let cell = scorer.cell(*customer as usize);
            match self.selection {
                Selection::All => true,
                Selection::Cells(pattern) => matches(pattern, cell),
                Selection::Segment(segment) => map.segment(cell_index(map.bins(), cell)) == segment,
            }
        };
        self.selected = match self.selection {
            Selection::All => None,
            _ => Some(self.order.par_iter().copied().filter(keep).collect()),
        };
    }

    /// How many customers it shows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown().len()
    }

    /// Whether it shows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown().is_empty()
    }

    fn shown(&self) -> &[CustomerIndex] {
        self.selected.as_deref().unwrap_or(&self.order)
    }

    /// The customer at a place of the list, from 0.
    #[must_use]
    pub fn customer(&self, place: usize) -> Option<usize> {
        let shown = self.shown();
        let place = if self.sort.descending { shown.len().checked_sub(place + 1)? } else { place };
        shown.get(place).map(|customer| *customer as usize)
    }

    /// The rows from a place on, at most so many.
    pub fn rows<'a>(&'a self, analysis: &'a Analysis, from: usize, most: usize) -> impl Iterator<Item = Row> + use<'a> {
        (from..from.saturating_add(most))
            .map_while(|place| self.customer(place))
            .map(|customer| row(analysis, customer))
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
        mean_order: mean_order(analysis, customer),
        scores,
        segment: analysis.map().segment(cell_index(analysis.map().bins(), scores)),
    }
}

fn mean_order(analysis: &Analysis, customer: usize) -> Money {
    let customers = analysis.customers();
    Money::mean(customers.monetary[customer].into(), customers.orders[customer].into(), customers.scale)
}

/// All customers by a column, rising; equal ones by position.
fn order_by(analysis: &Analysis, column: Column) -> Vec<CustomerIndex> {
    let (customers, index) = (analysis.customers(), analysis.index());
    let by = |key: &(dyn Fn(usize) -> i64 + Sync)| order_by_key(customers.len(), key);
    match column {
        Column::Recency => index.order(Axis::Recency).to_vec(),
        Column::Frequency => index.order(Axis::Frequency).to_vec(),
        Column::Monetary => index.order(Axis::Monetary).to_vec(),
        // A mean fits 64 bits: it is no larger than the sum, whose scale leaves room for cents.
        Column::MeanOrder => by(&|customer| mean_order(analysis, customer).minor as i64),
        Column::FirstOrder => by(&|customer| customers.first_order[customer].0.into()),
        Column::LastOrder => by(&|customer| customers.last_order[customer].0.into()),
        Column::Scores => {
            let scorer = analysis.scorer();
            by(&|customer| cell_index(scorer.bins(), scorer.cell(customer)) as i64)
        }
        Column::Segment => by(&|customer| analysis.segment_of(customer) as i64),
        Column::Customer => {
            let mut order: Vec<CustomerIndex> = (0..customers.len() as CustomerIndex).collect();
            order.par_sort_unstable_by_key(|customer| (customers.ids.get(*customer as usize), *customer));
            order
        }
    }
}
