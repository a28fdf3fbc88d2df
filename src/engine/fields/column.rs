//! The values of fields, column by column.

use std::sync::Arc;

use rayon::prelude::*;

use super::Field;
use crate::engine::filter::ColumnRef;
use crate::engine::lines::{Line, Lines, Scratch, fill};
use crate::engine::radix::order_by_key;
use crate::engine::rhythm;
use crate::engine::vip::Compiled;
use crate::model::customers::Customers;
use crate::model::measured::Measured;
use crate::model::packed::Packed;
use crate::model::transactions::{Transactions, ValueRule};
use crate::model::value::ClvTerms;
use crate::show::numbers::rounded;

/// The values of a field.
#[derive(Clone, Debug)]
pub struct FieldColumn {
    values: Arc<Packed>,
    /// What the stored number is taken from to have the value; `None` where it is the value.
    from: Option<i64>,
    /// The stored number that stands for no value.
    missing: Option<i64>,
}

impl FieldColumn {
    const fn stored(values: Arc<Packed>) -> Self {
        Self { values, from: None, missing: None }
    }

    /// A customer's value in the field's smallest unit; `None` where there is none. Panics beyond the customers, like a slice.
    #[inline]
    #[must_use]
    pub fn get(&self, customer: usize) -> Option<i64> {
        let stored = self.values.get(customer);
        (Some(stored) != self.missing).then(|| self.from.map_or(stored, |from| from - stored))
    }

    /// Whether every customer has a value.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.missing.is_none()
    }

    /// The column as filters read it.
    #[must_use]
    pub fn by_ref(&self) -> ColumnRef<'_> {
        ColumnRef { values: &self.values, from: self.from, missing: self.missing }
    }
}

/// A column from what each customer has.
pub(super) fn by_customer(customers: usize, value: impl Fn(usize) -> i64 + Sync + Send) -> FieldColumn {
    // Some take a division: kept aside, each is computed once.
    let values: Vec<i64> = (0..customers).into_par_iter().map(value).collect();
    FieldColumn::stored(Arc::new(Packed::par_from_fn(customers, |customer| values[customer])))
}

/// A column of which some customers have no value.
fn of_some(values: &[Option<i64>]) -> FieldColumn {
    // One below the smallest stands for none: it costs the fewest bytes.
    let least = values.par_iter().flatten().min().copied().unwrap_or_default();
    let missing = least.saturating_sub(1);
    let column = Packed::par_from_fn(values.len(), |customer| values[customer].unwrap_or(missing));
    let has_missing = values.par_iter().any(Option::is_none);
    FieldColumn { values: Arc::new(column), from: None, missing: has_missing.then_some(missing) }
}

/// The column of a field that no cut changes. Scores and segments come from elsewhere, and are none here.
pub(super) fn make(
    field: Field,
    measured: &Measured,
    transactions: Option<&Transactions>,
    rule: Option<&Compiled>,
    clv: ClvTerms,
) -> FieldColumn {
    let customers = measured.customers();
    let count = customers.len();
    let as_of = i64::from(measured.as_of().0);
    match field {
        Field::Customer => by_customer(count, |customer| customer as i64 + 1),
        Field::Measure(measure) => {
            let (values, from) = measured.with(measure).column(measure.axis());
            FieldColumn { values, from, missing: None }
        }
        Field::FirstOrder => FieldColumn::stored(Arc::clone(&customers.first_order)),
        Field::LastOrder => FieldColumn::stored(Arc::clone(&customers.last_order)),
        Field::Tenure => FieldColumn { values: Arc::clone(&customers.first_order), from: Some(as_of), missing: None },
        // Kept in half days; a hundredth of a day is the unit here.
        Field::Gap => {
            let values = Packed::par_from_fn(count, |customer| customers.gap.get(customer) * 50);
            FieldColumn { values: Arc::new(values), from: None, missing: Some(0) }
        }
        Field::Repeat => by_customer(count, |customer| i64::from(customers.orders.get(customer) > 1)),
        Field::Returned => by_customer(count, |customer| customers.gross.get(customer) - customers.net.get(customer)),
        Field::Clv => by_customer(count, |customer| {
            let orders = customers.orders.get(customer).unsigned_abs();
            let tenure = as_of - customers.first_order.get(customer);
            clv.value(customers.net.get(customer), orders, tenure)
        }),
        Field::Share => share(customers),
        Field::CumulativeShare => cumulative_shares(customers),
        Field::Rank => ranks(customers),
        Field::Score(_) | Field::Segment => of_some(&vec![None; count]),
        _ => match transactions {
            Some(transactions) => of_transactions(field, measured, transactions, rule),
            None => of_some(&vec![None; count]),
        },
    }
}

