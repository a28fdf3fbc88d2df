//! The terminal, taken over and given back: on leaving, on an error, on a panic, on a signal.

mod encode;
mod writer;

use std::fs::File;
use std::io::{self, stdout};
use std::os::fd::AsFd;
use std::time::Duration;

use crossterm::Command;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode, size,
};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use encode::encode;
use writer::Writer;

/// How long a terminal that takes nothing is waited for when it is to be given back.
const PATIENCE: Duration = Duration::from_secs(1);

/// The terminal in full-screen mode; dropped, it is as it was.
pub(super) struct Screen {
    writer: Writer,
    /// What the terminal shows, once it has taken what was written.
    shown: Buffer,
    /// The buffer of the frame before, to be used again.
    spare: Buffer,
    /// Where the cursor is shown.
    cursor: Option<Position>,
    /// Whether nothing is known of what the terminal shows.
    is_unknown: bool,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal over; `told` hears of each frame whether it was written.
    pub(super) fn enter(mouse: bool, told: impl Fn(io::Result<()>) + Send + 'static) -> io::Result<Self> {
        // Not stdout itself: whoever waits for its lock would wait for the terminal.
        let out = File::from(stdout().as_fd().try_clone_to_owned()?);
        let screen = Self {
            writer: Writer::start(out, told),
            shown: Buffer::default(),
            spare: Buffer::default(),
            cursor: None,
            is_unknown: true,
            mouse,
        };
        // From here on the drop gives it back.
        screen.take_over()?;
        Ok(screen)
    }

    /// Whether the terminal is still busy with the frame before: a frame drawn now would only wait.
    pub(super) fn is_busy(&self) -> bool {
        self.writer.is_busy()
    }

    /// Draws what changed, in one piece; a screen that is as it was costs nothing. The drawing tells where the cursor is
    /// shown.
    pub(super) fn draw(&mut self, area: Rect, draw: impl FnOnce(&mut Buffer) -> Option<Position>) {
        let mut next = std::mem::take(&mut self.spare);
        next.resize(area);
        next.reset();
        let cursor = draw(&mut next);
        let mut frame = self.writer.spare();
        put(&mut frame, BeginSynchronizedUpdate);
        let empty = frame.len();
        if self.cursor.is_some() && cursor != self.cursor {
            put(&mut frame, Hide);
        }
        if self.is_unknown || self.shown.area != area {
            frame.extend_from_slice(b"\x1b[m\x1b[2J");
            self.shown.resize(area);
            self.shown.reset();
        }
        let before = frame.len();
        encode::encode(&self.shown, &next, &mut frame);
        if let Some(place) = cursor
            && (cursor != self.cursor || frame.len() > before || self.is_unknown)
        {
            encode::go_to(place, &mut frame);
            if cursor != self.cursor || self.is_unknown {
                put(&mut frame, Show);
            }
        }
        self.spare = std::mem::replace(&mut self.shown, next);
        (self.cursor, self.is_unknown) = (cursor, false);
        if frame.len() > empty {
            put(&mut frame, EndSynchronizedUpdate);
            self.writer.write(frame);
        }
    }

    /// Sends bytes to the terminal that change nothing on the screen; `then` is done once it has taken them.
    pub(super) fn pass(&self, bytes: Vec<u8>, then: impl FnOnce() + Send + 'static) {
        self.writer.pass(bytes, Some(Box::new(then)));
    }

    /// Makes the next frame a full one.
    pub(super) fn forget(&mut self) {
        // Nothing is asked of the terminal, whose answer would come among the keys.
        self.is_unknown = true;
    }

    /// Gives the terminal back for as long as `meanwhile` takes.
    pub(super) fn lend(&mut self, meanwhile: impl FnOnce()) -> io::Result<()> {
        self.give_back();
        meanwhile();
        self.forget();
        self.take_over()
    }

    /// Takes the terminal over again when others may have had it meanwhile, who left it in other modes.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        // First of all: in the background, the system stops the program here, before it writes between the lines of others.
        // Only modes that were given back are set again.
        disable_raw_mode()?;
        self.lend(|| ())
    }

    fn take_over(&self) -> io::Result<()> {
        enable_raw_mode()?;
        let mut bytes = Vec::new();
        put(&mut bytes, EnterAlternateScreen);
        put(&mut bytes, EnableBracketedPaste);
        if self.mouse {
            put(&mut bytes, EnableMouseCapture);
        }
        put(&mut bytes, Hide);
        self.writer.pass(bytes, None);
        Ok(())
    }

    /// Gives the terminal back, as far as it goes: there is nobody to tell of an error here, and one that has stopped taking
    /// anything is not waited for.
    fn give_back(&self) {
        let mut bytes = Vec::new();
        put(&mut bytes, EndSynchronizedUpdate);
        if self.mouse {
            put(&mut bytes, DisableMouseCapture);
        }
        put(&mut bytes, DisableBracketedPaste);
        bytes.extend_from_slice(b"\x1b[m");
        put(&mut bytes, LeaveAlternateScreen);
        put(&mut bytes, Show);
        self.writer.pass(bytes, None);
        self.writer.finish(PATIENCE);
        let _ = disable_raw_mode();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Appends a command as the terminal reads it.
fn put(bytes: &mut Vec<u8>, command: impl Command) {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = command.write_ansi(&mut text);
    bytes.extend_from_slice(text.as_bytes());
}

/// The area of the terminal as it is now.
pub(super) fn area() -> io::Result<Rect> {
    let (width, height) = size()?;
    Ok(Rect::new(0, 0, width, height))
}
