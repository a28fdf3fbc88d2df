//! An analysis: customers, cuts and a scheme, and everything that follows from them.

use std::sync::Arc;

use thiserror::Error;

use super::index::Index;
use super::plan::{AxisRecipe, Plan, PlanError, Recipe};
use super::profile::Profile;
use super::recount::recount;
use super::summary::{Scorer, Summary, Tally};
use crate::model::customers::{Axis, Customers, Measured};
use crate::model::cuts::{Cuts, CutsError, Method};
use crate::model::day::Day;
use crate::model::measures::Frequency;
use crate::model::money::Money;
use crate::model::scheme::{Scheme, SchemeError, SegmentMap, cell_index};
use crate::model::schemes::Catalogue;

/// What an edit can change; small, so that a history keeps one a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Of R, F and M.
    pub cuts: [Cuts; 3],
    /// The scheme.
    pub scheme: Arc<Scheme>,
}

/// An analysis that cannot be made.
#[derive(Debug, Error)]
pub enum AnalysisError {
    /// The plan does not hold.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Cuts that cannot be.
    #[error(transparent)]
    Cuts(#[from] CutsError),
    /// A scheme for other bins.
    #[error(transparent)]
    Scheme(#[from] SchemeError),
}

/// Customers scored, counted and segmented.
#[derive(Clone, Debug)]
pub struct Analysis {
    customers: Arc<Customers>,
    as_of: Day,
    frequency: Frequency,
    index: Arc<Index>,
    setting: Setting,
    map: SegmentMap,
    summary: Summary,
    chosen: Vec<String>,
    facts: Facts,
    profile: Option<Arc<Profile>>,
}

/// What a profile is built from; built in another thread, it is [adopted](Analysis::adopt) when it is ready.
#[derive(Clone, Debug)]
pub struct ProfileRequest {
    customers: Arc<Customers>,
    as_of: Day,
    frequency: Frequency,
    index: Arc<Index>,
    cuts: [Cuts; 3],
    axis: Axis,
}

impl ProfileRequest {
    /// Builds the profile: a pass over all customers.
    #[must_use]
    pub fn build(&self) -> Profile {
        let measured = Measured { customers: &self.customers, as_of: self.as_of, frequency: self.frequency };
        Profile::build(measured, &self.index, &self.cuts, self.axis)
    }
}

/// What no edit changes, counted once.
#[derive(Clone, Copy, Debug)]
struct Facts {
    repeat_customers: u64,
    period: (Day, Day),
}

impl Analysis {
    /// Scores customers by a plan.
    ///
    /// # Errors
    /// [`AnalysisError`] saying what does not fit and what to do.
    pub fn new(
        customers: Arc<Customers>,
        as_of: Day,
        plan: &Plan,
        catalogue: &Catalogue,
    ) -> Result<Self, AnalysisError> {
        let Recipe { scheme, axes, notes } = plan.settle(catalogue, customers.scale)?;
        let measured = Measured { customers: &customers, as_of, frequency: plan.frequency };
        let index = Index::build(measured);
        let cut = |axis: Axis| make_cuts(measured, &index, axis, &axes[axis.index()]);
        let cuts = [cut(Axis::Recency)?, cut(Axis::Frequency)?, cut(Axis::Monetary)?];
        let map = scheme.compile([cuts[0].bins(), cuts[1].bins(), cuts[2].bins()])?;
        let summary = Summary::compute(measured, &cuts);
        Ok(Self {
            as_of,
            frequency: plan.frequency,
            index: Arc::new(index),
            setting: Setting { cuts, scheme: Arc::new(scheme) },
            map,
            summary,
            chosen: notes,
            facts: Facts {
                repeat_customers: customers.orders.iter().filter(|orders| **orders > 1).count() as u64,
                period: customers.period().unwrap_or_default(),
            },
            profile: None,
            customers,
        })
    }

    /// The customers.
    #[must_use]
    pub fn customers(&self) -> &Customers {
        &self.customers
    }

    /// The customers with their values on the axes.
    #[must_use]
    pub fn measured(&self) -> Measured<'_> {
        Measured { customers: &self.customers, as_of: self.as_of, frequency: self.frequency }
    }

    /// The sorted customers.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Cuts and scheme.
    #[must_use]
    pub const fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The cuts of an axis.
    #[must_use]
    pub const fn cuts(&self, axis: Axis) -> &Cuts {
        &self.setting.cuts[axis.index()]
    }

    /// The scheme.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.setting.scheme
    }

    /// Which segment each cell belongs to.
    #[must_use]
    pub const fn map(&self) -> &SegmentMap {
        &self.map
    }

    /// The tallies of all cells.
    #[must_use]
    pub const fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The tallies of all segments, in the scheme's order.
    #[must_use]
    pub fn segments(&self) -> Vec<Tally> {
        self.summary.segments(&self.map)
    }

