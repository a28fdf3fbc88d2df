use std::error::Error;
use std::io::{Seek, Write};
use std::path::PathBuf;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::data::expand::{ExpandError, expand, spool};
use crate::job::CancelToken;

type Outcome = Result<(), Box<dyn Error>>;

const JANUARY: &str = "id,day,amount\n张三,2024-01-05,12.50\n";

fn zipped(members: &[(&str, &[u8], CompressionMethod)]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = io::Cursor::new(Vec::new());
    write_zip(&mut bytes, members)?;
    Ok(bytes.into_inner())
}

fn write_zip(out: impl Write + Seek, members: &[(&str, &[u8], CompressionMethod)]) -> Outcome {
    let mut zip = ZipWriter::new(out);
    for (name, bytes, method) in members {
        let options = SimpleFileOptions::default().compression_method(*method);
        if name.ends_with('/') {
            zip.add_directory(*name, options)?;
        } else {
            zip.start_file(*name, options)?;
            zip.write_all(bytes)?;
        }
    }
    zip.finish()?;
    Ok(())
}

/// Puts bytes into every local header (at an offset) and into every entry of the directory (two bytes farther on).
fn patched(mut zip: Vec<u8>, offset: usize, bytes: [u8; 2]) -> Vec<u8> {
    for at in 0..zip.len() - 4 {
        let at = match &zip[at..at + 4] {
            b"PK\x03\x04" => at + offset,
            b"PK\x01\x02" => at + offset + 2,
            _ => continue,
        };
        zip[at..at + 2].copy_from_slice(&bytes);
    }
    zip
}

fn replaced(zip: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = zip.to_vec();
    for at in memchr::memmem::find_iter(zip, from) {
        out[at..at + to.len()].copy_from_slice(to);
    }
    out
}

/// A folder with one file in it.
fn saved(name: &str, bytes: &[u8]) -> io::Result<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(name);
    std::fs::write(&path, bytes)?;
    Ok((folder, path))
}

fn text(place: &Place) -> io::Result<String> {
    let mut text = String::new();
    place.open()?.read_to_string(&mut text)?;
    Ok(text)
}

fn error_of<T>(result: Result<T, impl fmt::Display>) -> String {
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn data_members_come_in_name_order_and_others_not_at_all() -> Outcome {
    use CompressionMethod::{Bzip2, Deflated, Stored};
    let january = JANUARY.as_bytes();
    let bytes = zipped(&[
        ("2024/", b"", Stored),
        ("2024/february.csv", b"id\n2\n", Stored),
        ("2024/January.csv", january, Deflated),
        ("2023/year=2023/all.txt", b"id\n3\n", Bzip2),
        ("2024/empty.csv", b"", Stored),
        ("__MACOSX/2024/._january.csv", b"x", Stored),
        (".DS_Store", b"x", Stored),
        ("README.txt", b"x", Stored),
        ("docs/LICENSE", b"x", Stored),
        ("report.PDF", b"x", Stored),
        ("old\\march.csv", b"id\n4\n", Stored),
        ("bad\u{1b}[31m.csv", b"id\n5\n", Stored),
    ])?;
    let (_folder, path) = saved("sales.zip", &bytes)?;
    let places = expand(std::slice::from_ref(&path))?;
    let names: Vec<String> = places.iter().map(Place::name).collect();
    assert_eq!(names, ["all.txt", "January.csv", "february.csv", "bad\u{fffd}[31m.csv", "march.csv"]);
    assert_eq!(places[1].to_string(), format!("{}/2024/January.csv", path.display()));
    assert_eq!(text(&places[1])?, JANUARY);
    assert_eq!(places[1].size()?, JANUARY.len() as u64);
    assert_eq!(places[0].partition(), [("year".to_owned(), Some("2023".to_owned()))]);
    assert_eq!([text(&places[0])?, text(&places[2])?], ["id\n3\n", "id\n2\n"]);
    assert_eq!(text(&places[1])?, JANUARY, "a second time");
    Ok(())
}

#[test]
fn long_members_come_whole_by_every_method_and_in_any_steps() -> Outcome {
    let long: Vec<u8> = (0..400_000u32).flat_map(|row| format!("{row},{}\n", row % 97).into_bytes()).collect();
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated, CompressionMethod::Bzip2] {
        let (_folder, path) = saved("long.zip", &zipped(&[("long.csv", &long, method)])?)?;
        let places = expand(&[path])?;
        let mut read = Vec::new();
        places[0].open()?.read_to_end(&mut read)?;
        assert!(read == long, "{method}");
        let mut begun = [0; 10];
        places[0].open()?.read_exact(&mut begun)?;
        assert_eq!(&begun, b"0,0\n1,1\n2,");
    }
    // Deflate without its longest match is deflate64 too.
    let short = zipped(&[("a.csv", JANUARY.as_bytes(), CompressionMethod::Deflated)])?;
    let (_folder, path) = saved("a.zip", &patched(short, 8, [9, 0]))?;
    assert_eq!(text(&expand(&[path])?[0])?, JANUARY);
    Ok(())
}

