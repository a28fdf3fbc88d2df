//! One frame from the model.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::finish::finish;
use super::layout::{self, Layout, floor};
use super::paint::{put, put_right, spans};
use super::theme::Theme;
use super::{filters, message, overlays, panels, plain};
use crate::app::keymap::hints;
use crate::app::model::{Model, Stage};
use crate::app::overlay::{Overlay, Picking, Text};
use crate::app::session::{Panel, Session};
use crate::data::place::Place;
use crate::show::text::{clean, width};
use crate::tr;

/// Draws the model; gives how far an open overlay scrolls, which only its drawing knows.
pub fn draw(frame: &mut Frame<'_>, model: &Model, theme: &Theme) -> usize {
    let scrolls = if theme.characters.is_plain { plain::draw(frame, model, theme) } else { all(frame, model, theme) };
    finish(frame.buffer_mut(), theme);
    scrolls
}

/// Rows of the customer list that a screen shows: what a page is.
#[must_use]
pub fn page(area: Rect, model: &Model, theme: &Theme) -> usize {
    if theme.characters.is_plain { plain::page(area, model, theme) } else { layout::page(area, model) }
}

/// Draws everything beside each other.
fn all(frame: &mut Frame<'_>, model: &Model, theme: &Theme) -> usize {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let Some(layout) = Layout::of(area, model.session()) else {
        too_small(buffer, area, floor(model.session()), theme);
        return 0;
    };
    title(buffer, layout.title, model, theme);
    message::draw(buffer, layout.message, model.message.as_ref(), model.running().as_deref(), theme);
    hint_line(buffer, layout.hints, model, theme);
    let body = Rect { y: area.y + 1, height: area.height - 3, ..area };
    if let Stage::Open(session) = &model.stage {
        panels::strip::draw(buffer, layout.strip, session, theme);
        for (panel, area) in &layout.panels {
            draw_panel(buffer, *area, *panel, session, theme);
        }
    }
    stage(buffer, body, model, theme);
    overlay(frame, body, model, theme)
}

/// Draws what there is while no data is open.
pub(super) fn stage(buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
    match &model.stage {
        Stage::Open(_) => {}
        Stage::Loading { look, elapsed } => overlays::loading::draw(buffer, body, model, *look, *elapsed, theme),
        Stage::Asking(ask) => overlays::mapping::draw(buffer, body, ask, (None, None), theme),
        // A question tells why it is asked.
        Stage::Stopped(_) if matches!(model.overlay, Some(Overlay::Pick(_))) => {}
        Stage::Stopped(reason) => overlays::loading::stopped(buffer, body, reason, theme),
    }
}

/// Draws what lies over the panels; gives how far it scrolls.
pub(super) fn overlay(frame: &mut Frame<'_>, body: Rect, model: &Model, theme: &Theme) -> usize {
    let Some(overlay) = &model.overlay else { return 0 };
    let buffer = frame.buffer_mut();
    if let Overlay::Text(Text::Help, scroll) = overlay {
        return overlays::help::draw(buffer, body, *scroll, theme);
    }
    if let Overlay::Pick(pick) = overlay
        && pick.what == Picking::Theme
    {
        overlays::themes::draw(buffer, body, pick, theme);
        return 0;
    }
    if let Overlay::Pick(pick) = overlay {
        overlays::menu::pick(buffer, body, model.session(), pick, theme);
        return 0;
    }
    let Some(session) = model.session() else { return 0 };
    match overlay {
        Overlay::Text(Text::Help, _) | Overlay::Pick(_) => {}
        Overlay::Text(Text::Data, scroll) => return overlays::data::draw(buffer, body, session, *scroll, theme),
        Overlay::Text(Text::Scheme, scroll) => return overlays::scheme::draw(buffer, body, session, *scroll, theme),
        Overlay::Text(Text::Customer(customer), scroll) => {
            return overlays::explain::draw(buffer, body, session, (*customer, *scroll), theme);
        }
        Overlay::Menu(menu, cursor) => overlays::menu::draw(buffer, body, session, (*menu, *cursor), theme),
        Overlay::Movers(movers) => overlays::movers::draw(buffer, body, session, movers, theme),
        Overlay::History(cursor, _) => overlays::history::draw(buffer, body, session, *cursor, theme),
        Overlay::Sensitivity(state) => overlays::sensitivity::draw(buffer, body, session, state, theme),
        Overlay::Policies(screen) => {
            overlays::policies::draw(buffer, body, session, (*screen, model.reopening.as_deref()), theme);
        }
        Overlay::Mapping(screen) => {
            overlays::mapping::draw(buffer, body, screen, (Some(session), model.reopening.as_deref()), theme);
        }
        Overlay::Columns(screen) => overlays::columns::draw(buffer, body, session, screen, theme),
        Overlay::Chips(cursor) => overlays::chips::draw(buffer, body, session, *cursor, theme),
        Overlay::Breakdown(screen) => overlays::breakdown::draw(buffer, body, session, screen, theme),
        Overlay::Budget(screen) => overlays::budget::draw(buffer, body, session, screen, theme),
        Overlay::Rules(screen) => overlays::rules::draw(buffer, body, session, *screen, theme),
        Overlay::Prompt(prompt) => {
            // What a line is typed for stays in sight.
            match &model.beneath {
                Some(Overlay::Budget(screen)) => overlays::budget::draw(buffer, body, session, screen, theme),
                Some(Overlay::Rules(screen)) => overlays::rules::draw(buffer, body, session, *screen, theme),
                _ => {}
            }
            let cursor = overlays::prompt::draw(buffer, body, session, prompt, theme);
            frame.set_cursor_position(cursor);
        }
    }
    0
}

