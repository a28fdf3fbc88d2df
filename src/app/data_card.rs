//! The data card of an open data set: what loading knows is there at once, what needs a survey of the files comes when the
//! survey is done. It is started when the card is first looked at, and called off when the data set is closed.

use super::words::fault;
use std::sync::Arc;

use super::privacy::PrivacySwitch;
use crate::data::load::MappedSource;
use crate::data::quality::{DataSet, Quality, Section};
use crate::data::survey::{Survey, SurveyError, survey};
use crate::export::veil::Veil;
use crate::job::{CancelToken, Progress, ProgressLook};
use crate::model::customers::Customers;
use crate::model::day::Day;

/// The data card.
#[derive(Debug)]
pub struct DataCard {
    customers: Arc<Customers>,
    revenue: i64,
    counting: Counting,
    /// The findings, once they were looked at.
    sections: Option<Vec<Section>>,
    /// How ids and names in them are masked.
    veil: Option<Veil>,
}

/// How far the survey is.
#[derive(Debug)]
enum Counting {
    /// Nobody looked at the card yet.
    Unasked,
    /// It is to be started.
    Asked,
    /// It runs.
    Running(Running),
    /// It is done.
    Done(Arc<Survey>),
    /// It could not be done, for this reason.
    Failed(String),
}

/// A survey that runs; when nobody waits for it any more it is called off.
#[derive(Debug)]
struct Running {
    progress: Arc<Progress>,
    cancel: CancelToken,
    look: ProgressLook,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

/// What the card says of a survey that is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// It is so many percent done.
    Percent(u64),
    /// It could not be done, for this reason.
    Failed(String),
}

/// A survey to be made; meant for a thread of its own.
#[derive(Debug)]
pub struct SurveyTask {
    sources: Vec<MappedSource>,
    customers: Arc<Customers>,
    progress: Arc<Progress>,
    cancel: CancelToken,
}

/// What became of a survey.
#[derive(Debug)]
pub struct SurveyOutcome {
    /// Which survey it was, told by its progress.
    progress: Arc<Progress>,
    result: Result<Survey, String>,
}

impl SurveyTask {
    /// Makes it.
    #[must_use]
    pub fn run(&self) -> SurveyOutcome {
        let result = survey(&self.sources, &self.customers.ids, &self.progress, &self.cancel);
        self.outcome(result.map_err(|error: SurveyError| error.to_string()))
    }

    /// What to say where it could not even be ended.
    #[must_use]
    pub fn fault(&self, words: &str) -> SurveyOutcome {
        self.outcome(Err(fault(words)))
    }

    fn outcome(&self, result: Result<Survey, String>) -> SurveyOutcome {
        SurveyOutcome { progress: Arc::clone(&self.progress), result }
    }
}

impl DataCard {
    /// The card of a data set with some customers.
    #[must_use]
    pub fn new(customers: Arc<Customers>) -> Self {
        let revenue = customers.net.iter().sum();
        Self { customers, revenue, counting: Counting::Unasked, sections: None, veil: None }
    }

    /// The revenue of all customers, in minor units.
    #[must_use]
    pub const fn revenue(&self) -> i64 {
        self.revenue
    }

    /// Wants the survey, if there is none yet.
    pub fn ask(&mut self) {
        if matches!(self.counting, Counting::Unasked | Counting::Failed(_)) {
            self.counting = Counting::Asked;
        }
    }

    /// The survey that is to be started, once.
    pub fn wanted(&mut self, sources: &[MappedSource]) -> Option<SurveyTask> {
        if !matches!(self.counting, Counting::Asked) {
            return None;
        }
        let (progress, cancel) = (Arc::<Progress>::default(), CancelToken::default());
        self.counting = Counting::Running(Running {
            progress: Arc::clone(&progress),
            cancel: cancel.clone(),
            look: ProgressLook::default(),
        });
        Some(SurveyTask { sources: sources.to_vec(), customers: Arc::clone(&self.customers), progress, cancel })
    }

