//! One part of a list: some cells of the grid, read in an order.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::sorted::{Sorted, best};
use super::trail::{Search, Trail, TrailRequest};
use crate::engine::analysis::Analysis;
use crate::engine::grid::others_of;
use crate::engine::index::Order;
use crate::engine::profile::Profile;
use crate::model::customers::{Axis, CustomerIndex};

/// Looking at one customer after the other is worth it for at most so many; few in tests, so that they gather too.
const MOST_LOOKS: usize = if cfg!(test) { 200 } else { 40_000 };

/// Gathering and sorting customers is worth it for at most so many.
const MOST_GATHERED: usize = 200_000;

/// The order that customers are read in.
#[derive(Clone, Debug)]
pub(super) struct Way {
    by: By,
    descending: bool,
}

#[derive(Clone, Debug)]
enum By {
    Axis(Axis),
    /// Everybody by some columns.
    Sorted(Sorted),
}

impl Way {
    pub(super) const fn axis(axis: Axis, descending: bool) -> Self {
        Self { by: By::Axis(axis), descending }
    }

    pub(super) const fn sorted(sorted: Sorted, descending: bool) -> Self {
        Self { by: By::Sorted(sorted), descending }
    }

    /// The customers in rising order.
    fn order<'a>(&'a self, analysis: &'a Analysis) -> &'a [CustomerIndex] {
        match &self.by {
            By::Axis(axis) => analysis.index().order(*axis),
            By::Sorted(sorted) => sorted.order(),
        }
    }

    /// Everybody in rising order, filtered or not.
    fn everybody<'a>(&'a self, analysis: &'a Analysis) -> Option<&'a Order> {
        match &self.by {
            By::Axis(axis) => analysis.order_of(analysis.measured().measure(*axis)),
            By::Sorted(sorted) => Some(sorted.order()),
        }
    }

    /// Whether a trail is of this order.
    pub(super) fn follows(&self, analysis: &Analysis, trail: &Trail) -> bool {
        self.everybody(analysis).is_some_and(|order| trail.fits(order, analysis.measured().measures()))
    }

    /// What a trail of this order is made from.
    pub(super) fn trail(&self, analysis: &Analysis) -> Option<TrailRequest> {
        let measured = analysis.measured();
        let order_of = |axis: Axis| analysis.order_of(measured.measure(axis)).map(Arc::clone);
        let [recency, frequency, monetary] = Axis::ALL.map(order_of);
        let own = match self.by {
            By::Axis(axis) => Some(axis),
            By::Sorted(_) => None,
        };
        Some(TrailRequest {
            measured: measured.clone(),
            orders: [recency?, frequency?, monetary?],
            order: Arc::clone(self.everybody(analysis)?),
            own,
        })
    }

    /// How two customers stand to each other in rising order.
    fn rising(&self, analysis: &Analysis, one: CustomerIndex, other: CustomerIndex) -> Ordering {
        match &self.by {
            By::Axis(axis) => {
                let value = |customer: CustomerIndex| analysis.measured().value(*axis, customer as usize);
                (value(one), one).cmp(&(value(other), other))
            }
            By::Sorted(sorted) => sorted.rising(analysis, [one as usize, other as usize]),
        }
    }

    /// Sorts customers as the order has them, and keeps `take` after the first `skip`.
    fn select(
        &self,
        analysis: &Analysis,
        mut customers: Vec<CustomerIndex>,
        skip: usize,
        take: usize,
    ) -> Vec<CustomerIndex> {
        let compare = |a: &CustomerIndex, b: &CustomerIndex| {
            let rising = self.rising(analysis, *a, *b);
            if self.descending { rising.reverse() } else { rising }
        };
        let end = skip.saturating_add(take).min(customers.len());
        if end < customers.len() {
            customers.select_nth_unstable_by(end, compare);
            customers.truncate(end);
        }
        if skip > 0 && skip < customers.len() {
            customers.select_nth_unstable_by(skip, compare);
        }
        let mut page = customers.split_off(skip.min(customers.len()));
        page.sort_unstable_by(compare);
        page
    }
}

/// Some cells of the grid, read in an order; or customers that cells do not tell.
#[derive(Clone, Debug)]
pub(super) struct Part {
    way: Way,
    who: Who,
    /// Stretches of the order, in the order that they are read.
    spans: Vec<Span>,
    len: usize,
}

