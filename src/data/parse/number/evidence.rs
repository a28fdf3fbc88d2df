//! What the cells of a column say about its decimal mark and its currencies, observed one by one and decided once.

use serde::{Deserialize, Serialize};

use super::super::cell;
use super::super::contrary::Contrary;
use super::super::tally::Tally;
use super::currency::COUNT;
use super::{Currency, DecimalMark, Grouping, NumberFormat, NumberWhy};

/// Values that must tell the mark before a column is settled.
const TELLING: u64 = 20;

/// Cells after which a column whose mark is no question is known well enough.
const ENOUGH: u64 = 1_000;

/// How a column writes its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberDecision {
    /// The format of the column, without a unit of its header.
    pub format: NumberFormat,
    /// How many of the cells it reads.
    pub read: u64,
    /// How many cells were observed that are neither blank nor a word for that.
    pub of: u64,
    /// Why.
    pub evidence: NumberWhy,
    /// The currencies written beside the numbers with how many there are of each, the most frequent first.
    pub currencies: Vec<(Currency, u64)>,
    /// Whether some value tells the mark.
    pub told: bool,
    /// A value that is another number with the other mark, where no value tells which is meant.
    pub undecided: Option<String>,
}

/// What was observed of a column: counters and a first example of each kind, however many cells there are.
#[derive(Clone, Debug)]
pub struct NumberEvidence {
    filled: u64,
    /// Numbers that are the same with either mark.
    same: u64,
    /// Numbers only with a decimal point: `12.5`, `1,234.50`.
    point: Tally,
    /// Numbers only with a decimal comma: `12,5`, `1.234,50`.
    comma: Tally,
    /// `1.234`, which is a number either way, but not the same.
    either_point: Tally,
    /// `1,234` likewise.
    either_comma: Tally,
    /// How many numbers have groups apart by each of [`GROUPINGS`], with a decimal point and with a comma.
    groups: [[u64; 4]; 2],
    currencies: [u64; COUNT],
}

impl Default for NumberEvidence {
    fn default() -> Self {
        Self {
            filled: 0,
            same: 0,
            point: Tally::NONE,
            comma: Tally::NONE,
            either_point: Tally::NONE,
            either_comma: Tally::NONE,
            groups: [[0; 4]; 2],
            currencies: [0; COUNT],
        }
    }
}

/// What groups may be apart by, folded.
const GROUPINGS: [(u8, Grouping); 4] =
    [(b',', Grouping::Comma), (b'.', Grouping::Point), (b'\'', Grouping::Apostrophe), (b' ', Grouping::Blank)];

const POINT: NumberFormat = NumberFormat { mark: DecimalMark::Point, grouping: Grouping::None, power: 0 };
const COMMA: NumberFormat = NumberFormat { mark: DecimalMark::Comma, grouping: Grouping::None, power: 0 };

impl NumberEvidence {
    /// Takes a cell of text into account. Blank cells and words such as NULL say nothing.
    pub fn observe(&mut self, cell: &[u8]) {
        let plain = cell::folded(cell::plain(cell));
        let plain = plain.as_ref();
        if cell::is_null(plain) {
            return;
        }
        self.filled += 1;
        let with_point = POINT.parse(plain).ok();
        let with_comma = COMMA.parse(plain).ok();
        let Some(number) = with_point.or(with_comma) else { return };
        if let Some(currency) = number.currency {
            self.currencies[currency.place()] += 1;
        }
        match (with_point, with_comma) {
            (Some(left), Some(right)) if left == right => self.same += 1,
            (Some(_), Some(_)) if plain.contains(&b',') => self.either_comma.add(plain),
            (Some(_), Some(_)) => self.either_point.add(plain),
            (Some(_), None) => self.point.add(plain),
            (None, _) => self.comma.add(plain),
        }
        for (format, read) in [(POINT, with_point), (COMMA, with_comma)] {
            if read.is_some() {
                self.observe_groups(plain, format.mark);
            }
        }
    }

