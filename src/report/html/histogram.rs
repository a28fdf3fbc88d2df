//! Customers along an axis, with a line at each cut and the scores of the bins between them.

use std::fmt;

use super::super::document::{CutLine, Histogram};
use super::Drawing;
use crate::show::text::width;

/// The width of all.
const WIDTH: f64 = 960.0;
/// The height of the columns.
const HEIGHT: f64 = 150.0;
/// The height of a row of the cuts' values.
const LINE: f64 = 14.0;
/// Rows of the cuts' values: those of cuts that lie close take turns.
const LINES: usize = 4;

pub(super) fn draw(chart: &Histogram, drawing: &mut Drawing) -> fmt::Result {
    let count = chart.counts.len().max(1) as f64;
    let column = WIDTH / count;
    let labels = labels(chart, column);
    let lines = labels.iter().flatten().map(|(line, _)| line + 1).max().unwrap_or(0);
    let top = lines as f64 * LINE + 6.0;
    let bottom = top + HEIGHT;
    for (place, band) in chart.bands.iter().enumerate() {
        let [from, to] = band.columns.map(|place| place as f64 * column);
        if place % 2 == 1 {
            drawing.rect("band", [from, top, to - from, HEIGHT])?;
        }
        if to - from > 9.0 * width(&band.score) as f64 {
            drawing.text("mid", [f64::midpoint(from, to), bottom + 17.0], &band.score)?;
        }
    }
    let most = chart.counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    for (place, customers) in chart.counts.iter().enumerate().filter(|(_, customers)| **customers > 0) {
        let height = (*customers as f64 / most * (HEIGHT - 14.0)).max(1.0);
        drawing.rect("one", [place as f64 * column + 0.5, bottom - height, column - 1.0, height])?;
    }
    drawing.line("axis", [0.0, bottom], [WIDTH, bottom])?;
    for (cut, label) in chart.cuts.iter().zip(&labels) {
        let x = cut.column as f64 * column;
        let (line, text) = label.unwrap_or((lines, 0.0));
        drawing.line("cut", [x, (line as f64 + 1.0) * LINE + 2.0], [x, bottom])?;
        if label.is_some() {
            drawing.text("small cutname mid", [text, (line as f64 + 1.0) * LINE - 2.0], &cut.label)?;
        }
    }
    drawing.text("soft small", [2.0, bottom + 33.0], &chart.ends[0])?;
    drawing.text("soft small end", [WIDTH - 2.0, bottom + 33.0], &chart.ends[1])?;
    drawing.size = [WIDTH, bottom + 40.0];
    Ok(())
}

/// The row of each cut's value and where its middle stands; none where there is no room. Those of one row do not touch,
/// and coinciding cuts are told once.
fn labels(chart: &Histogram, column: f64) -> Vec<Option<(usize, f64)>> {
    let mut ends = [f64::MIN; LINES];
    let mut label = |cut: &CutLine| {
        let half = width(&cut.label) as f64 * 3.6;
        let middle = (cut.column as f64 * column).clamp(half, WIDTH - half);
        // The lowest row that is free; a line runs down from its value, beside those below it.
        let line = (0..LINES).rev().find(|line| ends[*line] + 8.0 < middle - half)?;
        ends[line] = middle + half;
        Some((line, middle))
    };
    let mut before = None;
    let mut labels: Vec<Option<(usize, f64)>> = Vec::new();
    for cut in &chart.cuts {
        labels.push(if before == Some(&cut.label) { None } else { label(cut) });
        before = Some(&cut.label);
    }
    // Rows that nothing needs are left out.
    let unused = labels.iter().flatten().map(|(line, _)| *line).min().unwrap_or(0);
    labels.iter_mut().flatten().for_each(|(line, _)| *line -= unused);
    labels
}
