//! The cells after an edit, by the cheapest way that is exact: the profile, the customers that moved, or all of them.

use super::index::Index;
use super::profile::Profile;
use super::summary::{Summary, Tally};
use crate::model::customers::{Axis, Measured};
use crate::model::cuts::Cuts;

/// Moving one customer costs about as much as counting this many in a row: their figures lie apart in memory.
const MOVE_COST: usize = 16;

/// The cells of `cuts`, when those of `before` are known to be `summary`.
#[must_use]
pub fn recount(
    measured: Measured<'_>,
    index: &Index,
    profile: Option<&Profile>,
    summary: &Summary,
    before: &[Cuts; 3],
    cuts: &[Cuts; 3],
) -> Summary {
    if let Some(profile) = profile.filter(|profile| profile.holds(cuts)) {
        return profile.summary(measured, index, cuts);
    }
    let changed: Vec<Axis> = Axis::ALL.into_iter().filter(|axis| before[axis.index()] != cuts[axis.index()]).collect();
    match changed.as_slice() {
        [] => summary.clone(),
        [axis] => {
            moved(measured, index, summary, before, cuts, *axis).unwrap_or_else(|| Summary::compute(measured, cuts))
        }
        _ => Summary::compute(measured, cuts),
    }
}

/// Takes the customers between the old and the new cuts of one axis from their old cells to their new ones; `None` where
/// they are so many that counting all is quicker, or where the number of bins changed.
fn moved(
    measured: Measured<'_>,
    index: &Index,
    summary: &Summary,
    before: &[Cuts; 3],
    cuts: &[Cuts; 3],
    axis: Axis,
) -> Option<Summary> {
    let (old, new) = (&before[axis.index()], &cuts[axis.index()]);
    if old.bins() != new.bins() {
        return None;
    }
    let rank = |bound: i64| index.rank(measured, axis, bound);
    let mut runs: Vec<(usize, usize)> = old
        .cuts()
        .iter()
        .zip(new.cuts())
        .filter(|(old, new)| old.bound() != new.bound())
        .map(|(old, new)| (rank(old.bound()), rank(new.bound())))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    if runs.iter().map(|(from, to)| to - from).sum::<usize>() > measured.customers.len() / MOVE_COST {
        return None;
    }
    runs.sort_unstable();
    let mut summary = summary.clone();
    let mut done = 0;
    for (from, to) in runs {
        // Cuts that jump over each other share customers, who move once.
        for customer in index.order(axis).get(from.max(done)..to).unwrap_or_default() {
            let customer = *customer as usize;
            let cell =
                |cuts: &[Cuts; 3]| Axis::ALL.map(|axis| cuts[axis.index()].score(measured.value(axis, customer)));
            let tally = Tally::of(measured, customer);
            summary.take(cell(before), tally);
            summary.put(cell(cuts), tally);
        }
        done = done.max(to);
    }
    Some(summary)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::customers::Customers;
    use crate::model::cuts::Closed;
    use crate::model::day::Day;
    use crate::model::measures::Frequency;

    const AS_OF: Day = Day(1_000);

    fn customers(values: &[(i32, u32, i64)]) -> Customers {
        let mut customers = Customers::default();
        for (number, (days, orders, money)) in values.iter().enumerate() {
            customers.ids.push(&number.to_string());
            customers.last_order.push(Day(AS_OF.0 - days));
            customers.orders.push(*orders);
            customers.monetary.push(*money);
        }
        customers
    }

    /// Few values, so that ties abound, and now and then an extreme one.
    fn values() -> impl Strategy<Value = Vec<(i32, u32, i64)>> {
        let money = prop_oneof![20 => -5i64..20, 1 => any::<i32>().prop_map(i64::from)];
        prop::collection::vec((0i32..12, 1u32..6, money), 0..6_000)
    }

    fn cuts(axis: Axis) -> impl Strategy<Value = Cuts> {
        let value = prop_oneof![20 => -6i64..21, 1 => any::<i64>()];
        let closed = prop_oneof![Just(Closed::Right), Just(Closed::Left)];
        (prop::collection::btree_set(value, 1..=9), closed).prop_filter_map("cuts", move |(values, closed)| {
            Cuts::fixed(axis, closed, &values.into_iter().collect::<Vec<_>>()).ok()
        })
    }

    fn all_cuts() -> impl Strategy<Value = [Cuts; 3]> {
        (cuts(Axis::Recency), cuts(Axis::Frequency), cuts(Axis::Monetary)).prop_map(|(r, f, m)| [r, f, m])
    }

    /// The cells one customer at a time, from nothing but the definition of a score.
    fn naive(values: &[(i32, u32, i64)], cuts: &[Cuts; 3]) -> Summary {
        let bins = [cuts[0].bins(), cuts[1].bins(), cuts[2].bins()];
        let mut summary = Summary::empty(bins);
        for (days, orders, money) in values {
            let raw = [i64::from(*days), i64::from(*orders), *money];
            let below = |axis: usize| cuts[axis].cuts().iter().filter(|cut| cut.bound() < raw[axis]).count();
            let cell = [(bins[0] - below(0)) as u8, below(1) as u8 + 1, below(2) as u8 + 1];
            summary.put(cell, Tally { customers: 1, orders: u64::from(*orders), revenue: *money });
        }
        summary
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

        #[test]
        fn every_way_of_counting_agrees_with_the_definition(
            values in values(),
            start in all_cuts(),
            edits in prop::collection::vec((0usize..3, 0usize..9, -6i64..21), 1..12),
            focus in 0usize..3,
            replaced in all_cuts(),
            fractions in prop::option::of(0usize..3),
        ) {
            let customers = customers(&values);
            let measured = Measured { customers: &customers, as_of: AS_OF, frequency: Frequency::Orders };
            let index = Index::build(measured);
            let mut now = start;
            if let Some(axis) = fractions.filter(|_| !values.is_empty()) {
                // Cuts at fractions, as the R rule and the mean make them.
                let axis = Axis::ALL[axis];
                let at = |rank: usize| index.value_at(measured, axis, rank).unwrap_or_default();
                let made = Cuts::r_compat(axis, 1, now[axis.index()].bins(), values.len(), at);
                now[axis.index()] = made.unwrap_or_else(|_| now[axis.index()].clone());
            }
            let mut summary = Summary::compute(measured, &now);
            prop_assert_eq!(&summary, &naive(&values, &now));
            let profile = Profile::build(measured, &index, &now, Axis::ALL[focus]);
            for (axis, cut, value) in edits {
                let mut next = now.clone();
                next[axis] = now[axis].moved(cut % now[axis].cuts().len(), value);
                let expected = naive(&values, &next);
                prop_assert_eq!(&recount(measured, &index, Some(&profile), &summary, &now, &next), &expected);
                prop_assert_eq!(&recount(measured, &index, None, &summary, &now, &next), &expected);
                (now, summary) = (next, expected);
            }
            // Other numbers of bins on every axis at once.
            let expected = naive(&values, &replaced);
            prop_assert_eq!(recount(measured, &index, Some(&profile), &summary, &now, &replaced), expected);
        }
    }
}
