//! What was said, from the last to the first, with the time of day.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::popup::{popup, scrolled};
use crate::app::model::Model;
use crate::show::moment::clock;
use crate::show::text::clean;
use crate::tr;

/// Draws the messages; gives how far they scroll.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, scroll: usize, theme: &Theme) -> usize {
    let mut lines: Vec<Line<'_>> = model
        .log
        .latest()
        .map(|said| {
            let time = said.at.map_or_else(String::new, |at| format!("{}  ", clock(at)));
            let style = if said.message.is_problem { theme.problem } else { Style::new() };
            Line::from(vec![Span::styled(time, theme.muted), Span::styled(clean(&said.message.text), style)])
        })
        .collect();
    if lines.is_empty() {
        lines.push(Line::styled(tr!("nothing was said yet"), theme.muted));
    }
    let inside = popup(buffer, area, (100, area.height), tr!("Messages, the last one first (UTC)"), theme);
    scrolled(buffer, inside, lines, scroll)
}
