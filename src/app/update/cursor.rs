//! Moving over lines: by one, by a page, to the ends.

use super::super::action::{Action, Direction};

/// Lines of a page.
const PAGE: usize = 10;

/// Where a cursor is after an action, among lines of which the last has a number; `None` where the action moves over none.
#[must_use]
pub(super) const fn moved(cursor: usize, last: usize, action: Action) -> Option<usize> {
    let place = match action {
        Action::Move(Direction::Down) => cursor.saturating_add(1),
        Action::Move(Direction::Up) => cursor.saturating_sub(1),
        Action::Page(Direction::Down) => cursor.saturating_add(PAGE),
        Action::Page(_) => cursor.saturating_sub(PAGE),
        Action::End(Direction::Up) => 0,
        Action::End(_) => last,
        _ => return None,
    };
    Some(if place < last { place } else { last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_stays_among_the_lines() {
        use Direction::{Down, Left, Up};
        for (cursor, last, action, expected) in [
            (0, 3, Action::Move(Down), Some(1)),
            (3, 3, Action::Move(Down), Some(3)),
            (0, 3, Action::Move(Up), Some(0)),
            (2, 25, Action::Page(Down), Some(12)),
            (20, 25, Action::Page(Down), Some(25)),
            (4, 25, Action::Page(Up), Some(0)),
            (4, 25, Action::End(Up), Some(0)),
            (4, 25, Action::End(Down), Some(25)),
            // Lines that went.
            (9, 3, Action::Move(Up), Some(3)),
            (4, 25, Action::Move(Left), None),
            (4, 25, Action::Sort, None),
        ] {
            assert_eq!(moved(cursor, last, action), expected, "{cursor} {last} {action:?}");
        }
    }
}
