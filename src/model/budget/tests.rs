use proptest::prelude::*;

use super::*;

fn budget(text: &str) -> Result<Budget, BudgetError> {
    text.parse()
}

fn segment(name: &str, customers: u64, revenue: i64) -> Segment<'_> {
    Segment { name, customers, revenue }
}

#[test]
fn budgets_are_read_and_written_in_one_form() -> Result<(), BudgetError> {
    for (text, canonical) in [
        ("", ""),
        ("Champions: 5 + 2 %; Loyal: 3; *: 0.50", "Champions: 5 + 2 %; Loyal: 3; *: 0.50"),
        ("Champions:2%+5;", "Champions: 5 + 2 %"),
        ("At risk: 0", "At risk: 0"),
        ("'A: b; c' : 1e3", "'A: b; c': 1000"),
        ("'*': 1; *: 2", "'*': 1; *: 2"),
        ("重要客户: .5%", "重要客户: 0.5 %"),
    ] {
        assert_eq!(budget(text)?.to_string(), canonical, "{text}");
    }
    assert!(budget("")?.is_empty());
    Ok(())
}

#[test]
fn a_problem_is_told_with_its_place() {
    for (text, column, part) in [
        ("Champions", 0, "a segment and a colon are missing"),
        ("Loyal: 3; : 4", 10, "a segment and a colon are missing"),
        (" ; ", 1, "a segment and a colon are missing"),
        ("'': 4", 0, "a segment and a colon are missing"),
        ("'Loyal: 4", 0, "quote that opens here"),
        ("Loyal: 3; 重要: 4; Loyal: 5", 17, "`Loyal` has a cost already"),
        ("*: 3; *: 4", 6, "`*` has a cost already"),
        ("Loyal:", 6, "a cost is missing"),
        ("Loyal: ; *: 3", 7, "a cost is missing"),
        ("Loyal: 3 +", 10, "a cost is missing"),
        ("Loyal: +3", 7, "a cost is missing"),
        ("Loyal: %", 7, "a cost is missing"),
        ("Loyal: 1,000", 7, "`1,000` is not a number"),
        ("Loyal: -1", 7, "0 to 1000000000"),
        ("Loyal: 1000000000.01", 7, "0 to 1000000000"),
        ("Loyal: 0.0000001", 7, "at most 6 decimals"),
        ("Loyal: 1 + 100.1 %", 11, "0 to 100 %"),
        ("Loyal: -0.1 %", 7, "0 to 100 %"),
        ("Loyal: 1 + 2", 11, "one cost for each customer"),
        ("Loyal: 1 % + 2 %", 13, "one cost for each customer"),
        ("Loyal: 1, VIP: 2", 7, "`1,` is not a number"),
        ("Loyal: 1 VIP: 2", 9, "`VIP:` is not expected"),
        ("Loyal\u{202e}: 1", 5, "control or invisible"),
    ] {
        let error = budget(text).err();
        let told = error.as_ref().map(|error| (error.column, error.problem.to_string().contains(part)));
        assert_eq!(told, Some((column, true)), "{text}: {error:?}");
    }
}

#[test]
fn a_bill_is_exact_and_adds_up() -> Result<(), BudgetError> {
    let budget = budget("Champions: 5 + 2 %; Loyal: 3; Gone: 7; *: 0.125 + 0.5 %")?;
    let segments = [
        segment("Champions", 100, 1_000_050),
        segment("Loyal", 7, 5_000),
        segment("New", 1, 100),
        segment("Lost", 3, -5_000),
    ];
    let bill = budget.bill(&segments, Scale::CENTS);
    let told: Vec<_> =
        bill.lines.iter().map(|line| (line.name.as_str(), line.heads, line.share, line.cost())).collect();
    // 2 % of 10,000.50 is 200.01; 0.125 is 0.13 and 0.005 is 0.01; no rate is taken of less than nothing.
    let expected =
        [("Champions", 50_000, 20_001, 70_001), ("Loyal", 2_100, 0, 2_100), ("New", 13, 1, 14), ("Lost", 38, 0, 38)];
    assert_eq!(told, expected);
    let total = &bill.total;
    assert_eq!((total.customers, total.revenue, total.heads, total.share), (111, 1_000_150, 52_151, 20_002));
    assert_eq!((total.cost(), bill.absent), (72_153, vec!["Gone".to_owned()]));
    Ok(())
}

