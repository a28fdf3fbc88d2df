//! What is told, refused or set aside where a file leaves a question open or says two things at once.

use serde_json::Value;

use super::support::{Answer, Failure, Scratch, TestResult, list, number, report, run, string, succeed};

/// The report of a table of text.
fn of(table: &str, options: &[&str]) -> Result<Value, Failure> {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", table)?;
    report([&[&*file, "--bins", "2"], options].concat())
}

/// What a command answers to a table of text.
fn answered(command: &str, table: &str, options: &[&str]) -> Result<Answer, Failure> {
    let scratch = Scratch::new()?;
    let file = scratch.file("sales.csv", table)?;
    run([&[command, &*file], options].concat())
}

/// Rows kept, rows rejected for a reason, and the revenue.
fn figures(report: &Value, reason: &str) -> Result<(u64, u64, String), Failure> {
    let rejected = list(&report["ledger"]["rejected"])?.iter().find(|one| one["reason"] == reason);
    let rejected = rejected.map_or(Ok(0), |one| number(&one["rows"]))?;
    Ok((number(&report["ledger"]["kept"])?, rejected, string(&report["totals"]["revenue"])?.to_owned()))
}

fn notes(report: &Value) -> Result<String, Failure> {
    Ok(list(&report["notes"])?.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_column_that_somebody_names_is_a_date_whatever_it_is_called() -> TestResult {
    // 45292 is 2024-01-01 and 45400 is 2024-04-18, as spreadsheets have it.
    let table = "customer,order_no,when,amount\n1,a,45292,3\n2,b,45293,4\n3,c,45400,5\n";
    for options in [&["--date", "when"][..], &["--date", "when", "--date-format", "excel"], &["--date", "3"]] {
        let report = of(table, options)?;
        assert_eq!(string(&report["period"]["first_order"])?, "2024-01-01", "{options:?}");
        assert_eq!(string(&report["period"]["last_order"])?, "2024-04-18", "{options:?}");
    }
    // A date of placing the order is known by its name.
    let named = of(&table.replace("when", "下单日期"), &[])?;
    assert_eq!(string(&named["period"]["last_order"])?, "2024-04-18");
    // A format that is given decides, also where the values tell another: 20240105 as a serial is of no year to 9999.
    let told = "customer,when,amount\n1,20240105,3\n2,20240106,4\n";
    assert_eq!(figures(&of(told, &["--date", "when"])?, "")?.0, 2);
    assert_eq!(answered("report", told, &["--date", "when", "--date-format", "excel"])?.status, Some(1));
    Ok(())
}

#[test]
fn a_dated_total_is_no_customer_and_a_customer_of_that_name_is_no_total() -> TestResult {
    let totals = "customer,date,amount\nTotal,2024-01-02,6\nc1,2024-01-02,6\n合计,2024-01-03,12\n小计：,2024-01-03,12\n\
                  TOTAL:,2024-01-03,12\n总计,2024-01-03,12\nAVERAGE,2024-01-03,4\nTotal Wine,2024-01-04,5\n\
                  合计有限公司,2024-01-05,7\n";
    assert_eq!(figures(&of(totals, &[])?, "total of other rows")?, (3, 6, "18".to_owned()));
    // With an order number it is somebody; a total may stand in the place of the number, or in the first column.
    let orders = "note,order_no,customer,date,amount\nx,1,Total,2024-01-02,6\nx,2,c1,2024-01-02,5\nx,,Total,2024-01-02,11\n\
                  x,小计,c1,2024-01-02,5\nGrand Total,,c1,2024-01-02,11\nTotal,3,c2,2024-01-03,1\n";
    assert_eq!(figures(&of(orders, &[])?, "total of other rows")?, (3, 3, "12".to_owned()));
    Ok(())
}

#[test]
fn statuses_are_listed_with_what_is_made_of_them() -> TestResult {
    let table = "order_no,customer,date,amount,status\n1,a,2024-01-01,10,paid\n2,b,2024-01-02,20,交易關閉\n\
                 3,a,2024-01-03,30,Cancelled by user\n4,b,2024-01-04,40,退款中\n5,a,2024-01-05,50,Refunded (full)\n\
                 6,b,2024-01-06,60,退款关闭\n7,c,2024-01-07,70,退款中\n8,c,2024-01-08,80,\n";
    let report = of(table, &[])?;
    assert_eq!(figures(&report, "order closed or refunded")?, (5, 3, "260".to_owned()));
    let listed: Vec<(String, String, bool, bool, u64, String)> = list(&report["statuses"])?
        .iter()
        .map(|one| {
            let [status, meaning, revenue] = ["status", "meaning", "revenue"].map(|name| string(&one[name]));
            let [kept, look] = ["kept", "look"].map(|name| one[name] == true);
            Ok((status?.to_owned(), meaning?.to_owned(), kept, look, number(&one["rows"])?, revenue?.to_owned()))
        })
        .collect::<Result<_, Failure>>()?;
    let line = |status: &str, meaning: &str, kept, look, rows, revenue: &str| {
        (status.to_owned(), meaning.to_owned(), kept, look, rows, revenue.to_owned())
    };
    assert_eq!(
        listed,
        [
            line("paid", "order holds", true, false, 1, "10"),
            line("交易關閉", "closed", false, false, 1, "20"),
            line("Cancelled by user", "closed", false, false, 1, "30"),
            line("退款中", "not known", true, true, 2, "110"),
            line("Refunded (full)", "refunded", false, false, 1, "50"),
            line("退款关闭", "order holds", true, false, 1, "60"),
            line("", "no status", true, false, 1, "80"),
        ]
    );
    assert!(notes(&report)?.contains("status `退款中` is not known: its 2 rows count as sales"), "{}", notes(&report)?);
    let kept = of(table, &["--status", "closed"])?;
    assert_eq!(figures(&kept, "order closed or refunded")?, (6, 2, "310".to_owned()));
    Ok(())
}

#[test]
fn an_amount_that_the_delimiter_cut_is_set_aside_and_other_wide_rows_are_told() -> TestResult {
    let table = "customer,date,amount\nc1,2024-01-01,1.00\nc2,2024-01-02,2,345.00\nc3,2024-01-03,3.00\n\
                 c4,2024-01-04,4.00,gift\n";
    let report = of(table, &[])?;
    assert_eq!(figures(&report, "amount cut at its comma")?, (3, 1, "8.00".to_owned()));
    assert_eq!(report["ledger"]["rejected"][0]["examples"][0]["text"], "2,345.00");
    assert!(notes(&report)?.contains("1 kept row has more cells than the header"), "{}", notes(&report)?);
    // The first row that has too many cells may stand far behind what is looked at first.
    let mut long = "customer,date,amount,note\n".to_owned();
    long.push_str(&"c1,2024-01-01,1.00,ok\n".repeat(3_000));
    long.push_str("c2,2024-01-02,2,345.00,ok\n");
    assert_eq!(figures(&of(&long, &[])?, "amount cut at its comma")?, (3_000, 1, "3000.00".to_owned()));
    // Quoted it is whole, and with another delimiter it was never cut.
    let whole = "customer;date;amount\nc1;2024-01-01;1.00\nc2;2024-01-02;2,345.00;x\n";
    assert_eq!(figures(&of(whole, &[])?, "amount cut at its comma")?, (2, 0, "2346.00".to_owned()));
    Ok(())
}

#[test]
fn a_decimal_mark_that_nothing_tells_is_told_of() -> TestResult {
    let table = |delimiter: &str, date: &str, amounts: [&str; 2]| {
        let row = |who: &str, amount: &str| [who, date, amount].join(delimiter);
        [["customer", "date", "amount"].join(delimiter), row("a", amounts[0]), row("b", amounts[1])].join("\n")
    };
    for (text, revenue, other) in [
        // The dates, or the semicolon, speak for a comma.
        (table(";", "15.01.2024", ["1,250", "2,500"]), "3.75", "1250"),
        (table(";", "15.01.2024", ["1.250", "2.500"]), "3750", "1.250"),
        (table(";", "2024-01-15", ["1.250", "2.500"]), "3750", "1.250"),
        // Nothing speaks for anything.
        (table("\t", "2024-01-15", ["1.250", "2.500"]), "3.75", "1250"),
    ] {
        let report = of(&text, &["--amount", "amount"])?;
        assert_eq!(string(&report["totals"]["revenue"])?, revenue, "{text}");
        let said = notes(&report)?;
        assert!(said.contains("tells the decimal mark") && said.contains(&format!("may be {other};")), "{said}");
        let mark = if said.contains("--decimal point") { "point" } else { "comma" };
        let report = of(&text, &["--decimal", mark])?;
        assert!(!notes(&report)?.contains("decimal mark"), "{}", notes(&report)?);
        assert_ne!(string(&report["totals"]["revenue"])?, revenue, "{text}");
    }
    // Another column tells.
    let told = "customer;date;rate;amount\na;2024-01-15;0,5;1.250\nb;2024-01-15;0,7;2.500";
    let report = of(told, &[])?;
    assert_eq!((string(&report["totals"]["revenue"])?, notes(&report)?.contains("mark")), ("3750", false));
    Ok(())
}

#[test]
fn a_column_has_one_role() -> TestResult {
    let table = "customer,date,amount,size\nc1,2024-01-01,1,2\nc2,2024-01-02,2,3\n";
    for options in [
        &["--quantity", "amount", "--unit-price", "amount"][..],
        &["--customer", "date", "--date", "date"],
        &["--customer", "1", "--order", "customer"],
    ] {
        for command in ["report", "columns"] {
            let answer = answered(command, table, options)?;
            assert_eq!(answer.status, Some(2), "{answer:?}");
            assert!(answer.stderr.contains("a column has one role"), "{answer:?}");
        }
    }
    // What is given one role is proposed for no other.
    let answer = answered("report", table, &["--customer", "amount"])?;
    assert!(answer.status == Some(1) && answer.stderr.contains("no column for the amount"), "{answer:?}");
    Ok(())
}

#[test]
fn amounts_without_a_currency_are_told_of_and_a_header_may_name_theirs() -> TestResult {
    let table =
        |header: &str| format!("customer,date,{header}\na,2024-01-01,€1.00\nb,2024-01-02,2.00\nc,2024-01-03,$4.00\n");
    let report = of(&table("amount"), &["--currency", "EUR"])?;
    assert_eq!(figures(&report, "another currency")?, (2, 1, "3.00".to_owned()));
    assert!(notes(&report)?.contains("1 kept row names no currency and is taken for the chosen one"));
    let report = of(&table("AMOUNT (USD)"), &["--currency", "EUR"])?;
    assert_eq!(figures(&report, "another currency")?, (1, 2, "1.00".to_owned()));
    assert!(!notes(&report)?.contains("currency"));
    let report = of(&table("AMOUNT (USD)"), &["--currency", "USD"])?;
    assert_eq!(figures(&report, "another currency")?, (2, 1, "6.00".to_owned()));
    Ok(())
}

#[test]
fn columns_says_what_keeps_a_file_from_being_opened() -> TestResult {
    for (table, says) in [
        ("customer,date,amount\na,01/02/2024,1\nb,03/04/2024,2\n", "may have the day or the month first"),
        ("customer,date,amount\na,2024-01-01,€1\nb,2024-01-02,$2\n", "amounts are in several currencies, EUR and USD"),
        ("customer,date,amount\n,2024-01-01,1\n,2024-01-02,2\n", "no column for the customer"),
        ("customer,date,amount\na,2024-01-01,1\nb,2024-01-02,2\n", "The file can be opened: amount from `amount`"),
    ] {
        let said = answered("columns", table, &[])?;
        assert_eq!(said.status, Some(0), "{said:?}");
        assert!(said.stdout.contains(says), "{says}: {}", said.stdout);
        assert_eq!(said.stdout.contains("can be opened"), says.contains("can be opened"), "{}", said.stdout);
    }
    let given = "customer,date,amount\na,soon,1\nb,later,2\n";
    let said = answered("columns", given, &["--date", "date"])?.stdout;
    assert!(said.contains("Nothing would be kept of 2 sampled rows") && said.contains("`soon`"), "{said}");
    Ok(())
}

#[test]
fn errors_quote_what_is_wrong_and_say_what_works() -> TestResult {
    let words = "customer,date,amount\na,2024-01-01,1.50\nb,2024-01-02,free\nc,2024-01-03,gift\n";
    let answer = answered("report", words, &[])?;
    assert!(answer.stderr.contains("2 of 3 sampled values are not numbers, first `free`"), "{answer:?}");
    let twice = "customer,amount,date,amount\na,1,2024-01-01,2\nb,3,2024-01-02,4\n";
    let answer = answered("report", twice, &[])?;
    assert!(answer.stderr.contains("--amount 2 or --amount 4"), "{answer:?}");
    assert_eq!(figures(&of(twice, &["--amount", "4"])?, "")?.2, "6");
    Ok(())
}

#[test]
fn the_usual_names_of_other_languages_are_known() -> TestResult {
    for header in [
        "Kunde;Bestellnummer;Datum;Betrag",
        "Kundennummer;Rechnungsnummer;Bestelldatum;Umsatz",
        "cliente;pedido;fecha;importe",
        "client;commande;date;montant",
        "uid;order;date;amt",
    ] {
        let scratch = Scratch::new()?;
        let file = scratch.file("sales.csv", format!("{header}\n1;2;02.03.2024;1.234,50\n2;3;31.03.2024;0,50\n"))?;
        let said = succeed(["report", &*file, "--bins", "2"])?;
        assert!(said.contains("2 customers, 2 orders, revenue 1,235.00"), "{header}: {said}");
        assert!(!said.contains("no order number"), "{header}: {said}");
    }
    Ok(())
}
