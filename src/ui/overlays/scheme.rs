//! The scheme: its segments with their rules, cells and customers, and what is wrong with it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::super::words;
use super::popup::{popup, scrolled};
use crate::app::session::Session;
use crate::engine::analysis::Analysis;
use crate::model::scheme::{Cell, code};
use crate::show::numbers::{counted, share};
use crate::show::text::{clean, left, right, width};
use crate::{tr, tr_count};

/// Draws the scheme; gives how far it scrolls.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    scroll: usize,
    theme: &Theme,
) -> usize {
    let analysis = &session.analysis;
    let scheme = analysis.scheme();
    let own_words = |text: &str| clean(words::scheme(text)).into_owned();
    let mut lines = vec![Line::raw(own_words(&scheme.title))];
    lines.extend(scheme.note.iter().map(|note| Line::styled(own_words(note), theme.muted)));
    lines.push(Line::default());
    lines.push(Line::styled(tr!("What is wrong with it"), theme.strong));
    lines.extend(lint(analysis).into_iter().map(|line| Line::styled(format!("  {line}"), theme.problem)));
    if lint(analysis).is_empty() {
        let fine = tr!("nothing: every cell has one segment, and every segment has customers");
        lines.push(Line::raw(format!("  {fine}")));
    }
    lines.push(Line::default());
    lines.push(Line::styled(tr!("Segments, the first that takes a cell has it"), theme.strong));
    lines.extend(segments(analysis, theme));
    let title = tr!("Scheme {scheme}", scheme = clean(&scheme.name));
    let inside = popup(buffer, area, (110, area.height), &title, theme);
    scrolled(buffer, inside, lines, scroll)
}

fn segments<'a>(analysis: &Analysis, theme: &Theme) -> Vec<Line<'a>> {
    let (scheme, map) = (analysis.scheme(), analysis.map());
    let names: Vec<String> = scheme.segments.iter().map(|segment| words::segment(&segment.name).into_owned()).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let total = analysis.summary().total();
    let tallies = analysis.segments();
    let line = |(number, name): (usize, String)| {
        let cells = (0..map.cells()).filter(|cell| map.segment(*cell) == number).count();
        let customers = tallies[number].customers;
        Line::from(vec![
            Span::styled(format!("  {}  ", left(&name, widest)), theme.strong),
            Span::raw(format!(
                "{}  {} {}  ",
                right_of(&counted(cells as u64, "cell"), 4, &counted(0, "cell")),
                right_of(&counted(customers, "customer"), 9, &counted(0, "customer")),
                right(&share(customers, total.customers), 6)
            )),
            Span::styled(clean(&scheme.rule_words(number)).into_owned(), theme.muted),
        ])
    };
    names.into_iter().enumerate().map(line).collect()
}

/// A count at the right of so many columns, and what is counted at the left of as many as it takes in the plural.
fn right_of(counted: &str, columns: usize, plural: &str) -> String {
    let noun = |text: &str| text.split_once(' ').map_or("", |(_, noun)| noun).to_owned();
    let number = counted.split(' ').next().unwrap_or_default();
    format!("{} {}", right(number, columns), left(&noun(counted), width(&noun(plural))))
}

/// Cells without a segment, overlaps, segments that can never match, and segments that nobody is in.
fn lint(analysis: &Analysis) -> Vec<String> {
    let (scheme, map) = (analysis.scheme(), analysis.map());
    let codes = |cells: &[Cell]| cells.iter().map(|cell| code(*cell)).collect::<Vec<_>>().join(" ");
    let mut lint = Vec::new();
    if !map.lint.uncovered.is_empty() {
        let cells = &map.lint.uncovered;
        lint.push(tr_count!(
            cells.len() as u64,
            "{count} cell has no segment: {cells}",
            "{count} cells have no segment: {cells}",
            cells = codes(cells)
        ));
    }
    if !map.lint.overlapping.is_empty() {
        let cells = &map.lint.overlapping;
        lint.push(tr_count!(
            cells.len() as u64,
            "{count} cell fits several segments, the first has it: {cells}",
            "{count} cells fit several segments, the first has them: {cells}",
            cells = codes(cells)
        ));
    }
    if !map.lint.unmatched.is_empty() {
        lint.push(tr!("no cell is left for {segments}", segments = words::segments(&map.lint.unmatched)));
    }
    let empty = analysis.segments().into_iter().enumerate().filter(|(_, tally)| tally.customers == 0);
    let empty = empty.map(|(segment, _)| scheme.segment_name(segment).to_owned());
    let empty: Vec<String> = empty.filter(|name| !map.lint.unmatched.contains(name)).collect();
    if !empty.is_empty() {
        lint.push(tr!("no customer of this data is in {segments}", segments = words::segments(&empty)));
    }
    lint
}
