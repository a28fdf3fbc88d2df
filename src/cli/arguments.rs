//! The arguments before they are parsed: what must be known to speak at all, and options of all commands brought to where
//! the parser looks for them.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use crate::lang::Language;

/// The options of all commands; each takes a value.
const GLOBAL: [&str; 3] = ["--lang", "--config", "--log"];

/// Which help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Help {
    /// `-h`: a line an option.
    Short,
    /// `--help` and `help COMMAND`: everything.
    Long,
}

/// What the arguments tell before they are parsed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments {
    /// All of them, the program's name first.
    pub(super) all: Vec<OsString>,
    /// The language of `--lang`, where it is one.
    pub(super) lang: Option<Language>,
    /// The file of `--config`.
    pub(super) config: Option<PathBuf>,
    /// The help that is asked for, if any.
    pub(super) help: Option<Help>,
}

impl Arguments {
    /// Looks through the arguments. `is_command` knows the commands.
    pub(super) fn of(all: impl IntoIterator<Item = OsString>, is_command: impl Fn(&str) -> bool) -> Self {
        let all: Vec<OsString> = all.into_iter().collect();
        let end = all.iter().position(|argument| argument == "--").unwrap_or(all.len());
        let options = all.get(1..end).unwrap_or_default();
        let lang = |value: &OsStr| value.to_str().and_then(|text| text.parse().ok());
        let help = |argument: &OsString| match argument.to_str()? {
            "-h" => Some(Help::Short),
            "--help" => Some(Help::Long),
            _ => None,
        };
        let mut found = Self {
            lang: value(options, "--lang").and_then(lang),
            config: value(options, "--config").map(PathBuf::from),
            help: options.iter().find_map(help),
            ..Self::default()
        };
        found.all = commands_first(all, is_command);
        // The parser's own command, which commands with commands have too.
        if found.all.iter().skip(1).take(2).any(|argument| argument == "help") {
            found.help = Some(Help::Long);
        }
        found
    }
}

/// The value that an option has, behind it or behind its `=`. Of one that is given twice the parser complains.
fn value<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a OsStr> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == option {
            return rest.next().map(OsString::as_os_str);
        }
        let value = argument.as_bytes().strip_prefix(option.as_bytes()).and_then(|rest| rest.strip_prefix(b"="));
        if let Some(value) = value {
            return Some(OsStr::from_bytes(value));
        }
    }
    None
}

/// Brings the options of all commands that stand before the command behind it: `--lang en report` is `report --lang en`. The
/// parser would take a command behind an option for a file, as it should where the option is the explorer's.
fn commands_first(mut all: Vec<OsString>, is_command: impl Fn(&str) -> bool) -> Vec<OsString> {
    let mut at = 1;
    while let Some(argument) = all.get(at).and_then(|argument| argument.to_str()) {
        if GLOBAL.contains(&argument) {
            at += 2;
        } else if argument.split_once('=').is_some_and(|(name, _)| GLOBAL.contains(&name)) {
            at += 1;
        } else {
            break;
        }
    }
    let command = all.get(at).and_then(|argument| argument.to_str());
    if at > 1 && command.is_some_and(is_command) {
        let is_help = command == Some("help");
        all[1..=at].rotate_right(1);
        if is_help {
            // It takes no options; what they say of it is known by now.
            all.drain(2..=at);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Arguments {
        Arguments::of(line.split(' ').map(OsString::from), |name| ["report", "help"].contains(&name))
    }

    fn line(arguments: &Arguments) -> String {
        let words: Vec<_> = arguments.all.iter().map(|argument| argument.to_string_lossy()).collect();
        words.join(" ")
    }

    #[test]
    fn language_settings_and_help_are_found_wherever_they_stand() {
        let found = of("tierscope a.csv --lang zh_TW --config=x.toml -h");
        assert_eq!((found.lang, found.help), (Some(Language::Hant), Some(Help::Short)));
        assert_eq!(found.config, Some(PathBuf::from("x.toml")));
        assert_eq!(of("tierscope report --lang=zh-Hans --help").lang, Some(Language::Hans));
        assert_eq!(of("tierscope report --lang fr").lang, None);
        assert_eq!(of("tierscope report --lang").lang, None);
        assert_eq!(
            of("tierscope -- --lang en -h"),
            Arguments { all: of("tierscope -- --lang en -h").all, ..Default::default() }
        );
        assert_eq!(of("tierscope help report").help, Some(Help::Long));
    }

    #[test]
    fn options_of_all_commands_may_stand_before_the_command() {
        for (typed, parsed) in [
            ("tierscope --lang en --log=x report a.csv", "tierscope report --lang en --log=x a.csv"),
            ("tierscope --lang en a.csv report", "tierscope --lang en a.csv report"),
            ("tierscope report --log x", "tierscope report --log x"),
            ("tierscope --as-of 2024-01-01 report", "tierscope --as-of 2024-01-01 report"),
            ("tierscope --lang", "tierscope --lang"),
            ("tierscope --lang en", "tierscope --lang en"),
            ("tierscope --lang en help report", "tierscope help report"),
            ("tierscope", "tierscope"),
        ] {
            assert_eq!(line(&of(typed)), parsed);
        }
    }
}
