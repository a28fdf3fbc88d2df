//! The definition as SQL, run in a database, against the report and against values counted here from its words.
//!
//! `DuckDB` is reached by Python, which `TIERSCOPE_PYTHON` names; `PostgreSQL` by `psql` with the connection that
//! `TIERSCOPE_POSTGRES` names. What is not there is skipped, saying so on stderr.

mod counted;
mod databases;

use tierscope::data::parse::date::DateFormat;
use tierscope::engine::definition::{Amount, Between, Columns, Definition, Dialect, Output, sql, words};
use tierscope::model::customers::Axis;
use tierscope::model::cuts::{Closed, Cuts, Method};
use tierscope::model::measures::{Frequency, Measure, Measures, Monetary, Recency};
use tierscope::model::money::{Money, Scale};
use tierscope::model::policies::Policies;
use tierscope::model::scheme::{Scheme, SegmentMap, cell_index};
use tierscope::model::schemes::Catalogue;

use self::counted::{Counted, People, Sales};
use self::databases::{Database, databases};
use super::support::{Failure, Scratch, TestResult, micros, report, segments};

/// How cuts come to be, and what else there is to choose.
#[derive(Clone)]
struct Choice {
    options: &'static [&'static str],
    method: Method,
    closed: Closed,
    bins: [usize; 3],
    scheme: &'static str,
    measures: Measures,
}

const PLAIN: Choice = Choice {
    options: &[],
    method: Method::Quantile,
    closed: Closed::Right,
    bins: [5; 3],
    scheme: "rfm-11",
    measures: Measures { recency: Recency::Days, frequency: Frequency::Orders, monetary: Monetary::Net },
};

/// What the report can be asked for, and what that means.
fn choices() -> Vec<Choice> {
    let by = |frequency| Measures { frequency, ..PLAIN.measures };
    let cn_8 = Choice { method: Method::Mean, bins: [2; 3], scheme: "cn-8", ..PLAIN };
    vec![
        PLAIN,
        Choice { options: &["--closed", "left"], closed: Closed::Left, ..PLAIN },
        Choice { options: &["--scheme", "cn-8"], ..cn_8.clone() },
        Choice { options: &["--scheme", "cn-8", "--closed", "left"], closed: Closed::Left, ..cn_8 },
        Choice {
            options: &["--scheme", "r-rfm"],
            method: Method::RCompat,
            closed: Closed::Left,
            scheme: "r-rfm",
            ..PLAIN
        },
        Choice { options: &["--scheme", "score-total", "--bins", "10"], scheme: "score-total", bins: [10; 3], ..PLAIN },
        Choice {
            options: &["--scheme", "value-3", "--bins", "4,3,3", "--frequency", "days"],
            scheme: "value-3",
            bins: [4, 3, 3],
            measures: by(Frequency::Days),
            ..PLAIN
        },
        Choice {
            options: &["--scheme", "rf-10", "--frequency", "rows"],
            scheme: "rf-10",
            measures: by(Frequency::Rows),
            ..PLAIN
        },
        Choice {
            options: &["--scheme", "rfm-6", "--cuts-r", "20,60", "--cuts-f", "2,5", "--cuts-m", "50,200"],
            method: Method::Fixed,
            scheme: "rfm-6",
            bins: [3; 3],
            ..PLAIN
        },
    ]
}

/// Cuts, a scheme for them, and what follows for everybody.
struct Scored {
    cuts: [Cuts; 3],
    scheme: Scheme,
    map: SegmentMap,
}

