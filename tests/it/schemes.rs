//! Schemes: those that come along, one's own, and those that do not fit.

use std::fs;

use super::recount::{Recount, named};
use super::support::{
    Failure, Scratch, TestResult, answer, columns, customers, list, report, run, segments, string, succeed, tierscope,
};

#[test]
fn every_scheme_of_the_tables_comes_along() -> TestResult {
    let listed = succeed(["schemes"])?;
    for (name, segments) in
        [("rfm-11", 11), ("rf-10", 10), ("rfm-6", 6), ("cn-8", 8), ("value-3", 3), ("ladder-5", 5), ("r-rfm", 10)]
    {
        assert!(listed.lines().any(|line| line.split_whitespace().next() == Some(name)), "{name}: {listed}");
        let report = report(["--scheme", name])?;
        assert_eq!(report["scheme"], name);
        // R rfm's ranges leave ten cells to one more segment.
        let found = self::segments(&report)?.len();
        assert!(found == segments || (name == "r-rfm" && found == segments + 1), "{name}: {found}");
    }
    Ok(())
}

/// The tables as published; 3 is best.
const SIX: [(&str, &str); 6] = [
    ("Champions", "333 332 323"),
    ("Loyal", "321 322 331 232 233"),
    ("Recent", "312 313 311 222 223"),
    ("Needs Attention", "213 221 123 132 133"),
    ("At Risk", "231 212 122 131 211"),
    ("Inactive", "111 112 113 121"),
];

/// 2 is high, or recent.
const EIGHT: [(&str, &str); 8] = [
    ("重要价值客户", "222"),
    ("重要保持客户", "122"),
    ("重要发展客户", "212"),
    ("重要挽留客户", "112"),
    ("一般价值客户", "221"),
    ("一般发展客户", "211"),
    ("一般保持客户", "121"),
    ("一般挽留客户", "111"),
];

