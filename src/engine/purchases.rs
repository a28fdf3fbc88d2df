//! What a customer bought: the orders one by one, the months, and what stands out in the other columns.

use std::collections::HashMap;

use crate::model::calendar::month;
use crate::model::day::Day;
use crate::model::transactions::Transactions;

/// An order of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderOf {
    /// Its first day.
    pub day: Day,
    /// Its number as the data has it; empty for a row that is an order of its own.
    pub id: String,
    /// Its rows.
    pub rows: u32,
    /// The net sum, minor units.
    pub amount: i64,
    /// What was returned of it, minor units; not below zero.
    pub returned: i64,
    /// Days since the order day before; `None` for the first, and for one that only takes back.
    pub gap: Option<u32>,
}

/// A value of a column with the rows that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Often {
    /// The value as the data has it.
    pub value: String,
    /// Rows.
    pub rows: u32,
}

/// The orders of a customer by their first day; those of a day as they were met.
#[must_use]
pub fn orders(transactions: &Transactions, customer: usize) -> Vec<OrderOf> {
    let mut orders: Vec<(bool, OrderOf)> = Vec::new();
    // Of each order by its number; a collective account has tens of thousands of them.
    let mut places: HashMap<u32, usize> = HashMap::new();
    for row in transactions.of(customer) {
        let row = transactions.get(row);
        let place = *places.entry(row.order).or_insert_with(|| {
            let id = transactions.order_id(row.order).to_owned();
            orders.push((false, OrderOf { day: row.day, id, rows: 0, amount: 0, returned: 0, gap: None }));
            orders.len() - 1
        });
        let (bought, order) = &mut orders[place];
        *bought |= !row.is_return;
        order.rows += 1;
        order.amount += row.amount;
        order.returned -= row.amount.min(0);
    }
    let mut last: Option<Day> = None;
    for (bought, order) in &mut orders {
        if *bought {
            order.gap = last.map(|last| (order.day - last).unsigned_abs());
            last = Some(order.day);
        }
    }
    orders.into_iter().map(|(_, order)| order).collect()
}

/// The net sum of each of the last months up to a day's own, the earliest first, minor units.
#[must_use]
pub fn months(transactions: &Transactions, customer: usize, until: Day, most: usize) -> Vec<i64> {
    let (last, mut sums) = (month(until), vec![0; most]);
    for row in transactions.of(customer) {
        let row = transactions.get(row);
        let back = usize::try_from(last - month(row.day)).ok();
        if let Some(place) = back.and_then(|back| most.checked_sub(back + 1)) {
            sums[place] += row.amount;
        }
    }
    sums
}

/// The most frequent values of a column on a customer's rows, at most so many; the one that comes first in the order of
/// values before others as frequent.
#[must_use]
pub fn often(transactions: &Transactions, customer: usize, attribute: usize, most: usize) -> Vec<Often> {
    let attribute = &transactions.attributes()[attribute];
    let mut codes: Vec<u32> =
        transactions.of(customer).map(|row| attribute.code(row)).filter(|code| *code > 0).collect();
    codes.sort_unstable();
    let mut values: Vec<(u32, u32)> =
        codes.chunk_by(|one, other| one == other).map(|run| (run.len() as u32, run[0])).collect();
    values.sort_by_key(|(rows, code)| (std::cmp::Reverse(*rows), *code));
    let often = |(rows, code): (u32, u32)| Often { value: attribute.text(code).to_owned(), rows };
    values.into_iter().take(most).map(often).collect()
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::sync::Arc;

    use super::*;
    use crate::data::load::{Request, load};
    use crate::data::place::Place;
    use crate::job::{CancelToken, Progress};

    const SALES: &[u8] = b"customer,order,date,amount,category\n\
        ann,1,2024-01-30,10.00,Lamps\nann,1,2024-01-30,5.00,Bath\nann,2,2024-02-09,7.00,Bath\nann,2,2024-02-20,-7.00,\n\
        ann,C1,2024-03-01,-5.00,Bath\nann,,2024-04-09,1.00,Lamps\nbob,3,2024-04-10,1.00,Decor\n";

    fn transactions() -> Result<Arc<Transactions>, Box<dyn Error>> {
        let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
        let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
        let loaded = load(&request, &Progress::default(), &CancelToken::default())?;
        Ok(loaded.transactions.ok_or("no transactions")?)
    }

    #[test]
    fn orders_come_by_day_with_their_returns_and_the_days_between() -> Result<(), Box<dyn Error>> {
        let transactions = transactions()?;
        let told = |order: OrderOf| {
            let OrderOf { day, id, rows, amount, returned, gap } = order;
            format!("{day} {id} {rows} {amount} {returned} {gap:?}")
        };
        let ann: Vec<String> = orders(&transactions, 0).into_iter().map(told).collect();
        let expected = [
            "2024-01-30 1 2 1500 0 None",
            "2024-02-09 2 2 0 700 Some(10)",
            "2024-03-01 C1 1 -500 500 None",
            "2024-04-09  1 100 0 Some(60)",
        ];
        assert_eq!(ann, expected);
        Ok(())
    }

    #[test]
    fn months_end_with_that_of_the_day_and_values_begin_with_the_most_frequent() -> Result<(), Box<dyn Error>> {
        let transactions = transactions()?;
        assert_eq!(months(&transactions, 0, "2024-04-10".parse()?, 5), [0, 1_500, 0, -500, 100]);
        assert_eq!(months(&transactions, 0, "2024-02-01".parse()?, 1), [0]);
        let values: Vec<(String, u32)> =
            often(&transactions, 0, 0, 9).into_iter().map(|often| (often.value, often.rows)).collect();
        assert_eq!(values, [("Bath".to_owned(), 3), ("Lamps".to_owned(), 2)]);
        Ok(())
    }
}
