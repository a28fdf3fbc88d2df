//! The sections of a data card, one after the other.

use super::super::super::survey::{Conflicts, Gap, MOST_ORDERS};
use super::super::super::synonyms::Role;
use super::super::{Control, Quality, RoleQuality, SourceQuality, Unidentified};
use super::lines::{completeness, days, example, policy, rejection, source};
use super::{Finding, Mark, Section, finding};
use crate::show::list::{phrases, sentences};
use crate::show::numbers::{count, money, share};
use crate::{tr, tr_count};

impl Unidentified {
    /// Rows, revenue and share in words; `None` where there are none.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let Self { rows, revenue, of, .. } = self;
        (*rows > 0).then(|| {
            let part = share(revenue.minor, of.minor);
            let (revenue, of) = (money(revenue.minor, revenue.scale), money(of.minor, of.scale));
            tr_count!(
                *rows,
                "{count} row without a customer, revenue {revenue}, {part} of {of}",
                "{count} rows without a customer, revenue {revenue}, {part} of {of}",
                revenue,
                part,
                of,
            )
        })
    }
}

impl Quality {
    /// Everything in words, from where it comes from to the control figures.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let pending = self.rows.counted.is_none();
        let section = |title, pending, findings| Section { title, pending, findings };
        let mut sections = vec![
            section(
                tr!("section of the data card" | "Source"),
                pending,
                self.sources.iter().flat_map(source).collect(),
            ),
            section(tr!("section of the data card" | "Mapping"), false, self.mapping()),
            section(tr!("section of the data card" | "Rows"), pending, self.rows()),
            section(tr!("section of the data card" | "Policies"), false, self.policies.iter().map(policy).collect()),
            section(tr!("section of the data card" | "Completeness"), pending, self.completeness()),
            section(tr!("section of the data card" | "Accuracy"), pending, self.accuracy()),
            section(tr!("section of the data card" | "Timeliness"), pending, self.timeliness()),
            section(tr!("section of the data card" | "Duplicates"), pending, self.duplicates()),
            section(tr!("section of the data card" | "Identity"), pending, self.identity()),
            section(tr!("section of the data card" | "Control"), false, self.control()),
        ];
        // A section of nothing but what is to come is still announced.
        sections.retain(|section| section.pending || !section.findings.is_empty());
        sections
    }

    /// The columns in use; files with the same ones are told once.
    fn mapping(&self) -> Vec<Finding> {
        let same = |one: &SourceQuality, other: &SourceQuality| {
            one.mapping
                .iter()
                .map(|role| (role.role, &role.column))
                .eq(other.mapping.iter().map(|role| (role.role, &role.column)))
        };
        let mut findings = Vec::new();
        for (number, source) in self.sources.iter().enumerate() {
            if number > 0 && same(source, &self.sources[number - 1]) {
                continue;
            }
            let alike = self.sources[number..].iter().take_while(|next| same(source, next)).count();
            if self.sources.len() > 1 {
                let name = match alike as u64 {
                    0 | 1 => source.name.clone(),
                    alike => tr!("{file} and {count} more", file = source.name, count = count(alike - 1)),
                };
                findings.push(finding(None, name, ""));
            }
            findings.extend(source.mapping.iter().map(|RoleQuality { role, column, why, .. }| {
                finding(None, role.name(), tr!("`{column}`: {why}", column, why))
            }));
            if !has_orders(source) {
                findings.push(finding(None, Role::Order.name(), tr!("no column: each row is an order")));
            }
        }
        findings
    }

    fn rows(&self) -> Vec<Finding> {
        let rows = &self.rows;
        let at_fault: u64 = rows.rejected.iter().filter(|rejected| rejected.policy.is_none()).map(|one| one.rows).sum();
        let rejected = rows.read - rows.kept;
        let words = tr!(
            "{read} read = {kept} kept + {rejected} rejected",
            read = count(rows.read),
            kept = count(rows.kept),
            rejected = count(rejected),
        );
        let mut findings = vec![finding(Mark::of_part(at_fault, rows.read), tr!("rows"), words)];
        if let Some(counted) = rows.counted.filter(|counted| *counted != rows.read) {
            let words = tr!("{rows} by now: it was changed since it was loaded", rows = count(counted));
            findings.push(finding(Mark::Problem, tr!("the file"), words));
        }
        findings.push(self.unidentified());
        findings.extend(rows.rejected.iter().map(|one| rejection(one, rows.read)));
        findings.extend(rows.notes.iter().map(|note| finding(Mark::Look, tr!("kept"), note)));
        for source in &self.sources {
            let told = |number, words| finding(Mark::of_part(number, source.rows.unwrap_or(0)), &*source.name, words);
            findings.extend(source.narrow_rows.filter(|rows| *rows > 0).map(|rows| {
                let words = tr_count!(
                    rows,
                    "{count} row with fewer cells than the header",
                    "{count} rows with fewer cells than the header",
                );
                told(rows, words)
            }));
            findings.extend(source.wide_rows.filter(|rows| *rows > 0).map(|rows| {
                let words = tr_count!(
                    rows,
                    "{count} row with more cells than the header",
                    "{count} rows with more cells than the header",
                );
                told(rows, words)
            }));
        }
        findings
    }

    fn unidentified(&self) -> Finding {
        let Some(words) = self.unidentified.words() else {
            return finding(Mark::Ok, tr!("unidentified"), tr!("no row is without a customer"));
        };
        // A twentieth of the revenue is too much to be silent about.
        let mark = if self.unidentified.share.millionths().abs() >= 50_000 { Mark::Problem } else { Mark::Look };
        finding(mark, tr!("unidentified"), words)
    }

    fn completeness(&self) -> Vec<Finding> {
        let several = self.sources.len() > 1;
        let mut findings = Vec::new();
        for source in &self.sources {
            let Some(columns) = &source.columns else { continue };
            if several {
                findings.push(finding(None, &*source.name, ""));
            }
            findings.extend(columns.iter().map(|column| completeness(column, source.rows.unwrap_or(0))));
        }
        findings
    }

    fn accuracy(&self) -> Vec<Finding> {
        let accuracy = &self.accuracy;
        let kinds: [(&str, u64, Told); 5] = [
            (tr!("dates"), accuracy.unreadable_dates, |count| tr!("{count} unreadable", count)),
            (tr!("amounts"), accuracy.unreadable_amounts, |count| tr!("{count} unreadable", count)),
            (tr!("amounts"), accuracy.out_of_range, |count| tr!("{count} out of range", count)),
            (tr!("ids"), accuracy.not_utf8, |count| tr!("{count} not UTF-8", count)),
            (tr!("rows"), accuracy.unreadable_rows, |count| tr!("{count} no record", count)),
        ];
        let read = self.rows.read;
        // What is always asked for is told when it is well, too.
        let told = kinds.into_iter().enumerate().filter(|(place, (_, number, _))| *place < 3 || *number > 0);
        let mut findings: Vec<Finding> = told
            .map(|(_, (subject, number, words))| finding(Mark::of_part(number, read), subject, words(count(number))))
            .collect();
        findings.extend(self.conflicts());
        findings
    }

    fn conflicts(&self) -> Vec<Finding> {
        if self.rows.counted.is_none() || !self.sources.iter().any(has_orders) {
            return Vec::new();
        }
        let Some(Conflicts { customers, days, examples }) = &self.accuracy.conflicting_orders else {
            let words = tr!("not looked at for conflicts: more than {orders}", orders = count(MOST_ORDERS as u64));
            return vec![finding(None, tr!("orders"), words)];
        };
        let of_customers = tr_count!(
            *customers,
            "{count} order number with several customers",
            "{count} order numbers with several customers",
        );
        let of_days = tr_count!(*days, "{count} order number on several days", "{count} order numbers on several days");
        vec![
            finding(Mark::of_count(*customers), tr!("orders"), of_customers),
            finding(Mark::of_count(*days), tr!("orders"), of_days).with(examples.iter().map(example)),
        ]
    }

    fn timeliness(&self) -> Vec<Finding> {
        let (period, timeliness) = (&self.period, &self.timeliness);
        let (first, last) = (period.first_order, period.last_order);
        let mut told = vec![tr!("{last}, {days} before the as-of date", last, days = days(timeliness.age_at_as_of))];
        let mark = match timeliness.age_today {
            None => Mark::Ok,
            Some(age) if age < 0 => {
                told.push(tr!("{days} after today", days = days(-age)));
                Mark::Problem
            }
            Some(age) => {
                told.push(tr!("{days} before today", days = days(age)));
                // A month is about as often as most exports are made.
                if age > 31 { Mark::Look } else { Mark::Ok }
            }
        };
        let words = tr!("{first} to {last}, {days}", first, last, days = days(timeliness.days));
        let mut findings = vec![finding(mark, tr!("last order"), phrases(&told)), finding(None, tr!("period"), words)];
        if let Some(quiet) = timeliness.without_orders {
            let (empty, all) = (count(quiet.days), days(timeliness.days));
            let mut told = vec![tr!("days without rows" | "{empty} of {all}", empty, all)];
            told.extend(quiet.longest.map(|Gap { from, to, days: long }| {
                tr!(
                    "the longest run {days}, {from} to {to}",
                    days = tr_count!(long, "{count} day", "{count} days"),
                    from,
                    to
                )
            }));
            // A shop may be closed for some days; a week and more may be a file that is missing.
            let mark = if quiet.longest.is_some_and(|gap| gap.days > 7) { Mark::Look } else { Mark::Ok };
            findings.push(finding(mark, tr!("days without rows"), sentences(&told)));
        }
        findings
    }

    fn duplicates(&self) -> Vec<Finding> {
        let Some(repeated) = &self.duplicates else { return Vec::new() };
        let (rows, read) = (repeated.found.rows, self.rows.counted.unwrap_or(self.rows.read));
        let (rows_told, part) = (count(rows), share(rows, read));
        let words = tr!("{rows} the same as an earlier one in every column, {part}", rows = rows_told, part);
        vec![finding(Mark::of_part(rows, read), tr!("rows"), words).with(repeated.found.examples.iter().map(example))]
    }

    fn identity(&self) -> Vec<Finding> {
        let identity = &self.identity;
        let pair = |(one, other): &(String, String)| tr!("`{one}` and `{other}`", one, other);
        let mut findings = vec![
            finding(None, tr!("customers"), count(identity.customers)),
            finding(
                Mark::of_count(identity.respelled),
                tr!("spelling"),
                tr_count!(
                    identity.respelled,
                    "{count} customer written in several ways",
                    "{count} customers written in several ways",
                ),
            )
            .with(identity.respelled_examples.iter().map(pair)),
            finding(
                if identity.rounded_rows > 0 { Mark::Problem } else { Mark::Ok },
                tr!("rounded ids"),
                tr_count!(
                    identity.rounded_rows,
                    "{count} row with an id that a spreadsheet rounded",
                    "{count} rows with an id that a spreadsheet rounded",
                ),
            )
            .with(identity.rounded_example.iter().map(|id| format!("`{id}`"))),
        ];
        if let Some(likely) = &identity.likely_duplicates {
            let words = tr_count!(
                likely.customers,
                "{count} customer resembling another by id; left apart",
                "{count} customers resembling another by id; left apart",
            );
            findings.push(
                finding(Mark::of_count(likely.customers), tr!("likely duplicates"), words)
                    .with(likely.examples.iter().map(pair)),
            );
        }
        findings
    }

    fn control(&self) -> Vec<Finding> {
        let Control { revenue, revenue_with_unidentified: all, rows } = self.control;
        let mut findings = Vec::new();
        if let Some(expected) = &self.expected {
            for (subject, figure) in [(tr!("expected total"), &expected.total), (tr!("expected rows"), &expected.rows)]
            {
                let Some(figure) = figure else { continue };
                let mark = if figure.holds { Mark::Ok } else { Mark::Problem };
                findings.push(finding(mark, subject, figure.words()));
            }
        }
        findings.push(finding(None, tr!("revenue"), money(revenue.minor, revenue.scale)));
        if all != revenue {
            findings.push(finding(None, tr!("with unidentified"), money(all.minor, all.scale)));
        }
        findings.push(finding(None, tr!("rows read"), count(rows)));
        findings
    }
}

/// Puts a number into words.
type Told = fn(String) -> String;

/// Whether a file has a column of order numbers.
fn has_orders(source: &SourceQuality) -> bool {
    source.mapping.iter().any(|role| role.role == Role::Order)
}
