//! A cut's positions: a segment's customers and share of revenue at every one of them, and where the cut is now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words;
use super::popup::popup;
use crate::app::overlay::Sensitivity;
use crate::app::session::Session;
use crate::engine::summary::Tally;
use crate::show::numbers::{counted, money, share, short, short_money, short_width};
use crate::show::text::width;
use crate::tr;

/// Columns at the left of the curves, for their figures.
fn labels() -> u16 {
    8.max(short_width() + 1)
}

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
    let told = |revenue: String| {
        tr!(
            "now at {value}: {customers} {share}, revenue {revenue} {of_revenue}",
            value = cuts.cuts()[cut.cut].text(scale),
            customers = counted(tally.customers, "customer"),
            share = share(tally.customers, total.customers),
            revenue,
            of_revenue = share(tally.revenue, total.revenue)
        )
    };
    let revenue_scale = analysis.customers().scale;
    // A number that is cut off would be read as another.
    let full = told(money(tally.revenue, revenue_scale));
    let fits = width(&full) <= inside.width.into();
    let text = if fits { full } else { told(short_money(tally.revenue, revenue_scale)) };
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
    curve(buffer, upper, (&customers, place, wide), &short, theme);
    put(buffer, Rect { y: upper.y + half, height: 1, ..inside }, 0, 0, tr!("share of revenue"), theme.muted);
    curve(buffer, lower, (&revenue, place, wide), &|revenue| share(revenue, total.revenue), theme);
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

/// A curve as columns, from its least to its largest figure, so that cliffs and flat stretches are seen.
fn curve(
    buffer: &mut Buffer,
    area: Rect,
    (figures, now, wide): (&[i64], usize, u16),
    text: &dyn Fn(i64) -> String,
    theme: &Theme,
) {
    let (low, high) = (figures.iter().min().copied().unwrap_or(0), figures.iter().max().copied().unwrap_or(0));
    if area.height == 0 {
        return;
    }
    put_right(buffer, area, labels() - 1, 0, &text(high), theme.muted);
    put_right(buffer, area, labels() - 1, area.height - 1, &text(low), theme.muted);
    let levels = &theme.characters.glyphs.levels;
    let span = (i128::from(high) - i128::from(low)).max(1);
    let steps = i128::from(area.height) * 8 - 1;
    for (number, figure) in figures.iter().enumerate() {
        let x = labels() + number as u16 * wide;
        // The least is a sliver: nothing drawn would be no position.
        let eighths = 1 + ((i128::from(*figure) - i128::from(low)) * steps / span) as u16;
        let style: Style = if number == now { theme.picked } else { theme.bar };
        for row in 0..area.height {
            let filled = eighths.saturating_sub(row * 8).min(8);
            put(buffer, area, x, area.height - 1 - row, &levels[usize::from(filled)].repeat(wide.into()), style);
        }
    }
}
