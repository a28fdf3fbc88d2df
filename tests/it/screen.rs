//! The overview at its sizes: figures, heatmap, tiers, list, and the keys that move over them.

use tierscope::app::keymap::Key;
use tierscope::app::session::Panel;
use tierscope::engine::plan::Plan;

use super::recount::{ELEVEN, Recount, named};
use super::stage::{DOWN, LEFT, RIGHT, SIZES, Screen, Stage, UP, count, grouped, grouped_money};
use super::support::{Failure, Scratch, TestResult};

/// The customers of each cell of two axes, the best row first.
fn plane(demo: &Recount, axes: [usize; 2]) -> Vec<Vec<u64>> {
    let cells = demo.by(&demo.quantiles([5; 3]), |scores| axes.map(|axis| scores[axis]));
    let row = |up: u8| (1..=5).map(|across| cells.get(&[up, across]).map_or(0, |tally| tally.customers)).collect();
    (1..=5).rev().map(row).collect()
}

#[test]
fn the_figures_are_those_of_a_recount_at_every_size() -> TestResult {
    let demo = Recount::demo()?;
    let total = demo.total();
    let repeat = demo.people.iter().filter(|person| person.orders.len() > 1).count() as u64;
    let repeat = (repeat * 2_000 / total.customers).div_ceil(2);
    let share = format!("{}.{}%", repeat / 10, repeat % 10);
    for (size, exact) in SIZES.into_iter().zip([false, false, true]) {
        let lines = Stage::demo(size).screen()?.lines();
        let figures: Vec<&str> = lines[2].split_whitespace().collect();
        let needed = |figure: &str| assert!(figures.contains(&figure), "{figure} at {size:?}: {}", lines[2]);
        needed(&grouped(total.customers));
        needed("2026-01-01");
        needed(&share);
        let millions = (total.money + 5_000_000_000) / 10_000_000_000;
        let short = [format!("{}.{:02}M", millions / 100, millions % 100), "24.6k".to_owned(), "49".to_owned()];
        let long = [grouped_money(total.money), grouped(total.orders), "49".to_owned()];
        let either = |number: usize| figures.iter().any(|figure| *figure == short[number] || *figure == long[number]);
        // Orders and revenue may be short where there is no room, and are exact where there is.
        assert!((0..3).all(either), "{size:?}: {}", lines[2]);
        if exact {
            for figure in &long {
                needed(figure);
            }
            needed("2024-01-01");
            needed("2025-12-31");
        }
        assert!(lines[0].contains("the demo shop") && lines[0].contains("rfm-11"), "{}", lines[0]);
    }
    Ok(())
}

#[test]
fn each_heatmap_shows_every_customer_in_the_cell_of_a_recount() -> TestResult {
    let demo = Recount::demo()?;
    for size in SIZES {
        let mut stage = Stage::demo(size);
        for (title, axes) in
            [("Recency × frequency", [0, 1]), ("Recency × monetary", [0, 2]), ("Frequency × monetary", [1, 2])]
        {
            let screen = stage.screen()?;
            assert!(screen.panel(Panel::Heatmap)[0].contains(title), "{}", screen.text());
            let shown = screen.heatmap()?;
            assert_eq!(shown, plane(&demo, axes), "{title} at {size:?}");
            assert_eq!(shown.iter().flatten().sum::<u64>(), demo.people.len() as u64);
            stage.type_in("p");
        }
        assert!(stage.screen()?.panel(Panel::Heatmap)[0].contains("Recency × frequency"));
    }
    Ok(())
}

#[test]
fn tiers_hold_whom_a_recount_has_in_each_segment() -> TestResult {
    let demo = Recount::demo()?;
    let counted = demo.by(&demo.quantiles([5; 3]), |scores| named(&ELEVEN, scores));
    let expected = ELEVEN.map(|(name, _)| counted.get(name).map_or(0, |tally| tally.customers));
    for size in [(120, 40), (200, 50)] {
        let screen = Stage::demo(size).screen()?;
        assert_eq!(screen.tiers()?, expected, "{size:?}");
        let lines = screen.panel(Panel::Tiers);
        for (line, (name, _)) in lines[2..].iter().zip(ELEVEN) {
            assert!(line.starts_with(name), "{name}: {line}");
        }
    }
    // A low screen shows as many as fit, and the rest scrolls.
    let mut stage = Stage::demo((80, 24));
    let first = stage.screen()?.tiers()?;
    assert!(first.len() >= 5 && first == expected[..first.len()], "{first:?}");
    stage.press([Key::Tab]);
    stage.press([DOWN; 10]);
    assert_eq!(stage.screen()?.tiers()?.last(), expected.last());
    Ok(())
}

