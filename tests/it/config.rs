//! The settings: the file, what comes before it, and what is said when it is wrong.

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
    for path in ["c/config.toml", "c/schemes", "c/mappings.toml", "s", "k/loads"] {
        assert!(paths.contains(&format!("{} ", text(&scratch.path(path))?)), "{path}: {paths}");
    }
    Ok(())
}
