//! The tier histogram: segments as bars, with their customers and revenue.

use std::iter;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{bar, panel, put, put_right};
use super::super::theme::Theme;
use super::super::words;
use crate::app::session::{Panel, Session};
use crate::app::tiers::TierSort;
use crate::engine::listing::Selection;
use crate::engine::summary::Tally;
use crate::show::numbers::{count, money, points, share, short, short_money, signed};
use crate::show::text::{clean, width};
use crate::tr;

/// The columns of figures, from the right; the differences stand behind the figures that they are of.
struct Columns {
    customers: u16,
    more: Option<u16>,
    share: u16,
    revenue: Option<u16>,
    revenue_share: Option<u16>,
    points: Option<u16>,
}

/// Columns that the figures need.
struct Widths {
    customers: u16,
    revenue: u16,
    /// With the blank before it: `100.0%`.
    share: u16,
    /// The same: `+1,234`. Nothing where there is no baseline.
    more: u16,
    /// The same: `+12.3`.
    points: u16,
}

impl Widths {
    /// So many columns, or as many as the heads and the texts below them need.
    fn least(columns: usize, heads: &[&str], texts: impl Iterator<Item = String>) -> u16 {
        let heads = heads.iter().map(|head| width(head));
        texts.map(|text| width(&text)).chain(heads).max().unwrap_or(0).max(columns) as u16
    }
}

/// Columns below which bars tell nothing.
const SHORTEST_BAR: u16 = 3;

/// Draws the panel.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let Session { analysis, tiers, .. } = session;
    let direction = if tiers.reversed { " ↑" } else { "" };
    let by_revenue = tiers.sort == TierSort::Revenue;
    let note = if session.is_compared() {
        tr!("± from {baseline}", baseline = clean(&session.baseline_name))
    } else {
        format!("{}{direction}", tr!("by {order}", order = tiers.sort.name()))
    };
    let focused = session.panel == Panel::Tiers;
    let area = panel(buffer, area, tr!("Tiers"), &note, focused, theme);
    let rows = tiers.rows(analysis);
    let total = analysis.summary().total();
    let scale = analysis.customers().scale;
    let exact = area.width >= 64;
    let revenue_text = |minor: i64| if exact { money(minor, scale) } else { short_money(minor, scale) };
    let before = before(session);
    let known = |segment: usize| {
        let name = analysis.scheme().segment_name(segment);
        before.iter().flatten().find(|(known, _)| known == name).map(|(_, tally)| *tally).unwrap_or_default()
    };
    let tallies = || rows.iter().map(|(_, tally)| tally);
    let changes = rows.iter().map(|(segment, tally)| more(*tally, known(*segment)));
    let widths = Widths {
        customers: Widths::least(5, &[tr!("cust.")], tallies().map(|tally| count(tally.customers))),
        revenue: Widths::least(7, &[tr!("head" | "revenue")], tallies().map(|tally| revenue_text(tally.revenue))),
        share: Widths::least(6, &[tr!("head" | "share"), tr!("head" | "rev.%")], iter::empty()) + 1,
        more: if before.is_some() { Widths::least(6, &["±"], changes) + 1 } else { 0 },
        points: Widths::least(6, &[tr!("±pts")], iter::empty()) + 1,
    };
    let names = rows.iter().map(|(segment, _)| width(&words::segment_of(analysis.scheme(), *segment))).max();
    let names = (names.unwrap_or(0) as u16).min(area.width / 2);
    let columns = place(area.width, names, &widths);
    let figures = columns.customers.saturating_sub(widths.customers);
    let name_width = names.min(figures.saturating_sub(1));
    head(buffer, area, &columns, theme);
    // A bar has no room for less than nothing; the figure beside it tells.
    let size = |tally: &Tally| if by_revenue { tally.revenue.max(0) as u64 } else { tally.customers };
    let largest = rows.iter().map(|(_, tally)| size(tally)).max().unwrap_or(0);
    let height = area.height.saturating_sub(1) as usize;
    let first = (tiers.cursor + 1).saturating_sub(height);
    for (y, (segment, tally)) in (1..area.height).zip(rows.iter().skip(first)) {
        let place = first + usize::from(y) - 1;
        let selected = session.list.listing.selection() == Selection::Segment(*segment);
        let style = if selected { theme.selected } else { theme.strong };
        let name = words::segment_of(analysis.scheme(), *segment);
        put(buffer, area, 0, y, &words::brief(&name, name_width.into()), style);
        if selected {
            put(buffer, area, name_width, y, theme.characters.glyphs.listed, style);
        }
        let room = figures.saturating_sub(name_width + 2);
        if room >= SHORTEST_BAR {
            put(buffer, area, name_width + 1, y, &bar(size(tally), largest, room, theme), theme.bar);
        }
        put_right(buffer, area, columns.customers, y, &count(tally.customers), theme.strong);
        put_right(buffer, area, columns.share, y, &share(tally.customers, total.customers), theme.muted);
        if let Some(end) = columns.revenue {
            put_right(buffer, area, end, y, &revenue_text(tally.revenue), theme.strong);
        }
        if let Some(end) = columns.revenue_share {
            put_right(buffer, area, end, y, &share(tally.revenue, total.revenue), theme.muted);
        }
        if before.is_some() {
            differences(buffer, area, y, &columns, (*tally, known(*segment), total), theme);
        }
        if focused && place == tiers.cursor {
            buffer.set_style(Rect { y: area.y + y, height: 1, ..area }, Style::reset().patch(theme.cursor));
        }
    }
}

