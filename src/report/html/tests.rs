use super::*;
use crate::report::{Bar, Bars};

const HOSTILE: &str = "</title></style><script>alert(1)</script>\" onload='x' &lt; \u{1b}[31m\u{202e}";

fn document() -> Document {
    let mut table = Table::new(HOSTILE, 1, [HOSTILE, HOSTILE]);
    table.row([HOSTILE.to_owned(), HOSTILE.to_owned()]);
    let bar = Bar { name: HOSTILE.to_owned(), lengths: [0.4, -0.1], figures: [HOSTILE, HOSTILE].map(str::to_owned) };
    let bars = Bars {
        title: HOSTILE.to_owned(),
        description: HOSTILE.to_owned(),
        series: [HOSTILE, HOSTILE].map(str::to_owned),
        bars: vec![bar],
    };
    let blocks = vec![
        Block::Text(HOSTILE.to_owned()),
        Block::Heading(HOSTILE.to_owned()),
        Block::Facts(vec![Fact { name: HOSTILE.into(), value: HOSTILE.to_owned() }]),
        Block::List(vec![HOSTILE.to_owned()]),
        Block::Table(table),
        Block::Chart(Chart::Bars(bars)),
        Block::Source(Source { title: HOSTILE.to_owned(), form: "", text: HOSTILE.to_owned() }),
    ];
    let sections = vec![Section { id: "a", title: HOSTILE.to_owned(), blocks }];
    Document { title: HOSTILE.to_owned(), subtitle: HOSTILE.to_owned(), contents: "Contents", sections }
}

#[test]
fn no_text_becomes_markup() {
    let html = html(&document(), "zh-Hans");
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"zh-Hans\">"), "{html}");
    for harm in ["<script", "</script", "onload='x'", "\u{1b}", "\u{202e}", "http://", "https://", " src=", "url("] {
        assert!(!html.contains(harm), "{harm:?}: {html}");
    }
    let escaped = "&lt;/title&gt;&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp;lt; \u{fffd}[31m\u{fffd}";
    assert!(html.matches(escaped).count() > 15, "{html}");
    assert_eq!((html.matches("<style>").count(), html.matches("</style>").count()), (1, 1));
}

#[test]
fn a_bar_below_zero_is_none() {
    let html = html(&document(), "en");
    assert!(html.contains("<rect class=\"two\" x=\"180\" y=\"45\" width=\"0\" height=\"13\"/>"), "{html}");
}
