//! A frame as SVG: one file that needs nothing else, to be pasted into a document or opened in a browser.
//!
//! Text is text, in pieces that begin and end at their columns. Bars and lines are rectangles. The background is drawn
//! too, so that it looks the same on any page.

use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::look::{Look, Paper, glyphs};
use super::pieces::{Class, Piece, Pieces};
use super::shapes::{HIGH, Mosaic, Rect, Shape, WIDE};
use crate::show::markup::xml;
use crate::ui::theme::Rgb;

/// What is told of a picture to who does not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// In a line.
    pub title: String,
    /// In full.
    pub description: String,
    /// The language of the text, as a tag of BCP 47: it tells which forms of Chinese characters are meant.
    pub language: &'static str,
}

/// Fonts of one width, and for Chinese those that most systems have.
const FONTS: &str = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', \
                     'PingFang SC', 'Microsoft YaHei', monospace";

/// Between the edge of the picture and the screen.
const MARGIN: u16 = 8;

/// Where letters stand on, from the top of a row.
const BASE: u16 = 12;

/// What is done to letters, as attributes.
const LETTERS: [(Modifier, &str); 3] = [
    (Modifier::BOLD, " font-weight=\"bold\""),
    (Modifier::ITALIC, " font-style=\"italic\""),
    (Modifier::UNDERLINED, " text-decoration=\"underline\""),
];

/// The frame as SVG.
#[must_use]
pub fn svg(buffer: &Buffer, paper: Paper, caption: &Caption) -> String {
    let drawing = Drawing::of(buffer, paper);
    let (width, height) = (buffer.area.width * WIDE + 2 * MARGIN, buffer.area.height * HIGH + 2 * MARGIN);
    let mut svg = String::new();
    // Writing to a string does not fail.
    let _ = drawing.write(&mut svg, (width, height), paper, caption);
    svg
}

/// A paint: a colour, and how much of it is seen in percent.
type Paint = (Rgb, u8);

/// What is drawn, in this order.
struct Drawing {
    grounds: Mosaic<Paint>,
    shapes: Mosaic<Paint>,
    /// Row by row.
    text: Vec<Vec<Piece>>,
}

impl Drawing {
    fn of(buffer: &Buffer, paper: Paper) -> Self {
        let mut drawing = Self { grounds: Mosaic::new(), shapes: Mosaic::new(), text: Vec::new() };
        for (row, y) in (0..).zip(buffer.area.rows().map(|row| row.y)) {
            drawing.row(buffer, (row, y), paper);
        }
        drawing
    }

    fn row(&mut self, buffer: &Buffer, (row, y): (u16, u16), paper: Paper) {
        let mut pieces = Pieces::default();
        let (grounds, shapes) = (self.grounds.len(), self.shapes.len());
        for glyph in glyphs(buffer, y) {
            let look = Look::of(glyph.cell, paper);
            let (left, top) = (glyph.x * WIDE, row * HIGH);
            if look.ground != paper.ground {
                let cells = Rect { x: left, y: top, width: glyph.width * WIDE, height: HIGH };
                self.grounds.add(cells, (look.ground, 100));
            }
            match Shape::of(glyph.cell.symbol()) {
                Some(shape) => {
                    for part in &shape.parts {
                        self.shapes.add(Rect { x: left + part.x, y: top + part.y, ..*part }, (look.ink, shape.percent));
                    }
                }
                None if glyph.cell.symbol().trim().is_empty() => pieces.blank(glyph.x, look),
                None => pieces.add(&glyph, look),
            }
        }
        self.grounds.end_row(grounds);
        self.shapes.end_row(shapes);
        self.text.push(pieces.done());
    }

    fn write(
        &self,
        out: &mut String,
        (width, height): (u16, u16),
        paper: Paper,
        caption: &Caption,
    ) -> std::fmt::Result {
        let Caption { title, description, language } = caption;
        writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} \
             {height}\" role=\"img\" aria-labelledby=\"title description\" xml:lang=\"{language}\">"
        )?;
        writeln!(out, "<title id=\"title\">{}</title>", xml(title))?;
        let lines: Vec<_> = description.lines().map(xml).collect();
        writeln!(out, "<desc id=\"description\">{}</desc>", lines.join("\n"))?;
        writeln!(out, "<rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{}\"/>", paper.ground)?;
        writeln!(out, "<g transform=\"translate({MARGIN} {MARGIN})\">")?;
        for mosaic in [&self.grounds, &self.shapes] {
            writeln!(out, "<g shape-rendering=\"crispEdges\">")?;
            for (rect, (colour, percent)) in mosaic.rects() {
                let Rect { x, y, width, height } = rect;
                let seen = if *percent < 100 { format!(" fill-opacity=\".{percent}\"") } else { String::new() };
                writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"{seen}/>"
                )?;
            }
            writeln!(out, "</g>")?;
        }
        // Letters are six tenths as wide as the font is large: 8 of 13.333.
        writeln!(out, "<g font-family=\"{FONTS}\" font-size=\"13.333\" fill=\"{}\">", paper.ink)?;
        for (row, pieces) in (0..).zip(&self.text) {
            for piece in pieces {
                write_piece(out, piece, row * HIGH + BASE, paper)?;
            }
        }
        writeln!(out, "</g>\n</g>\n</svg>")
    }
}

fn write_piece(out: &mut String, piece: &Piece, y: u16, paper: Paper) -> std::fmt::Result {
    let (x, length, look) = (piece.x * WIDE, piece.width * WIDE, piece.look);
    write!(out, "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\"")?;
    match piece.class {
        Class::Narrow => {}
        Class::Sign => out.push_str(" lengthAdjust=\"spacingAndGlyphs\""),
        // A Chinese character is as wide as the font is large; at the size of the others it would be lost in two columns.
        Class::Wide => out.push_str(" font-size=\"15\""),
    }
    if look.ink != paper.ink {
        write!(out, " fill=\"{}\"", look.ink)?;
    }
    for (modifier, attribute) in LETTERS {
        if look.letters.contains(modifier) {
            out.push_str(attribute);
        }
    }
    writeln!(out, ">{}</text>", xml(&piece.text))
}
