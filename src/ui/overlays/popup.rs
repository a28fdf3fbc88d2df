//! A box in the middle of the screen with lines that scroll.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::super::fold::fold;
use super::super::paint::{clear_half, line, line_width, put};
use super::super::theme::Theme;
use crate::show::text::{pieces, width};

/// Clears a box of a size at most, frames it with a title, and gives its inside.
pub(super) fn popup(buffer: &mut Buffer, area: Rect, size: (u16, u16), title: &str, theme: &Theme) -> Rect {
    let (width, height) = (size.0.min(area.width), size.1.min(area.height));
    let place = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    if theme.characters.is_plain {
        return below_title(buffer, area, title, theme);
    }
    for y in place.top()..place.bottom() {
        clear_half(buffer, place.x, y);
    }
    Clear.render(place, buffer);
    let block = Block::bordered().border_set(theme.characters.glyphs.frame).border_style(theme.accent);
    let inside = block.inner(place);
    block.render(place, buffer);
    put(buffer, Rect { width: place.width.saturating_sub(1), ..place }, 1, 0, &format!(" {title} "), theme.accent);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// The same without a box, over all of the area: the title on a line, and below it what is inside, with room before it for
/// the sign of the line under the cursor.
fn below_title(buffer: &mut Buffer, area: Rect, title: &str, theme: &Theme) -> Rect {
    Clear.render(area, buffer);
    put(buffer, area, 0, 0, title, theme.accent);
    Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(2), height: area.height.saturating_sub(1) }
        .intersection(area)
}

/// Writes a text in as many lines as it takes, and as there are.
pub(super) fn paragraph(buffer: &mut Buffer, area: Rect, text: &str, style: Style) {
    for (y, line) in (0..area.height).zip(fold(text, area.width.into())) {
        put(buffer, area, 0, y, &line, style);
    }
}

/// A line in as many as it takes, broken where that can be; what follows is set in.
pub(super) fn folded(line: Line<'_>, columns: usize) -> Vec<Line<'_>> {
    const SET_IN: &str = "      ";
    if line_width(&line) <= columns {
        return vec![line];
    }
    let mut folded = Vec::new();
    let (mut spans, mut used) = (Vec::new(), 0);
    for span in &line.spans {
        for word in pieces(&span.content) {
            if used > SET_IN.len() && used + width(word.trim_end()) > columns {
                folded.push(Line::from(std::mem::take(&mut spans)).style(line.style));
                spans.push(Span::raw(SET_IN));
                used = SET_IN.len();
            }
            spans.push(Span::styled(word.to_owned(), span.style));
            used += width(word);
        }
    }
    folded.push(Line::from(spans).style(line.style));
    folded
}

/// Draws lines from a scroll position on, never scrolled further than to the last line; gives the furthest position.
pub(super) fn scrolled(buffer: &mut Buffer, area: Rect, lines: Vec<Line<'_>>, scroll: usize) -> usize {
    let lines: Vec<Line<'_>> = lines.into_iter().flat_map(|line| folded(line, area.width.into())).collect();
    let most = lines.len().saturating_sub(area.height.into());
    for (y, shown) in (0..area.height).zip(lines.iter().skip(scroll.min(most))) {
        line(buffer, area, y, shown);
    }
    most
}
