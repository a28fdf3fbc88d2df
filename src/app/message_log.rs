//! Everything that was said, to be read again: a message may have given way to the next before anybody saw it.

use std::collections::VecDeque;
use std::time::SystemTime;

use super::model::Message;

/// How many messages are kept.
const MOST: usize = 500;

/// A message, and when it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// When, where somebody told the time.
    pub at: Option<SystemTime>,
    /// The message.
    pub message: Message,
}

/// The messages.
#[derive(Clone, Debug, Default)]
pub struct MessageLog {
    /// The present time, where somebody tells it: nothing in here reads a clock.
    pub now: Option<SystemTime>,
    said: VecDeque<Said>,
    /// Problems that gave way to the next message before a key was pressed, since the log was read last.
    unread: usize,
    /// Whether the last message is a problem that nobody may have seen yet.
    is_fresh: bool,
}

impl MessageLog {
    /// The messages from the last to the first.
    pub fn latest(&self) -> impl Iterator<Item = &Said> {
        self.said.iter().rev()
    }

    /// How many problems may have been missed.
    #[must_use]
    pub const fn unread(&self) -> usize {
        self.unread
    }

    /// Keeps a message.
    pub(super) fn keep(&mut self, message: &Message) {
        self.unread += usize::from(self.is_fresh);
        self.is_fresh = message.is_problem;
        if self.said.len() == MOST {
            self.said.pop_front();
        }
        self.said.push_back(Said { at: self.now, message: message.clone() });
    }

    /// A key was pressed: whoever pressed it saw what stood there.
    pub(super) const fn see(&mut self) {
        self.is_fresh = false;
    }

    /// It is read.
    pub(super) const fn read(&mut self) {
        (self.unread, self.is_fresh) = (0, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(log: &mut MessageLog, text: &str, is_problem: bool) {
        log.keep(&Message { text: text.to_owned(), is_problem });
    }

    #[test]
    fn problems_that_nobody_saw_are_counted_until_they_are_read() {
        let mut log = MessageLog::default();
        say(&mut log, "no", true);
        assert_eq!(log.unread(), 0, "it still stands there");
        say(&mut log, "done", false);
        say(&mut log, "again", false);
        assert_eq!(log.unread(), 1);
        say(&mut log, "no", true);
        log.see();
        say(&mut log, "done", false);
        assert_eq!(log.unread(), 1, "that one was seen");
        log.read();
        assert_eq!(log.unread(), 0);
    }

    #[test]
    fn the_last_ones_are_kept_with_their_time() {
        let mut log = MessageLog::default();
        for number in 0..MOST + 2 {
            log.now = Some(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(number as u64));
            say(&mut log, &number.to_string(), false);
        }
        let kept: Vec<&Said> = log.latest().collect();
        assert_eq!((kept.len(), kept[0].message.text.as_str()), (MOST, "501"));
        assert_eq!(kept[MOST - 1].at, Some(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(2)));
    }
}
