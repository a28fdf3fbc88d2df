use proptest::prelude::*;

use super::*;

fn arena<S: AsRef<str>>(texts: &[S]) -> TextArena {
    let mut arena = TextArena::default();
    for text in texts {
        arena.push(text.as_ref());
    }
    arena
}

/// Texts that are not kept end to end.
struct Apart(Vec<String>);

impl Texts for Apart {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn text(&self, place: usize) -> &str {
        &self.0[place]
    }
}

fn in_order(place: usize) -> Option<u32> {
    u32::try_from(place).ok()
}

fn found(typed: &str, texts: &(impl Texts + ?Sized), most: usize) -> Found {
    Finder::new(typed, Mode::Literal).unwrap().find(texts, in_order, most, &CancelToken::default()).unwrap()
}

#[test]
fn case_width_and_blanks_make_no_difference() {
    let texts = ["ABC-17", "xＡＢＣ", "John  Smith", "张三丰", "josé", "JOSE\u{301}", "ab", "c", "K"];
    for (typed, places) in [
        ("abc", vec![0, 1]),
        ("ＢＣ", vec![0, 1]),
        ("n s", vec![2]),
        (" SMITH ", vec![2]),
        ("三", vec![3]),
        ("JOSÉ", vec![4, 5]),
        ("k", vec![8]),
        ("zz", vec![]),
    ] {
        assert_eq!(found(typed, &arena(&texts), 10).places, places, "{typed}");
    }
    assert!(Finder::new(" \u{200b}", Mode::Literal).is_none());
}

#[test]
fn texts_end_to_end_are_not_one_text() {
    assert_eq!(found("aab", &arena(&["a", "ab", "aab", "", "caab", "aa", "b"]), 10).places, [2, 4]);
    assert_eq!(found("aa", &arena(&["aaa", "a", "a", "aa", "baaaa"]), 10), Found { places: vec![0, 3, 4], matches: 3 });
}

#[test]
fn the_first_of_the_list_are_given_and_all_counted() {
    let ids: Vec<String> = (0..100_000).map(|n| format!("C{n:06}")).collect();
    let texts = arena(&ids);
    let finder = Finder::new("c0000", Mode::Literal).unwrap();
    let all = finder.find(&texts, in_order, 3, &CancelToken::default());
    assert_eq!(all, Some(Found { places: vec![0, 1, 2], matches: 100 }));
    // The list is the other way round and lacks every second customer.
    let rank = |place: usize| place.is_multiple_of(2).then(|| 100_000 - place as u32);
    let some = finder.find(&texts, rank, 3, &CancelToken::default());
    assert_eq!(some, Some(Found { places: vec![98, 96, 94], matches: 50 }));
    let none = finder.find(&texts, in_order, 0, &CancelToken::default());
    assert_eq!(none, Some(Found { places: vec![], matches: 100 }));
}

#[test]
fn the_closest_come_first_and_the_shorter_of_two() {
    let texts = arena(&["xaxbxc", "abc-long", "abc", "a-b-c", "cba"]);
    let finder = Finder::new("abc", Mode::Fuzzy).unwrap();
    let found = finder.find(&texts, in_order, 10, &CancelToken::default()).unwrap();
    assert_eq!(found, Found { places: vec![2, 1, 3, 0], matches: 4 });
}

#[test]
fn finding_can_be_called_off() {
    let cancel = CancelToken::default();
    cancel.cancel();
    for mode in [Mode::Literal, Mode::Fuzzy] {
        assert_eq!(Finder::new("a", mode).unwrap().find(&arena(&["a"]), in_order, 1, &cancel), None);
    }
}

#[test]
fn long_names_are_found() {
    let long = format!("{}Needle{}", "王é".repeat(5_000), "x".repeat(5_000));
    let texts = arena(&["a", &long, "needle"]);
    assert_eq!(found("needle", &texts, 10).places, [1, 2]);
    let finder = Finder::new("王ndx", Mode::Fuzzy).unwrap();
    assert_eq!(finder.find(&texts, in_order, 9, &CancelToken::default()).unwrap().places, [1]);
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ab]{0,4}",
        4 => "[AB]{0,4}",
        4 => "[abAB0 ]{0,5}",
        1 => "[ab \t\u{1}ＡＢé张\u{301}K]{0,5}",
    ]
}

proptest! {
    #[test]
    fn all_are_found_that_hold_the_text_and_no_others(
        texts in prop_oneof![
            prop::collection::vec("[ab]{0,4}", 0..40),
            prop::collection::vec("[AB0]{0,4}", 0..40),
            prop::collection::vec("[aAbB ]{0,4}", 0..40),
            prop::collection::vec(text(), 0..40),
        ],
        typed in text(),
    ) {
        let Some(finder) = Finder::new(&typed, Mode::Literal) else { return Ok(()) };
        let needle = identity_key(&typed).into_owned();
        let expected: Vec<usize> =
            (0..texts.len()).filter(|place| identity_key(&texts[*place]).contains(&needle)).collect();
        let cancel = CancelToken::default();
        let joined = finder.find(&arena(&texts), in_order, 100, &cancel).unwrap();
        prop_assert_eq!(&joined.places, &expected);
        prop_assert_eq!(joined.matches, expected.len() as u64);
        let each: Vec<usize> = (0..texts.len()).filter(|place| finder.finds(&texts[*place])).collect();
        prop_assert_eq!(&each, &expected);
        let apart = finder.find(&Apart(texts), in_order, 100, &cancel).unwrap();
        prop_assert_eq!(&apart.places, &expected);
    }

    #[test]
    fn the_best_few_are_those_of_a_full_sort(
        texts in prop::collection::vec("[ab1-]{0,6}", 0..200),
        typed in "[ab1]{1,3}",
        most in 0usize..5,
    ) {
        let fuzzy = Fuzzy::new(&typed);
        let mut all: Vec<_> = (0..texts.len())
            .filter_map(|place| fuzzy.score(&texts[place]).map(|close| (-close.score, close.length, place)))
            .collect();
        all.sort_unstable();
        let finder = Finder::new(&typed, Mode::Fuzzy).unwrap();
        let found = finder.find(&arena(&texts), in_order, most, &CancelToken::default()).unwrap();
        prop_assert_eq!(found.matches, all.len() as u64);
        let expected: Vec<usize> = all.into_iter().take(most).map(|(_, _, place)| place).collect();
        prop_assert_eq!(found.places, expected);
    }
}
