//! Sessions that are kept and gone on with: what was there comes back whole, and nothing that nobody claimed is lost.

use std::collections::BTreeMap;
use std::fs;

use tierscope::app::files::sessions::{keep_open, offer};
use tierscope::app::keymap::Key;
use tierscope::app::session::{Panel, Session};
use tierscope::data::load::Request;
use tierscope::data::place::Place;
use tierscope::engine::plan::Plan;
use tierscope::model::scenario::Scenario;

use super::exports::packed::{sheet, workbook};
use super::exports::{HEADER, sales};
use super::life::Home;
use super::stage::{DOWN, RIGHT, Stage, UP};
use super::support::{Failure, Scratch, TestResult, text};
use super::terminal::Terminal;

const SIZE: (u16, u16) = (120, 40);
const NUDGE: &str = "\u{1b}[C";
const ESC: &str = "\u{1b}";
/// Where the shop's customers buy it only rows tell.
const LAMPS: &str = "category = 'Lamps'";

/// Sessions with one data set, one after the other.
struct Shop {
    folder: Scratch,
    request: Request,
    plan: Plan,
}

impl Shop {
    fn new() -> Result<Self, Failure> {
        let place = Place::BuiltIn { name: "the demo shop", bytes: tierscope::demo::SHOP.as_bytes() };
        let request = Request { places: vec![place], ..Request::default() };
        Ok(Self { folder: Scratch::new()?, request, plan: Plan::default() })
    }

    /// Opens it, with an offer where a session is kept.
    fn open(&self) -> Stage {
        let mut stage = Stage::by(self.request.clone(), self.plan.clone(), SIZE);
        stage.model.session_folder = Some(self.folder.path("sessions"));
        offer(&mut stage.model);
        stage
    }

    /// Opens it and goes on with what is offered.
    fn go_on(&self) -> Stage {
        let mut stage = self.open();
        stage.type_in("og");
        stage
    }

    fn kept(&self) -> usize {
        fs::read_dir(self.folder.path("sessions")).into_iter().flatten().count()
    }
}

fn session(stage: &Stage) -> Result<&Session, Failure> {
    Ok(stage.model.session().ok_or("nothing is open")?)
}

fn line(stage: &mut Stage, key: &str, text: &str) {
    stage.type_in(key);
    stage.press([Key::Ctrl('u')]);
    stage.type_in(text);
    stage.press([Key::Enter]);
}

/// What is seen, but for what the last step changed: going on is one step, whatever was done.
type Seen = (Vec<String>, Vec<Vec<u64>>, Vec<u64>, BTreeMap<String, u64>, Vec<String>, Vec<Vec<String>>);

fn seen(stage: &Stage) -> Result<Seen, Failure> {
    let screen = stage.screen()?;
    let titles = Panel::ALL.iter().filter_map(|panel| screen.panel(*panel).first().cloned());
    let titles = titles.filter(|title| !title.contains("Tiers")).collect();
    let top = screen.lines()[..3].to_vec();
    Ok((top, screen.heatmap()?, screen.tiers()?, screen.bins()?, titles, screen.list()))
}

fn message(stage: &Stage) -> &str {
    stage.model.message.as_ref().map_or("", |message| &message.text)
}

/// Moves a cut, marks somebody and goes down the list.
fn work(stage: &mut Stage) {
    stage.type_in("r1g");
    stage.press([RIGHT, Key::Tab]);
    stage.type_in("jj jjj");
}

/// Nothing of a session that was gone on with is taken for a scenario.
fn is_no_scenario(stage: &mut Stage) -> TestResult {
    let screen = stage.screen()?.text();
    assert!(!screen.contains("scenario "), "{screen}");
    assert!(!session(stage)?.is_saved(), "the marks are in no file");
    stage.type_in("os");
    let asked = stage.screen()?.text();
    assert!(asked.contains(".toml"), "{asked}");
    stage.press([Key::Esc]);
    Ok(())
}

