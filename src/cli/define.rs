//! `tierscope define`: the scores and segments in force, in words or as SQL.

use std::io::Write;

use anyhow::bail;
use chrono::Utc;
use clap::{Args, ValueEnum};

use super::analysed::{Analysed, analyse};
use super::options::{DataOptions, ScoreOptions};
use super::output::stdout;
use crate::data::load::MappedSource;
use crate::data::mapping::AmountFrom;
use crate::data::place::Place;
use crate::engine::analysis::Analysis;
use crate::engine::definition::{Amount, Columns, Definition, Dialect, NotInSql, Output, ranges, sql, words};
use crate::engine::fields::{Definition as FieldDefinition, Field};
use crate::tr;

/// Forms of a definition.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum As {
    /// Plain words, for who approves it or builds it again.
    Words,
    /// A query for `DuckDB`, whose columns may be text or typed.
    Duckdb,
    /// A query for `PostgreSQL`, whose date and amounts have types of their own.
    #[value(alias = "postgres")]
    Postgresql,
}

/// Which definition.
#[derive(Debug, Args)]
pub(super) struct DefineArgs {
    #[command(flatten)]
    pub(super) data: DataOptions,
    #[command(flatten)]
    pub(super) score: ScoreOptions,
    /// Form of the definition; of several files, the columns are named as in the first
    #[arg(long = "as", value_enum, default_value = "words", help_heading = "Output")]
    form: As,
    /// Table that holds the rows in the database [default: the name of the first file]
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    table: Option<String>,
    /// What the query gives a row for
    #[arg(long, value_enum, default_value = "customers", help_heading = "Output")]
    rows: Output,
}

/// Prints the definition.
pub(super) fn run(args: &DefineArgs) -> anyhow::Result<()> {
    let analysed = analyse(&args.data, &args.score)?;
    let Some(first) = analysed.sources.first() else { bail!(tr!("no file was read")) };
    let table = args.table.clone().unwrap_or_else(|| table_name(&first.source.place));
    let text = definition(&analysed, first, &table, |definition| match args.form {
        As::Words => Ok(words(definition)),
        As::Duckdb => sql(definition, Dialect::DuckDb, args.rows),
        As::Postgresql => sql(definition, Dialect::PostgreSql, args.rows),
    })?;
    let mut out = stdout();
    write!(out, "{text}")?;
    out.flush()?;
    analysed.keep();
    Ok(())
}

/// The definition of an analysis in words, with the table and the columns of its first file.
pub(super) fn in_words(analysed: &Analysed) -> anyhow::Result<String> {
    let Some(first) = analysed.sources.first() else { bail!(tr!("no file was read")) };
    Ok(definition(analysed, first, &table_name(&first.source.place), |definition| Ok(words(definition)))?)
}

fn definition(
    analysed: &Analysed,
    MappedSource { source, mapping, .. }: &MappedSource,
    table: &str,
    text: impl Fn(&Definition<'_>) -> Result<String, NotInSql>,
) -> Result<String, NotInSql> {
    let analysis = &analysed.analysis;
    let name = |column: usize| source.columns[column].name.as_str();
    let amount = match mapping.amount {
        AmountFrom::Column(column) => Amount::Column(name(column)),
        AmountFrom::Product { quantity, unit_price } => {
            Amount::Product { quantity: name(quantity), unit_price: name(unit_price) }
        }
    };
    let scale = analysis.customers().scale;
    let conditions = ranges(analysis.bound(), analysis.fields());
    let filter = conditions.is_none().then(|| told_filter(analysis));
    let data_filter = analysis.taken().map(|_| analysis.setting().data_filter.to_string());
    text(&Definition {
        table,
        columns: Columns {
            customer: name(mapping.customer),
            order: mapping.order.map(name),
            date: name(mapping.date),
            date_format: mapping.date_format,
            amount,
            numbers: mapping.numbers,
            refund: mapping.refund.map(name),
            status: mapping.status.map(name),
            currency: mapping.currency.map(name),
        },
        as_of: analysis.measured().as_of(),
        policies: analysed.policies,
        today: analysed.policies.drops_future().then(|| Utc::now().date_naive().into()),
        currency: analysed.currency,
        zoned: analysed.zoned,
        measures: analysis.setting().measures,
        cuts: &analysis.setting().cuts,
        scale,
        scheme: analysis.scheme(),
        map: analysis.map(),
        data_filter: data_filter.as_deref(),
        conditions: conditions.as_deref().unwrap_or_default(),
        filter: filter.as_deref(),
    })
}

/// The filter with what the rules and the lifetime values mean that it speaks of.
fn told_filter(analysis: &Analysis) -> String {
    let setting = analysis.setting();
    let asked: Vec<&FieldDefinition> =
        analysis.bound().fields().into_iter().map(|field| analysis.fields().definition(field)).collect();
    let mut text = setting.filter.to_string();
    if let Some(clv) = asked.iter().find(|definition| definition.field == Field::Clv) {
        text = format!("{text}; clv: {}", clv.words());
    }
    if asked.iter().any(|definition| matches!(definition.field, Field::Vip(_) | Field::VipTier)) {
        let rules: Vec<String> = setting.rules.iter().map(ToString::to_string).collect();
        text = tr!("{text}; VIP rules, in their order: {rules}", text, rules = rules.join("; "));
    }
    text
}

/// The name of a file up to its first dot.
fn table_name(place: &Place) -> String {
    let name = place.path().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let stem = name.as_deref().and_then(|name| name.split('.').next()).filter(|stem| !stem.is_empty());
    stem.unwrap_or("transactions").to_owned()
}
