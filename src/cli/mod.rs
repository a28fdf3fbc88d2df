//! The command line: one file a command. All commands stand on the same loading and the same analysis.

mod analysed;
mod arguments;
mod breakdown;
mod cache;
mod check;
mod columns;
mod completions;
pub mod config;
mod customers;
mod data_filter;
mod defaults;
mod define;
mod demo_data;
mod diff;
mod explore;
pub mod folders;
mod help;
mod log;
mod man;
mod options;
mod output;
mod plans;
mod policies;
mod quality;
mod reading;
mod report;
mod scenario;
mod schemes;
mod screen;
mod signals;
mod start;
mod usage_error;
mod words;

use std::ffi::OsString;
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::app::keymap::KeymapError;
use crate::data::expand::ExpandError;
use crate::data::load::LoadError;
use crate::data::mapping::MappingError;
use crate::data::scenario_file::ScenarioFileError;
use crate::data::temporary;
use crate::engine::analysis::AnalysisError;
use crate::engine::breakdown::BreakdownError;
use crate::engine::listing::UnknownColumn;
use crate::lang::{self, Language};
use crate::show::system;
use crate::show::text::{clean, is_unsafe};
use crate::tr;
use crate::ui::theme::ThemeError;
use arguments::Arguments;
use config::{Config, ConfigError};
use options::{DataOptions, ScoreOptions};

/// Explore customer segments in the terminal: who buys, how recently, how often, for how much.
///
/// Opens files of transactions (CSV and other text in any encoding, Parquet, Arrow IPC, workbooks, databases; compressed, in
/// archives and folders), tells what became of each row, scores every customer by recency, frequency and monetary value, and shows heatmap, tiers, distributions and customers. Move a
/// threshold with a key and everything follows. Without FILE it opens a made-up shop to try it on.
#[derive(Debug, Parser)]
#[command(
    name = "tierscope",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  tierscope                                   the demo shop
  tierscope sales.csv                         columns are found by name and value
  tierscope 'sales/2024-*.parquet' --method mean --scheme cn-8
  tierscope report sales.csv --format json    the same figures without a screen
  tierscope breakdown sales.csv --by channel  who buys where, segment by segment
  tierscope scenario sales.csv --save spring.toml
  tierscope check spring.toml sales.csv       does it still hold? Exit status 3 when not
  tierscope quality sales.csv                 what the data is worth, before any figure is believed
Press ? inside for the keys."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    explore: ExploreArgs,
    /// Language: en, zh-Hans or zh-Hant [default: that of the environment]
    #[arg(long, global = true, value_name = "LANG", help_heading = "Other")]
    lang: Option<Language>,
    /// File of settings [default: config.toml in the folder of settings, where there is one]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Other")]
    config: Option<PathBuf>,
    /// Add a log of what happens to this file, which is new or a log already
    #[arg(long, global = true, value_name = "PATH", help_heading = "Other")]
    log: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct ExploreArgs {
    #[command(flatten)]
    data: DataOptions,
    #[command(flatten)]
    score: ScoreOptions,
    #[command(flatten)]
    screen: screen::ScreenOptions,
    /// Keys from this file, in place of keymap.toml in the config folder
    #[arg(long, value_name = "PATH", help_heading = "Screen")]
    keymap: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print totals, cuts, segments and cells
    Report(report::ReportArgs),
    /// Print or save the list of customers with their scores and segments
    Customers(customers::CustomersArgs),
    /// Print segments by the values of any field: counts, revenue, shares, and the index against everybody
    Breakdown(breakdown::BreakdownArgs),
    /// Write the view that the options make as a scenario file, with the figures it shows
    Scenario(scenario::ScenarioArgs),
    /// Recompute a scenario and name what has drifted, and whether its review is overdue
    Check(check::CheckArgs),
    /// Compare two scenarios: what they define differently, and who changes segment by it
    Diff(diff::DiffArgs),
    /// Print the definition of scores and segments in words or as SQL
    Define(define::DefineArgs),
    /// Show the columns of a file, which roles they are given, and why
    Columns(columns::ColumnsArgs),
    /// Print the data card: what the data is worth, from where it comes to who is who
    Quality(quality::QualityArgs),
    /// Show what is kept of files for their next opening, or remove it
    Cache(cache::CacheArgs),
    /// List the schemes there are, with what each is written for
    Schemes,
    /// Print the made-up shop that opens when no file is given
    DemoData(demo_data::DemoDataArgs),
    /// Print a file of settings with every key and its default, or where files and folders are
    Config(config::ConfigArgs),
    /// Print what a shell needs to complete the command line
    Completions(completions::CompletionsArgs),
    /// Print the manual, or write a page of it for each command
    Man(man::ManArgs),
}

