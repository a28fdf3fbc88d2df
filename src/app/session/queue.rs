//! What an open data set wants done in another thread, and what becomes of it: what the user waits for first.

use std::sync::Arc;

use super::{Panel, Session};
use crate::app::list::is_pending;
use crate::app::work::{Work, WorkKind};
use crate::engine::listing::{FirstPage, Sort, Sorted};

/// Whether profiles and trails are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Profiles {
    /// They are, behind the screen.
    #[default]
    Made,
    /// One could not be: none is tried any more.
    GivenUp,
}

impl Session {
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
            self.go_back();
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
            WorkKind::Breakdown | WorkKind::Concentration => {}
        }
        true
    }

    /// Whether a profile could not be built, so that none is asked for any more.
    #[must_use]
    pub const fn without_profiles(&self) -> bool {
        matches!(self.profiles, Profiles::GivenUp)
    }

    /// What tells the customers that are open from others.
    #[must_use]
    pub const fn stamp(&self) -> &Arc<()> {
        &self.stamp
    }

    /// Whether the list is being sorted, or about to be.
    #[must_use]
    pub const fn is_sorting(&self) -> bool {
        self.next_sort.is_some() || self.list.is_sorting()
    }

    /// The order of the list, or that which it is being sorted by.
    #[must_use]
    pub fn sort_to_be(&self) -> Sort {
        self.next_sort.unwrap_or_else(|| self.list.sort())
    }

    /// Sorts the list, from the top; gives whether it has to be sorted for first.
    pub fn sort_list(&mut self, sort: Sort) -> bool {
        if !self.list.listing.is_sorted(&self.analysis, sort) {
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
