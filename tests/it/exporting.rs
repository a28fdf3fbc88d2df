//! Lists that are written from the screen, and what happens meanwhile: keys, other data, the end of the program. And who is
//! found while a name is typed.

use std::fs;
use std::path::Path;

use tierscope::app::exporting::{export_begun, export_wanted, exported};
use tierscope::app::finding::{find_wanted, found};
use tierscope::app::keymap::Key;
use tierscope::app::model::Model;
use tierscope::app::session::{Panel, Session};
use tierscope::app::update::{Effect, opened, press};
use tierscope::data::load::Request;
use tierscope::data::place::Place;
use tierscope::engine::plan::Plan;
use tierscope::job::{CancelToken, Progress};
use tierscope::model::schemes::Catalogue;

use super::stage::{DOWN, Stage};
use super::support::{Failure, Scratch, TestResult, lines, run, text};
use super::terminal::Terminal;

const SALES: &str = "customer,date,amount,name,=city\nc1,2024-01-01,5.00,Ann Lee,=1+1\n\
    c2,2024-01-02,7.00,Bob Lee,b\nc3,2024-02-03,2.00,Cid Roe,c\nc4,2024-03-03,9.00,,d\n";

fn plan() -> Plan {
    Plan { bins: Some([2; 3]), ..Plan::default() }
}

/// The list of a few customers with the keys, whose rows are read.
fn stage(file: &str) -> Stage {
    let mut stage = Stage::file(file, plan(), (100, 30));
    stage.reads_rows = true;
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    stage
}

/// Types a name for what is listed, and takes it.
fn name(stage: &mut Stage, path: &Path) -> TestResult {
    stage.type_in("Ee");
    stage.press([Key::Ctrl('u')]);
    stage.type_in(text(path)?);
    stage.press([Key::Enter]);
    Ok(())
}

fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn message(model: &Model) -> &str {
    model.message.as_ref().map_or("", |message| &message.text)
}

/// Begins to write a list, lets something happen then, and goes on to the end.
fn write_while(stage: &mut Stage, path: &Path, meanwhile: impl FnOnce(&mut Model)) -> TestResult {
    stage.writes = false;
    name(stage, path)?;
    let task = export_wanted(&mut stage.model).ok_or("nothing is to be written")?;
    let outcome = task.run(|token| {
        export_begun(&mut stage.model, &token);
        meanwhile(&mut stage.model);
    });
    exported(&mut stage.model, outcome);
    Ok(())
}

#[test]
fn a_list_and_its_manifest_are_written_and_what_is_in_the_way_is_told() -> TestResult {
    let (scratch, out) = (Scratch::new()?, Scratch::new()?);
    let mut stage = stage(&scratch.file("sales.csv", SALES)?);
    let path = out.path("list.csv");
    name(&mut stage, &path)?;
    assert!(message(&stage.model).contains("4 customers written to"), "{:?}", stage.model.message);
    assert_eq!(names(&out.path(""))?, ["list.csv", "list.csv.manifest.json"]);
    // The line stays, and Enter again replaces it.
    fs::write(&path, "old")?;
    name(&mut stage, &path)?;
    assert!(stage.screen()?.text().contains("is there already; Enter again replaces it"), "{}", stage.screen()?.text());
    assert_eq!(fs::read_to_string(&path)?, "old");
    stage.press([Key::Enter]);
    assert!(stage.model.overlay.is_none() && fs::read_to_string(&path)?.starts_with("customer,"));
    // A manifest alone is in the way, too.
    fs::remove_file(&path)?;
    name(&mut stage, &path)?;
    assert!(stage.screen()?.text().contains("is there already"));
    assert!(!path.exists());
    Ok(())
}

#[test]
fn folders_sources_and_names_without_a_format_are_no_places_for_a_list() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = scratch.file("sales.csv", SALES)?;
    fs::create_dir(scratch.path("folder.csv"))?;
    for (path, told) in [
        (scratch.path("folder.csv"), "is a folder"),
        (scratch.path("sales.csv"), "the file the data comes from"),
        (scratch.path("list.xls"), "says no format"),
        (scratch.path("none").join("list.csv"), "does not exist"),
    ] {
        let mut stage = stage(&sales);
        stage.resize((200, 50));
        name(&mut stage, &path)?;
        let screen = stage.screen()?.text();
        assert!(screen.contains(told) && !screen.contains("--"), "{told}: {screen}");
        assert!(stage.model.prompt().is_some());
    }
    assert_eq!(fs::read_to_string(&sales)?, SALES);
    // On the command line an option helps.
    let answer = run(["customers", &*sales, "--bins", "2", "--out", text(&scratch.path("list.xls"))?])?;
    assert!(answer.stderr.contains("--format"), "{answer:?}");
    Ok(())
}

