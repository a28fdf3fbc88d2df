//! The last change, to be made once more.

use super::action::{Action, Asked, ColumnAction, MarkAction};
use super::keymap::commands;
use super::model::Model;
use crate::tr;

/// A change, and how often it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub what: Changed,
    /// How often, where that was said.
    pub number: Option<u32>,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// By a key.
    Done(Action),
    /// By a line that was typed.
    Typed(Asked, String),
}

impl Changed {
    /// By an action; `None` where it changes nothing that could be changed so again.
    #[must_use]
    pub(super) const fn by(action: Action) -> Option<Self> {
        match action {
            Action::Nudge(_)
            | Action::NudgeFar(_)
            | Action::RemoveCut
            | Action::Distribute(_)
            | Action::Round
            | Action::NextMeasure
            | Action::Reorder(_)
            | Action::TakeAway
            | Action::ToggleChip
            | Action::NegateChip
            | Action::RemoveChip
            | Action::GiveRole(_)
            | Action::TakeRole
            | Action::Marks(MarkAction::One | MarkAction::Range | MarkAction::Listed | MarkAction::Invert)
            | Action::Columns(
                ColumnAction::Toggle
                | ColumnAction::Shift(_)
                | ColumnAction::Wider
                | ColumnAction::Narrower
                | ColumnAction::Fit,
            ) => Some(Self::Done(action)),
            _ => None,
        }
    }

    /// By a line; `None` where it stands for one thing alone.
    #[must_use]
    pub(super) fn typed(asked: Asked, text: &str) -> Option<Self> {
        matches!(asked, Asked::CutValue | Asked::Solve).then(|| Self::Typed(asked, text.to_owned()))
    }
}

/// Why the last change cannot be made once more; `None` where it can be tried.
#[must_use]
pub(super) fn reason(model: &Model) -> Option<String> {
    let Some(change) = &model.last_change else { return Some(tr!("nothing was changed yet").to_owned()) };
    let context = model.place();
    let is_possible = match &change.what {
        Changed::Done(action) => {
            commands().iter().any(|command| command.action == *action && command.scope.holds(context))
                || context.is_panel() && matches!(action, Action::Nudge(_) | Action::NudgeFar(_))
        }
        Changed::Typed(..) => context.is_panel(),
    };
    (!is_possible).then(|| tr!("the last change is of another place").to_owned())
}
