//! What a customer bought: values of the other columns, the months, and the orders.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::past;
use crate::app::past::{CustomerPast, MONTHS, past_of};
use crate::app::session::Session;
use crate::engine::fields::Field;
use crate::engine::purchases::{Often, OrderOf};
use crate::model::transactions::{Transactions, ValueRule};
use crate::show::numbers::{count, money, short_money};
use crate::show::text::{clean, cut, left, right};
use crate::tr;

/// The lines of a customer; one that says how far they are while the rows are read.
pub(super) fn lines<'a>(session: &Session, customer: usize, theme: &Theme) -> Vec<Line<'a>> {
    let Some(transactions) = session.analysis.fields().transactions() else {
        let words = session.details.reading_words().unwrap_or_else(|| tr!("the orders could not be read").to_owned());
        return vec![Line::default(), Line::styled(format!("  {words}"), theme.muted)];
    };
    // Made ready before each frame.
    let Some(past) = past_of(session, customer) else { return Vec::new() };
    let mut lines = vec![Line::default()];
    lines.extend(values(session, transactions, past, theme));
    lines.push(Line::default());
    lines.extend(timeline(session, past, theme));
    lines.extend(past::lines(session, (transactions, past), customer, theme));
    lines.push(Line::default());
    lines.extend(table(session, past, theme));
    lines
}

/// A value of a column of the rows, by the column's number, as it may be shown, cut to so many columns.
pub(super) fn shown(session: &Session, column: usize, value: &str, columns: usize) -> String {
    // Whichever of a customer's values stands for the customer, the column is masked alike.
    let text = session.shown(Field::Attribute(column as u16, ValueRule::Most), value);
    cut(&clean(&text), columns).into_owned()
}

/// What stands most often in each of the other columns.
fn values<'a>(session: &Session, transactions: &Transactions, past: &CustomerPast, theme: &Theme) -> Vec<Line<'a>> {
    let line = |(column, values): &(usize, Vec<Often>)| {
        let name = &transactions.attributes()[*column].name;
        let told = |often: &Often| format!("{} ×{}", shown(session, *column, &often.value, 24), count(often.rows));
        let words: Vec<String> = values.iter().map(told).collect();
        let words = if words.is_empty() { "–".to_owned() } else { words.join("  ") };
        Line::from(vec![Span::styled(format!("  {}", left(&cut(&clean(name), 14), 15)), theme.muted), Span::raw(words)])
    };
    past.values.iter().map(line).collect()
}

/// The net sums of the last months, as bars.
fn timeline<'a>(session: &Session, past: &CustomerPast, theme: &Theme) -> Vec<Line<'a>> {
    let analysis = &session.analysis;
    let as_of = analysis.measured().as_of();
    let sums = &past.months;
    let most = sums.iter().copied().max().unwrap_or_default().max(0);
    let bar = |sum: &i64| match (*sum, most) {
        (..0, _) => "-",
        (sum, 1..) => {
            let size = (i128::from(sum) * 8 + i128::from(most) / 2) / i128::from(most);
            theme.characters.glyphs.shades[size as usize]
        }
        _ => " ",
    };
    let bars: String = sums.iter().map(bar).collect();
    let sum = short_money(most, analysis.customers().scale);
    vec![Line::from(vec![
        Span::styled(format!("  {}", left(tr!("by month"), 15)), theme.muted),
        Span::styled(bars, theme.accent),
        Span::styled(
            format!("  {}", tr!("{months} months to {day}, at most {sum}", months = MONTHS, day = as_of, sum)),
            theme.muted,
        ),
    ])]
}

/// The orders, the newest first.
fn table<'a>(session: &Session, past: &CustomerPast, theme: &Theme) -> Vec<Line<'a>> {
    let scale = session.analysis.customers().scale;
    let line = |cells: [String; 6]| {
        let [day, id, rows, amount, returned, gap] = cells;
        let start = format!("  {}{}{}", left(&day, 12), left(&id, 16), right(&rows, 5));
        format!("{start}{}{}{}", right(&amount, 14), right(&returned, 11), right(&gap, 13))
    };
    let head = [
        tr!("head" | "date"),
        tr!("head" | "order"),
        tr!("head" | "rows"),
        tr!("head" | "amount"),
        tr!("head" | "returned"),
        tr!("head" | "days since"),
    ];
    let mut lines = vec![Line::styled(line(head.map(str::to_owned)), theme.muted)];
    for OrderOf { day, id, rows, amount, returned, gap } in past.orders.iter().rev() {
        let (amount, returned) = (*amount, *returned);
        let id = if id.is_empty() { "–".to_owned() } else { cut(&clean(id), 15).into_owned() };
        let cells = [
            day.to_string(),
            id,
            count(*rows),
            money(amount, scale),
            if returned > 0 { money(returned, scale) } else { String::new() },
            gap.map_or_else(String::new, count),
        ];
        let style = if amount < 0 { theme.problem } else { Style::new() };
        lines.push(Line::styled(line(cells), style));
    }
    lines
}
