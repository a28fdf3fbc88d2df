use std::error::Error;
use std::sync::Arc;

use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::engine::analysis::{Analysis, AnalysisError, Setting};
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::field::Vocabulary;
use crate::model::filter::complete::complete;
use crate::model::money::Decimal;
use crate::model::schemes::Catalogue;

type Outcome = Result<(), Box<dyn Error>>;

/// Rows as they stand: by customer and day. As of 5 March 2024, the day after the last.
///
/// | row | customer | order | day               | amount | category | channel | age |
/// |-----|----------|-------|-------------------|--------|----------|---------|-----|
/// | 0   | ann      | 1     | Sunday 31 Dec     | 10.00  | Lamps    | app     | 31  |
/// | 1   | ann      | 1     | Sunday 31 Dec     | 5.00   | Bath     | app     | 31  |
/// | 2   | ann      | 3     | Thursday 11 Jan   | 8.00   | Lamps    | web     | 32  |
/// | 3   | ann      | 2     | Thursday 1 Feb    | -5.00  | Bath     | web     | 31  |
/// | 4   | bob      | A1    | Wednesday 3 Jan   | 7.00   | Lamps    |         | 9   |
/// | 5   | bob      |       | Sunday 3 March    | 1.50   | Decor    | web     |     |
/// | 6   | cid      | 4     | Monday 4 March    | -2.00  | Lamps    | app     | 100 |
const SALES: &[u8] = b"customer,order,date,amount,category,channel,age\n\
    ann,1,2023-12-31,10.00,Lamps,app,31\nann,1,2023-12-31,5.00,Bath,app,31\nbob,A1,2024-01-03,7.00,Lamps,,9\n\
    ann,2,2024-02-01,-5.00,Bath,web,31\nann,3,2024-01-11,8.00,Lamps,web,32\nbob,,2024-03-03,1.50,Decor,web,\n\
    cid,4,2024-03-04,-2.00,Lamps,app,100\n";

fn loaded() -> Result<Loaded, Box<dyn Error>> {
    let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
    let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
    Ok(load(&request, &Progress::default(), &CancelToken::default())?)
}

/// Two bins an axis: 60 days, 1 order, 10.00 of money.
fn analysis(plan: Plan) -> Result<Analysis, Box<dyn Error>> {
    let Loaded { customers, transactions, as_of, .. } = loaded()?;
    let cut = |text: &str| Decimal::parse(text.as_bytes()).map(|cut| Some(vec![cut]));
    let cuts = [cut("60")?, cut("1")?, cut("10")?];
    let plan = Plan { cuts, scheme: Some("cn-8".to_owned()), ..plan };
    Ok(Analysis::new(customers, as_of, transactions, &plan, &Catalogue::built_in())?)
}

fn over(analysis: &Analysis, data_filter: &str) -> Result<Setting, Box<dyn Error>> {
    Ok(Setting { data_filter: Arc::new(data_filter.parse()?), ..analysis.setting().clone() })
}

/// Customers with recency, frequency and monetary.
fn people(analysis: &Analysis) -> Vec<(String, [i64; 3])> {
    use crate::model::customers::Axis;
    let measured = analysis.measured();
    let person = |customer: usize| {
        (analysis.customers().ids.get(customer).to_owned(), Axis::ALL.map(|axis| measured.value(axis, customer)))
    };
    (0..measured.len()).map(person).collect()
}

