//! How a data set is opened, and how it takes the place of another one.

use crate::app::baseline::BaselineName;
use crate::app::words::fault;
use std::sync::Arc;

use thiserror::Error;

use super::queue::Profiles;
use super::{Panel, Session};
use crate::app::arrangement::Arrangement;
use crate::app::card::ScenarioCard;
use crate::app::cut_edit::CutCursor;
use crate::app::data_card::DataCard;
use crate::app::details::Details;
use crate::app::finding::Finding;
use crate::app::heat::{Heat, Metric};
use crate::app::history::History;
use crate::app::kept::Ties;
use crate::app::list::List;
use crate::app::mapping::remembered;
use crate::app::marks::Marks;
use crate::app::plans::TierCount;
use crate::app::privacy::PrivacySwitch;
use crate::app::scenario::{list_part, show_list};
use crate::app::tiers::Tiers;
use crate::data::load::{LoadError, Loaded, Request, Unmapped, load};
use crate::data::mapping_memory::Chosen;
use crate::data::scenario_file::{text_part, value_part};
use crate::engine::analysis::{Analysis, AnalysisError};
use crate::engine::listing::{Listing, Selection, Sort};
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::customers::Axis;
use crate::model::filter::Chips;
use crate::model::policies::Policies;
use crate::model::scenario::{TextPart, ValuePart};
use crate::model::schemes::Catalogue;

/// A data set that cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// It cannot be loaded.
    #[error(transparent)]
    Load(LoadError),
    /// Columns that cannot be told, and what is remembered of them.
    #[error("{}", .0.error)]
    Unmapped(Box<Unmapped>, Vec<Chosen>),
    /// It cannot be analysed as planned.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
    /// A fault of the program.
    #[error("{}", fault(_0))]
    Fault(String),
}

impl Session {
    /// Loads a data set and analyses it; meant for a thread of its own.
    ///
    /// # Errors
    /// [`OpenError`] saying what is wrong and what to do.
    pub fn open(
        request: &Request,
        plan: &Plan,
        catalogue: &Catalogue,
        progress: &Progress,
        cancel: &CancelToken,
    ) -> Result<Self, OpenError> {
        let attributes = plan.needs_transactions().then(Vec::new);
        let request = &Request { attributes, ..request.clone() };
        let memory = request.memory.as_deref();
        let loaded = load(request, progress, cancel).map_err(|error| match error {
            LoadError::Mapping(unmapped) => {
                let (known, _) = remembered(memory, &[&unmapped.source], &request.columns);
                OpenError::Unmapped(unmapped, known)
            }
            error => OpenError::Load(error),
        })?;
        let sources: Vec<_> = loaded.sources.iter().map(|mapped| &mapped.source).collect();
        let (known, problem) = remembered(memory, &sources, &request.columns);
        let mut session = Self::of(loaded, plan, catalogue)?;
        session.policies = request.policies;
        session.text = text_part(&request.text);
        session.values = value_part(&request.values, request.currency);
        session.remembered = known;
        session.remarks.extend(problem.map(|problem| problem.to_string()));
        if let Some(scenario) = &plan.scenario {
            session.ties.start_list = scenario.list.clone();
            show_list(&mut session, &scenario.list);
            session.note_saved();
        }
        Ok(session)
    }

    /// Analyses a loaded data set.
    ///
    /// # Errors
    /// [`OpenError`] saying what is wrong and what to do.
    pub fn of(loaded: Loaded, plan: &Plan, catalogue: &Catalogue) -> Result<Self, OpenError> {
        let Loaded { sources, customers, ledger, transactions, as_of, kept_since, unsaved } = loaded;
        let mut analysis = Analysis::new(Arc::clone(&customers), as_of, transactions, plan, catalogue)?;
        // What was there at the start is what changes are seen against.
        let start = analysis.setting().clone();
        analysis.compare(Some(Arc::new(start.clone()))).map_err(AnalysisError::from)?;
        let mut listing = Listing::new(&analysis, Sort::default(), Selection::All);
        if let Some(trail) = listing.trail_wanted(&analysis) {
            listing.take_trail(Arc::new(trail.build()));
        }
        let best = |axis| analysis.cuts(axis).bins() as u8;
        let mut heat = Heat::default();
        heat.cursor = heat.plane.axes().map(best);
        let chips = Chips::of(&analysis.setting().filter);
        let review = plan.scenario.as_deref().map(|scenario| scenario.review.clone()).unwrap_or_default();
        // Under a data filter they are those of some rows alone.
        let marks = Marks::of(review, analysis.customers());
        let session = Self {
            sources,
            ledger,
            policies: Policies::default(),
            text: TextPart::default(),
            values: ValuePart::default(),
            remembered: Vec::new(),
            remarks: Vec::new(),
            kept_since,
            unsaved,
            keymap: Arc::default(),
            data: DataCard::new(customers),
            details: Details::default(),
            analysis,
            history: History::new(start),
            panel: Panel::default(),
            zoom: false,
            arrangement: Arrangement::default(),
            heat,
            tiers: Tiers::default(),
            cut: CutCursor { axis: Axis::Recency, cut: 0 },
            list: List::new(listing),
            chips,
            marks,
            ties: Ties::default(),
            awaited_list: None,
            reviewing: false,
            past: None,
            finding: Finding::default(),
            privacy: PrivacySwitch::default(),
            baseline: BaselineName::Start,
            baseline_name: BaselineName::Start.words(),
            differences: true,
            movers: None,
            card: plan.scenario.as_ref().map(|scenario| ScenarioCard::of(scenario, None)).unwrap_or_default(),
            saved: None,
            opening: None,
            stamp: Arc::default(),
            vip: TierCount::default(),
            goal: None,
            next_sort: None,
            paged_for: None,
            next_measure: None,
            next_rows: None,
            parked: None,
            profiles: Profiles::default(),
        };
        Ok(session)
    }

    /// Takes over what is looked at from the data set whose place it takes, and what is known of its scenario.
    pub fn take_over(&mut self, open: &mut Self) {
        (self.panel, self.zoom, self.differences) = (open.panel, open.zoom, open.differences);
        self.arrangement = std::mem::take(&mut open.arrangement);
        self.keymap = Arc::clone(&open.keymap);
        self.heat = open.heat;
        if self.heat.metric.is_difference() {
            self.heat.metric = Metric::default();
        }
        self.heat.clamp(&self.analysis);
        self.tiers = open.tiers;
        self.tiers.cursor = self.tiers.cursor.min(self.analysis.map().shown().saturating_sub(1));
        self.cut = open.cut;
        self.cut.clamp(&self.analysis);
        let shown = list_part(open);
        self.list.has_sums = open.list.has_sums;
        self.marks = open.marks.moved(open.analysis.customers(), self.analysis.customers());
        if open.privacy.is_on() {
            self.privacy.toggle(&self.analysis);
        }
        self.card = std::mem::take(&mut open.card);
        self.saved = open.saved.take();
        self.ties = Ties { is_reopened: true, way_back: None, ..std::mem::take(&mut open.ties) };
        show_list(self, &shown);
    }
}
