//! Customers from some of their transactions, as they would have been loaded had only those been there.

use rayon::prelude::*;

use super::{Transaction, Transactions};
use crate::model::customers::{Columns, Customers, Figures, TextArena};
use crate::model::day::Day;
use crate::model::packed::Packed;

/// Room that counting one customer after the other needs.
#[derive(Default)]
struct Room {
    orders: Vec<(u32, i64, bool)>,
    gaps: Vec<u32>,
}

impl Transactions {
    /// The customers of the rows that are wanted, and these rows as transactions of theirs. Customers without any are gone.
    #[must_use]
    pub fn regroup(&self, from: &Customers, is_wanted: impl Fn(usize) -> bool + Sync) -> (Customers, Self) {
        let figures: Vec<Option<Figures>> = (0..self.customers())
            .into_par_iter()
            .map_init(Room::default, |room, customer| {
                let rows = self.of(customer).filter(|row| is_wanted(*row)).map(|row| self.get(row));
                figures(rows, room)
            })
            .collect();
        let mut columns = Columns { scale: from.scale, ..Columns::default() };
        let (mut rows, mut ends) = (Vec::new(), Vec::new());
        for (customer, figures) in figures.into_iter().enumerate() {
            let Some(figures) = figures else { continue };
            columns.push(from.ids.get(customer), figures);
            rows.extend(self.of(customer).filter(|row| is_wanted(*row)).map(|row| row as u32));
            ends.push(rows.len() as u32);
        }
        (columns.pack(), self.select(&rows, ends))
    }

    /// A customer alone as they would have been loaded had their rows ended with a day; `None` where they had none yet.
    /// Panics beyond the customers, like a slice.
    #[must_use]
    pub fn until(&self, from: &Customers, customer: usize, last: Day) -> Option<Customers> {
        let rows = self.of(customer).map(|row| self.get(row)).take_while(|row| row.day <= last);
        let figures = figures(rows, &mut Room::default())?;
        let mut columns = Columns { scale: from.scale, ..Columns::default() };
        columns.push(from.ids.get(customer), figures);
        Some(columns.pack())
    }

    /// Some rows, rising, which end for each customer where `ends` says.
    fn select(&self, rows: &[u32], ends: Vec<u32>) -> Self {
        let pick = |column: &Packed| Packed::from_fn(rows.len(), |row| column.get(rows[row] as usize));
        // Orders are numbered anew, in the order that they come in.
        let (mut order_ids, mut orders) = (TextArena::default(), Vec::with_capacity(rows.len()));
        let mut numbers: Vec<(u32, u32)> = Vec::new();
        let mut start = 0;
        for end in &ends {
            numbers.clear();
            for row in &rows[start as usize..*end as usize] {
                let order = self.orders.get(*row as usize) as u32;
                let known = numbers.iter().rev().find(|(known, _)| *known == order).map(|(_, number)| *number);
                let number = known.unwrap_or_else(|| {
                    let number = order_ids.push(self.order_id(order)) as u32;
                    numbers.push((order, number));
                    number
                });
                orders.push(i64::from(number));
            }
            start = *end;
        }
        let silent = |row: &u32| self.silent_returns.binary_search(row).is_ok();
        let silent_returns = (0..).zip(rows).filter(|(_, row)| silent(row)).map(|(place, _)| place).collect();
        Self {
            ends,
            days: pick(&self.days),
            orders: Packed::new(&orders),
            amounts: pick(&self.amounts),
            silent_returns,
            order_ids,
            attributes: self.attributes.iter().map(|attribute| attribute.select(rows)).collect(),
        }
    }
}

/// The figures of one customer's rows, which come by day; `None` without any.
fn figures(rows: impl Iterator<Item = Transaction>, room: &mut Room) -> Option<Figures> {
    let Room { orders, gaps } = room;
    orders.clear();
    gaps.clear();
    let mut figures = Figures::default();
    // First and last day.
    let mut bought: Option<(Day, Day)> = None;
    let mut returned = None;
    for Transaction { day, order, amount, is_return } in rows {
        figures.rows += 1;
        figures.net += amount;
        figures.gross += amount.max(0);
        orders.push((order, amount, !is_return));
        let span = if is_return { &mut returned } else { &mut bought };
        if let (false, Some((_, last))) = (is_return, *span)
            && day > last
        {
            gaps.push((day - last) as u32);
        }
        *span = Some(span.map_or((day, day), |(first, _)| (first, day)));
    }
    (figures.first_order, figures.last_order) = bought.or(returned)?;
    figures.days = bought.map_or(0, |_| gaps.len() as u32 + 1);
    figures.gap = median_in_halves(gaps);
    orders.sort_unstable_by_key(|(order, ..)| *order);
    let mut largest = None;
    for order in orders.chunk_by(|one, other| one.0 == other.0) {
        let sum: i64 = order.iter().map(|(_, amount, _)| amount).sum();
        largest = Some(largest.map_or(sum, |largest: i64| largest.max(sum)));
        figures.orders += u32::from(order.iter().any(|(.., is_purchase)| *is_purchase));
    }
    figures.largest_order = largest.unwrap_or_default();
    Some(figures)
}

/// Twice the median, so that the mean of the middle two stays whole; 0 of nothing.
pub(crate) fn median_in_halves(values: &mut [u32]) -> u32 {
    values.sort_unstable();
    match values.len() {
        0 => 0,
        count => values[(count - 1) / 2] + values[count / 2],
    }
}
