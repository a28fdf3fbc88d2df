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

    /// The role that is asked for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.gaps.first().map_or(Role::Customer, Gap::role)
    }
}
