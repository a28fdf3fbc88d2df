//! What a document tells beside the figures: files, definition, scenario, command.

use std::path::Path;
use std::sync::Arc;

use super::super::analysed::{Analysed, in_scenario};
use super::super::define;
use super::super::options::catalogue;
use super::super::scenario::data_part;
use super::ReportArgs;
use crate::data::load::MappedSource;
use crate::data::scenario_file::read;
use crate::engine::analysis::AnalysisError;
use crate::engine::replay::{Capture, capture, recipe, setting};
use crate::engine::tiers::Tiers;
use crate::report::{Document, File, Subject, document};

/// What is told of how the figures came about.
pub(super) struct Told {
    files: Vec<File>,
    definition: String,
    saved: String,
    command: String,
}

impl Told {
    /// Gathers it. A view that no scenario can keep has none.
    pub(super) fn of(args: &ReportArgs, analysed: &Analysed) -> anyhow::Result<Self> {
        let followed = analysed.scenario.as_deref();
        let what = Capture {
            name: followed.map_or_else(|| "report".to_owned(), |followed| followed.name.clone()),
            note: followed.and_then(|followed| followed.note.clone()),
            review_by: followed.and_then(|followed| followed.review_by),
            data: data_part(&args.data, args.score.as_of, analysed)?,
        };
        let saved = capture(&analysed.analysis, &catalogue(), what).map(|scenario| scenario.to_toml());
        Ok(Self {
            files: analysed.sources.iter().map(file).collect(),
            definition: define::in_words(analysed)?,
            saved: saved.unwrap_or_default(),
            command: command(std::env::args_os().map(|argument| argument.to_string_lossy().into_owned())),
        })
    }

    /// The document.
    pub(super) fn document(&self, analysed: &Analysed, tiers: Option<&Tiers>, baseline: Option<&str>) -> Document {
        document(&Subject {
            analysis: &analysed.analysis,
            ledger: &analysed.ledger,
            policies: analysed.policies,
            files: &self.files,
            scenario: analysed.scenario.as_deref(),
            baseline,
            tiers,
            definition: &self.definition,
            saved: &self.saved,
            command: &self.command,
        })
    }
}

fn file(MappedSource { source, .. }: &MappedSource) -> File {
    File {
        name: source.place.name(),
        place: source.place.to_string(),
        kind: source.kind.describe(),
        bytes: source.bytes,
        rows: source.rows,
    }
}

/// Compares with a scenario on the same rows; gives its name.
pub(super) fn compare(analysed: &mut Analysed, path: &Path) -> anyhow::Result<String> {
    let catalogue = catalogue();
    let scenario = read(path, &catalogue)?;
    let analysis = &mut analysed.analysis;
    let recipe = recipe(&scenario, &catalogue, analysis.customers().scale).map_err(AnalysisError::from);
    let before = recipe.and_then(|recipe| setting(analysis, &recipe));
    let before = before.map_err(|error| in_scenario(Some(&scenario), error))?;
    analysis.compare(Some(Arc::new(before)))?;
    Ok(scenario.name)
}

/// A command as it is typed in a shell, without the folder of the program.
fn command(arguments: impl Iterator<Item = String>) -> String {
    let typed = |argument: String| {
        let is_plain = |c: char| c.is_alphanumeric() || "-_./=,:@%+".contains(c);
        if !argument.is_empty() && argument.chars().all(is_plain) {
            argument
        } else {
            format!("'{}'", argument.replace('\'', "'\\''"))
        }
    };
    std::iter::once("tierscope".to_owned()).chain(arguments.skip(1).map(typed)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_as_a_shell_takes_it() {
        let arguments = ["/usr/bin/tierscope", "report", "a b.csv", "--vip", "Gold: it's", "--bins=3", ""];
        let told = command(arguments.into_iter().map(str::to_owned));
        assert_eq!(told, "tierscope report 'a b.csv' --vip 'Gold: it'\\''s' --bins=3 ''");
    }
}
