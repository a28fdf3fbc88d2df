//! What lies over the panels when the user plans: what segments cost, and the VIP rules with whom they take.

use super::session::Session;
use crate::engine::bill::{baseline_bill, bill};
use crate::engine::tiers::{TierRequest, Tiers};
use crate::model::budget::{Bill, Cost};

/// What segments cost, with a cursor.
#[derive(Clone, Debug, Default)]
pub struct BudgetScreen {
    /// The line under the cursor: the segments in the order of their scheme, then all that have no cost of their own.
    pub cursor: usize,
    /// What they cost now.
    pub bill: Option<Bill>,
    /// What they cost by the baseline, where that is something else and differences are shown.
    pub before: Option<Bill>,
}

impl BudgetScreen {
    pub(super) fn prepare(&mut self, session: &Session) {
        let analysis = &session.analysis;
        let now = bill(analysis);
        let before = if session.differences { baseline_bill(analysis) } else { None };
        self.before = before.filter(|before| *before != now);
        self.bill = Some(now);
        self.cursor = self.cursor.min(Self::last(session));
    }

    /// The segment under the cursor; `None` for all that have no cost of their own.
    #[must_use]
    pub fn segment<'a>(&self, session: &'a Session) -> Option<&'a str> {
        (self.cursor < Self::last(session)).then(|| session.analysis.scheme().segment_name(self.cursor))
    }

    /// The cost that is set for the line under the cursor itself.
    #[must_use]
    pub fn cost(&self, session: &Session) -> Option<Cost> {
        session.analysis.setting().budget.own(self.segment(session))
    }

    /// The number of the last line, which is that of all without a cost of their own: one for each segment stands before it.
    pub(super) fn last(session: &Session) -> usize {
        session.analysis.map().shown()
    }
}

/// The VIP rules, with a cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RulesScreen {
    /// The rule under the cursor, from 0.
    pub cursor: usize,
}

impl RulesScreen {
    pub(super) fn prepare(&mut self, session: &Session) {
        self.cursor = self.cursor.min(Self::last(session));
    }

    /// The number of the last rule; 0 without any.
    pub(super) fn last(session: &Session) -> usize {
        session.analysis.setting().rules.len().saturating_sub(1)
    }
}

/// Whom the VIP rules take, counted when somebody looks.
#[derive(Debug, Default)]
pub struct TierCount {
    counted: Option<(u64, Tiers)>,
    /// Whether it could not be counted, so that it is not tried for ever.
    failed: bool,
}

/// What is to be counted, and for which version of the analysis.
#[derive(Clone, Debug)]
pub struct TierTask {
    request: TierRequest,
    version: u64,
}

/// What was counted.
#[derive(Debug)]
pub struct TierOutcome {
    tiers: Option<Tiers>,
    version: u64,
}

impl TierTask {
    /// Counts; meant for a thread of its own.
    #[must_use]
    pub fn run(&self) -> TierOutcome {
        TierOutcome { tiers: self.request.build(), version: self.version }
    }
}

impl TierCount {
    /// The figures, where they are of the present setting.
    #[must_use]
    pub fn of(&self, session: &Session) -> Option<&Tiers> {
        let (version, tiers) = self.counted.as_ref()?;
        (*version == session.analysis.version()).then_some(tiers)
    }

    /// Whether they cannot be counted.
    #[must_use]
    pub const fn has_failed(&self) -> bool {
        self.failed
    }

    /// What is to be counted for somebody who looks: nothing where it is there, and nothing before rows tell it.
    #[must_use]
    pub fn wanted(&self, session: &Session) -> Option<TierTask> {
        let analysis = &session.analysis;
        let possible = analysis.fields().transactions().is_some() && !analysis.setting().rules.is_empty();
        let wanted = possible && !self.failed && self.of(session).is_none();
        wanted.then(|| TierTask { request: analysis.tiers_wanted(), version: analysis.version() })
    }

    /// Takes what was counted.
    pub fn take(&mut self, outcome: TierOutcome) {
        self.counted = outcome.tiers.map(|tiers| (outcome.version, tiers));
    }

    /// Gives it up.
    pub const fn give_up(&mut self) {
        self.failed = true;
    }
}
