use ratatui::style::{Color, Modifier, Style};

use super::*;

fn buffer() -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 3));
    buffer.set_string(0, 0, "a <b> 重要x …", Style::new());
    buffer.set_string(0, 1, "███▌", Style::new().fg(Color::Indexed(67)));
    buffer.set_string(6, 1, "12 %", Style::new().bg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::BOLD));
    buffer.set_string(6, 2, "    ", Style::new().bg(Color::Rgb(1, 2, 3)));
    buffer.set_string(12, 2, "on", Style::new().add_modifier(Modifier::REVERSED));
    buffer
}

fn drawn(paper: Paper) -> String {
    let caption = Caption { title: "<t> & t".to_owned(), description: "one\n<two>".to_owned(), language: "zh-Hans" };
    svg(&buffer(), paper, &caption)
}

#[test]
fn text_has_wide_characters_once_and_no_blanks_at_the_end() {
    assert_eq!(text(&buffer()), "a <b> 重要x …\n███▌  12 %\n            on\n");
}

#[test]
fn pieces_begin_and_end_at_their_columns() {
    let svg = drawn(Paper::DARK);
    for part in [
        "<text x=\"0\" y=\"12\" textLength=\"40\">a &lt;b&gt;</text>",
        "<text x=\"48\" y=\"12\" textLength=\"32\" font-size=\"15\">重要</text>",
        "<text x=\"80\" y=\"12\" textLength=\"8\">x</text>",
        "<text x=\"96\" y=\"12\" textLength=\"8\" lengthAdjust=\"spacingAndGlyphs\">…</text>",
        "<text x=\"48\" y=\"28\" textLength=\"32\" font-weight=\"bold\">12 %</text>",
    ] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
}

#[test]
fn bars_and_grounds_are_rectangles_that_touch_nothing_of_their_own() {
    let svg = drawn(Paper::DARK);
    for part in [
        "<rect x=\"0\" y=\"16\" width=\"28\" height=\"16\" fill=\"#5f87af\"/>",
        "<rect x=\"48\" y=\"16\" width=\"32\" height=\"32\" fill=\"#010203\"/>",
    ] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
}

#[test]
fn reversed_text_is_ground_on_ink_on_either_paper() {
    for paper in [Paper::DARK, Paper::LIGHT] {
        let svg = drawn(paper);
        let text = format!("<text x=\"96\" y=\"44\" textLength=\"16\" fill=\"{}\">on</text>", paper.ground);
        let ground = format!("<rect x=\"96\" y=\"32\" width=\"16\" height=\"16\" fill=\"{}\"/>", paper.ink);
        assert!(svg.contains(&text) && svg.contains(&ground), "{svg}");
    }
}

#[test]
fn who_does_not_see_it_is_told() {
    let svg = drawn(Paper::LIGHT);
    for part in ["<title id=\"title\">&lt;t&gt; &amp; t</title>", ">one\n&lt;two&gt;</desc>", "xml:lang=\"zh-Hans\""] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
}

#[test]
fn colours_of_terminals_come_line_by_line() {
    let text = ansi(&buffer());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "a <b> 重要x …");
    assert_eq!(lines[1], "\u{1b}[0;38;5;67m███▌\u{1b}[0m  \u{1b}[0;1;48;2;1;2;3m12 %\u{1b}[0m");
    assert_eq!(lines[2], "      \u{1b}[0;48;2;1;2;3m    \u{1b}[0m  \u{1b}[0;7mon\u{1b}[0m");
}

#[test]
fn a_picture_is_on_the_paper_of_its_theme() {
    use crate::ui::theme::{ColorChoice, Rgb};
    let paper = |muted: Option<Color>, ground: Style| {
        let mut theme = Theme::new(ColorChoice::Never);
        theme.muted.fg = muted;
        theme.ground = ground;
        Paper::of(&theme)
    };
    assert_eq!(paper(Some(Color::Rgb(90, 96, 105)), Style::new()), Paper::LIGHT);
    assert_eq!(paper(Some(Color::Indexed(245)), Style::new()), Paper::DARK);
    assert_eq!(paper(None, Style::new()), Paper::DARK);
    let ground = Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(231));
    assert_eq!(paper(None, ground), Paper { ink: Rgb(1, 2, 3), ground: Rgb(255, 255, 255) });
}
