//! Which data it is, of which days, and what of it is looked at.

use super::super::document::{Block, Fact, Section};
use super::super::{Subject, words};
use crate::engine::data_filter::Taken;
use crate::model::customers::Axis;
use crate::show::numbers::{count, counted, money};
use crate::show::text::clean;
use crate::tr;

pub(in super::super) fn section(subject: &Subject<'_>) -> Section {
    let analysis = subject.analysis;
    let (first, last) = analysis.period();
    let fact = |name: &'static str, value: String| Fact { name: name.into(), value };
    let files: Vec<String> = subject.files.iter().map(|file| clean(&file.place).into_owned()).collect();
    let mut facts = vec![
        fact(tr!("Files"), files.join(tr!("list" | ", "))),
        fact(tr!("Orders from"), tr!("{first} to {last}, {days}", first, last, days = days(last - first + 1))),
        fact(tr!("As of"), tr!("{day}: recency is counted to this day", day = analysis.measured().as_of())),
    ];
    if let Some(scenario) = subject.scenario {
        let note = scenario.note.iter().flat_map(|note| note.lines()).map(clean).collect::<Vec<_>>().join(" ");
        let name = clean(&scenario.name);
        let value = if note.is_empty() { name.into_owned() } else { tr!("{name}: {note}", name, note) };
        facts.push(fact(tr!("Scenario"), value));
        facts.extend(scenario.review_by.map(|day| fact(tr!("Review by"), day.to_string())));
    }
    facts.extend(subject.baseline.map(|name| fact(tr!("Compared with"), clean(name).into_owned())));
    facts.extend(data_filter(subject).map(|value| fact(tr!("Data filter"), value)));
    let filter = &analysis.setting().filter;
    if !filter.is_empty() {
        let [left, all] = [analysis.population().len(), analysis.measured().len()].map(|number| count(number as u64));
        let filter = filter.to_string();
        facts.push(fact(tr!("Filter"), tr!("{filter}: {left} of {all} customers", filter, left, all)));
    }
    let measures = Axis::ALL.into_iter().filter(|axis| !analysis.measured().measure(*axis).is_default());
    let measures: Vec<String> = measures
        .map(|axis| tr!("{axis} = {unit}", axis = words::axis(axis), unit = words::unit(analysis, axis)))
        .collect();
    if !measures.is_empty() {
        facts.push(fact(tr!("Measures"), measures.join(tr!("list" | ", "))));
    }
    Section { id: "data", title: tr!("Data and period").to_owned(), blocks: vec![Block::Facts(facts)] }
}

fn days(days: i32) -> String {
    counted(days, "day")
}

/// What the data filter takes and what it sets aside; `None` where none is on.
fn data_filter(subject: &Subject<'_>) -> Option<String> {
    let analysis = subject.analysis;
    let Taken { rows, revenue, .. } = *analysis.taken()?;
    let scale = analysis.customers().scale;
    Some(tr!(
        "{filter}: {taken} of {all} kept rows, revenue {revenue}; set aside: {aside}, revenue {rest}",
        filter = analysis.setting().data_filter,
        taken = count(rows.taken),
        all = count(rows.of),
        revenue = money(revenue.taken, scale),
        aside = counted(rows.aside(), "row"),
        rest = money(revenue.aside(), scale),
    ))
}
