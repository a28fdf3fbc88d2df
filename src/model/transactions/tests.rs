use std::error::Error;
use std::fs;

use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::job::{CancelToken, Progress};
use crate::model::customers::Customers;
use crate::model::money::Scale;

type Outcome = Result<(), Box<dyn Error>>;

const SALES: &str = "customer,order,date,amount,category,channel,age\n\
    ann,1,2024-01-01,10.00,Lamps,app,31\n\
    ann,1,2024-01-01,5.00,Bath,app,31\n\
    bob,1,2024-01-03,7.00,Lamps,,9\n\
    ann,2,2024-02-01,-5.00,Bath,web,31\n\
    ann,3,2024-01-11,8.00,Lamps,web,32\n\
    bob,,2024-03-03,1.50,Decor,web,\n\
    cid,4,2024-03-04,-2.00,Lamps,app,100\n";

fn loaded(text: &str) -> Result<Loaded, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("sales.csv");
    fs::write(&path, text)?;
    let request = Request { places: vec![Place::file(path)], attributes: Some(Vec::new()), ..Request::default() };
    Ok(load(&request, &Progress::default(), &CancelToken::default())?)
}

fn attribute<'a>(transactions: &'a Transactions, name: &str) -> Result<&'a Attribute, String> {
    let found = transactions.attributes().iter().find(|attribute| attribute.name == name);
    found.ok_or_else(|| format!("no attribute {name}"))
}

/// Id, days of first and last order, orders, days, rows, net, gross, largest order, median gap in half days.
type Person = (String, [i64; 9]);

fn people(customers: &Customers) -> Vec<Person> {
    let figures = |place: usize| {
        let columns = [
            &customers.first_order,
            &customers.last_order,
            &customers.orders,
            &customers.days,
            &customers.rows,
            &customers.net,
            &customers.gross,
            &customers.largest_order,
            &customers.gap,
        ];
        (customers.ids.get(place).to_owned(), columns.map(|column| column.get(place)))
    };
    (0..customers.len()).map(figures).collect()
}

#[test]
fn a_customers_rows_come_by_day_with_what_they_say() -> Outcome {
    let loaded = loaded(SALES)?;
    let transactions = loaded.transactions.ok_or("no transactions")?;
    assert_eq!((transactions.customers(), transactions.len()), (3, 7));
    let (category, channel, age) =
        (attribute(&transactions, "category")?, attribute(&transactions, "channel")?, attribute(&transactions, "age")?);
    let told = |row: usize| {
        let Transaction { day, order, amount, is_return } = transactions.get(row);
        let order = transactions.order_id(order);
        format!(
            "{day} {order} {amount} {is_return} {} {}",
            category.text(category.code(row)),
            channel.text(channel.code(row))
        )
    };
    let ann: Vec<String> = transactions.of(0).map(told).collect();
    assert_eq!(
        ann,
        [
            "2024-01-01 1 1000 false Lamps app",
            "2024-01-01 1 500 false Bath app",
            "2024-01-11 3 800 false Lamps web",
            "2024-02-01 2 -500 true Bath web"
        ]
    );
    let bob: Vec<String> = transactions.of(1).map(told).collect();
    assert_eq!(bob, ["2024-01-03 1 700 false Lamps ", "2024-03-03  150 false Decor web"]);
    // Numbers are in the order of numbers: 9 before 31 before 100.
    let ages: Vec<&str> = (1..=4).map(|code| age.text(code)).collect();
    assert_eq!(ages, ["9", "31", "32", "100"]);
    assert_eq!((age.scale(), age.number(4), category.scale()), (Some(Scale::UNITS), Some(100), None));
    Ok(())
}

/// Regrouping by what rows say is loading a file of only these rows.
#[test]
fn regrouped_customers_are_those_of_a_file_with_these_rows_alone() -> Outcome {
    let all = loaded(SALES)?;
    let transactions = all.transactions.ok_or("no transactions")?;
    for (name, value) in [("category", "Lamps"), ("category", "Bath"), ("channel", "web"), ("age", "31")] {
        let wanted = attribute(&transactions, name)?;
        let code = wanted.find(value).ok_or("no such value")?;
        let (customers, regrouped) = transactions.regroup(&all.customers, |row| wanted.code(row) == code);
        let lines = SALES
            .lines()
            .enumerate()
            .filter(|(number, line)| *number == 0 || line.split(',').any(|cell| cell == value));
        let some = loaded(&lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n"))?;
        assert_eq!(people(&customers), people(&some.customers), "{name} = {value}");
        let of_file = some.transactions.ok_or("no transactions")?;
        let told = |transactions: &Transactions, row: usize| {
            let Transaction { day, order, amount, is_return } = transactions.get(row);
            (day, transactions.order_id(order).to_owned(), amount, is_return)
        };
        let rows = |transactions: &Transactions| {
            (0..transactions.len()).map(|row| told(transactions, row)).collect::<Vec<_>>()
        };
        assert_eq!(rows(&regrouped), rows(&of_file), "{name} = {value}");
    }
    Ok(())
}
