//! Tells whether the total of an order seems to stand on each of its lines, which would count it as often as it has lines.

use std::collections::HashMap;

use super::mapping::{AmountFrom, Mapping};
use super::source::Source;

/// Orders of several lines that a sample must have before anything is said.
const LEAST: u64 = 5;

/// The share of those, in percent, whose lines all have one amount.
const MOST: u64 = 90;

/// How many orders of several lines the sample has of which all lines have the same amount, and how many in all; `None` where
/// that is no sign of anything.
#[must_use]
pub fn repeated_totals(source: &Source, mapping: &Mapping) -> Option<(u64, u64)> {
    let (AmountFrom::Column(amount), Some(order)) = (&mapping.amount, mapping.order) else { return None };
    let column = |column: usize| source.columns[column].sample.iter().map(|cell| cell.trim());
    let mut orders: HashMap<&str, (&str, u64, bool)> = HashMap::new();
    for (order, amount) in column(order).zip(column(*amount)) {
        if !order.is_empty() && !amount.is_empty() {
            let (first, lines, same) = orders.entry(order).or_insert((amount, 0, true));
            *lines += 1;
            *same &= *first == amount;
        }
    }
    let several = orders.values().filter(|(_, lines, _)| *lines > 1);
    let (same, all) = several.fold((0, 0), |(same, all), (_, _, is_same)| (same + u64::from(*is_same), all + 1));
    // One amount everywhere is a price, not a total.
    let amounts = orders.values().map(|(first, ..)| first).collect::<std::collections::HashSet<_>>().len() as u64;
    (all >= LEAST && same * 100 >= all * MOST && amounts * 2 > LEAST).then_some((same, all))
}
