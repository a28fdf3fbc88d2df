//! Comparing: differences from a baseline, who moved, and the steps between, held against a recount of both settings.

use std::collections::BTreeMap;
use std::fs;

use tierscope::app::keymap::Key;
use tierscope::app::session::Panel;

use super::recount::{AllCuts, ELEVEN, Person, Recount, named};
use super::stage::{DOWN, LEFT, RIGHT, SIZES, Stage, UP, grouped};
use super::support::{Scratch, TestResult, text};

/// The demo shop, its cuts at the start, and those with the recency cut at 30 and the monetary cut at 1,000.
fn both() -> Result<(Recount, AllCuts, AllCuts), super::support::Failure> {
    let demo = Recount::demo()?;
    let before = demo.quantiles([5; 3]);
    let mut now = before.clone();
    (now[0][0], now[2][3]) = (30, 1_000_000_000);
    Ok((demo, before, now))
}

/// Moves the first recency cut to 30 and the last monetary cut to 1,000.
fn edit(stage: &mut Stage) {
    for (keys, value) in [("r1g", "30"), ("m4g", "1000")] {
        stage.type_in(keys);
        stage.press([Key::Enter, Key::Ctrl('u')]);
        stage.type_in(value);
        stage.press([Key::Enter]);
    }
}

fn segment(demo: &Recount, person: &Person, cuts: &AllCuts) -> &'static str {
    named(&ELEVEN, demo.scores(person, cuts))
}

#[test]
fn movers_are_those_whose_segment_a_recount_changes() -> TestResult {
    let (demo, before, now) = both()?;
    let pairs: Vec<_> =
        demo.people.iter().map(|person| (segment(&demo, person, &before), segment(&demo, person, &now))).collect();
    let moved = pairs.iter().filter(|(from, to)| from != to).count() as u64;
    let all = pairs.len() as f64;
    // Cohen's kappa from its definition.
    let agreed = pairs.iter().filter(|(from, to)| from == to).count() as f64 / all;
    let share = |side: &dyn Fn(&(&str, &str)) -> bool| pairs.iter().filter(|pair| side(pair)).count() as f64 / all;
    let chance: f64 =
        ELEVEN.iter().map(|(name, _)| share(&|pair| pair.0 == *name) * share(&|pair| pair.1 == *name)).sum();
    let kappa = format!("kappa {:.3}", (agreed - chance) / (1.0 - chance));
    for size in SIZES {
        let mut stage = Stage::demo(size);
        edit(&mut stage);
        stage.type_in("w");
        let text = stage.screen()?.text();
        assert!(text.contains(&format!("{} of 2,999 customers moved", grouped(moved))), "{size:?}\n{text}");
        assert!(text.contains(&kappa), "{kappa} at {size:?}\n{text}");
    }
    Ok(())
}

#[test]
fn a_cell_of_the_movers_lists_those_customers_by_money() -> TestResult {
    let (demo, before, now) = both()?;
    let mut table: BTreeMap<(&str, &str), Vec<&Person>> = BTreeMap::new();
    for person in &demo.people {
        let pair = (segment(&demo, person, &before), segment(&demo, person, &now));
        table.entry(pair).or_default().push(person);
    }
    let mut stage = Stage::demo((200, 50));
    edit(&mut stage);
    stage.type_in("w");
    // Loyal, in the second row, who became Champions, in the first column.
    stage.press([DOWN, RIGHT]);
    let text = stage.screen()?.text();
    let mut expected = table.remove(&("Loyal", "Champions")).ok_or("somebody moves up")?;
    assert!(text.contains(&format!("Loyal → Champions: {} customers", expected.len())), "{text}");
    stage.press([Key::Enter]);
    let screen = stage.screen()?;
    assert_eq!(screen.listed()?, expected.len() as u64);
    expected.sort_by_key(|person| std::cmp::Reverse(person.money));
    let ids: Vec<String> = screen.list().iter().map(|row| row[0].clone()).collect();
    let shown: Vec<String> = expected.iter().take(ids.len()).map(|person| person.id.clone()).collect();
    assert_eq!(ids, shown);
    // All that left, in the first column: whoever is Loyal no more.
    stage.press([Key::Esc]);
    stage.type_in("w");
    stage.press([DOWN, Key::Enter]);
    let left: usize =
        table.iter().filter(|((from, to), _)| *from == "Loyal" && to != from).map(|(_, all)| all.len()).sum();
    assert_eq!(stage.screen()?.listed()?, (left + expected.len()) as u64);
    // All that came, in the first row, and in its first cell all that moved.
    let moved = |is_meant: &dyn Fn(&str, &str) -> bool| {
        let pairs = demo.people.iter().map(|person| (segment(&demo, person, &before), segment(&demo, person, &now)));
        pairs.filter(|(from, to)| from != to && is_meant(from, to)).count() as u64
    };
    for (keys, expected) in [(vec![UP, RIGHT], moved(&|_, to| to == "Champions")), (vec![UP], moved(&|_, _| true))] {
        stage.press([Key::Esc]);
        stage.type_in("w");
        stage.press(keys.into_iter().chain([Key::Enter]));
        assert_eq!(stage.screen()?.listed()?, expected);
    }
    Ok(())
}

