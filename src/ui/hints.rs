//! The bottom line: what was pressed of a command so far, and the keys that can come next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::paint::spans;
use super::theme::Theme;
use crate::app::action::Action;
use crate::app::keymap::{Hint, following, hints};
use crate::app::model::Model;
use crate::show::text::width;
use crate::{tr, tr_count};

/// Draws as many hints as fit, the narrowest scope first; help and quit always.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let mut parts = Vec::new();
    if model.log.unread() > 0 {
        let key = model.keymap.name_of(Action::Log);
        let unread = tr_count!(model.log.unread() as u64, "{count} unread: {key}", "{count} unread: {key}", key);
        parts.push(Span::styled(format!("{unread}  "), theme.problem));
    }
    if !model.begun.is_nothing() {
        parts.push(Span::styled(format!("{} ", model.begun.shown()), theme.selected));
        parts.push(Span::styled(format!("{}  ", tr!("Esc drops it")), theme.muted));
    }
    let taken: usize = parts.iter().map(|part| width(&part.content)).sum();
    let hints = model.begun.first.map_or_else(
        || hints(&model.keymap, model.context()),
        |first| following(&model.keymap, model.context(), first),
    );
    for hint in fitting(hints, usize::from(area.width).saturating_sub(taken)) {
        parts.push(Span::styled(hint.keys, theme.accent));
        parts.push(Span::styled(format!(" {}  ", hint.words), theme.muted));
    }
    spans(buffer, area, 0, parts);
}

/// Those that there is room for, in their order.
fn fitting(hints: Vec<Hint>, mut room: usize) -> Vec<Hint> {
    let size = |hint: &Hint| width(&hint.keys) + width(hint.words) + 3;
    let mut shown = vec![false; hints.len()];
    let kept = |at: &usize| hints[*at].is_kept;
    for at in (0..hints.len()).filter(kept).chain((0..hints.len()).filter(|at| !kept(at))) {
        if size(&hints[at]) > room {
            break;
        }
        room -= size(&hints[at]);
        shown[at] = true;
    }
    hints.into_iter().zip(shown).filter_map(|(hint, shown)| shown.then_some(hint)).collect()
}
