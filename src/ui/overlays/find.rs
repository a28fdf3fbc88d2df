//! Whom the user looks for: what is typed, and who was found.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words::segment_of;
use super::popup::popup;
use super::typed::typed;
use crate::app::finding::{name_of, words};
use crate::app::overlay::Prompt;
use crate::app::session::Session;
use crate::model::customers::Axis;
use crate::show::numbers::money;
use crate::show::text::{clean, cut};
use crate::tr;

/// Columns of the box.
const WIDTH: u16 = 76;

/// Customers that are shown of those found.
const SHOWN: u16 = 8;

/// Draws the line with those found below it, and gives the place of its cursor.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, prompt: &Prompt, theme: &Theme) -> Position {
    let finding = &session.finding;
    let inside = popup(buffer, area, (WIDTH, SHOWN + 4), tr!("Find a customer"), theme);
    let cursor = typed(buffer, inside, &prompt.input, theme);
    put(buffer, inside, 0, 1, &words(finding), theme.muted);
    let first = (finding.hits.cursor + 1).saturating_sub(SHOWN.into());
    let found = finding.hits.customers.iter().enumerate().skip(first);
    for (y, (number, customer)) in (2..inside.height).zip(found) {
        let customer = *customer as usize;
        let id = clean(&session.id(customer)).into_owned();
        put(buffer, inside, 0, y, &cut(&id, 26), theme.strong);
        if let Some(name) = name_of(session, customer) {
            put(buffer, inside, 28, y, &cut(&clean(&name), 18), theme.muted);
        }
        let analysis = &session.analysis;
        let segment = segment_of(analysis.scheme(), analysis.segment_of(customer));
        put(buffer, inside, 47, y, &cut(&segment, 13), theme.muted);
        let value = money(analysis.measured().value(Axis::Monetary, customer), analysis.scale(Axis::Monetary));
        put_right(buffer, inside, inside.width, y, &value, theme.muted);
        if number == finding.hits.cursor {
            let style = ratatui::style::Style::reset().patch(theme.cursor);
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, style);
        }
    }
    cursor
}
