//! Lines that are typed: what they begin with, and what becomes of them.

use super::super::words;
use super::super::{chips, file_names};
use crate::tr;
use std::sync::Arc;

use tui_input::Input;

use super::super::action::{Action, Asked, Direction};
use super::super::changes::{Change, Changed};
use super::super::context::Context;
use super::super::cut_edit::typed as typed_value;
use super::super::details;
use super::super::exporting::selection::whom;
use super::super::exporting::{forget_line, want};
use super::super::files::{FileTask, Purpose};
use super::super::finding::{self, Finding};
use super::super::jump::jump;
use super::super::keymap::Key;
use super::super::model::{Model, Stage};
use super::super::overlay::{Overlay, Prompt};
use super::super::picture;
use super::super::privacy::Veiled;
use super::super::scenario::{path_of, save, suggested};
use super::super::session::{Panel, Session};
use super::super::solve::goal;
use super::super::typing::{insert, request};
use super::{Effect, budget, cuts, marks, rows, rules, scheme, session};
use crate::engine::analysis::Setting;
use crate::model::day::Day;
use crate::model::filter::complete::complete;
use crate::model::filter::{Filter, FilterError};
use crate::model::money::Money;
use crate::model::scheme::EDITED;
use crate::model::schemes::Catalogue;
use crate::model::value::{ClvError, ClvTerms};

/// Asks for a line, with what it is now.
pub(super) fn ask(model: &mut Model, asked: Asked) {
    let Some(session) = session(model) else { return };
    let text = match asked {
        Asked::CutValue => {
            let cut = session.cut;
            session.analysis.cuts(cut.axis).cuts()[cut.cut].text(session.analysis.scale(cut.axis))
        }
        Asked::NewCut => match cuts::suggested(session) {
            Some(value) => Money::new(value, session.analysis.scale(session.cut.axis)).to_string(),
            None => return,
        },
        Asked::Filter => session.analysis.setting().filter.to_string(),
        Asked::DataFilter => {
            // Whoever asks for it asks rows.
            if session.analysis.whole().fields().transactions().is_none() {
                session.details.ask();
            }
            session.analysis.setting().data_filter.to_string()
        }
        Asked::SegmentName => match session.tiers.segment(&session.analysis) {
            Some(segment) if segment < session.analysis.scheme().segments.len() => {
                words::segment(session.analysis.scheme().segment_name(segment)).to_owned()
            }
            _ => return,
        },
        Asked::Solve => {
            let segment = session.tiers.segment(&session.analysis).unwrap_or_default();
            format!("{} = ", session.analysis.scheme().typed_name(segment))
        }
        Asked::NewSegment | Asked::Jump => String::new(),
        Asked::SaveScenario | Asked::OpenScenario | Asked::CompareScenario => suggested(session),
        Asked::SaveScheme => {
            let name = session.analysis.scheme().name.trim_end_matches(EDITED);
            if Catalogue::is_built_in(name) { file_names::own_scheme(name) } else { name.to_owned() }
        }
        Asked::Note => session.card.note.clone().unwrap_or_default(),
        Asked::ReviewBy => session.card.review_by.map(|day| day.to_string()).unwrap_or_default(),
        Asked::Find => {
            Finding::begin(session);
            String::new()
        }
        // The list knows on whom.
        Asked::CustomerNote => return marks::ask_note(model),
        Asked::ExportListed => file_names::of_list(&whom(session)),
        Asked::ExportMarked => file_names::MARKED.to_owned(),
        Asked::ClvTerms => session.analysis.setting().clv.to_string(),
        // Their screens know what they begin with.
        Asked::Cost | Asked::Rule | Asked::NewRule | Asked::Picture => return,
    };
    model.beneath = None;
    open(model, asked, text, String::new());
    // Filters and names may speak of what only rows tell.
    if matches!(asked, Asked::Filter | Asked::Find) {
        details::expect(model);
    }
}

/// Opens a line that begins with a text, about something of the screen that it is gone back to.
pub(super) fn open(model: &mut Model, asked: Asked, text: String, about: String) {
    model.overlay = Some(Overlay::Prompt(Prompt {
        asked,
        about,
        is_picked: !text.is_empty() && is_replaced(asked),
        input: text.into(),
        problem: None,
        candidates: Vec::new(),
        replace: false,
        under: Vec::new(),
    }));
}

