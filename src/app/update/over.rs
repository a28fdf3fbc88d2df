//! Help, palette and messages lie over whatever is there, and closing them goes back to it.

use super::super::model::Model;
use super::super::overlay::{Overlay, Text};
use super::super::session::Session;
use super::marks;

/// Shows something over what is there.
pub(super) fn lay_over(model: &mut Model, overlay: Overlay) {
    // A review ends when something takes its place; what else is worked with survives a look at the keys.
    if model.session().is_some_and(|session: &Session| session.reviewing) && !matches!(overlay, Overlay::Palette(_)) {
        model.overlay = None;
        marks::end_review(model);
    }
    match model.overlay.take() {
        // One of them takes the place of another, over the same.
        Some(Overlay::Help(_) | Overlay::Palette(_) | Overlay::Text(Text::Log, _)) | None => {}
        Some(below) => model.beneath = Some(below),
    }
    model.overlay = Some(overlay);
}

/// Shows what was said, from the last to the first, or hides it where it is shown.
pub(super) fn toggle_log(model: &mut Model) {
    if matches!(model.overlay, Some(Overlay::Text(Text::Log, _))) {
        model.overlay = model.beneath.take();
        return;
    }
    model.log.read();
    lay_over(model, Overlay::Text(Text::Log, 0));
}
