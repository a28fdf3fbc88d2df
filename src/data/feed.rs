//! What a thread of its own makes ahead of who takes it: for libraries whose readers borrow what they read from.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::{lang, mark, tr};

/// What is said of work that ended without a word.
const VANISHED: &str = mark!("the reading ended unexpectedly");

/// What goes from the work to who takes it.
enum Parcel<T, E> {
    Item(T),
    Failed(E),
    /// Without it, work that dies would look like work that is done.
    End,
}

/// Where the work puts its items.
pub(super) struct Outlet<T, E>(SyncSender<Parcel<T, E>>);

impl<T, E> Outlet<T, E> {
    /// Hands an item over, waiting while enough are ready. Gives `false` when nobody wants any more.
    pub(super) fn give(&self, item: T) -> bool {
        self.0.send(Parcel::Item(item)).is_ok()
    }
}

/// The taking end. The work stops at its next item when this goes.
pub(super) struct Feed<T, E> {
    parcels: Receiver<Parcel<T, E>>,
    over: bool,
    /// Turns the words of a panic into an error.
    panicked: Arc<dyn Fn(&str) -> E + Send + Sync>,
}

impl<T: Send + 'static, E: Send + 'static> Feed<T, E> {
    /// Starts the work, which may be `ahead` items ahead. A panic of it becomes the error that `panicked` makes of its
    /// words: libraries unwrap and index by what a damaged file says.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(
        ahead: usize,
        panicked: impl Fn(&str) -> E + Send + Sync + 'static,
        work: impl FnOnce(&Outlet<T, E>) -> Result<(), E> + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, parcels) = sync_channel(ahead);
        let panicked: Arc<dyn Fn(&str) -> E + Send + Sync> = Arc::new(panicked);
        let of_work = Arc::clone(&panicked);
        let outlet = Outlet(sender);
        thread::Builder::new().spawn(move || {
            let parcel = match guarded(|| work(&outlet)) {
                Ok(Ok(())) => Parcel::End,
                Ok(Err(error)) => Parcel::Failed(error),
                Err(words) => Parcel::Failed(of_work(&words)),
            };
            // Nobody may be there to hear it.
            let _ = outlet.0.send(parcel);
        })?;
        Ok(Self { parcels, over: false, panicked })
    }

    /// The next item, `None` at the end and after an error.
    ///
    /// # Errors
    /// What the work ended with.
    pub(super) fn next(&mut self) -> Result<Option<T>, E> {
        if self.over {
            return Ok(None);
        }
        match self.parcels.recv() {
            Ok(Parcel::Item(item)) => return Ok(Some(item)),
            Ok(Parcel::End) => self.over = true,
            Ok(Parcel::Failed(error)) => {
                self.over = true;
                return Err(error);
            }
            Err(_) => {
                self.over = true;
                return Err((self.panicked)(lang::text(VANISHED)));
            }
        }
        Ok(None)
    }
}

/// Runs what may panic on a damaged file, and gives the words of the panic. Nothing that it may leave half done is used
/// again. The panic hook has run by then.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| words(&*panic))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or(tr!("no details")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut feed: Feed<u32, String>) -> (Vec<u32>, Option<String>) {
        let mut items = Vec::new();
        loop {
            match feed.next() {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return (items, None),
                Err(error) => {
                    assert_eq!(feed.next(), Ok(None), "nothing comes after an error");
                    return (items, Some(error));
                }
            }
        }
    }

    #[test]
    fn items_come_in_order_and_the_end_is_told_from_a_failure() -> io::Result<()> {
        let whole = Feed::start(1, str::to_owned, |outlet| {
            (0..9).all(|item| outlet.give(item));
            Ok(())
        })?;
        assert_eq!(all(whole), ((0..9).collect(), None));
        let failed = Feed::start(1, str::to_owned, |outlet| {
            outlet.give(7);
            Err("torn".to_owned())
        })?;
        assert_eq!(all(failed), (vec![7], Some("torn".to_owned())));
        let panicked = Feed::start(
            1,
            |words| format!("damaged: {words}"),
            |outlet| {
                outlet.give(7);
                panic!("index {} out of range", 9)
            },
        )?;
        assert_eq!(all(panicked), (vec![7], Some("damaged: index 9 out of range".to_owned())));
        Ok(())
    }

    #[test]
    fn the_work_stops_when_nobody_takes() -> Result<(), Box<dyn std::error::Error>> {
        let (sender, stopped) = sync_channel(1);
        let mut feed = Feed::<u32, String>::start(1, str::to_owned, move |outlet| {
            let given = (0..1_000_000).take_while(|item| outlet.give(*item)).count();
            let _ = sender.send(given);
            Ok(())
        })?;
        assert_eq!(feed.next(), Ok(Some(0)));
        drop(feed);
        assert!(stopped.recv()? < 9);
        Ok(())
    }
}
