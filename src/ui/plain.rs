//! The screen in words, for those who hear it: one panel or overlay at a time, line after line, without columns beside each
//! other, frames, rules and bars. The line under the cursor begins with a sign, and the terminal's cursor stands on it.
//!
//! ```text
//! title
//! figures, in as many lines as they take
//! what is looked at
//! > its lines
//! message
//! hints
//! ```

mod customers;
mod cuts;
mod deciding;
mod heatmap;
mod tables;
mod tiers;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::draw::{Drawn, overlay, stage, title, too_small};
use super::fold::fold;
use super::layout::Layout;
use super::paint::put;
use super::panels::strip;
use super::theme::Theme;
use super::{hints, message, tour};
use crate::app::model::{Model, Stage};
use crate::app::overlay::Overlay;
use crate::app::session::{Panel, Session};
use crate::engine::summary::Tally;
use crate::model::money::Scale;
use crate::show::numbers::{counted, money, share};
use crate::tr;

/// What stands before the line under the cursor, and the blanks before others.
const CURSOR: &str = "> ";

/// What a panel or an overlay says.
struct Said {
    title: String,
    lines: Vec<String>,
    /// The number of the line under the cursor.
    cursor: Option<usize>,
    /// What stands below the lines, wherever they are scrolled to.
    note: Option<String>,
}

impl Said {
    fn new(title: String) -> Self {
        Self { title, lines: Vec::new(), cursor: None, note: None }
    }

    /// One more line, which may be the one under the cursor.
    fn line(&mut self, line: String, is_cursor: bool) {
        if is_cursor {
            self.cursor = Some(self.lines.len());
        }
        self.lines.push(line);
    }
}

/// Draws the model on a blank buffer.
pub(super) fn draw(buffer: &mut Buffer, model: &Model, theme: &Theme) -> Drawn {
    let area = buffer.area;
    if Layout::of(area, model.session()).is_none() {
        too_small(buffer, area, model, theme);
        return Drawn::default();
    }
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    title(buffer, row(0), model, theme);
    let figures = figures(area, model, theme);
    for (y, line) in (1..).zip(&figures) {
        put(buffer, area, 0, y, line, theme.strong);
    }
    message::draw(buffer, row(area.height - 2), model.message.as_ref(), model.running().as_deref(), theme);
    tour::draw(buffer, row(area.height - 2), model, theme);
    hints::draw(buffer, [row(area.height - 2), row(area.height - 1)], model, theme);
    let body = body(area, &figures);
    let said = match (&model.overlay, model.session()) {
        (None, Some(session)) => Some(panel(session, theme)),
        (Some(Overlay::Policies(screen)), Some(session)) => {
            Some(deciding::policies(session, *screen, model.reopening.as_deref(), theme))
        }
        (Some(Overlay::Mapping(screen)), session) => {
            Some(deciding::columns(screen, (&model.keymap, session, model.reopening.as_deref()), theme))
        }
        (Some(overlay), Some(session)) => tables::said(session, overlay),
        (None, None) => match &model.stage {
            Stage::Asking(screen) => Some(deciding::columns(screen, (&model.keymap, None, None), theme)),
            _ => None,
        },
        (Some(_), None) => None,
    };
    if let Some(said) = said {
        return Drawn::cursor(write(buffer, body, &said, theme));
    }
    if model.overlay.is_none() {
        stage(buffer, body, model, theme);
    }
    let drawn = overlay(buffer, body, model, model.overlay.as_ref(), theme);
    let marked = mark_cursor(buffer, body);
    // What is typed has the cursor already.
    Drawn { cursor: drawn.cursor.or(Some(marked)), ..drawn }
}

/// Rows of the customer list that a screen shows, if each takes one line.
pub(super) fn page(area: Rect, model: &Model, theme: &Theme) -> usize {
    let sums = u16::from(model.session().is_some_and(|session| session.list.has_sums));
    let body = body(area, &figures(area, model, theme));
    usize::from(body.height.saturating_sub(1 + sums)).max(1)
}

