//! Which orders a cancellation voids: one of the same customer, not later than the cancellation, whose sum is exactly the
//! opposite. The one whose number the cancellation repeats behind a letter `C` comes first, then the latest.

use std::collections::HashMap;

use super::shard::Order;
use crate::model::day::Day;

/// What is known of an order besides its sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    pub(super) first: Day,
    pub(super) last: Day,
    /// The sum of its amounts above zero, minor units.
    pub(super) gross: i64,
    pub(super) rows: u32,
    /// Where its first row stands.
    pub(super) file: usize,
    pub(super) line: u64,
}

impl Trace {
    /// An order that was first met here.
    pub(super) const fn new(day: Day, file: usize, line: u64) -> Self {
        Self { first: day, last: day, gross: 0, rows: 0, file, line }
    }

    /// Enters a row.
    pub(super) fn enter(&mut self, day: Day, amount: i64) {
        self.first = self.first.min(day);
        self.last = self.last.max(day);
        self.gross += amount.max(0);
        self.rows = self.rows.saturating_add(1);
    }
}

/// Tells for each order whether it is cancelled or a cancellation that found its order.
pub(super) fn cancelled(orders: &[Order], traces: &[Trace], name: impl Fn(&Order) -> String) -> Vec<bool> {
    let mut returns: Vec<usize> = (0..orders.len()).filter(|place| is_return(&orders[*place])).collect();
    returns.sort_by_key(|place| (traces[*place].last, *place));
    let mut wanted: HashMap<(u32, i64), Vec<usize>> =
        returns.iter().map(|place| ((orders[*place].customer, -orders[*place].sum), Vec::new())).collect();
    for (place, order) in orders.iter().enumerate().filter(|(_, order)| order.bought) {
        if let Some(candidates) = wanted.get_mut(&(order.customer, order.sum)) {
            candidates.push(place);
        }
    }
    let mut voided = vec![false; orders.len()];
    for place in returns {
        let order = &orders[place];
        let Some(candidates) = wanted.get_mut(&(order.customer, -order.sum)) else { continue };
        let number = name(order);
        let named = number.strip_prefix(['C', 'c']);
        let is_named = |candidate: &usize| named.is_some_and(|named| named == name(&orders[*candidate]));
        let before = candidates.iter().copied().filter(|candidate| traces[*candidate].first <= traces[place].last);
        let best = before.max_by_key(|candidate| (is_named(candidate), traces[*candidate].last, *candidate));
        if let Some(best) = best {
            candidates.retain(|candidate| *candidate != best);
            voided[best] = true;
            voided[place] = true;
        }
    }
    voided
}

/// Whether nothing of an order is a purchase.
const fn is_return(order: &Order) -> bool {
    !order.bought && order.sum < 0
}
