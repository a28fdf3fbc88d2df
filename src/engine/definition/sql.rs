//! The definition as one SQL query: rows that count, orders, customers, scores, segments.
//!
//! No step computes with floats: money is decimal, days are whole, and what is rounded is rounded on whole numbers.

mod cells;
mod customers;
mod dates;
mod numbers;
mod policies;
mod rows;
mod segments;
mod text;

use super::{Amount, Definition, Dialect, NotInSql, Output};
use crate::model::scheme::NO_SEGMENT;
use crate::show::text::clean;
use text::{Select, comment, literal};

/// The definition as a query that gives a row a customer or a row a segment.
///
/// What is no printable text never gets into it: control characters in names are replaced by `U+FFFD`, and a column with
/// such a name has to be renamed before.
///
/// # Errors
/// [`NotInSql`] where rows are read or judged by a rule that no query says.
pub fn sql(definition: &Definition<'_>, dialect: Dialect, output: Output) -> Result<String, NotInSql> {
    definition.check(dialect)?;
    let mut steps = rows::steps(definition, dialect);
    steps.extend(customers::steps(definition, dialect));
    steps.extend(segments::steps(definition));
    let last = match output {
        Output::Customers => by_customer(),
        Output::Segments => {
            steps.push(segment_list(definition));
            by_segment()
        }
    };
    Ok(format!("{}WITH\n{}\n{last};\n", header(definition, dialect), steps.join(",\n\n")))
}

fn header(definition: &Definition<'_>, dialect: Dialect) -> String {
    let Definition { scheme, as_of, .. } = definition;
    let mut lines = vec![
        format!("Scores and segments of customers: scheme {}, as of {as_of}.", scheme.name),
        format!("{}.", scheme.title),
        "The cuts are written as numbers: on other data, methods that follow the data would cut elsewhere.".to_owned(),
    ];
    let about: &[&str] = match dialect {
        Dialect::DuckDb => &["For DuckDB. The columns of the table may be text or typed."],
        Dialect::PostgreSql => &[
            "For PostgreSQL. The date must be a date or a timestamp and amounts must be numbers: cast them before",
            "where they are text. A timestamp with a time zone falls on the day that it has in the session's zone.",
            "The database must be of encoding UTF8.",
        ],
    };
    lines.extend(about.iter().map(|line| (*line).to_owned()));
    if names(definition).iter().any(|name| clean(name) != **name) {
        lines.push("A name below held characters that are not printed; rename it in the table first.".to_owned());
    }
    comment(lines)
}

/// The names that the query takes from the table.
fn names<'a>(definition: &Definition<'a>) -> Vec<&'a str> {
    let columns = definition.columns;
    let mut names = vec![definition.table, columns.customer, columns.date];
    names.extend([columns.order, columns.refund, columns.status, columns.currency].into_iter().flatten());
    match columns.amount {
        Amount::Column(amount) => names.push(amount),
        Amount::Product { quantity, unit_price } => names.extend([quantity, unit_price]),
    }
    names
}

fn by_customer() -> String {
    let columns = ["customer", "recency", "frequency", "monetary", "r", "f", "m", "segment"];
    let clauses = ["FROM segmented", "ORDER BY customer"];
    Select { columns: columns.map(str::to_owned), clauses: clauses.map(str::to_owned) }.text()
}

/// Every segment that is shown, also those without customers, in the scheme's order.
fn segment_list(definition: &Definition<'_>) -> String {
    let names = definition.segment_names();
    let rows = names.iter().enumerate().map(|(place, name)| format!("        ({}, {})", place + 1, literal(name)));
    let rows = rows.collect::<Vec<_>>().join(",\n");
    let about = comment(["The segments in the scheme's order, also those that nobody is in.".to_owned()]);
    format!("{about}segment_list (place, segment) AS (\n    VALUES\n{rows}\n)")
}

fn by_segment() -> String {
    let columns = [
        "segment_list.segment",
        "COUNT(segmented.customer) AS customers",
        "COALESCE(SUM(segmented.orders), 0) AS orders",
        "COALESCE(SUM(segmented.net), 0) AS revenue",
    ];
    let clauses = [
        "FROM segment_list",
        "LEFT JOIN segmented ON segmented.segment = segment_list.segment",
        "GROUP BY segment_list.place, segment_list.segment",
        "ORDER BY segment_list.place",
    ];
    Select { columns: columns.map(str::to_owned), clauses: clauses.map(str::to_owned) }.text()
}

