//! Columns and their roles: chosen on the screen, shown with their reasons, remembered for the same header.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tierscope::app::keymap::Key;
use tierscope::app::model::Stage as ModelStage;
use tierscope::app::update::Effect;
use tierscope::data::load::Request;
use tierscope::data::place::Place;
use tierscope::data::synonyms::Role;
use tierscope::engine::plan::Plan;

use super::stage::{DOWN, SIZES, Stage};
use super::support::{Failure, Scratch, TestResult, answer, lines, number, string, text, tierscope, two_ids};
use super::terminal::Terminal;

/// Two columns may be the customer: the first has 10 values, the second 15. Amounts are 0.50 to 29.50, 450.00 in all.
fn named() -> String {
    format!("ref,code,date,amount\n{}", two_ids())
}

fn request(file: &str, memory: &Path) -> Request {
    let places = vec![Place::file(file)];
    Request { places, memory: Some(memory.to_owned()), ..Request::default() }
}

fn open(file: &str, memory: &Path) -> Stage {
    Stage::by(request(file, memory), Plan::default(), (120, 40))
}

fn customers(stage: &Stage) -> Result<u64, Failure> {
    let session = stage.model.session().ok_or("nothing is open")?;
    Ok(session.analysis.summary().total().customers)
}

fn is_asking(stage: &Stage) -> bool {
    matches!(stage.model.stage, ModelStage::Asking(_))
}

/// The line of a column on the mapping screen.
fn line(stage: &Stage, column: &str) -> Result<String, Failure> {
    let screen = stage.screen()?;
    let found = screen.lines().into_iter().find(|line| line.split_whitespace().nth(2) == Some(column));
    found.ok_or_else(|| format!("no column {column}:\n{}", screen.text()).into())
}

#[test]
fn the_screen_opens_with_the_gap_and_each_column_with_samples_role_and_reason() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", named())?;
    for size in SIZES {
        let mut stage = Stage::by(request(&file, &scratch.path("none")), Plan::default(), size);
        let screen = stage.screen()?.text();
        assert!(screen.contains("which column is the customer? ref, code look alike (c)"), "{screen}");
        assert!(line(&stage, "ref")?.contains("customer?") && line(&stage, "ref")?.contains("9000"));
        for (column, role, sample) in [("date", "date", "2024-01-01"), ("amount", "amount", "0.50")] {
            let line = line(&stage, column)?;
            assert!(line.matches(role).count() >= 2 && line.contains(sample), "{size:?} {line}");
            assert!(line.contains("its name"), "{size:?} {line}");
        }
        // All of the reason stands below for the column under the cursor.
        stage.press([DOWN, DOWN]);
        assert!(stage.screen()?.text().contains("30 of 30 sampled rows filled"), "{}", stage.screen()?.text());
    }
    Ok(())
}

#[test]
fn a_choice_is_remembered_for_the_header_recalled_and_forgotten() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, memory) = (scratch.file("sales.csv", named())?, scratch.path("config/mappings.toml"));
    let mut stage = open(&file, &memory);
    assert!(is_asking(&stage));
    stage.press([DOWN, Key::Char('c')]);
    assert!(line(&stage, "code")?.contains("chosen by you"));
    stage.press([Key::Enter]);
    assert_eq!(customers(&stage)?, 15);
    assert_eq!(fs::metadata(&memory)?.permissions().mode() & 0o777, 0o600);
    let written = fs::read_to_string(&memory)?;
    assert!(written.contains("\"ref\", \"code\", \"date\", \"amount\""), "{written}");
    // Another file of the same header, in another folder and with other rows.
    let other = scratch.file("later.csv", named() + "9999,1999,2024-02-01,7.00\n")?;
    let mut stage = open(&other, &memory);
    assert_eq!(customers(&stage)?, 16);
    stage.type_in("C");
    assert!(line(&stage, "code")?.contains("remembered"), "{}", stage.screen()?.text());
    // It is a scenario's to keep: elsewhere nothing is remembered.
    stage.press([Key::Esc]);
    let scenario = scratch.path("kept.toml");
    stage.type_in("os");
    stage.press([Key::Ctrl('u')]);
    stage.type_in(text(&scenario)?);
    stage.press([Key::Enter]);
    assert!(fs::read_to_string(&scenario)?.contains("\ncustomer = \"code\"\n"));
    // Forgotten, and asked for again.
    stage.type_in("Cx");
    assert!(stage.screen()?.text().contains("forgotten"), "{}", stage.screen()?.text());
    assert!(line(&stage, "code")?.contains("customer?"));
    assert!(!fs::read_to_string(&memory)?.contains("[[mapping]]"));
    assert!(is_asking(&open(&other, &memory)));
    Ok(())
}

