//! The keys as a table in Markdown, for the README.

use super::super::context::Context;
use super::{Keymap, sections};

/// The usual keys, one line an action, by where they hold.
#[must_use]
pub fn readme() -> String {
    let mut table = "| where | keys | what they do |\n|---|---|---|\n".to_owned();
    // Cells end at a bar.
    let safe = |text: &str| text.replace('|', "\\|");
    for section in sections(&Keymap::default(), Context::Heatmap, |_| None) {
        for (number, row) in section.rows.iter().enumerate() {
            let place = if number == 0 { section.title } else { "" };
            let keys: Vec<String> = row.keys.split("  ").map(code).collect();
            table.extend(["| ", &safe(place), " | ", &safe(&keys.join(" ")), " | ", &safe(row.words), " |\n"]);
        }
    }
    table
}

/// Keys as code, also where one of them is the sign that code stands between.
fn code(keys: &str) -> String {
    if keys.contains('`') { format!("`` {keys} ``") } else { format!("`{keys}`") }
}
