//! The customer list: only the rows and the columns on the screen are ever made.

use crate::app::action::{Action, Asked};
use crate::app::context::Context;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::paint::{panel, put, put_right};
use super::super::theme::Theme;
use super::super::words;
use crate::app::list::{CellText, Sums, figure, head};
use crate::app::session::{Panel, Session};
use crate::engine::listing::{Column, Selection};
use crate::model::customers::Axis;
use crate::model::field::FieldKind;
use crate::show::numbers::count;
use crate::show::text::{clean, cut, width};
use crate::tr;

/// Draws the panel.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let list = &session.list;
    let focused = session.panel == Panel::Customers;
    let area = panel(buffer, area, &title(session), &note(session), focused, theme);
    if area.height < 2 {
        return;
    }
    // A mark stands before the row, where there are any.
    let gutter = if session.marks.has_any() { 2 } else { 0 };
    let body = Rect { x: area.x + gutter, width: area.width.saturating_sub(gutter), ..area };
    let table = Table::of(session, body.width, focused);
    for column in &table.columns {
        // The column under the cursor is told without colours, too.
        let at_cursor = focused && column.number == list.columns.cursor();
        let style = if at_cursor { theme.accent.add_modifier(Modifier::UNDERLINED) } else { theme.muted };
        column.put(buffer, body, 0, &column.head, style);
    }
    table.beyond(buffer, body, list.columns.shown().len(), theme);
    let rows = usize::from(area.height - 1).min(list.rows.len());
    for (y, row) in (1..).zip(0..rows) {
        for column in &table.columns {
            column.put(buffer, body, y, &column.cells[row], column.style(theme));
        }
        if let Some(mark) = mark(session, list.rows[row], theme) {
            put(buffer, area, 0, y, mark, theme.accent);
        }
        if focused && list.offset + row == list.cursor {
            // What is beyond the last column would be sent with every move.
            let row = Rect { y: area.y + y, height: 1, width: (table.width() + gutter).min(area.width), ..area };
            buffer.set_style(row, Style::reset().patch(theme.cursor));
        }
    }
    if list.has_sums {
        let y = area.height - 1;
        put(buffer, area, 0, y, &" ".repeat(area.width.into()), Style::new());
        for column in &table.columns {
            column.put(buffer, body, y, &column.sum, theme.strong);
        }
    }
    if list.listing.is_empty() {
        let nobody = session.analysis.population().is_empty();
        let words = if nobody {
            let key = session.keymap.name_of(Action::Ask(Asked::Filter));
            tr!("the filter leaves nobody; {key} changes it", key)
        } else {
            let key = session.keymap.name_in(Context::Customers, Action::Back);
            tr!("no customers here; {key} lists all", key)
        };
        put(buffer, area, 0, 1, &words, theme.muted);
    }
}

/// The sign before a customer who is marked, or has a note, or both.
pub(in super::super) fn mark(session: &Session, customer: usize, theme: &Theme) -> Option<&'static str> {
    let [marked, both, noted] = theme.characters.glyphs.marks;
    match (session.marks.has(customer), session.marks.note(customer).is_some()) {
        (true, false) => Some(marked),
        (true, true) => Some(both),
        (false, true) => Some(noted),
        (false, false) => None,
    }
}

/// Where the cursor is, and what is known of the list beside its rows.
pub(in super::super) fn note(session: &Session) -> String {
    let list = &session.list;
    let place = if list.listing.is_empty() { 0 } else { list.cursor + 1 };
    let mut note = tr!("{place} of {all}", place = count(place as i128), all = count(list.listing.len() as i128));
    if list.is_sorting() {
        note = tr!("sorting … {place}", place = note);
    }
    if !session.marks.is_empty() {
        let marked = tr!("{number} marked", number = count(session.marks.len() as i128));
        note = format!("{marked} · {note}");
    }
    if session.privacy.is_on() {
        note = format!("{} · {note}", tr!("masked"));
    }
    note
}

