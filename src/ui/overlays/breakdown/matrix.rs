//! All segments beside each other, by the values of a field.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::paint::{put, put_right};
use super::super::super::theme::Theme;
use super::super::super::words;
use super::{NAMES, weight};
use crate::app::breakdown::BreakdownScreen;
use crate::app::session::Session;
use crate::engine::breakdown::Breakdown;
use crate::show::numbers::{count, share};
use crate::show::text::{clean, cut};
use crate::tr;

/// Columns of a segment.
const CELL: u16 = 9;

/// Draws it; as many segments as fit, with the one that is looked at among them.
pub(super) fn draw(
    buffer: &mut Buffer,
    [head, rows]: [Rect; 2],
    (table, session): (&Breakdown, &Session),
    screen: &BreakdownScreen,
    shown: &[usize],
    theme: &Theme,
) {
    let names = (head.width / 4).clamp(NAMES.0, NAMES.1);
    // The first column is everybody.
    let fit = usize::from((head.width.saturating_sub(names) / CELL).max(2)) - 1;
    let first = screen.segment.map_or(0, |segment| (segment + 1).saturating_sub(fit));
    let segments = (first..table.segments()).take(fit).map(Some);
    put(buffer, head, 0, 0, tr!("head" | "value"), theme.muted);
    for (segment, place) in [None].into_iter().chain(segments).zip(1..) {
        let end = names + place * CELL;
        let name =
            segment.map_or_else(|| tr!("head" | "whole").into(), |segment| words::segment(table.segment_name(segment)));
        let style = if segment == screen.segment { theme.accent } else { theme.muted };
        put_right(buffer, head, end, 0, &words::brief(&name, usize::from(CELL) - 1), style);
        for (line, y) in shown.iter().zip(0..) {
            let (part, of) = table.share(*line, segment);
            let (text, style) = match segment {
                // Everybody is what the index compares with.
                Some(_) if !screen.by_share => {
                    let index = table.index(*line, segment);
                    (index.map_or_else(|| "–".to_owned(), count), weight(index, theme))
                }
                _ => (share(part, of), Style::new()),
            };
            put_right(buffer, rows, end, y, &text, style);
        }
    }
    for (line, y) in shown.iter().zip(0..) {
        put(buffer, rows, 0, y, &cut(&clean(&session.line(table, *line)), usize::from(names)), Style::new());
    }
}
