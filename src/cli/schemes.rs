//! `tierscope schemes`: the schemes there are.

use std::io::Write;

use super::options::catalogue;
use super::output::{Table, stdout};
use crate::model::customers::Axis;
use crate::show::text::clean;

/// Prints names, bins and titles, and what is wrong with files in the user's folder.
pub(super) fn run() -> anyhow::Result<()> {
    let catalogue = catalogue();
    let mut out = stdout();
    let mut table = Table::new(3, ["scheme", "bins R,F,M", "what it is"]);
    for scheme in catalogue.schemes() {
        let bins = Axis::ALL.map(|axis| scheme.axes.of(axis).bins.map_or("any".to_owned(), |bins| bins.to_string()));
        table.row([scheme.name.clone(), bins.join(","), scheme.title.clone()]);
    }
    table.write(&mut out)?;
    for scheme in catalogue.schemes() {
        if let Some(note) = &scheme.note {
            writeln!(out, "\n{}: {note}", scheme.name)?;
        }
    }
    for problem in &catalogue.problems {
        writeln!(out, "\nnot usable: {}", clean(&problem.to_string().replace('\n', " ")))?;
    }
    if let Some(folder) = super::scheme_folder() {
        writeln!(out, "\nYour own schemes: TOML files in {}", folder.display())?;
    }
    out.flush()?;
    Ok(())
}
