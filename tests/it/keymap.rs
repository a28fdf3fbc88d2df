//! Keys as a user has them: from a keymap file, by number, after a leader, from the palette, told by help and README.

use std::fs;
use std::path::Path;

use tierscope::app::keymap::{Key, Keymap, readme, sample};
use tierscope::app::tour::{Tour, tour_shown};
use tierscope::app::update::{Effect, press};

use super::stage::{DOWN, RIGHT, Stage};
use super::support::{Failure, Scratch, TestResult, text};
use super::terminal::Terminal;

const ESC: &str = "\u{1b}";
const CTRL_P: &str = "\u{10}";
const CTRL_X: &str = "\u{18}";

/// The lines that hold the table of keys in the README.
const MARKS: [&str; 2] = ["<!-- keys -->\n", "<!-- /keys -->"];

fn has(stage: &Stage, part: &str) -> TestResult {
    let shown = stage.screen()?.text();
    if shown.contains(part) { Ok(()) } else { Err(format!("`{part}` is not on the screen:\n{shown}").into()) }
}

/// The demo with the keys of a file.
fn with_keys(file: &str) -> Result<Stage, Failure> {
    let mut stage = Stage::demo((120, 40));
    stage.model.take_keys(Keymap::parse(file, "keymap.toml")?);
    Ok(stage)
}

/// The place of the cursor in the list, and how long that is, as its title has them.
fn place(stage: &Stage) -> Result<String, Failure> {
    let screen = stage.screen()?;
    let lines = screen.panel(tierscope::app::session::Panel::Customers);
    let title = lines.first().ok_or("no list")?;
    let (before, of) = title.rsplit_once(" of ").ok_or("no place")?;
    Ok(format!("{} of {}", before.rsplit(' ').next().unwrap_or_default(), of.trim_end_matches([' ', '─', '━'])))
}

/// All of a text that is turned page by page.
fn pages(stage: &mut Stage) -> Result<String, Failure> {
    let mut shown = String::new();
    for _ in 0..30 {
        shown += &stage.screen()?.text();
        stage.press([Key::PageDown]);
    }
    Ok(shown)
}

/// A stage with the list.
fn list() -> Stage {
    let mut stage = Stage::demo((120, 40));
    stage.press([Key::BackTab]);
    stage
}

#[test]
fn the_readme_has_the_keys_as_they_are() -> TestResult {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let file = fs::read_to_string(&path)?;
    let (before, rest) = file.split_once(MARKS[0]).ok_or("no table of keys")?;
    let (table, after) = rest.split_once(MARKS[1]).ok_or("the table of keys has no end")?;
    if std::env::var_os("TIERSCOPE_README").is_some() {
        fs::write(&path, format!("{before}{}{}{}{after}", MARKS[0], readme(), MARKS[1]))?;
    } else {
        assert_eq!(table, readme(), "TIERSCOPE_README=1 with this test writes it anew");
    }
    Ok(())
}

#[test]
fn a_keymap_file_changes_keys_hints_help_and_what_messages_name() -> TestResult {
    let mut stage = with_keys("[panels]\nundo = \"Z\"\nbaseline = \"Ctrl-k b\"\n")?;
    stage.press([Key::Char('r'), RIGHT]);
    stage.type_in("u");
    has(&stage, "u does nothing here; ? shows all keys")?;
    stage.type_in("Z");
    has(&stage, "undone: recency cut 1")?;
    stage.type_in("Z");
    has(&stage, "nothing to undo")?;
    stage.press([Key::Ctrl('k')]);
    has(&stage, "Ctrl-K Esc drops it  b baseline")?;
    stage.type_in("bn");
    has(&stage, "compared with nothing")?;
    stage.type_in("w");
    has(&stage, "compared with nothing: Ctrl-K b chooses a baseline")?;
    stage.type_in("?");
    has(&stage, "Ctrl-K b")
}