#[test]
fn what_is_typed_comes_before_what_is_remembered_and_another_header_is_another() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, memory) = (scratch.file("sales.csv", named())?, scratch.path("mappings.toml"));
    open(&file, &memory).press([DOWN, Key::Char('c'), Key::Enter]);
    assert!(memory.is_file());
    let mut typed = request(&file, &memory);
    typed.columns.set(Role::Customer, "ref".to_owned());
    assert_eq!(customers(&Stage::by(typed, Plan::default(), (80, 24)))?, 10);
    let renamed = scratch.file("renamed.csv", named().replacen("code", "Code", 1))?;
    assert!(is_asking(&open(&renamed, &memory)));
    let swapped = scratch.file("swapped.csv", named().replacen("ref,code", "code,ref", 1))?;
    assert!(is_asking(&open(&swapped, &memory)));
    Ok(())
}

#[test]
fn a_later_choice_takes_the_place_of_the_one_that_is_remembered() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, memory) = (scratch.file("sales.csv", named())?, scratch.path("mappings.toml"));
    open(&file, &memory).press([DOWN, Key::Char('c'), Key::Enter]);
    let mut stage = open(&file, &memory);
    assert_eq!(customers(&stage)?, 15);
    stage.type_in("r1g");
    stage.type_in("Cc");
    assert!(stage.screen()?.text().contains("customer is ref; no longer code"), "{}", stage.screen()?.text());
    stage.press([Key::Enter]);
    assert_eq!(customers(&stage)?, 10);
    assert!(stage.screen()?.text().contains("opened with the chosen columns"), "{}", stage.screen()?.text());
    assert_eq!(customers(&open(&file, &memory))?, 10);
    Ok(())
}

#[test]
fn commands_without_a_screen_recall_it_too_and_say_so() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", named())?;
    let memory = scratch.path("config/tierscope/mappings.toml");
    open(&file, &memory).press([DOWN, Key::Char('c'), Key::Enter]);
    let command = |args: &[&str]| answer(tierscope().args(args).env("XDG_CONFIG_HOME", scratch.path("config")));
    let report = command(&["report", &file, "--format", "json"])?;
    let report: serde_json::Value = serde_json::from_str(&report.stdout)?;
    assert_eq!((number(&report["totals"]["customers"])?, string(&report["totals"]["revenue"])?), (15, "450.00"));
    let columns = command(&["columns", &file])?.stdout;
    assert!(columns.lines().any(|line| line.contains("2 code") && line.contains("remembered")), "{columns}");
    let scenario = command(&["scenario", &file])?.stdout;
    assert!(scenario.contains("\ncustomer = \"code\"\n"), "{scenario}");
    let elsewhere = answer(tierscope().args(["report", &file]))?;
    assert_eq!(elsewhere.status, Some(1), "{elsewhere:?}");
    Ok(())
}

