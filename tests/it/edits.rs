//! Moving a cut: every panel follows, as the report of the same cuts has it, and undo brings back the very same screen.

use serde_json::Value;
use tierscope::app::keymap::{Key, commands};
use tierscope::app::session::Panel;

use super::recount::Recount;
use super::stage::{DOWN, LEFT, RIGHT, SIZES, Screen, Stage, grouped};
use super::support::{Failure, TestResult, cells, customers, report, segments};

/// The sizes that show all four panels.
const WIDE: [(u16, u16); 2] = [SIZES[1], SIZES[2]];

/// Fails unless heatmap, tiers, distributions and list are those of the report with these options.
fn shows(screen: &Screen, options: &[&str]) -> TestResult {
    let report = report(options)?;
    let cells = cells(&report)?;
    let sum = |keep: &dyn Fn(&[u8; 3]) -> bool| -> u64 {
        cells.iter().filter(|(cell, _)| keep(cell)).map(|(_, tally)| tally.customers).sum()
    };
    let row = |r: u8| (1..=5).map(|f| sum(&|cell| cell[0] == r && cell[1] == f)).collect::<Vec<_>>();
    let grid: Vec<Vec<u64>> = (1..=5).rev().map(row).collect();
    if screen.heatmap()? != grid {
        return Err(format!("heatmap is not {grid:?}\n{}", screen.text()).into());
    }
    let tiers: Vec<u64> = segments(&report)?.into_iter().map(|(_, tally)| tally.customers).collect();
    if screen.tiers()? != tiers {
        return Err(format!("tiers are not {tiers:?}\n{}", screen.text()).into());
    }
    let bins = screen.bins()?;
    for (axis, letter) in ['R', 'F', 'M'].into_iter().enumerate() {
        for score in 1..=5 {
            let expected = sum(&|cell| cell[axis] == score);
            if bins.get(&format!("{letter}{score}")) != Some(&expected) {
                return Err(format!("{letter}{score} is not {expected}\n{}", screen.text()).into());
            }
        }
    }
    let rows = screen.list();
    let list = customers([options, &["--limit", &rows.len().to_string()]].concat())?;
    for (row, line) in rows.iter().zip(&list) {
        let code = ["r", "f", "m"].map(|axis| line[axis].as_str()).concat();
        let segment = line["segment"].split(' ').next_back().unwrap_or_default();
        if row[0] != line["customer"] || !row.contains(&code) || !row.iter().any(|word| word == segment) {
            return Err(format!("{row:?} is not {line:?}").into());
        }
    }
    if rows.len() < 5 { Err("no list".into()) } else { Ok(()) }
}

