use std::error::Error;
use std::fmt::Write as _;

use super::*;
use crate::data::columns::{Proposal, ValueOptions};
use crate::data::mapping::{WantedColumns, settle};
use crate::data::place::Place;
use crate::data::source::{Source, TextOptions};
use crate::model::policies::{Policies, Policy};

type Outcome = Result<(), Box<dyn Error>>;

/// Files of several blocks each, with returns, cancellations, repeated rows and totals, ids in several spellings, more and
/// more decimals, and amounts that are too much.
fn files() -> Result<(tempfile::TempDir, Vec<MappedSource>), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut sources = Vec::new();
    for file in 0..3_u64 {
        let mut text = "customer,order_no,date,amount\n".to_owned();
        for row in 0..60_000_u64 {
            let mixed = (row + file * 60_000).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
            let customer = mixed % 5_003;
            let name = ["c", "C", " a customer with a long name ", ""][(mixed / 7 % 4) as usize];
            let (order, day) = (mixed % 20_011, mixed % 28 + 1);
            match row % 97 {
                0 => writeln!(text, "{name}{customer},C{order},2024-02-{day:02},-{}.25", mixed % 50)?,
                1 => writeln!(text, "same,s{},2024-02-01,4.50", row % 970)?,
                2 => writeln!(text, "big{customer},,2024-02-01,9999999999999.{:06}", mixed % 1_000_000)?,
                3 if file == 2 => writeln!(text, "{name}{customer},{order},2024-02-{day:02},0.{:06}", mixed % 99)?,
                _ => writeln!(text, "{name}{customer},{order},2024-02-{day:02},{}.25", mixed % 50)?,
            }
        }
        let path = folder.path().join("part.csv").with_extension(format!("{file}.csv"));
        std::fs::write(&path, text)?;
        let source = Source::open(&Place::file(path), &TextOptions::default())?;
        let proposal = Proposal::of(&source.columns, &ValueOptions::default());
        let mapping = settle(&source, &proposal, &WantedColumns::default())?;
        sources.push(MappedSource {
            source,
            mapping,
            wide: true,
            evidence: Vec::new(),
            chosen: Vec::new(),
            repeated: None,
        });
    }
    Ok((folder, sources))
}

/// Everything that is known of customers, one by one.
fn people(customers: &Customers) -> Vec<(String, [i64; 9])> {
    let figures = |place: usize| {
        [
            customers.first_order.get(place),
            customers.last_order.get(place),
            customers.orders.get(place),
            customers.days.get(place),
            customers.rows.get(place),
            customers.net.get(place),
            customers.gross.get(place),
            customers.largest_order.get(place),
            customers.gap.get(place),
        ]
    };
    (0..customers.len()).map(|place| (customers.ids.get(place).to_owned(), figures(place))).collect()
}

#[test]
fn the_number_of_threads_changes_nothing() -> Outcome {
    let (_folder, sources) = files()?;
    let with = |policy: Policy, choice: usize| Policies::default().with(policy, choice);
    let ways = [
        Policies::default(),
        with(Policy::Duplicates, 1),
        with(Policy::Returns, 2),
        with(Policy::Returns, 2).with(Policy::OrderTotals, 1).with(Policy::Ids, 1).with(Policy::Anonymous, 1),
    ];
    for policies in ways {
        let rules = Rules { policies, ..Rules::default() };
        let mut first = None;
        for threads in [1, 2, 3, 7, 16] {
            let attributes = (threads == 3).then(|| Attributes::of(&sources, &[])).transpose()?;
            let (progress, cancel) = (Progress::default(), CancelToken::default());
            let taken = take_in_by(threads, &sources, &rules, attributes.as_ref(), &progress, &cancel)?;
            let TakenIn { customers, ledger, transactions } = taken;
            // The rows themselves add up to the same customers.
            if let Some(transactions) = transactions {
                let (again, _) = transactions.regroup(&customers, |_| true);
                assert_eq!(people(&again), people(&customers), "{policies:?}");
            }
            assert_eq!(ledger.read(), 180_000);
            let rows: i64 = (0..customers.len()).map(|place| customers.rows.get(place)).sum();
            assert_eq!(rows as u64, ledger.kept());
            assert!(ledger.rejected_for(Reason::AmountTooLarge) > 0);
            let all = (customers.scale, people(&customers), ledger);
            match &first {
                None => first = Some(all),
                Some(first) => assert!(*first == all, "{threads} threads, {policies:?}"),
            }
        }
    }
    Ok(())
}
