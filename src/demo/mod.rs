//! A made-up shop to try the program on: the orders of two years as CSV text, the same on every machine.
//!
//! `shop` describes the shop, `people` draws its customers and the days they order on, `orders` what they buy and
//! return and the flaws that real files have; here all that is written down as the rows of a file.

mod dice;
mod orders;
mod people;
mod shop;

use std::collections::HashMap;
use std::fmt::Write as _;

use dice::Dice;
use orders::{Line, Moment, Order, Row};
use people::{Customer, Day};
use shop::{BAD_AMOUNTS, BAD_DATES, Flaw};

/// The seed that made `demo-data/shop.csv`.
pub const SEED: u64 = 20_240_101;

/// The shop that comes with the program: what [`generate`] makes of [`SEED`].
pub const SHOP: &str = include_str!("../../demo-data/shop.csv");

const HEADER: &str = "order_id,order_date,customer_id,category,quantity,amount,region,channel,age,gender\n";

/// The file of the made-up shop as CSV text (UTF-8, LF, header line), the same for the same seed on every machine.
#[must_use]
pub fn generate(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let calendar = people::calendar();
    let customers = people::customers(&mut dice, &calendar);
    let mut orders = orders::draw(&mut dice, &calendar, &customers);
    // An order id counts the orders of its day in the order they came in.
    orders.sort_by_key(|order| order.moment);
    let mut rows = orders::rows(&mut dice, &calendar, &orders);
    rows.sort_by_key(|row| row.moment);
    orders::spoil(&mut dice, &mut rows);
    write(&calendar, &customers, &orders, &rows)
}

fn write(calendar: &[Day], customers: &[Customer], orders: &[Order], rows: &[Row]) -> String {
    let ids = order_ids(calendar, orders);
    let mut text = String::from(HEADER);
    let mut bad_dates = BAD_DATES.iter().cycle();
    let mut bad_amounts = BAD_AMOUNTS.iter().cycle();
    for row in rows {
        let (Some(order), Some(id)) = (orders.get(row.order), ids.get(row.order)) else { continue };
        let Some(customer) = customers.get(order.customer) else { continue };
        let mut date = date(calendar, row.moment);
        let mut customer_id = format!("C{:05}", order.customer + 1);
        let mut amount = amount(row.line.pieces * row.line.price);
        match row.flaw {
            Some(Flaw::NoCustomer) => customer_id.clear(),
            Some(Flaw::BadDate) => bad_dates.next().copied().unwrap_or_default().clone_into(&mut date),
            Some(Flaw::BadAmount) => bad_amounts.next().copied().unwrap_or_default().clone_into(&mut amount),
            Some(Flaw::Spaces) => customer_id = format!(" {customer_id} "),
            Some(Flaw::Twice) | None => {}
        }
        let Line { category, pieces, .. } = row.line;
        let Order { region, channel, .. } = order;
        let Customer { age, gender, .. } = customer;
        for _ in 0..if row.flaw == Some(Flaw::Twice) { 2 } else { 1 } {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{id},{date},{customer_id},{category},{pieces},{amount},{region},{channel},{age},{gender}"
            );
        }
    }
    text
}

/// Ids such as `SO-240101-0001`: the day and the number of the order on that day.
fn order_ids(calendar: &[Day], orders: &[Order]) -> Vec<String> {
    let mut of_day = HashMap::new();
    let mut id = |order: &Order| {
        let number = of_day.entry(order.moment.0).and_modify(|number| *number += 1).or_insert(1);
        let day = calendar.get(order.moment.0)?;
        Some(format!("SO-{:02}{:02}{:02}-{number:04}", day.year % 100, day.month, day.date))
    };
    orders.iter().map(|order| id(order).unwrap_or_default()).collect()
}

fn date(calendar: &[Day], (day, second): Moment) -> String {
    calendar.get(day).map_or_else(String::new, |&Day { year, month, date: day, .. }| {
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    })
}

