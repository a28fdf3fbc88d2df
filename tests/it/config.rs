//! The settings: the file, what comes before it, and what is said when it is wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tierscope::app::keymap::Keymap;

use super::support::{Scratch, TestResult, answer, run, succeed, text, tierscope};

const SALES: &str =
    "customer,date,amount\na,2024-01-01,1.00\na,2024-02-01,3.00\nb,2024-01-05,2.00\nc,2024-03-05,9.00\n";

#[test]
fn the_printed_settings_are_accepted_in_every_language_and_change_nothing() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = scratch.file("sales.csv", SALES)?;
    let usual = succeed(["report", &sales])?;
    for lang in ["en", "zh-Hans", "zh-Hant"] {
        let sample = succeed(["config", "--lang", lang])?;
        assert!(sample.contains("\nambiguous_width = 1\n") && sample.contains("[report]\n"), "{sample}");
        let file = scratch.file("config.toml", sample)?;
        assert_eq!(succeed(["report", &sales, "--config", &file])?, usual);
    }
    Ok(())
}

#[test]
fn options_come_before_the_environment_and_the_environment_before_the_settings() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = scratch.file("sales.csv", SALES)?;
    scratch.file("config.toml", "lang = 'zh-Hans'\n[report]\nscheme = 'cn-8'\n")?;
    let command = |args: &[&str], lang: &str| {
        let mut command = tierscope();
        command.args(["report", &sales]).args(args);
        command.env("TIERSCOPE_CONFIG_DIR", scratch.path("")).env("TIERSCOPE_LANG", lang);
        answer(&mut command).map(|answer| answer.stdout)
    };
    let settled = command(&[], "")?;
    assert!(settled.contains("分群方案 cn-8"), "{settled}");
    assert!(command(&[], "en")?.contains("\nScheme cn-8"));
    assert!(command(&["--lang", "zh-Hans"], "en")?.contains("分群方案 cn-8"));
    assert!(command(&["--scheme", "rfm-11"], "en")?.contains("\nScheme rfm-11"));
    // A scheme that is given brings its own method; so do cuts.
    let other = scratch.file("other.toml", "[report]\nmethod = 'mean'\n")?;
    assert!(command(&["--config", &other], "en")?.contains("mean"));
    assert!(command(&["--config", &other, "--scheme", "rfm-11"], "en")?.contains("quantile"));
    assert!(command(&["--config", &other, "--bins", "3"], "en")?.contains("quantile"));
    Ok(())
}

#[test]
fn a_scenario_comes_before_the_settings() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = scratch.file("sales.csv", SALES)?;
    let scenario = scratch.file("s.toml", succeed(["scenario", &sales, "--method", "mean", "--scheme", "cn-8"])?)?;
    let file = scratch.file("config.toml", "[report]\nscheme = 'rfm-11'\nmethod = 'quantile'\n")?;
    let report = ["report", &sales, "--scenario", &scenario];
    assert_eq!(succeed([&report[..], &["--config", &file]].concat())?, succeed(report)?);
    Ok(())
}

#[test]
fn wrong_settings_are_told_with_file_line_and_key_and_leave_help_alone() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("config.toml", "ascii = false\ncolour = 'never'\n")?;
    let wrong = run(["schemes", "--config", &file])?;
    let told = format!("tierscope: settings {file}, line 2: there is no key `colour`; the nearest is `color`\n");
    assert_eq!((wrong.status, wrong.stderr), (Some(2), told));
    assert!(succeed(["schemes", "--help", "--config", &file])?.contains("Usage"));
    assert!(succeed(["config", "--config", &file])?.contains("color = "));
    let missing = run(["schemes", "--config", text(&scratch.path("none.toml"))?])?;
    assert!(missing.status == Some(1) && missing.stderr.contains("none.toml"), "{missing:?}");
    Ok(())
}

#[test]
fn folders_are_where_the_environment_says() -> TestResult {
    let scratch = Scratch::new()?;
    let mut command = tierscope();
    for (name, folder) in [("CONFIG", "c"), ("STATE", "s"), ("CACHE", "k")] {
        command.env(format!("TIERSCOPE_{name}_DIR"), scratch.path(folder));
    }
    let paths = answer(command.args(["config", "--paths"]))?.stdout;
    for path in [
        "c/config.toml",
        "c/keymap.toml",
        "c/themes",
        "c/schemes",
        "c/mappings.toml",
        "s",
        "s/preferences.toml",
        "s/sessions",
        "s/tierscope.log",
        "k/loads",
    ] {
        assert!(paths.contains(&format!("{} ", text(&scratch.path(path))?)), "{path}: {paths}");
    }
    Ok(())
}

#[test]
fn the_printed_keys_are_a_keymap_file() -> TestResult {
    for lang in ["en", "zh-Hans"] {
        let keys = succeed(["config", "--keys", "--lang", lang])?;
        assert!(keys.contains("\nquit = \"q\"") && Keymap::parse(&keys, "keys").is_ok(), "{keys}");
    }
    Ok(())
}

/// Names that stand in capitals beside variables, and are none.
const NO_VARIABLES: [&str; 5] = ["WHEN", "RGB", "POSIX", "TEL", "CARGO_PKG_VERSION"];

/// Variables that are the system's own way to say where the user's files are: the help has `~`.
const SYSTEM: [&str; 1] = ["HOME"];

#[test]
fn every_variable_that_is_read_is_told() -> TestResult {
    let mut read = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                read.extend(names_in(&fs::read_to_string(path)?));
            }
        }
    }
    assert!(["TIERSCOPE_THEME", "LC_CTYPE", "COLORFGBG", "STY"].iter().all(|name| read.contains(*name)), "{read:?}");
    let help = succeed(["--help"])?;
    let told: BTreeSet<&str> = help.split(|c: char| !c.is_ascii_uppercase() && !"_*".contains(c)).collect();
    let untold: Vec<&String> = read.iter().filter(|name| !told.contains(name.as_str())).collect();
    assert!(untold.is_empty(), "{untold:?} in\n{help}");
    Ok(())
}

/// The names in capitals of a file that asks for variables, without those of its tests.
fn names_in(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let asks = ["env::var", "variable(", "set(\"", "LC_ALL"];
    if !asks.iter().any(|part| code.contains(part)) {
        return Vec::new();
    }
    let is_name = |text: &&str| text.len() > 2 && text.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let names = code.split('"').skip(1).step_by(2).filter(is_name);
    names.filter(|name| !NO_VARIABLES.contains(name) && !SYSTEM.contains(name)).map(str::to_owned).collect()
}

#[test]
fn every_place_of_the_program_is_told() -> TestResult {
    let help = succeed(["--help"])?;
    for place in [
        "config.toml",
        "keymap.toml",
        "themes/*.toml",
        "schemes/*.toml",
        "mappings.toml",
        "preferences.toml",
        "sessions/",
        "tierscope.log",
        "loads/",
    ] {
        assert!(help.contains(&format!("tierscope/{place}")), "{place}: {help}");
    }
    Ok(())
}