#[test]
fn no_message_names_a_key_that_a_keymap_file_took_away() -> TestResult {
    let mut stage = with_keys(
        r#"
        [everywhere]
        quit = "Q"
        [panels]
        clear = "Backspace"
        scenario = "O"
        marks = "W"
        movers = "2"
        [history]
        stay = "s"
        leave = "l"
        [list-columns]
        show-or-hide = "z"
        [prompt]
        complete = "Ctrl-n"
        [policies]
        leave = "x"
        [customer]
        left = "<"
        right = ">"
        "#,
    )?;
    stage.press([Key::Enter]);
    has(&stage, "listed; Backspace lists all again")?;
    stage.press([Key::Esc]);
    has(&stage, "Esc does nothing here")?;
    stage.press([Key::Backspace]);
    has(&stage, "all customers listed")?;
    stage.type_in("bh");
    has(&stage, "2 tells who moved, v hides the differences")?;
    stage.press([Key::Char('r'), RIGHT]);
    stage.type_in("y");
    has(&stage, "walks, s stays, l goes back")?;
    stage.type_in("lF");
    has(&stage, "Ctrl-N completes; empty:")?;
    stage.press([Key::Esc]);
    stage.type_in("P");
    has(&stage, "x discards it").or_else(|_| has(&stage, "before Enter takes it"))?;
    stage.type_in("x");
    stage.press([Key::Tab]);
    stage.type_in("a");
    has(&stage, "Columns: z shows or hides")?;
    stage.press([Key::Esc]);
    stage.type_in("i");
    has(&stage, "<> others")?;
    stage.press([Key::Esc]);
    stage.type_in(" Wr");
    stage.press([Key::Esc]);
    has(&stage, "; W r goes on there")?;
    stage.type_in("Q");
    has(&stage, "not saved: Q again leaves, O s saves it")?;
    assert_eq!(stage.type_in("q"), Effect::None);
    assert_eq!(stage.type_in("QQ"), Effect::Quit);
    Ok(())
}

#[test]
fn a_wrong_keymap_is_told_before_the_screen_is_taken_and_a_right_one_is_used() -> TestResult {
    let scratch = Scratch::new()?;
    let wrong = scratch.file("wrong.toml", "[panels]\nundo = \"y\"\n")?;
    let mut terminal = Terminal::start(&["--keymap", &wrong], (120, 40))?;
    assert_eq!(terminal.end()?.exit_code(), 2);
    // It may have ended before all that it said is read.
    terminal.wait("what is wrong", |text| {
        text.replace('\n', "").contains("wrong.toml, line 2: `y` for `undo` of [panels]")
    })?;
    terminal.is_restored()?;
    // The one of the config folder, where none is named.
    fs::create_dir_all(scratch.path("config/tierscope"))?;
    scratch.file("config/tierscope/keymap.toml", sample().replace("undo = \"u\" ", "undo = \"Z\" "))?;
    let config = scratch.path("config");
    let mut terminal = Terminal::start_with(&[], (120, 40), &[("XDG_CONFIG_HOME", &config)])?;
    terminal.shows("2,999")?;
    terminal.press_until("Z", "nothing to undo")?;
    terminal.press_until("q", "")?;
    terminal.end()?;
    let gone = scratch.path("gone.toml");
    let mut terminal = Terminal::start(&["--keymap", text(&gone)?], (120, 40))?;
    assert_eq!(terminal.end()?.exit_code(), 1);
    terminal.shows("cannot read the keymap")
}

#[test]
fn a_number_repeats_the_key_after_it_and_g_goes_to_that_row() -> TestResult {
    let mut stage = list();
    assert_eq!(place(&stage)?, "1 of 2,999");
    stage.type_in("10");
    has(&stage, "10 Esc drops it")?;
    stage.type_in("j");
    assert_eq!(place(&stage)?, "11 of 2,999");
    for (keys, expected) in
        [("25g", "25"), ("3k", "22"), ("g", "1"), ("120G", "120"), ("99999999999g", "2,999"), ("g", "1")]
    {
        stage.type_in(keys);
        assert_eq!(place(&stage)?, format!("{expected} of 2,999"), "{keys}");
    }
    // Esc takes the number back and nothing else; a 0 alone is a key like others.
    stage.type_in("25");
    stage.press([Key::Esc]);
    stage.type_in("g");
    assert_eq!(place(&stage)?, "1 of 2,999");
    stage.type_in("0");
    assert!(!stage.screen()?.text().contains("drops it"));
    stage.type_in("10j");
    assert_eq!(place(&stage)?, "11 of 2,999");
    Ok(())
}

#[test]
fn a_number_picks_a_cut_and_moves_it_so_far_in_one_step() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.type_in("r2g");
    has(&stage, "recency cut 2 of 4")?;
    let days = |stage: &Stage| -> Result<i64, Failure> {
        let session = stage.model.session().ok_or("nothing is open")?;
        Ok(session.analysis.cuts(session.cut.axis).cuts()[session.cut.cut].whole())
    };
    let before = days(&stage)?;
    stage.type_in("5l");
    assert_eq!(days(&stage)?, before + 5);
    has(&stage, &format!("recency cut 2: {before} → {}", before + 5))?;
    stage.type_in("u");
    assert_eq!(days(&stage)?, before);
    // On a value that is typed, digits are digits.
    stage.press([Key::Enter, Key::Ctrl('u')]);
    stage.type_in("61");
    stage.press([Key::Enter]);
    assert_eq!(days(&stage)?, 61);
    Ok(())
}

