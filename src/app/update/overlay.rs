//! Help, data, and the prompt for a cut's value.

use tui_input::InputRequest;

use super::super::action::{Action, Direction};
use super::super::cut_edit::typed as typed_value;
use super::super::keymap::Key;
use super::super::model::{Model, Overlay, Prompt};
use super::cuts::set_cut;
use super::{session, shows_help};

/// Lines that a page of an overlay scrolls.
const PAGE: usize = 10;

pub(super) fn toggle_help(model: &mut Model) {
    model.overlay = if shows_help(model) { None } else { Some(Overlay::Help(0)) };
}

pub(super) fn toggle_data(model: &mut Model) {
    let shown = matches!(model.overlay, Some(Overlay::Data(_)));
    model.overlay = if shown || model.session().is_none() { None } else { Some(Overlay::Data(0)) };
}

/// Opens the prompt with the picked cut as it is.
pub(super) fn prompt(model: &mut Model) {
    let Some(session) = session(model) else { return };
    let cut = session.cut;
    let text = session.analysis.cuts(cut.axis).cuts()[cut.cut].text(session.analysis.scale(cut.axis));
    model.overlay = Some(Overlay::Prompt(Prompt { input: text.into(), problem: None }));
}

pub(super) fn update(model: &mut Model, action: Action) {
    match (&mut model.overlay, action) {
        (Some(Overlay::Help(scroll) | Overlay::Data(scroll)), action) => match action {
            Action::Move(Direction::Down) => *scroll += 1,
            Action::Move(Direction::Up) => *scroll = scroll.saturating_sub(1),
            Action::Page(Direction::Down) => *scroll += PAGE,
            Action::Page(_) => *scroll = scroll.saturating_sub(PAGE),
            Action::Back => model.overlay = None,
            _ => {}
        },
        (Some(Overlay::Prompt(_)), Action::Select) => confirm(model),
        (Some(Overlay::Prompt(_)), Action::Back) => model.overlay = None,
        _ => {}
    }
}

fn confirm(model: &mut Model) {
    let Some(Overlay::Prompt(prompt)) = &model.overlay else { return };
    let text = prompt.input.value().to_owned();
    let Some(session) = session(model) else { return };
    match typed_value(session.analysis.measured().measure(session.cut.axis), &text, session.analysis.customers().scale)
    {
        Ok(value) => {
            model.overlay = None;
            set_cut(model, value, false);
        }
        Err(problem) => {
            if let Some(Overlay::Prompt(prompt)) = &mut model.overlay {
                prompt.problem = Some(problem);
            }
        }
    }
}

/// A key that means nothing by itself is text for an open prompt.
pub(super) fn typed(model: &mut Model, key: Key) {
    let Some(Overlay::Prompt(prompt)) = &mut model.overlay else { return };
    let request = match key {
        Key::Char(c) => InputRequest::InsertChar(c),
        Key::Backspace | Key::Ctrl('h') => InputRequest::DeletePrevChar,
        Key::Delete => InputRequest::DeleteNextChar,
        Key::Arrow(Direction::Left) => InputRequest::GoToPrevChar,
        Key::Arrow(Direction::Right) => InputRequest::GoToNextChar,
        Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
        Key::End | Key::Ctrl('e') => InputRequest::GoToEnd,
        Key::Ctrl('u') => InputRequest::DeleteLine,
        Key::Ctrl('w') => InputRequest::DeletePrevWord,
        _ => return,
    };
    prompt.input.handle(request);
    prompt.problem = None;
}