/// What is listed.
pub(in super::super) fn title(session: &Session) -> String {
    let segment = |number| words::segment_of(session.analysis.scheme(), number);
    let whom = match session.list.listing.selection() {
        Selection::All => return tr!("Customers").to_owned(),
        Selection::These(_) => tr!("list" | "marked").to_owned(),
        Selection::Segment(number) => segment(number).into_owned(),
        Selection::Moved(from, to) => {
            let elsewhere = || tr!("elsewhere").to_owned();
            let baseline = session.analysis.baseline();
            let before =
                from.zip(baseline).map(|(from, (setting, _))| words::segment_of(&setting.scheme, from).into_owned());
            let now = to.map_or_else(elsewhere, |to| segment(to).into_owned());
            format!("{} → {now}", before.unwrap_or_else(elsewhere))
        }
        Selection::Cells(pattern) => {
            let scores =
                pattern.iter().zip(['R', 'F', 'M']).filter_map(|(score, axis)| Some(format!("{axis}{}", (*score)?)));
            scores.collect::<Vec<_>>().join(" ")
        }
    };
    tr!("Customers: {whom}", whom)
}

/// The least that is left of a column at the right edge.
const SHORTEST: usize = 8;

/// The widest that a text is shown, where no other width was chosen.
const WIDEST_TEXT: usize = 28;

/// Columns of the screen between two columns of the list.
const GAP: usize = 2;

/// A column as it is drawn.
struct Drawn {
    /// Its number in the list.
    number: usize,
    column: Column,
    head: String,
    cells: Vec<String>,
    sum: String,
    at_left: bool,
    x: usize,
    width: usize,
}

/// The columns that fit.
struct Table {
    columns: Vec<Drawn>,
}

impl Table {
    /// Columns of the screen up to the end of the last one.
    fn width(&self) -> u16 {
        self.columns.last().map_or(0, |column| column.x + column.width) as u16
    }

    /// Points at columns that are not seen, in the blanks between those that are.
    fn beyond(&self, buffer: &mut Buffer, area: Rect, all: usize, theme: &Theme) {
        let passed = self.columns.windows(2).find(|pair| pair[1].number > pair[0].number + 1);
        if let Some([_, next]) = passed {
            put(buffer, area, next.x as u16 - 1, 0, "‹", theme.accent);
        }
        let is_last = self.columns.last().is_none_or(|last| last.number + 1 == all);
        if !is_last && self.width() + 1 < area.width {
            put(buffer, area, area.width - 1, 0, "›", theme.accent);
        }
    }

    /// The frozen columns, and of the others as many as fit, from the first on as long as the one under the cursor fits too.
    fn of(session: &Session, room: u16, focused: bool) -> Self {
        let columns = &session.list.columns;
        let (all, mut frozen) = (columns.shown().len(), columns.frozen());
        let cursor = if focused { columns.cursor() } else { 0 };
        let mut drawn: Vec<Drawn> = Vec::new();
        let mut left = frozen;
        loop {
            // Where the frozen ones alone fill the room, fewer of them stay.
            if left > cursor.max(frozen) && frozen > 0 {
                frozen -= 1;
                left = frozen;
            }
            let numbers = (0..frozen).chain(left..all);
            let mut x = 0;
            let mut shown: Vec<Drawn> = Vec::new();
            for number in numbers {
                let known = drawn.iter().position(|drawn| drawn.number == number).map(|place| drawn.swap_remove(place));
                let column = known.unwrap_or_else(|| Drawn::of(session, number));
                let rest = usize::from(room).saturating_sub(x);
                let wanted = column.wanted(session);
                let least = if column.at_left { wanted.min(SHORTEST) } else { wanted };
                if rest < least && !shown.is_empty() {
                    drawn.push(column);
                    break;
                }
                let width = wanted.min(rest);
                shown.push(Drawn { x, width, ..column });
                x += width + GAP;
            }
            let reaches = shown.iter().any(|drawn| drawn.number == cursor);
            if reaches || (frozen == 0 && left >= cursor) {
                return Self { columns: spread(shown, room) };
            }
            drawn.extend(shown);
            left += 1;
        }
    }
}

