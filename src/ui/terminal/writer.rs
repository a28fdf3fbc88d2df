//! Frames on their way to the terminal, written by a thread of their own: one that is slow, or has stopped taking anything,
//! holds nobody up but itself.

use std::fs::File;
use std::io::{self, Write, stdout};
use std::os::fd::AsFd;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Writes one frame after the other.
pub(super) struct Writer {
    frames: Sender<Vec<u8>>,
    state: Arc<(Mutex<State>, Condvar)>,
    /// For what is written while no frame is.
    out: File,
}

#[derive(Default)]
struct State {
    /// Whether a frame is being written.
    busy: bool,
    /// The last frame's bytes, emptied, to be used again.
    spare: Vec<u8>,
}

impl Writer {
    /// Starts the thread; it tells of each frame whether it was written.
    pub(super) fn start(told: impl Fn(io::Result<()>) + Send + 'static) -> io::Result<Self> {
        // Not stdout itself: whoever waits for its lock would wait for the terminal.
        let out = File::from(stdout().as_fd().try_clone_to_owned()?);
        let mut own = out.try_clone()?;
        let (frames, incoming) = channel::<Vec<u8>>();
        let state = Arc::<(Mutex<State>, Condvar)>::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            while let Ok(mut frame) = incoming.recv() {
                let written = own.write_all(&frame);
                frame.clear();
                *shared.0.lock().unwrap_or_else(PoisonError::into_inner) = State { busy: false, spare: frame };
                shared.1.notify_all();
                told(written);
            }
        });
        Ok(Self { frames, state, out })
    }

    /// Whether a frame would wait for another.
    pub(super) fn is_busy(&self) -> bool {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).busy
    }

    /// Room for a frame.
    pub(super) fn spare(&self) -> Vec<u8> {
        std::mem::take(&mut self.state.0.lock().unwrap_or_else(PoisonError::into_inner).spare)
    }

    /// Hands a frame over; nobody waits for it.
    pub(super) fn write(&self, frame: Vec<u8>) {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).busy = true;
        // The thread ends with this writer only.
        let _ = self.frames.send(frame);
    }

    /// Writes what is no frame once the frame before it is through; gives whether the terminal took that one in time.
    pub(super) fn pass(&self, bytes: &[u8], patience: Duration) -> io::Result<bool> {
        let state = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.state.1.wait_timeout_while(state, patience, |state| state.busy);
        if waited.unwrap_or_else(PoisonError::into_inner).1.timed_out() {
            return Ok(false);
        }
        (&self.out).write_all(bytes)?;
        Ok(true)
    }
}
