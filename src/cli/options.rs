//! Options that the explorer and the headless commands share.

use std::os::unix::fs::FileTypeExt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use clap::Args;
use thiserror::Error;

use super::config::Start;
use super::folders;
use super::plans::PlanOptions;
use super::policies::PolicyOptions;
use super::reading::ReadOptions;
use crate::data::expand::{ExpandError, expand};
use crate::data::load::Request;
use crate::data::mapping::WantedColumns;
use crate::data::place::Place;
use crate::data::scenario_file;
use crate::data::source::TextOptions;
use crate::data::synonyms::Role;
use crate::demo;
use crate::engine::plan::Plan;
use crate::model::cuts::{BINS, Closed, Method};
use crate::model::day::Day;
use crate::model::filter::Filter;
use crate::model::measures::{Frequency, Measures, Monetary, Recency};
use crate::model::money::Decimal;
use crate::model::policies::Policies;
use crate::model::scenario::{Columns, DataPart, Scenario};
use crate::model::schemes::Catalogue;
use crate::model::vip::Rule;
use crate::{mark, tr};

/// Options that contradict each other.
#[derive(Debug, Error)]
pub(super) enum OptionsError {
    /// A direction that sorting does not have.
    #[error("{}", tr!("--sort: `{word}` is no direction; write :asc or :desc behind the column", word = _0))]
    Direction(String),
    /// A segment that the scheme does not have.
    #[error("{}", tr!("--segment: there is no segment `{name}`; there is {names}", name = _0, names = _1))]
    Segment(String, String),
    /// Amount twice.
    #[error("{}", tr!("give either --amount, or --quantity and --unit-price"))]
    AmountTwice,
    /// No data where the demo shop would answer a question that nobody asked.
    #[error("{}", tr!("name the files of data: the demo shop says nothing about a scenario"))]
    NoFiles,
    /// Data on standard input that nobody asked for.
    #[error("{}", tr!("no file is named, but standard input holds data; `-` reads it"))]
    UnreadInput,
    /// Tiers of rules that there are not.
    #[error(
        "{}",
        tr!("--by vip needs rules; give them with --vip, such as --vip 'Gold: amount >= 1000 in 12 months'")
    )]
    NoRules,
    /// A baseline where nothing tells who moved.
    #[error("{}", crate::tr!("--baseline needs --format markdown or html; `tierscope diff` compares two scenarios in the other forms"))]
    NoDocument,
    /// A scenario that expects nothing cannot be checked.
    #[error(
        "{}",
        tr!(
            "scenario {path} expects no figures, so there is nothing to check; `tierscope scenario FILE... --scenario \
             {path}` writes it with those of the data",
            path = _0
        )
    )]
    NoFigures(String),
}

/// What to open and how to read it.
#[derive(Clone, Debug, Args)]
pub(super) struct DataOptions {
    /// Files of transactions, quoted patterns, or - for standard input; together one data set
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Column of the customer, by name or 1-based position
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    customer: Option<String>,
    /// Column of the order number; without one, each row is an order
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    order: Option<String>,
    /// Column of the date
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    date: Option<String>,
    /// Column of the row's amount
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    amount: Option<String>,
    /// Column of the quantity; amount = quantity x unit price
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    quantity: Option<String>,
    /// Column of the unit price
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    unit_price: Option<String>,
    #[command(flatten)]
    reading: ReadOptions,
    /// Column of refunds beside the amount
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    refund: Option<String>,
    /// Column of the order's status
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    status_column: Option<String>,
    /// Column of the amount's currency
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    currency_column: Option<String>,
    #[command(flatten)]
    policies: PolicyOptions,
    /// Open files from the cache and keep them in it, whatever the settings say; of both options the last holds
    #[arg(long, overrides_with = "no_cache", help_heading = "Other")]
    cache: bool,
    /// Neither open files from the cache nor keep them in it
    #[arg(long, overrides_with = "cache", help_heading = "Other")]
    no_cache: bool,
}

