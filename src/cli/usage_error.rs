//! What is wrong with the arguments, said in the language in use. English is the parser's own.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help::usage_words;
use crate::tr;

/// The error in sentences of ours, without colours; `None` for what only the parser can say.
pub(super) fn told(error: &clap::Error) -> Option<String> {
    let mut text = format!("{}{}", tr!("error: "), sentence(error)?);
    let tips = tips(error);
    if !tips.is_empty() {
        text.push('\n');
    }
    for tip in tips {
        text = text + "\n  " + &tr!("tip: {tip}", tip);
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        text = text + "\n\n" + &usage_words(&usage.to_string());
    }
    Some(text + "\n\n" + tr!("For more information, try '--help'.") + "\n")
}

/// What is wrong.
fn sentence(error: &clap::Error) -> Option<String> {
    let one = |kind| string(error, kind);
    let arg = || one(ContextKind::InvalidArg);
    let value = || one(ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => tr!("unexpected argument '{arg}' found", arg = arg()?),
        ErrorKind::InvalidValue => match value()? {
            "" => tr!("a value is required for '{arg}' but none was supplied", arg = arg()?) + &possible(error),
            value => tr!("invalid value '{value}' for '{arg}'", value, arg = arg()?) + &possible(error),
        },
        ErrorKind::ValueValidation => {
            let problem = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            tr!("invalid value '{value}' for '{arg}': {problem}", value = value()?, arg = arg()?, problem)
        }
        ErrorKind::ArgumentConflict => conflict(error)?,
        ErrorKind::NoEquals => tr!("equal sign is needed when assigning values to '{arg}'", arg = arg()?),
        ErrorKind::MissingRequiredArgument => {
            let ContextValue::Strings(missing) = error.get(ContextKind::InvalidArg)? else { return None };
            tr!("the following required arguments were not provided:").to_owned() + &lines(missing)
        }
        ErrorKind::InvalidSubcommand => {
            tr!("unrecognized subcommand '{command}'", command = one(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingSubcommand => {
            let command = one(ContextKind::InvalidSubcommand)?;
            tr!("'{command}' requires a subcommand but one was not provided", command)
        }
        ErrorKind::TooManyValues => {
            let (value, arg) = (value()?, arg()?);
            tr!("unexpected value '{value}' for '{arg}' found; no more were expected", value, arg)
        }
        ErrorKind::InvalidUtf8 => tr!("an argument is not valid UTF-8").to_owned(),
        _ => return None,
    })
}

fn conflict(error: &clap::Error) -> Option<String> {
    let arg = string(error, ContextKind::InvalidArg).or_else(|| string(error, ContextKind::InvalidSubcommand))?;
    Some(match error.get(ContextKind::PriorArg) {
        Some(ContextValue::String(prior)) if prior == arg => {
            tr!("the argument '{arg}' cannot be used multiple times", arg)
        }
        Some(ContextValue::String(prior)) => tr!("the argument '{arg}' cannot be used with '{prior}'", arg, prior),
        Some(ContextValue::Strings(prior)) => tr!("the argument '{arg}' cannot be used with:", arg) + &lines(prior),
        _ => tr!("the argument '{arg}' cannot be used with one or more of the other specified arguments", arg),
    })
}

/// The values that there are, on a line of their own.
fn possible(error: &clap::Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            format!("\n  {}", tr!("[possible values: {values}]", values = values.join(", ")))
        }
        _ => String::new(),
    }
}

/// What the parser takes for meant, or how to say what it does not take.
fn tips(error: &clap::Error) -> Vec<String> {
    let near = |kind| match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        _ => Vec::new(),
    };
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near: Vec<String> = kinds.into_iter().flat_map(near).map(|near| format!("'{near}'")).collect();
    let mut tips = Vec::new();
    if !near.is_empty() {
        tips.push(tr!("similar: {near}", near = near.join(", ")));
    }
    let Some(ContextValue::StyledStrs(said)) = error.get(ContextKind::Suggested) else { return tips };
    for tip in said.iter().map(ToString::to_string) {
        // The parser has these tips as whole sentences only.
        let mut quoted = tip.split('\'').skip(1).step_by(2);
        match (quoted.next(), quoted.next()) {
            (Some(value), Some(way)) if tip.contains("use '") => {
                tips.push(tr!("to pass '{value}' as a value, use '{way}'", value, way));
            }
            (Some(command), Some(_)) => {
                tips.push(tr!("subcommand '{command}' exists; to use it, remove the '--' before it", command));
            }
            (Some(way), None) => tips.push(tr!("'{way}' exists", way)),
            _ => {}
        }
    }
    tips
}

fn string(error: &clap::Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text),
        _ => None,
    }
}

fn lines(words: &[String]) -> String {
    words.iter().fold(String::new(), |lines, word| lines + "\n  " + word)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;
    use crate::lang::{Language, within};

    fn wrong(line: &str) -> String {
        let error = Cli::command().try_get_matches_from(line.split(' ')).expect_err("it is wrong");
        within(Language::Hans, || told(&error)).expect("it is told")
    }

    #[test]
    fn wrong_uses_are_told_in_chinese_with_what_the_parser_suggests() {
        for (line, told) in [
            ("tierscope report --formt json", "错误：没有选项或参数 '--formt'\n\n  提示：是否指 '--format'？"),
            (
                "tierscope report --format yaml",
                "错误：'--format <FORMAT>' 不接受 'yaml'\n  [可选值：table, json, csv, markdown]",
            ),
            ("tierscope report --bins 1", "错误：'--bins <N|R,F,M>' 的值 '1' 无效："),
            ("tierscope report --bins", "错误：'--bins <N|R,F,M>' 需要一个值"),
            ("tierscope breakdown a.csv", "错误：缺少必需的参数：\n  --by <NAME>"),
            ("tierscope report --scenario a --bins 3", "错误：'--scenario <PATH>' 不能与 '--bins <N|R,F,M>' 同时使用"),
            ("tierscope report --bins 3 --bins 4", "错误：'--bins <N|R,F,M>' 只能使用一次"),
            ("tierscope cache claer", "错误：没有命令 'claer'\n\n  提示：是否指 'clear'？"),
            (
                "tierscope report --zzzz",
                "错误：没有选项或参数 '--zzzz'\n\n  提示：要把 '--zzzz' 当作值，写成 '-- --zzzz'",
            ),
        ] {
            let text = wrong(line);
            assert!(text.starts_with(told), "{line}: {text}");
            assert!(text.ends_with("\n\n更多说明见 '--help'。\n"), "{line}: {text}");
            assert!(!text.contains("[OPTIONS]") && !text.contains("Usage"), "{text}");
        }
    }
}
