//! Shaping: cuts added, removed and laid anew, other measures, filters, goals, and the scheme, each against a recount.

use tierscope::app::keymap::Key;
use tierscope::app::session::Panel;

use super::recount::{ELEVEN, Person, Recount, named};
use super::stage::{DOWN, SIZES, Stage, grouped};
use super::support::{Scratch, TestResult, report, string, text};

/// Types a line into the prompt that a key opens.
fn answer(stage: &mut Stage, keys: &str, line: &str) {
    stage.type_in(keys);
    stage.press([Key::Ctrl('u')]);
    stage.type_in(line);
    stage.press([Key::Enter]);
}

#[test]
fn a_cut_more_parts_a_bin_and_taken_away_leaves_it_whole() -> TestResult {
    let demo = Recount::demo()?;
    let recent = |days: i128| demo.people.iter().filter(|person| demo.values(person)[0] <= days).count() as u64;
    let mut stage = Stage::demo((200, 50));
    let before = stage.screen()?.bins()?;
    answer(&mut stage, "ra", "10");
    let screen = stage.screen()?;
    let bins = screen.bins()?;
    assert_eq!((bins["R6"], bins["R5"]), (recent(10), recent(20) - recent(10)), "{}", screen.text());
    // Six bins are not what the scheme is written for; another stands in, and it is said.
    assert!(screen.text().contains("score-total stands in"), "{}", screen.text());
    stage.type_in("x");
    assert_eq!(stage.screen()?.bins()?["R5"], before["R5"]);
    stage.type_in("uu");
    let screen = stage.screen()?;
    assert_eq!(screen.bins()?, before);
    assert!(screen.text().contains("rfm-11"));
    Ok(())
}

#[test]
fn cuts_are_laid_anew_by_counts_by_the_mean_and_at_round_numbers() -> TestResult {
    let demo = Recount::demo()?;
    let quantiles = demo.quantiles([5; 3]);
    let mut stage = Stage::demo((200, 50));
    let before = stage.screen()?.bins()?;
    stage.type_in("rLLtq");
    assert_eq!(stage.screen()?.bins()?, before, "quantiles again");
    stage.type_in("tr");
    let screen = stage.screen()?;
    assert!(screen.text().contains("recency cuts at round numbers"));
    let recent = demo.people.iter().filter(|person| demo.values(person)[0] <= 20).count() as u64;
    assert_eq!(screen.bins()?["R5"], recent, "20 is round already");
    stage.type_in("mtm");
    let sum: i128 = demo.people.iter().map(|person| person.money).sum();
    let high = demo.people.iter().filter(|person| person.money * demo.people.len() as i128 > sum).count() as u64;
    assert_eq!(stage.screen()?.bins()?["M2"], high);
    assert_eq!(quantiles[0][0], 20);
    Ok(())
}

#[test]
fn an_axis_measures_something_else_as_the_report_does() -> TestResult {
    // Frequency has orders, days and rows; monetary net, gross, mean order and largest order.
    for (keys, option, value) in [
        ("fn", "--frequency", "days"),
        ("mn", "--monetary", "gross"),
        ("mnn", "--monetary", "mean-order"),
        ("rn", "--recency", "own-gap"),
    ] {
        let mut stage = Stage::demo((200, 50));
        stage.type_in(keys);
        let report = report([option, value])?;
        let tiers: Vec<u64> =
            super::support::segments(&report)?.into_iter().map(|(_, tally)| tally.customers).collect();
        assert_eq!(stage.screen()?.tiers()?, tiers, "{option} {value}");
        stage.press(std::iter::repeat_n(Key::Char('u'), keys.len() - 1));
        assert_eq!(stage.screen()?.tiers()?, Stage::demo((200, 50)).screen()?.tiers()?);
    }
    Ok(())
}