#[test]
fn a_session_with_a_data_filter_comes_back_whole_once_its_rows_are_counted() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    stage.reads_rows = true;
    line(&mut stage, "D", LAMPS);
    work(&mut stage);
    let before = seen(&stage)?;
    keep_open(&stage.model);

    let mut stage = shop.go_on();
    assert!(message(&stage).contains("comes back when the rows"), "{}", message(&stage));
    // Until then everything is as it is.
    assert!(session(&stage)?.marks.is_nothing() && session(&stage)?.card.path.is_none());
    // Left now, it is offered again as it was.
    keep_open(&stage.model);
    assert_eq!(shop.kept(), 1);
    stage.reads_rows = true;
    stage.resize(SIZE);
    assert_eq!(seen(&stage)?, before);
    assert!(
        message(&stage).contains("the session of 20") && message(&stage).contains("customers"),
        "{}",
        message(&stage)
    );
    is_no_scenario(&mut stage)?;
    // The rows are there by now: from one data filter to none and back, at once.
    stage.type_in("u");
    stage.type_in("og");
    stage.press([Key::Enter]);
    assert!(message(&stage).contains("the session of 20"), "{}", message(&stage));
    assert_eq!(seen(&stage)?, before);
    Ok(())
}

#[test]
fn a_session_with_a_filter_on_a_column_of_the_rows_comes_back_whole() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    stage.reads_rows = true;
    line(&mut stage, "F", "channel = 'app'");
    work(&mut stage);
    let before = seen(&stage)?;
    keep_open(&stage.model);
    let mut stage = shop.go_on();
    stage.reads_rows = true;
    stage.resize(SIZE);
    assert_eq!(seen(&stage)?, before);
    is_no_scenario(&mut stage)
}

#[test]
fn what_is_waited_for_can_be_called_off_and_is_offered_still() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    stage.reads_rows = true;
    line(&mut stage, "D", LAMPS);
    keep_open(&stage.model);
    let mut stage = shop.go_on();
    let start = session(&stage)?.analysis.setting().clone();
    stage.type_in("u");
    stage.reads_rows = true;
    stage.resize(SIZE);
    assert_eq!(*session(&stage)?.analysis.setting(), start);
    stage.type_in("r1g");
    stage.press([RIGHT]);
    keep_open(&stage.model);
    assert_eq!(shop.kept(), 2, "it was not gone on with");
    Ok(())
}

#[test]
fn an_offer_that_is_passed_over_is_made_again_beside_the_newer_session() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    work(&mut stage);
    let before = seen(&stage)?;
    keep_open(&stage.model);
    // Passed over, and something else is done.
    let mut stage = shop.open();
    stage.type_in("f1g");
    stage.press([RIGHT]);
    let other = seen(&stage)?;
    keep_open(&stage.model);
    assert_eq!(shop.kept(), 2);

    let mut stage = shop.go_on();
    let asked = stage.screen()?.text();
    assert!(asked.contains("Which session is gone on with?") && asked.contains("1 mark"), "{asked}");
    stage.press([Key::Esc]);
    assert!(session(&stage)?.marks.is_nothing());
    stage.type_in("og");
    stage.press([DOWN, Key::Enter]);
    assert_eq!(seen(&stage)?, before);
    // What is kept of it takes its place, and not that of the other.
    keep_open(&stage.model);
    assert_eq!(shop.kept(), 2);
    let mut stage = shop.go_on();
    stage.press([DOWN, Key::Enter]);
    assert_eq!(seen(&stage)?, other);
    // Marks that would go are told of.
    stage.press([Key::Tab]);
    stage.type_in(" ");
    stage.type_in("og");
    let asked = stage.screen()?.text();
    assert!(asked.contains("marks and notes here are not saved"), "{asked}");
    Ok(())
}

