//! Scenarios read from TOML, checked, and made safe to show.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::de::{Error, IgnoredAny};
use serde::{Deserialize, Deserializer};

use super::review::{ListTable, ReviewTable};
use super::{
    AxisScenario, Columns, DataPart, Expected, FORMAT, Figures, Scenario, ScenarioError, SchemeChoice, SegmentFigures,
    TOLERANCE, TextPart, ValuePart, delimiter,
};
use crate::model::customers::Axis;
use crate::model::cuts::{BINS, Closed, Method};
use crate::model::day::Day;
use crate::model::measures::{Frequency, Measures, Monetary, Recency};
use crate::model::money::Decimal;
use crate::model::policies::{Policies, Policy};
use crate::model::scheme::axes::CutValue as Number;
use crate::model::scheme::file::SchemeFile;
use crate::model::toml_text::told;
use crate::model::toml_text::without_last_break;
use crate::model::value::ClvTerms;
use crate::show::text::clean;
use crate::tr;

/// What is read before all else: a newer file may have keys that this program does not know.
#[derive(Deserialize)]
struct Head {
    format: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    #[serde(rename = "format")]
    _format: IgnoredAny,
    name: String,
    note: Option<String>,
    #[serde(default, deserialize_with = "day")]
    review_by: Option<Day>,
    #[serde(default)]
    data_filter: String,
    #[serde(default)]
    filter: String,
    #[serde(default)]
    vip: Vec<String>,
    #[serde(default)]
    budget: String,
    #[serde(default)]
    clv: ClvTable,
    #[serde(default)]
    data: DataTable,
    #[serde(default)]
    policies: BTreeMap<String, String>,
    recency: AxisTable<Recency>,
    frequency: AxisTable<Frequency>,
    monetary: AxisTable<Monetary>,
    scheme: SchemeFile,
    #[serde(default)]
    list: ListTable,
    #[serde(default)]
    review: ReviewTable,
    expected: Option<ExpectedTable>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DataTable {
    #[serde(default, deserialize_with = "day")]
    as_of: Option<Day>,
    customer: Option<String>,
    order: Option<String>,
    date: Option<String>,
    amount: Option<String>,
    quantity: Option<String>,
    unit_price: Option<String>,
    refund: Option<String>,
    status: Option<String>,
    currency: Option<String>,
    header: Option<bool>,
    delimiter: Option<String>,
    #[serde(default)]
    plain_quotes: bool,
    encoding: Option<String>,
    skip_lines: Option<usize>,
    sheet: Option<String>,
    date_format: Option<String>,
    date_order: Option<String>,
    tz: Option<String>,
    decimal: Option<String>,
    only_currency: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClvTable {
    years: Option<Number>,
    margin_percent: Option<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AxisTable<M> {
    #[serde(default)]
    measure: M,
    method: Method,
    bins: Option<usize>,
    cuts: Option<Vec<Number>>,
    closed: Option<Closed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedTable {
    customers: u64,
    orders: u64,
    revenue: Number,
    tolerance: Option<Number>,
    #[serde(default)]
    segments: Vec<SegmentTable>,
    #[serde(default)]
    cuts: CutsTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SegmentTable {
    name: String,
    customers: u64,
    revenue: Number,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CutsTable {
    recency: Vec<Number>,
    frequency: Vec<Number>,
    monetary: Vec<Number>,
}

impl Scenario {
    /// Reads a scenario from TOML.
    ///
    /// # Errors
    /// [`ScenarioError`] naming the line or the key, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let syntax = |error| syntax(text, &error);
        match toml::from_str::<Head>(text).map_err(syntax)?.format {
            None => return Err(ScenarioError::NoFormat),
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => return Err(ScenarioError::Newer(newer)),
            Some(other) => return Err(ScenarioError::Format(other)),
        }
        toml::from_str::<ScenarioFile>(text).map_err(syntax)?.checked()
    }
}

impl ScenarioFile {
    fn checked(self) -> Result<Scenario, ScenarioError> {
        let Self { recency, frequency, monetary, .. } = self;
        let measures = Measures { recency: recency.measure, frequency: frequency.measure, monetary: monetary.measure };
        let axes = [recency.of(Axis::Recency)?, frequency.of(Axis::Frequency)?, monetary.of(Axis::Monetary)?];
        let scheme = if let Some(name) = self.scheme.only_name() {
            SchemeChoice::Named(name)
        } else {
            let own = self.scheme.checked()?;
            own.fits([axes[0].bins, axes[1].bins, axes[2].bins])?;
            SchemeChoice::Own(Box::new(own))
        };
        Ok(Scenario {
            name: cleaned(&self.name),
            note: self.note.as_deref().map(cleaned_lines),
            review_by: self.review_by,
            data: self.data.checked(policies(&self.policies)?)?,
            measures,
            axes,
            scheme,
            data_filter: self.data_filter.parse().map_err(ScenarioError::DataFilter)?,
            filter: self.filter.parse()?,
            rules: self.vip.iter().map(|rule| rule.parse()).collect::<Result<_, _>>()?,
            budget: self.budget.parse()?,
            clv: self.clv.checked()?,
            list: self.list.into(),
            review: self.review.into(),
            expected: self.expected.map(ExpectedTable::checked).transpose()?,
        })
    }
}

impl DataTable {
    fn checked(self, policies: Policies) -> Result<DataPart, ScenarioError> {
        let Self { as_of, customer, order, date, amount, quantity, unit_price, refund, status, currency, .. } = self;
        let columns = Columns { customer, order, date, amount, quantity, unit_price, refund, status, currency };
        let delimiter = self.delimiter.map(|text| {
            delimiter(&text).or_else(|problem| wrong("data.delimiter", tr!("cannot be: {problem}", problem)))
        });
        let word = |word: Option<String>| word.map(|word| cleaned(&word));
        let text = TextPart {
            header: self.header,
            delimiter: delimiter.transpose()?,
            plain_quotes: self.plain_quotes,
            encoding: word(self.encoding),
            skip_lines: self.skip_lines,
            sheet: word(self.sheet),
        };
        let values = [self.date_format, self.date_order, self.tz, self.decimal, self.only_currency].map(word);
        let values = ValuePart::from_array(values);
        Ok(DataPart { as_of, columns: columns.map(|typed| cleaned(&typed)), text, values, policies })
    }
}

impl ClvTable {
    fn checked(self) -> Result<ClvTerms, ScenarioError> {
        let default = ClvTerms::default();
        let of = |key: &str, number: Option<Number>| number.map(|number| decimal(key, &number)).transpose();
        let years = of("clv.years", self.years)?.unwrap_or(default.lifespan());
        let margin = of("clv.margin_percent", self.margin_percent)?.unwrap_or(default.margin());
        ClvTerms::new(margin, years).or_else(|problem| wrong("clv", tr!("cannot be: {problem}", problem)))
    }
}

/// The policies that are decided otherwise than by default, by their names.
fn policies(table: &BTreeMap<String, String>) -> Result<Policies, ScenarioError> {
    let mut policies = Policies::default();
    for (name, choice) in table {
        let key = format!("policies.{}", clean(name));
        let Ok(policy) = name.parse::<Policy>() else {
            let known = Policy::ALL.map(Policy::name).join(", ");
            return wrong(key, tr!("is no policy; there are {known}", known));
        };
        match policy.choice_named(choice) {
            Ok(choice) => policies = policies.with(policy, choice),
            Err(error) => return wrong(key, tr!("cannot be: {problem}", problem = clean(&error.to_string()))),
        }
    }
    Ok(policies)
}

impl<M> AxisTable<M> {
    fn of(self, axis: Axis) -> Result<AxisScenario, ScenarioError> {
        let key = |key: &str| format!("{}.{key}", axis.name());
        let cuts = self.cuts.map(|cuts| rising(&key("cuts"), &cuts)).transpose()?;
        let bins = match (self.method, &cuts, self.bins) {
            (Method::Fixed, None, _) => {
                return wrong(key("cuts"), tr!("is missing; method fixed needs it, such as cuts = [30, 90]"));
            }
            (Method::Fixed, Some(cuts), None) => cuts.len() + 1,
            (Method::Fixed, Some(cuts), Some(bins)) if bins == cuts.len() + 1 => bins,
            (Method::Fixed, Some(cuts), Some(bins)) => {
                let made = cuts.len() + 1;
                return wrong(key("bins"), tr!("is {bins}, but its cuts make {made}; leave it out", bins, made));
            }
            (method, Some(_), _) => {
                let problem =
                    tr!("goes with method = \"fixed\" only, not with {method}; leave it out", method = method.name());
                return wrong(key("cuts"), problem);
            }
            (Method::Mean, None, None | Some(2)) => 2,
            (Method::Mean, None, Some(bins)) => {
                return wrong(key("bins"), tr!("is {bins}, but method mean makes 2; leave it out", bins));
            }
            (_, None, Some(bins)) => bins,
            (_, None, None) => return wrong(key("bins"), tr!("is missing; write for example bins = 5")),
        };
        if !BINS.contains(&bins) {
            return wrong(
                key(if cuts.is_some() { "cuts" } else { "bins" }),
                tr!("makes {bins} bins; an axis can have 2 to 10", bins),
            );
        }
        let closed = match (self.method, self.closed) {
            (Method::RCompat, Some(Closed::Right)) => {
                return wrong(key("closed"), tr!("is left with method r-compat; write closed = \"left\""));
            }
            (Method::RCompat, _) => Closed::Left,
            (_, closed) => closed.unwrap_or_default(),
        };
        Ok(AxisScenario { method: self.method, bins, cuts, closed })
    }
}

impl ExpectedTable {
    fn checked(self) -> Result<Expected, ScenarioError> {
        let mut segments: Vec<SegmentFigures> = Vec::with_capacity(self.segments.len());
        for table in self.segments {
            let name = cleaned(&table.name);
            if segments.iter().any(|known| known.name == name) {
                return wrong("expected.segments", tr!("has `{name}` twice", name));
            }
            let revenue = decimal("expected.segments.revenue", &table.revenue)?;
            segments.push(SegmentFigures { name, customers: table.customers, revenue });
        }
        let cuts = |axis: Axis, cuts: &[Number]| decimals(&format!("expected.cuts.{}", axis.name()), cuts);
        let cuts = [
            cuts(Axis::Recency, &self.cuts.recency)?,
            cuts(Axis::Frequency, &self.cuts.frequency)?,
            cuts(Axis::Monetary, &self.cuts.monetary)?,
        ];
        let tolerance = self.tolerance.map(|tolerance| decimal("expected.tolerance", &tolerance));
        let tolerance = tolerance.transpose()?.unwrap_or(TOLERANCE);
        if tolerance.mantissa < 0 {
            return wrong(
                "expected.tolerance",
                tr!("is below zero; write the percent that figures may move, such as 1"),
            );
        }
        let revenue = decimal("expected.revenue", &self.revenue)?;
        let figures = Figures { customers: self.customers, orders: self.orders, revenue, cuts, segments };
        Ok(Expected { figures, tolerance })
    }
}

fn wrong<T>(key: impl Into<String>, problem: impl Into<String>) -> Result<T, ScenarioError> {
    Err(ScenarioError::Value { key: key.into(), problem: problem.into() })
}

fn decimal(key: &str, number: &Number) -> Result<Decimal, ScenarioError> {
    number.decimal().or_else(|problem| {
        let typed = match number {
            Number::Whole(value) => value.to_string(),
            Number::Float(value) => value.to_string(),
            Number::Text(text) => format!("\"{}\"", clean(text)),
        };
        wrong(key, tr!("has {typed}, which is {problem}; write a number such as 30 or \"99.95\"", typed, problem))
    })
}

fn decimals(key: &str, numbers: &[Number]) -> Result<Vec<Decimal>, ScenarioError> {
    numbers.iter().map(|number| decimal(key, number)).collect()
}

fn rising(key: &str, numbers: &[Number]) -> Result<Vec<Decimal>, ScenarioError> {
    let cuts = decimals(key, numbers)?;
    match cuts.windows(2).find(|pair| pair[0].compare(pair[1]) != Ordering::Less) {
        Some(pair) => {
            let [before, cut] = [pair[0], pair[1]];
            let problem = tr!("has {cut} after {before}; each cut must be larger than the one before", cut, before);
            wrong(key, problem)
        }
        None => Ok(cuts),
    }
}

fn cleaned(text: &str) -> String {
    clean(text).into_owned()
}

/// A text of several lines, whatever its file ends them with.
fn cleaned_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    without_last_break(&text).split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// A day as TOML has it, `2026-12-31`, or as a text.
fn day<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Day>, D::Error> {
    let text = match toml::Value::deserialize(source)? {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    text.parse().map(Some).map_err(D::Error::custom)
}

fn syntax(text: &str, error: &toml::de::Error) -> ScenarioError {
    let (line, problem) = told(text, error);
    ScenarioError::Syntax { line, problem }
}