    /// Takes what became of a survey; one of another data set is of no interest.
    pub fn take(&mut self, outcome: SurveyOutcome) {
        let Counting::Running(running) = &self.counting else { return };
        if !Arc::ptr_eq(&running.progress, &outcome.progress) {
            return;
        }
        self.counting = match outcome.result {
            Ok(survey) => Counting::Done(Arc::new(survey)),
            Err(problem) => Counting::Failed(problem),
        };
        self.sections = None;
    }

    /// Rows that are the same as an earlier one, where the survey counted them.
    #[must_use]
    pub fn duplicates(&self) -> Option<u64> {
        if let Counting::Done(survey) = &self.counting { Some(survey.duplicates.rows) } else { None }
    }

    /// Whether a survey runs.
    #[must_use]
    pub const fn is_counting(&self) -> bool {
        matches!(self.counting, Counting::Running(_))
    }

    /// What to say in the place of what is still to be counted; `None` once it is.
    #[must_use]
    pub fn waiting(&self) -> Option<Waiting> {
        match &self.counting {
            Counting::Unasked | Counting::Asked => Some(Waiting::Percent(0)),
            Counting::Running(running) => Some(Waiting::Percent(running.look.percent())),
            Counting::Failed(problem) => Some(Waiting::Failed(problem.clone())),
            Counting::Done(_) => None,
        }
    }

    /// Makes ready what a frame shows: the findings where they are new, and how far the survey is.
    pub fn prepare(&mut self, data: DataSet<'_>, today: Option<Day>, privacy: &PrivacySwitch) {
        // A card that stayed open while the data set was loaded anew.
        if matches!(self.counting, Counting::Unasked) {
            self.ask();
        }
        if let Counting::Running(running) = &mut self.counting {
            running.look = running.progress.look();
        }
        if self.sections.is_none() || self.veil.as_ref() != privacy.veil() {
            let survey = if let Counting::Done(survey) = &self.counting { Some(&**survey) } else { None };
            self.sections = Some(privacy.quality(Quality::of(data, survey, today)).sections());
            self.veil = privacy.veil().cloned();
        }
    }

    /// The findings, as far as they are known.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        self.sections.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::load::{LoadError, Request, load};
    use crate::data::place::Place;

    fn card() -> Result<(DataCard, Vec<MappedSource>), LoadError> {
        let place = Place::BuiltIn { name: "made up", bytes: b"customer,date,amount\nA,2024-01-01,1.50\n" };
        let request = Request { places: vec![place], ..Request::default() };
        let loaded = load(&request, &Progress::default(), &CancelToken::default())?;
        Ok((DataCard::new(loaded.customers), loaded.sources))
    }

    #[test]
    fn a_survey_is_wanted_once_and_called_off_with_its_card() -> Result<(), LoadError> {
        let (mut card, sources) = card()?;
        assert!(card.wanted(&sources).is_none());
        card.ask();
        let Some(task) = card.wanted(&sources) else { return Err(LoadError::Cancelled) };
        assert!(card.wanted(&sources).is_none() && card.is_counting());
        drop(card);
        assert_eq!(task.run().result.err().as_deref(), Some("counting was cancelled"));
        Ok(())
    }

    #[test]
    fn only_its_own_survey_is_taken_and_a_failed_one_is_asked_for_again() -> Result<(), LoadError> {
        let (mut card, sources) = card()?;
        card.ask();
        let (Some(task), (mut other, _)) = (card.wanted(&sources), self::card()?) else {
            return Err(LoadError::Cancelled);
        };
        other.ask();
        let Some(others) = other.wanted(&sources) else { return Err(LoadError::Cancelled) };
        card.take(others.run());
        assert_eq!(card.waiting(), Some(Waiting::Percent(0)));
        card.take(task.fault("no room"));
        assert!(matches!(card.waiting(), Some(Waiting::Failed(problem)) if problem.ends_with("no room")));
        card.ask();
        let Some(again) = card.wanted(&sources) else { return Err(LoadError::Cancelled) };
        card.take(again.run());
        assert_eq!(card.waiting(), None);
        card.ask();
        assert!(card.wanted(&sources).is_none());
        Ok(())
    }
}
