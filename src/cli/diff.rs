//! `tierscope diff`: what two scenarios define differently, and who changes segment by it.

mod parts;
mod table;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::analysed::{Analysed, analyse_by, in_scenario};
use super::options::{DataOptions, catalogue};
use super::output::{for_programs, stdout};
use super::words;
use crate::data::scenario_file::read;
use crate::engine::analysis::{AnalysisError, Setting};
use crate::engine::migration::{ABSENT, Migration};
use crate::engine::plan::Plan;
use crate::engine::replay;
use crate::model::day::Day;
use crate::model::filter::Filter;
use crate::model::policies::Policies;
use crate::model::scenario::{DataPart, Scenario};
use crate::model::schemes::Catalogue;
use crate::show::numbers::{count, counted};
use crate::tr;
use parts::{Part, parts};

/// Forms of the comparison.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a person.
    Table,
    /// Everything, for programs; money as decimal strings.
    Json,
    /// The table of movements, for a spreadsheet: a row for each segment of A, a column for each of B.
    Csv,
    /// For a document.
    Markdown,
}

/// What the table of movements holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Their number.
    Customers,
    /// The net sum of their amounts.
    Revenue,
}

impl By {
    fn words(self) -> &'static str {
        match self {
            Self::Customers => tr!("head" | "customers"),
            Self::Revenue => tr!("head" | "revenue"),
        }
    }
}

/// Which scenarios, on what.
#[derive(Debug, Args)]
#[command(
    after_help = "Both scenarios are applied to the same data, read with the columns and the as-of date of B, and \
        to the same customers: those of the rows that B's data filter takes and that B's filter leaves. Where \
        their policies differ, the data is read once for each. Filters of A are named among the differences and \
        not applied. Cuts that follow the data follow all customers of all rows, filtered or not.

Example:
  tierscope diff spring.toml summer.toml sales.csv --by revenue"
)]
pub(super) struct DiffArgs {
    /// Scenario to come from
    #[arg(value_name = "A")]
    from: PathBuf,
    /// Scenario to go to
    #[arg(value_name = "B")]
    to: PathBuf,
    #[command(flatten)]
    pub(super) data: DataOptions,
    /// Day that recency is counted to; rows after it are left out [default: that of B, or the day after the last order]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Comparison")]
    as_of: Option<Day>,
    /// What the table of movements holds
    #[arg(long, value_enum, default_value = "customers", help_heading = "Comparison")]
    by: By,
    /// Form of the comparison
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
}

/// Two definitions on the same customers.
struct Comparison {
    scenarios: [Arc<Scenario>; 2],
    parts: Vec<Part>,
    migration: Migration,
    analysed: Analysed,
    by: By,
}

/// Prints the differences and the movements.
pub(super) fn run(args: &DiffArgs) -> anyhow::Result<()> {
    args.data.require_files()?;
    let is_for_programs = matches!(args.format, Format::Json | Format::Csv);
    let comparison = if is_for_programs { for_programs(|| compare(args)) } else { compare(args) }?;
    let mut out = stdout();
    match args.format {
        Format::Table => table::write(&comparison, &mut out)?,
        Format::Json => table::write_json(&comparison, &mut out)?,
        Format::Csv => table::write_csv(&comparison, &mut out)?,
        Format::Markdown => table::write_markdown(&comparison, &mut out)?,
    }
    out.flush()?;
    comparison.analysed.keep();
    Ok(())
}

