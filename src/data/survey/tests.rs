use super::super::load::{LoadError, Loaded, Request, load};
use super::super::source::TextOptions;
use super::*;

type TestResult = Result<(), Box<dyn std::error::Error>>;

fn loaded(texts: &[&'static str], delimiter: Option<u8>) -> Result<Loaded, LoadError> {
    let places = texts.iter().map(|text| Place::BuiltIn { name: "made up", bytes: text.as_bytes() }).collect();
    let text = TextOptions { delimiter, ..TextOptions::default() };
    load(&Request { places, text, ..Request::default() }, &Progress::default(), &CancelToken::default())
}

fn surveyed(texts: &[&'static str], delimiter: Option<u8>) -> Result<Survey, Box<dyn std::error::Error>> {
    let Loaded { sources, customers, .. } = loaded(texts, delimiter)?;
    Ok(survey(&sources, &customers.ids, &Progress::default(), &CancelToken::default())?)
}

/// Nine rows: one repeats another, one has a cell too few, one has one too many, and NULL words stand for nothing.
const UGLY: &str = "customer,order,date,amount,note\n\
    A,o1,2024-01-01,1.50,first\n\
    A,o1,2024-01-01,2.50,\n\
    B,o2,2024-01-02,3,NULL\n\
    A,o1,2024-01-01,1.50,first\n\
    b,o2,2024-01-02,4,重要客户\n\
    C,o2,2024-01-05,5,first\n\
    C,o3,2024-02-30,6\n\
    C,o4,2024-01-05,seven,first,more\n\
    ,o1,2024-01-03,8, n/a \n";

#[test]
fn each_column_is_counted_cell_by_cell() -> TestResult {
    let survey = surveyed(&[UGLY], None)?;
    let [source] = survey.sources.as_slice() else { return Err("one file".into()) };
    assert_eq!((source.rows, source.unreadable, source.narrow, source.wide), (9, 0, Some(1), Some(1)));
    let text = |text: &str| Some(text.to_owned());
    let most = |value: &str, rows| Some((value.to_owned(), rows));
    let expected = [
        ColumnSurvey {
            name: "customer".to_owned(),
            filled: 8,
            missing: 1,
            distinct: Some(4),
            longest: Some(1),
            first: text("A"),
            most_frequent: most("A", 3),
            ..ColumnSurvey::default()
        },
        ColumnSurvey {
            name: "order".to_owned(),
            filled: 9,
            distinct: Some(4),
            longest: Some(2),
            first: text("o1"),
            most_frequent: most("o1", 4),
            ..ColumnSurvey::default()
        },
        ColumnSurvey {
            name: "date".to_owned(),
            filled: 9,
            distinct: Some(5),
            dates: 8,
            longest: Some(10),
            first: text("2024-01-01"),
            most_frequent: most("2024-01-01", 3),
            ..ColumnSurvey::default()
        },
        ColumnSurvey {
            name: "amount".to_owned(),
            filled: 9,
            distinct: Some(8),
            numbers: 8,
            longest: Some(5),
            first: text("1.50"),
            most_frequent: most("1.50", 2),
            ..ColumnSurvey::default()
        },
        ColumnSurvey {
            name: "note".to_owned(),
            filled: 5,
            missing: 4,
            distinct: Some(2),
            longest: Some(5),
            first: text("first"),
            most_frequent: most("first", 4),
            ..ColumnSurvey::default()
        },
    ];
    assert_eq!(source.columns[..5], expected);
    // The cell too many is no part of the header, but nothing disappears.
    assert_eq!((source.columns.len(), source.columns[5].filled), (6, 1));
    Ok(())
}

#[test]
fn a_repeated_row_is_found_and_shown_by_its_line() -> TestResult {
    let survey = surveyed(&[UGLY], None)?;
    let [example] = survey.duplicates.examples.as_slice() else { return Err("one example".into()) };
    assert_eq!((survey.duplicates.rows, example.row, &*example.text), (1, 5, "A | o1 | 2024-01-01 | 1.50 | first"));
    // The cells are compared, not what they look like end to end; no cell is not an empty one.
    let none = surveyed(
        &["customer;date;amount;a;b\nx;2024-01-01;1;ab;c\nx;2024-01-01;1;a;bc\nx;2024-01-01;1;;\nx;2024-01-01;1;\n"],
        None,
    )?;
    assert_eq!(none.duplicates, Duplicates::default());
    // Two files that overlap: their rows are there twice.
    let rows = "customer,date,amount\nx,2024-01-01,1\ny,2024-01-02,2\n";
    let twice = surveyed(&[rows, rows], None)?;
    assert_eq!(twice.duplicates.rows, 2);
    Ok(())
}

#[test]
fn orders_with_several_customers_or_days_are_found_once_each() -> TestResult {
    let survey = surveyed(&[UGLY], None)?;
    // o1 has a second day in the row without a customer; o2 has customers B and C (b is B), and a second day.
    let Some(conflicts) = survey.conflicts else { return Err("orders were looked at".into()) };
    assert_eq!((conflicts.customers, conflicts.days), (1, 2));
    let examples: Vec<_> =
        conflicts.examples.iter().map(|one| (one.row, one.column.as_str(), one.text.as_str())).collect();
    assert_eq!(examples, [(7, "customer", "o2"), (7, "date", "o2"), (10, "date", "o1")]);
    let without = surveyed(&["customer,date,amount\nx,2024-01-01,1\n"], None)?;
    assert_eq!(without.conflicts, None);
    // A column without a single order has been looked at.
    let empty = "customer,date,amount,order_no\nx,2024-01-01,1,\ny,2024-01-02,2,\n";
    let mut request =
        Request { places: vec![Place::BuiltIn { name: "made up", bytes: empty.as_bytes() }], ..Request::default() };
    request.columns.set(super::super::synonyms::Role::Order, "order_no".to_owned());
    let Loaded { sources, customers, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    let none = super::survey(&sources, &customers.ids, &Progress::default(), &CancelToken::default())?;
    assert_eq!(none.conflicts, Some(Conflicts::default()));
    Ok(())
}

#[test]
fn the_days_of_all_files_count() -> TestResult {
    let survey = surveyed(&[UGLY, "customer,date,amount\nx,2024-01-10,1\nx,2024-01-02,1\n"], None)?;
    let day = |text: &str| text.parse::<crate::model::day::Day>();
    let quiet = survey.days.quiet(day("2024-01-01")?, day("2024-01-10")?);
    // 1, 2, 3, 5 and 10 January have rows.
    assert_eq!((survey.days.len(), quiet.days), (5, 5));
    assert_eq!(quiet.longest, Some(Gap { from: day("2024-01-06")?, to: day("2024-01-09")?, days: 4 }));
    Ok(())
}

#[test]
fn more_values_than_are_told_apart_are_said_to_be_more() -> TestResult {
    use std::fmt::Write;
    for (values, distinct) in [(1_000, Some(1_000)), (1_001, None)] {
        let mut text = "customer,date,amount\n".to_owned();
        for n in 0..values {
            writeln!(text, "c{n},2024-01-01,{n}.25")?;
        }
        let survey = surveyed(&[text.leak()], None)?;
        let column = &survey.sources[0].columns[0];
        assert_eq!((column.distinct, column.filled), (distinct, values));
        assert_eq!(column.most_frequent.is_some(), distinct.is_some());
    }
    Ok(())
}

#[test]
fn what_is_called_off_ends_and_says_so() -> TestResult {
    let Loaded { sources, customers, .. } = loaded(&[UGLY], None)?;
    let cancel = CancelToken::default();
    cancel.cancel();
    let result = survey(&sources, &customers.ids, &Progress::default(), &cancel);
    assert!(matches!(result, Err(SurveyError::Cancelled)), "{result:?}");
    Ok(())
}

#[test]
fn a_file_that_is_gone_is_named_and_nothing_hangs() -> TestResult {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("gone.csv");
    std::fs::write(&path, UGLY)?;
    let request = Request { places: vec![Place::file(path.clone())], ..Request::default() };
    let Loaded { sources, customers, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    std::fs::remove_file(&path)?;
    let result = survey(&sources, &customers.ids, &Progress::default(), &CancelToken::default());
    assert!(result.is_err_and(|error| error.to_string().contains("gone.csv")));
    Ok(())
}

#[test]
fn progress_ends_at_all_bytes() -> TestResult {
    let Loaded { sources, customers, .. } = loaded(&[UGLY], None)?;
    let progress = Progress::default();
    survey(&sources, &customers.ids, &progress, &CancelToken::default())?;
    let look = progress.look();
    assert_eq!((look.rows, look.percent(), look.total_bytes), (9, 100, UGLY.len() as u64));
    Ok(())
}

#[test]
fn rows_are_dated_in_the_zone_that_was_asked_for() -> TestResult {
    // At 16:00 UTC it is midnight in Shanghai: of these instants the first is of 1 January there, the others of the 3rd.
    let text = "customer,date,amount\nx,2024-01-01T15:59:59Z,1\ny,2024-01-02T16:00:00Z,2\nz,2024-01-02T23:00:00Z,3\n";
    let mut request =
        Request { places: vec![Place::BuiltIn { name: "made up", bytes: text.as_bytes() }], ..Request::default() };
    request.values.zone = Some("Asia/Shanghai".parse()?);
    let Loaded { sources, customers, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
    let survey = survey(&sources, &customers.ids, &Progress::default(), &CancelToken::default())?;
    let day = |text: &str| text.parse::<crate::model::day::Day>();
    let quiet = survey.days.quiet(day("2024-01-01")?, day("2024-01-03")?);
    assert_eq!((survey.days.len(), quiet.days), (2, 1));
    assert_eq!(quiet.longest.map(|gap| gap.from), Some(day("2024-01-02")?));
    Ok(())
}

#[test]
fn the_width_of_a_row_is_that_of_its_file_and_not_of_its_folder() -> TestResult {
    let folder = tempfile::tempdir()?;
    let below = folder.path().join("year=2024/month=__HIVE_DEFAULT_PARTITION__");
    std::fs::create_dir_all(&below)?;
    let rows =
        |note: &str| format!("customer,date,amount,note\nx,2024-01-01,1,a\ny,2024-01-02,2\nz,2024-01-03,3,b{note}\n");
    for (note, narrow, wide) in [("", 1, 0), (",c", 1, 1)] {
        let path = below.join("a.csv");
        std::fs::write(path, rows(note))?;
        let request = Request { places: super::super::folder::walk(folder.path())?, ..Request::default() };
        let Loaded { sources, customers, .. } = load(&request, &Progress::default(), &CancelToken::default())?;
        let survey = survey(&sources, &customers.ids, &Progress::default(), &CancelToken::default())?;
        let source = &survey.sources[0];
        assert_eq!((source.narrow, source.wide), (Some(narrow), Some(wide)), "{note}");
    }
    Ok(())
}
