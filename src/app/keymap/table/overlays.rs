//! Keys of what lies over the panels.

use super::super::super::action::{Action, Asked, Direction};
use super::super::super::model::Context;
use super::super::{Binding, Key, Scope};
use super::binding;
use crate::model::customers::Axis;

use Direction::{Down, Left, Right, Up};
use Key::{Arrow, Char, Ctrl, ShiftArrow};
use Scope::{Everywhere, Only};

const OTHER_CUT: &str = "another axis; again: its next cut";

/// Text to read, menus and choices.
pub(super) const READING: &[Binding] = &[
    // Overlays.
    binding(Only(Context::Overlay), &[Key::Esc, Key::Enter], Action::Back, "close", Some("close")),
    binding(Only(Context::Overlay), &[Arrow(Down), Char('j')], Action::Move(Down), "scroll", Some("scroll")),
    binding(Only(Context::Overlay), &[Arrow(Up), Char('k')], Action::Move(Up), "scroll", Some("scroll")),
    binding(Only(Context::Overlay), &[Key::PageDown, Char(' ')], Action::Page(Down), "scroll by a page", None),
    binding(Only(Context::Overlay), &[Key::PageUp], Action::Page(Up), "scroll by a page", None),
    binding(Only(Context::Overlay), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last line", None),
    binding(
        Only(Context::Overlay),
        &[Key::End, Char('G')],
        Action::End(Down),
        "go to the first or the last line",
        None,
    ),
    binding(Only(Context::Overlay), &[Char('d')], Action::Data, "close", None),
    // Menus and choices: letters of a menu choose too.
    binding(Only(Context::Menu), &[Arrow(Down)], Action::Move(Down), "move over the choices", Some("choice")),
    binding(Only(Context::Menu), &[Arrow(Up)], Action::Move(Up), "move over the choices", Some("choice")),
    binding(Only(Context::Menu), &[Key::Enter], Action::Select, "take it", Some("take it")),
    binding(Only(Context::Menu), &[Key::Esc], Action::Back, "close", Some("close")),
    binding(
        Only(Context::Pick),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the choices",
        Some("choice"),
    ),
    binding(Only(Context::Pick), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the choices", Some("choice")),
    binding(Only(Context::Pick), &[Key::Home], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Pick), &[Key::End], Action::End(Down), "go to the first or the last", None),
    binding(Only(Context::Pick), &[Key::Enter], Action::Select, "take it", Some("take it")),
    binding(Only(Context::Pick), &[Key::Esc], Action::Back, "close", Some("close")),
];

/// Movers, history, sensitivity, breakdown.
pub(super) const FIGURES: &[Binding] = &[
    // Movers.
    binding(Only(Context::Movers), &[Arrow(Left), Char('h')], Action::Move(Left), "move over the table", Some("cell")),
    binding(Only(Context::Movers), &[Arrow(Down), Char('j')], Action::Move(Down), "move over the table", Some("cell")),
    binding(Only(Context::Movers), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the table", Some("cell")),
    binding(
        Only(Context::Movers),
        &[Arrow(Right), Char('l')],
        Action::Move(Right),
        "move over the table",
        Some("cell"),
    ),
    binding(Only(Context::Movers), &[Key::Enter], Action::Select, "list those customers", Some("list them")),
    binding(Only(Context::Movers), &[Char('c')], Action::NextMetric, "customers or revenue", Some("revenue")),
    binding(Only(Context::Movers), &[Key::Esc, Char('w')], Action::Back, "close", Some("close")),
    // History.
    binding(Only(Context::History), &[Arrow(Down), Char('j')], Action::Move(Down), "walk the steps", Some("walk")),
    binding(Only(Context::History), &[Arrow(Up), Char('k')], Action::Move(Up), "walk the steps", Some("walk")),
    binding(Only(Context::History), &[Char('u')], Action::Undo, "undo, redo", None),
    binding(Only(Context::History), &[Char('U')], Action::Redo, "undo, redo", None),
    binding(Only(Context::History), &[Key::Enter, Char('y')], Action::Select, "stay there", Some("stay there")),
    binding(Only(Context::History), &[Key::Esc], Action::Back, "back to where it was", Some("back")),
    // Sensitivity.
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Left), Char('h')],
        Action::Nudge(Left),
        "move the cut a step",
        Some("move cut"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Right), Char('l')],
        Action::Nudge(Right),
        "move the cut a step",
        Some("move cut"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[ShiftArrow(Left), Char('H')],
        Action::NudgeFar(Left),
        "move the cut far",
        Some("far"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[ShiftArrow(Right), Char('L')],
        Action::NudgeFar(Right),
        "move the cut far",
        Some("far"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "watch another segment",
        Some("segment"),
    ),
    binding(
        Only(Context::Sensitivity),
        &[Arrow(Up), Char('k')],
        Action::Move(Up),
        "watch another segment",
        Some("segment"),
    ),
    binding(Only(Context::Sensitivity), &[Char('r')], Action::FocusAxis(Axis::Recency), OTHER_CUT, Some("other cut")),
    binding(Only(Context::Sensitivity), &[Char('f')], Action::FocusAxis(Axis::Frequency), OTHER_CUT, Some("other cut")),
    binding(Only(Context::Sensitivity), &[Char('m')], Action::FocusAxis(Axis::Monetary), OTHER_CUT, Some("other cut")),
    binding(Only(Context::Sensitivity), &[Char('u')], Action::Undo, "undo, redo", None),
    binding(Only(Context::Sensitivity), &[Char('U')], Action::Redo, "undo, redo", None),
    binding(Only(Context::Sensitivity), &[Key::Esc, Key::Enter, Char('s')], Action::Back, "close", Some("close")),
    // Breakdown.
    binding(Only(Context::Breakdown), &[Arrow(Left), Char('h')], Action::Move(Left), "another field", Some("field")),
    binding(Only(Context::Breakdown), &[Arrow(Right), Char('l')], Action::Move(Right), "another field", Some("field")),
    binding(Only(Context::Breakdown), &[Key::Tab], Action::Watch(Right), "another segment", Some("segment")),
    binding(Only(Context::Breakdown), &[Key::BackTab], Action::Watch(Left), "another segment", None),
    binding(Only(Context::Breakdown), &[Arrow(Down), Char('j')], Action::Move(Down), "move over the values", None),
    binding(Only(Context::Breakdown), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the values", None),
    binding(
        Only(Context::Breakdown),
        &[Char('t')],
        Action::Matrix,
        "all segments beside each other, or one",
        Some("all"),
    ),
    binding(
        Only(Context::Breakdown),
        &[Char('i')],
        Action::IndexOrShare,
        "of all segments the index, or the share",
        None,
    ),
    binding(Only(Context::Breakdown), &[Char('s')], Action::Sort, "sort by the next column", Some("sort")),
    binding(
        Only(Context::Breakdown),
        &[Char('c')],
        Action::NextMetric,
        "count customers, or what was bought",
        Some("purchases"),
    ),
    binding(
        Only(Context::Breakdown),
        &[Key::Enter],
        Action::Select,
        "filter by the value, and list the customers",
        Some("list them"),
    ),
    binding(Only(Context::Breakdown), &[Key::PageDown, Char(' ')], Action::Page(Down), "move by a page", None),
    binding(Only(Context::Breakdown), &[Key::PageUp], Action::Page(Up), "move by a page", None),
    binding(Only(Context::Breakdown), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Breakdown), &[Key::End, Char('G')], Action::End(Down), "go to the first or the last", None),
    binding(Only(Context::Breakdown), &[Key::Esc, Char('B')], Action::Back, "close", Some("close")),
];

/// Budget and VIP rules.
pub(super) const PLANS: &[Binding] = &[
    // Budget.
    binding(
        Only(Context::Budget),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the segments",
        Some("segment"),
    ),
    binding(
        Only(Context::Budget),
        &[Arrow(Up), Char('k')],
        Action::Move(Up),
        "move over the segments",
        Some("segment"),
    ),
    binding(Only(Context::Budget), &[Key::PageDown, Char(' ')], Action::Page(Down), "move by a page", None),
    binding(Only(Context::Budget), &[Key::PageUp], Action::Page(Up), "move by a page", None),
    binding(Only(Context::Budget), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Budget), &[Key::End, Char('G')], Action::End(Down), "go to the first or the last", None),
    binding(
        Only(Context::Budget),
        &[Key::Enter],
        Action::Ask(Asked::Cost),
        "type what the segment costs",
        Some("type cost"),
    ),
    binding(
        Only(Context::Budget),
        &[Char('x'), Key::Delete],
        Action::TakeAway,
        "take its cost away",
        Some("take away"),
    ),
    binding(Only(Context::Budget), &[Char('u')], Action::Undo, "undo, redo", Some("undo")),
    binding(Only(Context::Budget), &[Char('U'), Ctrl('r')], Action::Redo, "undo, redo", None),
    binding(Only(Context::Budget), &[Key::Esc, Char('$')], Action::Back, "close", Some("close")),
    // VIP rules.
    binding(Only(Context::Rules), &[Arrow(Down), Char('j')], Action::Move(Down), "move over the rules", Some("rule")),
    binding(Only(Context::Rules), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the rules", Some("rule")),
    binding(Only(Context::Rules), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Rules), &[Key::End, Char('G')], Action::End(Down), "go to the first or the last", None),
    binding(Only(Context::Rules), &[Key::Enter], Action::Ask(Asked::Rule), "edit the rule", Some("edit")),
    binding(
        Only(Context::Rules),
        &[Char('a')],
        Action::Ask(Asked::NewRule),
        "add a rule, take the rule away",
        Some("add"),
    ),
    binding(
        Only(Context::Rules),
        &[Char('x'), Key::Delete],
        Action::TakeAway,
        "add a rule, take the rule away",
        Some("take away"),
    ),
    binding(
        Only(Context::Rules),
        &[Char('J')],
        Action::Reorder(Down),
        "move the rule: the first met is the tier",
        Some("move"),
    ),
    binding(
        Only(Context::Rules),
        &[Char('K')],
        Action::Reorder(Up),
        "move the rule: the first met is the tier",
        Some("move"),
    ),
    binding(
        Only(Context::Rules),
        &[Char('f')],
        Action::FilterByRule,
        "count only those who meet the rule",
        Some("filter"),
    ),
    binding(Only(Context::Rules), &[Char('u')], Action::Undo, "undo, redo", Some("undo")),
    binding(Only(Context::Rules), &[Char('U'), Ctrl('r')], Action::Redo, "undo, redo", None),
    binding(Only(Context::Rules), &[Key::Esc, Char('R')], Action::Back, "close", Some("close")),
];

