//! Days and customers: who there is and on which days they order.

use super::dice::Dice;
use super::shop::{
    AGES, ARRIVALS, AWAY_DAYS, CATEGORIES, CHANNELS, CLASSES, COMES_BACK, Category, Class, FIRST_WEEKDAY,
    GENDER_WEIGHTS, GENDERS, GROWTH, MONTHS, OCCASIONS, ORDERS_AGAIN, REGION_WEIGHTS, REGIONS, WEEKDAYS, YEARS,
};

/// What a demand of 100 per cent by month, by weekday, by occasion and by growth multiplies to.
const ORDINARY_DEMAND: u64 = 100 * 100 * 100 * 100;
const DAYS_A_YEAR: u64 = 365;

/// A day of the shop.
pub(super) struct Day {
    pub year: u32,
    pub month: u32,
    pub date: u32,
    /// Whether prices are reduced.
    pub sale: bool,
    /// Out of `ORDINARY_DEMAND`.
    demand: u64,
}

/// All days of the file.
pub(super) fn calendar() -> Vec<Day> {
    let mut days = Vec::new();
    for year in YEARS {
        for (month, of_month) in (1..).zip(MONTHS) {
            for day in 1..=month_days(year, month) {
                let of_weekday = WEEKDAYS[(FIRST_WEEKDAY + days.len()) % WEEKDAYS.len()];
                let (of_occasion, sale) = occasion(year, month, day);
                days.push(Day { year, month, date: day, sale, demand: of_month * of_weekday * of_occasion });
            }
        }
    }
    let length = days.len() as u64;
    for (index, day) in (0..).zip(&mut days) {
        day.demand *= growing(GROWTH, index, length);
    }
    days
}

/// What has grown evenly up to a day, from the first value to the last.
const fn growing((first, last): (u64, u64), day: u64, length: u64) -> u64 {
    (first * (length - day) + last * day) / length
}

/// Length of a month; the years are not the end of a century.
const fn month_days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Demand in per cent and whether there is a sale.
fn occasion(year: u32, month: u32, day: u32) -> (u64, bool) {
    OCCASIONS
        .iter()
        .find(|(in_year, in_month, from, to, ..)| {
            in_year.unwrap_or(year) == year && *in_month == month && (*from..=*to).contains(&day)
        })
        .map_or((100, false), |&(.., demand, sale)| (demand, sale))
}

/// A customer with what stays the same in every order, and the days of the orders.
pub(super) struct Customer {
    pub class: Class,
    pub age: u32,
    pub gender: &'static str,
    pub region: &'static str,
    /// The usual channel.
    pub channel: &'static str,
    pub favourite: Category,
    /// Indices into the calendar, ascending; the same day may be there twice.
    pub days: Vec<usize>,
    /// When the customer came: the day of arrival, `None` before the file begins, and a draw to order those of a day.
    came: (Option<usize>, u64),
}

/// All customers, in the order in which they came to the shop.
pub(super) fn customers(dice: &mut Dice, calendar: &[Day]) -> Vec<Customer> {
    let arrivals = arrivals(calendar);
    let mut customers: Vec<Customer> = Vec::new();
    for (class, count) in CLASSES {
        let end = customers.len() + count;
        while customers.len() < end {
            let customer = customer(dice, calendar, &arrivals, class);
            // Someone known before who left without an order in the two years is not in the file at all.
            if !customer.days.is_empty() {
                customers.push(customer);
            }
        }
    }
    customers.sort_by_key(|customer| customer.came);
    customers
}

fn customer(dice: &mut Dice, calendar: &[Day], arrivals: &[u64], class: Class) -> Customer {
    let ages = dice.pick(&AGES, &class.ages);
    let arrived = (!dice.percent(class.known_before)).then(|| arrival(dice, arrivals));
    Customer {
        class,
        age: dice.within(ages),
        gender: dice.pick(&GENDERS, &GENDER_WEIGHTS),
        region: dice.pick(&REGIONS, &REGION_WEIGHTS),
        channel: dice.pick(&CHANNELS, &class.channels),
        favourite: dice.pick(&CATEGORIES, &class.likes),
        days: order_days(dice, calendar, &class, arrived),
        came: (arrived, dice.next()),
    }
}

/// Newcomers by day, added up: they follow the demand of the day and the growth of the shop.
fn arrivals(calendar: &[Day]) -> Vec<u64> {
    let length = calendar.len() as u64;
    let newcomers = (0..).zip(calendar).map(|(index, day)| day.demand * growing(ARRIVALS, index, length));
    newcomers
        .scan(0, |sum, today| {
            *sum += today;
            Some(*sum)
        })
        .collect()
}

fn arrival(dice: &mut Dice, arrivals: &[u64]) -> usize {
    let drawn = dice.below(arrivals.last().copied().unwrap_or_default());
    arrivals.partition_point(|&sum| sum <= drawn)
}

/// Goes through the days of a customer, who orders now and then, leaves at some point and perhaps comes back.
fn order_days(dice: &mut Dice, calendar: &[Day], class: &Class, arrived: Option<usize>) -> Vec<usize> {
    let range = dice.pick(&class.orders_a_year, &class.orders_a_year_weights);
    let orders_a_year = u64::from(dice.within(range));
    let mut days = Vec::new();
    let mut index = arrived.unwrap_or_default();
    // Arriving and coming back both mean ordering.
    let mut certain = arrived.is_some();
    while let Some(day) = calendar.get(index) {
        let orders = certain || dice.below(DAYS_A_YEAR * ORDINARY_DEMAND) < orders_a_year * day.demand;
        if orders {
            days.push(index);
            if dice.percent(ORDERS_AGAIN) {
                days.push(index);
            }
        }
        let was_first = orders && certain && arrived == Some(index);
        let leaves = was_first && dice.percent(class.buys_once) || dice.below(u64::from(class.stays_days)) == 0;
        if leaves && !dice.percent(COMES_BACK) {
            break;
        }
        certain = leaves;
        index += if leaves { dice.within(AWAY_DAYS) as usize } else { 1 };
    }
    days
}
