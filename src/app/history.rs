//! Undo and redo of everything that changes the result.

use crate::engine::analysis::Setting;

/// What a run of edits is about; edits of one subject in a row are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The axis's number.
    pub axis: usize,
    /// The cut's number.
    pub cut: usize,
}

/// A step that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it did, in words.
    pub words: String,
    /// The setting before it (in the past) or after it (in the future).
    pub setting: Setting,
    subject: Option<Subject>,
}

/// The steps taken and taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
}

impl History {
    /// Notes an edit, with the setting before it. What was undone is forgotten.
    pub fn note(&mut self, before: Setting, words: String, subject: Option<Subject>) {
        self.future.clear();
        match self.past.last_mut() {
            Some(last) if subject.is_some() && last.subject == subject => last.words = words,
            _ => self.past.push(Step { words, setting: before, subject }),
        }
    }

    /// The setting before the run of edits of a subject that is going on, if one is.
    #[must_use]
    pub fn run_start(&self, subject: Subject) -> Option<&Setting> {
        self.past.last().filter(|last| last.subject == Some(subject)).map(|last| &last.setting)
    }

    /// Ends a run of edits: the next one is a step of its own.
    pub fn pause(&mut self) {
        if let Some(last) = self.past.last_mut() {
            last.subject = None;
        }
    }

    /// Takes the last step back: gives the setting before it and what it did.
    pub fn undo(&mut self, now: Setting) -> Option<Step> {
        let mut step = self.past.pop()?;
        step.subject = None;
        self.future.push(Step { setting: now, ..step.clone() });
        self.pause();
        Some(step)
    }

    /// Does the step taken back last again: gives the setting after it and what it does.
    pub fn redo(&mut self, now: Setting) -> Option<Step> {
        let step = self.future.pop()?;
        self.past.push(Step { setting: now, ..step.clone() });
        Some(step)
    }

    /// Steps that can be undone.
    #[must_use]
    pub fn len(&self) -> usize {
        self.past.len()
    }

    /// Whether nothing can be undone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.past.is_empty()
    }
}
