//! What of an open data set stands in a scenario's file, and what would be lost.

use std::path::Path;
use std::sync::Arc;

use super::Session;
use crate::app::card::ScenarioCard;
use crate::app::kept::Kept;
use crate::app::marks::Marks;
use crate::app::scenario::show_list;
use crate::engine::analysis::Setting;
use crate::model::scenario::{ListPart, Review};

/// What a scenario brings beside its setting.
#[derive(Clone, Debug)]
pub(in crate::app) struct Opening {
    /// What it says of itself.
    pub(in crate::app) card: ScenarioCard,
    /// Who is marked and noted in it.
    pub(in crate::app) review: Review,
    /// How its list is shown.
    pub(in crate::app) list: ListPart,
    /// What brings it.
    pub(in crate::app) origin: Origin,
}

/// What a view comes from.
#[derive(Clone, Debug)]
pub(in crate::app) enum Origin {
    /// The file of a scenario.
    File,
    /// A session that was kept, gone on with on a screen whose list has so many rows.
    Kept {
        /// The session.
        session: Box<Kept>,
        /// The rows.
        page: usize,
    },
}

impl Session {
    /// Notes that the scenario's file has the view as it is.
    pub fn note_saved(&mut self) {
        self.saved = Some((self.analysis.setting().clone(), self.card.clone(), self.policies, self.marks.revision()));
    }

    /// Keeps what a scenario brings beside its setting until that takes hold.
    pub(in crate::app) fn open_with(&mut self, opening: Opening) {
        self.opening = Some(opening);
    }

    /// Opens no scenario any more.
    pub(in crate::app) fn forget_opening(&mut self) {
        self.opening = None;
    }

    /// Takes what a scenario or a session brings, now that its setting holds. The scenario's file has the view as it is then;
    /// what a session had in no file then is in none now.
    pub(in crate::app) fn take_opening(&mut self) {
        let Some(Opening { card, review, list, origin }) = self.opening.take() else { return };
        self.card = card;
        let revision = self.marks.revision() + 1;
        self.marks = Marks::of(review, self.analysis.customers()).since(revision);
        show_list(self, &list);
        match origin {
            Origin::File => self.note_saved(),
            Origin::Kept { session, page } => {
                self.saved = None;
                if session.saved {
                    self.note_saved();
                }
                self.ties.continues = session.file().map(Path::to_owned);
                session.go(self, page);
            }
        }
    }

    /// Whether marks or notes would be lost if others took their place.
    #[must_use]
    pub fn has_unsaved_marks(&self) -> bool {
        let saved = self.saved.as_ref().map(|(.., revision)| *revision);
        !self.marks.is_nothing() && saved != Some(self.marks.revision())
    }

    /// Whether nothing of a scenario, or of what was noted for one, would be lost.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        if let Some((setting, card, policies, marks)) = &self.saved {
            let same_view = setting == self.analysis.setting() && *policies == self.policies;
            return same_view && *card == self.card && *marks == self.marks.revision();
        }
        // What was typed is noted for a scenario; cuts and the like can be had again by keys.
        let typed = |setting: &Setting| (Arc::clone(&setting.rules), Arc::clone(&setting.budget), setting.clv);
        let notes = self.card == ScenarioCard::default() && self.marks.is_nothing();
        notes && typed(self.analysis.setting()) == typed(self.history.start())
    }
}
