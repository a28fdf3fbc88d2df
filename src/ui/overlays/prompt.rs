//! A line to type a cut's value on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::paint::put;
use super::super::theme::Theme;
use super::popup::popup;
use crate::app::model::Prompt;
use crate::app::session::Session;
use crate::show::text::width;

/// Draws the prompt and gives the place of its cursor.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    prompt: &Prompt,
    theme: &Theme,
) -> Position {
    let title = format!("{} cut {}", session.cut.axis.name(), session.cut.cut + 1);
    let needed = prompt.problem.as_deref().map_or(0, width) as u16 + 4;
    let inside = popup(buffer, area, (needed.max(60), 4), &title, theme);
    put(buffer, inside, 0, 0, prompt.input.value(), theme.strong);
    let note = prompt.problem.as_deref().unwrap_or("Enter takes it, Esc leaves it as it was");
    put(buffer, inside, 0, 1, note, if prompt.problem.is_some() { theme.problem } else { theme.muted });
    let x = (prompt.input.visual_cursor() as u16).min(inside.width.saturating_sub(1));
    Position { x: inside.x + x, y: inside.y }
}
