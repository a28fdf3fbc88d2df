//! Bytes on their way to the terminal, written by a thread of their own: one that is slow, or has stopped taking anything,
//! holds nobody up but itself.

use std::fs::File;
use std::io::{self, Write};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// What is to be done once bytes were written.
type Then = Box<dyn FnOnce() + Send>;

/// Bytes to be written.
struct Piece {
    bytes: Vec<u8>,
    is_frame: bool,
    then: Option<Then>,
}

/// Writes one piece after the other.
pub(super) struct Writer {
    pieces: Sender<Piece>,
    state: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Default)]
struct State {
    /// Pieces that are not written yet.
    waiting: usize,
    /// How many of them are frames.
    frames: usize,
    /// The last frame's bytes, emptied, to be used again.
    spare: Vec<u8>,
}

impl Writer {
    /// Starts the thread, which tells of each piece whether it was written, unless there is something else to be done then.
    pub(super) fn start(mut out: File, told: impl Fn(io::Result<()>) + Send + 'static) -> Self {
        let (pieces, incoming) = channel::<Piece>();
        let state = Arc::<(Mutex<State>, Condvar)>::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            while let Ok(Piece { mut bytes, is_frame, then }) = incoming.recv() {
                let written = out.write_all(&bytes);
                let mut state = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
                state.waiting -= 1;
                if is_frame {
                    state.frames -= 1;
                    bytes.clear();
                    state.spare = bytes;
                }
                drop(state);
                shared.1.notify_all();
                match then {
                    Some(then) if written.is_ok() => then(),
                    _ => told(written),
                }
            }
        });
        Self { pieces, state }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a frame would wait for another.
    pub(super) fn is_busy(&self) -> bool {
        self.state().frames > 0
    }

    /// Room for a frame.
    pub(super) fn spare(&self) -> Vec<u8> {
        std::mem::take(&mut self.state().spare)
    }

    /// Hands a frame over; nobody waits for it.
    pub(super) fn write(&self, frame: Vec<u8>) {
        self.hand_over(Piece { bytes: frame, is_frame: true, then: None });
    }

    /// Hands over what is no frame, with what is to be done once it is written; nobody waits for it.
    pub(super) fn pass(&self, bytes: Vec<u8>, then: Option<Then>) {
        self.hand_over(Piece { bytes, is_frame: false, then });
    }

    fn hand_over(&self, piece: Piece) {
        let mut state = self.state();
        state.waiting += 1;
        state.frames += usize::from(piece.is_frame);
        drop(state);
        // The thread ends with this writer only.
        let _ = self.pieces.send(piece);
    }

    /// Waits until all was written; gives whether the terminal took it in time.
    pub(super) fn finish(&self, patience: Duration) -> bool {
        let waited = self.state.1.wait_timeout_while(self.state(), patience, |state| state.waiting > 0);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, pipe};
    use std::os::fd::OwnedFd;
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn nobody_waits_for_a_terminal_that_takes_nothing() -> Result<(), Box<dyn std::error::Error>> {
        let (mut terminal, out) = pipe()?;
        let (sender, told): (_, Receiver<bool>) = channel();
        let copied = sender.clone();
        let writer = Writer::start(File::from(OwnedFd::from(out)), move |written| {
            let _ = sender.send(written.is_err());
        });
        // More than a pipe holds.
        let text = vec![b'x'; 1 << 20];
        let then = move || {
            let _ = copied.send(true);
        };
        writer.pass(text.clone(), Some(Box::new(then)));
        writer.write(b"frame".to_vec());
        assert!(writer.is_busy() && !writer.finish(Duration::from_millis(20)));
        assert!(told.try_recv().is_err(), "nothing is said to be copied before it is");
        let mut taken = vec![0; text.len() + 5];
        terminal.read_exact(&mut taken)?;
        assert!(writer.finish(MINUTE) && !writer.is_busy());
        assert!(taken.starts_with(&text) && taken.ends_with(b"xframe"));
        assert_eq!([told.recv_timeout(MINUTE)?, told.recv_timeout(MINUTE)?], [true, false]);
        // One that went away is told of, in place of what was to be done.
        drop(terminal);
        writer.pass(b"x".to_vec(), Some(Box::new(|| {})));
        assert!(told.recv_timeout(MINUTE)?);
        Ok(())
    }
}
