//! The command line in Chinese: help, errors, reports, and what stays as it is for programs.

use super::support::{Scratch, TestResult, answer, run, succeed, tierscope};

const SALES: &str = "customer,date,amount\na,2024-01-01,1.00\na,2024-02-01,3.00\nb,2024-01-05,x\nc,2024-03-05,9.00\n";

#[test]
fn the_language_is_that_of_the_option_the_environment_or_the_locale() -> TestResult {
    let shown = |lang: &str, locale: &str, args: &[&str]| {
        let mut command = tierscope();
        command.env("TIERSCOPE_LANG", lang).env("LC_ALL", locale).env_remove("LANGUAGE").args(args);
        answer(&mut command).map(|answer| answer.stdout)
    };
    assert!(shown("", "C.UTF-8", &["--help"])?.contains("Usage: tierscope"));
    assert!(shown("", "zh_CN.UTF-8", &["--help"])?.contains("用法：tierscope"));
    assert!(shown("en", "zh_CN.UTF-8", &["--help"])?.contains("Usage: tierscope"));
    assert!(shown("en", "C", &["report", "-h", "--lang", "zh_CN"])?.contains("用法：tierscope report"));
    assert!(shown("en", "C", &["--lang=zh-Hans", "help", "report"])?.contains("用法：tierscope report"));
    let wrong = answer(tierscope().env("TIERSCOPE_LANG", "fr").arg("schemes"))?;
    assert!(wrong.status == Some(2) && wrong.stderr.contains("TIERSCOPE_LANG"), "{wrong:?}");
    Ok(())
}

#[test]
fn options_of_all_commands_may_stand_before_the_command() -> TestResult {
    let scratch = Scratch::new()?;
    let log = scratch.file("log", "")?;
    for args in [&["--lang", "en", "--log", &log, "schemes"][..], &["schemes", "--lang", "en", "--log", &log]] {
        assert!(succeed(args)?.contains("rfm-11"), "{args:?}");
    }
    Ok(())
}

#[test]
fn wrong_uses_have_their_exit_status_and_their_words() -> TestResult {
    for (args, told) in [
        (&["report", "--formt", "json"][..], "错误：没有选项或参数 '--formt'\n\n  提示：是否指 '--format'？\n"),
        (&["report", "--bins", "99"], "错误：'--bins <N|R,F,M>' 的值 '99' 无效：`99`：应为 2 到 10 的一个数"),
        (&["check"], "错误：缺少必需的参数：\n  <SCENARIO>"),
    ] {
        let answer = run([args, &["--lang", "zh-Hans"]].concat())?;
        assert!(answer.status == Some(2) && answer.stderr.starts_with(told), "{answer:?}");
        assert!(answer.stderr.ends_with("更多说明见 '--help'。\n"), "{answer:?}");
        let english = run(args)?;
        assert!(english.status == Some(2) && english.stderr.starts_with("error: "), "{english:?}");
    }
    Ok(())
}

#[test]
fn a_report_speaks_chinese_and_its_json_and_csv_do_not() -> TestResult {
    let scratch = Scratch::new()?;
    let sales = scratch.file("sales.csv", SALES)?;
    let table = succeed(["report", &sales, "--lang", "zh-Hans"])?;
    for words in ["销售额 13.00", "读取 4 行，保留 3 行", "首见于 sales.csv 第 4 行", "近度", "分位数", "客户数"]
    {
        assert!(table.contains(words), "{words} in {table}");
    }
    for command in [
        &["report", &sales, "--format", "json"][..],
        &["report", &sales, "--format", "csv"],
        &["quality", &sales, "--format", "json", "--today", "2024-06-01"],
        &["breakdown", &sales, "--by", "segment", "--format", "csv"],
        &["scenario", &sales],
        &["customers", &sales],
    ] {
        assert_eq!(succeed([command, &["--lang", "zh-Hans"]].concat())?, succeed(command)?, "{command:?}");
    }
    Ok(())
}