fn amount(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap, HashSet};

    use super::{HEADER, SEED, generate};

    /// A readable row, cells as in the header, the amount in cents.
    struct Cells<'t> {
        order: &'t str,
        date: &'t str,
        customer: &'t str,
        category: &'t str,
        pieces: i64,
        cents: i64,
        channel: &'t str,
        age: u32,
        gender: &'t str,
    }

    /// What the tests know of the file: the rows that can be read, and how many cannot and why.
    #[derive(Default)]
    struct Shop<'t> {
        rows: Vec<Cells<'t>>,
        no_customer: usize,
        bad_dates: usize,
        bad_amounts: usize,
        twice: usize,
        spaces: usize,
        /// Line number of the first row with a flaw.
        first_flaw: usize,
    }

    impl<'t> Shop<'t> {
        fn read(text: &'t str) -> Self {
            let mut shop = Self::default();
            let mut seen = HashSet::new();
            for (number, line) in text.lines().enumerate().skip(1) {
                if !shop.take(line, seen.insert(line)) && shop.first_flaw == 0 {
                    shop.first_flaw = number + 1;
                }
            }
            shop
        }

        /// Counts a line; false if there is anything wrong with it.
        fn take(&mut self, line: &'t str, is_new: bool) -> bool {
            let cells: Vec<&str> = line.split(',').collect();
            let [order, date, customer, category, pieces, amount, _, channel, age, gender] = cells[..] else {
                panic!("not ten cells: {line}")
            };
            let cents = cents(amount);
            let spaces = customer != customer.trim();
            self.twice += usize::from(!is_new);
            self.no_customer += usize::from(customer.is_empty());
            self.bad_dates += usize::from(!is_date(date));
            self.bad_amounts += usize::from(cents.is_none());
            self.spaces += usize::from(spaces);
            let Some(cents) = cents.filter(|_| is_new && !customer.is_empty() && is_date(date)) else { return false };
            let (pieces, age) = (pieces.parse().unwrap(), age.parse().unwrap());
            let customer = customer.trim();
            self.rows.push(Cells { order, date, customer, category, pieces, cents, channel, age, gender });
            !spaces
        }

        fn sales(&self) -> impl Iterator<Item = &Cells<'t>> {
            self.rows.iter().filter(|row| row.cents > 0)
        }

        fn orders(&self) -> HashSet<&'t str> {
            self.rows.iter().map(|row| row.order).collect()
        }

        /// Customers by what they spent, most first.
        fn by_money(&self) -> Vec<(&'t str, i64)> {
            let mut money = BTreeMap::new();
            for row in &self.rows {
                *money.entry(row.customer).or_insert(0) += row.cents;
            }
            let mut money: Vec<_> = money.into_iter().collect();
            money.sort_by_key(|&(_, cents)| -cents);
            money
        }

        fn orders_of(&self) -> HashMap<&'t str, HashSet<&'t str>> {
            let mut orders: HashMap<_, HashSet<_>> = HashMap::new();
            for row in &self.rows {
                orders.entry(row.customer).or_default().insert(row.order);
            }
            orders
        }
    }

    fn cents(amount: &str) -> Option<i64> {
        let (units, cents) = amount.split_once('.')?;
        let (units, cents): (i64, i64) = (units.parse().ok()?, cents.parse().ok()?);
        Some(if amount.starts_with('-') { units * 100 - cents } else { units * 100 + cents })
    }

    /// Whether this is a moment of the two years.
    fn is_date(text: &str) -> bool {
        let numbers: Option<Vec<u32>> = text.split(['-', ' ', ':']).map(|part| part.parse().ok()).collect();
        let Some([year, month, day, hour, minute, second]) = numbers.as_deref() else { return false };
        let days = match month {
            2 => 28 + u32::from(*year == 2024),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        text.len() == "2024-01-01 00:00:00".len()
            && (2024..=2025).contains(year)
            && (1..=12).contains(month)
            && (1..=days).contains(day)
            && *hour < 24
            && *minute < 60
            && *second < 60
    }

    fn band(age: u32) -> &'static str {
        match age {
            ..18 => "too young",
            18..25 => "18-25",
            25..35 => "25-35",
            35..=45 => "35-45",
            _ => "older",
        }
    }

    /// The most common value and its share in per cent.
    fn most_common<'t>(values: impl Iterator<Item = &'t str>) -> (&'t str, usize) {
        let mut counts = BTreeMap::new();
        values.for_each(|value| *counts.entry(value).or_insert(0_usize) += 1);
        let all: usize = counts.values().sum();
        counts.into_iter().max_by_key(|&(_, count)| count).map(|(value, count)| (value, count * 100 / all)).unwrap()
    }

    #[test]
    fn a_seed_makes_one_file() {
        assert!(generate(SEED) == generate(SEED));
        assert!(generate(SEED) != generate(SEED + 1));
    }

    #[test]
    fn the_shipped_file_is_made_by_the_seed() {
        let shipped = super::SHOP;
        let made = generate(SEED);
        let differing = shipped.lines().zip(made.lines()).enumerate().find(|(_, (shipped, made))| shipped != made);
        assert_eq!(differing, None, "write it anew: tierscope demo-data > demo-data/shop.csv");
        assert!(shipped == made, "{} bytes shipped, {} made", shipped.len(), made.len());
        assert!(shipped.starts_with(HEADER) && shipped.ends_with('\n') && !shipped.contains('\r'));
        assert!((2_000_000..2_500_000).contains(&shipped.len()), "{} bytes", shipped.len());
    }

    #[test]
    fn the_shop_has_its_size() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        let (customers, orders) = (shop.by_money().len(), shop.orders().len());
        assert!((2_900..=3_100).contains(&customers), "{customers} customers");
        assert!((24_000..=26_000).contains(&orders), "{orders} orders");
        let rows = text.lines().count() - 1;
        assert!((28_500..=30_000).contains(&rows), "{rows} rows");
        let mut lines = HashMap::new();
        shop.sales().for_each(|row| *lines.entry(row.order).or_insert(0) += 1);
        let single = lines.values().filter(|&&lines| lines == 1).count() * 100 / lines.len();
        assert!((83..=88).contains(&single) && lines.values().all(|&lines| lines <= 3), "{single} % of one line");
    }

    #[test]
    fn the_flaws_are_counted_and_not_at_the_top() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        let counts = [shop.no_customer, shop.bad_dates, shop.bad_amounts, shop.twice, shop.spaces];
        assert_eq!(counts, [25, 12, 12, 15, 8]);
        assert!(shop.first_flaw > 51, "line {}", shop.first_flaw);
    }

    #[test]
    fn order_ids_rise_with_the_dates() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        assert!(shop.rows.is_sorted_by_key(|row| row.date));
        assert!(shop.sales().collect::<Vec<_>>().is_sorted_by_key(|row| row.order));
        let mut orders = HashMap::new();
        for row in shop.sales() {
            let day = row.date[2..10].replace('-', "");
            assert_eq!(row.order[..10], format!("SO-{day}-"), "{}", row.order);
            let order = (row.date, row.customer, row.channel);
            assert_eq!(*orders.entry(row.order).or_insert(order), order, "{}", row.order);
        }
    }

    #[test]
    fn what_comes_back_was_sold_before() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        let returns: Vec<_> = shop.rows.iter().filter(|row| row.cents < 0).collect();
        assert!((400..=600).contains(&returns.len()), "{} returns", returns.len());
        let mut sold: HashMap<_, Vec<&Cells>> = HashMap::new();
        shop.sales().for_each(|row| sold.entry((row.order, row.customer, row.category)).or_default().push(row));
        for back in returns {
            // The same price a piece, and no more pieces than were bought.
            let fits = |sale: &&Cells| {
                sale.date < back.date
                    && sale.cents * -back.pieces == -back.cents * sale.pieces
                    && -back.pieces <= sale.pieces
            };
            assert!(
                back.pieces < 0 && sold[&(back.order, back.customer, back.category)].iter().any(fits),
                "{}",
                back.order
            );
        }
    }

    #[test]
    fn a_customer_has_one_age_and_gender() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        let mut people = HashMap::new();
        for row in &shop.rows {
            let person = (row.age, row.gender);
            assert_eq!(*people.entry(row.customer).or_insert(person), person, "{}", row.customer);
            assert!((18..=75).contains(&row.age) && ["F", "M", ""].contains(&row.gender));
        }
        let not_given = people.values().filter(|person| person.1.is_empty()).count();
        assert!((20..=120).contains(&not_given), "{not_given} without a gender");
    }

    #[test]
    fn value_goes_with_age_and_channel() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        let ranked = shop.by_money();
        let (top, half) = (ranked.len() * 12 / 100, ranked.len() / 2);
        let ages: HashMap<_, _> = shop.rows.iter().map(|row| (row.customer, band(row.age))).collect();
        let groups = [
            (&ranked[..top], "35-45", "app"),
            (&ranked[top..half], "25-35", "website"),
            (&ranked[half..], "18-25", "third-party platform"),
        ];
        for (group, age, channel) in groups {
            let group: HashSet<_> = group.iter().map(|&(customer, _)| customer).collect();
            let common_age = most_common(group.iter().map(|customer| ages[customer]));
            let orders: BTreeMap<_, _> =
                shop.sales().filter(|row| group.contains(row.customer)).map(|row| (row.order, row.channel)).collect();
            let common_channel = most_common(orders.into_values());
            assert_eq!((common_age.0, common_channel.0), (age, channel));
            // Clear, but not absolute.
            assert!((60..=80).contains(&common_age.1), "{common_age:?}");
            assert!((60..=80).contains(&common_channel.1), "{common_channel:?}");
        }
    }

    #[test]
    fn few_customers_bring_most_of_the_money_and_many_come_once() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        let ranked = shop.by_money();
        let money = |customers: &[(&str, i64)]| customers.iter().map(|&(_, cents)| cents).sum::<i64>();
        let share = money(&ranked[..ranked.len() / 10]) * 100 / money(&ranked);
        assert!((40..=70).contains(&share), "the top tenth brings {share} %");
        let orders_of = shop.orders_of();
        let once = orders_of.values().filter(|orders| orders.len() == 1).count() * 100 / orders_of.len();
        assert!((30..=45).contains(&once), "{once} % bought once");
        let most = orders_of.values().map(HashSet::len).max().unwrap();
        assert!(most > 100, "{most} orders at most");
    }

    #[test]
    fn the_shop_grows_and_peaks_before_christmas() {
        let text = generate(SEED);
        let shop = Shop::read(&text);
        let mut months = BTreeMap::new();
        shop.rows.iter().for_each(|row| *months.entry(&row.date[..7]).or_insert(0) += row.cents);
        let months: Vec<i64> = months.into_values().collect();
        let (before, after) = months.split_at(12);
        let growth = after.iter().sum::<i64>() * 100 / before.iter().sum::<i64>();
        assert!((110..=140).contains(&growth), "{growth} % of the year before");
        for year in [before, after] {
            let ordinary = year[..10].iter().max().unwrap();
            assert!(year[10] > *ordinary && year[11] > *ordinary, "{year:?}");
        }
    }
}
