//! Keys in a pseudo-terminal: the explorer as it runs, and the terminal it leaves behind.

use std::process::Command;

use tierscope::app::keymap::Key;
use tierscope::app::overlay::Overlay;
use tierscope::app::update::paste;

use super::recount::Recount;
use super::stage::{SIZES, Stage, grouped, grouped_money};
use super::support::{Failure, Scratch, TestResult, text, two_ids};
use super::terminal::Terminal;

const ESC: &str = "\u{1b}";
const RIGHT: &str = "\u{1b}[C";
const SHIFT_TAB: &str = "\u{1b}[Z";

/// A pipe that nobody writes to: whoever opens it to read waits.
fn silent(scratch: &Scratch) -> Result<String, Failure> {
    let path = scratch.path("silent.csv");
    let made = Command::new("mkfifo").arg(&path).status()?;
    if made.success() { Ok(text(&path)?.to_owned()) } else { Err("mkfifo failed".into()) }
}

/// Quits by a key and expects success and the terminal as it was.
fn quits(terminal: &mut Terminal, key: &str) -> TestResult {
    terminal.press(key)?;
    let status = terminal.end()?;
    if !status.success() {
        return Err(format!("{status:?}").into());
    }
    terminal.is_restored()
}

#[test]
fn open_sort_select_move_a_cut_undo_and_quit_at_every_size() -> TestResult {
    let demo = Recount::demo()?;
    let cuts = demo.quantiles([5; 3]);
    let money = |pick: fn(i128, i128) -> i128| demo.people.iter().map(|person| person.money).reduce(pick);
    let (poorest, richest) = (money(i128::min).ok_or("nobody")?, money(i128::max).ok_or("nobody")?);
    let champions = demo.by(&cuts, |scores| scores[..2] == [5, 5]);
    let champions = champions.get(&true).map_or(0, |tally| tally.customers);
    let (first, step) = (cuts[0][0], cuts[0][0] + 1);
    let recent = |days: i128| demo.people.iter().filter(|person| demo.values(person)[0] <= days).count() as u64;
    for size in SIZES {
        let mut terminal = Terminal::start(&[], size)?;
        terminal.shows("2,999")?;
        terminal.shows(&grouped_money(richest))?;
        assert_eq!(terminal.taken_over(), [true, true]);
        let raw = terminal.flags()?;
        assert!(!raw.echo && !raw.canonical, "{raw:?}");
        // Sort: the list is before the heatmap, and turns round.
        terminal.press_until(SHIFT_TAB, "monetary ▼")?;
        terminal.press_until("s", "monetary ▲")?;
        terminal.shows(&grouped_money(poorest))?;
        // Select the cell under the cursor of the heatmap.
        terminal.press("\t")?;
        terminal.press_until("\r", &format!("{} customers of R5 F5 listed", grouped(champions)))?;
        terminal.shows("Customers: R5 F5")?;
        terminal.press_until(ESC, "of 2,999")?;
        // Move a cut, and take it back.
        terminal.press("r")?;
        terminal.shows(&format!("recency cut 1 of 4: {first}"))?;
        terminal.press_until(RIGHT, &format!("recency cut 1: {first} → {step}"))?;
        terminal.wait("the moved bin", |text| text.contains(&grouped(recent(step))))?;
        terminal.press_until("u", &format!("undone: recency cut 1: {first} → {step}"))?;
        terminal.wait("the bin as it was", |text| text.contains(&grouped(recent(first))))?;
        quits(&mut terminal, "q").map_err(|problem| format!("{size:?}: {problem}"))?;
    }
    Ok(())
}

#[test]
fn vi_keys_and_arrows_move_the_same() -> TestResult {
    let mut terminal = Terminal::start(&[], (120, 40))?;
    terminal.shows("R5 F5: ")?;
    terminal.press_until("h", "R5 F4: ")?;
    terminal.press_until("\u{1b}[D", "R5 F3: ")?;
    terminal.press_until("j", "R4 F3: ")?;
    terminal.press_until("\u{1b}[B", "R3 F3: ")?;
    terminal.press_until("k", "R4 F3: ")?;
    terminal.press_until("\u{1b}[A", "R5 F3: ")?;
    terminal.press_until("l", "R5 F4: ")?;
    terminal.press_until(RIGHT, "R5 F5: ")?;
    quits(&mut terminal, "q")
}

