//! Who moved: the table of segments from under the baseline's setting to under the present one.

use std::collections::HashMap;

use rayon::prelude::*;

use super::analysis::{Analysis, Setting};
use super::summary::{Scorer, Tally};
use crate::model::measured::Measured;
use crate::model::scheme::{Cell, SegmentMap, cell_index};
use crate::show::numbers::rounded;

/// The from-to table of the customers that are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Names of the baseline's segments.
    pub from: Vec<String>,
    /// Names of the present segments.
    pub to: Vec<String>,
    /// Tallies, a row a segment of the baseline.
    cells: Vec<Tally>,
}

/// How far two divisions agree, as numbers over a common denominator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Customers of the same segment by name in both.
    pub same: u64,
    /// All customers.
    pub all: u64,
    /// Cohen's kappa: agreement beyond chance, 1 for full agreement, 0 for chance (J. Cohen, A coefficient of agreement
    /// for nominal scales, 1960). `None` where chance alone would agree fully.
    pub kappa: Option<f64>,
}

/// What stands for a segment where a customer is in one of two data sets alone.
pub const ABSENT: &str = "(no row kept)";

impl Migration {
    /// The table from one data set to another whose customers need not be the same, by their ids: both have a further
    /// row or column, [`ABSENT`]. The customers are those that the second looks at, and, unless it filters, those that the
    /// first has alone. Money is as the second counts it; of those that it does not have, as the first does, at the second's
    /// scale.
    #[must_use]
    pub fn between(before: &Analysis, now: &Analysis) -> Self {
        let names = |analysis: &Analysis| {
            let shown = 0..analysis.map().shown();
            let names = shown.map(|segment| analysis.scheme().segment_name(segment).to_owned());
            names.chain([ABSENT.to_owned()]).collect::<Vec<_>>()
        };
        let (from, to) = (names(before), names(now));
        let (nobody_from, nobody_to) = (from.len() - 1, to.len() - 1);
        let mut cells = vec![Tally::default(); from.len() * to.len()];
        let (old, new) = (before.customers(), now.customers());
        let known: HashMap<&str, usize> = (0..old.len()).map(|customer| (old.ids.get(customer), customer)).collect();
        let mut met = vec![false; old.len()];
        let mask = now.population().mask.as_deref();
        for customer in 0..new.len() {
            let there = known.get(new.ids.get(customer)).copied();
            if let Some(there) = there {
                met[there] = true;
            }
            if mask.is_none_or(|mask| mask.has(customer)) {
                let row = there.map_or(nobody_from, |there| before.segment_of(there));
                cells[row * to.len() + now.segment_of(customer)] += Tally::of(new, customer);
            }
        }
        if mask.is_none() {
            for customer in (0..old.len()).filter(|customer| !met[*customer]) {
                let mut tally = Tally::of(old, customer);
                let (scale, wanted) = (i128::from(old.scale.factor()), i128::from(new.scale.factor()));
                tally.revenue = rounded(i128::from(tally.revenue) * wanted, scale) as i64;
                cells[before.segment_of(customer) * to.len() + nobody_to] += tally;
            }
        }
        Self { from, to, cells }
    }

