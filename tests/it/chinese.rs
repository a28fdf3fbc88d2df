//! The explorer in Chinese: what keys say, what may be typed, and files that are the same in every language.

use std::fs;

use tierscope::app::keymap::Key;
use tierscope::lang::{Language, within};

use super::stage::{RIGHT, Stage};
use super::support::{Failure, Scratch, TestResult, text};

fn message(stage: &Stage) -> &str {
    stage.model.message.as_ref().map_or("", |message| &message.text)
}

/// Presses keys that ask for a line, and types it.
fn answer(stage: &mut Stage, keys: &str, line: &str) {
    stage.type_in(keys);
    stage.press([Key::Ctrl('u')]);
    stage.type_in(line);
    stage.press([Key::Enter]);
}

#[test]
fn steps_are_told_in_chinese_and_taken_back() {
    within(Language::Hans, || {
        let mut stage = Stage::demo((120, 40));
        stage.type_in("r");
        stage.press([RIGHT]);
        let step = message(&stage).to_owned();
        assert!(step.starts_with("近度切点 1："), "{step}");
        answer(&mut stage, "F", "recency <= 90");
        assert!(message(&stage).starts_with("筛选 recency <= 90：查看 "), "{}", message(&stage));
        stage.type_in("uu");
        assert_eq!(message(&stage), format!("已撤销：{step}"));
        stage.type_in("u");
        assert_eq!(message(&stage), "没有可撤销的步骤");
    });
}

#[test]
fn goals_are_understood_as_they_are_read() -> TestResult {
    let solved = |language: Language, goal: &str| -> Result<Vec<u64>, Failure> {
        within(language, || {
            let mut stage = Stage::demo((200, 50));
            stage.type_in("r");
            answer(&mut stage, "=", goal);
            assert!(stage.model.overlay.is_none(), "{goal}: {}", stage.screen()?.text());
            let session = stage.model.session().ok_or("nothing is open")?;
            Ok(session.analysis.segments().iter().map(|tally| tally.customers).collect())
        })
    };
    for (english, chinese) in [
        ("= 570 customers", "＝ 570 位客户"),
        ("Champions = 20 % of revenue", "重要价值 = 20 % 的销售额"),
        ("Champions = 20 % revenue", "Champions = 20 ％ 銷售額"),
    ] {
        assert_eq!(solved(Language::English, english)?, solved(Language::Hans, chinese)?, "{chinese}");
    }
    Ok(())
}

#[test]
fn lists_and_manifests_are_the_same_in_every_language() -> TestResult {
    let written = |language: Language| -> Result<[String; 2], Failure> {
        let scratch = Scratch::new()?;
        let path = scratch.path("list.csv");
        within(language, || -> TestResult {
            let mut stage = Stage::demo((200, 50));
            stage.type_in("r");
            stage.press([RIGHT, RIGHT]);
            stage.type_in("w");
            stage.press([Key::Enter]);
            answer(&mut stage, "Ee", text(&path)?);
            Ok(())
        })?;
        let manifest = fs::read_to_string(scratch.path("list.csv.manifest.json"))?;
        let selection = manifest.lines().find(|line| line.contains("\"selection\"")).ok_or("no selection")?;
        Ok([fs::read_to_string(path)?, selection.to_owned()])
    };
    let english = written(Language::English)?;
    assert!(english[1].contains("since the start"), "{}", english[1]);
    assert_eq!(written(Language::Hans)?, english);
    Ok(())
}
