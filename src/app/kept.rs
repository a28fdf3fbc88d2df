//! What is kept of a session however it ends, and offered when the same data is opened again: the view as a scenario, and
//! where the user was.

mod equal_cuts;
mod going_on;
mod place;

use super::action::Action;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use equal_cuts::{EqualCuts, apart};
pub(super) use going_on::{Reading, go_on, go_on_with, take_up};

use self::place::{Place, Spot};
use super::model::Model;
use super::scenario::{shows_list, view_of};
use super::session::Session;
use crate::engine::listing::Selection;
use crate::model::scenario::{ListPart, Scenario};
use crate::show::moment::utc;
use crate::show::numbers::counted;
use crate::{tr, tr_count};

/// The version of the files.
const FORMAT: u32 = 1;

/// A session that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// When it ended.
    pub ended: String,
    /// Steps that had been taken in it.
    pub steps: usize,
    /// Its own file, where it is known.
    file: Option<PathBuf>,
    /// The file of its scenario, if it had one.
    path: Option<PathBuf>,
    /// Whether that file had all of it.
    pub(super) saved: bool,
    scenario: Box<Scenario>,
    place: Place,
    /// Cuts that its scenario has stand-ins for.
    equal_cuts: EqualCuts,
}

/// The sessions that are kept of the data.
#[derive(Debug, Default)]
pub struct KeptSessions {
    /// Which data that is.
    of: Option<String>,
    /// The newest first.
    sessions: Vec<Kept>,
}

impl KeptSessions {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty()
    }

    /// Whether they are those of some data.
    #[must_use]
    pub fn are_of(&self, data: &str) -> bool {
        self.of.as_deref() == Some(data)
    }
}

/// What an open session has to do with those that are kept.
#[derive(Debug, Default)]
pub(super) struct Ties {
    /// How the list was shown at the start.
    pub(super) start_list: ListPart,
    /// Whether it took the place of the same data as it was read before.
    pub(super) is_reopened: bool,
    /// The file of the session that was gone on with: what is kept of this one takes its place.
    pub(super) continues: Option<PathBuf>,
    /// Where in the list it is gone back to, once that has its order.
    pub(super) way_back: Option<Spot>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptFile {
    format: u32,
    ended: String,
    steps: usize,
    path: Option<PathBuf>,
    /// Whether the scenario's file had all of it.
    #[serde(default)]
    saved: bool,
    scenario: String,
    place: Place,
    #[serde(default, skip_serializing_if = "EqualCuts::is_empty")]
    equal_cuts: EqualCuts,
}

/// Whether there is anything that a user would miss.
fn is_touched(session: &Session) -> bool {
    session.history.held() > 0
        || session.ties.is_reopened
        || session.marks.revision() > 0
        || !shows_list(session, &session.ties.start_list)
        || session.list.listing.selection() != Selection::All
}

/// What is to be kept of the open session as it ends; nothing where there is nothing to be missed.
#[must_use]
pub fn text(model: &Model, ended: SystemTime) -> Option<String> {
    let session = model.session().filter(|session| is_touched(session))?;
    let apart = apart(&session.analysis);
    let analysis = apart.as_ref().map_or(&session.analysis, |(analysis, _)| analysis);
    let name = session.card.name.clone().unwrap_or_default();
    // Nothing is compared with its figures.
    let scenario = Scenario { expected: None, ..view_of(model, session, analysis, name).ok()? };
    let file = KeptFile {
        format: FORMAT,
        ended: utc(ended),
        steps: session.history.held(),
        path: session.card.path.clone(),
        saved: session.card.path.is_some() && session.is_saved(),
        scenario: scenario.to_toml(),
        place: Place::of(session),
        equal_cuts: apart.map(|(_, equal)| equal).unwrap_or_default(),
    };
    toml::to_string(&file).ok()
}

impl Kept {
    /// Reads what was kept in a file; `None` where it is of another version, or damaged.
    #[must_use]
    pub fn parse(text: &str, file: Option<&Path>) -> Option<Self> {
        let KeptFile { format, ended, steps, path, saved, scenario, place, equal_cuts } = toml::from_str(text).ok()?;
        let (scenario, file) = (Box::new(Scenario::parse(&scenario).ok()?), file.map(Path::to_owned));
        (format == FORMAT).then_some(Self { ended, steps, file, path, saved, scenario, place, equal_cuts })
    }

    /// Its own file, where it is known.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Goes where the user was, as far as it is there; on a screen whose list has so many rows.
    pub(super) fn go(&self, session: &mut Session, page: usize) {
        self.place.go(session, page);
    }

    /// What tells it from others: when it ended, and how much was done in it.
    fn words(&self) -> String {
        let review = &self.scenario.review;
        let (marked, noted) = (review.marked.len() as u64, review.notes.len() as u64);
        let name = &self.scenario.name;
        let mut words = vec![self.ended.clone(), counted(self.steps as i128, "step")];
        words.extend((marked > 0).then(|| tr_count!(marked, "{count} mark", "{count} marks")));
        words.extend((noted > 0).then(|| tr_count!(noted, "{count} note", "{count} notes")));
        words.extend((!name.is_empty()).then(|| tr!("scenario {name}", name)));
        words.join(" · ")
    }
}

/// Offers the sessions of some data, the newest first, to be gone on with.
pub fn offer(model: &mut Model, data: String, sessions: Vec<Kept>) {
    if let Some(Kept { ended: when, .. }) = sessions.first() {
        let older = sessions.len() as u64 - 1;
        let key = model.keymap.name_of(Action::GoOn);
        let words = if older == 0 {
            tr!("a session of {when} is kept: {key} goes on with it", key, when)
        } else {
            tr_count!(
                older,
                "a session of {when} is kept, and {count} before it: {key} goes on with one of them",
                "a session of {when} is kept, and {count} before it: {key} goes on with one of them",
                key,
                when
            )
        };
        model.say(words);
    }
    model.kept = KeptSessions { of: Some(data), sessions };
}
