//! The explorer in Chinese: every view translated, every column aligned, and the figures those of the English screen.

use std::collections::BTreeSet;

use tierscope::app::keymap::Key;
use tierscope::app::session::Panel;
use tierscope::engine::plan::Plan;
use tierscope::lang::{Language, within};
use unicode_width::UnicodeWidthStr;

use super::stage::{DOWN, RIGHT, SIZES, Screen, Stage};
use super::support::{Failure, Scratch, TestResult};

/// The sizes above, and the smallest.
const ALL_SIZES: [(u16, u16); 4] = [(60, 18), SIZES[0], SIZES[1], SIZES[2]];

/// A word of a line, with the cells where it begins and ends.
struct Word {
    text: String,
    start: usize,
    end: usize,
}

impl Word {
    fn is_figure(&self) -> bool {
        let text = self.text.trim_start_matches(['+', '-', '≤', '≥']);
        text == "·" || text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The words of a line; a wide character takes its own cell and the next.
fn words(cells: &[String]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut x = 0;
    while x < cells.len() {
        let symbol = &cells[x];
        let end = x + symbol.width().max(1);
        match words.last_mut() {
            _ if symbol.trim().is_empty() => {}
            Some(word) if word.end == x => {
                word.text.push_str(symbol);
                word.end = end;
            }
            _ => words.push(Word { text: symbol.clone(), start: x, end }),
        }
        x = end;
    }
    words
}

/// The cells within the box that lies over the panels, without its frame.
fn boxed(screen: &Screen) -> Result<Vec<&[String]>, Failure> {
    let corner = |symbol: &str, row: &[String]| row.iter().position(|cell| cell == symbol);
    let top = screen.cells.iter().position(|row| corner("╭", row).is_some() && corner("╮", row).is_some());
    let bottom = screen.cells.iter().rposition(|row| corner("╰", row).is_some());
    let (top, bottom) = top.zip(bottom).ok_or_else(|| format!("no box in\n{}", screen.text()))?;
    let (left, right) = corner("╭", &screen.cells[top]).zip(corner("╮", &screen.cells[top])).ok_or("no corners")?;
    Ok(screen.cells[top + 1..bottom].iter().map(|row| &row[left + 1..right]).collect())
}

/// Every figure ends where the words above its column end, or begins where they begin.
fn assert_aligned(lines: &[&[String]], head: &str, rows: usize) {
    let of = |line: &[String]| line.iter().map(String::as_str).collect::<String>().replace(' ', "");
    let text = || lines.iter().map(|line| of(line)).collect::<Vec<_>>().join("\n");
    let place = lines.iter().position(|line| of(line).contains(head));
    assert!(place.is_some(), "no {head} in\n{}", text());
    let place = place.unwrap_or_default();
    let heads = words(lines[place]);
    let (starts, ends): (BTreeSet<usize>, BTreeSet<usize>) = heads.iter().map(|word| (word.start, word.end)).unzip();
    let mut figures = 0;
    for line in &lines[place + 1..(place + 1 + rows).min(lines.len())] {
        for word in words(line).iter().filter(|word| word.is_figure()) {
            assert!(ends.contains(&word.end) || starts.contains(&word.start), "{} in\n{}", word.text, text());
            figures += 1;
        }
    }
    assert!(figures >= rows, "{figures} figures below {head} in\n{}", text());
}

/// No wide character is covered by half, or reaches over the edge.
fn assert_whole(screen: &Screen, what: &str) {
    for (y, row) in screen.cells.iter().enumerate() {
        for (x, symbol) in row.iter().enumerate() {
            let is_whole = symbol.width() < 2 || row.get(x + 1).is_some_and(|next| next == " ");
            assert!(is_whole, "{symbol} at {x}, {y} of {what}:\n{}", screen.text());
        }
    }
}

/// What is written in Latin letters in any language: keys, formats, and names of the field.
const LATIN: [&str; 31] = [
    "tierscope",
    "rfm",
    "RFM",
    "VIP",
    "CLV",
    "kappa",
    "Enter",
    "Esc",
    "Tab",
    "Space",
    "Shift",
    "Ctrl",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "CSV",
    "XLSX",
    "Parquet",
    "NDJSON",
    "JSON",
    "Markdown",
    "TOML",
    "UTF",
    "YYYY",
    "cache",
    "clv",
    "csv",
    "svg",
    "txt",
    "ans",
];

/// The English words that stand on a screen beside those.
fn english(stage: &Stage, screen: &Screen) -> BTreeSet<String> {
    let session = stage.model.session();
    // Fields are typed by their names, in filters and for columns.
    let names = session.map(|session| session.analysis.fields().definitions()).unwrap_or_default();
    let names: BTreeSet<&str> = names
        .iter()
        .flat_map(|definition| definition.name.split(|c: char| !c.is_ascii_alphabetic()))
        .chain([
            "and", "or", "in", "months", "month", "years", "head", "null", "between", "not", "region", "category",
            "date", "amount", "orders",
        ])
        .collect();
    let text = screen.text();
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    let is_english = |word: &&str| word.len() >= 3 && !LATIN.contains(word) && !names.contains(word);
    words.filter(is_english).map(str::to_owned).collect()
}

/// A shop whose data is Chinese, so that every English word on the screen is the program's.
fn shop(scratch: &Scratch, size: (u16, u16)) -> Result<Stage, Failure> {
    let mut sales = "客户,订单,日期,金额,类别,地区\n".to_owned();
    for number in 0..400u32 {
        let (customer, day) = ((number * 7 % 61).min(number % 61), 1 + number % 28);
        let (month, amount) = (1 + number / 34 % 12, 12 + number * 37 % 9_000);
        let kind = ["灯具", "厨房", "花园"][number as usize % 3];
        let area = ["华东", "华北"][customer as usize % 2];
        let row = format!("张{customer:03},{number},2024-{month:02}-{day:02},{amount}.50,{kind},{area}\n");
        sales.push_str(&row);
    }
    let file = scratch.file("01.csv", &sales)?;
    let mut stage = Stage::file(&file, Plan::default(), size);
    stage.reads_rows = true;
    Ok(stage)
}

/// Keys that show every view of the explorer, and what each must say.
const VIEWS: [(&str, &str); 39] = [
    ("", "热力图|近度×频度"),
    ("c", "按"),
    ("cc", "按"),
    ("cccc", "按"),
    ("ccccc", "按"),
    ("pt", "仅F5"),
    ("\t", "层级"),
    ("\tsz", "客户数"),
    ("\t\t", "客户分布"),
    ("r", "近度切点1/4"),
    ("fz", "频度切点1/4"),
    ("m→→z", "金额切点1/4"),
    ("rs", "每个位置"),
    ("ra", "新增近度切点"),
    ("r=", "求解"),
    ("r\n", "近度切点1"),
    ("rt", "分位数"),
    ("\t\t\tz", "消费金额"),
    ("\t\t\t\n", "单元格"),
    ("\t\t\t/", "查找客户"),
    ("\t\t\t 张", "已标记"),
    ("r→→w", "变动客户"),
    ("r→→wc", "销售额"),
    ("r→→y", "历史"),
    ("b", "基准"),
    ("M", "标记"),
    ("E", "导出"),
    ("o", "情景"),
    ("e", "方案"),
    ("ev", "存在的问题"),
    ("F", "满足条件的客户"),
    ("D", "满足条件的行"),
    ("B→", "构成分析"),
    ("Bt", "全部客群"),
    ("$", "预算"),
    ("$\n", "成本"),
    ("R", "VIP规则"),
    ("P", "处理规则"),
    ("C", "依据"),
];

/// Presses what a view is reached by: `→` is the arrow, and tabs and line breaks are Tab and Enter.
fn go(stage: &mut Stage, keys: &str) {
    for key in keys.chars() {
        stage.press([match key {
            '\t' => Key::Tab,
            '\n' => Key::Enter,
            '→' => RIGHT,
            key => Key::Char(key),
        }]);
    }
}

#[test]
fn every_view_is_chinese_and_whole_at_every_size() -> TestResult {
    let scratch = Scratch::new()?;
    let mut problems = Vec::new();
    within(Language::Hans, || -> TestResult {
        for size in ALL_SIZES {
            for (keys, said) in VIEWS {
                let mut stage = shop(&scratch, size)?;
                go(&mut stage, keys);
                let screen = stage.screen()?;
                let what = format!("{keys:?} at {size:?}");
                assert_whole(&screen, &what);
                let text = screen.text();
                let bare = text.replace(' ', "");
                if !said.split('|').any(|said| bare.contains(said)) {
                    problems.push(format!("{said} is not in {what}:\n{text}"));
                }
                let english = english(&stage, &screen);
                if !english.is_empty() {
                    problems.push(format!("{english:?} in {what}:\n{text}"));
                }
            }
        }
        Ok(())
    })?;
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    Ok(())
}

#[test]
fn panels_have_the_figures_of_the_english_screen_in_aligned_columns() -> TestResult {
    for size in SIZES {
        let english = Stage::demo(size).screen()?;
        let chinese = within(Language::Hans, || Stage::demo(size).screen())?;
        assert_eq!(chinese.heatmap()?, english.heatmap()?, "{size:?}");
        assert_eq!(chinese.tiers()?, english.tiers()?, "{size:?}");
        assert_eq!(chinese.bins()?, english.bins()?, "{size:?}");
        let ids = |screen: &Screen| screen.list().into_iter().map(|row| row[..4].to_vec()).collect::<Vec<_>>();
        assert_eq!(ids(&chinese), ids(&english), "{size:?}");
        let tiers = chinese.panel_cells(Panel::Tiers);
        assert_aligned(&tiers, "客户数", tiers.len() - 2);
        let list = chinese.panel_cells(Panel::Customers);
        assert_aligned(&list, "消费金额", list.len() - 2);
    }
    // Where there is room, sums are exact in both.
    let figures = |screen: &Screen| {
        words(&screen.cells[2]).into_iter().filter(Word::is_figure).map(|word| word.text).collect::<Vec<_>>()
    };
    let english = Stage::demo((200, 50)).screen()?;
    let chinese = within(Language::Hans, || Stage::demo((200, 50)).screen())?;
    assert_eq!(figures(&chinese), figures(&english));
    Ok(())
}

#[test]
fn short_sums_go_by_ten_thousands_on_the_screen() -> TestResult {
    let screen = within(Language::Hans, || Stage::demo((120, 40)).screen())?;
    let text = screen.text();
    assert!(text.contains("151万") && text.contains("31.2万"), "{text}");
    Ok(())
}

#[test]
fn tables_over_the_panels_are_aligned() -> TestResult {
    within(Language::Hans, || {
        for size in [SIZES[0], SIZES[1]] {
            let table = |keys: &str, head: &str, rows: usize| -> TestResult {
                let mut stage = Stage::demo(size);
                stage.reads_rows = true;
                go(&mut stage, keys);
                assert_aligned(&boxed(&stage.screen()?)?, head, rows);
                Ok(())
            };
            table("\tr→→w", "从\\到", 11)?;
            table("\tr→→wc", "从\\到", 11)?;
            table("B→", "指数", 2)?;
            table("B→t", "整体", 2)?;
            table("$", "占销售额", 10)?;
            table("P", "作用", 9)?;
        }
        Ok(())
    })
}

#[test]
fn a_budget_and_rules_are_told_in_aligned_columns() -> TestResult {
    within(Language::Hans, || {
        for size in [SIZES[0], SIZES[1]] {
            let mut stage = Stage::demo(size);
            stage.reads_rows = true;
            go(&mut stage, "$\n5\n");
            let screen = stage.screen()?;
            assert_aligned(&boxed(&screen)?, "占销售额", 11);
            assert!(screen.text().contains("按人") && screen.text().contains("按销售额"), "{}", screen.text());
            stage.press([Key::Esc]);
            go(&mut stage, "RaGold: amount >= 1000 in 12 months\n");
            let screen = stage.screen()?;
            assert_aligned(&boxed(&screen)?, "规则客户数", 3);
            assert!(screen.text().contains("无层级") && screen.text().contains("合计"), "{}", screen.text());
        }
        Ok(())
    })
}

#[test]
fn long_lines_that_are_typed_are_seen_to_their_end() -> TestResult {
    within(Language::Hans, || {
        let mut stage = Stage::demo(SIZES[0]);
        go(&mut stage, "\t\t\tMo");
        let note = "重要客户的备注很长".repeat(8) + "完";
        go(&mut stage, &note);
        let screen = stage.screen()?;
        assert_whole(&screen, "a note");
        let line = words(boxed(&screen)?[0]).into_iter().map(|word| word.text).collect::<String>();
        assert!(note.ends_with(&line) && line.ends_with('完'), "{line}");
        Ok(())
    })
}

#[test]
fn a_customer_is_explained_in_chinese() -> TestResult {
    within(Language::Hans, || {
        let mut stage = Stage::demo((120, 60));
        stage.reads_rows = true;
        stage.press([Key::Tab, Key::Tab, Key::Tab, Key::Enter]);
        stage.press([DOWN; 3]);
        let screen = stage.screen()?;
        let text = screen.text();
        for said in ["间隔中位数", "按月", "节奏", "按年", "同比", "季末", "距上次天数"] {
            assert!(text.contains(said), "{said} in\n{text}");
        }
        let lines = boxed(&screen)?;
        assert_aligned(&lines, "按年订单数", 2);
        assert_aligned(&lines, "距上次天数", 3);
        Ok(())
    })
}
