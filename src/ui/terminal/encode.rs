//! What a terminal must be sent for one screen to become another, in as few bytes as can be told without asking it.
//!
//! Over a slow line each byte is felt. Beyond sending only cells that differ, as a careful program does anyway, a short gap
//! is written again where that is cheaper than a move, moves are relative where that is shorter, blank ends of lines are
//! erased, and styles change by what differs. After a character on whose width terminals disagree the next place is named in
//! full, so that a disagreement ends with its cell.

mod pen;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Position;
use unicode_width::UnicodeWidthStr;

use pen::{Ink, PLAIN};

/// A cell of an area that both screens have.
struct Row<'a> {
    shown: &'a [Cell],
    next: &'a [Cell],
}

/// Writes what turns one screen into another of the same size; nothing where they are alike. The pen is plain at the
/// beginning and at the end, its place is unknown at the beginning.
pub fn encode(shown: &Buffer, next: &Buffer, out: &mut Vec<u8>) {
    debug_assert_eq!(shown.area, next.area, "a screen of another size is drawn in full");
    let width = usize::from(next.area.width);
    if width == 0 {
        return;
    }
    let mut writer = Writer { out, ink: PLAIN, at: None };
    for (y, (shown, next)) in shown.content.chunks(width).zip(next.content.chunks(width)).enumerate() {
        writer.row(y as u16, &Row { shown, next });
    }
    writer.ink(PLAIN);
}

/// Writes a move to a place.
pub(super) fn go_to(place: Position, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("\x1b[{};{}H", place.y + 1, place.x + 1).as_bytes());
}

struct Writer<'a> {
    out: &'a mut Vec<u8>,
    ink: Ink,
    /// Where the terminal's cursor is, as far as that is sure.
    at: Option<(u16, u16)>,
}

impl Writer<'_> {
    fn row(&mut self, y: u16, row: &Row<'_>) {
        let blank = blank_from(row.next);
        let mut x = 0;
        // Cells that a wide character covered and that are to be written whatever they were.
        let mut uncovered = 0;
        while x < row.next.len() {
            let (cell, before) = (&row.next[x], &row.shown[x]);
            let wide = columns(cell).min(row.next.len() - x);
            let changed = uncovered > 0 || !look_alike(cell, before);
            if changed && x >= blank && self.erase(y, x, row) {
                return;
            }
            if changed {
                self.cell(y, x, row);
                // Whatever of a wide character is written over, the rest of it goes with it.
                let reach = (x..x + wide).map(|at| at - x + columns(&row.shown[at])).max();
                uncovered = uncovered.max(reach.unwrap_or(wide));
            }
            uncovered = uncovered.saturating_sub(wide);
            x += wide;
        }
    }

    /// Erases the rest of a line that is blank from here, where that is shorter than blanks.
    fn erase(&mut self, y: u16, x: usize, row: &Row<'_>) -> bool {
        const ERASE: &[u8] = b"\x1b[K";
        let last = (x..row.next.len()).rev().find(|&x| !look_alike(&row.next[x], &row.shown[x]));
        if last.is_none_or(|last| last - x < ERASE.len()) {
            return false;
        }
        self.go(y, x as u16, row);
        self.ink(PLAIN);
        self.out.extend_from_slice(ERASE);
        true
    }

    fn cell(&mut self, y: u16, x: usize, row: &Row<'_>) {
        let cell = &row.next[x];
        self.go(y, x as u16, row);
        let (symbol, wide) = (cell.symbol(), columns(cell));
        if symbol != " " || !self.ink.blanks_alike(Ink::of(cell)) {
            self.ink(Ink::of(cell));
        }
        // What a wide character covered has no symbol of its own.
        let symbol = if symbol.is_empty() { " " } else { symbol };
        if is_sure(symbol) {
            self.out.extend_from_slice(symbol.as_bytes());
            // At the last column a terminal may wait before it wraps.
            let end = x + wide;
            self.at = (end < row.next.len()).then_some((y, end as u16));
        } else {
            // A terminal that takes it for narrower must not keep what was there.
            self.out.extend(std::iter::repeat_n(b' ', wide));
            self.at = None;
            self.go(y, x as u16, row);
            self.out.extend_from_slice(symbol.as_bytes());
            self.at = None;
        }
    }

    /// Goes to a place in the cheapest way that is sure.
    fn go(&mut self, y: u16, x: u16, row: &Row<'_>) {
        let full = || format!("\x1b[{};{}H", y + 1, x + 1);
        let by = match self.at {
            Some(at) if at == (y, x) => return,
            Some((line, from)) if line == y && from < x => {
                let gap = &row.next[usize::from(from)..usize::from(x)];
                if let Some(bytes) = self.again(gap) {
                    self.out.extend_from_slice(&bytes);
                    self.at = Some((y, x));
                    return;
                }
                match x - from {
                    1 => "\x1b[C".to_owned(),
                    gap => format!("\x1b[{gap}C"),
                }
            }
            Some((line, _)) if line + 1 == y && x == 0 => "\r\n".to_owned(),
            _ => full(),
        };
        self.out.extend_from_slice(by.as_bytes());
        self.at = Some((y, x));
    }

    /// The cells of a gap, where writing them again is no longer than a move.
    fn again(&self, gap: &[Cell]) -> Option<Vec<u8>> {
        let most = if gap.len() < 2 { 3 } else { 4 };
        let mut bytes = Vec::new();
        for cell in gap {
            let (symbol, ink) = (cell.symbol(), Ink::of(cell));
            let is_alike = ink == self.ink || (symbol == " " && self.ink.blanks_alike(ink));
            if columns(cell) != 1 || !is_sure(symbol) || !is_alike || bytes.len() + symbol.len() > most {
                return None;
            }
            bytes.extend_from_slice(symbol.as_bytes());
        }
        Some(bytes)
    }

    fn ink(&mut self, ink: Ink) {
        self.ink.change(ink, self.out);
        self.ink = ink;
    }
}

/// Where the plain blanks at the end of a line begin.
fn blank_from(row: &[Cell]) -> usize {
    let is_blank = |cell: &Cell| cell.symbol() == " " && Ink::of(cell).blanks_alike(PLAIN);
    row.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1)
}

/// Whether two cells look alike: of a blank only what is behind it is seen.
fn look_alike(one: &Cell, other: &Cell) -> bool {
    one == other || (one.symbol() == " " && other.symbol() == " " && Ink::of(one).blanks_alike(Ink::of(other)))
}

fn columns(cell: &Cell) -> usize {
    match cell.diff_option {
        // Terminals of the Far East draw some signs wider than others do.
        CellDiffOption::ForcedWidth(width) => width.get().into(),
        _ => cell.symbol().width().max(1),
    }
}

/// Whether all terminals agree on how many columns a symbol takes: Latin, Greek and Cyrillic letters, what boxes, bars and
/// arrows are drawn with, and the characters of East Asia. Marks, joined emoji and other scripts are not sure.
fn is_sure(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else { return false };
    matches!(c,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2190}'..='\u{21ff}' | '\u{2200}'..='\u{22ff}'
        | '\u{2500}'..='\u{25fc}' | '\u{2800}'..='\u{28ff}'
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
}

#[cfg(test)]
mod tests;