#[test]
fn gbk_names_are_read_and_bytes_that_are_none_are_shown_somehow() -> Outcome {
    let zip = zipped(&[("XXXXXXXX.csv", b"id\n1\n", CompressionMethod::Stored)])?;
    let (gbk, _, _) = encoding_rs::GBK.encode("一月销售");
    for (name, expected) in [(&*gbk, "一月销售.csv"), (b"caf\x82 \xff01".as_slice(), "café \u{a0}01.csv")] {
        let (_folder, path) = saved("names.zip", &replaced(&zip, b"XXXXXXXX", name))?;
        let places = expand(&[path])?;
        assert_eq!(places[0].name(), expected);
        assert_eq!(text(&places[0])?, "id\n1\n");
    }
    Ok(())
}

#[test]
fn what_cannot_be_unpacked_is_told_and_never_short() -> Outcome {
    let good = zipped(&[("a.csv", JANUARY.as_bytes(), CompressionMethod::Stored)])?;
    let deflated = zipped(&[("a.csv", JANUARY.as_bytes(), CompressionMethod::Deflated)])?;
    let mut torn = deflated.clone();
    torn[40..44].copy_from_slice(&[0xff; 4]);
    for (zip, expected) in [
        (replaced(&good, b"12.50", b"99.50"), "damaged"),
        (torn, "damaged"),
        (patched(good.clone(), 6, [1, 0]), "encrypted; unpack the archive with its password"),
        (patched(good.clone(), 8, [14, 0]), "method that is not read"),
        (patched(good.clone(), 8, [93, 0]), "method that is not read"),
        (replaced(&good, b"PK\x03\x04", b"PK\x03\x05"), ""),
    ] {
        let (_folder, path) = saved("a.zip", &zip)?;
        if expected.is_empty() {
            assert_eq!(expand(&[path])?[0].name(), "a.zip", "not a zip file by its beginning");
            continue;
        }
        let told = error_of(text(&expand(&[path])?[0]));
        assert!(told.contains(expected), "{told} / {expected}");
    }
    Ok(())
}

#[test]
fn archives_that_are_none_or_hold_nothing_say_so() -> Outcome {
    let good = zipped(&[("a.csv", JANUARY.as_bytes(), CompressionMethod::Stored)])?;
    let twice = zipped(&[("a.csv", b"x", CompressionMethod::Stored), ("b.csv", b"x", CompressionMethod::Stored)])?;
    for (zip, expected) in [
        (good[..good.len() - 30].to_vec(), "is not a readable zip archive"),
        (zipped(&[])?, "holds no data files; it is empty"),
        (zipped(&[("a.pdf", b"x", CompressionMethod::Stored)])?, "holds no data files; `a.pdf` is none"),
        (replaced(&twice, b"b.csv", b"a.csv"), "several members of the same name"),
    ] {
        let (_folder, path) = saved("a.zip", &zip)?;
        let told = error_of(expand(&[path]));
        assert!(told.contains("a.zip") && told.contains(expected), "{told} / {expected}");
    }
    // Whatever a damaged archive says, it is an answer.
    for end in 0..good.len() {
        let (_folder, path) = saved("a.zip", &good[..end])?;
        let _ = expand(&[path]).map(|places| places.iter().map(text).count());
    }
    for at in 0..good.len() {
        let mut zip = good.clone();
        zip[at] ^= 0x41;
        let (_folder, path) = saved("a.zip", &zip)?;
        for place in expand(&[path]).unwrap_or_default() {
            if let Place::Member(_) = place {
                assert!(text(&place).map_or(true, |text| text == JANUARY), "byte {at}");
            }
        }
    }
    Ok(())
}

