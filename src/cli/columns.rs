//! `tierscope columns`: what a file's columns are taken for, and why.

mod opening;

use std::io::Write;

use clap::Args;

use super::folders;
use super::options::{DataOptions, demo_place};
use super::output::{self, Table, stdout};
use crate::data::columns::{Choice, Proposal};
use crate::data::expand::spool;
use crate::data::mapping::{WantedColumns, settle};
use crate::data::mapping_memory::{Chosen, recalled, untyped};
use crate::data::scenario_file::value_options;
use crate::data::source::{Source, SourceColumn};
use crate::data::synonyms::Role;
use crate::job::CancelToken;
use crate::show::text;
use crate::tr;
use opening::Opening;

/// Which files.
#[derive(Debug, Args)]
pub(super) struct ColumnsArgs {
    #[command(flatten)]
    data: DataOptions,
}

/// Prints kind, columns with samples, and the proposal of every file.
pub(super) fn run(args: &ColumnsArgs) -> anyhow::Result<()> {
    let mut out = stdout();
    let mut places = args.data.places()?;
    if places.is_empty() {
        places.push(demo_place());
    }
    for place in spool(&places, &CancelToken::default())? {
        let source = Source::open(&place, &args.data.text_options())?;
        describe(&source, args, &mut out)?;
    }
    out.flush()?;
    Ok(())
}

fn describe(source: &Source, args: &ColumnsArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let (values, currency) = value_options(&args.data.part(None, None)?.values)?;
    let proposal = Proposal::of_source(source, &values);
    let mut wanted = args.data.wanted();
    let remembered = match folders::mappings().map(|memory| recalled(&memory, source)).transpose() {
        Ok(chosen) => untyped(&chosen.unwrap_or_default(), &wanted),
        Err(problem) => {
            output::say(&format!("tierscope: {}", tr!("note: {note}", note = text::clean(&problem.to_string()))));
            Vec::new()
        }
    };
    let (file, kind) = (source.place.to_string(), source.kind.describe());
    let file = text::clean(&file);
    let headline = if source.header {
        tr!("{file}: {kind}, with a header", file, kind)
    } else {
        tr!("{file}: {kind}, without a header", file, kind)
    };
    writeln!(out, "{headline}")?;
    let head = ["#", tr!("head" | "column"), tr!("head" | "type"), tr!("head" | "first values")];
    let mut columns = Table::new(4, head);
    for (position, column) in (1..).zip(&source.columns) {
        columns.row([position.to_string(), column.name.clone(), column.declared_words(), samples(column)]);
    }
    columns.write(out)?;
    writeln!(out)?;
    let mut roles = Table::new(3, [tr!("head" | "role"), tr!("head" | "column"), tr!("head" | "evidence")]);
    for role in Role::ALL {
        let (column, evidence) = role_text(role, source, &proposal, (&wanted, &remembered));
        roles.row([role.name().to_owned(), column, evidence]);
    }
    roles.write(out)?;
    for (role, column) in remembered {
        wanted.pick(source, role, column);
    }
    match settle(source, &proposal, &wanted) {
        Ok(mapping) => {
            let opening = Opening::of(source, (&mapping, &proposal.profiles[mapping.date].date), &values, currency);
            writeln!(out, "\n{}\n", text::clean(&opening.words(source, &mapping)))?;
        }
        Err(error) if error.is_wrong_use() => return Err(error.into()),
        Err(error) => {
            let gaps: Vec<String> = error.gaps.iter().map(ToString::to_string).collect();
            let gaps = gaps.join("; ");
            writeln!(out, "\n{}\n", tr!("Not enough to open it: {gaps}.", gaps = text::clean(&gaps)))?;
        }
    }
    Ok(())
}

fn samples(column: &SourceColumn) -> String {
    const SHOWN: usize = 3;
    const WIDTH: usize = 20;
    let filled = column.sample.iter().filter(|value| !value.trim().is_empty());
    let shown: Vec<_> = filled.take(SHOWN).map(|value| text::cut(value.trim(), WIDTH).into_owned()).collect();
    shown.join(" | ")
}

fn role_text(
    role: Role,
    source: &Source,
    proposal: &Proposal,
    (wanted, remembered): (&WantedColumns, &[Chosen]),
) -> (String, String) {
    let name = |column: usize| format!("{} {}", column + 1, source.columns[column].name);
    if let Some((_, column)) = remembered.iter().find(|(known, _)| *known == role) {
        let column = column.map_or_else(|| "–".to_owned(), name);
        return (column, tr!("remembered from the screen that asks for columns").to_owned());
    }
    if let Some(wanted) = wanted.typed(role) {
        let option = role.option();
        return source.position(wanted).map_or_else(
            || ("–".to_owned(), tr!("{option} `{wanted}`: there is no such column", option, wanted)),
            |column| (name(column), tr!("given by {option}", option)),
        );
    }
    match proposal.choice(role) {
        Choice::Found(candidate) => (name(candidate.column), candidate.evidence.to_string()),
        Choice::Ambiguous(candidates) => {
            let names: Vec<String> = candidates.iter().map(|candidate| name(candidate.column)).collect();
            let (names, option) = (names.join(", "), role.option());
            ("?".to_owned(), tr!("one of {names}; give {option} COL", names, option))
        }
        Choice::Missing => match proposal.contradicted(role) {
            Some(column) => {
                let name = &source.columns[column].name;
                ("–".to_owned(), tr!("`{name}` has the name, but not the values", name))
            }
            None => match proposal.sparse_amount().filter(|_| role == Role::Amount) {
                Some(column) => {
                    let (look, name) = (&proposal.profiles[column], &source.columns[column].name);
                    let evidence = tr!(
                        "`{name}` has the name, but only {filled} of {rows} sampled rows have it; quantity x unit price",
                        name,
                        filled = look.filled,
                        rows = look.rows,
                    );
                    ("–".to_owned(), evidence)
                }
                None => ("–".to_owned(), tr!("no column fits").to_owned()),
            },
        },
    }
}
