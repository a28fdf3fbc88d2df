//! A frame as text with the colours of a terminal, which `cat` shows.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::super::sgr::{BACK, FRONT, MODIFIERS, colour};
use super::look::{Glyph, glyphs};

/// The lines of a frame with their colours, as sequences of ANSI (SGR). Each line stands alone.
#[must_use]
pub fn ansi(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.rows().map(|row| row.y) {
        let glyphs: Vec<Glyph<'_>> = glyphs(buffer, y).collect();
        // Blanks at the end show nothing, unless they have a background.
        let shows = |glyph: &Glyph<'_>| glyph.cell.symbol() != " " || has_ground(glyph.cell);
        let end = glyphs.iter().rposition(shows).map_or(0, |last| last + 1);
        let mut now = String::new();
        for glyph in &glyphs[..end] {
            let codes = codes(glyph.cell);
            if codes != now {
                text.push_str("\u{1b}[0");
                text.push_str(&codes);
                text.push('m');
                now = codes;
            }
            text.push_str(glyph.cell.symbol());
        }
        if !now.is_empty() {
            text.push_str("\u{1b}[0m");
        }
        text.push('\n');
    }
    text
}

/// Whether a blank cell can be told from no cell.
fn has_ground(cell: &Cell) -> bool {
    cell.bg != Color::Reset || cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
}

/// The parameters of a cell's look, each with a semicolon before it; none for that of the terminal.
fn codes(cell: &Cell) -> String {
    let modifiers = MODIFIERS.iter().filter(|(modifier, ..)| cell.modifier.contains(*modifier));
    let colours = [(cell.fg, FRONT), (cell.bg, BACK)].into_iter().filter(|(own, _)| *own != Color::Reset);
    let codes = modifiers.map(|(_, begin, _)| (*begin).to_owned()).chain(colours.map(|(own, base)| colour(own, base)));
    codes.flat_map(|code| [";".to_owned(), code]).collect()
}
