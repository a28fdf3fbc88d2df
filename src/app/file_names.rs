//! Names of files that are proposed, and how they end. They are the same in all languages: scripts look for them.

/// Where what is listed is written.
pub(super) const LISTED: &str = "customers.xlsx";

/// Where the marked customers are written.
pub(super) const MARKED: &str = "marked.xlsx";

/// How files of scenarios and schemes end.
pub(super) const ENDING: &str = "toml";

/// A scenario that has no name yet.
const SCENARIO: &str = "scenario";

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
