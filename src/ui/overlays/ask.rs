//! Which column? Asked where neither names nor values tell.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::put;
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::ask::Ask;
use crate::data::mapping::Gap;
use crate::show::text::{clean, cut, left, width};

/// Draws the question with all columns and the beginning of their values.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, ask: &Ask, theme: &Theme) {
    let role = ask.role().name();
    let inside = popup(buffer, area, (100, area.height), &format!("Which column is the {role}?"), theme);
    let why = match ask.gaps.first() {
        Some(Gap::Ambiguous(_, names)) => format!("These look alike: {}", names.join(", ")),
        Some(Gap::Unknown(_, wanted)) => format!("There is no column `{wanted}`"),
        _ => format!("No column of {} looks like it", ask.source.place.name()),
    };
    put(buffer, inside, 0, 0, &clean(&why), theme.muted);
    let names = ask.source.columns.iter().map(|column| width(&column.name)).max().unwrap_or(0).min(24);
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
    let first = (ask.cursor + 1).saturating_sub(list.height.into());
    for (y, (number, column)) in (0..list.height).zip(ask.source.columns.iter().enumerate().skip(first)) {
        let name = left(&clean(&column.name), names);
        let mut x = put(buffer, list, 0, y, &format!("{:>3}  {name}  ", number + 1), theme.strong);
        for value in column.sample.iter().filter(|value| !value.trim().is_empty()).take(6) {
            let value = clean(value.trim()).into_owned();
            x += put(buffer, list, x, y, &format!("{}  ", cut(&value, 20)), theme.muted);
        }
        if number == ask.cursor {
            buffer.set_style(Rect { y: list.y + y, height: 1, ..list }, Style::reset().patch(theme.cursor));
        }
    }
    let none = (ask.source.columns.len() - first.min(ask.source.columns.len())) as u16;
    if ask.may_be_none() && none < list.height {
        let style = if ask.answer().is_none() { Style::reset().patch(theme.cursor) } else { theme.strong };
        put(buffer, list, 0, none, "     none of them: each row is an order", style);
    }
}
