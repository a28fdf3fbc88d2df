//! An open data set: its analysis, and what the user looks at and has changed.

mod open;
mod queue;
mod rows;
mod saved;
mod shown;

use super::baseline::BaselineName;
use super::words;
use crate::tr;
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::arrangement::Arrangement;
use super::card::ScenarioCard;
use super::cut_edit::CutCursor;
use super::data_card::DataCard;
use super::details::Details;
use super::finding::Finding;
use super::heat::Heat;
use super::history::{History, Subject};
use super::kept::Ties;
use super::keymap::Keymap;
use super::list::List;
use super::marks::Marks;
use super::past::CustomerPast;
use super::plans::TierCount;
use super::privacy::PrivacySwitch;
use super::solve::Goal;
use super::tiers::Tiers;
use crate::data::cache::Unsaved;
use crate::data::ledger::Ledger;
use crate::data::load::MappedSource;
use crate::data::mapping_memory::Chosen;
use crate::data::quality::DataSet;
use crate::engine::analysis::{Analysis, Setting};
use crate::engine::listing::{Selection, Sort};
use crate::engine::migration::Migration;
use crate::model::customers::Axis;
use crate::model::cuts::Method;
use crate::model::day::Day;
use crate::model::filter::Chips;
use crate::model::measures::Measure;
use crate::model::policies::Policies;
use crate::model::scenario::{ListPart, TextPart, ValuePart};
use crate::model::scheme::Scheme;

pub use open::OpenError;
use queue::Profiles;
pub use rows::{RowsOutcome, RowsRequest};
pub(super) use saved::{Opening, Origin};

/// So few customers are looked at one by one within a frame.
const FEW: usize = 300_000;

/// The panels of the overview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// The keys, which what it tells names.
    pub keymap: Arc<Keymap>,
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
    /// How the panels share the screen.
    pub arrangement: Arrangement,
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
    /// What it has to do with sessions that are kept.
    pub(super) ties: Ties,
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
    /// Which baseline that is.
    pub baseline: BaselineName,
    /// What it is called.
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

impl Session {
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

    /// Whether there is anything to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.details.is_waiting() || self.wishes_rows() || self.walked() > 0
    }

    /// Whether a step was taken back that can be done again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.walked() < self.history.steps().len()
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
        if let Some(next) = self.next_sort.filter(|next| self.list.listing.is_sorted(&self.analysis, *next)) {
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

    /// Compares with another setting from now on, or with none; `false` where its scheme does not fit its bins.
    pub fn compare(&mut self, baseline: Option<Setting>, name: BaselineName) -> bool {
        let shows = baseline.is_some();
        if self.analysis.compare(baseline.map(Arc::new)).is_err() {
            return false;
        }
        self.baseline_name = name.words();
        self.baseline = name;
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

    /// The conditions as the filter in force has them, where something else was wished for that did not come.
    pub(super) fn follow_chips(&mut self) {
        if self.chips.filter() != *self.analysis.setting().filter {
            self.chips = Chips::of(&self.analysis.setting().filter);
        }
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
        let words = tr!(
            "{axis} measures {measure}, cut into {bins} equal counts",
            axis = words::axis(axis),
            measure = words::measure(measure),
            bins
        );
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
}
