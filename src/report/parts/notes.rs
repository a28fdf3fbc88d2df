//! What a reader of the figures should know.

use super::super::Subject;
use super::super::document::{Block, Section};
use crate::show::text::clean;
use crate::tr;

/// `None` where there is nothing to know.
pub(in super::super) fn section(subject: &Subject<'_>) -> Option<Section> {
    let mut notes = subject.analysis.notes();
    notes.extend(subject.ledger.notes());
    if notes.is_empty() {
        return None;
    }
    let notes = notes.iter().map(|note| clean(note).into_owned()).collect();
    Some(Section { id: "notes", title: tr!("Notes").to_owned(), blocks: vec![Block::List(notes)] })
}
