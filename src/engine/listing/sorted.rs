//! Everybody in the order of a list, where no axis has it; and the first page of it, before everybody is sorted.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::column::{Key, KeyValues, compare};
use super::{Listing, Selection, Sort};
use crate::engine::analysis::Analysis;
use crate::engine::index::Order;
use crate::engine::radix::order_by_key;
use crate::model::customers::CustomerIndex;
use crate::model::field::FieldId;

/// Customers that one task looks at.
const CHUNK: usize = if cfg!(test) { 64 } else { 1 << 16 };

/// What sorting by columns that no axis stands for needs; done in another thread, it is [adopted](Listing::adopt).
#[derive(Clone, Debug)]
pub struct SortRequest {
    pub(super) sort: Sort,
    pub(super) selection: Selection,
    pub(super) these: Arc<Vec<CustomerIndex>>,
    pub(super) analysis: Analysis,
}

/// The first rows of a list that is being sorted.
#[derive(Clone, Debug)]
pub struct FirstPage {
    pub(super) sort: Sort,
    pub(super) selection: Selection,
    pub(super) version: u64,
    pub(super) customers: Vec<CustomerIndex>,
}

impl SortRequest {
    /// The sort that it is for.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// Sorts everybody, whoever is listed: the order outlives filters and cuts.
    #[must_use]
    pub fn build(&self) -> Sorted {
        let keys: Vec<Key> = self.sort.keys().filter(|key| !key.column.follows_cuts()).collect();
        let values = KeyValues::of(&self.analysis, &keys);
        let order = match (values.as_slice(), keys.as_slice()) {
            ([only], [_]) if !only.is_id => by_numbers(self.analysis.customers().len(), only),
            _ => by_comparing(&self.analysis, &values),
        };
        let keys = keys.into_iter().map(|key| (key, key.column.field(&self.analysis))).collect();
        Sorted { keys, values: values.into(), order: Arc::new(order) }
    }

    /// The first rows, at most so many: picked out of all without sorting them.
    #[must_use]
    pub fn first_page(&self, most: usize) -> FirstPage {
        let mut listing = Listing { these: Arc::clone(&self.these), ..Listing::empty(self.selection) };
        // Groups come from the cells; the order within them does not matter yet.
        listing.sort = Sort::of(&groups(self.sort)).unwrap_or_default();
        listing.follow(&self.analysis);
        let keys: Vec<Key> = self.sort.keys().filter(|key| !key.column.follows_cuts()).collect();
        let values = KeyValues::of(&self.analysis, &keys);
        let compare = |one: &CustomerIndex, other: &CustomerIndex| {
            compare(&self.analysis, &values, [*one as usize, *other as usize])
        };
        let mut customers = Vec::new();
        for part in &listing.parts {
            let missing = most.saturating_sub(customers.len());
            if missing == 0 {
                break;
            }
            customers.extend(part.best(&self.analysis, missing, &compare));
        }
        FirstPage { sort: self.sort, selection: self.selection, version: self.analysis.version(), customers }
    }
}

/// Everybody by one column of numbers, rising as [`Sorted`] has it.
fn by_numbers(count: usize, key: &KeyValues) -> Vec<CustomerIndex> {
    let values = (0..count).into_par_iter().filter_map(|customer| key.values.get(customer));
    let (low, high) = values
        .fold(|| (i64::MAX, i64::MIN), |(low, high), value| (low.min(value), high.max(value)))
        .reduce(|| (i64::MAX, i64::MIN), |(a, b), (c, d)| (a.min(c), b.max(d)));
    // Read backwards, whoever stands first comes last.
    let missing = if key.descending { low.saturating_sub(1) } else { high.saturating_add(1) };
    order_by_key(count, |customer| key.values.get(customer).unwrap_or(missing))
}

/// Everybody by any columns.
fn by_comparing(analysis: &Analysis, keys: &[KeyValues]) -> Vec<CustomerIndex> {
    let backwards = keys.first().is_some_and(|key| key.descending);
    let mut order: Vec<CustomerIndex> = (0..analysis.customers().len() as CustomerIndex).collect();
    order.par_sort_unstable_by(|one, other| {
        let order = compare(analysis, keys, [*one as usize, *other as usize]);
        if backwards { order.reverse() } else { order }
    });
    order
}

