//! Characters that are a column wide in the West and two in the Far East, such as `±`, `é` and `…` (Unicode Annex 11,
//! class A). Terminals differ, and do not tell.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

/// How wide characters of ambiguous width are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ambiguous {
    /// One column, as nearly all terminals have it.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

/// What holds for the process.
static IS_WIDE: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// What holds for this thread, where that is something else.
    static OWN: Cell<Option<Ambiguous>> = const { Cell::new(None) };
}

/// Letters of class A. Since Unicode 16 they are rather taken for narrow ones, and the library that measures does so, but
/// terminals that draw the class wide go by its table, in which they stand.
const LETTERS: &str = "¨ª´¸ºÆÐØÞßàáæèéêìíðòóøùúüþāđēěĦħīıĲĳĸĿŀŁłńňŉŊŋōŒœŦŧūǎǐǒǔǖǘǚǜɑɡ˄ˇˉˊˋˍː˘˙˚˛˝˟ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ\
    ΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψωЁАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцч\
    шщъыьэюяёⁿℓΩÅ";

/// Letters of a text that take a column more than their measure, where characters of ambiguous width are wide.
pub(super) fn wide_letters(text: &str) -> usize {
    if text.is_ascii() { 0 } else { text.chars().filter(|c| !c.is_ascii() && LETTERS.contains(*c)).count() }
}

/// How wide they are at present.
#[must_use]
pub fn ambiguous() -> Ambiguous {
    let of_all = || if IS_WIDE.load(Ordering::Relaxed) { Ambiguous::Wide } else { Ambiguous::Narrow };
    OWN.get().unwrap_or_else(of_all)
}

/// Sets how wide they are for the process.
pub fn set_ambiguous(ambiguous: Ambiguous) {
    IS_WIDE.store(ambiguous == Ambiguous::Wide, Ordering::Relaxed);
}

/// Does something where they are so wide, on this thread alone.
pub fn within<T>(ambiguous: Ambiguous, act: impl FnOnce() -> T) -> T {
    /// Puts it back, also after a panic.
    struct Before(Option<Ambiguous>);
    impl Drop for Before {
        fn drop(&mut self) {
            OWN.set(self.0);
        }
    }
    let _before = Before(OWN.replace(Some(ambiguous)));
    act()
}
