//! Scenarios written as TOML, with a word on each part for who has not seen one before.

use super::{
    AxisScenario, Columns, DataPart, Expected, FORMAT, Figures, Scenario, SchemeChoice, SegmentFigures, TextPart,
    ValuePart,
};
use crate::model::customers::Axis;
use crate::model::cuts::{Closed, Method};
use crate::model::measures::{Frequency, Measure, Monetary, Recency};
use crate::model::policies::Policies;
use crate::model::scheme::file;
use crate::model::toml_text::{comment, list_of_lines, number, numbers, paragraph, quoted};
use crate::model::value::ClvTerms;

impl Scenario {
    /// The scenario as a TOML file, which [`Scenario::parse`] reads back as an equal scenario. What does not change keeps
    /// its line, and each segment has one.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut lines = self.head();
        lines.extend(data(&self.data));
        lines.extend(clv(self.clv));
        for axis in Axis::ALL {
            lines.extend(axis_lines(axis, self.measures.of(axis), self.axis(axis)));
        }
        lines.extend(scheme(&self.scheme));
        lines.extend(self.list.lines());
        lines.extend(self.expected.iter().flat_map(expected));
        lines.extend(self.review.lines());
        lines.join("\n") + "\n"
    }

    fn head(&self) -> Vec<String> {
        let mut lines = vec![
            comment("A tierscope scenario: everything that reproduces a view, except the data."),
            format!("format = {FORMAT}"),
            format!("name = {}", quoted(&self.name)),
        ];
        lines.extend(self.note.as_ref().map(|note| format!("note = {}", paragraph(note))));
        if let Some(day) = self.review_by {
            lines.push(comment("After this day somebody should look whether it still holds."));
            lines.push(format!("review_by = {day}"));
        }
        if !self.data_filter.is_empty() {
            lines.push(comment("Only rows that meet all its conditions make customers; the cuts follow all rows."));
            lines.push(format!("data_filter = {}", quoted(&self.data_filter.to_string())));
        }
        lines.push(comment("Only customers that meet all its conditions count; without any, all customers do."));
        lines.push(comment("Example: filter = \"recency <= 365 and monetary between 100 and 5000\""));
        lines.push(format!("filter = {}", quoted(&self.filter.to_string())));
        if !self.rules.is_empty() {
            lines.push(comment("Rules that the filter may name, as vip('Gold')."));
            lines.push("vip = [".to_owned());
            lines.extend(self.rules.iter().map(|rule| format!("    {},", quoted(&rule.to_string()))));
            lines.push("]".to_owned());
        }
        if !self.budget.is_empty() {
            lines
                .push(comment("What a segment costs: units of money a head, percent of its revenue; * is all others."));
            lines.push(format!("budget = {}", quoted(&self.budget.to_string())));
        }
        lines
    }
}

/// The terms of lifetime values, where they are not the usual ones.
fn clv(terms: ClvTerms) -> Vec<String> {
    if terms == ClvTerms::default() {
        return Vec::new();
    }
    vec![
        String::new(),
        comment("The field clv: mean order x orders a year x years of lifespan, and of that the margin in percent."),
        "[clv]".to_owned(),
        format!("years = {}", number(terms.lifespan())),
        format!("margin_percent = {}", number(terms.margin())),
    ]
}

fn data(data: &DataPart) -> Vec<String> {
    let DataPart { as_of, columns, text, values, policies } = data;
    let mut lines = vec![
        String::new(),
        comment("as_of: the day from which recency is counted; left out: the day after the last order."),
        comment("The others: the column of a role, by name or position from 1; left out: found by its content."),
        "[data]".to_owned(),
    ];
    lines.extend(as_of.map(|day| format!("as_of = {day}")));
    let roles = Columns::KEYS.into_iter().zip(columns.clone().into_array());
    lines.extend(roles.filter_map(|(role, column)| Some(format!("{role} = {}", quoted(&column?)))));
    lines.extend(text_lines(text));
    lines.extend(value_lines(values));
    lines.extend(policy_lines(*policies));
    lines
}

