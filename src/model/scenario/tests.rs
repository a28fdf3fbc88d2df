use proptest::prelude::*;

use super::*;
use crate::model::filter::{Comparison, Literal, Placed, Test};
use crate::model::measures::{Frequency, Measure, Monetary, Recency};
use crate::model::policies::{Policies, Policy};
use crate::model::schemes::Catalogue;
use crate::show::text::clean;

/// The view of the demo data, as it is written.
const SPRING: &str = include_str!("spring.toml");

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text.as_bytes()).unwrap_or_default()
}

fn decimals(texts: &[&str]) -> Vec<Decimal> {
    texts.iter().map(|text| decimal(text)).collect()
}

fn spring() -> Result<Scenario, Box<dyn std::error::Error>> {
    let segment = |(name, customers, revenue): (&str, u64, &str)| SegmentFigures {
        name: name.to_owned(),
        customers,
        revenue: decimal(revenue),
    };
    let follow = AxisScenario { method: Method::Quantile, bins: 5, cuts: None, closed: Closed::Right };
    let fixed = |cuts: &[&str]| AxisScenario {
        method: Method::Fixed,
        bins: cuts.len() + 1,
        cuts: Some(decimals(cuts)),
        closed: Closed::Right,
    };
    let money = ["15.50", "58.00", "218.80", "844.48"];
    Ok(Scenario {
        name: "spring".to_owned(),
        note: Some(
            "For the spring letter: Champions and Loyal get the catalogue.\n\"New\" is asked again in May.".to_owned(),
        ),
        review_by: Some("2026-12-31".parse()?),
        data: DataPart {
            as_of: Some("2026-01-01".parse()?),
            columns: Columns { customer: Some("customer_id".to_owned()), ..Columns::default() },
            ..DataPart::default()
        },
        measures: Measures::default(),
        axes: [fixed(&["20", "60", "234", "444"]), follow, fixed(&money)],
        scheme: SchemeChoice::Named("rfm-11".to_owned()),
        data_filter: Filter::default(),
        filter: Filter::default(),
        rules: Vec::new(),
        budget: Budget::default(),
        clv: ClvTerms::default(),
        list: ListPart::default(),
        review: Review::default(),
        expected: Some(Expected {
            figures: Figures {
                customers: 2_999,
                orders: 24_645,
                revenue: decimal("2166878.87"),
                cuts: [decimals(&["20", "60", "234", "444"]), decimals(&["1", "2", "5", "12"]), decimals(&money)],
                segments: [
                    ("Champions", 583, "1510763.07"),
                    ("Loyal", 263, "313888.90"),
                    ("Potential Loyalist", 235, "26217.51"),
                    ("New", 328, "4402.61"),
                    ("Promising", 93, "11275.85"),
                    ("Need Attention", 143, "44850.32"),
                    ("About To Sleep", 137, "5609.87"),
                    ("At Risk", 288, "172895.39"),
                    ("Cannot Lose", 100, "49371.52"),
                    ("Hibernating", 533, "22767.89"),
                    ("Lost", 296, "4835.94"),
                ]
                .map(segment)
                .to_vec(),
            },
            tolerance: TOLERANCE,
        }),
    })
}

#[test]
fn a_scenario_is_written_so_that_it_can_be_read() -> Result<(), Box<dyn std::error::Error>> {
    let spring = spring()?;
    assert_eq!(spring.to_toml(), SPRING);
    assert_eq!(Scenario::parse(SPRING)?, spring);
    assert_eq!(Scenario::parse(&SPRING.replace('\n', "\r\n"))?, spring);
    assert_eq!(spring.bins(), [5; 3]);
    Ok(())
}

#[test]
fn a_change_of_one_thing_changes_its_lines_only() -> Result<(), Box<dyn std::error::Error>> {
    let mut changed = spring()?;
    changed.axes[0].cuts = Some(decimals(&["30", "60", "234", "444"]));
    changed.filter = "recency <= 365".parse()?;
    if let Some(expected) = &mut changed.expected {
        expected.figures.segments[1].customers = 264;
    }
    let text = changed.to_toml();
    let lines: Vec<&str> = text.lines().filter(|line| !SPRING.lines().any(|known| known == *line)).collect();
    let expected = [
        "filter = \"recency <= 365\"",
        "cuts = [30, 60, 234, 444]",
        "  { name = \"Loyal\", customers = 264, revenue = \"313888.90\" },",
    ];
    assert_eq!(lines, expected);
    assert_eq!(text.lines().count(), SPRING.lines().count());
    Ok(())
}