#[test]
fn escape_calls_a_running_export_off_and_nothing_is_left() -> TestResult {
    let (scratch, out) = (Scratch::new()?, Scratch::new()?);
    let mut stage = stage(&scratch.file("sales.csv", SALES)?);
    write_while(&mut stage, &out.path("list.csv"), |model| {
        assert!(model.overlay.is_none());
        press(model, Key::Esc);
    })?;
    assert!(message(&stage.model).contains("list.csv was called off"), "{:?}", stage.model.message);
    assert!(!stage.model.exporting.is_running());
    assert_eq!(names(&out.path(""))?, Vec::<String>::new());
    // A line that is left before it is known what is in its way asks for nothing any more.
    name(&mut stage, &out.path("list.csv"))?;
    assert!(stage.model.exporting.is_running());
    stage.press([Key::Esc]);
    assert!(export_wanted(&mut stage.model).is_none() && stage.model.overlay.is_none());
    Ok(())
}

#[test]
fn a_list_being_written_is_not_left_without_a_word() -> TestResult {
    let (scratch, out) = (Scratch::new()?, Scratch::new()?);
    let mut stage = stage(&scratch.file("sales.csv", SALES)?);
    write_while(&mut stage, &out.path("list.csv"), |model| {
        assert_eq!(press(model, Key::Char('q')), Effect::None);
        assert!(message(model).contains("q again leaves it unfinished"), "{:?}", model.message);
        assert_eq!(press(model, Key::Char('q')), Effect::Quit);
        // What the loop does then.
        model.exporting.call_off();
    })?;
    assert_eq!(names(&out.path(""))?, Vec::<String>::new());
    Ok(())
}

#[test]
fn complaints_are_seen_while_a_list_is_written() -> TestResult {
    let (scratch, out) = (Scratch::new()?, Scratch::new()?);
    let mut stage = stage(&scratch.file("sales.csv", SALES)?);
    write_while(&mut stage, &out.path("list.csv"), |model| {
        press(model, Key::Char('n'));
        model.prepare(9, 100);
        assert!(message(model).contains("nobody was looked for yet"), "{:?}", model.message);
        assert!(model.running().is_some_and(|words| words.contains("writing")), "{:?}", model.running());
    })?;
    assert!(stage.model.running().is_none());
    Ok(())
}

#[test]
fn other_data_neither_ends_nor_mixes_exports() -> TestResult {
    let (scratch, out) = (Scratch::new()?, Scratch::new()?);
    let sales = scratch.file("sales.csv", SALES)?;
    let mut stage = stage(&sales);
    let request = Request { places: vec![Place::file(&sales)], ..Request::default() };
    write_while(&mut stage, &out.path("list.csv"), |model| {
        let (progress, cancel) = (Progress::default(), CancelToken::default());
        opened(model, Session::open(&request, &plan(), &Catalogue::built_in(), &progress, &cancel));
        assert!(model.exporting.is_running());
    })?;
    assert!(message(&stage.model).contains("4 customers written"), "{:?}", stage.model.message);
    assert_eq!(names(&out.path(""))?, ["list.csv", "list.csv.manifest.json"]);
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    // What became of a list that was called off does not end the one after it.
    stage.writes = false;
    name(&mut stage, &out.path("one.csv"))?;
    let one = export_wanted(&mut stage.model).ok_or("nothing is to be written")?;
    stage.press([Key::Esc]);
    name(&mut stage, &out.path("two.csv"))?;
    let two = export_wanted(&mut stage.model).ok_or("nothing is to be written")?;
    exported(&mut stage.model, one.run(|_| {}));
    assert!(stage.model.exporting.is_running());
    exported(&mut stage.model, two.run(|_| {}));
    assert!(out.path("two.csv").exists() && !out.path("one.csv").exists());
    Ok(())
}

