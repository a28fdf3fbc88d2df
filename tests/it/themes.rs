//! Colours and characters: every theme, ASCII, words line after line, and terminals that draw some characters wide.

use std::fs;

use portable_pty::CommandBuilder;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use tierscope::app::keymap::Key;
use tierscope::app::session::Panel;
use tierscope::app::themes::Themes;
use tierscope::engine::plan::Plan;
use tierscope::show::text::{Ambiguous, Signs, within};
use tierscope::ui::glyphs::Characters;
use tierscope::ui::terminal::encode;
use tierscope::ui::theme::{Depth, Looks, Rgb};
use unicode_width::UnicodeWidthChar;

use super::stage::{DOWN, RIGHT, SIZES, Stage, UP};
use super::support::{Failure, Scratch, TestResult, answer, text, tierscope};
use super::terminal;

/// The demo shop by a theme.
fn dressed(size: (u16, u16), looks: &Looks, name: &str) -> Result<Stage, Failure> {
    let mut stage = Stage::demo(size);
    stage.dress(looks, name)?;
    Ok(stage)
}

fn looks(characters: Characters) -> Looks {
    Looks { depth: Depth::None, characters, ..Looks::default() }
}

/// Keys that open an overlay over the demo shop, and a part of what it shows.
const OVERLAYS: [(&str, &str); 11] = [
    ("?", "quit"),
    ("d", "rows"),
    ("B", "Breakdown"),
    ("b", "compare with the start"),
    ("$", "Budget"),
    ("ev", "Scheme"),
    ("eo", "score-total"),
    ("rs", "recency cut"),
    ("F", "Count only customers with"),
    ("P", "Policies"),
    ("T", "high-contrast"),
];