#[test]
fn control_c_quits_and_restores_the_terminal() -> TestResult {
    let mut terminal = Terminal::start(&[], (80, 24))?;
    terminal.shows("2,999")?;
    // Also while a value is typed.
    terminal.press("r")?;
    terminal.shows("recency cut 1 of 4")?;
    terminal.press_until("\r", "Enter takes it")?;
    quits(&mut terminal, "\u{3}")
}

#[test]
fn the_help_opens_and_closes() -> TestResult {
    let mut terminal = Terminal::start(&[], (120, 40))?;
    terminal.shows("2,999")?;
    terminal.press_until("?", "╭ Keys")?;
    terminal.press(ESC)?;
    terminal.wait("the panels", |text| !text.contains("╭ Keys") && text.contains("Champions"))?;
    quits(&mut terminal, "q")
}

#[test]
fn the_first_frame_stands_before_any_data_is_read_and_q_quits_it() -> TestResult {
    let scratch = Scratch::new()?;
    let file = silent(&scratch)?;
    for size in SIZES {
        let mut terminal = Terminal::start(&[&file], size)?;
        terminal.shows("silent.csv")?;
        terminal.shows("Esc cancels")?;
        // It still answers keys.
        terminal.press_until("?", "╭ Keys")?;
        terminal.press("?")?;
        terminal.shows("Esc cancels")?;
        quits(&mut terminal, "q").map_err(|problem| format!("{size:?}: {problem}"))?;
    }
    Ok(())
}

#[test]
fn esc_cancels_loading_and_says_so() -> TestResult {
    let scratch = Scratch::new()?;
    let file = silent(&scratch)?;
    let mut terminal = Terminal::start(&[&file], (80, 24))?;
    terminal.shows("Esc cancels")?;
    terminal.press_until(ESC, "cancelled")?;
    quits(&mut terminal, "q")
}

#[test]
fn signals_restore_the_terminal() -> TestResult {
    let scratch = Scratch::new()?;
    let file = silent(&scratch)?;
    // While the demo is open and while a file is loading.
    for (args, part) in [(vec![], "2,999"), (vec![&*file], "Esc cancels")] {
        for signal in ["TERM", "HUP", "INT", "QUIT"] {
            let mut terminal = Terminal::start(&args, (120, 40))?;
            terminal.shows(part)?;
            terminal.signal(signal)?;
            assert!(!terminal.end()?.success(), "{signal}: who sent it should see that it was obeyed");
            terminal.is_restored().map_err(|problem| format!("{signal}: {problem}"))?;
        }
    }
    Ok(())
}

#[test]
fn an_unreadable_file_shows_its_error_and_another_key_leaves() -> TestResult {
    let scratch = Scratch::new()?;
    let damaged = scratch.file("damaged.parquet", b"PAR1 and nothing more")?;
    let gone = scratch.path("gone.csv");
    for (file, part) in [(&*damaged, "damaged.parquet"), (text(&gone)?, "cannot read")] {
        let mut terminal = Terminal::start(&[file], (80, 24))?;
        terminal.shows("Nothing is open")?;
        terminal.shows(part)?;
        terminal.press("q")?;
        terminal.end()?;
        terminal.is_restored()?;
    }
    Ok(())
}

#[test]
fn options_that_contradict_each_other_are_told_before_the_screen_is_taken() -> TestResult {
    let mut terminal = Terminal::start(&["--scheme", "rfm-11", "--bins", "3"], (80, 24))?;
    let status = terminal.end()?;
    assert_eq!(status.exit_code(), 2);
    terminal.shows("--scheme rfm-6")?;
    terminal.is_restored()
}

