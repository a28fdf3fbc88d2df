//! The first steps: what the table's rows say, and which of them count.

use super::super::{Amount, Definition, Dialect};
use super::cells::{about_ids, characters, folded, identity, is_id, is_nothing, plain, rows_once, text_of, trimmed};
use super::policies::{counts_by_currency, counts_by_status, status};
use super::text::{Select, identifier, indented, literal, long_literal, number};
use super::{dates, numbers};
use crate::data::parse::date::{DateFormat, DateOrder};
use crate::data::parse::number::NumberFormat;
use crate::model::money::Scale;
use crate::model::policies::Returns;

/// Who stands for all rows without a customer, where they are kept.
const UNIDENTIFIED: &str = "'(unidentified)'";

/// The steps from the table to `kept_rows`.
pub(super) fn steps(definition: &Definition<'_>, dialect: Dialect) -> Vec<String> {
    let once = definition.policies.drops_duplicates().then(|| rows_once(definition.table, dialect));
    let mut steps: Vec<String> = once.into_iter().collect();
    steps.extend([characters(dialect), cells(definition, dialect), plain_cells(definition, dialect)]);
    if dialect == Dialect::DuckDb {
        steps.push(parsed_cells(definition));
    }
    steps.extend([source_rows(definition, dialect), kept_rows(definition, dialect)]);
    steps
}

/// The type of money.
pub(super) fn decimal(dialect: Dialect, scale: Scale) -> String {
    let name = match dialect {
        Dialect::DuckDb => "DECIMAL",
        Dialect::PostgreSql => "NUMERIC",
    };
    format!("{name}(38, {})", scale.decimals())
}

/// A column of numbers under the name that it has in the query.
type Numeric<'a> = (&'static str, &'a str, NumberFormat);

/// The columns that are numbers.
fn numeric<'a>(definition: &Definition<'a>) -> Vec<Numeric<'a>> {
    let columns = definition.columns;
    let mut all = match columns.amount {
        Amount::Column(amount) => vec![("amount", amount, columns.numbers.amount)],
        Amount::Product { quantity, unit_price } => {
            vec![("quantity", quantity, columns.numbers.quantity), ("unit_price", unit_price, columns.numbers.amount)]
        }
    };
    all.extend(columns.refund.map(|refund| ("refund", refund, columns.numbers.refund)));
    all
}

/// The columns that are compared as text, by the names that they have in the query.
fn words<'a>(definition: &Definition<'a>) -> Vec<(&'static str, &'a str)> {
    let columns = definition.columns;
    let mut all = vec![("customer", columns.customer)];
    all.extend(columns.order.map(|order| ("order_number", order)));
    all.extend(columns.status.map(|status| ("status", status)));
    all.extend(columns.currency.map(|currency| ("currency", currency)));
    all
}

/// Whether the table's own dates need a way of their own: those of text have another format.
fn has_typed_day(definition: &Definition<'_>) -> bool {
    !matches!(definition.columns.date_format, DateFormat::Numbers { order: DateOrder::YearFirst, .. })
}

fn cells(definition: &Definition<'_>, dialect: Dialect) -> String {
    let columns = definition.columns;
    let numbered = dialect == Dialect::DuckDb && definition.policies.drops_duplicates();
    let row = if numbered { "source.source_row AS row_id" } else { "ROW_NUMBER() OVER () AS row_id" };
    let mut select = vec!["characters.*".to_owned(), row.to_owned()];
    select.extend(words(definition).iter().map(|(name, column)| format!("{} AS {name}", trimmed(column, dialect))));
    match dialect {
        Dialect::DuckDb => {
            select.push(format!("{} AS order_date", trimmed(columns.date, dialect)));
            if has_typed_day(definition) {
                let column = format!("source.{}", identifier(columns.date));
                let text = text_of(columns.date, dialect);
                select.push(format!(
                    "CASE\n    WHEN TYPEOF({column}) = 'DATE' OR TYPEOF({column}) LIKE 'TIMESTAMP%'\n    \
                     THEN TRY_CAST(SUBSTR({text}, 1, 10) AS DATE)\nEND AS typed_day"
                ));
            }
            let cell = |(name, column, format): &Numeric<'_>| {
                let text = trimmed(column, dialect);
                if format.mark == crate::data::parse::number::DecimalMark::Point {
                    return format!("{text} AS {name}");
                }
                // What is a number already is written with a point.
                let typed = format!("TYPEOF(source.{}) <> 'VARCHAR'", identifier(column));
                let typed = format!("WHEN {typed}\n    THEN REPLACE({}, '.', ',')", text_of(column, dialect));
                format!("CASE\n    {typed}\n    ELSE {text}\nEND AS {name}")
            };
            select.extend(numeric(definition).iter().map(cell));
        }
        Dialect::PostgreSql => {
            select.push(format!("{} AS order_day", typed_day(columns.date, columns.date_format)));
            let cell = |(name, column, format): &Numeric<'_>| {
                let unit = match format.power {
                    0 => String::new(),
                    power if power > 0 => format!(" * {}", 10_i64.pow(power.unsigned_abs().into())),
                    power => format!(" / {}", 10_i64.pow(power.unsigned_abs().into())),
                };
                format!("CAST(source.{} AS numeric){unit} AS {name}", identifier(column))
            };
            select.extend(numeric(definition).iter().map(cell));
        }
    }
    let table =
        if definition.policies.drops_duplicates() { "rows_once".to_owned() } else { identifier(definition.table) };
    let clauses = [format!("FROM {table} AS source"), "CROSS JOIN characters".to_owned()];
    Select { columns: select, clauses }.step("cells", &["The cells that are needed, without blanks around text."])
}

