//! Pictures of the screen, to be pasted elsewhere: the cells of a frame as plain text, as text with colours, and as SVG.
//!
//! A picture has what stands on the screen and no more: where names are masked there, they are masked here.

mod ansi;
mod look;
mod pieces;
mod shapes;
mod svg;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw::{draw, prepare};
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::picture::{Form, PictureTask, lift, pictured, write};
use crate::lang;
use crate::tr;

pub use ansi::ansi;
pub use look::Paper;
pub use svg::{Caption, svg};

/// Draws what the prompt for a picture's name lies over, writes it, and tells what came of it.
pub fn take(model: &mut Model, theme: &Theme, area: Rect, task: &PictureTask) {
    let asked = lift(model);
    let buffer = frame(model, theme, area);
    let picture = match task.form {
        Form::Text => text(&buffer),
        Form::Ansi => ansi(&buffer),
        Form::Svg => svg(&buffer, Paper::of(theme), &caption(&buffer)),
    };
    let done = write(task, &picture);
    pictured(model, asked, task, done);
    prepare(model, area, theme);
}

/// The cells of the frame that shows a model on a screen of some size.
pub fn frame(model: &mut Model, theme: &Theme, area: Rect) -> Buffer {
    prepare(model, area, theme);
    let mut buffer = Buffer::empty(area);
    draw(&mut buffer, model, theme);
    buffer
}

/// The lines of a frame as plain text, without the blanks at their ends.
#[must_use]
pub fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.rows().map(|row| row.y) {
        let line: String = look::glyphs(buffer, y).map(|glyph| glyph.cell.symbol()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// What is told of a picture to who does not see it: its first line as the title, and all of it as text.
fn caption(buffer: &Buffer) -> Caption {
    let text = text(buffer);
    let title = text.lines().next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let what = tr!("A screen of {columns} columns and {rows} rows. Its text:", columns, rows);
    Caption { title, description: format!("{what}\n{}", text.trim_end()), language: lang::current().tag() }
}

#[cfg(test)]
mod tests;
