use proptest::prelude::*;
use sqlparser::keywords::ALL_KEYWORDS;

use super::*;

fn filter(text: &str) -> Result<Filter, FilterError> {
    text.parse()
}

fn is(name: &str, test: Test) -> Filter {
    Filter::Is(name.into(), test)
}

fn number(mantissa: i128, decimals: u8) -> Placed<Literal> {
    Placed::new(Literal::Number(Decimal { mantissa, decimals }), 0)
}

fn text(text: &str) -> Placed<Literal> {
    Placed::new(Literal::Text(text.to_owned()), 0)
}

#[test]
fn a_text_is_the_filter_it_says() -> Result<(), FilterError> {
    let at_most = |name, days| is(name, Test::Compare(Comparison::AtMost, number(days, 0)));
    for (line, expected) in [
        ("", Filter::And(vec![])),
        ("true", Filter::And(vec![])),
        ("false", Filter::Or(vec![])),
        ("recency <= 30", at_most("recency", 30)),
        (
            "recency <= 30 and (monetary.gross > -10.005 and repeat)",
            Filter::And(vec![
                at_most("recency", 30),
                is("monetary.gross", Test::Compare(Comparison::Above, number(-10_005, 3))),
                is("repeat", Test::Flag),
            ]),
        ),
        (
            "a or b and not c",
            Filter::Or(vec![
                is("a", Test::Flag),
                Filter::And(vec![is("b", Test::Flag), Filter::Not(Box::new(is("c", Test::Flag)))]),
            ]),
        ),
        ("not not (`会员 等级` <> 'it''s')", is("会员 等级", Test::Compare(Comparison::Unequal, text("it's")))),
        (
            "region not in ('华东', 3) or age between 25 and 35",
            Filter::Or(vec![
                is("region", Test::In { values: vec![text("华东"), number(3, 0)], negated: true }),
                is("age", Test::Between { low: number(25, 0), high: number(35, 0), negated: false }),
            ]),
        ),
        (
            "channel ilike 'app%' and phone is not missing",
            Filter::And(vec![
                is("channel", Test::Like { pattern: "app%".into(), any_case: true, negated: false }),
                Filter::Not(Box::new(is("phone", Test::Missing))),
            ]),
        ),
        ("last_order >= date '2024-01-05'", is("last_order", Test::Compare(Comparison::AtLeast, text("2024-01-05")))),
        ("30 >= recency", at_most("recency", 30)),
        ("VIP('big spender')", Filter::Rule("big spender".into())),
    ] {
        assert_eq!(filter(line)?, expected, "{line}");
    }
    Ok(())
}

#[test]
fn a_filter_is_written_in_one_form() -> Result<(), FilterError> {
    for (line, canonical) in [
        ("", ""),
        ("  \n", ""),
        ("recency<=30", "recency <= 30"),
        ("recency <= 30 AND\nmonetary>+10.50", "recency <= 30 and monetary > 10.50"),
        ("(a) or ((b and c))", "a or b and c"),
        ("(a or b) and c", "(a or b) and c"),
        ("not (a = 1)", "not a = 1"),
        ("NOT(a AND b)", "not (a and b)"),
        ("not true or false and a", "not true or false and a"),
        ("x is not null", "x is not missing"),
        ("x is null", "x is missing"),
        ("not x is missing", "x is not missing"),
        ("x <> 1e3", "x != 1000"),
        ("x between -.5 and (2)", "x between -0.5 and 2"),
        ("monetary.mean-order >= 5", "monetary.mean-order >= 5"),
        ("\"region\" in('a' , 'b''c')", "region in ('a', 'b''c')"),
        ("`a\"b` not like '%'", "\"a\"\"b\" not like '%'"),
        ("\"and\" or case = 'x'", "\"and\" or case = 'x'"),
        ("\"a\".\"b c\"", "\"a.b c\""),
        ("ａｇｅ > 1", "ａｇｅ > 1"),
        ("missing is missing", "missing is missing"),
        ("vip = 1 and vip ( 'x' )", "vip = 1 and vip('x')"),
    ] {
        assert_eq!(filter(line)?.to_string(), canonical, "{line}");
    }
    Ok(())
}

