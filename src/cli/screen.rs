//! Options of the screen: colours, themes and characters.

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use crate::app::themes::Themes;
use crate::show::text::{Ambiguous, Signs, set_signs};
use crate::tr;
use crate::ui::charset::takes_unicode;
use crate::ui::glyphs::Characters;
use crate::ui::theme::{AUTO, ColorChoice, Looks, Terminfo, Theme};

/// What the screen looks like.
#[derive(Clone, Debug, Args)]
pub(super) struct ScreenOptions {
    /// Colours that the terminal can show: auto, truecolor, 256, 16 or never
    #[arg(long, value_enum, default_value = "auto", help_heading = "Screen")]
    color: ColorChoice,
    /// Theme: auto, dark, light, high-contrast, colour-blind, neutral, sixteen, one of your own, or the path of a TOML file
    /// [default: TIERSCOPE_THEME, or auto]
    #[arg(long, value_name = "NAME|PATH", help_heading = "Screen")]
    theme: Option<String>,
    /// Draw with ASCII characters alone: always, never, or where the locale's encoding is not UTF-8
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        default_missing_value = "always",
        num_args = 0..=1,
        require_equals = true,
        help_heading = "Screen"
    )]
    ascii: When,
    /// Write lines of words, one panel at a time, without columns, frames and bars: for screen readers
    #[arg(long, help_heading = "Screen")]
    plain: bool,
    /// Columns that the terminal gives characters such as ± and é, which fonts of the Far East draw wide
    #[arg(long, value_name = "1|2", default_value = "1", value_parser = clap::value_parser!(u8).range(1..=2), help_heading = "Screen")]
    ambiguous_width: u8,
}

/// When something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    /// Where it is needed.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A variable of the environment.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The variable that names a theme where no option does.
const THEME: &str = "TIERSCOPE_THEME";

impl ScreenOptions {
    /// Refuses a terminal that cannot move its cursor: a screen on it would be one long line.
    pub(super) fn require_screen(&self) -> anyhow::Result<()> {
        if variable("TERM").as_deref() == Some("dumb") {
            bail!(tr!(
                "TERM=dumb names a terminal without a screen; `tierscope report FILE` prints the figures, and another TERM \
                 opens the explorer"
            ));
        }
        Ok(())
    }

    /// The theme to begin with, what others are made for, and which there are. What the terminal makes of
    /// signs holds from here on.
    pub(super) fn dress(&self) -> anyhow::Result<(Theme, Looks, Themes)> {
        let ambiguous = if self.ambiguous_width == 2 { Ambiguous::Wide } else { Ambiguous::Narrow };
        let are_spelled = match self.ascii {
            When::Always => true,
            When::Never => false,
            When::Auto => !takes_unicode(variable),
        };
        let signs = Signs { ambiguous, are_spelled };
        set_signs(signs);
        let terminfo = variable("TERM").and_then(|term| Terminfo::find(&term, variable));
        let looks = Looks {
            depth: self.color.depth(variable, terminfo),
            is_dark: Looks::is_dark(variable("COLORFGBG").as_deref()),
            characters: Characters::of(self.plain, signs),
            folder: super::theme_folder(),
        };
        let named = || variable(THEME).filter(|name| !name.is_empty());
        let (theme, name) = match (&self.theme, named()) {
            (Some(name), _) => (looks.theme(name)?, name.clone()),
            (None, Some(name)) => (looks.theme(&name).context(THEME)?, name),
            (None, None) => (looks.theme(AUTO)?, AUTO.to_owned()),
        };
        let themes = Themes::of(looks.names(), name);
        Ok((theme, looks, themes))
    }
}
