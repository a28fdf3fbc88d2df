//! What two scenarios define differently, part by part, in words.

use std::sync::Arc;

use serde::Serialize;

use super::super::words;
use crate::data::synonyms::Role;
use crate::engine::analysis::Setting;
use crate::lang;
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Method};
use crate::model::filter::Filter;
use crate::model::money::Scale;
use crate::model::policies::{Policies, Policy};
use crate::model::scenario::{Columns, Scenario, TextPart};
use crate::model::scheme::SchemeError;
use crate::{mark, tr};

/// A part of the definition that differs.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    /// Which.
    pub(super) what: String,
    /// How A has it.
    pub(super) a: String,
    /// How B has it.
    pub(super) b: String,
}

/// Every part that differs, the cuts as they are on the data at hand and the policies as they are obeyed.
pub(super) fn parts(
    scenarios: &[Arc<Scenario>; 2],
    policies: [Policies; 2],
    settings: [&Setting; 2],
    money: Scale,
) -> Result<Vec<Part>, SchemeError> {
    let said = scenarios.each_ref().map(AsRef::as_ref);
    let mut found = Vec::new();
    let mut note = |what: &str, [a, b]: [String; 2]| {
        if a != b {
            found.push(Part { what: what.to_owned(), a, b });
        }
    };
    let as_of =
        said.map(|said| said.data.as_of.map_or(tr!("the day after the last order").to_owned(), |day| day.to_string()));
    note(tr!("as-of date"), as_of);
    let [before, after] = said.map(|said| columns(&said.data.columns));
    for ((role, before), (_, after)) in before.zip(after) {
        note(&tr!("column of {role}", role), [before, after]);
    }
    let [before, after] = said.map(|said| text(&said.data.text));
    for ((what, before), (_, after)) in before.into_iter().zip(after) {
        note(what, [before, after]);
    }
    let [before, after] = said.map(|said| said.data.values.clone().into_array());
    for ((what, before), after) in VALUES.into_iter().zip(before).zip(after) {
        let told = |word: Option<String>| word.unwrap_or_else(|| tr!("told by the values").to_owned());
        note(lang::text(what), [before, after].map(told));
    }
    for policy in Policy::ALL {
        note(&tr!("policy {policy}", policy), policies.map(|policies| policies.choice(policy).name.to_owned()));
    }
    for axis in Axis::ALL {
        let name = words::axis(axis);
        note(&tr!("{axis} measures", axis = name), settings.map(|setting| setting.measures.of(axis).unit().to_owned()));
        note(&tr!("{axis} cuts", axis = name), settings.map(|setting| cuts(setting, axis, money)));
    }
    let rules = said.map(|said| said.rules.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    let or_none = |text: String| if text.is_empty() { tr!("none").to_owned() } else { text };
    note(tr!("VIP rules"), rules.map(or_none));
    let budgets = said.map(|said| said.budget.to_string());
    note(tr!("budget"), budgets.map(or_none));
    note(tr!("terms of clv"), said.map(|said| said.clv.to_string()));
    let [before, after] = settings;
    if before.scheme != after.scheme {
        let title = |setting: &Setting| {
            tr!("{name} ({title})", name = setting.scheme.name, title = lang::name("scheme", &setting.scheme.title))
        };
        found.push(Part { what: tr!("head" | "scheme").to_owned(), a: title(before), b: title(after) });
        if before.bins() == after.bins() {
            let cells = other_cells(before, after)?;
            let all: usize = before.bins().iter().product();
            found.push(Part {
                what: tr!("cells of another segment").to_owned(),
                a: "–".to_owned(),
                b: tr!("{part} of {all}", part = cells, all),
            });
        }
    }
    let data_filters = said.map(|said| filter(&said.data_filter, tr!("all rows")));
    if data_filters[0] != data_filters[1] {
        let [a, b] = data_filters;
        found.push(Part { what: tr!("data filter").to_owned(), a, b });
    }
    let filters = said.map(|said| filter(&said.filter, tr!("all customers")));
    if filters[0] != filters[1] {
        let [a, b] = filters;
        found.push(Part { what: tr!("filter").to_owned(), a, b });
    }
    Ok(found)
}

/// The column of each role, in words.
fn columns(columns: &Columns) -> impl Iterator<Item = (String, String)> {
    let of = |column: Option<String>| column.unwrap_or_else(|| tr!("found by its content").to_owned());
    let roles = Role::ALL.into_iter().map(|role| role.name().to_owned());
    roles.zip(columns.clone().into_array().map(of))
}

/// What scenarios say of values, in the order of [`ValuePart::KEYS`](crate::model::scenario::ValuePart::KEYS), marked for
/// translation.
const VALUES: [&str; 5] =
    [mark!("date format"), mark!("order of dates"), mark!("time zone"), mark!("decimal mark"), mark!("only currency")];

/// How files are read, in words.
fn text(part: &TextPart) -> [(&'static str, String); 6] {
    let TextPart { header, delimiter, plain_quotes, encoding, skip_lines, sheet } = part;
    let by_content = || tr!("told by content").to_owned();
    let header = header.map_or_else(by_content, |header| if header { tr!("yes") } else { tr!("no") }.to_owned());
    let delimiter = delimiter.map_or_else(by_content, |byte| match byte {
        b'\t' => tr!("delimiter" | "tab").to_owned(),
        byte => char::from(byte).to_string(),
    });
    let quotes = if *plain_quotes { tr!("plain characters") } else { tr!("around fields") };
    [
        (tr!("header"), header),
        (tr!("delimiter"), delimiter),
        (tr!("quotes"), quotes.to_owned()),
        (tr!("encoding"), encoding.clone().unwrap_or_else(by_content)),
        (tr!("skipped lines"), skip_lines.map_or_else(by_content, |lines| lines.to_string())),
        (tr!("sheet"), sheet.clone().unwrap_or_else(by_content)),
    ]
}

/// `quantile, 5 bins: 22, 60, 234, 444`, with the convention where it is not the usual one.
fn cuts(setting: &Setting, axis: Axis, money: Scale) -> String {
    let cuts = &setting.cuts[axis.index()];
    let scale = setting.measures.of(axis).scale(money);
    let values: Vec<String> = cuts.cuts().iter().map(|cut| cut.text(scale)).collect();
    let mut how = vec![words::method(cuts.method()).to_owned()];
    if cuts.method() != Method::Fixed {
        how.push(tr!("{bins} bins", bins = cuts.bins()));
    }
    if cuts.closed() == Closed::Left {
        how.push(tr!("closed left").to_owned());
    }
    tr!("{how}: {values}", how = how.join(", "), values = values.join(", "))
}

fn filter(filter: &Filter, without: &str) -> String {
    if filter.is_empty() { without.to_owned() } else { filter.to_string() }
}

/// Cells whose segment has another name, for settings of the same bins.
fn other_cells(before: &Setting, after: &Setting) -> Result<usize, SchemeError> {
    let [from, to] = [before.scheme.compile(before.bins())?, after.scheme.compile(after.bins())?];
    let name =
        |cell: usize| (before.scheme.segment_name(from.segment(cell)), after.scheme.segment_name(to.segment(cell)));
    Ok((0..from.cells()).map(name).filter(|(before, after)| before != after).count())
}