impl Scored {
    fn of(choice: &Choice, people: &People) -> Result<Self, Failure> {
        let cut = |axis: Axis| -> Result<Cuts, Failure> {
            let measure = choice.measures.of(axis);
            let values = people.sorted(measure);
            let (count, at) = (values.len(), |rank: usize| values[rank]);
            let (bins, closed) = (choice.bins[axis.index()], choice.closed);
            let unit = measure.scale(people.scale).factor();
            Ok(match choice.method {
                Method::Quantile => Cuts::quantile(axis, closed, bins, count, at)?,
                Method::RCompat => Cuts::r_compat(axis, unit, bins, count, at)?,
                Method::Mean => Cuts::mean(axis, closed, values.iter().copied().map(i128::from).sum(), count),
                Method::Fixed => {
                    let typed = [[20, 60], [2, 5], [50, 200]][axis.index()];
                    Cuts::fixed(axis, closed, &typed.map(|value| value * unit))?
                }
            })
        };
        let cuts = [cut(Axis::Recency)?, cut(Axis::Frequency)?, cut(Axis::Monetary)?];
        let scheme = Catalogue::built_in().find(choice.scheme)?;
        let map = scheme.compile([cuts[0].bins(), cuts[1].bins(), cuts[2].bins()])?;
        Ok(Self { cuts, scheme, map })
    }

    fn definition<'a>(&'a self, choice: &Choice, sales: &'a Sales, people: &People) -> Definition<'a> {
        Definition {
            table: sales.table,
            columns: sales.columns,
            as_of: people.as_of,
            policies: Policies::default(),
            today: None,
            currency: None,
            zoned: false,
            measures: choice.measures,
            cuts: &self.cuts,
            scale: people.scale,
            scheme: &self.scheme,
            map: &self.map,
            conditions: &[],
            data_filter: None,
            filter: None,
        }
    }

    /// The rows that the query by customer has to give.
    fn lines(&self, definition: &Definition<'_>, people: &People) -> Vec<Vec<String>> {
        let asked = |one: &Counted, condition: &Between| {
            let value = people.value(one, condition.measure);
            condition.low.is_none_or(|low| value >= low) && condition.high.is_none_or(|high| value <= high)
        };
        let kept = people.all.iter().filter(|one| definition.conditions.iter().all(|condition| asked(one, condition)));
        let lines = kept.map(|one| {
            let value = |axis| people.value(one, definition.measures.of(axis));
            let text = |axis| Money::new(value(axis), definition.measures.of(axis).scale(people.scale)).to_string();
            let cell = Axis::ALL.map(|axis| self.cuts[axis.index()].score(value(axis)));
            let segment = self.scheme.segment_name(self.map.segment(cell_index(self.map.bins(), cell)));
            let scores = cell.map(|score| score.to_string());
            [&[one.id.clone()][..], &Axis::ALL.map(text), &scores, &[segment.to_owned()]].concat()
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines
    }
}

/// What the query by segment gives, in the shape of a report's segments.
fn tallies(rows: Vec<Vec<String>>) -> Result<Vec<(String, super::support::Tally)>, Failure> {
    let tally = |row: Vec<String>| {
        let [name, customers, orders, revenue] = <[String; 4]>::try_from(row).map_err(|row| format!("{row:?}"))?;
        let (customers, orders) = (customers.parse()?, orders.parse()?);
        Ok((name, super::support::Tally { customers, orders, money: micros(&revenue)? }))
    };
    rows.into_iter().map(tally).collect()
}

/// Runs every choice of the report on a file and in the databases.
fn compare(sales: &Sales, path: &str, options: &[&str], as_of: Option<&str>) -> TestResult {
    let people = People::of(sales, as_of)?;
    for database in databases() {
        let mut queries = Vec::new();
        for choice in choices() {
            let scored = Scored::of(&choice, &people)?;
            let definition = scored.definition(&choice, sales, &people);
            for output in [Output::Segments, Output::Customers] {
                queries.push(sql(&definition, database.dialect(), output)?);
            }
        }
        let mut answers = database.run(sales, path, &queries)?.into_iter();
        for choice in choices() {
            let told = report([&[path], options, choice.options].concat())?;
            let found = tallies(answers.next().ok_or("no answer")?)?;
            assert_eq!(found, segments(&told)?, "{database:?} {:?}", choice.options);
            let mut found = answers.next().ok_or("no answer")?;
            found.sort();
            let scored = Scored::of(&choice, &people)?;
            let expected = scored.lines(&scored.definition(&choice, sales, &people), &people);
            same(&found, &expected, &format!("{database:?} {:?}", choice.options));
        }
    }
    Ok(())
}

/// Fails with the first line that differs rather than with thousands.
fn same(found: &[Vec<String>], expected: &[Vec<String>], about: &str) {
    let first = found.iter().zip(expected).find(|(found, expected)| found != expected);
    assert_eq!(first, None, "{about}");
    assert_eq!(found.len(), expected.len(), "{about}");
}

#[test]
fn the_demo_shop_has_the_reports_segments_in_the_database() -> TestResult {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/demo-data/shop.csv");
    let sales = Sales::read(path, "shop", ["customer_id", "order_id", "order_date", "amount"])?;
    compare(&sales, path, &[], None)?;
    let as_of: &[&str] = &["--as-of", "2025-06-30"];
    compare(&sales, path, as_of, Some("2025-06-30"))
}

#[test]
fn a_nasty_file_has_the_reports_segments_in_the_database() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.file("nasty.csv", counted::nasty())?;
    let names = counted::NASTY;
    let sales = Sales::read(&path, "or\"ders; --", names)?;
    let [customer, order, date, amount] = names;
    let options =
        ["--customer", customer, "--order", order, "--date", date, "--amount", amount, "--as-of", "2024-12-31"];
    compare(&sales, &path, &options, Some("2024-12-31"))
}

#[test]
fn without_order_numbers_each_row_is_an_order_in_the_database_too() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.file("nasty.csv", counted::nasty())?;
    let [customer, order, date, amount] = counted::NASTY;
    let sales = Sales::read(&path, "orders", [customer, "", date, amount])?;
    // A copy without the column, for the report would find it.
    let bare = scratch.file("bare.csv", counted::nasty().replacen(&order.replace('"', "\"\""), "remark", 1))?;
    let sales = Sales { table: "order_totals", ..sales };
    let options = ["--customer", customer, "--date", date, "--amount", amount, "--as-of", "2024-12-31"];
    compare(&sales, &bare, &options, Some("2024-12-31"))
}

