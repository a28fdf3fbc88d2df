//! Moments: to the second, in UTC, so that everybody reads the same.

use std::time::SystemTime;

use chrono::{DateTime, Utc};

/// A moment such as `2024-01-05 13:04:05 UTC`.
#[must_use]
pub fn utc(time: SystemTime) -> String {
    DateTime::<Utc>::from(time).format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// The time of day in UTC, such as `13:04:05`.
#[must_use]
pub fn clock(time: SystemTime) -> String {
    DateTime::<Utc>::from(time).format("%H:%M:%S").to_string()
}
