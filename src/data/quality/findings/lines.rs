//! Single findings of a data card: a file, a reason, a policy, a column.

use super::super::super::ledger::Example;
use super::super::super::survey::MOST_DISTINCT;
use super::super::{ColumnQuality, PolicyQuality, Rejected, SourceQuality};
use super::{Finding, Mark, finding};
use crate::show::numbers::{count, counted, money, share};
use crate::show::text::quoted;

pub(super) fn days(number: i32) -> String {
    counted(number, "day")
}

pub(super) fn source(source: &SourceQuality) -> Vec<Finding> {
    let mut findings = vec![finding(None, &*source.name, format!("{}, {} bytes", source.kind, count(source.bytes)))];
    findings.extend(source.modified.iter().map(|modified| finding(None, "modified", modified)));
    findings.extend(source.sha256.iter().map(|digest| finding(None, "SHA-256", digest)));
    findings
}

pub(super) fn rejection(rejected: &Rejected, read: u64) -> Finding {
    let mark = if rejected.policy.is_some() { Mark::Look } else { Mark::of_part(rejected.rows, read) };
    let by = rejected.policy.map_or_else(String::new, |policy| format!(", by the policy `{policy}`"));
    let words = format!("{}, {}{by}", counted(rejected.rows, "row"), share(rejected.rows, read));
    finding(mark, rejected.reason, words).with(rejected.examples.iter().map(example))
}

pub(super) fn policy(policy: &PolicyQuality) -> Finding {
    let PolicyQuality { policy: name, choice, does, rows, revenue, .. } = policy;
    let concerned = match rows {
        0 => String::new(),
        rows => format!(" ({}, {})", counted(*rows, "row"), money(revenue.minor, revenue.scale)),
    };
    let changed = if policy.changed { ", changed" } else { "" };
    let does = if does == choice { String::new() } else { format!(": {does}") };
    finding(None, *name, format!("{choice}{changed}{does}{concerned}"))
}

pub(super) fn completeness(column: &ColumnQuality, rows: u64) -> Finding {
    let ColumnQuality { survey, role, .. } = column;
    let mut parts = vec![format!("{} filled", share(survey.filled, survey.filled + survey.missing))];
    if survey.missing > 0 {
        parts.push(format!("{} missing", count(survey.missing)));
    }
    parts.push(match survey.distinct {
        Some(distinct) => format!("{} distinct", count(distinct)),
        None => format!("more than {} distinct", count(MOST_DISTINCT as u64)),
    });
    let kinds = [("number", survey.numbers), ("date", survey.dates)];
    parts.extend(
        kinds.iter().filter(|(_, number)| *number > 0).map(|(kind, number)| {
            if *number == survey.filled { format!("all {kind}s") } else { counted(*number, kind) }
        }),
    );
    parts.extend(survey.longest.map(|longest| format!("longest {longest}")));
    match (&survey.most_frequent, &survey.first) {
        (Some((value, times)), _) if *times > 1 => parts.push(format!("mostly `{}` ({})", brief(value), count(*times))),
        (_, Some(first)) => parts.push(format!("first `{}`", brief(first))),
        _ => {}
    }
    let role_text = role.map_or_else(String::new, |role| format!(" ({role})"));
    // What is not used may well be empty here and there.
    let mark = match role {
        _ if survey.filled == 0 => Mark::Look,
        Some(_) => Mark::of_part(survey.missing, rows),
        None => Mark::Ok,
    };
    finding(mark, format!("{}{role_text}", survey.name), parts.join(", "))
}

/// A value as far as a line has room for it.
fn brief(value: &str) -> String {
    const LONGEST: usize = 32;
    let cut = if value.chars().count() > LONGEST { "…" } else { "" };
    value.chars().take(LONGEST).collect::<String>() + cut
}

pub(super) fn example(example: &Example) -> String {
    let column = if example.column.is_empty() { String::new() } else { format!(" column `{}`", example.column) };
    format!("{} row {}{column}: {}", example.file, example.row, quoted(&example.text))
}