#[test]
fn six_groups_and_eight_classes_hold_whom_the_published_tables_say() -> TestResult {
    let demo = Recount::demo()?;
    let mut thirds = demo.quantiles([3; 3]);
    thirds[0] = vec![180, 365];
    let mean = |axis: usize| {
        let sum: i128 = demo.people.iter().map(|person| demo.values(person)[axis]).sum();
        vec![sum.div_euclid(demo.people.len() as i128)]
    };
    let means = [mean(0), mean(1), mean(2)];
    let cases: [(&str, &[(&'static str, &str)], _); 2] = [("rfm-6", &SIX, thirds), ("cn-8", &EIGHT, means)];
    for (scheme, table, cuts) in cases {
        let counted = demo.by(&cuts, |scores| named(table, scores));
        let found = segments(&report(["--scheme", scheme])?)?;
        let expected: Vec<_> = table
            .iter()
            .map(|(name, _)| ((*name).to_owned(), counted.get(name).copied().unwrap_or_default()))
            .collect();
        assert_eq!(found, expected, "{scheme}");
    }
    Ok(())
}

/// A customer with so many orders, the last of them so many days before 2024-07-01, of so much money in all.
fn buyer(name: &str, orders: u32, last: &str, cents: i64) -> String {
    let mut rows = format!("{name},0,{last},{}.{:02}\n", cents / 100, cents % 100);
    rows.extend((1..orders).map(|order| format!("{name},{order},2024-01-02,0.00\n")));
    rows
}

#[test]
fn the_ladder_takes_the_best_level_of_which_all_three_conditions_hold() -> TestResult {
    let scratch = Scratch::new()?;
    let cases = [
        ("on every edge", 15, "2024-06-01", 50_000_000, "L5 Diamond"),
        ("a day late", 15, "2024-05-31", 50_000_000, "L4 Platinum"),
        ("an order short", 14, "2024-06-30", 99_000_000, "L4 Platinum"),
        ("a cent short", 99, "2024-06-30", 49_999_999, "L4 Platinum"),
        ("gold edge", 6, "2024-05-02", 5_000_000, "L3 Gold"),
        ("silver edge", 3, "2024-04-02", 1_000_000, "L2 Silver"),
        ("past silver", 3, "2024-04-01", 1_000_000, "L1"),
        ("rich but rare", 2, "2024-06-30", 90_000_000, "L1"),
    ];
    let rows = cases.map(|(name, orders, last, cents, _)| buyer(name, orders, last, cents)).concat();
    let file = scratch.file("ladder.csv", format!("customer,order_no,date,amount\n{rows}"))?;
    let list = customers([&*file, "--scheme", "ladder-5", "--sort", "customer"])?;
    let mut expected = cases.map(|(name, .., level)| [name.to_owned(), level.to_owned()]);
    expected.sort_unstable();
    assert_eq!(columns(&list, ["customer", "segment"]), expected);
    Ok(())
}

const OWN: &str = r#"
name = "mine"
title = "Two halves by money"
[axes]
monetary = { bins = 2, cuts = [100], closed = "left" }
[[segment]]
name = "Big"
ranges = [{ m = "2" }]
[[segment]]
name = "Small"
otherwise = true
"#;

const SALES: &str = "customer,date,amount\na,2024-01-01,100.00\nb,2024-01-01,99.99\n";

#[test]
fn ones_own_scheme_is_taken_by_path_or_from_the_config_folder() -> TestResult {
    let scratch = Scratch::new()?;
    let (sales, scheme) = (scratch.file("sales.csv", SALES)?, scratch.file("anything.toml", OWN)?);
    let expected = [["a", "Big"], ["b", "Small"]];
    let by_path = customers([&*sales, "--scheme", &scheme, "--sort", "customer"])?;
    assert_eq!(columns(&by_path, ["customer", "segment"]), expected);
    let folder = scratch.path("tierscope/schemes");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("own.toml"), OWN)?;
    fs::write(folder.join("broken.toml"), "name = ")?;
    let home = scratch.path("");
    let by_name = answer(tierscope().env("XDG_CONFIG_HOME", &home).args(["report", &sales, "--scheme", "mine"]))?;
    assert!(by_name.status == Some(0) && by_name.stdout.contains("Two halves by money"), "{by_name:?}");
    let listed = answer(tierscope().env("XDG_CONFIG_HOME", &home).arg("schemes"))?;
    assert!(listed.stdout.contains("mine") && listed.stdout.contains("broken.toml"), "{listed:?}");
    Ok(())
}

#[test]
fn an_unknown_scheme_is_told_with_those_there_are() -> TestResult {
    let answer = run(["report", "--scheme", "rfm-12"])?;
    assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""));
    for name in ["rfm-12", "rfm-11", "rf-10", "cn-8", "r-rfm"] {
        assert!(answer.stderr.contains(name), "{name}: {}", answer.stderr);
    }
    Ok(())
}

#[test]
fn a_scheme_that_does_not_fit_its_bins_names_one_that_does() -> TestResult {
    for (way, fitting) in [
        (&["--scheme", "rfm-11", "--bins", "3"][..], "rfm-6"),
        (&["--scheme", "rf-10", "--cuts-r", "30", "--cuts-f", "1", "--cuts-m", "100"], "cn-8"),
    ] {
        let answer = run([&["report"], way].concat())?;
        assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""), "{way:?}: {answer:?}");
        assert!(answer.stderr.contains(way[1]) && answer.stderr.contains(fitting), "{way:?}: {}", answer.stderr);
        // And the one that is named does fit.
        let instead: Vec<&str> = way.iter().map(|word| if *word == way[1] { fitting } else { *word }).collect();
        assert_eq!(report(instead)?["scheme"], fitting);
    }
    Ok(())
}

#[test]
fn the_eight_classes_with_five_bins_name_a_scheme_that_fits() -> TestResult {
    let answer = run(["report", "--scheme", "cn-8", "--bins", "5"])?;
    assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""));
    assert!(answer.stderr.contains("cn-8") && answer.stderr.contains("--scheme rfm-11"), "{}", answer.stderr);
    Ok(())
}

#[test]
fn bins_without_a_scheme_take_one_that_fits_and_say_so() -> TestResult {
    let report = report(["--bins", "4"])?;
    let scheme = string(&report["scheme"])?;
    let notes = list(&report["notes"])?.iter().map(string).collect::<Result<Vec<_>, Failure>>()?;
    assert_ne!(scheme, "rfm-11");
    assert!(notes.iter().any(|note| note.contains("rfm-11") && note.contains(scheme)), "{notes:?}");
    assert!(succeed(["report", "--bins", "4"])?.contains(scheme));
    Ok(())
}

#[test]
fn a_scheme_file_with_a_mistake_is_told_by_file_and_segment() -> TestResult {
    let scratch = Scratch::new()?;
    for (content, part) in [
        (OWN.replace("m = \"2\"", "m = \"5-2\""), "Big"),
        (OWN.replace("name = \"Small\"", "name = \"Big\""), "Big"),
        ("name = \"mine\"\ntitle = \"\"".to_owned(), "segment"),
        ("this is no toml".to_owned(), "wrong.toml"),
    ] {
        let file = scratch.file("wrong.toml", content)?;
        let answer = run(["report", "--scheme", &*file])?;
        assert_eq!((answer.status, answer.stderr.lines().count()), (Some(2), 1), "{answer:?}");
        assert!(answer.stderr.contains("wrong.toml") && answer.stderr.contains(part), "{answer:?}");
    }
    Ok(())
}
