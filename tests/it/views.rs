//! Every view at every size, in every language and in every theme: whole, with the figures of a recount, as snapshots beside.

use std::collections::BTreeSet;
use std::fmt::Write;

use ratatui::style::Color;
use tierscope::app::keymap::Key;
use tierscope::app::themes::Themes;
use tierscope::lang::{Language, within};
use tierscope::ui::theme::{Depth, Looks, Rgb};
use unicode_width::UnicodeWidthStr;

use super::recount::Recount;
use super::stage::{RIGHT, SIZES, Screen, Stage, grouped};
use super::support::TestResult;

/// A view: its name, the keys that lead to it, and what it must say in English and in both kinds of Chinese.
pub(crate) struct View {
    name: &'static str,
    keys: &'static str,
    said: [&'static str; 3],
}

const fn view(name: &'static str, keys: &'static str, said: [&'static str; 3]) -> View {
    View { name, keys, said }
}

/// `→` is the arrow, and tabs and line breaks are Tab and Enter.
pub(crate) const VIEWS: [View; 26] = [
    view("panels", "", ["Tiers", "层级", "層級"]),
    view("heatmap by revenue", "ccz", ["by revenue", "按销售额", "依銷售額"]),
    view("tiers", "\tz", ["Champions", "重要价值客户", "重要價值客戶"]),
    view("cuts", "rz", ["recency cut 1 of 4", "近度切点 1/4", "近度切點 1/4"]),
    view("list", "\t\t\tz", ["1 of 2,999", "1 / 2,999", "1 / 2,999"]),
    view("moved cut", "r→→", ["± from the start", "± 对比初始设置", "± 對比初始設定"]),
    view("customer", "\t\t\t\n", ["orders", "订单", "訂單"]),
    view("data card", "d", ["Data card", "数据卡", "資料卡"]),
    view("movers", "r→→w", ["Movers since the start", "变动客户：对比初始设置", "變動客戶：對比初始設定"]),
    view("history", "r→→y", ["History", "历史", "歷史"]),
    view("sensitivity", "rs", ["at every position", "每个位置", "每個位置"]),
    view("breakdown", "B→", ["Breakdown", "构成分析", "構成分析"]),
    view("concentration", "%", ["80% of the revenue", "80% 的销售额", "80% 的銷售額"]),
    view("budget", "$", ["Budget", "预算", "預算"]),
    view("vip rules", "R", ["VIP rules", "VIP 规则", "VIP 規則"]),
    view("policies", "P", ["Policies", "处理规则", "處理規則"]),
    view("columns", "C", ["Columns", "列", "欄"]),
    view("filter", "F", ["Count only customers with", "满足条件的客户", "滿足條件的客戶"]),
    view("cut value", "r\n", ["recency cut 1", "近度切点 1", "近度切點 1"]),
    view("export menu", "E", ["xport", "导出", "匯出"]),
    view("scenario menu", "o", ["cenario", "情景", "情境"]),
    view("scheme", "ev", ["Scheme", "方案", "方案"]),
    view("list columns", "\t\t\ta", ["Space shows or hides", "Space 显示或隐藏", "Space 顯示或隱藏"]),
    view("themes", "T", ["high-contrast", "high-contrast", "high-contrast"]),
    view("help", "?", ["Keys", "按键", "按鍵"]),
    view("palette", "\u{10}", ["Do what?", "执行", "執行"]),
];

const LANGUAGES: [Language; 3] = [Language::English, Language::Hans, Language::Hant];

fn open(view: &View, size: (u16, u16)) -> Stage {
    let mut stage = Stage::demo(size);
    stage.reads_rows = matches!(view.name, "customer" | "breakdown" | "vip rules");
    stage.model.themes = Themes::of(Looks::default().names(), AUTO.to_owned());
    go(&mut stage, view);
    stage
}

fn go(stage: &mut Stage, view: &View) {
    for key in view.keys.chars() {
        stage.press([match key {
            '\t' => Key::Tab,
            '\n' => Key::Enter,
            '→' => RIGHT,
            '\u{10}' => Key::Ctrl('p'),
            key => Key::Char(key),
        }]);
    }
}

/// No wide character is covered by half or reaches over the edge, and nothing stands there that is no sign.
fn assert_whole(screen: &Screen, what: &str) {
    for (y, row) in screen.cells.iter().enumerate() {
        for (x, symbol) in row.iter().enumerate() {
            let is_whole = symbol.width() < 2 || row.get(x + 1).is_some_and(|next| next == " ");
            let is_shown = !symbol.chars().any(char::is_control);
            assert!(is_whole && is_shown, "{symbol:?} at {x}, {y} of {what}:\n{}", screen.text());
        }
    }
}

/// Nothing of a placeholder, and no key of a catalogue, comes to the screen.
fn assert_filled(text: &str, what: &str) {
    assert!(!text.contains(['{', '}']) && !text.contains("head|"), "a blank in {what}:\n{text}");
}

/// The theme that goes by the terminal.
const AUTO: &str = "auto";

/// The figures of the screen that are written alike in every language.
fn figures(screen: &Screen) -> BTreeSet<String> {
    let text = screen.text();
    let words = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
    words.filter(|word| word.contains(',') && word.len() > 4).map(str::to_owned).collect()
}

#[test]
fn every_view_is_whole_at_every_size_in_every_language() -> TestResult {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut problems = Vec::new();
    for view in &VIEWS {
        let mut pictures = String::new();
        for size in SIZES {
            let mut in_english = None;
            for (language, said) in LANGUAGES.into_iter().zip(view.said) {
                let what = format!("{} at {}x{} in {}", view.name, size.0, size.1, language.tag());
                let stage = within(language, || open(view, size));
                let screen = within(language, || stage.screen())?;
                let text = screen.text();
                assert_whole(&screen, &what);
                assert_filled(&text, &what);
                if !text.contains(said) {
                    problems.push(format!("{said} is not in {what}:\n{text}"));
                }
                // Where there is room, all languages tell the same figures.
                let told = figures(&screen);
                let english = in_english.get_or_insert_with(|| told.clone());
                let other: Vec<&String> = told.symmetric_difference(english).collect();
                // What lies over the panels cuts their figures off elsewhere in another language.
                if size == SIZES[2] && stage.model.overlay.is_none() && !other.is_empty() {
                    problems.push(format!("{other:?} not in both, {what}:\n{text}"));
                }
                writeln!(pictures, "=== {what}\n{text}")?;
            }
        }
        settings.bind(|| insta::assert_snapshot!(view.name.replace(' ', "-"), pictures));
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    Ok(())
}

/// What holds of the demo shop in every view that tells it, by a recount of its rows.
#[test]
fn the_concentration_is_that_of_a_recount() -> TestResult {
    let demo = Recount::demo()?;
    let mut money: Vec<i128> = demo.people.iter().map(|person| person.money).collect();
    money.sort_unstable_by_key(|money| std::cmp::Reverse(*money));
    let all: i128 = money.iter().sum();
    let fewest = |percent: i128| {
        let mut sum = 0;
        1 + money
            .iter()
            .take_while(|money| {
                sum += **money;
                sum * 100 < all * percent
            })
            .count()
    };
    let mut stage = Stage::demo((120, 40));
    stage.type_in("%");
    let told = |stage: &Stage| stage.screen().map(|screen| screen.text());
    let line = |percent: i128| {
        format!("{percent}% of the revenue: the {} customers who bring most", grouped(fewest(percent) as u64))
    };
    assert!(told(&stage)?.contains(&line(80)), "{}\n{}", line(80), told(&stage)?);
    stage.press([RIGHT]);
    assert!(told(&stage)?.contains(&line(81)), "{}\n{}", line(81), told(&stage)?);
    stage.type_in("jj");
    assert!(told(&stage)?.contains(&line(61)), "{}\n{}", line(61), told(&stage)?);
    let half: i128 = money[..money.len().div_ceil(2)].iter().sum();
    let mills = (half * 1_000 + all / 2) / all;
    let part = format!("{}.{}%", mills / 10, mills % 10);
    assert!(
        told(&stage)?.lines().any(|line| line.contains("the top 50%") && line.contains(&part)),
        "{part}\n{}",
        told(&stage)?
    );
    // Those alone, and those who brought as much as the last of them.
    stage.press([Key::Home, Key::Enter]);
    let least = money[fewest(1) - 1];
    let expected = money.iter().filter(|money| **money >= least).count();
    assert_eq!(stage.screen()?.listed()?, expected as u64, "{}", told(&stage)?);
    Ok(())
}

/// Colours change nothing of what is said, and all of it can be read on its ground.
#[test]
fn every_view_reads_in_every_theme() -> TestResult {
    let looks = Looks { depth: Depth::True, ..Looks::default() };
    for view in &VIEWS {
        let mut stage = open(view, SIZES[1]);
        let plain = stage.screen()?.text();
        for name in ["dark", "light", "high-contrast", "colour-blind", "neutral", "sixteen"] {
            stage.dress(&looks, name)?;
            let screen = stage.screen()?.text();
            // The picture of a theme names what it is.
            assert!(view.name == "themes" || screen == plain, "{} in {name}:\n{screen}\nnot\n{plain}", view.name);
            let buffer = stage.buffer()?;
            for (place, cell) in buffer.content.iter().enumerate() {
                if place > 0 && buffer.content[place - 1].symbol().width() > 1 {
                    // Covered by the character before it.
                    continue;
                }
                let is_text = cell.symbol().chars().any(char::is_alphanumeric);
                let colours = Rgb::of(cell.fg).zip(Rgb::of(cell.bg));
                let contrast = colours.map_or(21.0, |(ink, ground)| ink.contrast(ground));
                assert!(!is_text || contrast >= 4.5, "{} in {name}: {contrast:.2} of {cell:?}", view.name);
                let own = matches!(name, "neutral" | "sixteen") || (cell.fg != Color::Reset && cell.bg != Color::Reset);
                assert!(own, "{} in {name}: a colour of the terminal's at {place} in {cell:?}\n{screen}", view.name);
            }
        }
    }
    Ok(())
}
