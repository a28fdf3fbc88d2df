//! The help: the words of the commands and options in the language in use, laid out by the parser in English and by us in
//! the others, whose texts have no blanks to break lines at.

mod page;
mod surroundings;
mod wrap;

use clap::builder::StyledStr;
use clap::{Arg, Command};

use super::arguments::Help;
use crate::lang::{Language, current, translation};
use crate::show::text::width;
use crate::tr;
pub(super) use page::specifics;
pub(super) use surroundings::{Place, environment, files};

/// The context of the texts of the help in the catalogues.
const KIND: &str = "help";

/// The columns that help is written for where no terminal says, and the most that it takes.
const COLUMNS: usize = 100;

/// The command line with the help that is asked for in the language in use.
pub(super) fn spoken(command: Command, help: Option<Help>) -> Command {
    if current() == Language::English {
        return with_surroundings(command, columns());
    }
    // Only help shows any of it.
    let Some(help) = help else { return command };
    paged(command, help, columns())
}

/// The command line with its words in the language in use.
pub(super) fn translated(mut command: Command) -> Command {
    // Adds help and version, so that they are translated like all others.
    command.build();
    walked(command)
}

/// A usage of the parser in the language in use, its lines below each other.
pub(super) fn usage_words(usage: &str) -> String {
    let label = tr!("Usage: ");
    let between = format!("\n{}", " ".repeat(width(label)));
    format!("{label}{}", usage_lines(usage).replace('\n', &between))
}

/// The lines of a usage of the parser in the language in use, without its label.
pub(super) fn usage_lines(usage: &str) -> String {
    let usage = usage.trim().strip_prefix("Usage:").unwrap_or(usage);
    let usage = usage.replace("[OPTIONS]", tr!("[OPTIONS]")).replace("[COMMAND]", tr!("[COMMAND]"));
    let usage = usage.replace("<COMMAND>", tr!("<COMMAND>"));
    usage.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

fn walked(command: Command) -> Command {
    let words = |text: Option<&StyledStr>| text.map(|text| in_words(&text.to_string()));
    let [about, long] = [words(command.get_about()), words(command.get_long_about())];
    let after = words(command.get_after_help());
    let mut command = command.mut_args(argument).mut_subcommands(walked);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(long) = long {
        command = command.long_about(long);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command
}

fn argument(mut arg: Arg) -> Arg {
    if let Some(help) = arg.get_help().map(ToString::to_string) {
        arg = arg.help(in_words(&help));
    }
    if let Some(help) = arg.get_long_help().map(ToString::to_string) {
        arg = arg.long_help(in_words(&help));
    }
    if let Some(heading) = arg.get_help_heading().and_then(found) {
        arg = arg.help_heading(heading);
    }
    arg
}

/// A text of the help in the language in use.
pub(super) fn in_words(text: &str) -> String {
    found(text).unwrap_or(text).to_owned()
}

fn found(text: &str) -> Option<&'static str> {
    translation(&format!("{KIND}|{text}"))
}

/// Puts what surrounds the program below its long help.
fn with_surroundings(command: Command, columns: usize) -> Command {
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    command.after_long_help(examples + "\n\n" + &surroundings::text(columns))
}

/// The command line with help of so many columns in the language in use.
fn paged(command: Command, help: Help, columns: usize) -> Command {
    with_pages(with_surroundings(translated(command), columns), help, columns)
}

/// Gives each command its help as a finished page.
fn with_pages(command: Command, help: Help, columns: usize) -> Command {
    let page = page::page(&command, help == Help::Long, columns);
    command.override_help(page).mut_subcommands(|command| with_pages(command, help, columns))
}

/// The columns that help may take.
fn columns() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let said = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    terminal.or_else(said).filter(|columns| *columns > 0).map_or(COLUMNS, |columns| columns.min(COLUMNS))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;
    use crate::lang::{texts, within};

    /// Every text of the command line's help, in English.
    fn texts_of(command: &Command, found: &mut BTreeSet<String>) {
        let styled = [command.get_about(), command.get_long_about(), command.get_after_help()];
        found.extend(styled.into_iter().flatten().map(ToString::to_string));
        for arg in command.get_arguments() {
            found.extend([arg.get_help(), arg.get_long_help()].into_iter().flatten().map(ToString::to_string));
            found.extend(arg.get_help_heading().map(str::to_owned));
            found
                .extend(arg.get_possible_values().iter().filter_map(|value| value.get_help()).map(ToString::to_string));
        }
        command.get_subcommands().for_each(|command| texts_of(command, found));
    }

    fn english() -> BTreeSet<String> {
        let mut command = Cli::command();
        command.build();
        let mut found = BTreeSet::new();
        texts_of(&command, &mut found);
        found
    }

    #[test]
    fn every_catalogue_has_every_text_of_the_help_and_no_other() {
        let english = english();
        assert!(english.len() > 150, "{}", english.len());
        for language in Language::ALL {
            let Some(catalogue) = texts(language) else { continue };
            let known: BTreeSet<&str> = catalogue.keys().filter_map(|key| key.strip_prefix("help|")).collect();
            if known.is_empty() {
                continue;
            }
            let missing: Vec<&String> = english.iter().filter(|text| !known.contains(text.as_str())).collect();
            assert!(missing.is_empty(), "{} lacks {}: {missing:#?}", language.tag(), missing.len());
            let stale: Vec<&&str> = known.iter().filter(|text| !english.contains(**text)).collect();
            assert!(stale.is_empty(), "{} has what is in no help: {stale:#?}", language.tag());
        }
    }

    #[test]
    fn chinese_help_has_no_english_words_and_fits_the_columns() {
        let command = within(Language::Hans, || paged(Cli::command(), Help::Long, 80));
        let report = command.find_subcommand("report").expect("a command").clone();
        for command in [command, report] {
            let help = command.clone().render_long_help().to_string();
            for line in help.lines().filter(|line| !line.starts_with("  tierscope")) {
                assert!(width(line) <= 80, "{line}");
            }
            for english in ["Usage", "Options", "OPTIONS", "default:", "possible values", "Print "] {
                assert!(!help.contains(english), "{english} in {help}");
            }
        }
    }
}
