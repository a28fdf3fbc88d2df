//! Small strokes that panels share: a titled rule, a line of text at a place, a bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::theme::Theme;
use crate::show::text::{cut, width};

/// Writes a text at a place of an area, cut to what is left of the line; gives the columns used.
pub(super) fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    if y >= area.height || x >= area.width {
        return 0;
    }
    let room = area.width - x;
    let text = cut(text, room.into());
    clear_half(buffer, area.x + x, area.y + y);
    buffer.set_stringn(area.x + x, area.y + y, &text, room.into(), style);
    width(&text) as u16
}

/// Takes a wide character away whose right half is about to be covered: terminals would draw it over what covers it.
pub(super) fn clear_half(buffer: &mut Buffer, x: u16, y: u16) {
    let left = x.checked_sub(1).and_then(|left| buffer.cell_mut((left, y)));
    if let Some(cell) = left.filter(|cell| width(cell.symbol()) > 1) {
        cell.set_symbol(" ");
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
    let (left, line) = if focused { ("━━ ", "━") } else { ("── ", "─") };
    put(buffer, area, 0, 0, &line.repeat(area.width.into()), rule);
    let mut x = put(buffer, area, 0, 0, left, rule);
    x += put(buffer, area, x, 0, title, if focused { theme.accent } else { theme.strong });
    x += put(buffer, area, x, 0, " ", rule);
    let room = usize::from(area.width.saturating_sub(x + 2));
    if !note.is_empty() && room > 8 {
        let note = cut(note, room.saturating_sub(2)).into_owned();
        put_right(buffer, area, area.width - 1, 0, &format!(" {note} "), theme.muted);
    }
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// Eighths of a column, from empty to full.
const EIGHTHS: [&str; 9] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// A bar as long as `part` of `whole` of so many columns; anything above nothing is at least a sliver.
pub(super) fn bar(part: u64, whole: u64, columns: u16) -> String {
    if whole == 0 || part == 0 {
        return String::new();
    }
    let eighths = u128::from(part.min(whole)) * u128::from(columns) * 8 / u128::from(whole);
    let eighths = (eighths as usize).max(1);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// Eighths of a row, from empty to full.
pub(super) const LEVELS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Draws a line of spans at a place.
pub(super) fn spans(buffer: &mut Buffer, area: Rect, y: u16, spans: Vec<Span<'_>>) {
    if y < area.height {
        Line::from(spans).render(Rect { y: area.y + y, height: 1, ..area }, buffer);
    }
}
