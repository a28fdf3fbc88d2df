//! The keys, read off the table that dispatches them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::popup::{popup, scrolled};
use crate::app::keymap::help;
use crate::show::text::{left, width};

/// Signs that the panels use.
const LEGEND: [(&str, &str); 13] = [
    ("R5 F1 ...", "scores, 5 best where there are 5 bins; recency is best when small"),
    ("▂ to █", "a cell's size beside the largest one, as its colour"),
    ("New+", "the cell is mostly New, with other segments beside"),
    ("▌ ▐", "the cell belongs to what is listed"),
    ("┴ ▲", "a cut on a distribution, and the picked one"),
    ("follows the data", "cuts are made from the data; frozen ones are typed or moved"),
    ("log", "columns widen towards large values"),
    ("Tiers", "bars are customers, or revenue when sorted by it"),
    ("± ±pts", "customers more or fewer, and points of revenue, than under the baseline"),
    ("▴ ▾ +12", "in the distributions: what the last step changed in a bin"),
    ("=", "solve: Champions = 10 %, = 5000 customers, = 60 % of revenue, by the picked cut"),
    ("F", "filter: recency <= 90 and (region = 'East' or r >= 4); Tab completes"),
    ("D", "data filter: category = 'Lamps' and date >= '2024-01-31'; customers of these rows alone"),
];

/// Draws the help; gives how far it scrolls.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, scroll: usize, theme: &Theme) -> usize {
    let sections = help();
    let keys = sections.iter().flat_map(|(_, lines)| lines).map(|(keys, _)| width(keys)).max().unwrap_or(0);
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
    lines.push(Line::default());
    lines.push(Line::styled("Reading the screen", theme.strong));
    // Whoever hears the screen is told words, not signs.
    let legend = LEGEND.iter().filter(|(sign, _)| !theme.characters.is_plain || sign.is_ascii());
    lines.extend(legend.map(|(sign, words)| {
        let sign = theme.characters.glyphs.instead_of(sign);
        Line::from(vec![Span::styled(format!("  {}  ", left(&sign, keys)), theme.accent), Span::raw(*words)])
    }));
    let inside = popup(buffer, area, (96, area.height), "Keys", theme);
    scrolled(buffer, inside, lines, scroll)
}
