//! A file of settings with every key, its words and its default.

use super::keys::{KEYS, TABLES};
use crate::lang::text;
use crate::tr;

/// The file, its comments in the language in use.
pub(super) fn sample() -> String {
    let mut lines = vec![
        format!(
            "# {}",
            tr!("Settings of tierscope: every key with its default. What is left out stays as it is here.")
        ),
        format!("# {}", tr!("An option of the command line comes first, then the environment, then this file.")),
    ];
    let mut table = "";
    for key in &KEYS {
        lines.push(String::new());
        if key.table != table {
            table = key.table;
            let words = TABLES.iter().find(|(known, _)| *known == table).map_or("", |(_, words)| text(words));
            lines.extend([format!("# {words}"), format!("[{table}]")]);
        }
        lines.extend([format!("# {}", text(key.words)), format!("{} = {}", key.name, key.default)]);
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;
    use crate::lang::{Language, within};
    use crate::model::cuts::Method;
    use crate::ui::theme::ColorChoice;

    #[test]
    fn the_sample_has_exactly_the_defaults_in_every_language() {
        for language in Language::ALL {
            let sample = within(language, sample);
            assert_eq!(Config::parse(&sample), Ok(Config::default()), "{sample}");
            for key in &KEYS {
                assert!(sample.contains(&format!("\n{} = {}\n", key.name, key.default)), "{}", key.name);
            }
        }
        assert_eq!(Config::parse(""), Ok(Config::default()));
    }

    #[test]
    fn every_key_is_taken() {
        let other = "lang = 'zh-Hant'\ncolor = '256'\ntheme = 'night.toml'\nascii = true\nplain = true\n\
                     ambiguous_width = 2\nmouse = true\n[explorer]\nscheme = 'cn-8'\nmethod = 'mean'\ncache = false\n\
                     [report]\nscheme = 'x'\nmethod = 'r-compat'\ncache = false\n";
        let config = Config::parse(other).expect("it parses");
        let usual = Config::default();
        assert_eq!((config.lang, config.screen.color), (Some(Language::Hant), ColorChoice::Indexed));
        assert_eq!(config.screen.theme.as_deref(), Some("night.toml"));
        assert!(config.screen.ascii && config.screen.plain && config.screen.mouse);
        assert_eq!((config.screen.ambiguous_width, config.explorer.scheme.as_deref()), (2, Some("cn-8")));
        assert_eq!((config.explorer.method, config.report.method), (Some(Method::Mean), Some(Method::RCompat)));
        assert!(!config.explorer.cache && !config.report.cache && usual.report.cache);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_its_key() {
        for (text, line, told) in [
            ("\ncolour = 'never'", 2, "there is no key `colour`; the nearest is `color`"),
            ("[report]\nschema = 'x'", 2, "there is no key `report.schema`; the nearest is `report.scheme`"),
            ("[reports]\n", 1, "there is no key `reports`; the nearest is `report`"),
            ("zzzzzzzz = 1", 1, "there is no key `zzzzzzzz`; `tierscope config` prints all there are"),
            ("report = 1", 1, "`report` is a table: write [report]"),
            ("ascii = 1", 1, "`ascii`: give true or false"),
            ("\n\nlang = 'fr'", 3, "`lang`: `fr`: en, zh-Hans (简体中文), zh-Hant (繁體中文)"),
            ("ambiguous_width = 3", 1, "`ambiguous_width`: give 1 or 2"),
            ("theme = ''", 1, "`theme`: give a text in quotes"),
            (
                "[explorer]\n\nmethod = 'medium'",
                3,
                "`explorer.method`: `medium` is none of quantile, r-compat, mean, fixed",
            ),
        ] {
            assert_eq!(Config::parse(text), Err((line, told.to_owned())), "{text}");
        }
        assert!(matches!(Config::parse("a = 1\nb ="), Err((2, _))));
    }
}