#[test]
fn a_filter_counts_only_those_within_it_everywhere() -> TestResult {
    let demo = Recount::demo()?;
    let cuts = demo.quantiles([5; 3]);
    let within = |person: &&Person| {
        let [days, _, money] = demo.values(person);
        days <= 90 && (100_000_000..=5_000_000_000).contains(&money)
    };
    let left: Vec<&Person> = demo.people.iter().filter(within).collect();
    for size in SIZES {
        let mut stage = Stage::demo(size);
        answer(&mut stage, "F", "recency <= 90 and monetary between 100 and 5000");
        let screen = stage.screen()?;
        assert!(screen.text().contains(&format!("{} of 2,999", grouped(left.len() as u64))), "{}", screen.text());
        let champions = left.iter().filter(|person| named(&ELEVEN, demo.scores(person, &cuts)) == "Champions").count();
        assert_eq!(screen.tiers()?[0], champions as u64, "{size:?}");
        stage.press([Key::Tab]);
        stage.press([Key::Enter]);
        answer(&mut stage, "F", "recency <= ninety");
        assert!(stage.screen()?.text().contains("at character"), "{}", stage.screen()?.text());
        stage.press([Key::Esc]);
        answer(&mut stage, "F", "");
        assert_eq!(stage.screen()?.tiers()?, Stage::demo(size).screen()?.tiers()?);
    }
    Ok(())
}

/// Champions with the recency cut at a number of days, in customers and in millionths.
fn champions(demo: &Recount, days: i128) -> (u64, i128) {
    let mut cuts = demo.quantiles([5; 3]);
    cuts[0][0] = days;
    let who = demo.people.iter().filter(|person| named(&ELEVEN, demo.scores(person, &cuts)) == "Champions");
    who.fold((0, 0), |(customers, money), person| (customers + 1, money + person.money))
}

#[test]
fn solving_takes_the_position_that_no_other_betters() -> TestResult {
    let demo = Recount::demo()?;
    let next = demo.quantiles([5; 3])[0][1];
    let total: i128 = demo.people.iter().map(|person| person.money).sum();
    for (goal, target) in [("18.7 %", 561), ("= 570 customers", 570), ("Champ = 700", 700)] {
        let mut stage = Stage::demo((120, 40));
        stage.type_in("r1g");
        answer(&mut stage, "=", goal);
        let nearest = (1..=next).map(|days| champions(&demo, days).0.abs_diff(target)).min();
        let got = stage.screen()?.tiers()?[0];
        assert_eq!(Some(got.abs_diff(target)), nearest, "{goal}: {got}\n{}", stage.screen()?.text());
        assert!(stage.screen()?.text().contains("with the recency cut at"), "{}", stage.screen()?.text());
    }
    let mut stage = Stage::demo((200, 50));
    stage.type_in("r1g");
    answer(&mut stage, "=", "Champions = 68 % of revenue");
    let off = |money: i128| (money * 100 - total * 68).abs();
    let best = (1..=next).min_by_key(|days| off(champions(&demo, *days).1)).ok_or("no position")?;
    assert_eq!(stage.screen()?.tiers()?[0], champions(&demo, best).0);
    // Ties keep the goal from being met: what can be had is said.
    assert!(stage.screen()?.text().contains("next attainable"), "{}", stage.screen()?.text());
    answer(&mut stage, "=", "Nobody = 5 %");
    assert!(stage.screen()?.text().contains("no segment is called Nobody"));
    Ok(())
}

#[test]
fn a_cell_given_to_another_segment_takes_its_customers_along() -> TestResult {
    let demo = Recount::demo()?;
    let cuts = demo.quantiles([5; 3]);
    let in_cell = demo.people.iter().filter(|person| demo.scores(person, &cuts) == [5, 5, 5]).count() as u64;
    let mut stage = Stage::demo((120, 40));
    let before = stage.screen()?.tiers()?;
    // The cursor starts on R5 F5; t shows M5 alone; a gives the cell, here to the second segment.
    stage.type_in("ta");
    assert!(stage.screen()?.text().contains("Give 1 cell to"), "{}", stage.screen()?.text());
    stage.press([DOWN, Key::Enter]);
    let screen = stage.screen()?;
    let after = screen.tiers()?;
    assert_eq!((before[0] - after[0], after[1] - before[1]), (in_cell, in_cell), "{}", screen.text());
    assert!(screen.text().contains("rfm-11-edited"));
    stage.type_in("u");
    assert_eq!(stage.screen()?.tiers()?, before);
    Ok(())
}

