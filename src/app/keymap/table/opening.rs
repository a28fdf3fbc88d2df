//! Keys while data is opened: roles of columns, policies, loading.

use super::super::super::action::{Action, Direction};
use super::super::super::model::Context;
use super::super::{Binding, Key, Scope};
use super::binding;
use crate::data::parse::date::DateOrder;
use crate::data::synonyms::Role;

use Direction::{Down, Left, Right, Up};
use Key::{Arrow, Char};
use Scope::Only;

/// Columns and their roles, policies, loading and its ends.
pub(super) const OPENING: &[Binding] = &[
    // Columns and their roles: a letter gives the role to the column under the cursor; the screen itself names them.
    binding(
        Only(Context::Mapping),
        &[Arrow(Down), Char('j')],
        Action::Move(Down),
        "move over the columns",
        Some("column"),
    ),
    binding(Only(Context::Mapping), &[Arrow(Up), Char('k')], Action::Move(Up), "move over the columns", Some("column")),
    binding(Only(Context::Mapping), &[Key::PageDown, Char(' ')], Action::Page(Down), "move by a page", None),
    binding(Only(Context::Mapping), &[Key::PageUp], Action::Page(Up), "move by a page", None),
    binding(Only(Context::Mapping), &[Key::Home, Char('g')], Action::End(Up), "go to the first or the last", None),
    binding(Only(Context::Mapping), &[Key::End, Char('G')], Action::End(Down), "go to the first or the last", None),
    binding(
        Only(Context::Mapping),
        &[Char('1')],
        Action::FirstInDates(DateOrder::DayFirst),
        "dates that do not tell have the day first (1) or the month (2)",
        None,
    ),
    binding(
        Only(Context::Mapping),
        &[Char('2')],
        Action::FirstInDates(DateOrder::MonthFirst),
        "dates that do not tell have the day first (1) or the month (2)",
        None,
    ),
    binding(Only(Context::Mapping), &[Key::Enter], Action::Select, "open the data so", Some("open so")),
    binding(Only(Context::Mapping), &[Key::Esc], Action::Back, "leave", Some("leave")),
    binding(
        Only(Context::Mapping),
        &[Char('c')],
        Action::GiveRole(Role::Customer),
        "make the column the customer",
        None,
    ),
    binding(Only(Context::Mapping), &[Char('o')], Action::GiveRole(Role::Order), "make the column the order", None),
    binding(Only(Context::Mapping), &[Char('d')], Action::GiveRole(Role::Date), "make the column the date", None),
    binding(Only(Context::Mapping), &[Char('a')], Action::GiveRole(Role::Amount), "make the column the amount", None),
    binding(
        Only(Context::Mapping),
        &[Char('q')],
        Action::GiveRole(Role::Quantity),
        "make the column the quantity",
        None,
    ),
    binding(
        Only(Context::Mapping),
        &[Char('u')],
        Action::GiveRole(Role::UnitPrice),
        "make the column the unit price",
        None,
    ),
    binding(Only(Context::Mapping), &[Char('f')], Action::GiveRole(Role::Refund), "make the column the refund", None),
    binding(Only(Context::Mapping), &[Char('s')], Action::GiveRole(Role::Status), "make the column the status", None),
    binding(
        Only(Context::Mapping),
        &[Char('y')],
        Action::GiveRole(Role::Currency),
        "make the column the currency",
        None,
    ),
    binding(
        Only(Context::Mapping),
        &[Char('-'), Key::Backspace, Key::Delete],
        Action::TakeRole,
        "take the column's role away",
        Some("no role"),
    ),
    binding(
        Only(Context::Mapping),
        &[Char('x')],
        Action::Forget,
        "forget what is remembered of these columns",
        Some("forget"),
    ),
    // Policies.
    binding(Only(Context::Policies), &[Arrow(Down), Char('j')], Action::Move(Down), "pick a policy", Some("policy")),
    binding(Only(Context::Policies), &[Arrow(Up), Char('k')], Action::Move(Up), "pick a policy", Some("policy")),
    binding(
        Only(Context::Policies),
        &[Arrow(Left), Char('h')],
        Action::Move(Left),
        "decide otherwise; what it would change is counted",
        Some("decide"),
    ),
    binding(
        Only(Context::Policies),
        &[Arrow(Right), Char('l')],
        Action::Move(Right),
        "decide otherwise; what it would change is counted",
        Some("decide"),
    ),
    binding(Only(Context::Policies), &[Key::Enter], Action::Select, "take it, once it is counted", Some("take it")),
    binding(Only(Context::Policies), &[Key::Esc], Action::Back, "leave all as it was", Some("leave as it was")),
    // Loading and its ends.
    binding(Only(Context::Loading), &[Key::Esc], Action::Back, "cancel loading", Some("cancel")),
    binding(Only(Context::Stopped), &[Char('r')], Action::Reload, "load again", Some("load again")),
    binding(Only(Context::Stopped), &[Char('C')], Action::Mapping, "choose the columns", Some("columns")),
];
