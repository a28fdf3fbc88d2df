//! One frame from the model.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::finish::finish;
use super::fold::fold;
use super::layout::{self, Layout, floor};
use super::paint::{put, put_right};
use super::theme::Theme;
use super::{filters, hints, message, overlays, panels, plain, tour};
use crate::app::action::Action;
use crate::app::model::{Model, Stage};
use crate::app::overlay::{Overlay, Picking, Text};
use crate::app::session::{Panel, Session};
use crate::data::place::Place;
use crate::show::text::{clean, width};
use crate::tr;

/// What only the drawing knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// How far an open overlay scrolls.
    pub scrolls: usize,
    /// Where something is typed.
    pub cursor: Option<Position>,
}

impl Drawn {
    const fn scrolls(scrolls: usize) -> Self {
        Self { scrolls, cursor: None }
    }

    /// Draws nothing but a cursor.
    pub(super) const fn cursor(cursor: Position) -> Self {
        Self { scrolls: 0, cursor: Some(cursor) }
    }
}

/// Draws the model on a blank buffer.
pub fn draw(buffer: &mut Buffer, model: &Model, theme: &Theme) -> Drawn {
    let drawn = if theme.characters.is_plain { plain::draw(buffer, model, theme) } else { all(buffer, model, theme) };
    finish(buffer, theme);
    drawn
}

/// Rows of the customer list that a screen shows: what a page is.
#[must_use]
pub fn page(area: Rect, model: &Model, theme: &Theme) -> usize {
    if theme.characters.is_plain { plain::page(area, model, theme) } else { layout::page(area, model) }
}

/// Draws everything beside each other.
fn all(buffer: &mut Buffer, model: &Model, theme: &Theme) -> Drawn {
    let area = buffer.area;
    let Some(layout) = Layout::of(area, model.session()) else {
        too_small(buffer, area, model, theme);
        return Drawn::default();
    };
    title(buffer, layout.title, model, theme);
    message::draw(buffer, layout.message, model.message.as_ref(), model.running().as_deref(), theme);
    hints::draw(buffer, [layout.message, layout.hints], model, theme);
    let body = Rect { y: area.y + 1, height: area.height - 3, ..area };
    if let Stage::Open(session) = &model.stage {
        panels::strip::draw(buffer, layout.strip, session, theme);
        for (panel, area) in &layout.panels {
            draw_panel(buffer, *area, *panel, session, theme);
        }
    }
    stage(buffer, body, model, theme);
    tour::draw(buffer, layout.message, model, theme);
    overlay(buffer, body, model, model.overlay.as_ref(), theme)
}

/// Draws what there is while no data is open.
pub(super) fn stage(buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
    match &model.stage {
        Stage::Open(_) => {}
        Stage::Loading { look, elapsed } => overlays::loading::draw(buffer, body, model, *look, *elapsed, theme),
        Stage::Asking(ask) => overlays::mapping::draw(buffer, body, ask, (&model.keymap, None, None), theme),
        // A question tells why it is asked.
        Stage::Stopped(_) if matches!(model.overlay, Some(Overlay::Pick(_))) => {}
        Stage::Stopped(reason) => overlays::loading::stopped(buffer, body, reason, theme),
    }
}

/// Makes ready what a frame of some size shows.
pub(super) fn prepare(model: &mut Model, area: Rect, theme: &Theme) {
    let page = page(area, model, theme);
    model.column_width = model.session().map_or(1, panels::customers::cursor_width);
    model.prepare(page, area.width.into());
}

