use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::model::field::sample::{FIELDS, Sample, TEXTS};
use crate::model::field::{FieldKind, Vocabulary};
use crate::model::filter::{Comparison, Filter, FilterError, Literal, Test};
use crate::model::money::Decimal;
use crate::model::packed::Packed;

/// Columns as a data set has them: some stored the other way round, some with values that are missing.
struct Made {
    columns: HashMap<FieldId, (Packed, Option<i64>, Option<i64>)>,
    /// The value of each customer, a list a field.
    values: Vec<Vec<Option<i64>>>,
}

impl Columns for Made {
    fn column(&self, field: FieldId) -> ColumnRef<'_> {
        let (values, from, missing) = &self.columns[&field];
        ColumnRef { values, from: *from, missing: *missing }
    }
}

/// How a column is stored: taken from a number or not, and with what for a missing value.
fn made(values: Vec<Vec<Option<i64>>>, ways: &[(Option<i64>, i64)]) -> Made {
    let column = |(values, (from, none)): (&Vec<Option<i64>>, &(Option<i64>, i64))| {
        let stored = |value: i64| from.map_or(value, |from| from - value);
        // What stands for a missing value is no value.
        let taken: Vec<i64> = values.iter().flatten().map(|value| stored(*value)).collect();
        let none = (*none..i64::MAX).find(|none| !taken.contains(none)).unwrap();
        let has_missing = values.iter().any(Option::is_none);
        let packed: Vec<i64> = values.iter().map(|value| value.map_or(none, stored)).collect();
        (Packed::new(&packed), *from, has_missing.then_some(none))
    };
    let columns = values.iter().zip(ways.iter().cycle()).map(column);
    let columns = columns.enumerate().map(|(place, column)| (FieldId(place as u32), column)).collect();
    Made { columns, values }
}

fn bound(text: &str) -> Result<Bound, FilterError> {
    bind(&text.parse::<Filter>()?, &Sample)
}

