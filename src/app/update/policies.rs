//! The screen on which policies are decided, with what they would change.

use super::super::action::{Action, Direction};
use super::super::model::Model;
use super::super::overlay::{Overlay, PolicyScreen};
use super::super::reopen::{self, Reopening, State, accept};
use super::Effect;
use crate::model::policies::Policy;

pub(super) fn update(model: &mut Model, action: Action) -> Effect {
    let is_waiting = model.reopening.as_ref().is_some_and(|reopening| reopening.is_accepted);
    let Some(Overlay::Policies(screen)) = &mut model.overlay else { return Effect::None };
    match action {
        Action::Back => return discard(model),
        Action::Select => return confirm(model),
        // What is waited for is settled; Esc alone takes it back.
        _ if is_waiting => {}
        Action::Move(Direction::Down) => screen.cursor = (screen.cursor + 1).min(Policy::ALL.len() - 1),
        Action::Move(Direction::Up) => screen.cursor = screen.cursor.saturating_sub(1),
        Action::Move(direction) => {
            screen.turn(direction);
            return propose(model);
        }
        _ => {}
    }
    Effect::None
}

/// Closes the screen and leaves everything as it was.
fn discard(model: &mut Model) -> Effect {
    (model.overlay, model.reopening) = (None, None);
    Effect::None
}

/// Takes the proposed policies, as soon as the data is loaded with them.
fn confirm(model: &mut Model) -> Effect {
    if model.reopening.is_none() {
        model.overlay = None;
        return Effect::None;
    }
    accept(model)
}

/// Loads the data with the proposed policies; as they are in force, there is nothing to load.
fn propose(model: &mut Model) -> Effect {
    let Some(Overlay::Policies(PolicyScreen { proposed, .. })) = model.overlay else { return Effect::None };
    model.reopening = None;
    if model.session().is_none_or(|session| session.policies == proposed) {
        return Effect::None;
    }
    let mut request = model.request.clone();
    request.policies = proposed;
    match reopen::plan(model) {
        Ok(plan) => {
            model.reopening = Some(Box::new(Reopening::new(request, plan)));
            Effect::Reopen
        }
        Err(problem) => {
            let mut failed = Reopening::new(request, model.plan.clone());
            failed.state = State::Failed(problem);
            model.reopening = Some(Box::new(failed));
            Effect::None
        }
    }
}