fn compare(args: &DiffArgs) -> anyhow::Result<Comparison> {
    let catalogue = catalogue();
    let scenarios = [Arc::new(read(&args.from, &catalogue)?), Arc::new(read(&args.to, &catalogue)?)];
    let [from, to] = &scenarios;
    let plan = Plan { scenario: Some(Arc::clone(to)), ..Plan::default() };
    let mut analysed = analyse_by(&args.data, args.as_of, &plan, &catalogue)?;
    let policies = [from, to].map(|scenario| args.data.policies(scenario));
    if policies[0] != policies[1] {
        return compare_loads(args, scenarios, policies, analysed, &catalogue);
    }
    let analysis = &mut analysed.analysis;
    let recipe = replay::recipe(from, &catalogue, analysis.customers().scale).map_err(AnalysisError::from);
    let before = recipe.and_then(|recipe| replay::setting(analysis, &recipe));
    let before = before.map_err(|error| in_scenario(Some(from), error))?;
    let settings: [&Setting; 2] = [&before, analysis.setting()];
    let parts = parts(&scenarios, policies, settings, analysis.customers().scale)?;
    analysis.compare(Some(Arc::new(before)))?;
    let Some(migration) = Migration::of(analysis) else { anyhow::bail!(tr!("nothing to compare with")) };
    Ok(Comparison { scenarios, parts, migration, analysed, by: args.by })
}

/// The comparison where other policies make other customers of the same rows: the files are loaded once for each scenario.
fn compare_loads(
    args: &DiffArgs,
    scenarios: [Arc<Scenario>; 2],
    policies: [Policies; 2],
    analysed: Analysed,
    catalogue: &Catalogue,
) -> anyhow::Result<Comparison> {
    let [from, to] = &scenarios;
    let analysis = &analysed.analysis;
    // A is read as B is, but for its policies; who is looked at is B's to say.
    let data = DataPart { policies: policies[0], ..to.data.clone() };
    let data_filter = to.data_filter.clone();
    let before = Arc::new(Scenario { data, data_filter, filter: Filter::default(), ..(**from).clone() });
    let plan = Plan { scenario: Some(before), ..Plan::default() };
    let before = analyse_by(&args.data, Some(analysis.measured().as_of()), &plan, catalogue)?.analysis;
    let parts = parts(&scenarios, policies, [before.setting(), analysis.setting()], analysis.customers().scale)?;
    let migration = Migration::between(&before, analysis);
    Ok(Comparison { scenarios, parts, migration, analysed, by: args.by })
}

impl Comparison {
    /// Which customers are compared, and as of when, in a sentence each.
    fn population(&self) -> Vec<String> {
        let [from, to] = &self.scenarios;
        let all = count(self.analysed.analysis.measured().len() as u64);
        let as_of = self.as_of();
        let mut sentences = vec![if to.filter.is_empty() {
            tr!("Compared: all {all} customers, as of {as_of}.", all, as_of)
        } else {
            let left = count(self.analysed.analysis.summary().total().customers);
            tr!(
                "Compared: the {left} of {all} customers that B's filter leaves ({filter}), as of {as_of}.",
                left,
                all,
                filter = to.filter,
                as_of
            )
        }];
        if !to.data_filter.is_empty() {
            let filter = &to.data_filter;
            sentences.push(tr!("The customers are those of rows that B's data filter takes ({filter}).", filter));
        }
        if !from.data_filter.is_empty() && from.data_filter != to.data_filter {
            sentences.push(tr!("A's data filter ({filter}) is not applied.", filter = from.data_filter));
        }
        if !from.filter.is_empty() && from.filter != to.filter {
            sentences.push(tr!("A's filter ({filter}) is not applied.", filter = from.filter));
        }
        let absent = |names: &[String]| names.iter().position(|name| name == ABSENT);
        let [only_b, only_a] = [
            absent(&self.migration.from).map(|from| self.migration.left(from).customers),
            absent(&self.migration.to).map(|to| self.migration.arrived(to).customers),
        ];
        if let (Some(only_a), Some(only_b)) = (only_a, only_b) {
            let (only_a, only_b) = (counted(only_a, "customer"), count(only_b));
            sentences.push(tr!(
                "The policies differ, so the files were read once for each. {absent}: {only_a} of A of whom B keeps no \
                 row, and {only_b} of B of whom A keeps none. Money is as B counts it.",
                absent = words::segment(ABSENT),
                only_a,
                only_b
            ));
        }
        sentences
    }

    fn as_of(&self) -> Day {
        self.analysed.analysis.measured().as_of()
    }

    /// Whether any segment of A has the name of one of B: without, there is nothing to agree on.
    fn has_common_names(&self) -> bool {
        self.migration.from.iter().any(|name| self.migration.to.contains(name))
    }
}
