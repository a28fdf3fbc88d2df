//! Where customers come from, in words: the columns of the table, and what is done with its rows.

use super::lines::part;
use crate::data::parse::date::DateFormat;
use crate::data::parse::number::NumberFormat;
use crate::engine::definition::{Amount, Definition};
use crate::model::money::Scale;
use crate::model::policies::{Returns, Status};
use crate::show::text::clean;
use crate::tr;

/// The part on the source.
pub(super) fn source(definition: &Definition<'_>) -> Vec<String> {
    let columns = definition.columns;
    let order = columns.order.map_or_else(
        || tr!("There is no order column: each row is an order of its own.").to_owned(),
        |order| {
            tr!(
                "Order: {column}, numbers counted for each customer apart; a row without one is an order of its own.",
                column = named(order)
            )
        },
    );
    let format = match columns.date_format {
        DateFormat::ISO => tr!("YYYY-MM-DD, alone or before a time of day, which does not count").to_owned(),
        format => format.name(),
    };
    let amount = match columns.amount {
        Amount::Column(amount) => named(amount),
        Amount::Product { quantity, unit_price } => {
            tr!("{quantity} times {unit_price}", quantity = named(quantity), unit_price = named(unit_price))
        }
    };
    let mut paragraphs = vec![
        tr!("Table {table}, a row for each line of a transaction.", table = named(definition.table)),
        tr!(
            "Customer: {column}, without blanks around it; {ids}.",
            column = named(columns.customer),
            ids = identity(definition)
        ),
        order,
        tr!("Date: {column} ({format}).", column = named(columns.date), format),
        tr!(
            "Amount: {amount}{written}, exact to {decimals}.",
            amount,
            written = written(columns.numbers.amount),
            decimals = decimals(definition.scale)
        ),
    ];
    paragraphs.extend(columns.refund.filter(|_| definition.policies.subtracts_refunds()).map(|refund| {
        tr!(
            "Refund: {column} is subtracted from the amount, whatever its sign; a blank one is none.",
            column = named(refund)
        )
    }));
    paragraphs.extend(judged(definition));
    part(tr!("part" | "Source"), &paragraphs)
}

/// A name of the table's own.
fn named(name: &str) -> String {
    format!("`{}`", clean(name))
}

/// How numbers are written, where that is not as usual.
fn written(format: NumberFormat) -> String {
    if format == NumberFormat::default() { String::new() } else { tr!(", written {format}", format = format.name()) }
}

/// Which ids are one customer.
fn identity(definition: &Definition<'_>) -> &'static str {
    if definition.policies.unifies_ids() {
        tr!("ids that differ only in case, blanks or width (Unicode's NFKC) are one, shown as the first row has it")
    } else {
        tr!("ids that differ in any character are different customers")
    }
}

/// What is done with rows whose meaning is a matter of decision.
fn judged(definition: &Definition<'_>) -> Vec<String> {
    let policies = definition.policies;
    let mut paragraphs = vec![
        match policies.returns() {
            Returns::Net => returns().to_owned(),
            Returns::Gross => {
                tr!("Rows with an amount below zero, returns and cancellations, are left out.").to_owned()
            }
            Returns::Void => tr!("{cancellations} {returns}", cancellations = cancellations(), returns = returns()),
        },
        if policies.keeps_anonymous() {
            tr!("Left out: rows without a readable date, rows without a readable amount, rows after the as-of date.")
        } else {
            tr!("Left out: rows whose customer is missing, blank or a word for that (NULL, NaN, N/A, none, nil, - and \
                 the like), rows without a readable date, rows without a readable amount, rows after the as-of date.")
        }
        .to_owned(),
    ];
    if policies.keeps_anonymous() {
        paragraphs.push(tr!("Rows without a customer are those of one customer, (unidentified).").to_owned());
    }
    if let Some(today) = definition.today.filter(|today| *today < definition.as_of) {
        paragraphs.push(tr!("Rows dated after {today}, the day on which this was written, are left out.", today));
    }
    paragraphs.extend(definition.columns.status.and_then(|status| by_status(policies.status(), status)));
    if policies.drops_zero_amounts() {
        paragraphs.push(tr!("Rows with an amount of zero are left out.").to_owned());
    }
    if policies.counts_totals_once() {
        let repeated = tr!(
            "A row with the very amount that its order sums to so far repeats the order's total, and adds nothing."
        );
        paragraphs.push(repeated.to_owned());
    }
    if let Some(currency) = definition.currency {
        paragraphs.push(tr!("Only amounts in {currency} count, and those that name no currency.", currency));
    }
    let duplicates = if policies.drops_duplicates() {
        tr!("Of rows that are the same in every column only the first counts; no customer is dropped for being new, \
             small or returned in full.")
    } else {
        tr!("No row is dropped as a duplicate, and no customer for being new, small or returned in full.")
    };
    paragraphs.push(duplicates.to_owned());
    paragraphs
}

/// Which orders their status leaves out.
fn by_status(status: Status, column: &str) -> Option<String> {
    let column = named(column);
    match status {
        Status::Keep => None,
        Status::Closed => Some(tr!(
            "Status: rows are left out whose {column} says, in English or Chinese, that the order was closed, cancelled \
             or never paid.",
            column
        )),
        Status::Drop => Some(tr!(
            "Status: rows are left out whose {column} says, in English or Chinese, that the order was closed, cancelled \
             or never paid or refunded in full.",
            column
        )),
    }
}

/// What returns are.
fn returns() -> &'static str {
    tr!(
        "A row with an amount below zero is a return: it subtracts, but is no order and no order day, and does not make \
         its customer recent. An order has at least one row that is not below zero. A customer with returns only has 0 \
         orders, and their days."
    )
}

/// What cancellations do.
fn cancellations() -> &'static str {
    tr!("Rows of an order whose amounts are all below zero cancel an order of the same customer with exactly the \
         opposite sum that is not later: the one whose number they repeat behind a letter C, else the latest. Both are \
         left out.")
}

fn decimals(scale: Scale) -> String {
    match scale.decimals() {
        0 => tr!("the whole unit").to_owned(),
        1 => tr!("1 decimal").to_owned(),
        more => tr!("{more} decimals", more),
    }
}
