//! An open data set: its analysis, and what the user looks at and has changed.

use std::sync::Arc;

use thiserror::Error;

use super::cut_edit::CutCursor;
use super::heat::Heat;
use super::history::{History, Subject};
use super::tiers::Tiers;
use super::work::Work;
use crate::data::ledger::Ledger;
use crate::data::load::{LoadError, Loaded, MappedSource, Request, load};
use crate::engine::analysis::{Analysis, AnalysisError, Setting};
use crate::engine::listing::{Column, Listing, Row, Selection, Sort, Sorted};
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::customers::Axis;
use crate::model::cuts::Method;
use crate::model::measures::Measure;
use crate::model::schemes::Catalogue;

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

/// The list with its cursor.
#[derive(Clone, Debug)]
pub struct List {
    /// The customers in order.
    pub listing: Listing,
    /// Place of the cursor, from 0.
    pub cursor: usize,
    /// Place of the first row shown.
    pub offset: usize,
    /// Number of the column under the cursor.
    pub column: usize,
    /// The rows of the page, made after each update.
    pub rows: Vec<Row>,
    /// What the rows were made for.
    made_for: Option<MadeFor>,
}

/// What a page of rows depends on: the analysis's version, the first place, the number of places, order and selection.
type MadeFor = (u64, usize, usize, Sort, Selection);

impl List {
    /// The column under the cursor.
    #[must_use]
    pub const fn column(&self) -> Column {
        Column::ALL[self.column]
    }

    /// Makes the rows of a page of so many, unless they are there already.
    fn make_rows(&mut self, analysis: &Analysis, page: usize) {
        self.go(self.cursor, page);
        let wanted = (analysis.version(), self.offset, page, self.listing.sort(), self.listing.selection());
        if self.made_for != Some(wanted) {
            self.rows = self.listing.rows(analysis, self.offset, page).collect();
            self.made_for = Some(wanted);
        }
    }

    /// Moves the cursor to a place, and the page with it.
    pub fn go(&mut self, place: usize, page: usize) {
        self.cursor = place.min(self.listing.len().saturating_sub(1));
        self.offset = self.offset.min(self.cursor).max((self.cursor + 1).saturating_sub(page.max(1)));
        self.offset = self.offset.min(self.listing.len().saturating_sub(page.max(1)));
    }
}

/// An open data set.
#[derive(Debug)]
pub struct Session {
    /// Its files.
    pub sources: Vec<MappedSource>,
    /// What became of its rows.
    pub ledger: Ledger,
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
    /// The order of the list that is being sorted for.
    next_sort: Option<Sort>,
    /// The measure that everybody is being sorted by.
    next_measure: Option<Measure>,
    /// Whether a profile or a trail could not be made: figures and lists are exact without.
    without_profiles: bool,
}

