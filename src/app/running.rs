//! What runs while the user goes on: it is shown beside the message, which stays.

use super::model::Model;

impl Model {
    /// What is being written, read or counted, in words; `None` where nothing is.
    #[must_use]
    pub fn running(&self) -> Option<String> {
        let session = self.session();
        let rows = session.and_then(|session| session.details.words().or_else(|| session.rows_words()));
        let words = self.exporting.words().into_iter().chain(self.going_on_words()).chain(rows);
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }
}
