//! Delimiters, line ends, quotes, rows of other widths, titles, headers in the middle, totals at the foot.

use super::super::support::{Failure, Scratch, TestResult, answer, tierscope};
use super::{CHINESE, Cases, HEADER, Sale, WESTERN, cells, opens, opens_as, opens_but, sales};

const DELIMITERS: [(&str, char); 4] = [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("pipe", '|')];
const ENDS: [(&str, &str); 3] = [("LF", "\n"), ("CRLF", "\r\n"), ("CR", "\r")];

/// Each delimiter with each line end, by name.
fn ways() -> impl Iterator<Item = (String, char, &'static str)> {
    DELIMITERS.into_iter().flat_map(|(delimiter, character)| {
        ENDS.into_iter().map(move |(end, line_end)| (format!("{delimiter}, {end}"), character, line_end))
    })
}

/// Records as lines.
fn joined<C: AsRef<str>>(records: &[Vec<C>], delimiter: char, end: &str) -> String {
    let line = |record: &Vec<C>| {
        record.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(delimiter.to_string().as_str()) + end
    };
    records.iter().map(line).collect()
}

/// The header and the rows as records.
fn records(header: [&str; 4], sales: &[Sale]) -> Vec<Vec<String>> {
    let header = header.map(str::to_owned).to_vec();
    std::iter::once(header).chain(sales.iter().map(|sale| cells(sale).to_vec())).collect()
}

#[test]
fn every_delimiter_with_every_line_end() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    for (case, delimiter, end) in ways() {
        let text = joined(&records(HEADER, &rows), delimiter, end);
        let whole = scratch.file("whole.csv", &text)?;
        cases.add(&case, opens(&[&whole], &rows));
        let unended = scratch.file("unended.csv", text.strip_suffix(end).unwrap_or(&text))?;
        cases.add(&format!("{case}, no last line end"), opens(&[&unended], &rows));
        let apart = scratch.file("apart.csv", text.replace(end, &end.repeat(2)))?;
        cases.add(&format!("{case}, blank lines"), opens(&[&apart], &rows));
    }
    // Blanks keep apart what has none in it.
    let short = sales(&["A1", "B2", "C3", "D4"]);
    for (end, line_end) in ENDS {
        let padded = joined(&records(HEADER, &short), ' ', &format!("  {line_end}")).replace(' ', "    ");
        cases.add(&format!("blanks, {end}"), opens(&[&scratch.file("blanks.txt", padded)?], &short));
    }
    cases.end()
}

#[test]
fn quotes_keep_delimiters_quotes_and_line_ends_together() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    for (case, delimiter, end) in ways() {
        let name = format!("Lee{delimiter}Ann \"A.\"{end}jun.");
        let rows = sales(&[&name, "Bob", "Carla Diaz", "Dora"]);
        let mut writer = csv::WriterBuilder::new();
        writer.delimiter(delimiter as u8).terminator(match end {
            "\r\n" => csv::Terminator::CRLF,
            "\r" => csv::Terminator::Any(b'\r'),
            _ => csv::Terminator::Any(b'\n'),
        });
        let mut writer = writer.from_writer(Vec::new());
        writer.write_record(["remark", HEADER[0], HEADER[1], HEADER[2], HEADER[3]])?;
        for sale in &rows {
            let remark = format!("{end}\"{delimiter}{delimiter}{end}{end}x");
            let [customer, order, date, amount] = cells(sale);
            writer.write_record([remark, customer, order, date, amount])?;
        }
        cases.add(&case, opens(&[&scratch.file("quoted.csv", writer.into_inner()?)?], &rows));
    }
    cases.end()
}

#[test]
fn rows_of_other_widths_lose_only_what_they_do_not_have() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    for (case, delimiter, end) in ways() {
        let mut table = records(HEADER, &rows);
        table[0].push("note".to_owned());
        for (number, record) in table.iter_mut().enumerate().skip(1) {
            match number % 4 {
                0 => record.push("called".to_owned()),
                1 => record.extend(["a", "b", "c"].map(str::to_owned)),
                2 => record.push(String::new()),
                _ => {}
            }
        }
        // A row that ends before its amount has none.
        table.push(vec!["Ann Lee".to_owned(), "SO-1".to_owned(), "2023-05-05".to_owned()]);
        let file = scratch.file("ragged.csv", joined(&table, delimiter, end))?;
        cases.add(&case, opens_but(&[&file], &rows, &[("missing amount", 1)]));
    }
    cases.end()
}