/// The number, from 1, of the first rule that each of so many customers meets; missing where none is met.
pub(super) fn first_met(customers: usize, rules: &[Arc<FieldColumn>]) -> FieldColumn {
    let first = |customer: usize| {
        let met = rules.iter().position(|rule| rule.get(customer) == Some(1));
        met.map(|number| number as i64 + 1)
    };
    of_some(&(0..customers).into_par_iter().map(first).collect::<Vec<_>>())
}

/// Everybody's net sum in minor units; `None` where shares of it say nothing.
fn whole(customers: &Customers) -> Option<i128> {
    let all = (0..customers.len()).into_par_iter().map(|customer| i128::from(customers.net.get(customer))).sum();
    (all > 0).then_some(all)
}

fn share(customers: &Customers) -> FieldColumn {
    let Some(all) = whole(customers) else { return of_some(&vec![None; customers.len()]) };
    by_customer(customers.len(), |customer| rounded(i128::from(customers.net.get(customer)) * 10_000, all) as i64)
}

/// The shares of those of each rank and above; those of equal sums stand at the same rank, and have the same.
fn cumulative_shares(customers: &Customers) -> FieldColumn {
    let Some(all) = whole(customers) else { return of_some(&vec![None; customers.len()]) };
    let mut order = order_by_key(customers.len(), |customer| customers.net.get(customer));
    order.reverse();
    let mut shares = vec![0; customers.len()];
    let mut sum = 0;
    for equals in order.chunk_by(|one, other| customers.net.get(*one as usize) == customers.net.get(*other as usize)) {
        sum += equals.iter().map(|customer| i128::from(customers.net.get(*customer as usize))).sum::<i128>();
        let share = rounded(sum * 10_000, all) as i64;
        for customer in equals {
            shares[*customer as usize] = share;
        }
    }
    FieldColumn::stored(Arc::new(Packed::new(&shares)))
}

fn ranks(customers: &Customers) -> FieldColumn {
    let order = order_by_key(customers.len(), |customer| customers.net.get(customer));
    let mut ranks = vec![0; customers.len()];
    let mut last = None;
    for (place, customer) in (1..).zip(order.iter().rev()) {
        let net = customers.net.get(*customer as usize);
        let rank = last.filter(|(known, _)| *known == net).map_or(place, |(_, rank)| rank);
        ranks[*customer as usize] = rank;
        last = Some((net, rank));
    }
    FieldColumn::stored(Arc::new(Packed::new(&ranks)))
}

/// Room to look at one customer after the other.
#[derive(Default)]
struct Room {
    lines: Vec<Line>,
    scratch: Scratch,
}

fn of_transactions(
    field: Field,
    measured: &Measured,
    transactions: &Transactions,
    rule: Option<&Compiled>,
) -> FieldColumn {
    let as_of = measured.as_of();
    let value = |room: &mut Room, customer: usize| -> Option<i64> {
        let rows = transactions.of(customer);
        fill(transactions, customer, &mut room.lines);
        let code = |attribute: usize, line: usize| transactions.attributes()[attribute].code(rows.start + line);
        let lines = Lines { lines: &room.lines, code: &code };
        match field {
            Field::ActiveMonths => Some(rhythm::active_months(lines).into()),
            Field::Growth => rhythm::growth(lines, as_of, rhythm::GROWTH_DAYS),
            Field::YearOnYear => rhythm::year_on_year(lines, as_of),
            Field::OrderTrend => rhythm::order_trend(lines, as_of, &mut room.scratch),
            Field::LongestGap => rhythm::longest_gap(lines).map(i64::from),
            Field::Breadth(attribute) => Some(rhythm::breadth(lines, attribute.into(), &mut room.scratch).into()),
            Field::Vip(_) => rule.map(|rule| rule.meets(lines, &mut room.scratch).into()),
            Field::Attribute(number, standing) => {
                let code = match standing {
                    ValueRule::Most => rhythm::most_frequent(lines, number.into(), &mut room.scratch),
                    ValueRule::Last => rhythm::last_value(lines, number.into()),
                };
                let attribute = transactions.attributes().get(usize::from(number))?;
                if code == 0 { None } else { attribute.number(code).or(Some(code.into())) }
            }
            _ => None,
        }
    };
    let customers = (0..transactions.customers()).into_par_iter();
    of_some(&customers.map_init(Room::default, value).collect::<Vec<_>>())
}