#[test]
fn a_marked_block_becomes_a_new_segment_that_is_renamed_and_saved() -> TestResult {
    let demo = Recount::demo()?;
    let cuts = demo.quantiles([5; 3]);
    let block = |person: &&Person| matches!(demo.scores(person, &cuts), [4..=5, 4..=5, _]);
    let expected = demo.people.iter().filter(block).count() as u64;
    let scratch = Scratch::new()?;
    let mut stage = Stage::demo((120, 40));
    stage.model.scheme_folder = Some(scratch.path("schemes"));
    stage.type_in(" hja");
    for _ in 0..11 {
        stage.press([DOWN]);
    }
    stage.press([Key::Enter]);
    stage.type_in("Core");
    stage.press([Key::Enter]);
    let screen = stage.screen()?;
    assert_eq!(screen.tiers()?.last(), Some(&expected), "{}", screen.text());
    // Rename it in the tiers, and write the scheme as one's own.
    stage.press([Key::Tab]);
    stage.press(std::iter::repeat_n(DOWN, 11));
    answer(&mut stage, "n", "Kern 核心");
    assert!(stage.screen()?.panel(Panel::Tiers).join("\n").contains("Kern 核心"));
    answer(&mut stage, "ew", "mine");
    let path = scratch.path("schemes/mine.toml");
    let again = report(["--scheme", text(&path)?])?;
    assert_eq!(string(&again["scheme"])?, "mine");
    let named: Vec<(String, u64)> =
        super::support::segments(&again)?.into_iter().map(|(name, tally)| (name, tally.customers)).collect();
    assert_eq!(named.last(), Some(&("Kern 核心".to_owned(), expected)));
    // It is not written over in silence.
    stage.type_in("ew");
    stage.press([Key::Ctrl('u')]);
    stage.type_in("mine");
    stage.press([Key::Enter]);
    assert!(stage.screen()?.text().contains("is there already"), "{}", stage.screen()?.text());
    Ok(())
}

#[test]
fn the_lint_names_what_is_wrong_with_a_scheme() -> TestResult {
    let scratch = Scratch::new()?;
    let scheme = "name = \"odd\"\ntitle = \"Odd\"\n[axes]\nrecency = { bins = 2 }\nfrequency = { bins = 2 }\nmonetary = { bins = 2 }\n\
        [[segment]]\nname = \"Top\"\nranges = [{ r = \"2\", m = \"2\" }]\n\
        [[segment]]\nname = \"Never\"\ncells = \"222\"\n[[segment]]\nname = \"Low\"\nranges = [{ m = \"1\" }, { r = \"2\" }]\n";
    let path = scratch.file("odd.toml", scheme)?;
    let plan = tierscope::engine::plan::Plan { scheme: Some(path), ..Default::default() };
    let mut stage = Stage::demo_by(plan, (120, 40));
    stage.type_in("ev");
    let text = stage.screen()?.text();
    for part in [
        "2 cells have no segment: 112 122",
        "2 cells fit several segments, the first has them: 212 222",
        "no cell is left for Never",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    Ok(())
}

#[test]
fn the_list_is_sorted_by_a_column_without_an_index() -> TestResult {
    let demo = Recount::demo()?;
    let mut stage = Stage::demo((200, 50));
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    stage.press(std::iter::repeat_n(super::stage::RIGHT, 4));
    stage.type_in("s");
    let mut first: Vec<i128> = demo.people.iter().map(|person| person.first).collect();
    first.sort_unstable();
    let day = |text: &str| -> Option<i128> {
        use chrono::Datelike;
        text.parse::<chrono::NaiveDate>().ok().map(|date| date.num_days_from_ce().into())
    };
    let rows = stage.screen()?.list();
    // The first of the two dates in a row is the first order's.
    let shown: Vec<i128> = rows.iter().filter_map(|row| row.iter().find_map(|word| day(word))).collect();
    assert!(shown.len() > 5);
    assert_eq!(shown, first[..shown.len()]);
    Ok(())
}

#[test]
fn segments_change_places_and_keep_their_customers_and_their_list() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    let before = stage.screen()?.tiers()?;
    stage.press([Key::Tab, Key::Enter]);
    let listed = stage.screen()?.listed()?;
    stage.type_in("J");
    let after = stage.screen()?.tiers()?;
    assert_eq!((after[0], after[1], &after[2..]), (before[1], before[0], &before[2..]));
    // Champions are listed still, though they are the second segment now.
    assert_eq!(stage.screen()?.listed()?, listed);
    stage.type_in("K");
    assert_eq!(stage.screen()?.tiers()?, before);
    Ok(())
}

