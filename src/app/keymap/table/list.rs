//! Keys of the list, and of what lies over the panels for it.

use super::super::super::action::{Action, Asked, ColumnAction, Direction, MarkAction};
use super::super::super::context::Context;
use super::super::command::Scope::Only;
use super::super::key::Key::{self, Arrow, Char, Ctrl};
use super::{Table, row};
use crate::mark;
use Direction::{Down, Left, Right, Up};

/// The list itself.
pub(super) const CUSTOMERS: &[Table] = &[Table(
    Only(Context::Customers),
    &[
        row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the customers"), mark!("move")),
        row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the customers"), mark!("move")),
        row!(
            find,
            [Char('/')],
            Action::Ask(Asked::Find),
            mark!("find a customer by a part of the id or the name"),
            mark!("find")
        ),
        row!(
            mark,
            [Char(' ')],
            Action::Marks(MarkAction::One),
            mark!("mark the customer, all from the last mark on"),
            mark!("mark")
        ),
        row!(
            mark_range,
            [Char('V')],
            Action::Marks(MarkAction::Range),
            mark!("mark the customer, all from the last mark on")
        ),
        row!(
            choose_columns,
            [Char('a')],
            Action::Columns(ColumnAction::Choose),
            mark!("choose the columns of the list"),
            mark!("more columns")
        ),
        row!(page_down, [Key::PageDown, Ctrl('d')], Action::Page(Down), mark!("move by a page"), mark!("page")),
        row!(page_up, [Key::PageUp, Ctrl('u')], Action::Page(Up), mark!("move by a page"), mark!("page")),
        row!(
            first,
            [Key::Home, Char('g')],
            Action::End(Up),
            mark!("go to the first or the last, with a number before it to that row")
        ),
        row!(
            last,
            [Key::End, Char('G')],
            Action::End(Down),
            mark!("go to the first or the last, with a number before it to that row")
        ),
        row!(left, [Arrow(Left), Char('h')], Action::Move(Left), mark!("choose a column"), mark!("column")),
        row!(right, [Arrow(Right), Char('l')], Action::Move(Right), mark!("choose a column"), mark!("column")),
        row!(sort, [Char('s')], Action::Sort, mark!("sort by the column; again: the other way"), mark!("sort")),
        row!(reverse, [Char('S')], Action::Reverse, mark!("turn the order round")),
        row!(
            sort_then,
            [Char('t')],
            Action::SortThen,
            mark!("then by this column, where the others are equal"),
            mark!("then by")
        ),
        row!(
            jump,
            [Char(':')],
            Action::Ask(Asked::Jump),
            mark!("jump to a place, a percentile or a value"),
            mark!("jump")
        ),
        row!(next_found, [Char('n')], Action::NextFound(Down), mark!("the next of those found, the one before")),
        row!(previous_found, [Char('N')], Action::NextFound(Up), mark!("the next of those found, the one before")),
        row!(
            column_left,
            [Char('<')],
            Action::Columns(ColumnAction::Shift(Left)),
            mark!("move the column to the left, to the right")
        ),
        row!(
            column_right,
            [Char('>')],
            Action::Columns(ColumnAction::Shift(Right)),
            mark!("move the column to the left, to the right")
        ),
        row!(
            wider,
            [Char('+')],
            Action::Columns(ColumnAction::Wider),
            mark!("make the column wider, narrower, as its content")
        ),
        row!(
            narrower,
            [Char('-')],
            Action::Columns(ColumnAction::Narrower),
            mark!("make the column wider, narrower, as its content")
        ),
        row!(
            fit,
            [Char('0')],
            Action::Columns(ColumnAction::Fit),
            mark!("make the column wider, narrower, as its content")
        ),
        row!(hide_column, [Char('x')], Action::Columns(ColumnAction::Toggle), mark!("hide the column")),
        row!(
            freeze,
            [Char('!')],
            Action::Columns(ColumnAction::Freeze),
            mark!("keep the columns up to this one in sight")
        ),
        row!(
            sums,
            [Char('#')],
            Action::Columns(ColumnAction::Sums),
            mark!("sums of all that are listed, below the list")
        ),
        row!(
            explain,
            [Key::Enter, Char('i')],
            Action::Explain,
            mark!("why the customer is where they are"),
            mark!("why here")
        ),
    ],
)];

/// Its columns, the conditions of the filter, a customer.
pub(super) const OVERLAYS: &[Table] = &[
    // The columns of the list.
    Table(
        Only(Context::Columns),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the columns"), mark!("column")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the columns"), mark!("column")),
            row!(page_down, [Key::PageDown], Action::Page(Down), mark!("move by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("move by a page")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last")),
            row!(
                show_or_hide,
                [Char(' ')],
                Action::Columns(ColumnAction::Toggle),
                mark!("show or hide the column"),
                mark!("show or hide")
            ),
            row!(
                move_up,
                [Char('K'), Char('<')],
                Action::Columns(ColumnAction::Shift(Left)),
                mark!("move a shown column on"),
                mark!("move")
            ),
            row!(
                move_down,
                [Char('J'), Char('>')],
                Action::Columns(ColumnAction::Shift(Right)),
                mark!("move a shown column on"),
                mark!("move")
            ),
            row!(close, [Key::Enter, Key::Esc, Char('a')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
    // The conditions of the filter.
    Table(
        Only(Context::Chips),
        &[
            row!(
                down,
                [Arrow(Down), Char('j')],
                Action::Move(Down),
                mark!("move over the conditions"),
                mark!("condition")
            ),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the conditions"), mark!("condition")),
            row!(switch, [Char(' ')], Action::ToggleChip, mark!("switch it off or on"), mark!("off or on")),
            row!(
                turn_round,
                [Char('!')],
                Action::NegateChip,
                mark!("turn it round: everybody else"),
                mark!("turn round")
            ),
            row!(take_away, [Char('x'), Key::Delete], Action::RemoveChip, mark!("take it away"), mark!("take away")),
            row!(type_conditions, [Char('F')], Action::Ask(Asked::Filter), mark!("type the conditions"), mark!("type")),
            row!(add, [Char(',')], Action::Quick, mark!("add a condition from under the cursor"), mark!("add")),
            row!(close, [Key::Enter, Key::Esc, Char(';')], Action::Back, mark!("close"), mark!("close")),
        ],
    ),
    // A customer.
    Table(
        Only(Context::Customer),
        &[
            row!(close, [Key::Esc, Key::Enter], Action::Back, mark!("close"), mark!("close")),
            row!(
                left,
                [Arrow(Left), Char('h')],
                Action::Move(Left),
                mark!("the customer before in the list, the next one"),
                mark!("others")
            ),
            row!(
                right,
                [Arrow(Right), Char('l')],
                Action::Move(Right),
                mark!("the customer before in the list, the next one"),
                mark!("others")
            ),
            row!(mark, [Char(' ')], Action::Marks(MarkAction::One), mark!("mark the customer"), mark!("mark")),
            row!(note, [Char('n')], Action::Ask(Asked::CustomerNote), mark!("note on the customer"), mark!("note")),
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("scroll"), mark!("scroll")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("scroll"), mark!("scroll")),
            row!(page_down, [Key::PageDown], Action::Page(Down), mark!("scroll by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("scroll by a page")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last line")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last line")),
        ],
    ),
];
