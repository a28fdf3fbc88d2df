//! What an update asks of the loop.

use std::io;

use super::Explorer;
use super::incoming::Incoming;
use crate::app::files;
use crate::app::scenario::filed;
use crate::app::themes::themed;
use crate::app::update::{Effect, cancelled};
use crate::show::clipboard::{Surroundings, copy};
use crate::tr;
use crate::ui::picture;
use crate::ui::terminal::area as screen_area;

impl Explorer {
    /// Carries it out; `false` ends the loop.
    pub(super) fn carry_out(&mut self, effect: Effect) -> io::Result<bool> {
        match effect {
            Effect::None => {}
            Effect::Quit => {
                self.cancel();
                self.cancel_behind();
                return Ok(false);
            }
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend => self.suspend()?,
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
            Effect::Copy { text, words } => self.copy(&text, words),
            Effect::Reopen => self.reopen(),
            Effect::Inspect(place) => self.inspect(place),
            Effect::Cancel => {
                self.cancel();
                cancelled(&mut self.model);
            }
        }
        Ok(true)
    }

    /// The shell gets the terminal as it was; on return everything is drawn anew.
    fn suspend(&mut self) -> io::Result<()> {
        let mut was_stopped = false;
        let stops = &self.stops;
        self.screen.lend(|| was_stopped = stops.stop())?;
        if !was_stopped {
            self.model.complain(tr!("it was not suspended: there is no shell here that could continue it"));
        }
        Ok(())
    }

    /// Copies a text through the terminal, and says so once it took it; what it did with it, it does not say.
    fn copy(&mut self, text: &str, words: String) {
        let variable = |name: &str| std::env::var(name).ok();
        let (tmux, sty, term) = (variable("TMUX"), variable("STY"), variable("TERM"));
        let around = Surroundings { tmux: tmux.as_deref(), sty: sty.as_deref(), term: term.as_deref() };
        match copy(text, around) {
            Ok(_) if self.copying => {
                self.model
                    .complain(tr!("the terminal is still busy with what was copied before; copy again in a moment"));
            }
            Ok(bytes) => {
                self.copying = true;
                let sender = self.sender.clone();
                // Nobody listens any more once the user has left.
                self.screen.pass(bytes, move || drop(sender.send(Incoming::Copied(words))));
            }
            Err(error) => self.model.complain(error.to_string()),
        }
    }
}
