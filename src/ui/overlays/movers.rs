//! Who moved: from the baseline's segments, down, to the present ones, across.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words;
use super::popup::popup;
use crate::app::overlay::Movers;
use crate::app::session::Session;
use crate::engine::migration::Migration;
use crate::engine::summary::Tally;
use crate::show::numbers::{count, counted, share, short, short_money, short_width};
use crate::show::text::{clean, width};
use crate::tr;

/// Draws the table.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, movers: &Movers, theme: &Theme) {
    let Some(table) = &movers.table else { return };
    let baseline = clean(&session.baseline_name);
    let title = if movers.by_revenue {
        tr!("Movers since {baseline}, revenue", baseline)
    } else {
        tr!("Movers since {baseline}, customers", baseline)
    };
    let inside = popup(buffer, area, (area.width, (table.from.len() as u16 + 7).min(area.height)), &title, theme);
    if inside.height < 6 {
        return;
    }
    put(buffer, inside, 0, 0, &agreement(table), theme.strong);
    let view = View::of(inside, session, movers, table);
    view.head(buffer, inside, theme);
    view.rows(buffer, inside, theme);
    view.detail(buffer, inside, theme);
}

/// How many moved, and how far the two divisions agree.
fn agreement(table: &Migration) -> String {
    let (agreement, moved) = (table.agreement(), table.moved());
    let kappa = agreement.kappa.map_or_else(|| "–".to_owned(), |kappa| format!("{kappa:.3}"));
    tr!(
        "{part} of {all} moved ({share}); agreement {agreement}, kappa {kappa}",
        part = count(moved.customers),
        all = counted(agreement.all, "customer"),
        share = share(moved.customers, agreement.all),
        agreement = share(agreement.same, agreement.all),
        kappa
    )
}

/// What is seen of the table.
struct View<'a> {
    session: &'a Session,
    movers: &'a Movers,
    table: &'a Migration,
    /// Columns of the names at the left.
    names: u16,
    /// Columns of a figure.
    cell: u16,
    /// First row and first column that are shown.
    first: (usize, usize),
    /// Rows and columns that are shown.
    shown: (usize, usize),
}

impl<'a> View<'a> {
    fn of(area: Rect, session: &'a Session, movers: &'a Movers, table: &'a Migration) -> Self {
        let least = 8.max(short_width() + 1);
        let widest = table.from.iter().map(|name| width(&words::segment(name))).max().unwrap_or(0) as u16;
        let names = widest.min(area.width / 4).max(8) + 1;
        // The last column is all that left.
        let columns = table.to.len() + 1;
        let cell = ((area.width - names) / columns as u16).clamp(least, 12);
        let fit = usize::from((area.width - names) / cell).max(1);
        let rows = usize::from(area.height.saturating_sub(5)).max(1);
        let first = |cursor: usize, fit: usize| (cursor + 1).saturating_sub(fit);
        Self {
            session,
            movers,
            table,
            names,
            cell,
            first: (first(movers.cursor.0, rows), first(movers.cursor.1, fit)),
            shown: (rows, fit),
        }
    }

    /// The columns that are shown, each with its place.
    fn columns(&self) -> impl Iterator<Item = (usize, u16)> + '_ {
        let last = (self.first.1 + self.shown.1).min(self.table.to.len() + 1);
        (self.first.1..last).zip(1..).map(|(column, place)| (column, self.names + place * self.cell))
    }

    fn head(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        put(buffer, area, 0, 2, tr!("from \\ to"), theme.muted);
        for (column, end) in self.columns() {
            let name =
                self.table.to.get(column).map_or_else(|| tr!("movers" | "left").into(), |name| words::segment(name));
            let name = words::brief(&name, usize::from(self.cell) - 1);
            put_right(buffer, area, end, 2, &name, theme.muted);
        }
    }

    fn rows(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let last = (self.first.0 + self.shown.0).min(self.table.from.len());
        for (row, y) in (self.first.0..last).zip(3..) {
            put(
                buffer,
                Rect { width: self.names - 1, ..area },
                0,
                y,
                &words::segment(&self.table.from[row]),
                theme.strong,
            );
            for (column, end) in self.columns() {
                let tally = self.movers.tally(row, column);
                let text = self.figure(tally);
                let style = match column < self.table.to.len() && self.table.is_same(row, column) {
                    _ if tally.customers == 0 => theme.muted,
                    true => Style::new(),
                    false => theme.picked,
                };
                put_right(buffer, area, end, y, &text, style);
                if self.movers.cursor == (row, column) {
                    let place = Rect { x: area.x + end - self.cell, y: area.y + y, width: self.cell, height: 1 };
                    buffer.set_style(place.intersection(area), Style::reset().patch(theme.cursor));
                }
            }
        }
    }

    fn figure(&self, tally: Tally) -> String {
        match (tally.customers, self.movers.by_revenue) {
            (0, _) => "·".to_owned(),
            (customers, false) => short(customers),
            (_, true) => short_money(tally.revenue, self.session.analysis.customers().scale),
        }
    }

    /// The cell under the cursor in full.
    fn detail(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let (row, column) = self.movers.cursor;
        let Some(from) = self.table.from.get(row) else { return };
        let tally = self.movers.tally(row, column);
        let (left, scale) = (self.table.left(row), self.session.analysis.customers().scale);
        let to = self.table.to.get(column).map_or_else(|| tr!("elsewhere").into(), |name| words::segment(name));
        let from = words::segment(from);
        let text = words::in_room(area.width, |sum| {
            tr!(
                "{from} → {to}: {customers}, {share} of those it had; revenue {revenue}",
                from,
                to,
                customers = counted(tally.customers, "customer"),
                share = share(tally.customers, left.customers),
                revenue = sum(tally.revenue.into(), scale)
            )
        });
        put(buffer, area, 0, area.height - 1, &text, theme.strong);
    }
}