#[test]
fn a_theme_is_seen_as_the_cursor_comes_to_it_and_goes_back_with_esc() -> TestResult {
    let scratch = Scratch::new()?;
    fs::create_dir(scratch.path("themes"))?;
    scratch.file("themes/mine.toml", "parent = \"light\"\nbackground = \"#102030\"\n")?;
    scratch.file("themes/wrong.toml", "acent = \"red\"\n")?;
    let looks = Looks { depth: Depth::True, folder: Some(scratch.path("themes")), ..Looks::default() };
    let mut stage = dressed((120, 40), &looks, "dark")?;
    let dark = stage.backgrounds()?;
    stage.type_in("T");
    for name in ["dark", "light", "high-contrast", "colour-blind", "neutral", "sixteen", "mine", "wrong"] {
        assert!(stage.screen()?.text().contains(name), "{}", stage.screen()?.text());
    }
    stage.press([DOWN]);
    let light = stage.backgrounds()?;
    assert_ne!(light, dark);
    assert_eq!(stage.model.themes.kept, "dark");
    stage.press([Key::Esc]);
    assert_eq!(stage.backgrounds()?, dark);
    // The last of all is wrong: it is told where, and what was seen stays.
    stage.press([Key::Char('T'), Key::End]);
    let text = stage.screen()?.text();
    assert!(text.contains("wrong.toml, line 1: there is no key `acent`"), "{text}");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("cannot be shown"), "{}", stage.screen()?.text());
    // The one before it is the user's own, and is kept.
    stage.press([Key::Char('T'), Key::End, UP, Key::Enter]);
    assert_eq!(stage.model.themes.kept, "mine");
    assert!(stage.backgrounds()?.iter().flatten().any(|colour| *colour == Color::Rgb(16, 32, 48)));
    assert!(stage.screen()?.text().contains("also at the next start"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn a_theme_of_its_own_background_leaves_no_cell_to_the_terminal() -> TestResult {
    for (name, fills) in [("dark", true), ("light", true), ("neutral", false), ("sixteen", false), ("auto", false)] {
        let stage = dressed((80, 24), &Looks { depth: Depth::Indexed, ..Looks::default() }, name)?;
        let cells = stage.buffer()?;
        let own = cells.content.iter().filter(|cell| cell.bg == Color::Reset).count();
        assert_eq!(own == 0, fills, "{name}: {own} cells");
        // Whatever is drawn reversed is so of the theme's colours.
        let cursor = cells.content.iter().find(|cell| cell.modifier.contains(Modifier::REVERSED));
        let cursor = cursor.ok_or("no cursor")?;
        assert!(!fills || (cursor.fg != Color::Reset && cursor.bg != Color::Reset && cursor.fg != cursor.bg), "{name}");
    }
    Ok(())
}

#[test]
fn everything_reads_on_its_background_in_every_theme() -> TestResult {
    for name in ["dark", "light", "high-contrast", "colour-blind"] {
        for depth in [Depth::True, Depth::Indexed] {
            let mut stage = dressed((120, 40), &Looks { depth, ..Looks::default() }, name)?;
            // A segment is listed, a filter is on, and differences from the baseline are shown.
            stage.press([Key::Tab, Key::Enter]);
            stage.type_in("r1");
            stage.press([RIGHT, RIGHT]);
            for keys in ["", "v", "?", "\u{1b}d", "\u{1b}T"] {
                stage.press(keys.chars().map(|key| if key == '\u{1b}' { Key::Esc } else { Key::Char(key) }));
                for cell in &stage.buffer()?.content {
                    let is_text = cell.symbol().chars().any(char::is_alphanumeric);
                    let (Some(ink), Some(ground)) = (Rgb::of(cell.fg), Rgb::of(cell.bg)) else {
                        return Err(format!("{name}: a cell without colours: {cell:?}").into());
                    };
                    let contrast = ink.contrast(ground);
                    assert!(!is_text || contrast >= 4.5, "{name} at {depth:?}: {contrast:.2} of {cell:?}");
                }
            }
        }
    }
    Ok(())
}

#[test]
fn without_colours_each_meaning_has_a_sign_of_its_own() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    let plain = stage.screen()?;
    // The focused panel has a heavier rule.
    assert!(plain.panel(Panel::Heatmap)[0].starts_with("━━ ") && plain.panel(Panel::Tiers)[0].starts_with("── "));
    // A cell has its number and a mark, the larger the fuller.
    assert!(plain.panel(Panel::Heatmap).iter().any(|line| line.contains('█')));
    // What is listed has a sign at its segment, and at both sides of its cells.
    stage.press([Key::Tab, Key::Enter]);
    let listed = stage.screen()?;
    let tiers = listed.panel(Panel::Tiers);
    assert!(tiers.iter().any(|line| line.starts_with("Champions") && line.contains('◂')), "{}", listed.text());
    assert_eq!(tiers.iter().filter(|line| line.contains('◂')).count(), 1);
    assert!(listed.panel(Panel::Heatmap).iter().any(|line| line.contains('▌') && line.contains('▐')));
    // More and fewer have a sign, and cuts and the picked one look different.
    stage.type_in("r1");
    let cuts = stage.screen()?.panel(Panel::Cuts).join("\n");
    assert!(cuts.contains('▲') && cuts.contains('┴'), "{cuts}");
    stage.press([RIGHT, RIGHT, RIGHT]);
    let text = stage.screen()?.text();
    assert!(text.contains('▴') || text.contains(" +"), "{text}");
    // The cursor is reversed, and the column under the cursor of the list underlined.
    stage.press([Key::Esc, Key::BackTab, Key::BackTab, Key::BackTab]);
    let has = |modifier| -> Result<bool, Failure> {
        Ok(stage.buffer()?.content.iter().any(|cell| cell.modifier.contains(modifier)))
    };
    assert!(has(Modifier::REVERSED)?);
    // A problem begins with a sign.
    stage.type_in(";");
    let lines = stage.screen()?.lines();
    assert!(lines[lines.len() - 2].starts_with("! no conditions yet"), "{}", lines.join("\n"));
    Ok(())
}

/// A terminal that shows ASCII alone.
const ASCII: Signs = Signs { ambiguous: Ambiguous::Narrow, are_spelled: true };

#[test]
fn ascii_is_all_that_is_drawn_in_every_panel_and_overlay() -> TestResult {
    within(ASCII, ascii_everywhere)
}

fn ascii_everywhere() -> TestResult {
    for size in SIZES {
        for (keys, part) in [("", "Tiers"), ("z", "Recency x frequency")].into_iter().chain(OVERLAYS) {
            let mut stage = dressed(size, &looks(Characters::ASCII), "auto")?;
            stage.press([Key::Tab, Key::Enter]);
            stage.type_in("r1");
            stage.press([RIGHT, RIGHT, Key::BackTab, Key::BackTab]);
            stage.type_in(keys);
            let text = stage.screen()?.text();
            let other: String = text.chars().filter(|c| !c.is_ascii()).collect();
            assert!(other.is_empty(), "{keys} at {size:?}: {other}\n{text}");
            assert!(text.contains(part), "{keys} at {size:?}: no {part}\n{text}");
        }
    }
    // Data stays as it is.
    let scratch = Scratch::new()?;
    let file = scratch.file("x.csv", "customer,date,amount\nJosé 客户,2024-01-01,1.00\nZoë,2024-02-01,2.00\n")?;
    let mut stage = Stage::file(&file, Plan::default(), (120, 40));
    stage.dress(&looks(Characters::ASCII), "auto")?;
    assert!(stage.screen()?.text().contains("José 客户"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn heat_bars_and_cuts_have_ascii_signs() -> TestResult {
    within(ASCII, ascii_signs)
}

fn ascii_signs() -> TestResult {
    let mut stage = dressed((200, 50), &looks(Characters::ASCII), "auto")?;
    let screen = stage.screen()?;
    let tiers = screen.panel(Panel::Tiers);
    let bar = |line: &String| line.matches('#').count();
    assert!(bar(&tiers[2]) > 5, "{}", screen.text());
    assert!(screen.panel(Panel::Heatmap).iter().any(|line| line.contains(" %")), "{}", screen.text());
    stage.type_in("r1");
    let cuts = stage.screen()?.panel(Panel::Cuts).join("\n");
    assert!(cuts.contains('^') && cuts.contains("---") && cuts.contains("=="), "{cuts}");
    // A bound is no other bound for want of a sign.
    assert!(cuts.contains("R5 <= 20") && cuts.contains("F5 >= "), "{cuts}");
    Ok(())
}

#[test]
fn in_words_every_panel_is_read_line_after_line_with_the_cursor_on_its_line() -> TestResult {
    let looks = looks(Characters::PLAIN);
    for size in SIZES {
        let mut stage = dressed(size, &looks, "auto")?;
        for (part, keys) in [
            ("R5 F5: ", &[DOWN, DOWN][..]),
            ("Champions: 583 customers, 19.4%; revenue 1,510,763.07, 69.7%", &[DOWN]),
            ("recency cut 1 of 4: 20", &[DOWN]),
            ("C00338, ", &[DOWN, DOWN, DOWN]),
        ] {
            let before = stage.words()?;
            assert!(before.text.contains(part), "{part} at {size:?}\n{}", before.text);
            assert_words(&before)?;
            stage.press(keys.iter().copied());
            let after = stage.words()?;
            assert_words(&after)?;
            assert_ne!(before.cursor_line(), after.cursor_line(), "{part} at {size:?}");
            stage.press([Key::Tab]);
        }
    }
    Ok(())
}

/// What is read out: no sign of a drawing, and one line with the cursor.
fn assert_words(words: &Words) -> TestResult {
    let drawn = |c: char| matches!(c, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}');
    if words.text.contains(drawn) {
        return Err(format!("signs are drawn:\n{}", words.text).into());
    }
    if !words.cursor_line().starts_with("> ") {
        return Err(format!("the cursor is on `{}`:\n{}", words.cursor_line(), words.text).into());
    }
    let marked = words.text.lines().filter(|line| line.starts_with("> ")).count();
    if marked == 1 { Ok(()) } else { Err(format!("{marked} lines have the cursor:\n{}", words.text).into()) }
}

/// A screen in words, and the line of the terminal's cursor.
struct Words {
    text: String,
    row: usize,
}

impl Words {
    fn cursor_line(&self) -> &str {
        self.text.lines().nth(self.row).unwrap_or_default()
    }
}

impl Stage {
    /// The screen with the place of the terminal's cursor.
    fn words(&self) -> Result<Words, Failure> {
        let row = self.cursor_row()?;
        Ok(Words { text: self.screen()?.text(), row })
    }

    /// The background of every cell.
    fn backgrounds(&self) -> Result<Vec<Option<Color>>, Failure> {
        Ok(self.buffer()?.content.iter().map(|cell| Some(cell.bg)).collect())
    }
}

#[test]
fn in_words_overlays_work_too() -> TestResult {
    for size in SIZES {
        for (keys, part) in OVERLAYS {
            let mut stage = dressed(size, &looks(Characters::PLAIN), "auto")?;
            stage.type_in(keys);
            let words = stage.words()?;
            assert!(words.text.contains(part), "{keys} at {size:?}: no {part}\n{}", words.text);
            let drawn: String = words.text.chars().filter(|c| matches!(c, '\u{2500}'..='\u{259f}')).collect();
            // The help tells what the signs of the other screens mean.
            assert!(drawn.is_empty() || keys == "?", "{keys} at {size:?}: {drawn}\n{}", words.text);
        }
    }
    // Who moved, and what the cursor is on, in a sentence.
    let mut stage = dressed((120, 40), &looks(Characters::PLAIN), "auto")?;
    stage.type_in("bs");
    stage.type_in("r1");
    stage.press([RIGHT; 8]);
    stage.press([Key::Esc]);
    stage.type_in("w");
    let words = stage.words()?;
    assert_words(&words)?;
    assert!(words.cursor_line().contains("Champions to elsewhere: 0 customers"), "{}", words.text);
    stage.press([Key::Esc]);
    stage.type_in("$");
    stage.press([DOWN]);
    let words = stage.words()?;
    assert_words(&words)?;
    assert!(words.cursor_line().contains("costs as all others"), "{}", words.text);
    for (key, line) in [("P", "returns: net, subtract from the customer's sum"), ("C", "column 1, order_id: order; ")] {
        let mut stage = dressed((120, 40), &looks(Characters::PLAIN), "auto")?;
        stage.type_in(key);
        let words = stage.words()?;
        assert_words(&words)?;
        assert!(words.cursor_line().contains(line), "{}", words.text);
    }
    Ok(())
}

/// A terminal that draws characters of ambiguous width in two columns: what stands in each column, as the bytes say.
struct WideTerminal {
    columns: Vec<Vec<char>>,
    at: (usize, usize),
}

impl WideTerminal {
    fn new((columns, rows): (u16, u16)) -> Self {
        Self { columns: vec![vec![' '; columns.into()]; rows.into()], at: (0, 0) }
    }

    fn take(&mut self, bytes: &str) -> TestResult {
        let mut rest = bytes;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\r' => self.at.1 = 0,
                '\n' => self.at.0 += 1,
                '\u{1b}' => {
                    let end = rest.find(|c: char| c.is_ascii_alphabetic()).ok_or("a sequence without an end")?;
                    let (sequence, behind) = rest.split_at(end + 1);
                    rest = behind;
                    self.obey(sequence)?;
                }
                c => self.print(c),
            }
        }
        Ok(())
    }

    fn obey(&mut self, sequence: &str) -> TestResult {
        let (parameters, command) = sequence.split_at(sequence.len() - 1);
        let parameters = parameters.strip_prefix('[').ok_or("not a control sequence")?;
        let number = |text: &str| if text.is_empty() { Ok(1) } else { text.parse::<usize>() };
        match command {
            "H" => {
                let (row, column) = parameters.split_once(';').unwrap_or((parameters, ""));
                self.at = (number(row)? - 1, number(column)? - 1);
            }
            "C" => self.at.1 += number(parameters)?,
            "K" => self.columns[self.at.0][self.at.1..].fill(' '),
            "m" => {}
            _ => return Err(format!("this terminal does not know {sequence:?}").into()),
        }
        Ok(())
    }

    fn print(&mut self, c: char) {
        // By the table of Unicode, in which letters of the class are as wide as signs.
        let is_wide_letter = matches!(c, 'é' | 'Α'..='Ω' | 'α'..='ω');
        let wide = if is_wide_letter { 2 } else { c.width_cjk().unwrap_or(0) };
        let (row, column) = self.at;
        for (place, cell) in self.columns[row].iter_mut().skip(column).take(wide).enumerate() {
            *cell = if place == 0 { c } else { '\0' };
        }
        self.at.1 += wide;
    }
}

#[test]
fn where_some_characters_are_wide_everything_stands_in_its_column() -> TestResult {
    let scratch = Scratch::new()?;
    let rows: Vec<String> = ["José", "Zoë ±½", "Αθήνα", "客户“甲”", "plain"]
        .iter()
        .enumerate()
        .map(|(number, name)| format!("{name},2024-0{}-01,{}0.00\n", number + 1, number + 1))
        .collect();
    let rows = rows.concat();
    let file = scratch.file("x.csv", format!("customer,date,amount\n{rows}"))?;
    let signs = Signs { ambiguous: Ambiguous::Wide, are_spelled: false };
    within(signs, || -> TestResult {
        let characters = Characters::of(false, signs);
        let size = (120, 40);
        let mut stage = Stage::file(&file, Plan::default(), size);
        stage.dress(&looks(characters), "auto")?;
        let mut wide = WideTerminal::new(size);
        let mut shown = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        // Each frame is sent over the one before, as the explorer sends it.
        for keys in ["", "\t", "\t\t", "d", "\u{1b}?", "\u{1b}B", "\u{1b}/", "é", "\u{1b}z"] {
            let keys = keys.chars().map(|key| match key {
                '\t' => Key::Tab,
                '\u{1b}' => Key::Esc,
                key => Key::Char(key),
            });
            stage.press(keys);
            let (next, mut bytes) = (stage.frame(), Vec::new());
            encode(&shown, &next, &mut bytes);
            wide.take(&String::from_utf8(bytes)?)?;
            shown = next;
            let buffer = stage.buffer()?;
            for (row, shown) in wide.columns.iter().enumerate() {
                for (column, c) in shown.iter().enumerate().filter(|(_, c)| **c != '\0') {
                    let wanted = buffer[(column as u16, row as u16)].symbol();
                    let line: String = shown.iter().filter(|c| **c != '\0').collect();
                    assert!(wanted.starts_with(*c), "`{c}`, not `{wanted}`, at {column} of row {row}: {line}");
                }
            }
        }
        // Names of different width are followed by figures in one column.
        let screen = stage.screen()?;
        let of = |name: &str| screen.cells.iter().find(|row| row.concat().replace(' ', "").contains(name));
        let ends = ["José", "Αθήνα", "客户“甲”", "plain"]
            .map(|name| of(name).and_then(|row| row.iter().rposition(|symbol| !symbol.trim().is_empty())));
        assert!(ends[0].is_some() && ends.iter().all(|end| *end == ends[0]), "{ends:?}\n{}", screen.text());
        Ok(())
    })
}

#[test]
fn what_is_wrong_with_a_theme_is_told_before_the_screen_is_taken() -> TestResult {
    let scratch = Scratch::new()?;
    let wrong = scratch.file("my.toml", "parent = \"dark\"\n\ntxt = \"#ffffff\"\n")?;
    let told = |args: &[&str]| terminal::printed(args);
    let text = told(&["--theme", &wrong])?;
    assert!(text.contains("my.toml, line 3: there is no key `txt` in a theme; is `text` meant?"), "{text}");
    let text = told(&["--theme", "drak"])?;
    assert!(text.contains("there is no theme `drak`; is `dark` meant?") && !text.contains("\u{1b}[?1049h"), "{text}");
    Ok(())
}

#[test]
fn a_dumb_terminal_is_refused_in_a_sentence() -> TestResult {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tierscope"));
    command.env("TERM", "dumb");
    let text = terminal::printed_by(command)?;
    assert!(text.contains("TERM=dumb") && text.contains("tierscope report FILE"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
    // Without a terminal nothing is different.
    let report = answer(tierscope().arg("report").env("TERM", "dumb"))?;
    assert_eq!(report.status, Some(0));
    Ok(())
}

#[test]
fn options_of_the_screen_reach_the_terminal() -> TestResult {
    let mut screen = terminal::Terminal::start(&["--theme", "light", "--color", "truecolor", "--ascii"], (120, 40))?;
    screen.shows("Recency x frequency")?;
    assert!(screen.text().is_ascii(), "{}", screen.text());
    assert!(screen.backgrounds().contains(&vt100::Color::Rgb(0xfb, 0xfb, 0xf8)));
    screen.press_until("T", "high-contrast")?;
    // Up to the dark one.
    screen.press("k")?;
    screen
        .wait_for("another background", |screen| screen.backgrounds().contains(&vt100::Color::Rgb(0x1a, 0x1c, 0x22)))?;
    screen.press("\u{1b}")?;
    screen.wait_for("the light background", |screen| {
        screen.backgrounds().contains(&vt100::Color::Rgb(0xfb, 0xfb, 0xf8))
    })?;
    screen.press("q")?;
    screen.end()?;
    screen.is_restored()?;
    // In words, the terminal's cursor is seen, on the line that it marks.
    let mut screen = terminal::Terminal::start(&["--plain"], (100, 30))?;
    screen.shows("> R5 F5: ")?;
    assert_eq!(screen.taken_over(), [true, false]);
    screen.press_until("j", "> R4 F5: ")?;
    screen.press("q")?;
    screen.end()?;
    screen.is_restored()
}

#[test]
fn sixteen_colours_come_to_the_terminal_as_its_own() -> TestResult {
    let mut screen = terminal::Terminal::start(&["--color", "16"], (120, 40))?;
    screen.shows("Recency × frequency")?;
    let backgrounds = screen.backgrounds();
    assert!(
        backgrounds.contains(&vt100::Color::Idx(4)) && backgrounds.contains(&vt100::Color::Idx(3)),
        "{backgrounds:?}"
    );
    screen.press("q")?;
    screen.end()?;
    screen.is_restored()
}

#[test]
fn what_goes_before_the_settings_is_told_and_can_be_taken_back() -> TestResult {
    let mut stage = dressed((120, 40), &Looks { depth: Depth::Indexed, ..Looks::default() }, "dark")?;
    (stage.model.themes.usual, stage.model.themes.is_settled) = ("light".to_owned(), true);
    stage.press([Key::Char('T'), DOWN, DOWN, Key::Enter]);
    let text = stage.screen()?.text();
    assert!(
        text.contains("theme high-contrast, also at the next start: it goes before theme of config.toml"),
        "{text}"
    );
    assert_eq!(stage.model.preferences.theme.as_deref(), Some("high-contrast"));
    stage.press([Key::Char('T'), Key::Home]);
    assert!(stage.screen()?.text().contains("as settled: light"), "{}", stage.screen()?.text());
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("theme light, as settled"), "{}", stage.screen()?.text());
    assert_eq!((stage.model.preferences.theme.as_deref(), stage.model.themes.kept.as_str()), (None, "light"));
    stage.model.themes.is_named = true;
    stage.press([Key::Char('T'), UP, Key::Enter]);
    assert!(stage.screen()?.text().contains("where neither --theme nor TIERSCOPE_THEME"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn a_theme_by_its_path_is_remembered_for_every_folder_and_told_where_it_is_gone() -> TestResult {
    let home = Scratch::new()?;
    fs::create_dir(home.path("work"))?;
    let theme = home.file("work/mine.toml", "parent = \"light\"\nbackground = \"#102030\"\n")?;
    let mut screen = terminal::Terminal::start_shell_at(
        &home.path(""),
        &format!(
            "cd '{}' && exec '{}' --theme ./mine.toml --color truecolor",
            text(&home.path("work"))?,
            env!("CARGO_BIN_EXE_tierscope")
        ),
        (120, 40),
        &[],
    )?;
    screen.shows("Recency × frequency")?;
    screen.press_until("T", "as settled")?;
    screen.press_until("\r", "also at the next start")?;
    screen.press("q")?;
    screen.end()?;
    let start = |part: &str, own: bool| -> TestResult {
        let mut screen = terminal::Terminal::start_at(&home.path(""), &["--color", "truecolor"], (120, 40), &[])?;
        screen.shows(part)?;
        assert_eq!(screen.backgrounds().contains(&vt100::Color::Rgb(0x10, 0x20, 0x30)), own, "{}", screen.text());
        screen.press("q")?;
        screen.end().map(drop)
    };
    start("Recency × frequency", true)?;
    fs::remove_file(theme)?;
    start("unread", false)
}

/// The themes that the loop tells the model of.
#[test]
fn a_theme_by_its_path_can_be_chosen_again() {
    let themes = Themes::of(vec!["auto".to_owned(), "dark".to_owned()], "./mine.toml".to_owned());
    assert_eq!(themes.names.last().map(String::as_str), Some("./mine.toml"));
    assert_eq!(themes.kept, themes.shown);
}

/// Colours stay where the screen is smaller than it needs.
#[test]
fn a_screen_that_is_too_small_has_its_ground_too() -> TestResult {
    let stage = dressed((40, 10), &Looks { depth: Depth::Indexed, ..Looks::default() }, "light")?;
    assert!(stage.buffer()?.content.iter().all(|cell| cell.bg != Color::Reset));
    Ok(())
}
