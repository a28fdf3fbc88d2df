//! What a key does where it is told how few customers bring most of the revenue.

use super::super::action::Action;
use super::super::chips;
use super::super::model::{Model, Stage};
use super::super::overlay::Overlay;

pub(super) fn update(model: &mut Model, action: Action) {
    let (Some(Overlay::Concentration(screen)), Stage::Open(session)) = (&mut model.overlay, &model.stage) else {
        return;
    };
    match action {
        Action::Back => model.overlay = None,
        Action::Select => {
            let Some(part) = screen.chosen(session) else { return };
            // Those of equal sums are not told apart: all of them are taken.
            let condition = chips::with_at_least(session, part.least);
            model.overlay = None;
            chips::add(model, &condition);
        }
        action => screen.turn(action),
    }
}