const LEAST: &str = "format = 1\nname = \"least\"\n\
    recency = { method = \"quantile\", bins = 5 }\n\
    frequency = { method = \"mean\" }\n\
    monetary = { method = \"r-compat\", bins = 4, measure = \"gross\" }\n\
    scheme = { name = \"score-total\" }\n";

#[test]
fn what_is_left_out_has_its_usual_value() -> Result<(), ScenarioError> {
    let least = Scenario::parse(LEAST)?;
    assert_eq!(least.bins(), [5, 2, 4]);
    assert_eq!(least.axes.each_ref().map(|axis| axis.closed), [Closed::Right, Closed::Right, Closed::Left]);
    assert_eq!(least.measures, Measures { monetary: Monetary::Gross, ..Measures::default() });
    assert_eq!((least.filter.is_empty(), least.review_by, least.expected.is_none()), (true, None, true));
    let figures = "[expected]\ncustomers = 1\norders = 1\nrevenue = 1.5\n";
    let expected = Scenario::parse(&format!("{LEAST}{figures}"))?.expected;
    assert_eq!(expected.as_ref().map(|expected| expected.tolerance), Some(TOLERANCE));
    assert_eq!(expected.map(|expected| expected.figures.revenue), Some(decimal("1.5")));
    for day in ["2026-12-31", "\"2026-12-31\""] {
        let dated =
            Scenario::parse(&LEAST.replace("name = \"least\"", &format!("name = \"least\"\nreview_by = {day}")))?;
        assert_eq!(dated.review_by.map(|day| day.to_string()).as_deref(), Some("2026-12-31"));
    }
    Ok(())
}

#[test]
fn a_problem_names_its_line_or_key_and_what_to_write() {
    for (from, to, part) in [
        ("format = 1", "format = 2\nnews = 1", "use a newer tierscope"),
        ("format = 1", "format = 0", "write `format = 1`"),
        ("format = 1\n", "", "no line `format = 1`"),
        ("name = \"least\"", "name = \"least", "line 2: "),
        ("name = \"least\"", "name = \"least\"\ncolour = 1", "line 3: unknown field `colour`"),
        ("\"quantile\", bins = 5", "\"quantiles\", bins = 5", "line 3: unknown variant `quantiles`"),
        ("name = \"least\"", "name = \"least\"\nreview_by = 2026-02-30", "line 3: "),
        ("name = \"least\"", "name = \"least\"\nreview_by = 2026-02-20T10:00:00", "write it as YYYY-MM-DD"),
        (
            "name = \"least\"",
            "name = \"least\"\nfilter = \"money > 1,000\"",
            "`filter`: numbers have no thousands separators",
        ),
        ("\"quantile\", bins = 5", "\"quantile\"", "`recency.bins` is missing"),
        ("bins = 5", "bins = 11", "`recency.bins` makes 11 bins"),
        ("\"quantile\", bins = 5", "\"fixed\"", "`recency.cuts` is missing"),
        ("\"quantile\", bins = 5", "\"fixed\", cuts = []", "`recency.cuts` makes 1 bins"),
        ("\"quantile\", bins = 5", "\"fixed\", cuts = [30, \"30.0\"]", "`recency.cuts` has 30.0 after 30"),
        ("\"quantile\", bins = 5", "\"fixed\", cuts = [30, \"x\"]", "`recency.cuts` has \"x\", which is not a number"),
        ("\"quantile\", bins = 5", "\"fixed\", cuts = [true]", "line 3: expected a number"),
        ("\"quantile\", bins = 5", "\"fixed\", cuts = [30], bins = 5", "its cuts make 2"),
        ("bins = 5", "bins = 5, cuts = [1]", "`recency.cuts` goes with method = \"fixed\" only"),
        ("\"mean\"", "\"mean\", bins = 5", "`frequency.bins` is 5, but method mean makes 2"),
        ("bins = 4", "bins = 4, closed = \"right\"", "`monetary.closed` is left"),
        ("\"score-total\"", "\"own\", title = \"Own\"", "`scheme`: scheme `own` has no [[segment]]"),
        (
            "\"score-total\"",
            "\"own\", title = \"\", axes.recency.bins = 3, segment = [{ name = \"A\", otherwise = true }]",
            "`scheme`: scheme `own` is written for 3 bins of recency, not 5",
        ),
        ("name = \"least\"", "name = \"least\"\nexpected = { customers = 1 }", "line 3: missing field `orders`"),
        (
            "name = \"least\"",
            "name = \"least\"\nexpected = { customers = 1, orders = 1, revenue = 1, tolerance = \"-1\" }",
            "`expected.tolerance` is below zero",
        ),
    ] {
        let text = LEAST.replacen(from, to, 1);
        let message = Scenario::parse(&text).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message.contains(part), "{to}: {message}");
    }
}

