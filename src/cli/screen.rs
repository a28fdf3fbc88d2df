//! Options of the screen: colours, themes and characters.

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use super::config::Screen;
use super::folders;
use crate::app::themes::Themes;
use crate::show::text::{Ambiguous, Signs, set_signs};
use crate::tr;
use crate::ui::charset::takes_unicode;
use crate::ui::glyphs::Characters;
use crate::ui::theme::{AUTO, ColorChoice, Looks, Terminfo, Theme};

/// What the screen looks like.
#[derive(Clone, Debug, Args)]
pub(super) struct ScreenOptions {
    /// Colours that the terminal can show [default: auto]
    #[arg(long, value_enum, help_heading = "Screen")]
    color: Option<ColorChoice>,
    /// Theme: auto, dark, light, high-contrast, colour-blind, neutral, sixteen, one of your own, or the path of a TOML file
    /// [default: `TIERSCOPE_THEME`, or auto]
    #[arg(long, value_name = "NAME|PATH", help_heading = "Screen")]
    theme: Option<String>,
    /// Draw with ASCII characters alone: always, never, or where the locale's encoding is not UTF-8
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        default_missing_value = "always",
        num_args = 0..=1,
        require_equals = true,
        help_heading = "Screen"
    )]
    ascii: Option<When>,
    /// Write lines of words, one panel at a time, without columns, frames and bars: for screen readers
    #[arg(long, help_heading = "Screen")]
    plain: bool,
    /// Columns that the terminal gives characters such as ± and é, which fonts of the Far East draw wide
    #[arg(long, value_name = "1|2", value_parser = clap::value_parser!(u8).range(1..=2), help_heading = "Screen")]
    ambiguous_width: Option<u8>,
    /// Let the mouse choose panels and rows; the terminal's own selection then needs Shift
    #[arg(long, help_heading = "Screen")]
    mouse: bool,
}

/// How the screen looks, with everything that says so weighed.
pub(super) struct Wanted {
    color: ColorChoice,
    /// The theme that the options name.
    theme: Option<String>,
    /// The theme of the settings.
    settled: Option<String>,
    ascii: When,
    plain: bool,
    ambiguous: Ambiguous,
    pub(super) mouse: bool,
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
    pub(super) fn require_screen() -> anyhow::Result<()> {
        if variable("TERM").as_deref() == Some("dumb") {
            bail!(tr!(
                "TERM=dumb names a terminal without a screen; `tierscope report FILE` prints the figures, and another TERM \
                 opens the explorer"
            ));
        }
        Ok(())
    }

    /// By the options and the environment, and as is settled where they say nothing.
    pub(super) fn over(&self, settled: &Screen) -> Wanted {
        let no_color = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
        let ascii = if settled.ascii { When::Always } else { When::Auto };
        let width = self.ambiguous_width.unwrap_or(settled.ambiguous_width);
        Wanted {
            color: self.color.unwrap_or(if no_color { ColorChoice::Auto } else { settled.color }),
            theme: self.theme.clone(),
            settled: settled.theme.clone(),
            ascii: self.ascii.unwrap_or(ascii),
            plain: self.plain || settled.plain,
            ambiguous: if width == 2 { Ambiguous::Wide } else { Ambiguous::Narrow },
            mouse: self.mouse || settled.mouse,
        }
    }
}

impl Wanted {
    /// The theme to begin with, what others are made for, and which there are. What the terminal makes of signs holds
    /// from here on. A theme that was chosen on the screen comes before the settings' one, and nobody is kept out by
    /// one that is not there any more: what is wrong with it is given back.
    pub(super) fn dress(&self, chosen: Option<&str>) -> anyhow::Result<(Theme, Looks, Themes, Option<String>)> {
        let are_spelled = match self.ascii {
            When::Always => true,
            When::Never => false,
            When::Auto => !takes_unicode(variable),
        };
        let signs = Signs { ambiguous: self.ambiguous, are_spelled };
        set_signs(signs);
        let terminfo = variable("TERM").and_then(|term| Terminfo::find(&term, variable));
        let looks = Looks {
            depth: self.color.depth(variable, terminfo),
            is_dark: Looks::is_dark(variable("COLORFGBG").as_deref()),
            characters: Characters::of(self.plain, signs),
            folder: folders::themes(),
        };
        let named = variable(THEME).filter(|name| !name.is_empty());
        let is_named = self.theme.is_some() || named.is_some();
        let (chosen, lost) = match chosen.map(|name| (looks.theme(name), name)) {
            Some((Ok(theme), name)) => (Some((theme, name.to_owned())), None),
            Some((Err(error), _)) => (None, Some(tr!("the theme chosen last is gone: {problem}", problem = error))),
            None => (None, None),
        };
        let (theme, name) = match (&self.theme, named, chosen, &self.settled) {
            (Some(name), ..) | (None, None, None, Some(name)) => (looks.theme(name)?, name.clone()),
            (None, Some(name), ..) => (looks.theme(&name).context(THEME)?, name),
            (None, None, Some(chosen), _) => chosen,
            (None, None, None, None) => (looks.theme(AUTO)?, AUTO.to_owned()),
        };
        let usual = Looks::lasting(self.settled.as_deref().unwrap_or(AUTO));
        let worn = Themes::of(looks.names(), Looks::lasting(&name));
        let themes = Themes { usual, is_settled: self.settled.is_some(), is_named, ..worn };
        Ok((theme, looks, themes, lost.filter(|_| !is_named)))
    }
}
