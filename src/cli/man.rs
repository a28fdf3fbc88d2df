//! `tierscope man`: manual pages, one for everything or one for each command.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Arg, Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Cli;
use super::help::{Place, environment, files, specifics, translated};
use super::output::stdout;
use crate::lang::{Language, current};
use crate::tr;

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
    let command = ready(translated(Cli::command()), "");
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
    let mut pages = vec![(
        format!("{main}.{SECTION}"),
        page(command, |page| {
            page.commands()?;
            page.notes();
            page.places();
            Ok(())
        })?,
    )];
    for command in below(command) {
        let text = page(command, |page| {
            page.commands()?;
            page.notes();
            page.section(tr!("SEE ALSO"), &format!("{main}({SECTION})"));
            Ok(())
        })?;
        pages.push((format!("{}.{SECTION}", name_of(command)), text));
    }
    Ok(pages)
}

/// One page with all commands: of each what the explorer does not have too.
fn whole(command: &Command) -> io::Result<String> {
    let shared: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    page(command, |page| {
        for command in below(command) {
            let is_shared = |arg: &Arg| shared.contains(&arg.get_id().to_string());
            let long = |arg: &Arg| arg.get_long().filter(|_| is_shared(arg)).map(|long| format!("--{long}"));
            let above: Vec<String> = command.get_arguments().filter_map(long).collect();
            let own = |arg: Arg| {
                let hide = is_shared(&arg);
                arg.hide(hide)
            };
            page.command(&command.clone().mut_args(own), &above)?;
        }
        page.notes();
        page.places();
        Ok(())
    })
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

/// A page that begins with the command itself.
fn page(command: &Command, rest: impl FnOnce(&mut Page<'_>) -> io::Result<()>) -> io::Result<String> {
    let mut page = Page { command, text: Vec::new() };
    let man = Man::new(command.clone()).manual(tr!("Manual of tierscope"));
    man.render_title(&mut page.text)?;
    man.render_name_section(&mut page.text)?;
    man.render_synopsis_section(&mut page.text)?;
    man.render_description_section(&mut page.text)?;
    man.render_options_section(&mut page.text)?;
    rest(&mut page)?;
    Ok(in_language(&String::from_utf8_lossy(&page.text)))
}

/// A page while it is written.
struct Page<'a> {
    command: &'a Command,
    text: Vec<u8>,
}

impl Page<'_> {
    /// The commands below this one, with the names of their pages.
    fn commands(&mut self) -> io::Result<()> {
        if self.command.has_subcommands() {
            Man::new(self.command.clone()).render_subcommands_section(&mut self.text)?;
        }
        Ok(())
    }

    /// A command in the page of another one, and which options of that one it has too.
    fn command(&mut self, command: &Command, above: &[String]) -> io::Result<()> {
        let man = Man::new(command.clone());
        let mut text = Vec::new();
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        if command.get_arguments().any(|arg| !arg.is_hide_set()) {
            man.render_options_section(&mut text)?;
        }
        let text = String::from_utf8_lossy(&text);
        let name = name_of(command).replace('-', " ");
        let mut roff = Roff::new();
        roff.control("SH", [name.to_uppercase().as_str()]);
        roff.to_writer(&mut self.text)?;
        // Its sections are paragraphs of one; the first begins below the heading.
        for line in text.lines().skip_while(|line| line.starts_with('.')) {
            writeln!(self.text, "{}", if line.starts_with(".SH") { ".PP" } else { line })?;
        }
        let mut roff = Roff::new();
        roff.control("PP", []);
        roff.text([roman(tr!("As above: {options}.", options = above.join(", ")))]);
        self.text.extend(roff.to_roff().into_bytes());
        self.text.extend(after(command).to_roff().into_bytes());
        Ok(())
    }

    /// What the help has at its end.
    fn notes(&mut self) {
        if self.command.get_after_help().is_some() {
            let mut roff = Roff::new();
            roff.control("SH", [tr!("NOTES")]);
            self.text.extend(roff.to_roff().into_bytes());
            self.text.extend(after(self.command).to_roff().into_bytes());
        }
    }

    /// Variables, files and the exit status.
    fn places(&mut self) {
        self.listed(tr!("ENVIRONMENT"), environment());
        self.listed(tr!("FILES"), files());
        let status = tr!(
            "0 where all went well; 1 for a failure; 2 for a wrong use; 3 for a scenario or a control figure that does not hold."
        );
        self.section(tr!("EXIT STATUS"), status);
    }

    fn listed(&mut self, title: &str, places: Vec<Place>) {
        let mut roff = Roff::new();
        roff.control("SH", [title]);
        for (name, words) in places {
            roff.control("TP", []);
            roff.text([bold(name)]);
            roff.text([roman(words)]);
        }
        self.text.extend(roff.to_roff().into_bytes());
    }

    fn section(&mut self, title: &str, words: &str) {
        let mut roff = Roff::new();
        roff.control("SH", [title]);
        roff.text([roman(words)]);
        self.text.extend(roff.to_roff().into_bytes());
    }
}

