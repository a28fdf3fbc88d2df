use std::error::Error;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::marks;
use crate::app::action::Direction::{Down, Right};
use crate::app::keymap::Key;
use crate::app::model::{Model, Stage};
use crate::app::overlay::Overlay;
use crate::app::session::{Panel, Session};
use crate::app::update::press;
use crate::app::work::{done, wanted};
use crate::data::load::{Request, load};
use crate::data::place::Place;
use crate::demo;
use crate::engine::analysis::Setting;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::schemes::Catalogue;
use crate::model::vip::Rule;
use crate::ui::theme::{ColorChoice, Theme};

#[test]
fn an_index_is_marked_alike_on_both_sides() {
    for (index, expected) in [
        (100, "    │    "),
        (124, "    │    "),
        (125, "    │+   "),
        (80, "   -│    "),
        (81, "    │    "),
        (50, " ---│    "),
        (200, "    │+++ "),
        (999, "    │++++"),
        (0, "----│    "),
    ] {
        assert_eq!(marks(Some(index), "│"), expected, "{index}");
    }
    assert_eq!(marks(None, "│"), "");
}

/// The demo shop with its rows.
fn demo() -> Result<Model, Box<dyn Error>> {
    let places = vec![Place::BuiltIn { name: "the demo shop", bytes: demo::SHOP.as_bytes() }];
    let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
    let loaded = load(&request, &Progress::default(), &CancelToken::default())?;
    let (plan, catalogue) = (Plan::default(), Catalogue::built_in());
    let session = Session::of(loaded, &plan, &catalogue)?;
    let mut model = Model::new(request, plan, catalogue);
    model.stage = Stage::Open(Box::new(session));
    Ok(model)
}

/// Presses keys as the loop does: what a frame needs is made ready, and what is wanted is done.
fn type_in(model: &mut Model, keys: impl IntoIterator<Item = Key>) {
    for key in keys {
        press(model, key);
        model.prepare(10, 80);
        while let Some(work) = wanted(model) {
            done(model, work.run());
        }
        model.prepare(10, 80);
    }
}

fn screen(model: &Model, (columns, rows): (u16, u16)) -> Result<String, Box<dyn Error>> {
    let theme = Theme::new(ColorChoice::Never);
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    crate::ui::draw(&mut buffer, model, &theme);
    let row = |y: u16| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let text = (0..rows).map(row).collect::<Vec<_>>().join("\n");
    // Read by whoever asks for it: `cargo test -- --nocapture`.
    println!("{text}");
    Ok(text)
}

/// The words of the line of a screen that begins with a text.
fn line(screen: &str, start: &str) -> Result<Vec<String>, String> {
    let inside = |line: &str| line.trim_start_matches([' ', '│']).to_owned();
    let found = screen.lines().map(inside).find(|line| line.starts_with(start));
    let found = found.ok_or_else(|| format!("no line {start} in\n{screen}"))?;
    Ok(found.split_whitespace().map(str::to_owned).collect())
}

#[test]
fn the_story_of_the_demo_is_found_in_a_few_keys() -> Result<(), Box<dyn Error>> {
    let mut model = demo()?;
    // The cursor of the tiers stands on the best segment.
    type_in(&mut model, [Key::Char('B'), Key::Arrow(Right)]);
    for size in [(80, 24), (120, 40)] {
        let text = screen(&model, size)?;
        assert!(text.contains("Breakdown of Champions") && text.contains("by channel"), "{text}");
        let app = line(&text, "app")?;
        assert!(app[4].parse::<u32>()? > 150 && text.contains("│++"), "{text}");
    }
    // All segments beside each other, by index and by share; everybody; what was bought.
    type_in(&mut model, [Key::Char('t')]);
    let text = screen(&model, (80, 24))?;
    assert!(text.contains("Champio") && line(&text, "app")?[2].parse::<u32>()? > 150, "{text}");
    type_in(&mut model, [Key::Char('i')]);
    assert!(line(&screen(&model, (80, 24))?, "app")?[2].ends_with('%'));
    type_in(&mut model, [Key::Char('t'), Key::BackTab, Key::Char('c')]);
    let text = screen(&model, (80, 24))?;
    assert!(text.contains("Breakdown of everybody · purchases") && text.contains("rows"), "{text}");
    assert_eq!(line(&text, "app")?[4], "100");
    // A value filters, and its customers are listed.
    type_in(&mut model, [Key::Char('c'), Key::Char('s'), Key::Char('s'), Key::Home, Key::Enter]);
    let session = model.session().ok_or("nothing open")?;
    assert_eq!((session.panel, model.overlay.is_none()), (Panel::Customers, true));
    assert!(session.analysis.setting().filter.to_string().starts_with("channel = '"));
    assert_eq!(session.list.listing.len(), session.analysis.population().len());
    Ok(())
}

