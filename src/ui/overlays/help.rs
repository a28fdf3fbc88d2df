//! The keys, read off the table that dispatches them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::popup::{folded, popup, scrolled};
use crate::app::help::{HelpLine, HelpScreen};
use crate::app::model::Model;
use crate::show::text::{left, width};
use crate::tr;

/// Draws the help; the line under its cursor stays in sight.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, help: &HelpScreen, theme: &Theme) {
    let lines = help.lines(model);
    let keys = lines.iter().map(|line| if let HelpLine::Row(row) = line { width(&row.keys) } else { 0 });
    let keys = keys.max().unwrap_or(0).min(WIDEST);
    let cursor = help.cursor.min(lines.len().saturating_sub(1));
    let mut shown: Vec<Line<'_>> = Vec::new();
    let mut place = 0;
    for (number, line) in lines.iter().enumerate() {
        let is_heading = matches!(line, HelpLine::Heading(..));
        // Folded headings stand close together.
        if is_heading
            && number > 0
            && !matches!((&lines[number - 1], line), (HelpLine::Heading(_, Some(_)), HelpLine::Heading(_, Some(_))))
        {
            shown.push(Line::default());
        }
        if number == cursor {
            place = shown.len();
        }
        let line = drawn(line, keys, theme);
        shown.push(if number == cursor { under_cursor(line, theme) } else { line });
    }
    let inside = popup(buffer, area, (96, area.height), tr!("Keys"), theme);
    let above: usize = shown[..place].iter().map(|line| folded(line.clone(), inside.width.into()).len()).sum();
    // It moves within the lines until it is in the middle, then they move.
    scrolled(buffer, inside, shown, above.saturating_sub(usize::from(inside.height) / 2));
}

/// Columns that keys take at most.
const WIDEST: usize = 30;

fn drawn(line: &HelpLine, keys: usize, theme: &Theme) -> Line<'static> {
    match line {
        HelpLine::Heading(title, None) => Line::styled(format!("▾ {title}"), theme.strong),
        HelpLine::Heading(title, Some(lines)) => Line::from(vec![
            Span::styled(format!("▸ {title}"), theme.strong),
            Span::styled(format!("  {lines}"), theme.muted),
        ]),
        HelpLine::Row(row) => {
            // The legend names signs, which are others in ASCII.
            let named = theme.characters.glyphs.instead_of(&row.keys);
            let reason = row.reason.as_ref().map(|reason| format!(" · {reason}"));
            let (strong, plain) =
                if reason.is_some() { (theme.muted, theme.muted) } else { (theme.accent, Style::new()) };
            let mut spans =
                vec![Span::styled(format!("  {}  ", left(&named, keys)), strong), Span::styled(row.words, plain)];
            spans.extend(reason.map(|reason| Span::styled(reason, theme.muted)));
            Line::from(spans)
        }
    }
}

fn under_cursor<'a>(line: Line<'a>, theme: &Theme) -> Line<'a> {
    let style = Style::reset().patch(theme.cursor);
    Line::from(line.spans.into_iter().map(|span| Span::styled(span.content, style)).collect::<Vec<_>>())
}
