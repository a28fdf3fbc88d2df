//! A heatmap: tiles with their figures, coloured by them.

use std::fmt;

use super::super::document::{HEATS, Heat, Tile};
use super::{Drawing, fitting};
use crate::show::text::cut;

/// The width of all.
const WIDTH: f64 = 960.0;
/// The width of the labels at the left.
const LABELS: f64 = 130.0;
/// Between tiles.
const GAP: f64 = 3.0;

pub(super) fn draw(heat: &Heat, drawing: &mut Drawing) -> fmt::Result {
    let columns = heat.across.len().max(1) as f64;
    let width = (WIDTH - LABELS) / columns;
    // Few rows have room for more.
    let height = if heat.up.len() > 6 { 58.0 } else { 66.0 };
    for (row, ([score, range], tiles)) in (0..).map(f64::from).zip(heat.up.iter().zip(&heat.tiles)) {
        let y = row * height;
        drawing.text("", [0.0, y + height / 2.0 - 2.0], score)?;
        let range = cut(range, fitting(LABELS - 8.0, 11.5));
        drawing.text("soft small", [0.0, y + height / 2.0 + 14.0], &range)?;
        for (column, tile) in (0..).map(f64::from).zip(tiles) {
            draw_tile(tile, [LABELS + column * width, y, width - GAP, height - GAP], drawing)?;
        }
    }
    let below = heat.up.len() as f64 * height;
    for (column, [score, range]) in (0..).map(f64::from).zip(&heat.across) {
        let middle = LABELS + (column + 0.5) * width - GAP / 2.0;
        drawing.text("mid", [middle, below + 17.0], score)?;
        let range = cut(range, fitting(width - GAP, 11.5));
        drawing.text("soft small mid", [middle, below + 33.0], &range)?;
    }
    draw_legend(heat, below + 52.0, drawing)?;
    drawing.size = [WIDTH, below + 92.0];
    Ok(())
}

fn draw_tile(tile: &Tile, [x, y, width, height]: [f64; 4], drawing: &mut Drawing) -> fmt::Result {
    let middle = x + width / 2.0;
    let Some(heat) = tile.heat else {
        drawing.rect("none", [x + 0.5, y + 0.5, width - 1.0, height - 1.0])?;
        return drawing.text("soft mid", [middle, y + height / 2.0 + 4.0], "·");
    };
    drawing.rect(&format!("h{heat}"), [x, y, width, height])?;
    drawing.text(&format!("mid large t{heat}"), [middle, y + height / 2.0 - 9.0], &tile.figure)?;
    drawing.text(&format!("mid small t{heat}"), [middle, y + height / 2.0 + 6.0], &tile.share)?;
    let name = cut(&tile.name, fitting(width - 6.0, 11.5));
    drawing.text(&format!("mid small t{heat}"), [middle, y + height / 2.0 + 20.5], &name)
}

/// The colours with the figures that they stand for.
fn draw_legend(heat: &Heat, y: f64, drawing: &mut Drawing) -> fmt::Result {
    drawing.text("soft small", [0.0, y + 12.0], &cut(&heat.legend, fitting(LABELS - 8.0, 11.5)))?;
    let width = (WIDTH - LABELS) / HEATS as f64;
    for (step, range) in heat.steps.iter().enumerate() {
        let x = LABELS + step as f64 * width;
        drawing.rect(&format!("h{step}"), [x, y, width - GAP, 16.0])?;
        drawing.text("soft small mid", [x + (width - GAP) / 2.0, y + 31.0], range)?;
    }
    Ok(())
}
