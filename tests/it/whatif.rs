//! Edits in an open session: what the list, the profile and the options make of them.

use tierscope::app::action::{Action, Direction};
use tierscope::app::as_options::as_options;
use tierscope::app::keymap::Key;
use tierscope::app::model::{Model, Stage as ModelStage};
use tierscope::app::session::Session;
use tierscope::app::update::{Effect, opened, press, update};
use tierscope::app::work::{done, wanted};
use tierscope::data::load::Request;
use tierscope::data::place::Place;
use tierscope::demo;
use tierscope::engine::plan::Plan;
use tierscope::job::{CancelToken, Progress};
use tierscope::model::customers::Axis;
use tierscope::model::cuts::Method;
use tierscope::model::schemes::Catalogue;

use super::support::{Failure, Scratch, TestResult, list, report, segments, string};

/// A session on some places, without a screen.
fn open(places: Vec<Place>, plan: &Plan) -> Result<Model, Failure> {
    let request = Request { places, ..Request::default() };
    let catalogue = Catalogue::built_in();
    let session = Session::open(&request, plan, &catalogue, &Progress::default(), &CancelToken::default())?;
    let mut model = Model::new(request, plan.clone(), catalogue);
    model.stage = ModelStage::Open(Box::new(session));
    model.page = 10;
    Ok(model)
}

fn demo_shop(plan: &Plan) -> Result<Model, Failure> {
    open(vec![Place::BuiltIn { name: "the demo shop", bytes: demo::SHOP.as_bytes() }], plan)
}

fn keys(model: &mut Model, keys: &str) {
    for key in keys.chars() {
        press(model, if key == '\n' { Key::Enter } else { Key::Char(key) });
    }
}

fn session(model: &mut Model) -> Result<&mut Session, Failure> {
    match &mut model.stage {
        ModelStage::Open(session) => Ok(session),
        _ => Err("no session".into()),
    }
}

#[test]
fn a_list_that_shrinks_under_its_cursor_still_shows_its_customers() -> TestResult {
    let mut model = demo_shop(&Plan::default())?;
    keys(&mut model, "\n");
    for _ in 0..3 {
        update(&mut model, Action::NextPanel);
    }
    keys(&mut model, "GrHH");
    let session = session(&mut model)?;
    let listed = session.list.listing.len();
    assert!(listed > 0 && session.list.cursor < listed, "{} of {listed}", session.list.cursor);
    assert!(session.list.listing.rows(&session.analysis, session.list.offset, 10).count() > 0);
    Ok(())
}

#[test]
fn a_profile_changes_nothing_but_the_time_that_edits_take() -> TestResult {
    let plan = Plan { method: Some(Method::RCompat), ..Plan::default() };
    let (mut with, mut without) = (demo_shop(&plan)?, demo_shop(&plan)?);
    for axis in ["r", "f", "m"] {
        keys(&mut with, axis);
        keys(&mut without, axis);
        let work = wanted(&with).ok_or("a profile should be wanted")?;
        done(&mut with, work.run());
        assert!(wanted(&with).is_none(), "the profile that was wanted is there");
        for edit in ["l", "L", "4", "H", "h", "1", "lLLL", "u", "U"] {
            keys(&mut with, edit);
            keys(&mut without, edit);
            let expected = session(&mut without)?.analysis.segments();
            let profiled = session(&mut with)?;
            assert_eq!(profiled.analysis.segments(), expected, "{axis} {edit}");
            let customers: u64 = expected.iter().map(|tally| tally.customers).sum();
            assert_eq!(customers, profiled.analysis.customers().len() as u64);
        }
    }
    Ok(())
}

#[test]
fn the_options_that_the_data_screen_names_give_the_same_segments() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", demo::SHOP)?;
    let place = || Place::file(file.clone());
    for (plan, edits) in [
        (Plan::default(), "rll2hhmLL"),
        (Plan { method: Some(Method::RCompat), ..Plan::default() }, "r2lml"),
        (Plan { scheme: Some("cn-8".to_owned()), ..Plan::default() }, "mh"),
        // Axes that follow the data by different methods, and a filter.
        (Plan { bins: Some([2; 3]), ..Plan::default() }, "mtmrtc"),
        (Plan { filter: "recency <= 200 and frequency >= 2".parse()?, ..Plan::default() }, "rl"),
    ] {
        let mut model = open(vec![place()], &plan)?;
        keys(&mut model, edits);
        let session = session(&mut model)?;
        let options = as_options(session);
        // Taken apart as a shell does.
        let words = options.split('\'').enumerate().flat_map(|(place, part)| -> Vec<&str> {
            if place % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
        });
        let args: Vec<&str> = std::iter::once(&*file).chain(words).collect();
        let told = report(args)?;
        let told: Vec<u64> = segments(&told)?.into_iter().map(|(_, tally)| tally.customers).collect();
        let shown: Vec<u64> = session.analysis.segments().iter().map(|tally| tally.customers).collect();
        assert_eq!(told, shown, "{options}");
    }
    Ok(())
}