/// A column that is a date in `PostgreSQL`.
fn typed_day(column: &str, format: DateFormat) -> String {
    match format {
        // Digits such as 20240105 are ISO 8601 and read as they are, once they are text.
        DateFormat::Compact => format!("CAST({} AS date)", text_of(column, Dialect::PostgreSql)),
        _ => format!("CAST(source.{} AS date)", identifier(column)),
    }
}

fn plain_cells(definition: &Definition<'_>, dialect: Dialect) -> String {
    let mut select = vec!["row_id".to_owned()];
    select.extend(words(definition).iter().map(|(name, _)| plain(name)));
    let numbers = numeric(definition);
    let names = numbers.iter().map(|(name, ..)| *name);
    match dialect {
        Dialect::DuckDb => {
            select.push("wide, narrow, odd, even".to_owned());
            if has_typed_day(definition) {
                select.push("typed_day".to_owned());
            }
            select.push(plain("order_date"));
            select.extend(names.map(plain));
        }
        Dialect::PostgreSql => {
            select.push("order_day".to_owned());
            select.extend(names.map(str::to_owned));
        }
    }
    let about = ["The same without the wrappings of spreadsheets: =\"00123\" and '00123 are 00123."];
    Select { columns: select, clauses: ["FROM cells".to_owned()] }.step("plain_cells", &about)
}

/// Dates and numbers taken apart, in `DuckDB`.
fn parsed_cells(definition: &Definition<'_>) -> String {
    let parts = dates::parts(definition.columns.date_format, "day_parts");
    let names: Vec<String> = parts.names.iter().map(|name| literal(name)).collect();
    let date = format!(
        "REGEXP_EXTRACT(\n{},\n{},\n    [{}]\n) AS day_parts",
        indented(&folded("order_date"), 4),
        indented(&long_literal(&parts.pattern), 4),
        names.join(", ")
    );
    let mut select = vec!["*".to_owned(), date];
    select.extend(numeric(definition).iter().map(|(name, _, format)| numbers::parts(name, *format)));
    let about = [
        "Dates and numbers taken apart, with the marks that their columns have. Full-width signs are read as the usual",
        "ones, and any sign or code of a currency beside a number as $.",
    ];
    Select { columns: select, clauses: ["FROM plain_cells".to_owned()] }.step_once("parsed_cells", &about)
}

fn source_rows(definition: &Definition<'_>, dialect: Dialect) -> String {
    let columns = definition.columns;
    let mut select = vec!["row_id".to_owned(), "customer AS spelling".to_owned()];
    if definition.policies.unifies_ids() {
        select.push(format!("{} AS customer", identity("customer", dialect)));
    } else {
        select.push("customer".to_owned());
    }
    select.extend(columns.order.map(|_| "order_number".to_owned()));
    if counts_by_status(definition, dialect).is_some() {
        select.push(status("status", dialect));
    }
    if definition.currency.is_some() {
        select.extend(columns.currency.map(|_| "currency".to_owned()));
        if dialect == Dialect::DuckDb {
            let texts: Vec<&str> = match columns.amount {
                Amount::Column(_) => vec!["amount"],
                Amount::Product { .. } => vec!["quantity", "unit_price"],
            };
            select.push(format!("TRANSLATE({}, wide, narrow) AS amount_text", texts.join(" || ' ' || ")));
        }
    }
    match dialect {
        Dialect::DuckDb => {
            let day = dates::parts(columns.date_format, "day_parts").day;
            let day = if has_typed_day(definition) {
                format!("COALESCE(\n    typed_day,\n{}\n)", indented(&day, 4))
            } else {
                day
            };
            select.push(format!("{day} AS order_day"));
        }
        Dialect::PostgreSql => select.push("order_day".to_owned()),
    }
    select.push(format!("{} AS amount", amount(definition, dialect)));
    let mut about = vec![
        "What each row says: the customer and the order number, the calendar day, the amount as a decimal number; NULL"
            .to_owned(),
        "where a cell does not say it.".to_owned(),
    ];
    about.extend(about_ids(definition, dialect));
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    let from = if dialect == Dialect::DuckDb { "FROM parsed_cells" } else { "FROM plain_cells" };
    Select { columns: select, clauses: [from.to_owned()] }.step_once("source_rows", &about)
}

