//! What each action does to the model. Nothing here draws, reads a file or waits.

mod breakdown;
mod budget;
mod columns;
mod concentration;
mod conditions;
mod copy;
mod cursor;
mod cuts;
mod help;
mod mapping;
mod marks;
mod over;
mod overlay;
mod palette;
mod panels;
mod policies;
mod press;
mod prompt;
mod repeat;
mod rows;
mod rules;
mod scheme;
mod usual;

use super::action::{Action, Asked};
use super::changes::{Change, Changed};
use super::files::FileTask;
use super::kept;
use super::mapping::{Inspected, MappingScreen};
use super::model::{Context, Model, Stage};
use super::overlay::{Overlay, Pick, Picking, Text};
use super::picture::{self, PictureTask};
use super::possible::reason;
use super::session::{OpenError, Session};
use super::tour::Tour;
use crate::data::load::LoadError;
use crate::data::source::SourceError;
use crate::model::customers::Axis;
use crate::show::numbers::count;
use crate::{mark, tr};
pub(super) use cuts::go_over;
pub use mapping::inspected;
pub(super) use mapping::start;
pub(super) use marks::end_review;
pub use press::press;
pub(super) use prompt::ask_again;
pub(super) use rows::go_over_rows;
use std::sync::Arc;

/// What to say while the rows that are not on the screen have no places yet.
pub(super) fn sorting() -> &'static str {
    tr!("the list is still being sorted; again in a moment")
}

/// What the loop must do after an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Draw, if anything.
    None,
    /// Leave.
    Quit,
    /// Stop the process until it is continued.
    Suspend,
    /// Draw in full.
    Redraw,
    /// Load the request.
    Load,
    /// Call the loading off.
    Cancel,
    /// Load what is to be reopened, behind the screen; the newest load wins, and one that nobody wants is called off.
    Reopen,
    /// Look at a file of the request, by its number.
    Inspect(usize),
    /// Copy a text to the terminal's clipboard, and say so.
    Copy {
        /// The text.
        text: String,
        /// What it is.
        words: String,
    },
    /// Show a theme of this name, and give back whether that can be.
    Theme(String),
    /// Write or read a file, and give back what came of it.
    File(FileTask),
    /// Draw what the prompt for its name lies over as a picture, write it, and give back what came of it.
    Picture(PictureTask),
}

/// Characters of pasted text that are taken: more than any line needs, and no clipboard full of something else.
const MOST_PASTED: usize = 4_000;

/// Puts pasted text on the line that is typed, without its line ends; elsewhere it means nothing.
pub fn paste(model: &mut Model, text: &str) {
    let is_palette = matches!(model.overlay, Some(Overlay::Palette(_)));
    if model.prompt().is_none() && !is_palette {
        return model.complain(tr!("pasted text is taken only where a line is typed"));
    }
    // What stood on several lines stays apart.
    let blank = |c: char| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
    let mut characters = text.trim_end().chars().map(blank).filter(|c| !c.is_control());
    let line: String = characters.by_ref().take(MOST_PASTED).collect();
    let is_cut = characters.next().is_some();
    press::pasted(model, &line);
    if is_cut {
        let most = count(MOST_PASTED as u64);
        model
            .complain(tr!("the pasted text is too long for a line: only its first {most} characters were taken", most));
    }
}

