//! The explorer on a screen in memory: keys go in, and what stands on the screen is read back.

use std::collections::BTreeMap;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tierscope::app::action::Direction;
use tierscope::app::details::{detailed, details_wanted};
use tierscope::app::exporting::{export_wanted, exported};
use tierscope::app::files::{carry_out, sessions};
use tierscope::app::finding::{find_wanted, found};
use tierscope::app::keymap::Key;
use tierscope::app::mapping::Inspected;
use tierscope::app::model::Model;
use tierscope::app::reopen::reopened;
use tierscope::app::scenario::filed;
use tierscope::app::session::{Panel, Session};
use tierscope::app::themes::{Themes, themed};
use tierscope::app::update::{Effect, inspected, opened, press};
use tierscope::app::work::{done, survey_wanted, surveyed, wanted};
use tierscope::data::load::Request;
use tierscope::data::place::Place;
use tierscope::engine::plan::Plan;
use tierscope::job::{CancelToken, Progress};
use tierscope::model::schemes::Catalogue;
use tierscope::ui::layout::Layout;
use tierscope::ui::page;
use tierscope::ui::picture;
use tierscope::ui::theme::{ColorChoice, Looks, Theme};
use unicode_width::UnicodeWidthStr;

use super::support::Failure;

/// A small, a usual and a large terminal.
pub(crate) const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

pub(crate) const LEFT: Key = Key::Arrow(Direction::Left);
pub(crate) const RIGHT: Key = Key::Arrow(Direction::Right);
pub(crate) const UP: Key = Key::Arrow(Direction::Up);
pub(crate) const DOWN: Key = Key::Arrow(Direction::Down);

/// An open data set with a screen.
pub(crate) struct Stage {
    pub(crate) model: Model,
    theme: Theme,
    looks: Looks,
    size: (u16, u16),
    /// Whether loads behind the screen end at once.
    behind: bool,
    /// Whether rows are read as soon as something asks for them.
    pub(crate) reads_rows: bool,
    /// Whether lists are written as soon as they are wanted.
    pub(crate) writes: bool,
}

impl Stage {
    /// The demo shop.
    pub(crate) fn demo(size: (u16, u16)) -> Self {
        Self::demo_by(Plan::default(), size)
    }

    /// The demo shop by a plan.
    pub(crate) fn demo_by(plan: Plan, size: (u16, u16)) -> Self {
        let place = Place::BuiltIn { name: "the demo shop", bytes: tierscope::demo::SHOP.as_bytes() };
        Self::of(place, plan, size)
    }

    /// A request.
    pub(crate) fn by(request: Request, plan: Plan, size: (u16, u16)) -> Self {
        let mut model = Model::new(request, plan, Catalogue::built_in());
        let effect = load(&mut model);
        let (theme, looks) = (Theme::new(ColorChoice::Never), Looks::default());
        let mut stage = Self { model, theme, looks, size, behind: true, reads_rows: false, writes: true };
        stage.carry_out(effect);
        stage.settle();
        stage
    }

    /// A file.
    pub(crate) fn file(path: &str, plan: Plan, size: (u16, u16)) -> Self {
        Self::of(Place::file(path), plan, size)
    }

