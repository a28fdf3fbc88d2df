//! What an overlay leaves behind when it is taken away.

use tierscope::app::keymap::Key;
use tierscope::app::update::press;
use tierscope::app::work::{done, wanted};
use tierscope::engine::plan::Plan;

use super::stage::Stage;
use super::support::{Failure, Scratch, TestResult};

/// A stage with the list, and something to be saved, so that `q` stays.
fn open(scratch: &Scratch) -> Result<Stage, Failure> {
    let sales = "customer,date,amount,category\nann,2024-01-01,10.00,Lamps\nbob,2024-01-02,20.00,Bath\ncid,2024-01-03,30.00,Bath\n";
    let file = scratch.file("sales.csv", sales)?;
    let mut stage = Stage::file(&file, Plan { bins: Some([2; 3]), ..Plan::default() }, (120, 40));
    stage.reads_rows = true;
    stage.press([Key::Tab, Key::Tab, Key::Tab]);
    stage.type_in("onlook");
    stage.press([Key::Enter]);
    Ok(stage)
}

/// Nothing lies over the panels, and a customer who is looked at is none of a review.
fn has_ended(stage: &mut Stage, way: &str) -> TestResult {
    assert!(stage.model.overlay.is_none() && stage.model.beneath.is_none(), "{way}");
    let stopped = |stage: &Stage| stage.model.session().and_then(|session| session.marks.stopped_at());
    let before = stopped(stage);
    stage.press([Key::Char('j'), Key::Enter]);
    let text = stage.screen()?.text();
    assert!(text.contains("←→ others") && !text.contains("review 2 of"), "{way}: {text}");
    assert_eq!(stopped(stage), before, "{way}");
    Ok(())
}

#[test]
fn a_review_ends_when_something_takes_its_place() -> TestResult {
    let scratch = Scratch::new()?;
    for way in ["??", "q"] {
        let mut stage = open(&scratch)?;
        stage.type_in("Mr");
        assert!(stage.screen()?.text().contains("review 1 of 3"), "{way}: {}", stage.screen()?.text());
        stage.type_in(way);
        has_ended(&mut stage, way)?;
    }
    Ok(())
}

#[test]
fn a_review_ends_when_other_rows_arrive() -> TestResult {
    let scratch = Scratch::new()?;
    let mut stage = open(&scratch)?;
    stage.type_in("Dcategory = 'Bath'");
    stage.press([Key::Enter]);
    assert_eq!(stage.model.session().map(|session| session.analysis.customers().len()), Some(2));
    // Undone, the customers of all rows are on their way while the review begins.
    for key in ['u', 'M', 'r'] {
        press(&mut stage.model, Key::Char(key));
    }
    assert!(stage.screen()?.text().contains("review 1 of 2"), "{}", stage.screen()?.text());
    while let Some(work) = wanted(&stage.model) {
        done(&mut stage.model, work.run());
    }
    assert_eq!(stage.model.session().map(|session| session.analysis.customers().len()), Some(3));
    has_ended(&mut stage, "other rows")
}
