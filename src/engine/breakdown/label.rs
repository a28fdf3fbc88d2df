//! What the lines of a breakdown are called, and whom they take, as a filter.

use super::{Breakdown, Value};
use crate::engine::fields::Field;
use crate::lang;
use crate::model::calendar::Period;
use crate::model::day::Day;
use crate::model::field::{FieldId, FieldKind, Vocabulary};
use crate::model::filter::{Comparison, Filter, Literal, Placed, Test};
use crate::model::money::{Decimal, Scale};
use crate::show::numbers::money;
use crate::{mark, tr};

/// What stands for no value.
pub const NO_VALUE: &str = mark!("no value");

impl Breakdown {
    /// What the values of a line are called where people read them; bands by their ends, which both belong to it. Panics
    /// beyond the lines, like a slice.
    #[must_use]
    pub fn label(&self, line: usize) -> String {
        match self.value(line) {
            Value::Text(code) if self.field() == Field::Segment => {
                self.scheme.segment_title(code as usize - 1).to_owned()
            }
            Value::Range(low, high) => self.range(low, high, |first, last| tr!("{first} to {last}", first, last)),
            Value::Flag(true) => tr!("flag" | "yes").to_owned(),
            Value::Flag(false) => tr!("flag" | "no").to_owned(),
            Value::Missing => lang::text(NO_VALUE).to_owned(),
            Value::Text(_) | Value::Number(_) => self.written(line),
        }
    }

    /// The same for machines and filters: as the data has it, in English. Panics beyond the lines, like a slice.
    #[must_use]
    pub fn written(&self, line: usize) -> String {
        match self.value(line) {
            Value::Text(code) => self.fields.text(self.by(), code, &self.scheme).to_owned(),
            Value::Number(number) => number_text(self.kind(), number),
            Value::Range(low, high) => self.range(low, high, |first, last| format!("{first} to {last}")),
            Value::Flag(flag) => if flag { "yes" } else { "no" }.to_owned(),
            Value::Missing => NO_VALUE.to_owned(),
        }
    }

    /// A stretch of values, with what to write from one end to the other where a dash would not do.
    fn range(&self, low: Option<i64>, high: Option<i64>, to: impl Fn(String, String) -> String) -> String {
        let kind = self.kind();
        if let (Some(first), Some(last), FieldKind::Date) = (low, high, kind) {
            return days_text(first, last, to);
        }
        let [low, high] = [low, high].map(|end| end.map(|end| number_text(kind, end)));
        match (low, high) {
            (Some(low), Some(high)) if low.starts_with('-') => to(low, high),
            (Some(low), Some(high)) => format!("{low}–{high}"),
            (Some(low), None) => format!("≥ {low}"),
            (None, Some(high)) => format!("≤ {high}"),
            (None, None) => String::new(),
        }
    }

    /// The field.
    #[must_use]
    pub const fn by(&self) -> FieldId {
        self.made_for.1
    }

    /// What the field is.
    #[must_use]
    pub fn field(&self) -> Field {
        self.fields.definition(self.by()).field
    }

    /// The name of the field.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.fields.definition(self.by()).name
    }

    /// What the field is, in words.
    #[must_use]
    pub fn words(&self) -> String {
        self.fields.definition(self.by()).words()
    }

    fn kind(&self) -> FieldKind {
        self.fields.definition(self.by()).kind
    }

    /// The customers of a line as a filter takes them, where each is counted once; `None` where another field goes by the
    /// same name. Panics beyond the lines, like a slice.
    #[must_use]
    pub fn condition(&self, line: usize) -> Option<Filter> {
        let name = self.name();
        if self.fields.vocabulary(&self.scheme).field(name) != Some(self.by()) {
            return None;
        }
        let is = |test| Filter::Is(Placed::from(name), test);
        let kind = self.kind();
        let placed = |value| Placed::new(literal(kind, value), 0);
        Some(match self.value(line) {
            Value::Text(_) => is(Test::Compare(Comparison::Equal, Placed::new(Literal::Text(self.written(line)), 0))),
            Value::Number(number) => is(Test::Compare(Comparison::Equal, placed(number))),
            Value::Range(Some(low), Some(high)) => {
                is(Test::Between { low: placed(low), high: placed(high), negated: false })
            }
            Value::Range(Some(low), None) => is(Test::Compare(Comparison::AtLeast, placed(low))),
            Value::Range(None, Some(high)) => is(Test::Compare(Comparison::AtMost, placed(high))),
            Value::Range(None, None) => Filter::default(),
            Value::Flag(true) => is(Test::Flag),
            Value::Flag(false) => is(Test::Flag).negated(),
            Value::Missing => is(Test::Missing),
        })
    }
}

/// A value as a filter has it.
fn literal(kind: FieldKind, value: i64) -> Literal {
    if kind == FieldKind::Date {
        return Literal::Text(Day(value as i32).to_string());
    }
    let decimals = kind.scale().unwrap_or(Scale::UNITS).decimals();
    Literal::Number(Decimal { mantissa: value.into(), decimals }.significant())
}

/// A number with as many decimals as it needs.
fn number_text(kind: FieldKind, value: i64) -> String {
    let scale = kind.scale().unwrap_or(Scale::UNITS);
    let whole = value % scale.factor() == 0;
    let text = if whole { money(value / scale.factor(), Scale::UNITS) } else { money(value, scale) };
    match kind {
        FieldKind::Share => format!("{text}%"),
        FieldKind::Date => Day(value as i32).to_string(),
        _ => text,
    }
}

/// A stretch of the calendar.
fn days_text(first: i64, last: i64, to: impl Fn(String, String) -> String) -> String {
    let (first, last) = (Day(first as i32), Day(last as i32));
    let period = Period::ALL.into_iter().find(|period| period.around(first) == (first, last));
    let (year, month, _) = first.ymd();
    match period {
        Some(Period::Month) => format!("{year:04}-{month:02}"),
        Some(Period::Quarter) => format!("{year:04} Q{}", month.div_ceil(3)),
        Some(Period::Year) => format!("{year:04}"),
        None => to(first.to_string(), last.to_string()),
    }
}
