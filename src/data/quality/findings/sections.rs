//! The sections of a data card, one after the other.

use super::super::super::survey::{Conflicts, Gap, MOST_ORDERS};
use super::super::super::synonyms::Role;
use super::super::{Control, Quality, SourceQuality, Unidentified};
use super::lines::{completeness, days, example, policy, rejection, source};
use super::{Finding, Mark, Section, finding};
use crate::show::numbers::{count, counted, money, share};

impl Unidentified {
    /// Rows, revenue and share in words; `None` where there are none.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let Self { rows, revenue, of, .. } = self;
        (*rows > 0).then(|| {
            let part = share(revenue.minor, of.minor);
            let (revenue, of) = (money(revenue.minor, revenue.scale), money(of.minor, of.scale));
            format!("{} without a customer, revenue {revenue}, {part} of {of}", counted(*rows, "row"))
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
            section("Source", pending, self.sources.iter().flat_map(source).collect()),
            section("Mapping", false, self.mapping()),
            section("Rows", pending, self.rows()),
            section("Policies", false, self.policies.iter().map(policy).collect()),
            section("Completeness", pending, self.completeness()),
            section("Accuracy", pending, self.accuracy()),
            section("Timeliness", pending, self.timeliness()),
            section("Duplicates", pending, self.duplicates()),
            section("Identity", pending, self.identity()),
            section("Control", false, self.control()),
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
                let more = if alike > 1 { format!(" and {} more", count(alike as u64 - 1)) } else { String::new() };
                findings.push(finding(None, format!("{}{more}", source.name), ""));
            }
            findings.extend(
                source.mapping.iter().map(|role| finding(None, role.role, format!("`{}`: {}", role.column, role.why))),
            );
            if !source.mapping.iter().any(|role| role.role == Role::Order.name()) {
                findings.push(finding(None, "order", "no column: each row is an order"));
            }
        }
        findings
    }

    fn rows(&self) -> Vec<Finding> {
        let rows = &self.rows;
        let at_fault: u64 = rows.rejected.iter().filter(|rejected| rejected.policy.is_none()).map(|one| one.rows).sum();
        let rejected = rows.read - rows.kept;
        let words = format!("{} read = {} kept + {} rejected", count(rows.read), count(rows.kept), count(rejected));
        let mut findings = vec![finding(Mark::of_part(at_fault, rows.read), "rows", words)];
        if let Some(counted) = rows.counted.filter(|counted| *counted != rows.read) {
            let words = format!("{} by now: it was changed since it was loaded", count(counted));
            findings.push(finding(Mark::Problem, "the file", words));
        }
        findings.push(self.unidentified());
        findings.extend(rows.rejected.iter().map(|one| rejection(one, rows.read)));
        findings.extend(rows.notes.iter().map(|note| finding(Mark::Look, "kept", note)));
        for source in &self.sources {
            let widths = [("fewer", source.narrow_rows), ("more", source.wide_rows)];
            for (how, number) in widths.into_iter().filter_map(|(how, number)| Some((how, number.filter(|n| *n > 0)?)))
            {
                let words = format!("{} with {how} cells than the header", counted(number, "row"));
                findings.push(finding(Mark::of_part(number, source.rows.unwrap_or(0)), &*source.name, words));
            }
        }
        findings
    }

    fn unidentified(&self) -> Finding {
        let Some(words) = self.unidentified.words() else {
            return finding(Mark::Ok, "unidentified", "no row is without a customer");
        };
        // A twentieth of the revenue is too much to be silent about.
        let mark = if self.unidentified.share.millionths().abs() >= 50_000 { Mark::Problem } else { Mark::Look };
        finding(mark, "unidentified", words)
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
        let kinds = [
            ("dates", accuracy.unreadable_dates, "unreadable"),
            ("amounts", accuracy.unreadable_amounts, "unreadable"),
            ("amounts", accuracy.out_of_range, "out of range"),
            ("ids", accuracy.not_utf8, "not UTF-8"),
            ("rows", accuracy.unreadable_rows, "no record"),
        ];
        let read = self.rows.read;
        // What is always asked for is told when it is well, too.
        let told = kinds.into_iter().enumerate().filter(|(place, (_, number, _))| *place < 3 || *number > 0);
        let mut findings: Vec<Finding> = told
            .map(|(_, (subject, number, what))| {
                finding(Mark::of_part(number, read), subject, format!("{} {what}", count(number)))
            })
            .collect();
        findings.extend(self.conflicts());
        findings
    }

    fn conflicts(&self) -> Vec<Finding> {
        let has_orders =
            self.sources.iter().any(|source| source.mapping.iter().any(|role| role.role == Role::Order.name()));
        if self.rows.counted.is_none() || !has_orders {
            return Vec::new();
        }
        let Some(Conflicts { customers, days, examples }) = &self.accuracy.conflicting_orders else {
            let words = format!("not looked at for conflicts: more than {}", count(MOST_ORDERS as u64));
            return vec![finding(None, "orders", words)];
        };
        let line = |number: u64, where_| {
            let words = format!("{} {where_}", counted(number, "order number"));
            finding(Mark::of_count(number), "orders", words)
        };
        vec![
            line(*customers, "with several customers"),
            line(*days, "on several days").with(examples.iter().map(example)),
        ]
    }

    fn timeliness(&self) -> Vec<Finding> {
        let (period, timeliness) = (&self.period, &self.timeliness);
        let mut last = format!("{}, {} before the as-of date", period.last_order, days(timeliness.age_at_as_of));
        let mark = match timeliness.age_today {
            None => Mark::Ok,
            Some(age) if age < 0 => {
                last = format!("{last}, {} after today", days(-age));
                Mark::Problem
            }
            Some(age) => {
                last = format!("{last}, {} before today", days(age));
                // A month is about as often as most exports are made.
                if age > 31 { Mark::Look } else { Mark::Ok }
            }
        };
        let words = format!("{} to {}, {}", period.first_order, period.last_order, days(timeliness.days));
        let mut findings = vec![finding(mark, "last order", last), finding(None, "period", words)];
        if let Some(quiet) = timeliness.without_orders {
            let longest = quiet.longest.map_or_else(String::new, |Gap { from, to, days: long }| {
                format!("; the longest run {}, {from} to {to}", counted(long, "day"))
            });
            // A shop may be closed for some days; a week and more may be a file that is missing.
            let mark = if quiet.longest.is_some_and(|gap| gap.days > 7) { Mark::Look } else { Mark::Ok };
            let words = format!("{} of {}{longest}", count(quiet.days), days(timeliness.days));
            findings.push(finding(mark, "days without rows", words));
        }
        findings
    }

    fn duplicates(&self) -> Vec<Finding> {
        let Some(repeated) = &self.duplicates else { return Vec::new() };
        let (rows, read) = (repeated.found.rows, self.rows.counted.unwrap_or(self.rows.read));
        let words = format!("{} the same as an earlier one in every column, {}", count(rows), share(rows, read));
        vec![finding(Mark::of_part(rows, read), "rows", words).with(repeated.found.examples.iter().map(example))]
    }

    fn identity(&self) -> Vec<Finding> {
        let identity = &self.identity;
        let pair = |(one, other): &(String, String)| format!("`{one}` and `{other}`");
        let mut findings = vec![
            finding(None, "customers", count(identity.customers)),
            finding(
                Mark::of_count(identity.respelled),
                "spelling",
                format!("{} written in several ways", counted(identity.respelled, "customer")),
            )
            .with(identity.respelled_examples.iter().map(pair)),
            finding(
                if identity.rounded_rows > 0 { Mark::Problem } else { Mark::Ok },
                "rounded ids",
                format!("{} with an id that a spreadsheet rounded", counted(identity.rounded_rows, "row")),
            )
            .with(identity.rounded_example.iter().map(|id| format!("`{id}`"))),
        ];
        if let Some(likely) = &identity.likely_duplicates {
            let words = format!("{} resembling another by id; left apart", counted(likely.customers, "customer"));
            findings.push(
                finding(Mark::of_count(likely.customers), "likely duplicates", words)
                    .with(likely.examples.iter().map(pair)),
            );
        }
        findings
    }

    fn control(&self) -> Vec<Finding> {
        let Control { revenue, revenue_with_unidentified: all, rows } = self.control;
        let mut findings = Vec::new();
        if let Some(expected) = &self.expected {
            for (subject, figure) in [("total", &expected.total), ("rows", &expected.rows)] {
                let Some(figure) = figure else { continue };
                let mark = if figure.holds { Mark::Ok } else { Mark::Problem };
                findings.push(finding(mark, format!("expected {subject}"), figure.words()));
            }
        }
        findings.push(finding(None, "revenue", money(revenue.minor, revenue.scale)));
        if all != revenue {
            findings.push(finding(None, "with unidentified", money(all.minor, all.scale)));
        }
        findings.push(finding(None, "rows read", count(rows)));
        findings
    }
}
