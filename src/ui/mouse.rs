//! The mouse, where it was asked for: a click gives a panel the keys and goes to a row, a click on the row under the cursor is
//! Enter, the wheel moves up and down. Nothing can be done by it alone.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::layout::Layout;
use crate::app::action::Direction;
use crate::app::keymap::Key;
use crate::app::model::{Model, Stage};
use crate::app::session::{Panel, Session};
use crate::app::update::{Effect, press};

/// Rows that the wheel moves at once.
const WHEEL: usize = 3;

/// Lines of a panel above its rows: the rule with its title, and the heads.
const ABOVE: u16 = 2;

/// Carries out what the mouse did on a screen of an area. Lines of words have no places: on them only the wheel counts, for
/// what has the keys.
pub(super) fn moused(model: &mut Model, area: Rect, event: MouseEvent, is_plain: bool) -> Effect {
    let direction = match event.kind {
        MouseEventKind::ScrollUp => Direction::Up,
        MouseEventKind::ScrollDown => Direction::Down,
        MouseEventKind::Down(MouseButton::Left) if !is_plain => return clicked(model, area, event),
        _ => return Effect::None,
    };
    if model.overlay.is_none() {
        let on = if is_plain {
            model.session().map(|session| session.panel)
        } else {
            panel_at(model, area, event).map(|(panel, _)| panel)
        };
        match on {
            // There the arrows move a cut, which nobody should do by turning a wheel.
            None | Some(Panel::Cuts | Panel::Heatmap) => return Effect::None,
            Some(panel) => focus(model, panel),
        }
    }
    let effects = (0..WHEEL).map(|_| press(model, Key::Arrow(direction)));
    effects.filter(|effect| *effect != Effect::None).last().unwrap_or(Effect::None)
}

fn clicked(model: &mut Model, area: Rect, event: MouseEvent) -> Effect {
    if model.overlay.is_some() {
        return Effect::None;
    }
    let Some((panel, place)) = panel_at(model, area, event) else { return Effect::None };
    let (page, had_keys) = (model.page, model.session().is_some_and(|session| session.panel == panel));
    focus(model, panel);
    let Stage::Open(session) = &mut model.stage else { return Effect::None };
    let Some(row) = event.row.checked_sub(place.y + ABOVE).map(usize::from) else { return Effect::None };
    let was_there = match panel {
        Panel::Customers => {
            let row = session.list.offset + row;
            let was_there = row == session.list.cursor;
            session.list.go(row, page);
            was_there
        }
        Panel::Tiers => tier(session, place, row),
        Panel::Heatmap | Panel::Cuts => false,
    };
    if was_there && had_keys { press(model, Key::Enter) } else { Effect::None }
}

/// Goes to a row of the tiers; gives whether the cursor was there.
fn tier(session: &mut Session, place: Rect, row: usize) -> bool {
    let shown = usize::from(place.height.saturating_sub(ABOVE));
    let first = (session.tiers.cursor + 1).saturating_sub(shown);
    let most = session.analysis.map().shown().saturating_sub(1);
    let row = (first + row).min(most);
    std::mem::replace(&mut session.tiers.cursor, row) == row
}

fn focus(model: &mut Model, panel: Panel) {
    if let Stage::Open(session) = &mut model.stage {
        session.panel = panel;
    }
}

