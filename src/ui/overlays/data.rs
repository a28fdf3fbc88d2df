//! What is known of the data: files, columns, the ledger with examples, and notes on the figures.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::popup::{popup, scrolled};
use crate::app::as_options::as_options;
use crate::app::session::Session;
use crate::data::load::MappedSource;
use crate::data::mapping::AmountFrom;
use crate::show::numbers::count;
use crate::show::text::clean;

/// Draws the overlay; gives how far it scrolls.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    scroll: usize,
    theme: &Theme,
) -> usize {
    let mut lines = Vec::new();
    for mapped in &session.sources {
        lines.extend(source(mapped, theme));
    }
    lines.push(Line::default());
    lines.extend(ledger(session, theme));
    lines.push(Line::default());
    lines.push(Line::styled("The same cuts by options", theme.strong));
    lines.push(Line::raw(format!("  {}", as_options(&session.analysis))));
    let mut notes = session.analysis.notes();
    notes.extend(session.ledger.notes());
    notes.extend(session.analysis.scheme().note.clone());
    if !notes.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled("Notes", theme.strong));
        lines.extend(notes.into_iter().map(|note| Line::raw(format!("  {}", clean(&note)))));
    }
    let inside = popup(buffer, area, (110, area.height), "Data", theme);
    scrolled(buffer, inside, lines, scroll)
}

fn source<'a>(mapped: &MappedSource, theme: &Theme) -> Vec<Line<'a>> {
    let MappedSource { source, mapping, .. } = mapped;
    let name = |column: usize| format!("`{}`", clean(&source.columns[column].name));
    let amount = match mapping.amount {
        AmountFrom::Column(column) => name(column),
        AmountFrom::Product { quantity, unit_price } => format!("{} × {}", name(quantity), name(unit_price)),
    };
    let order = mapping.order.map_or_else(|| "each row is one".to_owned(), name);
    let label = |text: &'static str| Span::styled(text, theme.muted);
    vec![
        Line::styled(clean(&source.place.to_string()).into_owned(), theme.strong),
        Line::from(vec![
            label("  kind      "),
            Span::raw(format!("{}, {} bytes", source.kind.describe(), count(source.bytes))),
        ]),
        Line::from(vec![label("  customer  "), Span::raw(name(mapping.customer))]),
        Line::from(vec![label("  date      "), Span::raw(name(mapping.date))]),
        Line::from(vec![label("  amount    "), Span::raw(amount)]),
        Line::from(vec![label("  order     "), Span::raw(order)]),
    ]
}

fn ledger<'a>(session: &Session, theme: &Theme) -> Vec<Line<'a>> {
    let ledger = &session.ledger;
    let mut lines = vec![
        Line::styled("Rows", theme.strong),
        Line::raw(format!(
            "  {} read = {} kept + {} rejected",
            count(ledger.read()),
            count(ledger.kept()),
            count(ledger.rejected())
        )),
    ];
    for (reason, rows, examples) in ledger.reasons() {
        lines.push(Line::styled(format!("  {} {}", count(rows), reason.text()), theme.problem));
        for example in examples {
            let text = format!(
                "      {} row {} column `{}`: `{}`",
                clean(&example.file),
                example.row,
                clean(&example.column),
                clean(&example.text)
            );
            lines.push(Line::styled(text, theme.muted));
        }
    }
    lines
}
