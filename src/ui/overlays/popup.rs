//! A box in the middle of the screen with lines that scroll.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::super::theme::Theme;

/// Clears a box of a size at most, frames it with a title, and gives its inside.
pub(super) fn popup(buffer: &mut Buffer, area: Rect, size: (u16, u16), title: &str, theme: &Theme) -> Rect {
    let (width, height) = (size.0.min(area.width), size.1.min(area.height));
    let place = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    Clear.render(place, buffer);
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(theme.accent);
    let block = block.title(format!(" {title} "));
    let inside = block.inner(place);
    block.render(place, buffer);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// Draws lines from a scroll position on, never scrolled further than to the last line.
pub(super) fn scrolled(buffer: &mut Buffer, area: Rect, lines: Vec<Line<'_>>, scroll: usize) {
    let most = lines.len().saturating_sub(area.height.into());
    for (y, line) in (area.y..area.bottom()).zip(lines.into_iter().skip(scroll.min(most))) {
        line.render(Rect { y, height: 1, ..area }, buffer);
    }
}
