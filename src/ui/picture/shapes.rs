//! Bars and lines that a terminal writes as characters, as rectangles: fonts leave gaps between them, drawings do not.

use std::collections::HashMap;
use std::hash::Hash;

/// Columns of a cell's grid: bars are drawn to an eighth of a cell.
pub(super) const WIDE: u16 = 8;
/// Rows of a cell's grid.
pub(super) const HIGH: u16 = 16;

/// A rectangle; the units are those of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: u16,
    pub(super) y: u16,
    pub(super) width: u16,
    pub(super) height: u16,
}

const fn rect(x: u16, y: u16, width: u16, height: u16) -> Rect {
    Rect { x, y, width, height }
}

/// What a character is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Its parts within the cell.
    pub(super) parts: Vec<Rect>,
    /// How much of the ink is seen, in percent.
    pub(super) percent: u8,
}

impl Shape {
    /// The shape of a character; `None` for one that is written.
    pub(super) fn of(symbol: &str) -> Option<Self> {
        let mut characters = symbol.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else { return None };
        let solid = |parts: Vec<Rect>| Some(Self { parts, percent: 100 });
        match character {
            '\u{2580}'..='\u{259f}' => Some(block(character)),
            _ => solid(line(character)?),
        }
    }
}

/// Block elements: bars that grow upwards and to the right, shades and quarters.
fn block(character: char) -> Shape {
    let number = (u32::from(character) & 0x1f) as u16;
    let solid = |part| Shape { parts: vec![part], percent: 100 };
    match number {
        0x00 => solid(rect(0, 0, WIDE, HIGH / 2)),
        0x01..=0x08 => solid(rect(0, HIGH - 2 * number, WIDE, 2 * number)),
        0x09..=0x0f => solid(rect(0, 0, 0x10 - number, HIGH)),
        0x10 => solid(rect(WIDE / 2, 0, WIDE / 2, HIGH)),
        0x11..=0x13 => Shape { parts: vec![rect(0, 0, WIDE, HIGH)], percent: 25 * (number - 0x10) as u8 },
        0x14 => solid(rect(0, 0, WIDE, 2)),
        0x15 => solid(rect(WIDE - 1, 0, 1, HIGH)),
        _ => {
            // Which quarters are filled: upper left, upper right, lower left, lower right.
            const QUARTERS: [u8; 10] = [0b0010, 0b0001, 0b1000, 0b1011, 0b1001, 0b1110, 0b1101, 0b0100, 0b0110, 0b0111];
            let filled = QUARTERS[usize::from(number - 0x16)];
            let quarter = |place: u16| rect(place % 2 * WIDE / 2, place / 2 * HIGH / 2, WIDE / 2, HIGH / 2);
            let parts = (0..4).filter(|place| filled & (0b1000 >> place) != 0).map(quarter).collect();
            Shape { parts, percent: 100 }
        }
    }
}

/// Lines from the middle of the cell: how thick they are upwards, to the right, downwards and to the left.
const LINES: [(&str, [u16; 4]); 20] = [
    ("─", [0, 1, 0, 1]),
    ("━", [0, 2, 0, 2]),
    ("│", [1, 0, 1, 0]),
    ("┃", [2, 0, 2, 0]),
    ("┌╭", [0, 1, 1, 0]),
    ("┏", [0, 2, 2, 0]),
    ("┐╮", [0, 0, 1, 1]),
    ("┓", [0, 0, 2, 2]),
    ("└╰", [1, 1, 0, 0]),
    ("┗", [2, 2, 0, 0]),
    ("┘╯", [1, 0, 0, 1]),
    ("┛", [2, 0, 0, 2]),
    ("├", [1, 1, 1, 0]),
    ("┤", [1, 0, 1, 1]),
    ("┬", [0, 1, 1, 1]),
    ("┴", [1, 1, 0, 1]),
    ("┼", [1, 1, 1, 1]),
    ("╴", [0, 0, 0, 1]),
    ("╵", [1, 0, 0, 0]),
    ("╶", [0, 1, 0, 0]),
];

