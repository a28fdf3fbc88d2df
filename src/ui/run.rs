//! The loop: one channel of events, one draw when something changed. Idle means no wake-up and no byte.

use std::any::Any;
use std::fs::File;
use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::draw::{draw, prepare};
use super::layout::Layout;
use super::mouse::moused;
use super::picture;
use super::terminal::{Screen, area as screen_area};
use super::theme::{Looks, Theme};
use crate::app::action::{Action, Direction};
use crate::app::context::Context;
use crate::app::data_card::SurveyOutcome;
use crate::app::details::{DetailOutcome, detailed, details_wanted};
use crate::app::exporting::{ExportOutcome, export_begun, export_wanted, exported};
use crate::app::files;
use crate::app::files::sessions::{file_of, find, keep, make_room};
use crate::app::finding::{FindOutcome, find_wanted, found};
use crate::app::kept::{offer, text};
use crate::app::keymap::Key;
use crate::app::mapping::Inspected;
use crate::app::model::{Model, Stage};
use crate::app::preferences::Preferences;
use crate::app::reopen::{Reopening, State, reopened};
use crate::app::scenario::filed;
use crate::app::session::{OpenError, Session};
use crate::app::themes::themed;
use crate::app::tour::tour_shown;
use crate::app::update::{Effect, cancelled, inspected, opened, paste, press, update};
use crate::app::work::{Done, WorkKind, done, failed, survey_wanted, surveyed, wanted};
use crate::data::load::Request;
use crate::data::place::{Place, tell_apart};
use crate::data::tour_seen;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Pending, Progress};
use crate::show::clipboard::{Surroundings, copy};
use crate::tr;

/// How often progress is looked at while a job runs.
const TICK: Duration = Duration::from_millis(80);

/// How long a user who leaves waits for the cache to be written.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the loop waits for.
enum Incoming {
    Terminal(Event),
    Signal(i32),
    /// A load is over, by its number: an older one is of no interest.
    Opened(u64, Box<Result<Session, OpenError>>, Vec<Place>),
    /// A load behind the screen is over, by its number.
    Reopened(u64, Box<Result<Session, OpenError>>, Vec<Place>),
    /// A file was looked at for its columns.
    Inspected(Box<Result<Inspected, String>>),
    /// A piece of work is done, or what kind of it could not be; for the customers that this tells from others.
    Worked(Result<Box<Done>, WorkKind>, Arc<()>),
    /// The survey of the files is over.
    Surveyed(Box<SurveyOutcome>),
    /// The rows behind the customers were read, or could not be.
    Detailed(Box<DetailOutcome>),
    /// What the user looks for was looked for.
    Found(Box<FindOutcome>),
    /// Nothing is in the way of a list, told by what calls it off.
    ExportBegun(CancelToken),
    /// A list was written, or could not be.
    Exported(ExportOutcome),
    /// A frame was written, or could not be.
    Written(io::Result<()>),
    /// Keys cannot be read any more.
    KeysLost(io::Error),
}

/// Whether a full screen can be had, with keys. Where the standard input is a pipe of data, crossterm takes keys, size
/// and modes from the terminal that the process belongs to.
#[must_use]
pub fn has_terminal() -> bool {
    let has_keys = || io::stdin().is_terminal() || File::options().read(true).write(true).open("/dev/tty").is_ok();
    io::stdout().is_terminal() && has_keys()
}

/// Runs the explorer until the user leaves.
///
/// The signal that ended it is given, if one did, and what is to be remembered of the user; the terminal is given back in
/// any case.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(model: Model, theme: Theme, looks: Looks) -> io::Result<(Option<i32>, Preferences)> {
    let (sender, incoming) = channel();
    // Signals first: one that comes while the screen is being taken over must find somebody to give it back.
    watch_signals(sender.clone())?;
    let told = sender.clone();
    // Nobody listens any more once the user has left.
    let screen = Screen::enter(model.mouse, move |written| drop(told.send(Incoming::Written(written))))?;
    let mut explorer = Explorer {
        model,
        screen,
        theme,
        looks,
        sender,
        job: None,
        loads: 0,
        behind: None,
        reopens: 0,
        working: false,
        saving: Pending::default(),
        writing: Pending::default(),
        owes_frame: false,
        signal: None,
    };
    explorer.draw()?;
    watch_keys(explorer.sender.clone());
    explorer.load();
    // A fault of the program takes nothing away that the user did.
    let ended = catch_unwind(AssertUnwindSafe(|| explorer.run(&incoming)));
    let Explorer { mut model, screen, signal, saving, writing, .. } = explorer;
    model.exporting.call_off();
    // The terminal is the user's again; a signal waits for nothing.
    drop(screen);
    keep_session(&mut model);
    if let Some(session) = model.session() {
        model.preferences.arrangement = session.arrangement.clone();
    }
    let ended = ended.unwrap_or_else(|fault| resume_unwind(fault));
    saving.finish(if signal.is_none() { PATIENCE } else { Duration::ZERO });
    // A list that was called off takes its temporary file, in which customers stand, away.
    writing.finish(Duration::ZERO);
    ended.map(|()| (signal, model.preferences))
}

