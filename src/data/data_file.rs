//! Which files of a folder or an archive may be data: by their names alone, and by the same ones, so that unpacking an archive
//! changes nothing.

/// Extensions of data files; those of packed files count for what is in them.
const DATA: [&str; 27] = [
    "arrow", "bz2", "csv", "dat", "db", "feather", "gz", "ipc", "json", "jsonl", "ndjson", "ods", "parquet", "pq",
    "psv", "sqlite", "sqlite3", "tab", "tsv", "txt", "xls", "xlsb", "xlsm", "xlsx", "xz", "zip", "zst",
];

/// Files without an extension that hold no rows.
const TOOLS: [&str; 8] =
    ["authors", "contributing", "dockerfile", "gemfile", "jenkinsfile", "makefile", "procfile", "todo"];

/// Whether a file may be data by its path below the folder or in the archive that is read, folders apart by `/`. A name
/// without an extension may be: those of `part-00000` and of many exports have none.
pub(super) fn is_data(path: &str) -> bool {
    if path.split('/').any(is_hidden) {
        return false;
    }
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    if is_reading_matter(&name) || name == "thumbs.db" {
        return false;
    }
    match name.rsplit_once('.') {
        Some((_, extension)) => DATA.contains(&extension),
        None => !name.is_empty() && !TOOLS.contains(&name.as_str()),
    }
}

/// Whether a file or folder of this name is nobody's data: `.git`, `_SUCCESS`, `__MACOSX`, the lock file `~$book.xlsx`.
pub(super) fn is_hidden(name: &str) -> bool {
    name != "." && (name.starts_with(['.', '_']) || name.starts_with("~$"))
}

/// Whether a file, by its lower-case name, is there to be read by people.
fn is_reading_matter(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    ["readme", "read me", "license", "licence", "copying", "changelog"].contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_told_by_its_name() {
        for path in [
            "a.csv",
            "orders",
            "./2024/B.CSV.GZ",
            "part-00000",
            "year=2024/000000_0",
            "orders.dat",
            "销售.xlsx",
            "a.zip",
        ] {
            assert!(is_data(path), "{path}");
        }
        for path in [
            "",
            "Makefile",
            "plot.png",
            "a.csv.bak",
            "part-00000.crc",
            "_SUCCESS",
            "_old/a.csv",
            ".git/a.csv",
            "__MACOSX/._a.csv",
            "~$book.xlsx",
            "README.txt",
            "docs/License.txt",
            "Thumbs.db",
            "2024/",
            "..",
        ] {
            assert!(!is_data(path), "{path}");
        }
    }
}
