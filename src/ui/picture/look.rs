//! What a cell of a frame looks like, with the colours that a terminal would add by itself.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::show::text::width;
use crate::ui::theme::{Rgb, Theme};

/// What text without colours of its own is drawn with, and on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The text.
    pub ink: Rgb,
    /// The background.
    pub ground: Rgb,
}

impl Paper {
    /// Light text on a dark background.
    pub const DARK: Self = Self { ink: Rgb(214, 219, 226), ground: Rgb(18, 21, 27) };
    /// Dark text on a light background.
    pub const LIGHT: Self = Self { ink: Rgb(31, 35, 40), ground: Rgb(255, 255, 255) };

    /// The paper of a theme: its own text and background; where it leaves them to the terminal, those that its small print
    /// reads on, and without colours those of most terminals.
    #[must_use]
    pub fn of(theme: &Theme) -> Self {
        let rgb = |colour: Option<Color>| colour.and_then(Rgb::of);
        let suits_light = |muted: Rgb| muted.contrast(Self::LIGHT.ground) > muted.contrast(Self::DARK.ground);
        let usual = if rgb(theme.muted.fg).is_some_and(suits_light) { Self::LIGHT } else { Self::DARK };
        Self { ink: rgb(theme.ground.fg).unwrap_or(usual.ink), ground: rgb(theme.ground.bg).unwrap_or(usual.ground) }
    }
}

/// A character with its cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph<'a> {
    /// Its first column, from 0.
    pub(super) x: u16,
    /// Its columns, 1 or 2.
    pub(super) width: u16,
    /// Its first cell.
    pub(super) cell: &'a Cell,
}

/// The characters of a row from left to right.
pub(super) fn glyphs(buffer: &Buffer, y: u16) -> impl Iterator<Item = Glyph<'_>> {
    let area = buffer.area;
    let mut free = 0;
    (0..area.width).filter_map(move |x| {
        // A wide character covers the cell after it.
        if x < free {
            return None;
        }
        let cell = &buffer[(area.x + x, y)];
        let width = (width(cell.symbol()).max(1) as u16).min(area.width - x);
        free = x + width;
        Some(Glyph { x, width, cell })
    })
}

/// How a character is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) ink: Rgb,
    pub(super) ground: Rgb,
    /// What is done to the letters themselves.
    pub(super) letters: Modifier,
}

impl Look {
    /// The look of a cell on some paper.
    pub(super) fn of(cell: &Cell, paper: Paper) -> Self {
        /// How far small print fades into its background, in percent.
        const FADED: u16 = 40;
        const LETTERS: Modifier = Modifier::BOLD.union(Modifier::ITALIC).union(Modifier::UNDERLINED);
        let has = |modifier| cell.modifier.contains(modifier);
        let (mut ink, mut ground) = (Rgb::of(cell.fg).unwrap_or(paper.ink), Rgb::of(cell.bg).unwrap_or(paper.ground));
        if has(Modifier::REVERSED) {
            std::mem::swap(&mut ink, &mut ground);
        }
        if has(Modifier::DIM) {
            ink = ink.towards(ground, FADED);
        }
        if has(Modifier::HIDDEN) {
            ink = ground;
        }
        Self { ink, ground, letters: cell.modifier & LETTERS }
    }
}