    /// The table of an analysis; `None` without a baseline.
    ///
    /// It is read off the grid, whatever the number of customers; only where the baseline measures its axes otherwise are
    /// all customers looked at.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Option<Self> {
        let (baseline, from_map) = analysis.baseline()?;
        let to_map = analysis.map();
        let names = |count: usize, name: &dyn Fn(usize) -> String| (0..count).map(name).collect::<Vec<_>>();
        let from = names(from_map.shown(), &|segment| baseline.scheme.segment_name(segment).to_owned());
        let to = names(to_map.shown(), &|segment| analysis.scheme().segment_name(segment).to_owned());
        let cells = match Cells::of(analysis) {
            Some(cells) => {
                let mut table = vec![Tally::default(); from.len() * to.len()];
                for (cell, (_, tally)) in cells.segments.iter().zip(analysis.grid().cells()) {
                    table[cell.0 * to.len() + cell.1] += tally;
                }
                table
            }
            None => counted(analysis, from_map, from.len() * to.len(), to.len()),
        };
        Some(Self { from, to, cells })
    }

    /// The tally of those that went from one segment to another.
    #[must_use]
    pub fn tally(&self, from: usize, to: usize) -> Tally {
        self.cells[from * self.to.len() + to]
    }

    /// All that came from a segment.
    #[must_use]
    pub fn left(&self, from: usize) -> Tally {
        (0..self.to.len()).map(|to| self.tally(from, to)).sum()
    }

    /// All that are in a segment now.
    #[must_use]
    pub fn arrived(&self, to: usize) -> Tally {
        (0..self.from.len()).map(|from| self.tally(from, to)).sum()
    }

    /// Everybody.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.cells.iter().copied().sum()
    }

    /// Whether two segments, one of each side, are the same by name.
    #[must_use]
    pub fn is_same(&self, from: usize, to: usize) -> bool {
        self.from[from] == self.to[to]
    }

    /// Everybody whose segment has another name now.
    #[must_use]
    pub fn moved(&self) -> Tally {
        let pairs = (0..self.from.len()).flat_map(|from| (0..self.to.len()).map(move |to| (from, to)));
        pairs.filter(|(from, to)| !self.is_same(*from, *to)).map(|(from, to)| self.tally(from, to)).sum()
    }

    /// Those that went from a segment to another, by their numbers; `None`: from or to any other.
    #[must_use]
    pub fn moves(&self, from: Option<usize>, to: Option<usize>) -> Tally {
        match (from, to) {
            (Some(from), Some(to)) => self.tally(from, to),
            (Some(from), None) => {
                (0..self.to.len()).filter(|to| !self.is_same(from, *to)).map(|to| self.tally(from, to)).sum()
            }
            (None, Some(to)) => {
                (0..self.from.len()).filter(|from| !self.is_same(*from, to)).map(|from| self.tally(from, to)).sum()
            }
            (None, None) => self.moved(),
        }
    }

    /// How far the two divisions agree.
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        let (all, moved) = (self.total().customers, self.moved().customers);
        let same = all - moved;
        // Sums of products of 64-bit counts fit 128 bits.
        let chance: u128 = (0..self.from.len())
            .filter_map(|from| Some((from, self.to.iter().position(|to| *to == self.from[from])?)))
            .map(|(from, to)| u128::from(self.left(from).customers) * u128::from(self.arrived(to).customers))
            .sum();
        let (observed, most) = (u128::from(same) * u128::from(all), u128::from(all) * u128::from(all));
        let kappa = (most > chance).then(|| (observed as f64 - chance as f64) / (most as f64 - chance as f64));
        Agreement { same, all, kappa }
    }
}

/// The segments, baseline's and present, of every cell of the grid.
#[derive(Clone, Debug)]
pub struct Cells {
    /// In the order of [`super::grid::Grid::cells`].
    pub segments: Vec<(usize, usize)>,
}

impl Cells {
    /// Both segments of each cell; `None` without a baseline, or where the grid does not tell its cells.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Option<Self> {
        let (baseline, from_map) = analysis.baseline().filter(|_| analysis.holds_baseline())?;
        let (grid, to_map) = (analysis.grid(), analysis.map());
        let (before, now) = (grid.scores(&baseline.cuts), grid.scores(&analysis.setting().cuts));
        let segment = |map: &SegmentMap, scores: &[Vec<u8>; 3], [r, f, m]: [usize; 3]| {
            map.segment(cell_index(map.bins(), [scores[0][r], scores[1][f], scores[2][m]]))
        };
        let both = grid.cells().map(|(bins, _)| (segment(from_map, &before, bins), segment(to_map, &now, bins)));
        Some(Self { segments: both.collect() })
    }
}

/// The baseline's scores and segments of customers, whatever it measures.
#[derive(Debug)]
pub struct Before<'a> {
    measured: Measured,
    setting: &'a Setting,
    map: &'a SegmentMap,
}