#[test]
fn an_own_scheme_stands_in_full() -> Result<(), Box<dyn std::error::Error>> {
    for own in Catalogue::built_in().schemes() {
        let mut scenario = spring()?;
        scenario.axes = Axis::ALL.map(|axis| {
            let bins = own.axes.of(axis).bins.unwrap_or(5);
            AxisScenario { method: Method::Quantile, bins, cuts: None, closed: Closed::Left }
        });
        scenario.scheme = SchemeChoice::Own(Box::new(own.clone()));
        let text = scenario.to_toml();
        assert_eq!(Scenario::parse(&text)?, scenario, "{text}");
        assert!(text.contains("[[scheme.segment]]"), "{text}");
    }
    Ok(())
}

#[test]
fn what_a_terminal_must_not_get_stays_out() -> Result<(), ScenarioError> {
    let bad = Scenario::parse(&LEAST.replace("least\"", "a\\u001bb\"\nnote = \"\\u001b\\r\\n\\u202e\\n\""))?;
    assert_eq!((bad.name.as_str(), bad.note.as_deref()), ("a\u{fffd}b", Some("\u{fffd}\n\u{fffd}")));
    let error = Scenario::parse(&LEAST.replace("name", "\"\\u001bname\"")).err();
    assert!(error.is_some_and(|error| !error.to_string().contains('\u{1b}')));
    Ok(())
}

fn line() -> impl Strategy<Value = String> {
    "[\"'\\\\#=\\[\\]{}a 重é😀]{0,12}|\\PC{0,12}".prop_map(|text| clean(&text).into_owned())
}

fn lines() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..4).prop_map(|lines| lines.join("\n"))
}

fn amount() -> impl Strategy<Value = Decimal> {
    (-10i128.pow(20)..10i128.pow(20), 0u8..8).prop_map(|(mantissa, decimals)| Decimal { mantissa, decimals })
}

fn day() -> impl Strategy<Value = Day> {
    (-700_000i32..2_000_000).prop_map(Day)
}

fn axis() -> impl Strategy<Value = AxisScenario> {
    let closed = prop_oneof![Just(Closed::Left), Just(Closed::Right)];
    let follow = (prop_oneof![Just(Method::Quantile), Just(Method::RCompat), Just(Method::Mean)], 2usize..=10);
    prop_oneof![
        (follow, closed.clone()).prop_map(|((method, bins), closed)| AxisScenario {
            method,
            bins: if method == Method::Mean { 2 } else { bins },
            cuts: None,
            closed: if method == Method::RCompat { Closed::Left } else { closed },
        }),
        (prop::collection::vec(amount(), 1..10), closed).prop_map(|(mut cuts, closed)| {
            cuts.sort_by(|a, b| a.compare(*b));
            cuts.dedup_by(|a, b| a.compare(*b).is_eq());
            AxisScenario { method: Method::Fixed, bins: cuts.len() + 1, cuts: Some(cuts), closed }
        }),
    ]
}

fn scheme() -> impl Strategy<Value = SchemeChoice> {
    let own = (line(), line(), prop::option::of(line()), prop::collection::btree_set(line(), 1..4));
    let own = own.prop_filter_map("a scheme", |(name, title, note, segments)| {
        let mut own = Catalogue::built_in().find("score-total").ok()?;
        (own.name, own.title, own.note) = (name, title, note);
        own.segments.truncate(segments.len());
        for (segment, name) in own.segments.iter_mut().zip(segments) {
            segment.also = Some(format!("{name} also"));
            segment.name = name;
        }
        Some(SchemeChoice::Own(Box::new(own)))
    });
    prop_oneof![line().prop_map(SchemeChoice::Named), own]
}

