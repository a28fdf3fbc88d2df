//! Whom the user looks for: what is typed, and who was found.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::paint::{put, put_right};
use super::super::theme::Theme;
use super::super::words::{brief, segment_of};
use super::popup::popup;
use super::typed::typed;
use crate::app::finding::{name_of, words};
use crate::app::overlay::Prompt;
use crate::app::session::Session;
use crate::model::customers::Axis;
use crate::show::numbers::money;
use crate::show::text::{clean, cut, width};
use crate::tr;

/// Columns of the box.
const WIDTH: u16 = 76;

/// Customers that are shown of those found.
const SHOWN: u16 = 8;

/// Columns of the id and of the segment, and where the name stands at most.
const ID: u16 = 26;
const SEGMENT: u16 = 13;
const NAME: Range<u16> = 28..46;

/// With fewer columns a name tells nothing.
const SHORTEST_NAME: u16 = 6;

/// Draws the line with those found below it, and gives the place of its cursor.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, session: &Session, prompt: &Prompt, theme: &Theme) -> Position {
    let finding = &session.finding;
    let inside = popup(buffer, area, (WIDTH, SHOWN + 4), tr!("Find a customer"), theme);
    let cursor = typed(buffer, inside, &prompt.input, theme);
    put(buffer, inside, 0, 1, &words(finding, &session.keymap), theme.muted);
    let first = (finding.hits.cursor + 1).saturating_sub(SHOWN.into());
    let found = finding.hits.customers.iter().map(|customer| *customer as usize).enumerate().skip(first);
    let found: Vec<(usize, usize)> = found.take(inside.height.saturating_sub(2).into()).collect();
    let analysis = &session.analysis;
    let value =
        |customer: usize| money(analysis.measured().value(Axis::Monetary, customer), analysis.scale(Axis::Monetary));
    let values = found.iter().map(|(_, customer)| width(&value(*customer))).max().unwrap_or(0) as u16;
    let segments = inside.width.saturating_sub(values + 2 + SEGMENT).min(NAME.end + 1);
    for (y, (number, customer)) in (2..inside.height).zip(found) {
        let id = clean(&session.id(customer)).into_owned();
        put(buffer, inside, 0, y, &cut(&id, usize::from(segments.saturating_sub(1).min(ID))), theme.strong);
        // Where there is little room, the id tells who it is.
        let room = segments.saturating_sub(1).saturating_sub(NAME.start);
        if let Some(name) = name_of(session, customer).filter(|_| room >= SHORTEST_NAME) {
            put(buffer, inside, NAME.start, y, &cut(&clean(&name), room.into()), theme.muted);
        }
        let segment = segment_of(analysis.scheme(), analysis.segment_of(customer));
        put(buffer, inside, segments, y, &brief(&segment, SEGMENT.into()), theme.muted);
        put_right(buffer, inside, inside.width, y, &value(customer), theme.muted);
        if number == finding.hits.cursor {
            let style = ratatui::style::Style::reset().patch(theme.cursor);
            buffer.set_style(Rect { y: inside.y + y, height: 1, ..inside }, style);
        }
    }
    cursor
}
