//! Every form that money comes in, and currencies, which are never summed with each other.

use super::super::support::{Failure, Scratch, TestResult, micros, report, run, string};
use super::{Cases, HEADER, Sale, WESTERN, cells, decimal, ledger, opens, opens_but, plain, sales};

/// A way to write cents.
type Form = fn(i64) -> String;

/// `1,234.50` and the like.
fn grouped(cents: i64, group: &str, mark: &str) -> String {
    let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.abs());
    let units = (cents / 100).to_string();
    let first = (units.len() - 1) % 3 + 1;
    let mut text = units[..first].to_owned();
    for start in (first..units.len()).step_by(3) {
        text = text + group + &units[start..start + 3];
    }
    format!("{sign}{text}{mark}{:02}", cents % 100)
}

/// ASCII as full-width characters.
fn wide(text: &str) -> String {
    text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect()
}

const FORMS: [(&str, &str, Form); 26] = [
    ("plain", "amount", plain),
    ("¥1,234.50", "amount", |c| format!("¥{}", grouped(c, ",", "."))),
    ("￥1,234.50", "实付金额", |c| format!("￥{}", grouped(c, ",", "."))),
    ("1,234.50元", "实付金额", |c| format!("{}元", grouped(c, ",", "."))),
    ("¥ 1234.50", "amount", |c| format!("¥ {}", plain(c))),
    ("CNY 1,234.50", "amount", |c| format!("CNY {}", grouped(c, ",", "."))),
    ("1,234.50", "amount", |c| grouped(c, ",", ".")),
    ("1.234,50", "amount", |c| grouped(c, ".", ",")),
    ("1234,50", "amount", |c| grouped(c, "", ",")),
    ("1 234,50", "amount", |c| grouped(c, " ", ",")),
    ("1\u{a0}234,50 €", "amount", |c| format!("{} €", grouped(c, "\u{a0}", ","))),
    ("1'234.50", "amount", |c| grouped(c, "'", ".")),
    ("$1,234.50", "amount", |c| format!("${}", grouped(c, ",", "."))),
    ("£1,234.50", "amount", |c| format!("£{}", grouped(c, ",", "."))),
    ("full width", "实付金额", |c| wide(&plain(c))),
    ("full width with groups", "实付金额", |c| {
        wide(&format!("¥{}", grouped(c, ",", ".")).replace('¥', "$")).replace('＄', "￥")
    }),
    ("0.1234万", "实付金额", |c| format!("{}万", decimal(c, 6, '.'))),
    ("0.1234万元", "实付金额", |c| format!("{}万元", decimal(c, 6, '.'))),
    ("万元 in the header", "销售额(万元)", |c| decimal(c, 6, '.')),
    ("万元 in full-width brackets", "销售额（万元）", |c| decimal(c, 6, '.')),
    ("分 in the header", "金额(分)", |c| c.to_string()),
    ("cents in the header", "amount_cents", |c| c.to_string()),
    ("元 in the header", "用户实付金额(元)", plain),
    ("(12.00)", "amount", |c| if c < 0 { format!("({})", plain(-c)) } else { plain(c) }),
    ("12.00-", "amount", |c| if c < 0 { format!("{}-", plain(-c)) } else { plain(c) }),
    ("a tab behind", "amount", |c| format!("{}\t", plain(c))),
];

/// The usual rows, some of them returns, with more than a thousand units in many.
fn rows() -> Vec<Sale> {
    let mut rows = sales(&WESTERN);
    for (number, sale) in rows.iter_mut().enumerate() {
        sale.order = format!("SO-{number}");
        sale.cents = sale.cents * 13 + 7;
        if number % 5 == 4 {
            sale.cents = -sale.cents / 3;
        }
    }
    rows
}

fn written(name: &str, rows: &[Sale], form: Form) -> String {
    let head = [HEADER[0], HEADER[1], HEADER[2], name].join(";") + "\n";
    rows.iter().fold(head, |text, sale| {
        let [customer, order, date, _] = cells(sale);
        text + &format!("{customer};{order};{date};{}\n", form(sale.cents))
    })
}

#[test]
fn every_form_of_money_is_its_cents() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = rows();
    for (case, name, form) in FORMS {
        let text = written(name, &rows, form);
        cases.add(case, opens(&[&scratch.file("money.csv", &text)?], &rows));
        let tabs = text.replace('\t', "").replace(';', "\t");
        cases.add(&format!("{case}, apart by tabs"), opens(&[&scratch.file("money.tsv", tabs)?], &rows));
    }
    cases.end()
}

#[test]
fn amounts_that_are_none_are_rejected_among_those_of_every_form() -> TestResult {
    let (scratch, mut cases) = (Scratch::new()?, Cases::default());
    let rows = rows();
    let dirt = "Ann Lee;SO-900;2023-05-05;twelve\nAnn Lee;SO-901;2023-05-05;12 %\nAnn Lee;SO-902;2023-05-05;\n\
                Ann Lee;SO-903;2023-05-05;N/A\nAnn Lee;SO-904;2023-05-05;1.2.3,4\nAnn Lee;SO-905;2023-05-05;99999999999999999999\n";
    for (case, name, form) in FORMS {
        let file = scratch.file("dirt.csv", written(name, &rows, form) + dirt)?;
        let told = report([&*file, "--bins", "2"])?;
        let good = ledger(&told).and_then(|(read, kept, reasons)| {
            let rejected: u64 = reasons.values().sum();
            if (read, kept, rejected) == (66, 60, 6) && reasons.get("missing amount") == Some(&2) {
                return Ok(());
            }
            Err(Failure::from(format!("{kept} kept of {read}, {reasons:?}")))
        });
        cases.add(case, good);
    }
    cases.end()
}

