//! What the figures are compared with, by its name.

use crate::tr;

/// The name of a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BaselineName {
    /// The setting at the start.
    #[default]
    Start,
    /// The setting where it was chosen, before any step.
    Here,
    /// The setting after so many steps.
    Step(usize),
    /// A scenario's.
    Scenario(String),
    /// There is none.
    Nothing,
}

impl BaselineName {
    /// As it is shown.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Start => tr!("baseline" | "the start").to_owned(),
            Self::Here => tr!("baseline" | "here").to_owned(),
            Self::Step(steps) => tr!("baseline" | "step {steps}", steps),
            Self::Scenario(name) => tr!("baseline" | "scenario {name}", name),
            Self::Nothing => tr!("baseline" | "nothing").to_owned(),
        }
    }
}
