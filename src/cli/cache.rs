//! `tierscope cache`: what is kept of loads, and its removal. Also when headless commands add to it.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::folders;
use super::output::stdout;
use crate::data::cache::{Unsaved, Usage, clear, usage};
use crate::job::CancelToken;
use crate::show::numbers::count;
use crate::show::text::{clean, left, width};
use crate::{tr, tr_count};

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

/// Shows what is kept and where, or removes it.
pub(super) fn run(args: &CacheArgs) -> anyhow::Result<()> {
    let Some(folder) = folders::loads() else { bail!(tr!("there is no home folder, and so no cache")) };
    let shown = clean(&folder.display().to_string()).into_owned();
    let mut out = stdout();
    match args.what {
        None => {
            let used = usage(&folder).with_context(|| tr!("cannot look into {path}", path = shown))?;
            let rows = [
                (tr!("head" | "folder"), shown),
                (tr!("head" | "entries"), count(used.entries)),
                (tr!("head" | "bytes"), count(used.bytes)),
            ];
            let widest = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
            for (name, value) in rows {
                writeln!(out, "{}  {value}", left(name, widest))?;
            }
        }
        Some(What::Clear) => match clear(&folder).with_context(|| tr!("cannot clear {path}", path = shown))? {
            Usage { entries: 0, bytes: 0 } => {
                writeln!(out, "{}", tr!("nothing to remove from {path}", path = shown))?;
            }
            Usage { entries, bytes } => {
                let bytes = count(bytes);
                let removed = tr_count!(
                    entries,
                    "removed {count} entry ({bytes} bytes) from {path}",
                    "removed {count} entries ({bytes} bytes) from {path}",
                    bytes,
                    path = shown
                );
                writeln!(out, "{removed}")?;
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