fn expected() -> impl Strategy<Value = Expected> {
    let segment = (line(), 0..=i64::MAX as u64, amount());
    let segments = prop::collection::vec(segment, 0..5).prop_map(|segments| {
        let named = segments.into_iter().enumerate();
        let named = named.map(|(at, (name, customers, revenue))| SegmentFigures {
            name: format!("{at}{name}"),
            customers,
            revenue,
        });
        named.collect()
    });
    let cuts = [(); 3].map(|()| prop::collection::vec(amount(), 0..4));
    let figures = (0..=i64::MAX as u64, 0..1_000u64, amount(), cuts, segments);
    let figures = figures.prop_map(|(customers, orders, revenue, cuts, segments)| Figures {
        customers,
        orders,
        revenue,
        cuts,
        segments,
    });
    (figures, (0..2_000i128, 0u8..4).prop_map(|(mantissa, decimals)| Decimal { mantissa, decimals }))
        .prop_map(|(figures, tolerance)| Expected { figures, tolerance })
}

fn measures() -> impl Strategy<Value = Measures> {
    prop::collection::vec(0..Measure::ALL.len(), 0..4)
        .prop_map(|chosen| chosen.into_iter().fold(Measures::default(), |measures, at| measures.with(Measure::ALL[at])))
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let column = || prop::option::of(line());
    let columns = [column(), column(), column(), column(), column(), column(), column(), column(), column()];
    let columns = columns.prop_map(Columns::from_array);
    let delimiter = prop::option::of(prop::sample::select(b",;\t|:\"\\ ".to_vec()));
    let text = (prop::option::of(any::<bool>()), delimiter, any::<bool>());
    let text = text.prop_map(|(header, delimiter, plain_quotes)| TextPart {
        header,
        delimiter,
        plain_quotes,
        ..TextPart::default()
    });
    let policies = prop::collection::vec((0..Policy::ALL.len(), 0..4usize), 0..4);
    let policies = policies.prop_map(|chosen| {
        chosen.into_iter().fold(Policies::default(), |policies, (at, choice)| policies.with(Policy::ALL[at], choice))
    });
    let data = (prop::option::of(day()), columns, text, policies);
    let data = data.prop_map(|(as_of, columns, text, policies)| DataPart {
        as_of,
        columns,
        text,
        policies,
        ..DataPart::default()
    });
    let condition = (0..Measure::ALL.len(), amount()).prop_map(|(at, number)| {
        let measure = Measure::ALL[at];
        let name = Placed::new(format!("{}.{measure}", measure.axis().name()), 0);
        Filter::Is(name, Test::Compare(Comparison::AtMost, Placed::new(Literal::Number(number), 0)))
    });
    let filter = prop::collection::vec(condition, 0..3).prop_map(Filter::all_of);
    let rule = prop::sample::select(vec!["Gold: amount >= 100000 in 12 months", "\"a, b\": orders >= 5 in a month"]);
    let rules = prop::collection::vec(rule, 0..3);
    let rules = rules.prop_map(|texts| texts.iter().filter_map(|text| text.parse().ok()).collect());
    let budget = prop::sample::select(vec!["", "Champions: 5 + 2 %; 'a: \"b\"': 0.125; *: 1"]);
    let budget = budget.prop_map(|text| text.parse::<Budget>().unwrap_or_default());
    let clv = (1i128..1_000, 1i128..1_000).prop_map(|(margin, years)| {
        let tenths = |mantissa| Decimal { mantissa, decimals: 1 };
        ClvTerms::new(tenths(margin), tenths(years)).unwrap_or_default()
    });
    let of_rows = prop::sample::select(vec!["", "category = 'Lamps'", "date >= '2024-01-31' and not amount < 0"]);
    let data_filter = of_rows.prop_map(|text| text.parse::<Filter>().unwrap_or_default());
    let filter = (data_filter, filter, rules, budget, clv);
    let head = (line(), prop::option::of(lines()), prop::option::of(day()));
    let body = (data, measures(), [axis(), axis(), axis()], scheme(), filter, prop::option::of(expected()));
    (head, body).prop_map(|((name, note, review_by), (data, measures, axes, scheme, filters, expected))| {
        let (data_filter, filter, rules, budget, clv) = filters;
        let list = ListPart {
            columns: vec!["customer".to_owned(), "a\"b".to_owned()],
            frozen: Some(1),
            sort: vec!["a, \"b\":asc".to_owned()],
        };
        let review = Review {
            marked: [name.clone(), "id\u{1b}[1m".to_owned()].into(),
            notes: [("张 三".to_owned(), name.clone())].into(),
            stopped_at: note.clone(),
        };
        Scenario {
            name,
            note,
            review_by,
            data,
            measures,
            axes,
            scheme,
            data_filter,
            filter,
            rules,
            budget,
            clv,
            list,
            review,
            expected,
        }
    })
}

