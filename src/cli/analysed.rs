//! What every headless command does first: load, and analyse as planned.

use std::sync::Arc;

use super::cache::keep;
use super::options::{DataOptions, ScoreOptions, catalogue};
use super::output;
use crate::data::cache::Unsaved;
use crate::data::ledger::Ledger;
use crate::data::load::{Loaded, MappedSource, load};
use crate::data::mapping_memory::{Chosen, recalled, untyped};
use crate::data::parse::number::Currency;
use crate::data::place::{Place, tell_apart};
use crate::engine::analysis::{Analysis, AnalysisError};
use crate::engine::fields::Fields;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::day::Day;
use crate::model::policies::Policies;
use crate::model::scenario::Scenario;
use crate::model::schemes::Catalogue;
use crate::show::text::clean;
use crate::tr;

/// An analysis with where it comes from.
pub(super) struct Analysed {
    pub(super) analysis: Analysis,
    pub(super) ledger: Ledger,
    pub(super) policies: Policies,
    /// The currency that counts, where one was chosen.
    pub(super) currency: Option<Currency>,
    /// Whether instants were turned to days of a zone that the user gave.
    pub(super) zoned: bool,
    pub(super) places: Vec<Place>,
    pub(super) sources: Vec<MappedSource>,
    pub(super) scenario: Option<Arc<Scenario>>,
    /// What was remembered of the columns of the first file.
    pub(super) remembered: Vec<Chosen>,
    /// What the cache is to get when all is printed.
    unsaved: Option<Unsaved>,
}

impl Analysed {
    /// Keeps the load for the next time. To be called when all is printed.
    pub(super) fn keep(&self) {
        keep(self.unsaved.as_ref());
    }
}

/// Loads and analyses, as every headless command does first. Without a file it takes the demo shop.
pub(super) fn analyse(data: &DataOptions, score: &ScoreOptions) -> anyhow::Result<Analysed> {
    analyse_for(data, score, std::iter::empty())
}

/// The same where some fields are to be listed.
pub(super) fn analyse_for(
    data: &DataOptions,
    score: &ScoreOptions,
    fields: impl Iterator<Item = String>,
) -> anyhow::Result<Analysed> {
    let catalogue = catalogue();
    let plan = score.plan(&catalogue)?;
    analyse_with(data, score.as_of, &plan, &catalogue, Fields::any_needs_transactions(fields))
}

/// The same by a plan. A day that is given comes before the scenario's.
pub(super) fn analyse_by(
    data: &DataOptions,
    as_of: Option<Day>,
    plan: &Plan,
    catalogue: &Catalogue,
) -> anyhow::Result<Analysed> {
    analyse_with(data, as_of, plan, catalogue, false)
}

fn analyse_with(
    data: &DataOptions,
    as_of: Option<Day>,
    plan: &Plan,
    catalogue: &Catalogue,
    transactions: bool,
) -> anyhow::Result<Analysed> {
    let scenario = plan.scenario.clone();
    let mut request = data.request(as_of, scenario.as_deref())?;
    request.attributes = (transactions || plan.needs_transactions()).then(Vec::new);
    request.spool(&CancelToken::default())?;
    tell_apart(&mut request.places);
    let remembered = |loaded: &Loaded| match (&request.memory, loaded.sources.first()) {
        (Some(memory), Some(first)) => match recalled(memory, &first.source) {
            Ok(chosen) => untyped(&chosen, &request.columns),
            Err(problem) => {
                output::say(&format!("tierscope: {}", tr!("note: {note}", note = clean(&problem.to_string()))));
                Vec::new()
            }
        },
        _ => Vec::new(),
    };
    let loaded = load(&request, &Progress::default(), &CancelToken::default())?;
    let remembered = remembered(&loaded);
    let analysis = Analysis::new(loaded.customers, loaded.as_of, loaded.transactions, plan, catalogue);
    let analysis = analysis.map_err(|error| in_scenario(scenario.as_deref(), error))?;
    Ok(Analysed {
        analysis,
        ledger: loaded.ledger,
        policies: request.policies,
        currency: request.currency,
        zoned: request.values.zone.is_some(),
        places: request.places,
        sources: loaded.sources,
        scenario,
        remembered,
        unsaved: loaded.unsaved,
    })
}

/// The error with the name of the scenario that it comes from, if one is followed.
pub(super) fn in_scenario(scenario: Option<&Scenario>, error: AnalysisError) -> anyhow::Error {
    let error = anyhow::Error::from(error);
    match scenario {
        Some(scenario) => error.context(tr!("scenario {name}", name = scenario.name)),
        None => error,
    }
}