/// The figures of the data that is open, in lines.
fn figures(area: Rect, model: &Model, theme: &Theme) -> Vec<String> {
    let words = model.session().map(|session| strip::words(session, theme));
    words.map(|words| fold(&words, area.width.into())).unwrap_or_default()
}

/// What is left below the figures, above the message.
fn body(area: Rect, figures: &[String]) -> Rect {
    let above = 1 + figures.len() as u16;
    Rect { y: area.y + above, height: area.height.saturating_sub(above + 2), ..area }
}

fn panel(session: &Session, theme: &Theme) -> Said {
    match session.panel {
        Panel::Heatmap => heatmap::said(session),
        Panel::Tiers => tiers::said(session),
        Panel::Cuts => cuts::said(session),
        Panel::Customers => customers::said(session, theme),
    }
}

/// Writes what is said, from the line on from which the one under the cursor is seen to its end; gives the place of the
/// terminal's cursor.
fn write(buffer: &mut Buffer, area: Rect, said: &Said, theme: &Theme) -> Position {
    let gutter = CURSOR.len() as u16;
    put(buffer, area, 0, 0, &said.title, theme.accent);
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }.intersection(area);
    let lines = Rect { x: below.x + gutter, width: below.width.saturating_sub(gutter), ..below };
    let note = said.note.as_deref().map(|note| fold(note, below.width.into())).unwrap_or_default();
    let foot = (note.len() as u16).min(below.height);
    let rows = usize::from(lines.height.saturating_sub(foot));
    // Each with the number of what it is a line of.
    let folded = |(number, line): (usize, &String)| {
        fold(line, lines.width.into()).into_iter().map(move |part| (number, part)).collect::<Vec<_>>()
    };
    let all: Vec<(usize, String)> = said.lines.iter().enumerate().flat_map(folded).collect();
    let is_cursor = |(number, _): &(usize, String)| Some(*number) == said.cursor;
    let end = all.iter().rposition(is_cursor).map_or(0, |last| last + 1);
    let first = all.iter().position(is_cursor).unwrap_or(0).min(end.saturating_sub(rows));
    let mut cursor = Position { x: area.x, y: area.y };
    for (y, (at, line)) in (0..rows as u16).zip(all.iter().enumerate().skip(first)) {
        let style = if is_cursor(line) { theme.cursor } else { Style::new() };
        put(buffer, lines, 0, y, &line.1, style);
        let begins = at == 0 || all[at - 1].0 != line.0;
        if is_cursor(line) && (begins || y == 0) {
            put(buffer, below, 0, y, CURSOR, Style::new());
            cursor = Position { x: below.x, y: below.y + y };
        }
    }
    for (y, line) in (below.height - foot..below.height).zip(&note) {
        put(buffer, below, 0, y, line, theme.muted);
    }
    cursor
}

/// Puts the sign before the line that is shown reversed, where an overlay drew one; gives its place.
fn mark_cursor(buffer: &mut Buffer, body: Rect) -> Position {
    let is_reversed = |x: u16, y: u16| buffer[(x, y)].modifier.contains(Modifier::REVERSED);
    let found = (body.top()..body.bottom()).find(|y| (body.left()..body.right()).any(|x| is_reversed(x, *y)));
    match found {
        Some(y) => {
            put(buffer, Rect { y, height: 1, ..body }, 0, 0, CURSOR, Style::new());
            Position { x: body.x, y }
        }
        None => Position { x: body.x, y: body.y },
    }
}

/// A cell, a segment or a bin with its figures: `Champions: 592 customers, 19.7%; revenue 1,523,310.20, 70.0%`.
fn told(what: &str, tally: Tally, total: Tally, scale: Scale) -> String {
    tr!(
        "{what}: {customers}, {share}; revenue {revenue}, {of_revenue}",
        what,
        customers = counted(tally.customers, "customer"),
        share = share(tally.customers, total.customers),
        revenue = money(tally.revenue, scale),
        of_revenue = share(tally.revenue, total.revenue)
    )
}

/// What stands between two parts of a line.
fn joined(parts: &[String]) -> String {
    parts.join(tr!("list" | "; "))
}