#[test]
fn online_retail_has_the_reports_segments_in_the_database() -> TestResult {
    let Some(path) = super::support::public("online-retail/online_retail.csv.gz")? else { return Ok(()) };
    let path = super::support::text(&path)?;
    let sales = Sales::read_product(path, "online_retail")?;
    compare(&sales, path, &[], None)
}

/// Every measure there is, on scores and as a condition, against the values counted here.
#[test]
fn every_measure_is_what_its_words_say_in_the_database() -> TestResult {
    let scratch = Scratch::new()?;
    let nasty = scratch.file("nasty.csv", counted::nasty())?;
    let shop = concat!(env!("CARGO_MANIFEST_DIR"), "/demo-data/shop.csv");
    measures(&Sales::read(&nasty, "nasty", counted::NASTY)?, &nasty, Some("2024-12-31"))?;
    measures(&Sales::read(shop, "shop", ["customer_id", "order_id", "order_date", "amount"])?, shop, None)
}

fn measures(sales: &Sales, path: &str, as_of: Option<&str>) -> TestResult {
    let people = People::of(sales, as_of)?;
    let mut choices = Vec::new();
    for recency in [Recency::Days, Recency::OwnGap] {
        for monetary in [Monetary::Gross, Monetary::MeanOrder, Monetary::LargestOrder] {
            let method = if recency == Recency::Days { Method::RCompat } else { Method::Quantile };
            let measures = Measures { recency, monetary, frequency: Frequency::Orders };
            choices.push(Choice { method, measures, bins: [4, 3, 10], scheme: "score-total", ..PLAIN });
        }
    }
    for database in databases() {
        let mut queries = Vec::new();
        let mut expected = Vec::new();
        for choice in &choices {
            let scored = Scored::of(choice, &people)?;
            // Every measure between its 20th and its 90th percentile: few are left, and each condition is at work.
            let asked = Measure::ALL.map(|measure| {
                let values = people.sorted(measure);
                let at = |share: usize| Some(values[values.len() * share / 100]);
                Between { measure, low: at(10), high: at(95) }
            });
            let plain = scored.definition(choice, sales, &people);
            for conditions in [&[][..], &asked] {
                let definition = Definition { conditions, ..plain };
                queries.push(sql(&definition, database.dialect(), Output::Customers)?);
                expected.push(scored.lines(&definition, &people));
            }
        }
        assert!(expected.iter().all(|lines| !lines.is_empty()));
        let answers = database.run(sales, path, &queries)?;
        for ((mut found, expected), query) in answers.into_iter().zip(expected).zip(&queries) {
            found.sort();
            same(&found, &expected, query);
        }
    }
    Ok(())
}

