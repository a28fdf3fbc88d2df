//! The keys, read off the table that dispatches them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::popup::{popup, scrolled};
use crate::app::keymap::help;
use crate::show::text::{left, width};

/// Draws the help.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, scroll: usize, theme: &Theme) {
    let sections = help();
    let keys = sections.iter().flat_map(|(_, lines)| lines).map(|(keys, _)| width(keys)).max().unwrap_or(0).min(24);
    let mut lines = Vec::new();
    for (title, bindings) in sections {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(title, theme.strong));
        lines.extend(bindings.into_iter().map(|(shortcut, words)| {
            Line::from(vec![Span::styled(format!("  {}  ", left(&shortcut, keys)), theme.accent), Span::raw(words)])
        }));
    }
    let inside = popup(buffer, area, (80, area.height), "Keys", theme);
    scrolled(buffer, inside, lines, scroll);
}
