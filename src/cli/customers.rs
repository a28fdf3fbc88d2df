//! `tierscope customers`: the list with scores and segments, for a spreadsheet or a program.

use std::borrow::Cow;
use std::path::PathBuf;

use anyhow::Context;
use chrono::Utc;
use clap::Args;

use super::analysed::{Analysed, analyse_for};
use super::options::{DataOptions, OptionsError, ScoreOptions, catalogue};
use super::output::refuse_input;
use super::scenario::data_part;
use crate::data::survey::checksum::sha256;
use crate::engine::analysis::Analysis;
use crate::engine::replay::{Capture, capture};
use crate::engine::table::{Column, SortKey, Value, sorted};
use crate::export::file::{Format, Output};
use crate::export::manifest::{Export, Generator, Ids, Manifest, Privacy, Source};
use crate::export::privacy::{Attribute, IdKey};
use crate::export::table::{Cell, Column as Written, Kind};
use crate::export::{sink, write};
use crate::job::CancelToken;
use crate::model::customers::Axis;
use crate::model::field::FieldKind;
use crate::model::measures::Recency;

/// Which list, and where to.
#[derive(Debug, Args)]
pub(super) struct CustomersArgs {
    #[command(flatten)]
    data: DataOptions,
    #[command(flatten)]
    score: ScoreOptions,
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
        (None, Some(path)) => Format::of(path)?,
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
    let list = List { analysis, columns: &columns, privacy: privacy(analysis, &columns, args.mask), key: key.as_ref() };
    let mut out = Output::open(args.out.as_deref(), args.force)?;
    // A manifest that is in the way is told before the work.
    let beside = args.out.as_deref().map(|path| Output::open(Some(&Manifest::path(path)), args.force)).transpose()?;
    let aside = out.folder();
    let written: Vec<Written> = columns.iter().map(Written::from).collect();
    let control = control(analysis, &columns);
    let rows = customers.iter().map(|customer| list.row(*customer as usize));
    let totals = sink(format, &mut out, &aside)
        .and_then(|sink| write(sink, &written, rows, control, &CancelToken::default()))
        .map_err(|error| out.failed(error))?;
    let done = out.finish()?;
    if let Some(beside) = beside {
        let export = Export::new(&done, format, &written, totals, control);
        manifest(args, &analysed, export, key.as_ref())?.write(beside)?;
    }
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
        return names.map(|name| Column::of(analysis, name, name)).collect::<Result<_, _>>().context("--columns");
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
    Ok(usual.map(|(header, name)| Column::of(analysis, name, header)).collect::<Result<_, _>>()?)
}

/// What the list is sorted by.
fn sort_keys(analysis: &Analysis, list: &str) -> anyhow::Result<Vec<SortKey>> {
    let mut keys = Vec::new();
    for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, direction) = part.split_once(':').map_or((part, None), |(name, way)| (name, Some(way)));
        let names: &[&str] = if name == "scores" { &["r", "f", "m"] } else { &[name] };
        for name in names {
            let column = Column::of(analysis, name, name).context("--sort")?;
            let descending = match direction {
                None => column.descends(analysis),
                Some("asc") => false,
                Some("desc") => true,
                Some(other) => return Err(OptionsError::Direction(other.to_owned()).into()),
            };
            keys.push(SortKey { column, descending });
        }
    }
    Ok(keys)
}

/// Says which columns there are.
fn list_columns(analysis: &Analysis) -> anyhow::Result<()> {
    use std::io::Write;
    let mut table = super::output::Table::new(2, ["column", "what it is"]);
    for definition in analysis.fields().definitions() {
        table.row([definition.name.clone(), definition.words.clone()]);
    }
    let mut out = super::output::stdout();
    table.write(&mut out)?;
    Ok(out.flush()?)
}

/// The column whose sum is the control total: net revenue, or else the first of money.
fn control(analysis: &Analysis, columns: &[Column]) -> Option<usize> {
    let monetary = Column::of(analysis, Axis::Monetary.name(), "").ok();
    let is_monetary = |column: &Column| monetary.as_ref().is_some_and(|monetary| monetary.field == column.field);
    let is_money = |column: &Column| matches!(column.kind, FieldKind::Money(_));
    columns.iter().position(is_monetary).or_else(|| columns.iter().position(is_money))
}

