//! What the made-up shop is like: who buys there, how often, when and what. Change the shop here; the rest only draws.
//!
//! Weights are relative within their row and need not add up to 100, though most do. Chances say what they are out of.

/// The years the file covers, from the first day to the last.
pub(super) const YEARS: [u32; 2] = [2024, 2025];
/// 1 January 2024 was a Monday, the first entry of `WEEKDAYS`.
pub(super) const FIRST_WEEKDAY: usize = 0;

/// A value class of customers: every habit in which customers differ follows from it.
#[derive(Clone, Copy)]
pub(super) struct Class {
    /// Weights of `AGES`.
    pub ages: [u32; 12],
    /// Weights of `CHANNELS`: where such a customer usually buys.
    pub channels: [u32; 3],
    /// Per cent who were customers before the file begins; the others arrive within it.
    pub known_before: u32,
    /// Per cent of the newly arrived who never buy again.
    pub buys_once: u32,
    /// Orders a year while active: from, to (inclusive), and the weights of these ranges.
    pub orders_a_year: [(u32, u32); 4],
    pub orders_a_year_weights: [u32; 4],
    /// Days an active customer stays on average.
    pub stays_days: u32,
    /// Weights of `CATEGORIES`.
    pub likes: [u32; 7],
    /// What such a customer reaches for on the price ladder of a category.
    pub reach: Reach,
    /// Weights of buying 1, 2, 3 .. pieces of an article.
    pub pieces: [u32; 6],
}

/// Which end of a category's price ladder draws a customer.
#[derive(Clone, Copy)]
pub(super) enum Reach {
    /// The cheaper of two articles looked at.
    Cheap,
    /// Whatever comes.
    Any,
    /// The dearer of two articles looked at.
    Dear,
}

/// The three classes and how many customers of each bought at least once in the two years.
pub(super) const CLASSES: [(Class, usize); 3] = [(HIGH, 500), (GENERAL, 1_090), (LOW, 1_410)];

/// Ages from, to (inclusive). The classes centre on 40, 30 and 21 and thin out to both sides.
pub(super) const AGES: [(u32, u32); 12] = [
    (18, 19),
    (20, 22),
    (23, 24),
    (25, 27),
    (28, 32),
    (33, 34),
    (35, 36),
    (37, 42),
    (43, 45),
    (46, 49),
    (50, 59),
    (60, 75),
];
/// Where people buy.
pub(super) const CHANNELS: [&str; 3] = ["app", "website", "third-party platform"];

/// Few, loyal, in the app: ordinary regulars, and a small tail of people who buy for a cafe or guest house every week.
const HIGH: Class = Class {
    ages: [1, 1, 1, 2, 4, 4, 10, 57, 12, 5, 2, 1],
    channels: [84, 11, 5],
    known_before: 62,
    buys_once: 0,
    orders_a_year: [(9, 13), (13, 20), (20, 36), (45, 85)],
    orders_a_year_weights: [38, 40, 16, 6],
    stays_days: 1_500,
    likes: [24, 18, 16, 14, 12, 9, 7],
    reach: Reach::Dear,
    pieces: [62, 24, 7, 5, 1, 1],
};

/// The broad middle: comes back several times a year for some time.
const GENERAL: Class = Class {
    ages: [1, 1, 3, 19, 54, 13, 3, 2, 1, 1, 1, 1],
    channels: [6, 88, 6],
    known_before: 38,
    buys_once: 5,
    orders_a_year: [(4, 6), (6, 8), (8, 10), (10, 13)],
    orders_a_year_weights: [22, 42, 29, 7],
    stays_days: 700,
    likes: [19, 14, 10, 16, 18, 14, 9],
    reach: Reach::Any,
    pieces: [74, 19, 4, 2, 1, 0],
};

/// Half of all customers: found the shop through a bargain elsewhere, most never return.
const LOW: Class = Class {
    ages: [20, 43, 18, 6, 4, 2, 1, 1, 1, 1, 2, 1],
    channels: [6, 8, 86],
    known_before: 9,
    buys_once: 56,
    orders_a_year: [(2, 4), (4, 6), (6, 8), (8, 11)],
    orders_a_year_weights: [36, 40, 19, 5],
    stays_days: 170,
    likes: [8, 6, 4, 8, 22, 22, 30],
    reach: Reach::Cheap,
    pieces: [86, 11, 2, 1, 0, 0],
};

/// Per cent of a customer's orders that come in by the usual channel.
pub(super) const USUAL_CHANNEL: u32 = 89;
/// Weights of `CHANNELS` for the other orders.
pub(super) const OTHER_CHANNEL: [u32; 3] = [38, 40, 22];
/// Per cent of customers who stop and still come back, and after how many days they do (from, to).
pub(super) const COMES_BACK: u32 = 11;
pub(super) const AWAY_DAYS: (u32, u32) = (110, 330);
/// Per cent of orders followed by another one on the same day: something was forgotten.
pub(super) const ORDERS_AGAIN: u32 = 1;
/// The shop grows: demand on the first and on the last day of the two years, in per cent. Customers order more often.
pub(super) const GROWTH: (u64, u64) = (92, 114);
/// Newcomers on the first and on the last day, which grow on top of the demand.
pub(super) const ARRIVALS: (u64, u64) = (100, 140);