fn joined(values: &[i128]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

#[test]
fn at_first_every_panel_shows_the_report() -> TestResult {
    for size in WIDE {
        shows(&Stage::demo(size).screen()?, &[])?;
    }
    Ok(())
}

#[test]
fn a_cut_moved_by_days_takes_heatmap_tiers_distributions_and_list_along() -> TestResult {
    let mut days = Recount::demo()?.quantiles([5; 3])[0].clone();
    days[0] += 5;
    for size in WIDE {
        let mut stage = Stage::demo(size);
        stage.type_in("r");
        stage.press([RIGHT; 5]);
        let screen = stage.screen()?;
        shows(&screen, &["--cuts-r", &joined(&days)]).map_err(|problem| format!("{size:?}: {problem}"))?;
        assert!(screen.text().contains(&format!("→ {}", days[0])), "{}", screen.text());
        // What was edited no longer follows the data, and says so.
        assert!(screen.panel(Panel::Cuts).iter().any(|line| line.contains("fixed")), "{}", screen.text());
    }
    Ok(())
}

#[test]
fn cuts_of_all_axes_nudged_and_typed_are_the_report_of_these_cuts() -> TestResult {
    let [mut days, mut orders, money] = Recount::demo()?.quantiles([5; 3]);
    (days[1], orders[2]) = (days[1] / 10 * 10 - 10, orders[2] + 1);
    let cents = |micros: i128| format!("{}.{:02}", micros / 1_000_000, micros / 10_000 % 100);
    let mut money: Vec<String> = money.into_iter().map(cents).collect();
    money[1] = "100.50".to_owned();
    let (days, orders, money) = (joined(&days), joined(&orders), money.join(","));
    for size in WIDE {
        let mut stage = Stage::demo(size);
        // The second cut of recency (60 days) goes ten days down, the third of frequency up by one.
        stage.type_in("r2gH");
        stage.type_in("f3gl");
        stage.type_in("m2g");
        stage.press([Key::Enter, Key::Ctrl('u')]);
        stage.type_in("100.50");
        stage.press([Key::Enter]);
        shows(&stage.screen()?, &["--cuts-r", &days, "--cuts-f", &orders, "--cuts-m", &money])
            .map_err(|problem| format!("{size:?}: {problem}"))?;
        stage.type_in("uuu");
        shows(&stage.screen()?, &[])?;
    }
    Ok(())
}

#[test]
fn undo_brings_back_the_very_same_screen_and_redo_the_other() -> TestResult {
    for size in SIZES {
        for axis in ["r", "f", "m"] {
            let mut stage = Stage::demo(size);
            stage.type_in(axis);
            let before = stage.screen()?.without_message();
            // A run of steps is one edit.
            stage.press([RIGHT; 4]);
            let moved = stage.screen()?.without_message();
            assert_ne!(before, moved, "{axis} at {size:?}");
            stage.type_in("2g");
            stage.press([RIGHT, RIGHT, RIGHT]);
            stage.type_in("u1g");
            assert_eq!(stage.screen()?.without_message(), moved, "{axis} at {size:?}");
            stage.type_in("u");
            assert_eq!(stage.screen()?.without_message(), before, "{axis} at {size:?}");
            stage.type_in("U");
            assert_eq!(stage.screen()?.without_message(), moved, "{axis} at {size:?}");
            stage.type_in("u");
            assert_eq!(stage.screen()?.without_message(), before, "{axis} at {size:?}");
        }
    }
    Ok(())
}

#[test]
fn undoing_a_run_of_steps_names_the_value_that_comes_back() -> TestResult {
    let stood = Recount::demo()?.quantiles([5; 3])[0][0];
    let mut stage = Stage::demo((120, 40));
    stage.type_in("r");
    stage.press([RIGHT; 4]);
    stage.type_in("u");
    let text = stage.screen()?.text();
    assert!(text.contains(&format!("undone: recency cut 1: {stood} → {}", stood + 4)), "{text}");
    Ok(())
}

#[test]
fn with_nothing_to_undo_the_screen_says_so_and_stays() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    let before = stage.screen()?.without_message();
    stage.type_in("u");
    assert!(stage.screen()?.text().contains("nothing to undo"));
    stage.type_in("U");
    assert!(stage.screen()?.text().contains("nothing to redo"));
    assert_eq!(stage.screen()?.without_message(), before);
    Ok(())
}

#[test]
fn a_filtered_list_follows_the_cuts() -> TestResult {
    for size in WIDE {
        let mut stage = Stage::demo(size);
        stage.press([Key::Tab, Key::Enter]);
        let before = stage.screen()?;
        assert_eq!(before.listed()?, before.tiers()?[0]);
        stage.type_in("rLLL");
        let after = stage.screen()?;
        assert_ne!(after.tiers()?[0], before.tiers()?[0]);
        assert_eq!(after.listed()?, after.tiers()?[0], "{}", after.text());
    }
    Ok(())
}

