//! Databases to run SQL in, where there are any.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use tierscope::engine::definition::{Amount, Dialect};

use super::super::support::{Failure, Scratch, text};
use super::counted::{Sales, day};

/// Loads a file as text and runs queries; what it reads and writes is JSON.
const DUCKDB: &str = r#"
import decimal, duckdb, json, sys
asked = json.load(sys.stdin)
con = duckdb.connect()
con.execute("SET enable_progress_bar = false")
name = '"' + asked["table"].replace('"', '""') + '"'
con.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, all_varchar=true, header=true, delim=',', quote='\"')",
            [asked["path"]])
def text(value):
    return format(value, "f") if isinstance(value, decimal.Decimal) else str(value)
answers = [[[text(value) for value in row] for row in con.execute(query).fetchall()] for query in asked["queries"]]
json.dump(answers, sys.stdout)
"#;

/// A database that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Database {
    DuckDb,
    /// With the connection for `psql`.
    PostgreSql(String),
}

fn python() -> Command {
    Command::new(std::env::var_os("TIERSCOPE_PYTHON").unwrap_or_else(|| "python3".into()))
}

/// The databases of this machine.
pub(super) fn databases() -> Vec<Database> {
    let mut databases = Vec::new();
    match python().args(["-c", "import duckdb"]).output() {
        Ok(output) if output.status.success() => databases.push(Database::DuckDb),
        _ => eprintln!("skipped: DuckDB, for the Python that TIERSCOPE_PYTHON names (or python3) has no duckdb"),
    }
    match std::env::var("TIERSCOPE_POSTGRES") {
        Ok(connection) => databases.push(Database::PostgreSql(connection)),
        Err(_) => eprintln!("skipped: PostgreSQL, for TIERSCOPE_POSTGRES names no connection for psql"),
    }
    databases
}

impl Database {
    pub(super) const fn dialect(&self) -> Dialect {
        match self {
            Self::DuckDb => Dialect::DuckDb,
            Self::PostgreSql(_) => Dialect::PostgreSql,
        }
    }

    /// The rows that each query gives for a table with these sales.
    pub(super) fn run(&self, sales: &Sales, path: &str, queries: &[String]) -> Result<Vec<Vec<Vec<String>>>, Failure> {
        match self {
            Self::DuckDb => duckdb(sales, path, queries),
            Self::PostgreSql(connection) => postgres(sales, connection, queries),
        }
    }
}

fn duckdb(sales: &Sales, path: &str, queries: &[String]) -> Result<Vec<Vec<Vec<String>>>, Failure> {
    let scratch = Scratch::new()?;
    let asked =
        scratch.file("asked.json", json!({"table": sales.table, "path": path, "queries": queries}).to_string())?;
    let output = python().args(["-c", DUCKDB]).stdin(fs::File::open(asked)?).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let answers: Value = serde_json::from_slice(&output.stdout)?;
    Ok(serde_json::from_value(answers)?)
}

/// A line that no query gives.
const NEXT: &str = "=== next ===";

/// Loads the rows whose cells can be given a type, and runs queries.
fn postgres(sales: &Sales, connection: &str, queries: &[String]) -> Result<Vec<Vec<Vec<String>>>, Failure> {
    let scratch = Scratch::new()?;
    let path = scratch.path("rows.csv");
    let mut writer = csv::Writer::from_path(&path)?;
    for row in &sales.rows {
        let numbers = row.factors.iter().map(|factor| factor.trim()).filter(|factor| factor.parse::<f64>().is_ok());
        let numbers: Vec<&str> = numbers.collect();
        let mut cells = vec![&*row.customer, &*row.order, if day(&row.date).is_some() { row.date.trim() } else { "" }];
        cells.extend(if numbers.len() == row.factors.len() { numbers } else { vec![""; row.factors.len()] });
        writer.write_record(cells)?;
    }
    writer.flush()?;
    let name = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let columns = sales.columns;
    let amounts = match columns.amount {
        Amount::Column(amount) => vec![amount],
        Amount::Product { quantity, unit_price } => vec![quantity, unit_price],
    };
    let amounts: Vec<String> = amounts.into_iter().map(|amount| format!("{} numeric", name(amount))).collect();
    let (table, customer, date) = (name(sales.table), name(columns.customer), name(columns.date));
    let order = name(columns.order.unwrap_or("remark"));
    let amounts = amounts.join(", ");
    let queries = queries.join(&format!("\\echo {NEXT}\n"));
    let script = format!(
        "CREATE TEMPORARY TABLE {table} ({customer} text, {order} text, {date} timestamp, {amounts});\n\
         \\copy {table} from '{}' with (format csv)\n{queries}",
        text(&path)?
    );
    let script = scratch.file("script.sql", script)?;
    let mut psql = Command::new("psql");
    psql.args([connection, "-X", "-q", "--csv", "-t", "-v", "ON_ERROR_STOP=1", "-f", &script]);
    let output = psql.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    String::from_utf8(output.stdout)?.split(&format!("{NEXT}\n")).map(records).collect()
}

fn records(text: &str) -> Result<Vec<Vec<String>>, Failure> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records = reader.records().collect::<Result<Vec<_>, _>>()?;
    Ok(records.iter().map(|record| record.iter().map(str::to_owned).collect()).collect())
}