/// Carries out an action.
pub fn update(model: &mut Model, action: Action) -> Effect {
    match action {
        Action::Quit => return Effect::Quit,
        Action::Leave => return leave(model),
        Action::Suspend => return Effect::Suspend,
        Action::Redraw => return Effect::Redraw,
        Action::Reload => {
            // Whoever asks for it doubts what is there.
            model.request.anew = true;
            return load(model);
        }
        Action::Repeat => return repeat::carry_out(model, action, None),
        Action::Palette => {
            palette::open(model);
            return Effect::None;
        }
        Action::Log => {
            over::toggle_log(model);
            return Effect::None;
        }
        Action::Tour => {
            model.tour = Some(Tour::default());
            return Effect::None;
        }
        Action::Help => {
            help::toggle(model);
            return Effect::None;
        }
        Action::Data => {
            overlay::toggle(model, Text::Data);
            return Effect::None;
        }
        Action::SavePicture => {
            picture::ask(model);
            return Effect::None;
        }
        _ => {}
    }
    model.leaving = false;
    if let Some(reason) = reason(model, action) {
        model.complain(reason);
        return Effect::None;
    }
    if let Some(what) = Changed::by(action) {
        model.last_change = Some(Change { what, number: None });
    }
    match model.context() {
        Context::Prompt if action == Action::Complete => {
            prompt::complete_line(model);
            Effect::None
        }
        Context::Overlay
        | Context::Prompt
        | Context::Menu
        | Context::Pick
        | Context::Movers
        | Context::History
        | Context::Customer
        | Context::Columns
        | Context::Chips
        | Context::Breakdown
        | Context::Concentration
        | Context::Sensitivity => overlay::update(model, action),
        Context::Palette => palette::update(model, action),
        Context::Help => {
            help::update(model, action);
            Effect::None
        }
        Context::Mapping => mapping::update(model, action),
        Context::Policies => policies::update(model, action),
        Context::Budget => budget::update(model, action),
        Context::Rules => rules::update(model, action),
        Context::Loading if action == Action::Back => Effect::Cancel,
        Context::Stopped if action == Action::Mapping => mapping::ask(model),
        Context::Loading | Context::Stopped => Effect::None,
        Context::Heatmap | Context::Tiers | Context::Cuts | Context::Customers => {
            // A message stays until the next key.
            model.message = None;
            if action == Action::Mapping {
                return mapping::ask(model);
            }
            if let Action::Copy(what) = action {
                return copy::copy(model, what);
            }
            if action == Action::GoOn {
                return kept::go_on(model);
            }
            panels::update(model, action);
            Effect::None
        }
    }
}

/// Leaves, but not at once where a list is being written, or a scenario was changed since it was saved.
fn leave(model: &mut Model) -> Effect {
    let is_writing = model.exporting.is_running();
    let is_saved = model.session().is_none_or(Session::is_saved);
    if (is_saved && !is_writing) || std::mem::replace(&mut model.leaving, true) {
        return Effect::Quit;
    }
    let has_file = model.session().is_some_and(|session| session.card.path.is_some());
    close_overlays(model);
    let [key, save] = [Action::Leave, Action::Ask(Asked::SaveScenario)].map(|action| model.keymap.name_of(action));
    model.complain(match (is_writing, is_saved) {
        (false, _) if !has_file => {
            tr!("what you marked, noted or typed is not saved: {key} again leaves, {save} saves it", key, save)
        }
        (false, _) => {
            tr!("the scenario was changed since it was saved: {key} again leaves, {save} saves it", key, save)
        }
        (true, true) => tr!("a list is being written: {key} again leaves it unfinished", key),
        (true, false) => tr!("a list is being written and the scenario is not saved: {key} again leaves both so", key),
    });
    Effect::None
}

/// Closes what lies over the panels with what it would go back to, and ends the review that goes on in it.
pub(super) fn close_overlays(model: &mut Model) {
    (model.overlay, model.beneath) = (None, None);
    end_review(model);
}

fn load(model: &mut Model) -> Effect {
    model.stage = Stage::Loading { look: crate::job::ProgressLook::default(), elapsed: std::time::Duration::ZERO };
    Effect::Load
}

