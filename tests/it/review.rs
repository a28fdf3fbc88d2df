//! Reviewing a list on the screen: columns, sorting by several, finding, jumping, conditions, marks, notes, exports.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;
use tierscope::app::keymap::Key;
use tierscope::app::session::Panel;
use tierscope::app::update::Effect;
use unicode_width::UnicodeWidthStr;

use super::stage::{DOWN, LEFT, RIGHT, SIZES, Stage};
use super::support::{Failure, Scratch, TestResult, customers, lines, micros, number, string, succeed, text};
use super::terminal::Terminal;
use tierscope::engine::plan::Plan;

const DEMO: &str = "demo-data/shop.csv";

/// The list of the demo shop with the keys.
fn list(size: (u16, u16)) -> Stage {
    let mut stage = Stage::demo(size);
    stage.reads_rows = true;
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    stage
}

/// Puts the cursor of the list on a column, by what stands above it.
fn go_to(stage: &mut Stage, head: &str) -> TestResult {
    stage.press(std::iter::repeat_n(LEFT, 40));
    for _ in 0..40 {
        let session = stage.model.session().ok_or("nothing is open")?;
        if tierscope::app::list::head(&session.analysis, session.list.column()) == head {
            return Ok(());
        }
        stage.press([RIGHT]);
    }
    Err(format!("no column {head}: {}", stage.screen()?.text()).into())
}

/// Shows a column that is hidden, and puts the cursor on it.
fn show(stage: &mut Stage, column: &str) -> TestResult {
    stage.type_in("a");
    let session = stage.model.session().ok_or("nothing is open")?;
    let all = tierscope::app::list::all_columns(session);
    let place = all.iter().position(|known| known.name(&session.analysis) == column);
    let place = place.ok_or_else(|| format!("no column {column}"))?;
    stage.press([Key::Home]);
    stage.press(std::iter::repeat_n(DOWN, place));
    stage.press([Key::Char(' '), Key::Enter]);
    Ok(())
}

fn ids(stage: &Stage) -> Result<Vec<String>, Failure> {
    let rows = stage.screen()?.list().into_iter();
    Ok(rows.filter_map(|row| row.into_iter().find(|word| word.starts_with('C'))).collect())
}

#[test]
fn any_field_is_a_column_and_sorts_with_others() -> TestResult {
    let mut stage = list((200, 50));
    show(&mut stage, "region")?;
    stage.type_in("s");
    // Regions fall into groups; the money decides within.
    go_to(&mut stage, "monetary")?;
    stage.type_in("t");
    let wanted = ["customers", DEMO, "--sort", "region,monetary", "--columns", "customer,region,monetary"];
    let expected = succeed(wanted)?;
    let expected: Vec<&str> = expected.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let shown = ids(&stage)?;
    assert!(shown.len() > 10, "{}", stage.screen()?.text());
    assert_eq!(shown, expected[..shown.len()]);
    assert!(
        stage.screen()?.text().contains("monetary ▼2") && stage.screen()?.text().contains("region ▲1"),
        "{}",
        stage.screen()?.text()
    );
    // The other way round, the last stand first.
    stage.type_in("S");
    let last: Vec<&str> = expected.iter().rev().take(shown.len()).copied().collect();
    assert_eq!(ids(&stage)?, last);
    Ok(())
}

