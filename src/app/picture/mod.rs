//! Pictures of the screen: asked for by a name, drawn by who knows how to draw, and written whole or not at all.

mod form;

use std::io::Write;
use std::path::PathBuf;

pub use form::Form;

use super::action::Asked;
use super::exporting::{ExportProblem, same_file};
use super::files::is_folder;
use super::model::{Model, Stage};
use super::overlay::{Overlay, Prompt};
use super::scenario::path_as_typed;
use super::update::Effect;
use crate::export::file::Output;
use crate::tr;

/// A picture that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureTask {
    /// Where.
    pub path: PathBuf,
    /// How.
    pub form: Form,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
}

/// Asks for the name of a picture, over what it is to show.
pub(super) fn ask(model: &mut Model) {
    if !matches!(model.stage, Stage::Open(_)) {
        return model.complain(tr!("a picture is taken of open data: nothing is open yet"));
    }
    // What was told before this key is no part of it.
    model.message = None;
    let under = model.overlay.take().into_iter().chain(model.beneath.take()).collect();
    let (input, about, problem) = (form::SUGGESTED.into(), String::new(), None);
    let (asked, candidates, replace) = (Asked::Picture, Vec::new(), false);
    let prompt = Prompt { asked, about, input, is_picked: true, problem, candidates, replace, under };
    model.overlay = Some(Overlay::Prompt(prompt));
}

/// Takes the prompt away that asks for a picture's name, and puts back what it lies over.
pub fn lift(model: &mut Model) -> Option<Prompt> {
    match model.overlay.take() {
        Some(Overlay::Prompt(mut prompt)) if prompt.asked == Asked::Picture => {
            let mut under = std::mem::take(&mut prompt.under).into_iter();
            (model.overlay, model.beneath) = (under.next(), under.next());
            Some(prompt)
        }
        other => {
            model.overlay = other;
            None
        }
    }
}

/// Puts the prompt back over what it was taken from.
fn lower(model: &mut Model, mut prompt: Prompt) {
    prompt.under = model.overlay.take().into_iter().chain(model.beneath.take()).collect();
    model.overlay = Some(Overlay::Prompt(prompt));
}

/// Wants a picture of the screen under a name as it is typed.
///
/// # Errors
/// A sentence on what to type instead.
pub(super) fn want(model: &Model, name: &str, replace: bool) -> Result<Effect, String> {
    let path = path_as_typed(name)?;
    let form = Form::of(&path).ok_or_else(|| {
        tr!(
            "the name {path} says no form; end it with .svg, .txt or .ans (all views as one document: tierscope report \
             --format html)",
            path = path.display()
        )
    })?;
    let sources = model.session().into_iter().flat_map(|session| &session.sources);
    if sources.filter_map(|mapped| mapped.source.place.path()).any(|source| same_file(source, &path)) {
        return Err(tr!("that is the file the data comes from; choose another name").to_owned());
    }
    Ok(Effect::Picture(PictureTask { path, form, replace }))
}

/// Writes a picture that is drawn.
///
/// # Errors
/// [`ExportProblem`] saying what is in the way.
pub fn write(task: &PictureTask, picture: &str) -> Result<(), ExportProblem> {
    if task.path.is_dir() {
        return Err(ExportProblem::Words(is_folder(&task.path)));
    }
    let mut out = Output::open(Some(&task.path), task.replace)?;
    out.write_all(picture.as_bytes()).map_err(|error| out.failed(error.into()))?;
    out.finish()?;
    Ok(())
}

/// Takes what became of a picture: its prompt is done with, or says what is wrong.
pub fn pictured(model: &mut Model, asked: Option<Prompt>, task: &PictureTask, done: Result<(), ExportProblem>) {
    let problem = match done {
        Ok(()) => return model.say(tr!("picture written to {path}", path = task.path.display())),
        Err(problem) => problem,
    };
    let replace = matches!(problem, ExportProblem::Exists(_));
    let problem = problem.told(&model.keymap);
    match asked {
        Some(mut prompt) => {
            prompt.replace = replace;
            prompt.problem = Some(problem);
            lower(model, prompt);
        }
        None => model.complain(problem),
    }
}