#[test]
fn workbooks_are_no_archives() -> Outcome {
    let stored = CompressionMethod::Stored;
    let mime = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    for (members, expected) in [
        (
            vec![("[Content_Types].xml", b"x".as_slice()), ("xl/workbook.xml", b"x")],
            ZipKind::Workbook(WorkbookKind::Xlsx),
        ),
        (vec![("[Content_Types].xml", b"x"), ("xl/workbook.bin", b"x")], ZipKind::Workbook(WorkbookKind::Xlsb)),
        (vec![("mimetype", mime), ("content.xml", b"x")], ZipKind::Workbook(WorkbookKind::Ods)),
        (vec![("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"x")], ZipKind::Archive),
        (vec![("backup/workbook.xml", b"x")], ZipKind::Archive),
        (vec![("a.csv", b"x")], ZipKind::Archive),
    ] {
        let members: Vec<_> = members.into_iter().map(|(name, bytes)| (name, bytes, stored)).collect();
        let (_folder, path) = saved("x", &zipped(&members)?)?;
        assert_eq!(what_zip(&Place::file(path))?, expected, "{members:?}");
    }
    Ok(())
}

#[test]
fn members_that_are_read_in_leaps_and_archives_in_archives_are_spooled() -> Outcome {
    let stored = CompressionMethod::Stored;
    let inner = zipped(&[("deep/march.csv", b"id\n3\n", stored)])?;
    let book = zipped(&[("[Content_Types].xml", b"x", stored), ("xl/workbook.xml", b"x", stored)])?;
    let bytes = zipped(&[
        ("a.csv", b"id\n1\n", stored),
        ("b.parquet", b"PAR1....PAR1", CompressionMethod::Deflated),
        ("c.xlsx", &book, stored),
        ("d.zip", &inner, stored),
    ])?;
    let (_folder, path) = saved("all.zip", &bytes)?;
    let places = expand(std::slice::from_ref(&path))?;
    let spooled = spool(&places, &CancelToken::default())?;
    let names: Vec<_> = spooled.iter().map(Place::to_string).collect();
    let under = |name: &str| format!("{}/{name}", path.display());
    assert_eq!(names, [under("a.csv"), under("b.parquet"), under("c.xlsx"), under("d.zip/deep/march.csv")]);
    assert!(matches!(spooled[0], Place::Member(_)));
    let file = spooled[1].path().ok_or("spooled")?.to_owned();
    assert_eq!(std::fs::read(&file)?, b"PAR1....PAR1");
    assert_eq!(spooled[1].name(), "b.parquet");
    assert_eq!(text(&spooled[3])?, "id\n3\n");
    drop(spooled);
    assert!(!file.exists());
    let cancel = CancelToken::default();
    cancel.cancel();
    let stopped = spool(&places, &cancel);
    let interrupted = |error: &io::Error| error.kind() == io::ErrorKind::Interrupted;
    assert!(matches!(&stopped, Err(ExpandError::Spool { source, .. }) if interrupted(source)), "{stopped:?}");
    Ok(())
}

#[test]
fn files_folders_patterns_and_archives_are_one_data_set() -> Outcome {
    let zip = zipped(&[("in.csv", b"id\n1\n", CompressionMethod::Stored)])?;
    let (folder, path) = saved("z.zip", &zip)?;
    let root = folder.path();
    std::fs::create_dir_all(root.join("year=2024"))?;
    std::fs::write(root.join("year=2024/b.csv"), "id\n1\n")?;
    std::fs::write(root.join("a.csv"), "id\n1\n")?;
    let names = |files: &[PathBuf]| -> Result<Vec<String>, ExpandError> {
        let below = |place: &Place| place.to_string().replace(&format!("{}/", root.display()), "");
        Ok(expand(files)?.iter().map(below).collect())
    };
    assert_eq!(names(&[root.to_owned()])?, ["a.csv", "year=2024/b.csv", "z.zip/in.csv"]);
    assert_eq!(
        names(&[root.join("*.csv"), root.join("year=2024"), path.clone()])?,
        ["a.csv", "year=2024/b.csv", "z.zip/in.csv"]
    );
    let by_pattern = expand(&[root.join("*/*.csv")])?;
    assert_eq!(by_pattern[0].partition(), [("year".to_owned(), Some("2024".to_owned()))]);
    assert_eq!(names(&["-".into()])?, ["/dev/stdin"]);
    assert_eq!(names(&["nowhere.csv".into()])?, ["nowhere.csv"], "its absence is told when it is opened");
    for (files, expected) in [
        (vec![root.to_owned(), root.join("a.csv")], "a.csv is named twice"),
        (vec![path.clone(), root.join("year=2024/../z.zip")], "z.zip/in.csv is named twice"),
        (vec![root.join("*.parquet")], "no file matches"),
        (vec![root.join("a[.csv")], "cannot be followed"),
    ] {
        let told = error_of(expand(&files));
        assert!(told.contains(expected), "{told}");
    }
    Ok(())
}

#[test]
fn an_archive_in_a_pipe_gives_its_members() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&path).status()?.success());
    let zip = zipped(&[("in.csv", b"id\n1\n", CompressionMethod::Deflated)])?;
    let places = expand(std::slice::from_ref(&path))?;
    let writing = std::thread::spawn({
        let path = path.clone();
        move || std::fs::write(path, zip)
    });
    let spooled = spool(&places, &CancelToken::default())?;
    assert!(writing.join().is_ok_and(|written| written.is_ok()));
    assert_eq!(spooled[0].to_string(), format!("{}/in.csv", path.display()));
    assert_eq!([text(&spooled[0])?, text(&spooled[0])?], ["id\n1\n", "id\n1\n"]);
    Ok(())
}

