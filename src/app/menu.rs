//! Short menus: a few things to choose from by a letter, or by the arrows and Enter.

use super::action::{Action, Asked, BaselineTo, Copied, MarkAction};
use crate::model::cuts::Method;
use crate::{lang, mark, tr};

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// What the figures are compared with.
    Baseline,
    /// How to lay the cuts of an axis anew.
    Distribute,
    /// Saving and opening views.
    Scenario,
    /// The segments.
    Scheme,
    /// Marked customers.
    Marks,
    /// Writing and copying lists.
    Export,
}

/// A line of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its letter.
    pub letter: char,
    /// What it does.
    pub words: &'static str,
    /// The action.
    pub action: Action,
}

const fn entry(letter: char, words: &'static str, action: Action) -> Entry {
    Entry { letter, words, action }
}

const BASELINE: &[Entry] = &[
    entry(
        'h',
        mark!("compare with here: the cuts, scheme and measures as they are now"),
        Action::Baseline(BaselineTo::Here),
    ),
    entry('s', mark!("compare with the start"), Action::Baseline(BaselineTo::Start)),
    entry('f', mark!("compare with a saved scenario ..."), Action::Ask(Asked::CompareScenario)),
    entry('n', mark!("compare with nothing"), Action::Baseline(BaselineTo::Nothing)),
];

const DISTRIBUTE: &[Entry] = &[
    entry('q', mark!("equal counts: quantiles, as many bins as now"), Action::Distribute(Method::Quantile)),
    entry('r', mark!("round numbers near the cuts as they are"), Action::Round),
    entry('m', mark!("the mean: two bins"), Action::Distribute(Method::Mean)),
    entry('c', mark!("as the R package rfm cuts"), Action::Distribute(Method::RCompat)),
];

const SCENARIO: &[Entry] = &[
    entry('s', mark!("save this view as a scenario ..."), Action::Ask(Asked::SaveScenario)),
    entry('o', mark!("open a scenario ..."), Action::Ask(Asked::OpenScenario)),
    entry('c', mark!("compare with a scenario ..."), Action::Ask(Asked::CompareScenario)),
    entry('n', mark!("note on the scenario ..."), Action::Ask(Asked::Note)),
    entry('r', mark!("review date of the scenario ..."), Action::Ask(Asked::ReviewBy)),
    entry('g', mark!("go on with the session that was kept of this data"), Action::GoOn),
];

const SCHEME: &[Entry] = &[
    entry('v', mark!("view the scheme: cells, customers, what is wrong with it"), Action::ViewScheme),
    entry('o', mark!("another scheme ..."), Action::PickScheme),
    entry('n', mark!("rename the segment under the cursor of the tiers ..."), Action::Ask(Asked::SegmentName)),
    entry('w', mark!("write it as a scheme of your own ..."), Action::Ask(Asked::SaveScheme)),
    entry('c', mark!("terms of CLV: years of lifespan and margin ..."), Action::Ask(Asked::ClvTerms)),
];

const MARKS: &[Entry] = &[
    entry('a', mark!("mark all that are listed"), Action::Marks(MarkAction::Listed)),
    entry('i', mark!("turn the marks of all that are listed round"), Action::Marks(MarkAction::Invert)),
    entry('n', mark!("take all marks away"), Action::Marks(MarkAction::Clear)),
    entry('l', mark!("list the marked customers"), Action::Marks(MarkAction::Show)),
    entry('o', mark!("note on the customer under the cursor ..."), Action::Ask(Asked::CustomerNote)),
    entry('r', mark!("review one after the other, from where it stopped"), Action::Marks(MarkAction::Review)),
    entry('e', mark!("export the marked customers ..."), Action::Ask(Asked::ExportMarked)),
];

const EXPORT: &[Entry] = &[
    entry('e', mark!("export what is listed, with the columns as shown ..."), Action::Ask(Asked::ExportListed)),
    entry('m', mark!("export the marked customers ..."), Action::Ask(Asked::ExportMarked)),
    entry('c', mark!("copy the cell to the clipboard"), Action::Copy(Copied::Cell)),
    entry('r', mark!("copy the row to the clipboard"), Action::Copy(Copied::Row)),
    entry('l', mark!("copy the list to the clipboard"), Action::Copy(Copied::List)),
    entry('p', mark!("save a picture of the screen: .svg, .txt or .ans ..."), Action::SavePicture),
];

impl Menu {
    /// All menus.
    pub const ALL: [Self; 6] =
        [Self::Baseline, Self::Distribute, Self::Scenario, Self::Scheme, Self::Marks, Self::Export];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Baseline => tr!("Baseline"),
            Self::Distribute => tr!("Lay the cuts anew"),
            Self::Scenario => tr!("Scenario"),
            Self::Scheme => tr!("Scheme"),
            Self::Marks => tr!("Marks"),
            Self::Export => tr!("Export and copy"),
        }
    }

    /// Its lines.
    #[must_use]
    pub fn entries(self) -> Vec<Entry> {
        let told = |entry: &Entry| Entry { words: lang::text(entry.words), ..*entry };
        self.lines().iter().map(told).collect()
    }

    const fn lines(self) -> &'static [Entry] {
        match self {
            Self::Baseline => BASELINE,
            Self::Distribute => DISTRIBUTE,
            Self::Scenario => SCENARIO,
            Self::Scheme => SCHEME,
            Self::Marks => MARKS,
            Self::Export => EXPORT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_stands_for_two_things_in_a_menu() {
        for menu in Menu::ALL {
            let mut letters: Vec<char> = menu.entries().iter().map(|entry| entry.letter).collect();
            letters.sort_unstable();
            letters.dedup();
            assert_eq!(letters.len(), menu.entries().len(), "{menu:?}");
        }
    }
}
