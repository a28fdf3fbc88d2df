//! Going on with a session that was kept: its view as a step that can be taken back, on the data as it was read then.

use super::Kept;
use super::equal_cuts::together;
use crate::app::action::{Action, Asked};
use crate::app::card::ScenarioCard;
use crate::app::context::Context;
use crate::app::model::{Model, Stage};
use crate::app::overlay::{Overlay, Pick, Picking};
use crate::app::reopen::{self, Reopening, State};
use crate::app::scenario::{Arrival, data_part, go_over_to, otherwise_told, setting_of};
use crate::app::session::{Opening, Origin, Session};
use crate::app::update::Effect;
use crate::app::words::clauses;
use crate::data::load::Request;
use crate::data::mapping::WantedColumns;
use crate::data::scenario_file::{text_options, value_options};
use crate::data::synonyms::Role;
use crate::engine::replay::clean_data;
use crate::model::scenario::DataPart;
use crate::tr;

/// How the data stands to what it was in the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum Reading {
    /// It is read as it was.
    Same,
    /// It was read anew to be so.
    Anew,
    /// It cannot be read so, for this reason.
    Refused(String),
}

/// Goes on with the session that was kept; where there are several, or marks would be lost, the user says with which.
pub(in crate::app) fn go_on(model: &mut Model) -> Effect {
    let loses = model.session().is_some_and(Session::has_unsaved_marks);
    if model.kept.sessions.len() == 1 && !loses {
        return go_on_with(model, 0);
    }
    let why = if loses {
        tr!(
            "marks and notes here are not saved ({save} saves them); {key} puts the session's in their place",
            save = model.keymap.name_of(Action::Ask(Asked::SaveScenario)),
            key = model.keymap.name_in(Context::Pick, Action::Select)
        )
    } else {
        String::new()
    };
    let names = model.kept.sessions.iter().map(Kept::words).collect();
    model.overlay = Some(Overlay::Pick(Pick { what: Picking::Session, why, names, cursor: 0 }));
    Effect::None
}

/// Goes on with a session by its number, the newest first. Data that was read otherwise is read so again, behind the screen.
pub(in crate::app) fn go_on_with(model: &mut Model, number: usize) -> Effect {
    let Some(kept) = model.kept.sessions.get(number).cloned() else { return Effect::None };
    let Some(session) = model.session() else { return Effect::None };
    let now = clean_data(data_part(model, session));
    if now == kept.scenario.data {
        take_up(model, &kept, &Reading::Same);
        return Effect::None;
    }
    match request(&model.request, &now, &kept.scenario.data) {
        Ok(request) => {
            // What is there is gone back to by u; cuts that no plan can hold are as at the start.
            let plan = reopen::plan(model).unwrap_or_else(|_| model.plan.clone());
            let mut reopening = Reopening::new(request, plan);
            (reopening.is_accepted, reopening.going_on) = (true, Some(Box::new(kept)));
            model.reopening = Some(Box::new(reopening));
            Effect::Reopen
        }
        Err(problem) => {
            take_up(model, &kept, &Reading::Refused(problem));
            Effect::None
        }
    }
}

/// What reads the data as it was read.
fn request(present: &Request, now: &DataPart, then: &DataPart) -> Result<Request, String> {
    let text = text_options(&then.text).map_err(|error| error.to_string())?;
    let (values, currency) = value_options(&then.values).map_err(|error| error.to_string())?;
    let mut request = Request { text, values, currency, policies: then.policies, as_of: then.as_of, ..present.clone() };
    if now.columns != then.columns {
        let mut columns = WantedColumns::default();
        for (role, column) in Role::ALL.into_iter().zip(then.columns.clone().into_array()) {
            if let Some(column) = column {
                columns.set(role, column);
            }
        }
        request.columns = columns;
    }
    Ok(request)
}

/// Goes over to the view of a session, and to where the user was in it.
pub(in crate::app) fn take_up(model: &mut Model, kept: &Kept, reading: &Reading) {
    let when = &kept.ended;
    match arrive(model, kept) {
        Ok(arrival) => {
            let words = match (arrival, reading) {
                (Arrival::WithRows, _) => {
                    tr!("the session of {when} comes back when the rows that its filter speaks of are read", when)
                }
                (Arrival::Counted, _) => {
                    tr!("the session of {when} comes back when the customers of its rows are counted", when)
                }
                (Arrival::Now(_), Reading::Anew) => {
                    tr!("gone on from {when}, the data read as it was then", when)
                }
                (Arrival::Now(true), _) => {
                    let key = model.keymap.name_of(Action::Undo);
                    tr!("gone on from {when}; {key} goes back to the start", when, key)
                }
                (Arrival::Now(false), _) => tr!("gone on from {when}", when),
            };
            match reading {
                Reading::Refused(problem) => {
                    let otherwise = tr!("the data cannot be read as it was: {problem}", problem);
                    model.complain(clauses(&[words, otherwise]));
                }
                Reading::Same => model.say(words),
                Reading::Anew => {
                    let otherwise = otherwise_told(model, &kept.scenario);
                    model.say(clauses(&std::iter::once(words).chain(otherwise).collect::<Vec<_>>()));
                }
            }
        }
        Err(problem) => {
            model.complain(tr!("the session of {when} does not fit this data: {problem}", when, problem));
        }
    }
}

fn arrive(model: &mut Model, kept: &Kept) -> Result<Arrival, String> {
    let (page, catalogue) = (model.page, std::sync::Arc::clone(&model.catalogue));
    let Stage::Open(session) = &mut model.stage else { return Err(tr!("nothing is open").to_owned()) };
    let setting = setting_of(session, &kept.scenario, &catalogue)?;
    let setting = together(setting, &kept.equal_cuts, session.analysis.customers().scale);
    // The path names it on the screen; without one it is the session itself.
    let mut card = ScenarioCard::of(&kept.scenario, kept.path.clone());
    card.name = card.name.filter(|name| !name.is_empty());
    let opening = Opening {
        card,
        review: kept.scenario.review.clone(),
        list: kept.scenario.list.clone(),
        origin: Origin::Kept { session: Box::new(kept.clone()), page },
    };
    go_over_to(session, setting, &tr!("the session of {when}", when = kept.ended), opening)
}

impl Model {
    /// What to say while data is read as it was in the session that is gone on with.
    #[must_use]
    pub fn going_on_words(&self) -> Option<String> {
        let reopening = self.reopening.as_deref()?;
        let (kept, State::Loading { look, .. }) = (reopening.going_on.as_deref()?, &reopening.state) else {
            return None;
        };
        Some(tr!("reading the data as on {when}, {percent} %", when = kept.ended, percent = look.percent()))
    }
}
