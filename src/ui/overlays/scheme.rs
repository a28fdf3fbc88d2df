//! The scheme: its segments with their rules, cells and customers, and what is wrong with it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::popup::{popup, scrolled};
use crate::app::session::Session;
use crate::engine::analysis::Analysis;
use crate::model::scheme::{Cell, code};
use crate::show::numbers::{count, counted, share};
use crate::show::text::{clean, left, right, width};

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
    let mut lines = vec![Line::raw(clean(&scheme.title).into_owned())];
    lines.extend(scheme.note.iter().map(|note| Line::styled(clean(note).into_owned(), theme.muted)));
    lines.push(Line::default());
    lines.push(Line::styled("What is wrong with it", theme.strong));
    lines.extend(lint(analysis).into_iter().map(|line| Line::styled(format!("  {line}"), theme.problem)));
    if lint(analysis).is_empty() {
        lines.push(Line::raw("  nothing: every cell has one segment, and every segment has customers"));
    }
    lines.push(Line::default());
    lines.push(Line::styled("Segments, the first that takes a cell has it", theme.strong));
    lines.extend(segments(analysis, theme));
    let title = format!("Scheme {}", clean(&scheme.name));
    let inside = popup(buffer, area, (110, area.height), &title, theme);
    scrolled(buffer, inside, lines, scroll)
}

fn segments<'a>(analysis: &Analysis, theme: &Theme) -> Vec<Line<'a>> {
    let (scheme, map) = (analysis.scheme(), analysis.map());
    let names: Vec<String> = scheme.segments.iter().map(|segment| clean(&segment.name).into_owned()).collect();
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
                right_of(cells as u64, 4, "cell"),
                right_of(customers, 9, "customer"),
                right(&share(customers, total.customers), 6)
            )),
            Span::styled(clean(&scheme.rule_words(number)).into_owned(), theme.muted),
        ])
    };
    names.into_iter().enumerate().map(line).collect()
}

/// A count at the right of so many columns, and what is counted at the left of as many as its plural takes.
fn right_of(number: u64, columns: usize, what: &str) -> String {
    let noun = if number == 1 { what.to_owned() } else { format!("{what}s") };
    format!("{} {}", right(&count(number), columns), left(&noun, what.len() + 1))
}

/// Cells without a segment, overlaps, segments that can never match, and segments that nobody is in.
fn lint(analysis: &Analysis) -> Vec<String> {
    let (scheme, map) = (analysis.scheme(), analysis.map());
    let codes = |cells: &[Cell]| cells.iter().map(|cell| code(*cell)).collect::<Vec<_>>().join(" ");
    let mut lint = Vec::new();
    if !map.lint.uncovered.is_empty() {
        let cells = &map.lint.uncovered;
        let have = if cells.len() == 1 { "has" } else { "have" };
        lint.push(format!("{} {have} no segment: {}", counted(cells.len() as i128, "cell"), codes(cells)));
    }
    if !map.lint.overlapping.is_empty() {
        let cells = &map.lint.overlapping;
        let (fit, them) = if cells.len() == 1 { ("fits", "it") } else { ("fit", "them") };
        let cells = (counted(cells.len() as i128, "cell"), codes(cells));
        lint.push(format!("{} {fit} several segments, the first has {them}: {}", cells.0, cells.1));
    }
    if !map.lint.unmatched.is_empty() {
        lint.push(format!("no cell is left for {}", clean(&map.lint.unmatched.join(", "))));
    }
    let empty = analysis.segments().into_iter().enumerate().filter(|(_, tally)| tally.customers == 0);
    let empty = empty.map(|(segment, _)| scheme.segment_name(segment).to_owned());
    let empty: Vec<String> = empty.filter(|name| !map.lint.unmatched.contains(name)).collect();
    if !empty.is_empty() {
        lint.push(format!("no customer of this data is in {}", clean(&empty.join(", "))));
    }
    lint
}
