//! The data loaded anew behind the screen, with other policies or other columns, while the open data set stays as it is.

use crate::tr;
use std::sync::Arc;
use std::time::Duration;

use super::kept::{Kept, Reading, take_up};
use super::model::{Chosen, Model, Stage};
use super::overlay::Overlay;
use super::scenario::data_part;
use super::session::{OpenError, Session};
use super::update::{Effect, close_overlays};
use super::words;
use crate::data::load::Request;
use crate::data::mapping_memory::{self, Header};
use crate::engine::plan::Plan;
use crate::engine::replay::{Capture, capture};
use crate::job::ProgressLook;
use crate::model::policies::Policy;

/// A load behind the screen.
#[derive(Debug)]
pub struct Reopening {
    /// What is loaded.
    pub request: Request,
    /// The present view, to be had again.
    pub plan: Plan,
    /// Whether it takes the place of the open data set as soon as it is there.
    pub is_accepted: bool,
    /// The columns that were chosen for it, if they were.
    pub choice: Option<ColumnChoice>,
    /// The session that is gone on with once it is there, if that is what it is for.
    pub going_on: Option<Box<Kept>>,
    /// How far it is.
    pub state: State,
}

/// Columns that hold once the data is open with them.
#[derive(Debug)]
pub struct ColumnChoice {
    /// Of each file.
    pub chosen: Vec<Chosen>,
    /// What was remembered before, to be remembered again where the data cannot be opened so.
    pub before: Option<(Header, Vec<mapping_memory::Chosen>)>,
}

/// How far a load is.
#[derive(Debug)]
pub enum State {
    /// On its way.
    Loading {
        /// How far.
        look: ProgressLook,
        /// For how long.
        elapsed: Duration,
    },
    /// There.
    Ready(Box<Session>),
    /// It cannot be had, for this reason.
    Failed(String),
}

impl Reopening {
    /// A load that is to be started.
    #[must_use]
    pub fn new(request: Request, plan: Plan) -> Self {
        let state = State::Loading { look: ProgressLook::default(), elapsed: Duration::ZERO };
        Self { request, plan, is_accepted: false, choice: None, going_on: None, state }
    }
}

/// The present view as a plan for other data: measures, cuts, scheme and filter.
///
/// # Errors
/// A sentence on what cannot be kept.
pub fn plan(model: &Model) -> Result<Plan, String> {
    let Some(session) = model.session() else { return Ok(model.plan.clone()) };
    let card = &session.card;
    let what = Capture {
        name: card.name.clone().unwrap_or_default(),
        note: card.note.clone(),
        review_by: card.review_by,
        data: data_part(model, session),
    };
    let scenario = capture(&session.analysis, &model.catalogue, what).map_err(|error| error.to_string())?;
    Ok(Plan { scenario: Some(Arc::new(scenario)), ..Plan::default() })
}

/// Takes what a load behind the screen brought.
pub fn reopened(model: &mut Model, result: Result<Session, OpenError>) -> Effect {
    let Some(reopening) = &mut model.reopening else { return Effect::None };
    reopening.state = match result {
        Ok(session) => State::Ready(Box::new(session)),
        Err(error) => State::Failed(error.to_string()),
    };
    if reopening.is_accepted { accept(model) } else { Effect::None }
}

/// Puts the loaded data set in the place of the open one, or waits for it; one that failed is told and dropped.
pub fn accept(model: &mut Model) -> Effect {
    let Some(mut reopening) = model.reopening.take() else { return Effect::None };
    match reopening.state {
        State::Loading { .. } => {
            reopening.is_accepted = true;
            model.reopening = Some(reopening);
            Effect::None
        }
        State::Failed(problem) if reopening.going_on.is_some() => {
            if let Some(kept) = reopening.going_on {
                take_up(model, &kept, &Reading::Refused(problem));
            }
            Effect::None
        }
        State::Failed(problem) => {
            model.remember.clear();
            model.remember.extend(reopening.choice.take().and_then(|choice| choice.before));
            if let Some(Overlay::Mapping(screen)) = &mut model.overlay {
                screen.complain(problem);
            } else {
                // It stays to be read; another choice tries again.
                reopening.is_accepted = false;
                reopening.state = State::Failed(problem);
                model.reopening = Some(reopening);
            }
            model.remembering()
        }
        State::Ready(mut session) => {
            let words = told(model, &reopening.request);
            let Stage::Open(open) = &mut model.stage else { return Effect::None };
            session.take_over(open);
            model.stage = Stage::Open(session);
            if let Some(choice) = reopening.choice {
                model.keep_chosen(choice.chosen);
            }
            model.request = reopening.request;
            model.plan = reopening.plan;
            close_overlays(model);
            if let Some(kept) = reopening.going_on {
                // Its columns are typed, whatever was chosen since.
                model.chosen.clear();
                take_up(model, &kept, &Reading::Anew);
            } else {
                model.say(words);
            }
            model.remembering()
        }
    }
}

/// What changes by a request, in words.
fn told(model: &Model, request: &Request) -> String {
    let before = model.session().map(|session| session.policies).unwrap_or_default();
    let is_changed = |policy: &Policy| before.get(*policy) != request.policies.get(*policy);
    let changed = Policy::ALL.into_iter().filter(is_changed);
    let policies = words::policies(changed.map(|policy| (policy, request.policies.choice(policy))));
    if policies.is_empty() {
        return tr!("opened with the chosen columns; the view is kept, history and baseline start anew").to_owned();
    }
    tr!("now {policies}; the view is kept, history and baseline start anew", policies)
}
