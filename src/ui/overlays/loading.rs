//! The first screen: what is being read, how far, how fast; or why nothing is open.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::super::paint::{bar, put};
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::model::Model;
use crate::data::place::Place;
use crate::job::ProgressLook;
use crate::show::numbers::{counted, short};
use crate::show::text::{clean, width};

/// Draws the progress of loading.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    model: &Model,
    look: ProgressLook,
    elapsed: Duration,
    theme: &Theme,
) {
    let inside = popup(buffer, area, (64, 7), "Opening", theme);
    let files: Vec<String> = model.request.places.iter().map(Place::name).collect();
    put(buffer, inside, 0, 0, &clean(&files.join(", ")), theme.strong);
    let room = inside.width.saturating_sub(6);
    put(buffer, inside, 0, 2, &bar(look.percent(), 100, room, theme), theme.bar);
    put(buffer, inside, room + 1, 2, &format!("{:>3} %", look.percent()), theme.strong);
    put(buffer, inside, 0, 3, &rate(look, elapsed), theme.muted);
    let finishing = look.total_bytes > 0 && look.bytes >= look.total_bytes;
    put(buffer, inside, 0, 4, if finishing { "scoring and sorting the customers" } else { "Esc cancels" }, theme.muted);
}

/// Rows, bytes and rate in words.
fn rate(look: ProgressLook, elapsed: Duration) -> String {
    let millis = elapsed.as_millis().max(1);
    let per_second = u128::from(look.rows) * 1_000 / millis;
    format!(
        "{}, {} of {} bytes, {} rows a second",
        counted(look.rows, "row"),
        short(look.bytes),
        short(look.total_bytes),
        short(per_second as i128)
    )
}

/// Draws why nothing is open.
pub(in super::super) fn stopped(buffer: &mut Buffer, area: Rect, reason: &str, theme: &Theme) {
    const WIDTH: u16 = 76;
    let reason = clean(reason).into_owned();
    // Words do not break at the very edge, hence a line more than the letters need.
    let lines = width(&reason).div_ceil(usize::from(WIDTH) - 8) as u16;
    let inside = popup(buffer, area, (WIDTH, lines + 3), "Nothing is open", theme);
    let lines = vec![Line::styled(reason, theme.problem)];
    Paragraph::new(lines).wrap(Wrap { trim: true }).render(inside, buffer);
}
