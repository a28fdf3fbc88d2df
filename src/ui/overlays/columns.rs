//! The columns of the list: which are shown, in which order, and what each is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::put;
use super::super::theme::Theme;
use super::super::words as shared;
use super::popup::popup;
use crate::app::action::{Action, ColumnAction, Direction};
use crate::app::context::Context;
use crate::app::list::ColumnScreen;
use crate::app::session::Session;
use crate::engine::fields::Definition;
use crate::engine::listing::Column;
use crate::show::text::{clean, cut};
use crate::tr;

/// Columns of the box.
const WIDTH: u16 = 100;

/// Columns of the screen that a name gets.
const NAME: usize = 24;

/// Draws the columns, those shown first.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, screen: &ColumnScreen, theme: &Theme) {
    let (analysis, columns) = (&session.analysis, &session.list.columns);
    let ColumnScreen { all, cursor } = screen;
    let cursor = *cursor;
    let key = |what: ColumnAction| session.keymap.name_in(Context::Columns, Action::Columns(what));
    let title = tr!("Columns: {key} shows or hides", key = key(ColumnAction::Toggle));
    let inside = popup(buffer, area, (WIDTH, all.len() as u16 + 4), &title, theme);
    let rows = inside.height.saturating_sub(2);
    let first = (cursor + 1).saturating_sub(rows.into());
    for (y, (number, column)) in (0..rows).zip(all.iter().enumerate().skip(first)) {
        let shown = columns.all().position(|shown| shown == *column);
        let is_shown = shown.is_some();
        let sign = match shown {
            None => " ",
            Some(shown) if shown < columns.frozen() => "▪",
            Some(_) => "✓",
        };
        put(buffer, inside, 0, y, sign, theme.accent);
        let name = clean(&column.name(analysis)).into_owned();
        put(buffer, inside, 2, y, &cut(&name, NAME), if is_shown { theme.strong } else { Style::new() });
        put(buffer, inside, NAME as u16 + 4, y, &clean(&words(session, *column)), theme.muted);
        if number == cursor {
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, Style::reset().patch(theme.cursor));
        }
    }
    let note = match session.details.reading_words() {
        Some(words) if analysis.fields().transactions().is_none() => tr!("{words}; more columns follow", words),
        _ if analysis.fields().transactions().is_none() => {
            let key = session.keymap.name_in(Context::Customers, Action::Explain);
            tr!("{key} on a customer reads the rows, and with them the data's other columns", key)
        }
        _ => {
            let [left, right] = [Direction::Left, Direction::Right].map(|way| key(ColumnAction::Shift(way)));
            tr!("✓ shown, ▪ stays in sight; {left} and {right} move a shown one", left, right)
        }
    };
    put(buffer, inside, 0, inside.height.saturating_sub(1), &note, theme.muted);
}

/// What a column is, with its unit and the rule that its value comes by.
fn words(session: &Session, column: Column) -> String {
    match column {
        Column::Axis(axis) => {
            let measure = session.analysis.measured().measure(axis);
            tr!("what {axis} measures: {unit}", axis = shared::axis(axis), unit = measure.unit())
        }
        Column::Scores => tr!("the three scores side by side").to_owned(),
        Column::Field(_) => column.definition(&session.analysis).map(Definition::words).unwrap_or_default(),
    }
}
