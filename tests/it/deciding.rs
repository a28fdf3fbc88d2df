//! Policies as they are given, kept and decided on the screen, whatever they do to the rows.

use std::io::Write;
use std::process::Command;
use std::thread;

use tierscope::app::keymap::Key;
use tierscope::app::reopen::State;
use tierscope::app::update::Effect;
use tierscope::model::policies::{Policies, Policy};

use super::stage::{DOWN, LEFT, RIGHT, SIZES, Stage};
use super::support::{Failure, Scratch, TestResult, list, number, report, run, segments, string, succeed, tally, text};
use super::terminal::Terminal;

/// A scenario of the demo shop, saved with some options.
fn saved(scratch: &Scratch, name: &str, options: &[&str]) -> Result<String, Failure> {
    let path = scratch.path(name);
    let path = text(&path)?;
    succeed([&["scenario", "--save", path], options].concat())?;
    Ok(path.to_owned())
}

/// The lines of a table of a scenario that are no comment.
fn table(path: &str, name: &str) -> Result<Vec<String>, Failure> {
    let content = std::fs::read_to_string(path)?;
    let table = content.lines().skip_while(|line| *line != format!("[{name}]")).skip(1);
    let table = table.take_while(|line| !line.starts_with('['));
    Ok(table.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

fn policies(stage: &Stage) -> Policies {
    stage.model.session().map(|session| session.policies).unwrap_or_default()
}

#[test]
fn the_help_of_a_policy_has_each_choice_with_its_words() -> TestResult {
    let help = succeed(["report", "--help"])?;
    let words: Vec<&str> = help.split_whitespace().collect();
    let help = words.join(" ");
    for policy in Policy::ALL {
        for choice in policy.choices() {
            let line = format!("- {}: {}", choice.name, choice.words);
            assert!(help.contains(&line), "{line}");
        }
    }
    Ok(())
}

#[test]
fn a_choice_that_is_none_is_a_wrong_use_and_names_those_there_are() -> TestResult {
    for (option, choices) in [("--returns", "net, gross, void"), ("--status", "drop, closed, keep")] {
        let answer = run(["report", option, "nett"])?;
        assert_eq!((answer.status, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
        assert!(answer.stderr.contains(choices) && answer.stderr.contains(option), "{answer:?}");
    }
    Ok(())
}

#[test]
fn a_scenario_keeps_policies_roles_and_reader_options_and_options_come_before_it() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = "who;when;much;back;state;coin\na;2024-01-01;10.00;;paid;EUR\nb;2024-01-02;5\";1;paid;EUR\n";
    let file = scratch.file("rows.csv", rows.replace("5\"", "5.00"))?;
    let options = [
        &*file,
        "--bins",
        "2",
        "--customer",
        "who",
        "--date",
        "when",
        "--amount",
        "much",
        "--refund",
        "back",
        "--status-column",
        "state",
        "--currency-column",
        "coin",
        "--delimiter",
        ";",
        "--header",
        "yes",
        "--plain-quotes",
        "--returns",
        "void",
        "--future",
        "keep",
    ];
    let first = saved(&scratch, "first.toml", &options)?;
    assert_eq!(table(&first, "policies")?, ["returns = \"void\"", "future = \"keep\""]);
    let data = [
        "customer = \"who\"",
        "date = \"when\"",
        "amount = \"much\"",
        "refund = \"back\"",
        "status = \"state\"",
        "currency = \"coin\"",
        "header = true",
        "delimiter = \";\"",
        "plain_quotes = true",
    ];
    assert_eq!(table(&first, "data")?, data);
    // What is not said by an option is said by the scenario.
    let more = [&*file, "--scenario", &*first, "--returns", "net", "--status-column", "5", "--header", "auto"];
    let second = saved(&scratch, "second.toml", &more)?;
    assert_eq!(table(&second, "policies")?, ["future = \"keep\""]);
    let mut data = data.to_vec();
    data[4] = "status = \"5\"";
    data.remove(6);
    assert_eq!(table(&second, "data")?, data);
    assert_eq!(run(["check", &first, &file])?.status, Some(0));
    Ok(())
}

#[test]
fn a_scenario_with_a_policy_that_is_none_is_refused_with_those_there_are() -> TestResult {
    let scratch = Scratch::new()?;
    let path = saved(&scratch, "a.toml", &["--returns", "gross"])?;
    let written = std::fs::read_to_string(&path)?;
    for (line, parts) in [
        ("returns = \"nett\"", ["policies.returns", "net, gross, void"]),
        ("retruns = \"net\"", ["policies.retruns", "returns, refunds, status"]),
    ] {
        let wrong = scratch.file("wrong.toml", written.replace("returns = \"gross\"", line))?;
        let answer = run(["report", "--scenario", &wrong])?;
        assert_eq!((answer.status, answer.stderr.lines().count()), (Some(2), 1), "{answer:?}");
        assert!(parts.iter().all(|part| answer.stderr.contains(part)), "{answer:?}");
    }
    Ok(())
}

#[test]
fn a_diff_names_the_policies_and_counts_everybody_of_the_second() -> TestResult {
    let scratch = Scratch::new()?;
    let shop = scratch.file("shop.csv", tierscope::demo::SHOP)?;
    let from = saved(&scratch, "from.toml", &[])?;
    let to = saved(&scratch, "to.toml", &["--returns", "gross", "--cuts-r", "30,60,90,120"])?;
    let told = succeed(["diff", &from, &to, &shop, "--format", "json"])?;
    let told: serde_json::Value = serde_json::from_str(&told)?;
    let parts = list(&told["differences"])?;
    let policy = parts.iter().find(|part| part["what"] == "policy returns").ok_or("the policy is not named")?;
    assert_eq!((string(&policy["a"])?, string(&policy["b"])?), ("net", "gross"));
    // Whoever the second does not have stands in a column of their own.
    let report = report([&*shop, "--returns", "gross", "--cuts-r", "30,60,90,120"])?;
    for (name, expected) in segments(&report)? {
        let movements = list(&told["movements"])?.iter().filter(|one| one["to"] == name.as_str());
        let counted = movements.map(tally).collect::<Result<Vec<_>, _>>()?.into_iter().sum();
        assert_eq!(expected, counted, "{name}");
    }
    // An option holds for both: nothing is left to differ.
    let told = succeed(["diff", &from, &to, &shop, "--returns", "void"])?;
    assert!(!told.contains("policy returns"), "{told}");
    Ok(())
}

#[test]
fn a_decision_is_counted_first_and_esc_leaves_everything_as_it_was() -> TestResult {
    for size in SIZES {
        let mut stage = Stage::demo(size);
        let before = stage.screen()?.without_message();
        stage.type_in("P");
        let lines = stage.screen()?.lines();
        for policy in Policy::ALL {
            let line = lines.iter().find(|line| line.contains(&format!("  {} ", policy.name())));
            let choice = policy.choices()[0].name;
            assert!(line.is_some_and(|line| line.contains(choice)), "{policy} at {size:?}: {lines:#?}");
        }
        stage.press([DOWN, RIGHT]);
        let screen = stage.screen()?.text();
        assert!(screen.contains("* refunds") && screen.contains("‹ignore›"), "{screen}");
        assert!(screen.contains("Enter takes it") && screen.contains("start anew"), "{screen}");
        let kept = screen.lines().find(|line| line.contains("rows kept")).ok_or("no rows kept")?;
        assert_eq!(kept.matches("29,269").count(), 2, "the shop has no refund column: {kept}");
        assert_eq!(policies(&stage), Policies::default());
        stage.press([Key::Esc]);
        assert_eq!(stage.screen()?.without_message(), before);
        assert!(stage.model.reopening.is_none());
    }
    Ok(())
}

#[test]
fn a_decision_that_is_taken_keeps_the_view_and_is_in_scenarios_and_options() -> TestResult {
    let scratch = Scratch::new()?;
    let mut stage = Stage::demo((120, 40));
    stage.type_in("r1g");
    stage.press([RIGHT]);
    stage.type_in("P");
    stage.press([RIGHT, Key::Enter]);
    let screen = stage.screen()?;
    assert!(screen.text().contains("now returns gross; the view is kept"), "{}", screen.text());
    assert_eq!(policies(&stage), Policies::default().with(Policy::Returns, 1));
    let same = report(["--returns", "gross", "--cuts-r", "21,60,234,444"])?;
    let customers: Vec<u64> = segments(&same)?.into_iter().map(|(_, tally)| tally.customers).collect();
    assert_eq!(screen.tiers()?, customers);
    let session = stage.model.session().ok_or("nothing is open")?;
    assert_eq!(session.analysis.summary().total().customers, number(&same["totals"]["customers"])?);
    assert_eq!(session.history.steps().len(), 0);
    let options = tierscope::app::as_options::as_options(session);
    assert!(options.contains("--returns gross") && options.contains("--cuts-r=21,60,234,444"), "{options}");
    let path = scratch.path("kept.toml");
    stage.type_in("os");
    stage.press([Key::Ctrl('u')]);
    stage.type_in(text(&path)?);
    stage.press([Key::Enter]);
    assert_eq!(table(text(&path)?, "policies")?, ["returns = \"gross\""]);
    Ok(())
}

#[test]
fn the_newest_decision_wins_and_enter_waits_for_it() -> TestResult {
    let mut stage = Stage::demo((80, 24));
    stage.hold_behind();
    stage.type_in("P");
    assert_eq!(stage.press([LEFT, LEFT]), Effect::Reopen);
    let wanted =
        stage.model.reopening.as_ref().map(|reopening| reopening.request.policies.choice(Policy::Returns).name);
    assert_eq!(wanted, Some("gross"), "left of the first is the last, left of that the second");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("Enter waits for it"), "{}", stage.screen()?.text());
    // It is settled: no key changes it any more.
    stage.press([RIGHT, DOWN]);
    assert_eq!(policies(&stage), Policies::default());
    stage.finish_behind();
    assert_eq!(policies(&stage).choice(Policy::Returns).name, "gross");
    assert!(stage.model.overlay.is_none());
    Ok(())
}

#[test]
fn back_at_what_is_in_force_there_is_nothing_to_load_and_help_loses_nothing() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.hold_behind();
    stage.type_in("P");
    assert_eq!(stage.press([RIGHT]), Effect::Reopen);
    stage.type_in("?");
    stage.press([Key::Esc]);
    assert!(stage.screen()?.text().contains("‹gross›"), "{}", stage.screen()?.text());
    assert_eq!(stage.press([LEFT]), Effect::None);
    assert!(stage.model.reopening.is_none());
    stage.press([Key::Enter]);
    assert!(stage.model.overlay.is_none());
    Ok(())
}

#[test]
fn a_load_that_fails_says_why_and_leaves_the_data_open() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", tierscope::demo::SHOP)?;
    let mut stage = Stage::file(&file, tierscope::engine::plan::Plan::default(), (80, 24));
    std::fs::remove_file(&file)?;
    stage.type_in("P");
    stage.press([RIGHT, Key::Enter]);
    assert!(stage.screen()?.text().contains("cannot read"), "{}", stage.screen()?.text());
    assert!(matches!(stage.model.reopening.as_ref().map(|one| &one.state), Some(State::Failed(_))));
    stage.press([Key::Esc]);
    assert!(stage.screen()?.text().contains("2,999"));
    Ok(())
}

#[test]
fn a_pipe_can_be_loaded_again_with_other_policies() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.path("pipe.csv");
    if !Command::new("mkfifo").arg(&path).status()?.success() {
        return Err("mkfifo failed".into());
    }
    let pipe = path.clone();
    let writer = thread::spawn(move || {
        let mut pipe = std::fs::OpenOptions::new().write(true).open(pipe)?;
        pipe.write_all(tierscope::demo::SHOP.as_bytes())
    });
    let mut terminal = Terminal::start(&[text(&path)?], (120, 40))?;
    terminal.shows("2,999")?;
    writer.join().map_err(|_| "the writer failed")??;
    terminal.press_until("P", "what it does")?;
    terminal.press_until("\u{1b}[C", "Enter takes it")?;
    terminal.press_until("\r", "now returns gross")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    Ok(())
}
