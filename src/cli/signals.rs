//! Signals that end a headless command: its temporary files go first. The explorer waits for signals in its own loop.

use std::io;
use std::process;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::data::temporary::remove_all;

/// The status of a shell for what a signal ended, less the signal.
const BY_SIGNAL: i32 = 128;

/// Waits for a signal in a thread of its own, and then ends the program by it. Whatever the command waits for, a pipe or a
/// reader of its output, it waits for no longer.
///
/// # Errors
/// When the system gives no thread; then a signal ends the program as it would any.
pub(super) fn watch() -> io::Result<()> {
    let ignored = ignored();
    let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(|signal| (ignored >> (signal - 1)) & 1 == 0);
    let mut signals = Signals::new(ending)?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            remove_all();
            // Whoever sent it should see that it was obeyed.
            let _ = emulate_default_handler(signal);
            process::exit(BY_SIGNAL + signal);
        }
    })?;
    Ok(())
}

/// The signals that whoever started the program wants it to ignore, as `nohup` does: the lowest bit is signal 1. None where
/// the system does not tell.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
