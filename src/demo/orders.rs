//! Orders: what customers buy, what they return, and what goes wrong in writing it down.

use super::dice::Dice;
use super::people::{Customer, Day};
use super::shop::{
    ARTICLES, CATEGORIES, CHANNELS, CLEAN_ROWS, Category, DELIVERED_ELSEWHERE, DISCOUNT_WEIGHTS, DISCOUNTS, FAVOURITE,
    FLAWS, Flaw, HOURS, LINES, OTHER_CHANNEL, PRICE_ENDINGS, REGION_WEIGHTS, REGIONS, RETURN_DAYS, RETURN_HOURS,
    RETURNED, Reach, SALE_WEIGHTS, USUAL_CHANNEL,
};

/// A point in time: index of the day in the calendar and second of the day.
pub(super) type Moment = (usize, u32);

pub(super) struct Order {
    pub moment: Moment,
    /// Index of the customer.
    pub customer: usize,
    pub region: &'static str,
    pub channel: &'static str,
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub category: &'static str,
    /// Below 0 if returned.
    pub pieces: i64,
    /// Cents a piece.
    pub price: i64,
}

pub(super) struct Row {
    pub moment: Moment,
    /// Index of the order.
    pub order: usize,
    pub line: Line,
    /// Flaws only befall orders nothing of which comes back: a return without its sale would be a flaw of its own.
    pub kept: bool,
    pub flaw: Option<Flaw>,
}

pub(super) fn draw(dice: &mut Dice, calendar: &[Day], customers: &[Customer]) -> Vec<Order> {
    let mut orders = Vec::new();
    for (index, customer) in customers.iter().enumerate() {
        for &on in &customer.days {
            let (Some(day), hour) = (calendar.get(on), pick_hour(dice)) else { continue };
            let usual = dice.percent(USUAL_CHANNEL);
            let elsewhere = dice.percent(DELIVERED_ELSEWHERE);
            orders.push(Order {
                moment: (on, hour * 3_600 + dice.within((0, 3_599))),
                customer: index,
                region: if elsewhere { dice.pick(&REGIONS, &REGION_WEIGHTS) } else { customer.region },
                channel: if usual { customer.channel } else { dice.pick(&CHANNELS, &OTHER_CHANNEL) },
                lines: lines(dice, day, customer),
            });
        }
    }
    orders
}

fn pick_hour(dice: &mut Dice) -> u32 {
    dice.pick(&std::array::from_fn(|hour| hour as u32), &HOURS)
}

/// What is in an order. The same article again would be another piece of it, so no two lines are alike.
fn lines(dice: &mut Dice, day: &Day, customer: &Customer) -> Vec<Line> {
    let count = dice.pick(&[1, 2, 3], &LINES);
    let discount = dice.pick(&DISCOUNTS, if day.sale { &SALE_WEIGHTS } else { &DISCOUNT_WEIGHTS });
    let mut lines: Vec<Line> = Vec::with_capacity(count);
    while lines.len() < count {
        let line = line(dice, day, customer, discount);
        if !lines.iter().any(|other| other.category == line.category && other.price == line.price) {
            lines.push(line);
        }
    }
    lines
}

fn line(dice: &mut Dice, day: &Day, customer: &Customer, discount: u32) -> Line {
    let class = &customer.class;
    let quarter = (day.month as usize - 1) / 3;
    let demand = std::array::from_fn(|index| class.likes[index] * CATEGORIES[index].quarters[quarter]);
    let drawn = dice.pick(&CATEGORIES, &demand);
    let category = if dice.percent(FAVOURITE) { customer.favourite } else { drawn };
    let looked_at = [dice.within((0, ARTICLES - 1)), dice.within((0, ARTICLES - 1))];
    let article = match class.reach {
        Reach::Cheap => looked_at[0].min(looked_at[1]),
        Reach::Any => looked_at[0],
        Reach::Dear => looked_at[0].max(looked_at[1]),
    };
    Line {
        category: category.name,
        pieces: dice.pick(&[1, 2, 3, 4, 5, 6], &class.pieces),
        price: i64::from(price(&category, article) * (100 - discount) / 100),
    }
}

/// Cents of an article, counted from the cheapest of its category.
const fn price(category: &Category, article: u32) -> u32 {
    let (from, to) = category.prices;
    let top = ARTICLES - 1;
    let units = from + (to - from) * article * article / (top * top);
    (units - 1) * 100 + PRICE_ENDINGS[article as usize % PRICE_ENDINGS.len()]
}

/// One row a line, and one more for a line that comes back.
pub(super) fn rows(dice: &mut Dice, calendar: &[Day], orders: &[Order]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, order) in orders.iter().enumerate() {
        let back = returned(dice, order).filter(|row| row.0.0 < calendar.len());
        let kept = back.is_none();
        let sold = order.lines.iter().map(|&line| (order.moment, line));
        rows.extend(sold.chain(back).map(|(moment, line)| Row { moment, order: index, line, kept, flaw: None }));
    }
    rows
}

/// What of an order comes back, if anything: one line, or some pieces of it.
fn returned(dice: &mut Dice, order: &Order) -> Option<(Moment, Line)> {
    if dice.below(1_000) >= u64::from(RETURNED) {
        return None;
    }
    let line = order.lines.get(dice.below(order.lines.len() as u64) as usize)?;
    let day = order.moment.0 + dice.within(RETURN_DAYS) as usize;
    let second = dice.within(RETURN_HOURS) * 3_600 + dice.within((0, 3_599));
    let pieces = dice.below(line.pieces.unsigned_abs()) as i64 + 1;
    Some(((day, second), Line { pieces: -pieces, ..*line }))
}

/// Gives rows their flaws, at most one each.
pub(super) fn spoil(dice: &mut Dice, rows: &mut [Row]) {
    let Some(spoilable) = rows.get_mut(CLEAN_ROWS..) else { return };
    for (flaw, count) in FLAWS {
        let mut left = count;
        // This ends soon: flaws are far fewer than rows.
        while left > 0 {
            let drawn = dice.below(spoilable.len() as u64) as usize;
            if let Some(row) = spoilable.get_mut(drawn).filter(|row| row.kept && row.flaw.is_none()) {
                row.flaw = Some(flaw);
                left -= 1;
            }
        }
    }
}