    /// Counts what the groups of a number are apart by, given its decimal mark.
    fn observe_groups(&mut self, plain: &[u8], mark: DecimalMark) {
        let mut between = plain.windows(3).filter(|three| three[0].is_ascii_digit() && three[2].is_ascii_digit());
        let first = between.find(|three| !three[1].is_ascii_digit()).map(|three| three[1]);
        let place = GROUPINGS.iter().position(|(byte, _)| first == Some(*byte) && *byte != mark.byte());
        if let Some(place) = place {
            self.groups[mark as usize][place] += 1;
        }
    }

    /// How many cells were observed that are neither blank nor a word for that.
    #[must_use]
    pub const fn filled(&self) -> u64 {
        self.filled
    }

    /// Whether more cells would hardly change the decision.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let (most, least) = (self.point.count.max(self.comma.count), self.point.count.min(self.comma.count));
        self.filled >= ENOUGH && most >= TELLING && least * 10 <= most
    }

    /// The format of the column. `mark` is the one that a person asked for, which then holds.
    ///
    /// Where only values such as `1,234` are there, a comma is taken for thousands; where only such as `1.234` are, a point
    /// for decimals. The evidence says so.
    #[must_use]
    pub fn decide(&self, mark: Option<DecimalMark>) -> NumberDecision {
        let told = self.point.count + self.comma.count > 0;
        let either = [&self.either_comma, &self.either_point].into_iter().find(|kind| kind.count > 0);
        let undecided = either.filter(|_| mark.is_none() && !told).map(|kind| kind.example().to_string());
        let (mark, evidence) = mark.map_or_else(|| self.by_values(), |mark| (mark, self.as_asked(mark)));
        let either = self.same + self.either_comma.count + self.either_point.count;
        let read = either + if mark == DecimalMark::Point { self.point.count } else { self.comma.count };
        let format = NumberFormat { mark, grouping: self.grouping(mark), power: 0 };
        NumberDecision { format, read, of: self.filled, evidence, currencies: self.currencies(), told, undecided }
    }

    fn by_values(&self) -> (DecimalMark, NumberWhy) {
        let (point, comma) = (&self.point, &self.comma);
        let (mark, told, against) = match point.count.cmp(&comma.count) {
            std::cmp::Ordering::Less => (DecimalMark::Comma, comma, point),
            std::cmp::Ordering::Equal if point.count == 0 => return (DecimalMark::Point, self.untold()),
            _ => (DecimalMark::Point, point, comma),
        };
        (mark, NumberWhy::Told { mark, example: told.example().to_owned(), contrary: contrary(against) })
    }

    fn as_asked(&self, mark: DecimalMark) -> NumberWhy {
        let against = if mark == DecimalMark::Point { &self.comma } else { &self.point };
        NumberWhy::Asked { mark, contrary: contrary(against) }
    }

    /// What is said where no value tells the mark.
    fn untold(&self) -> NumberWhy {
        let example = |kind: &Tally| (kind.count > 0).then(|| kind.example().to_owned());
        NumberWhy::Untold { thousands: example(&self.either_comma), decimals: example(&self.either_point) }
    }

    fn grouping(&self, mark: DecimalMark) -> Grouping {
        let counts = GROUPINGS.into_iter().zip(self.groups[mark as usize]).filter(|(_, count)| *count > 0);
        counts.max_by_key(|(_, count)| *count).map_or(Grouping::None, |((_, grouping), _)| grouping)
    }

    fn currencies(&self) -> Vec<(Currency, u64)> {
        let counts = Currency::all().map(|currency| (currency, self.currencies[currency.place()]));
        let mut seen: Vec<_> = counts.filter(|(_, count)| *count > 0).collect();
        seen.sort_by_key(|(currency, count)| (std::cmp::Reverse(*count), *currency));
        seen
    }
}

/// Values that the chosen mark cannot read.
fn contrary(against: &Tally) -> Contrary {
    Contrary::of(against.count, against.example())
}

#[cfg(test)]
mod tests;
