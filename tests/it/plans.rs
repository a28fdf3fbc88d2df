//! Planning by tiers: what they cost, what customers are worth by which terms, and VIP rules as tiers.

use std::fs;

use serde_json::Value;
use tierscope::app::details::{detailed, details_wanted};
use tierscope::app::keymap::Key;
use tierscope::engine::plan::Plan;

use super::stage::{DOWN, SIZES, Stage};
use super::support::{
    Failure, Scratch, TestResult, customers, list, micros, number, report, run, segments, string, succeed, text,
};

const DEMO: &str = "demo-data/shop.csv";

/// | customer | net       | orders | what is odd |
/// |----------|-----------|--------|---|
/// | ann      | 1,200.00  | 2      | both within a month |
/// | bob      | 300.00    | 3      | over two years to the as-of date |
/// | cid      | 1,000.00  | 1      | |
/// | dot      | 0.01      | 1      | |
/// | eve      | -3.00     | 0      | nothing but a return |
const SALES: &str = "customer,order_no,order_date,amount,category\n\
    ann,1,2023-03-01,700.00,Lamps\nann,2,2023-03-31,500.00,Bath\n\
    bob,3,2022-01-01,100.00,Bath\nbob,4,2022-11-27,100.00,Bath\nbob,5,2023-12-31,100.00,Bath\n\
    cid,6,2023-06-01,1000.00,Lamps\ndot,7,2023-06-02,0.01,Bath\neve,8,2023-06-02,-3.00,Bath\n";

const RULES: [&str; 6] =
    ["--vip", "Often: orders >= 2", "--vip", "Gold: amount >= 1000", "--vip", "Lamps: category 'Lamps' >= 1"];

/// Amounts in millionths, rounded half away from zero to the cent.
fn to_cents(micros: i128) -> i128 {
    let half = if micros < 0 { -5_000 } else { 5_000 };
    (micros + half) / 10_000
}

/// A figure in cents.
fn cents(value: &Value) -> Result<i128, Failure> {
    Ok(micros(string(value)?)? / 10_000)
}

#[test]
fn a_budget_adds_up_from_the_segments_of_the_report() -> TestResult {
    let told = report([DEMO, "--budget", "Champions: 5 + 2.5 %; Lost: 0; 'New': 1.255; Nobody: 9; *: 0.333 + 0.07 %"])?;
    let known = segments(&told)?;
    let lines = list(&told["budget"]["segments"])?;
    assert_eq!(lines.len(), known.len());
    let (mut total, mut heads, mut shares) = (0, 0, 0);
    for (line, (name, tally)) in lines.iter().zip(&known) {
        // Thousandths of a unit a head, and ten-thousandths of the revenue.
        let (head, rate) = match name.as_str() {
            "Champions" => (5_000, 250),
            "Lost" => (0, 0),
            "New" => (1_255, 0),
            _ => (333, 7),
        };
        let by_head = to_cents(i128::from(number(&line["customers"])?) * head * 1_000);
        let revenue = micros(string(&line["revenue"])?)?;
        // Two figures more than a millionth has, so that nothing is cut off before it is rounded.
        let by_revenue = (revenue.max(0) * rate + 50_000_000) / 100_000_000;
        assert_eq!(string(&line["name"])?, name);
        assert_eq!(number(&line["customers"])?, tally.customers, "{name}");
        assert_eq!((cents(&line["by_head"])?, cents(&line["by_revenue"])?), (by_head, by_revenue), "{name}");
        assert_eq!(cents(&line["cost"])?, by_head + by_revenue, "{name}");
        (total, heads, shares) = (total + by_head + by_revenue, heads + by_head, shares + by_revenue);
    }
    let sum = &told["budget"]["total"];
    assert_eq!((cents(&sum["cost"])?, cents(&sum["by_head"])?, cents(&sum["by_revenue"])?), (total, heads, shares));
    assert_eq!(number(&sum["customers"])?, number(&told["totals"]["customers"])?);
    assert_eq!(string(&sum["revenue"])?, string(&told["totals"]["revenue"])?);
    assert_eq!(string(&told["budget"]["absent"][0])?, "Nobody");
    Ok(())
}