/// The baseline's segments by name, where differences are shown.
fn before(session: &Session) -> Option<Vec<(String, Tally)>> {
    let analysis = session.analysis.baseline().filter(|_| session.is_compared());
    let ((setting, map), summary) = analysis.zip(session.analysis.baseline_summary())?;
    let name = |segment: usize| setting.scheme.segment_name(segment).to_owned();
    Some(summary.segments(map).into_iter().enumerate().map(|(segment, tally)| (name(segment), tally)).collect())
}

/// How many customers more or fewer.
fn more(now: Tally, before: Tally) -> String {
    let difference = now.customers as i64 - before.customers as i64;
    signed(difference, short(difference))
}

/// What a segment of the same name amounts to under the baseline, where differences are shown.
pub(in super::super) fn known_before(session: &Session, segment: usize) -> Option<Tally> {
    let (before, name) = (before(session)?, session.analysis.scheme().segment_name(segment));
    Some(before.iter().find(|(known, _)| known == name).map(|(_, tally)| *tally).unwrap_or_default())
}

/// How many customers more or fewer, and by how many points the share of revenue rose or fell.
fn differences(
    buffer: &mut Buffer,
    area: Rect,
    y: u16,
    columns: &Columns,
    (now, before, total): (Tally, Tally, Tally),
    theme: &Theme,
) {
    let style = |difference: i64| match difference {
        0 => theme.muted,
        ..0 => theme.problem,
        _ => theme.accent,
    };
    if let Some(end) = columns.more {
        put_right(buffer, area, end, y, &more(now, before), style(now.customers as i64 - before.customers as i64));
    }
    if let Some(end) = columns.points {
        let whole = i128::from(total.revenue);
        let text = points((now.revenue.into(), whole), (before.revenue.into(), whole));
        put_right(buffer, area, end, y, &text, style(now.revenue - before.revenue));
    }
}

/// The ends of the columns of figures. Without differences, bars have room beside the names. With them, names come first,
/// then the share of revenue and its difference, then revenue; bars take what is left.
fn place(width: u16, names: u16, widths: &Widths) -> Columns {
    const NAME_AND_BAR: u16 = 22;
    const SHORTEST_NAME: u16 = 10;
    let Widths { customers, revenue, share, more, points } = *widths;
    let compared = more > 0;
    let fixed = customers + share + more;
    let mut room = width.saturating_sub(fixed + if compared { names + 1 } else { NAME_AND_BAR });
    if compared && room < share {
        // Shorter names, rather than no share of revenue.
        room = width.saturating_sub(fixed + SHORTEST_NAME).min(share);
    }
    let mut take = |columns: u16| {
        let fits = room >= columns;
        room -= if fits { columns } else { 0 };
        fits
    };
    let with_share = take(share);
    let with_points = compared && with_share && take(points);
    let with_revenue = with_share && take(revenue + 1);
    let mut end = width - if with_points { points } else { 0 };
    let points = with_points.then_some(width);
    let revenue_share = with_share.then_some(end);
    end -= if with_share { share } else { 0 };
    let revenue_end = with_revenue.then_some(end);
    end -= if with_revenue { revenue + 1 } else { 0 };
    Columns {
        customers: end.saturating_sub(share + more),
        more: compared.then_some(end),
        share: end.saturating_sub(more),
        revenue: revenue_end,
        revenue_share,
        points,
    }
}

fn head(buffer: &mut Buffer, area: Rect, columns: &Columns, theme: &Theme) {
    put_right(buffer, area, columns.customers, 0, tr!("cust."), theme.muted);
    put_right(buffer, area, columns.share, 0, tr!("head" | "share"), theme.muted);
    for (end, label) in [(columns.more, "±"), (columns.points, tr!("±pts"))] {
        if let Some(end) = end {
            put_right(buffer, area, end, 0, label, theme.muted);
        }
    }
    if let Some(end) = columns.revenue {
        put_right(buffer, area, end, 0, tr!("head" | "revenue"), theme.muted);
    }
    if let Some(end) = columns.revenue_share {
        let label = if columns.revenue.is_some() { tr!("head" | "share") } else { tr!("head" | "rev.%") };
        put_right(buffer, area, end, 0, label, theme.muted);
    }
}
