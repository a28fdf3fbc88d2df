//! The lines for beginners, where messages stand, or above one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::paint::put;
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::tour::Tour;

/// Draws the line that the tour is at, if it is on its way.
pub(super) fn draw(buffer: &mut Buffer, message: Rect, model: &Model, theme: &Theme) {
    let Some(line) = Tour::line(model) else { return };
    let is_free = model.message.is_none() && model.running().is_none();
    let area = Rect { y: message.y.saturating_sub(u16::from(!is_free)), ..message };
    Clear.render(area, buffer);
    put(buffer, area, 0, 0, &line, theme.selected);
}
