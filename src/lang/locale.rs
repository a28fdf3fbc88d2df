//! The language that the surroundings ask for.

use std::env;

use super::Language;

/// The language of a tag or of a locale's name: `zh_TW.UTF-8`, `zh-Hans-SG`, `en_GB`, `C`.
///
/// Chinese is written in traditional characters in Taiwan, Hong Kong and Macau, and in simplified ones elsewhere, unless
/// the script is named.
pub(super) fn language(name: &str) -> Option<Language> {
    let name = name.split(['.', '@']).next().unwrap_or_default().to_ascii_lowercase();
    let mut parts = name.split(['_', '-']);
    match parts.next()? {
        "en" | "c" | "posix" => Some(Language::English),
        "zh" | "yue" | "cmn" => {
            let parts: Vec<&str> = parts.collect();
            let is_any = |names: &[&str]| parts.iter().any(|part| names.contains(part));
            let is_traditional = is_any(&["hant", "cht"]) || (!is_any(&["hans", "chs"]) && is_any(&["tw", "hk", "mo"]));
            Some(if is_traditional { Language::Hant } else { Language::Hans })
        }
        _ => None,
    }
}

/// The language that the environment asks for, in the order of POSIX: `LC_ALL`, `LC_MESSAGES`, `LANG`; English where it asks
/// for one that there is not. `LANGUAGE`, a list, comes first where the locale is not `C`, as GNU gettext has it.
#[must_use]
pub fn from_environment() -> Language {
    of_variables(|name| env::var(name).ok())
}

fn of_variables(variable: impl Fn(&str) -> Option<String>) -> Language {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let Some(locale) = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set) else { return Language::English };
    let is_c = matches!(locale.split('.').next(), Some("C" | "POSIX"));
    let preferred = set("LANGUAGE").filter(|_| !is_c).and_then(|list| list.split(':').find_map(language));
    preferred.or_else(|| language(&locale)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Hans, Hant};

    #[test]
    fn locales_and_tags_name_languages() {
        let cases = [
            ("en_US.UTF-8", Some(English)),
            ("C.UTF-8", Some(English)),
            ("zh_CN.GB18030", Some(Hans)),
            ("zh", Some(Hans)),
            ("zh_SG", Some(Hans)),
            ("zh_TW.UTF-8", Some(Hant)),
            ("zh-Hant-CN", Some(Hant)),
            ("zh-hans-TW", Some(Hans)),
            ("zh_HK@x", Some(Hant)),
            ("fr_FR", None),
            ("", None),
        ];
        for (name, wanted) in cases {
            assert_eq!(language(name), wanted, "{name}");
        }
    }

    #[test]
    fn the_environment_is_asked_in_the_order_of_posix() {
        let of = |variables: &'static [(&'static str, &'static str)]| {
            of_variables(|name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[]), English);
        assert_eq!(of(&[("LANG", "zh_TW.UTF-8")]), Hant);
        assert_eq!(of(&[("LANG", "zh_TW.UTF-8"), ("LC_ALL", "")]), Hant);
        assert_eq!(of(&[("LANG", "zh_TW.UTF-8"), ("LC_MESSAGES", "zh_CN")]), Hans);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "zh_CN"), ("LANGUAGE", "zh_TW")]), English);
        assert_eq!(of(&[("LANG", "de_DE.UTF-8"), ("LANGUAGE", "de:zh_TW:en")]), Hant);
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), English);
    }
}
