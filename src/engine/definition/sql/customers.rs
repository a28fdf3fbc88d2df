//! From kept rows to orders to customers with the values that the axes and the conditions need.

use super::super::words::measure as measure_text;
use super::super::{Definition, Dialect};
use super::rows::decimal;
use super::text::{Select, indented, number};
use crate::model::customers::Axis;
use crate::model::measures::{Frequency, Measure, Monetary, Recency};
use crate::model::money::Scale;

/// The steps from `order_totals` to `measured`.
pub(super) fn steps(definition: &Definition<'_>, dialect: Dialect) -> Vec<String> {
    let needs = definition.all_measures();
    let mut steps = vec![order_totals(definition, dialect, &needs), customer_totals(definition, dialect, &needs)];
    if needs.contains(&DAYS) || needs.contains(&OWN_GAP) {
        steps.push(order_days());
    }
    if needs.contains(&DAYS) {
        steps.push(day_counts());
    }
    if needs.contains(&OWN_GAP) {
        steps.extend([gaps(), own_gaps(), common_gap(dialect)]);
    }
    steps.push(measured(definition, dialect, &needs));
    steps
}

const OWN_GAP: Measure = Measure::Recency(Recency::OwnGap);
const DAYS: Measure = Measure::Frequency(Frequency::Days);
const ROWS: Measure = Measure::Frequency(Frequency::Rows);
const GROSS: Measure = Measure::Monetary(Monetary::Gross);
const LARGEST: Measure = Measure::Monetary(Monetary::LargestOrder);

/// The lines whose need is given.
fn needed<const N: usize>(lines: [(bool, &str); N]) -> Vec<String> {
    lines.into_iter().filter(|(needed, _)| *needed).map(|(_, line)| line.to_owned()).collect()
}

/// The value of the row that comes first in the table.
fn first(value: &str, place: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb => format!("ARG_MIN({value}, {place})"),
        Dialect::PostgreSql => format!("(ARRAY_AGG({value} ORDER BY {place}))[1]"),
    }
}

fn order_totals(definition: &Definition<'_>, dialect: Dialect, needs: &[Measure]) -> String {
    let unifies = definition.policies.unifies_ids();
    let spelling = format!("{} AS spelling", first("spelling", "row_id", dialect));
    let columns = needed([
        (true, "customer"),
        (unifies, &spelling),
        (unifies, "MIN(row_id) AS first_row"),
        (true, "BOOL_OR(amount >= 0) AS is_order"),
        (true, "MAX(CASE WHEN amount >= 0 THEN order_day END) AS last_order_day"),
        (true, "MAX(order_day) AS last_row_day"),
        (true, "SUM(amount) AS order_net"),
        (needs.contains(&GROSS), "SUM(GREATEST(amount, 0)) AS order_gross"),
        (needs.contains(&ROWS), "COUNT(*) AS order_rows"),
    ]);
    let (mut about, group) = if definition.columns.order.is_some() {
        let about = vec![
            "One row an order: an order number of a customer, for numbers repeat across customers; a row without an",
            "order number is an order of its own.",
        ];
        (about, "GROUP BY customer, order_number, CASE WHEN order_number IS NULL THEN row_id END")
    } else {
        (vec!["One row an order: without order numbers, each row is one."], "GROUP BY customer, row_id")
    };
    about.push("Amounts below zero are returns: they subtract, and what has nothing else counts as no order.");
    let clauses = ["FROM kept_rows", group].map(str::to_owned);
    Select { columns, clauses }.step("order_totals", &about)
}

