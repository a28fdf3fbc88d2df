//! The engine against the definitions: whatever is edited in whatever order, every figure is the one that a naive count of all
//! customers gives, to the customer and to the cent.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use proptest::prelude::*;

use super::analysis::{Analysis, Setting};
use super::fields::Field;
use super::listing::{Column, Key, Listing, Selection, Sort, Trail};
use super::migration::Migration;
use super::plan::{AxisRecipe, Recipe};
use super::summary::Tally;
use crate::model::budget::Budget;
use crate::model::customers::{Axis, Columns, Customers};
use crate::model::cuts::{Closed, Cuts, Method};
use crate::model::day::Day;
use crate::model::filter::{Comparison, Filter, Literal, Placed, Test};
use crate::model::measures::{Measure, Measures, Recency};
use crate::model::money::{Decimal, Scale};
use crate::model::scheme::Scheme;
use crate::model::value::ClvTerms;

const AS_OF: Day = Day(1_000);

/// A customer as the test makes one: days, orders, rows, net, gap in half days.
type Person = (i32, u32, u32, i64, u32);

/// Few values, so that ties abound, and now and then an extreme one.
fn people() -> impl Strategy<Value = Vec<Person>> {
    let money = prop_oneof![20 => -5i64..20, 1 => any::<i32>().prop_map(i64::from), 1 => -1i64 << 40..1 << 40];
    prop::collection::vec((0i32..12, 1u32..6, 0u32..3, money, 0u32..9), 0..3_000)
}

fn customers(people: &[Person]) -> Customers {
    let mut columns = Columns { scale: Scale::CENTS, ..Columns::default() };
    for (number, (days, orders, more, net, gap)) in people.iter().enumerate() {
        columns.ids.push(&format!("{:05}", number * 7_919 % 10_007));
        columns.first_order.push(Day(AS_OF.0 - days - 3));
        columns.last_order.push(Day(AS_OF.0 - days));
        columns.orders.push(*orders);
        columns.days.push(1);
        columns.rows.push(orders + more);
        columns.net.push(*net);
        columns.gross.push(net + i64::from(*more));
        columns.largest_order.push(*net);
        columns.gap.push(*gap);
    }
    columns.pack()
}

/// What a user may do.
#[derive(Clone, Debug)]
enum Edit {
    Move(usize, usize, i64),
    Replace(usize, Vec<i64>, Closed),
    Quantiles(usize, usize),
    Filter(Option<(usize, i64, i64)>),
    Measure(usize),
    Scheme(bool),
    BaselineHere,
    Profile(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let closed = prop_oneof![Just(Closed::Right), Just(Closed::Left)];
    let value = prop_oneof![20 => -6i64..21, 1 => any::<i64>()];
    let values = prop::collection::btree_set(value, 1..=9).prop_map(|values| values.into_iter().collect());
    prop_oneof![
        6 => (0usize..3, 0usize..9, -6i64..21).prop_map(|(axis, cut, value)| Edit::Move(axis, cut, value)),
        2 => (0usize..3, values, closed).prop_map(|(axis, values, closed)| Edit::Replace(axis, values, closed)),
        1 => (0usize..3, 2usize..=10).prop_map(|(axis, bins)| Edit::Quantiles(axis, bins)),
        1 => (0usize..9, -6i64..21, -6i64..21).prop_map(|range| Edit::Filter(Some(range))),
        3 => filter(),
        1 => (0usize..9).prop_map(Edit::Measure),
        1 => any::<bool>().prop_map(Edit::Scheme),
        2 => Just(Edit::BaselineHere),
        3 => (0usize..3).prop_map(Edit::Profile),
    ]
}

/// What a profile may not outlive, mostly.
fn upheaval() -> impl Strategy<Value = Edit> {
    prop_oneof![4 => filter(), 2 => (0usize..9).prop_map(Edit::Measure), 2 => edit()]
}

/// A filter that leaves some, mostly, or none any more.
fn filter() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (0usize..9, -6i64..4, 3i64..21).prop_map(|range| Edit::Filter(Some(range))),
        1 => Just(Edit::Filter(None)),
    ]
}