/// The panel under the mouse, and where it is.
fn panel_at(model: &Model, area: Rect, event: MouseEvent) -> Option<(Panel, Rect)> {
    let layout = Layout::of(area, model.session())?;
    let at = Position { x: event.column, y: event.row };
    layout.panels.into_iter().find(|(_, place)| place.contains(at))
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;
    use crate::app::session::Session as Open;
    use crate::app::themes::Themes;
    use crate::data::load::Request;
    use crate::data::place::Place;
    use crate::engine::plan::Plan;
    use crate::job::{CancelToken, Progress};
    use crate::model::schemes::Catalogue;

    const AREA: Rect = Rect::new(0, 0, 120, 40);

    fn demo() -> Result<Model, Box<dyn std::error::Error>> {
        let place = Place::BuiltIn { name: "the demo shop", bytes: crate::demo::SHOP.as_bytes() };
        let request = Request { places: vec![place], ..Request::default() };
        let (plan, catalogue) = (Plan::default(), Catalogue::built_in());
        let session = Open::open(&request, &plan, &catalogue, &Progress::default(), &CancelToken::default())?;
        let mut model = Model::new(request, plan, catalogue);
        model.stage = Stage::Open(Box::new(session));
        model.prepare(10, 120);
        Ok(model)
    }

    fn event(kind: MouseEventKind, (column, row): (u16, u16)) -> MouseEvent {
        MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
    }

    #[test]
    fn a_click_goes_to_a_row_a_second_is_enter_and_the_wheel_scrolls() -> Result<(), Box<dyn std::error::Error>> {
        let mut model = demo()?;
        let layout = Layout::of(AREA, model.session()).ok_or("too small")?;
        let list = layout.panel(Panel::Customers).ok_or("no list")?;
        let click = event(MouseEventKind::Down(MouseButton::Left), (list.x + 3, list.y + ABOVE + 2));
        moused(&mut model, AREA, click, false);
        let state = |model: &Model| model.session().map(|session| (session.panel, session.list.cursor));
        assert_eq!(state(&model), Some((Panel::Customers, 2)));
        assert!(model.overlay.is_none());
        moused(&mut model, AREA, click, false);
        assert!(model.overlay.is_some(), "a customer is shown");
        press(&mut model, Key::Esc);
        moused(&mut model, AREA, event(MouseEventKind::ScrollDown, (list.x + 3, list.y + 5)), false);
        assert_eq!(state(&model), Some((Panel::Customers, 2 + WHEEL)));
        // No wheel moves a cut.
        let cuts = layout.panel(Panel::Cuts).ok_or("no cuts")?;
        moused(&mut model, AREA, event(MouseEventKind::ScrollDown, (cuts.x + 3, cuts.y + 5)), false);
        assert_eq!(state(&model), Some((Panel::Customers, 2 + WHEEL)));
        Ok(())
    }

    #[test]
    fn what_the_last_step_of_the_wheel_asks_for_is_done() -> Result<(), Box<dyn std::error::Error>> {
        let mut model = demo()?;
        model.themes = Themes::of(["auto", "dark", "light", "sixteen"].map(str::to_owned).to_vec(), "auto".to_owned());
        press(&mut model, Key::Char('T'));
        let effect = moused(&mut model, AREA, event(MouseEventKind::ScrollDown, (1, 1)), false);
        assert_eq!(effect, Effect::Theme("sixteen".to_owned()));
        Ok(())
    }

    #[test]
    fn on_lines_of_words_no_click_means_anything() -> Result<(), Box<dyn std::error::Error>> {
        let mut model = demo()?;
        let layout = Layout::of(AREA, model.session()).ok_or("too small")?;
        let list = layout.panel(Panel::Customers).ok_or("no list")?;
        let at = (list.x + 3, list.y + ABOVE + 2);
        let state = |model: &Model| model.session().map(|session| (session.panel, session.list.cursor));
        let before = state(&model);
        let click = event(MouseEventKind::Down(MouseButton::Left), at);
        assert_eq!(moused(&mut model, AREA, click, true), Effect::None);
        moused(&mut model, AREA, event(MouseEventKind::ScrollDown, at), true);
        assert_eq!(state(&model), before);
        // The wheel moves what has the keys, wherever it is turned.
        focus(&mut model, Panel::Customers);
        moused(&mut model, AREA, event(MouseEventKind::ScrollDown, (0, 0)), true);
        assert_eq!(state(&model), Some((Panel::Customers, WHEEL)));
        Ok(())
    }
}