/// The amount of a row, refunds subtracted where they are; NULL where it has none, or an unreadable refund.
fn amount(definition: &Definition<'_>, dialect: Dialect) -> String {
    let numbers = definition.columns.numbers;
    let kind = decimal(dialect, definition.scale);
    let value = |name: &str, format: NumberFormat, kind: &str| match dialect {
        Dialect::DuckDb => numbers::value(name, format, kind),
        Dialect::PostgreSql => name.to_owned(),
    };
    let amount = match definition.columns.amount {
        Amount::Column(_) => value("amount", numbers.amount, &kind),
        Amount::Product { .. } => {
            // Six decimals each, so that their product keeps twelve.
            let factor = "DECIMAL(19, 6)";
            let (quantity, price) =
                (value("quantity", numbers.quantity, factor), value("unit_price", numbers.amount, factor));
            format!("{quantity}\n* {price}")
        }
    };
    let amount = if definition.columns.refund.is_none() || !definition.policies.subtracts_refunds() {
        amount
    } else {
        let refund = match dialect {
            Dialect::DuckDb => format!(
                "CASE\n    WHEN {}\n    THEN 0\n    ELSE ABS({})\nEND",
                is_nothing("refund").replace('\n', "\n    "),
                value("refund", numbers.refund, &kind).replace('\n', "\n    ")
            ),
            Dialect::PostgreSql => "ABS(COALESCE(refund, 0))".to_owned(),
        };
        // A refund that cannot be read leaves the amount unknown.
        format!("{amount}\n- {refund}")
    };
    format!("CAST(\n{}\n    AS {kind}\n)", indented(&amount, 4))
}

fn kept_rows(definition: &Definition<'_>, dialect: Dialect) -> String {
    let policies = definition.policies;
    let or_nobody = |column: &str| {
        if policies.keeps_anonymous() {
            format!(
                "CASE\n    WHEN {}\n    THEN {column}\n    ELSE {UNIDENTIFIED}\nEND AS {column}",
                is_id("spelling").replace('\n', "\n    ")
            )
        } else {
            column.to_owned()
        }
    };
    let mut select = vec![or_nobody("customer")];
    if policies.unifies_ids() {
        select.push(or_nobody("spelling"));
    }
    if definition.columns.order.is_some() {
        select.push(format!("CASE WHEN {} THEN order_number END AS order_number", is_id("order_number")));
    }
    select.extend(["row_id", "order_day", "amount"].map(str::to_owned));
    let largest = number(i64::MAX, definition.scale);
    let mut conditions = vec![
        format!("order_day BETWEEN DATE '0001-01-01' AND DATE '{}'", definition.last_day()),
        format!("ABS(amount) <= {largest}"),
    ];
    if !policies.keeps_anonymous() {
        conditions.insert(0, is_id("spelling"));
    }
    if policies.returns() == Returns::Gross {
        conditions.push("amount >= 0".to_owned());
    }
    if policies.drops_zero_amounts() {
        conditions.push("amount <> 0".to_owned());
    }
    conditions.extend(counts_by_status(definition, dialect));
    conditions.extend(counts_by_currency(definition, dialect));
    let mut clauses = vec!["FROM source_rows".to_owned()];
    clauses.extend(conditions.iter().enumerate().map(|(place, condition)| {
        let word = if place == 0 { "WHERE " } else { "    AND " };
        format!("{word}{}", condition.replace('\n', "\n    "))
    }));
    let about = about_kept(definition);
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    Select { columns: select, clauses }.step("kept_rows", &about)
}

/// What the comment says of the rows that count.
fn about_kept(definition: &Definition<'_>) -> Vec<String> {
    let mut about = vec![
        "The rows that count: with a date of the years 1 to 9999 that is not after the as-of date, and an amount. Words"
            .to_owned(),
        "for nothing, such as NULL, are no customer and no order number.".to_owned(),
    ];
    if let Some(today) = definition.today.filter(|today| *today < definition.as_of) {
        about.push(format!("Rows dated after {today}, the day on which this was written, are left out."));
    }
    about.extend(definition.policies.changed().map(|(policy, choice)| format!("Policy {policy}: {}.", choice.words)));
    if let Some(currency) = definition.currency {
        about.push(format!("Only amounts in {currency} count, and those that name no currency."));
    }
    about
}
