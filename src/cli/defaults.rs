//! The settings handed over to the options that say nothing.

use super::config::{Config, Start};
use super::options::{DataOptions, ScoreOptions};
use super::{Cli, Command};

/// Fills in what the options leave open.
pub(super) fn fill(cli: &mut Cli, config: &Config) {
    let Cli { command, explore, .. } = cli;
    let Some(command) = command else {
        explore.data.fill(&config.explorer);
        explore.score.fill(&config.explorer);
        return;
    };
    let start = &config.report;
    match command {
        Command::Report(args) => both(&mut args.data, &mut args.score, start),
        Command::Customers(args) => both(&mut args.data, &mut args.score, start),
        Command::Breakdown(args) => both(&mut args.data, &mut args.score, start),
        Command::Scenario(args) => both(&mut args.data, &mut args.score, start),
        Command::Define(args) => both(&mut args.data, &mut args.score, start),
        Command::Check(args) => args.data.fill(start),
        Command::Diff(args) => args.data.fill(start),
        Command::Quality(args) => args.data.fill(start),
        Command::Columns(_)
        | Command::Cache(_)
        | Command::Schemes
        | Command::DemoData(_)
        | Command::Config(_)
        | Command::Completions(_)
        | Command::Man(_) => {}
    }
}

fn both(data: &mut DataOptions, score: &mut ScoreOptions, start: &Start) {
    data.fill(start);
    score.fill(start);
}