#[test]
fn undo_with_a_number_stops_where_there_is_nothing_more() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.type_in("rl");
    stage.type_in("fl");
    stage.type_in("9u");
    has(&stage, "nothing to undo")?;
    assert_eq!(stage.model.session().map(|session| session.history.held()), Some(0));
    stage.type_in("2U");
    assert_eq!(stage.model.session().map(|session| session.history.held()), Some(2));
    Ok(())
}

#[test]
fn a_dot_makes_the_last_change_once_more() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.type_in(".");
    has(&stage, "nothing was changed yet")?;
    let cut = |stage: &Stage| -> Result<i64, Failure> {
        let session = stage.model.session().ok_or("nothing is open")?;
        Ok(session.analysis.cuts(session.cut.axis).cuts()[session.cut.cut].whole())
    };
    stage.type_in("r2g3l");
    let moved = cut(&stage)?;
    stage.type_in(".");
    assert_eq!(cut(&stage)?, moved + 3);
    stage.type_in("2.");
    assert_eq!(cut(&stage)?, moved + 5);
    // A typed value goes to another cut.
    stage.press([Key::Enter, Key::Ctrl('u')]);
    stage.type_in("70");
    stage.press([Key::Enter]);
    stage.type_in("3g.");
    has(&stage, "recency cut 3: ")?;
    assert!(cut(&stage)? <= 71, "{}", cut(&stage)?);
    Ok(())
}

#[test]
fn what_cannot_be_done_says_why_when_pressed_in_the_palette_and_in_the_help() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    for (keys, reason) in [
        (";", "no conditions yet: F types them, , offers what is under the cursor"),
        ("Ml", "nobody is marked: Space marks the customer under the cursor"),
        ("u", "nothing to undo"),
        ("U", "nothing to redo"),
    ] {
        stage.type_in(keys);
        has(&stage, reason)?;
    }
    stage.press([Key::Ctrl('p')]);
    stage.type_in("undo");
    has(&stage, "undo · nothing to undo")?;
    stage.press([Key::Enter]);
    has(&stage, "Do what?")?;
    stage.press([Key::Esc]);
    stage.type_in("?");
    let shown = pages(&mut stage)?;
    assert!(shown.contains("undo · nothing to undo"), "{shown}");
    stage.press([Key::Esc]);
    stage.type_in("rl?");
    let shown = pages(&mut stage)?;
    assert!(!shown.contains("undo · nothing"), "{shown}");
    Ok(())
}

#[test]
fn the_palette_finds_an_action_by_its_name_and_carries_it_out() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.press([Key::Function(2)]);
    has(&stage, "Do what?")?;
    stage.type_in("sav scen");
    has(&stage, "save-scenario")?;
    has(&stage, "o s")?;
    stage.press([Key::Enter]);
    has(&stage, "Save this view as")?;
    stage.press([Key::Esc]);
    // Opened over something, it is about that, and goes back to it.
    stage.type_in("w");
    stage.press([Key::Ctrl('p')]);
    stage.type_in("revenue");
    stage.press([Key::Enter]);
    has(&stage, "revenue")?;
    assert_eq!(stage.model.context(), tierscope::app::context::Context::Movers);
    stage.press([Key::Ctrl('p'), Key::Esc, Key::Esc]);
    assert!(stage.model.overlay.is_none());
    // Nothing is called so.
    stage.press([Key::Ctrl('p')]);
    stage.type_in("qqxx");
    stage.press([Key::Enter]);
    has(&stage, "nothing is called so")
}

#[test]
fn the_help_begins_with_the_place_it_was_opened_from_and_goes_back_there() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.press([Key::Tab]);
    stage.type_in("?");
    let first = |stage: &Stage| -> Result<String, Failure> {
        let lines = stage.screen()?.lines();
        let (_, title) = lines.iter().find_map(|line| line.split_once('▾')).ok_or("no heading")?;
        Ok(title.split('│').next().unwrap_or_default().trim().to_owned())
    };
    assert_eq!(first(&stage)?, "Tiers");
    stage.press([Key::Function(1)]);
    stage.type_in("M");
    stage.type_in("?");
    assert_eq!(first(&stage)?, "Menus and choices");
    // A heading of another place is folded until it is asked for.
    let hidden = "watch another segment";
    stage.press([Key::Char('a')]);
    let shown = pages(&mut stage)?;
    assert!(shown.contains(hidden), "{shown}");
    stage.press([Key::Char('a')]);
    let shown = pages(&mut stage)?;
    assert!(!shown.contains(hidden) && shown.contains("▸ Sensitivity of a cut"), "{shown}");
    stage.press([Key::Esc]);
    has(&stage, "mark all that are listed")
}

