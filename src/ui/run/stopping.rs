//! Stopping as a job of the shell does: with its whole group, such as the program that fills the pipe, and only where a shell
//! can continue it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGTSTP, SIGTTOU};
use signal_hook::flag;
use signal_hook::low_level::raise;

/// How long a signal to oneself may take.
const PATIENCE: Duration = Duration::from_millis(200);

/// Tells signals of others from those that stopping brings.
pub(super) struct Stops {
    /// Whether the next SIGTSTP is ours.
    sent_stop: AtomicBool,
    /// Whether the next SIGCONT ends a stop that we made.
    awaits_continue: AtomicBool,
    /// Set when a SIGTSTP comes.
    stop_came: Arc<AtomicBool>,
    /// Set when a SIGCONT comes.
    continue_came: Arc<AtomicBool>,
}

impl Stops {
    pub(super) fn watch() -> io::Result<Self> {
        let (stop_came, continue_came) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        flag::register(SIGTSTP, Arc::clone(&stop_came))?;
        flag::register(SIGCONT, Arc::clone(&continue_came))?;
        Ok(Self { sent_stop: AtomicBool::default(), awaits_continue: AtomicBool::default(), stop_came, continue_came })
    }

    /// Whether a signal that came is one that stopping brought; asked once for each.
    pub(super) fn is_own(&self, signal: i32) -> bool {
        match signal {
            SIGTSTP => self.sent_stop.swap(false, Ordering::SeqCst),
            SIGCONT => self.awaits_continue.swap(false, Ordering::SeqCst),
            _ => false,
        }
    }

    /// Stops the group and comes back when it is continued; `false` at once where nobody could continue it.
    pub(super) fn stop(&self) -> bool {
        for (flag, value) in [
            (&self.sent_stop, true),
            (&self.awaits_continue, true),
            (&*self.stop_came, false),
            (&*self.continue_came, false),
        ] {
            flag.store(value, Ordering::SeqCst);
        }
        // As the terminal does for Ctrl-Z outside of raw mode.
        let is_sent = kill_current_process_group(Signal::TSTP).is_ok();
        if !is_sent || !comes(&self.stop_came) {
            self.sent_stop.store(false, Ordering::SeqCst);
        }
        // A signal that is watched stops nobody, and its default cannot be had back. This one has the same default, which
        // knows a group that no shell looks after: it is not stopped.
        let _ = raise(SIGTTOU);
        let is_continued = comes(&self.continue_came);
        if !is_continued {
            self.awaits_continue.store(false, Ordering::SeqCst);
        }
        is_continued
    }
}

/// Waits for a signal to come; `false` when it does not.
fn comes(flag: &AtomicBool) -> bool {
    let start = Instant::now();
    while !flag.load(Ordering::SeqCst) {
        if start.elapsed() > PATIENCE {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    true
}