    /// The scores of customers.
    #[must_use]
    pub fn scorer(&self) -> Scorer<'_> {
        Scorer::new(self.measured(), &self.setting.cuts)
    }

    /// A customer's segment.
    #[must_use]
    pub fn segment_of(&self, customer: usize) -> usize {
        self.map.segment(cell_index(self.map.bins(), self.scorer().cell(customer)))
    }

    /// Customers with two orders or more.
    #[must_use]
    pub const fn repeat_customers(&self) -> u64 {
        self.facts.repeat_customers
    }

    /// First and last day with a kept row.
    #[must_use]
    pub const fn period(&self) -> (Day, Day) {
        self.facts.period
    }

    /// Revenue per order, to the cent or the data's finer unit, rounded half away from zero.
    #[must_use]
    pub fn mean_order_value(&self) -> Money {
        let Tally { orders, revenue, .. } = self.summary.total();
        Money::mean(revenue.into(), orders, self.customers.scale)
    }

    /// Goes over to another setting.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] when its scheme is written for other bins than its cuts make; nothing changes then.
    pub fn apply(&mut self, setting: Setting) -> Result<(), SchemeError> {
        let bins = [setting.cuts[0].bins(), setting.cuts[1].bins(), setting.cuts[2].bins()];
        if setting.scheme != self.setting.scheme || bins != self.map.bins() {
            self.map = setting.scheme.compile(bins)?;
        }
        if setting.cuts != self.setting.cuts {
            let (before, profile) = (&self.setting.cuts, self.profile.as_deref());
            self.summary = recount(self.measured(), &self.index, profile, &self.summary, before, &setting.cuts);
        }
        self.setting = setting;
        Ok(())
    }

    /// What to build so that edits of an axis cost microseconds; `None` when it is there already.
    #[must_use]
    pub fn profile_wanted(&self, axis: Axis) -> Option<ProfileRequest> {
        let current = self.profile.as_ref().filter(|profile| profile.axis() == axis);
        if current.is_some_and(|profile| profile.holds(&self.setting.cuts)) {
            return None;
        }
        Some(ProfileRequest {
            customers: Arc::clone(&self.customers),
            as_of: self.as_of,
            frequency: self.frequency,
            index: Arc::clone(&self.index),
            cuts: self.setting.cuts.clone(),
            axis,
        })
    }

    /// Takes a profile that was built meanwhile; one of cuts that have changed since is of no use.
    pub fn adopt(&mut self, profile: Arc<Profile>) {
        if profile.holds(&self.setting.cuts) {
            self.profile = Some(profile);
        }
    }

    /// What a reader of the figures should know, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.chosen.clone();
        for axis in Axis::ALL {
            let cuts = self.cuts(axis);
            let empty = (0..cuts.bins()).filter(|bin| cuts.collapsed(*bin)).count();
            if empty > 0 {
                notes.push(format!(
                    "equal values leave {empty} of {} {} bins empty: their cuts coincide",
                    cuts.bins(),
                    axis.name()
                ));
            }
        }
        if !self.map.lint.uncovered.is_empty() {
            let cells = self.map.lint.uncovered.len();
            notes.push(format!("scheme {} leaves {cells} cells without a segment", self.scheme().name));
        }
        let unmatched = &self.map.lint.unmatched;
        if !unmatched.is_empty() {
            notes.push(format!("scheme {}: no cell is left for {}", self.scheme().name, unmatched.join(", ")));
        }
        notes.extend(self.period_note());
        notes
    }

    fn period_note(&self) -> Option<String> {
        let wanted = self.scheme().period_days?;
        let (first, last) = self.period();
        let days = last - first + 1;
        // A tenth more or less than a year is still a year's figures.
        ((days - wanted).abs() * 10 > wanted).then(|| {
            format!("scheme {} has thresholds for {wanted} days of data; this data covers {days}", self.scheme().name)
        })
    }
}

fn make_cuts(measured: Measured<'_>, index: &Index, axis: Axis, recipe: &AxisRecipe) -> Result<Cuts, CutsError> {
    let customers = measured.customers.len();
    let value_at = |rank: usize| measured.value(axis, index.order(axis)[rank] as usize);
    match recipe {
        AxisRecipe::Fixed { values, closed } => Cuts::fixed(axis, *closed, values),
        AxisRecipe::Follow { method: Method::RCompat, bins, .. } => {
            let unit = if axis == Axis::Monetary { measured.customers.scale.factor() } else { 1 };
            Cuts::r_compat(axis, unit, *bins, customers, value_at)
        }
        AxisRecipe::Follow { method: Method::Mean, closed, .. } => {
            let sum = (0..customers).map(|customer| i128::from(measured.value(axis, customer))).sum();
            Ok(Cuts::mean(axis, *closed, sum, customers))
        }
        AxisRecipe::Follow { bins, closed, .. } => Cuts::quantile(axis, *closed, *bins, customers, value_at),
    }
}
