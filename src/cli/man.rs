//! `tierscope man`: manual pages, one for everything or one for each command.

mod page;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Arg, Args, Command, CommandFactory};

use super::Cli;
use super::help::{specifics, translated, usage_lines};
use super::output::stdout;
use crate::lang::{Language, current};
use crate::tr;
use page::Page;

/// The section of the manual for commands.
const SECTION: &str = "1";

/// Which pages.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tierscope man | man -l -
  tierscope man --dir /usr/local/share/man/man1")]
pub(super) struct ManArgs {
    /// Write a page for each command to this folder, tierscope.1, tierscope-report.1 and so on, instead of one for everything
    /// to stdout
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Prints the page of everything, or writes one for each command.
pub(super) fn run(args: &ManArgs) -> anyhow::Result<()> {
    let command = ready(translated(Cli::command()));
    if let Some(folder) = &args.dir {
        return write_pages(&command, folder).with_context(|| tr!("cannot write to {path}", path = folder.display()));
    }
    let mut out = stdout();
    out.write_all(whole(&command)?.as_bytes())?;
    out.flush()?;
    Ok(())
}

fn write_pages(command: &Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, page) in pages(command)? {
        fs::write(folder.join(name), page)?;
    }
    Ok(())
}

/// A page for each command with the name of its file, that of the program first.
fn pages(command: &Command) -> io::Result<Vec<(String, String)>> {
    let main = name_of(command);
    let mut pages = Vec::new();
    for each in std::iter::once(command).chain(below(command)) {
        let mut page = Page::of(each)?;
        page.commands()?;
        page.notes();
        let name = name_of(each);
        if name == main {
            page.places();
        } else {
            page.section(tr!("SEE ALSO"), &format!("{main}({SECTION})"));
        }
        pages.push((format!("{name}.{SECTION}"), page.text()));
    }
    Ok(pages)
}

/// One page with all commands: of each what the explorer does not have too.
fn whole(command: &Command) -> io::Result<String> {
    let shared: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let is_shared = |arg: &Arg| shared.contains(&arg.get_id().to_string());
    let mut page = Page::of(command)?;
    for each in below(command) {
        let long = |arg: &Arg| arg.get_long().filter(|_| is_shared(arg)).map(|long| format!("--{long}"));
        let above: Vec<String> = each.get_arguments().filter_map(long).collect();
        let own = |arg: Arg| {
            let hide = is_shared(&arg);
            arg.hide(hide)
        };
        page.command(&each.clone().mut_args(own), &above)?;
    }
    page.notes();
    page.places();
    Ok(page.text())
}

/// The commands below a command, all the way down, but for the parser's own.
fn below(command: &Command) -> Vec<&Command> {
    let direct = command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    direct.flat_map(|command| std::iter::once(command).chain(below(command))).collect()
}

/// The name of a command in the manual: `tierscope-report`.
fn name_of(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

/// The command with short usages for the synopsis, and with what its options take in the language in use.
fn ready(command: Command) -> Command {
    let usage = usage_lines(&command.clone().render_usage().to_string());
    let is_own = current() == Language::English;
    let own = |arg: Arg| {
        if is_own {
            return arg;
        }
        let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
        let words = [help].into_iter().chain(specifics(&arg, false)).collect::<Vec<_>>().join(" ");
        arg.long_help(words).hide_default_value(true).hide_possible_values(true)
    };
    command.override_usage(usage).mut_args(own).mut_subcommands(ready)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::within;

    fn made<T>(language: Language, make: impl FnOnce(&Command) -> io::Result<T>) -> T {
        within(language, || make(&ready(translated(Cli::command())))).expect("memory takes it")
    }

    #[test]
    fn the_whole_page_has_every_command_with_what_is_its_own() {
        let page = made(Language::English, whole);
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
        assert!(
            at(".SH SYNOPSIS") < at(".SH \"TIERSCOPE REPORT\"")
                && at(".SH \"TIERSCOPE CACHE CLEAR\"") < at(".SH ENVIRONMENT")
        );
        assert!(page.contains("TIERSCOPE DEMO-DATA") || page.contains("TIERSCOPE DEMO\\-DATA"), "{page}");
        assert_eq!(page.matches("\\fB\\-\\-customer\\fR").count(), 1);
        assert!(page.contains("\\fB\\-\\-expect\\-total\\fR") && page.contains("TIERSCOPE_LANG"));
        assert!(page.contains("tierscope\\fR [OPTIONS] [FILE]..."), "{page}");
    }

    #[test]
    fn each_command_has_a_page_named_after_it() {
        let pages = made(Language::English, pages);
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..2], ["tierscope.1", "tierscope-report.1"]);
        assert!(names.contains(&"tierscope-cache-clear.1") && !names.iter().any(|name| name.contains("help")));
        assert!(pages.iter().all(|(_, page)| page.contains(".SH NAME") && page.contains(".SH SYNOPSIS")));
    }

    #[test]
    fn chinese_pages_have_no_english_headings() {
        let page = made(Language::Hans, whole);
        for english in [".SH NAME", ".SH OPTIONS", "[default:", "Possible values", "[OPTIONS]"] {
            assert!(!page.contains(english), "{english} in {page}");
        }
    }
}
