//! Concentration: how much of the revenue how few customers bring.
//!
//! Shares of the largest customers are exact sums of what everybody counts, below zero too. The curve and its coefficient
//! are those of Lorenz (M. O. Lorenz, Methods of measuring the concentration of wealth, 1905) and of Gini, which know no
//! negative amounts: who is below zero counts as zero there.

use rayon::prelude::*;

use super::analysis::Analysis;

/// The percentages of customers, the largest first, whose share of the revenue is told.
pub const TOP: [u64; 6] = [1, 5, 10, 20, 50, 100];

/// The percentages of the revenue of which it is told how few customers bring it.
pub const REACHED: [u64; 3] = [50, 80, 90];

/// Points of the curve between its ends.
const STEPS: usize = 100;

/// How the revenue is spread over the customers that are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// Customers.
    pub customers: u64,
    /// Their net sum, minor units.
    pub revenue: i128,
    /// Those whose net sum is below zero, and what that comes to.
    pub below_zero: Part,
    /// The largest customers, of each of [`TOP`] percent of them all, rounded up to whole ones.
    pub top: Vec<Part>,
    /// The fewest customers that bring each of [`REACHED`] percent of the revenue; none where there is no revenue.
    pub reached: Vec<Part>,
    /// The curve: of the customers with the smallest sums, their share of all and that of the revenue that they bring, from
    /// (0, 0) to (1, 1); empty where nobody brings any.
    pub curve: Vec<(f64, f64)>,
    /// Gini's coefficient: 0 where all bring the same, towards 1 where one brings all.
    pub gini: Option<f64>,
}

/// Some customers, and what they bring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The percentage that was asked for; 0 where none was.
    pub percent: u64,
    /// Customers.
    pub customers: u64,
    /// Their net sum, minor units.
    pub revenue: i128,
}

impl Concentration {
    /// That of the customers that an analysis looks at.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        let (net, mask) = (&analysis.customers().net, analysis.population().mask.as_deref());
        let looked_at = |customer: &usize| mask.is_none_or(|mask| mask.has(*customer));
        let customers = (0..analysis.customers().len()).into_par_iter().filter(looked_at);
        Self::of_sums(customers.map(|customer| net.get(customer)).collect())
    }

    fn of_sums(mut sums: Vec<i64>) -> Self {
        sums.par_sort_unstable();
        let (customers, revenue) = (sums.len(), sums.iter().copied().map(i128::from).sum::<i128>());
        let below = sums.partition_point(|sum| *sum < 0);
        let part = |percent, sums: &[i64]| Part {
            percent,
            customers: sums.len() as u64,
            revenue: sums.iter().copied().map(i128::from).sum(),
        };
        let top = |percent: &u64| {
            let count = (customers as u128 * u128::from(*percent)).div_ceil(100) as usize;
            part(*percent, &sums[customers - count..])
        };
        let reached = |percent: &u64| {
            let wanted = revenue * i128::from(*percent);
            let mut sum = 0;
            let place = sums.iter().rposition(|one| {
                sum += i128::from(*one) * 100;
                sum >= wanted
            });
            part(*percent, place.map_or(&[][..], |place| &sums[place..]))
        };
        Self {
            customers: customers as u64,
            revenue,
            below_zero: part(0, &sums[..below]),
            top: TOP.iter().map(top).collect(),
            reached: if revenue > 0 { REACHED.iter().map(reached).collect() } else { Vec::new() },
            curve: curve(&sums),
            gini: gini(&sums),
        }
    }
}

/// The curve of rising sums.
fn curve(sums: &[i64]) -> Vec<(f64, f64)> {
    let total: i128 = sums.iter().map(|sum| i128::from(*sum).max(0)).sum();
    if total == 0 {
        return Vec::new();
    }
    let steps = STEPS.min(sums.len());
    let (mut points, mut sum, mut rank) = (vec![(0.0, 0.0)], 0i128, 0);
    for step in 1..=steps {
        let next = sums.len() * step / steps;
        sum += sums[rank..next].iter().map(|sum| i128::from(*sum).max(0)).sum::<i128>();
        rank = next;
        points.push((next as f64 / sums.len() as f64, sum as f64 / total as f64));
    }
    points
}

/// Gini's coefficient of rising sums: twice the sum of each times its rank over n times all, less (n + 1) / n.
fn gini(sums: &[i64]) -> Option<f64> {
    let zero_or_more = || sums.iter().map(|sum| i128::from(*sum).max(0));
    let (count, total) = (sums.len() as i128, zero_or_more().sum::<i128>());
    if total == 0 {
        return None;
    }
    let ranked: i128 = (1..).zip(zero_or_more()).map(|(rank, sum): (i128, i128)| rank * sum).sum();
    // One fraction, so that nothing is rounded before the end.
    Some((2 * ranked - (count + 1) * total) as f64 / (count * total) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(percent: u64, customers: u64, revenue: i128) -> Part {
        Part { percent, customers, revenue }
    }

    #[test]
    fn the_largest_are_rounded_up_and_all_of_them_bring_all() {
        let told = Concentration::of_sums(vec![5, 1, -2, 90, 6]);
        assert_eq!((told.customers, told.revenue, told.below_zero), (5, 100, part(0, 1, -2)));
        let expected = [(1, 1, 90), (5, 1, 90), (10, 1, 90), (20, 1, 90), (50, 3, 101), (100, 5, 100)];
        assert_eq!(told.top, expected.map(|(percent, customers, revenue)| part(percent, customers, revenue)));
        assert_eq!(told.reached, [part(50, 1, 90), part(80, 1, 90), part(90, 1, 90)]);
    }

    #[test]
    fn the_coefficient_is_that_of_the_textbook() {
        let gini = |sums: &[i64]| Concentration::of_sums(sums.to_vec()).gini;
        assert_eq!(gini(&[3, 3, 3, 3]), Some(0.0));
        assert_eq!(gini(&[0, 0, 0, 8]), Some(0.75));
        // 1, 2, 3, 4: 2 * 30 / (4 * 10) - 5 / 4.
        assert_eq!(gini(&[4, 1, 3, 2]), Some(0.25));
        assert_eq!([gini(&[]), gini(&[0, -1])], [None, None]);
    }

    #[test]
    fn the_curve_runs_from_nothing_to_all_below_the_diagonal() {
        let told = Concentration::of_sums((0..1_000).map(|n| n * n - 50).collect());
        assert_eq!((told.curve.first(), told.curve.last()), (Some(&(0.0, 0.0)), Some(&(1.0, 1.0))));
        assert!(told.curve.is_sorted() && told.curve.iter().all(|(x, y)| y <= x), "{:?}", told.curve);
        assert_eq!(Concentration::of_sums(vec![]).curve, []);
    }
}
