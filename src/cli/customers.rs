//! `tierscope customers`: the list with scores and segments, for a spreadsheet or a program.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::analysed::analyse_for;
use super::options::{DataOptions, OptionsError, ScoreOptions, catalogue};
use super::output::refuse_input;
use super::scenario::data_part;
use crate::engine::analysis::Analysis;
use crate::engine::listing::{self, Key, UnknownColumn};
use crate::engine::replay::{Capture, capture};
use crate::engine::table::{Column, sorted};
use crate::export::file::Format;
use crate::export::list::{List, Provenance, ReadFile, Target};
use crate::export::privacy::IdKey;
use crate::export::veil::Veil;
use crate::job::CancelToken;
use crate::model::measures::Recency;
use crate::tr;

/// Which list, and where to.
#[derive(Debug, Args)]
pub(super) struct CustomersArgs {
    #[command(flatten)]
    pub(super) data: DataOptions,
    #[command(flatten)]
    pub(super) score: ScoreOptions,
    /// Form of the list: csv, csv-bom (for spreadsheets), ndjson, json, xlsx, markdown or parquet [default: as the name of
    /// --out ends, else csv]. In CSV a text that a spreadsheet would run as a formula gets an apostrophe in front
    #[arg(long, help_heading = "Output")]
    format: Option<Format>,
    /// Write to this file instead of stdout, with a manifest beside it: what it is, from what it was made, and its sum
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Write over files that are there
    #[arg(long, requires = "out", help_heading = "Output")]
    force: bool,
    /// Columns, by name and in order, such as customer,region,monetary,segment; `help` lists them
    #[arg(long, value_name = "LIST", help_heading = "Output")]
    columns: Option<String>,
    /// Sort by these columns, the first one first; add :asc or :desc to choose a direction, such as segment,monetary:desc
    #[arg(long, value_name = "LIST", default_value = "monetary", help_heading = "Output")]
    sort: String,
    /// Only the first N customers of the sorted list
    #[arg(long, value_name = "N", help_heading = "Output")]
    limit: Option<usize>,
    /// Mask names, phones, mails and addresses; ids too, unless they are hashed
    #[arg(long, help_heading = "Output")]
    mask: bool,
    /// Write ids as hashes that only who has the key in this file can make: HMAC-SHA256, at least 16 bytes
    #[arg(long, value_name = "KEYFILE", help_heading = "Output")]
    hash_ids: Option<PathBuf>,
}

/// Writes the list.
pub(super) fn run(args: &CustomersArgs) -> anyhow::Result<()> {
    let places = args.data.places()?;
    if let Some(path) = &args.out {
        refuse_input("--out", path, &places)?;
    }
    let format = match (args.format, &args.out) {
        (Some(format), _) => format,
        (None, Some(path)) => Format::of(path).context(tr!("--out without --format"))?,
        (None, None) => Format::Csv,
    };
    let key = args.hash_ids.as_deref().map(IdKey::from_file).transpose()?;
    let named = args.columns.iter().chain([&args.sort]).flat_map(|list| list.split(',')).map(bare);
    let analysed = analyse_for(&args.data, &args.score, named)?;
    let analysis = &analysed.analysis;
    if args.columns.as_deref() == Some("help") {
        return list_columns(analysis);
    }
    let columns = columns(analysis, args.columns.as_deref())?;
    let mut customers = sorted(analysis, &sort_keys(analysis, &args.sort)?);
    customers.truncate(args.limit.unwrap_or(usize::MAX));
    let veil = args.mask.then(|| Veil::of(analysis));
    let list = List { analysis, columns, before: None, veil, key: key.as_ref() };
    let target = Target { path: args.out.clone(), force: args.force, format };
    let what = Capture {
        name: args
            .out
            .as_deref()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        note: None,
        review_by: None,
        data: data_part(&args.data, args.score.as_of, &analysed)?,
    };
    // Only a file has a manifest.
    let scenario = match &args.out {
        Some(_) => capture(analysis, &catalogue(), what)?.to_toml(),
        None => String::new(),
    };
    let provenance = || Provenance {
        sources: analysed.sources.iter().map(|mapped| ReadFile::from(&mapped.source)).collect(),
        sort: args.sort.clone(),
        selection: args.limit.map(|limit| tr!("the first {limit}", limit)).unwrap_or_default(),
        scenario: scenario.clone(),
    };
    list.write(&customers, &target, &provenance, &CancelToken::default())?;
    analysed.keep();
    Ok(())
}

/// The name of a column without its direction.
fn bare(name: &str) -> String {
    name.split(':').next().unwrap_or_default().trim().to_owned()
}

/// The columns of the list: those that are named, or the usual ones.
fn columns(analysis: &Analysis, named: Option<&str>) -> anyhow::Result<Vec<Column>> {
    if let Some(named) = named {
        let names = named.split(',').map(str::trim).filter(|name| !name.is_empty());
        let column = |name| Ok(Column::of(analysis, listing::Column::named(analysis, name)?, name));
        return names.map(column).collect::<Result<_, UnknownColumn>>().context("--columns");
    }
    let own_gap = analysis.setting().measures.recency == Recency::OwnGap;
    let usual = [
        ("customer", "customer"),
        ("recency_days", "recency.days"),
        ("recency_own_gaps", "recency.own-gap"),
        ("frequency", "frequency"),
        ("monetary", "monetary"),
        ("first_order", "first_order"),
        ("last_order", "last_order"),
        ("r", "r"),
        ("f", "f"),
        ("m", "m"),
        ("segment", "segment"),
        ("orders", "orders"),
        ("mean_order_value", "mean_order"),
    ];
    let usual = usual.into_iter().filter(|(header, _)| own_gap || *header != "recency_own_gaps");
    let column = |(header, name)| Ok(Column::of(analysis, listing::Column::named(analysis, name)?, header));
    Ok(usual.map(column).collect::<Result<_, UnknownColumn>>()?)
}

/// What the list is sorted by.
fn sort_keys(analysis: &Analysis, list: &str) -> anyhow::Result<Vec<Key>> {
    let mut keys = Vec::new();
    for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, direction) = part.split_once(':').map_or((part, None), |(name, way)| (name, Some(way)));
        let names: &[&str] = if name == "scores" { &["r", "f", "m"] } else { &[name] };
        for name in names {
            let column = listing::Column::named(analysis, name).context("--sort")?;
            let descending = match direction {
                None => column.descends(analysis),
                Some("asc") => false,
                Some("desc") => true,
                Some(other) => return Err(OptionsError::Direction(other.to_owned()).into()),
            };
            keys.push(Key { column, descending });
        }
    }
    Ok(keys)
}

/// Says which columns there are.
fn list_columns(analysis: &Analysis) -> anyhow::Result<()> {
    use std::io::Write;
    let mut table = super::output::Table::new(2, [tr!("head" | "column"), tr!("head" | "what it is")]);
    for definition in analysis.fields().definitions() {
        table.row([definition.name.clone(), definition.words()]);
    }
    let mut out = super::output::stdout();
    table.write(&mut out)?;
    Ok(out.flush()?)
}
