//! One option a policy, made of the policies themselves: no choice is written down twice.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::Error;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use crate::model::policies::{Policies, Policy};

/// The choices that are given, by their positions.
#[derive(Clone, Debug, Default)]
pub(super) struct PolicyOptions {
    chosen: [Option<usize>; Policy::ALL.len()],
}

impl PolicyOptions {
    /// The policies: by the options, and as somebody else decided where they say nothing.
    pub(super) fn over(&self, said: Policies) -> Policies {
        Policy::ALL
            .into_iter()
            .zip(self.chosen)
            .fold(said, |policies, (policy, chosen)| chosen.map_or(policies, |choice| policies.with(policy, choice)))
    }
}

impl Args for PolicyOptions {
    fn augment_args(command: Command) -> Command {
        command.args(Policy::ALL.map(option))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn option(policy: Policy) -> Arg {
    let default = policy.choices().first().map_or("", |choice| choice.name);
    Arg::new(policy.name())
        .long(policy.name())
        .value_name("CHOICE")
        .help(format!("{} [default: {default}]", sentence(policy.words())))
        .help_heading("Policies")
        .value_parser(ChoiceOf(policy))
}

/// Words with a capital at their beginning.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl FromArgMatches for PolicyOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut options = Self::default();
        options.update_from_arg_matches(matches)?;
        Ok(options)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for (chosen, policy) in self.chosen.iter_mut().zip(Policy::ALL) {
            *chosen = matches.get_one::<usize>(policy.name()).copied().or(*chosen);
        }
        Ok(())
    }
}

/// Reads a choice of a policy by its name.
#[derive(Clone, Copy, Debug)]
struct ChoiceOf(Policy);

impl TypedValueParser for ChoiceOf {
    type Value = usize;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &std::ffi::OsStr) -> Result<usize, Error> {
        let policy = self.0;
        // A function of a text is a parser whose errors say which option is meant.
        let parser = move |text: &str| policy.choice_named(text);
        TypedValueParser::parse_ref(&parser, command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.choices().iter().map(|choice| PossibleValue::new(choice.name).help(choice.words))))
    }
}