fn leaf(text: &str) -> Result<(u32, Wanted, bool), FilterError> {
    match bound(text)? {
        Bound::Leaf(Leaf { field, wanted, negated }) => Ok((field.0, wanted, negated)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_condition_is_a_range_or_a_set_of_its_field() -> Result<(), FilterError> {
    let within = |low, high| Wanted::Within(Span { low, high });
    let among = |values: &[i64]| Wanted::Among(Among::new(values.to_vec()));
    for (text, field, wanted, negated) in [
        ("Recency <= 30", 0, within(i64::MIN, 30), false),
        ("recency between 25 and 35.5", 0, within(25, 35), false),
        ("recency not between 25 and 35", 0, within(25, 35), true),
        ("monetary_gross > 10.005", u32::MAX, Wanted::Missing, false),
        ("monetary.gross > 10.005", 3, within(1_001, i64::MAX), false),
        ("monetary != 5", 2, within(500, 500), true),
        ("rating in (1, 3, 2.5, 3)", 4, among(&[1, 3]), false),
        ("rating in (1, 3, 2)", 4, within(1, 3), false),
        ("rating in (1.5)", 4, within(i64::MAX, i64::MIN), false),
        ("share >= 12.5", 5, within(1_250, i64::MAX), false),
        ("last-order >= '2024-01-05'", 6, within(19_727, i64::MAX), false),
        ("last_order in ('1970-01-02', '1970-01-05')", 6, among(&[1, 4]), false),
        ("repeat", 7, within(1, 1), false),
        ("region = '华东'", 8, within(1, 1), false),
        ("region != 'nowhere'", 8, within(i64::MAX, i64::MIN), true),
        ("region in ('华东', 'App', 'nowhere')", 8, among(&[1, 3]), false),
        ("region = 30", 8, within(5, 5), false),
        ("region like '%p%'", 8, within(2, 3), false),
        ("region not ilike 'APP%'", 8, within(2, 3), true),
        ("region ilike 'NORTH'", 8, within(0, 0), false),
        ("\"会员　等级\" is missing", 9, Wanted::Missing, false),
        ("vip('Big-Spender')", 10, within(1, 1), false),
    ] {
        match leaf(text) {
            Ok(told) => assert_eq!(told, (field, wanted, negated), "{text}"),
            Err(error) => assert_eq!(field, u32::MAX, "{text}: {error}"),
        }
    }
    assert_eq!(bound("")?, Bound::All(vec![]));
    assert_eq!(bound("repeat or not recency <= 1 and region = 'x'")?.fields(), [FieldId(0), FieldId(7), FieldId(8)]);
    assert_eq!(bound("recency <= 1")?.only_range(), Some((FieldId(0), Span { low: i64::MIN, high: 1 })));
    assert_eq!(bound("recency != 1")?.only_range(), None);
    Ok(())
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    for (text, column, part) in [
        ("repeat and reigon = 'x'", 11, "no field `reigon`; did you mean region?"),
        ("gross > 3", 0, "did you mean monetary.gross?"),
        ("等级 = 'x'", 0, "did you mean \"会员 等级\"?"),
        ("colour = 'x'", 0, "no field `colour` (at"),
        ("vip('big spenders')", 4, "no rule `big spenders`; did you mean big spender?"),
        ("recency <= '30'", 11, "recency is a number, and '30' is a text"),
        ("recency in (1, 'x')", 15, "recency is a number"),
        ("recency like '3%'", 0, "recency is no text"),
        ("recency", 0, "recency is not yes or no; compare it, such as recency <= 90"),
        ("recency between 9 and 3", 16, "between 9 and 3 lies nothing"),
        ("recency between 0.1 and 0.09", 16, "lies nothing"),
        ("last_order > 30", 13, "last_order is a date; write it as '2024-01-31' instead of 30"),
        ("last_order > '2023-02-29'", 13, "instead of '2023-02-29'"),
        ("last_order between '2024-01-02' and '2024-01-01'", 19, "between '2024-01-02' and '2024-01-01' lies nothing"),
        ("last_order", 0, "such as last_order >= '2024-01-31'"),
        ("region < 'x'", 9, "texts have no order"),
        ("region between 1 and 2", 15, "texts have no order"),
        ("region", 0, "such as region = 'North'"),
        ("repeat = 1", 0, "repeat is yes or no; write repeat or not repeat"),
    ] {
        let error = bound(text).err();
        let told = error.as_ref().map(|error| (error.column, error.to_string().contains(part)));
        assert_eq!(told, Some((column, true)), "{text}: {error:?}");
    }
}

/// Whether a customer meets a filter, from its text alone: each value compared with each literal.
fn meets(filter: &Filter, value: &dyn Fn(usize) -> Option<i64>) -> bool {
    match filter {
        Filter::And(members) => members.iter().all(|member| meets(member, value)),
        Filter::Or(members) => members.iter().any(|member| meets(member, value)),
        Filter::Not(inner) => !meets(inner, value),
        Filter::Rule(_) => value(FIELDS.len()) == Some(1),
        Filter::Is(name, test) => {
            let field = FIELDS.iter().position(|(field, _)| *field == name.value).unwrap();
            meets_test(test, FIELDS[field].1, value(field))
        }
    }
}

fn meets_test(test: &Test, kind: FieldKind, value: Option<i64>) -> bool {
    let Some(value) = value else { return *test == Test::Missing };
    let order = |literal: &Literal| match (literal, kind) {
        (Literal::Number(number), _) if kind != FieldKind::Text => {
            let scale = kind.scale().unwrap();
            Decimal { mantissa: value.into(), decimals: scale.decimals() }.compare(*number)
        }
        (literal, _) => {
            let text = match literal {
                Literal::Number(number) => number.to_string(),
                Literal::Text(text) => text.clone(),
            };
            TEXTS[value as usize].cmp(&text)
        }
    };
    match test {
        Test::Compare(comparison, literal) => {
            let order = order(&literal.value);
            match comparison {
                Comparison::AtMost => order.is_le(),
                Comparison::AtLeast => order.is_ge(),
                Comparison::Below => order.is_lt(),
                Comparison::Above => order.is_gt(),
                Comparison::Equal => order.is_eq(),
                Comparison::Unequal => order.is_ne(),
            }
        }
        Test::Between { low, high, negated } => (order(&low.value).is_ge() && order(&high.value).is_le()) != *negated,
        Test::In { values, negated } => values.iter().any(|value| order(&value.value).is_eq()) != *negated,
        Test::Like { pattern, negated, .. } => {
            TEXTS[value as usize].contains(pattern.value.trim_matches('%')) != *negated
        }
        Test::Missing => false,
        Test::Flag => value == 1,
    }
}

fn condition() -> impl Strategy<Value = String> {
    let number = || {
        (-40i32..40, 0u32..4).prop_map(|(mantissa, decimals)| {
            Decimal { mantissa: mantissa.into(), decimals: decimals as u8 }.to_string()
        })
    };
    let name = || prop_oneof![Just("recency"), Just("monetary"), Just("rating"), Just("share")];
    let text = || prop::sample::select(vec!["'North'", "'华东'", "'App'", "30", "'nowhere'"]);
    let not = || prop_oneof![Just(""), Just("not ")];
    prop_oneof![
        (name(), prop::sample::select(Comparison::ALL.to_vec()), number())
            .prop_map(|(name, comparison, number)| format!("{name} {} {number}", comparison.sign())),
        (name(), not(), -40i32..40, 0i32..20)
            .prop_map(|(name, not, low, more)| format!("{name} {not}between {low} and {}.5", low.max(0) + more)),
        (name(), not(), prop::collection::vec(number(), 1..5))
            .prop_map(|(name, not, values)| format!("{name} {not}in ({})", values.join(", "))),
        (prop_oneof![Just("="), Just("!=")], text()).prop_map(|(sign, text)| format!("region {sign} {text}")),
        (not(), prop::collection::vec(text(), 1..4))
            .prop_map(|(not, values)| format!("region {not}in ({})", values.join(", "))),
        (not(), prop_oneof![Just("%p%"), Just("%o%"), Just("%North%")])
            .prop_map(|(not, pattern)| format!("region {not}like '{pattern}'")),
        prop::sample::select(vec!["repeat", "vip('big spender')", "true", "false"]).prop_map(str::to_owned),
        prop::sample::select(vec!["recency", "rating", "region", "repeat"])
            .prop_map(|name| format!("{name} is missing")),
    ]
}

fn any_filter() -> impl Strategy<Value = String> {
    condition().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|members| format!("({})", members.join(" and "))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|members| format!("({})", members.join(" or "))),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

/// The value of a customer in each field.
fn customer() -> impl Strategy<Value = Vec<Option<i64>>> {
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|(_, kind)| *kind)
        .chain([FieldKind::Flag])
        .map(|kind| {
            let value = match kind {
                FieldKind::Flag => (0..2i64).boxed(),
                FieldKind::Text => (0..TEXTS.len() as i64).boxed(),
                FieldKind::Money(_) | FieldKind::Share => (-4_000..4_000i64).boxed(),
                _ => (-40..40i64).boxed(),
            };
            prop_oneof![1 => Just(None), 4 => value.prop_map(Some)]
        })
        .collect();
    fields
}

proptest! {
    #[test]
    fn a_mask_takes_whom_the_text_says(
        text in any_filter(),
        customers in prop::collection::vec(customer(), 1..150),
        ways in prop::collection::vec((prop::option::of(-50i64..50), -60i64..60), 1..12),
    ) {
        let filter: Filter = text.parse().unwrap();
        let bound = bind(&filter, &Sample).unwrap();
        let values = (0..=FIELDS.len()).map(|field| customers.iter().map(|of| of[field]).collect()).collect();
        let made = made(values, &ways);
        let mask = Mask::of(&bound, customers.len(), &made);
        let expected: Vec<bool> =
            (0..customers.len()).map(|customer| meets(&filter, &|field| made.values[field][customer])).collect();
        let taken: Vec<bool> = (0..customers.len()).map(|customer| mask.has(customer)).collect();
        prop_assert_eq!(&taken, &expected, "{}", text);
        prop_assert_eq!(mask.kept(), expected.iter().filter(|taken| **taken).count());
        let places: Vec<usize> = mask.places(0..customers.len()).collect();
        prop_assert_eq!(places, (0..customers.len()).filter(|customer| expected[*customer]).collect::<Vec<_>>());
        let others = mask.complement();
        prop_assert_eq!(others.kept(), customers.len() - mask.kept());
        prop_assert_eq!(mask.and(&others).kept(), 0);
        prop_assert_eq!(mask.and(&mask), mask);
    }
}

#[test]
fn chunks_and_words_meet_without_a_gap() -> Result<(), FilterError> {
    for customers in [0usize, 1, 63, 64, 65, 16_383, 16_384, 16_385, 40_000] {
        let values = (0..customers as i64).map(Some).collect();
        let made = made_large(values);
        let mask = Mask::of(&bound("recency > 9 and recency != 16384 or recency = 3")?, customers, &made);
        let taken = |customer: usize| (customer > 9 && customer != 16_384) || customer == 3;
        assert_eq!(mask.kept(), (0..customers).filter(|customer| taken(*customer)).count(), "{customers}");
        assert!((0..customers).all(|customer| mask.has(customer) == taken(customer)), "{customers}");
        assert_eq!(mask.complement().complement(), mask);
        assert_eq!(Mask::of(&bound("")?, customers, &made).kept(), customers);
        assert_eq!(Mask::of(&bound("false")?, customers, &made).kept(), 0);
    }
    Ok(())
}

/// One column without missing values.
fn made_large(values: Vec<Option<i64>>) -> Made {
    let packed = Packed::from_fn(values.len(), |place| values[place].unwrap_or_default());
    Made { columns: HashMap::from([(FieldId(0), (packed, None, None))]), values: vec![values] }
}

#[test]
fn values_at_the_ends_of_what_fits_are_told_apart() -> Result<(), FilterError> {
    let stored = [i64::MIN, -1, 0, i64::MAX];
    for (from, text, expected) in [
        (None, "recency <= -1", [true, true, false, false]),
        (None, "recency >= 9223372036854775807", [false, false, false, true]),
        (None, "recency > 9223372036854775807", [false; 4]),
        (None, "recency != 0", [true, true, false, true]),
        (None, "recency in (-1, 9223372036854775807)", [false, true, false, true]),
        // Values of beyond 64 bits, 1, 0 and beyond: they are above or below all that can be asked.
        (Some(0), "recency >= 1", [true, true, false, false]),
        (Some(0), "recency <= 0", [false, false, true, true]),
        (Some(-1), "recency = 0", [false, true, false, false]),
    ] {
        let columns = HashMap::from([(FieldId(0), (Packed::new(&stored), from, None))]);
        let mask = Mask::of(&bound(text)?, 4, &Made { columns, values: Vec::new() });
        assert_eq!([0, 1, 2, 3].map(|customer| mask.has(customer)), expected, "{from:?} {text}");
    }
    Ok(())
}

#[test]
fn the_sample_knows_its_names() {
    assert!(Sample.names().iter().all(|name| Sample.field(name).is_some()));
}