/// Opens a line with what was typed before, and what is wrong with it.
pub(in super::super) fn ask_again(model: &mut Model, asked: Asked, text: String, problem: String) {
    open(model, asked, text, String::new());
    if let Some(prompt) = model.prompt() {
        prompt.problem = Some(problem);
    }
}

/// Whether what such a line begins with is rather replaced than gone on with.
const fn is_replaced(asked: Asked) -> bool {
    match asked {
        Asked::CutValue
        | Asked::NewCut
        | Asked::Cost
        | Asked::ClvTerms
        | Asked::SegmentName
        | Asked::NewSegment
        | Asked::SaveScheme
        | Asked::ReviewBy
        | Asked::ExportListed
        | Asked::ExportMarked
        | Asked::SaveScenario
        | Asked::OpenScenario
        | Asked::CompareScenario
        | Asked::Picture => true,
        Asked::Solve
        | Asked::Filter
        | Asked::DataFilter
        | Asked::Find
        | Asked::Jump
        | Asked::Note
        | Asked::CustomerNote
        | Asked::Rule
        | Asked::NewRule => false,
    }
}

/// A problem as the prompt tells it.
fn told(error: &FilterError) -> String {
    error.to_string()
}

/// Goes on with what can only come next, or shows what can.
pub(super) fn complete_line(model: &mut Model) {
    let (Some(Overlay::Prompt(prompt)), Stage::Open(session)) = (&mut model.overlay, &model.stage) else { return };
    let (text, cursor) = (prompt.input.value().to_owned(), prompt.input.cursor());
    let completion = match prompt.asked {
        Asked::Filter => complete(&text, cursor, &Veiled::of_customers(&session.analysis, &session.privacy)),
        Asked::DataFilter => complete(&text, cursor, &Veiled::of_rows(&session.analysis, &session.privacy)),
        _ => return,
    };
    let Some(common) = common_start(&completion.candidates) else {
        prompt.candidates = Vec::new();
        prompt.problem = Some(tr!("nothing is known that begins so").to_owned());
        return;
    };
    let before: String = text.chars().take(completion.from).collect();
    let typed: String = text.chars().skip(completion.from).take(cursor - completion.from).collect();
    let after: String = text.chars().skip(cursor).collect();
    prompt.problem = None;
    prompt.candidates = if completion.candidates.len() > 1 { completion.candidates } else { Vec::new() };
    // A start that all share goes no further back than what is typed.
    if common.chars().count() >= typed.chars().count() {
        let cursor = before.chars().count() + common.chars().count();
        prompt.input = Input::new(format!("{before}{common}{after}")).with_cursor(cursor);
    }
}

/// What all of some texts begin with; `None` without any.
fn common_start(texts: &[String]) -> Option<String> {
    let (first, others) = texts.split_first()?;
    let mut common: Vec<char> = first.chars().collect();
    for other in others {
        let same = common.iter().zip(other.chars()).take_while(|(one, other)| **one == *other).count();
        common.truncate(same);
    }
    Some(common.into_iter().collect())
}

/// Takes the line, or says what is wrong with it.
pub(super) fn confirm(model: &mut Model) -> Effect {
    let Some(Overlay::Prompt(prompt)) = &model.overlay else { return Effect::None };
    let (asked, replace, about) = (prompt.asked, prompt.replace, prompt.about.clone());
    let text = prompt.input.value().trim().to_owned();
    match take(model, asked, &text, replace, &about) {
        Ok(effect) => {
            if let Some(what) = Changed::typed(asked, &text) {
                model.last_change = Some(Change { what, number: None });
            }
            effect
        }
        Err(problem) => {
            if let Some(prompt) = model.prompt() {
                prompt.problem = Some(problem);
            }
            Effect::None
        }
    }
}

/// Takes a line once more that was typed before.
///
/// # Errors
/// What is wrong with it here.
pub(super) fn take_again(model: &mut Model, asked: Asked, text: &str) -> Result<(), String> {
    model.message = None;
    take(model, asked, text, false, "").map(drop)
}