#[test]
fn a_list_of_movers_says_where_they_were() -> TestResult {
    let (demo, before, now) = both()?;
    let scratch = Scratch::new()?;
    let mut stage = Stage::demo((120, 40));
    edit(&mut stage);
    stage.type_in("w");
    // Everybody who moved, under a name that says so.
    stage.press([UP, Key::Enter]);
    stage.type_in("Ee");
    assert!(stage.screen()?.text().contains("customers-moved-from-elsewhere-to-elsewhere.xlsx"));
    let path = scratch.path("moved.csv");
    stage.type_in(text(&path)?);
    stage.press([Key::Enter]);
    let written = fs::read_to_string(&path)?;
    let mut lines = written.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().ok_or("no head")?;
    let column = |name: &str| head.iter().position(|head| *head == name).ok_or(format!("no {name} in {head:?}"));
    let [id, then, present] = [column("customer")?, column("segment_before")?, column("segment")?];
    let told: BTreeMap<&str, (&str, &str)> = lines.map(|line| (line[id], (line[then], line[present]))).collect();
    let moved = demo
        .people
        .iter()
        .map(|person| (person.id.as_str(), (segment(&demo, person, &before), segment(&demo, person, &now))));
    let expected: BTreeMap<&str, (&str, &str)> = moved.filter(|(_, (from, to))| from != to).collect();
    assert_eq!(told, expected);
    Ok(())
}

#[test]
fn differences_are_those_of_the_recount_and_can_be_hidden() -> TestResult {
    let (demo, before, now) = both()?;
    let count = |cuts: &AllCuts, name: &str| {
        demo.people.iter().filter(|person| segment(&demo, person, cuts) == name).count() as i64
    };
    for size in SIZES {
        let mut stage = Stage::demo(size);
        let plain = stage.screen()?.panel(Panel::Tiers);
        assert!(!plain.join("\n").contains('±'));
        edit(&mut stage);
        let shown = stage.screen()?.panel(Panel::Tiers).join("\n");
        for (name, _) in ELEVEN {
            let difference = count(&now, name) - count(&before, name);
            let text = if difference > 0 { format!("+{difference}") } else { difference.to_string() };
            let start = name.chars().take(6).collect::<String>();
            let line = shown.lines().find(|line| line.starts_with(&start)).ok_or(format!("no {name}\n{shown}"))?;
            assert!(line.split_whitespace().any(|word| word == text), "{name} {text} at {size:?}\n{line}");
        }
        stage.type_in("v");
        assert!(!stage.screen()?.panel(Panel::Tiers).join("\n").contains('±'), "{size:?}");
    }
    Ok(())
}

#[test]
fn the_heatmap_colours_by_difference() -> TestResult {
    let (demo, before, now) = both()?;
    let count =
        |cuts: &AllCuts| demo.people.iter().filter(|person| demo.scores(person, cuts)[..2] == [5, 5]).count() as i64;
    let mut stage = Stage::demo((200, 50));
    edit(&mut stage);
    stage.press([Key::Tab, Key::Tab]);
    stage.type_in("ccccc");
    let heatmap = stage.screen()?.panel(Panel::Heatmap).join("\n");
    assert!(heatmap.contains("customers, difference from the start"), "{heatmap}");
    let row = heatmap.lines().find(|line| line.contains("R5")).ok_or("no R5")?;
    assert!(row.contains(&format!("+{}", count(&now) - count(&before))), "{row}");
    Ok(())
}

