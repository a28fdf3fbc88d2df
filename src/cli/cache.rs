//! `tierscope cache`: what is kept of loads, and its removal. Also when headless commands add to it.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use directories::ProjectDirs;

use super::output::stdout;
use crate::data::cache::{Unsaved, Usage, clear, usage};
use crate::job::CancelToken;
use crate::show::numbers::count;
use crate::show::text::clean;

/// A load that took no longer is not kept by a headless command: whoever runs it waits for its end.
const SOON: Duration = Duration::from_secs(1);

/// The environment variable that says otherwise, in milliseconds.
const SOON_VARIABLE: &str = "TIERSCOPE_CACHE_AFTER";

/// What to do with the cache.
#[derive(Debug, Args)]
pub(super) struct CacheArgs {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Remove what is kept
    Clear,
}

/// The folder of kept loads.
pub(super) fn folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "tierscope").map(|folders| folders.cache_dir().join("loads"))
}

/// Shows what is kept and where, or removes it.
pub(super) fn run(args: &CacheArgs) -> anyhow::Result<()> {
    let Some(folder) = folder() else { bail!("there is no home folder, and so no cache") };
    let shown = clean(&folder.display().to_string()).into_owned();
    let mut out = stdout();
    match args.what {
        None => {
            let used = usage(&folder).with_context(|| format!("cannot look into {shown}"))?;
            writeln!(out, "folder   {shown}\nentries  {}\nbytes    {}", count(used.entries), count(used.bytes))?;
        }
        Some(What::Clear) => match clear(&folder).with_context(|| format!("cannot clear {shown}"))? {
            Usage { entries: 0, bytes: 0 } => writeln!(out, "nothing to remove from {shown}")?,
            Usage { entries, bytes } => {
                let noun = if entries == 1 { "entry" } else { "entries" };
                writeln!(out, "removed {} {noun} ({} bytes) from {shown}", count(entries), count(bytes))?;
            }
        },
    }
    out.flush()?;
    Ok(())
}

/// Keeps what a load gave, where it took so long that the next one is worth it. To be called when all is printed.
pub(super) fn keep(unsaved: Option<&Unsaved>) {
    let said = std::env::var(SOON_VARIABLE).ok().and_then(|text| text.parse().ok());
    let soon = said.map_or(SOON, Duration::from_millis);
    if let Some(unsaved) = unsaved.filter(|unsaved| unsaved.took() >= soon) {
        // It is in the log whether it was; the user has what was asked for.
        let _ = unsaved.write(&CancelToken::default());
    }
}
