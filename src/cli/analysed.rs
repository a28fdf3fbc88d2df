//! What every headless command does first: load, and analyse as planned.

use std::sync::Arc;

use super::options::{DataOptions, ScoreOptions, catalogue};
use crate::data::ledger::Ledger;
use crate::data::load::load;
use crate::data::place::Place;
use crate::engine::analysis::Analysis;
use crate::job::{CancelToken, Progress};

/// An analysis with where it comes from.
pub(super) struct Analysed {
    pub(super) analysis: Analysis,
    pub(super) ledger: Ledger,
    pub(super) places: Vec<Place>,
}

/// Loads and analyses, as every headless command does first. Without a file it takes the demo shop.
pub(super) fn analyse(data: &DataOptions, score: &ScoreOptions) -> anyhow::Result<Analysed> {
    let mut request = data.request(score.as_of)?;
    request.spool(&CancelToken::default())?;
    let loaded = load(&request, &Progress::default(), &CancelToken::default())?;
    let analysis = Analysis::new(Arc::new(loaded.customers), loaded.as_of, &score.plan(), &catalogue())?;
    Ok(Analysed { analysis, ledger: loaded.ledger, places: request.places })
}
