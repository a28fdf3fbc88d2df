//! Text put into markup of other programs: HTML and SVG, and Markdown. Nothing in a text from data is markup there.

use std::borrow::Cow;

use super::text::clean;

/// Text as the content of an element or the value of an attribute in quotes, in HTML, SVG and other XML: without control
/// characters, and without what those forbid.
#[must_use]
pub fn xml(text: &str) -> Cow<'_, str> {
    let is_forbidden = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    let safe = clean(text);
    if !safe.contains(|c| matches!(c, '&' | '<' | '>' | '"' | '\'') || is_forbidden(c)) {
        return safe;
    }
    let mut escaped = String::with_capacity(safe.len() + 16);
    for character in safe.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character if is_forbidden(character) => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// Text as a part of a line of Markdown, also in a table: on one line, and nothing in it markup. What could be none stays
/// as it is, so that the source reads well: `a <= b` and `customer_id` do.
#[must_use]
pub fn markdown(text: &str) -> String {
    let safe = clean(text);
    let mut escaped = String::with_capacity(safe.len() + 8);
    let mut before = None;
    let mut rest = safe.chars();
    while let Some(character) = rest.next() {
        let after = rest.clone().next();
        let is_markup = match character {
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => true,
            '<' => after.is_some_and(|after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
            '&' => after.is_some_and(|after| after.is_ascii_alphabetic() || after == '#'),
            // Within a word it emphasises nothing.
            '_' => ![before, after].iter().all(|beside| beside.is_some_and(char::is_alphanumeric)),
            // No address becomes a link.
            ':' => rest.as_str().starts_with("//"),
            '.' => escaped.to_ascii_lowercase().ends_with("www"),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(character);
        before = Some(character);
    }
    escaped
}

/// The same as a line of its own, whose beginning is no mark of a heading, a quotation or a list.
#[must_use]
pub fn markdown_line(text: &str) -> String {
    let escaped = markdown(text.trim_start());
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = escaped[digits..].chars();
    let (mark, after) = (rest.next(), rest.next());
    let ends = |mark: char| after.is_none_or(|after| after.is_whitespace() || after == mark);
    match mark {
        Some(mark @ ('.' | ')')) if digits > 0 && ends(mark) => {}
        Some('#' | '>') if digits == 0 => {}
        Some(mark @ ('-' | '+' | '=')) if digits == 0 && ends(mark) => {}
        _ => return escaped,
    }
    format!("{}\\{}", &escaped[..digits], &escaped[digits..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_attributes_hold_any_text() {
        assert_eq!(xml("<b title=\"x\">'&'</b>"), "&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;");
        assert_eq!(xml("a\u{1b}[31m\u{202e}\u{ffff}"), "a\u{fffd}[31m\u{fffd}\u{fffd}");
        assert!(matches!(xml("重要客户 = 1"), Cow::Borrowed(_)));
    }

    #[test]
    fn markdown_from_data_is_text_and_plain_text_stays_readable() {
        for (text, safe) in [
            ("a|b", "a\\|b"),
            ("**b** _i_ ~~s~~ `c`", "\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~ \\`c\\`"),
            ("<script>x</script>", "\\<script>x\\</script>"),
            ("![x](http://x) www.x.y", "!\\[x\\](http\\://x) www\\.x.y"),
            ("&lt; &#60; a & b", "\\&lt; \\&#60; a & b"),
            ("recency <= 90 and customer_id > 1", "recency <= 90 and customer_id > 1"),
            ("a\nb\r", "a\u{fffd}b\u{fffd}"),
            ("张三", "张三"),
        ] {
            assert_eq!(markdown(text), safe, "{text:?}");
        }
    }

    #[test]
    fn a_line_begins_no_list_and_no_heading() {
        for (text, safe) in [
            ("# x", "\\# x"),
            ("- x", "\\- x"),
            ("12. x", "12\\. x"),
            ("> x", "\\> x"),
            ("---", "\\---"),
            ("12.5 x", "12.5 x"),
            ("-5.00", "-5.00"),
            ("x - 1", "x - 1"),
            ("    code", "code"),
        ] {
            assert_eq!(markdown_line(text), safe, "{text:?}");
        }
    }
}
