//! A terminal's model reads the bytes back: whatever the screens, it must show the next one.

use proptest::prelude::*;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::*;

const AREA: Rect = Rect::new(0, 0, 24, 4);

fn screen(texts: &[(u16, u16, &str, Style)]) -> Buffer {
    let mut buffer = Buffer::empty(AREA);
    for (x, y, text, style) in texts {
        buffer.set_stringn(*x, *y, text, usize::from(AREA.width - x), *style);
    }
    buffer
}

fn bytes(shown: &Buffer, next: &Buffer) -> Vec<u8> {
    let mut out = Vec::new();
    encode(shown, next, &mut out);
    out
}

/// A cell as a terminal has it: its text, the colours, and whether it is bold, reversed, underlined. Of a blank only what
/// shows.
type Shown = (String, String, [bool; 3]);

/// What a terminal shows.
fn shows(terminal: &vt100::Parser) -> Vec<Shown> {
    let cell = |y, x| {
        let cell = terminal.screen().cell(y, x)?;
        let text = if cell.has_contents() { cell.contents().to_owned() } else { " ".to_owned() };
        let is_seen = text != " " || cell.inverse() || cell.underline();
        let front = if is_seen { format!("{:?} ", cell.fgcolor()) } else { String::new() };
        let marks = [cell.bold() && is_seen, cell.inverse(), cell.underline()];
        (!cell.is_wide_continuation()).then_some((text, format!("{front}{:?}", cell.bgcolor()), marks))
    };
    (0..AREA.height).flat_map(|y| (0..AREA.width).filter_map(move |x| cell(y, x))).collect()
}

/// The same of a screen that is written cell by cell.
fn cell_by_cell(buffer: &Buffer) -> Vec<Shown> {
    let mut terminal = vt100::Parser::new(AREA.height, AREA.width, 0);
    let mut all = Vec::new();
    for y in 0..AREA.height {
        let mut x = 0;
        while x < AREA.width {
            let cell = &buffer[(x, y)];
            go_to(Position { x, y }, &mut all);
            all.extend_from_slice(b"\x1b[m");
            PLAIN.change(Ink::of(cell), &mut all);
            all.extend_from_slice(cell.symbol().as_bytes());
            x += columns(cell) as u16;
        }
    }
    terminal.process(&all);
    shows(&terminal)
}

fn style() -> impl Strategy<Value = Style> {
    let colours = [Color::Reset, Color::Red, Color::Indexed(200), Color::Rgb(1, 2, 3), Color::White];
    let modifiers = [Modifier::empty(), Modifier::BOLD, Modifier::REVERSED, Modifier::BOLD | Modifier::UNDERLINED];
    (0..5usize, 0..5usize, 0..4usize).prop_map(move |(front, back, of)| {
        Style::new().fg(colours[front]).bg(colours[back]).add_modifier(modifiers[of])
    })
}

fn screens() -> impl Strategy<Value = Buffer> {
    let text = prop_oneof!["[a-z ]{0,9}", "[重要客户 a]{0,6}", "[ ]{1,24}", "[▁█─é]{1,5}"];
    proptest::collection::vec((0..AREA.width, 0..AREA.height, text, style()), 0..12).prop_map(|texts| {
        let texts: Vec<(u16, u16, &str, Style)> =
            texts.iter().map(|(x, y, text, style)| (*x, *y, text.as_str(), *style)).collect();
        let mut buffer = screen(&texts);
        // A wide character that another text halved is none any more, as where the panels draw.
        for y in 0..AREA.height {
            for x in 0..AREA.width {
                let is_halved =
                    columns(&buffer[(x, y)]) == 2 && (x + 1 == AREA.width || buffer[(x + 1, y)].symbol() != " ");
                if is_halved {
                    buffer[(x, y)].set_symbol("x");
                }
            }
        }
        buffer
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn the_terminal_shows_the_next_screen_whatever_it_showed(screens in proptest::collection::vec(screens(), 1..4)) {
        let mut terminal = vt100::Parser::new(AREA.height, AREA.width, 0);
        let mut shown = Buffer::empty(AREA);
        for next in screens {
            terminal.process(&bytes(&shown, &next));
            prop_assert_eq!(shows(&terminal), cell_by_cell(&next));
            shown = next;
        }
    }
}

#[test]
fn nothing_is_sent_for_nothing() {
    let one = screen(&[(3, 1, "重要 ab", Style::new().fg(Color::Red))]);
    assert_eq!(bytes(&one, &one.clone()), b"");
}

#[test]
fn moves_styles_and_blanks_are_as_short_as_can_be() {
    let plain = Style::new();
    let empty = Buffer::empty(AREA);
    let told = |from: &Buffer, to: &Buffer| String::from_utf8_lossy(&bytes(from, to)).replace('\x1b', "^");
    // A short gap is written again, a long one jumped over.
    let words = screen(&[(0, 0, "ab cd      ef", plain)]);
    let others = screen(&[(0, 0, "Ab Cd      Ef", plain)]);
    assert_eq!(told(&words, &others), "^[1;1HAb C^[7CE");
    // The rest of a line goes at once; two letters are not worth it.
    assert_eq!(told(&words, &screen(&[(0, 0, "ab", plain)])), "^[1;4H^[K");
    assert_eq!(told(&screen(&[(0, 0, "abc", plain)]), &screen(&[(0, 0, "a", plain)])), "^[1;2H  ");
    // A style is ended by what ends it, and the pen is left plain.
    let bold = Style::new().fg(Color::Indexed(9)).add_modifier(Modifier::BOLD);
    assert_eq!(told(&empty, &screen(&[(0, 0, "ab", bold), (2, 0, "c", plain)])), "^[1;1H^[1;38;5;9mab^[mc");
    // The next line begins at its beginning.
    assert_eq!(told(&empty, &screen(&[(0, 0, "ab", plain), (0, 1, "cd", plain)])), "^[1;1Hab\r\ncd");
    // Blanks need no ink of their own.
    let red = Style::new().fg(Color::Red);
    let told = told(&empty, &screen(&[(0, 0, "a", red), (2, 0, "b", red)]));
    assert_eq!(told, "^[1;1H^[31ma b^[m");
}

#[test]
fn a_disagreement_on_width_ends_with_its_cell() {
    let (empty, family) = (Buffer::empty(AREA), screen(&[(0, 0, "👨‍👩‍👧x", Style::new())]));
    let told = String::from_utf8_lossy(&bytes(&empty, &family)).replace('\x1b', "^");
    assert_eq!(told, "^[1;1H  ^[1;1H👨‍👩‍👧^[1;3Hx");
}
