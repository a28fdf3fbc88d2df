//! The strip of figures: what the whole data set amounts to.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::put;
use super::super::theme::Theme;
use crate::app::session::Session;
use crate::data::quality::Unidentified;
use crate::engine::data_filter::Part;
use crate::engine::summary::Tally;
use crate::model::money::Money;
use crate::show::numbers::{count, counted, money, share, short, short_money};
use crate::show::text::{clean, width};
use crate::tr;

/// A figure with its label.
struct Figure {
    label: String,
    value: String,
    style: Style,
    /// Where there is no room, those with the least weight are left out first; none of [`KEPT`] is.
    weight: u8,
}

impl Figure {
    fn width(&self) -> usize {
        width(&self.label).max(width(&self.value))
    }
}

/// The weight of figures that always stay.
const KEPT: u8 = u8::MAX;

/// Draws labels above values; exact values where there is room, short ones where not.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let full = figures(session, theme, true);
    let needed = |figures: &[Figure], gap: usize| figures.iter().map(|figure| figure.width() + gap).sum::<usize>();
    let mut figures = if needed(&full, 3) <= area.width.into() { full } else { figures(session, theme, false) };
    while needed(&figures, 1) > area.width.into() {
        let Some(least) = figures.iter().map(|figure| figure.weight).min().filter(|least| *least < KEPT) else {
            break;
        };
        figures.retain(|figure| figure.weight > least);
    }
    let spare = usize::from(area.width).saturating_sub(needed(&figures, 0));
    let gap = (spare / figures.len().max(1)).clamp(1, 6) as u16;
    let mut x = 0;
    for figure in figures {
        put(buffer, area, x, 0, &figure.label, theme.muted);
        put(buffer, area, x, 1, &figure.value, figure.style);
        x += figure.width() as u16 + gap;
    }
}

/// The same in a sentence: every label with its exact value.
pub(in super::super) fn words(session: &Session, theme: &Theme) -> String {
    let figures = figures(session, theme, true);
    figures
        .iter()
        .map(|figure| format!("{} {}", figure.label, figure.value))
        .collect::<Vec<_>>()
        .join(tr!("list" | ", "))
}

fn figures(session: &Session, theme: &Theme, exact: bool) -> Vec<Figure> {
    let analysis = &session.analysis;
    let Tally { customers, orders, revenue } = analysis.summary().total();
    let scale = analysis.customers().scale;
    let (first, last) = analysis.period();
    let rejected = session.ledger.rejected();
    let number = |number: u64| if exact { count(number) } else { short(number) };
    let mean = analysis.mean_order_value();
    let figure = |label: &str, value, weight| Figure { label: label.to_owned(), value, style: theme.strong, weight };
    let sum = |minor: i128, scale| if exact { money(minor, scale) } else { short_money(minor, scale) };
    let of = |part, all| tr!("strip" | "{part} of {all}", part = number(part), all = number(all));
    // The currency is known where one was chosen.
    let currency = session.values.only_currency.as_deref();
    let label = currency.map_or_else(
        || tr!("head" | "revenue").to_owned(),
        |currency| tr!("revenue, {currency}", currency = clean(currency)),
    );
    let mut figures = vec![
        figure(tr!("head" | "customers"), number(customers), KEPT),
        figure(tr!("head" | "orders"), number(orders), 2),
        figure(&label, sum(revenue.into(), scale), KEPT),
        figure(tr!("head" | "mean order"), sum(mean.minor, mean.scale), 1),
        figure(tr!("head" | "repeat"), share(analysis.repeat_customers(), customers), 3),
        figure(tr!("head" | "as of"), analysis.measured().as_of().to_string(), KEPT),
        figure(tr!("head" | "period"), if exact { format!("{first} – {last}") } else { short_period(first, last) }, 0),
        figure(tr!("head" | "rejected"), if exact { counted(rejected, "row") } else { short(rejected) }, 4),
    ];
    if let (Some(figure), true) = (figures.last_mut(), rejected > 0) {
        figure.style = theme.problem;
    }
    let unidentified = Unidentified::of(&session.ledger, session.data.revenue(), scale);
    if unidentified.rows > 0 {
        // Money of nobody in particular must never be forgotten either: it is left out for nothing.
        let Unidentified { revenue: Money { minor, .. }, of: all, .. } = unidentified;
        let value = format!("{} {}", sum(minor, scale), share(minor, all.minor));
        figures.insert(3, Figure { style: theme.problem, ..figure(tr!("head" | "unidentified"), value, KEPT) });
    }
    if !analysis.setting().filter.is_empty() {
        // A filter must never be forgotten: it stands first.
        let value = of(customers, analysis.customers().len() as u64);
        figures[0] = Figure { style: theme.selected, ..figure(tr!("customers, filtered"), value, KEPT) };
    }
    if let Some(taken) = analysis.taken() {
        // Nor must a data filter: the orders that are looked at are not all there are.
        let Part { taken, of: all } = taken.rows;
        let value = of(taken as u64, all as u64);
        figures.insert(1, Figure { style: theme.selected, ..figure(tr!("rows, data filter"), value, KEPT) });
    }
    if let Some(movers) = &session.movers {
        let moved = movers.moved().customers;
        let value = format!("{} {}", number(moved), share(moved, customers));
        figures.insert(1, Figure { style: theme.picked, ..figure(tr!("head" | "moved"), value, KEPT) });
    }
    figures
}

/// Months are enough where days do not fit.
fn short_period(first: crate::model::day::Day, last: crate::model::day::Day) -> String {
    let month = |day: crate::model::day::Day| {
        let (year, month, _) = day.ymd();
        format!("{:02}/{month:02}", year.rem_euclid(100))
    };
    format!("{}–{}", month(first), month(last))
}
