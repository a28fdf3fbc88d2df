//! The command palette: a line to type on, and what it finds.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::model::Model;
use crate::app::palette::{Palette, PaletteRow};
use crate::show::text::{clean, cut, width};
use crate::{tr, tr_count};

/// Columns and rows of the box.
const SIZE: (u16, u16) = (100, 20);

/// Columns of the names.
const NAMES: u16 = 24;

/// Draws the palette and gives the place of its cursor.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    model: &Model,
    palette: &Palette,
    theme: &Theme,
) -> Position {
    let inside = popup(buffer, area, SIZE, tr!("Do what?"), theme);
    let scroll = palette.input.visual_scroll(usize::from(inside.width.saturating_sub(3)));
    let seen: String = palette.input.value().chars().skip(scroll).collect();
    put(buffer, inside, 0, 0, "> ", theme.accent);
    put(buffer, inside, 2, 0, &clean(&seen), theme.strong);
    let found = tr_count!(palette.len() as u64, "{count} found", "{count} found");
    put_right(buffer, inside, inside.width, 0, &found, theme.muted);
    let rows = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    let first = (palette.cursor + 1).saturating_sub(rows.height.into());
    for (y, place) in (0..rows.height).zip(first..palette.len()) {
        let Some(row) = palette.row(model, place) else { break };
        draw_row(buffer, Rect { y: rows.y + y, height: 1, ..rows }, &row, theme);
        if place == palette.cursor {
            let style = Style::reset().patch(theme.cursor);
            buffer.set_style(Rect { y: rows.y + y, height: 1, ..rows }, style);
        }
    }
    if palette.is_empty() {
        put(buffer, rows, 0, 0, tr!("nothing is called so"), theme.muted);
    }
    let x = (palette.input.visual_cursor().saturating_sub(scroll) as u16 + 2).min(inside.width.saturating_sub(1));
    Position { x: inside.x + x, y: inside.y }
}

/// A command: its name, what it does or why it cannot be done, and its keys.
fn draw_row(buffer: &mut Buffer, area: Rect, row: &PaletteRow, theme: &Theme) {
    let is_possible = row.reason.is_none();
    let style = |style: Style| if is_possible { style } else { theme.muted };
    put(buffer, area, 0, 0, &cut(&row.command.name(), (NAMES - 1).into()), style(theme.accent));
    let keys = width(&row.keys) as u16;
    let room = area.width.saturating_sub(NAMES + keys + 2);
    let reason = row.reason.as_ref().map_or_else(String::new, |reason| format!(" · {reason}"));
    let words = format!("{}{reason}", row.command.words());
    put(buffer, area, NAMES, 0, &cut(&words, room.into()), style(Style::new()));
    put_right(buffer, area, area.width, 0, &row.keys, style(theme.strong));
}