/// Takes a line for what it was asked for. Of files the line stays until they are there.
fn take(model: &mut Model, asked: Asked, text: &str, replace: bool, about: &str) -> Result<Effect, String> {
    let read = |purpose| Ok(Effect::File(FileTask::Read { path: path_of(text)?, purpose }));
    let done = match asked {
        Asked::SaveScenario => return save(model, path_of(text)?, replace).map(Effect::File),
        Asked::OpenScenario => return keeping_marks(model, replace).and_then(|()| read(Purpose::Open)),
        Asked::CompareScenario => return read(Purpose::Baseline),
        Asked::SaveScheme => return scheme::save(model, text, replace).map(Effect::File),
        Asked::Picture => return picture::want(model, text, replace),
        Asked::ExportListed | Asked::ExportMarked => want(model, text, asked == Asked::ExportMarked, replace),
        Asked::Filter => filter(model, text),
        Asked::DataFilter => rows::filter(model, text),
        Asked::Cost => budget::take(model, text, about),
        Asked::Rule | Asked::NewRule => rules::take(model, asked, text, about),
        Asked::CustomerNote => marks::take_note(model, text, about),
        Asked::SegmentName => scheme::rename(model, text),
        Asked::NewSegment => scheme::give_new(model, text),
        Asked::CutValue | Asked::NewCut => take_cut(model, asked, text),
        Asked::Solve => take_goal(model, text),
        Asked::ClvTerms => take_terms(model, text),
        Asked::Note | Asked::ReviewBy => take_card(model, asked, text),
        Asked::Jump => take_jump(model, text),
        Asked::Find => {
            model.overlay = None;
            finding::take(model);
            Ok(())
        }
    };
    done.map(|()| Effect::None)
}

/// Asks once before marks and notes that are not saved give way to those of a scenario.
///
/// # Errors
/// The question, until the line is taken again.
fn keeping_marks(model: &mut Model, replace: bool) -> Result<(), String> {
    if replace || !model.session().is_some_and(Session::has_unsaved_marks) {
        return Ok(());
    }
    if let Some(prompt) = model.prompt() {
        prompt.replace = true;
    }
    Err(tr!(
        "marks and notes here are not saved ({save} saves them); {key} again puts the scenario's in their place",
        save = model.keymap.name_of(Action::Ask(Asked::SaveScenario)),
        key = model.keymap.name_in(Context::Prompt, Action::Select)
    ))
}

/// Takes the value of the picked cut, or of a new one.
///
/// # Errors
/// What is wrong with it.
fn take_cut(model: &mut Model, asked: Asked, text: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let measure = session.analysis.measured().measure(session.cut.axis);
    let value = typed_value(measure, text, session.analysis.customers().scale)?;
    if asked == Asked::NewCut {
        return cuts::add(model, value);
    }
    cuts::within_neighbours(session, value)?;
    model.overlay = None;
    cuts::set_cut(model, value, false);
    Ok(())
}

/// Takes how large a segment should be.
///
/// # Errors
/// What is wrong with it.
fn take_goal(model: &mut Model, text: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let segment = session.tiers.segment(&session.analysis).unwrap_or_default();
    let goal = goal(&session.analysis, session.cut, segment, text)?;
    if session.without_profiles() {
        return Err(tr!("the positions of cuts could not be counted: a fault of the program").to_owned());
    }
    session.panel = Panel::Cuts;
    session.goal = Some(goal);
    model.overlay = None;
    if !cuts::solve(model) {
        model.say(tr!("solving ..."));
    }
    Ok(())
}

/// Takes the terms that lifetime values are computed with.
///
/// # Errors
/// What is wrong with them.
fn take_terms(model: &mut Model, text: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let clv: ClvTerms = text.parse().map_err(|error: ClvError| error.to_string())?;
    let setting = Setting { clv, ..session.analysis.setting().clone() };
    cuts::go_over(model, setting, &tr!("clv: {terms}", terms = clv))?;
    model.overlay = None;
    Ok(())
}

