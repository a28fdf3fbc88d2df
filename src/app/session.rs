//! An open data set: its analysis, and what the user looks at and has changed.

use std::sync::Arc;

use thiserror::Error;

use super::cut_edit::CutCursor;
use super::heat::Heat;
use super::history::{History, Subject};
use super::tiers::Tiers;
use crate::data::ledger::Ledger;
use crate::data::load::{LoadError, Loaded, MappedSource, Request, load};
use crate::engine::analysis::{Analysis, AnalysisError, ProfileRequest, Setting};
use crate::engine::listing::{Column, Listing, Selection, Sort};
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::customers::Axis;
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
}

impl List {
    /// The column under the cursor.
    #[must_use]
    pub const fn column(&self) -> Column {
        Column::ALL[self.column]
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
        let Loaded { sources, customers, ledger, as_of } = load(request, progress, cancel)?;
        let analysis = Analysis::new(Arc::new(customers), as_of, plan, catalogue)?;
        let listing = Listing::new(&analysis, Sort::default(), Selection::All);
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
            list: List { listing, cursor: 0, offset: 0, column },
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

    /// What to build in another thread so that the next edits of the picked cut's axis cost microseconds.
    #[must_use]
    pub fn profile_wanted(&self) -> Option<ProfileRequest> {
        if self.panel == Panel::Cuts { self.analysis.profile_wanted(self.cut.axis) } else { None }
    }

    /// Lists the selected customers from the top.
    pub fn select(&mut self, selection: Selection) {
        self.list.listing.select(&self.analysis, selection);
        (self.list.cursor, self.list.offset) = (0, 0);
    }

    /// Sorts the list, from the top.
    pub fn sort_list(&mut self, sort: Sort) {
        self.list.listing.sort_by(&self.analysis, sort);
        (self.list.cursor, self.list.offset) = (0, 0);
    }
}
