//! The screen on which VIP rules are written, put in order, and filtered by.

use crate::tr;
use std::sync::Arc;

use super::super::action::{Action, Asked, Direction};
use super::super::details;
use super::super::model::{Context, Model, Stage};
use super::super::overlay::Overlay;
use super::super::plans::RulesScreen;
use super::super::session::Session;
use super::cursor::moved;
use super::{Effect, cuts, prompt};
use crate::engine::analysis::Setting;
use crate::model::field::key;
use crate::model::filter::written_text;
use crate::model::vip::{Rule, RuleError};
use crate::show::text::clean;

pub(super) fn update(model: &mut Model, action: Action) -> Effect {
    // A message stays until the next key.
    model.message = None;
    if let (Some(Overlay::Rules(screen)), Stage::Open(session)) = (&mut model.overlay, &model.stage)
        && let Some(cursor) = moved(screen.cursor, RulesScreen::last(session), action)
    {
        screen.cursor = cursor;
        return Effect::None;
    }
    match action {
        Action::Ask(asked) => ask(model, asked),
        Action::TakeAway => take_away(model),
        Action::Reorder(direction) => reorder(model, direction),
        Action::FilterByRule => filter(model),
        // The rows may have been refused for a rule that this takes back.
        Action::Undo => step_back(model, cuts::undo),
        Action::Redo => step_back(model, cuts::redo),
        Action::Back => model.overlay = None,
        _ => {}
    }
    Effect::None
}

/// Undoes or does again, which may lead to rules that the rows can be judged by.
fn step_back(model: &mut Model, step: impl FnOnce(&mut Model)) {
    step(model);
    if let Stage::Open(session) = &mut model.stage {
        details::take_refused(session);
    }
}

/// The rule under the cursor, and the open data set.
fn under_cursor(model: &mut Model) -> Option<(usize, &mut Session)> {
    let (Some(Overlay::Rules(screen)), Stage::Open(session)) = (&model.overlay, &mut model.stage) else { return None };
    (screen.cursor < session.analysis.setting().rules.len()).then_some((screen.cursor, session))
}

/// Asks for the text of a rule.
fn ask(model: &mut Model, asked: Asked) {
    let (text, about) = match under_cursor(model) {
        Some((number, session)) if asked == Asked::Rule => {
            let rule = &session.analysis.setting().rules[number];
            (rule.to_string(), clean(&rule.name).into_owned())
        }
        // Where there is no rule yet, one is added.
        _ => (String::new(), String::new()),
    };
    let asked = if text.is_empty() { Asked::NewRule } else { asked };
    model.beneath = model.overlay.take();
    prompt::open(model, asked, text, about);
}

/// Takes the typed text of a rule: of the one that was under the cursor, or of a new one at the end.
///
/// # Errors
/// What is wrong with it, and where; another rule of its name; a filter that names the rule as it was called.
pub(super) fn take(model: &mut Model, asked: Asked, text: &str, about: &str) -> Result<(), String> {
    let (Some(Overlay::Rules(screen)), Stage::Open(session)) = (&mut model.beneath, &mut model.stage) else {
        return Err(tr!("the rules are not there any more").to_owned());
    };
    let rule: Rule = text.parse().map_err(|error: RuleError| error.to_string())?;
    let mut rules = (*session.analysis.setting().rules).clone();
    let place = if asked == Asked::Rule { screen.cursor.min(rules.len()) } else { rules.len() };
    // Another rule may stand under the cursor by now.
    if asked == Asked::Rule && rules.get(place).is_none_or(|known| clean(&known.name) != about) {
        let key = session.keymap.name_in(Context::Prompt, Action::Back);
        return Err(tr!("the rule {rule} is not there any more; {key} goes back", rule = about, key));
    }
    let name = clean(&rule.name).into_owned();
    let is_namesake = |(number, known): (usize, &Rule)| number != place && key(&known.name) == key(&rule.name);
    if rules.iter().enumerate().any(is_namesake) {
        return Err(tr!("another rule is called {name}; write another name before the colon", name));
    }
    let words =
        if place < rules.len() { tr!("VIP rule {name} changed", name) } else { tr!("VIP rule {name} added", name) };
    if place < rules.len() {
        rules[place] = rule;
    } else {
        rules.push(rule);
    }
    let words = change(session, rules, words)?;
    screen.cursor = place;
    model.overlay = model.beneath.take();
    model.say(words);
    Ok(())
}

/// Goes over to other rules as a step that can be undone; gives what was done, in words.
fn change(session: &mut Session, rules: Vec<Rule>, words: String) -> Result<String, String> {
    let setting = Setting { rules: Arc::new(rules), ..session.analysis.setting().clone() };
    session.analysis.can_filter(&setting).map_err(|error| session.privacy.told(error))?;
    if !session.edit(setting, words.clone(), None) {
        return Ok(tr!("nothing changes").to_owned());
    }
    details::take_refused(session);
    Ok(words)
}

/// Goes over to other rules, and says it.
fn go_over(model: &mut Model, rules: Vec<Rule>, words: String) -> bool {
    let Stage::Open(session) = &mut model.stage else { return false };
    match change(session, rules, words) {
        Ok(words) => model.say(words),
        Err(problem) => {
            model.complain(problem);
            return false;
        }
    }
    true
}

/// Takes the rule under the cursor away.
fn take_away(model: &mut Model) {
    let Some((number, session)) = under_cursor(model) else { return };
    let mut rules = (*session.analysis.setting().rules).clone();
    let rule = rules.remove(number);
    go_over(model, rules, tr!("VIP rule {name} taken away", name = clean(&rule.name)));
}

/// Moves the rule under the cursor up or down: a customer is in the tier of the first rule met.
fn reorder(model: &mut Model, direction: Direction) {
    let Some((number, session)) = under_cursor(model) else { return };
    let mut rules = (*session.analysis.setting().rules).clone();
    let to = if direction == Direction::Up { number.checked_sub(1) } else { Some(number + 1) };
    let Some(to) = to.filter(|to| *to < rules.len()) else { return };
    rules.swap(number, to);
    let words = tr!("VIP rule {name} is number {place}", name = clean(&rules[to].name), place = to + 1);
    if go_over(model, rules, words)
        && let Some(Overlay::Rules(screen)) = &mut model.overlay
    {
        screen.cursor = to;
    }
}

/// Looks at those alone who meet the rule under the cursor.
fn filter(model: &mut Model) {
    let Some((number, session)) = under_cursor(model) else { return };
    let text = format!("vip({})", written_text(&session.analysis.setting().rules[number].name));
    if let Err(problem) = prompt::filter(model, &text) {
        model.complain(problem);
    }
}
