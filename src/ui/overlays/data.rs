//! The data card: where the data comes from, what became of its rows, and how complete, accurate, timely, unique and
//! identified it is; the options that give the same cuts, and notes on the figures.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::popup::{popup, scrolled};
use crate::app::as_options::as_options;
use crate::app::data_card::Waiting;
use crate::app::session::Session;
use crate::app::words::scheme;
use crate::data::quality::{Finding, Mark, Section, headline};
use crate::engine::data_filter::Taken;
use crate::show::moment::utc;
use crate::show::numbers::{counted, money};
use crate::show::text::{clean, left, width};
use crate::tr;

/// The widest that the card gets: longer lines are hard to follow.
const WIDEST: u16 = 140;

/// The widest column of what findings are about; longer ones push their line to the right.
const SUBJECT: usize = 24;

/// Draws the overlay; gives how far it scrolls.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    scroll: usize,
    theme: &Theme,
) -> usize {
    let waiting = session.data.waiting();
    let mut lines = vec![Line::raw(headline(session.data.sections()))];
    if let Some(since) = session.kept_since {
        let words = tr!(
            "from the cache of {time}; the files are unchanged since (--no-cache reads them anew)",
            time = utc(since)
        );
        lines.push(Line::styled(words, theme.muted));
    }
    lines.push(Line::default());
    if let Some(taken) = session.analysis.taken() {
        lines.extend(data_filter(session, taken, theme));
        lines.push(Line::default());
    }
    for part in session.data.sections() {
        lines.extend(section(part, waiting.as_ref(), theme));
        lines.push(Line::default());
    }
    lines.push(Line::styled(tr!("Same cuts by options"), theme.strong));
    lines.push(Line::raw(format!("  {}", as_options(session))));
    let mut notes = session.analysis.notes();
    notes.extend(session.analysis.scheme().note.as_deref().map(|note| scheme(note).to_owned()));
    if !notes.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled(tr!("Notes"), theme.strong));
        lines.extend(notes.into_iter().map(|note| Line::raw(format!("  {}", clean(&note)))));
    }
    let inside = popup(buffer, area, (WIDEST, area.height), tr!("Data card"), theme);
    scrolled(buffer, inside, lines, scroll)
}

/// What the data filter takes and what it sets aside; all below is told of all rows.
fn data_filter<'a>(session: &Session, taken: &Taken, theme: &Theme) -> Vec<Line<'a>> {
    let scale = session.analysis.customers().scale;
    let Taken { rows, customers, revenue } = *taken;
    let filter = session.analysis.setting().data_filter.to_string();
    let line = |what: &str, figures: [String; 3]| {
        let [rows, customers, revenue] = figures;
        Line::from(vec![
            Span::styled(left(&format!("  {what}"), 13), theme.muted),
            Span::raw(tr!("{rows}, {customers}, revenue {revenue}", rows, customers, revenue)),
        ])
    };
    let figures = |rows: i64, customers: i64, revenue: i64| {
        [counted(rows, "row"), counted(customers, "customer"), money(revenue, scale)]
    };
    vec![
        Line::styled(tr!("Data filter"), theme.strong),
        Line::styled(format!("  {}", tr!("rows where {filter}", filter = clean(&filter))), theme.selected),
        line(tr!("rows" | "taken"), figures(rows.taken, customers.taken, revenue.taken)),
        line(tr!("rows" | "set aside"), figures(rows.aside(), customers.aside(), revenue.aside())),
        line(tr!("rows" | "all kept"), figures(rows.of, customers.of, revenue.of)),
    ]
}

/// A title, what is still to come, and a line a finding with its details below.
fn section<'a>(section: &Section, waiting: Option<&Waiting>, theme: &Theme) -> Vec<Line<'a>> {
    let mut title = vec![Span::styled(section.title, theme.strong)];
    match waiting.filter(|_| section.pending) {
        Some(Waiting::Percent(percent)) => {
            title.push(Span::styled(format!("  {}", tr!("counting ... {percent} %", percent)), theme.accent));
        }
        Some(Waiting::Failed(problem)) => {
            let words = tr!("not counted: {problem}", problem = clean(problem));
            title.push(Span::styled(format!("  {words}"), theme.problem));
        }
        None => {}
    }
    let subjects = section.findings.iter().map(|finding| width(&clean(&finding.subject)));
    let column = subjects.filter(|width| *width <= SUBJECT).max().unwrap_or(0);
    let mut lines = vec![Line::from(title)];
    for finding in &section.findings {
        lines.push(line(finding, column, theme));
        let details = finding.details.iter();
        lines.extend(details.map(|detail| Line::styled(format!("      {}", clean(detail)), theme.muted)));
    }
    lines
}

fn line<'a>(finding: &Finding, column: usize, theme: &Theme) -> Line<'a> {
    let (sign, style) = match finding.mark {
        None => (" ", Style::new()),
        Some(Mark::Ok) => ("✓", theme.muted),
        Some(Mark::Look) => ("!", theme.accent),
        Some(Mark::Problem) => ("✗", theme.problem),
    };
    let subject = clean(&finding.subject);
    let subject = if width(&subject) > column { subject.into_owned() } else { left(&subject, column) };
    let words = clean(&finding.words).into_owned();
    let words_style = if finding.mark == Some(Mark::Problem) { theme.problem } else { Style::new() };
    Line::from(vec![
        Span::styled(format!("{sign} "), style),
        Span::styled(format!("{subject}  "), theme.muted),
        Span::styled(words, words_style),
    ])
}
