//! From the text to the filter, with the place of what is wrong.

use super::{Comparison, Condition, Filter, FilterError, FilterProblem, Test, between};
use crate::model::measures::Measure;
use crate::model::money::Decimal;
use crate::show::text::clean;

/// Characters that somebody may take for a comparison.
const SIGNS: &str = "<>=!~≤≥≠";

/// Reads a filter.
pub(super) fn filter(text: &str) -> Result<Filter, FilterError> {
    let mut scanner = Scanner { text, at: 0 };
    let mut conditions = Vec::new();
    if scanner.rest().trim().is_empty() {
        return Ok(Filter::default());
    }
    loop {
        conditions.push(scanner.condition()?);
        if !scanner.joined()? {
            return Ok(Filter { conditions });
        }
    }
}

/// A text read from left to right.
struct Scanner<'a> {
    text: &'a str,
    /// Bytes read.
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// What comes up to the first place where the rest fits no more.
    fn take(&mut self, fits: impl Fn(&str) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.char_indices().map(|(at, _)| at).find(|at| !fits(&rest[*at..])).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What comes up to a blank, a comma or the two points of a range.
    fn take_token(&mut self) -> &'a str {
        self.take(|rest| !rest.starts_with(|c: char| c == ',' || c.is_whitespace()) && !rest.starts_with(".."))
    }

    fn eat(&mut self, sign: &str) -> bool {
        let there = self.rest().starts_with(sign);
        self.at += if there { sign.len() } else { 0 };
        there
    }

    fn error<T>(&self, at: usize, problem: FilterProblem) -> Result<T, FilterError> {
        Err(FilterError { column: self.text[..at].chars().count(), problem })
    }

    /// Whether another condition follows.
    fn joined(&mut self) -> Result<bool, FilterError> {
        self.skip_blanks();
        if self.rest().is_empty() {
            return Ok(false);
        }
        if self.eat(",") {
            return Ok(true);
        }
        let start = self.at;
        let word = self.take(|rest| !rest.starts_with(|c: char| c == ',' || c.is_whitespace()));
        if is_and(word) { Ok(true) } else { self.error(start, FilterProblem::NotJoined(shown(word))) }
    }

    fn condition(&mut self) -> Result<Condition, FilterError> {
        self.skip_blanks();
        let (start, measure) = (self.at, self.measure()?);
        let name = &self.text[start..self.at];
        self.skip_blanks();
        let start = self.at;
        let sign = self.take(|rest| rest.starts_with(|c| SIGNS.contains(c)));
        if sign.is_empty() {
            return Ok(Condition { measure, test: self.range(name)? });
        }
        let Some(comparison) = Comparison::ALL.into_iter().find(|comparison| comparison.sign() == sign) else {
            return self.error(start, FilterProblem::Sign(sign.to_owned()));
        };
        match self.number()? {
            Some(number) => Ok(Condition { measure, test: Test::Compare(comparison, number) }),
            None => self.error(self.at, FilterProblem::NoNumber(sign.to_owned())),
        }
    }

    fn measure(&mut self) -> Result<Measure, FilterError> {
        let start = self.at;
        // Points and dashes inside a name only, so that `recency..90` and `recency -5..5` are what they look like.
        let name = self.take(|rest| {
            let mut characters = rest.chars();
            match characters.next() {
                Some('.' | '-' | '_') => characters.next().is_some_and(char::is_alphabetic),
                first => first.is_some_and(char::is_alphabetic),
            }
        });
        if is_and(name) {
            return self.error(start, FilterProblem::NoCondition);
        }
        if !name.is_empty() {
            return name.parse().or_else(|problem| self.error(start, FilterProblem::Measure(problem)));
        }
        let token = self.take_token();
        if token.is_empty() {
            return self.error(start, FilterProblem::NoCondition);
        }
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            return self.error(start, FilterProblem::LoneNumber(shown(token)));
        }
        let problem = shown(token).parse::<Measure>().err().unwrap_or_default();
        self.error(start, FilterProblem::Measure(problem))
    }

    fn range(&mut self, measure: &str) -> Result<Test, FilterError> {
        let start = self.at;
        let low = self.take_token();
        let low_end = self.at;
        self.skip_blanks();
        let points = self.at;
        if !self.eat("..") {
            return self.error(start, FilterProblem::NoTest(measure.to_owned()));
        }
        let high = self.number()?;
        let low = if low_end > start { Some(self.decimal(start, low)?) } else { None };
        match (low, high) {
            (Some(low), Some(high)) => between(low, high).or_else(|problem| self.error(start, problem)),
            (Some(low), None) => Ok(Test::Compare(Comparison::AtLeast, low)),
            (None, Some(high)) => Ok(Test::Compare(Comparison::AtMost, high)),
            (None, None) => self.error(points, FilterProblem::NoEnds),
        }
    }

    /// The number that comes next, if anything comes that does not join conditions.
    fn number(&mut self) -> Result<Option<Decimal>, FilterError> {
        let before = self.at;
        self.skip_blanks();
        let start = self.at;
        let token = self.take_token();
        if token.is_empty() || is_and(token) {
            self.at = before;
            return Ok(None);
        }
        self.decimal(start, token).map(Some)
    }

    fn decimal(&self, at: usize, text: &str) -> Result<Decimal, FilterError> {
        let number = Decimal::parse(text.as_bytes());
        number.or_else(|problem| self.error(at, FilterProblem::Number { text: shown(text), problem }))
    }
}

fn is_and(word: &str) -> bool {
    word.eq_ignore_ascii_case("and")
}

/// Typed text as a message may show it.
fn shown(text: &str) -> String {
    clean(text).into_owned()
}
