//! What each meaning looks like: one theme of colours, brought down to what the terminal can show, and the signs that the
//! drawing uses.

mod depth;
mod file;
mod looks;
mod names;
mod rgb;
mod terminfo;
mod themes;

pub use depth::{ColorChoice, Depth};
pub use file::ThemeFault;
pub use looks::Looks;
pub use names::AUTO;
pub use rgb::Rgb;
pub use terminfo::Terminfo;
pub use themes::ThemeError;

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::Characters;
use file::{Ink, Key, ThemeFile, inks};
use rgb::{BLACK, WHITE};

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
    /// What all the screen is filled with: text and background without a colour of their own; neither where the terminal
    /// keeps its own.
    pub ground: Style,
    /// The signs that the drawing uses, and how texts come to the screen.
    pub characters: Characters,
    /// The heatmap from few to many.
    heat: Vec<Style>,
    /// Differences from small to large: fewer than before, and more.
    differences: [Vec<Style>; 2],
}

impl Theme {
    /// The theme that `auto` takes where nothing is known of the terminal, for so many colours; 256 where it is left open.
    #[must_use]
    pub fn new(choice: ColorChoice) -> Self {
        let depth = match choice {
            ColorChoice::Truecolor => Depth::True,
            ColorChoice::Indexed | ColorChoice::Auto => Depth::Indexed,
            ColorChoice::Ansi => Depth::Ansi,
            ColorChoice::Never => Depth::None,
        };
        // Built-in themes are whole, as a test makes sure; without colours everything still reads.
        let looks = Looks { depth, ..Looks::default() };
        looks.theme(AUTO).unwrap_or_else(|_| Self::of(&[], Depth::None, false, Characters::default()))
    }

    /// The theme that files make, the one that is asked for first, for so many colours; `fills` where it brings its
    /// background along.
    fn of(chain: &[ThemeFile], depth: Depth, fills: bool, characters: Characters) -> Self {
        let colour = |key| inks(chain, key, depth).first().and_then(|ink| ink.at(depth));
        let ink = |key, without: Modifier| match colour(key) {
            Some(colour) => Style::new().fg(colour),
            // What has no colour of its own must be told otherwise.
            None => Style::new().add_modifier(without),
        };
        let none = Modifier::empty();
        let scale = |key| inks(chain, key, depth).iter().map(|ink| tile(*ink, depth)).collect();
        let ground = if fills { [colour(Key::Text), colour(Key::Background)] } else { [None, None] };
        Self {
            muted: ink(Key::Muted, Modifier::DIM),
            accent: ink(Key::Accent, none).add_modifier(Modifier::BOLD),
            strong: Style::new().add_modifier(Modifier::BOLD),
            cursor: Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            bar: ink(Key::Bar, none),
            cut: ink(Key::Cut, none),
            picked: ink(Key::Picked, none).add_modifier(Modifier::BOLD),
            selected: ink(Key::Selected, Modifier::UNDERLINED).add_modifier(Modifier::BOLD),
            problem: ink(Key::Problem, none).add_modifier(Modifier::BOLD),
            ground: Style { fg: ground[0], bg: ground[1], ..Style::new() },
            characters,
            heat: scale(Key::Heat),
            differences: [scale(Key::Less), scale(Key::More)],
        }
    }

    /// The style of a difference, by its size from 0 to [`Theme::HEATS`] - 1 and whether it is more.
    #[must_use]
    pub fn difference(&self, size: usize, more: bool) -> Style {
        step(&self.differences[usize::from(more)], size)
    }

    /// The style of a heat from 0 to [`Theme::HEATS`] - 1.
    #[must_use]
    pub fn heat(&self, heat: usize) -> Style {
        step(&self.heat, heat)
    }

    /// Steps of heat that can be told apart, also by their marks.
    pub const HEATS: usize = 7;
}

/// A size's style among those of a scale that may have more steps or fewer.
fn step(scale: &[Style], size: usize) -> Style {
    let place = size * scale.len() / Theme::HEATS;
    scale.get(place.min(scale.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// A colour as a background, with black or white text on it, whichever reads better on what the terminal shows of it.
fn tile(ink: Ink, depth: Depth) -> Style {
    let Some(background) = ink.at(depth) else { return Style::new() };
    let label = Rgb::of(background).map_or(WHITE, Rgb::label);
    let label = match (background, label) {
        (Color::Rgb(..) | Color::Indexed(_), label) => label.at(depth),
        (_, BLACK) => Some(Color::Black),
        (_, _) => Some(Color::White),
    };
    Style::new().bg(background).fg(label.unwrap_or(Color::Reset))
}

#[cfg(test)]
mod tests;