#[derive(Clone, Debug)]
enum Who {
    /// Those of some cells.
    Cells(Vec<bool>),
    /// These.
    These(Vec<CustomerIndex>),
}

/// A stretch of the order: a bin of the axis that is sorted by, or everybody.
#[derive(Clone, Debug)]
struct Span {
    ranks: Range<usize>,
    bin: Option<usize>,
    /// How many of them are wanted.
    len: usize,
}

impl Part {
    /// The customers of some cells of the grid.
    pub(super) fn of(analysis: &Analysis, way: Way, cells: Vec<bool>) -> Self {
        let mut spans = match &way.by {
            By::Axis(axis) => spans(analysis, *axis, &cells),
            By::Sorted(sorted) => {
                let order = sorted.order();
                let wanted = analysis.grid().cells().zip(&cells).filter(|(_, chosen)| **chosen);
                let len = wanted.map(|((_, tally), _)| tally.customers as usize).sum();
                vec![Span { ranks: 0..order.len(), bin: None, len }]
            }
        };
        if way.descending {
            spans.reverse();
        }
        let len = spans.iter().map(|span| span.len).sum();
        Self { way, who: Who::Cells(cells), spans, len }
    }

    /// These customers.
    pub(super) fn listed(way: Way, customers: Vec<CustomerIndex>) -> Self {
        let len = customers.len();
        Self { way, who: Who::These(customers), spans: Vec::new(), len }
    }

    /// The first customers in an order that nobody is sorted by yet, at most so many.
    pub(super) fn best(
        &self,
        analysis: &Analysis,
        most: usize,
        compare: &(impl Fn(&CustomerIndex, &CustomerIndex) -> Ordering + Sync),
    ) -> Vec<CustomerIndex> {
        match &self.who {
            Who::Cells(cells) => {
                let wanted = Wanted { analysis, cells, known: None };
                best(analysis.customers().len(), most, |customer| wanted.has(customer), compare)
            }
            Who::These(customers) => {
                let mut customers = customers.clone();
                customers.sort_unstable_by(compare);
                customers.truncate(most);
                customers
            }
        }
    }

    /// Tells who is among them.
    pub(super) fn tells<'a>(&'a self, analysis: &'a Analysis) -> impl Fn(CustomerIndex) -> bool + Sync + 'a {
        let wanted = match &self.who {
            Who::Cells(cells) => Some(Wanted { analysis, cells, known: None }),
            Who::These(_) => None,
        };
        move |customer| match (&self.who, &wanted) {
            (Who::These(these), _) => these.binary_search(&customer).is_ok(),
            (Who::Cells(_), Some(wanted)) => wanted.has(customer as usize),
            (Who::Cells(_), None) => false,
        }
    }

    /// The place of a customer among them, from 0; `None` where they are not.
    pub(super) fn place_of(&self, analysis: &Analysis, customer: CustomerIndex) -> Option<usize> {
        if !self.tells(analysis)(customer) {
            return None;
        }
        let cells = match &self.who {
            Who::Cells(cells) => cells,
            Who::These(these) => {
                let rising = |other: &&CustomerIndex| self.way.rising(analysis, **other, customer).is_lt();
                let before = these.iter().filter(rising).count();
                return Some(if self.way.descending { these.len() - 1 - before } else { before });
            }
        };
        let whole = self.way.order(analysis);
        let rank = whole.partition_point(|other| self.way.rising(analysis, *other, customer).is_lt());
        let mut before = 0;
        for span in &self.spans {
            if !span.ranks.contains(&rank) {
                before += span.len;
                continue;
            }
            let nearer = if self.way.descending { rank + 1..span.ranks.end } else { span.ranks.start..rank };
            if span.len == span.ranks.len() {
                return Some(before + nearer.len());
            }
            let wanted = Wanted::of(analysis, cells, &self.way, span.bin);
            return Some(before + whole[nearer].par_iter().filter(|other| wanted.has(**other as usize)).count());
        }
        None
    }