#[test]
fn tiers_sort_by_customers_revenue_and_name_both_ways() -> TestResult {
    let mut stage = Stage::demo((200, 50));
    stage.press([Key::Tab]);
    let names = |screen: &Screen| -> Vec<String> {
        let lines = screen.panel(Panel::Tiers);
        lines.iter().skip(2).take(11).map(|line| line.split("  ").next().unwrap_or_default().to_owned()).collect()
    };
    let by_scheme = stage.screen()?.tiers()?;
    stage.type_in("s");
    let mut sorted = by_scheme.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(stage.screen()?.tiers()?, sorted);
    stage.type_in("S");
    sorted.reverse();
    assert_eq!(stage.screen()?.tiers()?, sorted);
    stage.type_in("Sss");
    let by_name = names(&stage.screen()?);
    assert!(by_name.is_sorted() && by_name.len() == 11, "{by_name:?}");
    stage.type_in("s");
    assert_eq!(stage.screen()?.tiers()?, by_scheme);
    Ok(())
}

#[test]
fn selecting_a_segment_lists_its_customers_and_esc_lists_all() -> TestResult {
    for size in [(120, 40), (200, 50)] {
        let mut stage = Stage::demo(size);
        stage.press([Key::Tab]);
        for (name, _) in ELEVEN {
            let place = ELEVEN.iter().position(|(other, _)| *other == name).unwrap_or_default();
            stage.press([Key::Enter]);
            let screen = stage.screen()?;
            assert_eq!(screen.listed()?, screen.tiers()?[place], "{name}");
            assert!(screen.panel(Panel::Customers)[0].contains(name));
            let rows = screen.panel(Panel::Customers);
            let rows: Vec<&String> = rows.iter().skip(2).filter(|line| !line.is_empty()).collect();
            assert!(!rows.is_empty() && rows.iter().all(|row| row.contains(name)), "{}", screen.text());
            stage.press([DOWN]);
        }
        stage.press([Key::Esc]);
        assert_eq!(stage.screen()?.listed()?, 2_999);
    }
    Ok(())
}

#[test]
fn selecting_a_cell_lists_as_many_customers_as_it_shows() -> TestResult {
    for size in SIZES {
        let mut stage = Stage::demo(size);
        let grid = stage.screen()?.heatmap()?;
        // The cursor starts on the best cell, at the top right.
        for (row, column, keys) in
            [(0, 4, &[][..]), (1, 3, &[LEFT, DOWN]), (4, 0, &[DOWN, DOWN, DOWN, LEFT, LEFT, LEFT])]
        {
            stage.press(keys.iter().copied());
            stage.press([Key::Enter]);
            let screen = stage.screen()?;
            let expected: u64 = grid[row][column];
            assert_eq!(screen.listed()?, expected, "{size:?} row {row} column {column}");
            let cell = format!("R{} F{}", 5 - row, column + 1);
            assert!(screen.panel(Panel::Customers)[0].contains(&cell), "{}", screen.text());
            let code = format!("{}{}", 5 - row, column + 1);
            let all = screen.list().iter().all(|row| row.iter().any(|word| word.len() == 3 && word.starts_with(&code)));
            assert!(all, "{}", screen.text());
        }
        stage.press([Key::Esc]);
        assert_eq!(stage.screen()?.listed()?, 2_999);
        // At the edge the cursor stays.
        stage.press([UP, UP, UP, UP, UP, UP, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, Key::Enter]);
        assert_eq!(stage.screen()?.listed()?, grid[0][4]);
    }
    Ok(())
}

/// First word of the first row, by a word's place.
fn first(stage: &Stage, word: usize) -> Result<String, Failure> {
    let rows = stage.screen()?.list();
    rows.first().and_then(|row| row.get(word).cloned()).ok_or_else(|| "the list is empty".into())
}