#[test]
fn an_ambiguous_column_is_asked_for_on_the_screen() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("bare.csv", two_ids())?;
    let mut terminal = Terminal::start(&[&file], (120, 40))?;
    terminal.shows("which column is the customer?")?;
    // The first is taken: ten customers with 435.00 + 15.00 in all.
    terminal.press_until("c", "customer is column 1")?;
    terminal.press("\r")?;
    terminal.wait("the overview", |text| text.contains("450.00") && text.contains("1 of 10 "))?;
    quits(&mut terminal, "q")
}

#[test]
fn resizing_draws_the_screen_anew_for_its_new_size() -> TestResult {
    let mut terminal = Terminal::start(&[], (200, 50))?;
    terminal.shows("Distributions")?;
    terminal.resize((80, 24))?;
    terminal.wait("three panels", |text| text.contains("Tiers") && !text.contains("Distributions"))?;
    terminal.resize((40, 10))?;
    terminal.shows("tierscope needs 60 x 16")?;
    terminal.resize((120, 40))?;
    terminal.shows("Distributions")?;
    quits(&mut terminal, "q")
}

/// A shell that looks after its jobs; it runs `$TIERSCOPE`, says when that was stopped, and goes on with it after a line.
fn as_a_job(scratch: &Scratch, command: &str) -> Result<Terminal, Failure> {
    let line = format!("set -m; {command}; echo is stopped; read line; fg; echo ended with $?");
    let variables = [("TIERSCOPE", Some(env!("CARGO_BIN_EXE_tierscope")))];
    Terminal::start_shell_at(&scratch.path("home"), &line, (80, 24), &variables)
}

#[test]
fn a_suspended_explorer_gives_the_terminal_back_with_its_whole_job_and_draws_itself_again() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", tierscope::demo::SHOP)?;
    let slow = "{ echo customer,date,amount; while sleep 0.1; do echo A,2024-01-01,1.00; done; }";
    for (command, part) in [
        (format!("\"$TIERSCOPE\" '{file}'"), "2,999"),
        (format!("sh -c '\"$TIERSCOPE\" \"$0\"; exit $?' '{file}'"), "2,999"),
        (format!("{slow} | \"$TIERSCOPE\" -"), "Esc cancels"),
    ] {
        let mut terminal = as_a_job(&scratch, &command)?;
        (|| -> TestResult {
            terminal.shows(part)?;
            terminal.press("\u{1a}")?;
            // The shell has the terminal only when nobody of the job runs any more.
            terminal.shows("is stopped")?;
            terminal.wait_until_restored()?;
            terminal.press("\r")?;
            terminal.shows(part)?;
            terminal.wait_for("the screen", |terminal| terminal.taken_over() == [true, true])?;
            assert!(terminal.flags().is_ok_and(|flags| !flags.canonical && !flags.echo));
            terminal.press("q")?;
            terminal.shows("ended with 0")?;
            terminal.end()?;
            terminal.is_restored()
        })()
        .map_err(|problem| format!("{command}: {problem}"))?;
    }
    Ok(())
}

#[test]
fn where_no_shell_could_continue_it_an_explorer_is_not_suspended_and_says_so() -> TestResult {
    let mut terminal = Terminal::start(&[], (80, 24))?;
    terminal.shows("2,999")?;
    terminal.press_until("\u{1a}", "there is no shell here that could continue it")?;
    assert_eq!(terminal.taken_over(), [true, true]);
    // It runs, and a signal from outside does no more.
    terminal.press_until("?", "╭ Keys")?;
    terminal.signal("TSTP")?;
    terminal.press("?")?;
    terminal.shows("there is no shell here that could continue it")?;
    quits(&mut terminal, "q")
}

