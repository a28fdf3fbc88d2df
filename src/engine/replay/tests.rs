use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::demo;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::measures::{Frequency, Measures, Monetary, Recency};
use crate::model::scheme::Scheme;

type TestResult = Result<(), Box<dyn std::error::Error>>;

fn shop() -> Result<Loaded, Box<dyn std::error::Error>> {
    let place = Place::BuiltIn { name: "the demo shop", bytes: demo::SHOP.as_bytes() };
    let request = Request { places: vec![place], ..Request::default() };
    Ok(load(&request, &Progress::default(), &CancelToken::default())?)
}

fn analysed(plan: &Plan) -> Result<Analysis, Box<dyn std::error::Error>> {
    let Loaded { customers, as_of, .. } = shop()?;
    Ok(Analysis::new(customers, as_of, None, plan, &Catalogue::built_in())?)
}

fn named(scheme: &str) -> Plan {
    Plan { scheme: Some(scheme.to_owned()), ..Plan::default() }
}

fn what() -> Capture {
    Capture { name: "spring".to_owned(), note: Some("One\r\ntwo\u{1b}".to_owned()), ..Capture::default() }
}

/// The setting that comes back from the file of what is captured, on an analysis that shows something else.
fn replayed(analysis: &Analysis) -> Result<Setting, Box<dyn std::error::Error>> {
    let catalogue = Catalogue::built_in();
    let text = capture(analysis, &catalogue, what())?.to_toml();
    let scenario = Scenario::parse(&text)?;
    assert_eq!(scenario.expected.as_ref().map(|expected| &expected.figures), Some(&figures(analysis)), "{text}");
    assert_eq!(scenario.note.as_deref(), Some("One\ntwo\u{fffd}"));
    let recipe = recipe(&scenario, &catalogue, analysis.customers().scale)?;
    let mut other = analysed(&Plan { filter: "frequency >= 2".parse()?, ..Plan::default() })?;
    Ok(setting(&mut other, &recipe)?)
}

#[test]
fn a_captured_setting_comes_back_from_its_file() -> TestResult {
    let cut = |text: &str| Decimal::parse(text.as_bytes()).map(|cut| vec![cut]);
    let measures = Measures { recency: Recency::OwnGap, frequency: Frequency::Days, monetary: Monetary::MeanOrder };
    for plan in [
        Plan::default(),
        Plan { bins: Some([3, 10, 2]), ..named("score-total") },
        named("cn-8"),
        named("ladder-5"),
        Plan { method: Some(Method::RCompat), ..named("r-rfm") },
        Plan { closed: Some(Closed::Left), ..Plan::default() },
        Plan { closed: Some(Closed::Left), cuts: [cut("30").ok(), cut("4").ok(), cut("99.5").ok()], ..Plan::default() },
        Plan { measures, ..Plan::default() },
        Plan { measures, cuts: [cut("1.5").ok(), None, cut("100.25").ok()], ..Plan::default() },
        Plan { filter: "recency <= 90 and monetary.gross between 10.005 and 500".parse()?, ..Plan::default() },
    ] {
        let analysis = analysed(&plan)?;
        assert_eq!(replayed(&analysis)?, *analysis.setting(), "{plan:?}");
    }
    Ok(())
}

#[test]
fn edited_cuts_come_back_and_a_fraction_beside_them_divides_alike() -> TestResult {
    let mut analysis = analysed(&Plan { bins: Some([4; 3]), method: Some(Method::RCompat), ..Plan::default() })?;
    let moved = analysis.cuts(Axis::Monetary).moved(1, 12_345);
    let setting = analysis.setting().with_cuts(moved);
    let setting = setting.with_cuts(analysis.cuts(Axis::Recency).moved(0, 33));
    analysis.apply(setting)?;
    assert!(!analysis.cuts(Axis::Monetary).cuts()[0].is_whole(), "the test needs a fraction");
    let back = replayed(&analysis)?;
    for axis in Axis::ALL {
        let bounds = |cuts: &Cuts| cuts.cuts().iter().map(|cut| cut.bound()).collect::<Vec<_>>();
        assert_eq!(bounds(&back.cuts[axis.index()]), bounds(analysis.cuts(axis)));
    }
    let mut again = analysed(&Plan::default())?;
    again.apply(back.clone())?;
    assert_eq!(replayed(&again)?, back);
    Ok(())
}

