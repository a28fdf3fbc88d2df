//! The screen on which segments get their costs.

use super::super::words;
use crate::tr;
use std::sync::Arc;

use super::super::action::{Action, Asked};
use super::super::model::{Context, Model, Stage};
use super::super::overlay::Overlay;
use super::super::plans::BudgetScreen;
use super::super::session::Session;
use super::cursor::moved;
use super::{Effect, cuts, prompt};
use crate::engine::analysis::Setting;
use crate::model::budget::{Budget, BudgetError, Cost};
use crate::show::text::clean;

pub(super) fn update(model: &mut Model, action: Action) -> Effect {
    // A message stays until the next key.
    model.message = None;
    if let (Some(Overlay::Budget(screen)), Stage::Open(session)) = (&mut model.overlay, &model.stage)
        && let Some(cursor) = moved(screen.cursor, BudgetScreen::last(session), action)
    {
        screen.cursor = cursor;
        return Effect::None;
    }
    match action {
        Action::Ask(Asked::Cost) => ask(model),
        Action::TakeAway => take_away(model),
        Action::Undo => cuts::undo(model),
        Action::Redo => cuts::redo(model),
        Action::Back => model.overlay = None,
        _ => {}
    }
    Effect::None
}

/// What the line under the cursor is about: the segment's name, made safe.
fn about(screen: &BudgetScreen, session: &Session) -> String {
    screen
        .segment(session)
        .map_or_else(|| tr!("all others").to_owned(), |name| clean(words::segment(name)).into_owned())
}

/// Asks for the cost of the line under the cursor.
fn ask(model: &mut Model) {
    let (Some(Overlay::Budget(screen)), Stage::Open(session)) = (&model.overlay, &model.stage) else { return };
    let text = screen.cost(session).map(|cost| cost.to_string()).unwrap_or_default();
    let about = about(screen, session);
    model.beneath = model.overlay.take();
    prompt::open(model, Asked::Cost, text, about);
}

/// Takes a typed cost: of the segment that was under the cursor; without any text, its cost is taken away.
///
/// # Errors
/// What is wrong with it, and where.
pub(super) fn take(model: &mut Model, text: &str, asked_about: &str) -> Result<(), String> {
    let cost: Option<Cost> = match text {
        "" => None,
        text => Some(text.parse().map_err(|error: BudgetError| error.to_string())?),
    };
    // Something else may stand under the cursor by now.
    let is_same = |screen: &BudgetScreen, session: &Session| about(screen, session) == asked_about;
    match (&model.beneath, &model.stage) {
        (Some(Overlay::Budget(screen)), Stage::Open(session)) if is_same(screen, session) => {}
        _ => {
            let key = model.keymap.name_in(Context::Prompt, Action::Back);
            return Err(tr!("{asked_about} is not there any more; {key} goes back", asked_about, key));
        }
    }
    // The screen lies beneath the line that was typed.
    model.overlay = model.beneath.take();
    set(model, cost);
    Ok(())
}

/// Takes the cost of the line under the cursor away.
fn take_away(model: &mut Model) {
    let (Some(Overlay::Budget(screen)), Stage::Open(session)) = (&model.overlay, &model.stage) else { return };
    if screen.cost(session).is_some() {
        set(model, None);
    }
}

/// Sets the cost of the line under the cursor as a step that can be undone.
fn set(model: &mut Model, cost: Option<Cost>) {
    let (Some(Overlay::Budget(screen)), Stage::Open(session)) = (&model.overlay, &mut model.stage) else { return };
    let about = about(screen, session);
    let budget: Budget = session.analysis.setting().budget.with(screen.segment(session), cost);
    let setting = Setting { budget: Arc::new(budget), ..session.analysis.setting().clone() };
    let words = match cost {
        Some(cost) => tr!("{segment} costs {cost}", segment = about, cost),
        None => tr!("{segment} has no cost of its own", segment = about),
    };
    let changed = session.edit(setting, words.clone(), None);
    model.say(if changed { words } else { tr!("{words}: that is so already", words) });
}
