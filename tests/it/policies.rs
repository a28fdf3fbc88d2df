//! What each policy does to a load, on files small enough to be worked out by hand.
//!
//! These need a loader that obeys the policies: where it does not yet, every test of this file fails, and no other.

use super::support::{Failure, Scratch, TestResult, number, report, string};

/// Rows kept, customers, orders, revenue.
type Figures = (u64, u64, u64, &'static str);

/// The figures of a table under some options are as expected.
fn holds(table: &str, options: &[&str], (kept, customers, orders, revenue): Figures) -> TestResult {
    let scratch = Scratch::new()?;
    let file = scratch.file("rows.csv", table)?;
    let report = report([&[&*file, "--bins", "2"], options].concat())?;
    let totals = &report["totals"];
    let found = (
        number(&report["ledger"]["kept"])?,
        number(&totals["customers"])?,
        number(&totals["orders"])?,
        string(&totals["revenue"])?,
    );
    if found == (kept, customers, orders, revenue) {
        return Ok(());
    }
    Err(Failure::from(format!("{options:?}: {found:?} in place of {:?}", (kept, customers, orders, revenue))))
}

#[test]
fn returns_subtract_or_are_set_aside_or_void_their_order() -> TestResult {
    let table = "customer,order_no,date,amount\na,1,2024-01-01,10.00\na,C1,2024-01-05,-10.00\nb,3,2024-01-09,5.00\n\
                 b,4,2024-01-09,-2.00\n";
    // A return is no order; the one of 2.00 cancels nothing that is found.
    holds(table, &[], (4, 2, 2, "3.00"))?;
    holds(table, &["--returns", "net"], (4, 2, 2, "3.00"))?;
    holds(table, &["--returns", "gross"], (2, 2, 2, "15.00"))?;
    holds(table, &["--returns", "void"], (2, 1, 1, "3.00"))
}

#[test]
fn refunds_subtract_or_are_ignored() -> TestResult {
    let table = "customer,order_no,date,amount,back\na,1,2024-01-01,10.00,4.00\nb,2,2024-01-02,5.00,\n";
    holds(table, &["--refund", "back"], (2, 2, 2, "11.00"))?;
    holds(table, &["--refund", "back", "--refunds", "ignore"], (2, 2, 2, "15.00"))
}

#[test]
fn orders_count_by_their_status() -> TestResult {
    let table = "customer,order_no,date,amount,state\na,1,2024-01-01,10.00,paid\na,2,2024-01-02,5.00,cancelled\n\
                 b,3,2024-01-03,2.00,refunded\nb,4,2024-01-04,1.00,paid\n";
    let status = |choice: &'static str| ["--status-column", "state", "--status", choice];
    holds(table, &status("drop"), (2, 2, 2, "11.00"))?;
    holds(table, &status("closed"), (3, 2, 3, "13.00"))?;
    holds(table, &status("keep"), (4, 2, 4, "18.00"))
}

#[test]
fn zero_amounts_duplicates_and_repeated_totals_are_kept_unless_told() -> TestResult {
    let zero = "customer,order_no,date,amount\na,1,2024-01-01,10.00\na,2,2024-01-02,0\nb,3,2024-01-03,1.00\n";
    holds(zero, &[], (3, 2, 3, "11.00"))?;
    holds(zero, &["--zero-amounts", "drop"], (2, 2, 2, "11.00"))?;
    let twice = "customer,order_no,date,amount\na,1,2024-01-01,10.00\na,1,2024-01-01,10.00\nb,3,2024-01-03,1.00\n";
    holds(twice, &[], (3, 2, 2, "21.00"))?;
    holds(twice, &["--duplicates", "drop"], (2, 2, 2, "11.00"))?;
    let totals = "customer,order_no,date,amount,product\na,1,2024-01-01,30.00,x\na,1,2024-01-01,30.00,y\n\
                  b,3,2024-01-03,1.00,x\n";
    holds(totals, &[], (3, 2, 2, "61.00"))?;
    holds(totals, &["--order-totals", "once"], (3, 2, 2, "31.00"))
}

#[test]
fn anonymous_rows_ids_and_the_future_are_decided_too() -> TestResult {
    let anonymous = "customer,order_no,date,amount\na,1,2024-01-01,10.00\n,2,2024-01-02,7.00\nb,3,2024-01-03,1.00\n";
    holds(anonymous, &[], (2, 2, 2, "11.00"))?;
    holds(anonymous, &["--anonymous", "keep"], (3, 3, 3, "18.00"))?;
    let ids = "customer,order_no,date,amount\nab,1,2024-01-01,10.00\nAB,2,2024-01-02,7.00\nc,3,2024-01-03,1.00\n";
    holds(ids, &[], (3, 2, 3, "18.00"))?;
    holds(ids, &["--ids", "exact"], (3, 3, 3, "18.00"))?;
    let future = "customer,order_no,date,amount\na,1,2024-01-01,10.00\na,2,2999-01-01,7.00\nb,3,2024-01-03,1.00\n";
    holds(future, &[], (2, 2, 2, "11.00"))?;
    holds(future, &["--future", "keep"], (3, 2, 3, "18.00"))
}

#[test]
fn a_diff_of_other_policies_names_who_is_in_one_alone() -> TestResult {
    let scratch = Scratch::new()?;
    let table = "customer,order_no,date,amount\na,1,2024-01-01,10.00\nz,2,2024-01-02,0.00\nb,3,2024-01-03,1.00\n";
    let file = scratch.file("rows.csv", table)?;
    let [from, to] = ["from.toml", "to.toml"].map(|name| scratch.path(name).to_string_lossy().into_owned());
    let save = ["scenario", &*file, "--bins", "2", "--save"];
    super::support::succeed([&save[..], &[&*from]].concat())?;
    super::support::succeed([&save[..], &[&*to, "--zero-amounts", "drop"]].concat())?;
    let said = super::support::succeed(["diff", &from, &to, &file])?;
    assert!(said.contains("1 customer of A of whom B keeps no row, and 0 of B of whom A keeps none"), "{said}");
    assert!(said.contains("Agreement") && said.contains("of 3 customers"), "{said}");
    Ok(())
}