/// What stands below the help of a command: paragraphs are filled, examples keep their lines.
fn after(command: &Command) -> Roff {
    let mut roff = Roff::new();
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            _ if line.is_empty() => {
                roff.control("PP", []);
            }
            Some(example) => {
                roff.control("br", []);
                roff.text([roman("    "), roman(example)]);
            }
            None => {
                roff.text([roman(line)]);
            }
        }
    }
    roff
}

/// The command with short usages for the synopsis, and with what its options take in the language in use.
fn ready(command: Command, before: &str) -> Command {
    let name =
        if before.is_empty() { command.get_name().to_owned() } else { format!("{before} {}", command.get_name()) };
    let usage = super::help::usage_lines(&command.clone().render_usage().to_string());
    let is_own = current() == Language::English;
    let own = |arg: Arg| {
        if is_own {
            return arg;
        }
        let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
        let words = [help].into_iter().chain(specifics(&arg, false)).collect::<Vec<_>>().join(" ");
        arg.long_help(words).hide_default_value(true).hide_possible_values(true)
    };
    command.override_usage(usage).mut_args(own).mut_subcommands(|command| ready(command, &name))
}

/// The page with the headings that the generator has in English in the language in use, and what comes before each of its
/// parts only once.
fn in_language(page: &str) -> String {
    let mut before: Vec<&str> = Vec::new();
    let mut text = String::new();
    for line in page.lines() {
        let is_preamble = line.contains(".ds Aq");
        if is_preamble && before.contains(&line) {
            continue;
        }
        if is_preamble {
            before.push(line);
        }
        match line.strip_prefix(".SH ").and_then(heading) {
            Some(title) => text = text + ".SH " + title,
            None => text += line,
        }
        text.push('\n');
        if line.starts_with(".TH ") && current().is_chinese() {
            text += CHINESE;
        }
    }
    text
}

/// Breaks lines between Chinese characters, where the formatter is groff and knows how; without that, at blanks.
const CHINESE: &str = ".if \\n(.g .mso zh.tmac\n.ad l\n";

/// A heading of the generator in the language in use.
fn heading(title: &str) -> Option<&'static str> {
    Some(match title {
        "NAME" => tr!("NAME"),
        "SYNOPSIS" => tr!("SYNOPSIS"),
        "DESCRIPTION" => tr!("DESCRIPTION"),
        "OPTIONS" => tr!("OPTIONS"),
        "SUBCOMMANDS" => tr!("COMMANDS"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::within;

    fn made<T>(language: Language, make: impl FnOnce(&Command) -> io::Result<T>) -> T {
        within(language, || make(&ready(translated(Cli::command()), ""))).expect("memory takes it")
    }

    #[test]
    fn the_whole_page_has_every_command_with_what_is_its_own() {
        let page = made(Language::English, whole);
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
        assert!(
            at(".SH SYNOPSIS") < at(".SH \"TIERSCOPE REPORT\"")
                && at(".SH \"TIERSCOPE CACHE CLEAR\"") < at(".SH ENVIRONMENT")
        );
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