#[test]
fn a_scenario_with_a_list_is_no_work_of_the_user() -> TestResult {
    let mut shop = Shop::new()?;
    let mut stage = shop.open();
    work(&mut stage);
    keep_open(&stage.model);
    // A column that only rows tell, and an order.
    let list = "[list]\ncolumns = [\"customer\", \"segment\", \"monetary\", \"channel\"]\nsort = [\"monetary:desc\"]\n";
    let path = shop.folder.path("spring.toml");
    line(&mut stage, "os", text(&path)?);
    let saved = fs::read_to_string(&path)?;
    let scenario = Scenario::parse(&saved.replace("[review]", &format!("{list}\n[review]")))?;
    assert!(!scenario.list.columns.is_empty());
    shop.plan.scenario = Some(std::sync::Arc::new(scenario));
    for reads_rows in [false, true] {
        let mut stage = shop.open();
        stage.reads_rows = reads_rows;
        stage.resize(SIZE);
        keep_open(&stage.model);
        assert_eq!(shop.kept(), 1, "rows are read: {reads_rows}");
        // Another order is.
        stage.press([Key::Tab, Key::Tab, Key::Tab]);
        stage.type_in("s");
        if reads_rows {
            keep_open(&stage.model);
            assert_eq!(shop.kept(), 2);
        }
    }
    Ok(())
}

#[test]
fn data_that_was_read_otherwise_is_read_so_again() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    stage.type_in("P");
    stage.press([RIGHT, Key::Enter]);
    let gross = session(&stage)?.policies;
    keep_open(&stage.model);
    assert_eq!(shop.kept(), 1, "a policy alone is something to miss");
    work(&mut stage);
    let before = seen(&stage)?;
    keep_open(&stage.model);

    let mut stage = shop.open();
    let start = stage.screen()?;
    stage.hold_behind();
    stage.type_in("og");
    stage.press([Key::Enter]);
    let waiting = stage.screen()?.text();
    assert!(waiting.contains("reading the data as on 20"), "{waiting}");
    stage.finish_behind();
    assert!(message(&stage).contains("the data read as it was then"), "{}", message(&stage));
    assert_eq!(seen(&stage)?, before);
    assert_eq!((session(&stage)?.policies, stage.model.request.policies), (gross, gross));
    is_no_scenario(&mut stage)?;
    // A step as any other, on these rows.
    stage.type_in("u");
    assert_eq!(session(&stage)?.history.held(), 0);
    assert_ne!(stage.screen()?.tiers()?, start.tiers()?);
    Ok(())
}

#[test]
fn an_as_of_date_comes_back_and_what_cannot_is_told() -> TestResult {
    let scratch = Scratch::new()?;
    let header = "customer,date,amount,sum";
    let rows = "a,2024-01-01,10.00,1.00\nb,2024-02-02,20.00,2.00\nc,2024-03-03,30.00,3.00\n";
    let file = scratch.file("sales.csv", format!("{header}\n{rows}"))?;
    let mut shop = Shop::new()?;
    shop.request.places = vec![Place::file(&file)];
    shop.request.as_of = "2024-06-01".parse().ok();
    shop.request.columns.set(tierscope::data::synonyms::Role::Amount, "sum".to_owned());
    let mut stage = shop.open();
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    stage.type_in(" ");
    let before = seen(&stage)?;
    keep_open(&stage.model);

    (shop.request.as_of, shop.request.columns) = Default::default();
    let stage = shop.go_on();
    assert_eq!(seen(&stage)?, before);
    assert_eq!(session(&stage)?.analysis.summary().total().revenue, 600);
    // Without the column, the marks come back all the same.
    fs::write(&file, format!("{}\n{rows}", header.replace("sum", "other")))?;
    let stage = shop.go_on();
    assert!(
        message(&stage).contains("cannot be read as it was") && message(&stage).contains("sum"),
        "{}",
        message(&stage)
    );
    assert_eq!((session(&stage)?.marks.len(), session(&stage)?.analysis.summary().total().revenue), (1, 6_000));
    Ok(())
}