/// How files are written, where that is not told by content.
fn text_lines(text: &TextPart) -> Vec<String> {
    let TextPart { header, delimiter, plain_quotes, encoding, skip_lines, sheet } = text;
    let mut lines = Vec::new();
    if let Some(header) = header {
        lines.push(comment("header: whether the first line of a text file names the columns."));
        lines.push(format!("header = {header}"));
    }
    if let Some(delimiter) = delimiter {
        let delimiter = if *delimiter == b'\t' { "tab".to_owned() } else { char::from(*delimiter).to_string() };
        lines.push(format!("delimiter = {}", quoted(&delimiter)));
    }
    if *plain_quotes {
        lines.push(comment("plain_quotes: a quote in a text file is a character like any other."));
        lines.push("plain_quotes = true".to_owned());
    }
    lines.extend(encoding.iter().map(|encoding| format!("encoding = {}", quoted(encoding))));
    if let Some(skipped) = skip_lines {
        lines.push(comment("skip_lines: lines above the header, or above the data where there is none."));
        lines.push(format!("skip_lines = {skipped}"));
    }
    if let Some(sheet) = sheet {
        lines.push(comment("sheet: of a workbook, or the table of a database, by name or position from 1."));
        lines.push(format!("sheet = {}", quoted(sheet)));
    }
    lines
}

/// How values are written, where they do not tell it.
fn value_lines(values: &ValuePart) -> Vec<String> {
    let said = ValuePart::KEYS.into_iter().zip(values.clone().into_array());
    let mut lines: Vec<String> = said.filter_map(|(key, word)| Some(format!("{key} = {}", quoted(&word?)))).collect();
    if !lines.is_empty() {
        lines.insert(
            0,
            comment("How dates and amounts are written, by the words of the options; left out: told by the values."),
        );
    }
    lines
}

/// The policies that are decided otherwise than by default, each with the choices there are.
fn policy_lines(policies: Policies) -> Vec<String> {
    if policies == Policies::default() {
        return Vec::new();
    }
    let mut lines = vec![
        String::new(),
        comment("What is done with some kinds of rows. A policy left out: its first choice."),
        "[policies]".to_owned(),
    ];
    for (policy, chosen) in policies.changed() {
        let choices: Vec<&str> = policy.choices().iter().map(|choice| choice.name).collect();
        lines.push(comment(&format!("{}: {}", policy.words(), choices.join(", "))));
        lines.push(format!("{policy} = {}", quoted(chosen.name)));
    }
    lines
}

fn axis_lines(axis: Axis, measure: Measure, scenario: &AxisScenario) -> Vec<String> {
    let AxisScenario { method, bins, cuts, closed } = scenario;
    let bins = cuts.as_ref().map_or_else(|| format!("bins = {bins}"), |cuts| format!("cuts = {}", numbers(cuts)));
    vec![
        String::new(),
        // A sentence a line: a change of the method touches none of the others.
        comment(measured(measure)),
        comment(&a_cut_means(measure, *closed)),
        comment(follows(*method)),
        format!("[{}]", axis.name()),
        format!("measure = {}", quoted(measure.name())),
        format!("method = {}", quoted(method.name())),
        bins,
        format!("closed = {}", quoted(closed.name())),
    ]
}

/// What an axis measures, in a sentence.
const fn measured(measure: Measure) -> &'static str {
    match measure {
        Measure::Recency(Recency::Days) => "Recency: whole days from the last order to the as-of date.",
        Measure::Recency(Recency::OwnGap) => {
            "Recency: days from the last order to the as-of date, in multiples of the customer's own median gap."
        }
        Measure::Frequency(Frequency::Orders) => "Frequency: orders, or rows where the data has no order column.",
        Measure::Frequency(Frequency::Days) => "Frequency: different days with a row.",
        Measure::Frequency(Frequency::Rows) => "Frequency: rows.",
        Measure::Monetary(Monetary::Net) => "Monetary: the net sum of amounts, returns subtracted; in units of money.",
        Measure::Monetary(Monetary::Gross) => {
            "Monetary: the sum of amounts above zero, returns not subtracted; in units of money."
        }
        Measure::Monetary(Monetary::MeanOrder) => "Monetary: the net sum of amounts an order; in units of money.",
        Measure::Monetary(Monetary::LargestOrder) => "Monetary: the net sum of the largest order; in units of money.",
    }
}

