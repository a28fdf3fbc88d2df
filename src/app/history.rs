//! Every step that changed the result, in words: to be taken back, done again, and walked.

use crate::engine::analysis::Setting;
use crate::engine::summary::Summary;

/// What a run of edits is about; edits of one subject in a row are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The axis's number.
    pub axis: usize,
    /// The cut's number.
    pub cut: usize,
}

/// A step, and what it led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it did, in words.
    pub words: String,
    /// The setting after it.
    pub setting: Setting,
    /// The cells before it.
    pub before: Summary,
    subject: Option<Subject>,
}

/// The steps from the start on, of which some may be taken back.
#[derive(Clone, Debug)]
pub struct History {
    start: Setting,
    steps: Vec<Step>,
    /// Steps that hold; those after them were taken back.
    held: usize,
}

impl History {
    /// No step yet.
    #[must_use]
    pub const fn new(start: Setting) -> Self {
        Self { start, steps: Vec::new(), held: 0 }
    }

    /// Notes an edit, with the setting it leads to and the cells before it. What was taken back is forgotten.
    pub fn note(&mut self, setting: Setting, before: Summary, words: String, subject: Option<Subject>) {
        self.steps.truncate(self.held);
        match self.steps.last_mut() {
            Some(last) if subject.is_some() && last.subject == subject => (last.words, last.setting) = (words, setting),
            _ => self.steps.push(Step { words, setting, before, subject }),
        }
        self.held = self.steps.len();
    }

    /// The setting before the run of edits of a subject that is going on, if one is.
    #[must_use]
    pub fn run_start(&self, subject: Subject) -> Option<&Setting> {
        self.last().filter(|last| last.subject == Some(subject))?;
        self.before(self.held - 1)
    }

    /// Ends a run of edits: the next one is a step of its own.
    pub fn pause(&mut self) {
        if let Some(last) = self.steps[..self.held].last_mut() {
            last.subject = None;
        }
    }

    /// The setting before a step, by its number from 0; of the number after the last, the one after all.
    #[must_use]
    pub fn before(&self, step: usize) -> Option<&Setting> {
        match step.checked_sub(1) {
            None => Some(&self.start),
            Some(before) => self.steps.get(before).map(|step| &step.setting),
        }
    }

    /// The setting at the start.
    #[must_use]
    pub const fn start(&self) -> &Setting {
        &self.start
    }

    /// The last step that holds.
    #[must_use]
    pub fn last(&self) -> Option<&Step> {
        self.steps[..self.held].last()
    }

    /// All steps, also those taken back.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many of them hold.
    #[must_use]
    pub const fn held(&self) -> usize {
        self.held
    }

    /// Takes the last step back, or does the next again, until so many hold.
    pub fn go(&mut self, held: usize) {
        self.held = held.min(self.steps.len());
        self.pause();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::customers::Axis;
    use crate::model::cuts::{Closed, Cuts, CutsError};
    use crate::model::measures::Measures;
    use crate::model::schemes::Catalogue;

    fn setting(days: i64) -> Result<Setting, Box<dyn std::error::Error>> {
        let cuts = |axis| -> Result<Cuts, CutsError> { Cuts::fixed(axis, Closed::Right, &[days]) };
        Ok(Setting {
            measures: Measures::default(),
            cuts: [cuts(Axis::Recency)?, cuts(Axis::Frequency)?, cuts(Axis::Monetary)?],
            scheme: std::sync::Arc::new(Catalogue::built_in().find("score-total")?),
            data_filter: std::sync::Arc::default(),
            filter: std::sync::Arc::default(),
            rules: std::sync::Arc::default(),
            budget: std::sync::Arc::default(),
            clv: crate::model::value::ClvTerms::default(),
        })
    }

    #[test]
    fn a_run_is_one_step_until_something_comes_between() -> Result<(), Box<dyn std::error::Error>> {
        let mut history = History::new(setting(1)?);
        let subject = Some(Subject { axis: 0, cut: 0 });
        let nudge = |history: &mut History, days: i64| -> Result<(), Box<dyn std::error::Error>> {
            history.note(setting(days)?, Summary::empty([2; 3]), days.to_string(), subject);
            Ok(())
        };
        nudge(&mut history, 2)?;
        nudge(&mut history, 3)?;
        assert_eq!(history.held(), 1);
        history.pause();
        nudge(&mut history, 4)?;
        assert_eq!(history.held(), 2);
        // Taken back, the step before begins no run either.
        history.go(1);
        nudge(&mut history, 5)?;
        let words: Vec<&str> = history.steps().iter().map(|step| step.words.as_str()).collect();
        assert_eq!((words, history.held()), (vec!["3", "5"], 2));
        assert_eq!(history.before(0), Some(&setting(1)?));
        assert_eq!(history.before(1), Some(&setting(3)?));
        Ok(())
    }
}
