//! `tierscope demo-data`: the made-up shop, remade from its seed.

use std::io::Write;

use clap::Args;

use super::output::stdout;
use crate::demo;

/// Which shop.
#[derive(Debug, Args)]
pub(super) struct DemoDataArgs {
    /// Seed; each makes another shop, always the same one
    #[arg(long, default_value_t = demo::SEED)]
    seed: u64,
}

/// Prints the shop as CSV.
pub(super) fn run(args: &DemoDataArgs) -> anyhow::Result<()> {
    let mut out = stdout();
    out.write_all(demo::generate(args.seed).as_bytes())?;
    out.flush()?;
    Ok(())
}
