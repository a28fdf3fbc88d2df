//! A frame as text with the colours of a terminal, which `cat` shows.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::look::{Glyph, glyphs};

/// Modifiers with their numbers.
const MODIFIERS: [(Modifier, u8); 7] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

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

/// The numbers of a cell's look, each with a semicolon before it; none for that of the terminal.
fn codes(cell: &Cell) -> String {
    let mut codes = String::new();
    for (modifier, code) in MODIFIERS {
        if cell.modifier.contains(modifier) {
            push(&mut codes, format_args!("{code}"));
        }
    }
    for (colour, base) in [(cell.fg, 30), (cell.bg, 40)] {
        match (colour, number(colour)) {
            (Color::Rgb(red, green, blue), _) => push(&mut codes, format_args!("{};2;{red};{green};{blue}", base + 8)),
            (Color::Indexed(index), _) => push(&mut codes, format_args!("{};5;{index}", base + 8)),
            (_, Some(dark @ ..8)) => push(&mut codes, format_args!("{}", base + dark)),
            (_, Some(bright)) => push(&mut codes, format_args!("{}", base + 60 + bright - 8)),
            (_, None) => {}
        }
    }
    codes
}

fn push(codes: &mut String, code: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = write!(codes, ";{code}");
}

/// The number of a terminal's colour among its 256; `None` where it has none.
const fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number) => number,
        Color::Reset | Color::Rgb(..) => return None,
    })
}
