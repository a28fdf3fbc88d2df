//! A curve in a square, with the diagonal.

use std::fmt::{self, Write};

use super::super::document::Curve;
use super::{Drawing, Length};

/// The side of the square.
const SIDE: f64 = 400.0;
/// Left of the square.
const LEFT: f64 = 52.0;
/// Above it.
const TOP: f64 = 26.0;

pub(super) fn draw(chart: &Curve, drawing: &mut Drawing) -> fmt::Result {
    let place = |(x, y): (f64, f64)| [LEFT + x * SIDE, TOP + (1.0 - y) * SIDE];
    for part in 0..=5 {
        let at = f64::from(part) / 5.0;
        let text = format!("{}%", part * 20);
        let [x, y] = place((at, 0.0));
        drawing.line("none", [x, TOP], [x, y])?;
        drawing.text("soft small mid", [x, y + 17.0], &text)?;
        let [x, y] = place((0.0, at));
        drawing.line("none", [x, y], [x + SIDE, y])?;
        drawing.text("soft small end", [x - 7.0, y + 4.0], &text)?;
    }
    let mut points = String::new();
    for point in &chart.points {
        let [x, y] = place(*point).map(Length);
        write!(points, "{x},{y} ")?;
    }
    let points = points.trim_end();
    let [from, to] = [place((0.0, 0.0)), place((1.0, 1.0))];
    // From its end back to its beginning a polygon goes along the diagonal.
    writeln!(drawing.body, "<polygon class=\"area\" points=\"{points}\"/>")?;
    drawing.line("diagonal", from, to)?;
    writeln!(drawing.body, "<polyline class=\"curve\" points=\"{points}\"/>")?;
    let mut lowest = f64::MAX;
    for (x, y, label) in &chart.marks {
        let [x, y] = place((*x, *y));
        writeln!(drawing.body, "<circle class=\"two\" cx=\"{}\" cy=\"{}\" r=\"4.5\"/>", Length(x), Length(y))?;
        // Beside the square there is room; labels keep apart from each other.
        let label_y = if (lowest - y).abs() < 18.0 { lowest + 18.0 } else { y };
        lowest = label_y;
        drawing.line("none", [x + 5.0, y], [LEFT + SIDE + 12.0, label_y])?;
        drawing.text("", [LEFT + SIDE + 16.0, label_y + 4.0], label)?;
    }
    drawing.text("soft small", [LEFT, TOP - 10.0], &chart.up)?;
    drawing.text("soft small mid", [LEFT + SIDE / 2.0, TOP + SIDE + 36.0], &chart.across)?;
    let [x, y] = place((0.4, 0.4));
    writeln!(drawing.body, "<g transform=\"rotate(-45 {} {})\">", Length(x), Length(y))?;
    drawing.text("soft small mid", [x, y - 6.0], &chart.diagonal)?;
    writeln!(drawing.body, "</g>")?;
    drawing.size = [640.0, TOP + SIDE + 48.0];
    drawing.is_narrow = true;
    Ok(())
}