/// A customer with a gap that no customer has: nobody but single order days.
#[test]
fn where_nobody_came_back_the_gap_is_a_day() -> TestResult {
    let scratch = Scratch::new()?;
    let file = "customer,order,date,amount\na,1,2024-01-01,5.00\nb,2,2024-01-03,7.00\na,3,2024-01-01,2.00\n";
    let path = scratch.file("once.csv", file)?;
    let sales = Sales::read(&path, "once", ["customer", "order", "date", "amount"])?;
    let people = People::of(&sales, None)?;
    let measures = Measures { recency: Recency::OwnGap, ..PLAIN.measures };
    let choice = Choice { bins: [2; 3], scheme: "cn-8", measures, ..PLAIN };
    let scored = Scored::of(&choice, &people)?;
    let definition = scored.definition(&choice, &sales, &people);
    let told = words(&definition);
    assert!(told.contains("where nobody has two order days, one day"), "{told}");
    for database in databases() {
        let answers = database.run(&sales, &path, &[sql(&definition, database.dialect(), Output::Customers)?])?;
        assert_eq!(answers[0].iter().map(|row| &*row[1]).collect::<Vec<_>>(), ["3.00", "1.00"]);
        assert_eq!(answers[0], scored.lines(&definition, &people));
    }
    Ok(())
}

/// Dates without dashes, as CDNOW has them.
#[test]
fn compact_dates_are_read_in_the_database() -> TestResult {
    let scratch = Scratch::new()?;
    let file = "customer,date,amount\na,20240101,5.00\nb,20240103,7.00\na,20240131,2\nc,20240230,1\nd,2024-01-05,1\n";
    let path = scratch.file("compact.csv", file)?;
    let scored = Scored {
        cuts: [
            Cuts::fixed(Axis::Recency, Closed::Right, &[5])?,
            Cuts::fixed(Axis::Frequency, Closed::Right, &[1])?,
            Cuts::fixed(Axis::Monetary, Closed::Right, &[700])?,
        ],
        scheme: Catalogue::built_in().find("cn-8")?,
        map: Catalogue::built_in().find("cn-8")?.compile([2; 3])?,
    };
    let plain = Columns::plain("customer", "date", Amount::Column("amount"));
    let columns = Columns { date_format: DateFormat::Compact, ..plain };
    let definition = Definition {
        table: "compact",
        columns,
        as_of: "2024-02-01".parse()?,
        policies: Policies::default(),
        today: None,
        currency: None,
        zoned: false,
        measures: PLAIN.measures,
        cuts: &scored.cuts,
        scale: Scale::CENTS,
        scheme: &scored.scheme,
        map: &scored.map,
        conditions: &[],
        data_filter: None,
        filter: None,
    };
    for database in databases().into_iter().filter(|database| *database == Database::DuckDb) {
        let sales = Sales { table: "compact", columns, rows: Vec::new() };
        let answers = database.run(&sales, &path, &[sql(&definition, Dialect::DuckDb, Output::Customers)?])?;
        let expected = [["a", "1", "2", "7.00", "2", "2", "1"], ["b", "29", "1", "7.00", "1", "1", "1"]];
        assert_eq!(answers[0].iter().map(|row| row[..7].to_vec()).collect::<Vec<_>>(), expected);
    }
    Ok(())
}
