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
