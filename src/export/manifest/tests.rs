use std::error::Error;
use std::fs;
use std::process::Command;

use super::super::table::Cell;
use super::super::{sink, write};
use super::*;
use crate::job::CancelToken;
use crate::model::money::Scale;

#[test]
fn a_manifest_reads_back_and_its_figures_are_those_of_the_file() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("list.csv");
    let beside = Manifest::path(&path);
    assert_eq!(beside, folder.path().join("list.csv.manifest.json"));
    let columns = [("customer", Kind::Text), ("monetary", Kind::Money(Scale::CENTS))];
    let columns = columns.map(|(name, kind)| Column { name: name.to_owned(), kind });
    let (mut output, note) = (Output::open(Some(&path), false)?, Output::open(Some(&beside), false)?);
    let aside = output.folder();
    let rows = [("张三", 123_450), ("=x", -5)].map(|(id, money)| vec![Cell::Text(id.into()), Cell::Int(money)]);
    let sink = sink(Format::Csv, &mut output, &aside)?;
    let totals = write(sink, &columns, rows, Some(1), &CancelToken::default())?;
    let sealed = output.seal()?;
    let written = sealed.written().clone();
    let manifest = Manifest {
        selection: "segment Champions".to_owned(),
        generator: Generator { name: "tierscope".to_owned(), version: "0.1.0".to_owned() },
        written: "2024-02-01 10:00 +08:00".to_owned(),
        export: Export::new(&written, Format::Csv, &columns, totals, Some(1)),
        sources: vec![Source { file: "sales.csv".to_owned(), bytes: 17, sha256: "00".repeat(32) }],
        as_of: "2024-02-01".to_owned(),
        data_filter: "category = 'Lamps'".to_owned(),
        filter: "recency <= 90".to_owned(),
        sort: "monetary:desc".to_owned(),
        scenario: "[method]\n".to_owned(),
        privacy: Privacy { masked: true, ids: Ids::Hashed { key_fingerprint: "0123456789abcdef".to_owned() } },
    };
    assert!(!path.exists());
    assert_eq!(sealed.put_with(manifest.seal(note)?)?, written);
    let text = fs::read_to_string(&beside)?;
    assert_eq!(serde_json::from_str::<Manifest>(&text)?, manifest);
    let read: serde_json::Value = serde_json::from_str(&text)?;
    assert_eq!(read["export"]["file"], "list.csv");
    assert_eq!(read["export"]["rows"], 2);
    assert_eq!(read["export"]["bytes"], fs::metadata(&path)?.len());
    assert_eq!(read["export"]["control_total"]["sum"], "1234.45");
    assert_eq!(read["export"]["columns"][1]["kind"], "money");
    assert_eq!(read["privacy"]["ids"]["hashed"]["key_fingerprint"], "0123456789abcdef");
    // By another program.
    let sum = Command::new("sha256sum").arg(&path).output()?;
    assert_eq!(String::from_utf8(sum.stdout)?.split(' ').next(), read["export"]["sha256"].as_str());
    let told = Output::open(Some(&beside), false).map(|_| ()).unwrap_err().to_string();
    assert!(told.contains("list.csv.manifest.json is there already"), "{told}");
    Ok(())
}
