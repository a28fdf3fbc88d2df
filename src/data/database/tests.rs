use std::error::Error;
use std::fmt;

use super::*;
use crate::data::source::{Source, TextOptions};

type Outcome = Result<(), Box<dyn Error>>;

fn database(sql: &str) -> Result<(tempfile::TempDir, Place), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("shop.db");
    Connection::open(&path)?.execute_batch(sql)?;
    Ok((folder, Place::file(path)))
}

fn rows(place: &Place, table: &str, columns: &[usize], most: usize) -> Result<Vec<Vec<Option<String>>>, DatabaseError> {
    let mut reader = TableReader::open(place, table, columns, most)?;
    let (mut rows, mut read) = (Vec::new(), 0);
    while let Some(batch) = reader.next_batch()? {
        assert_eq!(batch.first_row, rows.len() as u64 + 1);
        assert!(batch.rows <= most && batch.bytes_read >= read, "progress never goes back");
        read = batch.bytes_read;
        for row in 0..batch.rows {
            let cell = |column: &Cells| match column {
                Cells::Text(cells) => cells.get(row).map(|cell| String::from_utf8_lossy(cell).into_owned()),
                _ => None,
            };
            rows.push(batch.columns.iter().map(cell).collect());
        }
    }
    Ok(rows)
}