#[test]
fn stopped_by_others_and_continued_it_takes_the_terminal_over_anew() -> TestResult {
    let scratch = Scratch::new()?;
    let (file, process) = (scratch.file("shop.csv", tierscope::demo::SHOP)?, scratch.path("process"));
    let own = format!("sh -c 'echo $$ > \"$1\"; exec \"$TIERSCOPE\" \"$0\"' '{file}' '{}'", text(&process)?);
    // As a shell does that puts the terminal right for its own lines.
    let mut terminal = as_a_job(&scratch, &format!("{own}; stty sane"))?;
    terminal.shows("2,999")?;
    let process = std::fs::read_to_string(process)?;
    assert!(Command::new("kill").args(["-s", "STOP", process.trim()]).status()?.success());
    terminal.wait_for("the shell", |terminal| {
        terminal.text().contains("is stopped") && terminal.flags().is_ok_and(|flags| flags.canonical && flags.echo)
    })?;
    terminal.press("\r")?;
    terminal.wait_for("the modes", |terminal| terminal.flags().is_ok_and(|flags| !flags.canonical && !flags.echo))?;
    terminal.shows("2,999")?;
    terminal.press_until("r", "recency cut 1 of 4")?;
    terminal.press("q")?;
    terminal.shows("ended with 0")?;
    terminal.end()?;
    Ok(())
}

#[test]
fn a_clipboard_full_of_something_else_is_pasted_at_once_and_in_part() -> TestResult {
    for (opens, inside) in [(Key::Char('/'), "Find"), (Key::Ctrl('p'), "Palette")] {
        let mut stage = Stage::demo((120, 40));
        stage.press([Key::Tab, Key::Tab, Key::Tab, opens]);
        paste(&mut stage.model, "ab");
        stage.press([Key::Home]);
        paste(&mut stage.model, "1\r\n2");
        paste(&mut stage.model, &"é".repeat(1_000_000));
        // The cursor stands behind what was pasted.
        let screen = stage.screen()?.text();
        assert!(screen.contains("only its first 4,000 characters were taken"), "{inside}: {screen}");
        paste(&mut stage.model, "x");
        let line = match &stage.model.overlay {
            Some(Overlay::Prompt(prompt)) => prompt.input.value(),
            Some(Overlay::Palette(palette)) => palette.input.value(),
            _ => return Err(inside.into()),
        };
        let all = "é".repeat(4_000);
        // The end of a line is a blank, and so is what goes before it in files of another system.
        let wanted = [format!("1  2{all}xab"), format!("ab1  2{all}x")];
        assert!(wanted.iter().any(|wanted| wanted == line), "{inside}: {line}");
    }
    Ok(())
}

#[test]
fn leaving_with_an_unsaved_scenario_is_asked_for_twice() -> TestResult {
    let mut terminal = Terminal::start(&[], (120, 40))?;
    terminal.shows("2,999")?;
    terminal.press_until("on", "Note on the scenario")?;
    terminal.press_until("for May\r", "it is written when the scenario is saved")?;
    terminal.press_until("q", "q again leaves")?;
    // Anything else in between, and it is asked for again.
    terminal.press_until("c", "share of customers")?;
    terminal.press_until("q", "q again leaves")?;
    quits(&mut terminal, "q")
}

#[test]
fn data_in_the_standard_input_leaves_the_keys_to_the_terminal() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", tierscope::demo::SHOP)?;
    let mut terminal = Terminal::start_line(&format!("cat '{file}' | tierscope -"), (80, 24))?;
    terminal.shows("2,999")?;
    let raw = terminal.flags()?;
    assert!(!raw.echo && !raw.canonical, "{raw:?}");
    terminal.press_until("r", "recency cut 1 of 4")?;
    // All four panels fit now: a signal told of the size, and the terminal what it is.
    terminal.resize((120, 40))?;
    terminal.shows("of 2,999")?;
    terminal.press_until("P", "what it does")?;
    terminal.press_until(RIGHT, "Enter takes it")?;
    terminal.press_until("\r", "now returns gross")?;
    quits(&mut terminal, "q")?;
    // A signal finds somebody to give the terminal back, too.
    let mut terminal = Terminal::start_line(&format!("exec tierscope - < '{file}'"), (80, 24))?;
    terminal.shows("2,999")?;
    terminal.signal("TERM")?;
    assert!(!terminal.end()?.success());
    terminal.is_restored()
}