/// The parts of a line; `None` for what is none.
fn line(character: char) -> Option<Vec<Rect>> {
    const MIDDLE: [u16; 2] = [WIDE / 2, HIGH / 2];
    if "┄┈╌".contains(character) {
        return Some((0..4).map(|dash| rect(2 * dash, MIDDLE[1], 1, 1)).collect());
    }
    if "┆┊╎".contains(character) {
        return Some((0..4).map(|dash| rect(MIDDLE[0], 4 * dash + 1, 1, 2)).collect());
    }
    let (_, [up, right, down, left]) = LINES.iter().find(|(known, _)| known.contains(character))?;
    let [x, y] = MIDDLE;
    // The thickest one ends where the others begin, so that corners are whole.
    let thick = *[up, right, down, left].into_iter().max()?;
    let start = |middle: u16, own: u16| middle - own / 2;
    let mut parts = Vec::new();
    if *left > 0 && left == right {
        parts.push(rect(0, start(y, *left), WIDE, *left));
    } else if *left > 0 {
        parts.push(rect(0, start(y, *left), start(x, thick) + thick, *left));
    } else if *right > 0 {
        parts.push(rect(start(x, thick), start(y, *right), WIDE - start(x, thick), *right));
    }
    if *up > 0 && up == down {
        parts.push(rect(start(x, *up), 0, *up, HIGH));
    } else if *up > 0 {
        parts.push(rect(start(x, *up), 0, *up, start(y, thick) + thick));
    } else if *down > 0 {
        parts.push(rect(start(x, *down), start(y, thick), *down, HIGH - start(y, thick)));
    }
    Some(parts)
}

/// Rectangles of one paint each, where those that touch along a whole side become one.
#[derive(Debug)]
pub(super) struct Mosaic<P> {
    rects: Vec<(Rect, P)>,
    /// The rectangles that end at a place: by right edge, top and height; and by bottom, left and width.
    beside: HashMap<(u16, u16, u16, P), usize>,
    above: HashMap<(u16, u16, u16, P), usize>,
}

impl<P: Copy + Eq + Hash> Mosaic<P> {
    pub(super) fn new() -> Self {
        Self { rects: Vec::new(), beside: HashMap::new(), above: HashMap::new() }
    }

    /// Adds a rectangle of the row that is being drawn.
    pub(super) fn add(&mut self, added: Rect, paint: P) {
        let place = if let Some(place) = self.beside.remove(&(added.x, added.y, added.height, paint)) {
            self.rects[place].0.width += added.width;
            place
        } else {
            self.rects.push((added, paint));
            self.rects.len() - 1
        };
        self.beside.insert((added.x + added.width, added.y, added.height, paint), place);
    }

    /// Ends a row, whose rectangles are those from a place on: the next ones join them from below alone.
    pub(super) fn end_row(&mut self, first: usize) {
        self.beside.clear();
        for (part, paint) in self.rects.split_off(first) {
            let place = if let Some(place) = self.above.remove(&(part.y, part.x, part.width, paint)) {
                self.rects[place].0.height += part.height;
                place
            } else {
                self.rects.push((part, paint));
                self.rects.len() - 1
            };
            self.above.insert((part.y + part.height, part.x, part.width, paint), place);
        }
    }

    /// How many there are so far.
    pub(super) const fn len(&self) -> usize {
        self.rects.len()
    }

    /// All of them.
    pub(super) fn rects(&self) -> &[(Rect, P)] {
        &self.rects
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_their_eighths_and_lines_meet_in_the_middle() {
        let parts = |symbol: &str| Shape::of(symbol).map(|shape| shape.parts);
        assert_eq!(parts("█"), Some(vec![rect(0, 0, 8, 16)]));
        assert_eq!(parts("▁"), Some(vec![rect(0, 14, 8, 2)]));
        assert_eq!(parts("▍"), Some(vec![rect(0, 0, 3, 16)]));
        assert_eq!(parts("▐"), Some(vec![rect(4, 0, 4, 16)]));
        assert_eq!(parts("▞"), Some(vec![rect(4, 0, 4, 8), rect(0, 8, 4, 8)]));
        assert_eq!(parts("┌"), Some(vec![rect(4, 8, 4, 1), rect(4, 8, 1, 8)]));
        assert_eq!(Shape::of("▒").map(|shape| shape.percent), Some(50));
        assert_eq!([parts("a"), parts("▲"), parts("重"), parts("─x")], [None, None, None, None]);
    }

    #[test]
    fn what_touches_along_a_side_becomes_one() {
        let mut mosaic = Mosaic::new();
        for y in 0..3 {
            let first = mosaic.len();
            for x in 0..4 {
                mosaic.add(rect(x * 8, y * 16, 8, 16), if x == 3 && y == 2 { 'b' } else { 'a' });
            }
            mosaic.end_row(first);
        }
        assert_eq!(mosaic.rects(), [(rect(0, 0, 32, 32), 'a'), (rect(0, 32, 24, 16), 'a'), (rect(24, 32, 8, 16), 'b')]);
    }
}