#[test]
fn a_baseline_can_be_set_here_back_to_the_start_and_away() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    edit(&mut stage);
    stage.type_in("bh");
    let text = stage.screen()?.text();
    assert!(text.contains("compared with step 2"), "{text}");
    // Nothing differs yet.
    assert!(!text.lines().nth(1).unwrap_or_default().contains("moved") && !text.contains('±'), "{text}");
    stage.type_in("u");
    assert!(stage.screen()?.text().contains("± from step 2"));
    stage.type_in("bs");
    assert!(stage.screen()?.text().contains("± from the start"));
    stage.type_in("bn");
    stage.type_in("w");
    assert!(stage.screen()?.text().contains("compared with nothing: b chooses a baseline"));
    Ok(())
}

#[test]
fn the_history_says_each_step_and_is_walked() -> TestResult {
    for size in SIZES {
        let mut stage = Stage::demo(size);
        let start = stage.screen()?.heatmap()?;
        edit(&mut stage);
        let end = stage.screen()?.heatmap()?;
        stage.type_in("y");
        let text = stage.screen()?.text();
        for step in ["the start", "recency cut 1: 20 → 30", "monetary cut 4: 844.48 → 1000"] {
            assert!(text.contains(step), "{step} at {size:?}\n{text}");
        }
        stage.press([UP, UP, Key::Enter]);
        assert_eq!(stage.screen()?.heatmap()?, start, "{size:?}");
        stage.type_in("y");
        stage.press([DOWN, DOWN, Key::Esc]);
        assert_eq!(stage.screen()?.heatmap()?, start, "{size:?}");
        stage.type_in("y");
        stage.press([DOWN, DOWN, Key::Enter]);
        assert_eq!(stage.screen()?.heatmap()?, end, "{size:?}");
    }
    Ok(())
}

#[test]
fn a_customer_is_explained_by_the_cuts_and_the_way_to_the_next_score() -> TestResult {
    let demo = Recount::demo()?;
    let cuts = demo.quantiles([5; 3]);
    let mut stage = Stage::demo((120, 40));
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    // The list stands by money; from the richest down to the first who is not in the best bin of recency.
    let mut people: Vec<&Person> = demo.people.iter().collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.money));
    let place = people.iter().position(|person| demo.scores(person, &cuts)[0] < 5).ok_or("all are recent")?;
    stage.press(std::iter::repeat_n(DOWN, place));
    stage.press([Key::Enter]);
    let (person, text) = (people[place], stage.screen()?.text());
    let scores = demo.scores(person, &cuts);
    let [days, orders, _] = demo.values(person);
    // The next better score begins at the cut below.
    let cut = cuts[0].iter().rev().find(|cut| **cut < days).ok_or("a cut below")?;
    for part in [
        format!("Customer {}", person.id),
        segment(&demo, person, &cuts).to_owned(),
        scores.map(|score| score.to_string()).concat(),
        format!("{days} days  R{}", scores[0]),
        format!("{} days less: R{}", days - cut, scores[0] + 1),
        format!("{orders} orders  F{}", scores[1]),
    ] {
        assert!(text.contains(&part), "{part}\n{text}");
    }
    Ok(())
}

#[test]
fn moving_along_the_sensitivity_curve_moves_the_cut() -> TestResult {
    let demo = Recount::demo()?;
    let mut cuts = demo.quantiles([5; 3]);
    for size in SIZES {
        let mut stage = Stage::demo(size);
        stage.type_in("rs");
        let text = stage.screen()?.text();
        assert!(text.contains("Champions at every position of recency cut 1 of 4"), "{size:?}\n{text}");
        stage.press([RIGHT, RIGHT, LEFT]);
        cuts[0][0] = 21;
        let champions = demo.people.iter().filter(|person| segment(&demo, person, &cuts) == "Champions").count();
        let text = stage.screen()?.text();
        assert!(text.contains(&format!("now at 21: {champions} customers")), "{size:?}\n{text}");
        // Another segment is watched on the way down.
        stage.press([DOWN]);
        assert!(stage.screen()?.text().contains("Loyal at every position"), "{size:?}");
        stage.press([Key::Esc]);
    }
    Ok(())
}
