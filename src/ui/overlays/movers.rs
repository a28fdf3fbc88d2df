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
use crate::model::money::Scale;
use crate::show::numbers::{count, counted, share, short, short_money, short_width};
use crate::show::text::{clean, width};
use crate::tr;

/// Columns at the right for the sign that there is more.
const SIGN: u16 = 2;

/// Draws the table.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, movers: &Movers, theme: &Theme) {
    let Some(table) = &movers.table else { return };
    let baseline = clean(&session.baseline_name);
    let title = if movers.by_revenue {
        tr!("Movers since {baseline}, revenue", baseline)
    } else {
        tr!("Movers since {baseline}, customers", baseline)
    };
    let inside = popup(buffer, area, (area.width, (table.from.len() as u16 + 8).min(area.height)), &title, theme);
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

/// What is seen of the table: any other segment first, in row and column, which always stay.
struct View<'a> {
    session: &'a Session,
    movers: &'a Movers,
    table: &'a Migration,
    /// Columns of the names at the left.
    names: u16,
    /// Columns of a figure.
    cell: u16,
    /// Rows and columns of the table that are shown.
    rows: Vec<usize>,
    columns: Vec<usize>,
}

/// The first of so many lines and those around the cursor that fit.
fn seen(lines: usize, cursor: usize, fit: usize) -> Vec<usize> {
    let room = fit.saturating_sub(1).max(1);
    let first = (cursor + 1).saturating_sub(room).max(1);
    std::iter::once(0).chain((first..lines).take(room)).collect()
}

impl<'a> View<'a> {
    fn of(area: Rect, session: &'a Session, movers: &'a Movers, table: &'a Migration) -> Self {
        let least = 8.max(short_width() + 1);
        let widest = |names: &[String]| names.iter().map(|name| width(&words::segment(name))).max().unwrap_or(0) as u16;
        let columns = table.to.len() + 1;
        let names = widest(&table.from).min(area.width / 4).max(8) + 1;
        let fits = columns as u16 * least + names <= area.width;
        let room = area.width.saturating_sub(if fits { 0 } else { SIGN });
        let cell = ((room - names) / columns as u16).clamp(least, (widest(&table.to) + 1).max(12));
        let fit = usize::from((room - names) / cell).max(2);
        let lines = usize::from(area.height.saturating_sub(5)).max(2);
        let (rows, columns) = (seen(table.from.len() + 1, movers.cursor.0, lines), seen(columns, movers.cursor.1, fit));
        Self { session, movers, table, names, cell, rows, columns }
    }

    /// The columns that are shown, each with the place where it ends.
    fn columns(&self) -> impl Iterator<Item = (usize, u16)> + '_ {
        self.columns.iter().zip(1..).map(|(column, place)| (*column, self.names + place * self.cell))
    }

    fn head(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        put(buffer, area, 0, 2, tr!("from \\ to"), theme.muted);
        for (column, end) in self.columns() {
            let to = column.checked_sub(1).and_then(|to| self.table.to.get(to));
            let name = to.map_or_else(|| tr!("movers" | "left").into(), |name| words::segment(name));
            let name = words::brief(&name, usize::from(self.cell) - 1);
            put_right(buffer, area, end, 2, &name, theme.muted);
        }
        // What is beyond the edges is pointed at.
        let end = self.names + self.columns.len() as u16 * self.cell;
        if self.columns.last().is_some_and(|last| *last < self.table.to.len()) {
            put(buffer, area, end + 1, 2, "›", theme.accent);
        }
        if self.columns.get(1).is_some_and(|first| *first > 1) {
            put(buffer, area, self.names + self.cell, 2, "‹", theme.accent);
        }
    }

    fn rows(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        for (row, y) in self.rows.iter().copied().zip(3..) {
            let from = row.checked_sub(1).and_then(|from| self.table.from.get(from));
            let name = from.map_or_else(|| tr!("movers" | "joined").into(), |name| words::segment(name));
            let names = Rect { width: self.names - 1, ..area };
            put(buffer, names, 0, y, &name, if row == 0 { theme.muted } else { theme.strong });
            for (column, end) in self.columns() {
                let place = (row, column);
                let tally = self.movers.tally(place);
                let stayed = matches!(Movers::segments(place), (Some(from), Some(to)) if self.table.is_same(from, to));
                let style = match tally.customers {
                    0 => theme.muted,
                    _ if stayed => Style::new(),
                    _ => theme.picked,
                };
                put_right(buffer, area, end, y, &self.figure(tally), style);
                if self.movers.cursor == place {
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
        let place = self.movers.cursor;
        let [from, to] = route(self.table, place);
        let who = format!("{from} → {to}");
        let text = words::in_room(area.width, |sum| told(self.session, self.movers, self.table, (place, &who), sum));
        put(buffer, area, 0, area.height - 1, &text, theme.strong);
    }
}

/// From which segment to which those of a place went.
fn route(table: &Migration, place: (usize, usize)) -> [String; 2] {
    let (from, to) = Movers::segments(place);
    [(&table.from, from), (&table.to, to)].map(|(names, number)| match number {
        Some(number) => words::segment(&names[number]).into_owned(),
        None => tr!("elsewhere").to_owned(),
    })
}

/// The same in words.
pub(in super::super) fn route_in_words(table: &Migration, place: (usize, usize)) -> String {
    let [from, to] = route(table, place);
    tr!("plain" | "{from} to {to}", from, to)
}

/// What those of a place amount to: of those that the segment had, or, of those from elsewhere, that it has.
pub(in super::super) fn told(
    session: &Session,
    movers: &Movers,
    table: &Migration,
    (place, who): ((usize, usize), &str),
    sum: fn(i128, Scale) -> String,
) -> String {
    let tally = movers.tally(place);
    let customers = counted(tally.customers, "customer");
    let revenue = sum(tally.revenue.into(), session.analysis.customers().scale);
    let part = |all: Tally| share(tally.customers, all.customers);
    match Movers::segments(place) {
        (None, None) => {
            tr!(
                "moved: {customers}, {share} of all; revenue {revenue}",
                customers,
                share = part(table.total()),
                revenue
            )
        }
        (None, Some(to)) => tr!(
            "{who}: {customers}, {share} of those it has; revenue {revenue}",
            who,
            customers,
            share = part(table.arrived(to)),
            revenue
        ),
        (Some(from), _) => tr!(
            "{who}: {customers}, {share} of those it had; revenue {revenue}",
            who,
            customers,
            share = part(table.left(from)),
            revenue
        ),
    }
}