/// Lets columns stand further apart where there is room.
fn spread(mut columns: Vec<Drawn>, room: u16) -> Vec<Drawn> {
    let used = columns.last().map_or(0, |last| last.x + last.width);
    let spare = usize::from(room).saturating_sub(used) / columns.len().max(1);
    for (place, column) in columns.iter_mut().enumerate() {
        column.x += place * spare.min(3);
    }
    columns
}

impl Drawn {
    fn of(session: &Session, number: usize) -> Self {
        let (analysis, list) = (&session.analysis, &session.list);
        let column = list.columns.shown()[number].column;
        let kind = column.kind(analysis);
        let name = clean(&head(analysis, column)).into_owned();
        let sorts_by_several = list.sort().keys().count() > 1;
        let head = match list.sort().place(column) {
            Some((place, descending)) => {
                let arrow = if descending { '▼' } else { '▲' };
                let place = if sorts_by_several { (place + 1).to_string() } else { String::new() };
                format!("{name} {arrow}{place}")
            }
            None => name,
        };
        let text = |customer: &usize| match session.cell(column, *customer) {
            CellText::Data(text) => clean(&text).into_owned(),
            CellText::Figure(text) => text,
            CellText::Missing => "–".to_owned(),
            CellText::Pending => "…".to_owned(),
        };
        let sum = match (&list.sums, list.has_sums, number) {
            (_, false, _) => String::new(),
            (sums, true, _) => sum_text(sums.as_deref(), session, number, kind),
        };
        let cells = list.rows.iter().map(text).collect();
        let at_left = matches!(kind, None | Some(FieldKind::Text | FieldKind::Flag));
        Self { number, column, head, cells, sum, at_left, x: 0, width: 0 }
    }

    /// The width that was chosen, or the one that what it shows needs.
    fn wanted(&self, session: &Session) -> usize {
        if let Some(width) = session.list.columns.shown()[self.number].width {
            return width.into();
        }
        let widest = self.cells.iter().map(|cell| width(cell)).max().unwrap_or_default();
        let most = if self.at_left { WIDEST_TEXT } else { usize::MAX };
        widest.min(most).max(width(&self.head)).max(width(&self.sum))
    }

    fn style(&self, theme: &Theme) -> Style {
        let is_strong = matches!(self.column, Column::CUSTOMER | Column::Axis(Axis::Monetary));
        if is_strong { theme.strong } else { Style::new() }
    }

    /// Writes a cell, texts at the left, numbers and dates at the right.
    fn put(&self, buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) {
        let (x, text) = (self.x as u16, cut(text, self.width));
        if self.at_left {
            put(buffer, area, x, y, &text, style);
        } else {
            put_right(buffer, area, x + self.width as u16, y, &text, style);
        }
    }
}

/// What stands below a column: the sum, as far as it is made and says something; how many there are below the id.
fn sum_text(sums: Option<&Sums>, session: &Session, number: usize, kind: Option<FieldKind>) -> String {
    let list = &session.list;
    let column = list.columns.shown()[number].column;
    if column == Column::CUSTOMER {
        return format!("Σ {}", count(list.listing.len() as i128));
    }
    // The sum of a list of one is their telephone number.
    if matches!(column, Column::Field(field) if session.privacy.hides(field)) {
        return String::new();
    }
    let now = (session.analysis.version(), list.listing.selection());
    let sums = sums.filter(|sums| (sums.made_for.0, sums.made_for.1) == now);
    let known = sums.and_then(|sums| {
        let place = sums.made_for.2.iter().position(|made| *made == column)?;
        Some(sums.sums[place])
    });
    match (known, kind) {
        (None, _) => "…".to_owned(),
        (Some(Some(sum)), Some(kind)) => figure(if kind == FieldKind::Flag { FieldKind::Count } else { kind }, sum),
        (Some(_), _) => String::new(),
    }
}

/// What stands below a column of a number.
pub(in super::super) fn sum(session: &Session, number: usize) -> String {
    let column = session.list.columns.shown()[number].column;
    sum_text(session.list.sums.as_deref(), session, number, column.kind(&session.analysis))
}

/// How many columns of the screen the column under the cursor takes: what making it wider goes from.
pub(in super::super) fn cursor_width(session: &Session) -> u16 {
    Drawn::of(session, session.list.columns.cursor()).wanted(session) as u16
}