/// F, M and not given.
pub(super) const GENDERS: [&str; 3] = ["F", "M", ""];
pub(super) const GENDER_WEIGHTS: [u32; 3] = [57, 41, 2];
/// Where the customers live, and per cent of orders delivered elsewhere (a gift, a holiday home).
pub(super) const REGIONS: [&str; 5] = ["Capital", "North", "South", "East", "West"];
pub(super) const REGION_WEIGHTS: [u32; 5] = [34, 21, 19, 15, 11];
pub(super) const DELIVERED_ELSEWHERE: u32 = 2;

/// Demand by month, January first, in per cent of an ordinary month.
pub(super) const MONTHS: [u64; 12] = [92, 84, 90, 95, 98, 92, 84, 86, 96, 106, 128, 148];
/// Demand by weekday, Monday first, in per cent: orders pile up on Sunday evening and Monday.
pub(super) const WEEKDAYS: [u64; 7] = [112, 102, 98, 97, 92, 88, 111];
/// Days unlike the rest of their month: year (none: every), month, from day, to day, demand in per cent, whether there
/// is a sale. The first that fits counts.
pub(super) const OCCASIONS: [(Option<u32>, u32, u32, u32, u64, bool); 10] = [
    (Some(2024), 11, 29, 29, 270, true),
    (Some(2025), 11, 28, 28, 270, true),
    (None, 1, 1, 1, 55, false),
    (None, 1, 2, 12, 122, true),
    (None, 2, 9, 13, 130, false),
    (None, 7, 1, 7, 118, true),
    (None, 11, 24, 30, 150, true),
    (None, 12, 1, 2, 130, true),
    (None, 12, 20, 26, 48, false),
    (None, 12, 27, 31, 80, false),
];
/// Weights of the hours of a day, from midnight.
pub(super) const HOURS: [u32; 24] =
    [12, 6, 3, 2, 2, 4, 10, 22, 34, 44, 52, 56, 58, 52, 47, 46, 49, 56, 66, 78, 90, 86, 58, 28];

/// Things the shop sells.
#[derive(Clone, Copy)]
pub(super) struct Category {
    /// Name, as in the file.
    pub name: &'static str,
    /// Whole currency units of the cheapest and of the dearest article.
    pub prices: (u32, u32),
    /// Demand by quarter in per cent.
    pub quarters: [u32; 4],
}

/// What is sold, dear things first.
pub(super) const CATEGORIES: [Category; 7] = [
    Category { name: "Kitchen", prices: (9, 150), quarters: [95, 95, 95, 115] },
    Category { name: "Bedding", prices: (15, 140), quarters: [115, 85, 85, 115] },
    Category { name: "Lamps", prices: (14, 170), quarters: [100, 70, 90, 140] },
    Category { name: "Garden", prices: (6, 110), quarters: [80, 190, 110, 20] },
    Category { name: "Decor", prices: (5, 65), quarters: [90, 95, 95, 120] },
    Category { name: "Bath", prices: (5, 50), quarters: [100, 100, 100, 100] },
    Category { name: "Gifts", prices: (4, 36), quarters: [80, 85, 80, 155] },
];
/// Articles in each category; prices climb slowly at first and steeply at the end.
pub(super) const ARTICLES: u32 = 24;
/// Cents that prices end in, along the ladder.
pub(super) const PRICE_ENDINGS: [u32; 3] = [90, 50, 95];
/// Per cent of lines that come from the customer's favourite category.
pub(super) const FAVOURITE: u32 = 30;
/// Weights of an order having 1, 2, 3 lines.
pub(super) const LINES: [u32; 3] = [86, 11, 3];
/// Per cent off the price, and the weights of that on an ordinary day and in a sale.
pub(super) const DISCOUNTS: [u32; 4] = [0, 10, 20, 30];
pub(super) const DISCOUNT_WEIGHTS: [u32; 4] = [90, 8, 2, 0];
pub(super) const SALE_WEIGHTS: [u32; 4] = [45, 20, 25, 10];

/// Orders in a thousand of which something comes back, how many days later, and at what hours it is booked (from, to).
pub(super) const RETURNED: u32 = 20;
pub(super) const RETURN_DAYS: (u32, u32) = (4, 30);
pub(super) const RETURN_HOURS: (u32, u32) = (8, 16);

/// What is wrong with a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// The customer id is missing.
    NoCustomer,
    /// The date is one of `BAD_DATES`.
    BadDate,
    /// The amount is one of `BAD_AMOUNTS`.
    BadAmount,
    /// The row is there twice.
    Twice,
    /// There are spaces around the customer id.
    Spaces,
}

/// How many rows have which flaw.
pub(super) const FLAWS: [(Flaw, usize); 5] =
    [(Flaw::NoCustomer, 25), (Flaw::BadDate, 12), (Flaw::BadAmount, 12), (Flaw::Twice, 15), (Flaw::Spaces, 8)];
/// Rows at the top of the file without flaws, so that whoever looks only there sees a clean file.
pub(super) const CLEAN_ROWS: usize = 200;
pub(super) const BAD_DATES: [&str; 4] = ["2025-02-30 10:00:00", "n/a", "", "0000-00-00 00:00:00"];
pub(super) const BAD_AMOUNTS: [&str; 3] = ["-", "free", ""];
