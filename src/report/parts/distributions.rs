//! The distributions of recency, frequency and monetary with their cuts, and what is in each bin.

use super::super::document::{Band, Block, Chart, CutLine, Histogram, Section, Table};
use super::super::words;
use super::tally_row;
use crate::engine::analysis::Analysis;
use crate::engine::distribution::Distribution;
use crate::model::customers::Axis;
use crate::model::cuts::Cuts;
use crate::show::numbers::{count, money};
use crate::tr;

/// Columns of a histogram.
const COLUMNS: usize = 60;

pub(in super::super) fn section(analysis: &Analysis) -> Section {
    let of = |axis: Axis| {
        let heading = tr!("{axis}: {unit}", axis = words::axis(axis), unit = words::unit(analysis, axis));
        [
            Block::Heading(heading),
            Block::Chart(Chart::Histogram(histogram(analysis, axis))),
            Block::Table(bins(analysis, axis)),
        ]
    };
    Section {
        id: "distributions",
        title: tr!("Distributions and cuts").to_owned(),
        blocks: Axis::ALL.into_iter().flat_map(of).collect(),
    }
}

/// The bins of an axis, the best score first, and their sum.
fn bins(analysis: &Analysis, axis: Axis) -> Table {
    let (cuts, scale) = (analysis.cuts(axis), analysis.scale(axis));
    let caption = tr!("Bins of {axis}", axis = words::axis_within(axis));
    let [score, customers, share, orders, revenue, part] = words::tally_heads(tr!("score"));
    let head = [score, tr!("range"), customers, share, orders, revenue, part];
    let mut table = Table::new(&caption, 2, head);
    for score in (1..=cuts.bins() as u8).rev() {
        let range = cuts.range_text(cuts.bin_of_score(score), scale).to_string();
        let cells = tally_row(analysis, format!("{}{score}", axis.letter()), analysis.summary().score(axis, score));
        table.row(with_range(cells, range));
    }
    table.total(with_range(tally_row(analysis, words::total(), analysis.summary().total()), String::new()));
    table
}

fn with_range([score, customers, share, orders, revenue, part]: [String; 6], range: String) -> [String; 7] {
    [score, range, customers, share, orders, revenue, part]
}

fn histogram(analysis: &Analysis, axis: Axis) -> Histogram {
    let distribution = Distribution::of(analysis, axis, COLUMNS);
    let (cuts, scale) = (analysis.cuts(axis), analysis.scale(axis));
    let population = analysis.population();
    let ends = [0, population.len().saturating_sub(1)].map(|rank| money(population.value_at(axis, rank), scale));
    let counts = distribution.counts().to_vec();
    let most = counts.iter().copied().max().unwrap_or(0);
    let places = places(&distribution, cuts);
    let lines = cuts.cuts().iter().zip(&places);
    let cut_lines = lines.map(|(cut, column)| CutLine { column: *column, label: cut.text(scale) }).collect();
    let bands = (0..cuts.bins()).map(|bin| Band {
        score: format!("{}{}", axis.letter(), cuts.score_of_bin(bin)),
        columns: [
            bin.checked_sub(1).map_or(0, |below| places[below]),
            places.get(bin).copied().unwrap_or(counts.len()),
        ],
    });
    let name = words::axis_within(axis);
    let title = if distribution.is_logarithmic() {
        tr!("Customers by {axis}, with its cuts; columns widen towards large values", axis = name)
    } else {
        tr!("Customers by {axis}, with its cuts", axis = name)
    };
    Histogram {
        title,
        description: tr!(
            "Columns of customers from the smallest value to the largest, and a line at each cut. The table has the \
             customers of each bin."
        )
        .to_owned(),
        most: count(most),
        ends,
        cuts: cut_lines,
        bands: bands.collect(),
        counts,
    }
}

/// The columns below each cut.
fn places(distribution: &Distribution, cuts: &Cuts) -> Vec<usize> {
    let columns = distribution.counts().len();
    let place = |bound: i64| {
        // A cut below all values has no column below it.
        let below = distribution.edges().first().is_some_and(|first| bound < *first);
        if below { 0 } else { (distribution.column(bound) + 1).min(columns) }
    };
    cuts.cuts().iter().map(|cut| place(cut.bound())).collect()
}