#[test]
fn the_list_sorts_by_the_column_under_the_cursor_both_ways() -> TestResult {
    let demo = Recount::demo()?;
    let values: Vec<[i128; 3]> = demo.people.iter().map(|person| demo.values(person)).collect();
    let ends = |axis: usize| -> Result<[i128; 2], Failure> {
        let all = || values.iter().map(|values| values[axis]);
        Ok([all().min().ok_or("nobody")?, all().max().ok_or("nobody")?])
    };
    for size in SIZES {
        let mut stage = Stage::demo(size);
        // Back from the heatmap is the list, sorted by money with the largest first.
        stage.press([Key::BackTab]);
        assert_eq!(first(&stage, 3)?, grouped_money(ends(2)?[1]), "{size:?}");
        stage.type_in("s");
        assert_eq!(first(&stage, 3)?, grouped_money(ends(2)?[0]), "{size:?}");
        stage.press([LEFT, Key::Char('s')]);
        assert_eq!(i128::from(count(&first(&stage, 2)?)?), ends(1)?[1], "{size:?}");
        stage.press([LEFT, Key::Char('s')]);
        assert_eq!(i128::from(count(&first(&stage, 1)?)?), ends(0)?[0], "{size:?}");
        stage.type_in("S");
        assert_eq!(i128::from(count(&first(&stage, 1)?)?), ends(0)?[1], "{size:?}");
        stage.press([LEFT, Key::Char('s')]);
        assert_eq!(first(&stage, 0)?, "C00001");
        stage.press([Key::Char('s')]);
        assert_eq!(Some(first(&stage, 0)?), demo.people.last().map(|person| person.id.clone()));
    }
    Ok(())
}

#[test]
fn the_list_scrolls_from_the_first_customer_to_the_last() -> TestResult {
    let demo = Recount::demo()?;
    let ids: Vec<&str> = demo.people.iter().map(|person| person.id.as_str()).collect();
    for size in SIZES {
        let mut stage = Stage::demo(size);
        stage.press([Key::BackTab, LEFT, LEFT, LEFT, Key::Char('s')]);
        let shown = |stage: &Stage| -> Result<Vec<String>, Failure> {
            Ok(stage.screen()?.list().into_iter().filter_map(|row| row.into_iter().next()).collect())
        };
        let page = shown(&stage)?;
        assert_eq!(page, ids[..page.len()]);
        stage.press([Key::PageDown, Key::PageDown, DOWN]);
        let at = 2 * page.len() + 1;
        assert!(shown(&stage)?.iter().any(|id| id == ids[at]), "{size:?}");
        stage.type_in("G");
        assert_eq!(shown(&stage)?, ids[ids.len() - page.len()..], "{size:?}");
        assert!(stage.screen()?.panel(Panel::Customers)[0].contains("2,999 of 2,999"));
        stage.type_in("g");
        assert_eq!(shown(&stage)?, ids[..page.len()], "{size:?}");
    }
    Ok(())
}

#[test]
fn below_its_floor_the_screen_says_the_size_it_needs() -> TestResult {
    let mut stage = Stage::demo((60, 16));
    assert!(stage.screen()?.text().contains("2,999"));
    for size in [(59, 16), (60, 15), (45, 5)] {
        stage.resize(size);
        let text = stage.screen()?.text();
        assert!(text.contains("60 x 16") && text.contains(&format!("{} x {}", size.0, size.1)), "{text}");
        assert!(text.contains("q quits"), "{text}");
    }
    Ok(())
}

#[test]
fn no_size_and_no_panel_is_too_much_for_the_screen() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("one.csv", "customer,date,amount\na,2024-01-01,1.00\n")?;
    let tens = Plan { bins: Some([10; 3]), ..Plan::default() };
    for mut stage in
        [Stage::demo((80, 24)), Stage::file(&file, Plan::default(), (80, 24)), Stage::file(&file, tens, (80, 24))]
    {
        for keys in ["", "\t", "\t", "\t", "z", "rz", "mz", "?", "?d"] {
            stage.press(keys.chars().map(|key| if key == '\t' { Key::Tab } else { Key::Char(key) }));
            for width in (1..=250).step_by(19) {
                for height in (1..=70).step_by(5) {
                    stage.resize((width, height));
                    assert_eq!(stage.screen()?.lines().len(), usize::from(height));
                }
            }
        }
    }
    Ok(())
}
