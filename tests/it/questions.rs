//! What is asked before anything is open, and what is shown where little fits: choosers, the columns of a file that does
//! not open, small screens, names that tell files apart, and the words for one and for nothing.

use tierscope::app::keymap::Key;
use tierscope::app::model::Stage as ModelStage;
use tierscope::app::update::Effect;
use tierscope::data::load::Request;
use tierscope::data::place::Place;
use tierscope::engine::plan::Plan;

use super::exports::packed::{sheet, workbook};
use super::exports::{HEADER, sales};
use super::stage::{DOWN, LEFT, RIGHT, SIZES, Stage};
use super::support::{Failure, Scratch, TestResult, report, run, succeed};

/// The sizes that are told of, with the floor.
const ALL_SIZES: [(u16, u16); 4] = [(60, 16), SIZES[0], SIZES[1], SIZES[2]];

fn revenue(stage: &Stage) -> Option<i64> {
    stage.model.session().map(|session| session.analysis.summary().total().revenue)
}

fn is_stopped(stage: &Stage) -> bool {
    matches!(stage.model.stage, ModelStage::Stopped(_)) && stage.model.overlay.is_none()
}

/// The screen in one line, without the frames of boxes.
fn words(stage: &Stage) -> Result<String, Failure> {
    let text = stage.screen()?.text().replace(['│', '\n'], " ");
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn mixed_currencies_are_a_question_that_a_key_answers() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch
        .file("sales.csv", "customer,date,amount\na,2024-01-01,$10.00\nb,2024-01-02,€20.00\nc,2024-01-03,$5.00\n")?;
    for size in ALL_SIZES {
        for (keys, cents) in [(&[][..], 1_500), (&[DOWN], 2_000)] {
            let mut stage = Stage::file(&file, Plan::default(), size);
            let asked = words(&stage)?;
            for part in ["Which currency counts?", "USD (sales.csv row 2)", "EUR (sales.csv row 3)", "mean nothing"] {
                assert!(asked.contains(part), "{part} at {size:?}: {asked}");
            }
            assert!(!asked.contains("Nothing is open"), "{asked}");
            stage.press(keys.iter().copied().chain([Key::Enter]));
            assert_eq!(revenue(&stage), Some(cents), "{}", words(&stage)?);
        }
    }
    // Who does not choose is asked again.
    let mut stage = Stage::file(&file, Plan::default(), (80, 24));
    stage.press([Key::Esc]);
    assert!(is_stopped(&stage) && words(&stage)?.contains("r asks again which one counts"), "{}", words(&stage)?);
    stage.type_in("r");
    stage.press([DOWN, Key::Enter]);
    assert_eq!(revenue(&stage), Some(2_000));
    Ok(())
}

#[test]
fn a_sheet_is_chosen_in_a_box_of_its_own() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = sales(&["a", "b"]);
    let (north, south) = rows.split_at(40);
    let book = workbook(&[("north", sheet(HEADER, north)), ("south", sheet(HEADER, south))])?;
    let cents: i64 = south.iter().map(|sale| sale.cents).sum();
    let file = scratch.file("book.xlsx", book)?;
    for size in ALL_SIZES {
        let mut stage = Stage::file(&file, Plan::default(), size);
        let asked = words(&stage)?;
        assert!(asked.contains("Which one holds the sales?") && asked.contains("has several sheets"), "{asked}");
        assert!(!asked.contains("Nothing is open") && !asked.contains("r asks"), "{asked}");
        stage.press([DOWN, Key::Enter]);
        assert_eq!(revenue(&stage), Some(cents), "{}", words(&stage)?);
    }
    Ok(())
}

#[test]
fn esc_closes_the_columns_of_a_file_that_did_not_open_and_no_more() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", "customer,date,amount\na,2024-01-01,10.00\nb,2024-01-02,20.00\n")?;
    let request = Request { places: vec![Place::file(file)], as_of: "2020-01-01".parse().ok(), ..Request::default() };
    let mut stage = Stage::by(request, Plan::default(), (80, 24));
    assert!(is_stopped(&stage), "{}", words(&stage)?);
    let before = words(&stage)?;
    stage.type_in("C");
    assert!(matches!(stage.model.stage, ModelStage::Asking(_)), "{}", words(&stage)?);
    assert_eq!(stage.press([Key::Esc]), Effect::None);
    assert!(is_stopped(&stage));
    assert_eq!(words(&stage)?, before);
    Ok(())
}

