//! From the text's names and values to fields and whole numbers, with the place of what does not fit.

use std::collections::HashSet;

use super::like::Pattern;
use super::{Among, Bound, Leaf, Span, Wanted};
use crate::model::day::Day;
use crate::model::field::{FieldId, FieldKind, Vocabulary, nearest};
use crate::model::filter::{Comparison, Filter, FilterError, FilterProblem, Literal, Placed, Test, written_name};
use crate::model::money::{Decimal, Scale};
use crate::show::text::clean;

/// Binds a filter to the fields of a data set.
///
/// # Errors
/// A name or a rule that the data set does not have, and a value that a field cannot be compared with.
pub fn bind(filter: &Filter, vocabulary: &dyn Vocabulary) -> Result<Bound, FilterError> {
    let all = |members: &[Filter]| -> Result<Vec<Bound>, FilterError> {
        members.iter().map(|member| bind(member, vocabulary)).collect()
    };
    match filter {
        Filter::And(members) => all(members).map(Bound::All),
        Filter::Or(members) => all(members).map(Bound::Any),
        Filter::Not(inner) => Ok(Bound::Not(Box::new(bind(inner, vocabulary)?))),
        Filter::Rule(rule) => {
            let Some(field) = vocabulary.rule(&rule.value) else {
                if let Some(problem) = vocabulary.misplaced("vip") {
                    return Err(problem.at(rule.at));
                }
                let nearest = nearest(&rule.value, vocabulary.rules()).iter().map(|near| shown(near)).collect();
                return Err(FilterProblem::UnknownRule { name: shown(&rule.value), nearest }.at(rule.at));
            };
            Ok(Bound::Leaf(Leaf { field, wanted: yes(), negated: false }))
        }
        Filter::Is(name, test) => {
            let Some(id) = vocabulary.field(&name.value) else {
                if let Some(problem) = vocabulary.misplaced(&name.value) {
                    return Err(problem.at(name.at));
                }
                let near = nearest(&name.value, vocabulary.names());
                let nearest = near.iter().map(|near| shown(&written_name(near))).collect();
                return Err(FilterProblem::Unknown { name: shown(&name.value), nearest }.at(name.at));
            };
            let (wanted, negated) = Field { name, id, kind: vocabulary.kind(id), vocabulary }.wanted(test)?;
            Ok(Bound::Leaf(Leaf { field: id, wanted, negated }))
        }
    }
}

/// The value of a flag that is set.
const fn yes() -> Wanted {
    Wanted::Within(Span { low: 1, high: 1 })
}

/// A field with the name it was called by.
struct Field<'a> {
    name: &'a Placed<String>,
    id: FieldId,
    kind: FieldKind,
    vocabulary: &'a dyn Vocabulary,
}

