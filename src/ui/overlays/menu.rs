//! A few things to choose from: menus by letter, and lists of names.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::fold::fold;
use super::super::paint::put;
use super::super::theme::Theme;
use super::super::words;
use super::popup::popup;
use crate::app::menu::Menu;
use crate::app::overlay::{Pick, Picking};
use crate::app::session::Session;
use crate::show::numbers::count;
use crate::show::text::{clean, width};
use crate::{tr, tr_count};

/// Draws a menu.
pub(in super::super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, menu: (Menu, usize), theme: &Theme) {
    let (menu, cursor) = menu;
    let entries = menu.entries();
    let widest = entries.iter().map(|entry| width(entry.words)).max().unwrap_or(0) as u16;
    let note = note(session, menu);
    let size = (widest.max(width(&note) as u16) + 10, entries.len() as u16 + 4);
    let inside = popup(buffer, area, size, menu.title(), theme);
    put(buffer, inside, 0, 0, &note, theme.muted);
    for (number, entry) in (0..).zip(entries) {
        let y = number + 2;
        put(buffer, inside, 0, y, &entry.letter.to_string(), theme.accent);
        put(buffer, inside, 3, y, entry.words, Style::new());
        if usize::from(number) == cursor && y < inside.height {
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, Style::reset().patch(theme.cursor));
        }
    }
}

/// What a menu is about, as it is now.
fn note(session: &Session, menu: Menu) -> String {
    let text = match menu {
        Menu::Baseline if session.analysis.baseline().is_none() => tr!("compared with nothing now").to_owned(),
        Menu::Baseline => tr!("compared with {baseline} now", baseline = session.baseline_name),
        Menu::Distribute => {
            let cuts = session.analysis.cuts(session.cut.axis);
            let (axis, method) = (words::axis(cuts.axis()), words::method(cuts.method()));
            tr!("{axis}: {bins} bins by {method}", axis, bins = cuts.bins(), method)
        }
        Menu::Scenario => session.card.name.as_ref().map_or_else(
            || tr!("a view as a small text file: cuts, scheme, measures, filter").to_owned(),
            |name| {
                let scenario = match session.card.review_by {
                    None => tr!("scenario {name}", name),
                    Some(day) => tr!("scenario {name}, review by {day}", name, day),
                };
                match &session.card.note {
                    None => scenario,
                    Some(note) => tr!("{scenario}: {note}", scenario, note),
                }
            },
        ),
        Menu::Marks => {
            let marks = &session.marks;
            let number = count(marks.len() as i128);
            match marks.absent() {
                0 => tr!("{number} marked", number),
                absent => tr!(
                    "{number} marked, {absent} marks or notes of customers that are not in this data",
                    number,
                    absent
                ),
            }
        }
        Menu::Export => tr!("CSV, XLSX, Parquet, NDJSON, JSON or Markdown, as the name of the file ends").to_owned(),
        Menu::Scheme => tr!("scheme {scheme}", scheme = session.analysis.scheme().name),
    };
    clean(&text).into_owned()
}

/// Draws names to choose from.
pub(in super::super) fn pick(buffer: &mut Buffer, area: Rect, session: Option<&Session>, pick: &Pick, theme: &Theme) {
    let title = match pick.what {
        Picking::Segment => {
            let marked = |session: &Session| session.heat.marked_cells(session.analysis.map().bins()).len();
            let cells = session.map_or(0, marked);
            tr_count!(cells as u64, "Give {count} cell to", "Give {count} cells to")
        }
        Picking::Scheme => tr!("Schemes for these bins").to_owned(),
        Picking::Sheet => tr!("Which one holds the sales?").to_owned(),
        Picking::Currency => tr!("Which currency counts?").to_owned(),
        Picking::Condition => tr!("Count only customers with").to_owned(),
        Picking::Session => tr!("Which session is gone on with?").to_owned(),
        // It has a box of its own.
        Picking::Theme => String::new(),
    };
    let shown = |name: &str| match pick.what {
        Picking::Segment => words::segment(name).into_owned(),
        _ => clean(name).into_owned(),
    };
    let widest = pick.names.iter().map(|name| width(&shown(name))).max().unwrap_or(0).max(width(&title)) as u16;
    let columns = widest + 8;
    let columns = if pick.why.is_empty() { columns } else { columns.max(WHY) }.min(area.width);
    let why = why(&pick.why, columns.saturating_sub(4));
    let above = if why.is_empty() { 0 } else { why.len() as u16 + 1 };
    let inside = popup(buffer, area, (columns, pick.names.len() as u16 + above + 2), &title, theme);
    // The names come first where there is no room for both.
    let above = above.min(inside.height.saturating_sub(pick.names.len().min(3) as u16));
    for (y, line) in (0..above).zip(&why) {
        put(buffer, inside, 0, y, line, theme.problem);
    }
    let inside = Rect { y: inside.y + above, height: inside.height - above, ..inside };
    let first = (pick.cursor + 1).saturating_sub(inside.height.into());
    for (y, (number, name)) in (0..inside.height).zip(pick.names.iter().enumerate().skip(first)) {
        put(buffer, inside, 0, y, &shown(name), Style::new());
        if number == pick.cursor {
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, Style::reset().patch(theme.cursor));
        }
    }
}

/// Columns of a box that tells why it asks.
const WHY: u16 = 70;

/// Why it is asked, in lines of so many columns; none where nothing is said.
fn why(text: &str, columns: u16) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { fold(&clean(text), columns.into()) }
}