#[test]
fn a_source_that_has_changed_makes_no_list() -> TestResult {
    let (scratch, out) = (Scratch::new()?, Scratch::new()?);
    let sales = scratch.file("sales.csv", SALES)?;
    let mut stage = stage(&sales);
    fs::write(&sales, format!("{SALES}c5,2024-03-03,9.00,,d\n"))?;
    stage.resize((200, 50));
    name(&mut stage, &out.path("list.csv"))?;
    assert!(stage.screen()?.text().contains("has changed since it was opened"), "{}", stage.screen()?.text());
    assert_eq!(names(&out.path(""))?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_heading_that_is_a_formula_is_copied_as_text() -> TestResult {
    let scratch = Scratch::new()?;
    let mut stage = stage(&scratch.file("sales.csv", SALES)?);
    // Once the rows are read, their columns can be chosen.
    stage.type_in("a");
    let session = stage.model.session().ok_or("nothing is open")?;
    let all = tierscope::app::list::all_columns(session);
    let is_formula = |column: &&_| tierscope::app::list::head(&session.analysis, **column).starts_with('=');
    let place = all.iter().position(|column| is_formula(&column)).ok_or("no such column")?;
    stage.press([Key::Home]);
    stage.press(std::iter::repeat_n(DOWN, place));
    stage.press([Key::Char(' '), Key::Enter]);
    let Effect::Copy { text, .. } = stage.type_in("El") else { return Err("nothing was copied".into()) };
    let heads = text.lines().next().unwrap_or_default();
    assert!(heads.split('\t').any(|head| head.starts_with("'=city")), "{text}");
    assert!(text.split(['\t', '\n']).all(|cell| !cell.starts_with('=')), "{text}");
    Ok(())
}

#[test]
fn names_are_shown_beside_those_found_and_leaving_brings_everything_back() -> TestResult {
    let scratch = Scratch::new()?;
    let mut stage = stage(&scratch.file("sales.csv", SALES)?);
    // The rows are asked for when the line opens.
    stage.type_in("/lee");
    let screen = stage.screen()?.text();
    assert!(screen.contains("2 customers found"), "{screen}");
    assert!(screen.contains("Ann Lee") && screen.contains("Bob Lee"), "{screen}");
    stage.press([Key::Enter]);
    assert!(message(&stage.model).starts_with("1 of 2 found"), "{:?}", stage.model.message);
    let session = stage.model.session().ok_or("nothing is open")?;
    let before = (session.panel, session.list.cursor);
    stage.type_in("/c4");
    stage.press([Key::Esc]);
    let session = stage.model.session().ok_or("nothing is open")?;
    assert_eq!((session.panel, session.list.cursor), before);
    stage.type_in("n");
    assert!(message(&stage.model).starts_with("2 of 2 found"), "{:?}", stage.model.message);
    assert_eq!(stage.model.session().map(|session| session.panel), Some(Panel::Customers));
    Ok(())
}

#[test]
fn who_was_found_among_others_is_not_taken() -> TestResult {
    let scratch = Scratch::new()?;
    let many = lines(0..50, |n| format!("c{n},2024-01-{:02},{n}.50", n % 28 + 1));
    let many = scratch.file("many.csv", format!("customer,date,amount\n{many}"))?;
    let few = scratch.file("sales.csv", SALES)?;
    let mut stage = stage(&many);
    stage.type_in("/");
    // Typed without the loop: the search is under way when other data takes the place.
    press(&mut stage.model, Key::Char('c'));
    let first = find_wanted(&mut stage.model).ok_or("no search")?;
    assert!(find_wanted(&mut stage.model).is_none());
    press(&mut stage.model, Key::Char('4'));
    // One search at a time: the next one waits for the one that was called off.
    assert!(find_wanted(&mut stage.model).is_none());
    found(&mut stage.model, first.run());
    let second = find_wanted(&mut stage.model).ok_or("no search")?;
    let request = Request { places: vec![Place::file(&few)], ..Request::default() };
    let (progress, cancel) = (Progress::default(), CancelToken::default());
    let other = Session::open(&request, &plan(), &Catalogue::built_in(), &progress, &cancel);
    let outcome = second.run();
    opened(&mut stage.model, other);
    found(&mut stage.model, outcome);
    assert!(stage.model.session().is_some_and(|session| session.finding.hits.customers.is_empty()));
    stage.screen()?;
    Ok(())
}

/// Whenever the user leaves, both files are there or neither, and no temporary one.
#[test]
fn leaving_while_a_list_is_written_leaves_no_temporary_file() -> TestResult {
    let (scratch, out) = (Scratch::new()?, Scratch::new()?);
    let rows = lines(0..200_000, |n| format!("customer-{},2024-01-{:02},{n}.50", n % 150_000, n % 28 + 1));
    let file = scratch.file("long.csv", format!("customer,date,amount\n{rows}"))?;
    let mut terminal = Terminal::start(&[&file, "--bins", "2"], (120, 40))?;
    terminal.shows("1 of 150,000")?;
    terminal.press("\t\t\t")?;
    terminal.press_until("Ee", "Write what is listed to")?;
    let path = out.path("list.xlsx");
    terminal.press(&format!("\u{15}{}\r", text(&path)?))?;
    // The line stays until it is known that nothing is in the way; a q before would be a letter of it.
    terminal.wait("the line is done with", |text| !text.contains("Write what is listed to"))?;
    terminal.press("q")?;
    // It may have been over by then.
    let _ = terminal.press("q");
    assert!(terminal.end()?.success());
    let left = names(&out.path(""))?;
    assert!(left.is_empty() || left == ["list.xlsx", "list.xlsx.manifest.json"], "{left:?}");
    Ok(())
}
