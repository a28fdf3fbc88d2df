//! Remembered mappings as their file has them.

use super::{Entry, FORMAT, RoleColumn};
use crate::model::toml_text::{comment, list, quoted};

/// The whole file.
pub(super) fn text(entries: &[Entry]) -> String {
    let mut lines = vec![
        comment("Columns that were chosen on tierscope's screen, by the header of the file; the latest first."),
        comment("header: the SHA-256 of the names; names: the first of them; column: 1-based, 0 for none."),
        format!("format = {FORMAT}"),
    ];
    for Entry { header, names, columns } in entries {
        lines.push("\n[[mapping]]".to_owned());
        lines.push(format!("header = {}", quoted(header)));
        lines.push(list("names", &names.iter().map(|name| quoted(name)).collect::<Vec<_>>()));
        let column = |RoleColumn { role, column, name }: &RoleColumn| {
            format!("{{ role = {}, column = {column}, name = {} }}", quoted(role), quoted(name))
        };
        lines.push(list("columns", &columns.iter().map(column).collect::<Vec<_>>()));
    }
    lines.join("\n") + "\n"
}
