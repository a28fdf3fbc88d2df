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
            // Marks of everybody, and sums and the like, which would only be switched back.
            Action::Marks(MarkAction::Clear | MarkAction::Show | MarkAction::Review)
            | Action::Columns(ColumnAction::Choose | ColumnAction::Freeze | ColumnAction::Sums)
            // The program and its screen.
            | Action::Quit
            | Action::Leave
            | Action::Suspend
            | Action::Redraw
            | Action::Reload
            | Action::GoOn
            | Action::Themes
            | Action::Privacy
            | Action::UsualColumns
            | Action::UsualView
            // What only moves or shows.
            | Action::NextPanel
            | Action::PreviousPanel
            | Action::Zoom
            | Action::Divide(_)
            | Action::Hide
            | Action::Move(_)
            | Action::Heading(_)
            | Action::UnfoldAll
            | Action::Page(_)
            | Action::End(_)
            | Action::NextFound(_)
            | Action::Watch(_)
            | Action::FocusAxis(_)
            | Action::PickCut(_)
            | Action::NextPlane
            | Action::NextMetric
            | Action::NextLayer
            | Action::Sort
            | Action::SortThen
            | Action::Reverse
            | Action::Matrix
            | Action::IndexOrShare
            | Action::Differences
            | Action::Baseline(_)
            // What lies over the panels, and what is done in it once.
            | Action::Palette
            | Action::Log
            | Action::Tour
            | Action::Help
            | Action::Data
            | Action::Movers
            | Action::History
            | Action::Sensitivity
            | Action::Concentration
            | Action::Breakdown
            | Action::Budget
            | Action::Rules
            | Action::Policies
            | Action::Mapping
            | Action::ViewScheme
            | Action::PickScheme
            | Action::Explain
            | Action::Chips
            | Action::Quick
            | Action::Menu(_)
            | Action::Ask(_)
            | Action::Select
            | Action::Complete
            | Action::Back
            | Action::FilterByRule
            | Action::FirstInDates(_)
            | Action::Forget
            | Action::Mark
            | Action::Give
            // What is no change of the figures, or one of changes.
            | Action::Copy(_)
            | Action::SavePicture
            | Action::Repeat
            | Action::Undo
            | Action::Redo => None,
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