#[test]
fn a_small_screen_shows_what_policies_change_and_most_columns() -> TestResult {
    let scratch = Scratch::new()?;
    let header = "customer,date,amount,order_no,state,shop,note";
    let rows = "a,2024-01-01,10.00,1,paid,x,\nb,2024-01-02,-3.00,2,paid,x,\nb,2024-01-03,5.00,3,paid,y,\n";
    let file = scratch.file("sales.csv", format!("{header}\n{rows}"))?;
    for size in ALL_SIZES {
        let mut stage = Stage::file(&file, Plan::default(), size);
        stage.type_in("P");
        stage.press([RIGHT]);
        let text = words(&stage)?;
        // Returns set aside: 15.00 in place of 12.00, and a row less.
        for part in ["now", "then", "rows kept", "12.00", "15.00", "+3.00", "-1", "‹gross›", "Enter takes it"] {
            assert!(text.contains(part), "{part} at {size:?}:\n{}", stage.screen()?.text());
        }
        stage.press([DOWN; 8]);
        assert!(stage.screen()?.text().contains("future"), "{}", stage.screen()?.text());
        stage.press([Key::Esc]);
        stage.type_in("C");
        let text = stage.screen()?.text();
        let shown = ["customer", "date", "amount", "order_no", "state", "shop"];
        // A number stands before the name.
        let line = |name: &str| {
            text.lines().any(|line| {
                let words: Vec<&str> = line.split_whitespace().collect();
                words.windows(3).any(|three| three[0] == "│" && three[1].parse::<u8>().is_ok() && three[2] == name)
            })
        };
        assert_eq!(shown.map(line), [true; 6], "{size:?}:\n{text}");
        for letter in ["c customer", "u unit price", "y currency", "- none"] {
            assert!(text.contains(letter), "{letter} at {size:?}:\n{text}");
        }
    }
    Ok(())
}

#[test]
fn the_data_card_goes_to_its_end_and_back() -> TestResult {
    for size in ALL_SIZES {
        let mut stage = Stage::demo(size);
        stage.type_in("d");
        let top = stage.screen()?.text();
        stage.type_in("G");
        let end = stage.screen()?.text();
        assert!(end.contains("Same cuts by options"), "{end}");
        stage.type_in("g");
        assert_eq!(stage.screen()?.text(), top);
    }
    Ok(())
}

#[test]
fn duplicates_that_the_data_card_counted_stand_with_the_policies() -> TestResult {
    let scratch = Scratch::new()?;
    let row = "a,2024-01-01,10.00\n";
    let file = scratch.file("sales.csv", format!("customer,date,amount\n{row}{row}{row}b,2024-01-02,5.00\n"))?;
    let mut stage = Stage::file(&file, Plan::default(), (120, 40));
    let line = |stage: &Stage| -> Result<Vec<String>, Failure> {
        let screen = stage.screen()?;
        let line = screen.lines().into_iter().find(|line| line.contains("duplicates")).ok_or("no such line")?;
        Ok(line.split_whitespace().rev().take(4).map(str::to_owned).collect())
    };
    stage.type_in("P");
    assert_eq!(line(&stage)?[..3], ["│", "counted", "not"]);
    stage.press([Key::Esc, Key::Char('d'), Key::Esc]);
    stage.type_in("P");
    assert_eq!(line(&stage)?, ["│", "counted", "not", "2"]);
    Ok(())
}

#[test]
fn files_of_one_name_are_told_apart_wherever_they_are_named() -> TestResult {
    let scratch = Scratch::new()?;
    let mut folders = Vec::new();
    for (folder, bad) in [("all/m=1", "soon"), ("all/m=2", "later")] {
        std::fs::create_dir_all(scratch.path(folder))?;
        let good = "a,2024-01-01,1.00\n".repeat(30);
        let rows = format!("customer,date,amount\nc,{bad},1.00\n{good}");
        folders.push(scratch.file(&format!("{folder}/p.csv"), rows)?);
    }
    let all = scratch.path("all").to_string_lossy().into_owned();
    for files in [vec![all.clone()], folders] {
        let told = report(&files)?;
        let examples = &told["ledger"]["rejected"][0]["examples"];
        let found: Vec<_> =
            [0, 1].iter().map(|at| (examples[*at]["file"].as_str(), examples[*at]["text"].as_str())).collect();
        let mut found: Vec<_> = found.into_iter().filter_map(|(file, text)| file.zip(text)).collect();
        found.sort_unstable();
        assert_eq!(found, [("m=1/p.csv", "soon"), ("m=2/p.csv", "later")], "{told}");
        let card = succeed([vec!["quality".to_owned()], files].concat())?;
        assert!(card.contains("m=1/p.csv") && card.contains("m=2/p.csv row 2"), "{card}");
    }
    Ok(())
}

#[test]
fn one_has_no_plural_money_is_grouped_and_nothing_is_said_to_be_empty() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("one.csv", "customer,date,amount\na,2024-01-01,1498.93\nb,2024-01-02,\n")?;
    let told = succeed(["report", &file])?;
    assert!(told.contains("1 customer, 1 order, revenue 1,498.93, mean order value 1,498.93"), "{told}");
    assert!(told.contains("row 3 column `amount`: (empty)"), "{told}");
    let saved = run(["scenario", &file, "--save", &scratch.path("one.toml").to_string_lossy()])?;
    assert!(saved.stdout.contains("1 customer, 1 order,"), "{saved:?}");
    let mut stage = Stage::file(&file, Plan::default(), (200, 50));
    stage.press([LEFT, LEFT, LEFT, LEFT, Key::Enter]);
    let text = stage.screen()?.text();
    assert!(text.contains("1 customer of R") && text.contains("1 row") && !text.contains("1 rows"), "{text}");
    assert!(!text.contains("1 customers"), "{text}");
    Ok(())
}
