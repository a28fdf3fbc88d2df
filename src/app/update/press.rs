//! What a key does: it carries a command out, is a digit of how often, or begins a command of two keys.

use super::super::action::Action;
use super::super::begun::Begun;
use super::super::keymap::{Key, Keys, Meaning};
use super::super::model::Model;
use super::super::tour::Tour;
use super::repeat::carry_out;
use super::{Effect, overlay, palette, prompt};
use crate::tr;

/// Carries out what a key means where the user is; a key without a meaning goes to an open prompt.
pub fn press(model: &mut Model, key: Key) -> Effect {
    model.log.see();
    let context = model.context();
    if key == Key::Esc && !model.begun.is_nothing() {
        model.begun = Begun::default();
        return Effect::None;
    }
    if model.begun.is_nothing() && Tour::press(model, key) {
        return Effect::None;
    }
    if model.begun.first.is_none()
        && let Some(action) = model.menu_action(key)
    {
        model.begun = Begun::default();
        return overlay::choose(model, action);
    }
    let keys = model.begun.first.map_or(Keys::one(key), |first| Keys::two(first, key));
    let meaning = model.keymap.meaning(context, keys);
    // A digit that means something by itself begins no number, but goes on with one.
    let may_count = model.begun.first.is_none() && !context.types();
    let is_digit = meaning.is_none() || model.begun.number().is_some();
    if may_count && is_digit && model.begun.takes(key) {
        return Effect::None;
    }
    match meaning {
        Some(Meaning::Begins) => {
            model.begun.first = Some(key);
            Effect::None
        }
        Some(Meaning::Command(command)) => {
            let number = std::mem::take(&mut model.begun).number();
            carry_out(model, command.action, number)
        }
        None => {
            let is_begun = std::mem::take(&mut model.begun).first.is_some();
            if is_begun || !context.types() {
                let key = model.keymap.name_of(Action::Help);
                model.complain(tr!("{keys} does nothing here; {key} shows all keys", keys, key));
                return Effect::None;
            }
            typed(model, key);
            Effect::None
        }
    }
}

/// A key that means nothing by itself is text for the line that is typed.
fn typed(model: &mut Model, key: Key) {
    if !palette::typed(model, key) {
        prompt::typed(model, key);
    }
}

/// Pasted text is text for the line that is typed, whatever keys its characters would be.
pub(super) fn pasted(model: &mut Model, text: &str) {
    if !palette::pasted(model, text) {
        prompt::pasted(model, text);
    }
}
