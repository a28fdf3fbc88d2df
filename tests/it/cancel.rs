//! Loading that is called off ends, and never passes a part of the data for the whole.

use std::sync::Arc;
use std::thread;

use tierscope::data::load::{LoadError, Request, load};
use tierscope::data::place::Place;
use tierscope::job::{CancelToken, Progress};

use super::support::{Failure, Scratch, TestResult, lines};

const ROWS: u64 = 400_000;

/// A file of many batches.
fn long(scratch: &Scratch) -> Result<Request, Failure> {
    let rows = lines(0..ROWS, |n| format!("c{},2024-01-{:02},{}.25", n % 90_000, n % 28 + 1, n % 1_000));
    let file = scratch.file("long.csv", format!("customer,date,amount\n{rows}"))?;
    Ok(Request { places: vec![Place::file(file)], ..Request::default() })
}

#[test]
fn a_load_called_off_before_it_begins_gives_nothing() -> TestResult {
    let scratch = Scratch::new()?;
    let request = long(&scratch)?;
    let cancel = CancelToken::default();
    cancel.cancel();
    let result = load(&request, &Progress::default(), &cancel);
    assert!(matches!(result, Err(LoadError::Cancelled)), "{result:?}");
    Ok(())
}

#[test]
fn a_load_called_off_on_its_way_gives_all_or_nothing() -> TestResult {
    let scratch = Scratch::new()?;
    let request = long(&scratch)?;
    let (progress, cancel) = (Arc::new(Progress::default()), CancelToken::default());
    let worker = {
        let (progress, cancel) = (Arc::clone(&progress), cancel.clone());
        thread::spawn(move || load(&request, &progress, &cancel).map_err(Box::new))
    };
    while progress.look().rows == 0 && !worker.is_finished() {
        thread::yield_now();
    }
    cancel.cancel();
    match worker.join().map_err(|_| "loading panicked")? {
        Err(error) if matches!(*error, LoadError::Cancelled) => Ok(()),
        // It was over before it could be called off.
        Ok(loaded) if loaded.ledger.kept() == ROWS => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}
