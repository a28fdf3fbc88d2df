//! What a customer bought: values of the other columns, the months, and the orders.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::past;
use crate::app::session::Session;
use crate::engine::purchases::{OrderOf, months, often, orders};
use crate::model::transactions::Transactions;
use crate::show::numbers::{count, money, short_money};
use crate::show::text::{clean, cut, left, right};

/// Months of the timeline: two years.
const MONTHS: usize = 24;

/// Values of a column that are told.
const VALUES: usize = 4;

/// Columns that are told.
const COLUMNS: usize = 8;

/// Eighths of a cell, from nothing to all.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The lines of a customer; one that says how far they are while the rows are read.
pub(super) fn lines<'a>(session: &Session, customer: usize, theme: &Theme) -> Vec<Line<'a>> {
    let Some(transactions) = session.analysis.fields().transactions() else {
        let words = session.details.reading_words().unwrap_or_else(|| "the orders could not be read".to_owned());
        return vec![Line::default(), Line::styled(format!("  {words}"), theme.muted)];
    };
    let mut lines = vec![Line::default()];
    lines.extend(values(session, transactions, customer, theme));
    lines.push(Line::default());
    lines.extend(timeline(session, transactions, customer, theme));
    lines.extend(past::lines(session, transactions, customer, theme));
    lines.push(Line::default());
    lines.extend(table(session, transactions, customer, theme));
    lines
}

/// What stands most often in each of the other columns.
fn values<'a>(session: &Session, transactions: &Transactions, customer: usize, theme: &Theme) -> Vec<Line<'a>> {
    let line = |(number, name): (usize, &str)| {
        let values = often(transactions, customer, number, VALUES);
        let words: Vec<String> = values
            .iter()
            .map(|often| {
                format!("{} ×{}", cut(&clean(&session.privacy.attribute(number, &often.value)), 24), count(often.rows))
            })
            .collect();
        let words = if words.is_empty() { "–".to_owned() } else { words.join("  ") };
        Line::from(vec![Span::styled(format!("  {}", left(&cut(&clean(name), 14), 15)), theme.muted), Span::raw(words)])
    };
    transactions
        .attributes()
        .iter()
        .map(|attribute| attribute.name.as_str())
        .enumerate()
        .take(COLUMNS)
        .map(line)
        .collect()
}

/// The net sums of the last months, as bars.
fn timeline<'a>(session: &Session, transactions: &Transactions, customer: usize, theme: &Theme) -> Vec<Line<'a>> {
    let analysis = &session.analysis;
    let as_of = analysis.measured().as_of();
    let sums = months(transactions, customer, as_of, MONTHS);
    let most = sums.iter().copied().max().unwrap_or_default().max(0);
    let bar = |sum: &i64| match (*sum, most) {
        (..0, _) => '-',
        (sum, 1..) => BARS[((i128::from(sum) * 8 + i128::from(most) / 2) / i128::from(most)) as usize],
        _ => ' ',
    };
    let bars: String = sums.iter().map(bar).collect();
    let scale = analysis.customers().scale;
    vec![Line::from(vec![
        Span::styled(format!("  {}", left("by month", 15)), theme.muted),
        Span::styled(bars, theme.accent),
        Span::styled(format!("  {MONTHS} months to {as_of}, at most {}", short_money(most, scale)), theme.muted),
    ])]
}

/// The orders, the newest first.
fn table<'a>(session: &Session, transactions: &Transactions, customer: usize, theme: &Theme) -> Vec<Line<'a>> {
    let scale = session.analysis.customers().scale;
    let orders = orders(transactions, customer);
    let head = ["  date      ", "order           ", "   rows", "        amount", "   returned", "   days since"];
    let mut lines = vec![Line::styled(head.concat(), theme.muted)];
    for OrderOf { day, id, rows, amount, returned, gap } in orders.into_iter().rev() {
        let id = if id.is_empty() { "–".to_owned() } else { cut(&clean(&id), 15).into_owned() };
        let cells = [
            format!("  {day}  "),
            left(&id, 16),
            right(&count(rows), 5),
            right(&money(amount, scale), 14),
            right(&if returned > 0 { money(returned, scale) } else { String::new() }, 11),
            right(&gap.map_or_else(String::new, count), 13),
        ];
        let style = if amount < 0 { theme.problem } else { Style::new() };
        lines.push(Line::styled(cells.concat(), style));
    }
    lines
}