/// Lines that are typed, and what holds everywhere.
pub(super) const WIDE: &[Binding] = &[
    // Prompts take every other key as text.
    binding(Only(Context::Prompt), &[Key::Enter], Action::Select, "take the value", Some("take")),
    binding(Only(Context::Prompt), &[Key::Esc], Action::Back, "leave it as it was", Some("leave as it was")),
    binding(
        Only(Context::Prompt),
        &[Key::Tab],
        Action::Complete,
        "go on with the field, sign or value that comes next in a filter, or show which can",
        None,
    ),
    binding(Only(Context::Prompt), &[Ctrl('c')], Action::Quit, "quit", None),
    // Everywhere.
    binding(
        Everywhere,
        &[Char('I')],
        Action::SavePicture,
        crate::mark!("save the screen as a picture: .svg, .txt or .ans"),
        None,
    ),
    binding(Everywhere, &[Char('?')], Action::Help, "these keys", Some("keys")),
    binding(Everywhere, &[Char('q')], Action::Leave, "quit", Some("quit")),
    binding(Everywhere, &[Ctrl('c')], Action::Quit, "quit at once", None),
    binding(Everywhere, &[Ctrl('l')], Action::Redraw, "draw the screen anew", None),
    binding(Everywhere, &[Ctrl('z')], Action::Suspend, "stop, until the shell's fg", None),
];