#[test]
fn cuts_that_coincide_come_back_so() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    // Onto the next one, and the one after that beside them.
    stage.type_in("r1g");
    stage.type_in(&"L".repeat(60));
    let cuts = |stage: &Stage| -> Result<Vec<i64>, Failure> {
        let analysis = &session(stage)?.analysis;
        Ok(analysis.setting().cuts[0].cuts().iter().map(|cut| cut.bound()).collect())
    };
    stage.type_in("3g");
    stage.type_in(&"H".repeat(60));
    let before = cuts(&stage)?;
    assert!(before[0] == before[1] && before[1] == before[2], "{before:?}");
    let screen = seen(&stage)?;
    keep_open(&stage.model);
    let stage = shop.go_on();
    assert_eq!(cuts(&stage)?, before);
    assert_eq!(seen(&stage)?, screen);
    Ok(())
}

#[test]
fn those_who_moved_are_listed_again() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    stage.type_in("r1g");
    stage.press([RIGHT, RIGHT]);
    // Who left for any other segment, from wherever.
    stage.type_in("w");
    stage.press([UP, Key::Enter]);
    let listed = stage.screen()?.listed()?;
    assert!((1..2_999).contains(&listed), "{listed}");
    let screen = seen(&stage)?;
    keep_open(&stage.model);
    let stage = shop.go_on();
    assert_eq!((seen(&stage)?, stage.screen()?.listed()?), (screen, listed));
    Ok(())
}

#[test]
fn what_a_scenario_has_already_is_no_change_of_it() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    stage.type_in("r1g");
    stage.press([RIGHT]);
    // The name takes the place of what was proposed.
    stage.type_in("os");
    stage.type_in(text(&shop.folder.path("mine.toml"))?);
    stage.press([Key::Enter]);
    keep_open(&stage.model);
    let mut stage = shop.go_on();
    assert!(stage.screen()?.lines()[0].contains("scenario mine ·"), "{}", stage.screen()?.text());
    assert!(session(&stage)?.is_saved());
    // A step more is one.
    stage.press([RIGHT]);
    assert!(stage.screen()?.lines()[0].contains("scenario mine* ·"), "{}", stage.screen()?.text());
    keep_open(&stage.model);
    let stage = shop.go_on();
    assert!(!session(&stage)?.is_saved());
    Ok(())
}

#[test]
fn the_row_is_found_again_in_a_list_of_another_order() -> TestResult {
    let shop = Shop::new()?;
    let mut stage = shop.open();
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    // By segment: sorted in another thread.
    for _ in 0..4 {
        stage.press([RIGHT]);
    }
    stage.type_in("s");
    stage.press([DOWN; 60]);
    let before = seen(&stage)?;
    keep_open(&stage.model);
    let mut stage = shop.go_on();
    // The cursor stands where it was, on the same customer; the page around it may stand otherwise.
    let row = |stage: &Stage| -> Result<(usize, Option<usize>), Failure> {
        let list = &session(stage)?.list;
        Ok((list.cursor, list.customer()))
    };
    assert_eq!(row(&stage)?.0, 60);
    assert_eq!(seen(&stage)?.4, before.4);
    // Whoever moves on before the order is there stays where they are.
    stage.press([DOWN]);
    assert_eq!(row(&stage)?.0, 61);
    Ok(())
}

/// The explorer on a terminal.
fn start(home: &Home, args: &[&str]) -> Result<Terminal, Failure> {
    Terminal::start_at(&home.scratch.path("home"), args, SIZE, &[])
}

