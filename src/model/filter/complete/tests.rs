use proptest::prelude::*;

use super::*;
use crate::model::field::sample::Sample;
use crate::model::filter::Filter;

/// What is offered where `|` stands.
fn at(line: &str) -> Completion {
    let cursor = line.chars().position(|letter| letter == '|').unwrap_or_default();
    complete(&line.replacen('|', "", 1), cursor, &Sample)
}

#[test]
fn what_may_come_next_is_offered() {
    for (line, from, expected) in [
        ("rec|", 0, &["recency"][..]),
        ("recency <= 3 and gro|", 17, &["monetary.gross"]),
        ("会员|", 0, &["\"会员 等级\""]),
        ("\"会员 |", 0, &["\"会员 等级\""]),
        ("not rep|eat", 4, &["repeat"]),
        ("no|", 0, &["not"]),
        ("vip|", 0, &["vip('big spender')"]),
        ("vip(|", 4, &["'big spender'"]),
        ("vip('BIG|", 4, &["'big spender'"]),
        ("vip('big spender'|", 17, &[")"]),
        (
            "recency |",
            8,
            &[
                "<=",
                ">=",
                "<",
                ">",
                "=",
                "!=",
                "between",
                "in",
                "is missing",
                "is not missing",
                "not between",
                "not in",
            ],
        ),
        ("region n|", 7, &["not in", "not like", "not ilike"]),
        ("region not |", 11, &["in", "between", "like"]),
        ("repeat |", 7, &["and", "or", "is missing", "is not missing"]),
        ("region = |", 9, &["'North'", "'华东'", "'app store'", "'App'", "'O''Neill'", "'30'"]),
        ("region = '华|", 9, &["'华东'"]),
        ("region = ap|", 9, &["'app store'", "'App'"]),
        ("region = 'O''N|", 9, &["'O''Neill'"]),
        ("region in |", 10, &["("]),
        ("region in ('North', |", 20, &["'North'", "'华东'", "'app store'", "'App'", "'O''Neill'", "'30'"]),
        ("region in ('North' |", 19, &[",", ")"]),
        ("region in ('North') |", 20, &["and", "or"]),
        ("region is |", 10, &["missing", "not missing"]),
        ("region is not m|", 14, &["missing"]),
        ("region is missing a|", 18, &["and"]),
        ("recency between 3 |", 18, &["and"]),
        ("recency between 3 and |", 22, &[]),
        ("recency between -3 and 5 |", 25, &["and", "or"]),
        ("(recency <= 3 |", 14, &["and", "or", ")"]),
        ("(recency <= 3) |", 15, &["and", "or"]),
        ("(not repeat |", 12, &["and", "or", "is missing", "is not missing"]),
        ("recency <= |", 11, &[]),
        ("recency <= 3|", 11, &[]),
        ("recency 3 |", 10, &[]),
        ("recency|", 0, &[]),
    ] {
        assert_eq!(
            at(line),
            Completion { from, candidates: expected.iter().map(|text| (*text).to_owned()).collect() },
            "{line}"
        );
    }
}

#[test]
fn everything_is_offered_where_a_condition_begins() {
    for line in ["|", "recency <= 3 and |", "(|", "not |", "repeat or |"] {
        let candidates = at(line).candidates;
        assert_eq!(candidates.len(), Sample.names().len() + 2, "{line}: {candidates:?}");
        assert!(candidates.contains(&"vip('big spender')".to_owned()));
    }
}

proptest! {
    #[test]
    fn no_line_is_beyond_completing(line in "\\PC{0,20}|[a-z'\"(),<>= |.]{0,30}", cursor in 0usize..40) {
        let Completion { from, .. } = complete(&line, cursor, &Sample);
        prop_assert!(from <= cursor.min(line.chars().count()));
    }

    #[test]
    fn taking_what_is_offered_leads_to_a_filter(choices in prop::collection::vec(any::<prop::sample::Index>(), 1..30)) {
        let mut line = String::new();
        for choice in choices {
            let Completion { candidates, from } = complete(&line, line.chars().count(), &Sample);
            prop_assert_eq!(from, line.chars().count());
            if candidates.is_empty() {
                // Only values of numbers and dates are not offered.
                line.push_str("30 ");
            } else {
                line.push_str(choice.get(candidates.as_slice()).as_str());
                line.push(' ');
            }
            if let Err(error) = line.parse::<Filter>() {
                prop_assert_eq!(error.column, line.trim_end().chars().count(), "{}: {}", line, error);
            }
        }
    }
}
