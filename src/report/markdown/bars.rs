//! Charts as lines of characters of one width.

use super::super::document::{Bars, Curve, Heat, Histogram};
use crate::show::bars::{self, EIGHTHS, LEVELS};
use crate::show::text::{cut, left, right, width};

/// Columns of a bar.
const BAR: usize = 24;

/// Columns of a name.
const NAME: usize = 24;

/// Rows of a histogram.
const HEIGHT: u64 = 8;

/// A bar of a length of 1 at most.
fn bar(length: f64, columns: usize) -> String {
    let whole = columns * 8;
    let eighths = (length.clamp(0.0, 1.0) * whole as f64).round() as usize;
    bars::bar(eighths, length > 0.0, &EIGHTHS)
}

/// The tiles with a mark that rises with their heat.
pub(super) fn heat(heat: &Heat) -> Vec<String> {
    let label = |[score, range]: &[String; 2]| format!("{score} {range}");
    let names = heat.up.iter().map(|up| width(&label(up))).max().unwrap_or(0);
    let figures = heat.tiles.iter().flatten().map(|tile| width(&tile.figure) + 2);
    let columns = figures.chain(heat.across.iter().map(|across| width(&label(across)))).max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    for (up, tiles) in heat.up.iter().zip(&heat.tiles) {
        let mut line = left(&label(up), names);
        for tile in tiles {
            let text =
                tile.heat.map_or_else(|| "·  ".to_owned(), |heat| format!("{} {}", tile.figure, LEVELS[heat + 2]));
            line.push_str(&right(&text, columns));
        }
        lines.push(line);
    }
    let across: String = heat.across.iter().map(|across| right(&label(across), columns)).collect();
    lines.push(format!("{}{across}", " ".repeat(names)));
    lines
}

/// Two bars beside each other for each name, the longest of all as long as there is room.
pub(super) fn bars(chart: &Bars) -> Vec<String> {
    let names = chart.bars.iter().map(|bar| width(&bar.name)).max().unwrap_or(0).min(NAME);
    let longest = chart.bars.iter().flat_map(|bar| bar.lengths).fold(0.0, f64::max);
    let figures = chart.bars.iter().flat_map(|bar| &bar.figures).map(|figure| width(figure)).max().unwrap_or(0);
    let [one, other] = &chart.series;
    let columns = BAR + 1 + figures;
    let mut lines = vec![format!("{}  {}  {other}", " ".repeat(names), left(one, columns))];
    for row in &chart.bars {
        let mut line = left(&row.name, names);
        for (length, figure) in row.lengths.iter().zip(&row.figures) {
            let length = if longest > 0.0 { length / longest } else { 0.0 };
            line.push_str("  ");
            line.push_str(&left(&format!("{} {figure}", bar(length, BAR)), columns));
        }
        lines.push(line);
    }
    lines
}

/// Columns of customers on a line with a mark at each cut; the scores of the bins below it.
pub(super) fn histogram(chart: &Histogram) -> Vec<String> {
    let largest = chart.counts.iter().copied().max().unwrap_or(0).max(1);
    let mut lines = vec![format!(" ┬ {}", chart.most)];
    for row in (0..HEIGHT).rev() {
        let level = |count: &u64| {
            let eighths = (u128::from(*count) * u128::from(HEIGHT) * 8).div_ceil(largest.into()) as u64;
            LEVELS[eighths.saturating_sub(row * 8).min(8) as usize]
        };
        lines.push(format!(" {}", chart.counts.iter().map(level).collect::<String>()));
    }
    // A mark stands under the last column below its cut; one before all columns stands at the edge.
    let is_cut = |place: usize| chart.cuts.iter().any(|cut| cut.column == place);
    lines.push((0..=chart.counts.len()).map(|place| if is_cut(place) { '┴' } else { '─' }).collect());
    let mut scores = String::new();
    for band in &chart.bands {
        let [from, to] = band.columns;
        let room = (to - from).saturating_sub(1);
        let start = from + 1 + room.saturating_sub(width(&band.score)) / 2;
        if width(&band.score) <= room && start >= width(&scores) {
            scores.push_str(&" ".repeat(start - width(&scores)));
            scores.push_str(&band.score);
        }
    }
    lines.push(scores);
    let [first, last] = &chart.ends;
    let room = (chart.counts.len() + 1).saturating_sub(width(first)).max(width(last) + 2);
    lines.push(format!("{first}{}", right(last, room)));
    let cuts: Vec<&str> = chart.cuts.iter().map(|cut| cut.label.as_str()).collect();
    lines.push(format!(" ┴ {}", cuts.join("  ")));
    lines
}

/// The height of a curve at each tenth of its width.
pub(super) fn curve(chart: &Curve) -> Vec<String> {
    let mut lines = vec![format!("{} → {}", chart.across, cut(&chart.up, 60))];
    for tenth in 1..=10u32 {
        let x = f64::from(tenth) / 10.0;
        let Some((_, y)) = chart.points.iter().find(|(at, _)| *at >= x - 1e-9) else { continue };
        lines.push(format!("{:>4}%  {} {:.1}%", tenth * 10, bar(*y, 2 * BAR), y * 100.0));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Band, Bar, CutLine};

    #[test]
    fn bars_are_as_long_as_their_figures() {
        assert_eq!([bar(0.0, 4), bar(0.0001, 4), bar(0.5, 4), bar(1.0, 4)], ["", "▏", "██", "████"]);
        let of = |name: &str, lengths: [f64; 2]| Bar {
            name: name.to_owned(),
            lengths,
            figures: lengths.map(|length| format!("{:.1}%", length * 100.0)),
        };
        let chart = Bars {
            title: String::new(),
            description: String::new(),
            series: ["one".to_owned(), "other".to_owned()],
            bars: vec![of("重要", [0.5, 0.25]), of("b", [0.0, 0.1])],
        };
        let lines = bars(&chart);
        assert!(lines[1].starts_with(&format!("重要  {} 50.0%", "█".repeat(24))), "{lines:?}");
        assert!(lines[1].ends_with(&format!("  {} 25.0%            ", "█".repeat(12))), "{lines:?}");
        assert!(lines[2].starts_with("b      0.0%"), "{lines:?}");
    }

    #[test]
    fn cuts_stand_between_the_columns_that_they_part() {
        let chart = Histogram {
            title: String::new(),
            description: String::new(),
            counts: vec![1, 2, 4, 8, 0, 8, 1, 1],
            most: "8".to_owned(),
            ends: ["0".to_owned(), "99".to_owned()],
            cuts: vec![CutLine { column: 3, label: "40".to_owned() }],
            bands: vec![
                Band { score: "F1".to_owned(), columns: [0, 3] },
                Band { score: "F2".to_owned(), columns: [3, 8] },
            ],
        };
        let lines = histogram(&chart);
        assert_eq!(lines[1], "    █ █  ");
        assert_eq!(lines[8], " ████ ███");
        assert_eq!(lines[9..], ["───┴─────", " F1  F2", "0      99", " ┴ 40"]);
    }
}
