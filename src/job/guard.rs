//! Work that is called off when nobody waits for it any more.

use super::CancelToken;

/// Stands for a piece of work that somebody waits for; dropped, it calls the work off. There is no clone of it: one place
/// alone decides.
#[derive(Debug)]
pub struct CancelGuard(CancelToken);

impl CancelGuard {
    /// Waits for the work of a token.
    #[must_use]
    pub const fn of(token: CancelToken) -> Self {
        Self(token)
    }

    /// Calls the work off, though its outcome is still waited for.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether the work was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Whether it stands for the work of this token.
    #[must_use]
    pub fn is_of(&self, token: &CancelToken) -> bool {
        self.0.is_same(token)
    }
}

impl Drop for CancelGuard {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_called_off_and_nothing_else() {
        let (one, other) = (CancelToken::default(), CancelToken::default());
        let guard = CancelGuard::of(one.clone());
        assert!(guard.is_of(&one.clone()) && !guard.is_of(&other));
        assert!(!one.is_cancelled());
        drop(guard);
        assert!(one.is_cancelled() && !other.is_cancelled());
    }
}