fn scheme(fine: bool) -> Arc<Scheme> {
    let segments: Vec<String> = if fine {
        (0..5)
            .map(|part| format!("[[segment]]\nname = \"S{part}\"\ntotal = [{}, {}]", part * 20, part * 20 + 20))
            .collect()
    } else {
        vec!["[[segment]]\nname = \"S4\"\nranges = [{ r = \"2-3\", f = \"2\" }]\n[[segment]]\nname = \"Low\"\nranges = [{ m = \"1\" }]".to_owned()]
    };
    let text = format!("name = \"own\"\ntitle = \"Own\"\n{}", segments.join("\n"));
    Arc::new(Scheme::parse(&text).expect("the test's scheme parses"))
}

fn start(people: &[Person]) -> Analysis {
    let follow = |bins| AxisRecipe::Follow { method: Method::RCompat, bins, closed: Closed::Left };
    let recipe = Recipe {
        scheme: (*scheme(true)).clone(),
        measures: Measures::default(),
        axes: [follow(5), follow(3), follow(4)],
        data_filter: Filter::default(),
        filter: Filter::default(),
        rules: Vec::new(),
        budget: Budget::default(),
        clv: ClvTerms::default(),
        notes: Vec::new(),
    };
    Analysis::of(Arc::new(customers(people)), AS_OF, None, recipe).expect("any bins fit the scheme")
}

/// Carries an edit out; a setting that a user could not reach either is passed over.
fn carry_out(analysis: &mut Analysis, edit: &Edit) {
    let mut setting = analysis.setting().clone();
    match edit {
        Edit::Move(axis, cut, value) => {
            let cuts = &setting.cuts[*axis];
            setting = setting.with_cuts(cuts.moved(cut % cuts.cuts().len(), *value));
        }
        Edit::Replace(axis, values, closed) => {
            setting = setting.with_cuts(Cuts::fixed(Axis::ALL[*axis], *closed, values).expect("rising values"));
        }
        Edit::Quantiles(axis, bins) => {
            let made = analysis.population().cuts(Axis::ALL[*axis], Method::Quantile, *bins, Closed::Right);
            setting = setting.with_cuts(made.expect("2 to 10 bins"));
        }
        Edit::Filter(range) => {
            let condition = |(measure, low, high): (usize, i64, i64)| {
                let measure = Measure::ALL[measure];
                let decimals = measure.scale(Scale::CENTS).decimals();
                let at = |value: i64| Placed::new(Literal::Number(Decimal { mantissa: value.into(), decimals }), 0);
                let test = match (low % 5, high % 5) {
                    (0, 0) => Test::Compare(Comparison::Equal, at(low)),
                    (0, _) => Test::Compare(Comparison::AtMost, at(high)),
                    (_, 0) => Test::Compare(Comparison::Above, at(low)),
                    _ => Test::Between { low: at(low.min(high)), high: at(low.max(high)), negated: low % 3 == 1 },
                };
                let name = format!("{}.{measure}", measure.axis().name());
                Filter::Is(Placed::new(name, 0), test)
            };
            // Segments are a filter, too: the cuts that move then move who is looked at.
            let segment = range.filter(|(measure, ..)| *measure == 0).map(|_| Placed::new("segment".to_owned(), 0));
            let low = Test::Compare(Comparison::Unequal, Placed::new(Literal::Text("Low".to_owned()), 0));
            let conditions = range.map(condition).into_iter().chain(segment.map(|name| Filter::Is(name, low)));
            setting.filter = Arc::new(Filter::all_of(conditions));
        }
        Edit::Measure(measure) => setting.measures = setting.measures.with(Measure::ALL[*measure]),
        Edit::Scheme(fine) => setting.scheme = scheme(*fine),
        Edit::BaselineHere => return analysis.compare(Some(Arc::new(setting))).expect("the setting fits"),
        Edit::Profile(axis) => {
            if let Some(request) = analysis.profile_wanted(Axis::ALL[*axis]) {
                analysis.adopt(Arc::new(request.build()));
            }
            return;
        }
    }
    analysis.apply(setting).expect("any bins fit the schemes");
}

/// The definitions, one customer at a time.
struct Naive<'a> {
    people: &'a [Person],
    usual: i64,
}

impl<'a> Naive<'a> {
    fn new(people: &'a [Person]) -> Self {
        let mut gaps: Vec<i64> = people.iter().map(|person| person.4.into()).filter(|gap| *gap > 0).collect();
        gaps.sort_unstable();
        let usual = match gaps.len() {
            0 => 2,
            count => (gaps[(count - 1) / 2] + gaps[count / 2] + 1) / 2,
        };
        Self { people, usual }
    }