fn draw_panel(buffer: &mut Buffer, area: Rect, panel: Panel, session: &Session, theme: &Theme) {
    match panel {
        Panel::Heatmap => panels::heatmap::draw(buffer, area, session, theme),
        Panel::Tiers => panels::tiers::draw(buffer, area, session, theme),
        Panel::Cuts => panels::cuts::draw(buffer, area, session, theme),
        Panel::Customers => panels::customers::draw(buffer, area, session, theme),
    }
}

pub(super) fn too_small(buffer: &mut Buffer, area: Rect, floor: (u16, u16), theme: &Theme) {
    let text = tr!(
        "tierscope needs {columns} x {rows}; this is {width} x {height}",
        columns = floor.0,
        rows = floor.1,
        width = area.width,
        height = area.height
    );
    put(buffer, area, 0, 0, &text, theme.problem);
    put(buffer, area, 0, 1, tr!("q quits"), theme.muted);
}

pub(super) fn title(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let name = put(buffer, area, 0, 0, concat!(env!("CARGO_PKG_NAME"), " "), theme.accent);
    let files: Vec<String> = model.request.places.iter().map(Place::name).collect();
    let files = match files.as_slice() {
        [one] => one.clone(),
        [first, rest @ ..] => tr!("{first} and {more} more", first, more = rest.len()),
        [] => String::new(),
    };
    let end = name + put(buffer, area, name, 0, &clean(&files), theme.strong);
    if let Some(session) = model.session() {
        let scheme = clean(&session.analysis.scheme().name);
        let day = session.analysis.measured().as_of();
        // A star: changed since it was saved.
        let star = if session.is_saved() { "" } else { "*" };
        let text = match session.card.name.as_ref().map(|name| format!("{}{star}", clean(name))) {
            Some(name) => format!("  {}", tr!("scenario {name} · {scheme} · as of {day}", name, scheme, day)),
            None => format!(" {}", tr!("{scheme} · as of {day}", scheme, day)),
        };
        put_right(buffer, area, area.width, 0, &text, theme.muted);
        // A filter must never be forgotten, nor taken for one of the other kind.
        let room = usize::from(area.width).saturating_sub(width(&text) + usize::from(end) + 2);
        let filters = filters::words(session.analysis.setting(), room);
        put(buffer, area, end + 2, 0, &filters, theme.selected);
    }
}

/// As many hints as fit, the narrowest scope first; help and quit always.
pub(super) fn hint_line(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let hints = hints(model.context());
    let size = |(keys, words): &(String, &str)| width(keys) + width(words) + 3;
    let mut room = usize::from(area.width);
    let mut shown = vec![false; hints.len()];
    let last = |words: &str| words == "quit" || words == "keys";
    let order =
        (0..hints.len()).filter(|at| last(hints[*at].1)).chain((0..hints.len()).filter(|at| !last(hints[*at].1)));
    for at in order {
        if size(&hints[at]) > room {
            break;
        }
        room -= size(&hints[at]);
        shown[at] = true;
    }
    let parts = hints.iter().zip(shown).filter(|(_, shown)| *shown).flat_map(|((keys, words), _)| {
        [Span::styled(keys.clone(), theme.accent), Span::styled(format!(" {words}  "), theme.muted)]
    });
    spans(buffer, area, 0, parts.collect());
}
