//! How a report was made, so that it can be made again.

use super::super::Subject;
use super::super::document::{Block, Fact, Section, Source, Table};
use crate::show::numbers::count;
use crate::show::text::clean;
use crate::tr;

pub(in super::super) fn section(subject: &Subject<'_>) -> Section {
    let fact = |name: &'static str, value: String| Fact { name: name.into(), value };
    let facts = vec![
        fact(tr!("Program"), format!("tierscope {}", env!("CARGO_PKG_VERSION"))),
        fact(tr!("Command"), clean(subject.command).into_owned()),
    ];
    let mut blocks = vec![Block::Facts(facts), Block::Table(files(subject))];
    if !subject.saved.is_empty() {
        blocks.push(Block::Source(Source {
            title: tr!("The view as a scenario file, which gives the same figures again").to_owned(),
            form: "toml",
            text: subject.saved.to_owned(),
        }));
    }
    Section { id: "making", title: tr!("How this was made").to_owned(), blocks }
}

fn files(subject: &Subject<'_>) -> Table {
    let head = [tr!("file"), tr!("kind"), tr!("bytes"), tr!("rows")];
    let mut table = Table::new(tr!("Files that were read"), 2, head);
    let read = subject.ledger.read();
    for file in subject.files {
        // Of a file that does not tell by itself, only the sum of all is known.
        let rows = if subject.files.len() == 1 { Some(read) } else { file.rows };
        table.row([
            clean(&file.place).into_owned(),
            file.kind.clone(),
            count(file.bytes),
            rows.map_or_else(|| "–".to_owned(), count),
        ]);
    }
    if subject.files.len() > 1 {
        let bytes: u64 = subject.files.iter().map(|file| file.bytes).sum();
        table.total([tr!("total").to_owned(), String::new(), count(bytes), count(read)]);
    }
    table
}