/// How each column is masked; `None` where it is not.
fn privacy(analysis: &Analysis, columns: &[Column], mask: bool) -> Vec<Option<Attribute>> {
    let of = |column: &Column| {
        let definition = analysis.fields().definition(column.field);
        let is_person = mask && column.kind == FieldKind::Text && definition.name != "segment";
        let values =
            (0..analysis.customers().len().min(1_000)).filter_map(|customer| match column.value(analysis, customer) {
                Value::Text(text) => Some(text),
                _ => None,
            });
        let attribute = is_person.then(|| Attribute::of(&definition.name, values))?;
        // Regions and categories tell nobody apart.
        (attribute != Attribute::Other || definition.name == "customer").then_some(attribute)
    };
    columns.iter().map(of).collect()
}

/// A list as it is written.
struct List<'a> {
    analysis: &'a Analysis,
    columns: &'a [Column],
    privacy: Vec<Option<Attribute>>,
    key: Option<&'a IdKey>,
}

impl<'a> List<'a> {
    fn row(&self, customer: usize) -> Vec<Cell<'a>> {
        let cell = |(column, privacy): (&Column, &Option<Attribute>)| match column.value(self.analysis, customer) {
            Value::Missing => Cell::Missing,
            Value::Number(number) if column.kind == FieldKind::Share => Cell::Int(number.saturating_mul(100)),
            Value::Number(number) => Cell::Int(number),
            Value::Text(text) => {
                let is_id = self.analysis.fields().definition(column.field).name == "customer";
                Cell::Text(match (self.key.filter(|_| is_id), privacy) {
                    (Some(key), _) => Cow::Owned(key.hash(text)),
                    (None, Some(attribute)) => Cow::Owned(attribute.masked(text)),
                    (None, None) => Cow::Borrowed(text),
                })
            }
        };
        self.columns.iter().zip(&self.privacy).map(cell).collect()
    }
}

impl From<&Column> for Written {
    fn from(column: &Column) -> Self {
        let kind = match column.kind {
            FieldKind::Count | FieldKind::Days => Kind::Count,
            FieldKind::Number(scale) => Kind::Number(scale),
            FieldKind::Money(scale) => Kind::Money(scale),
            FieldKind::Share => Kind::Share,
            FieldKind::Date => Kind::Date,
            FieldKind::Flag => Kind::Flag,
            FieldKind::Text => Kind::Text,
        };
        Self { name: column.header.clone(), kind }
    }
}

/// What stands beside the list.
fn manifest(
    args: &CustomersArgs,
    analysed: &Analysed,
    export: Export,
    key: Option<&IdKey>,
) -> anyhow::Result<Manifest> {
    let analysis = &analysed.analysis;
    let data = data_part(&args.data, args.score.as_of, analysed)?;
    let what = Capture { name: export.file.clone(), note: None, review_by: None, data };
    let mut sources = Vec::new();
    for mapped in &analysed.sources {
        let sum = sha256(&mapped.source.place, || false).with_context(|| mapped.source.place.name())?;
        sources.push(Source {
            file: mapped.source.place.name(),
            bytes: mapped.source.bytes,
            sha256: sum.unwrap_or_default(),
        });
    }
    let ids = match (key, args.mask) {
        (Some(key), _) => Ids::Hashed { key_fingerprint: key.fingerprint().to_owned() },
        (None, true) => Ids::Masked,
        (None, false) => Ids::Plain,
    };
    Ok(Manifest {
        generator: Generator { name: "tierscope".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        written: Utc::now().to_rfc3339(),
        export,
        sources,
        as_of: analysis.measured().as_of().to_string(),
        data_filter: analysis.setting().data_filter.to_string(),
        filter: analysis.setting().filter.to_string(),
        sort: args.sort.clone(),
        scenario: capture(analysis, &catalogue(), what)?.to_toml(),
        privacy: Privacy { masked: args.mask, ids },
    })
}
