//! Times of many runs and how they are told: criterion tells means, and nothing of the slowest of a hundred.

use std::fmt;
use std::time::{Duration, Instant};

/// Times of runs of one thing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Runs something so many times; it gives its own time.
    pub(crate) fn of(runs: usize, mut timed: impl FnMut() -> Duration) -> Self {
        Self((0..runs).map(|_| timed()).collect())
    }

    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    pub(crate) fn mean(&self) -> Duration {
        self.0.iter().sum::<Duration>() / (self.0.len().max(1) as u32)
    }

    /// The time that a share of the runs does not exceed: 0.5 the median, 1 the worst.
    pub(crate) fn quantile(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() as f64 * share).ceil() as usize;
        sorted.get(rank.max(1) - 1).copied().unwrap_or_default()
    }

    pub(crate) fn head(title: &str) {
        println!("\n{title:<58} {:>7} {:>10} {:>10} {:>10} {:>10}", "runs", "mean", "median", "99 %", "worst");
    }

    pub(crate) fn print(&self, what: &str) {
        let [median, late, worst] = [0.5, 0.99, 1.0].map(|share| Short(self.quantile(share)));
        println!("{what:<58} {:>7} {:>10} {median:>10} {late:>10} {worst:>10}", self.0.len(), Short(self.mean()));
    }
}

/// A time in the unit that suits it.
pub(crate) struct Short(pub(crate) Duration);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.as_secs_f64() * 1e6;
        f.pad(&match micros {
            0.0..1_000.0 => format!("{micros:.1} µs"),
            0.0..1_000_000.0 => format!("{:.2} ms", micros / 1e3),
            _ => format!("{:.2} s", micros / 1e6),
        })
    }
}

/// The time that something takes, and what it gives.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed(), made)
}