fn customer_totals(definition: &Definition<'_>, dialect: Dialect, needs: &[Measure]) -> String {
    let spelling = format!("{} AS spelling", first("spelling", "first_row", dialect));
    let columns = needed([
        (true, "customer"),
        (definition.policies.unifies_ids(), &spelling),
        (true, "COALESCE(MAX(last_order_day), MAX(last_row_day)) AS last_day"),
        (true, "COUNT(*) FILTER (WHERE is_order) AS orders"),
        (true, "SUM(order_net) AS net"),
        (needs.contains(&GROSS), "SUM(order_gross) AS gross"),
        (needs.contains(&LARGEST), "MAX(order_net) AS largest_order"),
        (needs.contains(&ROWS), "CAST(SUM(order_rows) AS bigint) AS row_count"),
    ]);
    let clauses = ["FROM order_totals", "GROUP BY customer"].map(str::to_owned);
    let about = ["One row a customer. Who only returned has no order, and the last day of a return as the last."];
    Select { columns, clauses }.step("customer_totals", &about)
}

fn order_days() -> String {
    let columns = ["customer", "order_day"].map(str::to_owned);
    let clauses = ["FROM kept_rows", "WHERE amount >= 0", "GROUP BY customer, order_day"].map(str::to_owned);
    let about = ["The distinct calendar days on which a customer bought."];
    Select { columns, clauses }.step("order_days", &about)
}

fn day_counts() -> String {
    let columns = ["customer", "COUNT(*) AS day_count"].map(str::to_owned);
    let clauses = ["FROM order_days", "GROUP BY customer"].map(str::to_owned);
    Select { columns, clauses }.step("day_counts", &["How many they are."])
}

fn gaps() -> String {
    let columns = ["customer", "order_day - LAG(order_day) OVER (PARTITION BY customer ORDER BY order_day) AS gap"]
        .map(str::to_owned);
    let about = ["The days from each order day of a customer to the next; NULL for the first."];
    Select { columns, clauses: ["FROM order_days".to_owned()] }.step("gaps", &about)
}

fn own_gaps() -> String {
    let ranked = Select {
        columns: [
            "customer",
            "gap",
            "ROW_NUMBER() OVER (PARTITION BY customer ORDER BY gap) AS place",
            "COUNT(*) OVER (PARTITION BY customer) AS gap_count",
        ]
        .map(str::to_owned),
        clauses: ["FROM gaps", "WHERE gap IS NOT NULL"].map(str::to_owned),
    };
    let columns = ["customer", "MIN(gap) + MAX(gap) AS half_days"].map(str::to_owned);
    let clauses = [
        format!("FROM (\n{}\n) AS ranked", indented(&ranked.text(), 4)),
        "WHERE 2 * place BETWEEN gap_count AND gap_count + 2".to_owned(),
        "GROUP BY customer".to_owned(),
    ];
    let about = [
        "Each customer's median gap in half days: the middle gap twice, or the sum of the middle two. Customers with a",
        "single order day have none.",
    ];
    Select { columns, clauses }.step("own_gaps", &about)
}

fn common_gap(dialect: Dialect) -> String {
    let ranked = Select {
        columns: ["half_days", "ROW_NUMBER() OVER (ORDER BY half_days) AS place", "COUNT(*) OVER () AS gap_count"]
            .map(str::to_owned),
        clauses: ["FROM own_gaps".to_owned()],
    };
    let median = quotient("MIN(half_days) + MAX(half_days) + 1", "2", dialect);
    let clauses = [
        format!("FROM (\n{}\n) AS ranked", indented(&ranked.text(), 4)),
        "WHERE 2 * place BETWEEN gap_count AND gap_count + 2".to_owned(),
    ];
    let about = [
        "The median of those medians, half up to a half day: the gap of customers with a single order day. One day (two",
        "halves) where nobody has two.",
    ];
    Select { columns: [format!("COALESCE({median}, 2) AS half_days")], clauses }.step("common_gap", &about)
}

/// A whole number divided by another, without what is left.
fn quotient(numerator: &str, denominator: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::DuckDb => format!("(\n    ({numerator})\n    // ({denominator})\n)"),
        Dialect::PostgreSql => format!("DIV(\n    {numerator},\n    {denominator}\n)"),
    }
}