#[test]
fn a_damaged_memory_is_not_believed_and_not_in_the_way() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", named())?;
    let good = scratch.path("good.toml");
    open(&file, &good).press([DOWN, Key::Char('c'), Key::Enter]);
    let good = fs::read_to_string(&good)?;
    let damaged: [(&str, Vec<u8>); 5] = [
        ("no TOML", b"format = 1\n[[mapping".to_vec()),
        ("no text", b"\xff\xfe\0\0".to_vec()),
        ("another format", good.replace("format = 1", "format = 7").into_bytes()),
        ("a column that is not there", good.replace("column = 2", "column = 9").into_bytes()),
        ("a role that is none", good.replace("\"customer\"", "\"buyer\"").into_bytes()),
    ];
    for (what, bytes) in damaged {
        let memory = scratch.path(&format!("{what}.toml"));
        fs::write(&memory, &bytes)?;
        let mut stage = open(&file, &memory);
        assert!(is_asking(&stage), "{what}");
        stage.press([Key::Char('c'), Key::Enter]);
        assert_eq!(customers(&stage)?, 10, "{what}");
        assert_eq!(customers(&open(&file, &memory))?, 10, "{what}");
    }
    // Said where nothing is asked.
    let plain = scratch.file("plain.csv", "customer,date,amount\na,2024-01-01,1\nb,2024-01-02,2\n")?;
    let memory: PathBuf = scratch.file("broken.toml", "?")?.into();
    let stage = open(&plain, &memory);
    assert!(stage.screen()?.text().contains("damaged"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn a_home_that_cannot_be_written_to_costs_a_message_and_nothing_else() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", named())?;
    let a_file = scratch.file("no-folder", "")?;
    for memory in [Path::new("/proc/nowhere/mappings.toml"), &Path::new(&a_file).join("mappings.toml")] {
        let mut stage = open(&file, memory);
        assert!(is_asking(&stage), "{memory:?}");
        stage.press([Key::Char('c'), Key::Enter]);
        assert_eq!(customers(&stage)?, 10, "{memory:?}");
        assert!(stage.screen()?.text().contains("cannot be remembered"), "{}", stage.screen()?.text());
    }
    Ok(())
}

#[test]
fn a_file_without_a_header_is_never_remembered() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, memory) = (scratch.file("bare.csv", two_ids())?, scratch.path("mappings.toml"));
    let mut stage = open(&file, &memory);
    assert!(stage.screen()?.text().contains("nothing is remembered"), "{}", stage.screen()?.text());
    stage.press([Key::Char('c'), Key::Enter]);
    assert_eq!(customers(&stage)?, 10);
    assert!(!memory.exists());
    Ok(())
}

/// Amounts that are not quantity times price: 100.00 in all against 2 × 3.00 + 1 × 5.00.
const PRODUCT: &str = "customer,order_no,date,qty,price,amount,state\na,1,2024-01-01,2,3.00,60.00,paid\n\
                       b,2,2024-01-02,1,5.00,40.00,paid\n";

#[test]
fn an_amount_and_quantity_times_price_exclude_each_other_and_it_is_said() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, memory) = (scratch.file("sales.csv", PRODUCT)?, scratch.path("mappings.toml"));
    let mut stage = open(&file, &memory);
    let revenue = |stage: &Stage| stage.model.session().map(|session| session.analysis.summary().total().revenue);
    assert_eq!(revenue(&stage), Some(10_000));
    stage.type_in("C");
    assert!(line(&stage, "price")?.contains("not used: there is an amount"), "{}", line(&stage, "price")?);
    stage.press([DOWN, DOWN, DOWN, Key::Char('q')]);
    assert!(stage.screen()?.text().contains("the amount is quantity × unit price now"), "{}", stage.screen()?.text());
    assert!(!line(&stage, "amount")?.contains("its name"));
    stage.press([Key::Enter]);
    assert_eq!(revenue(&stage), Some(1_100), "{}", stage.screen()?.text());
    // It is remembered so, and turned back.
    let mut stage = open(&file, &memory);
    assert_eq!(revenue(&stage), Some(1_100));
    stage.type_in("C");
    stage.press([Key::End, Key::Arrow(tierscope::app::action::Direction::Up), Key::Char('a'), Key::Enter]);
    assert_eq!(revenue(&stage), Some(10_000), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn a_choice_that_cannot_be_opened_changes_nothing_that_is_remembered() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, memory) = (scratch.file("sales.csv", PRODUCT)?, scratch.path("mappings.toml"));
    let mut stage = open(&file, &memory);
    stage.type_in("C");
    stage.press([Key::End, Key::Char('c'), Key::Enter]);
    let before = (customers(&stage)?, fs::read_to_string(&memory)?);
    assert_eq!(before.0, 1, "everybody is `paid`");
    let mut stage = open(&file, &memory);
    stage.type_in("C");
    stage.press([DOWN, Key::Char('d'), Key::Enter]);
    assert!(stage.screen()?.text().contains("unreadable date"), "{}", stage.screen()?.text());
    stage.press([Key::Esc]);
    assert_eq!((customers(&stage)?, fs::read_to_string(&memory)?), before);
    // The same where it is called off.
    stage.hold_behind();
    stage.type_in("C");
    stage.press([Key::Char('c'), Key::Enter, Key::Esc]);
    assert!(stage.model.reopening.is_none());
    assert_eq!((customers(&stage)?, fs::read_to_string(&memory)?), before);
    assert!(!stage.screen()?.text().contains("Columns of"));
    stage.type_in("C");
    assert!(line(&stage, "state")?.contains("remembered"), "{}", line(&stage, "state")?);
    Ok(())
}