#[test]
fn a_budget_stands_in_every_form_of_the_report_and_in_the_scenario() -> TestResult {
    let scratch = Scratch::new()?;
    let budget = "Champions: 5 + 2 %; *: 1";
    let csv = succeed(["report", DEMO, "--budget", budget, "--format", "csv"])?;
    assert!(csv.starts_with("segment,customers,customer_share,orders,revenue,revenue_share,cost_by_head,"), "{csv}");
    let table = succeed(["report", DEMO, "--budget", budget])?;
    let total = table.lines().find(|line| line.starts_with("total ")).ok_or("no total")?.to_owned();
    assert!(table.contains(&format!("Budget: {budget}")) && total.contains("2,999"), "{table}");
    let markdown = succeed(["report", DEMO, "--budget", budget, "--format", "markdown"])?;
    assert!(markdown.contains("## Budget\n\nTerms: Champions: 5 + 2 %; \\*: 1\n"), "{markdown}");
    let path = scratch.path("plan.toml");
    let path = text(&path)?;
    let terms = ["--clv-years", "2.5", "--clv-margin", "40%"];
    succeed([&["scenario", DEMO, "--budget", budget, "--save", path][..], &terms].concat())?;
    let written = fs::read_to_string(path)?;
    for part in [format!("budget = \"{budget}\"\n"), "[clv]\nyears = \"2.5\"\nmargin_percent = 40\n".to_owned()] {
        assert!(written.contains(&part), "{written}");
    }
    assert!(succeed(["report", DEMO, "--scenario", path])?.contains(&total));
    assert_eq!(run(["check", path, DEMO])?.status, Some(0));
    // A report without a budget says nothing of one.
    assert!(report([DEMO])?.get("budget").is_none());
    for (option, value, part) in [
        ("--budget", "Champions: 5 + 2", "(at character 16)"),
        ("--clv-years", "0", "a lifespan is above 0"),
        ("--clv-margin", "101", "a margin is above 0 and at most 100"),
    ] {
        let answer = run(["report", DEMO, option, value])?;
        assert!(answer.status == Some(2) && answer.stderr.contains(part), "{answer:?}");
    }
    Ok(())
}

#[test]
fn lifetime_values_follow_their_terms() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", SALES)?;
    let value = |terms: &[&str]| -> Result<String, Failure> {
        let args =
            [&[&*file, "--bins", "2", "--columns", "customer,clv", "--where", "customer = 'bob'"][..], terms].concat();
        Ok(customers(args)?.first().ok_or("nobody")?["clv"].clone())
    };
    // As of 2024-01-01, 730 days after the first of three orders: 100.00 x 1.5 a year x 3 years.
    for (terms, expected) in [
        (&[][..], "450.00"),
        (&["--clv-years", "5"], "750.00"),
        (&["--clv-margin", "40"], "180.00"),
        (&["--clv-years", "0.5", "--clv-margin", "12.5 %"], "9.38"),
    ] {
        assert_eq!(value(terms)?, expected, "{terms:?}");
    }
    Ok(())
}

