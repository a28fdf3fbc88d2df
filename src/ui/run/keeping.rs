//! What is kept of a session, and offered when the same data is opened again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

use super::Explorer;
use crate::app::files::sessions::{file_of, find, keep, make_room};
use crate::app::kept::{offer, text};
use crate::app::model::Model;

impl Explorer {
    /// Offers what was kept of the last session with this data.
    pub(super) fn offer_session(&mut self) {
        if self.model.session().is_none() {
            return;
        }
        let path = self.model.session_folder.as_deref().and_then(|folder| file_of(folder, &self.model.request));
        if let Some(kept) = path.and_then(|path| find(&path)) {
            offer(&mut self.model, kept);
        }
    }
}

/// Keeps what the user would miss. There is nobody left to tell of an error, and the log has it.
pub(super) fn keep_session(model: &mut Model) {
    let Some(folder) = model.session_folder.clone() else { return };
    // What made a fault may make one again.
    let kept = catch_unwind(AssertUnwindSafe(|| {
        let text = text(model, SystemTime::now())?;
        let path = file_of(&folder, &model.request)?;
        Some(keep(&path, &text).inspect(|()| make_room(&folder)))
    }));
    match kept {
        Ok(Some(Err(error))) => tracing::warn!("the session cannot be kept: {}", error.kind()),
        Ok(_) => {}
        Err(_) => tracing::error!("the session cannot be kept for a fault"),
    }
}
