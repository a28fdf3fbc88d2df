//! What was pressed of a command so far: a number, and the first of two keys.

use super::keymap::Key;

/// A command that is begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// How often, or to which line; 0 where no number was typed.
    number: u32,
    /// The first of two keys.
    pub first: Option<Key>,
}

/// The largest number: more digits are passed over.
const MOST: u32 = 999_999_999;

impl Begun {
    /// Whether nothing is.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The number, where one was typed.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        (self.number > 0).then_some(self.number)
    }

    /// What is shown of it: `10`, `10 Ctrl-X`; empty where nothing is begun.
    #[must_use]
    pub fn shown(&self) -> String {
        let number = self.number().map(|number| number.to_string());
        number.into_iter().chain(self.first.map(Key::name)).collect::<Vec<_>>().join(" ")
    }

    /// Takes a digit more; `false` where the key is none that can stand there. No number begins with 0.
    pub(super) fn takes(&mut self, key: Key) -> bool {
        let Key::Char(character) = key else { return false };
        let Some(digit) = character.to_digit(10).filter(|digit| self.number > 0 || *digit > 0) else { return false };
        let more = self.number.saturating_mul(10).saturating_add(digit);
        self.number = if more > MOST { self.number } else { more };
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_make_a_number_with_an_end() {
        let typed = |text: &str| {
            let mut begun = Begun::default();
            let taken = text.chars().filter(|c| begun.takes(Key::Char(*c))).count();
            (begun.number(), taken)
        };
        assert_eq!(typed("10"), (Some(10), 2));
        assert_eq!(typed("0"), (None, 0));
        assert_eq!(typed("05"), (Some(5), 1));
        assert_eq!(typed("1234567890123"), (Some(123_456_789), 13));
        assert_eq!(typed("x"), (None, 0));
    }
}
