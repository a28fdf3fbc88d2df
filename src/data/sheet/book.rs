//! Opening workbooks of every kind, and what they tell of their sheets.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::Not;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use calamine::{
    Data, Dimensions, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError,
};
use memchr::memmem;
use zip::ZipArchive;

use super::super::counted::Counted;
use super::weight::Weight;
use super::xml::{Does, Next, Tags, is_well_formed};
use super::{Origin, SheetError, SheetInfo, WorkbookKind};
use crate::tr;

impl Origin {
    fn bytes(&self, read: &Arc<AtomicU64>) -> Result<Bytes, SheetError> {
        let path = self.place.path().ok_or_else(|| self.io(io::ErrorKind::Unsupported.into()))?;
        let file = File::open(path).map_err(|error| self.io(error))?;
        Ok(BufReader::new(Counted::new(file, Arc::clone(read))))
    }

    /// Opens the workbook; the counter tells another thread how much of it was read.
    pub(super) fn open(&self, read: &Arc<AtomicU64>) -> Result<Book, SheetError> {
        let bytes = self.bytes(read)?;
        if self.kind == WorkbookKind::Xlsx {
            self.check_shared(read)?;
        }
        match self.kind {
            WorkbookKind::Xlsx => {
                Xlsx::new(bytes).map(|book| Book::Xlsx(Box::new(book))).map_err(|error| match error {
                    XlsxError::Password => self.password(),
                    error => self.unreadable(error),
                })
            }
            WorkbookKind::Xlsb => {
                Xlsb::new(bytes).map(|book| Book::Xlsb(Box::new(book))).map_err(|error| match error {
                    XlsbError::Password => self.password(),
                    error => self.unreadable(error),
                })
            }
            WorkbookKind::Xls => Xls::new(bytes).map(|book| Book::Xls(Box::new(book))).or_else(|error| {
                // A newer workbook with a password is packed into the container of the older ones.
                let encrypted = matches!(Xlsx::new(self.bytes(read)?), Err(XlsxError::Password));
                let password = encrypted || matches!(error, XlsError::Password);
                Err(if password { self.password() } else { self.unreadable(error) })
            }),
            WorkbookKind::Ods => {
                self.check_content(read)?;
                Ods::new(bytes).map(|book| Book::Ods(Box::new(book))).map_err(|error| match error {
                    OdsError::Password => self.password(),
                    error => self.unreadable(error),
                })
            }
        }
    }

    /// Calamine makes room for as many shared texts as are announced, whatever the number; a program does not survive
    /// asking for room that there is not.
    fn check_shared(&self, read: &Arc<AtomicU64>) -> Result<(), SheetError> {
        /// Texts for which there is room in any case, and the bytes of the shortest.
        const FEW: u64 = 1 << 16;
        const SHORTEST: u64 = 5;
        let Ok(mut zip) = ZipArchive::new(self.bytes(read)?) else { return Ok(()) };
        for index in 0..zip.len() {
            let Ok(member) = zip.by_index(index) else { continue };
            if !member.name_raw().to_ascii_lowercase().ends_with(b"sharedstrings.xml") {
                continue;
            }
            let announced = announced(member).map_err(|error| self.unreadable(error))?;
            let Some(texts) = announced else {
                return Err(self.unreadable(tr!("its list of texts does not begin as one")));
            };
            let needed = texts.saturating_mul(SHORTEST);
            if texts > FEW {
                let member = zip.by_index(index).map_err(|error| self.unreadable(error))?;
                let there = io::copy(&mut member.take(needed), &mut io::sink());
                if there.map_err(|error| self.unreadable(error))? < needed {
                    return Err(self.unreadable(tr!("it announces more texts than it can hold")));
                }
            }
        }
        Ok(())
    }