proptest! {
    #[test]
    fn a_scenario_reads_back_from_its_text(scenario in scenario()) {
        let text = scenario.to_toml();
        prop_assert_eq!(Scenario::parse(&text), Ok(scenario), "{}", text);
    }
}

#[test]
fn every_measure_has_its_word() -> Result<(), Box<dyn std::error::Error>> {
    let mut scenario = spring()?;
    scenario.measures =
        Measures { recency: Recency::OwnGap, frequency: Frequency::Days, monetary: Monetary::MeanOrder };
    let text = scenario.to_toml();
    for part in ["A cut of 1.5 means \"1.5 times the gap or less\"", "\"4 days or fewer\"", "\"100 or less\""] {
        assert!(text.contains(part), "{text}");
    }
    Ok(())
}

#[test]
fn policies_are_written_with_their_choices_and_read_strictly() -> Result<(), Box<dyn std::error::Error>> {
    let mut scenario = spring()?;
    scenario.data.policies = Policies::default().with(Policy::Returns, 2).with(Policy::ZeroAmounts, 1);
    scenario.data.text =
        TextPart { header: Some(false), delimiter: Some(b'\t'), plain_quotes: true, ..TextPart::default() };
    let text = scenario.to_toml();
    let policies = text.split("[policies]\n").nth(1).ok_or("no table")?;
    let lines: Vec<&str> = policies.lines().take_while(|line| !line.is_empty()).collect();
    let [about, returns, _, zero] = lines[..] else { return Err(format!("{lines:?}").into()) };
    assert!(["net", "gross", "void"].iter().all(|choice| about.contains(choice)), "{about}");
    assert_eq!([returns, zero], ["returns = \"void\"", "zero-amounts = \"drop\""]);
    for part in ["\nheader = false\n", "\ndelimiter = \"tab\"\n", "\nplain_quotes = true\n"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(Scenario::parse(&text)?, scenario);
    for (from, to, problem) in [
        (
            "returns = \"void\"",
            "returns = \"nett\"",
            "`policies.returns` cannot be: `nett` is no choice for returns; choose from net, gross, void",
        ),
        ("zero-amounts", "zeros", "`policies.zeros` is no policy; there are returns, refunds, status, zero-amounts,"),
        (
            "\"tab\"",
            "\"ab\"",
            "`data.delimiter` cannot be: give one character that is no letter and no digit, or `tab`",
        ),
    ] {
        let error = Scenario::parse(&text.replace(from, to)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with(problem), "{error}");
    }
    Ok(())
}

#[test]
fn a_budget_and_terms_are_kept_where_they_are_not_the_usual_ones() -> Result<(), Box<dyn std::error::Error>> {
    let mut scenario = spring()?;
    let usual = scenario.to_toml();
    assert!(!usual.contains("budget") && !usual.contains("[clv]"), "{usual}");
    scenario.budget = "Champions: 5 + 2 %; *: 1".parse()?;
    scenario.clv = "3.5 years, 40 %".parse()?;
    let text = scenario.to_toml();
    for part in ["\nbudget = \"Champions: 5 + 2 %; *: 1\"\n", "\n[clv]\nyears = \"3.5\"\nmargin_percent = 40\n"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(Scenario::parse(&text)?, scenario);
    // A term that is left out is the usual one.
    assert_eq!(Scenario::parse(&text.replace("years = \"3.5\"\n", ""))?.clv, "40 %".parse()?);
    for (from, to, problem) in [
        ("5 + 2 %;", "5 + 2;", "`budget`: a segment has one cost for each customer"),
        ("margin_percent = 40", "margin_percent = 140", "`clv` cannot be: a margin is above 0 and at most 100"),
        ("years = \"3.5\"", "years = \"x\"", "`clv.years` has \"x\""),
    ] {
        let error = Scenario::parse(&text.replace(from, to)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with(problem), "{error}");
    }
    Ok(())
}
