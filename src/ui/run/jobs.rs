//! Work beside the loop, each piece in a thread of its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use super::Explorer;
use super::incoming::Incoming;
use crate::app::data_card::SurveyTask;
use crate::app::details::{DetailTask, details_wanted};
use crate::app::exporting::export_wanted;
use crate::app::finding::{FindTask, find_wanted};
use crate::app::mapping::Inspected;
use crate::app::session::OpenError;
use crate::app::work::{survey_wanted, wanted};
use crate::tr;

impl Explorer {
    /// Runs a task in a thread of its own. The loop hears what came of it; a fault has an outcome, too, made of its words.
    fn spawn<T: Send + 'static, O>(
        &self,
        task: T,
        run: impl FnOnce(&T) -> O + Send + 'static,
        fault: impl FnOnce(&T, &str) -> O + Send + 'static,
        told: impl FnOnce(O) -> Incoming + Send + 'static,
    ) {
        let sender = self.sender.clone();
        thread::spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| run(&task)));
            let outcome = outcome.unwrap_or_else(|panic| fault(&task, &fault_text(&*panic)));
            // Nobody listens any more once the user has left.
            let _ = sender.send(told(outcome));
        });
    }

    /// Starts whatever the model wants by now.
    pub(super) fn start_jobs(&mut self) {
        self.work();
        self.survey();
        self.read_details();
        self.find();
        self.export();
    }

    /// Starts the work that the model wants, one piece at a time: by when one is done, the newest wish is looked at.
    fn work(&mut self) {
        if self.working {
            return;
        }
        let Some(work) = wanted(&self.model) else { return };
        let Some(stamp) = self.model.session().map(|session| Arc::clone(session.stamp())) else { return };
        self.working = true;
        let told = move |done| Incoming::Worked(done, stamp);
        self.spawn(work, |work| Ok(Box::new(work.run())), |work, _| Err(work.kind()), told);
    }

    /// Starts the survey that the data card wants, beside the other work.
    fn survey(&mut self) {
        let Some(task) = survey_wanted(&mut self.model) else { return };
        self.spawn(task, SurveyTask::run, SurveyTask::fault, |outcome| Incoming::Surveyed(Box::new(outcome)));
    }

    /// Starts reading the rows that something asks for, beside the other work.
    fn read_details(&mut self) {
        let Some(task) = details_wanted(&mut self.model) else { return };
        self.spawn(task, DetailTask::run, DetailTask::fault, |outcome| Incoming::Detailed(Box::new(outcome)));
    }

    /// Starts the search that the model wants, beside the other work.
    fn find(&mut self) {
        let Some(task) = find_wanted(&mut self.model) else { return };
        self.spawn(task, FindTask::run, |task, _| task.fault(), |outcome| Incoming::Found(Box::new(outcome)));
    }

    /// Starts writing the list that the model wants written, beside the other work.
    fn export(&mut self) {
        let Some(task) = export_wanted(&mut self.model) else { return };
        let (sender, piece) = (self.sender.clone(), self.writing.begin());
        // Nobody listens any more once the user has left.
        let begins = move |token| drop(sender.send(Incoming::ExportBegun(token)));
        self.spawn(
            task,
            move |task| task.run(begins),
            |task, words| task.fault(words),
            move |outcome| {
                drop(piece);
                Incoming::Exported(outcome)
            },
        );
    }

    /// Looks at the columns of a file.
    pub(super) fn inspect(&self, place: usize) {
        let Some(place) = self.model.request.places.get(place).cloned() else { return };
        let (text, memory) = (self.model.request.text.clone(), self.model.request.memory.clone());
        self.spawn(
            place,
            move |place| Inspected::of(place, &text, memory.as_deref()).map_err(|error| error.to_string()),
            |_, words| Err(OpenError::Fault(words.to_owned()).to_string()),
            |result| Incoming::Inspected(Box::new(result)),
        );
    }
}

/// What a panic said.
pub(super) fn fault_text(fault: &(dyn Any + Send)) -> String {
    let text = fault.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| fault.downcast_ref::<&str>().copied()).unwrap_or(tr!("no details")).to_owned()
}
