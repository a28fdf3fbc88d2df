//! `tierscope check`: whether a scenario still holds on the data of today.

mod figures;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};

use super::analysed::{Analysed, analyse_by};
use super::data_filter::taken;
use super::options::{DataOptions, OptionsError, Percent, catalogue};
use super::output::{Table, for_programs, json, stdout};
use super::words;
use crate::data::scenario_file::read;
use crate::engine::plan::Plan;
use crate::engine::replay::figures as counted;
use crate::model::customers::Axis;
use crate::model::day::Day;
use crate::model::money::Decimal;
use crate::model::scenario::check::{Drift, drift, overdue};
use crate::model::scenario::{Figures, Scenario};
use crate::show::numbers::{count, decimal};
use crate::show::text::clean;
use crate::{tr, tr_count};
use figures::Checked;

/// The exit status of a scenario that does not hold.
const DRIFTED: u8 = 3;

/// Forms of the answer.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a person: a line for each figure that drifted.
    Table,
    /// Everything, for programs; numbers that may have decimals as decimal strings.
    Json,
}

/// Which scenario, and on what.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 when all figures are as expected and no review is overdue, 3 when a figure has \
        moved by more than the tolerance or the review is overdue, 1 for a failure, 2 for a wrong use.

Example:
  tierscope check spring.toml sales.csv || echo 'look at spring.toml again'"
)]
pub(super) struct CheckArgs {
    /// Scenario to check, with the figures it showed when it was saved
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    #[command(flatten)]
    pub(super) data: DataOptions,
    /// Day that recency is counted to; rows after it are left out [default: the scenario's, or the day after the last order]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Check")]
    as_of: Option<Day>,
    /// Percent of what it was that a figure may move before it is drift [default: the scenario's]
    #[arg(long, value_name = "PERCENT", help_heading = "Check")]
    tolerance: Option<Percent>,
    /// Day that the review date is held against [default: the present day in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Check")]
    today: Option<Day>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
}

/// What was held against what.
struct Check<'a> {
    analysed: &'a Analysed,
    scenario: &'a Scenario,
    expected: &'a Figures,
    actual: Figures,
    tolerance: Decimal,
    drift: Vec<Drift>,
    today: Day,
}

impl Check<'_> {
    fn overdue(&self) -> Option<i32> {
        overdue(self.scenario.review_by, self.today)
    }
}

/// Prints what drifted, and tells it by the exit status too.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    args.data.require_files()?;
    let catalogue = catalogue();
    let scenario = Arc::new(read(&args.scenario, &catalogue)?);
    let Some(expected) = &scenario.expected else {
        return Err(OptionsError::NoFigures(args.scenario.display().to_string()).into());
    };
    let plan = Plan { scenario: Some(Arc::clone(&scenario)), ..Plan::default() };
    let analysed = analyse_by(&args.data, args.as_of, &plan, &catalogue)?;
    let actual = counted(&analysed.analysis);
    let tolerance = args.tolerance.map_or(expected.tolerance, |percent| percent.0);
    let check = Check {
        drift: drift(&expected.figures, &actual, tolerance),
        analysed: &analysed,
        scenario: &scenario,
        expected: &expected.figures,
        actual,
        tolerance,
        today: args.today.unwrap_or_else(today),
    };
    let mut out = stdout();
    match args.format {
        Format::Table => write_table(&check, &mut out)?,
        Format::Json => json(&mut out, &for_programs(|| Checked::of(&check)), true)?,
    }
    out.flush()?;
    analysed.keep();
    let holds = check.drift.is_empty() && check.overdue().is_none();
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(DRIFTED) })
}

/// The present day in UTC.
pub(super) fn today() -> Day {
    const DAY: u64 = 86_400;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Day(i32::try_from(seconds / DAY).unwrap_or(i32::MAX))
}

fn write_table(check: &Check<'_>, out: &mut impl Write) -> anyhow::Result<()> {
    let name = clean(&check.scenario.name);
    let tolerance = check.tolerance;
    let verdict = match check.drift.len() {
        0 => tr!("{name}: as expected (tolerance {tolerance}%)", name, tolerance),
        drifted => tr_count!(
            drifted as u64,
            "{name}: {count} figure drifted (tolerance {tolerance}%)",
            "{name}: {count} figures drifted (tolerance {tolerance}%)",
            name,
            tolerance
        ),
    };
    writeln!(out, "{verdict}")?;
    let ledger = &check.analysed.ledger;
    let (as_of, read, kept) = (check.analysed.analysis.measured().as_of(), count(ledger.read()), count(ledger.kept()));
    writeln!(out, "{}", tr!("as of {as_of}; rows: {read} read, {kept} kept", as_of, read, kept))?;
    if let Some(line) = taken(&check.analysed.analysis) {
        writeln!(out, "{line}")?;
    }
    match (check.scenario.review_by, check.overdue()) {
        (Some(day), Some(days)) => {
            let overdue = tr_count!(
                days,
                "review overdue: by {day}, {count} day ago",
                "review overdue: by {day}, {count} days ago",
                day
            );
            writeln!(out, "{overdue}")?;
        }
        (Some(day), None) => writeln!(out, "{}", tr!("review by {day}", day))?,
        (None, _) => {}
    }
    if check.drift.is_empty() {
        for line in held(check) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
        segments(check).write(out)?;
    } else {
        writeln!(out)?;
    }
    for drift in &check.drift {
        writeln!(out, "{}", clean(&drift.to_string()))?;
    }
    Ok(())
}

/// Orders and cuts, of those figures that are as expected.
fn held(check: &Check<'_>) -> Vec<String> {
    let Check { expected, actual, .. } = check;
    let told = |name: String, was: String, is: String| {
        if was == is { tr!("{name}: {is}", name, is) } else { tr!("{name}: {is}, expected {was}", name, is, was) }
    };
    let mut lines = vec![told(tr!("orders").to_owned(), count(expected.orders), count(actual.orders))];
    for axis in Axis::ALL {
        let [was, is] = [expected, actual].map(|figures| list(&figures.cuts[axis.index()]));
        if !was.is_empty() {
            lines.push(told(tr!("{axis} cuts", axis = words::axis(axis)), was, is));
        }
    }
    lines
}

/// Customers and revenue, of those figures that are as expected.
fn segments(check: &Check<'_>) -> Table {
    let Check { expected, actual, .. } = check;
    let mut table = Table::new(
        1,
        [
            tr!("head" | "segment"),
            tr!("head" | "customers"),
            tr!("head" | "expected"),
            tr!("head" | "revenue"),
            tr!("head" | "expected"),
        ],
    );
    let mut row = |name: &str, was: (u64, Decimal), is: (u64, Decimal)| {
        table.row([name.to_owned(), count(is.0), count(was.0), decimal(is.1), decimal(was.1)]);
    };
    for was in &expected.segments {
        if let Some(is) = actual.segments.iter().find(|is| is.name == was.name) {
            row(words::segment(&was.name), (was.customers, was.revenue), (is.customers, is.revenue));
        }
    }
    row(tr!("head" | "total"), (expected.customers, expected.revenue), (actual.customers, actual.revenue));
    table
}

fn list(cuts: &[Decimal]) -> String {
    cuts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