#[test]
fn the_decimal_mark_is_told_by_the_column_or_by_an_option() -> TestResult {
    let scratch = Scratch::new()?;
    let table = |amounts: [&str; 3]| {
        amounts.iter().zip(["a", "b", "c"]).fold("customer;date;amount\n".to_owned(), |text, (amount, customer)| {
            text + &format!("{customer};2024-01-05;{amount}\n")
        })
    };
    let cases: [([&str; 3], &[&str], &str); 6] = [
        (["1.234,50", "12,00", "3"], &[], "1249.50"),
        (["1,234.50", "12.00", "3"], &[], "1249.50"),
        // 1,234 is a thousand and more as long as nothing says otherwise; the option does.
        (["1,234", "2,500", "3,000"], &["--decimal", "point"], "6734"),
        (["1,234", "2,500", "3,000"], &["--decimal", "comma"], "6.734"),
        (["1.234", "2.500", "3.000"], &["--decimal", "point"], "6.734"),
        (["1.234", "2.500", "3.000"], &["--decimal", "comma"], "6734"),
    ];
    for (amounts, options, revenue) in cases {
        let file = scratch.file("mark.csv", table(amounts))?;
        let told = report([&[&*file, "--bins", "2"], options].concat())?;
        let found = string(&told["totals"]["revenue"])?;
        assert_eq!(micros(found)?, micros(revenue)?, "{amounts:?} {options:?}");
    }
    Ok(())
}

#[test]
fn currencies_are_never_summed_with_each_other() -> TestResult {
    let scratch = Scratch::new()?;
    let signs =
        "customer,date,amount\na,2024-01-05,€10.00\nb,2024-01-06,€5.50\nc,2024-01-07,£7.00\nd,2024-01-08,€1.00\n";
    let file = scratch.file("signs.csv", signs)?;
    let refused = run(["report", &*file])?;
    assert_eq!((refused.status, refused.stdout.as_str()), (Some(1), ""), "{refused:?}");
    for part in ["EUR (signs.csv row 2)", "GBP (signs.csv row 4)", "--currency"] {
        assert!(refused.stderr.contains(part), "{part}: {refused:?}");
    }
    let names = "客户,日期,金额,币种\na,2024-01-05,10.00,CNY\nb,2024-01-06,5.50,人民币\nc,2024-01-07,7.00,USD\nd,2024-01-08,1.00,CNY\n";
    let by_column = scratch.file("column.csv", names)?;
    let refused = run(["report", &*by_column])?;
    for part in ["CNY (column.csv row 2)", "USD (column.csv row 4)", "--currency"] {
        assert!(refused.status == Some(1) && refused.stderr.contains(part), "{part}: {refused:?}");
    }
    let cases: [(&str, &str, u64, &str); 4] = [
        (&file, "EUR", 3, "16.50"),
        (&file, "gbp", 1, "7.00"),
        (&by_column, "CNY", 3, "16.50"),
        (&by_column, "USD", 1, "7.00"),
    ];
    for (file, currency, kept, revenue) in cases {
        let told = report([file, "--currency", currency, "--bins", "2"])?;
        let (read, found, reasons) = ledger(&told)?;
        assert_eq!((read, found, reasons.get("another currency")), (4, kept, Some(&(4 - kept))), "{currency}");
        assert_eq!(string(&told["totals"]["revenue"])?, revenue, "{currency}");
    }
    // A column that is named something else, and two files of which each is in one currency.
    let odd = scratch.file("odd.csv", names.replace("币种", "注"))?;
    let told = report([&*odd, "--currency-column", "注", "--currency", "USD", "--bins", "2"])?;
    assert_eq!(string(&told["totals"]["revenue"])?, "7.00");
    let euros = scratch.file("euros.csv", "customer,date,amount\na,2024-01-05,10.00 €\nb,2024-01-06,5.50 €\n")?;
    let pounds = scratch.file("pounds.csv", "customer,date,amount\na,2024-01-05,£10.00\nb,2024-01-06,£5.50\n")?;
    let refused = run(["report", &*euros, &*pounds])?;
    for part in ["EUR (euros.csv row 2)", "GBP (pounds.csv row 2)"] {
        assert!(refused.status == Some(1) && refused.stderr.contains(part), "{part}: {refused:?}");
    }
    Ok(())
}

#[test]
fn a_sum_is_exact_however_many_decimals_its_rows_have() -> TestResult {
    let scratch = Scratch::new()?;
    let rows = rows();
    // One row with six decimals makes the scale finer for all, and changes no other sum.
    let text = written("amount", &rows, plain) + "Zoe;SO-Z;2023-05-05;0.000001\n";
    let file = scratch.file("fine.csv", text)?;
    let told = report([&*file, "--bins", "2"])?;
    let cents: i64 = rows.iter().map(|sale| sale.cents).sum();
    assert_eq!(micros(string(&told["totals"]["revenue"])?)?, i128::from(cents) * 10_000 + 1);
    let huge = written("amount", &rows, plain) + "Zoe;SO-Z;2023-05-05;1e999\n";
    opens_but(&[&scratch.file("huge.csv", huge)?], &rows, &[("amount out of range", 1)])
}
