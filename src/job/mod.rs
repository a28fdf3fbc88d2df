//! Work that can take longer than a frame: how it tells its progress and how it is called off.

mod guard;
mod pending;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub use guard::CancelGuard;
pub use pending::{Pending, Piece};

/// Calls work off. Clones share the same fate.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// Calls the work off; it stops at its next look.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether both are clones of one: that is how the outcome of a piece of work is told from that of another.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// How far loading is; written by the job, read by who draws it.
#[derive(Debug, Default)]
pub struct Progress {
    rows: AtomicU64,
    bytes: AtomicU64,
    total_bytes: AtomicU64,
}

/// A look at a [`Progress`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProgressLook {
    /// Rows read.
    pub rows: u64,
    /// Bytes read, of compressed files compressed bytes.
    pub bytes: u64,
    /// Bytes there are; 0 until known.
    pub total_bytes: u64,
}

impl ProgressLook {
    /// Percent done, 0 to 100.
    #[must_use]
    pub fn percent(self) -> u64 {
        (self.bytes * 100).checked_div(self.total_bytes).unwrap_or(0).min(100)
    }
}

impl Progress {
    /// Says how many bytes there are in all.
    pub fn set_total(&self, bytes: u64) {
        self.total_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Says how far it is.
    pub fn set(&self, rows: u64, bytes: u64) {
        self.rows.store(rows, Ordering::Relaxed);
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// Looks at it.
    #[must_use]
    pub fn look(&self) -> ProgressLook {
        ProgressLook {
            rows: self.rows.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            total_bytes: self.total_bytes.load(Ordering::Relaxed),
        }
    }
}
