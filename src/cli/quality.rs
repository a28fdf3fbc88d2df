//! `tierscope quality`: the data card without a screen, and control figures held against what they should be.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::cache::keep;
use super::check::today;
use super::options::DataOptions;
use super::output::{Table, cell, for_programs, json, stdout};
use super::words;
use crate::data::load::load;
use crate::data::place::tell_apart;
use crate::data::quality::{DataSet, Expected, Quality, Section, headline};
use crate::data::survey::survey;
use crate::job::{CancelToken, Progress};
use crate::model::day::Day;
use crate::model::money::Decimal;
use crate::show::text::{clean, left, width};
use crate::tr;

/// The exit status where a control figure is not as expected.
const APART: u8 = 3;

/// Forms of the card.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For a person.
    Table,
    /// Everything, for programs; money as decimal strings.
    Json,
    /// A line a finding, for a spreadsheet.
    Csv,
    /// For a document.
    Markdown,
}

/// Whose quality.
#[derive(Debug, Args)]
#[command(
    after_help = "Marks: `ok`; `look` for what is worth a look; `problem` for what is likely wrong, or so much that \
        figures depend on it.

Exit status: 0, 3 when an expected figure does not hold, 1 for a failure, 2 for a wrong use.

Example:
  tierscope quality sales.csv --expect-total 8911407.90 --expect-rows 397884"
)]
pub(super) struct QualityArgs {
    #[command(flatten)]
    pub(super) data: DataOptions,
    /// Day that recency is counted to; rows after it are left out [default: the day after the last order]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Quality")]
    as_of: Option<Day>,
    /// What the net sum of all kept amounts should be, compared at the cent
    #[arg(long, value_name = "AMOUNT", value_parser = amount, allow_hyphen_values = true, help_heading = "Quality")]
    expect_total: Option<Decimal>,
    /// How many rows should be read, kept or not
    #[arg(long, value_name = "N", help_heading = "Quality")]
    expect_rows: Option<u64>,
    /// Day that the age of the data is told for [default: the present day in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Quality")]
    today: Option<Day>,
    /// Form of the card
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
}

/// An amount, with commas between groups of three digits or without.
fn amount(text: &str) -> Result<Decimal, String> {
    let problem = || tr!("`{text}`: give an amount such as 8911407.90 or 8,911,407.90", text);
    let whole = text.split('.').next().unwrap_or_default().trim_start_matches(['-', '+']);
    let mut groups = whole.split(',');
    let first = groups.next().map_or(0, str::len);
    let is_grouped = (1..=3).contains(&first) && groups.all(|group| group.len() == 3);
    if whole.contains(',') && !is_grouped {
        return Err(problem());
    }
    Decimal::parse(text.replace(',', "").as_bytes()).map_err(|_| problem())
}

/// The card with its findings, for programs.
#[derive(Serialize)]
struct Card<'a> {
    #[serde(flatten)]
    quality: &'a Quality,
    findings: &'a [Section],
}

/// Prints the card, and tells by the exit status whether the control figures hold.
pub(super) fn run(args: &QualityArgs) -> anyhow::Result<ExitCode> {
    let cancel = CancelToken::default();
    let mut request = args.data.request(args.as_of, None)?;
    request.spool(&cancel)?;
    tell_apart(&mut request.places);
    let loaded = load(&request, &Progress::default(), &cancel)?;
    let surveyed = survey(&loaded.sources, &loaded.customers.ids, &Progress::default(), &cancel)?;
    let card = || {
        let data = DataSet::of(&loaded, request.policies);
        let mut quality = Quality::of(data, Some(&surveyed), Some(args.today.unwrap_or_else(today)));
        if args.expect_total.is_some() || args.expect_rows.is_some() {
            quality.expect(args.expect_total, args.expect_rows);
        }
        let sections = quality.sections();
        (quality, sections)
    };
    // Programs read the same words whoever runs them.
    let (quality, sections) =
        if matches!(args.format, Format::Json | Format::Csv) { for_programs(card) } else { card() };
    let mut out = stdout();
    match args.format {
        Format::Table => write_table(&sections, &mut out)?,
        Format::Json => json(&mut out, &Card { quality: &quality, findings: &sections }, true)?,
        Format::Csv => write_csv(&sections, &mut out)?,
        Format::Markdown => write_markdown(&sections, &mut out)?,
    }
    out.flush()?;
    keep(loaded.unsaved.as_ref());
    let holds = quality.expected.as_ref().is_none_or(Expected::holds);
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(APART) })
}

fn write_table(sections: &[Section], out: &mut impl Write) -> io::Result<()> {
    const WIDEST: usize = 28;
    writeln!(out, "{}", headline(sections))?;
    for section in sections {
        writeln!(out, "\n{}", section.title)?;
        // One name that is longer than most does not push all others to the right.
        let subjects = section.findings.iter().map(|finding| width(&clean(&finding.subject)));
        let column = subjects.filter(|width| *width <= WIDEST).max().unwrap_or(0);
        for finding in &section.findings {
            let mark = left(finding.mark.map_or("", words::mark), 8);
            let subject = clean(&finding.subject);
            let subject = if width(&subject) > column { subject.into_owned() } else { left(&subject, column) };
            writeln!(out, "{}", format!("  {mark} {subject}  {}", clean(&finding.words)).trim_end())?;
            for detail in &finding.details {
                writeln!(out, "             {}", clean(detail))?;
            }
        }
    }
    Ok(())
}

fn write_csv(sections: &[Section], out: &mut impl Write) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["section", "mark", "subject", "finding", "details"])?;
    for section in sections {
        for finding in &section.findings {
            csv.write_record([
                section.title,
                finding.mark.map_or("", |mark| for_programs(|| mark.name())),
                &cell(&finding.subject),
                &cell(&finding.words),
                &cell(&finding.details.join("; ")),
            ])?;
        }
    }
    csv.flush()?;
    Ok(())
}

fn write_markdown(sections: &[Section], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}", tr!("Data card"), headline(sections))?;
    for section in sections {
        writeln!(out, "\n## {}\n", section.title)?;
        let mut table = Table::new(3, [tr!("head" | "mark"), tr!("head" | "subject"), tr!("head" | "finding")]);
        for finding in &section.findings {
            let mark = finding.mark.map_or("", words::mark).to_owned();
            let told = [std::slice::from_ref(&finding.words), &finding.details].concat().join("; ");
            table.row([mark, finding.subject.clone(), told]);
        }
        table.write_markdown(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_with_and_without_groups_but_never_guessed() {
        for (text, expected) in [
            ("8911407.90", Some("8911407.90")),
            ("8,911,407.904", Some("8911407.904")),
            ("-1,000", Some("-1000")),
            ("12", Some("12")),
            ("8911407,90", None),
            ("1,0000", None),
            (",100", None),
            ("", None),
            ("all", None),
        ] {
            assert_eq!(amount(text).ok().map(|amount| amount.to_string()).as_deref(), expected, "{text}");
        }
    }
}
