//! A manual page while it is written.

use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::super::help::{Place, environment, files};
use crate::lang::current;
use crate::tr;

/// A page while it is written.
pub(super) struct Page<'a> {
    command: &'a Command,
    text: Vec<u8>,
}

impl<'a> Page<'a> {
    /// A page that begins with the command itself.
    pub(super) fn of(command: &'a Command) -> io::Result<Self> {
        let mut page = Self { command, text: Vec::new() };
        let man = Man::new(command.clone()).manual(tr!("Manual of tierscope"));
        man.render_title(&mut page.text)?;
        man.render_name_section(&mut page.text)?;
        man.render_synopsis_section(&mut page.text)?;
        man.render_description_section(&mut page.text)?;
        man.render_options_section(&mut page.text)?;
        Ok(page)
    }

    /// The whole page in the language in use.
    pub(super) fn text(&self) -> String {
        in_language(&String::from_utf8_lossy(&self.text))
    }

    /// The commands below this one, with the names of their pages.
    pub(super) fn commands(&mut self) -> io::Result<()> {
        if self.command.has_subcommands() {
            Man::new(self.command.clone()).render_subcommands_section(&mut self.text)?;
        }
        Ok(())
    }

    /// A command in the page of another one, and which options of that one it has too.
    pub(super) fn command(&mut self, command: &Command, above: &[String]) -> io::Result<()> {
        let man = Man::new(command.clone());
        let mut text = Vec::new();
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        if command.get_arguments().any(|arg| !arg.is_hide_set()) {
            man.render_options_section(&mut text)?;
        }
        let text = String::from_utf8_lossy(&text);
        let name = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_uppercase();
        let mut roff = Roff::new();
        roff.control("SH", [name.as_str()]);
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
    pub(super) fn notes(&mut self) {
        if self.command.get_after_help().is_some() {
            let mut roff = Roff::new();
            roff.control("SH", [tr!("NOTES")]);
            self.text.extend(roff.to_roff().into_bytes());
            self.text.extend(after(self.command).to_roff().into_bytes());
        }
    }

    /// Variables, files and the exit status.
    pub(super) fn places(&mut self) {
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

    pub(super) fn section(&mut self, title: &str, words: &str) {
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

/// The page with the headings that the generator has in English in the language in use, and what comes before each of its
/// parts only once.
fn in_language(page: &str) -> String {
    let mut before: Vec<&str> = Vec::new();
    let mut text = String::new();
    for line in page.lines() {
        let is_preamble = line.contains(" Aq ");
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
            text = text + ".if \\n(.g .mso " + CHINESE + "\n.ad l\n";
        }
    }
    text
}

/// What groff needs to break lines between Chinese characters.
const CHINESE: &str = "zh.tmac";

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