    fn of(place: Place, plan: Plan, size: (u16, u16)) -> Self {
        Self::by(Request { places: vec![place], ..Request::default() }, plan, size)
    }

    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.settle();
    }

    /// Does what the loop does after an event: the work that is wanted, and what the frame needs.
    fn settle(&mut self) {
        while let Some(work) = wanted(&self.model) {
            done(&mut self.model, work.run());
        }
        if let Some(task) = survey_wanted(&mut self.model) {
            surveyed(&mut self.model, task.run());
        }
        if self.reads_rows
            && let Some(task) = details_wanted(&mut self.model)
        {
            detailed(&mut self.model, task.run());
        }
        if let Some(task) = find_wanted(&mut self.model) {
            found(&mut self.model, task.run());
        }
        if self.writes
            && let Some(task) = export_wanted(&mut self.model)
        {
            exported(&mut self.model, task.run(|_| {}));
        }
        while let Some(work) = wanted(&self.model) {
            done(&mut self.model, work.run());
        }
        let page = page(Rect::new(0, 0, self.size.0, self.size.1), &self.model, &self.theme);
        self.model.prepare(page, self.size.0.into());
    }

    /// Presses keys as the loop does; gives the effect of the last.
    pub(crate) fn press(&mut self, keys: impl IntoIterator<Item = Key>) -> Effect {
        let mut effect = Effect::None;
        for key in keys {
            effect = press(&mut self.model, key);
            self.carry_out(effect.clone());
            self.settle();
        }
        effect
    }

    /// Presses keys that come quicker than frames.
    pub(crate) fn press_at_once(&mut self, keys: impl IntoIterator<Item = Key>) {
        for key in keys {
            press(&mut self.model, key);
        }
        self.settle();
    }

    /// Does what an action asks of the loop, and what that asks of it in turn.
    fn carry_out(&mut self, effect: Effect) {
        let mut next = effect;
        loop {
            next = match next {
                Effect::Load => load(&mut self.model),
                Effect::File(task) => {
                    let done = carry_out(task, &self.model.catalogue);
                    filed(&mut self.model, done)
                }
                Effect::Theme(name) => {
                    let theme = self.looks.theme(&name).map_err(|error| error.to_string());
                    return themed(&mut self.model, name, theme.map(|theme| self.theme = theme));
                }
                Effect::Reopen if self.behind => {
                    let Some(reopening) = &self.model.reopening else { return };
                    let (progress, cancel) = (Progress::default(), CancelToken::default());
                    let (request, plan) = (&reopening.request, &reopening.plan);
                    let result = Session::open(request, plan, &self.model.catalogue, &progress, &cancel);
                    reopened(&mut self.model, result)
                }
                Effect::Inspect(place) => {
                    let request = &self.model.request;
                    let memory = request.memory.as_deref();
                    let result = Inspected::of(&request.places[place], &request.text, memory);
                    inspected(&mut self.model, result.map_err(|error| error.to_string()));
                    return;
                }
                Effect::Picture(task) => {
                    let area = Rect::new(0, 0, self.size.0, self.size.1);
                    picture::take(&mut self.model, &self.theme, area, &task);
                    return;
                }
                _ => return,
            };
        }
    }

    /// Ends the load behind the screen that was held back.
    pub(crate) fn finish_behind(&mut self) {
        self.behind = true;
        self.carry_out(Effect::Reopen);
        self.settle();
    }

    /// Holds loads behind the screen back until [`Self::finish_behind`].
    pub(crate) fn hold_behind(&mut self) {
        self.behind = false;
    }

    /// Presses the keys of characters.
    pub(crate) fn type_in(&mut self, text: &str) -> Effect {
        self.press(text.chars().map(Key::Char))
    }

    /// Wears a theme, with what it is made for.
    pub(crate) fn dress(&mut self, looks: &Looks, name: &str) -> Result<(), Failure> {
        self.theme = looks.theme(name)?;
        self.looks = looks.clone();
        self.model.themes = Themes::of(looks.names(), name.to_owned());
        self.settle();
        Ok(())
    }

    /// The frame as it is drawn, before it goes to a terminal.
    pub(crate) fn frame(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        tierscope::ui::draw(&mut buffer, &self.model, &self.theme);
        buffer
    }

    /// The cells of the screen with their colours.
    pub(crate) fn buffer(&self) -> Result<Buffer, Failure> {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1))?;
        terminal.draw(|frame| {
            tierscope::ui::draw(frame.buffer_mut(), &self.model, &self.theme);
        })?;
        Ok(terminal.backend().buffer().clone())
    }

    /// The row of the terminal's cursor.
    pub(crate) fn cursor_row(&self) -> Result<usize, Failure> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let drawn = tierscope::ui::draw(&mut buffer, &self.model, &self.theme);
        Ok(drawn.cursor.ok_or("no cursor")?.y.into())
    }

    pub(crate) fn screen(&self) -> Result<Screen, Failure> {
        let buffer = &self.buffer()?;
        let area = *buffer.area();
        let row = |y: u16| (0..area.width).map(|x| buffer[(x, y)].symbol().to_owned()).collect();
        Ok(Screen { cells: (0..area.height).map(row).collect(), layout: Layout::of(area, self.model.session()) })
    }
}

fn load(model: &mut Model) -> Effect {
    let (progress, cancel) = (Progress::default(), CancelToken::default());
    let result = Session::open(&model.request, &model.plan, &model.catalogue, &progress, &cancel);
    let effect = opened(model, result);
    sessions::offer(model);
    effect
}

/// What stands on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Screen {
    /// Symbols, row by row.
    pub(crate) cells: Vec<Vec<String>>,
    layout: Option<Layout>,
}

impl Screen {
    fn row(cells: &[String]) -> String {
        let (mut text, mut covered) = (String::new(), 0);
        for symbol in cells {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            // A wide character covers the cell after it.
            covered = symbol.width().saturating_sub(1);
            text.push_str(symbol);
        }
        text.trim_end().to_owned()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.cells.iter().map(|row| Self::row(row)).collect()
    }

