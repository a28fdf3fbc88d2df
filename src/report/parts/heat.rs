//! The heatmap of recency by frequency: customers of each pair of scores, and their revenue.

use super::super::document::{Block, Chart, HEATS, Heat, Section, Table, Tile};
use super::super::words;
use crate::app::heat::segments_within;
use crate::engine::analysis::Analysis;
use crate::engine::summary::Tally;
use crate::model::customers::Axis;
use crate::show::numbers::{count, money, share};
use crate::tr;

/// The axis up the map.
const UP: Axis = Axis::Recency;
/// The axis across it.
const ACROSS: Axis = Axis::Frequency;

pub(in super::super) fn section(analysis: &Analysis) -> Section {
    let scale = analysis.customers().scale;
    let caption = tr!("Customers by the scores of recency and frequency, with their sums");
    let customers = table(analysis, caption, |tally| count(tally.customers));
    let caption = tr!("Revenue by the scores of recency and frequency, with their sums");
    let revenue = table(analysis, caption, |tally| money(tally.revenue, scale));
    Section {
        id: "heatmap",
        title: tr!("Heatmap").to_owned(),
        blocks: vec![Block::Chart(Chart::Heat(chart(analysis))), Block::Table(customers), Block::Table(revenue)],
    }
}

/// The scores of an axis with their ranges, the worst one first.
fn scores(analysis: &Analysis, axis: Axis) -> Vec<[String; 2]> {
    let (cuts, scale) = (analysis.cuts(axis), analysis.scale(axis));
    let of = |score: u8| {
        let range = cuts.range_text(cuts.bin_of_score(score), scale);
        [format!("{}{score}", axis.letter()), range.to_string()]
    };
    (1..=cuts.bins() as u8).map(of).collect()
}

fn tally(analysis: &Analysis, up: Option<u8>, across: Option<u8>) -> Tally {
    analysis.summary().pattern(pattern(up, across))
}

const fn pattern(up: Option<u8>, across: Option<u8>) -> [Option<u8>; 3] {
    let mut pattern = [None; 3];
    pattern[UP.index()] = up;
    pattern[ACROSS.index()] = across;
    pattern
}

/// The scores that an axis has, the best one first.
fn falling(analysis: &Analysis, axis: Axis) -> impl Iterator<Item = u8> {
    (1..=analysis.cuts(axis).bins() as u8).rev()
}

fn table(analysis: &Analysis, caption: &str, figure: impl Fn(Tally) -> String) -> Table {
    let corner = format!("{} \\ {}", UP.letter(), ACROSS.letter());
    let heads = scores(analysis, ACROSS).into_iter().map(|[score, range]| format!("{score} {range}"));
    let head = std::iter::once(corner).chain(heads).chain([words::total()]);
    let mut table = Table::new(caption, 1, head);
    let across = || (1..=analysis.cuts(ACROSS).bins() as u8).map(Some).chain([None]);
    let row = |name: String, up: Option<u8>| -> Vec<String> {
        std::iter::once(name).chain(across().map(|across| figure(tally(analysis, up, across)))).collect()
    };
    for ([score, range], up) in scores(analysis, UP).into_iter().rev().zip(falling(analysis, UP)) {
        table.row(row(format!("{score} {range}"), Some(up)));
    }
    table.total(row(words::total(), None));
    table
}

fn chart(analysis: &Analysis) -> Heat {
    let total = analysis.summary().total().customers;
    let across = 1..=analysis.cuts(ACROSS).bins() as u8;
    let all = || falling(analysis, UP).flat_map(|up| across.clone().map(move |across| (up, across)));
    let customers = |(up, across): (u8, u8)| tally(analysis, Some(up), Some(across)).customers;
    let largest = all().map(customers).max().unwrap_or(0);
    let tile = |up: u8, across: u8| {
        let customers = customers((up, across));
        let segments = segments_within(analysis, pattern(Some(up), Some(across)));
        let (first, _) = segments.first().copied().unwrap_or_default();
        let several = segments.iter().filter(|(_, tally)| tally.customers > 0).count() > 1;
        let name = words::segment_of(analysis, first);
        Tile {
            figure: count(customers),
            share: share(customers, total),
            name: match (customers, several) {
                (0, _) => String::new(),
                (_, false) => name,
                // Others have some of it.
                (_, true) => format!("{name} +"),
            },
            heat: (customers > 0).then(|| heat(customers, largest)),
        }
    };
    Heat {
        title: tr!("Customers by recency and frequency").to_owned(),
        description: tr!(
            "A tile for each pair of scores of recency, the best one on top, and frequency, the best one at the right: its \
             customers, their share, and the segment of most of them. The table below has the same figures."
        )
        .to_owned(),
        up: scores(analysis, UP).into_iter().rev().collect(),
        across: scores(analysis, ACROSS),
        tiles: falling(analysis, UP)
            .map(|up| across.clone().map(|across| tile(up, across)).collect())
            .collect(),
        legend: tr!("customers").to_owned(),
        steps: steps(largest),
    }
}

/// The heat of a number among those of all tiles, by its square root: most tiles are small beside the largest.
fn heat(customers: u64, largest: u64) -> usize {
    (0..HEATS).rev().find(|step| customers >= least(*step, largest)).unwrap_or(0)
}

/// The least number of customers of a step of heat.
fn least(step: usize, largest: u64) -> u64 {
    let (step, steps) = (step as u128, HEATS as u128);
    ((u128::from(largest) * step * step).div_ceil(steps * steps) as u64).max(1)
}

/// The numbers of each step of heat, as long as there are any.
fn steps(largest: u64) -> Vec<String> {
    let range = |step: usize| {
        let low = least(step, largest);
        let high = if step + 1 == HEATS { largest } else { least(step + 1, largest) - 1 };
        match low.cmp(&high) {
            std::cmp::Ordering::Less => format!("{}–{}", count(low), count(high)),
            std::cmp::Ordering::Equal => count(low),
            std::cmp::Ordering::Greater => "–".to_owned(),
        }
    };
    (0..HEATS).map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_within_the_range_of_its_heat() {
        for largest in [1, 2, 5, 7, 49, 1_000, 123_457] {
            let steps = steps(largest);
            for customers in (1..=largest).step_by(1 + largest as usize / 500).chain([largest]) {
                let step = heat(customers, largest);
                let next = if step + 1 == HEATS { largest + 1 } else { least(step + 1, largest) };
                assert!((least(step, largest)..next).contains(&customers), "{customers} of {largest}: {steps:?}");
                assert_ne!(steps[step], "–", "{customers} of {largest}");
            }
            assert_eq!(heat(largest, largest), HEATS - 1);
        }
    }
}
