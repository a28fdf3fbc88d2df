//! Names from data, whatever they hold, neither reach the terminal raw nor push the next column out of place.

use tierscope::app::keymap::Key;
use tierscope::app::session::Panel;
use tierscope::engine::plan::Plan;

use super::stage::{DOWN, SIZES, Stage};
use super::support::{Failure, Scratch, TestResult, run, succeed, two_ids};
use super::terminal::printed;

const IDS: [&str; 8] = [
    "plain",
    "\u{1b}[31mred\u{7}",
    "\u{1b}]0;owned\u{1b}\\",
    "张三",
    "王小明（13800138000）",
    "e\u{301}cole 👩‍👩‍👧",
    "a\u{202e}gnp.exe",
    "tab\tand\nline",
];

/// Customers that differ in nothing but their ids.
fn twins(scratch: &Scratch) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["customer", "date", "amount"])?;
    for id in IDS {
        writer.write_record([id, "2024-01-05", "12.50"])?;
        writer.write_record([id, "2024-03-05", "1234.25"])?;
    }
    scratch.file("twins.csv", writer.into_inner()?)
}

#[test]
fn ids_of_any_kind_leave_the_next_column_where_it_is() -> TestResult {
    let scratch = Scratch::new()?;
    let file = twins(&scratch)?;
    for size in SIZES {
        let mut stage = Stage::file(&file, Plan::default(), size);
        // The list on the whole screen.
        stage.press([Key::BackTab, Key::Char('z')]);
        let screen = stage.screen()?;
        let lines = screen.panel(Panel::Customers);
        let cells = screen.panel_cells(Panel::Customers);
        let rows = &cells[2..2 + IDS.len()];
        // From the days on, every row has the same cells.
        let days = rows[0].iter().position(|cell| cell == "1").ok_or("no days")?;
        assert_eq!(rows[0][days..].concat().split_whitespace().take(3).collect::<Vec<_>>(), ["1", "2", "1,246.75"]);
        for row in rows {
            assert_eq!(row[days..], rows[0][days..], "{size:?}\n{}", lines.join("\n"));
        }
        // What must not be shown leaves a mark where it stood.
        assert!(lines.iter().any(|line| line.starts_with("\u{fffd}[31mred\u{fffd} ")), "{}", lines.join("\n"));
        assert!(lines.iter().any(|line| line.starts_with("张三 ")), "{}", lines.join("\n"));
        assert!(lines.iter().any(|line| line.starts_with("王小明（13800138000） ")), "{}", lines.join("\n"));
    }
    Ok(())
}

#[test]
fn no_control_character_of_the_data_stands_on_any_screen() -> TestResult {
    let scratch = Scratch::new()?;
    let file = twins(&scratch)?;
    for size in SIZES {
        let mut stage = Stage::file(&file, Plan::default(), size);
        for keys in ["", "\t", "\t", "\t", "z", "d"] {
            stage.press(keys.chars().map(|key| if key == '\t' { Key::Tab } else { Key::Char(key) }));
            let screen = stage.screen()?;
            let raw = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            let found = screen.cells.iter().flatten().find(|cell| cell.contains(raw));
            assert_eq!(found, None, "{}", screen.text());
        }
    }
    Ok(())
}

#[test]
fn segments_with_chinese_names_line_up_too() -> TestResult {
    let plan = Plan { scheme: Some("cn-8".to_owned()), ..Plan::default() };
    for size in SIZES {
        let screen = Stage::demo_by(plan.clone(), size).screen()?;
        let tiers = screen.panel(Panel::Tiers);
        let names = ["重要价值客户", "重要保持客户", "重要发展客户", "重要挽留客户"];
        for (line, name) in tiers[2..].iter().zip(names) {
            assert!(line.starts_with(name), "{name}: {line}");
        }
        // The shares of customers end in one column.
        let rows = screen.panel_cells(Panel::Tiers);
        let ends: Vec<_> = rows[2..6].iter().map(|row| row.iter().position(|cell| cell == "%")).collect();
        assert!(ends[0].is_some() && ends.iter().all(|end| *end == ends[0]), "{}", screen.text());
    }
    Ok(())
}

#[test]
fn a_column_that_cannot_be_told_is_asked_for_and_the_answer_opens_the_file() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("bare.csv", two_ids())?;
    for size in SIZES {
        let mut stage = Stage::file(&file, Plan::default(), size);
        let text = stage.screen()?.text();
        for part in ["which column is the customer?", "column 1", "column 4", "9001", "1001", "2024-01-02"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        stage.press([DOWN, Key::Char('c'), Key::Enter]);
        let lines = stage.screen()?.lines();
        assert!(lines[2].split_whitespace().next() == Some("15"), "{}", lines.join("\n"));
    }
    Ok(())
}

#[test]
fn a_file_that_cannot_be_opened_says_why_on_the_screen() -> TestResult {
    let scratch = Scratch::new()?;
    let empty = scratch.file("empty.csv", "")?;
    for (file, part) in [(empty, "empty"), (scratch.path("gone.csv").to_string_lossy().into_owned(), "cannot read")] {
        for size in SIZES {
            let stage = Stage::file(&file, Plan::default(), size);
            let screen = stage.screen()?;
            let words = screen.text().replace(['│', '\n'], " ");
            assert!(words.contains(part), "{part}: {}", screen.text());
        }
    }
    Ok(())
}

#[test]
fn no_control_character_reaches_a_terminal_or_a_list() -> TestResult {
    let scratch = Scratch::new()?;
    let ids = "x\u{1b}[31my,2024-01-05,1.00\nx\u{9b}2Jy,2024-01-06,2.00\nbad,so\u{9b}1mon,3.00\n";
    let rest = "z,2024-01-07,4.00\n".repeat(30);
    let file = scratch.file("steering.csv", format!("customer,date,amount\n{ids}{rest}"))?;
    for args in [
        &["customers", &*file][..],
        &["customers", &file, "--format", "json"],
        &["report", &file],
        &["report", &file, "--format", "json"],
        &["quality", &file, "--format", "csv"],
        &["quality", &file, "--format", "json"],
        &["quality", &file, "--format", "markdown"],
        &["columns", &file],
        &["report", &file, "--no-such\u{1b}[31m\u{9b}2J"],
        &["report", &file, "--sort\u{1b}]0;owned\u{7}"],
        &["report", "gone\u{1b}[31m\u{9b}2J.csv"],
        &["customers", &file, "--sort", "\u{1b}[31m"],
    ] {
        let said = printed(args)?;
        let raw = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        assert!(!said.contains(raw), "{args:?}: {said:?}");
        assert!(said.len() > 10, "{args:?}: {said:?}");
    }
    assert!(printed(&["customers", &file])?.contains("x\u{fffd}[31my,"));
    let piped = succeed(["customers", &file])?;
    assert!(piped.contains("x\u{fffd}[31my,") && piped.contains("x\u{fffd}2Jy,"), "{piped:?}");
    let piped = succeed(["customers", &file, "--format", "json"])?;
    assert!(piped.contains("x\u{fffd}[31my") && piped.contains("x\u{fffd}2Jy"), "{piped:?}");
    let wrong = run(["report", "--no-such\u{1b}[31m\u{9b}2J"])?;
    assert_eq!(wrong.status, Some(2));
    assert!(!wrong.stderr.contains(['\u{1b}', '\u{9b}']), "{:?}", wrong.stderr);
    Ok(())
}
