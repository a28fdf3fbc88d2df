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

/// What is typed, and what completing it must give.
const TYPED: [(&str, &str); 5] = [
    ("tierscope rep", "report"),
    ("tierscope report --form", "--format"),
    ("tierscope report --format mark", "markdown"),
    ("tierscope completions f", "fish"),
    ("tierscope cache cl", "clear"),
];

/// What a shell without rules for it must not get wrong: files where files stand, and options behind them.
const FILES: [(&str, &str); 3] = [
    ("tierscope ./sal", "sales.csv"),
    ("tierscope ./sales.csv --them", "--theme"),
    ("tierscope ./sales.csv ./oth", "other"),
];

#[test]
fn bash_completes_commands_options_and_values() -> TestResult {
    let scratch = Scratch::new()?;
    for lang in ["en", "zh-Hans"] {
        let script = scratch.file("tierscope.bash", succeed(["completions", "bash", "--lang", lang])?)?;
        for (words, expected) in TYPED {
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
fn fish_completes_commands_options_values_and_files() -> TestResult {
    let scratch = Scratch::new()?;
    scratch.file("sales.csv", "")?;
    scratch.file("other.csv", "")?;
    let folder = scratch.path("");
    for lang in ["en", "zh-Hans"] {
        let script = scratch.file("tierscope.fish", succeed(["completions", "fish", "--lang", lang])?)?;
        for (words, expected) in TYPED.into_iter().chain(FILES) {
            let line = format!("cd '{}'; source '{script}'; complete -C '{words}'", text(&folder)?);
            let Some(answer) = tried("fish", &["--no-config", "-c", &line]) else { return Ok(()) };
            let first = answer.stdout.lines().next().and_then(|line| line.split('\t').next()).unwrap_or_default();
            assert!(first.contains(expected) && answer.stderr.is_empty(), "{words}: {answer:?}");
        }
    }
    Ok(())
}

#[test]
fn zsh_completes_commands_options_values_and_files() -> TestResult {
    let scratch = Scratch::new()?;
    scratch.file("sales.csv", "")?;
    scratch.file("other.csv", "")?;
    let folder = scratch.path("");
    for lang in ["en", "zh-Hans"] {
        let script = scratch.file("_tierscope", succeed(["completions", "zsh", "--lang", lang])?)?;
        for (words, expected) in TYPED.into_iter().chain(FILES) {
            // A shell in a terminal of its own, to which a key is sent.
            let line = format!(
                "zmodload zsh/zpty || exit 9; zpty z zsh -f -i
                 wait_for() {{ local more; for i in {{1..200}}; do
                     while zpty -r -t z more; do out+=$more; done
                     [[ $out == *$1* ]] && return; sleep 0.05
                 done; }}
                 zpty -w z \"autoload -U compinit; compinit -u -D; source '{script}'; cd '{folder}'; print LOAD''ED\"
                 wait_for LOADED; out=
                 zpty -n -w z '{words}'$'\\t'
                 wait_for '{expected}'; print -r -- $out; zpty -d z",
                folder = text(&folder)?
            );
            let Some(answer) = tried("zsh", &["-f", "-c", &line]) else { return Ok(()) };
            if answer.status == Some(9) {
                eprintln!("skipped: zsh cannot open terminals");
                return Ok(());
            }
            assert!(answer.stdout.contains(expected), "{words}: {answer:?}");
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
