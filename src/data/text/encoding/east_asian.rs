//! GB18030, Big5 and the encodings of Japan and Korea: which of them turns the bytes into characters in common use, and
//! perhaps into words that head the columns of sales.
//!
//! Bytes that are sound in one of these are mostly sound in the others, so that soundness alone decides nothing. But each
//! standard keeps its common characters together: the bytes tell how common a character is in each reading.

mod common;
mod plane;

use super::{Encoding, counted};
use common::Repertoire;
use plane::{Grade, Tally};

/// One reading of a sample.
struct Reading {
    encoding: Encoding,
    script: &'static str,
    tally: Tally,
    /// Characters in daily use.
    frequent: usize,
    /// Words that head columns of sales.
    words: usize,
    /// Whether the other detector takes it for this one.
    guessed: bool,
    /// Whether the other detector takes it for no East Asian encoding at all.
    doubted: bool,
}

impl Reading {
    fn of(repertoire: &Repertoire, sample: &[u8], whole: bool, guess: Encoding) -> Self {
        let text = repertoire.encoding.decode(sample);
        Self {
            encoding: repertoire.encoding,
            script: repertoire.script,
            tally: Tally::of(sample, whole, repertoire.plane),
            frequent: repertoire.frequent_in(&text),
            words: repertoire.words_in(&text),
            guessed: guess == repertoire.encoding,
            doubted: guess.0.is_single_byte(),
        }
    }

    /// How well it reads, in thousandths a character; a text of characters in daily use has 4000 to 6000.
    fn score(&self) -> i64 {
        let sum = self.tally.score() + 4 * self.frequent as i64 + 6 * self.words as i64;
        let guessed = if self.guessed { 1000 } else { 0 };
        sum * 1000 / (self.tally.characters().max(1) as i64) + guessed
    }

    /// Whether it reads well enough to be believed: daily characters among the others, hardly any broken one.
    fn is_likely(&self) -> bool {
        let characters = self.tally.characters();
        let daily = self.frequent * 8 >= characters.max(1);
        let agreed = self.guessed && characters >= 4 && self.tally.count(Grade::Broken) == 0;
        let enough = if self.doubted { 3000 } else { 1500 };
        self.score() >= enough && self.tally.count(Grade::Broken) * 20 <= characters && (daily || agreed)
    }

    fn evidence(&self) -> String {
        let characters = self.tally.characters() + self.tally.count(Grade::Sign);
        let characters = counted(characters, &format!("{} character", self.script));
        match self.tally.count(Grade::Broken) {
            0 => format!("{characters}, none broken"),
            broken => format!("{characters}, {broken} broken"),
        }
    }
}

/// The encoding and what speaks for it, `None` if the sample is in none of these. `guess` is the other detector's.
pub(super) fn detect(sample: &[u8], whole: bool, guess: Encoding) -> Option<(Encoding, String)> {
    let readings = common::repertoires().map(|repertoire| Reading::of(&repertoire, sample, whole, guess));
    // The last of equals wins, and the first is the one to prefer.
    let best = readings.into_iter().filter(Reading::is_likely).rev().max_by_key(Reading::score)?;
    Some((best.encoding, best.evidence()))
}