#[test]
fn an_unpacked_archive_is_the_same_data_set() -> Outcome {
    let row = b"id,day,amount\n1,2024-01-01,1\n".as_slice();
    let names = [
        "a/b.csv",
        "a.csv",
        "orders",
        "plot.png",
        "notes.xml",
        "_old/c.csv",
        "d.crc",
        "e.dat",
        "part-00000",
        "Makefile",
        "docs/README.txt",
        "sales.2024",
        "z=1/f.tsv",
    ];
    let members: Vec<_> = names.iter().map(|name| (*name, row, CompressionMethod::Stored)).collect();
    let (folder, path) = saved("all.zip", &zipped(&members)?)?;
    let root = folder.path().join("unpacked");
    for name in names {
        let file = root.join(name);
        std::fs::create_dir_all(file.parent().ok_or("no folder")?)?;
        std::fs::write(file, row)?;
    }
    let below = |places: Vec<Place>, above: &str| -> Vec<String> {
        places.iter().map(|place| place.to_string().replace(&format!("{above}/"), "")).collect()
    };
    let packed = below(expand(std::slice::from_ref(&path))?, &path.display().to_string());
    assert_eq!(packed, below(expand(std::slice::from_ref(&root))?, &root.display().to_string()));
    assert_eq!(packed, ["a/b.csv", "a.csv", "e.dat", "orders", "part-00000", "z=1/f.tsv"]);
    Ok(())
}