/// How to score.
#[derive(Clone, Debug, Args)]
pub(super) struct ScoreOptions {
    /// Day that recency is counted to; rows after it are left out [default: the day after the last order]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Scores")]
    pub(super) as_of: Option<Day>,
    /// How cuts come to be [default: the scheme's, or quantile]
    #[arg(long, value_enum, help_heading = "Scores")]
    method: Option<Method>,
    /// Bins of each axis, 2 to 10: one number, or one each for R,F,M [default: the scheme's, or 5]
    #[arg(long, value_name = "N|R,F,M", help_heading = "Scores")]
    bins: Option<Bins>,
    /// Recency cuts in days, rising, such as 30,90,180,365
    #[arg(long, value_name = "LIST", allow_hyphen_values = true, help_heading = "Scores")]
    cuts_r: Option<CutList>,
    /// Frequency cuts, rising, such as 1,2,4,8
    #[arg(long, value_name = "LIST", allow_hyphen_values = true, help_heading = "Scores")]
    cuts_f: Option<CutList>,
    /// Monetary cuts, rising, such as 50,100.50,500,1000
    #[arg(long, value_name = "LIST", allow_hyphen_values = true, help_heading = "Scores")]
    cuts_m: Option<CutList>,
    /// Which bin a value equal to a cut belongs to: right, the one below ("30 days or fewer"); left, the one above
    /// [default: the scheme's, or right]
    #[arg(long, value_enum, help_heading = "Scores")]
    closed: Option<Closed>,
    /// What recency counts: days, or multiples of the customer's own median gap between order days
    #[arg(long, value_enum, default_value = "days", help_heading = "Scores")]
    recency: Recency,
    /// What frequency counts
    #[arg(long, value_enum, default_value = "orders", help_heading = "Scores")]
    frequency: Frequency,
    /// What monetary sums: net, gross (returns do not subtract), the mean order, or the largest order
    #[arg(long, value_enum, default_value = "net", help_heading = "Scores")]
    monetary: Monetary,
    /// Scheme of segments, by name (see `tierscope schemes`) or path of a TOML file [default: rfm-11]
    #[arg(long, value_name = "NAME|PATH", help_heading = "Scores")]
    scheme: Option<String>,
    /// Count only customers within these conditions, such as "recency <= 90 and monetary between 100 and 5000"; cuts that follow the
    /// data still follow all customers
    #[arg(long, alias = "where", value_name = "CONDITIONS", allow_hyphen_values = true, help_heading = "Scores")]
    filter: Option<Filter>,
    /// Make customers only of rows within these conditions, such as "category = 'Lamps' and date >= '2024-01-31'"; cuts that
    /// follow the data still follow all rows
    #[arg(long, value_name = "CONDITIONS", allow_hyphen_values = true, help_heading = "Scores")]
    data_filter: Option<Filter>,
    /// Rule that the filter may name as vip('Gold'), such as "Gold: amount >= 100000 in 12 months" or "Often: orders >= 5 in
    /// a month"; may be given several times
    #[arg(long, value_name = "RULE", help_heading = "Scores")]
    vip: Vec<Rule>,
    #[command(flatten)]
    plans: PlanOptions,
    /// Scenario to follow, instead of the options above; --as-of and the column options come before what it says
    #[arg(
        long,
        value_name = "PATH",
        help_heading = "Scores",
        conflicts_with_all = [
            "method", "bins", "cuts_r", "cuts_f", "cuts_m", "closed", "recency", "frequency", "monetary", "scheme",
            "filter", "data_filter", "vip", "budget", "clv_years", "clv_margin",
        ]
    )]
    scenario: Option<PathBuf>,
}

/// Bins of R, F and M.
#[derive(Clone, Copy, Debug)]
struct Bins([usize; 3]);

