//! All positions of a cut: how large every segment would be at each (the sensitivity curve), and which position makes a
//! segment as large as wanted (solving). Both are read off the profile of the cut's axis, exactly.

use super::analysis::Analysis;
use super::grid::others_of;
use super::profile::Profile;
use super::summary::Tally;
use crate::model::customers::Axis;
use crate::model::cuts::Cut;
use crate::model::scheme::cell_index;

/// A cut between its neighbours, with what moves when it moves.
#[derive(Clone, Debug)]
pub struct Sweep<'a> {
    analysis: &'a Analysis,
    profile: &'a Profile,
    axis: Axis,
    cut: usize,
    /// The bounds that the cut has when it stops at its neighbours.
    stops: [i64; 2],
    /// Their ranks: the cut moves between them.
    ranks: [usize; 2],
    /// The cut's own rank.
    now: usize,
    /// The segment of each combination of the other axes' bins, below the cut and above it.
    sides: [Vec<usize>; 2],
    /// The tally of every segment outside the cut's two bins.
    rest: Vec<Tally>,
    /// The tally of each combination up to the neighbour below, and up to the one above.
    ends: [Vec<Tally>; 2],
}

/// A position of the cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The cut's bound: the largest value below it, in the smallest unit of what the axis measures.
    pub value: i64,
    /// The tally of every segment.
    pub segments: Vec<Tally>,
}

/// What a segment should amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Number of customers.
    Customers,
    /// Net revenue, minor units.
    Revenue,
}

impl Figure {
    /// The figure of a tally.
    #[must_use]
    pub const fn of(self, tally: Tally) -> i128 {
        match self {
            Self::Customers => tally.customers as i128,
            Self::Revenue => tally.revenue as i128,
        }
    }
}

/// The nearest attainable positions to what was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// The nearest; of equally near ones the least far from where the cut is.
    pub best: (i64, Tally),
    /// The next attainable position with smaller values, and the next with larger ones.
    pub beside: [Option<(i64, Tally)>; 2],
}

impl<'a> Sweep<'a> {
    /// The sweep of a cut, by its number on an axis; `None` without a profile of the axis.
    #[must_use]
    pub fn of(analysis: &'a Analysis, axis: Axis, cut: usize) -> Option<Self> {
        let profile = analysis.profile(axis)?;
        let (population, cuts) = (analysis.population(), analysis.cuts(axis));
        let rank = |cut: &Cut| population.rank(axis, cut.bound());
        let low = cut.checked_sub(1).map_or(0, |below| rank(&cuts.cuts()[below]));
        let high = cuts.cuts().get(cut + 1).map_or(population.len(), rank);
        let sides = [cut, cut + 1].map(|bin| segments_of(analysis, axis, cuts.score_of_bin(bin)));
        let mut rest = vec![Tally::default(); analysis.map().shown()];
        for (cell, tally) in analysis.summary().cells() {
            let bin = cuts.bin_of_score(cell[axis.index()]);
            if bin != cut && bin != cut + 1 {
                rest[analysis.map().segment(cell_index(analysis.map().bins(), cell))] += tally;
            }
        }
        let ends = [low, high].map(|rank| profile.before(rank));
        let now = rank(cuts.cuts().get(cut)?);
        // Beside a fraction the cut stops at a whole value, not at the fraction.
        let stop = |typed: i64| cuts.moved(cut, typed).cuts()[cut].bound();
        let stops = [stop(i64::MIN), stop(i64::MAX)];
        let ranks = stops.map(|bound| population.rank(axis, bound).clamp(low, high));
        Some(Self { analysis, profile, axis, cut, stops, ranks, now, sides, rest, ends })
    }

    /// The smallest and the largest value between the neighbours: where the cut divides anybody.
    #[must_use]
    pub fn range(&self) -> [i64; 2] {
        let population = self.analysis.population();
        let [low, high] = self.ranks;
        [population.value_at(self.axis, low), population.value_at(self.axis, high.max(low + 1) - 1)]
    }

