//! A customer's past: what brought in most, the rhythm of the orders, the years, and the segment at the end of each quarter.

use ratatui::text::{Line, Span};

use super::super::theme::Theme;
use super::super::words;
use super::orders::shown;
use crate::app::past::CustomerPast;
use crate::app::session::Session;
use crate::engine::past::{Gaps, Stood, Then, Top, YearOf, change};
use crate::model::scheme::code;
use crate::model::transactions::Transactions;
use crate::show::numbers::{count, counted, money, share, signed};
use crate::show::text::{clean, cut, left, right};
use crate::tr;

/// Years that are told.
const YEARS: usize = 6;

/// The lines of a customer whose rows and past are given.
pub(super) fn lines<'a>(
    session: &Session,
    (transactions, past): (&Transactions, &CustomerPast),
    customer: usize,
    theme: &Theme,
) -> Vec<Line<'a>> {
    let mut lines = goods_lines(session, (transactions, past), customer, theme);
    lines.push(labelled(tr!("rhythm"), rhythm(past.gaps), theme));
    lines.push(Line::default());
    lines.extend(year_lines(session, past, theme));
    lines.push(Line::default());
    lines.extend(quarter_lines(session, past, theme));
    lines
}

fn labelled<'a>(label: &str, words: String, theme: &Theme) -> Line<'a> {
    Line::from(vec![Span::styled(format!("  {}", left(label, 15)), theme.muted), Span::raw(words)])
}

/// What brought in most, for each column that tells what was bought.
fn goods_lines<'a>(
    session: &Session,
    (transactions, past): (&Transactions, &CustomerPast),
    customer: usize,
    theme: &Theme,
) -> Vec<Line<'a>> {
    let customers = session.analysis.customers();
    let (scale, all) = (customers.scale, customers.net.get(customer));
    let line = |(column, best): &(usize, Vec<Top>)| {
        let told = best.iter().map(|top| {
            let value = shown(session, *column, &top.value, 24);
            format!("{value} {} ({})", money(top.revenue, scale), share(top.revenue, all.max(0)))
        });
        let label = tr!("top {column}", column = clean(&transactions.attributes()[*column].name));
        labelled(&cut(&label, 14), told.collect::<Vec<_>>().join("  "), theme)
    };
    past.goods.iter().map(line).collect()
}

/// The gaps between orders, against the days since the last one.
fn rhythm(gaps: Option<Gaps>) -> String {
    let Some(gaps) = gaps else { return tr!("a single day with an order").to_owned() };
    let half = if gaps.median_twice.is_multiple_of(2) { "" } else { ".5" };
    let of = counted(gaps.count as u64, "gap");
    let against = match gaps.shorter {
        0 => tr!("no gap was shorter").to_owned(),
        all if all == gaps.count => tr!("longer than all {gaps}", gaps = of),
        some => tr!("longer than {some} of {gaps}", some = count(some as u64), gaps = of),
    };
    tr!(
        "an order every {days} days ({least} to {most}), {since} since the last: {against}",
        days = format!("{}{half}", count(gaps.median_twice / 2)),
        least = count(gaps.least),
        most = count(gaps.most),
        since = counted(gaps.since, "day"),
        against
    )
}

/// The years with their change; one that is not over is compared with nothing.
fn year_lines<'a>(session: &Session, past: &CustomerPast, theme: &Theme) -> Vec<Line<'a>> {
    let scale = session.analysis.customers().scale;
    let all = &past.years;
    let cells = |cells: [String; 6]| {
        let [year, orders, revenue, of_revenue, mean, of_mean] = cells;
        let [year, orders, revenue] = [left(&year, 15), right(&orders, 7), right(&revenue, 15)];
        format!("  {year}{orders}{revenue}{}{}{}", right(&of_revenue, 9), right(&mean, 13), right(&of_mean, 9))
    };
    let head = [
        tr!("by year"),
        tr!("head" | "orders"),
        tr!("head" | "revenue"),
        tr!("head" | "change"),
        tr!("head" | "mean order"),
        tr!("head" | "change"),
    ];
    let mut lines = vec![Line::styled(cells(head.map(str::to_owned)), theme.muted)];
    let first = all.len().saturating_sub(YEARS);
    for (place, year) in all.iter().enumerate().skip(first) {
        let before = place.checked_sub(1).map(|before| &all[before]).filter(|_| year.is_over);
        let mean = |year: &YearOf| year.mean(scale);
        let of_revenue = before.and_then(|before| change(before.revenue.into(), year.revenue.into()));
        let of_mean = before.and_then(mean).zip(mean(year)).and_then(|(before, now)| change(before.minor, now.minor));
        lines.push(Line::raw(cells([
            if year.is_over { year.year.to_string() } else { tr!("{year} so far", year = year.year) },
            count(year.orders),
            money(year.revenue, scale),
            percent(of_revenue),
            mean(year).map_or_else(|| "–".to_owned(), |mean| money(mean.minor, mean.scale)),
            percent(of_mean),
        ])));
    }
    let [now, before] = past.last_two_years;
    let changed = change(before.into(), now.into());
    let [now, before] = [money(now, scale), money(before, scale)];
    let words = match changed {
        None => tr!("{now} in the last 365 days, {before} in those before", now, before),
        Some(_) => tr!(
            "{now} in the last 365 days, {before} in those before: {change}",
            now,
            before,
            change = percent(changed)
        ),
    };
    lines.push(labelled(tr!("year on year"), words, theme));
    lines
}

/// A change in hundredths of a percent, with one decimal; empty where there is none.
fn percent(change: Option<i64>) -> String {
    let Some(change) = change else { return String::new() };
    signed(change, share(change, 10_000))
}

/// The segment at the end of each of the last quarters, by the cuts of today.
fn quarter_lines<'a>(session: &Session, past: &CustomerPast, theme: &Theme) -> Vec<Line<'a>> {
    let analysis = &session.analysis;
    let label = left(tr!("at the end of"), 15);
    let words = format!("  {label}{}", tr!("by the rows up to then, and the cuts and scheme of today"));
    let mut lines = vec![Line::styled(words, theme.muted)];
    let mut before = None;
    for Then { day, stood } in past.quarters.iter().copied() {
        let (year, month, _) = day.ymd();
        let words = match stood {
            Stood::NotYet => tr!("not yet").to_owned(),
            Stood::NoGap => tr!("a single day with an order: no gap of their own").to_owned(),
            Stood::In(cell, segment) => {
                format!("{}  {}", code(cell), words::segment_of(analysis.scheme(), segment))
            }
        };
        let segment = if let Stood::In(_, segment) = stood { Some(segment) } else { None };
        // Where the segment is another than the quarter before.
        let style = if segment.is_some() && before.is_some_and(|before| before != segment) {
            theme.strong
        } else {
            theme.muted
        };
        before = Some(segment);
        lines.push(Line::from(vec![
            Span::styled(format!("  {}", left(&format!("{year:04} Q{}", month.div_ceil(3)), 15)), theme.muted),
            Span::styled(words, style),
        ]));
    }
    lines
}