/// Takes what a finished load brings.
pub fn opened(model: &mut Model, result: Result<Session, OpenError>) -> Effect {
    match result {
        Ok(mut session) => {
            greet(model, &session);
            session.arrangement = model.preferences.arrangement.clone();
            session.keymap = Arc::clone(&model.keymap);
            model.stage = Stage::Open(Box::new(session));
            model.remembering()
        }
        Err(OpenError::Unmapped(unmapped, remembered)) => {
            let chosen = model.chosen_for(&unmapped.source);
            let inspected = Inspected { source: unmapped.source, remembered };
            let mut screen = MappingScreen::new(inspected, &model.request.columns, chosen, model.request.values);
            // Another sheet may be the one.
            let key = again(model);
            screen.beneath = (!model.picked.is_empty()).then(|| tr!("Nothing was chosen; {key} asks again.", key));
            model.stage = Stage::Asking(Box::new(screen.asking(&unmapped.error.gaps, &model.keymap)));
            Effect::None
        }
        Err(OpenError::Load(LoadError::Source(SourceError::Several { place, what, names }))) => {
            let what = if what == mark!("table") { tr!("table") } else { tr!("sheet") };
            let why = tr!("{place} has several {what}s.", place, what);
            let later = tr!("{why} {key} asks again which one is meant.", why, key = again(model));
            ask(model, Pick { what: Picking::Sheet, why, names, cursor: 0 }, later)
        }
        Err(OpenError::Load(LoadError::Currencies { one, there, other, here })) => {
            let why = tr!(
                "Amounts are in several currencies: {one} ({there}) and {other} ({here}); sums of them mean nothing. \
                 The rows of all but one are set aside.",
                one,
                there,
                other,
                here
            );
            let later = tr!("{why} {key} asks again which one counts.", why, key = again(model));
            ask(model, Pick { what: Picking::Currency, why, names: vec![one, other], cursor: 0 }, later)
        }
        Err(error) => {
            // What was picked may be what is wrong: loading again asks again.
            model.forget_picked();
            model.stage = Stage::Stopped(error.to_string());
            Effect::None
        }
    }
}

/// The key that loads again where nothing is open.
fn again(model: &Model) -> String {
    model.keymap.name_in(Context::Stopped, Action::Reload)
}

/// Loading was called off: nothing is open.
pub fn cancelled(model: &mut Model) {
    let (key, leave) = (again(model), model.keymap.name_in(Context::Stopped, Action::Leave));
    model.stage = Stage::Stopped(tr!("Loading was cancelled. {key} loads again, {leave} leaves.", key, leave));
}

/// Asks what must be known before anything can be opened, and says how to be asked again.
fn ask(model: &mut Model, pick: Pick, later: String) -> Effect {
    model.stage = Stage::Stopped(later);
    model.overlay = Some(Overlay::Pick(pick));
    Effect::None
}

/// Solves what is to be solved, if it can be by now.
pub(super) fn solve_goal(model: &mut Model) {
    cuts::solve(model);
}

/// What the user should know at once: notes on the figures, else how to go on.
fn greet(model: &mut Model, session: &Session) {
    let mut notes: Vec<String> = session.remarks.clone();
    notes.extend(session.analysis.notes());
    match notes.first() {
        Some(note) if notes.len() > 1 => {
            let key = model.keymap.name_of(Action::Data);
            model.say(tr!("{key} tells {notes} notes; {note}", key, notes = notes.len(), note));
        }
        Some(note) => model.say(tr!("note: {note}", note)),
        // The tour says it better.
        None if model.tour.is_some() => {}
        None => {
            let keymap = &model.keymap;
            let axes = Axis::ALL.map(|axis| keymap.name_of(Action::FocusAxis(axis))).join(", ");
            let (list, help) = (keymap.name_in(Context::Heatmap, Action::Select), keymap.name_of(Action::Help));
            model.say(tr!(
                "{axes} edit cuts · {list} lists a cell or a segment · {help} shows all keys",
                axes,
                list,
                help
            ));
        }
    }
}

/// The session, for what only makes sense with one.
fn session(model: &mut Model) -> Option<&mut Session> {
    match &mut model.stage {
        Stage::Open(session) => Some(session),
        _ => None,
    }
}