/// A load that runs.
struct Job {
    progress: Arc<Progress>,
    cancel: CancelToken,
    started: Instant,
}

struct Explorer {
    model: Model,
    screen: Screen,
    theme: Theme,
    /// What other themes are made for.
    looks: Looks,
    sender: Sender<Incoming>,
    job: Option<Job>,
    loads: u64,
    /// The load behind the screen.
    behind: Option<Job>,
    reopens: u64,
    /// Whether a piece of work is being done; the next one waits for it.
    working: bool,
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
            }
            self.work();
            self.survey();
            self.read_details();
            self.find();
            self.export();
        }
    }

    /// Starts the work that the model wants, one piece at a time: by when one is done, the newest wish is looked at.
    fn work(&mut self) {
        if self.working {
            return;
        }
        let Some(work) = wanted(&self.model) else { return };
        let Some(stamp) = self.model.session().map(|session| Arc::clone(session.stamp())) else { return };
        self.working = true;
        let sender = self.sender.clone();
        thread::spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| work.run())).map(Box::new).map_err(|_| work.kind());
            // Nobody listens any more once the user has left.
            let _ = sender.send(Incoming::Worked(done, stamp));
        });
    }

    /// Starts the survey that the data card wants, beside the other work.
    fn survey(&mut self) {
        let Some(task) = survey_wanted(&mut self.model) else { return };
        let sender = self.sender.clone();
        thread::spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| task.run()));
            let outcome = outcome.unwrap_or_else(|fault| task.fault(&fault_text(&*fault)));
            // Nobody listens any more once the user has left.
            let _ = sender.send(Incoming::Surveyed(Box::new(outcome)));
        });
    }

    /// Starts reading the rows that something asks for, beside the other work.
    fn read_details(&mut self) {
        let Some(task) = details_wanted(&mut self.model) else { return };
        let sender = self.sender.clone();
        thread::spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| task.run()));
            let outcome = outcome.unwrap_or_else(|fault| task.fault(&fault_text(&*fault)));
            // Nobody listens any more once the user has left.
            let _ = sender.send(Incoming::Detailed(Box::new(outcome)));
        });
    }

    /// Starts the search that the model wants, beside the other work.
    fn find(&mut self) {
        let Some(task) = find_wanted(&mut self.model) else { return };
        let sender = self.sender.clone();
        thread::spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| task.run())).unwrap_or_else(|_| task.fault());
            // Nobody listens any more once the user has left.
            let _ = sender.send(Incoming::Found(Box::new(outcome)));
        });
    }

    /// Starts writing the list that the model wants written, beside the other work.
    fn export(&mut self) {
        let Some(task) = export_wanted(&mut self.model) else { return };
        let (sender, piece) = (self.sender.clone(), self.writing.begin());
        thread::spawn(move || {
            // Nobody listens any more once the user has left.
            let begins = |token| drop(sender.send(Incoming::ExportBegun(token)));
            let outcome = catch_unwind(AssertUnwindSafe(|| task.run(begins)));
            let outcome = outcome.unwrap_or_else(|fault| task.fault(&fault_text(&*fault)));
            drop(piece);
            let _ = sender.send(Incoming::Exported(outcome));
        });
    }

    /// The next event; nothing after a tick while progress is shown.
    fn wait(&self, incoming: &Receiver<Incoming>) -> Option<Incoming> {
        if self.job.is_none() && self.behind.is_none() && !self.model.shows_counting() {
            return incoming.recv().ok();
        }
        incoming.recv_timeout(TICK).ok()
    }

    /// Takes an event in; `false` ends the loop.
    fn take(&mut self, event: Incoming) -> io::Result<bool> {
        let effect = match event {
            Incoming::KeysLost(error) | Incoming::Written(Err(error)) => return Err(error),
            Incoming::Worked(outcome, stamp) => {
                self.working = false;
                let is_of_these = |session: &Session| Arc::ptr_eq(session.stamp(), &stamp);
                match outcome {
                    // Other data may be open by now.
                    _ if !self.model.session().is_some_and(is_of_these) => {}
                    Ok(outcome) => done(&mut self.model, *outcome),
                    Err(kind) => failed(&mut self.model, kind),
                }
                Effect::None
            }
            Incoming::Detailed(outcome) => {
                detailed(&mut self.model, *outcome);
                Effect::None
            }
            Incoming::Found(outcome) => {
                found(&mut self.model, *outcome);
                Effect::None
            }
            Incoming::ExportBegun(token) => {
                export_begun(&mut self.model, &token);
                Effect::None
            }
            Incoming::Exported(outcome) => {
                exported(&mut self.model, outcome);
                Effect::None
            }
            Incoming::Surveyed(outcome) => {
                surveyed(&mut self.model, *outcome);
                Effect::None
            }
            // A resize of unchanged size is a terminal that was attached anew; like one that was left for a while it
            // knows nothing of what was drawn.
            Incoming::Terminal(Event::Resize(..)) | Incoming::Signal(SIGCONT) => Effect::Redraw,
            Incoming::Signal(SIGTSTP) => Effect::Suspend,
            Incoming::Signal(signal) => {
                self.signal = Some(signal);
                Effect::Quit
            }
            Incoming::Opened(number, result, places) => {
                if number == self.loads && self.job.take().is_some() {
                    self.model.request.places = places;
                    let effect = opened(&mut self.model, *result);
                    if number == 1 {
                        self.offer_session();
                    }
                    effect
                } else {
                    Effect::None
                }
            }
            Incoming::Reopened(number, result, places) => {
                if number == self.reopens && self.behind.take().is_some() {
                    if let Some(reopening) = &mut self.model.reopening {
                        reopening.request.places = places;
                    }
                    reopened(&mut self.model, *result)
                } else {
                    Effect::None
                }
            }
            Incoming::Inspected(result) => {
                inspected(&mut self.model, *result);
                Effect::None
            }
            Incoming::Terminal(Event::Key(key)) if key.kind != KeyEventKind::Release => match translate(key) {
                // Nobody edits what nobody sees.
                Some(key) if Layout::of(screen_area()?, self.model.session()).is_some() => press(&mut self.model, key),
                Some(key) => leaving(&self.model, key).map_or(Effect::None, |action| update(&mut self.model, action)),
                None => Effect::None,
            },
            // Pasted text is text, whatever keys its letters would be.
            Incoming::Terminal(Event::Paste(text)) => {
                paste(&mut self.model, &text);
                Effect::None
            }
            Incoming::Terminal(Event::Mouse(event)) => moused(&mut self.model, screen_area()?, event),
            Incoming::Terminal(_) | Incoming::Written(Ok(())) => Effect::None,
        };
        self.carry_out(effect)
    }

    fn carry_out(&mut self, effect: Effect) -> io::Result<bool> {
        match effect {
            Effect::None => {}
            Effect::Quit => {
                self.cancel();
                self.cancel_behind();
                return Ok(false);
            }
            Effect::Redraw => self.screen.forget(),
            // The shell gets the terminal as it was; on return everything is drawn anew.
            Effect::Suspend => self.screen.lend(|| {
                let _ = emulate_default_handler(SIGTSTP);
            })?,
            Effect::Load => self.load(),
            // Small files that the user named, and waits for.
            Effect::File(task) => {
                let done = files::carry_out(task, &self.model.catalogue);
                let next = filed(&mut self.model, done);
                return self.carry_out(next);
            }
            Effect::Picture(task) => picture::take(&mut self.model, &self.theme, screen_area()?, &task),
            Effect::Theme(name) => {
                let theme = self.looks.theme(&name).map_err(|error| error.to_string());
                themed(&mut self.model, name, theme.map(|theme| self.theme = theme));
            }
            Effect::Copy { text, words } => self.copy(&text, &words)?,
            Effect::Reopen => self.reopen(),
            Effect::Inspect(place) => self.inspect(place),
            Effect::Cancel => {
                self.cancel();
                cancelled(&mut self.model);
            }
        }
        Ok(true)
    }

    /// Copies a text through the terminal, which says nothing of whether it took it.
    fn copy(&mut self, text: &str, words: &str) -> io::Result<()> {
        let variable = |name: &str| std::env::var(name).ok();
        let (tmux, sty, term) = (variable("TMUX"), variable("STY"), variable("TERM"));
        let around = Surroundings { tmux: tmux.as_deref(), sty: sty.as_deref(), term: term.as_deref() };
        match copy(text, around) {
            Ok(bytes) => {
                self.screen.pass(&bytes)?;
                self.model.say(tr!("{words} copied, if the terminal lets programs copy (OSC 52)", words));
            }
            Err(error) => self.model.complain(error.to_string()),
        }
        Ok(())
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
        if Layout::of(area, self.model.session()).is_some()
            && let Some(file) = tour_shown(&mut self.model)
            && let Err(error) = tour_seen::keep(&file)
        {
            tracing::debug!("the tour is shown again the next time: {}: {error}", file.display());
        }
        Ok(())
    }

    /// Offers what was kept of the last session with this data.
    fn offer_session(&mut self) {
        if self.model.session().is_none() {
            return;
        }
        let path = self.model.session_folder.as_deref().and_then(|folder| file_of(folder, &self.model.request));
        if let Some(kept) = path.and_then(|path| find(&path)) {
            offer(&mut self.model, kept);
        }
    }

    fn cancel(&mut self) {
        if let Some(job) = self.job.take() {
            job.cancel.cancel();
        }
    }

    fn cancel_behind(&mut self) {
        if let Some(job) = self.behind.take() {
            job.cancel.cancel();
        }
    }

    /// Loads what is to be reopened in a thread of its own, while the screen goes on; the newest load wins.
    fn reopen(&mut self) {
        self.cancel_behind();
        let Some(reopening) = &self.model.reopening else { return };
        self.reopens += 1;
        let number = self.reopens;
        let job = self.open(&reopening.request, &reopening.plan, move |result, places| {
            Incoming::Reopened(number, result, places)
        });
        self.behind = Some(job);
    }

    /// Looks at the columns of a file in a thread of its own.
    fn inspect(&self, place: usize) {
        let Some(place) = self.model.request.places.get(place).cloned() else { return };
        let (text, memory) = (self.model.request.text.clone(), self.model.request.memory.clone());
        let sender = self.sender.clone();
        thread::spawn(move || {
            let look = AssertUnwindSafe(|| Inspected::of(&place, &text, memory.as_deref()).map_err(|e| e.to_string()));
            let result =
                catch_unwind(look).unwrap_or_else(|fault| Err(OpenError::Fault(fault_text(&*fault)).to_string()));
            // Nobody listens any more once the user has left.
            let _ = sender.send(Incoming::Inspected(Box::new(result)));
        });
    }

    /// Loads the request in a thread of its own; the newest load wins.
    fn load(&mut self) {
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

/// Keeps what the user would miss. There is nobody left to tell of an error, and the log has it.
fn keep_session(model: &mut Model) {
    let Some(folder) = model.session_folder.clone() else { return };
    // What made a fault may make one again.
    let kept = catch_unwind(AssertUnwindSafe(|| {
        let text = text(model, SystemTime::now())?;
        let path = file_of(&folder, &model.request)?;
        Some(keep(&path, &text).inspect(|()| make_room(&folder)))
    }));
    match kept {
        Ok(Some(Err(error))) => tracing::warn!("the session cannot be kept: {}", error.kind()),
        Ok(_) => {}
        Err(_) => tracing::error!("the session cannot be kept for a fault"),
    }
}

/// What a key does on a screen that is too small for anything else: it leaves.
fn leaving(model: &Model, key: Key) -> Option<Action> {
    let action = model.keymap.action(Context::Loading, key);
    action.filter(|action| matches!(action, Action::Leave | Action::Quit | Action::Suspend))
}

fn watch_signals(sender: Sender<Incoming>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            if sender.send(Incoming::Signal(signal)).is_err() {
                break;
            }
        }
    });
    Ok(())
}

