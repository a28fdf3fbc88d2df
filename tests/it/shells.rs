//! Completions, tried in the shells that are there, and manual pages.

use std::fs;
use std::process::{Command, Stdio};

use super::support::{Answer, Scratch, TestResult, answer, run, succeed, text};

/// What a program says of its arguments; `None`, said on stderr, where it is not there.
fn tried(program: &str, args: &[&str]) -> Option<Answer> {
    let answer = answer(Command::new(program).args(args).stdin(Stdio::null())).ok();
    if answer.is_none() {
        eprintln!("skipped: there is no {program}");
    }
    answer
}

#[test]
fn bash_completes_commands_options_and_values() -> TestResult {
    let scratch = Scratch::new()?;
    for lang in ["en", "zh-Hans"] {
        let script = scratch.file("tierscope.bash", succeed(["completions", "bash", "--lang", lang])?)?;
        for (words, expected) in [
            ("tierscope rep", "report"),
            ("tierscope report --form", "--format"),
            ("tierscope report --format mark", "markdown"),
            ("tierscope completions f", "fish"),
            ("tierscope cache cl", "clear"),
        ] {
            let line = format!(
                "source '{script}'; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
                 _tierscope tierscope \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
                 echo \"${{COMPREPLY[@]}}\""
            );
            let Some(answer) = tried("bash", &["--norc", "-c", &line]) else { return Ok(()) };
            assert_eq!((answer.stdout.trim(), &*answer.stderr), (expected, ""), "{words}");
        }
    }
    Ok(())
}

#[test]
fn zsh_and_fish_read_their_completions() -> TestResult {
    let scratch = Scratch::new()?;
    for shell in ["zsh", "fish"] {
        for lang in ["en", "zh-Hans"] {
            let script = succeed(["completions", shell, "--lang", lang])?;
            assert!(script.contains("completions") && script.contains("markdown"), "{script}");
            assert_eq!(script.contains("输出总计"), lang != "en");
            let file = scratch.file(shell, script)?;
            if let Some(answer) = tried(shell, &["-n", &file]) {
                assert_eq!((answer.status, &*answer.stderr), (Some(0), ""));
            }
        }
    }
    Ok(())
}

#[test]
fn an_unknown_shell_is_a_wrong_use() -> TestResult {
    let answer = run(["completions", "tcsh"])?;
    assert_eq!(answer.status, Some(2), "{answer:?}");
    Ok(())
}

#[test]
fn manual_pages_are_written_one_for_each_command_and_groff_has_no_complaint() -> TestResult {
    let scratch = Scratch::new()?;
    let folder = scratch.path("man1");
    succeed(["man", "--dir", text(&folder)?])?;
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(&folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    for name in ["tierscope.1", "tierscope-report.1", "tierscope-cache.1", "tierscope-cache-clear.1", "tierscope-man.1"]
    {
        assert!(names.iter().any(|known| known == name), "{name} in {names:?}");
    }
    let mut pages: Vec<String> =
        names.iter().map(|name| text(&folder.join(name)).map(str::to_owned)).collect::<Result<_, _>>()?;
    pages.push(scratch.file("whole.1", succeed(["man"])?)?);
    pages.push(scratch.file("chinese.1", succeed(["man", "--lang", "zh-Hans"])?)?);
    for page in pages {
        let Some(answer) = tried("groff", &["-man", "-Kutf8", "-Tutf8", "-ww", "-rCHECKSTYLE=0", &page]) else {
            return Ok(());
        };
        assert!(answer.status == Some(0) && !answer.stderr.contains("error"), "{page}: {}", answer.stderr);
        assert!(answer.stdout.contains("tierscope"), "{page}");
    }
    Ok(())
}
