//! Work that an open data set wants done in another thread: sorting by a column or a measure, and the profile that makes the
//! next edits quick. One piece at a time; by when one is done, the newest wish is looked at.

use crate::tr;
use std::sync::Arc;

use super::breakdown::{Counted, Wish};
use super::concentration::{ConcentrationOutcome, ConcentrationTask};
use super::data_card::{SurveyOutcome, SurveyTask};
use super::list::{Sums, SumsOf, is_pending};
use super::model::{Model, Stage};
use super::overlay::{Overlay, Text};
use super::plans::{TierOutcome, TierTask};
use super::session::{RowsOutcome, RowsRequest};
use super::update::{close_overlays, end_review, solve_goal};
use crate::engine::analysis::{Analysis, OrderRequest, ProfileRequest};
use crate::engine::breakdown::BreakdownRequest;
use crate::engine::fields::Field;
use crate::engine::index::Order;
use crate::engine::listing::{Column, FirstPage, Listing, Sort, SortRequest, Sorted, Trail, TrailRequest};
use crate::engine::profile::Profile;
use crate::model::measures::Measure;

/// First rows that are found before everybody is sorted.
const FIRST: usize = 500;

/// A piece of work.
#[derive(Clone, Debug)]
pub enum Work {
    /// Find the first rows of a list that is to be sorted otherwise.
    FirstPage(SortRequest),
    /// Sort the list by columns that no axis stands for.
    Sort(SortRequest),
    /// Make a column of the list.
    Column(Box<Analysis>, Column),
    /// Add up the columns of the list.
    Sums(Box<(Analysis, Listing)>, SumsOf),
    /// Sort everybody by a measure.
    Measure(OrderRequest),
    /// Build the profile of an axis.
    Profile(ProfileRequest),
    /// Make the customers of other rows.
    Rows(Box<RowsRequest>),
    /// Make the trail of the list.
    Trail(TrailRequest),
    /// Count a breakdown.
    Breakdown(Wish, Box<BreakdownRequest>),
    /// Count whom the VIP rules take.
    Tiers(TierTask),
    /// Count how few customers bring most of the revenue.
    Concentration(ConcentrationTask),
}

/// What a piece of work brought.
#[derive(Debug)]
pub enum Done {
    /// The first rows of an order.
    Paged(FirstPage),
    /// The order of some columns.
    Sorted(Sort, Sorted),
    /// A column is there.
    Column,
    /// The sums of columns.
    Summed(Sums),
    /// The order of a measure.
    Measured((Measure, Order)),
    /// The customers of other rows.
    Rows(Box<RowsOutcome>),
    /// A profile.
    Profiled(Arc<Profile>),
    /// A trail.
    Trailed(Arc<Trail>),
    /// A breakdown, or why there is none.
    BrokenDown(Wish, Counted),
    /// Whom the VIP rules take.
    Tiers(TierOutcome),
    /// How few customers bring most of the revenue.
    Concentration(Box<ConcentrationOutcome>),
}

/// What kind of work it is, for when it cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkKind {
    /// An order of the list, or its first page.
    Sort,
    /// A column of the list.
    Column(Column),
    /// Sums.
    Sums,
    /// Another measure.
    Measure,
    /// A profile.
    Profile,
    /// The customers of other rows.
    Rows,
    /// A trail.
    Trail,
    /// A breakdown.
    Breakdown,
    /// Whom VIP rules take.
    Tiers,
    /// How few customers bring most of the revenue.
    Concentration,
}

impl Work {
    /// What kind it is.
    #[must_use]
    pub const fn kind(&self) -> WorkKind {
        match self {
            Self::FirstPage(_) | Self::Sort(_) => WorkKind::Sort,
            Self::Column(_, column) => WorkKind::Column(*column),
            Self::Sums(..) => WorkKind::Sums,
            Self::Measure(_) => WorkKind::Measure,
            Self::Profile(_) => WorkKind::Profile,
            Self::Rows(_) => WorkKind::Rows,
            Self::Trail(_) => WorkKind::Trail,
            Self::Breakdown(..) => WorkKind::Breakdown,
            Self::Tiers(_) => WorkKind::Tiers,
            Self::Concentration(_) => WorkKind::Concentration,
        }
    }

    /// Does it; meant for a thread of its own.
    #[must_use]
    pub fn run(&self) -> Done {
        match self {
            Self::FirstPage(request) => Done::Paged(request.first_page(FIRST)),
            Self::Sort(request) => Done::Sorted(request.sort(), request.build()),
            Self::Column(analysis, column) => {
                if let Some(field) = column.field(analysis) {
                    // Kept among the fields, which are shared.
                    let _ = analysis.fields().column(field, analysis.scoring());
                }
                Done::Column
            }
            Self::Sums(of, wanted) => {
                let (analysis, listing) = &**of;
                let sum = |column: &Column| listing.sum(analysis, *column).map(|(sum, _)| sum);
                Done::Summed(Sums { made_for: wanted.clone(), sums: wanted.2.iter().map(sum).collect() })
            }
            Self::Measure(request) => Done::Measured(request.build()),
            Self::Rows(request) => Done::Rows(Box::new(request.build())),
            Self::Profile(request) => Done::Profiled(Arc::new(request.build())),
            Self::Trail(request) => Done::Trailed(Arc::new(request.build())),
            Self::Breakdown(wish, request) => Done::BrokenDown(*wish, request.build().map(Arc::new)),
            Self::Tiers(task) => Done::Tiers(task.run()),
            Self::Concentration(task) => Done::Concentration(Box::new(task.run())),
        }
    }
}

