//! What lies over the panels when the user asks how few customers bring most of the revenue.

use super::action::{Action, Direction};
use super::session::Session;
use crate::engine::analysis::Analysis;
use crate::engine::concentration::{Concentration, Part};

/// The share of the revenue that is looked at first, percent: that of Pareto's rule.
const FIRST: u64 = 80;

/// Percent that a far step goes.
const FAR: u64 = 10;

/// How the revenue is spread over the customers that are looked at, and a share of it.
#[derive(Clone, Debug)]
pub struct ConcentrationScreen {
    /// The share of the revenue that is looked at, percent, from 1 to 100.
    pub percent: u64,
    counted: Option<(u64, Concentration)>,
    /// Whether it could not be counted, so that it is not tried for ever.
    pub failed: bool,
}

impl Default for ConcentrationScreen {
    fn default() -> Self {
        Self { percent: FIRST, counted: None, failed: false }
    }
}

/// What is to be counted.
#[derive(Clone, Debug)]
pub struct ConcentrationTask(Box<Analysis>);

/// What was counted, and of which version of the analysis.
#[derive(Debug)]
pub struct ConcentrationOutcome(u64, Concentration);

impl ConcentrationTask {
    /// Counts; meant for a thread of its own.
    #[must_use]
    pub fn run(&self) -> ConcentrationOutcome {
        ConcentrationOutcome(self.0.version(), Concentration::of(&self.0))
    }
}

impl ConcentrationScreen {
    /// The figures, where they are of the present setting.
    #[must_use]
    pub fn of(&self, session: &Session) -> Option<&Concentration> {
        let (version, told) = self.counted.as_ref()?;
        (*version == session.analysis.version()).then_some(told)
    }

    /// The fewest customers that bring the share that is looked at.
    #[must_use]
    pub fn chosen(&self, session: &Session) -> Option<Part> {
        self.of(session)?.reaching(self.percent)
    }

    /// What is to be counted; nothing where it is there.
    #[must_use]
    pub fn wanted(&self, session: &Session) -> Option<ConcentrationTask> {
        let wanted = !self.failed && self.of(session).is_none();
        wanted.then(|| ConcentrationTask(Box::new(session.analysis.clone())))
    }

    /// Takes what was counted.
    pub fn take(&mut self, ConcentrationOutcome(version, told): ConcentrationOutcome) {
        self.counted = Some((version, told));
    }

    /// Looks at another share.
    pub(super) fn turn(&mut self, action: Action) {
        let percent = self.percent;
        self.percent = match action {
            Action::Move(Direction::Right) => percent + 1,
            Action::Move(Direction::Left) => percent - 1,
            Action::Move(Direction::Up) => percent + FAR,
            Action::Move(Direction::Down) => percent.saturating_sub(FAR),
            Action::End(Direction::Up) => 1,
            Action::End(_) => 100,
            _ => percent,
        }
        .clamp(1, 100);
    }
}
