//! What an update asks of the loop.

use std::io;

use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use super::Explorer;
use crate::app::files;
use crate::app::model::Stage;
use crate::app::scenario::filed;
use crate::app::themes::themed;
use crate::app::update::Effect;
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
                self.model.stage = Stage::Stopped(tr!("Loading was cancelled. r loads again, q leaves.").to_owned());
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
}
