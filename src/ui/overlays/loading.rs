//! The first screen: what is being read, how far, how fast; or why nothing is open.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::fold::fold;
use super::super::paint::{bar, put};
use super::super::theme::Theme;
use super::popup::{paragraph, popup};
use crate::app::action::Action;
use crate::app::model::{Context, Model};
use crate::data::place::Place;
use crate::job::ProgressLook;
use crate::show::numbers::{counted, short};
use crate::show::text::clean;
use crate::tr;

/// Draws the progress of loading.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    model: &Model,
    look: ProgressLook,
    elapsed: Duration,
    theme: &Theme,
) {
    let inside = popup(buffer, area, (64, 7), tr!("Opening"), theme);
    let files: Vec<String> = model.request.places.iter().map(Place::name).collect();
    put(buffer, inside, 0, 0, &clean(&files.join(", ")), theme.strong);
    let room = inside.width.saturating_sub(6);
    put(buffer, inside, 0, 2, &bar(look.percent(), 100, room, theme), theme.bar);
    put(buffer, inside, room + 1, 2, &format!("{:>3} %", look.percent()), theme.strong);
    put(buffer, inside, 0, 3, &rate(look, elapsed), theme.muted);
    let finishing = look.total_bytes > 0 && look.bytes >= look.total_bytes;
    let words = if finishing {
        tr!("scoring and sorting the customers").to_owned()
    } else {
        tr!("{key} cancels", key = model.keymap.name_in(Context::Loading, Action::Back))
    };
    put(buffer, inside, 0, 4, &words, theme.muted);
}

/// Rows, bytes and rate in words.
fn rate(look: ProgressLook, elapsed: Duration) -> String {
    let millis = elapsed.as_millis().max(1);
    let per_second = u128::from(look.rows) * 1_000 / millis;
    tr!(
        "{rows}, {part} of {all} bytes, {speed} rows a second",
        rows = counted(look.rows, "row"),
        part = short(look.bytes),
        all = short(look.total_bytes),
        speed = short(per_second as i128)
    )
}

/// Draws why nothing is open.
pub(in super::super) fn stopped(buffer: &mut Buffer, area: Rect, reason: &str, theme: &Theme) {
    const WIDTH: u16 = 76;
    let reason = clean(reason).into_owned();
    // Frame and blanks at the sides.
    let room = WIDTH.min(area.width).saturating_sub(4);
    let lines = fold(&reason, room.into()).len() as u16;
    let inside = popup(buffer, area, (WIDTH, lines + 3), tr!("Nothing is open"), theme);
    paragraph(buffer, inside, &reason, theme.problem);
}
