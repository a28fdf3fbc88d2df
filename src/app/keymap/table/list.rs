//! Keys of the list, and of what lies over the panels for it.

use super::super::super::action::{Action, Asked, ColumnAction, Direction, MarkAction};
use super::super::super::model::Context;
use super::super::{Binding, Key, Scope};
use super::binding;

use Direction::{Down, Left, Right, Up};
use Key::{Arrow, Char, Ctrl};
use Scope::Only;

/// The list itself.
pub(super) const CUSTOMERS: &[Binding] = &[
    binding(
        Only(Context::Customers),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the customers",
        Some("move"),
    ),
    binding(
        Only(Context::Customers),
        &[Arrow(Up), Char('k')],
        Action::Move(Up),
        "move over the customers",
        Some("move"),
    ),
    binding(
        Only(Context::Customers),
        &[Char('/')],
        Action::Ask(Asked::Find),
        "find a customer by a part of the id or the name",
        Some("find"),
    ),
    binding(
        Only(Context::Customers),
        &[Char(' ')],
        Action::Marks(MarkAction::One),
        "mark the customer, all from the last mark on; M: more of marks",
        Some("mark"),
    ),
    binding(
        Only(Context::Customers),
        &[Char('V')],
        Action::Marks(MarkAction::Range),
        "mark the customer, all from the last mark on; M: more of marks",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('a')],
        Action::Columns(ColumnAction::Choose),
        "choose the columns of the list",
        Some("more columns"),
    ),
    binding(Only(Context::Customers), &[Key::PageDown, Ctrl('d')], Action::Page(Down), "move by a page", Some("page")),
    binding(Only(Context::Customers), &[Key::PageUp, Ctrl('u')], Action::Page(Up), "move by a page", Some("page")),
    binding(Only(Context::Customers), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Customers), &[Key::End, Char('G')], Action::End(Down), "go to the first or the last", None),
    binding(Only(Context::Customers), &[Arrow(Left), Char('h')], Action::Move(Left), "choose a column", Some("column")),
    binding(
        Only(Context::Customers),
        &[Arrow(Right), Char('l')],
        Action::Move(Right),
        "choose a column",
        Some("column"),
    ),
    binding(
        Only(Context::Customers),
        &[Char('s')],
        Action::Sort,
        "sort by the column; again: the other way",
        Some("sort"),
    ),
    binding(Only(Context::Customers), &[Char('S')], Action::Reverse, "turn the order round", None),
    binding(
        Only(Context::Customers),
        &[Char('t')],
        Action::SortThen,
        "then by this column, where the others are equal",
        Some("then by"),
    ),
    binding(
        Only(Context::Customers),
        &[Char(':')],
        Action::Ask(Asked::Jump),
        "jump to a place, a percentile or a value",
        Some("jump"),
    ),
    binding(
        Only(Context::Customers),
        &[Char('n')],
        Action::NextFound(Down),
        "the next of those found, the one before",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('N')],
        Action::NextFound(Up),
        "the next of those found, the one before",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('<')],
        Action::Columns(ColumnAction::Shift(Left)),
        "move the column to the left, to the right",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('>')],
        Action::Columns(ColumnAction::Shift(Right)),
        "move the column to the left, to the right",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('+')],
        Action::Columns(ColumnAction::Wider),
        "make the column wider, narrower, as its content",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('-')],
        Action::Columns(ColumnAction::Narrower),
        "make the column wider, narrower, as its content",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('0')],
        Action::Columns(ColumnAction::Fit),
        "make the column wider, narrower, as its content",
        None,
    ),
    binding(Only(Context::Customers), &[Char('x')], Action::Columns(ColumnAction::Toggle), "hide the column", None),
    binding(
        Only(Context::Customers),
        &[Char('!')],
        Action::Columns(ColumnAction::Freeze),
        "keep the columns up to this one in sight",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Char('#')],
        Action::Columns(ColumnAction::Sums),
        "sums of all that are listed, below the list",
        None,
    ),
    binding(
        Only(Context::Customers),
        &[Key::Enter, Char('i')],
        Action::Explain,
        "why the customer is where they are",
        Some("why here"),
    ),
];