#[test]
fn a_data_filter_asks_what_a_row_says() -> Outcome {
    let Loaded { transactions, customers, .. } = loaded()?;
    let rows = transactions.ok_or("no rows")?;
    for (filter, expected) in [
        ("", &[0, 1, 2, 3, 4, 5, 6][..]),
        ("category = 'Lamps'", &[0, 2, 4, 6]),
        ("date >= '2024-01-11'", &[2, 3, 5, 6]),
        ("date between '2024-01-03' and '2024-02-01'", &[2, 3, 4]),
        ("year = 2023", &[0, 1]),
        ("year > 2023 and Category in ('Bath', 'Decor')", &[3, 5]),
        ("month = '2024-03'", &[5, 6]),
        ("month like '2024-%' and not month = '2024-03'", &[2, 3, 4]),
        ("weekday in ('Sunday', 'Monday')", &[0, 1, 5, 6]),
        ("amount < 0", &[3, 6]),
        ("amount between 5 and 8", &[1, 2, 4]),
        ("amount = 1.5", &[5]),
        ("order = '1'", &[0, 1]),
        ("order in (1, 'A1')", &[0, 1, 4]),
        ("order != '1'", &[2, 3, 4, 6]),
        ("order is missing", &[5]),
        ("channel is missing", &[4]),
        ("channel != 'app'", &[2, 3, 5]),
        ("not channel = 'app'", &[2, 3, 4, 5]),
        ("age > 31", &[2, 6]),
        ("age != 31", &[2, 4, 6]),
        ("age <= 9 or age is missing", &[4, 5]),
        ("category = 'nowhere'", &[]),
    ] {
        let taken = taken(&filter.parse()?, &rows, customers.scale)?;
        let found: Vec<usize> = (0..rows.len()).filter(|row| taken.has(*row)).collect();
        assert_eq!(found, expected, "{filter}");
    }
    Ok(())
}

#[test]
fn what_does_not_fit_is_told_with_its_place_and_where_it_belongs() -> Outcome {
    let Loaded { transactions, customers, .. } = loaded()?;
    let rows = transactions.ok_or("no rows")?;
    for (filter, column, part) in [
        ("recency <= 90", 0, "`recency` is told of customers"),
        ("category = 'x' and Segment = 'y'", 19, "(--filter)"),
        ("category.distinct = 2", 0, "told of customers"),
        ("vip('Gold')", 4, "told of customers"),
        ("categry = 'x'", 0, "did you mean category?"),
        ("colour = 'x'", 0, "no field `colour`"),
        ("weekday > 'Monday'", 10, "texts have no order"),
        ("date > 2024", 7, "write it as '2024-01-31'"),
        ("amount > 'x'", 9, "amount is a number"),
    ] {
        let error = taken(&filter.parse()?, &rows, customers.scale).err();
        let told = error.as_ref().map(|error| (error.column, error.to_string().contains(part)));
        assert_eq!(told, Some((column, true)), "{filter}: {error:?}");
    }
    // The other way round.
    let mut analysis = analysis(Plan::default())?;
    let setting = Setting { filter: Arc::new("recency <= 9 and amount > 5".parse()?), ..analysis.setting().clone() };
    let error = analysis.apply(setting).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("`amount` is told of rows") && error.contains("--data-filter"), "{error}");
    Ok(())
}

#[test]
fn names_and_values_of_rows_complete() -> Outcome {
    let analysis = analysis(Plan::default())?;
    let names = analysis.row_names();
    assert_eq!(names.names(), ["date", "amount", "order", "category", "channel", "age", "year", "month", "weekday"]);
    for (line, expected) in [
        ("cat", &["category"][..]),
        ("category = 'L", &["'Lamps'"]),
        ("month = '2024", &["'2024-01'", "'2024-02'", "'2024-03'"]),
        ("weekday = 's", &["'Saturday'", "'Sunday'"]),
    ] {
        assert_eq!(complete(line, line.chars().count(), &names).candidates, expected, "{line}");
    }
    // Before the rows are read, what all rows say.
    let before = RowNames::new(None, Scale::CENTS);
    assert_eq!(before.names(), ["date", "amount", "order", "year", "month", "weekday"]);
    Ok(())
}