#[test]
fn a_problem_is_told_with_its_place() {
    let mut wrong = Vec::new();
    for (line, column, part) in [
        ("recency <= 3 and", 16, "ends where a name or a value"),
        ("recency <=  ", 10, "ends where a name or a value"),
        (", recency <= 3", 0, "`,` stands where a name"),
        ("and a", 0, "`and` stands where"),
        ("a and and b", 6, "`and` stands where"),
        ("(a or b", 7, "ends where ) is missing"),
        ("a)", 1, "`)` is not expected"),
        ("recency 30", 8, "`30` is not expected"),
        ("recency is 30", 11, "missing or not missing"),
        ("recency is", 10, "ends where missing or not missing"),
        ("recency == 3", 8, "`==` has no meaning in a filter; write ="),
        ("a && b", 2, "write and"),
        ("a || b", 2, "write or"),
        ("!a", 0, "write not"),
        ("recency ≤ 3", 8, "write <="),
        ("region ＝ 'x'", 7, "write ="),
        ("region = ‘x’", 9, "write '"),
        ("region in （'x')", 10, "write ("),
        ("重要 = 'x", 5, "' is not closed"),
        ("重要\n  = \"x", 7, "\" is not closed"),
        ("monetary > 1,000", 12, "no thousands separators"),
        ("monetary > 1e40", 11, "out of the range"),
        ("region = North", 9, "`North` is no value; write a number, or a text in single quotes"),
        ("region = \"North\"", 9, "`\"North\"` is no value"),
        ("region in ('a', b)", 16, "`b` is no value"),
        ("recency < gap", 10, "`gap` is no value"),
        ("region = null", 9, "write is missing"),
        ("30", 0, "`30` is no condition"),
        ("a and -3", 7, "is no condition"),
        ("'x' = 'y'", 0, "`'x'` is no name"),
        ("(a, b)", 1, "is no condition"),
        ("a + 1 > 3", 0, "cannot have arithmetic"),
        ("a > 3 * 2", 4, "cannot have arithmetic"),
        ("a > -(3)", 6, "cannot have arithmetic"),
        ("a = b = 3", 0, "comparison of comparisons"),
        ("(a or b) = 3", 1, "a condition in the place of a name"),
        ("sum(a) > 3", 0, "the function `sum`"),
        ("lower(region) = 'x'", 0, "the function `lower`"),
        ("a and cast(b as int) = 3", 13, "`as` stands where"),
        ("a::int = 3", 1, "casts"),
        ("a in (select b from c)", 6, "cannot have subqueries"),
        ("a and exists (select 1)", 14, "cannot have subqueries"),
        ("(select 1) = 1", 1, "cannot have subqueries"),
        ("case when a then b end", 5, "cannot have `when`"),
        ("a > interval '1 day'", 4, "cannot have `interval`"),
        ("a like 'x' escape '!'", 11, "cannot have `escape`"),
        ("a similar to 'x'", 2, "cannot have `similar`"),
        ("a collate x = 'y'", 2, "cannot have `collate`"),
        ("a is true", 0, "is true and is false"),
        ("a is unknown", 5, "cannot have `unknown`"),
        ("a[1] = 2", 1, "subscripts"),
        ("a ~ 'x'", 2, "regular expressions"),
        ("a = ?", 4, "placeholders"),
        ("a = 1 -- always", 6, "comments"),
        ("a = 1 /* always */", 6, "comments"),
        ("a = N'x'", 4, "texts are in single quotes"),
        ("a = 1;", 5, "`;` has no meaning"),
        ("a in ()", 6, "`)` stands where"),
        ("a = any(1)", 4, "the function `any`"),
        ("vip(3)", 0, "vip takes the name of one rule"),
        ("vip('a', 'b')", 0, "vip takes the name of one rule"),
        ("vip()", 0, "vip takes the name of one rule"),
        ("a = 1\u{1b}[31m", 5, "\u{fffd}"),
    ] {
        let error = filter(line).err();
        let told = error.as_ref().map(|error| (error.column, error.problem.to_string().contains(part)));
        if told != Some((column, true)) {
            wrong.push(format!("{line}: {error:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(filter("recency").is_ok());
    assert!(filter("recency <").is_err_and(|error| error.to_string().ends_with("(at character 10)")));
}

#[test]
fn names_and_values_know_where_they_stand() -> Result<(), FilterError> {
    let read = filter("重要 = 'x'\nand `b c` in (1,\n -2) and vip('r')")?;
    let Filter::And(members) = &read else { panic!("{read}") };
    let [Filter::Is(first, Test::Compare(_, value)), Filter::Is(second, Test::In { values, .. }), Filter::Rule(rule)] =
        members.as_slice()
    else {
        panic!("{members:?}")
    };
    assert_eq!([first.at, value.at, second.at, values[0].at, values[1].at, rule.at], [0, 5, 13, 23, 28, 39]);
    Ok(())
}

#[test]
fn what_has_no_end_is_refused() {
    let chain = vec!["a"; 2_000].join(" and ");
    assert!(matches!(filter(&chain).map_err(|error| error.problem), Err(FilterProblem::Long(_))));
    assert!(filter(&vec!["a"; 400].join(" and ")).is_ok());
    let list = format!("a in ({})", vec!["1"; 20_000].join(", "));
    assert!(filter(&list).is_ok());
    for deep in
        ["(", "not (", "not ", "- ", "a = (", "vip(", "case ", "interval ", "a or (b and (", "cast(", "(select ("]
    {
        for times in [30, 60, 300] {
            let text = format!("{}a", deep.repeat(times));
            assert!(filter(&text).is_err() || deep == "not ", "{text}");
        }
    }
    let deep = format!("{}a{}", "a or (b and (".repeat(9), "))".repeat(9));
    assert!(matches!(filter(&deep).map_err(|error| error.problem), Err(FilterProblem::Nested(_))));
}

#[test]
fn every_word_of_sql_can_be_a_name() {
    for word in ALL_KEYWORDS {
        let word = word.to_lowercase();
        for test in [
            Test::Flag,
            Test::Missing,
            Test::Compare(Comparison::Equal, text("x")),
            Test::In { values: vec![number(1, 0)], negated: true },
            Test::Between { low: number(1, 0), high: number(2, 0), negated: false },
            Test::Like { pattern: "x".into(), any_case: false, negated: false },
        ] {
            let one = is(&word, test);
            for filter in [one.clone(), one.clone().negated(), Filter::all_of([one.clone(), is("a", Test::Flag), one])]
            {
                assert_eq!(filter.to_string().parse(), Ok(filter.clone()), "{filter}");
            }
        }
    }
}

#[test]
fn building_keeps_the_shape_that_reads_back() {
    let flag = |name: &str| is(name, Test::Flag);
    let both = Filter::all_of([flag("a"), Filter::all_of([flag("b"), flag("c")]), Filter::default()]);
    assert_eq!(both.conditions(), [flag("a"), flag("b"), flag("c")]);
    assert_eq!(Filter::all_of([flag("a")]), flag("a"));
    assert_eq!(flag("a").conditions(), [flag("a")]);
    assert!(Filter::all_of([]).is_empty() && Filter::all_of([]).conditions().is_empty());
    let any = Filter::any_of([flag("a"), Filter::any_of([flag("b"), flag("c")])]);
    assert_eq!(any.to_string(), "a or b or c");
    assert_eq!(any.clone().negated().to_string(), "not (a or b or c)");
    assert_eq!(any.clone().negated().negated(), any);
    assert_eq!(Filter::any_of([]).to_string(), "false");
    assert_eq!(Filter::default().negated().to_string(), "not true");
}

#[test]
fn chips_are_switched_and_turned_one_by_one() -> Result<(), FilterError> {
    let mut chips = Chips::of(&filter("a and not (b or c) and d = 1")?);
    assert_eq!(chips.filter().to_string(), "a and not (b or c) and d = 1");
    let before = chips.clone();
    chips.toggle(0);
    chips.negate(1);
    chips.negate(2);
    assert_eq!(chips.filter().to_string(), "(b or c) and not d = 1");
    chips.add(&filter("a and e")?);
    assert_eq!(chips.filter().to_string(), "a and (b or c) and not d = 1 and e");
    assert_eq!(chips.all().len(), 4);
    // The other way round it is another chip.
    chips.add(&filter("d = 1")?);
    assert_eq!(chips.all().len(), 5);
    assert_eq!(chips.remove(1).map(|chip| chip.filter().to_string()), Some("b or c".to_owned()));
    assert_eq!(chips.remove(9), None);
    chips.toggle(9);
    assert_eq!(chips.filter().to_string(), "a and not d = 1 and e and d = 1");
    assert_ne!(chips, before);
    assert!(Chips::default().filter().is_empty());
    Ok(())
}

fn literal() -> impl Strategy<Value = Placed<Literal>> {
    prop_oneof![
        (-3_000i128..3_000, 0u8..5).prop_map(|(mantissa, decimals)| number(mantissa, decimals)),
        "[a'\"%华 \\\\]{0,4}".prop_map(|typed| text(&typed)),
    ]
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        (0..Comparison::ALL.len(), literal()).prop_map(|(at, value)| Test::Compare(Comparison::ALL[at], value)),
        (literal(), literal(), any::<bool>()).prop_map(|(low, high, negated)| Test::Between { low, high, negated }),
        (prop::collection::vec(literal(), 1..4), any::<bool>())
            .prop_map(|(values, negated)| Test::In { values, negated }),
        ("[a%_'\\\\]{0,4}", any::<bool>(), any::<bool>()).prop_map(|(pattern, any_case, negated)| Test::Like {
            pattern: pattern.as_str().into(),
            any_case,
            negated
        }),
        Just(Test::Missing),
        Just(Test::Flag),
    ]
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        8 => ("[a-cN_.\" 华-]{0,4}|and|is|missing|vip|date|select|true", test())
            .prop_map(|(name, test)| is(&name, test)),
        1 => "[a' ]{0,3}".prop_map(|rule| Filter::Rule(rule.as_str().into())),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::all_of),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::any_of),
            inner.prop_map(Filter::negated),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn a_filter_reads_back_from_its_text(filter in any_filter()) {
        prop_assert_eq!(filter.to_string().parse(), Ok(filter));
    }

    #[test]
    fn chips_hold_the_filter_they_are_made_of(filter in any_filter()) {
        prop_assert_eq!(Chips::of(&filter).filter(), filter);
    }

    #[test]
    fn no_text_is_beyond_reading(
        line in "\\PC{0,20}|[a-z<>=!.,()' 0-9\"\n-]{0,30}|((a|b c|not|and|or|in|is|missing|between|'x'|3|<=|=|\\(|\\)|,|like|-|\\*|date|vip|select|case) ?){0,12}",
    ) {
        match line.parse::<Filter>() {
            Ok(filter) => prop_assert_eq!(filter.to_string().parse(), Ok(filter)),
            Err(error) => prop_assert!(error.column <= line.chars().count()),
        }
    }
}
