//! How few customers bring most of the revenue: the share that is looked at, Pareto's curve, and what the largest customers
//! bring.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::fold::fold;
use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words;
use super::curve::{Curve, labels};
use super::popup::popup;
use crate::app::concentration::ConcentrationScreen;
use crate::app::session::Session;
use crate::engine::concentration::Concentration;
use crate::model::money::Scale;
use crate::show::numbers::{count, counted, money, share, short_money, short_width};
use crate::show::text::width;
use crate::tr;

/// The percentages of customers, the largest first, whose share of the revenue is told.
pub(in super::super) const TOP: [u64; 6] = [1, 5, 10, 20, 50, 100];

/// Lines of the table of the largest customers with its head, and of what stands below it.
const TABLE: u16 = TOP.len() as u16 + 4;

/// Columns of the table where it stands beside the curve, with the gap between.
const BESIDE: u16 = 56;

/// From so many columns on, it stands there.
const WIDE: u16 = 112;

/// Lines that a curve takes at least, with the one below it.
const CURVE: u16 = 4;

/// Draws the share that is looked at, the curve and the table.
pub(in super::super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    session: &Session,
    screen: &ConcentrationScreen,
    theme: &Theme,
) {
    let title = tr!("Concentration: how few customers bring most of the revenue");
    let inside = popup(buffer, area, (172, 30), title, theme);
    let Some(told) = screen.of(session) else {
        let text = if screen.failed { tr!("that could not be counted") } else { tr!("counting ...") };
        return put_muted(buffer, inside, 0, text, theme);
    };
    let scale = session.analysis.customers().scale;
    let head = fold(&headline(inside.width, told, screen, scale), inside.width.into());
    for (y, line) in (0..inside.height).zip(&head) {
        put(buffer, inside, 0, y, line, theme.strong);
    }
    let used = head.len() as u16 + 1;
    let rest = Rect { y: inside.y + used, height: inside.height.saturating_sub(used), ..inside };
    if inside.width >= WIDE {
        let beside = Rect { x: rest.right() - BESIDE, width: BESIDE, ..rest };
        curve(buffer, Rect { width: rest.width - BESIDE - 4, ..rest }, told, screen, theme);
        table(buffer, beside, told, scale, theme);
    } else {
        let above = rest.height.saturating_sub(TABLE + 1);
        let shown = if above < CURVE { 0 } else { above };
        curve(buffer, Rect { height: shown, ..rest }, told, screen, theme);
        let gap = shown + u16::from(shown > 0);
        let below = Rect { y: rest.y + gap, height: rest.height.saturating_sub(gap), ..rest };
        table(buffer, below, told, scale, theme);
    }
}

fn put_muted(buffer: &mut Buffer, area: Rect, y: u16, text: &str, theme: &Theme) {
    put(buffer, area, 0, y, text, theme.muted);
}

/// How few customers bring the share that is looked at.
pub(in super::super) fn headline(
    columns: u16,
    told: &Concentration,
    screen: &ConcentrationScreen,
    scale: Scale,
) -> String {
    let Some(part) = told.reaching(screen.percent) else {
        return tr!("nobody brings any revenue: the customers' sums come to {sum}", sum = money(told.revenue, scale));
    };
    // Two lines, of which the first is never full to its end.
    words::in_room((columns * 2).saturating_sub(12), |sum| {
        tr!(
            "{percent}% of the revenue: the {customers} who bring most, {part} of them all; together {revenue} of {all}, each \
             {least} or more",
            percent = part.percent,
            customers = counted(part.customers, "customer"),
            part = share(part.customers, told.customers),
            revenue = sum(part.revenue, scale),
            all = sum(told.revenue, scale),
            least = money(part.least, scale)
        )
    })
}

/// What share of the revenue the largest customers bring, ever more of them to the right; those that are looked at picked out.
fn curve(buffer: &mut Buffer, area: Rect, told: &Concentration, screen: &ConcentrationScreen, theme: &Theme) {
    let Some(part) = told.reaching(screen.percent).filter(|_| area.height >= CURVE) else { return };
    let room = u64::from(area.width.saturating_sub(labels()));
    let columns = room.clamp(1, 100);
    let tops: Vec<u64> = (1..=columns).map(|number| (number * 100).div_ceil(columns)).collect();
    let wide = (room / columns).max(1) as u16;
    // In hundredths of a percent: a curve has no room for more.
    let of_all = |percent: &u64| (told.top(*percent).revenue * 10_000 / told.revenue) as i64;
    let figures: Vec<i64> = tops.iter().map(of_all).collect();
    let high = figures.iter().copied().max().unwrap_or_default().max(10_000);
    let upper = Rect { height: area.height - 1, ..area };
    let drawn = Curve { figures: &figures, between: (0, high), wide, text: &|figure| share(figure, 10_000) };
    let is_looked_at = |number: usize| number == 0 || told.top(tops[number]).customers <= part.customers;
    drawn.draw(buffer, upper, is_looked_at, theme);
    let last = (0..tops.len()).rev().find(|number| is_looked_at(*number)).unwrap_or_default() as u16;
    let below = Rect { y: upper.bottom(), height: 1, ..area };
    let end = (labels() + wide * tops.len() as u16).min(area.width);
    put_right(buffer, below, end, 0, tr!("100% of the customers"), theme.muted);
    let here = format!("▲ {}", share(part.customers, told.customers));
    let place = (labels() + last * wide).min(area.width.saturating_sub(width(&here) as u16));
    put(buffer, below, place, 0, &format!("{here} "), theme.picked);
}

/// What the largest customers bring.
fn table(buffer: &mut Buffer, area: Rect, told: &Concentration, scale: Scale, theme: &Theme) {
    let in_full = area.width >= 50;
    let sum = |minor: i128| if in_full { money(minor, scale) } else { short_money(minor, scale) };
    let of_all = area.width.min(64);
    let revenue = of_all - 9;
    let customers = revenue - if in_full { 17 } else { short_width().max(8) + 2 };
    let ends = [customers, revenue, of_all];
    let heads = [tr!("head" | "customers"), tr!("head" | "revenue"), tr!("head" | "of all")];
    put(buffer, area, 0, 0, tr!("those who bring most"), theme.muted);
    for (end, head) in ends.into_iter().zip(heads) {
        put_right(buffer, area, end, 0, head, theme.muted);
    }
    for (y, percent) in (1..).zip(TOP) {
        let part = told.top(percent);
        let name = if percent == 100 { tr!("all").to_owned() } else { tr!("the top {percent}%", percent) };
        let cells = [count(part.customers), sum(part.revenue), share(part.revenue, told.revenue)];
        put(buffer, area, 0, y, &name, Style::new());
        for (end, cell) in ends.into_iter().zip(cells) {
            put_right(buffer, area, end, y, &cell, Style::new());
        }
    }
    for (y, text) in (TOP.len() as u16 + 2..).zip(below(told, scale)) {
        put_muted(buffer, area, y, &text, theme);
    }
}

/// What else is to be known.
pub(in super::super) fn below(told: &Concentration, scale: Scale) -> Vec<String> {
    let gini = told.gini.map(|gini| tr!("Gini coefficient {gini} (0: all the same)", gini = format!("{gini:.3}")));
    let below = told.below_zero;
    let returned = (below.customers > 0).then(|| {
        tr!(
            "below zero: {customers}, {revenue}",
            customers = counted(below.customers, "customer"),
            revenue = money(below.revenue, scale)
        )
    });
    gini.into_iter().chain(returned).collect()
}
