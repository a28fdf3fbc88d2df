//! Which characters the terminal has, and how wide it draws them. It does not tell: the user or the locale does.
//!
//! Characters of ambiguous width, such as `±`, `é` and `…`, are a column wide in the West and two in the Far East (Unicode
//! Annex 11, class A). Where only ASCII can be shown, signs are spelled in it, and are as wide as that: `<=` for `≤`.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

/// How wide characters of ambiguous width are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// One column, as nearly all terminals have it.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

/// What the terminal makes of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// How wide characters of ambiguous width are.
    pub ambiguous: Ambiguous,
    /// Whether signs are spelled in ASCII.
    pub are_spelled: bool,
}

const WIDE: u8 = 1;
const SPELLED: u8 = 2;

/// What holds for the process.
static CURRENT: AtomicU8 = AtomicU8::new(0);

thread_local! {
    /// What holds for this thread, where that is something else.
    static OWN: Cell<Option<Signs>> = const { Cell::new(None) };
}

/// What holds at present.
#[must_use]
pub fn signs() -> Signs {
    OWN.get().unwrap_or_else(|| {
        let bits = CURRENT.load(Ordering::Relaxed);
        let ambiguous = if bits & WIDE == 0 { Ambiguous::Narrow } else { Ambiguous::Wide };
        Signs { ambiguous, are_spelled: bits & SPELLED != 0 }
    })
}

/// Sets what holds for the process.
pub fn set_signs(signs: Signs) {
    let wide = if signs.ambiguous == Ambiguous::Wide { WIDE } else { 0 };
    CURRENT.store(wide | if signs.are_spelled { SPELLED } else { 0 }, Ordering::Relaxed);
}

/// Does something on such a terminal, on this thread alone.
pub fn within<T>(signs: Signs, act: impl FnOnce() -> T) -> T {
    /// Puts it back, also after a panic.
    struct Before(Option<Signs>);
    impl Drop for Before {
        fn drop(&mut self) {
            OWN.set(self.0);
        }
    }
    let _before = Before(OWN.replace(Some(signs)));
    act()
}

/// Letters of class A. Since Unicode 16 they are rather taken for narrow ones, and the library that measures does so, but
/// terminals that draw the class wide go by its table, in which they stand.
const LETTERS: &str = "¨ª´¸ºÆÐØÞßàáæèéêìíðòóøùúüþāđēěĦħīıĲĳĸĿŀŁłńňŉŊŋōŒœŦŧūǎǐǒǔǖǘǚǜɑɡ˄ˇˉˊˋˍː˘˙˚˛˝˟ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ\
    ΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωЁАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцч\
    шщъыьэюяёⁿℓ\u{2126}\u{212b}";

/// Letters of a text that take a column more than their measure, where characters of ambiguous width are wide.
pub(super) fn wide_letters(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.chars().filter(|c| !c.is_ascii() && LETTERS.contains(*c)).count() }
}

/// The text as it comes to the terminal: its signs spelled, where they are.
#[must_use]
pub fn spelled(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !signs().are_spelled || !text.chars().any(|sign| spelling(sign).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len());
    for sign in text.chars() {
        match spelling(sign) {
            Some(spelling) => spelled.push_str(spelling),
            None => spelled.push(sign),
        }
    }
    Cow::Owned(spelled)
}

/// A sign in ASCII; `None` for what has no such form, as letters have none.
fn spelling(sign: char) -> Option<&'static str> {
    Some(match sign {
        // What is cut needs its column.
        '…' => "~",
        '·' | '–' | '—' | '−' | '‐' | '‑' | '─' | '┄' | '┈' => "-",
        '×' | '✗' => "x",
        'Σ' => "sum",
        '±' => "+-",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '→' => "->",
        '←' => "<-",
        '‹' | '◂' | '◀' => "<",
        '›' | '▸' | '▶' => ">",
        '↑' | '▲' | '▴' => "^",
        '↓' | '▼' | '▾' => "v",
        '●' | '▪' | '■' | '\u{2800}'..='\u{28ff}' => "*",
        '◇' | '○' => "o",
        '‘' | '’' => "'",
        '“' | '”' => "\"",
        '\u{a0}' => " ",
        '━' | '═' => "=",
        '│' | '┃' | '┊' | '┆' => "|",
        // Other parts of frames and of blocks.
        '✓' | '\u{2500}'..='\u{257f}' => "+",
        '◆' | '\u{2580}'..='\u{259f}' => "#",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASCII: Signs = Signs { ambiguous: Ambiguous::Narrow, are_spelled: true };

    #[test]
    fn what_holds_for_a_thread_ends_with_its_scope() {
        let wide = Signs { ambiguous: Ambiguous::Wide, ..Signs::default() };
        let (inside, elsewhere) =
            within(wide, || (signs(), std::thread::spawn(signs).join().expect("the thread ends")));
        assert_eq!((inside, elsewhere, signs()), (wide, Signs::default(), Signs::default()));
    }

    #[test]
    fn signs_are_spelled_and_letters_are_not() {
        assert_eq!(spelled("a → b, é ≤ 3 … 客户"), "a → b, é ≤ 3 … 客户");
        within(ASCII, || {
            assert_eq!(spelled("a → b, é ≤ 3 … 客户"), "a -> b, é <= 3 ~ 客户");
            assert!(matches!(spelled("é"), Cow::Borrowed(_)));
        });
        for sign in ('\u{80}'..'\u{3000}').filter_map(spelling) {
            assert!(sign.is_ascii() && !sign.is_empty());
        }
    }
}