/// The name of what has no segment, as SQL.
fn no_segment() -> String {
    literal(NO_SEGMENT)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{definition, fixed, scheme};
    use super::super::{Between, Columns};
    use super::*;
    use crate::model::customers::Axis;
    use crate::model::cuts::{Closed, Cuts};
    use crate::model::measures::{Measure, Measures, Monetary, Recency};

    const BOTH: [Dialect; 2] = [Dialect::DuckDb, Dialect::PostgreSql];

    #[test]
    fn equal_values_fall_on_the_side_that_the_convention_says() {
        for (closed, days, money) in [(Closed::Right, "30", "99.99"), (Closed::Left, "29", "99.98")] {
            let cuts = fixed(closed, [&[30, 90], &[1, 4], &[9_999, 50_000]]);
            let both = scheme("rfm-6", &cuts);
            let text = sql(&definition(&cuts, &both), Dialect::DuckDb, Output::Customers).unwrap();
            assert!(text.contains(&format!("WHEN recency <= {days} THEN 3")), "{text}");
            assert!(text.contains(&format!("WHEN monetary > {money} THEN 2")), "{text}");
        }
    }

    #[test]
    fn ten_bins_have_ten_scores() {
        let cuts = fixed(Closed::Right, [&[1, 2, 3, 4, 5, 6, 7, 8, 9]; 3]);
        let both = scheme("score-total", &cuts);
        let text = sql(&definition(&cuts, &both), Dialect::DuckDb, Output::Customers).unwrap();
        for part in ["recency <= 1 THEN 10", "recency <= 9 THEN 2", "frequency > 9 THEN 10", "monetary > 0.01 THEN 2"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn cuts_that_coincide_leave_out_the_empty_bin() {
        let values = [1, 1, 1, 1, 9];
        let [r, _, m] = fixed(Closed::Right, [&[30, 90, 100, 110]; 3]);
        let few = Cuts::quantile(Axis::Frequency, Closed::Right, 5, values.len(), |rank| values[rank]).unwrap();
        let cuts = [r, few, m];
        let text = sql(&definition(&cuts, &scheme("rfm-11", &cuts)), Dialect::DuckDb, Output::Customers).unwrap();
        assert_eq!(text.matches("WHEN frequency > ").count(), 1, "{text}");
        assert!(text.contains("WHEN frequency > 1 THEN 5"), "{text}");
    }

    #[test]
    fn names_stay_names_and_nothing_unprintable_is_written() {
        let cuts = fixed(Closed::Right, [&[30], &[1], &[100]]);
        let mut both = scheme("cn-8", &cuts);
        both.0.segments[0].name = "O'Neil".to_owned();
        for dialect in BOTH {
            let plain = definition(&cuts, &both);
            let columns = Columns { customer: "a\"b", order: Some("x\n; DROP TABLE y"), ..plain.columns };
            let text = sql(&Definition { columns, table: "sa\u{1b}les", ..plain }, dialect, Output::Segments).unwrap();
            for part in
                ["\"a\"\"b\"", "'O''Neil'", "'一般价值客户'", "\"sa\u{fffd}les\"", "\"x\u{fffd}; DROP TABLE y\""]
            {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
            assert!(text.contains("rename it"), "{text}");
        }
    }

    #[test]
    fn only_what_is_asked_for_is_computed() {
        let cuts = fixed(Closed::Right, [&[30], &[1], &[100]]);
        let both = scheme("cn-8", &cuts);
        let plain = sql(&definition(&cuts, &both), Dialect::PostgreSql, Output::Customers).unwrap();
        assert!(!plain.contains("own_gaps") && !plain.contains("gross") && !plain.contains("day_counts"), "{plain}");
        let conditions = [
            Between { measure: Measure::Recency(Recency::OwnGap), low: None, high: Some(250) },
            Between { measure: Measure::Monetary(Monetary::Gross), low: Some(100), high: Some(-5) },
        ];
        let measures = Measures { monetary: Monetary::Gross, ..Measures::default() };
        let asked = Definition { conditions: &conditions, measures, ..definition(&cuts, &both) };
        let text = sql(&asked, Dialect::PostgreSql, Output::Customers).unwrap();
        for part in ["WHERE recency_own_gap <= 2.50", "AND monetary >= 1.00", "AND monetary <= -0.05", "order_gross"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn lines_are_those_of_a_page() {
        let cuts = fixed(Closed::Right, [&[1, 2, 3, 4]; 3]);
        for name in ["rfm-11", "r-rfm", "rf-10", "ladder-5", "score-total"] {
            for dialect in BOTH {
                let text = sql(&definition(&cuts, &scheme(name, &cuts)), dialect, Output::Segments).unwrap();
                let long = text.lines().find(|line| line.chars().count() > 125);
                assert_eq!(long, None, "{name}");
            }
        }
    }
}
