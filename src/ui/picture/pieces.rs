//! The text of a row as pieces, each of which has one look and characters of one width: whatever font draws it, a piece
//! begins at its column and ends at its column.

use super::look::{Glyph, Look};

/// Text that is drawn at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first column, from 0.
    pub(super) x: u16,
    /// Its columns.
    pub(super) width: u16,
    pub(super) text: String,
    pub(super) look: Look,
    pub(super) class: Class,
}

/// What characters have in common that a font draws alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters, digits and signs of one column.
    Narrow,
    /// Characters of two columns.
    Wide,
    /// One of one column that some fonts draw wider, such as `…`.
    Sign,
}

impl Class {
    fn of(glyph: &Glyph<'_>) -> Self {
        let is_letter = |c: char| c.is_ascii() || c.is_alphanumeric();
        match glyph.width {
            2.. => Self::Wide,
            _ if glyph.cell.symbol().chars().next().is_some_and(is_letter) => Self::Narrow,
            _ => Self::Sign,
        }
    }
}

/// Gathers the pieces of a row.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    done: Vec<Piece>,
    /// The column after the last blank, where one blank alone parts it from the last piece.
    joined_at: Option<u16>,
}

impl Pieces {
    /// Adds a character that is written.
    pub(super) fn add(&mut self, glyph: &Glyph<'_>, look: Look) {
        let (class, symbol) = (Class::of(glyph), glyph.cell.symbol());
        let blank_before = self.joined_at.take() == Some(glyph.x);
        let last = self.done.last_mut().filter(|last| last.look == look && last.class == class && class != Class::Sign);
        match last {
            Some(last) if last.x + last.width == glyph.x => {
                last.text.push_str(symbol);
                last.width += glyph.width;
            }
            // A blank is as wide as a narrow character, and no wide one.
            Some(last) if blank_before && last.x + last.width + 1 == glyph.x && class == Class::Narrow => {
                last.text.push(' ');
                last.text.push_str(symbol);
                last.width += 1 + glyph.width;
            }
            _ => self.done.push(Piece { x: glyph.x, width: glyph.width, text: symbol.to_owned(), look, class }),
        }
    }

    /// Passes over a blank of a look.
    pub(super) fn blank(&mut self, x: u16, look: Look) {
        let follows = |last: &Piece| last.look == look && last.x + last.width == x;
        self.joined_at = self.done.last().is_some_and(follows).then_some(x + 1);
    }

    /// All pieces.
    pub(super) fn done(self) -> Vec<Piece> {
        self.done
    }
}
