//! What a scenario keeps of the list and of its review: columns and order, marks, notes, and where the review stopped.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::model::toml_text::{comment, list, quoted};
use crate::show::text::clean;

/// How the list is shown, by the names of its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPart {
    /// The columns from the left; none: as usual.
    pub columns: Vec<String>,
    /// How many at the left stay in sight.
    pub frozen: Option<usize>,
    /// What it is sorted by, such as `segment:asc`, then `monetary:desc`; none: as usual.
    pub sort: Vec<String>,
}

/// Customers that were marked or noted, by their ids as the data has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Who is marked.
    pub marked: BTreeSet<String>,
    /// What is noted, by id.
    pub notes: BTreeMap<String, String>,
    /// At whom the review stopped.
    pub stopped_at: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListTable {
    columns: Vec<String>,
    frozen: Option<usize>,
    sort: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ReviewTable {
    stopped_at: Option<String>,
    marked: BTreeSet<String>,
    notes: BTreeMap<String, String>,
}

impl From<ListTable> for ListPart {
    fn from(ListTable { columns, frozen, sort }: ListTable) -> Self {
        let cleaned = |text: String| clean(&text).into_owned();
        let all = |texts: Vec<String>| texts.into_iter().map(cleaned).collect();
        Self { columns: all(columns), frozen, sort: all(sort) }
    }
}

/// Ids stay as they are, so that their customers are found; what is shown of them is made safe there.
impl From<ReviewTable> for Review {
    fn from(ReviewTable { stopped_at, marked, notes }: ReviewTable) -> Self {
        let notes = notes.into_iter().map(|(id, note)| (id, clean(&note).into_owned())).collect();
        Self { marked, notes, stopped_at }
    }
}

impl ListPart {
    pub(super) fn lines(&self) -> Vec<String> {
        if *self == Self::default() {
            return Vec::new();
        }
        let Self { columns, frozen, sort } = self;
        let mut lines = vec![String::new(), comment("How the list of customers is shown."), "[list]".to_owned()];
        let texts = |key: &str, texts: &[String]| list(key, &texts.iter().map(|text| quoted(text)).collect::<Vec<_>>());
        lines.extend((!columns.is_empty()).then(|| texts("columns", columns)));
        lines.extend(frozen.map(|frozen| format!("frozen = {frozen}")));
        lines.extend((!sort.is_empty()).then(|| texts("sort", sort)));
        lines
    }
}

impl Review {
    pub(super) fn lines(&self) -> Vec<String> {
        if *self == Self::default() {
            return Vec::new();
        }
        let Self { marked, notes, stopped_at } = self;
        let mut lines =
            vec![String::new(), comment("Customers that were marked or noted, by id."), "[review]".to_owned()];
        lines.extend(stopped_at.as_ref().map(|id| format!("stopped_at = {}", quoted(id))));
        if !marked.is_empty() {
            lines.push("marked = [".to_owned());
            lines.extend(marked.iter().map(|id| format!("    {},", quoted(id))));
            lines.push("]".to_owned());
        }
        if !notes.is_empty() {
            lines.push("[review.notes]".to_owned());
            lines.extend(notes.iter().map(|(id, note)| format!("{} = {}", quoted(id), quoted(note))));
        }
        lines
    }
}
