//! A page of help in a language that the parser does not lay out.

use clap::{Arg, Command};

use super::wrap::wrapped;
use super::{in_words, usage_words};
use crate::show::text::{left, width};
use crate::tr;

/// How far options are indented.
const INDENT: usize = 2;
/// How far the words of an option are, where they have lines of their own.
const BELOW: usize = 10;
/// The widest that names of options may be for their words to stand beside them.
const BESIDE: usize = 40;

/// The help of a command whose words are translated: the long one, or a line an option.
pub(super) fn page(command: &Command, long: bool, columns: usize) -> String {
    let mut lines = Vec::new();
    let about = if long { command.get_long_about() } else { None }.or_else(|| command.get_about());
    if let Some(about) = about {
        lines.extend(wrapped(&about.to_string(), columns));
        lines.push(String::new());
    }
    lines.push(usage_words(&command.clone().render_usage().to_string()));
    let mut section = |title: &str, rows: Vec<Row>, apart: bool| {
        if !rows.is_empty() {
            lines.extend([String::new(), heading(command, title)]);
            lay_out(rows, columns, apart, &mut lines);
        }
    };
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
    let commands = commands.map(|command| Row { name: command.get_name().to_owned(), words: about_of(command) });
    section(tr!("heading" | "Commands"), commands.collect(), false);
    let shown: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_hide_set()).collect();
    for title in titles(&shown) {
        let args = shown.iter().filter(|arg| title_of(arg) == title);
        section(&title, args.map(|arg| Row::of(arg, long)).collect(), long);
    }
    let after = if long { command.get_after_long_help() } else { None }.or_else(|| command.get_after_help());
    if let Some(after) = after {
        lines.push(String::new());
        lines.extend(wrapped(&after.to_string(), columns));
    }
    lines.join("\n")
}

/// A heading as the parser writes its own.
fn heading(command: &Command, title: &str) -> String {
    let style = command.get_styles().get_header();
    format!("{style}{}{style:#}", tr!("{title}:", title))
}

fn about_of(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// The headings in order: arguments and options without one come first.
fn titles(args: &[&Arg]) -> Vec<String> {
    let usual = [tr!("heading" | "Arguments").to_owned(), tr!("heading" | "Options").to_owned()];
    let mut titles: Vec<String> =
        usual.into_iter().filter(|usual| args.iter().any(|arg| title_of(arg) == *usual)).collect();
    for title in args.iter().map(|arg| title_of(arg)) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

fn title_of(arg: &Arg) -> String {
    let usual = || if arg.is_positional() { tr!("heading" | "Arguments") } else { tr!("heading" | "Options") };
    arg.get_help_heading().unwrap_or_else(usual).to_owned()
}

/// A name with its words.
struct Row {
    name: String,
    words: String,
}

impl Row {
    fn of(arg: &Arg, long: bool) -> Self {
        let name = match (arg.get_short(), arg.get_long()) {
            (Some(short), Some(long)) => {
                arg.to_string().replacen(&format!("--{long}"), &format!("-{short}, --{long}"), 1)
            }
            (None, Some(_)) => format!("    {arg}"),
            _ => arg.to_string(),
        };
        let help = if long { arg.get_long_help() } else { None }.or_else(|| arg.get_help());
        let mut words = help.map(ToString::to_string).unwrap_or_default();
        for (position, specific) in specifics(arg, long).into_iter().enumerate() {
            words += if !long {
                " "
            } else if position == 0 {
                "\n\n"
            } else {
                "\n"
            };
            words += &specific;
        }
        Self { name, words }
    }
}

/// The values that an option takes, and the one that it has where it is not given; values with what they mean where there is
/// room.
pub(in super::super) fn specifics(arg: &Arg, long: bool) -> Vec<String> {
    let mut found = Vec::new();
    let values: Vec<_> = arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect();
    if !values.is_empty() && !arg.is_hide_possible_values_set() && arg.get_action().takes_values() {
        if long && values.iter().any(|value| value.get_help().is_some()) {
            found.push(tr!("Possible values:").to_owned());
            found.extend(values.iter().map(|value| {
                let name = value.get_name();
                match value.get_help() {
                    Some(help) => tr!("- {name}: {help}", name, help = in_words(&help.to_string())),
                    None => format!("- {name}"),
                }
            }));
        } else {
            let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
            found.push(tr!("[possible values: {values}]", values = names.join(", ")));
        }
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() && !arg.is_hide_default_value_set() && arg.get_action().takes_values() {
        found.push(tr!("[default: {value}]", value = defaults.join(" ")));
    }
    found
}

/// Writes rows with their words beside the names, or below them.
fn lay_out(rows: Vec<Row>, columns: usize, apart: bool, lines: &mut Vec<String>) {
    let widest = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
    let below = apart || widest > BESIDE || INDENT + widest + 2 + 20 > columns;
    for (position, row) in rows.into_iter().enumerate() {
        if below {
            if apart && position > 0 {
                lines.push(String::new());
            }
            lines.push(format!("{:INDENT$}{}", "", row.name));
            let room = columns.saturating_sub(BELOW).max(20);
            lines.extend(indented(wrapped(&row.words, room), BELOW));
        } else {
            let beside = INDENT + widest + 2;
            let mut words = indented(wrapped(&row.words, columns.saturating_sub(beside)), beside).into_iter();
            let first = words.next().unwrap_or_default();
            lines.push(
                format!("{:INDENT$}{}  {}", "", left(&row.name, widest), first.trim_start()).trim_end().to_owned(),
            );
            lines.extend(words);
        }
    }
}

fn indented(lines: Vec<String>, columns: usize) -> Vec<String> {
    lines.into_iter().map(|line| format!("{:columns$}{line}", "").trim_end().to_owned()).collect()
}
