//! Loads: the one that the screen waits for, and the one behind it. Of each kind the newest wins.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::Explorer;
use super::incoming::Incoming;
use super::jobs::fault_text;
use crate::app::model::Stage;
use crate::app::session::{OpenError, Session};
use crate::data::load::Request;
use crate::data::place::{Place, tell_apart};
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::tr;

/// A load that runs.
pub(super) struct Job {
    pub(super) progress: Arc<Progress>,
    cancel: CancelToken,
    pub(super) started: Instant,
}

impl Explorer {
    pub(super) fn cancel(&mut self) {
        if let Some(job) = self.job.take() {
            job.cancel.cancel();
        }
    }

    pub(super) fn cancel_behind(&mut self) {
        if let Some(job) = self.behind.take() {
            job.cancel.cancel();
        }
    }

    /// Loads what is to be reopened in a thread of its own, while the screen goes on; the newest load wins.
    pub(super) fn reopen(&mut self) {
        self.cancel_behind();
        let Some(reopening) = &self.model.reopening else { return };
        self.reopens += 1;
        let number = self.reopens;
        let job = self.open(&reopening.request, &reopening.plan, move |result, places| {
            Incoming::Reopened(number, result, places)
        });
        self.behind = Some(job);
    }

    /// Loads the request in a thread of its own; the newest load wins.
    pub(super) fn load(&mut self) {
        self.cancel();
        self.cancel_behind();
        self.model.reopening = None;
        self.loads += 1;
        if self.loads > 1 && self.model.request.places.iter().any(Place::is_pipe) {
            self.model.stage = Stage::Stopped(tr!("A pipe can be read only once; start anew.").to_owned());
            return;
        }
        let number = self.loads;
        let told = move |result, places| Incoming::Opened(number, result, places);
        self.job = Some(self.open(&self.model.request, &self.model.plan, told));
        self.model.request.anew = false;
    }

    /// Loads a request in a thread of its own, which tells what came of it.
    fn open(
        &self,
        request: &Request,
        plan: &Plan,
        told: impl FnOnce(Box<Result<Session, OpenError>>, Vec<Place>) -> Incoming + Send + 'static,
    ) -> Job {
        let job = Job { progress: Arc::default(), cancel: CancelToken::default(), started: Instant::now() };
        let sender = self.sender.clone();
        let (mut request, plan, catalogue) = (request.clone(), plan.clone(), Arc::clone(&self.model.catalogue));
        let (progress, cancel) = (Arc::clone(&job.progress), job.cancel.clone());
        let saving = self.saving.clone();
        thread::spawn(move || {
            // A fault in here must not leave the user looking at a progress bar for ever.
            let open = AssertUnwindSafe(|| {
                request.spool(&cancel).map_err(OpenError::Load)?;
                tell_apart(&mut request.places);
                Session::open(&request, &plan, &catalogue, &progress, &cancel)
            });
            let mut result = catch_unwind(open).unwrap_or_else(|fault| Err(OpenError::Fault(fault_text(&*fault))));
            let unsaved = result.as_mut().ok().and_then(|session| session.unsaved.take());
            let unsaved = unsaved.map(|unsaved| (saving.begin(), unsaved));
            // Nobody listens any more once the user has left.
            let _ = sender.send(told(Box::new(result), request.places));
            if let Some((piece, unsaved)) = unsaved {
                // The log has whether it was kept; nobody waits for it.
                let _ = unsaved.write(piece.cancel());
            }
        });
        job
    }
}
