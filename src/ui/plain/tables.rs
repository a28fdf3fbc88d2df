//! Overlays that are tables, in words.

use super::super::overlays::{concentration, movers as table_of_movers};
use super::super::words;
use super::Said;
use crate::app::breakdown::BreakdownScreen;
use crate::app::concentration::ConcentrationScreen;
use crate::app::overlay::{Movers, Overlay, Sensitivity};
use crate::app::plans::{BudgetScreen, RulesScreen};
use crate::app::session::Session;
use crate::engine::breakdown::Breakdown;
use crate::model::budget::Line;
use crate::show::numbers::{count, counted, money, share};
use crate::show::text::clean;
use crate::{lang, tr};

/// What an overlay says that would be a table; `None` for those that are lines of words already.
pub(super) fn said(session: &Session, overlay: &Overlay) -> Option<Said> {
    match overlay {
        Overlay::Movers(movers) => moved(session, movers),
        Overlay::Breakdown(screen) => broken_down(session, screen),
        Overlay::Budget(screen) => budget(session, screen),
        Overlay::Rules(screen) => rules(session, *screen),
        Overlay::Sensitivity(state) => positions(session, state),
        Overlay::Concentration(screen) => concentrated(session, screen),
        Overlay::Text(..)
        | Overlay::Help(_)
        | Overlay::Palette(_)
        | Overlay::Menu(..)
        | Overlay::Pick(_)
        | Overlay::History(..)
        // They are told with what the load behind them found.
        | Overlay::Policies(_)
        | Overlay::Mapping(_)
        | Overlay::Prompt(_)
        | Overlay::Columns(_)
        | Overlay::Chips(_) => None,
    }
}

/// From which segment to which, those alone that somebody went.
fn moved(session: &Session, movers: &Movers) -> Option<Said> {
    let table = movers.table.as_ref()?;
    let mut said = Said::new(tr!("plain" | "Movers since {baseline}", baseline = clean(&session.baseline_name)));
    for row in 0..=table.from.len() {
        for column in 0..=table.to.len() {
            let is_cursor = movers.cursor == (row, column);
            let place = (row, column);
            if is_cursor || movers.tally(place).customers > 0 {
                let who = table_of_movers::route_in_words(table, place);
                said.line(table_of_movers::told(session, movers, table, (place, &who), money), is_cursor);
            }
        }
    }
    Some(said)
}

/// The values of a field, each with the index of the segment that is looked at, or of all.
fn broken_down(session: &Session, screen: &BreakdownScreen) -> Option<Said> {
    let (table, lines) = screen.table(session)?;
    let field = screen.field(session).map(|field| session.analysis.fields().definition(field).name.clone());
    let whose = screen.segment.filter(|_| !screen.matrix).map(|segment| words::segment(table.segment_name(segment)));
    let mut said = Said::new(tr!(
        "Breakdown of {whose} by {field}",
        whose = whose.unwrap_or_else(|| tr!("everybody").into()),
        field = clean(&field.unwrap_or_default())
    ));
    for (place, line) in lines.iter().enumerate() {
        let line_words = session.line(table, *line);
        let value = clean(&line_words);
        let text = if screen.matrix {
            of_all_segments(table, *line, &value)
        } else {
            of_one_segment(session, table, (*line, screen.segment), &value)
        };
        said.line(text, place == screen.cursor);
    }
    Some(said)
}

fn of_one_segment(
    session: &Session,
    table: &Breakdown,
    (line, segment): (usize, Option<usize>),
    value: &str,
) -> String {
    let figures = table.figures(line, segment);
    let part = |(part, whole): (u64, u64)| share(part, whole);
    tr!(
        "{value}: {number} {unit}, {share}, of everybody {whole}, index {index}; revenue {revenue}",
        value,
        number = count(figures.count(table.basis())),
        unit = lang::text(table.basis().unit()),
        share = part(table.share(line, segment)),
        whole = part(table.share(line, None)),
        index = table.index(line, segment).map_or_else(|| "–".to_owned(), count),
        revenue = money(figures.revenue, session.analysis.customers().scale)
    )
}

fn of_all_segments(table: &Breakdown, line: usize, value: &str) -> String {
    let (part, of) = table.share(line, None);
    let indexes = (0..table.segments()).map(|segment| {
        let index = table.index(line, Some(segment)).map_or_else(|| "–".to_owned(), count);
        format!("{} {index}", words::segment(table.segment_name(segment)))
    });
    let indexes = indexes.collect::<Vec<_>>().join(tr!("list" | ", "));
    tr!("{value}: of everybody {whole}; index {indexes}", value, whole = share(part, of), indexes)
}