    /// How many customers.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// The customers from a place on, at most so many.
    pub(super) fn customers(
        &self,
        analysis: &Analysis,
        trail: Option<&Trail>,
        skip: usize,
        take: usize,
    ) -> Vec<CustomerIndex> {
        let cells = match &self.who {
            Who::Cells(cells) => cells,
            Who::These(customers) => return self.way.select(analysis, customers.clone(), skip, take),
        };
        let mut listed = Vec::new();
        let mut skip = skip;
        for span in &self.spans {
            if listed.len() >= take {
                break;
            }
            if skip >= span.len {
                skip -= span.len;
                continue;
            }
            let wanted = (take - listed.len()).min(span.len - skip);
            listed.extend(self.span_customers(analysis, trail, cells, span, skip..skip + wanted));
            skip = 0;
        }
        listed
    }

    /// Those at some places among a span's wanted customers; there are that many.
    fn span_customers(
        &self,
        analysis: &Analysis,
        trail: Option<&Trail>,
        cells: &[bool],
        span: &Span,
        places: Range<usize>,
    ) -> Vec<CustomerIndex> {
        let (skip, take) = (places.start, places.len());
        let order = &self.way.order(analysis)[span.ranks.clone()];
        if span.len == order.len() {
            // All of them are wanted: the places are the ranks.
            let customers = skip..skip + take;
            return if self.way.descending {
                order[order.len() - customers.end..order.len() - customers.start].iter().rev().copied().collect()
            } else {
                order[customers].to_vec()
            };
        }
        // From the nearer end, on or back.
        let after = span.len - skip - take;
        let back = after < skip;
        let from_end = self.way.descending != back;
        if let Some(trail) = trail {
            let search = Search { analysis, cells, bin: span.bin, of: span.len, from_end };
            let mut page = trail.page(&search, if back { after } else { skip }, take);
            if back {
                page.reverse();
            }
            return page;
        }
        let looks = (skip.min(after) + take).saturating_mul(order.len() / span.len.max(1));
        if looks > MOST_LOOKS && span.len <= MOST_GATHERED {
            let gathered = gather(analysis, cells, &self.way, span);
            return self.way.select(analysis, gathered, skip, take);
        }
        let wanted = Wanted::of(analysis, cells, &self.way, span.bin);
        let found = |customer: &CustomerIndex| wanted.has(*customer as usize);
        let skip = if back { after } else { skip };
        let mut page: Vec<CustomerIndex> = if from_end {
            order.iter().rev().copied().filter(found).skip(skip).take(take).collect()
        } else {
            order.iter().copied().filter(found).skip(skip).take(take).collect()
        };
        if back {
            page.reverse();
        }
        page
    }
}

/// The bins of an axis that have wanted customers, each as a stretch of the axis's order.
fn spans(analysis: &Analysis, axis: Axis, cells: &[bool]) -> Vec<Span> {
    let bins = analysis.grid().bounds().bins()[axis.index()];
    let (mut all, mut wanted) = (vec![0; bins], vec![0; bins]);
    for ((bin, tally), chosen) in analysis.grid().cells().zip(cells) {
        all[bin[axis.index()]] += tally.customers as usize;
        wanted[bin[axis.index()]] += if *chosen { tally.customers as usize } else { 0 };
    }
    let mut spans = Vec::new();
    let mut start = 0;
    for bin in 0..bins {
        let ranks = start..start + all[bin];
        start = ranks.end;
        if wanted[bin] > 0 {
            spans.push(Span { ranks, bin: Some(bin), len: wanted[bin] });
        }
    }
    spans
}

/// Tells who is wanted.
struct Wanted<'a> {
    analysis: &'a Analysis,
    cells: &'a [bool],
    /// The axis whose bin is known, with its bin.
    known: Option<(Axis, usize)>,
}

impl<'a> Wanted<'a> {
    fn of(analysis: &'a Analysis, cells: &'a [bool], way: &Way, bin: Option<usize>) -> Self {
        let known = match way.by {
            By::Axis(axis) => bin.map(|bin| (axis, bin)),
            By::Sorted(_) => None,
        };
        Self { analysis, cells, known }
    }