#[test]
fn a_scheme_of_ones_own_stands_in_the_file_and_a_known_one_by_its_name() -> TestResult {
    let catalogue = Catalogue::built_in();
    let mut analysis = analysed(&Plan::default())?;
    assert_eq!(capture(&analysis, &catalogue, what())?.scheme, SchemeChoice::Named("rfm-11".to_owned()));
    // Of the same name, and yet another one; it leaves cells without a segment.
    let own = "name = \"rfm-11\"\ntitle = \"Own\"\n[[segment]]\nname = \"Top\"\nranges = [{ r = \"5\" }]";
    let scheme = Arc::new(Scheme::parse(own)?);
    analysis.apply(Setting { scheme, ..analysis.setting().clone() })?;
    assert!(matches!(capture(&analysis, &catalogue, what())?.scheme, SchemeChoice::Own(_)));
    assert_eq!(replayed(&analysis)?, *analysis.setting());
    let names: Vec<String> = figures(&analysis).segments.into_iter().map(|segment| segment.name).collect();
    assert_eq!(names, ["Top", "(no segment)"]);
    Ok(())
}

#[test]
fn fixed_cuts_that_coincide_are_refused_by_their_axis() -> TestResult {
    let mut analysis = analysed(&Plan::default())?;
    let cuts = analysis.cuts(Axis::Recency);
    let moved = cuts.moved(0, i64::MAX);
    analysis.apply(analysis.setting().with_cuts(moved))?;
    assert_eq!(capture(&analysis, &Catalogue::built_in(), what()), Err(CaptureError::Coincide("recency")));
    Ok(())
}

#[test]
fn what_does_not_fit_says_what_would() -> TestResult {
    let catalogue = Catalogue::built_in();
    let mut scenario = capture(&analysed(&Plan::default())?, &catalogue, what())?;
    let told = |scenario: &Scenario| {
        recipe(scenario, &catalogue, Scale::CENTS).err().map(|error| error.to_string()).unwrap_or_default()
    };
    scenario.axes.iter_mut().for_each(|axis| axis.bins = 3);
    assert!(told(&scenario).contains("5 bins of recency, not 3") && told(&scenario).contains("; rfm-6 or "));
    scenario.scheme = SchemeChoice::Named("nowhere".to_owned());
    assert!(told(&scenario).contains("`nowhere`") && told(&scenario).contains("rfm-11"));
    scenario.axes[2] = AxisScenario {
        method: Method::Fixed,
        bins: 3,
        cuts: Some(vec![Decimal { mantissa: 1, decimals: 0 }, Decimal { mantissa: 1_005, decimals: 3 }]),
        closed: Closed::Right,
    };
    scenario.scheme = SchemeChoice::Named("rfm-6".to_owned());
    assert!(told(&scenario).contains("1.005 has more than the 2 decimals"), "{}", told(&scenario));
    Ok(())
}

#[test]
fn a_plan_with_a_scenario_is_the_scenario() -> TestResult {
    let analysis = analysed(&Plan { filter: "recency <= 90".parse()?, ..named("cn-8") })?;
    let scenario = capture(&analysis, &Catalogue::built_in(), what())?;
    let again = analysed(&Plan { scenario: Some(Arc::new(scenario)), ..Plan::default() })?;
    assert_eq!((again.setting(), figures(&again)), (analysis.setting(), figures(&analysis)));
    Ok(())
}
