//! Reports as documents: all views of an analysis in one text, to be read, printed and passed on without the program.
//!
//! [`document`] makes a [`Document`] of what it is told in a [`Subject`]: headings, sentences, tables and charts, in the
//! language in use, with every figure as it is shown. [`markdown`] and [`html`] write it; neither adds a word.

mod document;
mod html;
mod markdown;
mod parts;
mod words;

pub use document::{
    Band, Bar, Bars, Block, Chart, Curve, CutLine, Document, Fact, Figure, Head, Heat, Histogram, Row, Section, Source,
    Table, Tile,
};
pub use html::html;
pub use markdown::markdown;

use crate::data::ledger::Ledger;
use crate::engine::analysis::Analysis;
use crate::engine::tiers::Tiers;
use crate::model::policies::Policies;
use crate::model::scenario::Scenario;
use crate::show::text::clean;
use crate::tr;

/// What a report is on.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The figures, compared with the baseline where there is one.
    pub analysis: &'a Analysis,
    /// What became of the rows.
    pub ledger: &'a Ledger,
    /// What was decided of rows whose meaning is a matter of decision.
    pub policies: Policies,
    /// The files.
    pub files: &'a [File],
    /// The scenario that is followed.
    pub scenario: Option<&'a Scenario>,
    /// The name of what it is compared with.
    pub baseline: Option<&'a str>,
    /// How customers spread over VIP tiers, where that is asked for.
    pub tiers: Option<&'a Tiers>,
    /// The definition of scores and segments in words.
    pub definition: &'a str,
    /// The view as a scenario file.
    pub saved: &'a str,
    /// The command as it was typed.
    pub command: &'a str,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without its folder.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// Its kind in words.
    pub kind: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its rows, where the file itself tells.
    pub rows: Option<u64>,
}

/// The document on a subject.
#[must_use]
pub fn document(subject: &Subject<'_>) -> Document {
    let analysis = subject.analysis;
    let as_of = analysis.measured().as_of();
    let scheme = words::scheme(analysis.scheme());
    let mut sections = vec![
        parts::summary::section(analysis),
        parts::data::section(subject),
        parts::quality::section(subject),
        parts::scheme::section(analysis),
        parts::heat::section(analysis),
        parts::tiers::section(analysis),
        parts::distributions::section(analysis),
        parts::concentration::section(analysis),
        parts::worth::section(analysis),
    ];
    sections.extend(subject.baseline.and_then(|name| parts::movers::section(analysis, name)));
    sections.extend(subject.tiers.map(|tiers| parts::plans::tiers(analysis, tiers)));
    sections.extend(parts::plans::budget(analysis));
    sections.extend(parts::notes::section(subject));
    sections.push(parts::definitions::section(subject));
    sections.push(parts::making::section(subject));
    Document {
        title: tr!("Customer segments: {files}", files = files(subject)),
        subtitle: tr!("as of {day} · scheme {scheme}", day = as_of, scheme),
        contents: tr!("Contents"),
        sections,
    }
}

/// The files in a few words.
fn files(subject: &Subject<'_>) -> String {
    match subject.files {
        [] => String::new(),
        [one] => clean(&one.name).into_owned(),
        [first, rest @ ..] => {
            let first = clean(&first.name);
            tr!("{file} and {count} more", file = first, count = rest.len())
        }
    }
}