/// The first of some customers in an order, at most so many: the candidates of each stretch, then of all.
pub(super) fn best(
    count: usize,
    most: usize,
    is_wanted: impl Fn(usize) -> bool + Sync,
    compare: impl Fn(&CustomerIndex, &CustomerIndex) -> Ordering + Sync,
) -> Vec<CustomerIndex> {
    let of_chunk = |chunk: usize| {
        let mut kept: Vec<CustomerIndex> = Vec::with_capacity(2 * most);
        // The last of the best so far: whoever comes behind them is passed over at a glance.
        let mut last: Option<CustomerIndex> = None;
        for customer in chunk * CHUNK..((chunk + 1) * CHUNK).min(count) {
            let place = customer as CustomerIndex;
            if last.is_some_and(|last| compare(&place, &last).is_gt()) || !is_wanted(customer) {
                continue;
            }
            kept.push(place);
            if kept.len() >= 2 * most.max(1) {
                last = shorten(&mut kept, most, &compare);
            }
        }
        shorten(&mut kept, most, &compare);
        kept
    };
    let merged = |mut one: Vec<CustomerIndex>, mut other: Vec<CustomerIndex>| {
        one.append(&mut other);
        shorten(&mut one, most, &compare);
        one
    };
    let mut kept = (0..count.div_ceil(CHUNK)).into_par_iter().map(of_chunk).reduce(Vec::new, merged);
    kept.sort_unstable_by(compare);
    kept
}

/// Keeps the best, in no order; gives the last of them where there are enough.
fn shorten(
    kept: &mut Vec<CustomerIndex>,
    most: usize,
    compare: impl Fn(&CustomerIndex, &CustomerIndex) -> Ordering,
) -> Option<CustomerIndex> {
    let last = most.checked_sub(1).filter(|last| *last < kept.len())?;
    let last = *kept.select_nth_unstable_by(last, compare).1;
    kept.truncate(most);
    Some(last)
}

/// Everybody by some columns. The order is that of a list whose first column rises; one whose first column falls is read
/// backwards.
#[derive(Clone, Debug)]
pub struct Sorted {
    /// What it is sorted by, with the fields that these were then.
    keys: Arc<[(Key, Option<FieldId>)]>,
    values: Arc<[KeyValues]>,
    order: Order,
}

impl Sorted {
    /// Everybody in order.
    pub(super) const fn order(&self) -> &Order {
        &self.order
    }

    /// Whether a list that is sorted so can be read off it, forwards or backwards.
    pub(super) fn holds(&self, analysis: &Analysis, sort: Sort) -> bool {
        let wanted: Vec<Key> = sort.keys().filter(|key| !key.column.follows_cuts()).collect();
        if wanted.len() != self.keys.len() || self.values.iter().any(|key| !key.is_current(analysis)) {
            return false;
        }
        let same = |(known, wanted): (&(Key, Option<FieldId>), &Key)| {
            known.0.column == wanted.column && known.1 == wanted.column.field(analysis)
        };
        let (mut same, mut turned) = (self.keys.iter().zip(&wanted).map(same), 0);
        turned +=
            self.keys.iter().zip(&wanted).filter(|(known, wanted)| known.0.descending != wanted.descending).count();
        // Turned round, whoever has no value would come first.
        let reads = turned == 0 || turned == wanted.len() && self.values.iter().all(|key| key.values.is_whole());
        reads && same.all(|same| same)
    }

    /// How two customers stand to each other in the rising order.
    pub(super) fn rising(&self, analysis: &Analysis, pair: [usize; 2]) -> Ordering {
        let order = compare(analysis, &self.values, pair);
        if self.values.first().is_some_and(|key| key.descending) { order.reverse() } else { order }
    }
}

impl FirstPage {
    /// Whether it is of a list as it is now.
    #[must_use]
    pub fn fits(&self, analysis: &Analysis, sort: Sort, selection: Selection) -> bool {
        (self.sort, self.selection, self.version) == (sort, selection, analysis.version())
    }

    /// What it is sorted by.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// The customers, in order.
    #[must_use]
    pub fn customers(&self) -> &[CustomerIndex] {
        &self.customers
    }
}

/// What is left to sort by once a list falls apart into groups by what follows the cuts.
pub(super) fn rest(sort: Sort) -> Option<Sort> {
    let keys: Vec<Key> = sort.keys().filter(|key| !key.column.follows_cuts()).collect();
    Sort::of(&keys)
}

/// What groups a list.
pub(super) fn groups(sort: Sort) -> Vec<Key> {
    sort.keys().take_while(|key| key.column.follows_cuts()).collect()
}
