//! The keys of the settings: one list, from which files are read and the sample is written.

use clap::ValueEnum;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, Start};
use crate::lang::UnknownLanguage;
use crate::model::cuts::Method;
use crate::model::field::nearest;
use crate::model::toml_text::{line_of, told};
use crate::show::text::clean;
use crate::ui::theme::ColorChoice;
use crate::{mark, tr};

/// The word for what is not settled.
pub(super) const AUTO: &str = "auto";

/// A key, what it is for, and what it takes.
pub(super) struct Key {
    /// The table it is in; empty for the top.
    pub(super) table: &'static str,
    /// Its name in the table.
    pub(super) name: &'static str,
    /// Its default, as TOML.
    pub(super) default: &'static str,
    /// What it is for, marked for translation.
    pub(super) words: &'static str,
    /// Takes a value, or says what would be one.
    set: fn(&mut Config, &DeValue<'_>) -> Result<(), String>,
}

/// Every key, in the order of the sample.
pub(super) const KEYS: [Key; 13] = [
    Key {
        table: "",
        name: "lang",
        default: "\"auto\"",
        words: mark!("Language: \"en\", \"zh-Hans\" or \"zh-Hant\"; \"auto\" is that of the locale"),
        set: |config, value| {
            let lang = settled(value)?.map(str::parse).transpose();
            config.lang = lang.map_err(|error: UnknownLanguage| error.to_string())?;
            Ok(())
        },
    },
    Key {
        table: "",
        name: "color",
        default: "\"auto\"",
        words: mark!("Colours that the terminal can show: \"auto\", \"truecolor\", \"256\", \"16\" or \"never\""),
        set: |config, value| choice::<ColorChoice>(word(value)?).map(|color| config.screen.color = color),
    },
    Key {
        table: "",
        name: "theme",
        default: "\"auto\"",
        words: mark!(
            "Theme, by name or path; \"auto\" is the one that comes with the program. One that is chosen on the screen goes \
             before it from then on, until \"as settled\" is chosen there"
        ),
        set: |config, value| settled(value).map(|theme| config.screen.theme = theme.map(str::to_owned)),
    },
    Key {
        table: "",
        name: "ascii",
        default: "false",
        words: mark!("Whether frames, bars and marks are drawn with ASCII alone"),
        set: |config, value| truth(value).map(|ascii| config.screen.ascii = ascii),
    },
    Key {
        table: "",
        name: "plain",
        default: "false",
        words: mark!("Whether figures are written out where pictures are drawn"),
        set: |config, value| truth(value).map(|plain| config.screen.plain = plain),
    },
    Key {
        table: "",
        name: "ambiguous_width",
        default: "1",
        words: mark!("Columns that a character of ambiguous width takes in the terminal: 1 or 2"),
        set: |config, value| {
            let width = value.as_integer().and_then(|number| number.as_str().parse().ok());
            config.screen.ambiguous_width =
                width.filter(|width| [1, 2].contains(width)).ok_or_else(|| tr!("give 1 or 2").to_owned())?;
            Ok(())
        },
    },
    Key {
        table: "",
        name: "mouse",
        default: "false",
        words: mark!("Whether the mouse is listened to"),
        set: |config, value| truth(value).map(|mouse| config.screen.mouse = mouse),
    },
    Key {
        table: "explorer",
        name: "scheme",
        default: "\"auto\"",
        words: SCHEME,
        set: |config, value| scheme(&mut config.explorer, value),
    },
    Key {
        table: "explorer",
        name: "method",
        default: "\"auto\"",
        words: METHOD,
        set: |config, value| method(&mut config.explorer, value),
    },
    Key {
        table: "explorer",
        name: "cache",
        default: "true",
        words: CACHE,
        set: |config, value| cache(&mut config.explorer, value),
    },
    Key {
        table: "report",
        name: "scheme",
        default: "\"auto\"",
        words: SCHEME,
        set: |config, value| scheme(&mut config.report, value),
    },
    Key {
        table: "report",
        name: "method",
        default: "\"auto\"",
        words: METHOD,
        set: |config, value| method(&mut config.report, value),
    },
    Key {
        table: "report",
        name: "cache",
        default: "true",
        words: CACHE,
        set: |config, value| cache(&mut config.report, value),
    },
];

/// The tables, and what their keys are for, marked for translation.
pub(super) const TABLES: [(&str, &str); 2] = [
    ("explorer", mark!("What the explorer starts with, where neither options nor a scenario say anything")),
    ("report", mark!("The same for `tierscope report` and all other commands without a screen")),
];

const SCHEME: &str = mark!("Scheme of segments, by name or path; \"auto\" is \"rfm-11\"");
const METHOD: &str =
    mark!("How cuts come to be: \"quantile\", \"r-compat\" or \"mean\"; \"auto\" is the scheme's, or \"quantile\"");
const CACHE: &str = mark!("Whether files are opened from the cache and kept in it");

/// Reads settings; a problem comes with its line, from 1.
pub(super) fn read(text: &str) -> Result<Config, (usize, String)> {
    let table = DeTable::parse(text).map_err(|error| told(text, &error))?;
    let mut config = Config::default();
    for (name, value) in table.get_ref() {
        let known = TABLES.iter().find(|(table, _)| *table == name.get_ref());
        let result = match (known, value.get_ref()) {
            (Some((table, _)), DeValue::Table(inner)) => inner.iter().try_for_each(|(key, value)| {
                set(&mut config, (table, key.get_ref()), value).map_err(|problem| (key, problem))
            }),
            (Some((table, _)), _) => Err((name, tr!("`{table}` is a table: write [{table}]", table))),
            (None, _) => set(&mut config, ("", name.get_ref()), value).map_err(|problem| (name, problem)),
        };
        result.map_err(|(name, problem)| (line_of(text, name.span().start), problem))?;
    }
    Ok(config)
}

fn set(config: &mut Config, (table, name): (&str, &str), value: &Spanned<DeValue<'_>>) -> Result<(), String> {
    let whole = |table: &str, name: &str| if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") };
    let key = clean(&whole(table, name)).into_owned();
    let Some(known) = KEYS.iter().find(|known| (known.table, known.name) == (table, name)) else {
        let keys = KEYS.iter().map(|key| whole(key.table, key.name));
        let tables = TABLES.iter().map(|(table, _)| (*table).to_owned());
        return Err(match nearest(&key, keys.chain(tables)).first() {
            Some(near) => tr!("there is no key `{key}`; the nearest is `{near}`", key, near),
            None => tr!("there is no key `{key}`; `tierscope config` prints all there are", key),
        });
    };
    (known.set)(config, value.get_ref()).map_err(|problem| tr!("`{key}`: {problem}", key, problem))
}

fn scheme(start: &mut Start, value: &DeValue<'_>) -> Result<(), String> {
    settled(value).map(|scheme| start.scheme = scheme.map(str::to_owned))
}

fn method(start: &mut Start, value: &DeValue<'_>) -> Result<(), String> {
    start.method = settled(value)?.map(choice::<Method>).transpose()?;
    Ok(())
}

fn cache(start: &mut Start, value: &DeValue<'_>) -> Result<(), String> {
    truth(value).map(|cache| start.cache = cache)
}

fn word<'a>(value: &'a DeValue<'_>) -> Result<&'a str, String> {
    value.as_str().filter(|word| !word.is_empty()).ok_or_else(|| tr!("give a text in quotes").to_owned())
}

/// A word, unless it leaves the matter open.
fn settled<'a>(value: &'a DeValue<'_>) -> Result<Option<&'a str>, String> {
    word(value).map(|word| (word != AUTO).then_some(word))
}

fn truth(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| tr!("give true or false").to_owned())
}

/// A choice by its name.
fn choice<T: ValueEnum>(word: &str) -> Result<T, String> {
    T::from_str(word, false).map_err(|_| {
        let names = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
        tr!("`{word}` is none of {names}", word = clean(word), names = names.join(", "))
    })
}