    fn value(&self, measure: Measure, person: usize) -> i64 {
        let (days, orders, more, net, gap) = self.people[person];
        let rounded = |sum: i64, count: i64| {
            let size = (2 * i128::from(sum).abs() + i128::from(count)) / (2 * i128::from(count));
            if sum < 0 { -size as i64 } else { size as i64 }
        };
        match measure.name() {
            _ if measure == Measure::Recency(Recency::Days) => days.into(),
            // Hundredths, of gaps in half days.
            "own-gap" => rounded(i64::from(days) * 200, if gap > 0 { gap.into() } else { self.usual }),
            "days" => 1,
            "orders" => orders.into(),
            "rows" => (orders + more).into(),
            "gross" => net + i64::from(more),
            "mean-order" => rounded(net, orders.into()),
            _ => net,
        }
    }

    fn scores(&self, setting: &Setting, person: usize) -> [u8; 3] {
        Axis::ALL.map(|axis| {
            let cuts = &setting.cuts[axis.index()];
            let value = self.value(setting.measures.of(axis), person);
            let below = cuts.cuts().iter().filter(|cut| cut.bound() < value).count();
            (if axis == Axis::Recency { cuts.bins() - below } else { below + 1 }) as u8
        })
    }

    /// The segment by the scheme's own words: the first that takes the cell.
    fn segment(&self, setting: &Setting, person: usize) -> String {
        let [r, f, m] = self.scores(setting, person);
        if setting.scheme.segments.len() == 5 {
            let most: u32 = setting.cuts.iter().map(|cuts| cuts.bins() as u32 - 1).sum();
            let total = u32::from(r) + u32::from(f) + u32::from(m) - 3;
            return format!("S{}", (total * 5 / most).min(4));
        }
        match (r, f, m) {
            (2..=3, 2, _) => "S4".to_owned(),
            (_, _, 1) => "Low".to_owned(),
            _ => "(no segment)".to_owned(),
        }
    }

    fn looked_at(&self, setting: &Setting) -> Vec<usize> {
        // The test's conditions are written with the decimals of what they are on, so that mantissas compare.
        let number = |literal: &Placed<Literal>| match &literal.value {
            Literal::Number(number) => number.mantissa,
            Literal::Text(_) => unreachable!("the test's measures are compared with numbers"),
        };
        let within = |condition: &Filter, person: usize| {
            let Filter::Is(name, test) = condition else { unreachable!("the test's conditions are of one field") };
            if name.value == "segment" {
                return self.segment(setting, person) != "Low";
            }
            let measure: Measure = name.value.parse().expect("a measure by its name");
            let value = i128::from(self.value(measure, person));
            match test {
                Test::Compare(Comparison::Equal, at) => value == number(at),
                Test::Compare(Comparison::AtMost, at) => value <= number(at),
                Test::Compare(_, at) => value > number(at),
                Test::Between { low, high, negated } => (number(low)..=number(high)).contains(&value) != *negated,
                _ => unreachable!("the test asks nothing else"),
            }
        };
        let all = |person: &usize| setting.filter.conditions().iter().all(|condition| within(condition, *person));
        (0..self.people.len()).filter(all).collect()
    }

    fn tally(&self, person: usize) -> Tally {
        let (_, orders, _, net, _) = self.people[person];
        Tally { customers: 1, orders: orders.into(), revenue: net }
    }

    fn by<K: Ord>(&self, setting: &Setting, key: impl Fn(usize) -> K) -> BTreeMap<K, Tally> {
        let mut groups: BTreeMap<K, Tally> = BTreeMap::new();
        for person in self.looked_at(setting) {
            *groups.entry(key(person)).or_default() += self.tally(person);
        }
        groups
    }
}

