//! What is asked of a database, in SQL.

use rusqlite::Connection;

use super::{TableColumn, TableInfo};

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The tables and views with their columns, not counted.
pub(super) fn listed(connection: &Connection) -> rusqlite::Result<Vec<TableInfo>> {
    let mut tables = connection.prepare(
        "SELECT name, type = 'view', type = 'table' AND NOT wr FROM pragma_table_list \
         WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         ORDER BY name",
    )?;
    // Columns that a virtual table hides (1) are its parameters.
    let mut columns =
        connection.prepare("SELECT name, lower(type) FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid")?;
    let named = tables.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get::<_, bool>(2)?)))?;
    let infos = named.map(|table| {
        let (name, view, has_ids) = table?;
        let described =
            columns.query_map([&name], |row| Ok(TableColumn { name: row.get(0)?, declared: row.get(1)? }))?;
        let columns: Vec<TableColumn> = described.collect::<rusqlite::Result<_>>()?;
        let free = |id: &&str| !columns.iter().any(|column| column.name.eq_ignore_ascii_case(id));
        let row_id = ["rowid", "_rowid_", "oid"].into_iter().find(free).filter(|_| has_ids);
        Ok(TableInfo { name, view, rows: None, columns, row_id })
    });
    infos.collect()
}

/// The query for chosen columns, with the rows' ids behind them where there are any. The table is named with each
/// column: a name in quotes that is no column would be a text to `SQLite`.
pub(super) fn query(info: &TableInfo, columns: &[usize]) -> String {
    let table = quoted(&info.name);
    let mut wanted: Vec<String> =
        columns.iter().map(|position| format!("{table}.{}", quoted(&info.columns[*position].name))).collect();
    wanted.push(info.row_id.map_or_else(|| "NULL".to_owned(), |id| format!("{table}.{id}")));
    let order = info.row_id.map_or_else(String::new, |id| format!(" ORDER BY {table}.{id}"));
    format!("SELECT {} FROM {table}{order}", wanted.join(", "))
}

/// The first and last of the rows' ids.
pub(super) fn span(connection: &Connection, table: &str, id: &str) -> rusqlite::Result<Option<(i64, i64)>> {
    let table = quoted(table);
    // Asked for apart, each is found without a walk through the table.
    let query = format!("SELECT (SELECT min({id}) FROM {table}), (SELECT max({id}) FROM {table})");
    connection.query_row(&query, [], |row| Ok(row.get::<_, Option<i64>>(0)?.zip(row.get(1)?)))
}

/// The rows of a table.
pub(super) fn rows_of(connection: &Connection, table: &str) -> rusqlite::Result<u64> {
    let query = format!("SELECT count(*) FROM {}", quoted(table));
    connection.query_row(&query, [], |row| row.get::<_, i64>(0)).map(|rows| rows as u64)
}
