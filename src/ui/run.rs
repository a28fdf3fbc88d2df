//! The loop: one channel of events, one draw when something changed. Idle means no wake-up and no byte.

mod effects;
mod events;
mod incoming;
mod jobs;
mod keeping;
mod keys;
mod opening;
mod stopping;

use std::fs::File;
use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use super::draw::{draw, prepare};
use super::layout::Layout;
use super::terminal::{Screen, area as screen_area};
use super::theme::{Looks, Theme};
use crate::app::model::{Model, Stage};
use crate::app::preferences::Preferences;
use crate::app::reopen::{Reopening, State};
use crate::app::tour::tour_shown;
use crate::data::tour_seen;
use crate::job::Pending;
use incoming::{Incoming, watch_keys, watch_signals, watch_terminal};
use keeping::close;
use opening::Job;
use stopping::Stops;

/// How often progress is looked at while a job runs.
const TICK: Duration = Duration::from_millis(80);

/// Whether a full screen can be had, with keys. Where the standard input is a pipe of data, crossterm takes keys, size
/// and modes from the terminal that the process belongs to.
#[must_use]
pub fn has_terminal() -> bool {
    let has_keys = || io::stdin().is_terminal() || File::options().read(true).write(true).open("/dev/tty").is_ok();
    io::stdout().is_terminal() && has_keys()
}

/// How the explorer ended.
pub struct Ending {
    /// What is to be remembered of the user.
    pub preferences: Preferences,
    /// The signal that ended it, if one did; an error when the terminal could not be used any longer, and a fault of the
    /// program.
    pub by: thread::Result<io::Result<Option<i32>>>,
}

/// Runs the explorer until the user leaves. However it ends, the terminal is given back and what the user did is kept.
///
/// # Errors
/// When the terminal cannot be taken over.
pub fn run(model: Model, theme: Theme, looks: Looks) -> io::Result<Ending> {
    let (sender, incoming) = channel();
    // Signals first: one that comes while the screen is being taken over must find somebody to give it back.
    let stops = Arc::new(Stops::watch()?);
    watch_signals(sender.clone(), Arc::clone(&stops))?;
    watch_terminal(sender.clone());
    let told = sender.clone();
    // Nobody listens any more once the user has left.
    let screen = Screen::enter(model.mouse, move |written| drop(told.send(Incoming::Written(written))))?;
    let mut explorer = Explorer {
        model,
        screen,
        theme,
        looks,
        sender,
        stops,
        job: None,
        loads: 0,
        behind: None,
        reopens: 0,
        working: false,
        copying: false,
        saving: Pending::default(),
        writing: Pending::default(),
        owes_frame: false,
        signal: None,
    };
    // A fault of the program takes nothing away that the user did.
    let ended = catch_unwind(AssertUnwindSafe(|| {
        explorer.draw()?;
        watch_keys(explorer.sender.clone());
        explorer.load();
        explorer.run(&incoming)
    }));
    let Explorer { mut model, screen, signal, saving, writing, .. } = explorer;
    // The terminal is the user's again.
    drop(screen);
    close(&mut model, &saving, &writing, signal.is_some());
    Ok(Ending { preferences: model.preferences, by: ended.map(|ended| ended.map(|()| signal)) })
}

struct Explorer {
    model: Model,
    screen: Screen,
    theme: Theme,
    /// What other themes are made for.
    looks: Looks,
    sender: Sender<Incoming>,
    stops: Arc<Stops>,
    job: Option<Job>,
    loads: u64,
    /// The load behind the screen.
    behind: Option<Job>,
    reopens: u64,
    /// Whether a piece of work is being done; the next one waits for it.
    working: bool,
    /// Whether the terminal has not taken all of what is copied yet.
    copying: bool,
    /// Loads that are being written to the cache.
    saving: Pending,
    /// Lists that are being written, also those that were called off until they have cleaned up.
    writing: Pending,
    /// Whether the screen is older than the model: the terminal was busy.
    owes_frame: bool,
    /// The signal that ended the program.
    signal: Option<i32>,
}

impl Explorer {
    fn run(&mut self, incoming: &Receiver<Incoming>) -> io::Result<()> {
        loop {
            let mut next = self.wait(incoming);
            // A tick has no event, and shows how far something is.
            let mut is_changed = next.is_none();
            self.model.log.now = Some(SystemTime::now());
            // Everything that waits is taken in before one draw.
            while let Some(event) = next {
                is_changed |= !matches!(event, Incoming::Written(_));
                if !self.take(event)? {
                    return Ok(());
                }
                next = incoming.try_recv().ok();
            }
            if let (Some(job), Stage::Loading { look, elapsed }) = (&self.job, &mut self.model.stage) {
                (*look, *elapsed) = (job.progress.look(), job.started.elapsed());
            }
            let is_loading = |reopening: &Reopening| matches!(reopening.state, State::Loading { .. });
            if !self.model.reopening.as_deref().is_some_and(is_loading) {
                self.cancel_behind();
            }
            if let (Some(job), Some(reopening)) = (&self.behind, &mut self.model.reopening)
                && let State::Loading { look, elapsed } = &mut reopening.state
            {
                (*look, *elapsed) = (job.progress.look(), job.started.elapsed());
            }
            if is_changed || self.owes_frame {
                self.draw()?;
                self.remember_tour()?;
            }
            self.start_jobs();
        }
    }

    /// The next event; nothing after a tick while progress is shown.
    fn wait(&self, incoming: &Receiver<Incoming>) -> Option<Incoming> {
        if self.job.is_none() && self.behind.is_none() && !self.model.shows_counting() {
            return incoming.recv().ok();
        }
        incoming.recv_timeout(TICK).ok()
    }

    /// Draws the newest state, unless the terminal is busy with an older one: it is drawn once that is through.
    fn draw(&mut self) -> io::Result<()> {
        self.owes_frame = self.screen.is_busy();
        if self.owes_frame {
            return Ok(());
        }
        let area = screen_area()?;
        prepare(&mut self.model, area, &self.theme);
        let (model, theme) = (&self.model, &self.theme);
        let mut scrolls = 0;
        self.screen.draw(area, |buffer| {
            let drawn = draw(buffer, model, theme);
            scrolls = drawn.scrolls;
            drawn.cursor
        });
        self.model.limit_scroll(scrolls);
        Ok(())
    }

    /// Keeps that the tour was seen, once it was.
    fn remember_tour(&mut self) -> io::Result<()> {
        if self.model.tour.is_some()
            && !self.owes_frame
            && Layout::of(screen_area()?, self.model.session()).is_some()
            && let Some(file) = tour_shown(&mut self.model)
            && let Err(error) = tour_seen::keep(&file)
        {
            tracing::debug!("the tour is shown again the next time: {}: {error}", file.display());
        }
        Ok(())
    }
}
