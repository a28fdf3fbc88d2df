//! From a key to the bytes of the frame: what a user waits for.

use std::io;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
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
use tierscope::ui::terminal::encode;
use tierscope::ui::theme::{ColorChoice, Theme};

use super::edits::profile;
use super::made::AS_OF;
use super::times::{Times, timed};

/// The screen.
const SIZE: Rect = Rect::new(0, 0, 120, 40);

/// Keys pressed for each figure.
const KEYS: usize = 200;

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
    let (mut shown, mut next) = (Buffer::empty(SIZE), Buffer::empty(SIZE));
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
            let mut written = Vec::new();
            let mut frame = || {
                key += 1;
                let direction = if key / 20 % 2 == 0 { Direction::Right } else { Direction::Left };
                let key = if key % 5 == 0 { Key::ShiftArrow(direction) } else { Key::Arrow(direction) };
                let (time, ()) = timed(|| {
                    press(&mut model, key);
                    let page = page(SIZE, &model);
                    model.prepare(page, SIZE.width.into());
                    next.reset();
                    draw(&mut next, &model, &theme);
                    encode(&shown, &next, &mut written);
                    std::mem::swap(&mut shown, &mut next);
                });
                time
            };
            let keys = if profiled { KEYS } else { KEYS / 10 };
            let times = Times::of(keys, &mut frame);
            let bytes = written.len() / keys;
            let with = if profiled { "with" } else { "without" };
            times.print(&format!("{}, {with} profile ({bytes} bytes a frame)", axis.name()));
        }
    }
    let draw_only = || {
        next.reset();
        timed(|| draw(&mut next, &model, &theme)).0
    };
    Times::of(100, draw_only).print("drawing alone, into memory");
    Ok(())
}
