//! Concentration: how much of the revenue how few customers bring.
//!
//! Shares of the largest customers are exact sums of what everybody counts, below zero too. The curve and its coefficient
//! are those of Lorenz (M. O. Lorenz, Methods of measuring the concentration of wealth, 1905) and of Gini, which know no
//! negative amounts: who is below zero counts as zero there.

use rayon::prelude::*;

use super::analysis::Analysis;

/// Percentages are whole ones, from 1 to this.
const WHOLE: u64 = 100;

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
    top: Vec<Part>,
    reached: Vec<Part>,
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
    /// The smallest sum among them, minor units.
    pub least: i64,
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

    /// The largest customers that are so many percent of them all, from 1 to 100, rounded up to whole ones; nobody where there
    /// is none.
    #[must_use]
    pub fn top(&self, percent: u64) -> Part {
        part(&self.top, percent).unwrap_or(Part { percent, ..Part::default() })
    }

    /// The fewest customers that bring so many percent of the revenue, from 1 to 100; `None` where there is no revenue.
    #[must_use]
    pub fn reaching(&self, percent: u64) -> Option<Part> {
        part(&self.reached, percent)
    }

    fn of_sums(mut sums: Vec<i64>) -> Self {
        sums.par_sort_unstable();
        let (customers, revenue) = (sums.len() as u64, sums.iter().copied().map(i128::from).sum::<i128>());
        let below = &sums[..sums.partition_point(|sum| *sum < 0)];
        let below_zero = Part {
            customers: below.len() as u64,
            revenue: below.iter().copied().map(i128::from).sum(),
            least: below.first().copied().unwrap_or_default(),
            ..Part::default()
        };
        let (mut top, mut reached) = (Vec::new(), Vec::new());
        let mut part = Part::default();
        for sum in sums.iter().rev() {
            part = Part {
                percent: 0,
                customers: part.customers + 1,
                revenue: part.revenue + i128::from(*sum),
                least: *sum,
            };
            let is_top = |percent: u64| u128::from(part.customers) * 100 >= u128::from(customers) * u128::from(percent);
            // Below zero nothing is a part of anything.
            let is_reached = |percent: u64| revenue > 0 && part.revenue * 100 >= revenue * i128::from(percent);
            follow(&mut top, part, is_top);
            follow(&mut reached, part, is_reached);
        }
        Self { customers, revenue, below_zero, top, reached, curve: curve(&sums), gini: gini(&sums) }
    }
}

/// Adds a part for every percentage that it is the first to make.
fn follow(parts: &mut Vec<Part>, part: Part, makes: impl Fn(u64) -> bool) {
    let mut percent = parts.len() as u64 + 1;
    while percent <= WHOLE && makes(percent) {
        parts.push(Part { percent, ..part });
        percent += 1;
    }
}

/// The part of a percentage.
fn part(parts: &[Part], percent: u64) -> Option<Part> {
    parts.get(percent.checked_sub(1)? as usize).copied()
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

    fn part(percent: u64, customers: u64, revenue: i128, least: i64) -> Part {
        Part { percent, customers, revenue, least }
    }

    #[test]
    fn the_largest_are_rounded_up_and_all_of_them_bring_all() {
        let told = Concentration::of_sums(vec![5, 1, -2, 90, 6]);
        assert_eq!((told.customers, told.revenue, told.below_zero), (5, 100, part(0, 1, -2, -2)));
        for (percent, customers, revenue, least) in
            [(1, 1, 90, 90), (20, 1, 90, 90), (21, 2, 96, 6), (50, 3, 101, 5), (100, 5, 100, -2)]
        {
            assert_eq!(told.top(percent), part(percent, customers, revenue, least));
        }
        assert_eq!([told.top(0), told.top(101)], [part(0, 0, 0, 0), part(101, 0, 0, 0)]);
    }

    #[test]
    fn the_fewest_are_those_with_the_largest_sums_until_their_sum_is_enough() {
        let told = Concentration::of_sums(vec![5, 1, -2, 90, 6]);
        for (percent, customers, revenue, least) in
            [(1, 1, 90, 90), (90, 1, 90, 90), (91, 2, 96, 6), (96, 2, 96, 6), (97, 3, 101, 5), (100, 3, 101, 5)]
        {
            assert_eq!(told.reaching(percent), Some(part(percent, customers, revenue, least)));
        }
        assert_eq!([told.reaching(0), told.reaching(101)], [None; 2]);
        let without = Concentration::of_sums(vec![3, -4]);
        assert_eq!((without.reaching(80), without.top(50)), (None, part(50, 1, 3, 3)));
        let nobody = Concentration::of_sums(vec![]);
        assert_eq!((nobody.reaching(80), nobody.top(100)), (None, part(100, 0, 0, 0)));
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
