//! `tierscope`: the explorer on a full screen.

use std::fs;
use std::io::ErrorKind;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use signal_hook::low_level::emulate_default_handler;

use super::ExploreArgs;
use super::analysed::in_scenario;
use super::check::today;
use super::config::Screen;
use super::folders;
use super::options::catalogue;
use super::screen::ScreenOptions;
use crate::app::keymap::Keymap;
use crate::app::model::Model;
use crate::app::preferences::Preferences;
use crate::app::tour::Tour;
use crate::data::temporary::remove_all;
use crate::engine::plan::PlanError;
use crate::model::money::Scale;
use crate::tr;
use crate::ui::run::{has_terminal, run as run_screen};

/// Opens the files on a full screen.
pub(super) fn run(args: &ExploreArgs, settled: &Screen) -> anyhow::Result<()> {
    if !has_terminal() {
        bail!(tr!(
            "the explorer needs a terminal for its screen and keys; `tierscope report FILE` prints the figures without one"
        ));
    }
    ScreenOptions::require_screen()?;
    let catalogue = catalogue();
    let plan = args.score.plan(&catalogue)?;
    let request = args.data.request(args.score.as_of, plan.scenario.as_deref())?;
    // Contradictions in the options are told before the screen is taken over. Money is judged with the data at hand:
    // its scale is not known yet.
    match plan.settle(&catalogue, Scale::MAX) {
        Ok(_) | Err(PlanError::CutValue { .. }) => {}
        Err(error) => return Err(in_scenario(plan.scenario.as_deref(), error.into())),
    }
    let file = folders::preferences();
    let preferences = file.as_deref().map(Preferences::load).unwrap_or_default();
    let screen = args.screen.over(settled);
    let (theme, looks, themes, lost) = screen.dress(preferences.theme.as_deref())?;
    let mut model = Model::new(request, plan, catalogue);
    model.scheme_folder = folders::schemes();
    model.keymap = Arc::new(keymap(args.keymap.as_deref())?);
    model.mouse = screen.mouse;
    model.today = Some(today());
    // Where nothing can be kept, nobody is shown it again and again.
    model.tour = folders::tour().filter(|file| !file.exists()).map(Tour::first);
    model.session_folder = folders::sessions();
    model.themes = themes;
    if let Some(problem) = lost {
        model.complain(problem);
    }
    let before = preferences.clone();
    model.preferences = preferences;
    let ending = run_screen(model, theme, looks).context(tr!("the terminal cannot be used"))?;
    if let Some(file) = file.filter(|_| ending.preferences != before) {
        ending.preferences.save(&file);
    }
    // Only now that all is kept does a fault go on to whoever tells of it.
    let by = ending.by.unwrap_or_else(|fault| resume_unwind(fault));
    let signal = by.context(tr!("the terminal cannot be used"))?;
    if let Some(signal) = signal {
        remove_all();
        // The terminal is given back; whoever sent the signal should see that it was obeyed.
        emulate_default_handler(signal)?;
    }
    Ok(())
}

/// The keys of a file that is named, else of the user's own where there is one, else the usual ones.
fn keymap(named: Option<&Path>) -> anyhow::Result<Keymap> {
    let own = folders::keymap();
    let Some(path) = named.or(own.as_deref()) else { return Ok(Keymap::default()) };
    match fs::read_to_string(path) {
        Ok(text) => Ok(Keymap::parse(&text, &path.display().to_string())?),
        Err(error) if named.is_none() && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Keymap::default())
        }
        Err(error) => Err(anyhow!(tr!("cannot read the keymap {path}: {cause}", path = path.display(), cause = error))),
    }
}