impl<'a> Before<'a> {
    /// The baseline of an analysis.
    #[must_use]
    pub fn of(analysis: &'a Analysis) -> Option<Self> {
        let (baseline, map) = analysis.baseline()?;
        let measured = analysis.measured().with_all(baseline.measures);
        Some(Self { measured, setting: baseline, map })
    }

    /// A customer's scores under it.
    #[must_use]
    pub fn cell(&self, customer: usize) -> Cell {
        Scorer::new(&self.measured, &self.setting.cuts).cell(customer)
    }

    /// A customer's segment under it, by its number.
    #[must_use]
    pub fn segment(&self, customer: usize) -> usize {
        self.map.segment(cell_index(self.map.bins(), self.cell(customer)))
    }

    /// The name of a customer's segment under it.
    #[must_use]
    pub fn segment_name(&self, customer: usize) -> &'a str {
        self.setting.scheme.segment_name(self.segment(customer))
    }
}

/// Which pairs of a segment before and one now a move is of.
pub(super) struct Moves {
    wanted: Vec<bool>,
    columns: usize,
}

impl Moves {
    /// Those from a segment to another, by their numbers; `None`: from or to any other. `None` without a baseline.
    pub(super) fn of(analysis: &Analysis, from: Option<usize>, to: Option<usize>) -> Option<Self> {
        let (baseline, from_map) = analysis.baseline()?;
        let columns = analysis.map().shown();
        let is_wanted = |before: usize, now: usize| {
            let name = baseline.scheme.segment_name(before);
            let is_there = from.is_none_or(|from| from == before) && to.is_none_or(|to| to == now);
            let is_move = from.is_some() && to.is_some() || name != analysis.scheme().segment_name(now);
            is_there && is_move
        };
        let pairs = (0..from_map.shown()).flat_map(|before| (0..columns).map(move |now| (before, now)));
        Some(Self { wanted: pairs.map(|(before, now)| is_wanted(before, now)).collect(), columns })
    }

    /// Whether a pair is one of them.
    pub(super) fn has(&self, before: usize, now: usize) -> bool {
        self.wanted[before * self.columns + now]
    }
}

/// The table by a look at every customer.
fn counted(analysis: &Analysis, from_map: &SegmentMap, cells: usize, columns: usize) -> Vec<Tally> {
    let Some(before) = Before::of(analysis) else { return vec![Tally::default(); cells] };
    debug_assert_eq!(from_map.shown() * columns, cells);
    let empty = || vec![Tally::default(); cells];
    let add = |mut table: Vec<Tally>, customer: usize| {
        let place = before.segment(customer) * columns + analysis.segment_of(customer);
        table[place] += Tally::of(analysis.customers(), customer);
        table
    };
    let merge = |mut left: Vec<Tally>, right: Vec<Tally>| {
        left.iter_mut().zip(right).for_each(|(left, right)| *left += right);
        left
    };
    let mask = analysis.population().mask.as_deref();
    let customers = (0..analysis.customers().len()).into_par_iter();
    customers.filter(|customer| mask.is_none_or(|mask| mask.has(*customer))).fold(empty, add).reduce(empty, merge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: [[u64; 2]; 2]) -> Migration {
        let names = vec!["A".to_owned(), "B".to_owned()];
        let tally = |customers| Tally { customers, orders: 0, revenue: 0 };
        let cells = cells.into_iter().flatten().map(tally).collect();
        Migration { from: names.clone(), to: names, cells }
    }

    #[test]
    fn kappa_is_that_of_the_textbook() {
        // The worked example of most textbooks: 20 + 15 of 50 agree, by chance 25: (0.7 - 0.5) / (1 - 0.5).
        let agreement = table([[20, 5], [10, 15]]).agreement();
        assert_eq!((agreement.same, agreement.all), (35, 50));
        assert!(agreement.kappa.is_some_and(|kappa| (kappa - 0.4).abs() < 1e-12));
        assert_eq!(table([[7, 0], [0, 0]]).agreement().kappa, None);
        assert_eq!(table([[0, 0], [0, 0]]).agreement().kappa, None);
    }
}
