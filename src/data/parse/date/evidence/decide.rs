//! From what was observed to one format.

use super::super::super::tally::Tally;
use super::super::{DateFormat, DateOrder, DateWhy, SerialSystem, YearDigits};
use super::orders::Answer;
use super::{DateDecision, DateEvidence, DateHint, UNITS};

/// A format that a column may have.
struct Candidate {
    /// How many cells speak for it: not more than it reads.
    weight: u64,
    /// Whether its cells are nothing but numbers, which may be ids or amounts.
    numeric: bool,
    decision: DateDecision,
}

impl DateEvidence {
    /// The format of the column: the one that most cells speak for. `order` is what a person said of the order of day,
    /// month and year; it only matters where the values do not tell a four-digit year first or a month by name.
    ///
    /// Without a hint a column is one of dates when they are half of its cells, or nine in ten where they are mere numbers.
    #[must_use]
    pub fn decide(&self, order: Option<DateOrder>, hint: DateHint) -> DateDecision {
        let candidates = [
            self.minguo(hint),
            self.years_first(),
            self.ordered(order),
            self.month_names(),
            self.compact(),
            self.unix(hint),
            self.excel(hint),
        ];
        // The first of equals wins, as the likelier.
        let best = candidates.into_iter().rev().max_by_key(|candidate| candidate.weight);
        let enough = |candidate: &Candidate| {
            let share = if candidate.numeric { 9 } else { 5 };
            candidate.weight > 0 && (hint.named_date || hint.minguo || candidate.weight * 10 >= self.filled * share)
        };
        best.filter(enough).map_or(DateDecision::None, |best| best.decision)
    }

    fn candidate(&self, format: DateFormat, weight: u64, read: u64, evidence: DateWhy) -> Candidate {
        let numeric = matches!(format, DateFormat::Compact | DateFormat::Serial(_) | DateFormat::Unix(_));
        Candidate { weight, numeric, decision: DateDecision::Decided { format, read, of: self.filled, evidence } }
    }

    fn years_first(&self) -> Candidate {
        let (count, mark, tally) = self.year_first();
        let format = DateFormat::Numbers { order: DateOrder::YearFirst, mark, year: YearDigits::Four };
        self.candidate(format, count, count, DateWhy::YearFirst(tally.example().to_owned()))
    }

    fn ordered(&self, asked: Option<DateOrder>) -> Candidate {
        let answer = self.orders.answer(asked);
        let weight = answer.read();
        match answer {
            Answer::One { order, read, evidence } => {
                // What has years of two digits first reads those of four as well.
                let more = if order == DateOrder::YearFirst { self.year_first().0 } else { 0 };
                self.candidate(self.orders.format(order), weight, read + more, evidence)
            }
            Answer::Several { orders, example, .. } => {
                let readings = orders.into_iter().map(|order| self.orders.format(order)).collect();
                let decision = DateDecision::Ambiguous { readings, example: example.to_owned() };
                Candidate { weight, numeric: false, decision }
            }
        }
    }

    fn month_names(&self) -> Candidate {
        let [day_first, month_first] = &self.named;
        let count = day_first.count + month_first.count;
        let is_month_first = month_first.count > day_first.count;
        let example = if is_month_first { month_first.example() } else { day_first.example() };
        let format = DateFormat::MonthName { month_first: is_month_first };
        self.candidate(format, count, count, DateWhy::MonthWord(example.to_owned()))
    }

    fn compact(&self) -> Candidate {
        let evidence = numbers(DateFormat::Compact, &self.compact);
        self.candidate(DateFormat::Compact, self.compact_near, self.compact.count, evidence)
    }

    fn minguo(&self, hint: DateHint) -> Candidate {
        let [proven, three, two, compact] =
            [&self.minguo_proven, &self.minguo_three, &self.minguo_two, &self.minguo_compact];
        let read = proven.count + three.count + two.count + compact.count;
        let mut weight = proven.count;
        if hint.named_date || proven.count > 0 {
            weight += three.count;
        }
        if weight > 0 {
            weight += two.count;
        }
        if hint.minguo {
            weight = read;
        }
        let example = [proven, three, compact, two].into_iter().find(|tally| tally.count > 0).unwrap_or(proven);
        self.candidate(DateFormat::Minguo, weight, read, numbers(DateFormat::Minguo, example))
    }

    /// Numbers as instants. Without a hint all must be of the years of a shop, and of more than one day: ids that are
    /// counted up are not.
    fn unix(&self, hint: DateHint) -> Candidate {
        let weight_of = |place: usize| {
            let instants = &self.instants[place];
            if hint.named_date {
                return instants.likely;
            }
            let days = instants.last.saturating_sub(instants.first) >= super::super::DAY_SECONDS;
            if days && instants.near == instants.read.count { instants.near } else { 0 }
        };
        let place = (0..UNITS.len()).rev().max_by_key(|place| weight_of(*place)).unwrap_or_default();
        let (format, tally) = (DateFormat::Unix(UNITS[place]), &self.instants[place].read);
        self.candidate(format, weight_of(place), tally.count, numbers(format, tally))
    }

    fn excel(&self, hint: DateHint) -> Candidate {
        let format = DateFormat::Serial(SerialSystem::From1900);
        let weight = if hint.named_date { self.serial.count } else { 0 };
        self.candidate(format, weight, self.serial_read, numbers(format, &self.serial))
    }
}

/// That numbers such as the first of a kind are days in a format.
fn numbers(format: DateFormat, tally: &Tally) -> DateWhy {
    DateWhy::Numbers(format, tally.example().to_owned())
}