/// Cuts and as-of date stay; all else is that of the rows that are taken.
#[test]
fn customers_are_those_of_the_rows_that_are_taken() -> Outcome {
    let mut analysis = analysis(Plan::default())?;
    let (start, everybody) = (analysis.clone(), people(&analysis));
    assert_eq!(everybody.len(), 3);
    analysis.apply(over(&analysis, "category = 'Lamps'")?)?;
    let person = |id: &str, values: [i64; 3]| (id.to_owned(), values);
    // Of ann the 10.00 of order 1 and the 8.00 of order 3, 54 days ago; cid has nothing but a return.
    let expected = [person("ann", [54, 2, 1_800]), person("bob", [62, 1, 700]), person("cid", [1, 0, -200])];
    assert_eq!(people(&analysis), expected);
    assert_eq!(analysis.setting().cuts, start.setting().cuts);
    assert_eq!(analysis.measured().as_of(), start.measured().as_of());
    let part = |taken, of| Part { taken, of };
    let taken = Taken { rows: part(4, 7), customers: part(3, 3), revenue: part(2_300, 2_450) };
    assert_eq!(analysis.taken(), Some(&taken));
    assert_eq!((taken.rows.aside(), taken.revenue.aside()), (3, 150));
    // From there to others, as from all.
    let web = over(&analysis, "channel = 'web'")?;
    analysis.apply(Setting { filter: Arc::new("monetary > 2".parse()?), ..web.clone() })?;
    // The return of 1 February takes 5.00 back, and is no order.
    assert_eq!(people(&analysis), [person("ann", [54, 1, 300]), person("bob", [2, 1, 150])]);
    assert_eq!((analysis.population().len(), analysis.summary().total().revenue), (1, 300));
    let mut straight = start.clone();
    straight.apply(analysis.setting().clone())?;
    assert_eq!((straight.summary(), people(&straight)), (analysis.summary(), people(&analysis)));
    // And back, exactly.
    analysis.apply(start.setting().clone())?;
    assert!(Arc::ptr_eq(analysis.measured().customers(), start.measured().customers()));
    assert_eq!((analysis.summary(), analysis.taken(), people(&analysis)), (start.summary(), None, everybody));
    assert!(analysis.version() > start.version());
    Ok(())
}

/// What one filter takes and what its opposite takes make up all rows, revenue and orders of one kind alike.
#[test]
fn what_is_taken_and_what_is_set_aside_is_all_there_is() -> Outcome {
    let whole = analysis(Plan::default())?;
    for filter in ["category = 'Lamps'", "channel = 'web'", "age > 31 or date < '2024-01-01'", "order is missing"] {
        let (mut one, mut other) = (whole.clone(), whole.clone());
        one.apply(over(&whole, filter)?)?;
        other.apply(over(&whole, &format!("not ({filter})"))?)?;
        let (one, other) = (one.taken().ok_or("no figures")?, other.taken().ok_or("no figures")?);
        assert_eq!((one.rows.aside(), one.revenue.aside()), (other.rows.taken, other.revenue.taken), "{filter}");
        assert_eq!(one.rows.taken + other.rows.taken, 7, "{filter}");
    }
    Ok(())
}

#[test]
fn a_data_filter_may_leave_nobody() -> Outcome {
    let mut analysis = analysis(Plan::default())?;
    let start = analysis.clone();
    analysis.apply(over(&start, "date > '2030-01-01'")?)?;
    assert_eq!((analysis.customers().len(), analysis.summary().total().customers), (0, 0));
    assert_eq!(analysis.taken().map(|taken| taken.rows), Some(Part { taken: 0, of: 7 }));
    analysis.apply(start.setting().clone())?;
    assert_eq!(analysis.summary(), start.summary());
    Ok(())
}

/// Cuts that follow the data follow the customers of all rows, also where a plan has a data filter from the start.
#[test]
fn cuts_follow_all_rows() -> Outcome {
    let of = |data_filter: &str| -> Result<Analysis, Box<dyn Error>> {
        let Loaded { customers, transactions, as_of, .. } = loaded()?;
        let plan = Plan { bins: Some([2; 3]), data_filter: data_filter.parse()?, ..Plan::default() };
        Ok(Analysis::new(customers, as_of, transactions, &plan, &Catalogue::built_in())?)
    };
    let (all, lamps) = (of("")?, of("category = 'Lamps'")?);
    assert_eq!(lamps.setting().cuts, all.setting().cuts);
    assert_eq!(lamps.taken().map(|taken| taken.rows.taken), Some(4));
    assert_eq!(lamps.whole().customers(), all.customers());
    Ok(())
}

#[test]
fn a_data_filter_without_rows_is_refused() -> Outcome {
    let Loaded { customers, as_of, .. } = loaded()?;
    let mut analysis = Analysis::new(customers, as_of, None, &Plan::default(), &Catalogue::built_in())?;
    let lamps = over(&analysis, "category = 'Lamps'")?;
    assert!(matches!(analysis.apply(lamps), Err(AnalysisError::NoRows)));
    assert!(analysis.setting().data_filter.is_empty());
    Ok(())
}
