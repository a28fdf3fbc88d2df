//! A text read from left to right.

/// What is left of a text. Nothing is taken where what is asked for is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a [u8]) -> Self {
        Self { rest: text }
    }

    pub(super) const fn is_done(self) -> bool {
        self.rest.is_empty()
    }

    /// Takes a word that comes next, in any ASCII case.
    pub(super) fn take(&mut self, word: &[u8]) -> bool {
        match self.rest.split_at_checked(word.len()) {
            Some((next, rest)) if next.eq_ignore_ascii_case(word) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Takes the first of some words that comes next and answers with its place among them.
    pub(super) fn take_any(&mut self, words: &[&str]) -> Option<usize> {
        words.iter().position(|word| self.take(word.as_bytes()))
    }

    /// Takes any number of spaces; whether there were some.
    pub(super) fn blanks(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_ascii_start();
        self.rest.len() < before
    }

    /// Takes all digits that come next.
    pub(super) fn digits(&mut self) -> &'a [u8] {
        self.run(u8::is_ascii_digit)
    }

    /// Takes all ASCII letters that come next.
    pub(super) fn letters(&mut self) -> &'a [u8] {
        self.run(u8::is_ascii_alphabetic)
    }

    fn run(&mut self, is_part: fn(&u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().take_while(|byte| is_part(byte)).count();
        let (run, rest) = self.rest.split_at(length);
        self.rest = rest;
        run
    }

    /// Takes a number of at most `most` digits; `None`, and nothing taken, where there are none or more of them.
    pub(super) fn number(&mut self, most: usize) -> Option<Number> {
        let mut ahead = *self;
        let digits = ahead.digits();
        let number = Number::of(digits).filter(|_| digits.len() <= most)?;
        *self = ahead;
        Some(number)
    }
}

/// A number of 1 to 4 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u16,
    pub(super) digits: u8,
}

impl Number {
    pub(super) fn of(digits: &[u8]) -> Option<Self> {
        if digits.is_empty() || digits.len() > 4 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let value = digits.iter().fold(0, |value, digit| value * 10 + u16::from(digit - b'0'));
        Some(Self { value, digits: digits.len() as u8 })
    }
}