#[test]
fn columns_are_hidden_moved_frozen_widened_and_summed() -> TestResult {
    let mut stage = list((120, 40));
    stage.type_in("z#");
    let total = &succeed(["customers", DEMO, "--columns", "monetary"])?;
    let total: i128 = total.lines().skip(1).map(micros).sum::<Result<i128, _>>()?;
    let sums = stage.screen()?.panel(Panel::Customers).pop().unwrap_or_default();
    assert!(sums.contains("Σ 2,999") && sums.contains(&super::stage::grouped_money(total)), "{sums}");
    go_to(&mut stage, "days")?;
    stage.type_in("x");
    let head = stage.screen()?.panel(Panel::Customers)[1].clone();
    assert!(!head.contains("days") && head.find("orders") < head.find("monetary"), "{head}");
    go_to(&mut stage, "monetary")?;
    stage.type_in("<");
    let head = stage.screen()?.panel(Panel::Customers)[1].clone();
    assert!(head.find("monetary") < head.find("orders"), "{head}");
    // Moved through to the last column, the frozen ones stay in sight.
    go_to(&mut stage, "monetary")?;
    stage.type_in("!");
    let mut narrow = Vec::new();
    stage.resize((60, 24));
    go_to(&mut stage, "last order")?;
    narrow.push(stage.screen()?.panel(Panel::Customers)[1].clone());
    assert!(
        narrow[0].contains("customer") && narrow[0].contains("monetary") && narrow[0].contains("last order"),
        "{narrow:?}"
    );
    // Two columns wider, the next one stands two columns further on.
    stage.resize((200, 50));
    go_to(&mut stage, "customer")?;
    let before = stage.screen()?.panel(Panel::Customers)[1].find("monetary");
    stage.model.column_width = 8;
    stage.type_in("++");
    let after = stage.screen()?.panel(Panel::Customers)[1].find("monetary");
    assert!(after > before, "{before:?} {after:?}");
    Ok(())
}

#[test]
fn a_customer_is_found_by_a_part_of_the_id_and_the_list_goes_there() -> TestResult {
    let everybody = customers([DEMO])?;
    let place = everybody.iter().position(|line| line["customer"] == "C01777").ok_or("no such customer")?;
    for size in SIZES {
        let mut stage = list(size);
        stage.type_in("/1777");
        assert!(
            stage.screen()?.text().contains("customers found") || stage.screen()?.text().contains("customer found"),
            "{}",
            stage.screen()?.text()
        );
        stage.press([Key::Enter]);
        assert_eq!(stage.screen()?.listed()?, 2_999);
        let title = stage.screen()?.panel(Panel::Customers)[0].clone();
        assert!(title.contains(&format!("{} of 2,999", super::stage::grouped(place as u64 + 1))), "{title}");
        // Letters between are found where nobody has what was typed as it is; Esc goes back to where one was.
        stage.press([Key::Home]);
        stage.type_in("/c17x");
        assert!(stage.screen()?.text().contains("nobody has that"), "{}", stage.screen()?.text());
        stage.press([Key::Backspace, Key::Esc]);
        assert!(stage.screen()?.panel(Panel::Customers)[0].contains(" 1 of 2,999"), "{}", stage.screen()?.text());
    }
    Ok(())
}

