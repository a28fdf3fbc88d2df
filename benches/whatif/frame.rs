//! From a key to the bytes of the frame: what a user waits for.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use tierscope::app::action::Direction;
use tierscope::app::keymap::Key;
use tierscope::app::model::{Model, Stage};
use tierscope::app::session::{Panel, Session};
use tierscope::app::update::press;
use tierscope::data::ledger::Ledger;
use tierscope::data::load::{Loaded, Request};
use tierscope::engine::plan::Plan;
use tierscope::model::customers::{Axis, Customers};
use tierscope::model::schemes::Catalogue;
use tierscope::ui::draw;
use tierscope::ui::layout::page;
use tierscope::ui::theme::{ColorChoice, Theme};

use super::edits::profile;
use super::made::AS_OF;
use super::times::{Times, timed};

/// The screen.
const SIZE: Rect = Rect::new(0, 0, 120, 40);

/// Keys pressed for each figure.
const KEYS: usize = 200;

/// Counts the bytes that a terminal would be sent.
#[derive(Clone, Default)]
struct Sink(Rc<Cell<usize>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Frames after a nudged cut, by what has the keys.
pub(crate) fn measure(customers: Customers) -> io::Result<()> {
    let (plan, catalogue) = (Plan::default(), Catalogue::built_in());
    let (customers, ledger) = (Arc::new(customers), Ledger::default());
    let loaded = Loaded {
        sources: Vec::new(),
        customers,
        ledger,
        transactions: None,
        as_of: AS_OF,
        kept_since: None,
        unsaved: None,
    };
    let session = Session::of(loaded, &plan, &catalogue).map_err(io::Error::other)?;
    let mut model = Model::new(Request::default(), plan, catalogue);
    model.stage = Stage::Open(Box::new(session));
    let theme = Theme::new(ColorChoice::Indexed);
    let written = Sink::default();
    let options = TerminalOptions { viewport: Viewport::Fixed(SIZE) };
    let mut terminal = Terminal::with_options(CrosstermBackend::new(written.clone()), options)?;
    Times::head("a key that moves a cut, to the bytes of a 120 x 40 frame");
    for axis in Axis::ALL {
        let Stage::Open(session) = &mut model.stage else { return Ok(()) };
        (session.panel, session.cut.axis, session.cut.cut) = (Panel::Cuts, axis, 1);
        for profiled in [false, true] {
            let Stage::Open(session) = &mut model.stage else { return Ok(()) };
            if profiled {
                profile(&mut session.analysis, axis);
            }
            let mut key = 0;
            let before = written.0.get();
            let mut frame = || {
                key += 1;
                let direction = if key / 20 % 2 == 0 { Direction::Right } else { Direction::Left };
                let key = if key % 5 == 0 { Key::ShiftArrow(direction) } else { Key::Arrow(direction) };
                let (time, drawn) = timed(|| {
                    press(&mut model, key);
                    let page = page(SIZE, &model);
                    model.prepare(page, SIZE.width.into());
                    terminal.draw(|frame| {
                        draw(frame, &model, &theme);
                    })?;
                    io::Result::Ok(())
                });
                assert!(drawn.is_ok(), "nothing is written to that could fail");
                time
            };
            let keys = if profiled { KEYS } else { KEYS / 10 };
            let times = Times::of(keys, &mut frame);
            let bytes = (written.0.get() - before) / keys;
            let with = if profiled { "with" } else { "without" };
            times.print(&format!("{}, {with} profile ({bytes} bytes a frame)", axis.name()));
        }
    }
    let Ok(mut memory) = Terminal::new(TestBackend::new(SIZE.width, SIZE.height));
    let draw_only = || {
        let whole = |frame: &mut Frame<'_>| {
            draw(frame, &model, &theme);
        };
        timed(|| memory.draw(whole).is_ok()).0
    };
    Times::of(100, draw_only).print("drawing alone, into memory");
    Ok(())
}
