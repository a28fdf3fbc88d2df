//! The languages: nothing that people read is fixed in the code, and no catalogue lacks a text or has one too many.

mod keys;
mod scan;

use std::path::Path;

use tierscope::lang::{Language, places, texts};

fn scanned() -> scan::Scan {
    scan::scan(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn nothing_that_people_read_is_fixed_in_the_code() {
    let fixed: Vec<String> =
        scanned().fixed.into_iter().map(|(place, text)| format!("src/{place}: {text:?}")).collect();
    assert!(fixed.is_empty(), "{} texts stand outside of tr!:\n{}", fixed.len(), fixed.join("\n"));
}

#[test]
fn every_catalogue_has_every_text_and_its_blanks_and_no_other() {
    let scan = scanned();
    assert!(scan.marked.len() > 1_000, "the source is scanned: {}", scan.marked.len());
    for language in [Language::Hans, Language::Hant] {
        let catalogue = texts(language).expect("a catalogue");
        let mut problems = Vec::new();
        for (key, marked) in &scan.marked {
            match catalogue.get(key) {
                None => problems.push(format!("{key:?} of {marked:?} is missing")),
                Some(translation) if places(key) != places(translation) => {
                    problems.push(format!("{key:?}: {translation:?} has other blanks"));
                }
                Some(_) => {}
            }
        }
        // Names of what comes with the program, and the help of the command line, are not marked in the source.
        let is_listed = |key: &str| ["segment|", "scheme|", "help|"].iter().any(|kind| key.starts_with(kind));
        let stale = catalogue.keys().filter(|key| !is_listed(key) && !scan.marked.contains_key(*key));
        problems.extend(stale.map(|key| format!("{key:?} is not in the source")));
        problems.sort();
        assert!(problems.is_empty(), "{}: {} problems:\n{}", language.tag(), problems.len(), problems.join("\n"));
    }
}

#[test]
fn no_text_names_a_key_that_a_keymap_file_may_change() {
    let named = |(text, places): (&String, _)| {
        let key = keys::named(text)?;
        Some(format!("{places:?}: {text:?} names {key}; the keymap knows what it is called"))
    };
    let problems: Vec<String> = scanned().marked.iter().filter_map(named).collect();
    assert!(problems.is_empty(), "{} texts:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn keys_are_told_from_letters_of_other_things() {
    for (text, key) in [
        ("{count} listed; Esc lists all again", "Esc"),
        ("not saved: q again leaves", "q"),
        ("compared; w tells who moved", "w"),
        ("o s saves it", "o"),
        ("page|Ctrl-D goes on", "Ctrl-D"),
        ("↑↓ walks", "↑↓"),
        ("all keys: ? shows them", "?"),
    ] {
        assert_eq!(keys::named(text), Some(key.to_owned()), "{text}");
    }
    for text in ["a customer", "{key} again leaves", "such as `q` or 'r >= 4'", "the scores R, F, M", "is there one?"] {
        assert_eq!(keys::named(text), None, "{text}");
    }
}

#[test]
fn the_scan_finds_texts_and_what_was_forgotten() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = r#"
        #[doc = "not this one"] fn f() { tr!("list" | "order"); tr!("{a} of b", a = g("also found here")); }
        #[error("{}", tr!("cannot read {path}", path))] struct E;
        fn g() { counted(rows, "row"); tr_count!(n, "{count} day", "{count} days"); warn!("not for people"); }
        fn n() { name("no text of ours", tr!("named")); }
        fn h() { "forgotten prose"; "word"; "{forgotten} {blanks}"; "a = b"; x.expect("a proven thing"); }
        #[cfg(test)] mod tests { fn t() { "only for tests here"; } }
    "#;
    std::fs::write(folder.path().join("x.rs"), code).expect("written");
    let scan = scan::scan(folder.path());
    let marked: Vec<&str> = scan.marked.keys().map(String::as_str).collect();
    assert_eq!(marked, ["cannot read {path}", "counted|row", "list|order", "named", "{a} of b", "{count} days"]);
    let fixed: Vec<(&str, &str)> = scan.fixed.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
    assert_eq!(fixed, [("x.rs:2", "also found here"), ("x.rs:6", "forgotten prose")]);
}