#[test]
fn one_jumps_to_a_place_a_percentile_and_a_value() -> TestResult {
    let everybody = customers([DEMO])?;
    let mut stage = list((120, 40));
    let place = |stage: &Stage| -> Result<usize, Failure> {
        let title = stage.screen()?.panel(Panel::Customers)[0].clone();
        let words: Vec<&str> = title.split_whitespace().collect();
        let of = words.iter().position(|word| *word == "of").ok_or("no place")?;
        Ok(words[of - 1].replace(',', "").parse()?)
    };
    for (text, expected) in [
        ("120", 120),
        ("9,999", 2_999),
        // 2,999 x 0.99 = 2,969.01: the 2,970th from the smallest is the 30th from the largest.
        ("99 %", 30),
        ("p50", 1_500),
        ("0%", 2_999),
        ("100%", 1),
    ] {
        stage.type_in(":");
        stage.type_in(text);
        stage.press([Key::Enter]);
        assert_eq!(place(&stage)?, expected, "{text}");
    }
    stage.type_in(":=1000");
    stage.press([Key::Enter]);
    let at = place(&stage)?;
    let money = |place: usize| micros(&everybody[place]["monetary"]);
    assert!(money(at - 1)? <= 1_000_000_000 && money(at - 2)? > 1_000_000_000, "{at}");
    stage.type_in(":nowhere");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("percentile such as"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn conditions_come_from_under_the_cursor_and_are_switched_off_and_turned_round() -> TestResult {
    let of = |filter: &str| -> Result<u64, Failure> { Ok(customers([DEMO, "--where", filter])?.len() as u64) };
    let mut stage = Stage::demo((120, 40));
    // The best cell of the heatmap.
    stage.type_in(",");
    assert!(stage.screen()?.text().contains("r = 5 and f = 5"), "{}", stage.screen()?.text());
    stage.press([Key::Enter]);
    assert_eq!(stage.screen()?.listed()?, of("r = 5 and f = 5")?);
    // One more condition, of the first customer in the list.
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    go_to(&mut stage, "RFM")?;
    let first = stage.screen()?.list()[0].clone();
    assert!(first.iter().any(|word| word == "555"), "{first:?}");
    go_to(&mut stage, "segment")?;
    stage.type_in(",");
    stage.press([Key::Enter]);
    let both = of("r = 5 and f = 5 and segment = 'Champions'")?;
    assert_eq!(stage.screen()?.listed()?, both);
    // The scores are two conditions: the first one off, then the second one turned round.
    stage.type_in("; ");
    assert_eq!(stage.model.session().map(|session| session.chips.all().len()), Some(3));
    stage.press([DOWN, Key::Char('!'), Key::Enter]);
    assert_eq!(stage.screen()?.listed()?, of("not f = 5 and segment = 'Champions'")?);
    stage.type_in("; ");
    stage.press([Key::Enter]);
    assert_eq!(stage.screen()?.listed()?, of("r = 5 and not f = 5 and segment = 'Champions'")?);
    stage.type_in(";xxx");
    assert_eq!(stage.screen()?.listed()?, 2_999);
    Ok(())
}

#[test]
fn marks_notes_and_the_place_of_a_review_live_in_the_scenario() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.path("review.toml");
    let everybody = customers([DEMO])?;
    let id = |place: usize| everybody[place]["customer"].clone();
    let mut stage = list((120, 40));
    // The first, then the third to the sixth.
    stage.type_in(" ");
    stage.press([DOWN]);
    stage.type_in(" ");
    stage.press([DOWN, DOWN]);
    stage.type_in("V");
    assert!(stage.screen()?.panel(Panel::Customers)[0].contains("5 marked"), "{}", stage.screen()?.text());
    stage.press([Key::Home]);
    stage.type_in("Mocall again");
    stage.press([Key::Enter]);
    // Reviewed as far as the third.
    stage.press([Key::Home]);
    stage.type_in("Mr");
    stage.press([RIGHT, RIGHT, Key::Esc]);
    assert!(stage.screen()?.text().contains(&format!("the review stopped at {}", id(2))), "{}", stage.screen()?.text());
    stage.type_in("os");
    stage.press([Key::Ctrl('u')]);
    stage.type_in(text(&path)?);
    stage.press([Key::Enter]);
    let saved = fs::read_to_string(&path)?;
    for place in [0, 2, 3, 4, 5] {
        assert!(saved.contains(&format!("    \"{}\",", id(place))), "{place}: {saved}");
    }
    assert!(saved.contains(&format!("\"{}\" = \"call again\"", id(0))), "{saved}");
    // Opened again, everything is there, and the review goes on where it stopped.
    let mut again = list((120, 40));
    again.type_in("oo");
    again.press([Key::Ctrl('u')]);
    again.type_in(text(&path)?);
    again.press([Key::Enter]);
    assert!(again.screen()?.panel(Panel::Customers)[0].contains("5 marked"), "{}", again.screen()?.text());
    again.type_in("Ml");
    assert_eq!(again.screen()?.listed()?, 5);
    assert_eq!(ids(&again)?, [0, 2, 3, 4, 5].map(id));
    again.press([Key::Esc]);
    again.type_in("Mr");
    assert!(again.screen()?.text().contains(&format!("Customer {}", id(2))), "{}", again.screen()?.text());
    again.press([LEFT, LEFT]);
    assert!(again.screen()?.text().contains("call again"), "{}", again.screen()?.text());
    Ok(())
}

/// Keys come quicker than frames, where many wait or a frame takes long: each means whoever is under the cursor by then.
#[test]
fn keys_within_one_frame_mean_whom_they_reach() -> TestResult {
    let everybody = customers([DEMO])?;
    let mut stage = list((120, 40));
    // Far beyond the page, marking all along: every second one.
    let keys = (0..60).flat_map(|_| [Key::Char(' '), DOWN]);
    stage.press_at_once(keys);
    let marked: Vec<String> = (0..60).map(|step| everybody[2 * step]["customer"].clone()).collect();
    let session = stage.model.session().ok_or("nothing is open")?;
    let ids = &session.analysis.customers().ids;
    let found: std::collections::BTreeSet<&str> = session.marks.marked().map(|place| ids.get(place as usize)).collect();
    assert_eq!(found, marked.iter().map(String::as_str).collect());
    stage.press_at_once([Key::End, Key::Enter]);
    let last = &everybody[everybody.len() - 1]["customer"];
    assert!(stage.screen()?.text().contains(&format!("Customer {last}")), "{}", stage.screen()?.text());
    Ok(())
}

/// A range goes from a customer, wherever the list has put them since.
#[test]
fn a_range_of_marks_follows_its_customer() -> TestResult {
    let mut stage = list((120, 40));
    stage.type_in(" ");
    stage.press([Key::Home]);
    go_to(&mut stage, "customer")?;
    stage.type_in("s");
    // C00338 is the 338th id now, 337 of which stand before it.
    stage.press([Key::Home]);
    stage.type_in("V");
    let everybody = customers([DEMO, "--sort", "customer"])?;
    let place = everybody.iter().position(|line| line["customer"] == "C00338").ok_or("no such customer")?;
    let title = stage.screen()?.panel(Panel::Customers)[0].clone();
    assert!(title.contains(&format!("{} marked", place + 1)), "{title}");
    Ok(())
}

#[test]
fn a_jump_to_a_segment_goes_to_its_first_customer() -> TestResult {
    let mut stage = list((120, 40));
    go_to(&mut stage, "segment")?;
    stage.type_in("s");
    let order = succeed(["customers", DEMO, "--sort", "segment", "--columns", "segment"])?;
    let segments: Vec<&str> = order.lines().skip(1).collect();
    for name in ["Hibernating", "champions", "Lost"] {
        stage.type_in(":=");
        stage.type_in(name);
        stage.press([Key::Enter]);
        let place = segments.iter().position(|segment| segment.eq_ignore_ascii_case(name)).ok_or("no such segment")?;
        let title = stage.screen()?.panel(Panel::Customers)[0].clone();
        let expected = format!("{} of 2,999", super::stage::grouped(place as u64 + 1));
        assert!(title.contains(&expected), "{name}: {expected} {title}");
    }
    stage.type_in(":=Nobody");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("no value Nobody"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn leaving_tells_of_marks_that_would_be_lost_and_so_does_another_scenario() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.path("other.toml");
    succeed(["scenario", DEMO, "--save", text(&path)?])?;
    let mut stage = list((120, 40));
    stage.type_in(" ");
    stage.type_in("q");
    assert!(stage.screen()?.text().contains("is not saved: q again leaves"), "{}", stage.screen()?.text());
    stage.type_in("oo");
    stage.press([Key::Ctrl('u')]);
    stage.type_in(text(&path)?);
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("are not saved"), "{}", stage.screen()?.text());
    assert_eq!(stage.model.session().map(|session| session.marks.len()), Some(1));
    stage.press([Key::Enter]);
    assert!(!stage.screen()?.panel(Panel::Customers)[0].contains("marked"), "{}", stage.screen()?.text());
    assert_eq!(stage.type_in("q"), Effect::Quit);
    Ok(())
}

/// Marks are of ids: under a data filter the same customers stand at other places, or are not there.
#[test]
fn marks_stay_with_their_customers_under_a_data_filter() -> TestResult {
    let filter = "category = 'Lamps'";
    let lamps = customers([DEMO, "--data-filter", filter, "--sort", "customer", "--columns", "customer"])?;
    let all = customers([DEMO, "--sort", "customer", "--columns", "customer"])?;
    let of = |line: &super::support::Line| line["customer"].clone();
    let there = of(lamps.last().ok_or("nobody bought a lamp")?);
    let gone = all.iter().map(of).find(|id| lamps.iter().all(|line| of(line) != *id)).ok_or("everybody bought one")?;
    let scratch = Scratch::new()?;
    let path = scratch.path("lamps.toml");
    succeed(["scenario", DEMO, "--data-filter", filter, "--save", text(&path)?])?;
    let review = format!(
        "\n[review]\nstopped_at = \"{there}\"\nmarked = [\"{there}\", \"{gone}\"]\nnotes = {{ \"{there}\" = \"lamp\" }}\n"
    );
    fs::write(&path, fs::read_to_string(&path)? + &review)?;
    let catalogue = tierscope::model::schemes::Catalogue::built_in();
    let scenario = tierscope::data::scenario_file::read(&path, &catalogue)?;
    let plan = Plan { scenario: Some(std::sync::Arc::new(scenario)), ..Plan::default() };
    let mut stage = Stage::demo_by(plan, (120, 40));
    stage.reads_rows = true;
    let marked = |stage: &Stage| -> Result<Vec<String>, Failure> {
        let session = stage.model.session().ok_or("nothing is open")?;
        let ids = &session.analysis.customers().ids;
        Ok(session.marks.marked().map(|place| ids.get(place as usize).to_owned()).collect())
    };
    assert_eq!(marked(&stage)?, std::slice::from_ref(&there));
    // Without the data filter both are there again.
    stage.type_in("D");
    stage.press([Key::Ctrl('u'), Key::Enter]);
    let mut both = vec![there, gone];
    both.sort();
    assert_eq!(marked(&stage)?, both);
    assert_eq!(stage.type_in("q"), Effect::None, "the view is not the scenario's any more");
    Ok(())
}

#[test]
fn the_privacy_switch_masks_the_screen_and_what_is_written_from_it() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = "customer,date,amount,phone,name\nzhang-san-77,2024-01-01,10.00,13800138000,张三丰\nli-si-88,2024-01-02,20.00,13900139000,Li Si\n";
    let file = scratch.file("sales.csv", sales)?;
    let mut stage = Stage::file(&file, Plan { bins: Some([2; 3]), ..Plan::default() }, (120, 40));
    stage.reads_rows = true;
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    show(&mut stage, "phone")?;
    show(&mut stage, "name")?;
    assert!(
        stage.screen()?.text().contains("13800138000") && stage.screen()?.text().contains("张三丰"),
        "{}",
        stage.screen()?.text()
    );
    stage.type_in("X");
    let masked = stage.screen()?.text();
    assert!(masked.contains("138****8000"), "{masked}");
    for secret in ["zhang-san", "13800138000", "13900139000", "张三丰", "Li Si"] {
        assert!(!masked.contains(secret), "{secret}: {masked}");
    }
    stage.press([Key::Enter]);
    for secret in ["zhang-san", "13800138000", "13900139000", "张三丰", "Li Si"] {
        assert!(!stage.screen()?.text().contains(secret), "{secret}: {}", stage.screen()?.text());
    }
    stage.press([Key::Esc]);
    let out = scratch.path("masked.csv");
    stage.type_in("Ee");
    stage.press([Key::Ctrl('u')]);
    stage.type_in(text(&out)?);
    stage.press([Key::Enter]);
    let written = fs::read_to_string(&out)?;
    assert!(written.contains("138****8000") && !written.contains("zhang-san"), "{written}");
    let manifest: Value = serde_json::from_str(&fs::read_to_string(scratch.path("masked.csv.manifest.json"))?)?;
    assert_eq!(manifest["privacy"]["masked"], Value::Bool(true));
    Ok(())
}

