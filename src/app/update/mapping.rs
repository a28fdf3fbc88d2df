//! The screen on which columns get their roles.

use std::sync::Arc;

use super::super::action::{Action, Direction};
use super::super::files::FileTask;
use super::super::mapping::{Inspected, MappingScreen};
use super::super::model::{Chosen, Model, Stage};
use super::super::overlay::Overlay;
use super::super::reopen::{self, ColumnChoice, Reopening};
use super::{Effect, load};
use crate::data::mapping::WantedColumns;
use crate::data::mapping_memory::Header;
use crate::data::source::Source;
use crate::tr;

/// Columns that a page of the screen moves.
const PAGE: usize = 10;

/// Asks for the file to be looked at, which may take a moment.
pub(super) fn ask(model: &mut Model) -> Effect {
    if model.request.places.is_empty() {
        return Effect::None;
    }
    model.say(tr!("looking at the columns ..."));
    Effect::Inspect(0)
}

/// Opens the screen of a file that was looked at.
pub fn inspected(model: &mut Model, result: Result<Inspected, String>) {
    // The user may be elsewhere by now.
    if model.overlay.is_some() || matches!(model.stage, Stage::Loading { .. } | Stage::Asking(_)) {
        return;
    }
    model.message = None;
    let inspected = match result {
        Ok(inspected) => inspected,
        Err(problem) => return model.complain(problem),
    };
    let chosen = model.chosen_for(&inspected.source);
    let mut screen = MappingScreen::new(inspected, &model.request.columns, chosen, model.request.values);
    if let Stage::Open(session) = &model.stage {
        let names = |source: &Source| source.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        let here = screen.source.place.to_string();
        let others = session.sources.iter().map(|mapped| &mapped.source);
        let others = others.filter(|source| source.place.to_string() != here && names(source) == names(&screen.source));
        screen.same = others.cloned().collect();
        model.overlay = Some(Overlay::Mapping(Box::new(screen)));
    } else {
        if let Err(problem) = screen.check(&model.keymap) {
            screen.complain(problem);
        }
        if let Stage::Stopped(reason) = &model.stage {
            screen.beneath = Some(reason.clone());
        }
        model.stage = Stage::Asking(Box::new(screen));
    }
}

pub(super) fn update(model: &mut Model, action: Action) -> Effect {
    let is_waiting = model.reopening.as_ref().is_some_and(|reopening| reopening.is_accepted);
    let keymap = Arc::clone(&model.keymap);
    let Some(screen) = model.mapping() else { return Effect::None };
    match action {
        Action::Back => return leave(model),
        // The choice is made; Esc alone takes it back.
        _ if is_waiting => {}
        Action::Move(Direction::Down) => screen.go(screen.cursor + 1),
        Action::Move(_) => screen.go(screen.cursor.saturating_sub(1)),
        Action::Page(Direction::Down) => screen.go(screen.cursor + PAGE),
        Action::Page(_) => screen.go(screen.cursor.saturating_sub(PAGE)),
        Action::End(Direction::Up) => screen.go(0),
        Action::End(_) => screen.go(usize::MAX),
        Action::GiveRole(role) => screen.give(role),
        Action::TakeRole => screen.take_away(),
        Action::FirstInDates(order) => screen.set_order(order, &keymap),
        Action::Forget => return forget(model),
        Action::Select => return take(model),
        _ => {}
    }
    Effect::None
}

fn leave(model: &mut Model) -> Effect {
    model.remember.clear();
    if model.overlay.is_none() {
        // Asked for by the loader and by nobody else, there is nothing to go back to.
        let Some(reason) = model.mapping().and_then(|screen| screen.beneath.take()) else { return Effect::Quit };
        model.forget_picked();
        model.stage = Stage::Stopped(reason);
        return Effect::None;
    }
    model.overlay = None;
    let restore = model.reopening.take().and_then(|reopening| reopening.choice).and_then(|choice| choice.before);
    model.remember.extend(restore);
    model.remembering()
}

/// Forgets what is remembered for the header, at once.
fn forget(model: &mut Model) -> Effect {
    let memory = model.request.memory.clone();
    let Some(screen) = model.mapping() else { return Effect::None };
    screen.forget();
    if let (Some(path), Some(header)) = (memory, Header::of(&screen.source)) {
        return Effect::File(FileTask::Forget { path, header, load: false });
    }
    screen.said = Some(tr!("what was chosen here is forgotten; nothing was remembered").to_owned());
    Effect::None
}

/// Opens the data with the columns as they are chosen, if they suffice. What was remembered for the header goes first: it
/// would be recalled over the choice. What is chosen is remembered once the data is open, which proves it.
fn take(model: &mut Model) -> Effect {
    let (memory, keymap) = (model.request.memory.clone(), Arc::clone(&model.keymap));
    let Some(screen) = model.mapping() else { return Effect::None };
    if let Err(problem) = screen.check(&keymap) {
        screen.complain(problem);
        return Effect::None;
    }
    if !screen.is_changed() && model.overlay.is_some() {
        model.overlay = None;
        model.say(tr!("the columns are as they were"));
        return Effect::None;
    }
    let Some(screen) = model.mapping() else { return Effect::None };
    let (choices, typed, order) = (screen.choices(), screen.typed(), screen.order);
    let mut sources = vec![screen.source.clone()];
    sources.append(&mut screen.same.clone());
    let header = Header::of(&screen.source);
    let chosen: Vec<Chosen> = sources
        .into_iter()
        .map(|mut source| {
            source.forget_samples();
            Chosen { source, choices: choices.clone() }
        })
        .collect();
    let before = header.clone().zip(screen.remembered());
    let columns = wanted(model, &chosen, typed);
    if let Some(header) = header.clone().filter(|_| memory.is_some() && !choices.is_empty()) {
        model.remember.push((header, choices));
    }
    if model.overlay.is_none() {
        model.request.columns = columns;
        model.request.values.date_order = order;
        model.keep_chosen(chosen);
    } else {
        let mut request = model.request.clone();
        request.columns = columns;
        request.values.date_order = order;
        let plan = match reopen::plan(model) {
            Ok(plan) => plan,
            Err(problem) => {
                if let Some(screen) = model.mapping() {
                    screen.complain(problem);
                }
                return Effect::None;
            }
        };
        let choice = Some(ColumnChoice { chosen, before });
        model.reopening = Some(Box::new(Reopening { is_accepted: true, choice, ..Reopening::new(request, plan) }));
    }
    match (memory, header) {
        (Some(path), Some(header)) => Effect::File(FileTask::Forget { path, header, load: true }),
        _ => start(model),
    }
}

/// Loads with the columns that were chosen.
pub(in super::super) fn start(model: &mut Model) -> Effect {
    if model.overlay.is_none() { load(model) } else { Effect::Reopen }
}

/// The typed columns with all that was chosen, the latest last.
fn wanted(model: &Model, latest: &[Chosen], mut wanted: WantedColumns) -> WantedColumns {
    let is_latest =
        |known: &Chosen| latest.iter().any(|chosen| chosen.source.place.to_string() == known.source.place.to_string());
    for Chosen { source, choices } in model.chosen.iter().filter(|known| !is_latest(known)).chain(latest) {
        for (role, column) in choices {
            wanted.pick(source, *role, *column);
        }
    }
    wanted
}