fn error_of<T>(result: Result<T, impl fmt::Display>) -> String {
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

fn some(cells: &[&str]) -> Vec<Option<String>> {
    cells.iter().map(|cell| Some((*cell).to_owned())).collect()
}

#[test]
fn values_of_every_type_are_text() -> Outcome {
    let (_folder, place) = database(
        "CREATE TABLE sales (id TEXT, n INTEGER, amount REAL, blob);
         INSERT INTO sales VALUES ('007', 9223372036854775807, 0.1 + 0.2, x'00ff'), ('张三', -5, 1234.0, NULL),
                                  (NULL, 'seven', 8911407.90, 12);",
    )?;
    let missing = None::<String>;
    let text = |text: &str| Some(text.to_owned());
    let expected = vec![
        vec![text("007"), text("9223372036854775807"), text("0.3"), text("0x00ff")],
        vec![text("张三"), text("-5"), text("1234"), missing.clone()],
        vec![missing.clone(), text("seven"), text("8911407.9"), text("12")],
    ];
    for most in [1, 2, 3, 100] {
        assert_eq!(rows(&place, "sales", &[0, 1, 2, 3], most)?, expected, "{most}");
    }
    assert_eq!(rows(&place, "sales", &[2, 0, 2], 100)?[1], some(&["1234", "张三", "1234"]));
    assert_eq!(rows(&place, "sales", &[], 2)?.len(), 3);
    Ok(())
}

#[test]
fn tables_are_listed_with_rows_and_columns() -> Outcome {
    let (_folder, place) = database(
        "CREATE TABLE b (k INTEGER PRIMARY KEY AUTOINCREMENT, \"Amount €\" DECIMAL(10,2));
         INSERT INTO b VALUES (1, 2), (2, 3);
         CREATE TABLE a (x TEXT PRIMARY KEY) WITHOUT ROWID;
         CREATE VIEW v AS SELECT k, k FROM b;
         CREATE TABLE sqlitefan (y);
         CREATE INDEX by_amount ON b (\"Amount €\");",
    )?;
    let found = tables(&place)?;
    let listed: Vec<_> = found.iter().map(|info| (info.name.as_str(), info.view, info.rows)).collect();
    let expected = [("a", false, Some(0)), ("b", false, Some(2)), ("sqlitefan", false, Some(0)), ("v", true, None)];
    assert_eq!(listed, expected);
    let columns: Vec<_> = found[1].columns.iter().map(|column| (&*column.name, &*column.declared)).collect();
    assert_eq!(columns, [("k", "integer"), ("Amount €", "decimal(10,2)")]);
    assert_eq!(rows(&place, "v", &[0, 1], 9)?, [some(&["1", "1"]), some(&["2", "2"])]);
    assert_eq!(rows(&place, "a", &[0], 9)?, Vec::<Vec<_>>::new());
    // An index covers the column, and would give its order.
    let (_folder, place) =
        database("CREATE TABLE t (x); CREATE INDEX i ON t (x); INSERT INTO t VALUES (9), (1), (5);")?;
    assert_eq!(rows(&place, "t", &[0], 9)?, [some(&["9"]), some(&["1"]), some(&["5"])]);
    Ok(())
}

#[test]
fn odd_names_are_only_names() -> Outcome {
    let (_folder, place) = database(
        "CREATE TABLE \"we\"\"ird; DROP TABLE x --\" (\"a\"\"b\" TEXT, \"select\", \"rowid\", \"oid\", \"_rowid_\", '');
         INSERT INTO \"we\"\"ird; DROP TABLE x --\" VALUES ('1', 2, 30, 4, 5, 6), ('7', 8, 9, 10, 11, 12);
         CREATE TABLE w (a TEXT, b INTEGER, PRIMARY KEY (b)) WITHOUT ROWID;
         INSERT INTO w VALUES ('x', 2), ('y', 1);
         CREATE TABLE r (rowid TEXT); INSERT INTO r VALUES ('z'), ('a');
         CREATE TABLE g (a INTEGER, b INTEGER AS (a * 2)); INSERT INTO g VALUES (4);",
    )?;
    let odd = rows(&place, "we\"ird; DROP TABLE x --", &[0, 1, 2, 5], 1)?;
    assert_eq!(odd, [some(&["1", "2", "30", "6"]), some(&["7", "8", "9", "12"])]);
    assert_eq!(rows(&place, "w", &[0, 1], 9)?, [some(&["y", "1"]), some(&["x", "2"])]);
    assert_eq!(rows(&place, "r", &[0], 9)?, [some(&["z"]), some(&["a"])]);
    assert_eq!(rows(&place, "g", &[1, 0], 9)?, [some(&["8", "4"])]);
    Ok(())
}

#[test]
fn what_cannot_be_read_is_told() -> Outcome {
    let (folder, place) =
        database("CREATE TABLE sales (id); CREATE TABLE \"old sales\" (id); CREATE VIEW v AS SELECT 1;")?;
    let told = error_of(TableReader::open(&place, "sale", &[0], 9));
    assert!(told.contains("no table `sale`; it has `old sales`, `sales`, `v`"), "{told}");
    let told = error_of(TableReader::open(&place, "sales", &[1], 9));
    assert!(told.contains("1 columns, none at position 2"), "{told}");
    let writer = Connection::open(folder.path().join("shop.db"))?;
    writer.execute_batch("BEGIN EXCLUSIVE")?;
    let told = error_of(tables(&place));
    assert!(told.contains("locked by another program"), "{told}");
    drop(writer);
    assert_eq!(tables(&place)?.len(), 3);
    let path = folder.path().join("random.db");
    std::fs::write(&path, (0..9_000u32).map(|n| (n * n % 251) as u8).collect::<Vec<_>>())?;
    let told = error_of(tables(&Place::file(&path)));
    assert!(told.contains("not an SQLite database, or it is encrypted"), "{told}");
    let told = error_of(tables(&Place::file(folder.path().join("missing.db"))));
    assert!(told.contains("missing.db") && told.contains("No such file"), "{told}");
    let told = error_of(tables(&Place::file(folder.path())));
    assert!(told.contains("cannot read"), "{told}");
    Ok(())
}

#[test]
fn what_a_writer_has_only_in_its_log_is_read_and_the_file_stays_as_it_is() -> Outcome {
    let (folder, place) = database("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1);")?;
    let path = folder.path().join("shop.db");
    let writer = Connection::open(&path)?;
    writer.execute_batch("INSERT INTO t VALUES (2)")?;
    let before = std::fs::read(&path)?;
    assert_eq!(rows(&place, "t", &[0], 9)?, [some(&["1"]), some(&["2"])]);
    assert!(std::fs::read(&path)? == before);
    Ok(())
}

#[test]
fn damaged_databases_give_errors_or_rows_but_never_hang() -> Outcome {
    let rows_sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
                    INSERT INTO t SELECT 'customer ' || i, i * 1.5 FROM n;";
    let (folder, place) = database(&format!("CREATE TABLE t (a, b); {rows_sql}"))?;
    assert_eq!(rows(&place, "t", &[0, 1], 100)?[499], some(&["customer 500", "750"]));
    let whole = std::fs::read(folder.path().join("shop.db"))?;
    let path = folder.path().join("damaged.db");
    for at in (0..whole.len()).step_by(whole.len() / 97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        std::fs::write(&path, &whole[..at.max(100)])?;
        assert!(error_of(tables(&Place::file(&path))).contains("cut short"), "{at}");
        for bytes in [&bytes, &whole[..at]] {
            std::fs::write(&path, bytes)?;
            let _ = tables(&Place::file(&path));
            let _ = TableReader::open(&Place::file(&path), "t", &[0, 1], 100).map(|mut reader| {
                while let Ok(Some(batch)) = reader.next_batch() {
                    assert!(batch.rows <= 100);
                }
            });
        }
    }
    Ok(())
}

#[test]
fn a_type_that_somebody_declares_says_nothing_of_folders() -> Outcome {
    let (folder, place) = database(
        "CREATE TABLE orders (\"customer\" \"by folder\", \"date\" text, \"amount\" text);
         INSERT INTO orders VALUES ('张三', '2024-01-05', '1.50'), ('李四', '2024-01-06', '2.50');",
    )?;
    let named = |place: &Place| Source::open(place, &TextOptions::default());
    let source = named(&place)?;
    assert_eq!(
        (source.of_folders, source.columns[2].sample.as_slice()),
        (0, &["1.50".to_owned(), "2.50".to_owned()][..])
    );
    // Beside a column that a folder does say.
    let path = folder.path().join("year=2024/shop.db");
    std::fs::create_dir(folder.path().join("year=2024"))?;
    std::fs::copy(folder.path().join("shop.db"), &path)?;
    let source = named(&Place::File { path, partition: crate::data::folder::keys("year=2024/shop.db") })?;
    let firsts: Vec<_> = source.columns.iter().map(|column| column.sample[0].as_str()).collect();
    assert_eq!((source.of_folders, firsts), (1, vec!["张三", "2024-01-05", "1.50", "2024"]));
    Ok(())
}