/// What a spreadsheet would run, what a terminal would obey, and what a screen cannot measure by counting letters.
#[test]
fn ugly_ids_are_shown_and_written_safely_and_aligned() -> TestResult {
    let scratch = Scratch::new()?;
    let long = "长".repeat(10_000);
    let ids = [
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "\u{1b}]0;owned\u{7}esc",
        "张三李四",
        "ｆｕｌｌ",
        "e\u{301}e\u{301}",
        "👩\u{200d}👧 family",
        "مرحبا بالعالم",
        "\u{202e}evil\u{202c}",
        &*long,
    ];
    let rows = lines(ids.iter().zip(1..), |(id, number)| format!("\"{id}\",2024-01-{number:02},{number}.00"));
    let file = scratch.file("ugly.csv", format!("customer,date,amount\n{rows}"))?;
    for size in SIZES {
        let mut stage = Stage::file(&file, Plan { bins: Some([2; 3]), ..Plan::default() }, size);
        stage.press([Key::Tab, Key::Tab, Key::Tab]);
        stage.type_in("z");
        let lines = stage.screen()?.panel(Panel::Customers);
        let screen = stage.screen()?;
        let cells = screen.panel_cells(Panel::Customers);
        // Every date of the first order begins in the column where the first one does.
        let start = |cells: &[String]| {
            let row: Vec<&str> = cells.iter().map(String::as_str).collect();
            row.windows(5).position(|part| part.concat() == "2024-").map(|at| row[..at].len())
        };
        let starts: Vec<Option<usize>> = cells.iter().skip(2).take(ids.len()).map(|row| start(row)).collect();
        if size.0 >= 120 {
            assert!(starts.iter().all(|at| at.is_some() && *at == starts[0]), "{starts:?} {lines:#?}");
        }
        for line in &lines {
            assert!(line.width() <= usize::from(size.0), "{line}");
            let bad = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!line.chars().any(bad), "{line:?}");
        }
    }
    for format in ["csv", "xlsx", "parquet", "ndjson", "md"] {
        let out = scratch.path(&format!("list.{format}"));
        let mut stage = Stage::file(&file, Plan { bins: Some([2; 3]), ..Plan::default() }, (120, 40));
        stage.press([Key::Tab, Key::Tab, Key::Tab]);
        stage.type_in("Ee");
        stage.press([Key::Ctrl('u')]);
        stage.type_in(text(&out)?);
        stage.press([Key::Enter]);
        assert!(stage.screen()?.text().contains("11 customers written"), "{format}: {}", stage.screen()?.text());
        // 1 + 2 + ... + 11.
        let manifest: Value = serde_json::from_str(&fs::read_to_string(format!("{}.manifest.json", text(&out)?))?)?;
        assert_eq!(string(&manifest["export"]["control_total"]["sum"])?, "66.00", "{format}");
    }
    let csv = fs::read_to_string(scratch.path("list.csv"))?;
    for formula in ["=1+1", "@SUM(A1)", "+cmd"] {
        let raw = csv.lines().any(|line| line.trim_start_matches('"').starts_with(formula));
        assert!(!raw && csv.contains(formula), "{formula}");
    }
    assert!(!csv.contains('\u{1b}') && !csv.contains('\u{7}') && !csv.contains('\u{202e}') && csv.contains(&long));
    let mut book: Xlsx<_> = open_workbook(scratch.path("list.xlsx"))?;
    let sheet = book.worksheet_range(&book.sheet_names()[0])?;
    let texts: Vec<String> = sheet.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert!(texts.contains(&"=1+1".to_owned()) && texts.contains(&long), "{}", texts.len());
    let formulas = book.worksheet_formula(&book.sheet_names()[0])?;
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "no cell is a formula");
    Ok(())
}