#[test]
fn each_customer_is_in_one_vip_tier_and_the_tiers_add_up() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", SALES)?;
    let told = report([&[&*file, "--bins", "2", "--by", "vip"][..], &RULES].concat())?;
    let tiers = list(&told["vip_tiers"])?;
    let figures = tiers.iter().map(|tier| {
        let name = tier["tier"].as_str().unwrap_or("-").to_owned();
        Ok((name, number(&tier["customers"])?, string(&tier["revenue"])?.to_owned(), tier["meet_rule"].as_u64()))
    });
    let figures = figures.collect::<Result<Vec<_>, Failure>>()?;
    // Ann meets all three, and cid the last two; each counts in the first.
    let expected = [
        ("Often", 2, "1500.00", Some(2)),
        ("Gold", 1, "1000.00", Some(2)),
        ("Lamps", 0, "0.00", Some(2)),
        ("-", 2, "-2.99", None),
    ];
    let expected =
        expected.map(|(name, customers, revenue, met)| (name.to_owned(), customers, revenue.to_owned(), met));
    assert_eq!(figures, expected);
    let sum: u64 = figures.iter().map(|(_, customers, ..)| customers).sum();
    assert_eq!(sum, number(&told["totals"]["customers"])?);
    assert_eq!(string(&told["totals"]["revenue"])?, "2497.01");
    // The same in a list, by the field.
    let listed = customers(
        [&[&*file, "--bins", "2", "--columns", "customer,vip_tier", "--sort", "customer"][..], &RULES].concat(),
    )?;
    let listed: Vec<_> = listed.iter().map(|line| format!("{} {}", line["customer"], line["vip_tier"])).collect();
    assert_eq!(listed, ["ann Often", "bob Often", "cid Gold", "dot ", "eve "]);
    for (filter, expected) in
        [("vip_tier = 'Gold'", 1), ("vip_tier is missing", 2), ("vip_tier in ('Gold', 'Often')", 3)]
    {
        let told = report([&[&*file, "--bins", "2", "--where", filter][..], &RULES].concat())?;
        assert_eq!(number(&told["totals"]["customers"])?, expected, "{filter}");
    }
    // A definition says what the rules are that its filter names.
    let words =
        succeed([&["define", &*file, "--bins", "2", "--where", "vip_tier = 'Gold' and clv > 5"][..], &RULES].concat())?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Gold: amount >= 1000;") && words.contains("lifespan 3 years"), "{words}");
    // Those who meet none stand in CSV without a name.
    let csv = succeed([&["report", &*file, "--bins", "2", "--by", "vip", "--format", "csv"][..], &RULES].concat())?;
    assert!(
        csv.starts_with("vip_tier,customers,") && csv.lines().last().is_some_and(|line| line.starts_with(",2,0.4,")),
        "{csv}"
    );
    let without = run(["report", &*file, "--bins", "2", "--by", "vip"])?;
    assert!(without.status == Some(2) && without.stderr.contains("--vip"), "{without:?}");
    Ok(())
}

#[test]
fn costs_are_typed_on_the_screen_and_follow_the_cuts() -> TestResult {
    for size in SIZES {
        let mut stage = Stage::demo(size);
        stage.type_in("$");
        assert!(stage.screen()?.text().contains("nothing costs anything yet"), "{}", stage.screen()?.text());
        stage.press([Key::Enter]);
        stage.type_in("5 + 2 %");
        assert!(stage.screen()?.text().contains("What Champions costs"), "{}", stage.screen()?.text());
        stage.press([Key::Enter]);
        let bill = report([DEMO, "--budget", "Champions: 5 + 2 %"])?;
        let cost = |bill: &Value| Ok::<_, Failure>(string(&bill["budget"]["total"]["cost"])?.to_owned());
        let shown = |stage: &Stage| -> Result<String, Failure> {
            let lines = stage.screen()?.lines();
            let line = lines.into_iter().find(|line| line.contains("by head ")).ok_or("no sum")?;
            let sum = line.split("= ").nth(1).and_then(|sum| sum.split([';', '│']).next()).ok_or("no sum")?;
            Ok(sum.trim_end().replace(',', ""))
        };
        assert_eq!(shown(&stage)?, cost(&bill)?, "{}", stage.screen()?.text());
        // What is no cost is refused where it stands, and the line stays.
        stage.press([Key::Enter]);
        stage.press([Key::End]);
        stage.type_in("x");
        stage.press([Key::Enter]);
        assert!(stage.screen()?.text().contains("is not expected here"), "{}", stage.screen()?.text());
        stage.press([Key::Esc, Key::Esc]);
        assert!(!stage.screen()?.text().contains("by head"));
        // A moved cut makes the plan dearer, and the budget says by how much; the step is taken back.
        stage.type_in("rLL$");
        assert_ne!(shown(&stage)?, cost(&bill)?);
        assert!(stage.screen()?.text().contains("vs baseline"), "{}", stage.screen()?.text());
        stage.type_in("uu");
        stage.press([Key::Esc]);
        stage.type_in("$");
        // The cost of all others, and its removal.
        stage.press([Key::End, Key::Enter]);
        stage.type_in("1");
        stage.press([Key::Enter]);
        assert!(stage.screen()?.text().contains("all others costs 1"), "{}", stage.screen()?.text());
        stage.type_in("x");
        assert!(stage.screen()?.text().contains("all others has no cost of its own"), "{}", stage.screen()?.text());
    }
    Ok(())
}

