//! How many colours a terminal has, by what its surroundings say of it.

use clap::ValueEnum;

use super::names::{ANSI, DIRECT, INDEXED};
use super::terminfo::Terminfo;

/// What the user says of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// By `NO_COLOR`, `COLORTERM`, `TERM` and the database of terminals.
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
pub enum Depth {
    /// 24 bits.
    True,
    /// The 256 of xterm.
    Indexed,
    /// The 16 of ANSI.
    Ansi,
    /// None.
    None,
}

impl ColorChoice {
    /// How many colours to show: those that were asked for, else those that the variables and the terminal's entry in the
    /// database announce.
    #[must_use]
    pub fn depth(self, variable: impl Fn(&str) -> Option<String>, terminfo: Option<Terminfo>) -> Depth {
        match self {
            Self::Truecolor => Depth::True,
            Self::Indexed => Depth::Indexed,
            Self::Ansi => Depth::Ansi,
            Self::Never => Depth::None,
            Self::Auto => announced(|name| variable(name).filter(|value| !value.is_empty()), terminfo),
        }
    }
}

/// `NO_COLOR` comes before all else (no-color.org), and `CLICOLOR_FORCE` before a terminal that announces no colours
/// (bixense.com/clicolors).
fn announced(set: impl Fn(&str) -> Option<String>, terminfo: Option<Terminfo>) -> Depth {
    if set("NO_COLOR").is_some() {
        return Depth::None;
    }
    let term = set("TERM").unwrap_or_default();
    let named = by_name(&term, set("TMUX").is_some(), terminfo);
    let is_direct = matches!(set("COLORTERM").as_deref(), Some("truecolor" | "24bit"));
    // The variable goes on to whatever is started within: GNU Screen draws by itself, and so does who asks for a terminal
    // of few colours by its name.
    let is_within = term.starts_with("screen") && set("TMUX").is_none();
    match named {
        Depth::None if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => Depth::Ansi,
        Depth::Indexed if is_direct && !is_within => Depth::True,
        named => named,
    }
}

/// What the name of a terminal says, and where it says nothing its entry in the database.
fn by_name(term: &str, is_tmux: bool, terminfo: Option<Terminfo>) -> Depth {
    let named = |names: &[&str]| names.iter().any(|name| term == *name || term.starts_with(&format!("{name}-")));
    let is_vt = term.strip_prefix("vt").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if term.is_empty() || named(&ANSI) {
        return Depth::Ansi;
    }
    if is_vt || term == "dumb" || term.ends_with("-mono") || term.ends_with("-m") {
        return Depth::None;
    }
    let is_direct = term.contains("-direct") || named(&DIRECT) || terminfo.is_some_and(|terminfo| terminfo.is_direct);
    if is_direct || term.strip_prefix("xterm-").is_some_and(|name| DIRECT.contains(&name)) {
        return Depth::True;
    }
    if term.contains("256color") || named(&INDEXED) || named(&["tmux"]) {
        return Depth::Indexed;
    }
    if term.starts_with("screen") {
        // tmux called itself so for a long time, and brings colours down to what its own terminal has.
        return if is_tmux { Depth::Indexed } else { Depth::Ansi };
    }
    match terminfo.map(|terminfo| terminfo.colours) {
        Some(256..) | None => Depth::Indexed,
        Some(8..) => Depth::Ansi,
        Some(_) => Depth::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auto(variables: &[(&str, &str)], terminfo: Option<Terminfo>) -> Depth {
        let find =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        ColorChoice::Auto.depth(find, terminfo)
    }

    #[test]
    fn a_terminal_has_the_colours_that_its_name_announces() {
        let cases = [
            ("xterm", Depth::Indexed),
            ("xterm-256color", Depth::Indexed),
            ("tmux-256color", Depth::Indexed),
            ("screen-256color", Depth::Indexed),
            ("screen.xterm-256color", Depth::Indexed),
            ("rxvt-unicode", Depth::Indexed),
            ("xterm-direct", Depth::True),
            ("xterm-kitty", Depth::True),
            ("alacritty", Depth::True),
            ("foot-extra", Depth::True),
            ("linux", Depth::Ansi),
            ("xterm-16color", Depth::Ansi),
            ("xterm-color", Depth::Ansi),
            ("eterm-color", Depth::Ansi),
            ("screen", Depth::Ansi),
            ("", Depth::Ansi),
            ("vt100", Depth::None),
            ("vt220", Depth::None),
            ("xterm-mono", Depth::None),
            ("dumb", Depth::None),
            ("nobody-knows-it", Depth::Indexed),
        ];
        for (term, depth) in cases {
            assert_eq!(auto(&[("TERM", term)], None), depth, "{term}");
        }
    }

    #[test]
    fn colorterm_announces_24_bits_but_not_through_gnu_screen_nor_against_a_poor_terminal() {
        let of = |term, more: &[(&str, &str)]| {
            let mut variables = vec![("TERM", term), ("COLORTERM", "truecolor")];
            variables.extend(more);
            auto(&variables, None)
        };
        assert_eq!(of("xterm-256color", &[]), Depth::True);
        assert_eq!(of("tmux-256color", &[("TMUX", "/tmp/tmux")]), Depth::True);
        assert_eq!(of("screen", &[("TMUX", "/tmp/tmux")]), Depth::True);
        assert_eq!(of("screen-256color", &[("STY", "1.pts")]), Depth::Indexed);
        assert_eq!(of("screen", &[]), Depth::Ansi);
        assert_eq!(of("vt100", &[]), Depth::None);
        assert_eq!(of("linux", &[]), Depth::Ansi);
        assert_eq!(auto(&[("TERM", "xterm"), ("COLORTERM", "24bit")], None), Depth::True);
        assert_eq!(auto(&[("TERM", "xterm"), ("COLORTERM", "yes")], None), Depth::Indexed);
    }

    #[test]
    fn variables_of_the_user_come_before_the_terminal_and_options_before_both() {
        let terminal = [("TERM", "xterm-direct")];
        let with = |more: &[(&'static str, &'static str)]| auto(&[&terminal, more].concat(), None);
        assert_eq!(with(&[("NO_COLOR", "1")]), Depth::None);
        assert_eq!(with(&[("NO_COLOR", "")]), Depth::True);
        assert_eq!(with(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), Depth::None);
        assert_eq!(auto(&[("TERM", "vt100"), ("CLICOLOR_FORCE", "1")], None), Depth::Ansi);
        assert_eq!(auto(&[("TERM", "vt100"), ("CLICOLOR_FORCE", "0")], None), Depth::None);
        let forced = |choice: ColorChoice| choice.depth(|_| Some("1".to_owned()), None);
        assert_eq!(forced(ColorChoice::Ansi), Depth::Ansi);
        assert_eq!(forced(ColorChoice::Truecolor), Depth::True);
        assert_eq!(forced(ColorChoice::Never), Depth::None);
    }

    #[test]
    fn the_database_knows_terminals_whose_name_tells_nothing() {
        let entry = |colours, is_direct| Some(Terminfo { colours, is_direct });
        assert_eq!(auto(&[("TERM", "wy50")], entry(0, false)), Depth::None);
        assert_eq!(auto(&[("TERM", "hp2397")], entry(64, false)), Depth::Ansi);
        assert_eq!(auto(&[("TERM", "mine")], entry(256, false)), Depth::Indexed);
        assert_eq!(auto(&[("TERM", "tmux-256color")], entry(256, true)), Depth::True);
        assert_eq!(auto(&[("TERM", "xterm")], entry(8, false)), Depth::Indexed);
    }
}
