//! The strip of figures: what the whole data set amounts to.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::put;
use super::super::theme::{ColorChoice, Theme};
use crate::app::session::Session;
use crate::data::quality::Unidentified;
use crate::engine::data_filter::Part;
use crate::engine::summary::Tally;
use crate::model::money::Money;
use crate::show::numbers::{count, counted, money, share, short, short_money};
use crate::show::text::width;

/// A figure with its label.
struct Figure {
    label: &'static str,
    value: String,
    style: Style,
}

/// Figures that are left out first where there is no room.
const LEAST: [&str; 5] = ["period", "mean order", "orders", "repeat", "rejected"];

/// Draws labels above values; exact values where there is room, short ones where not.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let full = figures(session, theme, true);
    let needed = |figures: &[Figure], gap: usize| {
        figures.iter().map(|figure| width(figure.label).max(width(&figure.value)) + gap).sum::<usize>()
    };
    let mut figures = if needed(&full, 3) <= area.width.into() { full } else { figures(session, theme, false) };
    for label in LEAST {
        if needed(&figures, 1) > area.width.into() {
            figures.retain(|figure| figure.label != label);
        }
    }
    let spare = usize::from(area.width).saturating_sub(needed(&figures, 0));
    let gap = (spare / figures.len().max(1)).clamp(1, 6) as u16;
    let mut x = 0;
    for figure in figures {
        put(buffer, area, x, 0, figure.label, theme.muted);
        put(buffer, area, x, 1, &figure.value, figure.style);
        x += width(figure.label).max(width(&figure.value)) as u16 + gap;
    }
}

/// The same in a sentence: every label with its exact value.
pub(in super::super) fn words(session: &Session) -> String {
    let figures = figures(session, &Theme::new(ColorChoice::Never), true);
    figures.iter().map(|figure| format!("{} {}", figure.label, figure.value)).collect::<Vec<_>>().join(", ")
}

fn figures(session: &Session, theme: &Theme, exact: bool) -> Vec<Figure> {
    let analysis = &session.analysis;
    let Tally { customers, orders, revenue } = analysis.summary().total();
    let scale = analysis.customers().scale;
    let (first, last) = analysis.period();
    let rejected = session.ledger.rejected();
    let number = |number: u64| if exact { count(number) } else { short(number) };
    let mean = analysis.mean_order_value();
    let figure = |label, value| Figure { label, value, style: theme.strong };
    let mut figures = vec![
        figure("customers", number(customers)),
        figure("orders", number(orders)),
        figure("revenue", if exact { money(revenue, scale) } else { short_money(revenue, scale) }),
        figure("mean order", if exact { money(mean.minor, mean.scale) } else { short_money(mean.minor, mean.scale) }),
        figure("repeat", share(analysis.repeat_customers(), customers)),
        figure("as of", analysis.measured().as_of().to_string()),
        figure("period", if exact { format!("{first} – {last}") } else { short_period(first, last) }),
        figure("rejected", if exact { counted(rejected, "row") } else { short(rejected) }),
    ];
    if let (Some(figure), true) = (figures.last_mut(), rejected > 0) {
        figure.style = theme.problem;
    }
    let unidentified = Unidentified::of(&session.ledger, session.data.revenue(), scale);
    if unidentified.rows > 0 {
        // Money of nobody in particular must never be forgotten either: it is left out for nothing.
        let Unidentified { revenue: Money { minor, .. }, of, .. } = unidentified;
        let value = if exact { money(minor, scale) } else { short_money(minor, scale) };
        let value = format!("{value} {}", share(minor, of.minor));
        figures.insert(3, Figure { label: "unidentified", value, style: theme.problem });
    }
    if !analysis.setting().filter.is_empty() {
        // A filter must never be forgotten: it stands first.
        let all = analysis.customers().len() as u64;
        let value = format!("{} of {}", number(customers), number(all));
        figures[0] = Figure { label: "customers, filtered", value, style: theme.selected };
    }
    if let Some(taken) = analysis.taken() {
        // Nor must a data filter: the orders that are looked at are not all there are.
        let Part { taken, of } = taken.rows;
        let value = format!("{} of {}", number(taken as u64), number(of as u64));
        figures.insert(1, Figure { label: "rows, data filter", value, style: theme.selected });
    }
    if let Some(movers) = &session.movers {
        let moved = movers.moved().customers;
        let value = format!("{} {}", number(moved), share(moved, customers));
        figures.insert(1, Figure { label: "moved", value, style: theme.picked });
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