    fn has(&self, customer: usize) -> bool {
        // An axis's order holds only those that a filter leaves; other orders hold everybody.
        let left = || self.analysis.population().mask.as_ref().is_none_or(|mask| mask.has(customer));
        let bounds = self.analysis.grid().bounds();
        let bin = |axis: Axis| match self.known {
            Some((known, bin)) if known == axis => bin,
            _ => bounds.bin(axis, self.analysis.measured().value(axis, customer)),
        };
        let [recency, frequency, monetary] = Axis::ALL.map(bin);
        let [_, rows, columns] = bounds.bins();
        self.cells[(recency * rows + frequency) * columns + monetary] && (self.known.is_some() || left())
    }
}

/// All wanted customers of a span, in no order.
fn gather(analysis: &Analysis, cells: &[bool], way: &Way, span: &Span) -> Vec<CustomerIndex> {
    let own = match way.by {
        By::Axis(axis) => span.bin.map(|bin| (axis, bin)),
        By::Sorted(_) => None,
    };
    let [_, f, m] = analysis.grid().bounds().bins();
    // Only this bin of the axis that is sorted by.
    let chosen: Vec<bool> = cells
        .iter()
        .enumerate()
        .map(|(place, chosen)| {
            let bins = [place / (f * m), place / m % f, place % m];
            *chosen && own.is_none_or(|(axis, bin)| bins[axis.index()] == bin)
        })
        .collect();
    match analysis.any_profile() {
        Some(profile) => gather_by_profile(analysis, &chosen, profile),
        None => gather_by_codes(analysis, &chosen),
    }
}

/// Reads off the profile who is in the cells: blocks without any are passed over.
fn gather_by_profile(analysis: &Analysis, chosen: &[bool], profile: &Profile) -> Vec<CustomerIndex> {
    let (axis, bounds) = (profile.axis(), analysis.grid().bounds());
    let bins = bounds.bins();
    let [a, b] = others_of(axis);
    let second = bins[b.index()];
    let order = analysis.index().order(axis);
    let mut gathered = Vec::new();
    let mut start = 0;
    for bin in 0..bins[axis.index()] {
        let end = bounds.axis(axis).get(bin).map_or(order.len(), |bound| analysis.population().rank(axis, *bound));
        let is_chosen = |combination: usize| {
            let mut place = [0; 3];
            place[axis.index()] = bin;
            place[a.index()] = combination / second;
            place[b.index()] = combination % second;
            chosen[(place[0] * bins[1] + place[1]) * bins[2] + place[2]]
        };
        let wanted: Vec<bool> = (0..bins[a.index()] * second).map(is_chosen).collect();
        if wanted.contains(&true) && start < end {
            for block in start / profile.block()..=(end - 1) / profile.block() {
                let (before, after) = (profile.row(block), profile.row(block + 1));
                let any = |at: usize| wanted[at] && after[at].customers > before[at].customers;
                if (0..wanted.len()).any(any) {
                    let ranks = (block * profile.block()).max(start)..((block + 1) * profile.block()).min(end);
                    gathered.extend(ranks.filter(|rank| wanted[profile.combination(*rank)]).map(|rank| order[rank]));
                }
            }
        }
        start = end.max(start);
    }
    gathered
}

/// Looks at everybody, in vector instructions.
fn gather_by_codes(analysis: &Analysis, chosen: &[bool]) -> Vec<CustomerIndex> {
    const CHUNK: usize = 16_384;
    let (measured, bounds) = (analysis.measured(), analysis.grid().bounds());
    let mask = analysis.population().mask.as_deref();
    let [_, f, m] = bounds.bins();
    let chunks = (0..measured.len().div_ceil(CHUNK)).into_par_iter().map(|chunk| {
        let range = chunk * CHUNK..((chunk + 1) * CHUNK).min(measured.len());
        let mut codes = [const { Vec::new() }; 3];
        for (axis, codes) in Axis::ALL.into_iter().zip(&mut codes) {
            codes.resize(range.len(), 0);
            measured.bins_of(axis, bounds.axis(axis), range.clone(), codes);
        }
        let place =
            |at: usize| (usize::from(codes[0][at]) * f + usize::from(codes[1][at])) * m + usize::from(codes[2][at]);
        let wanted = (0..range.len()).filter(|at| chosen[place(*at)]).map(|at| range.start + at);
        let left = wanted.filter(|customer| mask.is_none_or(|mask| mask.has(*customer)));
        left.map(|customer| customer as CustomerIndex).collect::<Vec<_>>()
    });
    chunks.collect::<Vec<_>>().concat()
}
