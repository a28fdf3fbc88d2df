//! The heatmap's state: which two axes it shows, what colours it, where the cursor is.

use serde::{Deserialize, Serialize};

use super::action::Direction;
use crate::engine::analysis::Analysis;
use crate::engine::summary::Tally;
use crate::model::customers::Axis;
use crate::model::scheme::{Cell, cell_at, cell_index};
use crate::tr;

/// Two axes: the first up the screen, the second across it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plane {
    /// Recency by frequency.
    #[default]
    RecencyFrequency,
    /// Recency by monetary.
    RecencyMonetary,
    /// Frequency by monetary.
    FrequencyMonetary,
}

impl Plane {
    /// The axes up and across.
    #[must_use]
    pub const fn axes(self) -> [Axis; 2] {
        match self {
            Self::RecencyFrequency => [Axis::Recency, Axis::Frequency],
            Self::RecencyMonetary => [Axis::Recency, Axis::Monetary],
            Self::FrequencyMonetary => [Axis::Frequency, Axis::Monetary],
        }
    }

    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::RecencyFrequency => Self::RecencyMonetary,
            Self::RecencyMonetary => Self::FrequencyMonetary,
            Self::FrequencyMonetary => Self::RecencyFrequency,
        }
    }

    /// The axis that it does not show.
    #[must_use]
    pub const fn third(self) -> Axis {
        match self {
            Self::RecencyFrequency => Axis::Monetary,
            Self::RecencyMonetary => Axis::Frequency,
            Self::FrequencyMonetary => Axis::Recency,
        }
    }
}

/// What a cell is coloured by and shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Metric {
    /// Number of customers.
    #[default]
    Customers,
    /// Their share of all customers.
    Share,
    /// Their net revenue.
    Revenue,
    /// Its share of all revenue.
    RevenueShare,
    /// Net revenue a customer.
    MeanMonetary,
    /// Customers more or fewer than under the baseline.
    CustomersDifference,
    /// Net revenue more or less than under the baseline.
    RevenueDifference,
}

impl Metric {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => tr!("figure" | "customers"),
            Self::Share => tr!("figure" | "share of customers"),
            Self::Revenue => tr!("figure" | "revenue"),
            Self::RevenueShare => tr!("figure" | "share of revenue"),
            Self::MeanMonetary => tr!("figure" | "mean revenue"),
            Self::CustomersDifference => tr!("figure" | "customers, difference"),
            Self::RevenueDifference => tr!("figure" | "revenue, difference"),
        }
    }

    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Customers => Self::Share,
            Self::Share => Self::Revenue,
            Self::Revenue => Self::RevenueShare,
            Self::RevenueShare => Self::MeanMonetary,
            Self::MeanMonetary => Self::CustomersDifference,
            Self::CustomersDifference => Self::RevenueDifference,
            Self::RevenueDifference => Self::Customers,
        }
    }

    /// Whether it tells what changed since the baseline.
    #[must_use]
    pub const fn is_difference(self) -> bool {
        matches!(self, Self::CustomersDifference | Self::RevenueDifference)
    }

    /// The figure of a tally; only its size against others counts.
    #[must_use]
    pub fn size(self, tally: Tally) -> i64 {
        match self {
            Self::Customers | Self::Share | Self::CustomersDifference => tally.customers as i64,
            Self::Revenue | Self::RevenueShare | Self::RevenueDifference => tally.revenue,
            Self::MeanMonetary => mean_monetary(tally),
        }
    }
}

/// Net revenue a customer in minor units, rounded; 0 without customers.
#[must_use]
pub fn mean_monetary(tally: Tally) -> i64 {
    // A mean of 64-bit sums fits 64 bits.
    crate::show::numbers::rounded(tally.revenue.into(), tally.customers.max(1).into()) as i64
}

/// The heatmap's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heat {
    /// The axes.
    pub plane: Plane,
    /// The colour.
    pub metric: Metric,
    /// Scores of the cell under the cursor, up and across.
    pub cursor: [u8; 2],
    /// The score of the third axis that is shown alone; `None`: all of its scores.
    pub layer: Option<u8>,
    /// Where marking began, up and across.
    pub mark: Option<[u8; 2]>,
}

