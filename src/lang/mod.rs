//! The languages of the interface. The code is written in English; what a person reads goes through [`tr!`], which
//! looks the English text up in the catalogue of the language in use and falls back on the English where it has none.
//!
//! - [`tr!`]`("moved to {segment}", segment = name)` gives the text in the language in use, with its blanks filled.
//! - [`mark!`]`("Heatmap")` marks a text of a constant, which [`text`] translates where it is shown.
//! - [`tr_count!`]`(number, "{count} row", "{count} rows")` takes the form that the number asks for.
//!
//! Texts for machines stay as they are: JSON keys, scenario files, names of columns in exports, the log.

mod catalogue;
mod locale;

use std::cell::Cell;
use std::fmt::{self, Display};
use std::str::FromStr;
use std::sync::atomic::{AtomicU8, Ordering};

pub use catalogue::{fill, places, texts};
pub use locale::from_environment;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 简体中文.
    Hans,
    /// 繁體中文.
    Hant,
}

impl Language {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::English, Self::Hans, Self::Hant];

    /// The tag of BCP 47.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Hans => "zh-Hans",
            Self::Hant => "zh-Hant",
        }
    }

    /// Whether it is written in Chinese characters.
    #[must_use]
    pub const fn is_chinese(self) -> bool {
        matches!(self, Self::Hans | Self::Hant)
    }

    const fn number(self) -> u8 {
        self as u8
    }
}

/// A language that the interface does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage(String);

impl Display for UnknownLanguage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`: en, zh-Hans (简体中文), zh-Hant (繁體中文)", self.0)
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag or the name of a locale: `en`, `zh-Hans`, `zh_TW.UTF-8`.
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        locale::language(text).ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

/// The language of the process.
static CURRENT: AtomicU8 = AtomicU8::new(Language::English.number());

thread_local! {
    /// The language of this thread, where it has one of its own.
    static OWN: Cell<Option<Language>> = const { Cell::new(None) };
}

/// The language in use.
#[must_use]
pub fn current() -> Language {
    OWN.get().unwrap_or_else(|| {
        let number = CURRENT.load(Ordering::Relaxed);
        Language::ALL.into_iter().find(|language| language.number() == number).unwrap_or_default()
    })
}

/// Sets the language of the process.
pub fn set(language: Language) {
    CURRENT.store(language.number(), Ordering::Relaxed);
}

/// Does something in a language, on this thread alone.
pub fn within<T>(language: Language, act: impl FnOnce() -> T) -> T {
    /// Puts the language back, also after a panic.
    struct Before(Option<Language>);
    impl Drop for Before {
        fn drop(&mut self) {
            OWN.set(self.0);
        }
    }
    let _before = Before(OWN.replace(Some(language)));
    act()
}

/// The translation of a text, where the language in use has one.
#[must_use]
pub fn translation(text: &str) -> Option<&'static str> {
    catalogue::find(current(), text)
}

/// A text of the code in the language in use.
#[must_use]
pub fn text(text: &'static str) -> &'static str {
    translation(text).unwrap_or(text)
}

/// The name of something that comes with the program, such as a segment of a built-in scheme, in the language in use; the
/// users' own names have no translation and stay as they are. `kind` is the context in the catalogue.
#[must_use]
pub fn name<'a>(kind: &str, name: &'a str) -> &'a str {
    if current() == Language::English {
        return name;
    }
    translation(&format!("{kind}|{name}")).unwrap_or(name)
}

/// The text in the language in use, its blanks filled: `tr!("Heatmap")` is a `&'static str`, `tr!("{count} of {total}",
/// count = 3, total)` a `String`. Blanks have names and nothing more: what needs a format gets it before. A text that means
/// different things in different places has a context before it: `tr!("list" | "order")`.
#[macro_export]
macro_rules! tr {
    ($text:literal) => {
        $crate::lang::text($text)
    };
    ($context:literal | $text:literal) => {
        $crate::lang::translation(concat!($context, "|", $text)).unwrap_or($text)
    };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match $crate::lang::translation($text) {
            None => format!($text, $($name = $crate::tr!(@value $name $(= $value)?)),+),
            Some(text) => {
                $crate::lang::fill(text, &[$((stringify!($name), &$crate::tr!(@value $name $(= $value)?))),+])
            }
        }
    };
    ($context:literal | $text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match $crate::lang::translation(concat!($context, "|", $text)) {
            None => format!($text, $($name = $crate::tr!(@value $name $(= $value)?)),+),
            Some(text) => {
                $crate::lang::fill(text, &[$((stringify!($name), &$crate::tr!(@value $name $(= $value)?))),+])
            }
        }
    };
    (@value $name:ident) => {
        $name
    };
    (@value $name:ident = $value:expr) => {
        $value
    };
}

/// The form of a text that a number asks for, with the number as `{count}` in it: `tr_count!(rows, "{count} row read",
/// "{count} rows read")`. Catalogues have the second form alone: Chinese knows no plural.
#[macro_export]
macro_rules! tr_count {
    ($number:expr, $one:literal, $many:literal $(, $($name:ident $(= $value:expr)?),+)? $(,)?) => {{
        let number = i128::from($number);
        let count = $crate::show::numbers::count(number);
        match $crate::lang::translation($many) {
            None if number == 1 => format!($one, count = count $(, $($name = $crate::tr!(@value $name $(= $value)?)),+)?),
            None => format!($many, count = count $(, $($name = $crate::tr!(@value $name $(= $value)?)),+)?),
            Some(text) => $crate::lang::fill(
                text,
                &[("count", &count) $(, $((stringify!($name), &$crate::tr!(@value $name $(= $value)?))),+)?],
            ),
        }
    }};
}

/// Marks a text of a constant for the catalogues, and is that text; [`text`] translates it where it is shown.
#[macro_export]
macro_rules! mark {
    ($text:literal) => {
        $text
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_holds_for_its_thread_and_ends_with_its_scope() {
        assert_eq!(current(), Language::English);
        let (inside, elsewhere) =
            within(Language::Hant, || (current(), std::thread::spawn(current).join().expect("the thread ends")));
        assert_eq!((inside, elsewhere, current()), (Language::Hant, Language::English, Language::English));
    }

    #[test]
    fn texts_are_translated_and_filled_and_stay_english_without_a_translation() {
        let segment = "重要";
        let told = || tr!("{count} of {total} customers in {segment}", count = 3, total = 4, segment);
        assert_eq!(told(), "3 of 4 customers in 重要");
        assert_eq!(within(Language::Hans, || tr!("no such text in any catalogue")), "no such text in any catalogue");
        assert_eq!(within(Language::Hans, || tr!("Customers")), "客户");
        assert_eq!(within(Language::Hant, || tr!("Customers")), "客戶");
        let rows = |number: usize| tr_count!(number as u64, "{count} row", "{count} rows");
        assert_eq!([rows(0), rows(1), rows(2_999)], ["0 rows", "1 row", "2,999 rows"]);
    }
}