    /// At most so many values to look at, from one neighbour to the other, and where the cut is now: each value where there
    /// are few, else spread evenly, or by ratios where the values reach over more than a power of ten.
    #[must_use]
    pub fn values(&self, most: usize) -> Vec<i64> {
        let [low, high] = self.range();
        let span = i128::from(high) - i128::from(low);
        let last = most.max(2) - 1;
        let part = |number: usize| number as f64 / last as f64;
        let mut values: Vec<i64> = if span <= last as i128 {
            (low..=high).collect()
        } else if low > 0 && high / 10 > low {
            let ratio = high as f64 / low as f64;
            (0..=last).map(|number| (low as f64 * ratio.powf(part(number))).round() as i64).collect()
        } else {
            (0..=last).map(|number| low.saturating_add((span * number as i128 / last as i128) as i64)).collect()
        };
        // The ends are exact, and the cut itself is among them in the place of its nearest.
        if let (Some(first), true) = (values.first_mut(), span > 0) {
            *first = low;
        }
        if let Some(last) = values.last_mut() {
            *last = high;
        }
        let cuts = self.analysis.cuts(self.axis).cuts();
        let now = cuts.get(self.cut).map_or(low, |cut| cut.bound()).clamp(low, high);
        if let Some(nearest) = values.iter_mut().min_by_key(|value| value.abs_diff(now)) {
            *nearest = now;
        }
        values.dedup();
        values
    }

    /// Every segment with the cut at a value.
    #[must_use]
    pub fn at(&self, value: i64) -> Position {
        let rank = self.analysis.population().rank(self.axis, value).clamp(self.ranks[0], self.ranks[1]);
        Position { value, segments: self.segments(&self.profile.before(rank)) }
    }

    /// Every segment when the customers below the cut are those of a row.
    fn segments(&self, before: &[Tally]) -> Vec<Tally> {
        let mut segments = self.rest.clone();
        for (combination, upto) in before.iter().enumerate() {
            segments[self.sides[0][combination]] += *upto - self.ends[0][combination];
            segments[self.sides[1][combination]] += self.ends[1][combination] - *upto;
        }
        segments
    }

    /// The position nearest to what a segment should amount to.
    #[must_use]
    pub fn solve(&self, segment: usize, figure: Figure, target: i128) -> Solution {
        let mut search = Search::new(self, segment, figure, target);
        search.consider(self.ranks[0]);
        search.consider(self.ranks[1]);
        // The most promising block first; one that cannot come nearer than what was found is not looked into.
        let mut blocks = search.blocks();
        blocks.sort_unstable();
        for (nearest, block) in blocks {
            if search.best.is_some_and(|best| nearest > best.0) {
                break;
            }
            search.look_into(block);
        }
        search.solution()
    }

    /// Whether a cut can part the customers before a rank from those at it.
    fn attainable(&self, rank: usize) -> bool {
        let value = |rank| self.analysis.population().value_at(self.axis, rank);
        rank == self.ranks[0] || rank == self.ranks[1] || value(rank - 1) < value(rank)
    }

    /// The bound of a cut at a rank: the largest value below it, or what it is where the cut is there already.
    fn bound_at(&self, rank: usize) -> i64 {
        let population = self.analysis.population();
        if rank == self.now
            && let Some(cut) = self.analysis.cuts(self.axis).cuts().get(self.cut)
        {
            return cut.bound();
        }
        let bound = match rank.checked_sub(1) {
            Some(last) => population.value_at(self.axis, last),
            None => population.value_at(self.axis, 0).saturating_sub(1),
        };
        bound.clamp(self.stops[0], self.stops[1])
    }
}

/// The segment of each combination of the other axes' bins, with a score on one axis.
fn segments_of(analysis: &Analysis, axis: Axis, score: u8) -> Vec<usize> {
    let scores = analysis.grid().scores(&analysis.setting().cuts);
    let [first, second] = others_of(axis).map(Axis::index);
    let mut segments = Vec::with_capacity(scores[first].len() * scores[second].len());
    for a in &scores[first] {
        for b in &scores[second] {
            let mut cell = [score; 3];
            (cell[first], cell[second]) = (*a, *b);
            segments.push(analysis.map().segment(cell_index(analysis.map().bins(), cell)));
        }
    }
    segments
}

/// A search for a position.
struct Search<'a> {
    sweep: &'a Sweep<'a>,
    segment: usize,
    figure: Figure,
    target: i128,
    /// How far off, how far from where the cut is, and at which rank.
    best: Option<(i128, usize, usize)>,
    /// What a customer of each combination adds to the segment when the cut rises above them: 1, 0 or -1.
    signs: Vec<i128>,
}

