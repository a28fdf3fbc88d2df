//! Three lines for whoever is here for the first time: a key that one of them names goes on to the next, and so does Esc.

use std::path::PathBuf;

use super::action::{Action, Direction};
use super::keymap::{Key, Keys};
use super::model::{Model, Stage};
use crate::model::customers::Axis;
use crate::tr;

/// The tour, at one of its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tour {
    /// The line, from 0.
    step: usize,
    /// Where it is to be kept that it was seen, until that is done.
    keep: Option<PathBuf>,
}

/// What the lines name.
const LINES: [&[Action]; 3] = [
    &[Action::FocusAxis(Axis::Recency), Action::Nudge(Direction::Left), Action::Nudge(Direction::Right)],
    &[Action::Select, Action::NextPanel],
    &[Action::Help, Action::Palette, Action::Leave],
];

impl Tour {
    /// For the first time; once it is on the screen, [`tour_shown`] gives the file that says so.
    #[must_use]
    pub const fn first(file: PathBuf) -> Self {
        Self { step: 0, keep: Some(file) }
    }

    /// The line as it stands on the screen; `None` where something lies over the panels, or none are there.
    #[must_use]
    pub fn line(model: &Model) -> Option<String> {
        let tour = model.tour.as_ref()?;
        if model.overlay.is_some() || !matches!(model.stage, Stage::Open(_)) {
            return None;
        }
        let [one, two, three] = [0, 1, 2].map(|number| {
            let actions = LINES.get(tour.step).copied().unwrap_or_default();
            actions.get(number).map_or_else(String::new, |action| model.keymap.name_of(*action))
        });
        let words = match tour.step {
            0 => tr!("{one} edits the cuts of recency, {two} {three} move one: everything follows", one, two, three),
            1 => tr!("{one} lists who is in a cell or a segment, {two} goes on to the next panel", one, two),
            _ => tr!("{one} shows all keys, {two} finds every action by name, {three} quits", one, two, three),
        };
        let (step, steps) = (tour.step + 1, LINES.len());
        Some(tr!("{step}/{steps}  {words}  (Esc: next tip)", step, steps, words))
    }

    /// Goes on where a key is named by the line that is shown; gives whether that is all it does.
    pub(super) fn press(model: &mut Model, key: Key) -> bool {
        if Self::line(model).is_none() {
            return false;
        }
        let step = model.tour.as_ref().map_or(0, |tour| tour.step);
        let is_named = |action: &Action| model.keymap.first_of(*action) == Some(Keys::one(key));
        if key != Key::Esc && !LINES.get(step).is_some_and(|actions| actions.iter().any(is_named)) {
            return false;
        }
        model.tour =
            model.tour.take().map(|tour| Self { step: step + 1, ..tour }).filter(|tour| tour.step < LINES.len());
        key == Key::Esc
    }
}

/// The file that is to say that the tour was seen, once: it stands on the screen.
pub fn tour_shown(model: &mut Model) -> Option<PathBuf> {
    Tour::line(model)?;
    model.tour.as_mut()?.keep.take()
}