#[test]
fn what_is_missing_is_told_and_nothing_is_loaded_until_it_is_there() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, memory) = (scratch.file("sales.csv", PRODUCT)?, scratch.path("mappings.toml"));
    let mut stage = open(&file, &memory);
    stage.type_in("C");
    stage.press([DOWN, DOWN, Key::Char('-')]);
    assert_eq!(stage.press([Key::Enter]), Effect::None);
    assert!(stage.screen()?.text().contains("which column is the date? (d)"), "{}", stage.screen()?.text());
    // A column that is no date is no date, whoever says so: its rows are rejected, and the open data stays.
    stage.press([Key::End, Key::Char('d'), Key::Enter]);
    assert!(stage.screen()?.text().contains("unreadable date"), "{}", stage.screen()?.text());
    assert!(!memory.exists(), "what did not open is not remembered");
    stage.press([Key::Esc]);
    assert_eq!(customers(&stage)?, 2);
    // `q` gives a role here and quits elsewhere.
    stage.type_in("C");
    assert_eq!(stage.press([Key::Char('q')]), Effect::None);
    Ok(())
}

#[test]
fn an_order_column_that_is_taken_away_makes_each_row_an_order() -> TestResult {
    let scratch = Scratch::new()?;
    let table = lines(0..6, |n| format!("a{},{},2024-01-0{},1.00", n % 2, n / 3, n + 1));
    let file = scratch.file("sales.csv", format!("customer,order_no,date,amount\n{table}"))?;
    let mut stage = open(&file, &scratch.path("mappings.toml"));
    let orders = |stage: &Stage| stage.model.session().map(|session| session.analysis.summary().total().orders);
    assert_eq!(orders(&stage), Some(4));
    stage.type_in("C");
    stage.press([DOWN, Key::Char('-'), Key::Enter]);
    assert_eq!(orders(&stage), Some(6), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn other_files_of_the_same_columns_follow_the_choice() -> TestResult {
    let scratch = Scratch::new()?;
    let table = |customer: &str| PRODUCT.replace("\na,", &format!("\n{customer},"));
    let files = [scratch.file("a.csv", table("x"))?, scratch.file("b.csv", table("y"))?];
    let places = files.iter().map(Place::file).collect();
    let mut stage = Stage::by(Request { places, ..Request::default() }, Plan::default(), (120, 40));
    assert_eq!(customers(&stage)?, 3);
    stage.type_in("C");
    assert!(stage.screen()?.text().contains("and another file of the same columns"), "{}", stage.screen()?.text());
    stage.press([Key::End, Key::Char('c'), Key::Enter]);
    // Everybody is `paid` now.
    assert_eq!(customers(&stage)?, 1, "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn columns_are_chosen_in_a_terminal_and_recalled_by_the_next_one() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", named())?;
    let mut terminal = Terminal::start(&[&file], (80, 24))?;
    terminal.shows("which column is the customer?")?;
    terminal.press_until("c", "customer is ref")?;
    terminal.press("\r")?;
    terminal.shows("1 of 10 ")?;
    terminal.press_until("C", "chosen by you")?;
    terminal.press_until("jc", "no longer ref")?;
    terminal.press_until("\r", "opened with the chosen columns")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    terminal.is_restored()
}