#[test]
fn a_scenario_that_is_opened_and_saved_keeps_what_it_says_of_itself() -> TestResult {
    let scratch = Scratch::new()?;
    let path = scratch.path("spring.toml");
    let path = text(&path)?;
    super::support::succeed([
        "scenario",
        "--cuts-r",
        "30,60,90,120",
        "--note",
        "for the spring letter",
        "--review-by",
        "2030-01-31",
        "--tolerance",
        "5",
        "--save",
        path,
    ])?;
    let mut stage = Stage::demo((120, 40));
    answer(&mut stage, "oo", path);
    assert!(stage.screen()?.text().contains("scenario spring opened"), "{}", stage.screen()?.text());
    stage.type_in("r1g");
    stage.press([super::stage::RIGHT]);
    stage.type_in("os");
    stage.press([Key::Enter, Key::Enter]);
    let saved = std::fs::read_to_string(path)?;
    for part in
        ["name = \"spring\"", "for the spring letter", "2030-01-31", "tolerance = 5", "cuts = [31, 60, 90, 120]"]
    {
        assert!(saved.contains(part), "{part}\n{saved}");
    }
    // What is no scenario is refused where it was typed, and nothing changes.
    let tiers = stage.screen()?.tiers()?;
    answer(&mut stage, "oo", &scratch.file("bad.toml", "format = 9\n")?);
    assert!(stage.screen()?.text().contains("bad.toml"), "{}", stage.screen()?.text());
    stage.press([Key::Esc]);
    assert_eq!(stage.screen()?.tiers()?, tiers);
    Ok(())
}

#[test]
fn cuts_are_solved_and_added_where_the_boundary_counts_upwards() -> TestResult {
    let demo = Recount::demo()?;
    // Left-closed: a frequency cut of 4 means 4 or more.
    let plan = tierscope::engine::plan::Plan {
        closed: Some(tierscope::model::cuts::Closed::Left),
        bins: Some([2, 2, 2]),
        ..Default::default()
    };
    let mut stage = Stage::demo_by(plan, (200, 50));
    let of = |orders: usize| demo.people.iter().filter(|person| person.orders.len() >= orders).count() as u64;
    stage.type_in("f1g");
    stage.press([Key::Enter, Key::Ctrl('u')]);
    stage.type_in("4");
    stage.press([Key::Enter]);
    assert_eq!(stage.screen()?.bins()?["F2"], of(4));
    answer(&mut stage, "a", "9");
    let bins = stage.screen()?.bins()?;
    assert_eq!((bins["F3"], bins["F2"]), (of(9), of(4) - of(9)));
    Ok(())
}

#[test]
fn a_built_in_scheme_is_never_written_over() -> TestResult {
    let scratch = Scratch::new()?;
    let mut stage = Stage::demo((120, 40));
    stage.model.scheme_folder = Some(scratch.path("schemes"));
    answer(&mut stage, "ew", "rfm-11");
    assert!(stage.screen()?.text().contains("comes with the program"), "{}", stage.screen()?.text());
    assert!(!scratch.path("schemes").exists());
    Ok(())
}

#[test]
fn a_goal_that_cannot_be_is_refused_where_it_was_typed() -> TestResult {
    let mut stage = Stage::demo((120, 40));
    let before = stage.screen()?.tiers()?;
    stage.type_in("r1g");
    for goal in ["= 101 %", "= -5 %", "= 10,5 %", "= 99999 customers", "= 3 tons", "= 1.5 customers"] {
        answer(&mut stage, "=", goal);
        assert!(stage.screen()?.text().contains("Solve, by recency cut 1"), "{goal}\n{}", stage.screen()?.text());
        stage.press([Key::Esc]);
    }
    assert_eq!(stage.screen()?.tiers()?, before);
    Ok(())
}
