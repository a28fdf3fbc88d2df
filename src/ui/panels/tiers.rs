//! The tier histogram: segments as bars, with their customers and revenue.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{bar, panel, put, put_right};
use super::super::theme::Theme;
use crate::app::session::{Panel, Session};
use crate::app::tiers::TierSort;
use crate::engine::listing::Selection;
use crate::engine::summary::Tally;
use crate::show::numbers::{count, money, share, short_money};
use crate::show::text::{clean, width};

/// The columns of figures, from the right.
struct Columns {
    customers: u16,
    share: u16,
    revenue: Option<u16>,
    revenue_share: Option<u16>,
}

/// Draws the panel.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let Session { analysis, tiers, .. } = session;
    let direction = if tiers.reversed { " ↑" } else { "" };
    let by_revenue = tiers.sort == TierSort::Revenue;
    let note = format!("by {}{direction}", tiers.sort.name());
    let focused = session.panel == Panel::Tiers;
    let area = panel(buffer, area, "Tiers", &note, focused, theme);
    let rows = tiers.rows(analysis);
    let total = analysis.summary().total();
    let scale = analysis.customers().scale;
    let exact = area.width >= 64;
    let revenue_text = |minor: i64| if exact { money(minor, scale) } else { short_money(minor, scale) };
    let revenue_width =
        rows.iter().map(|(_, tally)| width(&revenue_text(tally.revenue))).max().unwrap_or(0).max(7) as u16;
    let customers_width = rows.iter().map(|(_, tally)| width(&count(tally.customers))).max().unwrap_or(0).max(5) as u16;
    let columns = place(area.width, customers_width, revenue_width);
    let name_width = rows.iter().map(|(segment, _)| width(analysis.scheme().segment_name(*segment))).max();
    let figures = columns.customers - customers_width;
    let name_width = (name_width.unwrap_or(0) as u16).min(figures.saturating_sub(3)).min(area.width / 2);
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
        let name = clean(analysis.scheme().segment_name(*segment));
        put(buffer, Rect { width: name_width, ..area }, 0, y, &name, style);
        let room = figures.saturating_sub(name_width + 2);
        put(buffer, area, name_width + 1, y, &bar(size(tally), largest, room), theme.bar);
        put_right(buffer, area, columns.customers, y, &count(tally.customers), theme.strong);
        put_right(buffer, area, columns.share, y, &share(tally.customers, total.customers), theme.muted);
        if let Some(end) = columns.revenue {
            put_right(buffer, area, end, y, &revenue_text(tally.revenue), theme.strong);
        }
        if let Some(end) = columns.revenue_share {
            put_right(buffer, area, end, y, &share(tally.revenue, total.revenue), theme.muted);
        }
        if focused && place == tiers.cursor {
            buffer.set_style(Rect { y: area.y + y, height: 1, ..area }, Style::reset().patch(theme.cursor));
        }
    }
}

/// The ends of the columns of figures: revenue is left out where it does not fit, its share stays longest.
fn place(width: u16, customers: u16, revenue: u16) -> Columns {
    const SHARE: u16 = 7;
    const NAME_AND_BAR: u16 = 22;
    let with_revenue = width > NAME_AND_BAR + customers + 2 * SHARE + revenue;
    let with_share = width >= NAME_AND_BAR + customers + 2 * SHARE;
    let revenue_share = (with_revenue || with_share).then_some(width);
    let mut end = if revenue_share.is_some() { width - SHARE } else { width };
    let revenue_end = with_revenue.then_some(end);
    if with_revenue {
        end -= revenue + 1;
    }
    Columns { share: end, customers: end - SHARE, revenue: revenue_end, revenue_share }
}

fn head(buffer: &mut Buffer, area: Rect, columns: &Columns, theme: &Theme) {
    put_right(buffer, area, columns.customers, 0, "cust.", theme.muted);
    put_right(buffer, area, columns.share, 0, "share", theme.muted);
    if let Some(end) = columns.revenue {
        put_right(buffer, area, end, 0, "revenue", theme.muted);
    }
    if let Some(end) = columns.revenue_share {
        let label = if columns.revenue.is_some() { "share" } else { "rev.%" };
        put_right(buffer, area, end, 0, label, theme.muted);
    }
}
