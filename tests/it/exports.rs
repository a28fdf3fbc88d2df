//! Exports as people have them: each file is made here, and opened through the command line it must give the customers,
//! orders and cents that were put in, whatever it is written in.

mod dates;
mod encodings;
mod identities;
mod layouts;
mod money;
pub(super) mod packed;
mod policies;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::Value;

use super::support::{Failure, TestResult, customers, list, micros, number, report, string};

/// A row of an export.
#[derive(Clone, Debug)]
pub(super) struct Sale {
    pub(super) customer: String,
    pub(super) order: String,
    pub(super) date: NaiveDate,
    pub(super) cents: i64,
}

/// What the customer list says of a customer: orders, millionths, first and last order.
pub(super) type Figures = BTreeMap<String, (u64, i128, String, String)>;

/// How many rows the tables below have.
pub(super) const ROWS: usize = 60;

/// Rows of these customers in turn, over two years: every other order has two rows, and amounts have odd cents.
pub(super) fn sales(names: &[&str]) -> Vec<Sale> {
    let day = |row: usize| NaiveDate::from_ymd_opt(2023, 1, 5).unwrap_or_default() + chrono::Days::new(row as u64 * 11);
    let sale = |row: usize| {
        let order = row - row % 4 / 3;
        Sale {
            customer: names[order % names.len()].to_owned(),
            order: format!("SO-{order:04}"),
            date: day(order),
            cents: (row * row * 137 + 1_009) as i64,
        }
    };
    (0..ROWS).map(sale).collect()
}

/// A plain recount of rows: returns are no orders, and tell when somebody was there only where nothing else does.
pub(super) fn recount(sales: &[Sale]) -> Figures {
    let mut figures = Figures::new();
    let names: BTreeSet<&String> = sales.iter().map(|sale| &sale.customer).collect();
    for name in names {
        let own: Vec<&Sale> = sales.iter().filter(|sale| sale.customer == *name).collect();
        let bought: Vec<&&Sale> = own.iter().filter(|sale| sale.cents >= 0).collect();
        let mut orders: Vec<&str> = bought.iter().map(|sale| &*sale.order).collect();
        orders.sort_unstable();
        orders.dedup();
        let counts = |sale: &&&Sale| bought.is_empty() || sale.cents >= 0;
        let mut days: Vec<NaiveDate> = own.iter().filter(counts).map(|sale| sale.date).collect();
        days.sort_unstable();
        let (first, last) = (days.first().map(ToString::to_string), days.last().map(ToString::to_string));
        let money = own.iter().map(|sale| i128::from(sale.cents) * 10_000).sum();
        let line = (orders.len() as u64, money, first.unwrap_or_default(), last.unwrap_or_default());
        figures.insert(name.clone(), line);
    }
    figures
}

/// What the customer list says of files with options.
pub(super) fn listed(args: &[&str]) -> Result<Figures, Failure> {
    let list = customers([args, &["--bins", "2"]].concat())?;
    let line = |line: &BTreeMap<String, String>| {
        let cell = |name: &str| line.get(name).cloned().ok_or_else(|| Failure::from(format!("no column {name}")));
        let figures =
            (cell("orders")?.parse()?, micros(&cell("monetary")?)?, cell("first_order")?, cell("last_order")?);
        Ok((cell("customer")?, figures))
    };
    list.iter().map(line).collect()
}

/// A ledger as numbers: rows read, rows kept, and rows rejected by reason. Fails unless they add up.
pub(super) fn ledger(report: &Value) -> Result<(u64, u64, BTreeMap<String, u64>), Failure> {
    let ledger = &report["ledger"];
    let (read, kept) = (number(&ledger["read"])?, number(&ledger["kept"])?);
    let reasons = list(&ledger["rejected"])?.iter();
    let reasons = reasons.map(|reason| Ok((string(&reason["reason"])?.to_owned(), number(&reason["rows"])?)));
    let reasons: BTreeMap<String, u64> = reasons.collect::<Result<_, Failure>>()?;
    if read != kept + reasons.values().sum::<u64>() {
        return Err(format!("{read} rows read, {kept} kept, rejected {reasons:?}").into());
    }
    Ok((read, kept, reasons))
}

/// Fails unless files with options are these rows, all of them kept, but for rows that are rejected for a reason.
pub(super) fn opens_but(args: &[&str], sales: &[Sale], rejected: &[(&str, u64)]) -> TestResult {
    let told = report([args, &["--bins", "2"]].concat())?;
    let (_, kept, reasons) = ledger(&told)?;
    let expected: BTreeMap<String, u64> =
        rejected.iter().filter(|(_, rows)| *rows > 0).map(|(reason, rows)| ((*reason).to_owned(), *rows)).collect();
    if kept != sales.len() as u64 || reasons != expected {
        return Err(format!("{kept} kept of {}, rejected {reasons:?}\n{told}", sales.len()).into());
    }
    let (found, expected) = (listed(args)?, recount(sales));
    let total: i128 = expected.values().map(|(_, money, _, _)| money).sum();
    if found != expected || micros(string(&told["totals"]["revenue"])?)? != total {
        return Err(format!("{found:#?}\nin place of\n{expected:#?}").into());
    }
    Ok(())
}

/// Fails unless files with options are these rows, all of them kept.
pub(super) fn opens(args: &[&str], sales: &[Sale]) -> TestResult {
    opens_but(args, sales, &[])
}

/// The same for a case of a table, which an error names.
pub(super) fn opens_as(case: &str, args: &[&str], sales: &[Sale]) -> TestResult {
    opens(args, sales).map_err(|problem| format!("{case}: {problem}").into())
}

/// Collects what is wrong with each of many cases, so that one failure does not hide the others.
#[derive(Default)]
pub(super) struct Cases(String);

impl Cases {
    pub(super) fn add(&mut self, case: &str, result: Result<(), Box<dyn Error>>) {
        if let Err(problem) = result {
            let _ = writeln!(self.0, "{case}: {problem}");
        }
    }

    pub(super) fn end(self) -> TestResult {
        if self.0.is_empty() { Ok(()) } else { Err(self.0.into()) }
    }
}

/// Cents as money with two decimals.
pub(super) fn plain(cents: i64) -> String {
    decimal(cents, 2, '.')
}

/// Units of so many decimals, written with a mark.
pub(super) fn decimal(units: i64, decimals: u32, mark: char) -> String {
    let one = 10_i64.pow(decimals);
    let (sign, units) = (if units < 0 { "-" } else { "" }, units.abs());
    format!("{sign}{}{mark}{:0width$}", units / one, units % one, width = decimals as usize)
}

/// The usual header.
pub(super) const HEADER: [&str; 4] = ["customer_id", "order_no", "order_date", "amount"];
/// The same in Chinese.
pub(super) const CHINESE: [&str; 4] = ["客户名称", "订单编号", "付款时间", "实付金额"];

/// The cells of a sale as they stand in most files.
pub(super) fn cells(sale: &Sale) -> [String; 4] {
    [sale.customer.clone(), sale.order.clone(), sale.date.to_string(), plain(sale.cents)]
}

/// Comma-separated lines under a header.
pub(super) fn csv(header: [&str; 4], sales: &[Sale], cells: impl Fn(&Sale) -> [String; 4]) -> String {
    sales.iter().fold(header.join(",") + "\n", |text, sale| text + &cells(sale).join(",") + "\n")
}

/// The names of most tables.
pub(super) const WESTERN: [&str; 7] =
    ["Ann Lee", "Bob Stone", "Carla Diaz", "Dora Quist", "Emil Roth", "Fay Wong", "Gus Horn"];
