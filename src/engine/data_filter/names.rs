//! What a row can be asked for, by name.

use std::borrow::Cow;

use crate::engine::fields::Fields;
use crate::model::day::Day;
use crate::model::field::{FieldId, FieldKind, Vocabulary, key};
use crate::model::filter::FilterProblem;
use crate::model::money::Scale;
use crate::model::transactions::{Attribute, Transactions};
use crate::show::text::clean;

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowField {
    /// Its day.
    Date,
    /// What it counts, minor units.
    Amount,
    /// The number of its order, as it is written.
    Order,
    /// A column of the files, by its number among the attributes.
    Attribute(usize),
    /// The year of its day.
    Year,
    /// The month of its day, with the year.
    Month,
    /// The day of the week.
    Weekday,
}

/// The days of the week in the order of ISO 8601; the first has code 1.
pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The names of what every row says, and of what its day tells.
const OF_ROWS: [(&str, RowField); 3] =
    [("date", RowField::Date), ("amount", RowField::Amount), ("order", RowField::Order)];
const OF_DAYS: [(&str, RowField); 3] =
    [("year", RowField::Year), ("month", RowField::Month), ("weekday", RowField::Weekday)];

/// Whether a name is one of those that all rows have, whatever their files.
pub(in crate::engine) fn is_of_rows(name: &str) -> bool {
    let name = key(name);
    OF_ROWS.iter().chain(&OF_DAYS).any(|(known, _)| *known == name)
}

/// The number of a month, from January of the year 0.
pub(super) fn month_of(day: Day) -> i64 {
    let (year, month, _) = day.ymd();
    i64::from(year) * 12 + i64::from(month) - 1
}

/// The code of the day of the week, 1 for Monday to 7 for Sunday. 1970-01-01 was a Thursday.
pub(super) const fn weekday_of(day: Day) -> i64 {
    (day.0 as i64 + 3).rem_euclid(7) + 1
}

/// The fields of rows, by their names.
#[derive(Debug)]
pub struct RowNames<'a> {
    rows: Option<&'a Transactions>,
    scale: Scale,
    fields: Vec<(String, RowField)>,
}

impl<'a> RowNames<'a> {
    /// The names of rows whose amounts have a scale; of rows that are not at hand, the names that all have.
    #[must_use]
    pub fn new(rows: Option<&'a Transactions>, scale: Scale) -> Self {
        let attributes = rows.map_or(&[][..], Transactions::attributes);
        // Without an order column each row is an order of its own, and none has a number.
        let has_orders = rows.is_none_or(|rows| rows.order_numbers().any(|(_, text)| !text.is_empty()));
        let named = |(name, field): &(&str, RowField)| ((*name).to_owned(), *field);
        let mut fields: Vec<(String, RowField)> =
            OF_ROWS.iter().filter(|(_, field)| has_orders || *field != RowField::Order).map(named).collect();
        let columns = attributes.iter().enumerate();
        fields.extend(columns.map(|(number, attribute)| (attribute.name.clone(), RowField::Attribute(number))));
        let is_free = |(name, _): &&(&str, RowField)| attributes.iter().all(|attribute| attribute.name != *name);
        fields.extend(OF_DAYS.iter().filter(is_free).map(named));
        Self { rows, scale, fields }
    }

    /// What a field is. Panics for one of other rows, like a slice.
    pub(super) fn of(&self, field: FieldId) -> RowField {
        self.fields[field.0 as usize].1
    }

    fn attribute(&self, number: usize) -> Option<&Attribute> {
        self.rows.and_then(|rows| rows.attributes().get(number))
    }

    /// The texts of a field with their codes, rising.
    fn all_texts(&self, field: FieldId) -> Box<dyn Iterator<Item = (u32, Cow<'_, str>)> + '_> {
        match self.of(field) {
            RowField::Date | RowField::Amount | RowField::Year => Box::new(std::iter::empty()),
            RowField::Weekday => Box::new((1..).zip(WEEKDAYS.map(Cow::Borrowed))),
            RowField::Month => {
                let Some((first, last)) = self.rows.and_then(Transactions::period) else {
                    return Box::new(std::iter::empty());
                };
                let text = |month: i64| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1).into();
                Box::new((1..).zip((month_of(first)..=month_of(last)).map(text)))
            }
            RowField::Order => {
                let numbers = self.rows.into_iter().flat_map(Transactions::order_numbers);
                let written = numbers.filter(|(_, text)| !text.is_empty());
                Box::new(written.map(|(order, text)| (order + 1, text.into())))
            }
            RowField::Attribute(number) => {
                let Some(attribute) = self.attribute(number) else { return Box::new(std::iter::empty()) };
                Box::new((1..=attribute.values() as u32).map(|code| (code, attribute.text(code).into())))
            }
        }
    }
}

impl Vocabulary for RowNames<'_> {
    fn field(&self, name: &str) -> Option<FieldId> {
        let of = |fits: &dyn Fn(&str) -> bool| self.fields.iter().position(|(known, _)| fits(known));
        let wanted = key(name);
        let place = of(&|known| known == name).or_else(|| of(&|known| key(known) == wanted))?;
        Some(FieldId(place as u32))
    }

    fn kind(&self, field: FieldId) -> FieldKind {
        match self.of(field) {
            RowField::Date => FieldKind::Date,
            RowField::Amount => FieldKind::Money(self.scale),
            RowField::Year => FieldKind::Count,
            RowField::Order | RowField::Month | RowField::Weekday => FieldKind::Text,
            RowField::Attribute(number) => {
                self.attribute(number).and_then(Attribute::scale).map_or(FieldKind::Text, FieldKind::Number)
            }
        }
    }

    fn names(&self) -> Vec<String> {
        self.fields.iter().map(|(name, _)| name.clone()).collect()
    }

    fn codes(&self, field: FieldId, wanted: &mut dyn FnMut(&str) -> bool) -> Vec<u32> {
        self.all_texts(field).filter(|(_, text)| wanted(text)).map(|(code, _)| code).collect()
    }

    fn texts(&self, field: FieldId, prefix: &str, most: usize) -> Vec<String> {
        let prefix = prefix.to_lowercase();
        let texts = self.all_texts(field).map(|(_, text)| text);
        texts.filter(|text| text.to_lowercase().starts_with(&prefix)).take(most).map(Cow::into_owned).collect()
    }

    fn rules(&self) -> Vec<String> {
        Vec::new()
    }

    fn rule(&self, _name: &str) -> Option<FieldId> {
        None
    }

    fn misplaced(&self, name: &str) -> Option<FilterProblem> {
        let is_of_customers = name == "vip" || Fields::are_called(name, self.rows);
        is_of_customers.then(|| FilterProblem::OfCustomers(clean(name).into_owned()))
    }
}
