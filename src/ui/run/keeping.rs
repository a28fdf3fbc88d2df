//! What is kept when the explorer ends.

use std::time::Duration;

use crate::app::files::sessions;
use crate::app::model::Model;
use crate::job::Pending;

/// How long a user who leaves waits for the cache to be written.
const PATIENCE: Duration = Duration::from_secs(2);

/// Keeps what the user did, and waits for what is still being written; a signal waits for nothing but cleaning up.
pub(super) fn close(model: &mut Model, saving: &Pending, writing: &Pending, by_signal: bool) {
    model.exporting.call_off();
    sessions::keep_open(model);
    if let Some(session) = model.session() {
        model.preferences.arrangement = session.arrangement.clone();
    }
    saving.finish(if by_signal { Duration::ZERO } else { PATIENCE });
    // A list that was called off takes its temporary file, in which customers stand, away.
    writing.finish(Duration::ZERO);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;
    use crate::app::action::Direction;
    use crate::app::keymap::Key;
    use crate::app::model::Stage;
    use crate::app::session::Session;
    use crate::app::update::press;
    use crate::data::load::Request;
    use crate::data::place::Place;
    use crate::engine::plan::Plan;
    use crate::job::{CancelToken, Progress};
    use crate::model::schemes::Catalogue;

    /// Whatever is unwound goes on only after this.
    #[test]
    fn what_was_done_is_kept_and_what_is_being_written_cleans_up_first() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let place = Place::BuiltIn { name: "the demo shop", bytes: crate::demo::SHOP.as_bytes() };
        let request = Request { places: vec![place], ..Request::default() };
        let (plan, catalogue) = (Plan::default(), Catalogue::built_in());
        let session = Session::open(&request, &plan, &catalogue, &Progress::default(), &CancelToken::default())?;
        let mut model = Model::new(request, plan, catalogue);
        model.stage = Stage::Open(Box::new(session));
        model.session_folder = Some(folder.path().to_owned());
        model.prepare(10, 120);
        press(&mut model, Key::Char('r'));
        press(&mut model, Key::Arrow(Direction::Right));
        let (saving, writing, has_cleaned) = (Pending::default(), Pending::default(), Arc::<AtomicBool>::default());
        let (piece, cleaned) = (writing.begin(), Arc::clone(&has_cleaned));
        let writer = thread::spawn(move || {
            while !piece.cancel().is_cancelled() {
                thread::sleep(Duration::from_millis(1));
            }
            cleaned.store(true, Ordering::SeqCst);
        });
        close(&mut model, &saving, &writing, false);
        assert!(has_cleaned.load(Ordering::SeqCst));
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1, "the session");
        writer.join().map_err(|_| "the writer failed")?;
        Ok(())
    }
}