/// The column of `measured` that holds a measure.
pub(super) fn column(definition: &Definition<'_>, measure: Measure) -> String {
    let axis = measure.axis();
    if definition.measures.of(axis) == measure {
        axis.name().to_owned()
    } else {
        format!("{}_{}", axis.name(), measure.name().replace('-', "_"))
    }
}

fn measured(definition: &Definition<'_>, dialect: Dialect, needs: &[Measure]) -> String {
    let unifies = definition.policies.unifies_ids();
    let customer = if unifies { "totals.spelling AS customer" } else { "totals.customer" };
    let mut columns = [customer, "totals.orders", "totals.net"].map(str::to_owned).to_vec();
    for measure in needs.iter().copied() {
        columns.push(format!("{} AS {}", value(definition, measure, dialect), column(definition, measure)));
    }
    let clauses = needed([
        (true, "FROM customer_totals AS totals"),
        (needs.contains(&DAYS), "LEFT JOIN day_counts ON day_counts.customer = totals.customer"),
        (needs.contains(&OWN_GAP), "LEFT JOIN own_gaps ON own_gaps.customer = totals.customer"),
        (needs.contains(&OWN_GAP), "CROSS JOIN common_gap"),
    ]);
    let [r, f, m] = Axis::ALL.map(|axis| measure_text(definition.measures.of(axis)));
    let about = [&*format!("recency: {r}."), &*format!("frequency: {f}."), &*format!("monetary: {m}.")];
    Select { columns, clauses }.step("measured", &about)
}

/// A measure of a customer, in its natural unit.
fn value(definition: &Definition<'_>, measure: Measure, dialect: Dialect) -> String {
    let days = format!("DATE '{}' - totals.last_day", definition.as_of);
    let money = |sum: &str| format!("CAST({sum} AS {})", decimal(dialect, definition.scale_of(measure)));
    match measure {
        Measure::Recency(Recency::Days) => days,
        Measure::Recency(Recency::OwnGap) => {
            // 100 days / (half / 2), half up: (400 days + half) / (2 half), on whole numbers.
            let half = "COALESCE(own_gaps.half_days, common_gap.half_days)";
            let hundredths = quotient(&format!("400 * ({days}) + {half}"), &format!("2 * {half}"), dialect);
            format!("CAST({hundredths} * 0.01 AS {})", decimal(dialect, Scale::CENTS))
        }
        Measure::Frequency(Frequency::Orders) => "totals.orders".to_owned(),
        Measure::Frequency(Frequency::Days) => "COALESCE(day_counts.day_count, 0)".to_owned(),
        Measure::Frequency(Frequency::Rows) => "totals.row_count".to_owned(),
        Measure::Monetary(Monetary::Net) => money("totals.net"),
        Measure::Monetary(Monetary::Gross) => money("totals.gross"),
        Measure::Monetary(Monetary::LargestOrder) => money("totals.largest_order"),
        Measure::Monetary(Monetary::MeanOrder) => mean_order(definition.scale_of(measure), dialect),
    }
}

/// The net sum divided by the orders, or by one where there is none, half away from zero: on whole numbers of the smallest unit, for a quotient with so
/// many digits could be rounded twice.
fn mean_order(scale: Scale, dialect: Dialect) -> String {
    let units = format!("ABS(totals.net) * {}", scale.factor());
    let units = match dialect {
        Dialect::DuckDb => format!("CAST({units} AS hugeint)"),
        Dialect::PostgreSql => units,
    };
    let orders = "GREATEST(totals.orders, 1)";
    let size = quotient(&format!("2 * {units} + {orders}"), &format!("2 * {orders}"), dialect);
    let unit = number(1, scale);
    let one = if scale == Scale::UNITS { String::new() } else { format!(" * {unit}") };
    format!("CAST(SIGN(totals.net) * {size}{one} AS {})", decimal(dialect, scale))
}
