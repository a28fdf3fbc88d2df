//! Which theme the screen wears, and trying on others.

use super::model::Model;
use super::overlay::{Overlay, Pick, Picking};
use super::update::Effect;
use crate::show::text::clean;
use crate::tr;

/// The themes there are, by their names.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    /// All of them.
    pub names: Vec<String>,
    /// The one that was chosen.
    pub kept: String,
    /// The one that is seen, which may be tried on only.
    pub shown: String,
}

impl Themes {
    /// The themes of these names, one of which is worn.
    #[must_use]
    pub fn of(mut names: Vec<String>, worn: String) -> Self {
        if !names.contains(&worn) {
            // A theme by its path.
            names.push(worn.clone());
        }
        Self { names, shown: worn.clone(), kept: worn }
    }

    /// What to choose from, with the cursor on the one that is worn.
    #[must_use]
    pub(super) fn pick(&self) -> Overlay {
        let cursor = self.names.iter().position(|name| *name == self.kept).unwrap_or_default();
        Overlay::Pick(Pick { what: Picking::Theme, why: String::new(), names: self.names.clone(), cursor })
    }
}

/// Shows the theme under the cursor.
pub(super) fn try_on(pick: &Pick) -> Effect {
    pick.names.get(pick.cursor).map_or(Effect::None, |name| Effect::Theme(name.clone()))
}

/// Shows the theme again that was chosen before.
pub(super) fn back(model: &Model) -> Effect {
    Effect::Theme(model.themes.kept.clone())
}

/// Keeps the theme that is seen, if it is the one under the cursor: one that cannot be shown cannot be kept.
pub(super) fn keep(model: &mut Model, name: &str) {
    if model.themes.shown == name {
        name.clone_into(&mut model.themes.kept);
        model.preferences.theme = Some(name.to_owned());
        model.say(tr!("theme {name}, also at the next start", name = clean(name)));
    } else {
        let shown = clean(&model.themes.shown).into_owned();
        model.complain(tr!("{name} cannot be shown; the theme is {shown}", name = clean(name), shown));
        model.themes.kept.clone_from(&model.themes.shown);
    }
}

/// Takes what came of showing a theme.
pub fn themed(model: &mut Model, name: String, result: Result<(), String>) {
    match result {
        Ok(()) => {
            model.themes.shown = name;
            // What was wrong with another one is of no interest any more.
            if matches!(&model.overlay, Some(Overlay::Pick(pick)) if pick.what == Picking::Theme) {
                model.message = None;
            }
        }
        Err(problem) => model.complain(problem),
    }
}
