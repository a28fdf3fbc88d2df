//! Where in a list somebody stands, and where a value, a rank or a percentile is.

use rayon::prelude::*;

use super::walk::Part;
use super::{Column, Listing, chosen_cells};
use crate::engine::analysis::Analysis;
use crate::engine::fields::Field;
use crate::model::customers::CustomerIndex;
use crate::model::field::{FieldKind, Vocabulary};

/// A value to be found in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A number in the smallest unit of the column's field.
    Number(i64),
    /// A text as it is sorted.
    Text(String),
}

impl Listing {
    /// The place of a customer, from 0; `None` where the list lacks them.
    #[must_use]
    pub fn place_of(&self, analysis: &Analysis, customer: CustomerIndex) -> Option<usize> {
        let mut before = 0;
        for part in &self.parts {
            if let Some(place) = part.place_of(analysis, customer) {
                return Some(before + place);
            }
            before += part.len();
        }
        None
    }

    /// The place of a percentile of what the list is sorted by first, counted from the smallest value: of so many hundredths of
    /// a percent of those who have a value, rounded up, it is the last one (the nearest rank). `None` where nobody has one.
    #[must_use]
    pub fn place_of_percentile(&self, analysis: &Analysis, hundredths: u32) -> Option<usize> {
        let valued = self.valued(analysis);
        let last = valued.checked_sub(1)?;
        let rank = (valued as u128 * u128::from(hundredths)).div_ceil(10_000) as usize;
        let rising = rank.saturating_sub(1).min(last);
        Some(if self.sort().first().descending { last - rising } else { rising })
    }

    /// How many of those listed have a value of what the list is sorted by first; they stand before the others.
    fn valued(&self, analysis: &Analysis) -> usize {
        let field = self.sort().first().column.field(analysis).filter(|_| self.groups().is_empty());
        match field.map(|field| analysis.fields().column(field, analysis.scoring())) {
            Some(values) if !values.is_whole() => {
                self.count(analysis, &|customer: &CustomerIndex| values.get(*customer as usize).is_some())
            }
            _ => self.len(),
        }
    }

    /// The first place whose value is the one sought, or the nearest behind it, in what the list is sorted by first; the last
    /// place where all come before it. `None` where the column has no such values: nobody is listed, the list is sorted by the
    /// three scores, or no segment or tier has that name.
    #[must_use]
    pub fn place_of_value(&self, analysis: &Analysis, sought: &Sought) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        let key = self.sort().first();
        let field = key.column.field(analysis)?;
        // Segments and tiers stand in their own order, which is that of their codes.
        let named = matches!(key.column, Column::Field(Field::Segment | Field::VipTier));
        let sought = match sought {
            Sought::Text(text) if named => {
                let vocabulary = analysis.fields().vocabulary(analysis.scheme());
                let codes = vocabulary.codes(field, &mut |known| known.to_lowercase() == text.to_lowercase());
                Sought::Number((*codes.first()?).into())
            }
            other => other.clone(),
        };
        if key.column.follows_cuts() {
            let Sought::Number(number) = sought else { return None };
            // Segments are numbered from 0 among cells, and from 1 as values.
            let number = number - i64::from(named);
            let comes_before = |group: &i64| if key.descending { -group > number } else { *group < number };
            let groups = self.groups().iter().zip(self.parts.iter().map(Part::len));
            let before: usize = groups.filter(|(group, _)| comes_before(group)).map(|(_, len)| len).sum();
            return Some(before.min(last));
        }
        let values = analysis.fields().column(field, analysis.scoring());
        let is_id = key.column == Column::CUSTOMER;
        let comes_before = |customer: &CustomerIndex| {
            let customer = *customer as usize;
            let Some(value) = values.get(customer) else { return false };
            let order = match &sought {
                Sought::Number(number) => value.cmp(number),
                Sought::Text(text) if is_id => analysis.customers().ids.get(customer).cmp(text.as_str()),
                Sought::Text(text) => analysis.fields().text(field, value, analysis.scheme()).cmp(text.as_str()),
            };
            if key.descending { order.is_gt() } else { order.is_lt() }
        };
        Some(self.count(analysis, &comes_before).min(last))
    }

    /// How many of those listed are something.
    fn count(&self, analysis: &Analysis, is_it: &(impl Fn(&CustomerIndex) -> bool + Sync)) -> usize {
        let everybody = (0..analysis.customers().len() as CustomerIndex).into_par_iter();
        let whole = self.whole(analysis);
        let is_listed = whole.tells(analysis);
        everybody.filter(|customer| is_listed(*customer) && is_it(customer)).count()
    }

    /// Everybody who is listed, by position.
    #[must_use]
    pub fn everybody(&self, analysis: &Analysis) -> Vec<CustomerIndex> {
        let all = (0..analysis.customers().len() as CustomerIndex).into_par_iter();
        let whole = self.whole(analysis);
        let is_listed = whole.tells(analysis);
        all.filter(|customer| is_listed(*customer)).collect()
    }

    /// The sum of a column over everybody who is listed, in the smallest unit of its field, and how many have a value;
    /// `None` for columns whose sum says nothing: texts, dates, ranks, scores, and numbers that are means or changes.
    #[must_use]
    pub fn sum(&self, analysis: &Analysis, column: Column) -> Option<(i128, u64)> {
        if !has_sum(analysis, column) {
            return None;
        }
        let values = analysis.fields().column(column.field(analysis)?, analysis.scoring());
        let everybody = (0..analysis.customers().len() as CustomerIndex).into_par_iter();
        let whole = self.whole(analysis);
        let is_listed = whole.tells(analysis);
        let listed = everybody.filter(|customer| is_listed(*customer));
        let values = listed.filter_map(|customer| values.get(customer as usize));
        let add = |(sum, count): (i128, u64), (value, one): (i128, u64)| (sum + value, count + one);
        Some(values.map(|value| (i128::from(value), 1)).reduce(|| (0, 0), add))
    }

    /// All parts as one, so that customers are looked at once.
    fn whole(&self, analysis: &Analysis) -> Part {
        let way = self.way(analysis);
        match chosen_cells(analysis, self.selection()) {
            Some(cells) => Part::of(analysis, way, cells),
            None => Part::listed(way, self.named(analysis)),
        }
    }
}

/// Whether the sum of a column over customers says something.
#[must_use]
pub fn has_sum(analysis: &Analysis, column: Column) -> bool {
    use crate::model::measures::{Measure, Monetary};
    let Some(definition) = column.definition(analysis) else { return false };
    match definition.field {
        Field::Measure(Measure::Recency(_) | Measure::Monetary(Monetary::MeanOrder | Monetary::LargestOrder))
        | Field::Rank
        | Field::Score(_)
        | Field::Breadth(_)
        | Field::ActiveMonths => false,
        Field::Measure(_) | Field::Returned | Field::Clv | Field::Repeat | Field::Vip(_) | Field::Share => true,
        Field::Attribute(..) => matches!(definition.kind, FieldKind::Money(_)),
        _ => false,
    }
}