/// What a cut means under a convention, by an example.
fn a_cut_means(measure: Measure, closed: Closed) -> String {
    let (cut, unit) = match measure {
        Measure::Recency(Recency::Days) => ("30", " days"),
        Measure::Recency(Recency::OwnGap) => ("1.5", " times the gap"),
        Measure::Frequency(frequency) => (
            "4",
            match frequency {
                Frequency::Orders => " orders",
                Frequency::Days => " days",
                Frequency::Rows => " rows",
            },
        ),
        Measure::Monetary(_) => ("100", ""),
    };
    let counted = matches!(measure, Measure::Recency(Recency::Days) | Measure::Frequency(_));
    let (side, end) = match closed {
        Closed::Right if counted => ("below", "fewer"),
        Closed::Right => ("below", "less"),
        Closed::Left => ("above", "more"),
    };
    format!("A cut of {cut} means \"{cut}{unit} or {end}\": a value equal to a cut is in the bin {side} it.")
}

/// Whether the cuts follow the data.
const fn follows(method: Method) -> &'static str {
    match method {
        Method::Quantile => "The cuts follow the data: bins of equal count.",
        Method::RCompat => "The cuts follow the data, by the rule of the R package rfm.",
        Method::Mean => "The cut follows the data: it is the mean.",
        Method::Fixed => "The cuts stay when the data changes.",
    }
}

fn scheme(choice: &SchemeChoice) -> Vec<String> {
    match choice {
        SchemeChoice::Named(name) => vec![
            String::new(),
            comment("The segments: a scheme by its name, or by the path of its TOML file."),
            "[scheme]".to_owned(),
            format!("name = {}", quoted(name)),
        ],
        SchemeChoice::Own(own) => vec![
            String::new(),
            comment(
                "The segments: a scheme of its own. Cells are the scores R, F, M from 1, the best the highest; the first \
                 segment that has a cell gets it.",
            ),
            "[scheme]".to_owned(),
            file::text(own, "scheme.").trim_end().to_owned(),
        ],
    }
}

fn expected(expected: &Expected) -> Vec<String> {
    let Expected { figures, tolerance } = expected;
    let Figures { customers, orders, revenue, cuts, segments } = figures;
    let mut lines = vec![
        String::new(),
        comment("What it showed when it was saved; tolerance: the percent a figure may move before it is drift."),
        "[expected]".to_owned(),
        format!("tolerance = {}", number(*tolerance)),
        format!("customers = {customers}"),
        format!("orders = {orders}"),
        format!("revenue = {}", quoted(&revenue.to_string())),
    ];
    let segment = |segment: &SegmentFigures| {
        let SegmentFigures { name, customers, revenue } = segment;
        let revenue = quoted(&revenue.to_string());
        format!("{{ name = {}, customers = {customers}, revenue = {revenue} }}", quoted(name))
    };
    if !segments.is_empty() {
        lines.push(list_of_lines("segments", &segments.iter().map(segment).collect::<Vec<_>>()));
    }
    if cuts.iter().any(|cuts| !cuts.is_empty()) {
        lines.push("\n[expected.cuts]".to_owned());
        let said = Axis::ALL.into_iter().zip(cuts).filter(|(_, cuts)| !cuts.is_empty());
        lines.extend(said.map(|(axis, cuts)| format!("{} = {}", axis.name(), numbers(cuts))));
    }
    lines
}
