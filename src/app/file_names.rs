//! Names of files that are proposed, and how they end. They are the same in all languages: scripts look for them.

/// Where what is listed is written; a selection of it is told by words.
const LISTED: &str = "customers";

/// How lists end that nobody named otherwise.
const SHEET: &str = "xlsx";

/// Where the marked customers are written.
pub(super) const MARKED: &str = "marked.xlsx";

/// How files of scenarios and schemes end.
pub(super) const ENDING: &str = "toml";

/// A scenario that has no name yet.
const SCENARIO: &str = "scenario";

/// Letters of a name at most: file systems take no more than 255 bytes.
const LONGEST: usize = 60;

/// The file of what is listed, by the words for whom: `customers-moved-from-champions-to-elsewhere.xlsx`.
pub(super) fn of_list(selection: &str) -> String {
    let words = selection.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let name: Vec<String> = std::iter::once(LISTED.to_owned()).chain(words.map(str::to_lowercase)).collect();
    let name: String = name.join("-").chars().take(LONGEST).collect();
    format!("{}.{SHEET}", name.trim_end_matches('-'))
}

/// The file of a scenario.
pub(super) fn of_scenario(name: Option<&str>) -> String {
    format!("{}.{ENDING}", name.unwrap_or(SCENARIO).replace('/', "-"))
}

/// The file of a scheme.
pub(super) fn of_scheme(name: &str) -> String {
    format!("{name}.{ENDING}")
}

/// What a scheme of one's own is called that comes from a built-in one.
pub(super) fn own_scheme(name: &str) -> String {
    format!("my-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_named_by_whom_it_has() {
        for (selection, name) in [
            ("", "customers.xlsx"),
            ("moved from Champions to elsewhere", "customers-moved-from-champions-to-elsewhere.xlsx"),
            ("segment 重要价值 / \u{1b}[2J../x", "customers-segment-重要价值-2j-x.xlsx"),
        ] {
            assert_eq!(of_list(selection), name);
        }
        assert!(of_list(&"long ".repeat(99)).chars().count() <= LONGEST + ".xlsx".len());
    }
}
