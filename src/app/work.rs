//! Work that an open data set wants done in another thread: sorting by a column or a measure, and the profile that makes the
//! next edits quick. One piece at a time; by when one is done, the newest wish is looked at.

use std::sync::Arc;

use super::data_card::{SurveyOutcome, SurveyTask};
use super::model::{Model, Stage};
use super::overlay::Overlay;
use super::plans::{TierOutcome, TierTask};
use super::session::Session;
use super::update::solve_goal;
use crate::engine::analysis::{OrderRequest, ProfileRequest};
use crate::engine::index::Order;
use crate::engine::listing::{SortRequest, Sorted, Trail, TrailRequest};
use crate::engine::profile::Profile;
use crate::model::measures::Measure;

/// A piece of work.
#[derive(Clone, Debug)]
pub enum Work {
    /// Sort the list by a column that no axis stands for.
    Sort(SortRequest),
    /// Sort everybody by a measure.
    Measure(OrderRequest),
    /// Build the profile of an axis.
    Profile(ProfileRequest),
    /// Make the trail of the list.
    Trail(TrailRequest),
    /// Count whom the VIP rules take.
    Tiers(TierTask),
}

/// What a piece of work brought.
#[derive(Debug)]
pub enum Done {
    /// The order of a column.
    Sorted(Sorted),
    /// The order of a measure.
    Measured((Measure, Order)),
    /// A profile.
    Profiled(Arc<Profile>),
    /// A trail.
    Trailed(Arc<Trail>),
    /// Whom the VIP rules take.
    Tiers(TierOutcome),
}

impl Work {
    /// Does it; meant for a thread of its own.
    #[must_use]
    pub fn run(&self) -> Done {
        match self {
            Self::Sort(request) => Done::Sorted(request.build()),
            Self::Measure(request) => Done::Measured(request.build()),
            Self::Profile(request) => Done::Profiled(Arc::new(request.build())),
            Self::Trail(request) => Done::Trailed(Arc::new(request.build())),
            Self::Tiers(task) => Done::Tiers(task.run()),
        }
    }
}

/// What the model wants done; what the user waits for comes first.
#[must_use]
pub fn wanted(model: &Model) -> Option<Work> {
    tiers_wanted(model).map(Work::Tiers).or_else(|| model.session().and_then(Session::wanted))
}

/// What is to be counted of the VIP rules for somebody who looks at them.
fn tiers_wanted(model: &Model) -> Option<TierTask> {
    let session = model.session().filter(|_| matches!(model.overlay, Some(Overlay::Rules(_))))?;
    session.vip.wanted(session)
}

/// Takes what a piece of work brought.
pub fn done(model: &mut Model, done: Done) {
    let Stage::Open(session) = &mut model.stage else { return };
    match done {
        Done::Sorted(sorted) => session.sorted(sorted),
        Done::Profiled(profile) => {
            session.analysis.adopt(profile);
            solve_goal(model);
        }
        Done::Trailed(trail) => session.list.listing.take_trail(trail),
        Done::Tiers(outcome) => session.vip.take(outcome),
        Done::Measured(order) => {
            session.analysis.take_order(order);
            if let Some(words) = session.change_measure() {
                model.say(words);
            }
        }
    }
}

/// The survey of the files that the data card wants made. It has a thread of its own beside the other work: it may take
/// long, and no key waits for it.
pub fn survey_wanted(model: &mut Model) -> Option<SurveyTask> {
    let Stage::Open(session) = &mut model.stage else { return None };
    session.data.wanted(&session.sources)
}

/// Takes what became of a survey.
pub fn surveyed(model: &mut Model, outcome: SurveyOutcome) {
    if let Stage::Open(session) = &mut model.stage {
        session.data.take(outcome);
    }
}

/// Gives up what could not be done, so that it is not tried again for ever.
pub fn failed(model: &mut Model) {
    let counted_tiers = tiers_wanted(model).is_some();
    let Stage::Open(session) = &mut model.stage else { return };
    if counted_tiers {
        session.vip.give_up();
    }
    if counted_tiers || session.give_up() {
        model.complain("that could not be done: a fault of the program, not of your data");
    }
}
