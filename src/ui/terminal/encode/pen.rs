//! Colours and modifiers of what is written, and how one set of them becomes another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    front: Color,
    back: Color,
    modifiers: Modifier,
}

/// The terminal's own colours, nothing added.
pub(super) const PLAIN: Ink = Ink { front: Color::Reset, back: Color::Reset, modifiers: Modifier::empty() };

/// Modifiers with the parameters of SGR (ECMA-48, 8.3.117) that begin and end them; bold and dim end together.
const MODIFIERS: [(Modifier, &str, &str); 9] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::SLOW_BLINK, "5", "25"),
    (Modifier::RAPID_BLINK, "6", "25"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::HIDDEN, "8", "28"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

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
            parameters.push(colour(to.front, 30));
        }
        if self.back != to.back {
            parameters.push(colour(to.back, 40));
        }
        parameters.join(";")
    }
}

/// The parameters of a colour, for characters (`base` 30) or for what is behind them (40).
fn colour(colour: Color, base: u8) -> String {
    let named = |number: u8| (base + number).to_string();
    let bright = |number: u8| (base + 60 + number).to_string();
    match colour {
        Color::Reset => named(9),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(number) => format!("{};5;{number}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}
