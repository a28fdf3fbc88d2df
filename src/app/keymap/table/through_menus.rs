//! What menus offer: commands without a key of their own, which a keymap file may give them. The menus have their words.

use super::super::super::action::{Action, Asked, BaselineTo, Copied, MarkAction};
use super::super::super::menu::Menu;
use super::super::command::Row;
use super::super::command::Scope::Panels;
use super::{Table, row};
use crate::model::cuts::Method;

/// The entries of all menus.
pub(super) const ENTRIES: &[Table] = &[Table(
    Panels,
    &[
        row!(compare_with_here, [], Action::Baseline(BaselineTo::Here), ""),
        row!(compare_with_start, [], Action::Baseline(BaselineTo::Start), ""),
        row!(compare_with_scenario, [], Action::Ask(Asked::CompareScenario), ""),
        row!(compare_with_nothing, [], Action::Baseline(BaselineTo::Nothing), ""),
        row!(equal_counts, [], Action::Distribute(Method::Quantile), ""),
        row!(round_numbers, [], Action::Round, ""),
        row!(cut_at_mean, [], Action::Distribute(Method::Mean), ""),
        row!(cut_as_r, [], Action::Distribute(Method::RCompat), ""),
        row!(save_scenario, [], Action::Ask(Asked::SaveScenario), ""),
        row!(open_scenario, [], Action::Ask(Asked::OpenScenario), ""),
        row!(scenario_note, [], Action::Ask(Asked::Note), ""),
        row!(go_on, [], Action::GoOn, ""),
        row!(review_date, [], Action::Ask(Asked::ReviewBy), ""),
        row!(view_scheme, [], Action::ViewScheme, ""),
        row!(choose_scheme, [], Action::PickScheme, ""),
        row!(rename_segment, [], Action::Ask(Asked::SegmentName), ""),
        row!(write_scheme, [], Action::Ask(Asked::SaveScheme), ""),
        row!(clv_terms, [], Action::Ask(Asked::ClvTerms), ""),
        row!(mark_listed, [], Action::Marks(MarkAction::Listed), ""),
        row!(invert_marks, [], Action::Marks(MarkAction::Invert), ""),
        row!(clear_marks, [], Action::Marks(MarkAction::Clear), ""),
        row!(list_marked, [], Action::Marks(MarkAction::Show), ""),
        row!(customer_note, [], Action::Ask(Asked::CustomerNote), ""),
        row!(review, [], Action::Marks(MarkAction::Review), ""),
        row!(export_marked, [], Action::Ask(Asked::ExportMarked), ""),
        row!(export_listed, [], Action::Ask(Asked::ExportListed), ""),
        row!(copy_cell, [], Action::Copy(Copied::Cell), ""),
        row!(copy_row, [], Action::Copy(Copied::Row), ""),
        row!(copy_list, [], Action::Copy(Copied::List), ""),
    ],
)];

/// A line with the words of the menu that offers it, where it has none of its own.
pub(super) fn worded(row: &Row) -> Row {
    let entries = || Menu::ALL.into_iter().flat_map(Menu::entries);
    let words = |row: &Row| entries().find(|entry| entry.action == row.action).map(|entry| entry.words);
    let words = if row.words.is_empty() { words(row).unwrap_or_default() } else { row.words };
    Row { words, ..*row }
}

#[cfg(test)]
mod tests {
    use super::super::commands;
    use super::*;

    #[test]
    fn everything_in_a_menu_is_a_command_with_words() {
        for entry in Menu::ALL.into_iter().flat_map(Menu::entries) {
            assert!(commands().iter().any(|command| command.action == entry.action), "{entry:?}");
        }
        for command in commands() {
            assert!(!command.english().is_empty(), "{command:?}");
        }
    }
}