/// Reads the rows behind the screen, as the loop does.
fn read_rows(stage: &mut Stage) {
    if let Some(task) = details_wanted(&mut stage.model) {
        detailed(&mut stage.model, task.run());
    }
    // The frame after it.
    stage.press([DOWN]);
}

#[test]
fn rules_are_written_ordered_and_filtered_by_on_the_screen() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", SALES)?;
    for size in SIZES {
        let plan = Plan { bins: Some([2; 3]), ..Plan::default() };
        let mut stage = Stage::file(&file, plan, size);
        stage.type_in("R");
        assert!(stage.screen()?.text().contains("no rules yet"), "{}", stage.screen()?.text());
        stage.type_in("a");
        stage.type_in("Gold: amount > ");
        stage.press([Key::Enter]);
        assert!(stage.screen()?.text().contains("(at character "), "{}", stage.screen()?.text());
        stage.type_in("999");
        stage.press([Key::Enter]);
        stage.type_in("a");
        stage.type_in("Often: orders >= 2");
        stage.press([Key::Enter]);
        assert!(stage.screen()?.text().contains("the orders are being read"), "{}", stage.screen()?.text());
        read_rows(&mut stage);
        let row = |stage: &Stage, name: &str| -> Result<Vec<String>, Failure> {
            let lines = stage.screen()?.lines();
            let name = format!("│ {name}");
            let line = lines.into_iter().find(|line| line.contains(&name)).ok_or("no such line")?;
            let figures = line.split(&name).nth(1).unwrap_or_default().trim_end_matches('│').split_whitespace();
            Ok(figures.map(str::to_owned).collect())
        };
        // Customers who meet it, their revenue, and of the tier customers and share.
        let counts = |figures: &[String]| [figures[0].clone(), figures[2].clone(), figures[3].clone()];
        assert_eq!(counts(&row(&stage, "1  Gold")?), ["2", "2", "40.0%"], "{}", stage.screen()?.text());
        assert_eq!(counts(&row(&stage, "2  Often")?), ["2", "1", "20.0%"], "{}", stage.screen()?.text());
        assert_eq!(row(&stage, "no tier")?[..2], ["2", "40.0%"]);
        assert_eq!(row(&stage, "total")?[..2], ["5", "100.0%"]);
        stage.type_in("K");
        assert_eq!(counts(&row(&stage, "1  Often")?), ["2", "2", "40.0%"], "{}", stage.screen()?.text());
        assert_eq!(counts(&row(&stage, "2  Gold")?), ["2", "1", "20.0%"], "{}", stage.screen()?.text());
        stage.type_in("u");
        assert_eq!(row(&stage, "1  Gold")?[0], "2");
        // A name that is taken, and one rule less.
        stage.type_in("a");
        stage.type_in("gold: orders >= 1");
        stage.press([Key::Enter]);
        assert!(stage.screen()?.text().contains("another rule is called"), "{}", stage.screen()?.text());
        stage.press([Key::Esc]);
        stage.press([Key::Home]);
        stage.type_in("f");
        assert!(stage.screen()?.text().contains("filter vip('Gold'): 2 of 5 customers are looked at"));
        // A rule that the filter names stays.
        stage.type_in("Rx");
        assert!(stage.screen()?.text().contains("1  Gold"), "{}", stage.screen()?.text());
        stage.press([DOWN]);
        stage.type_in("x");
        assert!(stage.screen()?.text().contains("VIP rule Often taken away"), "{}", stage.screen()?.text());
    }
    Ok(())
}

#[test]
fn terms_are_typed_as_a_line() -> TestResult {
    let mut stage = Stage::demo((80, 24));
    stage.type_in("ec");
    stage.press([Key::Ctrl('u')]);
    stage.type_in("2 years, 140 %");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("a margin is above 0 and at most 100"), "{}", stage.screen()?.text());
    stage.press([Key::Ctrl('u')]);
    stage.type_in("2 years, 40 %");
    stage.press([Key::Enter]);
    let text = stage.screen()?.text();
    assert!(text.contains("clv: margin 40 %, lifespan 2 years"), "{text}");
    Ok(())
}