#[test]
fn every_field_fits_the_smallest_screen() -> Result<(), Box<dyn Error>> {
    let mut model = demo()?;
    type_in(&mut model, [Key::Char('B')]);
    let text = screen(&model, (80, 24))?;
    let first = line(&text, "by ")?;
    for turn in 0..60 {
        type_in(&mut model, [Key::Arrow(Right), Key::Arrow(Down), Key::End, Key::Home]);
        let text = screen(&model, (80, 24))?;
        assert!(text.contains("index: 100 as among everybody"), "{turn}: {text}");
        if line(&text, "by ")? == first {
            assert!(turn > 20, "{turn}");
            return Ok(());
        }
    }
    Err("the fields never come round".into())
}

#[test]
fn a_customer_shows_years_quarters_and_goods() -> Result<(), Box<dyn Error>> {
    let mut model = demo()?;
    type_in(&mut model, [Key::Tab, Key::Tab, Key::Tab, Key::Enter]);
    let text = screen(&model, (120, 70))?;
    for part in ["top category", "rhythm", "by year", "2024", "year on year", "2025 Q4", "Champions"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    Ok(())
}

/// The key after a table that has just arrived: its lines come with the next frame, and those of the one before are not its.
#[test]
fn a_table_that_arrives_has_none_of_the_lines_before_it() -> Result<(), Box<dyn Error>> {
    let mut model = demo()?;
    type_in(&mut model, [Key::Char('B'), Key::End]);
    press(&mut model, Key::Arrow(Right));
    let work = wanted(&model).ok_or("nothing is wanted")?;
    done(&mut model, work.run());
    let lines = |model: &Model| match (&model.overlay, model.session()) {
        (Some(Overlay::Breakdown(breakdown)), Some(session)) => breakdown.table(session).map(|(_, lines)| lines.len()),
        _ => None,
    };
    assert_eq!(lines(&model), Some(0));
    press(&mut model, Key::Enter);
    assert_eq!(lines(&model), Some(0), "Enter takes no line");
    model.prepare(10, 80);
    assert!(lines(&model).is_some_and(|lines| lines > 0));
    Ok(())
}

/// Rules that come and go number their fields anew: the breakdown stays with the one of its name, or begins anew.
#[test]
fn a_field_that_is_gone_is_not_looked_at_any_more() -> Result<(), Box<dyn Error>> {
    let mut model = demo()?;
    let change = |model: &mut Model, rules: &[&str]| -> Result<(), Box<dyn Error>> {
        let rules = rules.iter().map(|rule| rule.parse()).collect::<Result<Vec<Rule>, _>>()?;
        let Stage::Open(session) = &mut model.stage else { return Err("nothing open".into()) };
        let setting = Setting { rules: Arc::new(rules), ..session.analysis.setting().clone() };
        assert!(session.edit(setting, "other rules".to_owned(), None));
        Ok(())
    };
    let by = |model: &mut Model| -> Result<String, Box<dyn Error>> {
        // What is wanted is asked for before the next frame, too.
        while let Some(work) = wanted(model) {
            done(model, work.run());
        }
        model.prepare(10, 80);
        Ok(line(&screen(model, (80, 24))?, "by ")?.remove(1))
    };
    change(&mut model, &["Large: largest order >= 500", "Often: orders >= 5 in 12 months"])?;
    type_in(&mut model, [Key::Char('B')]);
    let first = by(&mut model)?;
    for _ in 0..60 {
        if by(&mut model)? == "vip.Often" {
            break;
        }
        type_in(&mut model, [Key::Arrow(Right)]);
    }
    assert_eq!(by(&mut model)?, "vip.Often");
    change(&mut model, &["Often: orders >= 5 in 12 months"])?;
    assert_eq!(by(&mut model)?, "vip.Often");
    change(&mut model, &[])?;
    assert_eq!(by(&mut model)?, first);
    Ok(())
}
