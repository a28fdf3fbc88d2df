//! What runs while the user goes on: it is shown beside the message, which stays.

use super::model::Model;

impl Model {
    /// What is being written, read or counted, in words; `None` where nothing is.
    #[must_use]
    pub fn running(&self) -> Option<String> {
        let session = self.session();
        let rows = session.and_then(|session| session.details.words().or_else(|| session.rows_words()));
        let words: Vec<String> = self.exporting.words().into_iter().chain(rows).collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }
}