/// What a panic said.
fn fault_text(fault: &(dyn Any + Send)) -> String {
    let text = fault.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| fault.downcast_ref::<&str>().copied()).unwrap_or(tr!("no details")).to_owned()
}

fn watch_keys(sender: Sender<Incoming>) {
    thread::spawn(move || {
        loop {
            let incoming = event::read().map_or_else(Incoming::KeysLost, Incoming::Terminal);
            let lost = matches!(incoming, Incoming::KeysLost(_));
            if sender.send(incoming).is_err() || lost {
                break;
            }
        }
    });
}

/// A terminal's key as ours; `None` for keys that mean nothing here.
fn translate(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let arrow = |direction| Some(if shift { Key::ShiftArrow(direction) } else { Key::Arrow(direction) });
    match key.code {
        KeyCode::Char(c) if control => Some(Key::Ctrl(c.to_ascii_lowercase())),
        KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::ALT) => Some(Key::Char(c)),
        KeyCode::Left => arrow(Direction::Left),
        KeyCode::Right => arrow(Direction::Right),
        KeyCode::Up => arrow(Direction::Up),
        KeyCode::Down => arrow(Direction::Down),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Esc),
        KeyCode::Tab => Some(Key::Tab),
        KeyCode::BackTab => Some(Key::BackTab),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        KeyCode::Home => Some(Key::Home),
        KeyCode::End => Some(Key::End),
        KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Delete => Some(Key::Delete),
        KeyCode::F(number) => Some(Key::Function(number)),
        _ => None,
    }
}
