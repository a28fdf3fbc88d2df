//! The palette: opening it over what is there, and carrying out what is chosen.

use super::super::action::{Action, Direction};
use super::super::keymap::Key;
use super::super::model::Model;
use super::super::overlay::Overlay;
use super::super::palette::Palette;
use super::Effect;
use super::over::lay_over;
use super::repeat::carry_out;
use crate::tr;

/// Lines of a page.
const PAGE: usize = 10;

/// Opens it for the place where the user works.
pub(super) fn open(model: &mut Model) {
    let palette = Palette::of(model.place(), &model.keymap);
    lay_over(model, Overlay::Palette(Box::new(palette)));
}

pub(super) fn update(model: &mut Model, action: Action) -> Effect {
    let Some(Overlay::Palette(palette)) = &mut model.overlay else { return Effect::None };
    let last = palette.len().saturating_sub(1);
    match action {
        Action::Move(Direction::Down) => palette.cursor = (palette.cursor + 1).min(last),
        Action::Move(_) => palette.cursor = palette.cursor.saturating_sub(1),
        Action::Page(Direction::Down) => palette.cursor = (palette.cursor + PAGE).min(last),
        Action::Page(_) => palette.cursor = palette.cursor.saturating_sub(PAGE),
        Action::Back => model.overlay = model.beneath.take(),
        Action::Select => return select(model),
        _ => {}
    }
    Effect::None
}

/// Carries out what is under the cursor, where it was opened; what cannot be done says why, and the palette stays.
fn select(model: &mut Model) -> Effect {
    let Some(Overlay::Palette(palette)) = &model.overlay else { return Effect::None };
    let Some(row) = palette.row(model, palette.cursor) else {
        model.complain(tr!("nothing is called so"));
        return Effect::None;
    };
    if let Some(reason) = row.reason {
        model.complain(reason);
        return Effect::None;
    }
    model.overlay = model.beneath.take();
    model.message = None;
    carry_out(model, row.command.action, None)
}

/// Takes a key for its line; `false` where it is not open.
pub(super) fn typed(model: &mut Model, key: Key) -> bool {
    let Some(Overlay::Palette(palette)) = &mut model.overlay else { return false };
    palette.typed(&model.keymap, key);
    true
}

/// Takes a text for its line; `false` where it is not open.
pub(super) fn pasted(model: &mut Model, text: &str) -> bool {
    let Some(Overlay::Palette(palette)) = &mut model.overlay else { return false };
    palette.pasted(&model.keymap, text);
    true
}
