//! Attributes: what the rows say besides customer, order, day and amount, such as a region, a channel or a category.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model::customers::TextArena;
use crate::model::money::{Decimal, Scale};
use crate::model::packed::Packed;

/// Which of a customer's values stands for the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueRule {
    /// The one on most rows; of equally frequent ones the one met last.
    Most,
    /// The one on the last row that has one.
    Last,
}

impl ValueRule {
    /// What it is called: `channel.last`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Most => "most",
            Self::Last => "last",
        }
    }
}

/// A column of texts, each kept once.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// What the column is called.
    pub name: String,
    /// Each text once, in rising order: by value where all are numbers. The text of code 1 comes first; 0 stands for none.
    texts: TextArena,
    /// The number of each text, in minor units of the scale, where all are numbers.
    numbers: Option<(Scale, Vec<i64>)>,
    /// The code of each row.
    codes: Packed,
}

/// The longest number that is one, in digits before the point: longer ones are codes.
const LONGEST_NUMBER: usize = 9;

impl Attribute {
    /// A column from the texts as they were met and the code of each row.
    #[must_use]
    pub fn new(name: String, met: &Dictionary, codes: &[u32]) -> Self {
        let met = &met.texts;
        let mut order: Vec<u32> = (0..met.len() as u32).collect();
        let numbers = numbers(met);
        match &numbers {
            Some((_, values)) => order.sort_by_key(|place| (values[*place as usize], met.get(*place as usize))),
            None => order.sort_by_key(|place| met.get(*place as usize)),
        }
        let (mut texts, mut ranks) = (TextArena::default(), vec![0; met.len() + 1]);
        for place in &order {
            ranks[*place as usize + 1] = texts.push(met.get(*place as usize)) as u32 + 1;
        }
        let numbers = numbers
            .map(|(scale, values)| (scale, order.iter().map(|place| values[*place as usize]).collect::<Vec<_>>()));
        let codes = Packed::from_fn(codes.len(), |row| ranks[codes[row] as usize].into());
        Self { name, texts, numbers, codes }
    }

    /// The same column with only some rows.
    pub(super) fn select(&self, rows: &[u32]) -> Self {
        let codes = Packed::from_fn(rows.len(), |row| self.codes.get(rows[row] as usize));
        Self { codes, ..self.clone() }
    }

    /// The code of a row; 0: it has none.
    #[inline]
    #[must_use]
    pub fn code(&self, row: usize) -> u32 {
        self.codes.get(row) as u32
    }

    /// The code of each row.
    #[must_use]
    pub const fn codes(&self) -> &Packed {
        &self.codes
    }

    /// The text of a code; empty for 0.
    #[must_use]
    pub fn text(&self, code: u32) -> &str {
        code.checked_sub(1).map_or("", |place| self.texts.get(place as usize))
    }

    /// The code of a text, if any row has it.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        (1..=self.values() as u32).find(|code| self.text(*code) == text)
    }

    /// How many different texts there are.
    #[must_use]
    pub fn values(&self) -> usize {
        self.texts.len()
    }

    /// The decimals of its numbers, where all texts are numbers.
    #[must_use]
    pub fn scale(&self) -> Option<Scale> {
        self.numbers.as_ref().map(|(scale, _)| *scale)
    }

    /// The number of a code, in minor units of [`Attribute::scale`].
    #[must_use]
    pub fn number(&self, code: u32) -> Option<i64> {
        self.numbers.as_ref()?.1.get(code.checked_sub(1)? as usize).copied()
    }

    /// Bytes that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.codes.bytes() + self.texts.bytes()
    }
}

/// The number of each text, where all are numbers and not codes: few digits, no zeros in front.
fn numbers(texts: &TextArena) -> Option<(Scale, Vec<i64>)> {
    let number = |place: usize| {
        let text = texts.get(place);
        let digits = text.strip_prefix('-').unwrap_or(text);
        let whole = digits.split('.').next().unwrap_or_default();
        let is_code = whole.is_empty() || whole.len() > LONGEST_NUMBER || (whole.len() > 1 && whole.starts_with('0'));
        if is_code { None } else { Decimal::parse(text.as_bytes()).ok() }
    };
    let read: Vec<Decimal> = (0..texts.len()).map(number).collect::<Option<_>>()?;
    let decimals = read.iter().map(|number| number.significant().decimals).max()?;
    if decimals > Scale::MAX.decimals() {
        return None;
    }
    let scale = if decimals == 0 { Scale::UNITS } else { Scale::new(decimals).max(Scale::CENTS) };
    let minor = |number: &Decimal| {
        let number = number.significant();
        let factor = 10i128.checked_pow(scale.decimals().checked_sub(number.decimals)?.into())?;
        i64::try_from(number.mantissa.checked_mul(factor)?).ok()
    };
    Some((scale, read.iter().map(minor).collect::<Option<_>>()?))
}

/// Texts and their codes, numbered from 1 as they are met.
#[derive(Debug, Default)]
pub struct Dictionary {
    texts: TextArena,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Dictionary {
    /// The code of a text, a new one where it was not met before.
    pub fn code(&mut self, text: &str) -> u32 {
        let Self { texts, table, hasher } = self;
        let hash = hasher.hash_one(text);
        if let Some(code) = table.find(hash, |code| texts.get(*code as usize - 1) == text) {
            return *code;
        }
        let code = texts.push(text) as u32 + 1;
        table.insert_unique(hash, code, |code| hasher.hash_one(texts.get(*code as usize - 1)));
        code
    }

    /// The texts in the order of their codes, from 1.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.texts.len()).map(|place| self.texts.get(place))
    }

    /// How many texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Bytes of all texts together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.texts.bytes()
    }
}