/// What the model wants done; what the user waits for comes first.
#[must_use]
pub fn wanted(model: &Model) -> Option<Work> {
    let session = model.session()?;
    let looked_at = match &model.overlay {
        Some(Overlay::Breakdown(screen)) => {
            screen.wanted(session).map(|(wish, request)| Work::Breakdown(wish, Box::new(request)))
        }
        Some(Overlay::Concentration(screen)) => screen.wanted(session).map(Work::Concentration),
        _ => None,
    };
    let figure = || {
        let is_looked_at = matches!(model.overlay, Some(Overlay::Text(Text::Customer(_), _)));
        let mut figures = CUSTOMER_FIGURES.into_iter().filter(|_| is_looked_at);
        let column = figures.find(|column| is_pending(&session.analysis, *column))?;
        Some(Work::Column(Box::new(session.analysis.clone()), column))
    };
    looked_at.or_else(|| tiers_wanted(model).map(Work::Tiers)).or_else(figure).or_else(|| session.wanted())
}

/// What is told of a customer among all.
const CUSTOMER_FIGURES: [Column; 2] = [Column::Field(Field::Rank), Column::Field(Field::Share)];

/// What is to be counted of the VIP rules for somebody who looks at them.
fn tiers_wanted(model: &Model) -> Option<TierTask> {
    let session = model.session().filter(|_| matches!(model.overlay, Some(Overlay::Rules(_))))?;
    session.vip.wanted(session)
}

/// Takes what a piece of work brought. It is of the customers that are open: the loop passes over what was made for others.
pub fn done(model: &mut Model, done: Done) {
    let Stage::Open(session) = &mut model.stage else { return };
    match done {
        Done::Paged(page) => session.paged(page),
        Done::Sorted(sort, sorted) => session.sorted(sort, sorted),
        Done::Column => {}
        Done::Summed(sums) => session.list.sums = Some(Arc::new(sums)),
        Done::Profiled(profile) => {
            session.analysis.adopt(profile);
            solve_goal(model);
        }
        Done::Rows(outcome) => rows(model, *outcome),
        Done::Trailed(trail) => session.list.listing.take_trail(trail),
        Done::BrokenDown(wish, counted) => {
            if let Some(Overlay::Breakdown(screen)) = &mut model.overlay {
                screen.take(wish, counted);
            }
        }
        Done::Tiers(outcome) => session.vip.take(outcome),
        Done::Concentration(outcome) => {
            if let Some(Overlay::Concentration(screen)) = &mut model.overlay {
                screen.take(*outcome);
            }
        }
        Done::Measured(order) => {
            session.analysis.take_order(order);
            if let Some(words) = session.change_measure() {
                model.say(words);
            }
        }
    }
}

/// Takes the customers of other rows in, or says why not.
fn rows(model: &mut Model, outcome: RowsOutcome) {
    let Stage::Open(session) = &mut model.stage else { return };
    match session.take_rows(outcome) {
        Ok(Some(words)) => {
            // Who was looked at stands at another place now, if anywhere.
            let is_customer = |overlay: &Overlay| matches!(overlay, Overlay::Text(Text::Customer(_), _));
            if model.overlay.as_ref().is_some_and(is_customer) {
                close_overlays(model);
            } else if model.beneath.as_ref().is_some_and(is_customer) {
                // What is typed over them is not lost.
                model.beneath = None;
                end_review(model);
            }
            model.say(words);
        }
        Ok(None) => {}
        Err(problem) => {
            session.forget_opening();
            session.follow_chips();
            model.complain(problem);
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
pub fn failed(model: &mut Model, kind: WorkKind) {
    let Stage::Open(session) = &mut model.stage else { return };
    match (kind, &mut model.overlay) {
        (WorkKind::Breakdown, Some(Overlay::Breakdown(screen))) => return screen.failed = true,
        (WorkKind::Concentration, Some(Overlay::Concentration(screen))) => return screen.failed = true,
        _ => {}
    }
    if matches!(kind, WorkKind::Column(column) if CUSTOMER_FIGURES.contains(&column)) {
        // Else it would be asked for again.
        model.overlay.take_if(|overlay| matches!(overlay, Overlay::Text(Text::Customer(_), _)));
    }
    if session.give_up(kind) {
        model.complain(tr!("that could not be done: a fault of the program, not of your data"));
    }
}
