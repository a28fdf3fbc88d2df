//! `tierscope completions`: what a shell needs to complete the command line.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use clap::{Arg, Args, Command, CommandFactory, ValueEnum};
use clap_complete::{Shell, generate};

use super::Cli;
use super::help::{in_words, translated};
use super::output::stdout;

/// Shells.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum For {
    /// GNU Bash.
    Bash,
    /// The Z shell.
    Zsh,
    /// The friendly interactive shell.
    Fish,
}

/// Which shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tierscope completions bash > ~/.local/share/bash-completion/completions/tierscope
  tierscope completions zsh > ~/.zfunc/_tierscope        with ~/.zfunc in fpath
  tierscope completions fish > ~/.config/fish/completions/tierscope.fish")]
pub(super) struct CompletionsArgs {
    /// Shell to complete for
    shell: For,
}

/// Prints the script of a shell.
pub(super) fn run(args: &CompletionsArgs) -> anyhow::Result<()> {
    let shell = match args.shell {
        For::Bash => Shell::Bash,
        For::Zsh => Shell::Zsh,
        For::Fish => Shell::Fish,
    };
    // Written to memory first: the generator does not survive a reader that goes away.
    let mut script = Vec::new();
    generate(shell, &mut with_values(translated(Cli::command())), "tierscope", &mut script);
    let mut out = stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(())
}

/// Gives the values of options their words in the language in use: the parsers have them in English.
fn with_values(command: Command) -> Command {
    command.mut_args(with_values_of).mut_subcommands(with_values)
}

fn with_values_of(arg: Arg) -> Arg {
    let values = arg.get_possible_values();
    if values.is_empty() {
        return arg;
    }
    let values = values.into_iter().map(|value| {
        let words = value.get_help().map(|help| in_words(&help.to_string()));
        words.map_or(value.clone(), |words| value.help(words))
    });
    arg.value_parser(PossibleValuesParser::new(values))
}
