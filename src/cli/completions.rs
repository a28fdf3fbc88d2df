//! `tierscope completions`: what a shell needs to complete the command line.

use std::io::Write;

use clap::builder::{PossibleValue, PossibleValuesParser};
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
    let command = with_values(translated(Cli::command()));
    let script = match shell {
        Shell::Zsh => zsh(&command),
        Shell::Fish => fish(&command),
        _ => script(shell, command),
    };
    let mut out = stdout();
    out.write_all(script.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// The script as its generator writes it.
fn script(shell: Shell, mut command: Command) -> String {
    // Written to memory first: the generator does not survive a reader that goes away.
    let mut script = Vec::new();
    generate(shell, &mut command, NAME, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

const NAME: &str = "tierscope";

/// The script for zsh. Its generator takes the first word for a file, since files may stand there, and none for a command:
/// it gets no files, and they are put back beside the commands, and behind a first file.
fn zsh(command: &Command) -> String {
    let options = command.get_arguments().filter(|arg| !arg.is_positional()).cloned();
    let bare = Command::new(NAME).args(options).subcommands(command.get_subcommands().cloned());
    let script = script(Shell::Zsh, bare);
    let Some((_, rest)) = script.split_once(ARGUMENTS) else { return script };
    let Some((options, _)) = rest.split_once(FIRST) else { return script };
    let others = format!("(*)\n{ARGUMENTS}{options}'*:: :_files' \\\n&& ret=0\n;;\n");
    let script = script.replacen(FIRST, "\": :_tierscope_first\" \\\n", 1);
    script.replacen(END, &format!("{others}{END}"), 1).replacen(COMMANDS, &format!("{FIRST_WORD}{COMMANDS}"), 1)
}

/// Where the arguments of the command begin in the script for zsh, where its commands are asked for, where the arguments of
/// all commands end, and where they are listed.
const ARGUMENTS: &str = "_arguments \"${_arguments_options[@]}\" : \\\n";
const FIRST: &str = "\":: :_tierscope_commands\" \\\n";
const END: &str = "        esac\n    ;;\nesac\n}\n\n(( $+functions[_tierscope_commands] ))";
const COMMANDS: &str = "(( $+functions[_tierscope_commands] ))";

/// What the first word can be.
const FIRST_WORD: &str = "_tierscope_first() {
    _alternative 'commands: :_tierscope_commands' 'files: :_files'
}

";

/// Gives the values of options their words in the language in use: the parsers have them in English.
fn with_values(command: Command) -> Command {
    command.mut_args(with_values_of).mut_subcommands(with_values)
}

/// The script for fish. Its generator takes any first word for a command, and no options are known behind one that is a file;
/// and it leaves values out that stand in their place.
fn fish(command: &Command) -> String {
    let script = script(Shell::Fish, command.clone());
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    let is_command = format!("{FIRST_IN_FISH}; and contains -- $argv[1] help {}", names.join(" "));
    script.replacen(FIRST_IN_FISH, &is_command, 1) + &values_in_place(command)
}

/// Where the script for fish asks whether there is a first word.
const FIRST_IN_FISH: &str = "if set -q argv[1]";

/// What the generator for fish leaves out: values that stand in their place behind a command, without an option.
fn values_in_place(command: &Command) -> String {
    let line = |name: &str, value: &PossibleValue| {
        let words = value.get_help().map(ToString::to_string).unwrap_or_default().replace('\'', "\\'");
        let value = value.get_name();
        format!("complete -c {NAME} -n '__fish_tierscope_using_subcommand {name}' -f -a {value} -d '{words}'\n")
    };
    let of = |command: &Command| {
        let values = command.get_positionals().flat_map(Arg::get_possible_values);
        values.map(|value| line(command.get_name(), &value)).collect::<Vec<_>>()
    };
    command.get_subcommands().flat_map(of).collect()
}

fn with_values_of(arg: Arg) -> Arg {
    let values = arg.get_possible_values();
    if values.is_empty() {
        return arg;
    }
    let values = values.into_iter().map(|value| {
        // The script for fish stands in double quotes, which its generator leaves to whoever writes the words.
        let words = value.get_help().map(|help| in_words(&help.to_string()).replace('"', "'"));
        words.map_or(value.clone(), |words| value.help(words))
    });
    arg.value_parser(PossibleValuesParser::new(values))
}
