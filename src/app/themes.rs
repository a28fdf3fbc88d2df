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
    /// The one that is worn where none is remembered.
    pub usual: String,
    /// Whether the settings name that one.
    pub is_settled: bool,
    /// Whether an option or a variable named the one to begin with: that goes before what is remembered.
    pub is_named: bool,
}

impl Themes {
    /// The themes of these names, one of which is worn.
    #[must_use]
    pub fn of(mut names: Vec<String>, worn: String) -> Self {
        if !names.contains(&worn) {
            // A theme by its path.
            names.push(worn.clone());
        }
        let usual = names.first().cloned().unwrap_or_default();
        Self { names, shown: worn.clone(), kept: worn, usual, is_settled: false, is_named: false }
    }

    /// The theme of a line of the choice: the first one is that of the settings, whichever that is.
    fn chosen<'a>(&'a self, pick: &'a Pick) -> Option<(&'a str, Choice)> {
        match pick.cursor {
            0 => Some((&self.usual, Choice::AsSettled)),
            line => pick.names.get(line).map(|name| (name.as_str(), Choice::Remembered)),
        }
    }

    /// What to choose from, with the cursor on the one that is worn.
    #[must_use]
    pub(super) fn pick(&self) -> Overlay {
        let cursor = self.names.iter().position(|name| *name == self.kept).map_or(0, |place| place + 1);
        let settled = tr!("as settled: {theme}", theme = self.usual);
        let names = std::iter::once(settled).chain(self.names.iter().cloned()).collect();
        Overlay::Pick(Pick { what: Picking::Theme, why: String::new(), names, cursor })
    }
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// The theme of the settings: none is remembered any more.
    AsSettled,
    /// A theme, which is remembered.
    Remembered,
}

/// Shows the theme under the cursor.
pub(super) fn try_on(model: &Model) -> Effect {
    let Some(Overlay::Pick(pick)) = &model.overlay else { return Effect::None };
    model.themes.chosen(pick).map_or(Effect::None, |(name, _)| Effect::Theme(name.to_owned()))
}

/// Shows the theme again that was chosen before.
pub(super) fn back(model: &Model) -> Effect {
    Effect::Theme(model.themes.kept.clone())
}

/// Keeps the theme that is seen, if it is the one under the cursor: one that cannot be shown cannot be kept.
pub(super) fn keep(model: &mut Model, pick: &Pick) {
    let Some((name, choice)) = model.themes.chosen(pick).map(|(name, choice)| (name.to_owned(), choice)) else {
        return;
    };
    if model.themes.shown == name {
        model.preferences.theme = (choice == Choice::Remembered).then(|| name.clone());
        model.say(told(&model.themes, &clean(&name), choice));
        model.themes.kept = name;
    } else {
        let shown = clean(&model.themes.shown).into_owned();
        model.complain(tr!("{name} cannot be shown; the theme is {shown}", name = clean(&name), shown));
        model.themes.kept.clone_from(&model.themes.shown);
    }
}

/// What is worn from now on, and what goes before what at the next start.
fn told(themes: &Themes, name: &str, choice: Choice) -> String {
    match choice {
        Choice::AsSettled => tr!("theme {name}, as settled; none is remembered", name),
        Choice::Remembered if themes.is_named => {
            tr!("theme {name}, also at the next start where neither --theme nor TIERSCOPE_THEME names one", name)
        }
        Choice::Remembered if themes.is_settled => {
            tr!("theme {name}, also at the next start: it goes before theme of config.toml", name)
        }
        Choice::Remembered => tr!("theme {name}, also at the next start", name),
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
