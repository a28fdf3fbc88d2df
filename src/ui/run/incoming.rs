//! What the loop waits for, and those who tell it.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{self, Event};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::stopping::Stops;
use crate::app::data_card::SurveyOutcome;
use crate::app::details::DetailOutcome;
use crate::app::exporting::ExportOutcome;
use crate::app::finding::FindOutcome;
use crate::app::mapping::Inspected;
use crate::app::session::{OpenError, Session};
use crate::app::work::{Done, WorkKind};
use crate::data::place::Place;
use crate::job::CancelToken;

/// What the loop waits for.
pub(super) enum Incoming {
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
    /// The terminal took a text to copy, of these words.
    Copied(String),
    /// Keys cannot be read any more.
    KeysLost(io::Error),
}

/// Tells of signals, but not of those that stopping brings.
pub(super) fn watch_signals(sender: Sender<Incoming>, stops: Arc<Stops>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            if !stops.is_own(signal) && sender.send(Incoming::Signal(signal)).is_err() {
                break;
            }
        }
    });
    Ok(())
}

/// Tells of what comes from the terminal.
pub(super) fn watch_keys(sender: Sender<Incoming>) {
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

/// Tells when the terminal is gone, as if by the signal: it comes to the first process of the terminal alone, which may ignore
/// it. Whoever waits for keys does not hear of it, since a terminal that is gone gives none, again and again.
pub(super) fn watch_terminal(sender: Sender<Incoming>) {
    thread::spawn(move || {
        let terminal = io::stdout();
        // That it is gone is told unasked.
        let mut asked = [PollFd::new(&terminal, PollFlags::empty())];
        loop {
            match poll(&mut asked, None) {
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) if asked[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
                    // Nobody listens any more once the user has left.
                    return drop(sender.send(Incoming::Signal(SIGHUP)));
                }
                // Some systems have no such answer for terminals.
                other => return tracing::warn!("the terminal cannot be watched: {other:?}"),
            }
        }
    });
}
