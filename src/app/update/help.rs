//! The help: opening it over what is there, and going back to that.

use super::super::action::Action;
use super::super::help::HelpScreen;
use super::super::model::Model;
use super::super::overlay::Overlay;
use super::over::lay_over;

/// Shows the help, or hides it where it is shown.
pub(super) fn toggle(model: &mut Model) {
    if matches!(model.overlay, Some(Overlay::Help(_))) {
        return close(model);
    }
    let help = HelpScreen::of(model.place());
    lay_over(model, Overlay::Help(Box::new(help)));
}

/// Goes back to what it was opened over.
fn close(model: &mut Model) {
    model.overlay = model.beneath.take();
}

pub(super) fn update(model: &mut Model, action: Action) {
    if action == Action::Back {
        return close(model);
    }
    let Some(Overlay::Help(help)) = &model.overlay else { return };
    // Its lines are told by the model that it lies in.
    let mut help = help.clone();
    help.update(model, action);
    model.overlay = Some(Overlay::Help(help));
}