#[test]
fn a_cut_stops_at_its_neighbour_and_customers_never_get_lost() -> TestResult {
    let mut stage = Stage::demo((200, 50));
    let sum = |stage: &Stage| -> Result<u64, Failure> { Ok(stage.screen()?.heatmap()?.iter().flatten().sum()) };
    for axis in ["r", "f", "m"] {
        stage.type_in(axis);
        for cut in ["1", "2", "3", "4"] {
            stage.type_in(cut);
            for key in [RIGHT, LEFT, Key::Char('L'), Key::Char('H')] {
                stage.press([key; 30]);
                assert_eq!(sum(&stage)?, 2_999, "{axis}{cut} {key:?}");
                assert_eq!(stage.screen()?.tiers()?.iter().sum::<u64>(), 2_999, "{axis}{cut} {key:?}");
            }
        }
    }
    // Recency cut 1 cannot pass cut 2.
    let mut stage = Stage::demo((200, 50));
    stage.type_in("r");
    stage.press([Key::Char('L'); 20]);
    let demo = Recount::demo()?;
    let days = demo.quantiles([5; 3])[0].clone();
    let screen = stage.screen()?;
    let merged = demo.people.iter().filter(|person| demo.values(person)[0] <= days[1]).count() as u64;
    assert_eq!(screen.heatmap()?[0].iter().sum::<u64>(), merged, "{}", screen.text());
    assert_eq!(screen.heatmap()?[1], [0; 5], "{}", screen.text());
    assert!(stage.screen()?.text().contains("next cut"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn a_typed_value_is_taken_exactly_or_refused_with_what_to_type() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    let before = stage.screen()?.heatmap()?;
    stage.type_in("r");
    stage.press([Key::Enter, Key::Ctrl('u')]);
    stage.type_in("soon");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("number of days"), "{}", stage.screen()?.text());
    stage.press([Key::Ctrl('u')]);
    stage.type_in("1.5");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("1.5"), "{}", stage.screen()?.text());
    stage.press([Key::Esc]);
    assert_eq!(stage.screen()?.heatmap()?, before);
    // q is text here, and quits nothing.
    stage.press([Key::Enter]);
    assert_eq!(stage.type_in("q"), tierscope::app::update::Effect::None);
    stage.press([Key::Esc]);
    assert_eq!(stage.type_in("q"), tierscope::app::update::Effect::Quit);
    Ok(())
}

