//! An open data set: its analysis, and what the user looks at and has changed.

mod rows;

use std::sync::Arc;
use std::time::SystemTime;

use thiserror::Error;

use super::card::ScenarioCard;
use super::cut_edit::CutCursor;
use super::data_card::DataCard;
use super::details::Details;
use super::finding::Finding;
use super::heat::Heat;
use super::history::{History, Subject};
use super::list::{CellText, List, cell, is_pending};
use super::mapping::remembered;
use super::marks::Marks;
use super::past::CustomerPast;
use super::plans::TierCount;
use super::privacy::PrivacySwitch;
use super::scenario::{list_part, show_list};
use super::solve::Goal;
use super::tiers::Tiers;
use super::work::{Work, WorkKind};
use crate::data::cache::Unsaved;
use crate::data::ledger::Ledger;
use crate::data::load::{LoadError, Loaded, MappedSource, Request, Unmapped, load};
use crate::data::mapping_memory::Chosen;
use crate::data::quality::DataSet;
use crate::data::scenario_file::{text_part, value_part};
use crate::engine::analysis::{Analysis, AnalysisError, Setting};
use crate::engine::breakdown::Breakdown;
use crate::engine::fields::Field;
use crate::engine::listing::{Column, FirstPage, Listing, Selection, Sort, Sorted};
use crate::engine::migration::Migration;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::customers::Axis;
use crate::model::cuts::Method;
use crate::model::day::Day;
use crate::model::filter::Chips;
use crate::model::measures::Measure;
use crate::model::policies::Policies;
use crate::model::scenario::{ListPart, Review, TextPart, ValuePart};
use crate::model::scheme::Scheme;
use crate::model::schemes::Catalogue;

pub use rows::{RowsOutcome, RowsRequest};

/// So few customers are looked at one by one within a frame.
const FEW: usize = 300_000;

/// The panels of the overview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// Scores by scores.
    #[default]
    Heatmap,
    /// The segments as bars.
    Tiers,
    /// The distributions with their cuts.
    Cuts,
    /// The list.
    Customers,
}

impl Panel {
    /// In the order that Tab goes.
    pub const ALL: [Self; 4] = [Self::Heatmap, Self::Tiers, Self::Cuts, Self::Customers];

    /// The panel so many places on, round and round.
    #[must_use]
    pub fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// An open data set.
#[derive(Debug)]
pub struct Session {
    /// Its files.
    pub sources: Vec<MappedSource>,
    /// What became of its rows.
    pub ledger: Ledger,
    /// The policies it was read with.
    pub policies: Policies,
    /// How its files were said to be written.
    pub text: TextPart,
    /// How its values were said to be written.
    pub values: ValuePart,
    /// What was remembered of the columns that all of its files have.
    pub remembered: Vec<Chosen>,
    /// What the user should know of the opening.
    pub remarks: Vec<String>,
    /// When the files were read, if it comes from the cache.
    pub kept_since: Option<SystemTime>,
    /// What the cache is to get, once the screen has what it needs.
    pub unsaved: Option<Unsaved>,
    /// What is known of its quality.
    pub data: DataCard,
    /// How far the rows behind the customers are.
    pub details: Details,
    /// The figures.
    pub analysis: Analysis,
    /// Steps taken.
    pub history: History,
    /// The panel with the keys.
    pub panel: Panel,
    /// Whether it has the whole screen.
    pub zoom: bool,
    /// The heatmap.
    pub heat: Heat,
    /// The tiers.
    pub tiers: Tiers,
    /// The picked cut.
    pub cut: CutCursor,
    /// The list.
    pub list: List,
    /// The conditions of the filter, also those that are switched off.
    pub chips: Chips,
    /// Who is marked and noted.
    pub marks: Marks,
    /// How the list is to be shown once the rows are read.
    pub awaited_list: Option<ListPart>,
    /// Whether the customers are looked at one after the other.
    pub reviewing: bool,
    /// What the rows tell of the customer who is looked at.
    pub past: Option<Box<CustomerPast>>,
    /// Whom the user looks for.
    pub finding: Finding,
    /// Whether the screen masks who people are.
    pub privacy: PrivacySwitch,
    /// What the baseline is called.
    pub baseline_name: String,
    /// Whether figures show their difference from the baseline.
    pub differences: bool,
    /// Who moved since the baseline, where the grid tells it.
    pub movers: Option<Migration>,
    /// The scenario that was opened or saved last.
    pub card: ScenarioCard,
    /// The setting and the card as they stand in the scenario's file.
    saved: Option<(Setting, ScenarioCard, Policies, u64)>,
    /// What a scenario brings that is to be opened, beside its setting.
    opening: Option<Opening>,
    /// Tells the customers that are open from those that were before them: work for others is of no use.
    stamp: Arc<()>,
    /// Whom the VIP rules take.
    pub vip: TierCount,
    /// What is to be solved.
    pub goal: Option<Goal>,
    /// The order of the list that is being sorted for.
    next_sort: Option<Sort>,
    /// The order, the analysis's version and the selection that the first rows are shown of.
    paged_for: Option<(Sort, u64, Selection)>,
    /// The measure that everybody is being sorted by.
    next_measure: Option<Measure>,
    /// The customers of other rows that are being gone over to.
    next_rows: Option<rows::Wish>,
    /// Those of the data filter that was on last.
    parked: Option<Arc<Analysis>>,
    /// Whether a profile or a trail could not be made: figures and lists are exact without.
    profiles: Profiles,
}

/// Whether profiles and trails are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Profiles {
    /// They are, behind the screen.
    #[default]
    Made,
    /// One could not be: none is tried any more.
    GivenUp,
}