#[test]
fn left_from_a_fraction_goes_to_the_whole_value_below_it() -> TestResult {
    let mut model =
        demo_shop(&Plan { method: Some(Method::Mean), scheme: Some("cn-8".to_owned()), ..Plan::default() })?;
    let mean = session(&mut model)?.analysis.cuts(Axis::Frequency).cuts()[0];
    assert!(!mean.is_whole(), "the demo shop's mean frequency is a fraction");
    keys(&mut model, "f");
    update(&mut model, Action::Nudge(Direction::Left));
    assert_eq!(session(&mut model)?.analysis.cuts(Axis::Frequency).cuts()[0].whole(), mean.whole());
    Ok(())
}

#[test]
fn a_column_picked_for_one_file_is_not_taken_in_another() -> TestResult {
    let scratch = Scratch::new()?;
    let ids = scratch.file("ids.csv", super::support::two_ids())?;
    let named = "note,customer_id,date,amount\nx,A,2024-01-01,1.00\nx,B,2024-01-02,2.00\nx,A,2024-01-03,2.00\n";
    let named = scratch.file("named.csv", named)?;
    let places = [&ids, &named].map(Place::file).to_vec();
    let mut request = Request { places, ..Request::default() };
    let load = |request: &Request| tierscope::data::load::load(request, &Progress::default(), &CancelToken::default());
    let Err(tierscope::data::load::LoadError::Mapping(unmapped)) = load(&request) else {
        return Err("the first file has two columns that may be the customer".into());
    };
    request.columns.pick(&unmapped.source, tierscope::data::synonyms::Role::Customer, Some(0));
    let loaded = load(&request)?;
    // Ten customers of the first file, A and B of the second, which its notes are not.
    assert_eq!(loaded.customers.len(), 12);
    Ok(())
}

#[test]
fn an_ambiguous_order_column_can_be_answered_with_none() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = "order_id,Order ID,customer,date,amount\n1,7,A,2024-01-01,1.00\n1,8,A,2024-01-02,2.00\n";
    let file = scratch.file("orders.csv", rows)?;
    let request = Request { places: vec![Place::file(file)], ..Request::default() };
    let (plan, catalogue) = (Plan { bins: Some([2; 3]), ..Plan::default() }, Catalogue::built_in());
    let load = |request: &Request| {
        Session::open(request, &plan, &Catalogue::built_in(), &Progress::default(), &CancelToken::default())
    };
    let asked = load(&request);
    let mut model = Model::new(request, plan.clone(), catalogue);
    opened(&mut model, asked);
    let ModelStage::Asking(ask) = &mut model.stage else { return Err("the order column is ambiguous".into()) };
    ask.take_away();
    assert_eq!(press(&mut model, Key::Enter), Effect::Load);
    assert_eq!(load(&model.request)?.analysis.summary().total().orders, 2);
    Ok(())
}

#[test]
fn fewer_bins_find_a_scheme_that_leaves_the_cuts_as_they_are() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", demo::SHOP)?;
    for bins in ["2", "3", "4", "7,2,3"] {
        let chosen = report([&*file, "--bins", bins])?;
        let name = string(&chosen["scheme"])?;
        let named = report([&*file, "--bins", bins, "--scheme", name, "--method", "quantile"])?;
        assert_eq!((&chosen["axes"], &chosen["segments"]), (&named["axes"], &named["segments"]), "{name}");
        assert!(list(&chosen["notes"])?.iter().any(|note| note.as_str().is_some_and(|note| note.contains(name))));
    }
    Ok(())
}

#[test]
fn keys_that_come_while_work_goes_on_are_not_lost() -> TestResult {
    let mut model = demo_shop(&Plan::default())?;
    // Both before anybody is sorted by the first: orders, days, rows.
    keys(&mut model, "fnn");
    while let Some(work) = wanted(&model) {
        done(&mut model, work.run());
    }
    assert_eq!(session(&mut model)?.analysis.measured().measure(Axis::Frequency).name(), "rows");
    Ok(())
}