impl FromStr for Bins {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let problem = || tr!("`{text}`: give one number from 2 to 10, or three such as 5,3,5", text);
        let bins: Result<Vec<usize>, _> = text.split(',').map(|part| part.trim().parse()).collect();
        let bins = bins.map_err(|_| problem())?;
        if !bins.iter().all(|bins| BINS.contains(bins)) {
            return Err(problem());
        }
        match bins.as_slice() {
            [all] => Ok(Self([*all; 3])),
            [r, f, m] => Ok(Self([*r, *f, *m])),
            _ => Err(problem()),
        }
    }
}

/// Cuts as they are typed.
#[derive(Clone, Debug)]
struct CutList(Vec<Decimal>);

impl FromStr for CutList {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |part: &str, problem| tr!("`{part}` is {problem}", part = part.trim(), problem);
        let cut = |part: &str| Decimal::parse(part.as_bytes()).map_err(|problem| wrong(part, problem));
        text.split(',').map(cut).collect::<Result<_, _>>().map(Self)
    }
}

/// A percentage of zero or more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Percent(pub(super) Decimal);

impl FromStr for Percent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.trim().trim_end_matches('%');
        match Decimal::parse(number.as_bytes()) {
            Ok(percent) if percent.mantissa >= 0 => Ok(Self(percent)),
            _ => Err(tr!("give a percentage of zero or more, such as 1 or 2.5").to_owned()),
        }
    }
}

impl DataOptions {
    /// Takes what is settled where the options say nothing.
    pub(super) fn fill(&mut self, start: &Start) {
        self.no_cache |= !start.cache && !self.cache;
    }

    /// What to load; the demo shop where no file is named. A day that is given comes before the scenario's.
    pub(super) fn request(&self, as_of: Option<Day>, scenario: Option<&Scenario>) -> anyhow::Result<Request> {
        let DataPart { as_of, columns, text, values, policies } = self.part(as_of, scenario)?;
        let (values, currency) = scenario_file::value_options(&values)?;
        if self.files.is_empty() && stdin_holds_data() {
            return Err(OptionsError::UnreadInput.into());
        }
        let places = if self.files.is_empty() { vec![demo_place()] } else { expand(&self.files)? };
        Ok(Request {
            places,
            named: self.files.clone(),
            text: scenario_file::text_options(&text)?,
            values,
            columns: wanted(columns),
            policies,
            currency,
            as_of,
            attributes: None,
            memory: folders::mappings(),
            cache: folders::loads().filter(|_| !self.no_cache),
            anew: false,
        })
    }

    /// How the data is read: by the options, and by a scenario where they say nothing.
    pub(super) fn part(&self, as_of: Option<Day>, scenario: Option<&Scenario>) -> Result<DataPart, OptionsError> {
        let said = scenario.map(|scenario| scenario.data.clone()).unwrap_or_default();
        let mut columns = self.columns();
        // An amount that the options give in one way leaves nothing to the scenario's other way.
        let (whole, product) = (columns.amount.is_some(), columns.quantity.is_some() || columns.unit_price.is_some());
        columns.amount = columns.amount.or(said.columns.amount.filter(|_| !product));
        columns.quantity = columns.quantity.or(said.columns.quantity.filter(|_| !whole));
        columns.unit_price = columns.unit_price.or(said.columns.unit_price.filter(|_| !whole));
        columns.customer = columns.customer.or(said.columns.customer);
        columns.order = columns.order.or(said.columns.order);
        columns.date = columns.date.or(said.columns.date);
        columns.refund = columns.refund.or(said.columns.refund);
        columns.status = columns.status.or(said.columns.status);
        columns.currency = columns.currency.or(said.columns.currency);
        if columns.amount.is_some() && (columns.quantity.is_some() || columns.unit_price.is_some()) {
            return Err(OptionsError::AmountTwice);
        }
        let text = self.reading.part_over(said.text);
        let values = self.reading.values_over(said.values);
        let policies = self.policies.over(said.policies);
        Ok(DataPart { as_of: as_of.or(said.as_of), columns, text, values, policies })
    }

