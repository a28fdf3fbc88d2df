//! What acts cost on the line: bytes that the terminal is sent, at 256 colours.

use std::path::Path;

use super::support::{Scratch, TestResult};
use super::terminal::Terminal;

const RIGHT: &str = "\u{1b}[C";
const SHIFT_RIGHT: &str = "\u{1b}[1;2C";
const PAGE_DOWN: &str = "\u{1b}[6~";

/// The bounds of acts at 120 x 40.
const CURSOR: usize = 300;
const CUT: usize = 2_000;

#[test]
fn acts_stay_within_their_bytes() -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", tierscope::demo::SHOP)?;
    let mut table = Vec::new();
    for size in [(80, 24), (120, 40), (200, 50)] {
        let mut terminal = Terminal::start_at(&scratch.path("home"), &[&file], size, &[])?;
        terminal.shows("2,999")?;
        let first = terminal.settled();
        // The list, beside other panels and alone; from some rows down, so that each row is like another.
        terminal.press_until("\t\t\t", "1 of 2,999")?;
        terminal.press("jjj")?;
        let cursor = terminal.bytes_of("j")?;
        let page = terminal.bytes_of(PAGE_DOWN)?;
        terminal.bytes_of("z")?;
        let wide_cursor = terminal.bytes_of("j")?;
        let wide_page = terminal.bytes_of(PAGE_DOWN)?;
        terminal.bytes_of("z")?;
        // A cut moved on and on; the first move also brings the columns of differences.
        terminal.press_until("r", "recency cut 1 of 4")?;
        let first_cut = terminal.bytes_of(RIGHT)?;
        let mut cuts = Vec::new();
        for key in [RIGHT, RIGHT, SHIFT_RIGHT, SHIFT_RIGHT, RIGHT] {
            cuts.push(terminal.bytes_of(key)?);
        }
        let cut = cuts.iter().copied().max().unwrap_or_default();
        table.push(format!("{size:?}: start {first}, cursor {cursor}, alone {wide_cursor}, page {page}, alone {wide_page}, cut {first_cut}, next {cut}"));
        if size.0 <= 120 {
            assert!(cursor.max(wide_cursor) < CURSOR, "{table:?}");
            assert!(cut.max(first_cut) < CUT, "{table:?}");
        }
    }
    // Read by whoever brings the README's table up to date: `cargo test -- --nocapture acts_stay`.
    println!("{}", table.join("\n"));
    Ok(())
}

/// The same acts in `VisiData`, where its command is named by `TIERSCOPE_VISIDATA`: for the README's table.
#[test]
fn visidata_beside_it() -> TestResult {
    let Ok(visidata) = std::env::var("TIERSCOPE_VISIDATA") else {
        eprintln!("skipped: TIERSCOPE_VISIDATA names no VisiData");
        return Ok(());
    };
    let scratch = Scratch::new()?;
    let file = scratch.file("shop.csv", tierscope::demo::SHOP)?;
    for size in [(80, 24), (120, 40), (200, 50)] {
        let line = format!("exec '{visidata}' '{file}'");
        let mut terminal = Terminal::start_shell_at(Path::new(&scratch.path("home")), &line, size, &[])?;
        terminal.shows("customer")?;
        let first = terminal.settled();
        terminal.press("jjj")?;
        let cursor = terminal.bytes_of("j")?;
        let page = terminal.bytes_of(PAGE_DOWN)?;
        println!("{size:?}: start {first}, cursor {cursor}, page {page}");
    }
    Ok(())
}
