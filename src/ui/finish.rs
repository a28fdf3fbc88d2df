//! The last stroke on a frame: signs in the characters that the terminal has, no half of a wide character left over, and the
//! theme's text and background wherever nothing else was said.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

use super::glyphs::spelled;
use super::paint::COVERED;
use super::theme::Theme;
use crate::show::text::{Ambiguous, ambiguous, width};

/// Finishes a frame.
pub(super) fn finish(buffer: &mut Buffer, theme: &Theme) {
    let is_wide = ambiguous() == Ambiguous::Wide;
    let columns = usize::from(buffer.area.width);
    for at in 0..buffer.content.len() {
        let cell = &buffer.content[at];
        // Nearly all cells are a letter or a blank.
        if cell.symbol().len() > 1 {
            let is_last = (at + 1).is_multiple_of(columns);
            let next = buffer.content.get(at + 1).filter(|_| !is_last);
            if is_halved(cell, next) {
                buffer.content[at].set_symbol(" ").set_diff_option(CellDiffOption::None);
            } else if theme.characters.are_spelled {
                spell(&mut buffer.content, at);
            } else if is_wide && is_too_wide(cell) {
                buffer.content[at].set_symbol("?");
            }
        }
        let cell = &mut buffer.content[at];
        if let (Color::Reset, Some(text)) = (cell.fg, theme.ground.fg) {
            cell.fg = text;
        }
        if let (Color::Reset, Some(background)) = (cell.bg, theme.ground.bg) {
            cell.bg = background;
        }
    }
}

/// Whether something was drawn over the second half of a character: the terminal would move it aside, and all that follows.
fn is_halved(cell: &Cell, next: Option<&Cell>) -> bool {
    let is_forced = matches!(cell.diff_option, CellDiffOption::ForcedWidth(_));
    (is_forced || cell.symbol().width() > 1) && next.is_none_or(|next| !matches!(next.symbol(), COVERED | " "))
}

/// Whether a character takes more columns than were left for it.
fn is_too_wide(cell: &Cell) -> bool {
    let is_forced = matches!(cell.diff_option, CellDiffOption::ForcedWidth(_));
    !is_forced && width(cell.symbol()) > cell.symbol().width()
}

/// Writes a sign in ASCII, with a blank behind it where the sign took two columns.
fn spell(cells: &mut [Cell], at: usize) {
    let mut characters = cells[at].symbol().chars();
    let (Some(sign), None) = (characters.next(), characters.next()) else { return };
    let Some(sign) = spelled(sign) else { return };
    let was_wide = matches!(cells[at].diff_option, CellDiffOption::ForcedWidth(_));
    cells[at].set_char(sign).set_diff_option(CellDiffOption::None);
    if was_wide && let Some(covered) = cells.get_mut(at + 1) {
        covered.set_symbol(" ");
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::super::glyphs::Characters;
    use super::super::paint::put;
    use super::super::theme::{ColorChoice, Theme};
    use super::*;
    use crate::show::text::within;

    const AREA: Rect = Rect::new(0, 0, 10, 1);

    fn text(buffer: &Buffer) -> String {
        buffer.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn signs_are_spelled_and_letters_are_not() {
        let mut theme = Theme::new(ColorChoice::Never);
        theme.characters = Characters::ASCII;
        let mut buffer = Buffer::empty(AREA);
        put(&mut buffer, AREA, 0, 0, "é → 客… ≤3", Style::new());
        finish(&mut buffer, &theme);
        assert_eq!(text(&buffer), "é > 客 ~ <3");
        within(Ambiguous::Wide, || {
            let mut buffer = Buffer::empty(AREA);
            put(&mut buffer, AREA, 0, 0, "→é±", Style::new());
            finish(&mut buffer, &theme);
            assert_eq!(text(&buffer), "> é+     ");
        });
    }

    #[test]
    fn no_half_of_a_character_is_left_under_what_covers_the_other() {
        let theme = Theme::new(ColorChoice::Never);
        let mut buffer = Buffer::empty(AREA);
        put(&mut buffer, AREA, 0, 0, "客户", Style::new());
        put(&mut buffer, AREA, 3, 0, "|", Style::new());
        finish(&mut buffer, &theme);
        assert_eq!(text(&buffer), "客  |      ");
    }

    #[test]
    fn the_ground_fills_what_has_no_colour_of_its_own() {
        let ground = Style::new().fg(Color::White).bg(Color::Blue);
        let mut theme = Theme::new(ColorChoice::Never);
        theme.ground = ground;
        let mut buffer = Buffer::empty(AREA);
        put(&mut buffer, AREA, 0, 0, "a", Style::new().fg(Color::Red));
        finish(&mut buffer, &theme);
        let colours = |x: u16| (buffer[(x, 0)].fg, buffer[(x, 0)].bg);
        assert_eq!([colours(0), colours(1)], [(Color::Red, Color::Blue), (Color::White, Color::Blue)]);
    }
}
