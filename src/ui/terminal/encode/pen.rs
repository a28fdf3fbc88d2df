//! Colours and modifiers of what is written, and how one set of them becomes another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::ui::sgr::{BACK, FRONT, MODIFIERS, colour};

/// How characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    front: Color,
    back: Color,
    modifiers: Modifier,
}

/// The terminal's own colours, nothing added.
pub(super) const PLAIN: Ink = Ink { front: Color::Reset, back: Color::Reset, modifiers: Modifier::empty() };

impl Ink {
    pub(super) fn of(cell: &Cell) -> Self {
        Self { front: cell.fg, back: cell.bg, modifiers: cell.modifier }
    }

    /// Whether blanks look alike in both: what differs shows on characters only.
    pub(super) fn blanks_alike(self, other: Self) -> bool {
        let marks = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
        let no_marks = !self.modifiers.intersects(marks) && !other.modifiers.intersects(marks);
        self == other || (self.back == other.back && no_marks)
    }

    /// Writes what changes this ink into another: by what differs, or from plain, whichever is shorter.
    pub(super) fn change(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let (by_step, anew) = (self.steps(to), PLAIN.steps(to));
        // Without a parameter everything is reset.
        let anew = if anew.is_empty() { anew } else { format!("0;{anew}") };
        let shorter = if by_step.is_empty() || anew.len() <= by_step.len() { anew } else { by_step };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(shorter.as_bytes());
        out.push(b'm');
    }

    /// The parameters for what differs.
    fn steps(self, to: Self) -> String {
        let mut parameters: Vec<String> = Vec::new();
        let gone = self.modifiers - to.modifiers;
        let mut kept = self.modifiers;
        for (modifier, _, end) in MODIFIERS {
            if gone.contains(modifier) && kept.contains(modifier) {
                parameters.push(end.to_owned());
                // Another that ends with it begins anew.
                for (other, _, same) in MODIFIERS {
                    if same == end {
                        kept.remove(other);
                    }
                }
            }
        }
        for (modifier, begin, _) in MODIFIERS {
            if to.modifiers.contains(modifier) && !kept.contains(modifier) {
                parameters.push(begin.to_owned());
            }
        }
        if self.front != to.front {
            parameters.push(colour(to.front, FRONT));
        }
        if self.back != to.back {
            parameters.push(colour(to.back, BACK));
        }
        parameters.join(";")
    }
}