#[test]
fn a_sheet_that_is_asked_for_has_its_session_offered() -> TestResult {
    let home = Home::new()?;
    let rows = sales(&["ann", "bob", "cid"]);
    let (north, south) = rows.split_at(30);
    let book = workbook(&[("north", sheet(HEADER, north)), ("south", sheet(HEADER, south))])?;
    let file = home.scratch.file("book.xlsx", book)?;
    let open = |sheet: &str| -> Result<Terminal, Failure> {
        let mut terminal = start(&home, &[&file])?;
        terminal.shows("Which one holds the sales?")?;
        terminal.press(if sheet == "south" { "j\r" } else { "\r" })?;
        terminal.shows("of 3")?;
        Ok(terminal)
    };
    let mut terminal = open("south")?;
    terminal.press_until("\t\t\t ", "marked")?;
    terminal.press_until("q", "q again leaves")?;
    terminal.press("q")?;
    terminal.end()?;
    assert_eq!(home.sessions().len(), 1);
    // The other sheet is other data.
    let mut terminal = open("north")?;
    terminal.settled();
    assert!(!terminal.text().contains("o g goes on"), "{}", terminal.text());
    terminal.press("q")?;
    terminal.end()?;
    let mut terminal = open("south")?;
    terminal.shows("o g goes on with")?;
    terminal.press_until("og", "gone on from 20")?;
    terminal.shows("1 marked · 2 of 3")?;
    terminal.press_until("q", "q again leaves")?;
    terminal.press("q")?;
    terminal.end()?;
    assert_eq!(home.sessions().len(), 1, "the same one, gone on with");
    Ok(())
}

#[test]
fn notes_survive_an_offer_that_is_ignored() -> TestResult {
    let home = Home::new()?;
    let mut terminal = home.start(SIZE)?;
    terminal.shows("2,999")?;
    terminal.press_until("\t\t\t ", "marked")?;
    terminal.press_until("Mo", "Note on")?;
    terminal.press_until("ask her back\r", "2 of 2,999")?;
    terminal.press_until("q", "q again leaves")?;
    terminal.press("q")?;
    terminal.end()?;
    let mut terminal = home.start(SIZE)?;
    terminal.shows("o g goes on with")?;
    terminal.press_until("r", "recency cut 1 of 4: 20")?;
    terminal.press_until(NUDGE, "20 → 21")?;
    terminal.press("q")?;
    terminal.end()?;
    let mut terminal = home.start(SIZE)?;
    terminal.shows("is kept, and 1 before it")?;
    terminal.press_until("og", "Which session is gone on with?")?;
    terminal.shows("1 note")?;
    terminal.press_until("j\r", "gone on from 20")?;
    terminal.shows("R5 ≤ 20")?;
    terminal.press("q")?;
    terminal.shows("q again leaves")?;
    assert!(home.sessions().iter().any(|session| session.contains("ask her back")));
    terminal.press("q")?;
    terminal.end()?;
    let kept = home.sessions();
    assert!(kept.len() == 2 && kept.iter().filter(|session| session.contains("ask her back")).count() == 1, "{kept:?}");
    Ok(())
}

#[test]
fn a_data_filter_is_gone_on_with_under_the_name_of_no_scenario() -> TestResult {
    let home = Home::new()?;
    let mut terminal = home.start(SIZE)?;
    terminal.shows("2,999")?;
    terminal.press_until("D", "rows")?;
    terminal.press_until(&format!("{LAMPS}\r"), "rows where category")?;
    terminal.press_until("\t\t\tjj ", "marked")?;
    terminal.press_until("q", "q again leaves")?;
    terminal.press("q")?;
    terminal.end()?;
    let mut terminal = home.start(SIZE)?;
    terminal.shows("o g goes on with")?;
    terminal.press_until("og", "rows where category")?;
    terminal.shows("1 marked · 4 of 1,059")?;
    let screen = terminal.text();
    assert!(!screen.contains("scenario "), "{screen}");
    // The marks are in no file, and are told of.
    terminal.press_until("q", "q again leaves")?;
    terminal.press_until("os", "scenario.toml")?;
    // With a key right behind it, Esc would be another key.
    terminal.press(ESC)?;
    terminal.wait("no prompt", |text| !text.contains("scenario.toml"))?;
    terminal.press_until("q", "q again leaves")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    terminal.is_restored()
}