/// A data set that cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// It cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
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
        Self::of(load(request, progress, cancel)?, plan, catalogue)
    }

    /// Analyses a loaded data set.
    ///
    /// # Errors
    /// [`OpenError`] saying what is wrong and what to do.
    pub fn of(loaded: Loaded, plan: &Plan, catalogue: &Catalogue) -> Result<Self, OpenError> {
        let Loaded { sources, customers, ledger, as_of } = loaded;
        let analysis = Analysis::new(Arc::new(customers), as_of, plan, catalogue)?;
        let mut listing = Listing::new(&analysis, Sort::default(), Selection::All);
        if let Some(trail) = listing.trail_wanted(&analysis) {
            listing.take_trail(Arc::new(trail.build()));
        }
        let best = |axis| analysis.cuts(axis).bins() as u8;
        let mut heat = Heat::default();
        heat.cursor = heat.plane.axes().map(best);
        // The list opens on the column that it is sorted by.
        let column = Column::ALL.iter().position(|column| *column == listing.sort().column).unwrap_or_default();
        Ok(Self {
            sources,
            ledger,
            analysis,
            history: History::default(),
            panel: Panel::default(),
            zoom: false,
            heat,
            tiers: Tiers::default(),
            cut: CutCursor { axis: Axis::Recency, cut: 0 },
            list: List { listing, cursor: 0, offset: 0, column, rows: Vec::new(), made_for: None },
            next_sort: None,
            next_measure: None,
            without_profiles: false,
        })
    }

    /// Changes the setting as a step that can be undone. Gives whether anything changed.
    pub fn edit(&mut self, setting: Setting, words: String, subject: Option<Subject>) -> bool {
        let before = self.analysis.setting().clone();
        if setting == before || !self.apply(setting) {
            return false;
        }
        self.history.note(before, words, subject);
        true
    }

    /// Takes the last step back; gives what it did.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.history.undo(self.analysis.setting().clone())?;
        self.apply(step.setting);
        Some(step.words)
    }

    /// Does the step taken back last again; gives what it does.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.history.redo(self.analysis.setting().clone())?;
        self.apply(step.setting);
        Some(step.words)
    }

    fn apply(&mut self, setting: Setting) -> bool {
        if self.analysis.apply(setting).is_err() {
            return false;
        }
        self.heat.clamp(&self.analysis);
        self.cut.clamp(&self.analysis);
        self.list.listing.follow(&self.analysis);
        self.list.cursor = self.list.cursor.min(self.list.listing.len().saturating_sub(1));
        self.list.offset = self.list.offset.min(self.list.cursor);
        true
    }

    /// What is to be done in another thread: what the user waits for first, then the profile of the picked cut's axis, so
    /// that the next edits cost microseconds, then the list's trail, so that its pages do.
    #[must_use]
    pub fn wanted(&self) -> Option<Work> {
        if let Some(sort) = self.next_sort
            && let Some(request) = self.list.listing.sort_wanted(&self.analysis, sort)
        {
            return Some(Work::Sort(request));
        }
        if let Some(request) = self.next_measure.and_then(|measure| self.analysis.order_wanted(measure)) {
            return Some(Work::Measure(request));
        }
        if self.without_profiles {
            return None;
        }
        let profile = || self.analysis.profile_wanted(self.cut.axis).filter(|_| self.panel == Panel::Cuts);
        let trail = || self.list.listing.trail_wanted(&self.analysis).map(Work::Trail);
        profile().map(Work::Profile).or_else(trail)
    }

    /// Lists by what was sorted meanwhile, unless another order is wanted by now.
    pub fn sorted(&mut self, sorted: Sorted) {
        if self.next_sort == Some(sorted.sort()) {
            self.next_sort = None;
            self.list.listing.adopt(&self.analysis, sorted);
            (self.list.cursor, self.list.offset) = (0, 0);
        }
    }

    /// Gives up the work that could not be done; gives whether the user was waiting for it.
    pub fn give_up(&mut self) -> bool {
        let waited = self.next_sort.take().is_some() | self.next_measure.take().is_some();
        self.without_profiles |= !waited;
        waited
    }

    /// Goes over to the measure that is wanted, if everybody is sorted by it; gives what was done, in words.
    pub fn change_measure(&mut self) -> Option<String> {
        let measure = self.next_measure.filter(|measure| self.analysis.order_of(*measure).is_some())?;
        self.next_measure = None;
        let (axis, before) = (measure.axis(), self.analysis.setting());
        let mut setting = Setting { measures: before.measures.with(measure), ..before.clone() };
        let (bins, closed) = (self.analysis.cuts(axis).bins(), self.analysis.cuts(axis).closed());
        // Cuts in days say nothing of orders: the axis gets equal-count bins anew.
        let population = self.analysis.measured_by(setting.measures);
        setting.cuts[axis.index()] = population.cuts(axis, Method::Quantile, bins, closed).ok()?;
        let words = format!("{} measures {}", axis.name(), measure.unit());
        self.edit(setting, words.clone(), None).then_some(words)
    }

    /// Makes what a frame shows beyond the figures: the rows of a list of so many.
    pub fn prepare(&mut self, page: usize) {
        self.list.make_rows(&self.analysis, page);
    }

    /// Lists the selected customers from the top.
    pub fn select(&mut self, selection: Selection) {
        self.list.listing.select(&self.analysis, selection);
        (self.list.cursor, self.list.offset) = (0, 0);
    }

    /// Sorts the list, from the top; gives whether it has to be sorted for first.
    pub fn sort_list(&mut self, sort: Sort) -> bool {
        if self.list.listing.sort_wanted(&self.analysis, sort).is_some() {
            self.next_sort = Some(sort);
            return true;
        }
        self.next_sort = None;
        self.list.listing.sort_by(&self.analysis, sort);
        (self.list.cursor, self.list.offset) = (0, 0);
        false
    }

    /// Wants an axis to measure something else; gives what was done if that could be at once.
    pub fn measure(&mut self, measure: Measure) -> Option<String> {
        self.next_measure = Some(measure);
        self.change_measure()
    }
}