#[test]
fn rare_commands_are_shown_once_the_leader_is_pressed() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.type_in("z");
    assert!(!stage.screen()?.text().contains("Champions  "), "{}", stage.screen()?.text());
    stage.press([Key::Ctrl('x')]);
    has(&stage, "Ctrl-X Esc drops it  c usual columns  v usual view")?;
    has(&stage, "h hide  l messages")?;
    stage.press([Key::Esc]);
    assert!(!stage.screen()?.text().contains("usual view"));
    stage.press([Key::Ctrl('x'), Key::Char('v')]);
    has(&stage, "panels, axes and orders are as at first")?;
    has(&stage, "Champions  ")?;
    stage.press([Key::Ctrl('x'), Key::Char('?')]);
    has(&stage, "Ctrl-X ? does nothing here; ? shows all keys")
}

#[test]
fn what_was_said_can_be_read_and_what_nobody_saw_is_counted() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.model.log.now = Some(std::time::UNIX_EPOCH + std::time::Duration::from_secs(13 * 3_600 + 65));
    // Both come before a key does.
    stage.model.complain("the disk is full");
    stage.model.say("looking ...");
    has(&stage, "1 unread: Ctrl-X l")?;
    stage.press([Key::Ctrl('x'), Key::Char('l')]);
    has(&stage, "13:01:05  the disk is full")?;
    has(&stage, "13:01:05  looking ...")?;
    assert!(!stage.screen()?.text().contains("unread"));
    stage.press([Key::Esc]);
    // One that stood there when a key came was seen.
    stage.type_in("uu");
    assert!(!stage.screen()?.text().contains("unread"));
    Ok(())
}

#[test]
fn the_tour_goes_on_by_the_keys_it_names_and_by_esc() -> TestResult {
    let mut stage = Stage::demo((80, 24));
    stage.model.tour = Some(Tour::first("seen".into()));
    has(&stage, "1/3  r edits the cuts of recency, ← → move one: everything follows")?;
    assert_eq!(tour_shown(&mut stage.model), Some("seen".into()));
    assert_eq!(tour_shown(&mut stage.model), None, "it is kept once");
    // Another key leaves it, and something over the panels hides it.
    stage.type_in("c");
    has(&stage, "1/3  ")?;
    stage.type_in("?");
    assert!(!stage.screen()?.text().contains("1/3"));
    stage.press([Key::Esc]);
    stage.type_in("r");
    has(&stage, "2/3  Enter lists who is in a cell or a segment, Tab goes on to the next panel")?;
    has(&stage, "recency cut 1 of 4")?;
    // Esc goes on, and does nothing else.
    press(&mut stage.model, Key::Esc);
    has(&stage, "3/3  ? shows all keys, Ctrl-P finds every action by name, q quits")?;
    press(&mut stage.model, Key::Esc);
    assert!(stage.model.tour.is_none());
    stage.press([DOWN, Key::Ctrl('x'), Key::Char('t')]);
    has(&stage, "1/3  ")?;
    assert_eq!(tour_shown(&mut stage.model), None);
    Ok(())
}

#[test]
fn the_tour_is_shown_at_the_first_start_alone() -> TestResult {
    let scratch = Scratch::new()?;
    let state = scratch.path("state");
    let given: &[(&str, &Path)] = &[("XDG_STATE_HOME", &state)];
    let mut terminal = Terminal::start_with(&[], (80, 24), given)?;
    terminal.shows("1/3  r edits the cuts of recency")?;
    terminal.press_until(ESC, "2/3  Enter lists")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    assert!(state.join("tierscope/tour-seen").exists());
    let mut terminal = Terminal::start_with(&[], (80, 24), given)?;
    terminal.shows("2,999")?;
    // The palette answers, and the line is not there any more.
    terminal.press_until(CTRL_P, "Do what?")?;
    terminal.press(ESC)?;
    terminal.wait("the panels", |text| !text.contains("Do what?"))?;
    assert!(!terminal.text().contains("/3  "), "{}", terminal.text());
    terminal.press_until(&format!("{CTRL_X}l"), "Messages, the last one first")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    Ok(())
}
