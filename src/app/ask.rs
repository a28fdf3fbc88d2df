//! Asking for the column of a role that neither names nor values settle.

use crate::data::mapping::Gap;
use crate::data::source::Source;
use crate::data::synonyms::Role;

/// A question with its cursor.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The file in question.
    pub source: Source,
    /// What is missing; the first is asked for.
    pub gaps: Vec<Gap>,
    /// Column under the cursor, 0-based.
    pub cursor: usize,
}

impl Ask {
    /// The question for a file with gaps; the cursor starts on the first column that may be the answer.
    #[must_use]
    pub fn new(source: Source, gaps: Vec<Gap>) -> Self {
        let likely = match gaps.first() {
            Some(Gap::Ambiguous(_, names)) => names.first(),
            _ => None,
        };
        let cursor = likely.and_then(|name| source.columns.iter().position(|column| column.name == *name));
        Self { source, gaps, cursor: cursor.unwrap_or_default() }
    }

    /// Whether the last answer is that no column plays the role.
    #[must_use]
    pub fn may_be_none(&self) -> bool {
        self.role() == Role::Order
    }

    /// The answer under the cursor: a 0-based column, or none.
    #[must_use]
    pub fn answer(&self) -> Option<usize> {
        (self.cursor < self.source.columns.len()).then_some(self.cursor)
    }

    /// The place of the last answer, from 0.
    #[must_use]
    pub fn last(&self) -> usize {
        (self.source.columns.len() + usize::from(self.may_be_none())).saturating_sub(1)
    }

    /// The role that is asked for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.gaps.first().map_or(Role::Customer, Gap::role)
    }
}