/// Takes the note on the scenario, or its review date; nothing typed takes it away.
///
/// # Errors
/// Where the date is none.
fn take_card(model: &mut Model, asked: Asked, text: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let given = Some(text).filter(|text| !text.is_empty());
    if asked == Asked::Note {
        session.card.note = given.map(str::to_owned);
    } else {
        let day = given.map(str::parse::<Day>).transpose();
        session.card.review_by = day.map_err(|_| tr!("write the day as 2026-12-31, or nothing").to_owned())?;
    }
    model.overlay = None;
    model.say(tr!("kept; it is written when the scenario is saved"));
    Ok(())
}

/// Takes where in the list to go.
///
/// # Errors
/// What is wrong with it.
fn take_jump(model: &mut Model, text: &str) -> Result<(), String> {
    let page = model.page;
    let Some(session) = session(model) else { return Ok(()) };
    let words = jump(session, text, page)?;
    session.panel = Panel::Customers;
    model.overlay = None;
    model.say(words);
    Ok(())
}

/// Looks at those alone whom a typed filter leaves.
///
/// # Errors
/// What is wrong with it, and where.
pub(super) fn filter(model: &mut Model, text: &str) -> Result<(), String> {
    let Some(session) = session(model) else { return Ok(()) };
    let filter: Filter = text.parse().map_err(|error: FilterError| told(&error))?;
    let words = chips::told(&filter);
    let setting = Setting { filter: Arc::new(filter), ..session.analysis.setting().clone() };
    // What is no field of customers may be one of their rows.
    if details::wait_for(session, &setting, &words, false) {
        session.details.remember_line(Asked::Filter, text);
    } else {
        cuts::go_over(model, setting, &words)?;
    }
    model.overlay = None;
    Ok(())
}

/// Leaves the line without taking it.
pub(super) fn leave(model: &mut Model) {
    let page = model.page;
    if picture::lift(model).is_some() {
        return;
    }
    forget_line(model);
    let is_find = model.prompt().is_some_and(|prompt| prompt.asked == Asked::Find);
    if let Some(session) = session(model).filter(|_| is_find) {
        finding::leave(session, page);
    }
    model.overlay = model.beneath.take();
}

/// A key that means nothing by itself is text for an open prompt.
pub(super) fn typed(model: &mut Model, key: Key) {
    let Some(prompt) = model.prompt() else { return };
    if let (Asked::Find, Key::Arrow(direction @ (Direction::Up | Direction::Down))) = (prompt.asked, key) {
        return choose_found(model, direction);
    }
    if let Some(request) = request(key) {
        let replaces = matches!(key, Key::Char(_) | Key::Backspace | Key::Delete);
        edit(model, replaces, |input| {
            input.handle(request);
        });
    }
}

/// Takes a text for an open prompt.
pub(super) fn pasted(model: &mut Model, text: &str) {
    edit(model, true, |input| insert(input, text));
}

/// Changes the line of an open prompt; one as it began gives way to what replaces it, and what was said of it before is said
/// no longer.
fn edit(model: &mut Model, replaces: bool, change: impl FnOnce(&mut Input)) {
    if model.prompt().is_none() {
        return;
    }
    forget_line(model);
    let Some(prompt) = model.prompt() else { return };
    if std::mem::take(&mut prompt.is_picked) && replaces {
        prompt.input.reset();
    }
    change(&mut prompt.input);
    prompt.problem = None;
    prompt.candidates.clear();
    prompt.replace = false;
    if prompt.asked == Asked::Find {
        let typed = prompt.input.value().to_owned();
        if let Some(session) = session(model).filter(|session| session.finding.typed() != typed) {
            session.finding.want(&typed);
        }
    }
}

/// Goes on to the next of those found while the line is typed, or back; the list follows.
fn choose_found(model: &mut Model, direction: Direction) {
    let Some(session) = session(model) else { return };
    let hits = &mut session.finding.hits;
    let last = hits.customers.len().saturating_sub(1);
    hits.cursor = if direction == Direction::Up { hits.cursor.saturating_sub(1) } else { (hits.cursor + 1).min(last) };
    finding::go(model, false);
}