impl Heat {
    /// The scores of a cell of the plane as a pattern over all three axes.
    #[must_use]
    pub const fn pattern(&self, scores: [u8; 2]) -> [Option<u8>; 3] {
        let mut pattern = [None; 3];
        let axes = self.plane.axes();
        pattern[axes[0].index()] = Some(scores[0]);
        pattern[axes[1].index()] = Some(scores[1]);
        pattern[self.plane.third().index()] = self.layer;
        pattern
    }

    /// The scores that are marked, from and to, up and across: the cell under the cursor where nothing is.
    #[must_use]
    pub fn marked(&self) -> [[u8; 2]; 2] {
        let [a, b] = [self.mark.unwrap_or(self.cursor), self.cursor];
        [[a[0].min(b[0]), a[0].max(b[0])], [a[1].min(b[1]), a[1].max(b[1])]]
    }

    /// All marked cells, of all scores of the third axis or of the one that is shown.
    #[must_use]
    pub fn marked_cells(&self, bins: [usize; 3]) -> Vec<Cell> {
        let [up, across] = self.marked();
        let mut ranges = [1..=1, 1..=1, 1..=1];
        let axes = self.plane.axes();
        ranges[axes[0].index()] = up[0]..=up[1];
        ranges[axes[1].index()] = across[0]..=across[1];
        let third = self.plane.third().index();
        ranges[third] = self.layer.map_or(1..=bins[third] as u8, |layer| layer..=layer);
        let within = |cell: &Cell| ranges.iter().zip(cell).all(|(range, score)| range.contains(score));
        (0..bins.iter().product()).map(|index| cell_at(bins, index)).filter(within).collect()
    }

    /// Shows the next score of the third axis alone: all, then the best, down to the worst.
    pub fn next_layer(&mut self, analysis: &Analysis) {
        let most = analysis.cuts(self.plane.third()).bins() as u8;
        self.layer = match self.layer {
            None => Some(most),
            Some(layer) => layer.checked_sub(1).filter(|layer| *layer > 0),
        };
    }

    /// Keeps the cursor within the bins there are.
    pub fn clamp(&mut self, analysis: &Analysis) {
        let most = analysis.cuts(self.plane.third()).bins() as u8;
        self.layer = self.layer.map(|layer| layer.min(most));
        if let Some(mark) = &mut self.mark {
            for (score, axis) in mark.iter_mut().zip(self.plane.axes()) {
                *score = (*score).clamp(1, analysis.cuts(axis).bins() as u8);
            }
        }
        for (score, axis) in self.cursor.iter_mut().zip(self.plane.axes()) {
            *score = (*score).clamp(1, analysis.cuts(axis).bins() as u8);
        }
    }

    /// Moves the cursor by a cell; the best row is at the top.
    pub fn step(&mut self, direction: Direction, analysis: &Analysis) {
        let [up, across] = &mut self.cursor;
        match direction {
            Direction::Left => *across = across.saturating_sub(1),
            Direction::Right => *across += 1,
            Direction::Up => *up += 1,
            Direction::Down => *up = up.saturating_sub(1),
        }
        self.clamp(analysis);
    }
}

/// The segments within a pattern of scores, each with its tally, the most customers first.
#[must_use]
pub fn segments_within(analysis: &Analysis, pattern: [Option<u8>; 3]) -> Vec<(usize, Tally)> {
    let map = analysis.map();
    let mut segments: Vec<(usize, Tally)> = Vec::new();
    for (cell, tally) in analysis.summary().cells() {
        if !crate::engine::summary::matches(pattern, cell) {
            continue;
        }
        let segment = map.segment(cell_index(map.bins(), cell));
        match segments.iter_mut().find(|(known, _)| *known == segment) {
            Some((_, sum)) => *sum += tally,
            None => segments.push((segment, tally)),
        }
    }
    segments.sort_by_key(|(segment, tally)| (std::cmp::Reverse(tally.customers), *segment));
    segments
}

/// Whether a segment has any of the cells within a pattern.
#[must_use]
pub fn segment_touches(analysis: &Analysis, segment: usize, pattern: [Option<u8>; 3]) -> bool {
    let map = analysis.map();
    (0..map.cells()).any(|index| {
        map.segment(index) == segment && crate::engine::summary::matches(pattern, cell_at(map.bins(), index))
    })
}
