//! What each event does to the model.

use std::io;
use std::sync::Arc;

use crossterm::event::{Event, KeyEventKind};
use signal_hook::consts::{SIGCONT, SIGTSTP};

use super::Explorer;
use super::incoming::Incoming;
use super::keys::{leaving, translate};
use crate::app::details::detailed;
use crate::app::exporting::{export_begun, exported};
use crate::app::files::sessions;
use crate::app::finding::found;
use crate::app::reopen::reopened;
use crate::app::session::Session;
use crate::app::update::{Effect, inspected, opened, paste, press, update};
use crate::app::work::{done, failed, surveyed};
use crate::tr;
use crate::ui::layout::Layout;
use crate::ui::mouse::moused;
use crate::ui::terminal::area as screen_area;

impl Explorer {
    /// Takes an event in; `false` ends the loop.
    pub(super) fn take(&mut self, event: Incoming) -> io::Result<bool> {
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
            // One of unchanged size is a terminal that was attached anew, which knows nothing of what was drawn.
            Incoming::Terminal(Event::Resize(..)) => Effect::Redraw,
            // Whoever stopped the program without its doing left a shell to change the terminal.
            Incoming::Signal(SIGCONT) => {
                self.screen.retake()?;
                Effect::None
            }
            Incoming::Signal(SIGTSTP) => Effect::Suspend,
            Incoming::Signal(signal) => {
                self.signal = Some(signal);
                Effect::Quit
            }
            Incoming::Opened(number, result, places) => {
                if number == self.loads && self.job.take().is_some() {
                    self.model.request.places = places;
                    let effect = opened(&mut self.model, *result);
                    sessions::offer(&mut self.model);
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
            Incoming::Terminal(Event::Mouse(event)) => {
                moused(&mut self.model, screen_area()?, event, self.theme.characters.is_plain)
            }
            Incoming::Copied(words) => {
                self.copying = false;
                self.model.say(tr!("{words} copied, if the terminal lets programs copy (OSC 52)", words));
                Effect::None
            }
            Incoming::Terminal(_) | Incoming::Written(Ok(())) => Effect::None,
        };
        self.carry_out(effect)
    }
}