/// What a scenario brings beside its setting.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    /// What it says of itself.
    pub(super) card: ScenarioCard,
    /// Who is marked and noted in it.
    pub(super) review: Review,
    /// How its list is shown.
    pub(super) list: ListPart,
}

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
    #[error("a fault of the program, not of your data: {0}")]
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
            show_list(&mut session, &scenario.list);
            session.note_saved();
        }
        Ok(session)
    }

    /// Takes over what is looked at from the data set whose place it takes, and what is known of its scenario.
    pub fn take_over(&mut self, open: &mut Self) {
        (self.panel, self.zoom, self.differences) = (open.panel, open.zoom, open.differences);
        self.heat = open.heat;
        if self.heat.metric.is_difference() {
            self.heat.metric = super::heat::Metric::default();
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
        show_list(self, &shown);
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
            data: DataCard::new(customers),
            details: Details::default(),
            analysis,
            history: History::new(start),
            panel: Panel::default(),
            zoom: false,
            heat,
            tiers: Tiers::default(),
            cut: CutCursor { axis: Axis::Recency, cut: 0 },
            list: List::new(listing),
            chips,
            marks,
            awaited_list: None,
            reviewing: false,
            past: None,
            finding: Finding::default(),
            privacy: PrivacySwitch::default(),
            baseline_name: "the start".to_owned(),
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

    /// Changes the setting as a step that can be undone. Gives whether anything changed.
    pub fn edit(&mut self, setting: Setting, words: String, subject: Option<Subject>) -> bool {
        let before = self.analysis.summary().clone();
        if setting == *self.analysis.setting() || !self.apply(setting) {
            return false;
        }
        self.history.note(self.analysis.setting().clone(), before, words, subject);
        self.stop_walking();
        true
    }

    /// Takes the last step back; gives what it did.
    pub fn undo(&mut self) -> Option<String> {
        // What is still on its way is the last thing that was done.
        if let Some(words) = self.details.forget_waiting().or_else(|| self.forget_rows()) {
            self.forget_opening();
            self.follow_chips();
            return Some(words);
        }
        let held = self.walked().checked_sub(1)?;
        self.go(held);
        // Rules that the rows cannot be judged by are not gone back to.
        self.history.steps().get(held).filter(|_| self.history.held() == held).map(|step| step.words.clone())
    }

    /// Does the step taken back last again; gives what it does.
    pub fn redo(&mut self) -> Option<String> {
        let held = self.walked();
        let words = self.history.steps().get(held)?.words.clone();
        self.go(held + 1);
        Some(words)
    }

    /// Goes to where so many steps hold.
    pub fn go(&mut self, held: usize) {
        self.next_rows = None;
        let Some(setting) = self.history.before(held).cloned() else { return };
        if setting.data_filter != self.analysis.setting().data_filter {
            return self.walk_rows(held, setting);
        }
        if self.apply(setting) {
            self.history.go(held);
        }
    }

    fn apply(&mut self, setting: Setting) -> bool {
        // Other rows make other customers, which lists and orders must follow.
        if setting.data_filter != self.analysis.setting().data_filter {
            return false;
        }
        let before = Arc::clone(&self.analysis.setting().scheme);
        let rules = Arc::clone(&self.analysis.setting().rules);
        if self.analysis.apply(setting).is_err() {
            return false;
        }
        self.list.follow_rules(&rules, &self.analysis);
        self.follow_chips();
        // A goal was set for what was there.
        self.goal = None;
        self.heat.clamp(&self.analysis);
        self.cut.clamp(&self.analysis);
        self.tiers.cursor = self.tiers.cursor.min(self.analysis.map().shown().saturating_sub(1));
        if *before != *self.analysis.scheme() {
            let selection = self.renumbered(self.list.listing.selection(), &before);
            self.list.listing.select(&self.analysis, selection);
        }
        let sort = self.list.listing.sort();
        self.list.follow(&self.analysis);
        if self.list.listing.sort() != sort {
            // What it was sorted by has other values now.
            self.next_sort.get_or_insert(sort);
        }
        // What was waited for may be there by now.
        if let Some(next) = self.next_sort.filter(|next| self.list.listing.sort_wanted(&self.analysis, *next).is_none())
        {
            self.sort_list(next);
        }
        true
    }

    /// A selection by the present scheme's numbers: the same segment by name, or everybody where there is none.
    fn renumbered(&self, selection: Selection, before: &Scheme) -> Selection {
        let scheme = self.analysis.scheme();
        let now = |number: usize| {
            let name = before.segment_name(number);
            (0..self.analysis.map().shown()).find(|segment| scheme.segment_name(*segment) == name)
        };
        match selection {
            Selection::Segment(segment) => now(segment).map_or(Selection::All, Selection::Segment),
            Selection::Moved(from, Some(to)) => now(to).map_or(Selection::All, |to| Selection::Moved(from, Some(to))),
            other => other,
        }
    }

    /// Whether a profile could not be built, so that none is asked for any more.
    #[must_use]
    pub const fn without_profiles(&self) -> bool {
        matches!(self.profiles, Profiles::GivenUp)
    }

    /// Compares with another setting from now on, or with none; `false` where its scheme does not fit its bins.
    pub fn compare(&mut self, baseline: Option<Setting>, name: &str) -> bool {
        let shows = baseline.is_some();
        if self.analysis.compare(baseline.map(Arc::new)).is_err() {
            return false;
        }
        name.clone_into(&mut self.baseline_name);
        self.differences = shows;
        if !shows && self.heat.metric.is_difference() {
            self.heat.metric = super::heat::Metric::default();
        }
        // Who moved from where is another question now.
        if matches!(self.list.listing.selection(), Selection::Moved(..)) {
            self.select(Selection::All);
        }
        self.list.follow(&self.analysis);
        true
    }

    /// Notes that the scenario's file has the view as it is.
    pub fn note_saved(&mut self) {
        self.saved = Some((self.analysis.setting().clone(), self.card.clone(), self.policies, self.marks.revision()));
    }

    /// Keeps what a scenario brings beside its setting until that takes hold.
    pub(super) fn open_with(&mut self, opening: Opening) {
        self.opening = Some(opening);
    }

    /// Opens no scenario any more.
    pub(super) fn forget_opening(&mut self) {
        self.opening = None;
    }

    /// Takes what a scenario brings, now that its setting holds, and notes that its file has the view as it is.
    pub(super) fn take_opening(&mut self) {
        if let Some(Opening { card, review, list }) = self.opening.take() {
            self.card = card;
            let revision = self.marks.revision() + 1;
            self.marks = Marks::of(review, self.analysis.customers()).since(revision);
            show_list(self, &list);
        }
        self.note_saved();
    }

    /// Whether marks or notes would be lost if others took their place.
    #[must_use]
    pub fn has_unsaved_marks(&self) -> bool {
        let saved = self.saved.as_ref().map(|(.., revision)| *revision);
        !self.marks.is_nothing() && saved != Some(self.marks.revision())
    }

    /// What tells the customers that are open from others.
    #[must_use]
    pub const fn stamp(&self) -> &Arc<()> {
        &self.stamp
    }

    /// The conditions as the filter in force has them, where something else was wished for that did not come.
    pub(super) fn follow_chips(&mut self) {
        if self.chips.filter() != *self.analysis.setting().filter {
            self.chips = Chips::of(&self.analysis.setting().filter);
        }
    }

    /// Whether nothing of a scenario, or of what was noted for one, would be lost.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        if let Some((setting, card, policies, marks)) = &self.saved {
            let same_view = setting == self.analysis.setting() && *policies == self.policies;
            return same_view && *card == self.card && *marks == self.marks.revision();
        }
        // What was typed is noted for a scenario; cuts and the like can be had again by keys.
        let typed = |setting: &Setting| (Arc::clone(&setting.rules), Arc::clone(&setting.budget), setting.clv);
        let notes = self.card == ScenarioCard::default() && self.marks.is_nothing();
        notes && typed(self.analysis.setting()) == typed(self.history.start())
    }

    /// Whether there is anything to show a difference from.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        let now = self.analysis.setting();
        // Both sides are looked at through the same filter: it makes no difference.
        let differs = |(before, _): (&Arc<Setting>, _)| {
            before.cuts != now.cuts || before.scheme != now.scheme || before.measures != now.measures
        };
        self.differences && self.analysis.baseline().is_some_and(differs)
    }

    /// What is to be done in another thread: what the user waits for first, then the profile of the picked cut's axis, so
    /// that the next edits cost microseconds, then the list's trail, so that its pages do.
    #[must_use]
    pub fn wanted(&self) -> Option<Work> {
        if let Some(work) = self.rows_wanted() {
            return Some(work);
        }
        if let Some(sort) = self.next_sort
            && let Some(request) = self.list.listing.sort_wanted(&self.analysis, sort)
        {
            let is_shown = self.paged_for == Some((sort, self.analysis.version(), self.list.listing.selection()));
            return Some(if is_shown { Work::Sort(request) } else { Work::FirstPage(request) });
        }
        if let Some(request) = self.next_measure.and_then(|measure| self.analysis.order_wanted(measure)) {
            return Some(Work::Measure(request));
        }
        if let Some(column) = self.list.columns.all().find(|column| is_pending(&self.analysis, *column)) {
            return Some(Work::Column(Box::new(self.analysis.clone()), column));
        }
        let sums = || {
            let wanted = self.list.sums_wanted(&self.analysis)?;
            Some(Work::Sums(Box::new((self.analysis.clone(), self.list.listing.clone())), wanted))
        };
        if self.without_profiles() {
            return sums();
        }
        let wants_profile = self.panel == Panel::Cuts || self.goal.is_some();
        let profile = || {
            self.analysis
                .profile_wanted(self.goal.as_ref().map_or(self.cut, |goal| goal.cut).axis)
                .filter(|_| wants_profile)
        };
        let trail = || self.list.listing.trail_wanted(&self.analysis).map(Work::Trail);
        // What makes the next edits quick comes before sums, which every edit makes anew.
        profile().map(Work::Profile).or_else(trail).or_else(sums)
    }

    /// Shows the first rows of the order that is being sorted for, unless another one is wanted by now.
    pub fn paged(&mut self, page: FirstPage) {
        let (sort, selection) = (page.sort(), self.list.listing.selection());
        if self.next_sort == Some(sort) && page.fits(&self.analysis, sort, selection) {
            self.paged_for = Some((sort, self.analysis.version(), selection));
            self.list.show_first(page);
        }
    }

    /// Lists by what was sorted meanwhile, unless another order is wanted by now.
    pub fn sorted(&mut self, sort: Sort, sorted: Sorted) {
        if self.next_sort == Some(sort) {
            (self.next_sort, self.paged_for) = (None, None);
            self.list.adopt(&self.analysis, sort, sorted);
        }
    }

    /// Gives up work that could not be done; gives whether the user was waiting for it.
    pub fn give_up(&mut self, kind: WorkKind) -> bool {
        match kind {
            WorkKind::Sort => {
                (self.next_sort, self.paged_for) = (None, None);
                self.list.forget_first();
            }
            WorkKind::Column(column) => self.list.columns.drop_column(column),
            WorkKind::Sums => self.list.has_sums = false,
            WorkKind::Measure => self.next_measure = None,
            WorkKind::Rows => self.next_rows = None,
            WorkKind::Tiers => self.vip.give_up(),
            WorkKind::Profile => {
                self.profiles = Profiles::GivenUp;
                return self.goal.take().is_some();
            }
            WorkKind::Trail => {
                self.profiles = Profiles::GivenUp;
                return false;
            }
            WorkKind::Breakdown => {}
        }
        true
    }

    /// What an axis measures, or is about to.
    #[must_use]
    pub fn measure_of(&self, axis: Axis) -> Measure {
        let about = self.next_measure.filter(|measure| measure.axis() == axis);
        about.unwrap_or_else(|| self.analysis.measured().measure(axis))
    }

    /// Wants an axis to measure something else; gives what was done if that could be at once.
    pub fn measure(&mut self, measure: Measure) -> Option<String> {
        self.next_measure = Some(measure);
        self.change_measure()
    }

    /// Goes over to the measure that is wanted, if everybody is sorted by it; gives what was done, in words.
    pub fn change_measure(&mut self) -> Option<String> {
        let measure = self.next_measure.filter(|measure| self.analysis.order_of(*measure).is_some())?;
        self.next_measure = None;
        let (axis, before) = (measure.axis(), self.analysis.setting());
        let mut setting = Setting { measures: before.measures.with(measure), ..before.clone() };
        let (bins, closed) = (self.analysis.cuts(axis).bins(), self.analysis.cuts(axis).closed());
        // Cuts in days say nothing of orders: the axis gets equal-count bins anew.
        let everybody = self.analysis.everybody_of_all_rows(setting.measures);
        setting.cuts[axis.index()] = everybody.cuts(axis, Method::Quantile, bins, closed).ok()?;
        let words = format!("{} measures {}, cut into {bins} equal counts", axis.name(), measure.unit());
        self.edit(setting, words.clone(), None).then_some(words)
    }

    /// Makes what a frame shows beyond the figures: the rows of a list of so many, and who moved.
    pub fn prepare(&mut self, page: usize) {
        self.list.make_rows(&self.analysis, page);
        self.privacy.follow(&self.analysis);
        // Off the grid it costs nothing; where all customers would have to be looked at, only the table asks for it.
        let quick = self.analysis.holds_baseline() || self.analysis.customers().len() <= FEW;
        let shown = self.is_compared() && quick;
        self.movers = if shown { Migration::of(&self.analysis) } else { None };
    }

    /// Makes the data card ready for a frame.
    pub fn prepare_data(&mut self, policies: Policies, today: Option<Day>) {
        let Self { sources, ledger, analysis, data, privacy, .. } = self;
        let (customers, as_of) = (analysis.whole().customers(), analysis.measured().as_of());
        data.prepare(DataSet { sources, customers, ledger, as_of, policies }, today, privacy);
    }

    /// A text of a field as it may be shown. Whatever the data says of somebody comes through here on its way to the screen
    /// and to what is written from it; it is made safe where it is drawn.
    #[must_use]
    pub fn shown(&self, field: Field, text: &str) -> String {
        self.privacy.shown(field, text)
    }

    /// What the list shows in a column for a customer, masked where that is wanted.
    #[must_use]
    pub fn cell(&self, column: Column, customer: usize) -> CellText {
        match (cell(&self.analysis, column, customer), column) {
            // A telephone number may be a number like others.
            (CellText::Data(text) | CellText::Figure(text), Column::Field(field)) if self.privacy.hides(field) => {
                CellText::Data(self.shown(field, &text))
            }
            (other, _) => other,
        }
    }

    /// What the values of a line of a breakdown are called, masked where that is wanted. Panics beyond the lines, like a slice.
    #[must_use]
    pub fn line(&self, table: &Breakdown, line: usize) -> String {
        let label = table.label(line);
        if table.is_missing(line) { label } else { self.shown(table.field(), &label) }
    }

    /// The id of a customer as it may be shown; made safe where it is drawn.
    #[must_use]
    pub fn id(&self, customer: usize) -> String {
        self.shown(Field::Customer, self.analysis.customers().ids.get(customer))
    }

    /// Lists the marked customers alone.
    pub fn list_marked(&mut self) {
        self.list.listing.list_these(&self.analysis, self.marks.marked().collect());
        self.list.to_top();
    }

    /// Lists the selected customers from the top.
    pub fn select(&mut self, selection: Selection) {
        self.list.listing.select(&self.analysis, selection);
        self.list.to_top();
    }

    /// Sorts the list, from the top; gives whether it has to be sorted for first.
    pub fn sort_list(&mut self, sort: Sort) -> bool {
        if self.list.listing.sort_wanted(&self.analysis, sort).is_some() {
            self.next_sort = Some(sort);
            return true;
        }
        (self.next_sort, self.paged_for) = (None, None);
        self.list.forget_first();
        self.list.listing.sort_by(&self.analysis, sort);
        self.list.to_top();
        false
    }
}