#[test]
fn each_line_is_rounded_once_so_that_the_sum_of_lines_is_the_total() -> Result<(), BudgetError> {
    let budget = budget("*: 0.005 + 33.3333 %")?;
    // 0.5 of a cent rounds up; a third of 0.01 does not, a third of 0.02 does.
    let bill = budget.bill(&[segment("A", 1, 1), segment("B", 1, 2), segment("C", 3, 100)], Scale::CENTS);
    let costs: Vec<_> = bill.lines.iter().map(|line| (line.heads, line.share)).collect();
    assert_eq!(costs, [(1, 0), (1, 1), (2, 33)]);
    assert_eq!((bill.total.heads, bill.total.share, bill.total.cost()), (4, 34, 38));
    // Two thousandths of a cent a head are three cents for 1,500 heads, not nothing.
    let fine = self::budget("A: 0.00002")?.bill(&[segment("A", 1_500, 0)], Scale::CENTS);
    assert_eq!(fine.total.cost(), 3);
    Ok(())
}

#[test]
fn parts_are_set_and_taken_away_one_by_one() -> Result<(), BudgetError> {
    let cost = |text: &str| text.parse::<Cost>();
    let start = budget("Champions: 5; *: 1")?;
    for (changed, expected) in [
        (start.with(Some("Champions"), Some(cost(" 2 % ")?)), "Champions: 2 %; *: 1"),
        (start.with(Some("Loyal"), Some(cost("2% + 5")?)), "Champions: 5; Loyal: 5 + 2 %; *: 1"),
        (start.with(Some("Champions"), None), "*: 1"),
        (start.with(None, None), "Champions: 5"),
        (start.with(None, None).with(None, Some(cost("0")?)), "Champions: 5; *: 0"),
        (start.with(Some("Gone"), None), "Champions: 5; *: 1"),
        (start.renamed("Champions", "Best"), "Best: 5; *: 1"),
        (start.renamed("Loyal", "Best"), "Champions: 5; *: 1"),
        (start.with(Some("Best"), Some(cost("9")?)).renamed("Champions", "Best"), "Champions: 5; Best: 9; *: 1"),
    ] {
        assert_eq!(changed.to_string(), expected);
    }
    let told = |text: &str| cost(text).err().map(|error| (error.column, error.to_string()));
    assert!(told("5; *: 1").is_some_and(|(column, text)| column == 1 && text.contains("`;` is not expected")));
    assert!(told("").is_some_and(|(column, text)| column == 0 && text.contains("a cost is missing")));
    assert_eq!(start.own(Some("*")), None);
    Ok(())
}

#[test]
fn whole_units_are_billed_to_the_cent() -> Result<(), BudgetError> {
    let budget = budget("A: 0.50 + 1 %")?;
    let bill = budget.bill(&[segment("A", 3, 1_005), segment("B", 9, 9)], Scale::UNITS);
    assert_eq!((bill.scale, bill.lines[0].heads, bill.lines[0].share), (Scale::CENTS, 150, 1_005));
    assert_eq!((bill.lines[1].cost(), bill.total.revenue, bill.total.customers), (0, 101_400, 12));
    let most = self::budget("*: 1000000000 + 100 %")?.bill(&[segment("A", u64::MAX, i64::MAX); 3], Scale::MAX);
    assert_eq!((most.total.share, most.total.customers), (3 * i128::from(i64::MAX), u64::MAX));
    Ok(())
}

proptest! {
    #[test]
    fn a_budget_reads_back_and_texts_are_never_beyond_reading(
        names in prop::collection::btree_set("[a-z:;'\"* ]{0,4}x|\\*", 0..5),
        costs in prop::collection::vec((0i128..900, 0u8..4, 0i128..99, 0u8..4, 0..3u8), 6),
        others in any::<bool>(),
        text in "([a*']?:? ?[0-9%+. ]{0,6};?){0,3}|\\PC{0,12}",
    ) {
        let decimal = |mantissa, decimals| Decimal { mantissa, decimals };
        let cost = |at: usize| {
            let (head, places, rate, decimals, kind) = costs[at];
            let (head, rate) = (decimal(head, places), decimal(rate, decimals));
            Cost::new((kind != 1).then_some(head), (kind != 0).then_some(rate)).unwrap()
        };
        let named = names.into_iter().map(Some).chain(others.then_some(None));
        let parts = named.enumerate().map(|(at, segment)| Part { segment, cost: cost(at) }).collect();
        let budget = Budget { parts };
        prop_assert_eq!(budget.to_string().parse(), Ok(budget));
        match text.parse::<Budget>() {
            Ok(budget) => prop_assert_eq!(budget.to_string().parse(), Ok(budget)),
            Err(error) => prop_assert!(error.column <= text.chars().count()),
        }
    }
}
