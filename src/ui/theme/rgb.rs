//! Colours of 24 bits, and what is left of them where there are fewer.

use std::fmt;

use ratatui::style::Color;

use super::depth::Depth;
use super::names::COLOURS;

/// A colour of 24 bits: red, green and blue of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The levels of each channel in xterm's colour cube.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// xterm's 16 colours, in the order of their numbers.
const ANSI: [Rgb; 16] = [
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

/// Black and white, of which one reads on any colour.
pub(super) const BLACK: Rgb = Rgb(0, 0, 0);
pub(super) const WHITE: Rgb = Rgb(255, 255, 255);

impl Rgb {
    /// Reads `#rrggbb`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
        let number = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// What a colour of the terminal looks like, as far as that is known: the sixteen as xterm has them.
    #[must_use]
    pub fn of(colour: Color) -> Option<Self> {
        match colour {
            Color::Rgb(red, green, blue) => Some(Self(red, green, blue)),
            Color::Indexed(number) => Some(Self::numbered(number)),
            named => COLOURS.iter().position(|(_, known)| *known == named).map(|place| ANSI[place]),
        }
    }

    /// A colour of xterm's 256 by its number.
    fn numbered(number: u8) -> Self {
        let level = |place: u8| CUBE[usize::from(place % 6)];
        match number {
            0..16 => ANSI[usize::from(number)],
            16..232 => Self(level((number - 16) / 36), level((number - 16) / 6), level(number - 16)),
            232.. => {
                let shade = 8 + (number - 232) * 10;
                Self(shade, shade, shade)
            }
        }
    }

    fn distance(self, other: Self) -> i32 {
        let part = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        part(self.0, other.0) + part(self.1, other.1) + part(self.2, other.2)
    }

    /// The nearest that there is among so many colours.
    pub(super) fn at(self, depth: Depth) -> Option<Color> {
        match depth {
            Depth::True => Some(Color::Rgb(self.0, self.1, self.2)),
            Depth::Indexed => Some(Color::Indexed(self.indexed())),
            Depth::Ansi => {
                (0..COLOURS.len()).min_by_key(|place| self.distance(ANSI[*place])).map(|place| COLOURS[place].1)
            }
            Depth::None => None,
        }
    }

    /// The nearest of xterm's cube and greys.
    fn indexed(self) -> u8 {
        let level = |channel: u8| (0..6u8).min_by_key(|level| CUBE[usize::from(*level)].abs_diff(channel)).unwrap_or(0);
        let [r, g, b] = [self.0, self.1, self.2].map(level);
        let cube = 16 + 36 * r + 6 * g + b;
        let mean = (u32::from(self.0) + u32::from(self.1) + u32::from(self.2)) / 3;
        let grey = 232 + (mean.saturating_sub(3) / 10).min(23) as u8;
        if self.distance(Self::numbered(grey)) < self.distance(Self::numbered(cube)) { grey } else { cube }
    }

    /// The relative luminance of WCAG 2.2, from 0 for black to 1 for white.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The contrast ratio of WCAG 2.2 with another colour, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The colour this far, in percent, on the way to another one.
    #[must_use]
    pub fn towards(self, other: Self, percent: u16) -> Self {
        let part = |from: u8, to: u8| {
            ((u16::from(from) * (100 - percent.min(100)) + u16::from(to) * percent.min(100)) / 100) as u8
        };
        Self(part(self.0, other.0), part(self.1, other.1), part(self.2, other.2))
    }

    /// Black or white, whichever reads better on it.
    pub(super) fn label(self) -> Self {
        if self.contrast(BLACK) >= self.contrast(WHITE) { BLACK } else { WHITE }
    }
}

/// As drawings name it.
impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_written_as_drawings_name_it_also_on_the_way_to_another() {
        assert_eq!(Rgb(1, 2, 255).to_string(), "#0102ff");
        assert_eq!(Rgb(0, 100, 200).towards(Rgb(100, 0, 200), 25), Rgb(25, 75, 200));
    }

    #[test]
    fn colours_come_down_to_the_nearest_that_there_is() {
        assert_eq!(Rgb(255, 0, 0).at(Depth::Indexed), Some(Color::Indexed(196)));
        assert_eq!(Rgb(138, 138, 138).at(Depth::Indexed), Some(Color::Indexed(245)));
        assert_eq!(Rgb(250, 10, 10).at(Depth::Ansi), Some(Color::LightRed));
        assert_eq!(Rgb(250, 10, 10).at(Depth::None), None);
    }

    #[test]
    fn every_colour_of_the_cube_and_the_greys_comes_down_to_itself() {
        for number in 16..=255 {
            let rgb = Rgb::numbered(number);
            let back = rgb.at(Depth::Indexed).and_then(Rgb::of);
            assert_eq!(back, Some(rgb), "{number}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 1e-9);
        // The example that is quoted most: this grey on white is the lightest that passes.
        assert!((Rgb(118, 118, 118).contrast(WHITE) - 4.54).abs() < 0.005);
        assert_eq!((Rgb(255, 255, 0).label(), Rgb(0, 0, 238).label()), (BLACK, WHITE));
    }
}
