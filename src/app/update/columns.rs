//! The columns of the list: which, where and how wide.

use super::super::action::{Action, ColumnAction, Direction};
use super::super::details;
use super::super::list::ColumnScreen;
use super::super::model::{Model, Stage};
use super::super::overlay::Overlay;
use super::super::session::Panel;
use super::cursor::moved;
use super::session;
use crate::show::numbers::counted;
use crate::tr;

/// Does something with the columns of the list.
pub(super) fn columns(model: &mut Model, what: ColumnAction) {
    let width = model.column_width;
    let Some(session) = session(model) else { return };
    let columns = &mut session.list.columns;
    let cursor = columns.cursor();
    match what {
        ColumnAction::Choose => {
            // What rows tell can be a column too.
            details::expect(model);
            if let Stage::Open(session) = &model.stage {
                model.overlay = Some(Overlay::Columns(Box::new(ColumnScreen::of(session))));
            }
        }
        ColumnAction::Toggle => {
            columns.hide(cursor);
        }
        ColumnAction::Shift(direction) => {
            columns.shift(cursor, direction == Direction::Right);
        }
        ColumnAction::Wider => columns.widen(width, 2),
        ColumnAction::Narrower => columns.widen(width, -2),
        ColumnAction::Fit => columns.fit(),
        ColumnAction::Freeze => {
            columns.freeze();
            let words = match columns.frozen() {
                0 => tr!("no column stays in sight").to_owned(),
                frozen => {
                    let columns = counted(frozen as i128, "column");
                    tr!("{columns} at the left in sight, as far as there is room", columns)
                }
            };
            model.say(words);
        }
        ColumnAction::Sums => session.list.has_sums = !session.list.has_sums,
    }
}

/// What a key does while the columns are chosen.
pub(super) fn choose_columns(model: &mut Model, action: Action) {
    let (Some(Overlay::Columns(screen)), Stage::Open(session)) = (&mut model.overlay, &mut model.stage) else { return };
    screen.follow(session);
    let last = screen.all.len().saturating_sub(1);
    let Some(column) = screen.all.get(screen.cursor).copied() else { return };
    let columns = &mut session.list.columns;
    let number = columns.all().position(|shown| shown == column);
    if let Some(cursor) = moved(screen.cursor, last, action) {
        screen.cursor = cursor;
        return;
    }
    match action {
        Action::Columns(ColumnAction::Toggle) => {
            let was_shown = number.is_some();
            if columns.toggle(column) && was_shown {
                model.complain(tr!("one column stays"));
            }
        }
        Action::Columns(ColumnAction::Shift(direction)) => {
            if let Some(number) = number {
                columns.shift(number, direction == Direction::Right);
                // Those shown stand first, in their order, again.
                **screen = ColumnScreen::of(session);
                screen.cursor = screen.all.iter().position(|known| *known == column).unwrap_or_default();
            }
        }
        Action::Back | Action::Select => {
            if let Some(number) = number {
                columns.go(number);
            }
            session.panel = Panel::Customers;
            model.overlay = None;
        }
        _ => {}
    }
}
