//! A cut's positions: a segment's customers and share of revenue at every one of them, and where the cut is now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words;
use super::curve::{Curve, labels};
use super::popup::popup;
use crate::app::overlay::Sensitivity;
use crate::app::session::Session;
use crate::engine::summary::Tally;
use crate::show::numbers::{counted, money, share, short};
use crate::show::text::width;
use crate::tr;

/// Draws the curves: moving along them moves the cut.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, state: &Sensitivity, theme: &Theme) {
    let (analysis, cut) = (&session.analysis, session.cut);
    let cuts = analysis.cuts(cut.axis);
    let scale = analysis.scale(cut.axis);
    let title = tr!(
        "{segment} at every position of {axis} cut {number} of {all}",
        segment = words::segment_of(analysis.scheme(), state.segment),
        axis = words::axis(cut.axis),
        number = cut.cut + 1,
        all = cuts.cuts().len()
    );
    let inside = popup(buffer, low(area), (area.width, area.height), &title, theme);
    if state.positions.is_empty() {
        put(buffer, inside, 0, 0, tr!("counting the positions ..."), theme.muted);
        return;
    }
    let now = cuts.cuts()[cut.cut].bound();
    let total = analysis.summary().total();
    let tally = analysis.segments().get(state.segment).copied().unwrap_or_default();
    let at = words::amount(analysis.measured().measure(cut.axis), &cuts.cuts()[cut.cut].text(scale));
    let text = words::in_room(inside.width, |sum| {
        tr!(
            "now at {value}: {customers} {share}, revenue {revenue} {of_revenue}",
            value = cuts.cuts()[cut.cut].text(scale),
            customers = counted(tally.customers, "customer"),
            share = share(tally.customers, total.customers),
            revenue = sum(tally.revenue.into(), analysis.customers().scale),
            of_revenue = share(tally.revenue, total.revenue)
        )
    });
    put(buffer, inside, 0, 0, &text, theme.strong);
    let values: Vec<i64> = state.positions.iter().map(|position| position.value).collect();
    let place = values.iter().position(|value| *value >= now).unwrap_or(values.len() - 1);
    // Few positions are drawn wide.
    let wide = (usize::from(inside.width.saturating_sub(labels())) / values.len()).max(1) as u16;
    let half = inside.height.saturating_sub(5) / 2;
    let of_all = |figure: fn(Tally) -> i64| -> Vec<i64> {
        let of = |tallies: &[Tally]| tallies.get(state.segment).copied().map_or(0, figure);
        state.positions.iter().map(|position| of(&position.segments)).collect()
    };
    let customers = of_all(|tally| tally.customers as i64);
    let revenue = of_all(|tally| tally.revenue);
    let upper = Rect { y: inside.y + 2, height: half, ..inside };
    let lower = Rect { y: upper.y + half + 1, height: half, ..inside };
    put(buffer, inside, 0, 1, tr!("head" | "customers"), theme.muted);
    let is_now = |number| number == place;
    let between = |figures: &[i64]| {
        let (low, high) = (figures.iter().min(), figures.iter().max());
        (low.copied().unwrap_or_default(), high.copied().unwrap_or_default())
    };
    // From the least to the largest figure, so that cliffs and flat stretches are seen.
    let upper_curve = Curve { figures: &customers, between: between(&customers), wide, text: &short };
    upper_curve.draw(buffer, upper, is_now, theme);
    put(buffer, Rect { y: upper.y + half, height: 1, ..inside }, 0, 0, tr!("share of revenue"), theme.muted);
    let of_all_revenue = |revenue| share(revenue, total.revenue);
    let lower_curve = Curve { figures: &revenue, between: between(&revenue), wide, text: &of_all_revenue };
    lower_curve.draw(buffer, lower, is_now, theme);
    let axis = Rect { y: inside.y + inside.height - 1, height: 1, ..inside };
    let ends = [values[0], values[values.len() - 1]].map(|value| money(value, scale));
    positions(buffer, axis, &ends, (&at, place as u16 * wide, values.len() as u16 * wide), theme);
}

/// The line below the curves: its ends, and the cut at its place, whose value is never cut off.
fn positions(
    buffer: &mut Buffer,
    axis: Rect,
    [low, high]: &[String; 2],
    (now, place, all): (&str, u16, u16),
    theme: &Theme,
) {
    let end = (labels() + all).min(axis.width).max(labels() + 4);
    put(buffer, axis, labels(), 0, low, theme.muted);
    put_right(buffer, axis, end, 0, high, theme.muted);
    let x = labels() + place;
    let words = width(now) as u16 + 2;
    // One blank at least parts it from what it does not cover.
    if x + words <= axis.width {
        put(buffer, axis, x.saturating_sub(1), 0, &" ".repeat(usize::from(words) + 2), theme.picked);
        put(buffer, axis, x, 0, &format!("▲ {now}"), theme.picked);
    } else {
        let start = (x + 1).saturating_sub(words);
        put(buffer, axis, start.saturating_sub(1), 0, &" ".repeat(usize::from(words) + 2), theme.picked);
        put(buffer, axis, start, 0, &format!("{now} ▲"), theme.picked);
    }
}

/// The lower part of the screen, where heatmap and tiers stay to be seen; all of it where it is low.
fn low(area: Rect) -> Rect {
    const ABOVE: u16 = 19;
    const LEAST: u16 = 14;
    let above = if area.height >= ABOVE + LEAST { ABOVE } else { 0 };
    Rect { y: area.y + above, height: area.height - above, ..area }
}
