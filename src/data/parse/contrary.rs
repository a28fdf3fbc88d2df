//! Values that a decision about a whole column cannot read.

use serde::{Deserialize, Serialize};

use crate::show::list::sentences;
use crate::show::numbers::count;
use crate::tr;

/// How many values of a column contradict what was decided of it, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contrary {
    count: u64,
    example: String,
}

impl Contrary {
    pub(super) fn of(count: u64, example: &str) -> Self {
        Self { count, example: example.to_owned() }
    }

    /// What was decided, and what is said of these behind it, where there are any.
    pub(super) fn behind(&self, decided: String) -> String {
        let example = &self.example;
        let told = match self.count {
            0 => return decided,
            1 => tr!("`{example}` contradicts it and is not read", example),
            number => {
                let count = count(number);
                tr!("{count} values such as `{example}` contradict it and are not read", count, example)
            }
        };
        sentences(&[decided, told])
    }
}