fn check(analysis: &Analysis, naive: &Naive<'_>) -> Result<(), TestCaseError> {
    let setting = analysis.setting();
    let cells: BTreeMap<_, _> = analysis.summary().cells().filter(|(_, tally)| tally.customers > 0).collect();
    prop_assert_eq!(cells, naive.by(setting, |person| naive.scores(setting, person)));
    let segments: BTreeMap<String, Tally> = analysis
        .segments()
        .into_iter()
        .enumerate()
        .filter(|(_, tally)| tally.customers > 0)
        .map(|(segment, tally)| (analysis.scheme().segment_name(segment).to_owned(), tally))
        .collect();
    prop_assert_eq!(segments, naive.by(setting, |person| naive.segment(setting, person)));
    let Some((baseline, _)) = analysis.baseline() else { return Ok(()) };
    let migration = Migration::of(analysis).expect("there is a baseline");
    let mut table = BTreeMap::new();
    for from in 0..migration.from.len() {
        for to in 0..migration.to.len() {
            if migration.tally(from, to).customers > 0 {
                table.insert((migration.from[from].clone(), migration.to[to].clone()), migration.tally(from, to));
            }
        }
    }
    let both = |person: usize| (naive.segment(baseline, person), naive.segment(setting, person));
    prop_assert_eq!(table, naive.by(setting, both));
    Ok(())
}

/// What a list may be sorted by; those that follow the cuts come last.
const SORTABLE: [Column; 8] = [
    Column::Axis(Axis::Recency),
    Column::Axis(Axis::Monetary),
    Column::CUSTOMER,
    Column::Field(Field::Gap),
    Column::Field(Field::LastOrder),
    Column::Field(Field::Segment),
    Column::Field(Field::Score(Axis::Frequency)),
    Column::Scores,
];

/// A sort by some of them, as far as one can be asked for.
fn sort_of(keys: &[(usize, bool)]) -> Sort {
    let key = |(column, descending): &(usize, bool)| Key { column: SORTABLE[*column], descending: *descending };
    let first = key(&keys[0]);
    let start = Sort::new(first.column, first.descending);
    keys[1..].iter().fold(start, |sort, next| sort.then(key(next)).unwrap_or(sort))
}

/// Who comes first in a list: groups by what follows the cuts, then the other keys, whoever has no value last, then places.
fn naive_order(analysis: &Analysis, naive: &Naive<'_>, sort: Sort, [one, other]: [usize; 2]) -> Ordering {
    let setting = analysis.setting();
    let value = |column: Column, person: usize| -> Option<i64> {
        let (days, .., gap) = naive.people[person];
        let scores = naive.scores(setting, person);
        match column {
            Column::Axis(axis) => Some(naive.value(setting.measures.of(axis), person)),
            Column::CUSTOMER => Some((person * 7_919 % 10_007) as i64),
            Column::Field(Field::Gap) => Some(i64::from(gap)).filter(|gap| *gap > 0),
            Column::Field(Field::LastOrder) => Some(-i64::from(days)),
            Column::Field(Field::Segment) => {
                let name = naive.segment(setting, person);
                (0..analysis.map().shown()).position(|s| analysis.scheme().segment_name(s) == name).map(|s| s as i64)
            }
            Column::Field(Field::Score(axis)) => Some(scores[axis.index()].into()),
            _ => Some(scores.iter().fold(0, |all, score| all * 100 + i64::from(*score))),
        }
    };
    let mut keys: Vec<Key> = sort.keys().collect();
    if keys.iter().all(|key| key.column.follows_cuts()) {
        keys.push(Key { column: Column::Axis(Axis::Monetary), descending: true });
    }
    for key in &keys {
        let order = match (value(key.column, one), value(key.column, other)) {
            (Some(a), Some(b)) if key.descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
        };
        if order.is_ne() {
            return order;
        }
    }
    let backwards = keys.iter().find(|key| !key.column.follows_cuts()).is_some_and(|key| key.descending);
    if backwards { other.cmp(&one) } else { one.cmp(&other) }
}

