//! The quality of a data set in words: sections of findings, each with a mark that says whether to look at it.

mod lines;
mod sections;

use serde::Serialize;

use crate::{tr, tr_count};

/// What a finding says to who looks for trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// As it should be.
    Ok,
    /// Worth a look.
    Look,
    /// Likely wrong, or so much that figures depend on it.
    Problem,
}

impl Mark {
    /// The mark in a word, in the language in use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => tr!("mark of a finding" | "ok"),
            Self::Look => tr!("mark of a finding" | "look"),
            Self::Problem => tr!("mark of a finding" | "problem"),
        }
    }

    /// Trouble with a part of a whole: none is ok, and a hundredth or more is a problem.
    fn of_part(part: u64, whole: u64) -> Self {
        match part {
            0 => Self::Ok,
            part if part.saturating_mul(100) < whole => Self::Look,
            _ => Self::Problem,
        }
    }

    /// Ok where there is nothing to look at.
    const fn of_count(number: u64) -> Self {
        if number == 0 { Self::Ok } else { Self::Look }
    }
}

/// One line about the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether to look at it; `None` for what is only to be known.
    pub mark: Option<Mark>,
    /// What it is about.
    pub subject: String,
    /// What was found.
    pub words: String,
    /// Examples and the like.
    pub details: Vec<String>,
}

/// Findings about one thing, in the language in use when they were put into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What about.
    pub title: &'static str,
    /// Whether more is to come once the files are surveyed.
    pub pending: bool,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// How much of some sections there is to look at.
#[must_use]
pub fn headline(sections: &[Section]) -> String {
    let marks = || sections.iter().flat_map(|section| &section.findings).filter_map(|finding| finding.mark);
    let [problems, looks, fine] =
        [Mark::Problem, Mark::Look, Mark::Ok].map(|mark| marks().filter(|found| *found == mark).count());
    tr_count!(
        problems as u64,
        "{count} problem, {looks} to look at, {fine} ok",
        "{count} problems, {looks} to look at, {fine} ok",
        looks,
        fine,
    )
}

fn finding(mark: impl Into<Option<Mark>>, subject: impl Into<String>, words: impl Into<String>) -> Finding {
    Finding { mark: mark.into(), subject: subject.into(), words: words.into(), details: Vec::new() }
}

impl Finding {
    fn with(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }
}
