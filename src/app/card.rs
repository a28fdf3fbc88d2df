//! What a scenario says of itself, kept while its view is open.

use std::path::PathBuf;

use crate::model::day::Day;
use crate::model::money::Decimal;
use crate::model::scenario::Scenario;

/// What is kept of the scenario that was opened or saved last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScenarioCard {
    /// What it is called.
    pub name: Option<String>,
    /// What it is for.
    pub note: Option<String>,
    /// The last day before somebody should look whether it still holds.
    pub review_by: Option<Day>,
    /// How far figures may move, in percent, where it is not as usual.
    pub tolerance: Option<Decimal>,
    /// Its file, where it was opened or saved here.
    pub path: Option<PathBuf>,
}

impl ScenarioCard {
    /// What a scenario says of itself.
    #[must_use]
    pub fn of(scenario: &Scenario, path: Option<PathBuf>) -> Self {
        Self {
            name: Some(scenario.name.clone()),
            note: scenario.note.clone(),
            review_by: scenario.review_by,
            tolerance: scenario.expected.as_ref().map(|expected| expected.tolerance),
            path,
        }
    }
}
