//! `tierscope config`: a file of settings to start from, one of keys, and where everything is.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::super::folders;
use super::super::output::{Table, stdout};
use super::sample::sample;
use crate::app::keymap;
use crate::tr;

/// What to print.
#[derive(Debug, Args)]
pub(in super::super) struct ConfigArgs {
    /// Print which files and folders are used instead, and whether they are there
    #[arg(long)]
    paths: bool,
    /// Print a keymap file instead, with every action, its keys and what it does
    #[arg(long, conflicts_with = "paths")]
    keys: bool,
}

/// Prints the sample, or the places.
pub(in super::super) fn run(args: &ConfigArgs, named: Option<&Path>) -> anyhow::Result<()> {
    let mut out = stdout();
    if args.paths {
        paths(named).write(&mut out)?;
    } else if args.keys {
        write!(out, "{}", keymap::sample())?;
    } else {
        write!(out, "{}", sample())?;
    }
    out.flush()?;
    Ok(())
}

fn paths(named: Option<&Path>) -> Table {
    let mut table = Table::new(3, ["", tr!("head" | "path"), ""]);
    let mut row = |what: &str, path: Option<PathBuf>| {
        let there = path.as_ref().map_or("", |path| if path.exists() { "" } else { tr!("not there") });
        table.row([what.to_owned(), path.map_or("–".to_owned(), |path| path.display().to_string()), there.to_owned()]);
    };
    row(tr!("settings"), super::file(named).map(|(path, _)| path));
    row(tr!("own keys"), folders::keymap());
    row(tr!("own themes"), folders::themes());
    row(tr!("own schemes"), folders::schemes());
    row(tr!("remembered columns"), folders::mappings());
    row(tr!("notes of the program"), folders::state());
    row(tr!("preferences"), folders::preferences());
    row(tr!("sessions"), folders::sessions());
    row(tr!("log of the explorer"), folders::log());
    row(tr!("cache"), folders::loads());
    table
}
