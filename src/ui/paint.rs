//! Small strokes that panels share: a titled rule, a line of text at a place, a bar. All texts come to the screen here,
//! by the width that the terminal gives them.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::theme::Theme;
use crate::show::bars;
use crate::show::text::{Ambiguous, cut, signs, spelled, width};

/// Writes a text at a place of an area, cut to what is left of the line; gives the columns used.
pub(super) fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    if y >= area.height || x >= area.width {
        return 0;
    }
    let room = area.width - x;
    let text = cut(text, room.into());
    clear_half(buffer, area.x + x, area.y + y);
    write(buffer, (area.x + x, area.y + y), &text, room, style)
}

/// Writes a text at a place of the screen, as far as there is room; gives the columns used.
fn write(buffer: &mut Buffer, (x, y): (u16, u16), text: &str, room: u16, style: Style) -> u16 {
    let text = &*spelled(text);
    if signs().ambiguous == Ambiguous::Narrow {
        return buffer.set_stringn(x, y, text, room.into(), style).0 - x;
    }
    // The library counts one column for characters that take two here: the cell says so, and the one behind it is covered.
    let mut used = 0;
    for grapheme in text.graphemes(true).filter(|grapheme| !grapheme.contains(char::is_control)) {
        let wide = width(grapheme) as u16;
        if used + wide > room.min(buffer.area.right().saturating_sub(x)) {
            break;
        }
        if wide == 0 {
            continue;
        }
        buffer[(x + used, y)].set_symbol(grapheme).set_style(style).set_diff_option(CellDiffOption::None);
        if let Some(forced) = NonZeroU16::new(wide).filter(|_| wide > 1) {
            buffer[(x + used, y)].set_diff_option(CellDiffOption::ForcedWidth(forced));
        }
        for covered in 1..wide {
            buffer[(x + used + covered, y)].reset();
            buffer[(x + used + covered, y)].set_symbol(COVERED).set_style(style);
        }
        used += wide;
    }
    used
}

/// What stands in a cell that the character before it covers.
pub(super) const COVERED: &str = "";

/// Takes a wide character away whose right half is about to be covered: terminals would draw it over what covers it.
pub(super) fn clear_half(buffer: &mut Buffer, x: u16, y: u16) {
    let left = x.checked_sub(1).and_then(|left| buffer.cell_mut((left, y)));
    if let Some(cell) = left.filter(|cell| width(cell.symbol()) > 1) {
        cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
    }
}

/// Writes a text so that it ends at column `end` (exclusive) of an area.
pub(super) fn put_right(buffer: &mut Buffer, area: Rect, end: u16, y: u16, text: &str, style: Style) {
    let start = end.saturating_sub(width(text) as u16);
    put(buffer, area, start, y, text, style);
}

/// Draws a panel's top rule with its title and gives the area below it.
pub(super) fn panel(buffer: &mut Buffer, area: Rect, title: &str, note: &str, focused: bool, theme: &Theme) -> Rect {
    if area.height == 0 {
        return area;
    }
    let rule = if focused { theme.accent } else { theme.muted };
    let line = theme.characters.glyphs.rules[usize::from(focused)];
    put(buffer, area, 0, 0, &line.repeat(area.width.into()), rule);
    let mut x = put(buffer, area, 0, 0, &format!("{line}{line} "), rule);
    x += put(buffer, area, x, 0, title, if focused { theme.accent } else { theme.strong });
    x += put(buffer, area, x, 0, " ", rule);
    let room = usize::from(area.width.saturating_sub(x + 2));
    if !note.is_empty() && room > 8 {
        let note = cut(note, room.saturating_sub(2)).into_owned();
        put_right(buffer, area, area.width - 1, 0, &format!(" {note} "), theme.muted);
    }
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// A bar as long as `part` of `whole` of so many columns.
pub(super) fn bar(part: u64, whole: u64, columns: u16, theme: &Theme) -> String {
    let eighths = u128::from(part.min(whole)) * u128::from(columns) * 8 / u128::from(whole.max(1));
    bars::bar(eighths as usize, whole > 0 && part > 0, &theme.characters.glyphs.bar)
}

/// Draws a line of spans at a place.
pub(super) fn spans(buffer: &mut Buffer, area: Rect, y: u16, spans: Vec<Span<'_>>) {
    line(buffer, area, y, &Line::from(spans));
}

/// Draws a line with the styles that it has.
pub(super) fn line(buffer: &mut Buffer, area: Rect, y: u16, line: &Line<'_>) {
    if y >= area.height {
        return;
    }
    let mut x = 0;
    for span in &line.spans {
        let room = area.width.saturating_sub(x);
        x += write(buffer, (area.x + x, area.y + y), &span.content, room, line.style.patch(span.style));
    }
}

/// The columns that a line takes.
pub(super) fn line_width(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| width(&span.content)).sum()
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;
    use crate::show::text::{Signs, within};

    #[test]
    fn what_takes_two_columns_covers_the_cell_behind_it() {
        let area = Rect::new(0, 0, 8, 1);
        let symbols = |buffer: &Buffer| (0..8).map(|x| buffer[(x, 0)].symbol().to_owned()).collect::<Vec<_>>();
        let mut buffer = Buffer::empty(area);
        within(Signs { ambiguous: Ambiguous::Wide, ..Signs::default() }, || {
            assert_eq!(put(&mut buffer, area, 0, 0, "é客a", Style::new().bg(Color::Red)), 5);
            assert_eq!(symbols(&buffer)[..6], ["é", "", "客", "", "a", " "]);
            assert_eq!(buffer[(1, 0)].bg, Color::Red);
            // It ends where there is no room for all of the last one.
            assert_eq!(put(&mut buffer, area, 5, 0, "aé±", Style::new()), 3);
            assert_eq!(symbols(&buffer)[5..], ["a", "…", ""]);
        });
    }
}
