//! What is settled before the arguments are parsed, so that help and errors speak the right language: the settings, and the
//! language of options, environment, settings or locale, in this order.

use std::env;
use std::path::Path;

use thiserror::Error;

use super::arguments::Arguments;
use super::config::Config;
use crate::lang::{Language, UnknownLanguage, from_environment, set};
use crate::tr;

/// The variable that names the language.
pub(super) const VARIABLE: &str = "TIERSCOPE_LANG";

/// A variable of the environment that means nothing.
#[derive(Debug, Error)]
pub(super) enum VariableError {
    /// No language that there is.
    #[error("{}", tr!("environment variable {name}: {problem}", name = VARIABLE, problem = _0))]
    Language(UnknownLanguage),
}

/// Sets the language, and gives the settings with what is wrong with them or with the environment: that is told when all
/// else is understood, for help must come also then.
pub(super) fn begin(arguments: &Arguments) -> (Config, anyhow::Result<()>) {
    let (variable, problem) = match variable() {
        Ok(language) => (language, Ok(())),
        Err(error) => (None, Err(error.into())),
    };
    let said = arguments.lang.or(variable);
    set(said.unwrap_or_else(from_environment));
    match Config::read(arguments.config.as_deref().map(Path::new)) {
        Ok(config) => {
            if let (None, Some(language)) = (said, config.lang) {
                set(language);
            }
            (config, problem)
        }
        Err(error) => (Config::default(), problem.and(Err(error.into()))),
    }
}

fn variable() -> Result<Option<Language>, VariableError> {
    let value = env::var_os(VARIABLE).filter(|value| !value.is_empty());
    value.map(|value| value.to_string_lossy().parse().map_err(VariableError::Language)).transpose()
}