/// The list against a sort of everybody.
fn check_list(
    analysis: &Analysis,
    trails: &mut HashMap<Column, Arc<Trail>>,
    naive: &Naive<'_>,
    sort: Sort,
    pick: usize,
    from: usize,
) -> Result<(), TestCaseError> {
    let setting = analysis.setting();
    let segments = analysis.map().shown();
    let baseline = analysis.baseline();
    let selection = match (pick % 4, baseline) {
        (0, _) => Selection::All,
        (1, _) => Selection::Cells([Some(pick as u8 % 3 + 1), None, Some(1)]),
        (2, Some((_, map))) => {
            let from = (!pick.is_multiple_of(5)).then_some(pick % map.shown());
            Selection::Moved(from, (!pick.is_multiple_of(3)).then_some(pick % segments))
        }
        _ => Selection::Segment(pick % segments),
    };
    let wanted = |person: &usize| match selection {
        Selection::All | Selection::These(_) => true,
        Selection::Cells(pattern) => super::summary::matches(pattern, naive.scores(setting, *person)),
        Selection::Segment(segment) => analysis.scheme().segment_name(segment) == naive.segment(setting, *person),
        Selection::Moved(from, to) => {
            let Some((baseline, _)) = baseline else { return false };
            let (before, now) = (naive.segment(baseline, *person), naive.segment(setting, *person));
            let is_from = from.is_none_or(|from| before == baseline.scheme.segment_name(from));
            let is_to = to.is_none_or(|to| analysis.scheme().segment_name(to) == now);
            is_from && is_to && (before != now || from.is_some() && to.is_some())
        }
    };
    let mut expected: Vec<usize> = naive.looked_at(setting).into_iter().filter(wanted).collect();
    expected.sort_by(|one, other| naive_order(analysis, naive, sort, [*one, *other]));
    let mut listing = Listing::new(analysis, sort, selection);
    // The first page, before everybody is sorted.
    let unsorted = Listing::new(analysis, Sort::default(), selection);
    if let Some(request) = unsorted.sort_wanted(analysis, sort) {
        let first: Vec<usize> = request.first_page(40).customers().iter().map(|one| *one as usize).collect();
        prop_assert_eq!(&first[..], &expected[..expected.len().min(40)], "first page {:?} {:?}", selection, sort);
    }
    // With and without a trail, and with one that was made before the filter, the cuts or the measures it is used under.
    if let Some(trail) = trails.get(&sort.first().column).cloned() {
        listing.take_trail(trail);
    }
    if pick >= 16
        && let Some(request) = listing.trail_wanted(analysis)
    {
        let trail = Arc::new(request.build());
        trails.insert(sort.first().column, Arc::clone(&trail));
        listing.take_trail(trail);
    }
    prop_assert_eq!(listing.len(), expected.len());
    let from = from % (expected.len() + 2);
    if let Some(person) = expected.get(from) {
        prop_assert_eq!(listing.place_of(analysis, *person as u32), Some(from), "{:?} {:?}", selection, sort);
    }
    let listed = listing.everybody(analysis);
    prop_assert!(listed.iter().is_sorted() && listed.len() == expected.len());
    let page: Vec<usize> = expected.into_iter().skip(from).take(40).collect();
    let shown: Vec<usize> = listing.customers(analysis, from, 40).into_iter().map(|one| one as usize).collect();
    prop_assert_eq!(shown, page, "{:?} {:?} from {}", selection, sort, from);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_leaves_the_figures_of_the_definitions(
        people in people(),
        edits in prop::collection::vec(edit(), 1..14),
        lists in prop::collection::vec(
            (prop::collection::vec((0usize..SORTABLE.len(), any::<bool>()), 1..4), 0usize..64, any::<u16>()),
            14,
        ),
    ) {
        let naive = Naive::new(&people);
        let (mut analysis, mut trails) = (start(&people), HashMap::new());
        check(&analysis, &naive)?;
        for (edit, (keys, pick, from)) in edits.iter().zip(lists) {
            carry_out(&mut analysis, edit);
            check(&analysis, &naive)?;
            check_list(&analysis, &mut trails, &naive, sort_of(&keys), pick, from.into())?;
        }
    }

    /// Whoever is looked at and whatever is measured changes between the building of a profile and its use, or before it is
    /// there at all: it must tell of those it was built for, or of nobody.
    #[test]
    fn a_profile_tells_of_nobody_but_those_it_was_built_for(
        people in people(),
        rounds in prop::collection::vec(
            (0usize..3, upheaval(), any::<bool>(), prop::collection::vec((0usize..9, -6i64..21), 1..4)),
            1..6,
        ),
    ) {
        let naive = Naive::new(&people);
        let mut analysis = start(&people);
        for (axis, upheaval, late, moves) in rounds {
            let profile = analysis.profile_wanted(Axis::ALL[axis]).map(|request| Arc::new(request.build()));
            if let Some(profile) = profile.clone().filter(|_| !late) {
                analysis.adopt(profile);
            }
            carry_out(&mut analysis, &upheaval);
            if let Some(profile) = profile.filter(|_| late) {
                analysis.adopt(profile);
            }
            for (cut, value) in moves {
                carry_out(&mut analysis, &Edit::Move(axis, cut, value));
                check(&analysis, &naive)?;
            }
        }
    }
}