impl Field<'_> {
    /// The values that a test wants, and whether it wants all others.
    fn wanted(&self, test: &Test) -> Result<(Wanted, bool), FilterError> {
        match (self.kind.scale(), test) {
            (_, Test::Missing) => Ok((Wanted::Missing, false)),
            (Some(scale), test) => self.numbers(scale, test),
            (None, Test::Flag) if self.kind == FieldKind::Flag => Ok((yes(), false)),
            (None, _) if self.kind == FieldKind::Flag => {
                Err(FilterProblem::ComparedFlag { name: self.written() }.at(self.name.at))
            }
            (None, test) => self.texts(test),
        }
    }

    fn numbers(&self, scale: Scale, test: &Test) -> Result<(Wanted, bool), FilterError> {
        match test {
            Test::Compare(comparison, value) => {
                let span = Span::of(*comparison, self.number(value)?, scale);
                Ok((Wanted::Within(span), *comparison == Comparison::Unequal))
            }
            Test::Between { low, high, negated } => {
                let (from, to) = (self.number(low)?, self.number(high)?);
                if from.compare(to).is_gt() {
                    let (low_end, high_end) = (low.value.to_string(), high.value.to_string());
                    return Err(FilterProblem::Falls { low: shown(&low_end), high: shown(&high_end) }.at(low.at));
                }
                Ok((Wanted::Within(Span::between(from, to, scale)), *negated))
            }
            Test::In { values, negated } => {
                let mut numbers = Vec::with_capacity(values.len());
                for value in values {
                    let span = Span::of(Comparison::Equal, self.number(value)?, scale);
                    // A number that no value can be adds none.
                    numbers.extend((!span.is_empty()).then_some(span.low));
                }
                Ok((among(numbers), *negated))
            }
            Test::Like { .. } => Err(FilterProblem::NoPattern(self.written()).at(self.name.at)),
            Test::Missing | Test::Flag => {
                let example = if self.kind == FieldKind::Date { ">= '2024-01-31'" } else { "<= 90" };
                Err(FilterProblem::NoFlag(self.written(), example).at(self.name.at))
            }
        }
    }

    /// The number that a value stands for, in the units that people type.
    fn number(&self, value: &Placed<Literal>) -> Result<Decimal, FilterError> {
        let problem = match (&value.value, self.kind) {
            (Literal::Text(text), FieldKind::Date) => match text.parse::<Day>() {
                Ok(day) => return Ok(Decimal { mantissa: day.0.into(), decimals: 0 }),
                Err(_) => FilterProblem::NeedsDate { name: self.written(), text: shown(&value.value.to_string()) },
            },
            (Literal::Number(number), FieldKind::Date) => {
                FilterProblem::NeedsDate { name: self.written(), text: number.to_string() }
            }
            (Literal::Number(number), _) => return Ok(*number),
            (Literal::Text(text), _) => FilterProblem::NeedsNumber { name: self.written(), text: shown(text) },
        };
        Err(problem.at(value.at))
    }

    fn texts(&self, test: &Test) -> Result<(Wanted, bool), FilterError> {
        let no_order = |at: usize| Err(FilterProblem::NoOrder(self.written()).at(at));
        match test {
            Test::Compare(comparison @ (Comparison::Equal | Comparison::Unequal), value) => {
                let wanted = text_of(&value.value);
                Ok((self.codes(&mut |text| text == wanted), *comparison == Comparison::Unequal))
            }
            Test::Compare(_, value) | Test::Between { low: value, .. } => no_order(value.at),
            Test::In { values, negated } => {
                let wanted: HashSet<String> = values.iter().map(|value| text_of(&value.value)).collect();
                Ok((self.codes(&mut |text| wanted.contains(text)), *negated))
            }
            Test::Like { pattern, any_case, negated } => {
                let pattern = Pattern::new(&pattern.value, *any_case);
                Ok((self.codes(&mut |text| pattern.fits(text)), *negated))
            }
            Test::Missing | Test::Flag => Err(FilterProblem::NoFlag(self.written(), "= 'North'").at(self.name.at)),
        }
    }

    fn codes(&self, wanted: &mut dyn FnMut(&str) -> bool) -> Wanted {
        among(self.vocabulary.codes(self.id, wanted).into_iter().map(i64::from).collect())
    }

    fn written(&self) -> String {
        shown(&written_name(&self.name.value))
    }
}

/// A set of values; one without gaps is a range, which is quicker to look for.
fn among(values: Vec<i64>) -> Wanted {
    let among = Among::new(values);
    match among.values() {
        [] => Wanted::Within(Span::NOTHING),
        [low, .., high] if high.abs_diff(*low) != among.values().len() as u64 - 1 => Wanted::Among(among),
        [low, ..] => Wanted::Within(Span { low: *low, high: low.saturating_add(among.values().len() as i64 - 1) }),
    }
}

/// The text that a value is compared with: a bare number stands for its own digits.
fn text_of(value: &Literal) -> String {
    match value {
        Literal::Number(number) => number.to_string(),
        Literal::Text(text) => text.clone(),
    }
}

/// Typed text as a message may show it.
fn shown(text: &str) -> String {
    clean(text).into_owned()
}
