//! Which characters the terminal takes, by the locale.

/// The variables that name it, in the order of POSIX.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];

/// Locales whose characters are those of ASCII.
const ASCII_LOCALES: [&str; 2] = ["C", "POSIX"];

/// The encoding of Unicode, without its hyphen.
const UTF_8: &str = "utf8";

/// Whether the characters of the locale are those of Unicode, by its variables in the order of POSIX. A locale that names no
/// encoding says nothing, and neither does none at all: terminals of today take UTF-8. `C` and `POSIX` are ASCII.
#[must_use]
pub fn takes_unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let Some(locale) = LOCALE.into_iter().find_map(set) else { return true };
    let locale = locale.split('@').next().unwrap_or_default();
    match locale.split_once('.') {
        Some((_, encoding)) => {
            let letters = encoding.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|letter| letter.to_ascii_lowercase()).eq(UTF_8.chars())
        }
        None => !ASCII_LOCALES.contains(&locale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_tells_whether_signs_of_unicode_can_be_shown() {
        let of = |variables: &'static [(&'static str, &'static str)]| {
            takes_unicode(|name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(of(&[]));
        assert!(of(&[("LANG", "de_DE.UTF-8")]));
        assert!(of(&[("LANG", "zh_CN")]));
        assert!(of(&[("LC_ALL", "C.utf8")]));
        assert!(of(&[("LC_ALL", ""), ("LC_CTYPE", "en_US.utf-8@x"), ("LANG", "C")]));
        assert!(!of(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]));
        assert!(!of(&[("LC_CTYPE", "POSIX")]));
        assert!(!of(&[("LANG", "zh_CN.GB18030")]));
        assert!(!of(&[("LANG", "en_US.ISO-8859-1")]));
    }
}
