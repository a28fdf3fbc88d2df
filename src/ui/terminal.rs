//! The terminal, taken over and given back: on leaving, on an error, on a panic, on a signal.

use std::io::{self, Stdout, Write, stdout};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{ResetColor, SetAttribute, force_color_output};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode, size,
};
use crossterm::{execute, queue};
use ratatui::Frame;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use super::output::Output;
use super::theme::Depth;

/// The terminal in full-screen mode; dropped, it is as it was.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Output<Stdout>>>,
}

impl Screen {
    /// Takes the terminal over, which has so many colours.
    pub(super) fn enter(depth: Depth) -> io::Result<Self> {
        enter().inspect_err(|_| leave())?;
        // Stdout writes through at every kilobyte by itself; one write a frame keeps ssh and tmux quick.
        let backend = CrosstermBackend::new(Output::new(stdout(), depth));
        match Terminal::new(backend) {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                leave();
                Err(error)
            }
        }
    }

    /// Draws what changed; gives what the drawing gives.
    pub(super) fn draw<T: Default>(&mut self, draw: impl FnOnce(&mut Frame<'_>) -> T) -> io::Result<T> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let mut drawn = T::default();
        self.terminal.draw(|frame| drawn = draw(frame))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(drawn)
    }

    /// Sends bytes to the terminal that change nothing on the screen.
    pub(super) fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(bytes)?;
        Write::flush(out)
    }

    /// Makes the next frame a full one.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        // Terminal::clear would ask the terminal for its cursor and wait for an answer among the keys.
        let (width, height) = size()?;
        self.terminal.resize(Rect::new(0, 0, width, height))
    }

    /// Gives the terminal back for as long as `meanwhile` takes.
    pub(super) fn lend(&mut self, meanwhile: impl FnOnce()) -> io::Result<()> {
        leave();
        meanwhile();
        enter()?;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // What is buffered belongs to a frame that nobody will see, and must not follow the restored screen.
        let _ = self.terminal.backend_mut().flush();
        leave();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    // Under NO_COLOR crossterm would write a reset in place of each colour, which also ends reverse video; the theme
    // already leaves colours out.
    force_color_output(true);
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)
}

/// Gives the terminal back, as far as it goes: there is nobody to tell of an error here.
fn leave() {
    let _ = execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        SetAttribute(crossterm::style::Attribute::Reset),
        ResetColor,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
}