/// Its columns, the conditions of the filter, a customer.
pub(super) const OVERLAYS: &[Binding] = &[
    // The columns of the list.
    binding(
        Only(Context::Columns),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the columns",
        Some("column"),
    ),
    binding(Only(Context::Columns), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the columns", Some("column")),
    binding(Only(Context::Columns), &[Key::PageDown], Action::Page(Down), "move by a page", None),
    binding(Only(Context::Columns), &[Key::PageUp], Action::Page(Up), "move by a page", None),
    binding(Only(Context::Columns), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Columns), &[Key::End, Char('G')], Action::End(Down), "go to the first or the last", None),
    binding(
        Only(Context::Columns),
        &[Char(' ')],
        Action::Columns(ColumnAction::Toggle),
        "show or hide the column",
        Some("show or hide"),
    ),
    binding(
        Only(Context::Columns),
        &[Char('K'), Char('<')],
        Action::Columns(ColumnAction::Shift(Left)),
        "move a shown column on",
        Some("move"),
    ),
    binding(
        Only(Context::Columns),
        &[Char('J'), Char('>')],
        Action::Columns(ColumnAction::Shift(Right)),
        "move a shown column on",
        Some("move"),
    ),
    binding(Only(Context::Columns), &[Key::Enter, Key::Esc, Char('a')], Action::Back, "close", Some("close")),
    // The conditions of the filter.
    binding(
        Only(Context::Chips),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the conditions",
        Some("condition"),
    ),
    binding(
        Only(Context::Chips),
        &[Arrow(Up), Char('k')],
        Action::Move(Up),
        "move over the conditions",
        Some("condition"),
    ),
    binding(Only(Context::Chips), &[Char(' ')], Action::ToggleChip, "switch it off or on", Some("off or on")),
    binding(
        Only(Context::Chips),
        &[Char('!')],
        Action::NegateChip,
        "turn it round: everybody else",
        Some("turn round"),
    ),
    binding(Only(Context::Chips), &[Char('x'), Key::Delete], Action::RemoveChip, "take it away", Some("take away")),
    binding(Only(Context::Chips), &[Char('F')], Action::Ask(Asked::Filter), "type the conditions", Some("type")),
    binding(Only(Context::Chips), &[Char(',')], Action::Quick, "add a condition from under the cursor", Some("add")),
    binding(Only(Context::Chips), &[Key::Enter, Key::Esc, Char(';')], Action::Back, "close", Some("close")),
    // A customer.
    binding(Only(Context::Customer), &[Key::Esc, Key::Enter], Action::Back, "close", Some("close")),
    binding(
        Only(Context::Customer),
        &[Arrow(Left), Char('h')],
        Action::Move(Left),
        "the customer before in the list, the next one",
        Some("others"),
    ),
    binding(
        Only(Context::Customer),
        &[Arrow(Right), Char('l')],
        Action::Move(Right),
        "the customer before in the list, the next one",
        Some("others"),
    ),
    binding(Only(Context::Customer), &[Char(' ')], Action::Marks(MarkAction::One), "mark the customer", Some("mark")),
    binding(
        Only(Context::Customer),
        &[Char('n')],
        Action::Ask(Asked::CustomerNote),
        "note on the customer",
        Some("note"),
    ),
    binding(Only(Context::Customer), &[Arrow(Down), Char('j')], Action::Move(Down), "scroll", Some("scroll")),
    binding(Only(Context::Customer), &[Arrow(Up), Char('k')], Action::Move(Up), "scroll", Some("scroll")),
    binding(Only(Context::Customer), &[Key::PageDown], Action::Page(Down), "scroll by a page", None),
    binding(Only(Context::Customer), &[Key::PageUp], Action::Page(Up), "scroll by a page", None),
    binding(
        Only(Context::Customer),
        &[Key::Home, Char('g')],
        Action::End(Up),
        "go to the first or the last line",
        None,
    ),
    binding(
        Only(Context::Customer),
        &[Key::End, Char('G')],
        Action::End(Down),
        "go to the first or the last line",
        None,
    ),
];
