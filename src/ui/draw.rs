//! One frame from the model.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::layout::{Layout, floor};
use super::paint::{put, put_right};
use super::theme::Theme;
use super::{filters, hints, message, overlays, panels, tour};
use crate::app::action::Action;
use crate::app::model::{Model, Stage};
use crate::app::overlay::{Overlay, Text};
use crate::app::session::{Panel, Session};
use crate::data::place::Place;
use crate::show::text::{clean, width};
use crate::tr;

/// Draws the model; gives how far an open overlay scrolls, which only its drawing knows.
pub fn draw(frame: &mut Frame<'_>, model: &Model, theme: &Theme) -> usize {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let Some(layout) = Layout::of(area, model.session()) else {
        too_small(buffer, area, model, theme);
        return 0;
    };
    title(buffer, layout.title, model, theme);
    message::draw(buffer, layout.message, model.message.as_ref(), model.running().as_deref(), theme);
    hints::draw(buffer, [layout.message, layout.hints], model, theme);
    let body = Rect { y: area.y + 1, height: area.height - 3, ..area };
    match &model.stage {
        Stage::Open(session) => {
            panels::strip::draw(buffer, layout.strip, session, theme);
            for (panel, area) in &layout.panels {
                draw_panel(buffer, *area, *panel, session, theme);
            }
        }
        Stage::Loading { look, elapsed } => overlays::loading::draw(buffer, body, model, *look, *elapsed, theme),
        Stage::Asking(ask) => overlays::mapping::draw(buffer, body, ask, (None, None), theme),
        // A question tells why it is asked.
        Stage::Stopped(_) if matches!(model.overlay, Some(Overlay::Pick(_))) => {}
        Stage::Stopped(reason) => overlays::loading::stopped(buffer, body, reason, theme),
    }
    tour::draw(buffer, layout.message, model, theme);
    overlay(frame, body, model, model.overlay.as_ref(), theme)
}

/// Draws what lies over the panels; gives how far it scrolls.
fn overlay(frame: &mut Frame<'_>, body: Rect, model: &Model, shown: Option<&Overlay>, theme: &Theme) -> usize {
    let Some(shown) = shown else { return 0 };
    if let Overlay::Palette(palette) = shown {
        // What the action is for stays in sight.
        overlay(frame, body, model, model.beneath.as_ref(), theme);
        let cursor = overlays::palette::draw(frame.buffer_mut(), body, model, palette, theme);
        frame.set_cursor_position(cursor);
        return 0;
    }
    let buffer = frame.buffer_mut();
    if let Overlay::Text(Text::Log, scroll) = shown {
        return overlays::log::draw(buffer, body, model, *scroll, theme);
    }
    if let Overlay::Help(help) = shown {
        overlays::help::draw(buffer, body, model, help, theme);
        return 0;
    }
    if let Overlay::Pick(pick) = shown {
        overlays::menu::pick(buffer, body, model.session(), pick, theme);
        return 0;
    }
    let Some(session) = model.session() else { return 0 };
    match shown {
        Overlay::Help(_) | Overlay::Palette(_) | Overlay::Pick(_) | Overlay::Text(Text::Log, _) => {}
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

fn too_small(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let floor = floor(model.session());
    let text = format!("tierscope needs {} x {}; this is {} x {}", floor.0, floor.1, area.width, area.height);
    put(buffer, area, 0, 0, &text, theme.problem);
    let key = model.keymap.name_of(Action::Leave);
    put(buffer, area, 0, 1, &tr!("{key} quits", key), theme.muted);
}

fn title(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let name = put(buffer, area, 0, 0, "tierscope ", theme.accent);
    let files: Vec<String> = model.request.places.iter().map(Place::name).collect();
    let files = match files.as_slice() {
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => String::new(),
    };
    let end = name + put(buffer, area, name, 0, &clean(&files), theme.strong);
    if let Some(session) = model.session() {
        let scheme = session.analysis.scheme();
        // A star: changed since it was saved.
        let star = if session.is_saved() { "" } else { "*" };
        let name = |name: &String| format!("  scenario {}{star} ·", clean(name));
        let scenario = session.card.name.as_ref().map(name).unwrap_or_default();
        let text = format!("{scenario} {} · as of {}", clean(&scheme.name), session.analysis.measured().as_of());
        put_right(buffer, area, area.width, 0, &text, theme.muted);
        // A filter must never be forgotten, nor taken for one of the other kind.
        let room = usize::from(area.width).saturating_sub(width(&text) + usize::from(end) + 2);
        let filters = filters::words(session.analysis.setting(), room);
        put(buffer, area, end + 2, 0, &filters, theme.selected);
    }
}