#[test]
fn cells_rows_and_lists_are_copied_as_a_spreadsheet_takes_them() -> TestResult {
    let mut stage = list((120, 40));
    let first = customers([DEMO, "--limit", "1"])?.remove(0);
    go_to(&mut stage, "customer")?;
    let Effect::Copy { text, .. } = stage.type_in("Ec") else { return Err("nothing was copied".into()) };
    assert_eq!(text, first["customer"]);
    let Effect::Copy { text, .. } = stage.type_in("Er") else { return Err("nothing was copied".into()) };
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!((lines.len(), lines[0].len(), lines[1][0]), (2, lines[1].len(), &*first["customer"]));
    // Too much for a terminal is said, and what to do instead.
    assert_eq!(stage.type_in("El"), Effect::None);
    assert!(
        stage.screen()?.text().contains("do not fit") && stage.screen()?.text().contains("E e"),
        "{}",
        stage.screen()?.text()
    );
    Ok(())
}

/// The whole way in a terminal: the best segment by a key, ten of them marked, written as a workbook, and the same rows and
/// the same sum read again. The cell that is copied goes through the terminal as OSC 52.
#[test]
fn ten_customers_are_marked_and_exported_in_a_terminal() -> TestResult {
    let scratch = Scratch::new()?;
    let out = scratch.path("ten.xlsx");
    let expected = customers([DEMO, "--where", "segment = 'Champions'", "--limit", "10"])?;
    let mut terminal = Terminal::start(&[], (120, 40))?;
    terminal.shows("1 of 2,999")?;
    // The tiers stand on their first segment.
    terminal.press("\t")?;
    terminal.press_until(",", "segment = 'Champions'")?;
    terminal.press_until("\r", "filter segment = 'Champions'")?;
    terminal.press("\t\t")?;
    terminal.press_until("          ", "10 marked")?;
    terminal.press_until("Me", "Write the marked customers to")?;
    terminal.press_until(&format!("\u{15}{}\r", text(&out)?), "10 customers written")?;
    terminal.press("q")?;
    terminal.shows("is not saved: q again leaves")?;
    terminal.press("q")?;
    assert!(terminal.end()?.success());
    let mut book: Xlsx<_> = open_workbook(&out)?;
    let sheet = book.worksheet_range(&book.sheet_names()[0])?;
    let head: Vec<String> = sheet.rows().next().ok_or("no head")?.iter().map(ToString::to_string).collect();
    let column = |name: &str| head.iter().position(|head| head == name).ok_or_else(|| format!("no {name} in {head:?}"));
    let (id, money) = (column("customer")?, column("monetary")?);
    let rows: Vec<&[Data]> = sheet.rows().skip(1).collect();
    let found: Vec<String> = rows.iter().map(|row| row[id].to_string()).collect();
    let wanted: Vec<String> = expected.iter().map(|line| line["customer"].clone()).collect();
    assert_eq!(found, wanted);
    let total: i128 = expected.iter().map(|line| micros(&line["monetary"])).sum::<Result<_, _>>()?;
    let sum: f64 =
        rows.iter().filter_map(|row| if let Data::Float(money) = row[money] { Some(money) } else { None }).sum();
    assert_eq!((sum * 100.0).round() as i128 * 10_000, total);
    let manifest: Value = serde_json::from_str(&fs::read_to_string(scratch.path("ten.xlsx.manifest.json"))?)?;
    assert_eq!(micros(string(&manifest["export"]["control_total"]["sum"])?)?, total);
    assert_eq!(number(&manifest["export"]["rows"])?, 10);
    assert_eq!(string(&manifest["selection"])?, "marked customers");
    Ok(())
}

/// Base64 is what tests decode, too.
#[test]
fn what_is_copied_is_what_the_terminal_decodes() -> TestResult {
    use tierscope::show::clipboard::{Surroundings, copy};
    let bytes = copy("C00338\t华东\n", Surroundings::default())?;
    let sequence = String::from_utf8(bytes)?;
    let encoded = sequence.strip_prefix("\u{1b}]52;c;").and_then(|rest| rest.strip_suffix('\u{7}'));
    assert_eq!(STANDARD.decode(encoded.ok_or("no sequence")?)?, "C00338\t华东\n".as_bytes());
    Ok(())
}
