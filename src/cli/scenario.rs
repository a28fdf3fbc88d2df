//! `tierscope scenario`: a view as a scenario file, made without a screen.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::analysed::{Analysed, analyse};
use super::options::{DataOptions, Percent, ScoreOptions, catalogue};
use super::output::{for_programs, refuse_input, stdout};
use crate::data::mapping_memory::as_typed;
use crate::data::scenario_file::{ScenarioFileError, save};
use crate::data::source::Source;
use crate::engine::replay::{Capture, capture};
use crate::model::day::Day;
use crate::model::scenario::{DataPart, Scenario};
use crate::show::numbers::{counted, money};
use crate::show::text::clean;
use crate::tr;

/// Which view, and what to call it.
#[derive(Debug, Args)]
pub(super) struct ScenarioArgs {
    #[command(flatten)]
    pub(super) data: DataOptions,
    #[command(flatten)]
    pub(super) score: ScoreOptions,
    /// Write it to this file instead of stdout; a file that is there stays as it is
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    save: Option<PathBuf>,
    /// Write over the file of --save
    #[arg(long, requires = "save", help_heading = "Output")]
    force: bool,
    /// What to call it [default: the name of --scenario, or of the file of --save]
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    name: Option<String>,
    /// What it is for [default: the note of --scenario]
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    note: Option<String>,
    /// Last day before somebody should look whether it still holds [default: that of --scenario]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Output")]
    review_by: Option<Day>,
    /// Percent that a figure may move before `tierscope check` calls it drift [default: that of --scenario, or 1]
    #[arg(long, value_name = "PERCENT", help_heading = "Output")]
    tolerance: Option<Percent>,
}

/// Prints or saves the scenario with the figures of the data.
pub(super) fn run(args: &ScenarioArgs) -> anyhow::Result<()> {
    if let Some(path) = &args.save {
        refuse_input("--save", path, &args.data.places()?)?;
        // Told before the data is read, which may take long; saving looks again.
        if !args.force && path.symlink_metadata().is_ok() {
            return Err(ScenarioFileError::Exists(path.clone()).into());
        }
    }
    let analysed = analyse(&args.data, &args.score)?;
    let scenario = captured(args, &analysed)?;
    let text = for_programs(|| scenario.to_toml());
    let mut out = stdout();
    match &args.save {
        None => write!(out, "{text}")?,
        Some(path) => {
            save(path, &text, args.force)?;
            let total = analysed.analysis.summary().total();
            let saved = tr!(
                "saved {name} to {path}: {customers}, {orders}, revenue {revenue}",
                name = scenario.name,
                path = clean(&path.display().to_string()),
                customers = counted(total.customers, "customer"),
                orders = counted(total.orders, "order"),
                revenue = money(total.revenue, analysed.analysis.customers().scale),
            );
            writeln!(out, "{saved}")?;
        }
    }
    out.flush()?;
    analysed.keep();
    Ok(())
}

/// How the data of an analysis was read, as a scenario says it.
pub(super) fn data_part(data: &DataOptions, as_of: Option<Day>, analysed: &Analysed) -> anyhow::Result<DataPart> {
    let mut part = data.part(as_of, analysed.scenario.as_deref())?;
    // Where there is no such memory, the scenario must do without.
    let sources: Vec<&Source> = analysed.sources.iter().map(|mapped| &mapped.source).collect();
    part.columns = as_typed(&analysed.remembered, &sources, part.columns);
    Ok(part)
}

fn captured(args: &ScenarioArgs, analysed: &Analysed) -> anyhow::Result<Scenario> {
    let followed = analysed.scenario.as_deref();
    let data = data_part(&args.data, args.score.as_of, analysed)?;
    let stem = || args.save.as_deref().and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    let name = args.name.clone().or_else(|| followed.map(|followed| followed.name.clone())).or_else(stem);
    let what = Capture {
        name: name.unwrap_or_else(|| "scenario".to_owned()),
        note: args.note.clone().or_else(|| followed.and_then(|followed| followed.note.clone())),
        review_by: args.review_by.or_else(|| followed.and_then(|followed| followed.review_by)),
        data,
    };
    let mut scenario = capture(&analysed.analysis, &catalogue(), what)?;
    let tolerance = followed.and_then(|followed| followed.expected.as_ref()).map(|expected| expected.tolerance);
    if let (Some(expected), Some(tolerance)) =
        (&mut scenario.expected, args.tolerance.map(|percent| percent.0).or(tolerance))
    {
        expected.tolerance = tolerance;
    }
    Ok(scenario)
}