/// Draws what lies over the panels.
pub(super) fn overlay(buffer: &mut Buffer, body: Rect, model: &Model, shown: Option<&Overlay>, theme: &Theme) -> Drawn {
    let Some(shown) = shown else { return Drawn::default() };
    if let Overlay::Palette(palette) = shown {
        // What the action is for stays in sight.
        overlay(buffer, body, model, model.beneath.as_ref(), theme);
        return Drawn::cursor(overlays::palette::draw(buffer, body, model, palette, theme));
    }
    if let Overlay::Text(Text::Log, scroll) = shown {
        return Drawn::scrolls(overlays::log::draw(buffer, body, model, *scroll, theme));
    }
    if let Overlay::Help(help) = shown {
        overlays::help::draw(buffer, body, model, help, theme);
        return Drawn::default();
    }
    if let Overlay::Pick(pick) = shown
        && pick.what == Picking::Theme
    {
        overlays::themes::draw(buffer, body, pick, theme);
        return Drawn::default();
    }
    if let Overlay::Pick(pick) = shown {
        overlays::menu::pick(buffer, body, model.session(), pick, theme);
        return Drawn::default();
    }
    let Some(session) = model.session() else { return Drawn::default() };
    match shown {
        Overlay::Help(_) | Overlay::Palette(_) | Overlay::Pick(_) | Overlay::Text(Text::Log, _) => {}
        Overlay::Text(Text::Data, scroll) => {
            return Drawn::scrolls(overlays::data::draw(buffer, body, session, *scroll, theme));
        }
        Overlay::Text(Text::Scheme, scroll) => {
            return Drawn::scrolls(overlays::scheme::draw(buffer, body, session, *scroll, theme));
        }
        Overlay::Text(Text::Customer(customer), scroll) => {
            return Drawn::scrolls(overlays::explain::draw(buffer, body, session, (*customer, *scroll), theme));
        }
        Overlay::Menu(menu, cursor) => overlays::menu::draw(buffer, body, session, (*menu, *cursor), theme),
        Overlay::Movers(movers) => overlays::movers::draw(buffer, body, session, movers, theme),
        Overlay::History(cursor, _) => overlays::history::draw(buffer, body, session, *cursor, theme),
        Overlay::Sensitivity(state) => overlays::sensitivity::draw(buffer, body, session, state, theme),
        Overlay::Concentration(screen) => overlays::concentration::draw(buffer, body, session, screen, theme),
        Overlay::Policies(screen) => {
            overlays::policies::draw(buffer, body, session, (*screen, model.reopening.as_deref()), theme);
        }
        Overlay::Mapping(screen) => {
            overlays::mapping::draw(
                buffer,
                body,
                screen,
                (&model.keymap, Some(session), model.reopening.as_deref()),
                theme,
            );
        }
        Overlay::Columns(screen) => overlays::columns::draw(buffer, body, session, screen, theme),
        Overlay::Chips(cursor) => overlays::chips::draw(buffer, body, session, *cursor, theme),
        Overlay::Breakdown(screen) => overlays::breakdown::draw(buffer, body, session, screen, theme),
        Overlay::Budget(screen) => overlays::budget::draw(buffer, body, session, screen, theme),
        Overlay::Rules(screen) => overlays::rules::draw(buffer, body, session, *screen, theme),
        Overlay::Prompt(prompt) => {
            // What a line is typed for stays in sight.
            if let Some(under) = prompt.under.first() {
                self::overlay(buffer, body, model, Some(under), theme);
            }
            match &model.beneath {
                Some(Overlay::Budget(screen)) => overlays::budget::draw(buffer, body, session, screen, theme),
                Some(Overlay::Rules(screen)) => overlays::rules::draw(buffer, body, session, *screen, theme),
                _ => {}
            }
            let cursor = overlays::prompt::draw(buffer, body, session, prompt, theme);
            return Drawn::cursor(cursor);
        }
    }
    Drawn::default()
}

fn draw_panel(buffer: &mut Buffer, area: Rect, panel: Panel, session: &Session, theme: &Theme) {
    match panel {
        Panel::Heatmap => panels::heatmap::draw(buffer, area, session, theme),
        Panel::Tiers => panels::tiers::draw(buffer, area, session, theme),
        Panel::Cuts => panels::cuts::draw(buffer, area, session, theme),
        Panel::Customers => panels::customers::draw(buffer, area, session, theme),
    }
}

pub(super) fn too_small(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let floor = floor(model.session());
    let text = tr!(
        "tierscope needs {columns} x {rows}; this is {width} x {height}",
        columns = floor.0,
        rows = floor.1,
        width = area.width,
        height = area.height
    );
    let lines = fold(&text, area.width.into());
    for (y, line) in (0..area.height).zip(&lines) {
        put(buffer, area, 0, y, line, theme.problem);
    }
    let key = model.keymap.name_of(Action::Leave);
    put(buffer, area, 0, lines.len() as u16, &tr!("{key} quits", key), theme.muted);
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
