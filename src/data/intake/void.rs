//! Which orders a cancellation voids: its own, where it has the number of an order and brings its sum to nothing; else one of
//! the same customer, not later than the cancellation, whose sum is exactly the opposite. The one whose number the
//! cancellation repeats behind a letter `C` comes first, then the latest.

use std::collections::{BTreeSet, HashMap};

use super::shard::Order;
use crate::job::CancelToken;
use crate::model::day::Day;

/// What is known of an order besides its sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    pub(super) first: Day,
    pub(super) last: Day,
    /// The sum of its amounts above zero, minor units.
    pub(super) gross: i64,
    pub(super) rows: u32,
    /// Whether a row of it takes something back.
    returned: bool,
    /// Where its first row stands.
    pub(super) file: usize,
    pub(super) line: u64,
}

impl Trace {
    /// An order that was first met here.
    pub(super) const fn new(day: Day, file: usize, line: u64) -> Self {
        Self { first: day, last: day, gross: 0, rows: 0, returned: false, file, line }
    }

    /// Enters a row.
    pub(super) fn enter(&mut self, day: Day, amount: i64) {
        self.first = self.first.min(day);
        self.last = self.last.max(day);
        self.gross += amount.max(0);
        self.returned |= amount < 0;
        self.rows = self.rows.saturating_add(1);
    }
}

/// Orders of one customer and one sum that a cancellation may void.
#[derive(Default)]
struct Candidates {
    /// Their places, by the first day, the first one last: those that begin later than the cancellation stay in here.
    ahead: Vec<usize>,
    /// Those that it may void, by the last day.
    open: BTreeSet<(Day, usize)>,
    /// Their places by number; made when a cancellation first asks.
    numbers: Option<HashMap<String, Vec<usize>>>,
}

/// Tells for each order whether it is cancelled or a cancellation that found its order. What is told once the token is
/// cancelled means nothing.
pub(super) fn cancelled(
    orders: &[Order],
    traces: &[Trace],
    name: impl Fn(&Order) -> String,
    cancel: &CancelToken,
) -> Vec<bool> {
    let mut returns: Vec<usize> = (0..orders.len()).filter(|place| is_return(&orders[*place])).collect();
    returns.sort_by_key(|place| (traces[*place].last, *place));
    let mut wanted: HashMap<(u32, i64), Candidates> =
        returns.iter().map(|place| ((orders[*place].customer, -orders[*place].sum), Candidates::default())).collect();
    for (place, order) in orders.iter().enumerate().filter(|(_, order)| order.bought && order.sum > 0) {
        if let Some(candidates) = wanted.get_mut(&(order.customer, order.sum)) {
            candidates.ahead.push(place);
        }
    }
    for candidates in wanted.values_mut() {
        candidates.ahead.sort_by_key(|place| std::cmp::Reverse(traces[*place].first));
    }
    let is_undone = |(order, trace): (&Order, &Trace)| order.bought && trace.returned && order.sum == 0;
    let mut voided: Vec<bool> = orders.iter().zip(traces).map(is_undone).collect();
    for place in returns {
        if cancel.is_cancelled() {
            return voided;
        }
        let order = &orders[place];
        let Some(candidates) = wanted.get_mut(&(order.customer, -order.sum)) else { continue };
        candidates.open_until(traces[place].last, traces);
        let number = name(order);
        let named = number.strip_prefix(['C', 'c']).and_then(|named| candidates.named(named, orders, traces, &name));
        if let Some(best) = named.or_else(|| candidates.open.last().copied()) {
            candidates.open.remove(&best);
            voided[best.1] = true;
            voided[place] = true;
        }
    }
    voided
}

impl Candidates {
    /// Opens those that begin no later than a day.
    fn open_until(&mut self, day: Day, traces: &[Trace]) {
        while let Some(place) = self.ahead.pop_if(|place| traces[*place].first <= day) {
            self.open.insert((traces[place].last, place));
        }
    }

    /// The latest of those that are open and have a number.
    fn named(
        &mut self,
        number: &str,
        orders: &[Order],
        traces: &[Trace],
        name: impl Fn(&Order) -> String,
    ) -> Option<(Day, usize)> {
        let places = || self.ahead.iter().copied().chain(self.open.iter().map(|(_, place)| *place));
        let numbers = self.numbers.get_or_insert_with(|| {
            let mut numbers: HashMap<String, Vec<usize>> = HashMap::new();
            places().for_each(|place| numbers.entry(name(&orders[place])).or_default().push(place));
            numbers
        });
        let candidates = numbers.get(number)?.iter().map(|place| (traces[*place].last, *place));
        candidates.filter(|candidate| self.open.contains(candidate)).max()
    }
}

/// Whether nothing of an order is a purchase.
const fn is_return(order: &Order) -> bool {
    !order.bought && order.sum < 0
}
