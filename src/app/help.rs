//! The help as it lies over the panels: its lines, folded where they are of other places, and the one under the cursor.

use super::action::Direction::{Down, Up};
use super::action::{Action, Asked, Direction};
use super::context::Context;
use super::keymap::{Keymap, SectionRow, sections};
use super::model::Model;
use super::possible::reason;
use crate::{lang, mark, tr};

/// Lines of a page.
const PAGE: usize = 10;

/// Signs that the panels use.
const LEGEND: [(&str, &str); 10] = [
    ("R5 F1 ...", mark!("scores, 5 best where there are 5 bins; recency is best when small")),
    ("▂ … █", mark!("a cell's size beside the largest one, as its colour")),
    ("New+", mark!("the cell is mostly New, with other segments beside")),
    ("▌ ▐", mark!("the cell belongs to what is listed")),
    ("┴ ▲", mark!("a cut on a distribution, and the picked one")),
    (mark!("follows the data"), mark!("cuts are made from the data; frozen ones are typed or moved")),
    (mark!("log"), mark!("columns widen towards large values")),
    (mark!("Tiers"), mark!("bars are customers, or revenue when sorted by it")),
    ("± ±pts", mark!("customers more or fewer, and points of revenue, than under the baseline")),
    ("▴ ▾ +12", mark!("in the distributions: what the last step changed in a bin")),
];

/// What is typed on lines, and by which key they open.
const TYPED: [(Asked, &str); 3] = [
    (Asked::Solve, mark!("solve: Champions = 10 %, = 5000 customers, = 60 % of revenue, by the picked cut")),
    (Asked::Filter, mark!("filter: recency <= 90 and (region = 'East' or r >= 4); names are completed")),
    (
        Asked::DataFilter,
        mark!("data filter: category = 'Lamps' and date >= '2024-01-31'; customers of these rows alone"),
    ),
];

/// Numbers before keys, as examples.
fn numbers(keymap: &Keymap) -> String {
    let key = |action| keymap.character_in(Context::Customers, action);
    let [down, next, first] = [Action::Move(Down), Action::NextFound(Down), Action::End(Up)].map(key);
    format!("10{down} 3{next} 25{first}")
}

/// The help, opened somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpScreen {
    /// Where it was opened.
    pub from: Context,
    /// The line under the cursor.
    pub cursor: usize,
    /// The headings that are not as they were at first: those of other places unfolded, the others folded.
    turned: Vec<&'static str>,
}

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// A heading, and how many lines it has below it where they are folded away.
    Heading(&'static str, Option<usize>),
    /// Keys or a sign, and what they mean.
    Row(SectionRow),
}

impl HelpScreen {
    /// Opened somewhere.
    #[must_use]
    pub const fn of(from: Context) -> Self {
        Self { from, cursor: 0, turned: Vec::new() }
    }

    /// The lines as they are folded now.
    #[must_use]
    pub fn lines(&self, model: &Model) -> Vec<HelpLine> {
        let mut lines = Vec::new();
        for (title, is_open, rows) in self.blocks(model) {
            let is_open = is_open != self.turned.contains(&title);
            lines.push(HelpLine::Heading(title, (!is_open).then_some(rows.len())));
            if is_open {
                lines.extend(rows.into_iter().map(HelpLine::Row));
            }
        }
        lines
    }

    /// Headings, whether they are open at first, and what stands below them.
    fn blocks(&self, model: &Model) -> Vec<(&'static str, bool, Vec<SectionRow>)> {
        let sections = sections(&model.keymap, self.from, |action| reason(model, action));
        let signs = LEGEND.iter().map(|(sign, words)| SectionRow {
            keys: lang::text(sign).to_owned(),
            words: lang::text(words),
            reason: None,
        });
        let typed = TYPED.map(|(asked, words)| (model.keymap.name_of(Action::Ask(asked)), lang::text(words)));
        let often = tr!("a number repeats the key after it; before the key to the first line it is the line to go to");
        let keys = typed.into_iter().chain([(numbers(&model.keymap), often)]);
        let signs = signs.chain(keys.map(|(keys, words)| SectionRow { keys, words, reason: None }));
        let signs = (tr!("Reading the screen"), true, signs.collect());
        sections.into_iter().map(|section| (section.title, section.is_here, section.rows)).chain([signs]).collect()
    }

    /// What a key does in it.
    pub(super) fn update(&mut self, model: &Model, action: Action) {
        let lines = self.lines(model);
        let last = lines.len().saturating_sub(1);
        let headings = |place: &usize| matches!(lines[*place], HelpLine::Heading(..));
        let heading = (0..=self.cursor.min(last)).rev().find(headings).unwrap_or_default();
        match action {
            Action::Move(Direction::Down) => self.cursor = (self.cursor + 1).min(last),
            Action::Move(Direction::Up) => self.cursor = self.cursor.saturating_sub(1),
            Action::Page(Direction::Down) => self.cursor = (self.cursor + PAGE).min(last),
            Action::Page(_) => self.cursor = self.cursor.saturating_sub(PAGE),
            Action::End(Direction::Up) => self.cursor = 0,
            Action::End(_) => self.cursor = last,
            Action::Heading(Direction::Down) => {
                self.cursor = (self.cursor + 1..=last).find(headings).unwrap_or(self.cursor);
            }
            Action::Heading(_) => self.cursor = (0..self.cursor).rev().find(headings).unwrap_or_default(),
            Action::Select => self.turn(&lines, heading, None),
            Action::Move(Direction::Right) => self.turn(&lines, heading, Some(true)),
            Action::Move(Direction::Left) => self.turn(&lines, heading, Some(false)),
            Action::UnfoldAll => self.unfold_all(model),
            _ => {}
        }
    }

    /// Unfolds a heading, or folds it.
    fn turn(&mut self, lines: &[HelpLine], heading: usize, open: Option<bool>) {
        let Some(HelpLine::Heading(title, folded)) = lines.get(heading) else { return };
        if open == Some(folded.is_none()) {
            return;
        }
        self.cursor = heading;
        if self.turned.contains(title) {
            self.turned.retain(|known| known != title);
        } else {
            self.turned.push(title);
        }
    }

    /// Unfolds all headings; where that is so, folds those of other places again.
    fn unfold_all(&mut self, model: &Model) {
        let blocks = self.blocks(model);
        let folded =
            |(title, is_open, _): &&(&'static str, bool, Vec<SectionRow>)| *is_open == self.turned.contains(title);
        let is_all_open = !blocks.iter().any(|block| folded(&block));
        self.turned.clear();
        if !is_all_open {
            self.turned.extend(blocks.iter().filter(|(_, is_open, _)| !is_open).map(|(title, ..)| *title));
        }
        self.cursor = 0;
    }
}
