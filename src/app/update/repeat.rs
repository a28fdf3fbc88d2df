//! Doing something more than once: a number before a key, and the last change once more.

use super::super::action::{Action, ColumnAction, Direction, MarkAction};
use super::super::changes::{Change, Changed, reason as not_again};
use super::super::context::Context;
use super::super::model::{Model, Stage};
use super::{Effect, prompt, sorting, update};

/// Most times that something is done one by one.
const MOST: u32 = 1_000;

/// Carries an action out, with the number that was typed before its key.
pub(super) fn carry_out(model: &mut Model, action: Action, number: Option<u32>) -> Effect {
    if action == Action::Repeat {
        return again(model, number);
    }
    let effect = match number {
        None => update(model, action),
        Some(number) => times(model, action, number),
    };
    if number.is_some()
        && let Some(change) = &mut model.last_change
        && change.what == Changed::Done(action)
    {
        change.number = number;
    }
    effect
}

/// Makes the last change once more, as often as it was made, or as is said now.
fn again(model: &mut Model, number: Option<u32>) -> Effect {
    if let Some(reason) = not_again(model) {
        model.complain(reason);
        return Effect::None;
    }
    let Some(Change { what, number: before }) = model.last_change.clone() else { return Effect::None };
    match what {
        Changed::Done(action) => carry_out(model, action, number.or(before)),
        Changed::Typed(asked, line) => {
            if let Err(problem) = prompt::take_again(model, asked, &line) {
                model.complain(problem);
            }
            Effect::None
        }
    }
}

/// Does it so many times; what is no matter of times is done once, and what goes to an end goes to that line.
fn times(model: &mut Model, action: Action, number: u32) -> Effect {
    match (action, model.context()) {
        (Action::End(_), context) => go_to(model, context, number),
        (Action::Move(Direction::Up | Direction::Down) | Action::Page(_), Context::Customers) => {
            move_over_list(model, action, number);
            Effect::None
        }
        // They know how to go so many steps at once.
        (Action::Nudge(_) | Action::NudgeFar(_), _) => {
            model.times = number.min(MOST);
            let effect = update(model, action);
            model.times = 1;
            effect
        }
        _ if repeats(action) => one_by_one(model, action, number.min(MOST)),
        _ => update(model, action),
    }
}

/// Whether it can be done several times in a row.
const fn repeats(action: Action) -> bool {
    matches!(
        action,
        Action::Move(_)
            | Action::Page(_)
            | Action::Heading(_)
            | Action::NextFound(_)
            | Action::NextPanel
            | Action::PreviousPanel
            | Action::NextPlane
            | Action::NextMetric
            | Action::NextLayer
            | Action::Watch(_)
            | Action::Undo
            | Action::Redo
            | Action::Reorder(_)
            | Action::RemoveCut
            | Action::TakeAway
            | Action::RemoveChip
            | Action::Marks(MarkAction::One)
            | Action::Columns(ColumnAction::Shift(_) | ColumnAction::Wider | ColumnAction::Narrower)
    )
}

/// Does it until it cannot be done any more, or is not what its key does here any more.
fn one_by_one(model: &mut Model, action: Action, number: u32) -> Effect {
    let mut effect = Effect::None;
    let from = model.context();
    for _ in 0..number {
        let before = model.message.take();
        match update(model, action) {
            Effect::None => {}
            asked => effect = asked,
        }
        let is_over = model.message.as_ref().is_some_and(|message| message.is_problem);
        if model.message.is_none() {
            model.message = before;
        }
        let context = model.context();
        if is_over || (context != from && !(context.is_panel() && from.is_panel())) {
            break;
        }
    }
    effect
}

/// Goes to a line by its number, or to the last one.
fn go_to(model: &mut Model, context: Context, number: u32) -> Effect {
    let place = (number - 1) as usize;
    match context {
        Context::Cuts => update(model, Action::PickCut(place)),
        Context::Customers => {
            let page = model.page;
            model.message = None;
            let Stage::Open(session) = &mut model.stage else { return Effect::None };
            if session.list.is_sorting() && !session.list.reaches(place) {
                model.complain(sorting());
            } else {
                session.list.jump(place, page);
            }
            Effect::None
        }
        _ => {
            let effect = update(model, Action::End(Direction::Up));
            if place > 0 { one_by_one(model, Action::Move(Direction::Down), (place as u32).min(MOST)) } else { effect }
        }
    }
}

/// Moves over the list by so many customers, or so many pages.
fn move_over_list(model: &mut Model, action: Action, number: u32) {
    let page = model.page;
    model.message = None;
    let Stage::Open(session) = &mut model.stage else { return };
    let list = &mut session.list;
    let many = number as usize * if matches!(action, Action::Page(_)) { page } else { 1 };
    let place = match action {
        Action::Move(Direction::Up) | Action::Page(Direction::Up) => list.cursor.saturating_sub(many),
        _ => list.cursor.saturating_add(many),
    };
    list.go(place, page);
}
