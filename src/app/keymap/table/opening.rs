//! Keys while data is opened: roles of columns, policies, loading.

use super::super::super::action::{Action, Direction};
use super::super::super::context::Context;
use super::super::command::Scope::Only;
use super::super::key::Key::{self, Arrow, Char};
use super::{Table, row};
use crate::data::parse::date::DateOrder;
use crate::data::synonyms::Role;
use crate::mark;
use Direction::{Down, Left, Right, Up};

/// Columns and their roles, policies, loading and its ends.
pub(super) const OPENING: &[Table] = &[
    // Columns and their roles: a letter gives the role to the column under the cursor; the screen itself names them.
    Table(
        Only(Context::Mapping),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("move over the columns"), mark!("column")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("move over the columns"), mark!("column")),
            row!(page_down, [Key::PageDown, Char(' ')], Action::Page(Down), mark!("move by a page")),
            row!(page_up, [Key::PageUp], Action::Page(Up), mark!("move by a page")),
            row!(first, [Key::Home, Char('g')], Action::End(Up), mark!("go to the first or the last")),
            row!(last, [Key::End, Char('G')], Action::End(Down), mark!("go to the first or the last")),
            row!(
                day_first,
                [Char('1')],
                Action::FirstInDates(DateOrder::DayFirst),
                mark!("dates that do not tell have the day first, or the month")
            ),
            row!(
                month_first,
                [Char('2')],
                Action::FirstInDates(DateOrder::MonthFirst),
                mark!("dates that do not tell have the day first, or the month")
            ),
            row!(open, [Key::Enter], Action::Select, mark!("open the data so"), mark!("open so")),
            row!(leave, [Key::Esc], Action::Back, mark!("leave"), mark!("leave")),
            row!(customer, [Char('c')], Action::GiveRole(Role::Customer), mark!("make the column the customer")),
            row!(order, [Char('o')], Action::GiveRole(Role::Order), mark!("make the column the order")),
            row!(date, [Char('d')], Action::GiveRole(Role::Date), mark!("make the column the date")),
            row!(amount, [Char('a')], Action::GiveRole(Role::Amount), mark!("make the column the amount")),
            row!(quantity, [Char('q')], Action::GiveRole(Role::Quantity), mark!("make the column the quantity")),
            row!(unit_price, [Char('u')], Action::GiveRole(Role::UnitPrice), mark!("make the column the unit price")),
            row!(refund, [Char('f')], Action::GiveRole(Role::Refund), mark!("make the column the refund")),
            row!(status, [Char('s')], Action::GiveRole(Role::Status), mark!("make the column the status")),
            row!(currency, [Char('y')], Action::GiveRole(Role::Currency), mark!("make the column the currency")),
            row!(
                no_role,
                [Char('-'), Key::Backspace, Key::Delete],
                Action::TakeRole,
                mark!("take the column's role away"),
                mark!("no role")
            ),
            row!(
                forget,
                [Char('x')],
                Action::Forget,
                mark!("forget what is remembered of these columns"),
                mark!("forget")
            ),
        ],
    ),
    // Policies.
    Table(
        Only(Context::Policies),
        &[
            row!(down, [Arrow(Down), Char('j')], Action::Move(Down), mark!("pick a policy"), mark!("policy")),
            row!(up, [Arrow(Up), Char('k')], Action::Move(Up), mark!("pick a policy"), mark!("policy")),
            row!(
                left,
                [Arrow(Left), Char('h')],
                Action::Move(Left),
                mark!("decide otherwise; what it would change is counted"),
                mark!("decide")
            ),
            row!(
                right,
                [Arrow(Right), Char('l')],
                Action::Move(Right),
                mark!("decide otherwise; what it would change is counted"),
                mark!("decide")
            ),
            row!(take, [Key::Enter], Action::Select, mark!("take it, once it is counted"), mark!("take it")),
            row!(leave, [Key::Esc], Action::Back, mark!("leave all as it was"), mark!("leave as it was")),
        ],
    ),
    // Loading and its ends.
    Table(Only(Context::Loading), &[row!(cancel, [Key::Esc], Action::Back, mark!("cancel loading"), mark!("cancel"))]),
    Table(
        Only(Context::Stopped),
        &[
            row!(load_again, [Char('r')], Action::Reload, mark!("load again"), mark!("load again")),
            row!(columns, [Char('C')], Action::Mapping, mark!("choose the columns"), mark!("columns")),
        ],
    ),
];