#[test]
fn titles_above_the_header_are_passed_over() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    let titles: [(&str, &[&[&str]]); 4] = [
        ("plain", &[&["Sales report"], &["exported 2024-12-31 by Ann"]]),
        ("padded", &[&["销售明细表", "", "", ""], &["导出时间：", "2024-12-31 08:00:00", "", ""]]),
        ("padded with a blank record", &[&["Sales report", "", "", ""], &["", "", "", ""]]),
        ("plain in Chinese", &[&["#支付宝账务明细查询"], &["#起始日期：[2023年01月01日] 终止日期：[2024年12月31日]"]]),
    ];
    for (case, delimiter, end) in ways() {
        for header in [HEADER, CHINESE] {
            for (kind, title) in &titles {
                let title: Vec<Vec<&str>> = title.iter().map(|line| line.to_vec()).collect();
                let text = joined(&title, delimiter, end) + &joined(&records(header, &rows), delimiter, end);
                let file = scratch.file("titled.csv", &text)?;
                let case = format!("{case}, {kind}, {}", header[0]);
                cases.add(&case, opens(&[&file], &rows));
                cases.add(&format!("{case}, by option"), opens(&[&file, "--skip-lines", "2"], &rows));
            }
        }
    }
    cases.end()
}

#[test]
fn headers_in_the_middle_and_totals_are_no_sales() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    let totals: [&[&str]; 6] = [
        &["合计", "", "", "99999.00"],
        &["Total", "", "", "99999.00"],
        &["", "合计：", "", "99999.00"],
        &["", "", "总计（共60笔）", "99999.00"],
        &["Grand total", "60", "", "99,999.00"],
        &["小计", "", "", ""],
    ];
    for (case, delimiter, end) in ways() {
        for header in [HEADER, CHINESE] {
            for total in totals.iter().filter(|total| delimiter != ',' || !total.concat().contains(',')) {
                let mut table = records(header, &rows);
                let again = table[0].clone();
                table.insert(40, again.clone());
                table.insert(20, again);
                table.push(total.iter().map(|cell| (*cell).to_owned()).collect());
                let file = scratch.file("foot.csv", joined(&table, delimiter, end))?;
                let rejected = [("header repeated", 2), ("total of other rows", 1)];
                cases.add(&format!("{case}, {}, {total:?}", header[0]), opens_but(&[&file], &rows, &rejected));
            }
        }
    }
    cases.end()
}

#[test]
fn three_thousand_columns_are_no_hindrance() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = sales(&WESTERN);
    for delimiter in [',', '\t'] {
        let mut table = records(HEADER, &rows);
        for (number, record) in table.iter_mut().enumerate() {
            let own = std::mem::take(record);
            let filler = |column: usize| if number == 0 { format!("attribute {column}") } else { format!("x{column}") };
            record.extend((0..2_996).map(filler));
            for (cell, at) in own.into_iter().zip([7, 1_200, 2_100, 2_999]) {
                record.insert(at, cell);
            }
        }
        assert_eq!(table[0].len(), 3_000);
        opens(&[&scratch.file("wide.csv", joined(&table, delimiter, "\n"))?], &rows)?;
    }
    Ok(())
}

#[test]
fn a_table_without_a_header_is_one_too() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = sales(&WESTERN);
    let positions = ["--customer", "1", "--order", "2", "--date", "3", "--amount", "4"];
    for (case, delimiter, end) in ways() {
        let file = scratch.file("bare.csv", joined(&records(HEADER, &rows)[1..], delimiter, end))?;
        cases.add(&case, opens(&[&[&*file], &positions[..]].concat(), &rows));
        cases.add(&format!("{case}, by option"), opens(&[&[&*file, "--header", "no"], &positions[..]].concat(), &rows));
    }
    cases.end()
}

#[test]
fn standard_input_gives_what_the_file_gives() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = sales(&WESTERN);
    for (name, text) in [
        ("comma", joined(&records(HEADER, &rows), ',', "\n")),
        ("chinese tab", joined(&records(CHINESE, &rows), '\t', "\r\n")),
    ] {
        let file = scratch.file("piped.csv", &text)?;
        opens_as(name, &[&file], &rows)?;
        let piped = |command: &str| -> Result<String, Failure> {
            let mut shell = std::process::Command::new("sh");
            let line = format!("cat \"$1\" | \"$2\" {command} - --bins 2");
            shell.args(["-c", &line, "sh", &file, env!("CARGO_BIN_EXE_tierscope")]);
            let answer = answer(shell.env("XDG_CONFIG_HOME", "/nonexistent"))?;
            if answer.status == Some(0) { Ok(answer.stdout) } else { Err(format!("{answer:?}").into()) }
        };
        let by_name = answer(tierscope().args(["customers", &*file, "--bins", "2"]))?;
        assert_eq!(piped("customers")?, by_name.stdout, "{name}");
        let told: serde_json::Value = serde_json::from_str(&piped("report --format json")?)?;
        assert_eq!(super::ledger(&told)?.1, rows.len() as u64, "{name}");
    }
    Ok(())
}
