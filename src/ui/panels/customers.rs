//! The customer list: only the rows on the screen are ever made.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::paint::{panel, put, put_right};
use super::super::theme::Theme;
use crate::app::list::List;
use crate::app::session::{Panel, Session};
use crate::engine::analysis::Analysis;
use crate::engine::listing::{Column, Row, Selection};
use crate::model::customers::Axis;
use crate::model::scheme::code;
use crate::show::numbers::{count, money};
use crate::show::text::{clean, cut, width};

/// Draws the panel.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, theme: &Theme) {
    let Session { analysis, list, .. } = session;
    let focused = session.panel == Panel::Customers;
    let title = title(session);
    let place = if list.listing.is_empty() { 0 } else { list.cursor + 1 };
    let note = format!("{} of {}", count(place as i128), count(list.listing.len() as i128));
    let area = panel(buffer, area, &title, &note, focused, theme);
    if area.height < 2 {
        return;
    }
    let table: Vec<[String; Column::ALL.len()]> = list.rows.iter().map(|row| cells(analysis, row)).collect();
    let heads = Column::ALL.map(|column| head(analysis, list, column));
    let shown = fitting(area.width, &widths(&table, &heads), if focused { list.column } else { 0 });
    for place in &shown {
        let style = if focused && place.0 == list.column { theme.accent } else { theme.muted };
        put_cell(buffer, area, 0, *place, &heads[place.0], style);
    }
    for (y, cells) in (1..area.height).zip(&table) {
        for place in &shown {
            let strong = matches!(Column::ALL[place.0], Column::Customer | Column::Monetary);
            put_cell(buffer, area, y, *place, &cells[place.0], if strong { theme.strong } else { Style::new() });
        }
        if focused && list.offset + usize::from(y) - 1 == list.cursor {
            buffer.set_style(Rect { y: area.y + y, height: 1, ..area }, Style::reset().patch(theme.cursor));
        }
    }
    if list.listing.is_empty() {
        let nobody = analysis.population().is_empty();
        let words = if nobody { "the filter leaves nobody; F changes it" } else { "no customers here; Esc lists all" };
        put(buffer, area, 0, 1, words, theme.muted);
    }
}

fn title(session: &Session) -> String {
    match session.list.listing.selection() {
        Selection::All => "Customers".to_owned(),
        Selection::Segment(segment) => format!("Customers: {}", clean(session.analysis.scheme().segment_name(segment))),
        Selection::Moved(from, to) => {
            let before = session.analysis.baseline().map_or("", |(setting, _)| setting.scheme.segment_name(from));
            let now = to.map_or("elsewhere", |to| session.analysis.scheme().segment_name(to));
            format!("Customers: {} → {}", clean(before), clean(now))
        }
        Selection::Cells(pattern) => {
            let scores =
                pattern.iter().zip(['R', 'F', 'M']).filter_map(|(score, axis)| Some(format!("{axis}{}", (*score)?)));
            format!("Customers: {}", scores.collect::<Vec<_>>().join(" "))
        }
    }
}

/// A column's head, with the direction where it sorts.
fn head(analysis: &Analysis, list: &List, column: Column) -> String {
    let name = match column {
        Column::Frequency => analysis.measured().measure(Axis::Frequency).unit(),
        Column::Recency => analysis.measured().measure(Axis::Recency).unit(),
        Column::Monetary => match analysis.measured().measure(Axis::Monetary) {
            measure if measure.is_default() => "monetary",
            measure => measure.unit(),
        },
        Column::Scores => "RFM",
        column => column.name(),
    };
    let sort = list.listing.sort();
    match (sort.column == column, sort.descending) {
        (true, true) => format!("{name} ▼"),
        (true, false) => format!("{name} ▲"),
        (false, _) => name.to_owned(),
    }
}

fn cells(analysis: &Analysis, row: &Row) -> [String; Column::ALL.len()] {
    let customers = analysis.customers();
    Column::ALL.map(|column| match column {
        Column::Customer => clean(customers.ids.get(row.customer)).into_owned(),
        Column::Recency => money(row.values[0], analysis.scale(Axis::Recency)),
        Column::Frequency => count(row.values[1]),
        Column::Monetary => money(row.values[2], analysis.scale(Axis::Monetary)),
        Column::MeanOrder => money(row.mean_order.minor, row.mean_order.scale),
        Column::FirstOrder => customers.first_order(row.customer).to_string(),
        Column::LastOrder => customers.last_order(row.customer).to_string(),
        Column::Scores => code(row.scores),
        Column::Segment => clean(analysis.scheme().segment_name(row.segment)).into_owned(),
    })
}

/// The least that is left of a segment's name.
const SHORTEST_SEGMENT: usize = 8;

/// Widest id that is shown whole.
const WIDEST_ID: usize = 28;

fn widths(table: &[[String; Column::ALL.len()]], heads: &[String; Column::ALL.len()]) -> Vec<usize> {
    let widest = |number: usize| table.iter().map(|cells| width(&cells[number])).max().unwrap_or(0);
    (0..heads.len()).map(|number| widest(number).min(WIDEST_ID).max(width(&heads[number]))).collect()
}

/// Columns that are left out first where there is no room.
const LEAST: [Column; 4] = [Column::FirstOrder, Column::LastOrder, Column::MeanOrder, Column::Segment];

/// The columns that fit, each with its place and width; the one under the cursor is never left out.
fn fitting(room: u16, widths: &[usize], cursor: usize) -> Vec<(usize, u16, u16)> {
    const GAP: usize = 2;
    let mut shown: Vec<usize> = (0..widths.len()).collect();
    let needed = |shown: &[usize], widths: &[usize]| {
        shown.iter().map(|number| widths[*number] + GAP).sum::<usize>().saturating_sub(GAP)
    };
    let mut widths = widths.to_vec();
    for column in LEAST {
        // A segment's name may be cut before its column goes.
        let over = needed(&shown, &widths).saturating_sub(room.into());
        if column == Column::Segment && widths[column as usize] >= over + SHORTEST_SEGMENT {
            widths[column as usize] -= over;
        }
        if needed(&shown, &widths) > room.into() {
            shown.retain(|number| Column::ALL[*number] != column || *number == cursor);
        }
    }
    let spare = usize::from(room).saturating_sub(needed(&shown, &widths));
    let gap = GAP + (spare / shown.len().max(1)).min(3);
    let mut x = 0;
    let mut places = Vec::with_capacity(shown.len());
    for number in shown {
        places.push((number, x as u16, widths[number] as u16));
        x += widths[number] + gap;
    }
    places
}

/// Writes a cell of a column at its place, ids and words at the left, numbers and dates at the right.
fn put_cell(buffer: &mut Buffer, area: Rect, y: u16, (number, x, width): (usize, u16, u16), text: &str, style: Style) {
    let text = cut(text, width.into());
    if matches!(Column::ALL[number], Column::Customer | Column::Segment | Column::Scores) {
        put(buffer, area, x, y, &text, style);
    } else {
        put_right(buffer, area, x + width, y, &text, style);
    }
}
