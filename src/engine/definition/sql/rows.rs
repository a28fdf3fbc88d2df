//! The first steps: what the table's rows say, and which of them count.

use super::super::{Amount, Definition, Dialect, LINE, NO_ID, wrapped};
use super::text::{Select, identifier, indented, literal, literals, number};
use crate::data::parse::date::DateFormat;
use crate::model::money::Scale;

/// The steps `source_rows` and `kept_rows`.
pub(super) fn steps(definition: &Definition<'_>, dialect: Dialect) -> Vec<String> {
    vec![source_rows(definition, dialect), kept_rows(definition, dialect)]
}

/// The type of money.
pub(super) fn decimal(dialect: Dialect, scale: Scale) -> String {
    let name = match dialect {
        Dialect::DuckDb => "DECIMAL",
        Dialect::PostgreSql => "NUMERIC",
    };
    format!("{name}(38, {})", scale.decimals())
}

fn source_rows(definition: &Definition<'_>, dialect: Dialect) -> String {
    let columns = definition.columns;
    let mut select = vec![format!("{} AS customer", trimmed(columns.customer, dialect))];
    if let Some(order) = columns.order {
        select.push(format!("{} AS order_number", trimmed(order, dialect)));
    }
    select.push(format!("{} AS order_day", day(columns.date, columns.date_format, dialect)));
    let amount = match columns.amount {
        Amount::Column(amount) => amount_of(amount, definition.scale, dialect),
        Amount::Product { quantity, unit_price } => {
            let [quantity, unit_price] = [quantity, unit_price].map(|factor| factor_of(factor, dialect));
            format!("{quantity}\n    * {unit_price}")
        }
    };
    select.push(format!("{amount} AS amount"));
    let about = [
        "What each row says: ids without blanks around them, the calendar day, the amount as a decimal number;",
        "NULL where a cell does not say it.",
    ];
    let clauses = [format!("FROM {} AS source", identifier(definition.table))];
    Select { columns: select, clauses }.step("source_rows", &about)
}

/// A column as text.
fn text_of(column: &str, dialect: Dialect) -> String {
    let name = match dialect {
        Dialect::DuckDb => "VARCHAR",
        Dialect::PostgreSql => "text",
    };
    format!("CAST(source.{} AS {name})", identifier(column))
}

/// A column as text without Unicode's white space around it.
fn trimmed(column: &str, dialect: Dialect) -> String {
    let text = text_of(column, dialect);
    match dialect {
        Dialect::DuckDb => {
            let blank = r"[\s\v\x{85}\pZ]+";
            format!("REGEXP_REPLACE({text}, '^{blank}|{blank}$', '', 'g')")
        }
        Dialect::PostgreSql => {
            let blanks = r"E' \t\n\x0B\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007'";
            let more = r"E'\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000'";
            format!("BTRIM(\n    {text},\n    {blanks}\n    || {more}\n)")
        }
    }
}

/// A column as a calendar day.
fn day(column: &str, format: DateFormat, dialect: Dialect) -> String {
    let text = text_of(column, dialect);
    match (dialect, format) {
        (Dialect::DuckDb, DateFormat::Compact) => {
            let digits = literal(r"^\s*(\d{8})\s*$");
            format!("CAST(TRY_STRPTIME(REGEXP_EXTRACT({text}, {digits}, 1), '%Y%m%d') AS DATE)")
        }
        // Digits such as 20240105 are ISO 8601 and read as they are, once they are text.
        (Dialect::PostgreSql, DateFormat::Compact) => format!("CAST({text} AS date)"),
        (Dialect::DuckDb, _) => {
            let pattern = r"^\s*(\d{4}-\d{2}-\d{2})(?:[ Tt](?:[01]\d|2[0-4])[\d:.,+\-Zz ]*)?\s*$";
            format!("TRY_CAST(REGEXP_EXTRACT(\n    {text},\n    {}, 1\n) AS DATE)", literal(pattern))
        }
        (Dialect::PostgreSql, _) => format!("CAST(source.{} AS date)", identifier(column)),
    }
}

/// The amount of a row in one column.
fn amount_of(column: &str, scale: Scale, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb => number_of(column, &decimal(dialect, scale)),
        Dialect::PostgreSql => format!("CAST(source.{} AS numeric)", identifier(column)),
    }
}

/// A quantity or a unit price: six decimals each, so that their product keeps twelve.
fn factor_of(column: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb => number_of(column, "DECIMAL(19, 6)"),
        Dialect::PostgreSql => format!("CAST(source.{} AS numeric)", identifier(column)),
    }
}

/// A text as the number it is, in `DuckDB`, which by itself would also take `1_000`.
fn number_of(column: &str, kind: &str) -> String {
    let pattern = literal(r"^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)\s*$");
    let text = text_of(column, Dialect::DuckDb);
    format!("TRY_CAST(REGEXP_EXTRACT(\n    {text},\n    {pattern}, 1\n) AS {kind})")
}

fn kept_rows(definition: &Definition<'_>, dialect: Dialect) -> String {
    let mut select = vec!["customer".to_owned()];
    if definition.columns.order.is_some() {
        select.push(format!("CASE WHEN {} THEN order_number END AS order_number", is_id("order_number")));
    }
    select.extend([
        "ROW_NUMBER() OVER () AS row_id".to_owned(),
        "order_day".to_owned(),
        format!("CAST(amount AS {}) AS amount", decimal(dialect, definition.scale)),
    ]);
    let largest = number(i64::MAX, definition.scale);
    let clauses = [
        "FROM source_rows".to_owned(),
        format!("WHERE {}", is_id("customer")),
        format!("    AND order_day BETWEEN DATE '0001-01-01' AND DATE '{}'", definition.as_of),
        format!("    AND ABS(amount) <= {largest}"),
    ];
    let about = [
        "The rows that count: with a customer, a date of the years 1 to 9999 that is not after the as-of date, and an",
        "amount. Words for nothing, such as NULL, are no customer and no order number.",
    ];
    Select { columns: select, clauses }.step("kept_rows", &about)
}

/// Whether an id is one, and no word for nothing.
fn is_id(column: &str) -> String {
    let words = wrapped(literals(&NO_ID), LINE - 20).join("\n");
    format!("LOWER({column}) NOT IN (\n{}\n)", indented(&words, 4))
}
