//! What became of the rows: read = kept + rejected, and what was decided.

use std::cmp::Reverse;

use super::super::Subject;
use super::super::document::{Block, Section, Table};
use crate::data::ledger::{Example, Reason};
use crate::data::quality::{PolicyQuality, Unidentified};
use crate::lang;
use crate::show::numbers::{count, money, share};
use crate::show::text::{clean, quoted};
use crate::{tr, tr_count};

pub(in super::super) fn section(subject: &Subject<'_>) -> Section {
    let mut blocks = vec![Block::Text(
        tr!("Every row that was read is kept, or rejected for one reason: rows read = kept + rejected.").to_owned(),
    )];
    blocks.push(Block::Table(rows(subject)));
    let scale = subject.analysis.customers().scale;
    let whole = subject.analysis.whole().customers().net.iter().sum();
    let unidentified = Unidentified::of(subject.ledger, whole, scale);
    if unidentified.rows > 0 {
        let revenue = money(unidentified.revenue.minor, unidentified.revenue.scale);
        let part = share(unidentified.revenue.minor, unidentified.of.minor);
        let of = money(unidentified.of.minor, unidentified.of.scale);
        blocks.push(Block::Text(tr_count!(
            unidentified.rows,
            "Unidentified revenue: {count} row without a customer comes to {revenue}, {part} of {of}. No figure of this \
             report has it.",
            "Unidentified revenue: {count} rows without a customer come to {revenue}, {part} of {of}. No figure of this \
             report has them.",
            revenue,
            part,
            of
        )));
    }
    let policies = policies(subject);
    blocks.push(if policies.rows.is_empty() {
        Block::Text(
            tr!("All policies are the default ones, and no row gave any of them something to decide.").to_owned(),
        )
    } else {
        Block::Table(policies)
    });
    blocks.extend(statuses(subject).map(Block::Table));
    Section { id: "quality", title: tr!("Data quality").to_owned(), blocks }
}

/// The ledger. Its last row is the sum of those above.
fn rows(subject: &Subject<'_>) -> Table {
    let ledger = subject.ledger;
    let caption = tr!("What became of the rows");
    let head = [tr!("what became of them"), tr!("number"), tr!("share"), tr!("first example")];
    let mut table = Table::new(caption, 1, head).with_text(3);
    let read = ledger.read();
    let mut row = |name: String, rows: u64, example: String| {
        table.row([name, count(rows), share(rows, read), example]);
    };
    row(tr!("kept").to_owned(), ledger.kept(), String::new());
    for (reason, rows, examples) in ledger.reasons() {
        let name = tr!("rejected: {reason}", reason = reason_words(reason));
        row(name, rows, examples.first().map(example).unwrap_or_default());
    }
    table.total([tr!("rows read").to_owned(), count(read), share(read, read), String::new()]);
    table
}

fn reason_words(reason: Reason) -> &'static str {
    lang::text(reason.text())
}

fn example(example: &Example) -> String {
    let (file, row, text) = (clean(&example.file), example.row, clean(&example.text));
    let text = quoted(&text).into_owned();
    match &*example.column {
        "" => tr!("{file} row {row}: {text}", file, row, text),
        column => tr!("{file} row {row} column `{column}`: {text}", file, row, column = clean(column), text),
    }
}

/// Decisions with the rows that they are about, where there are any or somebody decided otherwise.
fn policies(subject: &Subject<'_>) -> Table {
    let scale = subject.analysis.customers().scale;
    let head = [tr!("policy"), tr!("about"), tr!("choice"), tr!("what it does"), tr!("rows"), tr!("revenue")];
    let caption = tr!("Policies that found rows to decide on, or are not the default ones");
    let mut table = Table::new(caption, 4, head);
    let of_matter = |policy: &PolicyQuality| policy.changed || policy.rows > 0;
    for policy in PolicyQuality::all(subject.policies, subject.ledger, scale).into_iter().filter(of_matter) {
        table.row([
            lang::name("policy", policy.policy).to_owned(),
            lang::text(policy.about).to_owned(),
            lang::name("choice", policy.choice).to_owned(),
            lang::text(policy.does).to_owned(),
            count(policy.rows),
            money(policy.revenue.minor, policy.revenue.scale),
        ]);
    }
    table
}

/// What was made of each status, those with the most rows first; `None` where no column says any.
fn statuses(subject: &Subject<'_>) -> Option<Table> {
    let statuses = &subject.ledger.statuses;
    if statuses.is_empty() {
        return None;
    }
    let head = [tr!("status"), tr!("taken as"), tr!("rows are"), tr!("rows"), tr!("revenue")];
    let mut table = Table::new(tr!("Statuses of rows without fault"), 3, head);
    let scale = subject.analysis.customers().scale;
    let mut listed: Vec<_> = statuses.each.iter().collect();
    listed.sort_by_key(|one| Reverse(one.rows));
    for one in listed {
        let is_kept = one.meaning.counts(subject.policies);
        table.row([
            if one.status.is_empty() { "–".to_owned() } else { clean(&one.status).into_owned() },
            lang::text(one.meaning.words()).to_owned(),
            if is_kept { tr!("kept") } else { tr!("rejected") }.to_owned(),
            count(one.rows),
            money(one.money(scale).minor, scale),
        ]);
    }
    if statuses.others > 0 {
        let others = [tr!("further ones"), tr!("each by itself"), "", &count(statuses.others), ""];
        table.row(others.map(str::to_owned));
    }
    Some(table)
}