/// What segments cost.
fn budget(session: &Session, screen: &BudgetScreen) -> Option<Said> {
    let bill = screen.bill.as_ref()?;
    let own = &session.analysis.setting().budget;
    let line = |name: &str, costs: String, line: &Line| {
        tr!(
            "{name}: costs {costs}; {customers}, revenue {revenue}; in all {cost}, {share} of it",
            name,
            costs,
            customers = counted(line.customers, "customer"),
            revenue = money(line.revenue, bill.scale),
            cost = money(line.cost(), bill.scale),
            share = share(line.cost(), line.revenue.max(0))
        )
    };
    let set = |segment: Option<&str>| own.own(segment).map(|cost| cost.to_string());
    let mut said = Said::new(tr!("Budget: what each segment costs").to_owned());
    for (number, segment) in bill.lines.iter().enumerate() {
        let costs = set(Some(&segment.name)).unwrap_or_else(|| tr!("plain" | "as all others").to_owned());
        said.line(line(&words::segment(&segment.name), costs, segment), number == screen.cursor);
    }
    let others = set(None).unwrap_or_else(|| tr!("plain" | "nothing").to_owned());
    said.line(tr!("all others: costs {others}", others), screen.cursor == bill.lines.len());
    let total = tr!(
        "total: {cost}, {share} of the revenue",
        cost = money(bill.total.cost(), bill.scale),
        share = share(bill.total.cost(), bill.total.revenue.max(0))
    );
    said.lines.push(total);
    Some(said)
}

/// The VIP rules with whom they take; `None` before there are any.
fn rules(session: &Session, screen: RulesScreen) -> Option<Said> {
    let rules = &session.analysis.setting().rules;
    let tiers = session.vip.of(session).filter(|_| !rules.is_empty())?;
    let (total, scale) = (tiers.total(), session.analysis.customers().scale);
    let mut said = Said::new(tr!("VIP rules: each customer is in the tier of the first rule met").to_owned());
    for (number, rule) in rules.iter().enumerate() {
        let (Some(met), Some(tier)) = (tiers.rules.get(number), tiers.tiers.get(number)) else { continue };
        let line = tr!(
            "{rule}: {met} meet it; in the tier {customers}, {share}, revenue {revenue}; {condition}",
            rule = clean(&rule.name),
            met = count(met.customers),
            customers = counted(tier.customers, "customer"),
            share = share(tier.customers, total.customers),
            revenue = money(tier.revenue, scale),
            condition = clean(&rule.condition.to_string())
        );
        said.line(line, number == screen.cursor);
    }
    if let Some(rest) = tiers.tiers.get(rules.len()) {
        let none = tr!("no tier: {customers}", customers = counted(rest.customers, "customer"));
        said.lines.push(none);
    }
    Some(said)
}

/// The positions of the picked cut, and what the segment that is watched amounts to at each.
fn positions(session: &Session, state: &Sensitivity) -> Option<Said> {
    let (analysis, cut) = (&session.analysis, session.cut);
    let cuts = analysis.cuts(cut.axis);
    let total = analysis.summary().total();
    let now = cuts.cuts()[cut.cut].bound();
    let mut said = Said::new(tr!(
        "{segment} at every position of {axis} cut {number} of {cuts}",
        segment = words::segment_of(analysis.scheme(), state.segment),
        axis = words::axis(cut.axis),
        number = cut.cut + 1,
        cuts = cuts.cuts().len()
    ));
    let place = state.positions.iter().position(|position| position.value >= now);
    for (number, position) in state.positions.iter().enumerate() {
        let tally = position.segments.get(state.segment).copied().unwrap_or_default();
        let line = tr!(
            "at {value}: {customers}, {share}; {of_revenue} of revenue",
            value = money(position.value, analysis.scale(cut.axis)),
            customers = counted(tally.customers, "customer"),
            share = share(tally.customers, total.customers),
            of_revenue = share(tally.revenue, total.revenue)
        );
        said.line(line, Some(number) == place);
    }
    (!said.lines.is_empty()).then_some(said)
}

/// How few customers bring the share that is looked at, and what the largest bring.
fn concentrated(session: &Session, screen: &ConcentrationScreen) -> Option<Said> {
    let (told, scale) = (screen.of(session)?, session.analysis.customers().scale);
    let mut said = Said::new(tr!("Concentration: how few customers bring most of the revenue").to_owned());
    said.line(concentration::headline(u16::MAX / 2, told, screen, scale), true);
    for percent in concentration::TOP {
        let part = told.top(percent);
        said.lines.push(tr!(
            "the top {percent}%: {customers}, revenue {revenue}, {share}",
            percent,
            customers = counted(part.customers, "customer"),
            revenue = money(part.revenue, scale),
            share = share(part.revenue, told.revenue)
        ));
    }
    said.lines.extend(concentration::below(told, scale));
    Some(said)
}
