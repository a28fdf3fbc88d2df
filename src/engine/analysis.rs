//! An analysis: customers, cuts and a scheme, and everything that follows from them.

mod requests;
mod rows;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use thiserror::Error;

use super::data_filter::Taken;
use super::fields::{Field, Fields, Scoring};
use super::filter::{Bound, Mask, bind};
use super::grid::{Bounds, Grid};
use super::index::{Index, Order};
use super::plan::{AxisRecipe, Plan, PlanError, Recipe};
use super::population::Population;
use super::profile::Profile;
use super::summary::{Scorer, Summary, Tally};
use super::tiers::TierRequest;
use super::vip::CompileError;
use crate::lang;
use crate::model::budget::Budget;
use crate::model::customers::{Axis, Customers};
use crate::model::cuts::{Cuts, CutsError};
use crate::model::day::Day;
use crate::model::field::FieldId;
use crate::model::filter::{Filter, FilterError};
use crate::model::measured::Measured;
use crate::model::measures::{Measure, Measures};
use crate::model::money::{Money, Scale};
use crate::model::scheme::{Scheme, SchemeError, SegmentMap, cell_index};
use crate::model::schemes::Catalogue;
use crate::model::transactions::Transactions;
use crate::model::value::ClvTerms;
use crate::model::vip::Rule;
use crate::tr;

pub use requests::{OrderRequest, ProfileRequest};

/// What an edit can change; small, so that a history keeps one a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// What the axes measure.
    pub measures: Measures,
    /// Of R, F and M.
    pub cuts: [Cuts; 3],
    /// The scheme.
    pub scheme: Arc<Scheme>,
    /// Which rows make the customers. Cuts that follow the data follow the customers of all rows, as the as-of date does.
    pub data_filter: Arc<Filter>,
    /// Who is looked at. Cuts that follow the data follow everybody, filtered or not.
    pub filter: Arc<Filter>,
    /// Rules that filters may name.
    pub rules: Arc<Vec<Rule>>,
    /// What each segment costs.
    pub budget: Arc<Budget>,
    /// What lifetime values are computed with.
    pub clv: ClvTerms,
}

impl Setting {
    /// Bins of R, F and M.
    #[must_use]
    pub fn bins(&self) -> [usize; 3] {
        [self.cuts[0].bins(), self.cuts[1].bins(), self.cuts[2].bins()]
    }

    /// The same with other cuts on their axis.
    #[must_use]
    pub fn with_cuts(&self, cuts: Cuts) -> Self {
        let mut other = self.clone();
        let axis = cuts.axis().index();
        other.cuts[axis] = cuts;
        other
    }
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
    /// A filter that speaks of what is not there.
    #[error("{}", tr!("filter: {problem}", problem = _0))]
    Filter(#[from] FilterError),
    /// A data filter that speaks of what is not there.
    #[error("{}", tr!("data filter: {problem}", problem = _0))]
    DataFilter(FilterError),
    /// A data filter without the rows that it asks.
    #[error("{}", tr!(
        "a data filter asks the rows of the files, and they are not at hand; the screen of columns loads them again"
    ))]
    NoRows,
    /// A rule that speaks of what is not there.
    #[error("{}", tr!("VIP rule {rule}: {problem}", rule = _0, problem = _1))]
    Rule(String, CompileError),
}

/// Customers scored, counted and segmented.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Everybody in the order of every measure that was asked for so far.
    orders: HashMap<Measure, Order>,
    population: Population,
    fields: Fields,
    setting: Setting,
    map: SegmentMap,
    /// The setting's filter, bound to the fields.
    bound: Bound,
    /// What the setting is compared with.
    baseline: Option<Arc<Setting>>,
    baseline_map: Option<SegmentMap>,
    baseline_summary: Option<Summary>,
    grid: Grid,
    summary: Summary,
    chosen: Vec<String>,
    facts: Facts,
    /// The analysis of the customers of all rows, where a data filter is on.
    whole: Option<Arc<Self>>,
    /// What the data filter takes, where one is on.
    taken: Option<Taken>,
    profile: Option<Arc<Profile>>,
    /// Changes whenever anybody may have changed segment or place.
    version: u64,
}

