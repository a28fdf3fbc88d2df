//! Readers of markup that are strict, for what the program writes.

use crate::support::{Failure, TestResult};

/// Whether a text is XML: elements are closed in their order, attributes have values in double quotes and each once, and
/// nothing stands where it must be escaped.
pub(super) fn check_xml(text: &str) -> TestResult {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at])?;
        let end = rest[at..].find('>').ok_or("an element has no end")? + at;
        let inside = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing").into());
            }
            continue;
        }
        let is_empty = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(format!("<{name}> is no element").into());
        }
        check_attributes(attributes)?;
        if !is_empty {
            open.push(name);
        }
    }
    check_text(rest)?;
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are not closed").into()) }
}

fn check_attributes(attributes: &str) -> TestResult {
    let (mut rest, mut known) = (attributes.trim(), Vec::new());
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").ok_or_else(|| format!("`{rest}` is no attribute"))?;
        let (value, after) = after.split_once('"').ok_or_else(|| format!("`{rest}` has no end"))?;
        if known.contains(&name) || name.contains(|c: char| !c.is_ascii_alphanumeric() && !"-:".contains(c)) {
            return Err(format!("attribute `{name}`").into());
        }
        known.push(name);
        check_text(value)?;
        rest = after.trim_start();
    }
    Ok(())
}

fn check_text(text: &str) -> TestResult {
    if let Some(c) = text.chars().find(|c| c.is_control() && *c != '\n' || matches!(c, '<' | '>')) {
        return Err(format!("{c:?} in `{text}`").into());
    }
    for part in text.split('&').skip(1) {
        let entity = part.split(';').next().unwrap_or_default();
        if !part.contains(';') || !["amp", "lt", "gt", "quot", "#39"].contains(&entity) {
            return Err(format!("`&{part}` is not escaped").into());
        }
    }
    Ok(())
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

/// The text of all `<text>` elements, one a line.
pub(super) fn text_of(svg: &str) -> String {
    let texts = svg.split("<text ").skip(1).filter_map(|part| {
        let (_, content) = part.split_once('>')?;
        content.split("</text>").next().map(unescaped)
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// The contents of all cells of tables in a page.
pub(super) fn cells(page: &str) -> Vec<String> {
    let cells = page.split("<td").skip(1).filter_map(|part| {
        let (_, content) = part.split_once('>')?;
        content.split("</td>").next().map(unescaped)
    });
    cells.collect()
}

/// The lines of Markdown outside of code blocks.
pub(super) fn without_code(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut kept = String::new();
    for line in text.lines() {
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if line.starts_with("```") => fence = Some(&line[..line.rfind('`').map_or(0, |last| last + 1)]),
            None => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

/// The tables of Markdown: rows of cells without their escapes, the heads first.
pub(super) fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut inside = false;
    for line in without_code(text).lines() {
        if !line.starts_with('|') {
            inside = false;
            continue;
        }
        if !inside {
            tables.push(Vec::new());
            inside = true;
        }
        let is_rule = line.bytes().all(|byte| b"|-: ".contains(&byte)) && line.contains('-');
        if let Some(table) = tables.last_mut().filter(|_| !is_rule) {
            table.push(row(line));
        }
    }
    tables
}

fn row(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut escaped) = (Vec::new(), String::new(), false);
    for c in line.chars().skip(1) {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '|' if !escaped => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            c => cell.push(c),
        }
        escaped = false;
    }
    cells
}

/// A reader that takes anything proves nothing.
#[test]
fn the_readers_are_strict() -> Result<(), Failure> {
    check_xml("<a b=\"c &amp; d\"><e/>x\n</a>")?;
    for wrong in
        ["<a>", "<a></b>", "<a b=c></a>", "<a>&x;</a>", "<a>& b</a>", "<a b=\"1\" b=\"2\"/>", "a > b", "<a>\u{1b}</a>"]
    {
        assert!(check_xml(wrong).is_err(), "{wrong}");
    }
    assert_eq!(tables("| a \\| b | c |\n| --- | --: |\n| d |  |\n\n```\n| no |\n```\n"), [[["a | b", "c"], ["d", ""]]]);
    Ok(())
}
