//! Two bars a name, one below the other.

use std::fmt;

use super::super::document::Bars;
use super::{Drawing, fitting};
use crate::show::text::cut;

/// The width of all.
const WIDTH: f64 = 960.0;
/// The width of the names.
const NAMES: f64 = 180.0;
/// The width of the figures behind the bars.
const FIGURES: f64 = 60.0;
/// The height of a name with its bars.
const ROW: f64 = 38.0;
/// The height of a bar.
const BAR: f64 = 13.0;

pub(super) fn draw(chart: &Bars, drawing: &mut Drawing) -> fmt::Result {
    let mut x = NAMES;
    for (class, name) in ["one", "two"].into_iter().zip(&chart.series) {
        drawing.rect(class, [x, 2.0, 14.0, 14.0])?;
        drawing.text("soft", [x + 20.0, 14.0], name)?;
        x += 240.0;
    }
    let longest = chart.bars.iter().flat_map(|bar| bar.lengths).fold(0.0, f64::max);
    let room = WIDTH - NAMES - FIGURES;
    for (row, bar) in (0..).map(f64::from).zip(&chart.bars) {
        let top = 30.0 + row * ROW;
        let name = cut(&bar.name, fitting(NAMES - 10.0, 13.0));
        drawing.text("end", [NAMES - 10.0, top + BAR + 5.0], &name)?;
        for (place, (class, figure)) in ["one", "two"].into_iter().zip(&bar.figures).enumerate() {
            let y = top + place as f64 * (BAR + 2.0);
            // Whatever is above nothing is seen.
            let length = if bar.lengths[place] > 0.0 { (bar.lengths[place] / longest * room).max(1.0) } else { 0.0 };
            drawing.rect(class, [NAMES, y, length, BAR])?;
            drawing.text("small", [NAMES + length + 6.0, y + BAR - 2.5], figure)?;
        }
    }
    drawing.line("axis", [NAMES, 26.0], [NAMES, 30.0 + chart.bars.len() as f64 * ROW - 4.0])?;
    drawing.size = [WIDTH, 32.0 + chart.bars.len() as f64 * ROW];
    Ok(())
}
