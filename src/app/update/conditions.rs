//! The conditions of the filter: those that are offered, and those that are there.

use super::super::action::Action;
use super::super::chips::{self, offers};
use super::super::model::{Model, Stage};
use super::super::overlay::{Overlay, Pick, Picking};
use super::cursor::moved;
use super::{Effect, prompt, session};
use crate::model::filter::FilterError;
use crate::tr;

/// Offers conditions that what is under the cursor meets.
pub(super) fn quick(model: &mut Model) {
    let page = model.page;
    let Some(session) = session(model) else { return };
    session.list.make_rows(&session.analysis, page);
    let names: Vec<String> = offers(session).iter().map(ToString::to_string).collect();
    if names.is_empty() {
        return model.complain(tr!("nothing is under the cursor to filter by, or its column is still being made"));
    }
    let pick = Pick { what: Picking::Condition, why: String::new(), names, cursor: 0 };
    model.overlay = Some(Overlay::Pick(pick));
}

/// Adds a condition that was offered, as it was written.
pub(super) fn take_offer(model: &mut Model, condition: &str) {
    match condition.parse() {
        Ok(condition) => chips::add(model, &condition),
        // It was written by this program, which reads what it writes.
        Err(error) => model.complain(FilterError::to_string(&error)),
    }
}

/// What a key does among the conditions of the filter.
pub(super) fn choose_chips(model: &mut Model, action: Action) -> Effect {
    let (Some(Overlay::Chips(cursor)), Stage::Open(session)) = (&mut model.overlay, &model.stage) else {
        return Effect::None;
    };
    let last = session.chips.all().len().saturating_sub(1);
    let place = *cursor;
    if let Some(there) = moved(place, last, action) {
        *cursor = there;
        return Effect::None;
    }
    match action {
        Action::ToggleChip => chips::toggle(model, place),
        Action::NegateChip => chips::negate(model, place),
        Action::RemoveChip => {
            *cursor = place.min(last.saturating_sub(1));
            chips::remove(model, place);
        }
        Action::Ask(asked) => {
            model.overlay = None;
            prompt::ask(model, asked);
        }
        Action::Quick => {
            model.overlay = None;
            quick(model);
        }
        Action::Back | Action::Select => model.overlay = None,
        _ => {}
    }
    Effect::None
}