impl<'a> Search<'a> {
    fn new(sweep: &'a Sweep<'a>, segment: usize, figure: Figure, target: i128) -> Self {
        let within = |side: usize, combination: usize| i128::from(sweep.sides[side][combination] == segment);
        let signs = (0..sweep.sides[0].len()).map(|at| within(0, at) - within(1, at)).collect();
        Self { sweep, segment, figure, target, best: None, signs }
    }

    /// The segment's figure when the customers below the cut are those of a row. The row of a block that begins below the
    /// neighbour goes on as if there were none, which may be less than nothing.
    fn figure(&self, before: &[Tally]) -> i128 {
        let (sweep, of) = (self.sweep, |tally: &Tally| self.figure.of(*tally));
        let mut figure = of(&sweep.rest[self.segment]);
        for (combination, upto) in before.iter().enumerate() {
            if sweep.sides[0][combination] == self.segment {
                figure += of(upto) - of(&sweep.ends[0][combination]);
            }
            if sweep.sides[1][combination] == self.segment {
                figure += of(&sweep.ends[1][combination]) - of(upto);
            }
        }
        figure
    }

    /// Takes a rank if it is nearer than what was found.
    fn consider(&mut self, rank: usize) {
        let figure = self.figure(&self.sweep.profile.before(rank));
        self.weigh(rank, figure);
    }

    fn weigh(&mut self, rank: usize, figure: i128) {
        let found = ((figure - self.target).abs(), rank.abs_diff(self.sweep.now), rank);
        if self.best.is_none_or(|best| found < best) && self.sweep.attainable(rank) {
            self.best = Some(found);
        }
    }

    /// Every block between the neighbours, with how near it might come at best.
    fn blocks(&self) -> Vec<(i128, usize)> {
        let (profile, [low, high]) = (self.sweep.profile, self.sweep.ranks);
        let size = profile.block();
        let value = |rank| self.sweep.analysis.population().value_at(self.sweep.axis, rank);
        // Where all values are equal, also the one before, no cut can part anybody.
        let parted = |block: &usize| {
            let (start, end) = (block * size, ((block + 1) * size).min(self.sweep.analysis.population().len()));
            start <= low || value(start - 1) < value(end - 1)
        };
        let blocks = low / size..high.div_ceil(size);
        blocks
            .filter(parted)
            .map(|block| {
                let (row, next) = (profile.row(block), profile.row(block + 1));
                let off = (self.figure(row) - self.target).abs();
                let moves = |(at, sign): (usize, &i128)| {
                    if *sign == 0 { 0 } else { i128::from(next[at].customers - row[at].customers) }
                };
                let moving: i128 = self.signs.iter().enumerate().map(moves).sum();
                let reach = match self.figure {
                    Figure::Customers => moving,
                    Figure::Revenue if moving == 0 => 0,
                    Figure::Revenue => profile.swing(block).into(),
                };
                ((off - reach).max(0), block)
            })
            .collect()
    }

    /// Tries every position in a block, one customer after the other.
    fn look_into(&mut self, block: usize) {
        let sweep = self.sweep;
        let size = sweep.profile.block();
        let end = ((block + 1) * size).min(sweep.ranks[1]);
        let order = sweep.analysis.index().order(sweep.axis);
        let mut figure = self.figure(sweep.profile.row(block));
        for (rank, customer) in (block * size..end).zip(&order[block * size..end]) {
            if rank > sweep.ranks[0] {
                self.weigh(rank, figure);
            }
            let sign = self.signs[sweep.profile.combination(rank)];
            if sign != 0 {
                figure += sign * self.figure.of(Tally::of(sweep.analysis.customers(), *customer as usize));
            }
        }
    }

