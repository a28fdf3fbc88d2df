//! What the overview costs: loading a file, and drawing a frame.
//!
//! `cargo bench` prints the times; the data is made up here, with many one-time buyers and a long tail of money.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tierscope::app::model::{Model, Stage};
use tierscope::app::session::Session;
use tierscope::data::load::{Request, load};
use tierscope::data::place::Place;
use tierscope::engine::plan::Plan;
use tierscope::job::{CancelToken, Progress};
use tierscope::model::schemes::Catalogue;
use tierscope::ui::draw;
use tierscope::ui::theme::{ColorChoice, Theme};

const ROWS: u64 = 500_000;

/// A generator of numbers that is the same everywhere (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % most
    }

    /// Small numbers mostly: each step up is half as likely.
    fn tail(&mut self) -> u64 {
        1 + u64::from(self.below(u64::from(u32::MAX)).leading_zeros()).saturating_sub(32)
    }
}

fn sales_csv(rows: u64) -> String {
    let mut dice = Dice(7);
    let mut text = String::from("order_id,order_date,customer_id,amount\n");
    for row in 0..rows {
        let customer = dice.below(rows / 5) >> dice.below(4);
        let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
        let cents = dice.below(500) * dice.tail() * dice.tail() * dice.tail() + 99;
        let (units, cents) = (cents / 100, cents % 100);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "SO-{row},2024-{month:02}-{day:02} 10:00:00,C{customer:07},{units}.{cents:02}");
    }
    text
}

fn loading(bench: &mut Criterion) {
    let text = sales_csv(ROWS);
    let path = std::env::temp_dir().join(format!("tierscope-bench-{}.csv", std::process::id()));
    let written = std::fs::File::create(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    if let Err(error) = written {
        eprintln!("cannot write {}: {error}", path.display());
        return;
    }
    let request = Request { places: vec![Place::file(path.clone())], ..Request::default() };
    let mut group = bench.benchmark_group("load");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("csv, 500,000 rows", |bench| {
        bench.iter(|| {
            load(black_box(&request), &Progress::default(), &CancelToken::default()).map(|loaded| loaded.as_of)
        });
    });
    group.finish();
    // A left-over file in the temporary folder harms nobody.
    let _ = std::fs::remove_file(&path);
}

fn drawing(bench: &mut Criterion) {
    let place = Place::BuiltIn { name: "the demo shop", bytes: tierscope::demo::SHOP.as_bytes() };
    let request = Request { places: vec![place], ..Request::default() };
    let (plan, catalogue) = (Plan::default(), Catalogue::built_in());
    let opened = Session::open(&request, &plan, &catalogue, &Progress::default(), &CancelToken::default());
    let Ok(session) = opened else { return };
    let mut model = Model::new(request, plan, catalogue);
    model.stage = Stage::Open(Box::new(session));
    model.prepare(40, 120);
    let theme = Theme::new(ColorChoice::Indexed);
    let mut group = bench.benchmark_group("draw");
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        group.bench_function(format!("a frame of {width} x {height}"), |bench| {
            bench.iter(|| {
                buffer.reset();
                draw(&mut buffer, black_box(&model), &theme)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, loading, drawing);
criterion_main!(benches);
