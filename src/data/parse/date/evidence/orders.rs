//! Day first, month first or year first: what the values of a column say where one alone does not.

use super::super::super::contrary::Contrary;
use super::super::super::tally::Tally;
use super::super::written::Triple;
use super::super::{DateFormat, DateOrder, DateWhy, Mark, YearDigits};

/// The orders that are asked about, by their bit in a set of them.
const ORDERS: [DateOrder; 3] = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];

/// Values that must tell before a column is settled: a few contradicting ones would not matter any more.
const TELLING: u64 = 20;

/// How many different numbers a part must have taken at least before its variety says something.
const VARIED: u32 = 6;

/// Dates whose order is a question.
#[derive(Clone, Debug)]
pub(super) struct Orders {
    /// How many dates each set of orders reads, a bit an order.
    sets: [Tally; 8],
    marks: [u64; 4],
    short_years: u64,
    /// For each part, the numbers below 128 that it took in dates whose parts all have at most two digits.
    seen: [u128; 3],
}

impl Default for Orders {
    fn default() -> Self {
        Self { sets: [const { Tally::NONE }; 8], marks: [0; 4], short_years: 0, seen: [0; 3] }
    }
}

/// What the values say.
pub(super) enum Answer<'a> {
    /// One order, with why.
    One { order: DateOrder, read: u64, evidence: DateWhy },
    /// Several, with a value that each reads.
    Several { orders: Vec<DateOrder>, read: u64, example: &'a str },
}

impl Answer<'_> {
    pub(super) const fn read(&self) -> u64 {
        match self {
            Self::One { read, .. } | Self::Several { read, .. } => *read,
        }
    }
}

impl Orders {
    pub(super) fn observe(&mut self, triple: Triple, text: &[u8]) {
        let reads = |order| triple.day(order, YearDigits::Two).is_some();
        let set = ORDERS.iter().enumerate().map(|(bit, order)| usize::from(reads(*order)) << bit).sum::<usize>();
        if set == 0 {
            return;
        }
        self.sets[set].add(text);
        self.marks[triple.mark as usize] += 1;
        if triple.parts[2].digits < 4 {
            self.short_years += 1;
            for (seen, part) in self.seen.iter_mut().zip(triple.parts) {
                *seen |= 1 << (part.value & 127);
            }
        }
    }

    pub(super) fn total(&self) -> u64 {
        self.sets.iter().map(|set| set.count).sum()
    }

    /// How many dates an order reads.
    fn read(&self, bit: usize) -> u64 {
        self.sets.iter().enumerate().filter(|(set, _)| set >> bit & 1 == 1).map(|(_, tally)| tally.count).sum()
    }

    /// Dates that an order reads and another does not.
    fn telling(&self, bit: usize, against: usize) -> (u64, &str) {
        let sets = || self.sets.iter().enumerate().filter(|(set, _)| set >> bit & 1 == 1 && set >> against & 1 == 0);
        let example = sets().find(|(_, tally)| tally.count > 0).map_or("", |(_, tally)| tally.example());
        (sets().map(|(_, tally)| tally.count).sum(), example)
    }

    pub(super) fn is_settled(&self) -> bool {
        let (day, month) = (self.telling(0, 1).0, self.telling(1, 0).0);
        let (most, least) = (day.max(month), day.min(month));
        // Asked last: it looks at everything.
        let year_known = || self.short_years * 2 < self.total() || matches!(self.answer(None), Answer::One { .. });
        most >= TELLING && least * 10 <= most && year_known()
    }

    /// The order of most values, or the one asked for.
    pub(super) fn answer(&self, asked: Option<DateOrder>) -> Answer<'_> {
        if let Some(order) = asked {
            return self.as_asked(order);
        }
        let counts = [0, 1, 2].map(|bit| self.read(bit));
        let most = counts.into_iter().max().unwrap_or(0);
        let mut open: Vec<usize> = (0..ORDERS.len()).filter(|bit| counts[*bit] == most).collect();
        let variety = self.by_variety(&mut open);
        if let [bit] = open[..] {
            let evidence = variety.unwrap_or_else(|| self.why(bit));
            return Answer::One { order: ORDERS[bit], read: most, evidence };
        }
        let set: usize = open.iter().map(|bit| 1 << bit).sum();
        let common = self.sets.iter().enumerate().find(|(held, tally)| held & set == set && tally.count > 0);
        // Where every value tells something, they contradict each other evenly.
        let example = common.map_or_else(|| self.telling(open[0], open[1]).1, |(_, tally)| tally.example());
        Answer::Several { orders: open.iter().map(|bit| ORDERS[*bit]).collect(), read: most, example }
    }

    fn as_asked(&self, order: DateOrder) -> Answer<'_> {
        let bit = ORDERS.iter().position(|known| *known == order).unwrap_or_default();
        let read = self.read(bit);
        let against = self.total() - read;
        let unread = (0..ORDERS.len()).map(|other| self.telling(other, bit)).find(|(count, _)| *count > 0);
        let contrary = unread.map_or_else(Contrary::default, |(_, example)| Contrary::of(against, example));
        Answer::One { order, read, evidence: DateWhy::Asked(order, contrary) }
    }

    /// Leaves out orders by how varied the parts are: years are few where days are many. Tells why when one is left.
    fn by_variety(&self, open: &mut Vec<usize>) -> Option<DateWhy> {
        const YEAR: usize = 2;
        if open.len() < 2 || !open.contains(&YEAR) {
            return None;
        }
        let [first, second, last] = self.seen.map(u128::count_ones);
        if last >= VARIED && first * 2 < last {
            *open = vec![YEAR];
            return Some(DateWhy::FewFirst { first, last });
        }
        let days = first.max(second);
        if days >= VARIED && last * 2 < days {
            open.retain(|bit| *bit != YEAR);
            if let [bit] = open[..] {
                return Some(DateWhy::FewLast { order: ORDERS[bit], last });
            }
        }
        None
    }

    /// Why most values have an order: one that another order cannot read, and those that contradict.
    fn why(&self, bit: usize) -> DateWhy {
        let why = |rival: usize, contrary| {
            let example = self.telling(bit, rival).1.to_owned();
            DateWhy::Order { order: ORDERS[bit], example, rival: ORDERS[rival], contrary }
        };
        // Against the likeliest of the others; year first is only one where years are short.
        let others = (0..ORDERS.len()).filter(|other| *other != bit && self.read(*other) > 0);
        let rival = others.max_by_key(|other| (self.read(*other), usize::MAX - other));
        let Some(rival) = rival else {
            return why(usize::from(bit == 0), Contrary::default());
        };
        let against = self.total() - self.read(bit);
        let (count, contrary) = self.telling(rival, bit);
        why(rival, if count == 0 { Contrary::default() } else { Contrary::of(against, contrary) })
    }

    /// The format of an order, with the mark and the years that most of the dates have.
    pub(super) fn format(&self, order: DateOrder) -> DateFormat {
        const MARKS: [Mark; 4] = [Mark::Slash, Mark::Dash, Mark::Point, Mark::Han];
        let most = MARKS.into_iter().rev().max_by_key(|mark| self.marks[*mark as usize]);
        let short = order == DateOrder::YearFirst || self.short_years * 2 > self.total();
        let year = if short { YearDigits::Two } else { YearDigits::Four };
        DateFormat::Numbers { order, mark: most.unwrap_or(Mark::Slash), year }
    }
}
