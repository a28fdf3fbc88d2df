//! The signs that the drawing uses, in sets: all of Unicode, ASCII alone, and none but words for those who hear the screen.

use ratatui::symbols::border;

use crate::show::bars::{EIGHTHS, LEVELS};
use crate::show::text::{Ambiguous, Signs};

/// The signs of the drawing, each a column wide.
#[derive(Debug)]
pub struct Glyphs {
    /// A rule, and the one of the panel that has the keys.
    pub(super) rules: [&'static str; 2],
    /// The frame of a box.
    pub(super) frame: border::Set<'static>,
    /// Eighths of a column, from empty to full.
    pub(super) bar: [&'static str; 9],
    /// Eighths of a row, from blank to full.
    pub(super) levels: [&'static str; 9],
    /// Sizes in a single place, from nothing to the largest.
    pub(super) shades: [&'static str; 9],
    /// A cell with nobody in it.
    pub(super) nobody: &'static str,
    /// A cut below a distribution, and the picked one.
    pub(super) cuts: [&'static str; 2],
    /// The line that a cut draws through blank places, and that of the picked one.
    pub(super) cut_lines: [&'static str; 2],
    /// At both sides of a cell that is listed.
    pub(super) sides: [&'static str; 2],
    /// Behind the segment that is listed.
    pub(super) listed: &'static str,
    /// The stroke between less and more.
    pub(super) stroke: &'static str,
    /// A customer that is marked, one that has a note too, and one with a note alone.
    pub(super) marks: [&'static str; 3],
}

impl Glyphs {
    /// A text that names signs of the drawing as they are in Unicode, with those of this set.
    pub(super) fn instead_of(&self, text: &str) -> String {
        let known = UNICODE.sides.iter().chain(&UNICODE.cuts).chain(&UNICODE.shades).chain([&UNICODE.listed]);
        let own: Vec<&str> =
            self.sides.iter().chain(&self.cuts).chain(&self.shades).chain([&self.listed]).copied().collect();
        let known: Vec<&str> = known.copied().collect();
        let sign = |sign: char| {
            let place = known.iter().position(|known| sign != ' ' && known.starts_with(sign));
            place.map_or_else(|| sign.to_string(), |place| own[place].to_owned())
        };
        text.chars().map(sign).collect()
    }
}

const UNICODE: Glyphs = Glyphs {
    rules: ["─", "━"],
    frame: border::ROUNDED,
    bar: EIGHTHS,
    levels: LEVELS,
    shades: LEVELS,
    nobody: "·",
    cuts: ["┴", "▲"],
    cut_lines: ["┊", "┃"],
    sides: ["▌", "▐"],
    listed: "◂",
    stroke: "│",
    marks: ["●", "◆", "◇"],
};

const ASCII: Glyphs = Glyphs {
    rules: ["-", "="],
    frame: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    bar: ["", ":", ":", ":", "#", "#", "#", "#", "#"],
    levels: [" ", ".", ".", ":", ":", "+", "+", "#", "#"],
    shades: [" ", ".", ":", "-", "=", "+", "*", "#", "%"],
    nobody: ".",
    cuts: ["|", "^"],
    cut_lines: [":", "|"],
    sides: ["[", "]"],
    listed: "<",
    stroke: "|",
    marks: ["*", "#", "o"],
};

/// Words alone: whoever hears the screen would hear each sign of a bar.
const PLAIN: Glyphs = Glyphs {
    rules: [" ", " "],
    frame: border::EMPTY,
    bar: ["", "", "", "", "", "", "", "", ""],
    levels: [" ", " ", " ", " ", " ", " ", " ", " ", " "],
    shades: [" ", " ", " ", " ", " ", " ", " ", " ", " "],
    nobody: "0",
    cuts: [" ", " "],
    cut_lines: [" ", " "],
    sides: [" ", " "],
    listed: " ",
    stroke: " ",
    marks: ["*", "#", "o"],
};

/// Which signs the drawing has, and in which form.
#[derive(Clone, Copy, Debug)]
pub struct Characters {
    /// The signs of the drawing.
    pub glyphs: &'static Glyphs,
    /// Whether the screen is read line after line, without columns beside each other.
    pub is_plain: bool,
}

impl Default for Characters {
    fn default() -> Self {
        Self { glyphs: &UNICODE, is_plain: false }
    }
}

impl Characters {
    /// ASCII alone, but for data and for languages that are not written in it.
    pub const ASCII: Self = Self { glyphs: &ASCII, is_plain: false };

    /// Words line after line.
    pub const PLAIN: Self = Self { glyphs: &PLAIN, is_plain: true };

    /// The signs for what was asked for. Where signs of ambiguous width take two columns, those of the drawing are such that
    /// none is.
    #[must_use]
    pub fn of(is_plain: bool, signs: Signs) -> Self {
        let glyphs = match (is_plain, signs.are_spelled || signs.ambiguous == Ambiguous::Wide) {
            (true, _) => &PLAIN,
            (false, true) => &ASCII,
            (false, false) => &UNICODE,
        };
        Self { glyphs, is_plain }
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn signs(glyphs: &Glyphs) -> Vec<&'static str> {
        let Glyphs { rules, frame, bar, levels, shades, nobody, cuts, cut_lines, sides, listed, stroke, marks } =
            glyphs;
        let frame = [
            frame.top_left,
            frame.top_right,
            frame.bottom_left,
            frame.bottom_right,
            frame.vertical_left,
            frame.vertical_right,
            frame.horizontal_top,
            frame.horizontal_bottom,
        ];
        let sizes = [&bar[1..], levels, shades].concat();
        let pairs = [rules, cuts, cut_lines, sides].into_iter().flatten().copied();
        let rest = [*nobody, *listed, *stroke].into_iter().chain(*marks);
        sizes.into_iter().chain(pairs).chain(frame).chain(rest).collect()
    }

    #[test]
    fn every_sign_is_a_column_wide_and_those_of_ascii_are_ascii() {
        assert!(signs(&UNICODE).into_iter().all(|sign| sign.width() == 1));
        for sign in signs(&ASCII) {
            assert!(sign.len() == 1 && sign.is_ascii() && sign.width_cjk() == 1, "{sign}");
        }
        assert!(signs(&PLAIN).into_iter().all(|sign| sign.is_ascii() && sign.len() <= 1));
    }

    #[test]
    fn the_legend_names_the_signs_that_are_drawn() {
        assert_eq!(UNICODE.instead_of("▂ to █"), "▂ to █");
        assert_eq!(ASCII.instead_of("▂ to █"), ": to %");
        assert_eq!(ASCII.instead_of("▌ ▐, ┴ ▲"), "[ ], | ^");
    }

    #[test]
    fn a_size_has_a_mark_of_its_own_in_ascii_too() {
        for glyphs in [&UNICODE, &ASCII] {
            let mut shades = glyphs.shades.to_vec();
            shades.sort_unstable();
            shades.dedup();
            assert_eq!(shades.len(), 9);
            assert_ne!(glyphs.rules[0], glyphs.rules[1]);
            assert_ne!(glyphs.cuts[0], glyphs.cuts[1]);
        }
    }
}