    /// Calamine looks for the end of a table forever, and makes as many cells as are asked for.
    fn check_content(&self, read: &Arc<AtomicU64>) -> Result<(), SheetError> {
        const MANIFEST: u64 = 16 << 20;
        let mut zip = ZipArchive::new(self.bytes(read)?).map_err(|error| self.unreadable(error))?;
        let mut manifest = Vec::new();
        if let Ok(member) = zip.by_name("META-INF/manifest.xml") {
            member.take(MANIFEST + 1).read_to_end(&mut manifest).map_err(|error| self.unreadable(error))?;
        }
        if memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(self.password());
        }
        if manifest.len() as u64 > MANIFEST {
            return Err(self.unreadable(tr!("its list of contents is longer than 16 MB")));
        }
        let content = zip.by_name("content.xml").map_err(|error| self.unreadable(error))?;
        let (mut weight, mut fits) = (Weight::default(), true);
        let whole = is_well_formed(BufReader::new(content), |tag| {
            fits = weight.take(tag);
            fits
        });
        match whole {
            Ok(true) if fits => Ok(()),
            Ok(true) => Err(self.unreadable(tr!(
                "its cells, with those that are repeated and the gaps between them, would take more than 2 GB; delete the \
                 cells far from the table"
            ))),
            Ok(false) => Err(self.unreadable(tr!("its content is damaged or cut short"))),
            Err(error) => Err(self.unreadable(error)),
        }
    }
}

/// The number of shared texts that their list announces, 0 where it announces none; `None` where no list begins.
fn announced(list: impl Read) -> io::Result<Option<u64>> {
    const HEAD: u64 = 1 << 16;
    let mut tags = Tags::new(BufReader::new(list.take(HEAD)));
    loop {
        let Next::Tag(tag) = tags.next()? else { return Ok(None) };
        match tag.does {
            Does::Other if tag.bytes.starts_with(b"![") => return Ok(None),
            Does::Other => continue,
            Does::End => return Ok(None),
            Does::Begin | Does::Whole => {}
        }
        let name = tag.name().rsplit(|byte| *byte == b':').next();
        // What is no number announces nothing, and one that is beyond all numbers is none.
        let number = |value: &[u8]| std::str::from_utf8(value).ok().and_then(|digits| digits.parse::<u64>().ok());
        let texts = tag.values(b"uniqueCount").filter_map(number).max().unwrap_or_default();
        return Ok((name == Some(b"sst")).then_some(texts));
    }
}

/// A workbook with its shared texts and formats; of the older kinds, all of it.
pub(super) enum Book {
    Xlsx(Box<Xlsx<Bytes>>),
    Xlsb(Box<Xlsb<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

impl Book {
    /// The names of the sheets that have cells, with whether they are shown.
    fn tabs(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let of_cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        of_cells.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.tabs().into_iter().map(|(name, _)| name).collect()
    }

    pub(super) fn sheets(&mut self) -> Vec<SheetInfo> {
        let infos = self.tabs().into_iter().map(|(name, visible)| {
            let extent = self.extent(&name);
            SheetInfo { name, rows: extent.map(|(rows, _)| rows), columns: extent.map(|(_, columns)| columns), visible }
        });
        infos.collect()
    }

    /// Rows and columns of a sheet, where it tells. A damaged sheet does not; its error comes when it is read.
    fn extent(&mut self, sheet: &str) -> Option<(u64, u64)> {
        match self {
            Self::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).ok()?;
                let declared = cells.dimensions();
                extent_of(declared, || cells.next_cell().ok().map(|cell| cell.is_some()))
            }
            Self::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).ok()?;
                let declared = cells.dimensions();
                extent_of(declared, || cells.next_cell().ok().map(|cell| cell.is_some()))
            }
            Self::Xls(book) => Some(size_of(&book.worksheet_range(sheet).ok()?)),
            Self::Ods(book) => Some(size_of(&book.worksheet_range(sheet).ok()?)),
        }
    }
}

fn size_of(range: &Range<Data>) -> (u64, u64) {
    (range.height() as u64, range.width() as u64)
}

/// The extent of declared dimensions. A single cell is what writers declare who do not know: then only whether there
/// are cells at all is sure.
fn extent_of(declared: Dimensions, has_cells: impl FnOnce() -> Option<bool>) -> Option<(u64, u64)> {
    let span = |start: u32, end: u32| u64::from(end.saturating_sub(start)) + 1;
    if declared.start == declared.end {
        return has_cells()?.not().then_some((0, 0));
    }
    Some((span(declared.start.0, declared.end.0), span(declared.start.1, declared.end.1)))
}

/// What calamine reads from.
pub(super) type Bytes = BufReader<Counted<File>>;