    fn solution(&self) -> Solution {
        let sweep = self.sweep;
        let rank = self.best.map_or(sweep.now, |best| best.2);
        let at = |rank: usize| (sweep.bound_at(rank), sweep.segments(&sweep.profile.before(rank))[self.segment]);
        let population = sweep.analysis.population();
        let [low, high] = sweep.ranks;
        // Everybody with the value just below, or just above, goes over together.
        let below = (rank > low).then(|| {
            let value = population.value_at(sweep.axis, rank - 1);
            at(population.rank(sweep.axis, value.saturating_sub(1)).max(low))
        });
        let above =
            (rank < high).then(|| at(population.rank(sweep.axis, population.value_at(sweep.axis, rank)).min(high)));
        Solution { best: at(rank), beside: [below, above] }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::engine::analysis::Setting;
    use crate::engine::plan::{AxisRecipe, Recipe};
    use crate::model::budget::Budget;
    use crate::model::customers::Columns;
    use crate::model::cuts::{Closed, Method};
    use crate::model::day::Day;
    use crate::model::filter::Filter;
    use crate::model::measures::Measures;
    use crate::model::money::Scale;
    use crate::model::scheme::Scheme;
    use crate::model::value::ClvTerms;

    fn analysis(people: &[(i32, u32, i64)], closed: Closed) -> Analysis {
        let mut columns = Columns { scale: Scale::CENTS, ..Columns::default() };
        for (number, (days, orders, net)) in people.iter().enumerate() {
            columns.ids.push(&number.to_string());
            columns.first_order.push(Day(0));
            columns.last_order.push(Day(1_000 - days));
            columns.orders.push(*orders);
            columns.net.push(*net);
        }
        let text = "name = \"own\"\ntitle = \"Own\"\n[[segment]]\nname = \"A\"\nranges = [{ r = \"3\", f = \"2-3\" }, { r = \"2\", f = \"1\" }]\n\
                    [[segment]]\nname = \"Middle\"\nranges = [{ m = \"2\" }]\n\
                    [[segment]]\nname = \"B\"\ntotal = [50, 100]";
        let follow = AxisRecipe::Follow { method: Method::Quantile, bins: 3, closed };
        let recipe = Recipe {
            scheme: Scheme::parse(text).expect("the test's scheme parses"),
            measures: Measures::default(),
            axes: [follow.clone(), follow.clone(), follow],
            data_filter: Filter::default(),
            filter: Filter::default(),
            rules: Vec::new(),
            budget: Budget::default(),
            clv: ClvTerms::default(),
            notes: Vec::new(),
        };
        Analysis::of(Arc::new(columns.pack()), Day(1_000), None, recipe).expect("3 bins fit")
    }

    /// The segments with the cut at a bound, by going there.
    fn gone_to(analysis: &Analysis, axis: Axis, cut: usize, bound: i64) -> (i64, Vec<Tally>) {
        let mut there = analysis.clone();
        let Setting { cuts, .. } = analysis.setting();
        let cuts = &cuts[axis.index()];
        let moved = cuts.moved(cut, cuts.typed_for(bound));
        let value = moved.cuts()[cut].bound();
        there.apply(analysis.setting().with_cuts(moved)).expect("as many bins as before");
        (value, there.segments())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn every_position_is_what_moving_the_cut_there_gives(
            // Values in steps leave stretches without anybody, in which a neighbour may stop the cut.
            step in prop_oneof![Just(1i64), Just(35)],
            people in prop::collection::vec((0i32..40, 1u32..6, -50i64..400), 1..2_500),
            axis in 0usize..3,
            cut in 0usize..2,
            values in prop::collection::vec(-60i64..420, 1..6),
            target in 0i128..3_000,
            by_revenue in any::<bool>(),
            segment in 0usize..4,
            left in any::<bool>(),
        ) {
            let people: Vec<_> =
                people.into_iter().map(|(days, orders, net)| (days, orders, net.div_euclid(step) * step)).collect();
            let axis = Axis::ALL[axis];
            let closed = if left { Closed::Left } else { Closed::Right };
            let mut analysis = analysis(&people, closed);
            let profile = analysis.profile_wanted(axis).map(|request| Arc::new(request.build()));
            analysis.adopt(profile.expect("there is none yet"));
            let segment = segment % analysis.map().shown();
            let sweep = Sweep::of(&analysis, axis, cut).expect("there is a profile");
            for value in values {
                prop_assert_eq!(sweep.at(value).segments, gone_to(&analysis, axis, cut, value).1);
            }
            // No other position comes nearer.
            let figure = if by_revenue { Figure::Revenue } else { Figure::Customers };
            let solution = sweep.solve(segment, figure, target);
            let (value, segments) = gone_to(&analysis, axis, cut, solution.best.0);
            prop_assert_eq!(segments[segment], solution.best.1);
            prop_assert_eq!(value, solution.best.0);
            let off = |tally: Tally| (figure.of(tally) - target).abs();
            let nearest = (-81..421).map(|value| off(gone_to(&analysis, axis, cut, value).1[segment])).min();
            prop_assert_eq!(Some(off(solution.best.1)), nearest);
            for (value, tally) in solution.beside.into_iter().flatten() {
                prop_assert_eq!(gone_to(&analysis, axis, cut, value).1[segment], tally);
            }
        }
    }
}
