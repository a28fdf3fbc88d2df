//! A curve as columns, with its figures at the left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use crate::show::numbers::short_width;

/// Columns at the left of a curve, for its figures.
pub(super) fn labels() -> u16 {
    8.max(short_width() + 1)
}

/// A curve.
pub(super) struct Curve<'a> {
    /// Its figures, from the left to the right.
    pub(super) figures: &'a [i64],
    /// The figures that its foot and its top stand for.
    pub(super) between: (i64, i64),
    /// Columns that each figure takes.
    pub(super) wide: u16,
    /// How a figure is written.
    pub(super) text: &'a dyn Fn(i64) -> String,
}

impl Curve<'_> {
    /// Draws it in an area, some figures picked out by their number.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, is_picked: impl Fn(usize) -> bool, theme: &Theme) {
        if area.height == 0 {
            return;
        }
        let (low, high) = self.between;
        put_right(buffer, area, labels() - 1, 0, &(self.text)(high), theme.muted);
        put_right(buffer, area, labels() - 1, area.height - 1, &(self.text)(low), theme.muted);
        let levels = &theme.characters.glyphs.levels;
        let span = (i128::from(high) - i128::from(low)).max(1);
        let steps = i128::from(area.height) * 8 - 1;
        for (number, figure) in self.figures.iter().enumerate() {
            let x = labels() + number as u16 * self.wide;
            // The least is a sliver: nothing drawn would be no figure.
            let eighths = 1 + ((i128::from(*figure) - i128::from(low)).max(0) * steps / span) as u16;
            let style: Style = if is_picked(number) { theme.picked } else { theme.bar };
            for row in 0..area.height {
                let filled = eighths.saturating_sub(row * 8).min(8);
                let text = levels[usize::from(filled)].repeat(self.wide.into());
                put(buffer, area, x, area.height - 1 - row, &text, style);
            }
        }
    }
}