#[test]
fn a_typed_value_takes_the_place_of_the_old_one_and_stays_between_its_neighbours() -> TestResult {
    let demo = Recount::demo()?;
    let days = demo.quantiles([5; 3])[0].clone();
    let mut stage = Stage::demo((120, 40));
    let before = stage.screen()?.heatmap()?;
    stage.type_in("r");
    stage.press([DOWN, Key::Enter]);
    let range = format!("recency cut 2: {} – {} days", days[0], days[2]);
    assert!(stage.screen()?.text().contains(&range), "{range}\n{}", stage.screen()?.text());
    // Beyond the next cut it is refused where it stands, and nothing moves.
    stage.type_in(&(days[2] + 1).to_string());
    stage.press([Key::Enter]);
    let told = format!("{} is beyond recency cut 3 at {}", days[2] + 1, days[2]);
    assert!(stage.screen()?.text().contains(&told), "{told}\n{}", stage.screen()?.text());
    stage.press([Key::Ctrl('u')]);
    stage.type_in(&(days[0] - 1).to_string());
    stage.press([Key::Enter]);
    let told = format!("{} is beyond recency cut 1 at {}", days[0] - 1, days[0]);
    assert!(stage.screen()?.text().contains(&told), "{told}\n{}", stage.screen()?.text());
    stage.press([Key::Esc]);
    assert_eq!(stage.screen()?.heatmap()?, before);
    // The first letter replaces what stands there; after a move along the line it does not.
    stage.press([Key::Enter]);
    stage.type_in("70");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains(&format!("recency cut 2: {} → 70", days[1])), "{}", stage.screen()?.text());
    let within = demo.people.iter().filter(|person| demo.values(person)[0] <= 70).count() as u64;
    let shown = stage.screen()?.heatmap()?;
    assert_eq!(shown[0].iter().chain(&shown[1]).sum::<u64>(), within);
    stage.press([Key::Enter, Key::End]);
    stage.type_in("5");
    assert!(stage.screen()?.text().contains("705"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn words_of_several_lines_stay_apart_when_they_are_pasted() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.type_in("F");
    tierscope::app::update::paste(&mut stage.model, "recency <= 90 and\nmonetary > 5\r\n");
    stage.press([Key::Enter]);
    let text = stage.screen()?.text();
    assert!(text.contains("customers where recency <= 90 and monetary > 5"), "{text}");
    Ok(())
}

#[test]
fn a_key_without_a_meaning_says_so_and_where_all_keys_are() -> TestResult {
    let mut stage = Stage::demo((80, 24));
    stage.type_in("@");
    assert!(stage.screen()?.text().contains("@ does nothing here; ? shows all keys"), "{}", stage.screen()?.text());
    // On a line it is text.
    stage.type_in("F@");
    assert!(!stage.screen()?.text().contains("does nothing here"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn a_filter_that_rows_do_not_know_comes_back_to_be_mended() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    stage.type_in("F");
    stage.type_in("colour = 'red'");
    stage.press([Key::Enter]);
    stage.reads_rows = true;
    stage.press([Key::Function(12)]);
    let text = stage.screen()?.text();
    assert!(text.contains("colour = 'red'") && text.contains("no field `colour`"), "{text}");
    stage.press([Key::Ctrl('u')]);
    stage.type_in("channel = 'app'");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("customers where channel = 'app'"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn the_data_overlay_tells_what_became_of_each_row() -> TestResult {
    let demo = Recount::demo()?;
    let [customer, date, amount] = demo.rejected;
    let rejected = customer + date + amount;
    let mut stage = Stage::demo((120, 40));
    stage.type_in("d");
    let mut text = stage.screen()?.text();
    stage.press([Key::PageDown; 2]);
    text += &stage.screen()?.text();
    let line = format!("{} read = {} kept + {rejected} rejected", grouped(demo.read), grouped(demo.read - rejected));
    for part in
        [&*line, "missing customer", "25 rows, 0.1%", "row 553", "2025-02-30 10:00:00", "customer_id", "order_date"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let report = report::<&str>([])?;
    assert_eq!(report["ledger"]["read"], Value::from(demo.read));
    stage.press([Key::Esc]);
    assert!(!stage.screen()?.text().contains("25 rows, 0.1%"));
    Ok(())
}

#[test]
fn the_help_shows_the_keys_that_do_something() -> TestResult {
    let mut stage = Stage::demo((200, 50));
    stage.type_in("?");
    let mut text = stage.screen()?.text();
    stage.press([Key::PageDown; 9]);
    text += &stage.screen()?.text();
    for part in ["undo", "quit", "Tab", "Enter", "Esc", "edit the cuts of recency, frequency, monetary"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    stage.type_in("?");
    assert!(stage.screen()?.text().contains("Champions"));
    Ok(())
}

#[test]
fn the_help_leaves_no_key_out() -> TestResult {
    for size in [(80, 24), (200, 50)] {
        let mut stage = Stage::demo(size);
        stage.type_in("?a");
        let mut text = stage.screen()?.text();
        for _ in 0..40 {
            stage.press([Key::PageDown]);
            text += &stage.screen()?.text();
        }
        for command in commands().iter().filter(|command| !command.usual.is_empty()) {
            for keys in command.usual {
                assert!(text.contains(&keys.to_string()), "{keys} at {size:?}: {text}");
            }
            let last = command.words().rsplit(' ').next().unwrap_or_default();
            assert!(text.contains(last), "{} at {size:?}: {text}", command.words());
        }
    }
    Ok(())
}
