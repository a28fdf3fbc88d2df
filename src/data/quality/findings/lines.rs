//! Single findings of a data card: a file, a reason, a policy, a column.

use super::super::super::ledger::Example;
use super::super::super::survey::{ColumnSurvey, MOST_DISTINCT};
use super::super::{ColumnQuality, PolicyQuality, Rejected, SourceQuality};
use super::{Finding, Mark, finding};
use crate::show::list::phrases;
use crate::show::numbers::{count, money, share};
use crate::show::text::quoted;
use crate::{lang, tr, tr_count};

pub(super) fn days(number: i32) -> String {
    tr_count!(number, "{count} day", "{count} days")
}

pub(super) fn source(source: &SourceQuality) -> Vec<Finding> {
    let mut findings = vec![finding(
        None,
        &*source.name,
        tr!("{kind}, {bytes} bytes", kind = source.kind, bytes = count(source.bytes)),
    )];
    findings.extend(source.modified.iter().map(|modified| finding(None, tr!("modified"), modified)));
    findings.extend(source.sha256.iter().map(|digest| finding(None, "SHA-256", digest)));
    findings
}

pub(super) fn rejection(rejected: &Rejected, read: u64) -> Finding {
    let mark = if rejected.policy.is_some() { Mark::Look } else { Mark::of_part(rejected.rows, read) };
    let part = share(rejected.rows, read);
    let words = match rejected.policy {
        None => tr_count!(rejected.rows, "{count} row, {part}", "{count} rows, {part}", part),
        Some(policy) => tr_count!(
            rejected.rows,
            "{count} row, {part}, by the policy `{policy}`",
            "{count} rows, {part}, by the policy `{policy}`",
            part,
            policy = lang::name("policy", policy),
        ),
    };
    finding(mark, lang::text(rejected.reason), words).with(rejected.examples.iter().map(example))
}

pub(super) fn policy(policy: &PolicyQuality) -> Finding {
    let PolicyQuality { policy: name, choice, does, rows, revenue, .. } = policy;
    let does = lang::text(does);
    let (name, choice) = (lang::name("policy", name), lang::name("choice", choice));
    let is_told = does == choice;
    let changed = if policy.changed { tr!("{choice}, changed", choice) } else { choice.to_owned() };
    let does = if is_told { changed } else { tr!("{choice}: {does}", choice = changed, does) };
    let words = match *rows {
        0 => does,
        rows => {
            let money = money(revenue.minor, revenue.scale);
            tr_count!(rows, "{choice} ({count} row, {money})", "{choice} ({count} rows, {money})", choice = does, money)
        }
    };
    finding(None, name, words)
}

pub(super) fn completeness(column: &ColumnQuality, rows: u64) -> Finding {
    let ColumnQuality { survey, role, .. } = column;
    let mut parts = vec![tr!("{part} filled", part = share(survey.filled, survey.filled + survey.missing))];
    if survey.missing > 0 {
        parts.push(tr!("{missing} missing", missing = count(survey.missing)));
    }
    parts.push(match survey.distinct {
        Some(distinct) => tr!("{distinct} distinct", distinct = count(distinct)),
        None => tr!("more than {distinct} distinct", distinct = count(MOST_DISTINCT as u64)),
    });
    parts.extend(kinds(survey));
    parts.extend(survey.longest.map(|longest| tr!("longest {longest}", longest)));
    match (&survey.most_frequent, &survey.first) {
        (Some((value, times)), _) if *times > 1 => {
            parts.push(tr!("mostly `{value}` ({times})", value = brief(value), times = count(*times)));
        }
        (_, Some(first)) => parts.push(tr!("first `{value}`", value = brief(first))),
        _ => {}
    }
    let name = match role {
        Some(role) => tr!("{column} ({role})", column = survey.name, role = role.name()),
        None => survey.name.clone(),
    };
    // What is not used may well be empty here and there.
    let mark = match role {
        _ if survey.filled == 0 => Mark::Look,
        Some(_) => Mark::of_part(survey.missing, rows),
        None => Mark::Ok,
    };
    finding(mark, name, phrases(&parts))
}

/// How many values are numbers and how many dates, where any are.
fn kinds(survey: &ColumnSurvey) -> Vec<String> {
    let ColumnSurvey { filled, numbers, dates, .. } = *survey;
    let numbers = (numbers > 0).then(|| match numbers {
        all if all == filled => tr!("all numbers").to_owned(),
        some => tr_count!(some, "{count} number", "{count} numbers"),
    });
    let dates = (dates > 0).then(|| match dates {
        all if all == filled => tr!("all dates").to_owned(),
        some => tr_count!(some, "{count} date", "{count} dates"),
    });
    numbers.into_iter().chain(dates).collect()
}

/// A value as far as a line has room for it.
fn brief(value: &str) -> String {
    const LONGEST: usize = 32;
    let cut = if value.chars().count() > LONGEST { "…" } else { "" };
    value.chars().take(LONGEST).collect::<String>() + cut
}

pub(super) fn example(example: &Example) -> String {
    let Example { file, row, column, text } = example;
    let text = quoted(text);
    if column.is_empty() {
        tr!("{file} row {row}: {text}", file, row, text)
    } else {
        tr!("{file} row {row} column `{column}`: {text}", file, row, column, text)
    }
}
