//! Work that nobody looks at any more, but that should come to its end before the program does.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::CancelToken;

/// How long work has to clean up after it was called off.
const CLEANING: Duration = Duration::from_secs(1);

/// Pieces of work that are waited for at the end. Clones stand for the same ones.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    count: Arc<(Mutex<usize>, Condvar)>,
    cancel: CancelToken,
}

/// A piece of work; it is done when this is dropped.
#[derive(Debug)]
pub struct Piece(Pending);

impl Pending {
    /// Begins a piece of work.
    #[must_use]
    pub fn begin(&self) -> Piece {
        *self.count.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Piece(self.clone())
    }

    /// Waits for all of it, but no longer than that: what is not done by then is called off.
    pub fn finish(&self, patience: Duration) {
        let done = self.wait(patience);
        self.cancel.cancel();
        if !done {
            self.wait(CLEANING);
        }
    }

    fn wait(&self, patience: Duration) -> bool {
        let (count, changed) = &*self.count;
        let count = count.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(count, patience, |count| *count > 0);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Piece {
    /// The token that calls it off.
    #[must_use]
    pub const fn cancel(&self) -> &CancelToken {
        &self.0.cancel
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let (count, changed) = &*self.0.count;
        *count.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Instant;

    use super::*;

    #[test]
    fn work_is_waited_for_and_called_off_when_it_takes_too_long() {
        let pending = Pending::default();
        pending.finish(Duration::from_mins(1));
        let pending = Pending::default();
        let quick = pending.begin();
        thread::spawn(move || drop(quick));
        pending.finish(Duration::from_mins(1));
        let pending = Pending::default();
        let endless = pending.begin();
        let worker = thread::spawn(move || {
            let started = Instant::now();
            while !endless.cancel().is_cancelled() && started.elapsed() < Duration::from_mins(1) {
                thread::sleep(Duration::from_millis(1));
            }
            endless.cancel().is_cancelled()
        });
        pending.finish(Duration::from_millis(1));
        assert_eq!(worker.join().ok(), Some(true));
    }
}
