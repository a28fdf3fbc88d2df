//! Colours of terminals as colours of drawings.

use std::fmt;

use ratatui::style::Color;

/// A colour of 24 bits, written as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The 16 colours that have names, as xterm shows them.
const NAMED: [Rgb; 16] = [
    Rgb(0, 0, 0),
    Rgb(205, 0, 0),
    Rgb(0, 205, 0),
    Rgb(205, 205, 0),
    Rgb(0, 0, 238),
    Rgb(205, 0, 205),
    Rgb(0, 205, 205),
    Rgb(229, 229, 229),
    Rgb(127, 127, 127),
    Rgb(255, 0, 0),
    Rgb(0, 255, 0),
    Rgb(255, 255, 0),
    Rgb(92, 92, 255),
    Rgb(255, 0, 255),
    Rgb(0, 255, 255),
    Rgb(255, 255, 255),
];

impl Rgb {
    /// What a terminal's colour looks like; `None` for the terminal's own.
    #[must_use]
    pub fn of(colour: Color) -> Option<Self> {
        Some(match colour {
            Color::Rgb(red, green, blue) => Self(red, green, blue),
            Color::Reset => return None,
            other => Self::indexed(number(other)?),
        })
    }

    /// A colour of xterm's 256: those with names, a cube of six levels a channel, and greys.
    const fn indexed(number: u8) -> Self {
        const fn level(step: u8) -> u8 {
            if step == 0 { 0 } else { 55 + 40 * step }
        }
        match number {
            0..16 => NAMED[number as usize],
            16..232 => {
                let place = number - 16;
                Self(level(place / 36), level(place / 6 % 6), level(place % 6))
            }
            232.. => {
                let grey = 8 + 10 * (number - 232);
                Self(grey, grey, grey)
            }
        }
    }

    /// Whether it stands out from white more than from black: contrast is equal at the grey of 117 (WCAG 2.2).
    #[must_use]
    pub fn is_dark(self) -> bool {
        let [red, green, blue] = [self.0, self.1, self.2].map(u32::from);
        299 * red + 587 * green + 114 * blue < 117_000
    }

    /// The colour this far, in percent, on the way to another one.
    #[must_use]
    pub fn towards(self, other: Self, percent: u16) -> Self {
        let part = |from: u8, to: u8| {
            ((u16::from(from) * (100 - percent.min(100)) + u16::from(to) * percent.min(100)) / 100) as u8
        };
        Self(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The number of a terminal's colour among its 256; `None` where it has none.
pub(super) const fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number) => number,
        Color::Reset | Color::Rgb(..) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_palette_comes_to_the_colours_of_xterm() {
        for (colour, expected) in [
            (Color::Rgb(1, 2, 3), "#010203"),
            (Color::Indexed(1), "#cd0000"),
            (Color::Red, "#cd0000"),
            (Color::White, "#ffffff"),
            (Color::Indexed(16), "#000000"),
            (Color::Indexed(196), "#ff0000"),
            (Color::Indexed(67), "#5f87af"),
            (Color::Indexed(231), "#ffffff"),
            (Color::Indexed(232), "#080808"),
            (Color::Indexed(255), "#eeeeee"),
        ] {
            assert_eq!(Rgb::of(colour).map(|rgb| rgb.to_string()).as_deref(), Some(expected), "{colour:?}");
        }
        assert_eq!(Rgb::of(Color::Reset), None);
    }
}
