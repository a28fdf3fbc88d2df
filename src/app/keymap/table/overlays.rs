//! Keys of what lies over the panels.

use super::super::super::action::{Action, Asked, Direction};
use super::super::super::context::Context;
use super::super::command::Scope::{Everywhere, Only};
use super::super::key::Key::{self, Arrow, Char, Ctrl, ShiftArrow};
use super::{Table, row};
use crate::mark;
use crate::model::customers::Axis;
use Direction::{Down, Left, Right, Up};

/// Text to read, menus and choices.
pub(super) const READING: &[Table] = &[
    // Overlays.
    Table(
        Only(Context::Overlay),
        &[
            row!(close, [Key::Esc, Key::Enter], Action::Back, mark!("close"), mark!("close")),
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("scroll"), mark!("scroll")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("scroll"), mark!("scroll")),
            row!(page_down, [Key::PageDown, Char(' ')], Action::Page(Down), mark!("scroll by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("scroll by a page")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last line")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last line")),
            row!(close_data, [Char('d')], Action::Data, mark!("close")),
        ],
    ),
    Table(
        Only(Context::Help),
        &[
            row!(close, [Key::Esc], Action::Back, mark!("close"), mark!("close")),
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the lines"), mark!("line")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the lines"), mark!("line")),
            row!(fold, [Key::Enter], Action::Select, mark!("unfold the heading, or fold it"), mark!("unfold")),
            row!(unfold_it, [Arrow(Right), Char('l')], Action::Move(Right), mark!("unfold it, fold it")),
            row!(fold_it, [Arrow(Left), Char('h')], Action::Move(Left), mark!("unfold it, fold it")),
            row!(
                unfold_all,
                [Char('a')],
                Action::UnfoldAll,
                mark!("unfold everything, or fold it again"),
                mark!("all")
            ),
            row!(
                next_heading,
                [Key::Tab],
                Action::Heading(Down),
                mark!("the next heading, the one before"),
                mark!("heading")
            ),
            row!(previous_heading, [Key::BackTab], Action::Heading(Up), mark!("the next heading, the one before")),
            row!(page_down, [Key::PageDown, Char(' ')], Action::Page(Down), mark!("move by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("move by a page")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last")),
        ],
    ),
    // Menus and choices: letters of a menu choose too.
    Table(
        Only(Context::Menu),
        &[
            row!(down, [Arrow(Down)], Action::Move(Down), mark!("move over the choices"), mark!("choice")),
            row!(up, [Arrow(Up)], Action::Move(Up), mark!("move over the choices"), mark!("choice")),
            row!(take, [Key::Enter], Action::Select, mark!("take it"), mark!("take it")),
            row!(close, [Key::Esc], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
    Table(
        Only(Context::Pick),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the choices"), mark!("choice")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the choices"), mark!("choice")),
            row!(first, [Key::Home], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End], Action::End(Down), mark!("go to the first or the last")),
            row!(take, [Key::Enter], Action::Select, mark!("take it"), mark!("take it")),
            row!(close, [Key::Esc], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
];

/// Movers, history, sensitivity, breakdown.
pub(super) const FIGURES: &[Table] = &[
    // Movers.
    Table(
        Only(Context::Movers),
        &[
            row!(left, [Arrow(Left), Char('h')], Action::Move(Left), mark!("move over the table"), mark!("cell")),
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the table"), mark!("cell")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the table"), mark!("cell")),
            row!(right, [Arrow(Right), Char('l')], Action::Move(Right), mark!("move over the table"), mark!("cell")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first column or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first column or the last")),
            row!(list_movers, [Key::Enter], Action::Select, mark!("list those customers"), mark!("list them")),
            row!(revenue, [Char('c')], Action::NextMetric, mark!("customers or revenue"), mark!("revenue")),
            row!(close, [Key::Esc, Char('w')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
    // History.
    Table(
        Only(Context::History),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("walk the steps"), mark!("walk")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("walk the steps"), mark!("walk")),
            row!(undo, [Char('u')], Action::Undo, mark!("undo, redo")),
            row!(redo, [Char('U')], Action::Redo, mark!("undo, redo")),
            row!(stay, [Key::Enter, Char('y')], Action::Select, mark!("stay there"), mark!("stay there")),
            row!(leave, [Key::Esc], Action::Back, mark!("back to where it was"), mark!("back")),
        ],
    ),
    // Concentration.
    Table(
        Only(Context::Concentration),
        &[
            row!(
                less,
                [Arrow(Left), Char('h')],
                Action::Move(Left),
                mark!("a share less by 1%, more by 1%"),
                mark!("share")
            ),
            row!(
                more,
                [Arrow(Right), Char('l')],
                Action::Move(Right),
                mark!("a share less by 1%, more by 1%"),
                mark!("share")
            ),
            row!(
                far_less,
                [Arrow(Down), Char('j')],
                Action::Move(Down),
                mark!("a share less by 10%, more by 10%"),
                mark!("far")
            ),
            row!(
                far_more,
                [Arrow(Up), Char('k')],
                Action::Move(Up),
                mark!("a share less by 10%, more by 10%"),
                mark!("far")
            ),
            row!(least, [Key::Home, Char('g')], Action::End(Up), mark!("the smallest share, the largest")),
            row!(most, [Key::End, Char('G')], Action::End(Down), mark!("the smallest share, the largest")),
            row!(
                filter,
                [Key::Enter],
                Action::Select,
                mark!("filter: look at those customers alone"),
                mark!("those alone")
            ),
            row!(close, [Key::Esc, Char('%')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
    // Sensitivity.
    Table(
        Only(Context::Sensitivity),
        &[
            row!(
                cut_left,
                [Arrow(Left), Char('h')],
                Action::Nudge(Left),
                mark!("move the cut a step"),
                mark!("move cut")
            ),
            row!(
                cut_right,
                [Arrow(Right), Char('l')],
                Action::Nudge(Right),
                mark!("move the cut a step"),
                mark!("move cut")
            ),
            row!(
                cut_far_left,
                [ShiftArrow(Left), Char('H')],
                Action::NudgeFar(Left),
                mark!("move the cut far"),
                mark!("far")
            ),
            row!(
                cut_far_right,
                [ShiftArrow(Right), Char('L')],
                Action::NudgeFar(Right),
                mark!("move the cut far"),
                mark!("far")
            ),
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("watch another segment"), mark!("segment")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("watch another segment"), mark!("segment")),
            row!(
                recency_cuts,
                [Char('r')],
                Action::FocusAxis(Axis::Recency),
                mark!("another axis; again: its next cut"),
                mark!("other cut")
            ),
            row!(
                frequency_cuts,
                [Char('f')],
                Action::FocusAxis(Axis::Frequency),
                mark!("another axis; again: its next cut"),
                mark!("other cut")
            ),
            row!(
                monetary_cuts,
                [Char('m')],
                Action::FocusAxis(Axis::Monetary),
                mark!("another axis; again: its next cut"),
                mark!("other cut")
            ),
            row!(undo, [Char('u')], Action::Undo, mark!("undo, redo")),
            row!(redo, [Char('U')], Action::Redo, mark!("undo, redo")),
            row!(close, [Key::Esc, Key::Enter, Char('s')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
    // Breakdown.
    Table(
        Only(Context::Breakdown),
        &[
            row!(left, [Arrow(Left), Char('h')], Action::Move(Left), mark!("another field"), mark!("field")),
            row!(right, [Arrow(Right), Char('l')], Action::Move(Right), mark!("another field"), mark!("field")),
            row!(next_segment, [Key::Tab], Action::Watch(Right), mark!("another segment"), mark!("segment")),
            row!(previous_segment, [Key::BackTab], Action::Watch(Left), mark!("another segment")),
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the values")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the values")),
            row!(
                all_segments,
                [Char('t')],
                Action::Matrix,
                mark!("all segments beside each other, or one"),
                mark!("all")
            ),
            row!(index_or_share, [Char('i')], Action::IndexOrShare, mark!("of all segments the index, or the share")),
            row!(sort, [Char('s')], Action::Sort, mark!("sort by the next column"), mark!("sort")),
            row!(
                purchases,
                [Char('c')],
                Action::NextMetric,
                mark!("count customers, or what was bought"),
                mark!("purchases")
            ),
            row!(
                list_value,
                [Key::Enter],
                Action::Select,
                mark!("filter by the value, and list the customers"),
                mark!("list them")
            ),
            row!(page_down, [Key::PageDown, Char(' ')], Action::Page(Down), mark!("move by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("move by a page")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last")),
            row!(close, [Key::Esc, Char('B')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
];

/// Budget and VIP rules.
pub(super) const PLANS: &[Table] = &[
    // Budget.
    Table(
        Only(Context::Budget),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the segments"), mark!("segment")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the segments"), mark!("segment")),
            row!(page_down, [Key::PageDown, Char(' ')], Action::Page(Down), mark!("move by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("move by a page")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last")),
            row!(
                type_cost,
                [Key::Enter],
                Action::Ask(Asked::Cost),
                mark!("type what the segment costs"),
                mark!("type cost")
            ),
            row!(
                take_away,
                [Char('x'), Key::Delete],
                Action::TakeAway,
                mark!("take its cost away"),
                mark!("take away")
            ),
            row!(undo, [Char('u')], Action::Undo, mark!("undo, redo"), mark!("undo")),
            row!(redo, [Char('U'), Ctrl('r')], Action::Redo, mark!("undo, redo")),
            row!(close, [Key::Esc, Char('$')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
    // VIP rules.
    Table(
        Only(Context::Rules),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the rules"), mark!("rule")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the rules"), mark!("rule")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last")),
            row!(edit, [Key::Enter], Action::Ask(Asked::Rule), mark!("edit the rule"), mark!("edit")),
            row!(add, [Char('a')], Action::Ask(Asked::NewRule), mark!("add a rule, take the rule away"), mark!("add")),
            row!(
                take_away,
                [Char('x'), Key::Delete],
                Action::TakeAway,
                mark!("add a rule, take the rule away"),
                mark!("take away")
            ),
            row!(
                order_down,
                [Char('J')],
                Action::Reorder(Down),
                mark!("move the rule: the first met is the tier"),
                mark!("move")
            ),
            row!(
                order_up,
                [Char('K')],
                Action::Reorder(Up),
                mark!("move the rule: the first met is the tier"),
                mark!("move")
            ),
            row!(
                filter_by_rule,
                [Char('f')],
                Action::FilterByRule,
                mark!("count only those who meet the rule"),
                mark!("filter")
            ),
            row!(undo, [Char('u')], Action::Undo, mark!("undo, redo"), mark!("undo")),
            row!(redo, [Char('U'), Ctrl('r')], Action::Redo, mark!("undo, redo")),
            row!(close, [Key::Esc, Char('R')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
];

/// Lines that are typed, and what holds everywhere.
pub(super) const WIDE: &[Table] = &[
    // Prompts take every other key as text.
    Table(
        Only(Context::Prompt),
        &[
            row!(take, [Key::Enter], Action::Select, mark!("take the value"), mark!("take")),
            row!(leave, [Key::Esc], Action::Back, mark!("leave it as it was"), mark!("leave as it was")),
            row!(
                complete,
                [Key::Tab],
                Action::Complete,
                mark!("go on with the field, sign or value that comes next in a filter, or show which can")
            ),
            row!(quit_at_once, [Ctrl('c')], Action::Quit, mark!("quit")),
        ],
    ),
    Table(
        Only(Context::Palette),
        &[
            row!(down, [Arrow(Down)], Action::Move(Down), mark!("move over what is found"), mark!("choice")),
            row!(up, [Arrow(Up)], Action::Move(Up), mark!("move over what is found"), mark!("choice")),
            row!(page_down, [Key::PageDown], Action::Page(Down), mark!("move by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("move by a page")),
            row!(take, [Key::Enter], Action::Select, mark!("do it"), mark!("do it")),
            row!(close, [Key::Esc, Ctrl('p'), Key::Function(2)], Action::Back, mark!("close"), mark!("close")),
            row!(quit_at_once, [Ctrl('c')], Action::Quit, mark!("quit")),
        ],
    ),
    // Everywhere.
    Table(
        Everywhere,
        &[
            row!(help, [Char('?'), Key::Function(1)], Action::Help, mark!("these keys"), mark!("keys")),
            row!(quit, [Char('q')], Action::Leave, mark!("quit"), mark!("quit")),
            row!(
                palette,
                [Ctrl('p'), Key::Function(2)],
                Action::Palette,
                mark!("the command palette: find every action by its name"),
                mark!("actions")
            ),
            row!(quit_at_once, [Ctrl('c')], Action::Quit, mark!("quit at once")),
            row!(
                save_picture,
                [Char('I')],
                Action::SavePicture,
                mark!("save the screen as a picture: .svg, .txt or .ans")
            ),
            row!(repeat, [Char('.')], Action::Repeat, mark!("the last change once more")),
            row!(redraw, [Ctrl('l')], Action::Redraw, mark!("draw the screen anew")),
            row!(suspend, [Ctrl('z')], Action::Suspend, mark!("stop, until the shell's fg")),
        ],
    ),
];
