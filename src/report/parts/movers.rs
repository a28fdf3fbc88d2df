//! Who changes segment between the baseline and now.

use super::super::document::{Block, Section, Table};
use super::super::words;
use crate::engine::analysis::Analysis;
use crate::engine::migration::Migration;
use crate::engine::summary::Tally;
use crate::model::money::Scale;
use crate::show::numbers::{count, money, share, signed};
use crate::show::text::clean;
use crate::tr;

/// `None` where nothing is compared with.
pub(in super::super) fn section(analysis: &Analysis, baseline: &str) -> Option<Section> {
    let migration = Migration::of(analysis)?;
    let scale = analysis.customers().scale;
    let baseline = clean(baseline).into_owned();
    let agreement = migration.agreement();
    let mut sentences = vec![tr!(
        "{same} of {all} customers ({part}) are in a segment of the same name as in {baseline}; {moved} moved.",
        same = count(agreement.same),
        all = count(agreement.all),
        part = share(agreement.same, agreement.all),
        baseline,
        moved = count(agreement.all - agreement.same)
    )];
    if let Some(kappa) = agreement.kappa {
        sentences.push(tr!(
            "Cohen's kappa: {kappa}; 1 for full agreement, 0 for that of chance.",
            kappa = format!("{kappa:.3}")
        ));
    }
    sentences.push(tr!(
        "Both are applied to the rows and the customers of this report, whatever filters {baseline} has.",
        baseline
    ));
    let customers = tr!("Customers from the segments of {baseline} (rows) to those of this report (columns)", baseline);
    let revenue = tr!("Revenue from the segments of {baseline} (rows) to those of this report (columns)", baseline);
    Some(Section {
        id: "movers",
        title: tr!("Movers since {baseline}", baseline),
        blocks: vec![
            Block::List(sentences),
            Block::Table(sizes(&migration, scale)),
            Block::Table(matrix(&migration, &customers, |tally| count(tally.customers))),
            Block::Table(matrix(&migration, &revenue, |tally| money(tally.revenue, scale))),
        ],
    })
}

/// Each segment by name, then and now.
fn sizes(migration: &Migration, scale: Scale) -> Table {
    let head = [
        tr!("segment"),
        tr!("customers before"),
        tr!("customers now"),
        tr!("difference"),
        tr!("revenue before"),
        tr!("revenue now"),
        tr!("difference"),
    ];
    let mut table = Table::new(tr!("Segments before and now"), 1, head);
    let cells = |name: String, before: Tally, now: Tally| {
        let customers = now.customers as i64 - before.customers as i64;
        let revenue = now.revenue - before.revenue;
        [
            name,
            count(before.customers),
            count(now.customers),
            signed(customers, count(customers)),
            money(before.revenue, scale),
            money(now.revenue, scale),
            signed(revenue, money(revenue, scale)),
        ]
    };
    let before = |name: &String| {
        let places = migration.from.iter().enumerate().filter(|(_, known)| *known == name);
        places.map(|(place, _)| migration.left(place)).sum::<Tally>()
    };
    for (place, name) in migration.to.iter().enumerate() {
        table.row(cells(words::segment(name), before(name), migration.arrived(place)));
    }
    for (place, name) in migration.from.iter().enumerate().filter(|(_, name)| !migration.to.contains(name)) {
        table.row(cells(words::segment(name), migration.left(place), Tally::default()));
    }
    table.total(cells(words::total(), migration.total(), migration.total()));
    table
}

/// From the rows to the columns, with the sums of both.
fn matrix(migration: &Migration, caption: &str, figure: impl Fn(Tally) -> String) -> Table {
    let names = migration.to.iter().map(|name| words::segment(name));
    let mut table = Table::new(caption, 1, std::iter::once(String::new()).chain(names).chain([words::total()]));
    let shown = |tally: Tally| if tally == Tally::default() { "·".to_owned() } else { figure(tally) };
    let columns = 0..migration.to.len();
    for (from, name) in migration.from.iter().enumerate() {
        let tallies = columns.clone().map(|to| migration.tally(from, to)).chain([migration.left(from)]);
        table.row(std::iter::once(words::segment(name)).chain(tallies.map(shown)).collect::<Vec<_>>());
    }
    let totals = columns.map(|to| migration.arrived(to)).chain([migration.total()]);
    table.total(std::iter::once(words::total()).chain(totals.map(shown)).collect::<Vec<_>>());
    table
}
