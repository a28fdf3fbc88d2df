//! Customers that may be one: suggested, never merged.

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::job::CancelToken;
use crate::model::customers::TextArena;

/// Pairs that are shown.
const EXAMPLES: usize = 20;

/// Customers looked at between two looks at the cancel token.
const STRETCH: usize = 10_000;

/// Customers whose ids make one think of an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Likeness {
    /// How many, not counting those they resemble.
    pub customers: u64,
    /// Some of them: the earlier id and the later one.
    pub examples: Vec<(String, String)>,
}

/// Keys that were met, each with the first customer that has it.
#[derive(Default)]
struct Keys {
    hasher: DefaultHashBuilder,
    met: HashTable<(u64, u32)>,
}

impl Keys {
    /// The first customer of a key, which is this one where there was none.
    fn first(&mut self, key: &str, customer: u32) -> u32 {
        let hash = self.hasher.hash_one(key);
        let entry = self.met.entry(hash, |(other, _)| *other == hash, |(other, _)| *other);
        entry.or_insert((hash, customer)).get().1
    }
}

impl Likeness {
    /// Compares ids by their letters and digits alone, without zeros in front and a trailing `.0`, and by telephone
    /// numbers in brackets; `None` when cancelled. It takes about 30 bytes a customer while it runs.
    #[must_use]
    pub fn of(ids: &TextArena, cancel: &CancelToken) -> Option<Self> {
        let mut keys = Keys::default();
        let mut likeness = Self::default();
        for customer in 0..ids.len() {
            if customer % STRETCH == 0 && cancel.is_cancelled() {
                return None;
            }
            let id = ids.get(customer);
            let own = customer as u32;
            let mut first = own;
            for key in [spelling(id), phone(id)].into_iter().flatten() {
                first = first.min(keys.first(&key, own));
            }
            if first != own {
                likeness.customers += 1;
                if likeness.examples.len() < EXAMPLES {
                    likeness.examples.push((ids.get(first as usize).to_owned(), id.to_owned()));
                }
            }
        }
        Some(likeness)
    }
}

/// The letters and digits of an id; `None` where it has none.
fn spelling(id: &str) -> Option<Cow<'_, str>> {
    let whole = id.strip_suffix(".0").unwrap_or(id);
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    let letters: Cow<'_, str> = if whole.bytes().all(plain) {
        Cow::Borrowed(whole)
    } else {
        let folded = whole.nfkc().flat_map(char::to_lowercase);
        Cow::Owned(folded.filter(|c| c.is_alphanumeric()).collect())
    };
    let key = match letters {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('0')),
        Cow::Owned(text) if text.starts_with('0') => Cow::Owned(text.trim_start_matches('0').to_owned()),
        owned @ Cow::Owned(_) => owned,
    };
    (!key.is_empty()).then_some(key)
}

/// The telephone number in an id's brackets, as in `张三（13800138000）`, without the prefix of China.
fn phone(id: &str) -> Option<Cow<'_, str>> {
    const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
    let (_, rest) = id.rsplit_once(['(', '（'])?;
    let (inside, _) = rest.split_once([')', '）'])?;
    let digits: String = inside.chars().filter(|c| !matches!(c, ' ' | '-' | '+')).collect();
    let is_phone = DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let national = digits.strip_prefix("86").filter(|national| national.len() == 11).map(str::to_owned);
    is_phone.then(|| Cow::Owned(national.unwrap_or(digits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[&str]) -> Option<Likeness> {
        let mut arena = TextArena::default();
        for id in ids {
            arena.push(id);
        }
        Likeness::of(&arena, &CancelToken::default())
    }

    #[test]
    fn ids_that_may_be_one_customer_are_named_in_pairs() {
        for (earlier, later) in [
            ("00123", "123"),
            ("123", "123.0"),
            ("A-1", "a 1"),
            ("ann@shop.example", "ANN@shop.example"),
            ("张三（13800138000）", "张叁(138 0013 8000)"),
            ("张三（+86-13800138000）", "13800138000"),
            ("13800138000", "张三（13800138000）"),
            ("Ａ１", "a1"),
        ] {
            let expected = Likeness { customers: 1, examples: vec![(earlier.to_owned(), later.to_owned())] };
            assert_eq!(of(&["other", earlier, later]), Some(expected), "{earlier} {later}");
        }
    }

    #[test]
    fn different_ids_are_left_alone() {
        let ids = ["1", "10", "100", "1.5", "A1", "B1", "--", "??", "0", "张三（12）", "李四（12）", "张三", "李四"];
        assert_eq!(of(&ids), Some(Likeness::default()));
    }

    #[test]
    fn examples_end_and_the_count_does_not() {
        let ids: Vec<String> = (1..=60).map(|n| format!("c{}{}", "-".repeat(n % 2), n.div_ceil(2))).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let likeness = of(&ids).unwrap_or_default();
        assert_eq!((likeness.customers, likeness.examples.len()), (30, 20));
        assert_eq!(likeness.examples[0], ("c-1".to_owned(), "c1".to_owned()));
    }
}