    pub(crate) fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// The screen without the line on what just happened.
    pub(crate) fn without_message(&self) -> Vec<String> {
        let mut lines = self.lines();
        lines.remove(lines.len() - 2);
        lines
    }

    /// The cells of a panel, its title first; none where it is not shown.
    pub(crate) fn panel_cells(&self, panel: Panel) -> Vec<&[String]> {
        let Some(area) = self.layout.as_ref().and_then(|layout| layout.panel(panel)) else { return Vec::new() };
        let rows = &self.cells[usize::from(area.y)..usize::from(area.bottom())];
        rows.iter().map(|row| &row[usize::from(area.x)..usize::from(area.right())]).collect()
    }

    /// The lines of a panel, its title first; none where it is not shown.
    pub(crate) fn panel(&self, panel: Panel) -> Vec<String> {
        self.panel_cells(panel).into_iter().map(Self::row).collect()
    }

    /// The counts of the heatmap as they stand, the top row first; `·` is nobody.
    pub(crate) fn heatmap(&self) -> Result<Vec<Vec<u64>>, Failure> {
        let lines = self.panel(Panel::Heatmap);
        let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
        let mut rows = Vec::new();
        for line in inner {
            let mut row = Vec::new();
            let words: Vec<&str> = line.split_whitespace().collect();
            for (place, word) in words.iter().enumerate() {
                let marked = words.get(place + 1).is_some_and(|next| "▁▂▃▄▅▆▇█".contains(next));
                if *word == "·" {
                    row.push(0);
                } else if marked {
                    row.push(count(word)?);
                }
            }
            if !row.is_empty() {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// The customers of each tier, from the top.
    pub(crate) fn tiers(&self) -> Result<Vec<u64>, Failure> {
        let lines = self.panel(Panel::Tiers);
        let lines = lines.iter().skip(2).filter(|line| line.contains('%'));
        lines.map(|line| before_share(&line.split_whitespace().collect::<Vec<_>>())).collect()
    }

    /// The customers of each bin in the distributions, such as `R5`.
    pub(crate) fn bins(&self) -> Result<BTreeMap<String, u64>, Failure> {
        let is_bin = |word: &str| word.starts_with(['R', 'F', 'M']) && word[1..].parse::<u8>().is_ok();
        let mut bins = BTreeMap::new();
        for line in self.panel(Panel::Cuts).iter().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let starts: Vec<usize> = (0..words.len()).filter(|place| is_bin(words[*place])).collect();
            for (number, start) in starts.iter().enumerate() {
                let end = starts.get(number + 1).copied().unwrap_or(words.len());
                bins.insert(words[*start].to_owned(), before_share(&words[*start + 1..end])?);
            }
        }
        Ok(bins)
    }

    /// The rows of the customer list, taken apart at blanks.
    pub(crate) fn list(&self) -> Vec<Vec<String>> {
        let lines = self.panel(Panel::Customers);
        let rows = lines.iter().skip(2).filter(|line| !line.is_empty());
        rows.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
    }

    /// How many customers the list has, by its title.
    pub(crate) fn listed(&self) -> Result<u64, Failure> {
        let lines = self.panel(Panel::Customers);
        let title = lines.first().ok_or("no list is shown")?;
        let words: Vec<&str> = title.split_whitespace().collect();
        let of = words.iter().position(|word| *word == "of").ok_or_else(|| format!("no count in {title}"))?;
        count(words.get(of + 1).ok_or("no count")?)
    }
}

/// The figure before the first share, or the last one where there is no share.
fn before_share(words: &[&str]) -> Result<u64, Failure> {
    // What the last step changed stands behind the figures.
    let changed = |word: &str| word.starts_with(['+', '-', '▴', '▾']);
    let end = words.iter().position(|word| word.ends_with('%') || changed(word)).unwrap_or(words.len());
    count(words[..end].last().ok_or_else(|| format!("no figure in {words:?}"))?)
}

/// `2,999` as a number.
pub(crate) fn count(text: &str) -> Result<u64, Failure> {
    text.replace(',', "").parse().map_err(|_| format!("`{text}` is no count").into())
}

/// A number as people write it: `2,999`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let places = digits.char_indices().map(|(place, digit)| {
        let comma = if place > 0 && (digits.len() - place).is_multiple_of(3) { "," } else { "" };
        format!("{comma}{digit}")
    });
    places.collect()
}

/// Millionths that are whole cents as people write them: `2,166,878.87`.
pub(crate) fn grouped_money(micros: i128) -> String {
    let cents = micros / 10_000;
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", grouped((cents.abs() / 100) as u64), cents.abs() % 100)
}