/// What became of the last panic, kept for after the terminal is restored.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Parses the command line, runs the command, and says in one sentence on stderr what went wrong.
///
/// Exit status: 0, 1 for a failure, 2 for a wrong use, 3 for a scenario or a control figure that does not hold.
#[must_use]
pub fn main() -> ExitCode {
    let command = Cli::command();
    let is_command = |name: &str| name == "help" || command.find_subcommand(name).is_some();
    let arguments = Arguments::of(std::env::args_os(), is_command);
    let (config, problem) = start::begin(&arguments);
    let cli = match parsed(help::spoken(command, arguments.help), arguments.all) {
        Ok(cli) => cli,
        Err(error) => return wrong_use(&error),
    };
    // A panic prints nothing by itself: it may be a decoder's, caught and turned into an error, and on a full screen
    // its text would be lost. One that nobody catches is told below.
    panic::set_hook(Box::new(|panic| {
        tracing::error!("a fault at {}", panic.location().map(ToString::to_string).unwrap_or_default());
        if let Ok(mut last) = PANIC.lock() {
            *last = Some(panic.to_string());
        }
    }));
    let done = panic::catch_unwind(|| run(cli, &config, problem));
    // A job that nobody waited for may still hold some.
    temporary::remove_all();
    match done {
        Ok(Ok(status)) => status,
        Ok(Err(error)) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            output::say(&format!("tierscope: {}", one_line(&told(&error))));
            ExitCode::from(exit_status(&error))
        }
        Err(_) => {
            let told = PANIC.lock().ok().and_then(|mut last| last.take());
            let told = one_line(&told.unwrap_or_default());
            output::say(&format!("tierscope: {}", tr!("a fault of the program, not of your data: {told}", told)));
            ExitCode::FAILURE
        }
    }
}

fn parsed(mut command: clap::Command, arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// Says what is wrong with the arguments, which are quoted, or prints the help or the version.
fn wrong_use(error: &clap::Error) -> ExitCode {
    let status = u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
    let ours = if lang::current() == Language::English { None } else { usage_error::told(error) };
    if ours.is_some() || std::env::args_os().any(|argument| argument.to_string_lossy().contains(is_unsafe)) {
        let text = ours.unwrap_or_else(|| error.to_string());
        // Without colours, whose sequences could not be told from those of an argument.
        let lines = text.trim_end().lines().map(clean).collect::<Vec<_>>().join("\n");
        output::say(&lines);
    } else if let Err(error) = error.print() {
        tracing::debug!("nobody reads what is wrong: {error}");
    }
    status
}

fn run(mut cli: Cli, config: &Config, problem: anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    // The language is set by now; only what the parser took for it counts.
    cli.lang.into_iter().for_each(lang::set);
    match &cli.log {
        Some(path) => log::start_at(path)?,
        None if cli.command.is_none() => log::start_in(folders::log()),
        None => {}
    }
    if cli.command.is_some()
        && let Err(error) = signals::watch()
    {
        tracing::warn!("signals are not waited for: {error}");
    }
    // These help to put the settings right.
    if !matches!(cli.command, Some(Command::Config(_) | Command::Completions(_) | Command::Man(_))) {
        problem?;
    }
    defaults::fill(&mut cli, config);
    let done = match cli.command {
        None => explore::run(&cli.explore, &config.screen),
        Some(Command::Report(args)) => report::run(&args),
        Some(Command::Customers(args)) => customers::run(&args),
        Some(Command::Breakdown(args)) => breakdown::run(&args),
        Some(Command::Scenario(args)) => scenario::run(&args),
        Some(Command::Check(args)) => return check::run(&args),
        Some(Command::Diff(args)) => diff::run(&args),
        Some(Command::Define(args)) => define::run(&args),
        Some(Command::Columns(args)) => columns::run(&args),
        Some(Command::Quality(args)) => return quality::run(&args),
        Some(Command::Cache(args)) => cache::run(&args),
        Some(Command::Schemes) => schemes::run(),
        Some(Command::DemoData(args)) => demo_data::run(&args),
        Some(Command::Config(args)) => config::run(&args, cli.config.as_deref()),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// Wrong use is told from failure by the kind of error.
fn exit_status(error: &anyhow::Error) -> u8 {
    let wrong_use = error.downcast_ref::<AnalysisError>().is_some()
        || error.downcast_ref::<LoadError>().is_some_and(|error| match error {
            LoadError::Expand(error) => is_wrong_name(error),
            LoadError::Mapping(unmapped) => unmapped.error.is_wrong_use(),
            LoadError::Attribute(_) => true,
            _ => false,
        })
        || error.downcast_ref::<MappingError>().is_some_and(MappingError::is_wrong_use)
        || error.downcast_ref::<ExpandError>().is_some_and(is_wrong_name)
        || error.downcast_ref::<options::OptionsError>().is_some()
        || error.downcast_ref::<start::VariableError>().is_some()
        || error.downcast_ref::<ConfigError>().is_some_and(ConfigError::is_wrong_use)
        || error.downcast_ref::<KeymapError>().is_some()
        || error.downcast_ref::<UnknownColumn>().is_some()
        || error.downcast_ref::<BreakdownError>().is_some()
        || error.downcast_ref::<ThemeError>().is_some()
        || error
            .downcast_ref::<ScenarioFileError>()
            .is_some_and(|error| matches!(error, ScenarioFileError::Invalid { .. } | ScenarioFileError::TooLarge(_)));
    if wrong_use { 2 } else { 1 }
}

/// Whether what is named cannot be meant.
const fn is_wrong_name(error: &ExpandError) -> bool {
    matches!(error, ExpandError::Pattern { .. } | ExpandError::Twice(_))
}

/// An error with its causes, each said once: most of ours quote their cause already.
fn told(error: &anyhow::Error) -> String {
    error.chain().skip(1).fold(error.to_string(), |text, cause| {
        let cause = system::cause(cause);
        if text.contains(&cause) { text } else { tr!("{text}: {cause}", text, cause) }
    })
}

/// Errors of parsers bring lines of their own; text from data may bring anything.
fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    clean(&lines.join(" ")).into_owned()
}