/// What no cut changes, counted once.
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
        transactions: Option<Arc<Transactions>>,
        plan: &Plan,
        catalogue: &Catalogue,
    ) -> Result<Self, AnalysisError> {
        let recipe = plan.settle(catalogue, customers.scale)?;
        Self::of(customers, as_of, transactions, recipe)
    }

    /// Scores customers by a recipe.
    ///
    /// # Errors
    /// [`AnalysisError`] for cuts that cannot be, and for a filter that speaks of what is not there.
    pub fn of(
        customers: Arc<Customers>,
        as_of: Day,
        transactions: Option<Arc<Transactions>>,
        recipe: Recipe,
    ) -> Result<Self, AnalysisError> {
        let Recipe { scheme, measures, axes, data_filter, filter, rules, budget, clv, notes } = recipe;
        let population = Population::everybody(Measured::new(customers, as_of, measures));
        let cut = |axis: Axis| make_cuts(&population, axis, &axes[axis.index()]);
        let cuts = [cut(Axis::Recency)?, cut(Axis::Frequency)?, cut(Axis::Monetary)?];
        let (scheme, rules) = (Arc::new(scheme), Arc::new(rules));
        let (data_filter, filter, budget) = (Arc::new(data_filter), Arc::new(filter), Arc::new(budget));
        let setting = Setting { measures, cuts, scheme, data_filter, filter, rules, budget, clv };
        let mut analysis = Self::of_everybody(population, transactions, &setting, notes)?;
        if setting != analysis.setting {
            analysis.apply(setting)?;
        }
        Ok(analysis)
    }

    /// Scores everybody by a setting, whatever its filters say.
    fn of_everybody(
        population: Population,
        transactions: Option<Arc<Transactions>>,
        setting: &Setting,
        chosen: Vec<String>,
    ) -> Result<Self, AnalysisError> {
        let setting = Setting { data_filter: Arc::default(), filter: Arc::default(), ..setting.clone() };
        let (measured, rules) = (&population.measured, Arc::clone(&setting.rules));
        let as_of = measured.as_of();
        let facts = Facts {
            repeat_customers: repeat_customers(&population),
            period: measured.customers().period().unwrap_or((as_of, as_of)),
        };
        let map = setting.scheme.compile(setting.bins())?;
        let grid = Grid::count(&population, Bounds::of(&[&setting.cuts]));
        let order = |axis| (setting.measures.of(axis), Arc::clone(population.index.order(axis)));
        Ok(Self {
            orders: Axis::ALL.map(order).into(),
            fields: Fields::new(measured, transactions, rules, setting.clv)?,
            bound: Bound::All(Vec::new()),
            summary: grid.summary(&setting.cuts),
            population,
            setting,
            map,
            baseline: None,
            baseline_map: None,
            baseline_summary: None,
            grid,
            chosen,
            facts,
            whole: None,
            taken: None,
            profile: None,
            version: 0,
        })
    }

    /// The customers.
    #[must_use]
    pub fn customers(&self) -> &Customers {
        self.population.measured.customers()
    }

    /// The customers that are looked at, with their values and orders.
    #[must_use]
    pub const fn population(&self) -> &Population {
        &self.population
    }

    /// The customers with their values on the axes.
    #[must_use]
    pub const fn measured(&self) -> &Measured {
        &self.population.measured
    }

    /// The sorted customers.
    #[must_use]
    pub const fn index(&self) -> &Index {
        &self.population.index
    }

    /// Measures, cuts, scheme and filter.
    #[must_use]
    pub const fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The cuts of an axis.
    #[must_use]
    pub const fn cuts(&self, axis: Axis) -> &Cuts {
        &self.setting.cuts[axis.index()]
    }

    /// The decimals of an axis's values and cuts.
    #[must_use]
    pub fn scale(&self, axis: Axis) -> Scale {
        self.measured().scale(axis)
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

    /// The tallies between all bounds that matter.
    #[must_use]
    pub const fn grid(&self) -> &Grid {
        &self.grid
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
    pub const fn scorer(&self) -> Scorer<'_> {
        Scorer::new(self.measured(), &self.setting.cuts)
    }

    /// A customer's segment.
    #[must_use]
    pub fn segment_of(&self, customer: usize) -> usize {
        self.map.segment(cell_index(self.map.bins(), self.scorer().cell(customer)))
    }

    /// Customers with two orders or more, of those that are looked at.
    #[must_use]
    pub const fn repeat_customers(&self) -> u64 {
        self.facts.repeat_customers
    }

    /// First and last day with a kept row.
    #[must_use]
    pub const fn period(&self) -> (Day, Day) {
        self.facts.period
    }

    /// A number that changes whenever anybody may have changed segment or place.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Revenue per order, to the cent or the data's finer unit, rounded half away from zero.
    #[must_use]
    pub fn mean_order_value(&self) -> Money {
        let Tally { orders, revenue, .. } = self.summary.total();
        Money::mean(revenue.into(), orders, self.customers().scale)
    }

    /// What must be sorted before another measure can be gone over to at once; `None` when it is there already.
    #[must_use]
    pub fn order_wanted(&self, measure: Measure) -> Option<OrderRequest> {
        let known = self.orders.contains_key(&measure);
        (!known).then(|| OrderRequest { measured: self.population.measured.clone(), measure })
    }

    /// Keeps an order that was sorted meanwhile.
    pub fn take_order(&mut self, (measure, order): (Measure, Order)) {
        self.orders.insert(measure, order);
    }

    /// Everybody in the order of a measure, if that was asked for before.
    #[must_use]
    pub fn order_of(&self, measure: Measure) -> Option<&Order> {
        self.orders.get(&measure)
    }

    /// Everybody under some choice of measures, filtered or not. A measure that nobody was sorted by yet is sorted by now.
    #[must_use]
    pub fn everybody(&mut self, measures: Measures) -> Population {
        let mut measured = self.population.measured.clone();
        let mut index = Index::default();
        for axis in Axis::ALL {
            let measure = measures.of(axis);
            if measured.measure(axis) != measure {
                measured = measured.with(measure);
            }
            let sorted = self.orders.entry(measure).or_insert_with(|| Index::sort(&measured, axis));
            index = index.with(axis, Arc::clone(sorted));
        }
        Population { measured, index, mask: None }
    }

    /// Those that the filter leaves of everybody under some choice of measures, with their scores by some cuts.
    fn population_of(&mut self, measures: Measures, cuts: &[Cuts; 3]) -> Population {
        let everybody = self.everybody(measures);
        if self.bound == Bound::All(Vec::new()) {
            return everybody;
        }
        let scoring = Scoring { measured: &everybody.measured, cuts, map: &self.map };
        let mask = Mask::of(&self.bound, everybody.measured.len(), &self.fields.columns(&self.bound, scoring));
        // A single range of what an axis measures leaves a stretch of its order.
        let stretch = self.bound.only_range().and_then(|(field, span)| {
            let Field::Measure(measure) = self.fields.definition(field).field else { return None };
            let axis = measure.axis();
            if everybody.measured.measure(axis) != measure {
                return None;
            }
            let low = everybody.rank(axis, span.low.saturating_sub(1));
            let high = everybody.rank(axis, span.high);
            Some((axis, if span.low == i64::MIN { 0 } else { low }..high.max(low)))
        });
        Population { index: everybody.index.filtered(&mask, stretch.as_ref()), mask: Some(Arc::new(mask)), ..everybody }
    }

    /// Goes over to another setting. One with another data filter makes other customers, which takes as long as sorting
    /// them does.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] when its scheme is written for other bins than its cuts make, [`FilterError`] when one of its
    /// filters speaks of what is not there; nothing changes then.
    pub fn apply(&mut self, setting: Setting) -> Result<(), AnalysisError> {
        let setting = self.fields.in_own_names(setting, &self.setting);
        if setting.data_filter != self.setting.data_filter {
            return self.go_over_rows(setting);
        }
        let rescaled = setting.scheme != self.setting.scheme || setting.bins() != self.map.bins();
        let map = if rescaled { Some(setting.scheme.compile(setting.bins())?) } else { None };
        let ruled = setting.rules != self.setting.rules || setting.clv != self.setting.clv;
        let fields = if ruled { Some(self.fields.with(Arc::clone(&setting.rules), setting.clv)?) } else { None };
        // Segments are told by the names that the scheme gives them.
        let rebound = ruled || setting.filter != self.setting.filter || setting.scheme != self.setting.scheme;
        let vocabulary = fields.as_ref().unwrap_or(&self.fields).vocabulary(&setting.scheme);
        let bound = if rebound { Some(bind(&setting.filter, &vocabulary)?) } else { None };
        self.fields = fields.unwrap_or_else(|| self.fields.clone());
        self.map = map.unwrap_or_else(|| self.map.clone());
        // The same place among the fields may be another rule's, and lifetime values follow their terms.
        let refiltered = bound.as_ref().is_some_and(|bound| {
            let follows = |field: &FieldId| self.fields.definition(*field).field.follows_rules();
            *bound != self.bound || (ruled && bound.fields().iter().any(follows))
        });
        self.bound = bound.unwrap_or_else(|| self.bound.clone());
        let rescored = rescaled || setting.cuts != self.setting.cuts;
        let moved = setting.measures != self.setting.measures
            || refiltered
            || (rescored && self.fields.follows_cuts(&self.bound));
        if moved {
            self.population = self.population_of(setting.measures, &setting.cuts);
            self.profile = None;
            self.facts.repeat_customers = repeat_customers(&self.population);
        }
        self.setting = setting;
        self.recount(moved);
        Ok(())
    }

    /// Whether a setting's filters and rules speak only of what is there.
    ///
    /// # Errors
    /// [`AnalysisError::DataFilter`], [`AnalysisError::Filter`] or [`AnalysisError::Rule`] naming what is not.
    pub fn can_filter(&self, setting: &Setting) -> Result<(), AnalysisError> {
        self.can_take(&setting.data_filter)?;
        let fields = self.fields.with(Arc::clone(&setting.rules), setting.clv)?;
        bind(&setting.filter, &fields.vocabulary(&setting.scheme))?;
        Ok(())
    }

    /// What to count of the VIP rules, among those that are looked at.
    #[must_use]
    pub fn tiers_wanted(&self) -> TierRequest {
        TierRequest { fields: self.fields.clone(), mask: self.population.mask.clone() }
    }

    /// The fields of the customers.
    #[must_use]
    pub const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What the filter asks, bound to the fields.
    #[must_use]
    pub const fn bound(&self) -> &Bound {
        &self.bound
    }

    /// Takes the customers' transactions in, whose attributes are fields from now on.
    ///
    /// # Errors
    /// [`AnalysisError::Rule`] where a rule speaks of what they do not have; nothing changes then.
    pub fn take_transactions(&mut self, transactions: Arc<Transactions>) -> Result<(), AnalysisError> {
        let rules = Arc::clone(&self.setting.rules);
        self.fields = Fields::new(&self.population.measured, Some(transactions), rules, self.setting.clv)?;
        Ok(())
    }

    /// What scores and segments come from.
    #[must_use]
    pub const fn scoring(&self) -> Scoring<'_> {
        Scoring { measured: self.measured(), cuts: &self.setting.cuts, map: &self.map }
    }

    /// Compares with another setting from now on, or with none.
    ///
    /// # Errors
    /// [`SchemeError::Bins`] when its scheme is written for other bins than its cuts make; nothing changes then.
    pub fn compare(&mut self, baseline: Option<Arc<Setting>>) -> Result<(), SchemeError> {
        self.baseline_map = baseline.as_ref().map(|baseline| baseline.scheme.compile(baseline.bins())).transpose()?;
        self.baseline = baseline;
        self.baseline_summary = None;
        self.recount(false);
        Ok(())
    }

    /// What the setting is compared with, and the segments of its cells.
    #[must_use]
    pub fn baseline(&self) -> Option<(&Arc<Setting>, &SegmentMap)> {
        self.baseline.as_ref().zip(self.baseline_map.as_ref())
    }

    /// Whether the grid tells the baseline's cells too: its measures must be those of the setting.
    #[must_use]
    pub fn holds_baseline(&self) -> bool {
        self.baseline.as_ref().is_some_and(|baseline| baseline.measures == self.setting.measures)
    }

    fn recount(&mut self, anew: bool) {
        let bounds = match self.baseline.as_ref().filter(|_| self.holds_baseline()) {
            Some(baseline) => Bounds::of(&[&self.setting.cuts, &baseline.cuts]),
            None => Bounds::of(&[&self.setting.cuts]),
        };
        if anew {
            self.grid = Grid::count(&self.population, bounds);
        } else if bounds != *self.grid.bounds() {
            self.grid = self.grid.follow(&self.population, self.profile.as_deref(), bounds);
        }
        self.summary = self.grid.summary(&self.setting.cuts);
        self.baseline_summary = self.count_baseline(anew);
        self.version += 1;
    }

    /// The baseline's cells among those that are looked at: off the grid, or counted anew where its measures are others.
    fn count_baseline(&mut self, anew: bool) -> Option<Summary> {
        let baseline = Arc::clone(self.baseline.as_ref()?);
        if self.holds_baseline() {
            return Some(self.grid.summary(&baseline.cuts));
        }
        if let Some(known) = self.baseline_summary.take().filter(|_| !anew) {
            return Some(known);
        }
        // Counting reads no order.
        let measured = self.population.measured.with_all(baseline.measures);
        let population = Population { measured, index: Index::default(), mask: self.population.mask.clone() };
        Some(Grid::count(&population, Bounds::of(&[&baseline.cuts])).summary(&baseline.cuts))
    }

    /// The tallies of the baseline's cells, among those that are looked at now.
    #[must_use]
    pub const fn baseline_summary(&self) -> Option<&Summary> {
        self.baseline_summary.as_ref()
    }

    /// The profile of an axis, when it is built and of the present bounds.
    #[must_use]
    pub fn profile(&self, axis: Axis) -> Option<&Profile> {
        let profile = self.profile.as_deref().filter(|profile| profile.axis() == axis)?;
        profile.holds(&self.population, self.grid.bounds()).then_some(profile)
    }

    /// A profile of the present bounds, of whatever axis.
    #[must_use]
    pub fn any_profile(&self) -> Option<&Profile> {
        self.profile(self.profile.as_ref()?.axis())
    }

    /// What to build so that edits of an axis cost microseconds; `None` when it is there already.
    #[must_use]
    pub fn profile_wanted(&self, axis: Axis) -> Option<ProfileRequest> {
        if self.profile(axis).is_some() {
            return None;
        }
        Some(ProfileRequest { population: self.population.clone(), bounds: self.grid.bounds().clone(), axis })
    }

    /// Takes a profile that was built meanwhile; one of bounds that have changed since is of no use.
    pub fn adopt(&mut self, profile: Arc<Profile>) {
        if profile.holds(&self.population, self.grid.bounds()) {
            self.profile = Some(profile);
        }
    }

    /// Bytes that customers, orders and profile take, without the ids.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let orders: usize = self.orders.values().map(|order| std::mem::size_of_val(order.as_slice())).sum();
        let filtered = if self.population.mask.is_some() { self.population.index.bytes() } else { 0 };
        let profile = self.profile.as_ref().map_or(0, |profile| profile.bytes());
        self.customers().bytes() + self.measured().bytes() + orders + filtered + profile
    }

    /// What a reader of the figures should know, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.chosen.clone();
        for axis in Axis::ALL {
            let cuts = self.cuts(axis);
            let empty = (0..cuts.bins()).filter(|bin| cuts.collapsed(*bin)).count();
            if empty > 0 {
                notes.push(tr!(
                    "equal values leave {empty} of {bins} {axis} bins empty: their cuts coincide",
                    empty,
                    bins = cuts.bins(),
                    axis = axis.title()
                ));
            }
        }
        if !self.map.lint.uncovered.is_empty() {
            let cells = self.map.lint.uncovered.len();
            notes.push(tr!(
                "scheme {scheme} leaves {cells} cells without a segment",
                scheme = self.scheme().name,
                cells
            ));
        }
        let unmatched = &self.map.lint.unmatched;
        if !unmatched.is_empty() {
            let segments: Vec<&str> = unmatched.iter().map(|name| lang::name("segment", name)).collect();
            let segments = segments.join(", ");
            notes.push(tr!("scheme {scheme}: no cell is left for {segments}", scheme = self.scheme().name, segments));
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
            tr!(
                "scheme {scheme} has thresholds for {wanted} days of data; this data covers {days}",
                scheme = self.scheme().name,
                wanted,
                days
            )
        })
    }
}

fn repeat_customers(population: &Population) -> u64 {
    let orders = &population.measured.customers().orders;
    let looked_at = |customer: usize| population.mask.as_ref().is_none_or(|mask| mask.has(customer));
    let repeats = |customer: &usize| orders.get(*customer) > 1 && looked_at(*customer);
    (0..orders.len()).into_par_iter().filter(repeats).count() as u64
}

/// The cuts that a recipe makes of a population.
pub(super) fn make_cuts(population: &Population, axis: Axis, recipe: &AxisRecipe) -> Result<Cuts, CutsError> {
    match recipe {
        AxisRecipe::Fixed { values, closed } => Cuts::fixed(axis, *closed, values),
        AxisRecipe::Follow { method, bins, closed } => population.cuts(axis, *method, *bins, *closed),
    }
}