    /// The policies: by the options, and by a scenario where they say nothing.
    pub(super) fn policies(&self, scenario: &Scenario) -> Policies {
        self.policies.over(scenario.data.policies)
    }

    fn columns(&self) -> Columns {
        Columns {
            customer: self.customer.clone(),
            order: self.order.clone(),
            date: self.date.clone(),
            amount: self.amount.clone(),
            quantity: self.quantity.clone(),
            unit_price: self.unit_price.clone(),
            refund: self.refund.clone(),
            status: self.status_column.clone(),
            currency: self.currency_column.clone(),
        }
    }

    /// Refuses to go on without a file, where the demo shop is of no use.
    pub(super) fn require_files(&self) -> Result<(), OptionsError> {
        if self.files.is_empty() { Err(OptionsError::NoFiles) } else { Ok(()) }
    }

    /// How files are written, where the user says.
    pub(super) fn text_options(&self) -> TextOptions {
        self.reading.text()
    }

    /// The columns that the user names.
    pub(super) fn wanted(&self) -> WantedColumns {
        wanted(self.columns())
    }

    /// The same files as places, without opening them.
    pub(super) fn places(&self) -> Result<Vec<Place>, ExpandError> {
        expand(&self.files)
    }
}

fn wanted(columns: Columns) -> WantedColumns {
    let mut wanted = WantedColumns::default();
    for (role, column) in Role::ALL.into_iter().zip(columns.into_array()) {
        if let Some(column) = column {
            wanted.set(role, column);
        }
    }
    wanted
}

/// Whether a pipe or a file stands behind standard input, rather than a terminal or nothing.
fn stdin_holds_data() -> bool {
    let kind = std::fs::metadata("/dev/stdin").map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_file())
}

/// The demo shop.
pub(super) fn demo_place() -> Place {
    Place::BuiltIn { name: mark!("the demo shop"), bytes: demo::SHOP.as_bytes() }
}

impl ScoreOptions {
    /// Takes what is settled where neither the options nor a scenario say anything.
    pub(super) fn fill(&mut self, start: &Start) {
        if self.scenario.is_some() {
            return;
        }
        let cuts = [&self.cuts_r, &self.cuts_f, &self.cuts_m];
        // A scheme, cuts and bins that are given say how cuts come to be, or ask for what the method cannot do.
        if self.scheme.is_none() && self.bins.is_none() && cuts.iter().all(|cuts| cuts.is_none()) {
            self.method = self.method.or(start.method);
        }
        self.scheme = self.scheme.take().or_else(|| start.scheme.clone());
    }

    /// The plan that the options make, its scenario read.
    pub(super) fn plan(&self, catalogue: &Catalogue) -> anyhow::Result<Plan> {
        let scenario = self.scenario.as_ref().map(|path| scenario_file::read(path, catalogue)).transpose()?;
        let cuts = [&self.cuts_r, &self.cuts_f, &self.cuts_m];
        Ok(Plan {
            method: self.method,
            bins: self.bins.map(|bins| bins.0),
            cuts: cuts.map(|cuts| cuts.as_ref().map(|cuts| cuts.0.clone())),
            closed: self.closed,
            measures: Measures { recency: self.recency, frequency: self.frequency, monetary: self.monetary },
            scheme: self.scheme.clone(),
            data_filter: self.data_filter.clone().unwrap_or_default(),
            filter: self.filter.clone().unwrap_or_default(),
            rules: self.vip.clone(),
            budget: self.plans.budget(),
            clv: self.plans.clv(),
            scenario: scenario.map(Arc::new),
        })
    }
}

/// The built-in schemes and the user's own.
pub(super) fn catalogue() -> Catalogue {
    folders::schemes().map_or_else(Catalogue::built_in, |folder| Catalogue::with_folder(&folder))
}
