//! `tierscope`: the explorer on a full screen.

use anyhow::{Context, bail};
use signal_hook::low_level::emulate_default_handler;

use super::ExploreArgs;
use super::analysed::in_scenario;
use super::check::today;
use super::options::catalogue;
use crate::app::model::Model;
use crate::data::temporary::remove_all;
use crate::engine::plan::PlanError;
use crate::model::money::Scale;
use crate::ui::run::{has_terminal, run as run_screen};

/// Opens the files on a full screen.
pub(super) fn run(args: &ExploreArgs) -> anyhow::Result<()> {
    if !has_terminal() {
        bail!(
            "the explorer needs a terminal for its screen and keys; `tierscope report FILE` prints the figures without one"
        );
    }
    args.screen.require_screen()?;
    let catalogue = catalogue();
    let plan = args.score.plan(&catalogue)?;
    let request = args.data.request(args.score.as_of, plan.scenario.as_deref())?;
    // Contradictions in the options are told before the screen is taken over. Money is judged with the data at hand:
    // its scale is not known yet.
    match plan.settle(&catalogue, Scale::MAX) {
        Ok(_) | Err(PlanError::CutValue { .. }) => {}
        Err(error) => return Err(in_scenario(plan.scenario.as_deref(), error.into())),
    }
    let (theme, looks, themes) = args.screen.dress()?;
    let mut model = Model::new(request, plan, catalogue);
    model.scheme_folder = super::scheme_folder();
    model.today = Some(today());
    model.themes = themes;
    let signal = run_screen(model, theme, looks).context("the terminal cannot be used")?;
    if let Some(signal) = signal {
        remove_all();
        // The terminal is given back; whoever sent the signal should see that it was obeyed.
        emulate_default_handler(signal)?;
    }
    Ok(())
}
