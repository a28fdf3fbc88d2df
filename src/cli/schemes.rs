//! `tierscope schemes`: the schemes there are.

use std::io::Write;

use super::folders;
use super::options::catalogue;
use super::output::{Table, stdout};
use crate::lang::name;
use crate::model::customers::Axis;
use crate::show::text::clean;
use crate::tr;

/// Prints names, bins and titles, and what is wrong with files in the user's folder.
pub(super) fn run() -> anyhow::Result<()> {
    let catalogue = catalogue();
    let mut out = stdout();
    let mut table = Table::new(3, [tr!("head" | "scheme"), tr!("head" | "bins R,F,M"), tr!("head" | "what it is")]);
    for scheme in catalogue.schemes() {
        let bins =
            Axis::ALL.map(|axis| scheme.axes.of(axis).bins.map_or(tr!("any").to_owned(), |bins| bins.to_string()));
        table.row([scheme.name.clone(), bins.join(","), name("scheme", &scheme.title).to_owned()]);
    }
    table.write(&mut out)?;
    for scheme in catalogue.schemes() {
        if let Some(note) = &scheme.note {
            writeln!(out, "\n{}", tr!("{name}: {note}", name = scheme.name, note = name("scheme", note)))?;
        }
    }
    for problem in &catalogue.problems {
        let problem = problem.to_string().replace('\n', " ");
        writeln!(out, "\n{}", tr!("not usable: {problem}", problem = clean(&problem)))?;
    }
    if let Some(folder) = folders::schemes() {
        writeln!(out, "\n{}", tr!("Your own schemes: TOML files in {folder}", folder = folder.display()))?;
    }
    out.flush()?;
    Ok(())
}
