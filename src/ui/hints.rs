//! The bottom line: what was pressed of a command so far, and the keys that can come next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};

use super::paint::spans;
use super::theme::Theme;
use crate::app::action::Action;
use crate::app::keymap::{Hint, following, hints};
use crate::app::model::Model;
use crate::app::session::Session;
use crate::show::text::width;
use crate::{tr, tr_count};

/// Draws as many hints as fit, the narrowest scope first; help, quit, and undo once there is something to undo, always. What follows a key that others begin with
/// goes over the message too, where one line has no room for it.
pub(super) fn draw(buffer: &mut Buffer, [message, area]: [Rect; 2], model: &Model, theme: &Theme) {
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
    let room = usize::from(area.width).saturating_sub(taken);
    let Some(first) = model.begun.first else {
        let can_undo = model.session().is_some_and(Session::can_undo);
        let is_kept = |action| matches!(action, Action::Help | Action::Leave) || can_undo && action == Action::Undo;
        parts.extend(drawn(fitting(hints(&model.keymap, model.context()), is_kept, room), theme));
        return spans(buffer, area, 0, parts);
    };
    let (here, rest) = split(following(&model.keymap, model.context(), first), room);
    parts.extend(drawn(here, theme));
    let (above, _) = split(rest, area.width.into());
    if !above.is_empty() {
        Clear.render(message, buffer);
        spans(buffer, message, 0, std::mem::replace(&mut parts, drawn(above, theme).collect()));
    }
    spans(buffer, area, 0, parts);
}

/// Hints as they stand on a line.
fn drawn<'a>(hints: Vec<Hint>, theme: &Theme) -> impl Iterator<Item = Span<'a>> {
    let (keys, words) = (theme.accent, theme.muted);
    hints
        .into_iter()
        .flat_map(move |hint| [Span::styled(hint.keys, keys), Span::styled(format!(" {}  ", hint.words), words)])
}

/// Columns that a hint takes.
fn size(hint: &Hint) -> usize {
    width(&hint.keys) + width(hint.words) + 3
}

/// The first ones, as far as there is room, and the others.
fn split(mut hints: Vec<Hint>, room: usize) -> (Vec<Hint>, Vec<Hint>) {
    let mut taken = 0;
    let is_beyond = |hint: &Hint| {
        taken += size(hint);
        // Nothing follows the last one.
        taken > room + 2
    };
    let first = hints.iter().position(is_beyond).unwrap_or(hints.len());
    let rest = hints.split_off(first);
    (hints, rest)
}

/// Those that there is room for, in their order.
fn fitting(hints: Vec<Hint>, is_kept: impl Fn(Action) -> bool, mut room: usize) -> Vec<Hint> {
    let mut shown = vec![false; hints.len()];
    let kept = |at: &usize| is_kept(hints[*at].action);
    for at in (0..hints.len()).filter(kept).chain((0..hints.len()).filter(|at| !kept(at))) {
        if size(&hints[at]) > room {
            break;
        }
        room -= size(&hints[at]);
        shown[at] = true;
    }
    hints.into_iter().zip(shown).filter_map(|(hint, shown)| shown.then_some(hint)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_goes_on_in_order() {
        let hint = |keys: &str| Hint { keys: keys.to_owned(), words: "does it", action: Action::Undo };
        // Each takes eleven columns, of which the last two are blank.
        let names = |hints: Vec<Hint>| hints.into_iter().map(|hint| hint.keys).collect::<String>();
        for (room, here, rest) in [(20, "ab", "cd"), (19, "a", "bcd"), (3, "", "abcd"), (99, "abcd", "")] {
            let (first, others) = split(["a", "b", "c", "d"].map(hint).into(), room);
            assert_eq!((names(first).as_str(), names(others).as_str()), (here, rest), "{room}");
        }
    }
}
