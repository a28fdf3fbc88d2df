//! One theme of meanings, brought down to what the terminal can show.

use std::env;

use clap::ValueEnum;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// The theme that comes with the program.
const BUILT_IN: &str = include_str!("../../themes/tierscope.toml");

/// What the user says of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// By `NO_COLOR` and `COLORTERM`; 256 colours where nothing is announced.
    #[default]
    Auto,
    /// 24 bits.
    Truecolor,
    /// The 256 of xterm.
    #[value(name = "256")]
    Indexed,
    /// The 16 of ANSI.
    #[value(name = "16")]
    Ansi,
    /// None; reverse video and shade marks remain.
    Never,
}

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    True,
    Indexed,
    Ansi,
    None,
}

impl ColorChoice {
    fn depth(self) -> Depth {
        match self {
            Self::Truecolor => Depth::True,
            Self::Indexed => Depth::Indexed,
            Self::Ansi => Depth::Ansi,
            Self::Never => Depth::None,
            Self::Auto => {
                let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
                let term = env::var("TERM").unwrap_or_default();
                match env::var("COLORTERM").as_deref() {
                    _ if set("NO_COLOR") || term == "dumb" => Depth::None,
                    Ok("truecolor" | "24bit") => Depth::True,
                    _ if term == "linux" => Depth::Ansi,
                    _ => Depth::Indexed,
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    muted: String,
    accent: String,
    bar: String,
    cut: String,
    picked: String,
    selected: String,
    problem: String,
    heat: Vec<String>,
    heat_16: Vec<String>,
    less: Vec<String>,
    less_16: Vec<String>,
    more: Vec<String>,
    more_16: Vec<String>,
}

/// A style for every meaning.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Small print.
    pub muted: Style,
    /// What has the keys.
    pub accent: Style,
    /// Figures that matter.
    pub strong: Style,
    /// The row or cell under the cursor.
    pub cursor: Style,
    /// Bars.
    pub bar: Style,
    /// Cuts.
    pub cut: Style,
    /// The picked cut.
    pub picked: Style,
    /// What filters the list.
    pub selected: Style,
    /// What could not be done.
    pub problem: Style,
    /// The heatmap from few to many.
    heat: Vec<Style>,
    /// Differences from small to large: fewer than before, and more.
    differences: [Vec<Style>; 2],
}

impl Theme {
    /// The built-in theme for so many colours.
    #[must_use]
    pub fn new(choice: ColorChoice) -> Self {
        let depth = choice.depth();
        // A theme file that does not parse fails the test below; without colours everything still reads.
        let file: Option<ThemeFile> = toml::from_str(BUILT_IN).ok();
        let ink = |pick: fn(&ThemeFile) -> &String| {
            let colour = file.as_ref().and_then(|file| Rgb::parse(pick(file))).and_then(|rgb| rgb.at(depth));
            colour.map_or_else(Style::new, |colour| Style::new().fg(colour))
        };
        let ansi = |colour: Color| {
            let text = if matches!(colour, Color::Blue | Color::Magenta) { Color::White } else { Color::Black };
            Style::new().bg(colour).fg(text)
        };
        let scale = |full: fn(&ThemeFile) -> &Vec<String>, few: fn(&ThemeFile) -> &Vec<String>| match (&file, depth) {
            (Some(file), Depth::Ansi) => few(file).iter().filter_map(|name| name.parse().ok()).map(ansi).collect(),
            (Some(file), depth) => {
                full(file).iter().filter_map(|text| Rgb::parse(text)).map(|rgb| rgb.backdrop(depth)).collect()
            }
            (None, _) => Vec::new(),
        };
        let heat = scale(|file| &file.heat, |file| &file.heat_16);
        let differences =
            [scale(|file| &file.less, |file| &file.less_16), scale(|file| &file.more, |file| &file.more_16)];
        Self {
            muted: if depth == Depth::None {
                Style::new().add_modifier(Modifier::DIM)
            } else {
                ink(|file| &file.muted)
            },
            accent: ink(|file| &file.accent).add_modifier(Modifier::BOLD),
            strong: Style::new().add_modifier(Modifier::BOLD),
            cursor: Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            bar: ink(|file| &file.bar),
            cut: ink(|file| &file.cut),
            picked: ink(|file| &file.picked).add_modifier(Modifier::BOLD),
            selected: ink(|file| &file.selected).add_modifier(Modifier::BOLD),
            problem: ink(|file| &file.problem).add_modifier(Modifier::BOLD),
            heat,
            differences,
        }
    }

    /// The style of a difference, by its size from 0 to [`Theme::HEATS`] - 1 and whether it is more.
    #[must_use]
    pub fn difference(&self, size: usize, more: bool) -> Style {
        let styles = &self.differences[usize::from(more)];
        let place = size * styles.len() / Self::HEATS;
        styles.get(place.min(styles.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    /// The style of a heat from 0 to [`Theme::HEATS`] - 1.
    #[must_use]
    pub fn heat(&self, heat: usize) -> Style {
        let place = heat * self.heat.len() / Self::HEATS;
        self.heat.get(place.min(self.heat.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    /// Steps of heat that can be told apart, also by their marks.
    pub const HEATS: usize = 7;
}

/// A colour of 24 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

/// The levels of each channel in xterm's colour cube.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// xterm's 16 colours, of which the first eight are dark.
const ANSI: [(Rgb, Color); 16] = [
    (Rgb(0, 0, 0), Color::Black),
    (Rgb(205, 0, 0), Color::Red),
    (Rgb(0, 205, 0), Color::Green),
    (Rgb(205, 205, 0), Color::Yellow),
    (Rgb(0, 0, 238), Color::Blue),
    (Rgb(205, 0, 205), Color::Magenta),
    (Rgb(0, 205, 205), Color::Cyan),
    (Rgb(229, 229, 229), Color::Gray),
    (Rgb(127, 127, 127), Color::DarkGray),
    (Rgb(255, 0, 0), Color::LightRed),
    (Rgb(0, 255, 0), Color::LightGreen),
    (Rgb(255, 255, 0), Color::LightYellow),
    (Rgb(92, 92, 255), Color::LightBlue),
    (Rgb(255, 0, 255), Color::LightMagenta),
    (Rgb(0, 255, 255), Color::LightCyan),
    (Rgb(255, 255, 255), Color::White),
];

impl Rgb {
    fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let number = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self(red, green, blue))
    }

    fn distance(self, other: Self) -> i32 {
        let part = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        part(self.0, other.0) + part(self.1, other.1) + part(self.2, other.2)
    }

    fn at(self, depth: Depth) -> Option<Color> {
        match depth {
            Depth::True => Some(Color::Rgb(self.0, self.1, self.2)),
            Depth::Indexed => Some(Color::Indexed(self.indexed())),
            Depth::Ansi => ANSI.iter().min_by_key(|(rgb, _)| self.distance(*rgb)).map(|(_, colour)| *colour),
            Depth::None => None,
        }
    }

    /// The nearest of xterm's cube and greys.
    fn indexed(self) -> u8 {
        let level = |channel: u8| (0..6u8).min_by_key(|level| CUBE[usize::from(*level)].abs_diff(channel)).unwrap_or(0);
        let [r, g, b] = [self.0, self.1, self.2].map(level);
        let cube = Self(CUBE[usize::from(r)], CUBE[usize::from(g)], CUBE[usize::from(b)]);
        let mean = (u32::from(self.0) + u32::from(self.1) + u32::from(self.2)) / 3;
        let grey = (mean.saturating_sub(3) / 10).min(23) as u8;
        let shade = 8 + grey * 10;
        if self.distance(Self(shade, shade, shade)) < self.distance(cube) {
            232 + grey
        } else {
            16 + 36 * r + 6 * g + b
        }
    }

    /// As a background with text that reads on it.
    fn backdrop(self, depth: Depth) -> Style {
        let Some(background) = self.at(depth) else { return Style::new() };
        let light = 299 * u32::from(self.0) + 587 * u32::from(self.1) + 114 * u32::from(self.2) > 140_000;
        let text = if light { Self(0, 0, 0) } else { Self(255, 255, 255) };
        Style::new().bg(background).fg(text.at(depth).unwrap_or(Color::Reset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_theme_parses_with_every_colour() -> Result<(), toml::de::Error> {
        let file: ThemeFile = toml::from_str(BUILT_IN)?;
        let colours = [&file.muted, &file.accent, &file.bar, &file.cut, &file.picked, &file.selected, &file.problem];
        let scales = file.heat.iter().chain(&file.less).chain(&file.more);
        assert!(colours.into_iter().chain(scales).all(|text| Rgb::parse(text).is_some()));
        let few = file.heat_16.iter().chain(&file.less_16).chain(&file.more_16);
        assert!(few.into_iter().all(|name| name.parse::<Color>().is_ok()));
        assert_eq!((file.less.len(), file.more.len()), (4, 4));
        assert_eq!((file.heat.len(), file.heat_16.len()), (Theme::HEATS, Theme::HEATS));
        Ok(())
    }

    #[test]
    fn every_heat_has_its_own_colour_but_on_the_poorest_terminals() {
        for choice in [ColorChoice::Truecolor, ColorChoice::Indexed] {
            let theme = Theme::new(choice);
            let mut backgrounds: Vec<_> = (0..Theme::HEATS).map(|heat| theme.heat(heat).bg).collect();
            backgrounds.dedup();
            assert_eq!(backgrounds.len(), Theme::HEATS, "{choice:?}");
        }
    }

    #[test]
    fn without_colours_nothing_is_coloured_and_the_cursor_is_reversed() {
        let theme = Theme::new(ColorChoice::Never);
        for style in [theme.muted, theme.accent, theme.bar, theme.cut, theme.problem, theme.heat(6), theme.cursor] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert!(theme.cursor.add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn colours_come_down_to_the_nearest_that_there_is() {
        assert_eq!(Rgb(255, 0, 0).at(Depth::Indexed), Some(Color::Indexed(196)));
        assert_eq!(Rgb(138, 138, 138).at(Depth::Indexed), Some(Color::Indexed(245)));
        assert_eq!(Rgb(250, 10, 10).at(Depth::Ansi), Some(Color::LightRed));
    }
}
