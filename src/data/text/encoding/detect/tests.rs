//! What detection makes of texts as shops export them, long and short, whole and cut.

use super::super::UnknownEncoding;
use super::*;

/// The bytes of a text in an encoding that has all of its characters.
fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let (bytes, _, lost) = encoding.0.encode(text);
    assert!(!lost, "{text} in {encoding}");
    bytes.into_owned()
}

fn name(sample: &[u8], whole: bool) -> Result<&'static str, NotText> {
    detect(sample, whole).map(|found| found.encoding.name())
}

const SIMPLIFIED: &str =
    "客户编号,订单日期,金额,城市\nC001,2024-01-05,1234.50,上海\nC002,2024-01-06,88.00,广州\n王磊,2024-02-01,5,深圳\n";
const TRADITIONAL: &str =
    "會員編號,訂單日期,金額,縣市\nM001,2024-01-05,1234,臺北市\nM002,2024-01-06,88,高雄市\n陳怡君,2024-02-01,5,台中\n";
const JAPANESE: &str = "顧客番号,注文日,金額,都道府県\nA01,2024-01-05,1200,東京都\nA02,2024-01-06,800,大阪府\n佐藤,2024-02-01,500,ケース\n";
const KOREAN: &str =
    "고객번호,주문일자,금액,지역\nK01,2024-01-05,12000,서울\nK02,2024-01-06,8000,부산\n김민수,2024-02-01,500,대구\n";

#[test]
fn a_header_and_three_rows_are_enough() {
    let cases = [
        (SIMPLIFIED, Encoding::GB18030),
        (TRADITIONAL, Encoding::BIG5),
        (JAPANESE, Encoding::SHIFT_JIS),
        (JAPANESE, Encoding::EUC_JP),
        (KOREAN, Encoding::EUC_KR),
        (SIMPLIFIED, Encoding::UTF_8),
        (TRADITIONAL, Encoding::UTF_8),
        // Traditional characters that a mainland system wrote.
        (TRADITIONAL, Encoding::GB18030),
    ];
    for (text, encoding) in cases {
        let bytes = encoded(text, encoding);
        assert_eq!(name(&bytes, true), Ok(encoding.name()), "{text}");
        // However the sample cuts it, even inside a character.
        for length in 24..bytes.len() {
            assert_eq!(name(&bytes[..length], false), Ok(encoding.name()), "{length} bytes of {text}");
        }
    }
}

#[test]
fn one_chinese_cell_is_enough() {
    for cell in
        ["张伟", "李娜", "上海", "客户", "金额", "男", "已付款", "交易成功", "广东省深圳市", "￥5", "实付款（元）"]
    {
        let text = format!("id,name,amount\n1,{cell},5\n2,,7\n");
        assert_eq!(name(&encoded(&text, Encoding::GB18030), true), Ok("GB18030"), "{cell}");
    }
    for cell in ["陳小姐", "林先生", "台北", "會員", "金額", "男", "已付款", "交易成功", "臺灣省", "實付款（元）"]
    {
        let text = format!("id,name,amount\n1,{cell},5\n2,,7\n");
        assert_eq!(name(&encoded(&text, Encoding::BIG5), true), Ok("Big5"), "{cell}");
    }
}

#[test]
fn western_text_is_told_by_its_words() {
    // The same words for Windows and for the Macintosh.
    let cells = [
        ("caf\u{e9}", &b"caf\xe9"[..], &b"caf\x8e"[..]),
        ("Müller", b"M\xfcller", b"M\x9fller"),
        ("Straße", b"Stra\xdfe", b"Stra\xa7e"),
        ("España", b"Espa\xf1a", b"Espa\x96a"),
        ("García", b"Garc\xeda", b"Garc\x92a"),
        ("crème brûlée", b"cr\xe8me br\xfbl\xe9e", b"cr\x8fme br\x9el\x8ee"),
        ("São Paulo", b"S\xe3o Paulo", b"S\x8bo Paulo"),
        ("Ärger", b"\xc4rger", b"\x80rger"),
        ("École", b"\xc9cole", b"\x83cole"),
        ("garçon", b"gar\xe7on", b"gar\x8don"),
        ("Göteborg, Malmö", b"G\xf6teborg, Malm\xf6", b"G\x9ateborg, Malm\x9a"),
    ];
    for (word, windows, mac) in cells {
        for (bytes, expected) in [(windows, "Windows-1252"), (mac, "Mac Roman")] {
            let text = [b"id,city,amount\n1,", bytes, b",5\n2,London,7\n"].concat();
            assert_eq!(name(&text, true), Ok(expected), "{word}");
        }
    }
    let signs: [&[u8]; 9] = [
        b"\x805",
        b"\xa35",
        b"20\xb0C",
        b"Tom\x92s",
        b"we\x92ll",
        b"l\x92eau",
        b"\x93best\x94",
        b"2010\x962012",
        b"Brand\x99",
    ];
    for sign in signs {
        let text = [b"id,city,amount\n1,", sign, b",5\n2,London,7\n"].concat();
        assert_eq!(name(&text, true), Ok("Windows-1252"), "{}", String::from_utf8_lossy(sign));
    }
}

#[test]
fn other_alphabets_are_told() -> Result<(), UnknownEncoding> {
    let cyrillic = "Клиент;Дата;Сумма;Город\nИванов;2024-01-05;1200;Москва\nПетрова;2024-01-06;800;Казань\n";
    let polish =
        "Klient;Data;Kwota;Miasto\nŁukasz Żak;2024-01-05;12;Łódź\nJózef Pięta;2024-01-06;8;Gdańsk\nŚwięty;1;2;Kraków\n";
    let greek = "Πελάτης;Ημερομηνία;Ποσό\nΓιώργος;2024-01-05;12\nΜαρία Παπαδοπούλου;2024-01-06;8\n";
    let cases = [
        (cyrillic, "windows-1251", "Windows-1251"),
        (cyrillic, "koi8-r", "KOI8-U"),
        (polish, "windows-1250", "Windows-1250"),
        (greek, "windows-1253", "Windows-1253"),
    ];
    for (text, label, expected) in cases {
        assert_eq!(name(&encoded(text, label.parse()?), true), Ok(expected), "{text}");
    }
    Ok(())
}

#[test]
fn marks_decide() {
    let cases: [(&[u8], Encoding); 5] = [
        (b"\xef\xbb\xbfid\n", Encoding::UTF_8),
        (b"\xef\xbb\xbf", Encoding::UTF_8),
        (b"\xff\xfei\0d\0\n\0", Encoding::UTF_16LE),
        (b"\xfe\xff\0i\0d\0\n", Encoding::UTF_16BE),
        (b"\x84\x31\x95\x33\xbf\xcd\xbb\xa7\n", Encoding::GB18030),
    ];
    for (bytes, encoding) in cases {
        let expected = Detected { encoding, bom: true, evidence: "byte order mark".to_owned() };
        assert_eq!(detect(bytes, true), Ok(expected));
    }
}

#[test]
fn utf_8_with_little_broken_stays_utf_8() {
    let rows = "张伟,上海,5\n".repeat(5);
    let cases: [(Vec<u8>, bool, &str, &str); 8] = [
        (b"".into(), true, "UTF-8", "ASCII only"),
        (b"id,amount\n".into(), true, "UTF-8", "ASCII only"),
        (rows.clone().into(), true, "UTF-8", "valid UTF-8, 20 characters beyond ASCII"),
        ([rows.as_bytes(), b"caf\xe9,1\n"].concat(), true, "UTF-8", "valid UTF-8 but for 1 byte"),
        ([b"caf\xe9\xe9,1\n", rows.as_bytes()].concat(), true, "UTF-8", "valid UTF-8 but for 2 bytes"),
        ([rows.as_bytes(), b"\xe5\xbc"].concat(), false, "UTF-8", "valid UTF-8, 20 characters beyond ASCII"),
        ([rows.as_bytes(), b"\xe5\xbc"].concat(), true, "UTF-8", "valid UTF-8 but for 2 bytes"),
        (b"id,name\n1,a\0b\n".into(), true, "UTF-8", "ASCII only"),
    ];
    for (bytes, whole, encoding, evidence) in cases {
        let found = detect(&bytes, whole).map(|found| (found.encoding.name(), found.bom, found.evidence));
        assert_eq!(found, Ok((encoding, false, evidence.to_owned())), "{bytes:x?}");
    }
    assert_eq!(name(b"id,name\n1,caf\xe9\n", true), Ok("Windows-1252"), "one byte beyond ASCII, which is no UTF-8");
    let half = ["é,".as_bytes(), b"caf\xe9,\xfc,\n"].concat();
    assert_ne!(name(&half, true), Ok("UTF-8"), "more broken than sound");
}

#[test]
fn evidence_counts_characters() {
    let bytes = encoded(SIMPLIFIED, Encoding::GB18030);
    let found = detect(&bytes, true).map(|found| found.evidence);
    assert_eq!(found, Ok("20 Chinese characters, none broken".to_owned()));
    let damaged = [&bytes[..], &bytes, b"\xff,1\n"].concat();
    let found = detect(&damaged, true).map(|found| found.evidence);
    assert_eq!(found, Ok("40 Chinese characters, 1 broken".to_owned()));
    let found = detect(b"a,caf\xe9\n", true).map(|found| found.evidence);
    assert_eq!(found, Ok("letters within words: 1 of 1 beyond ASCII".to_owned()));
    let wide: Vec<u8> = SIMPLIFIED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = detect(&wide, true).map(|found| (found.encoding, found.bom));
    assert_eq!(found, Ok((Encoding::UTF_16LE, false)));
}

#[test]
fn binary_data_is_refused() {
    // A multiplicative generator: every byte value in no order.
    let noise: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761).rotate_left(13) >> 24) as u8).collect();
    let without_zeros: Vec<u8> = noise.iter().copied().filter(|byte| *byte != 0).collect();
    assert_eq!(name(&noise, true), Err(NotText::ZeroBytes));
    assert!(matches!(name(&without_zeros, true), Err(NotText::ControlCharacters { percent: 9..=14 })));
    assert_eq!(name(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0\x01\0\0\0", true), Err(NotText::ZeroBytes));
    assert_eq!(name(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", true), Err(NotText::ZeroBytes));
    assert_eq!(name(&[0; 512], true), Err(NotText::ZeroBytes));
    assert_eq!(name(b"\xff\xfe\0\0i\0\0\0", true), Err(NotText::Utf32));
    let sentence = NotText::ControlCharacters { percent: 11 }.to_string();
    assert_eq!(sentence, "it is binary data, no text: 11 % of its bytes are control characters");
}

#[test]
fn unusual_text_is_still_text() {
    let control_delimited = "客户\u{1}金额\n张\u{1}5\n".repeat(20);
    let cases: [(&[u8], &str); 4] = [
        (control_delimited.as_bytes(), "UTF-8"),
        (b"id\x1famount\x1e1\x1f5\n", "UTF-8"),
        (b"id,amount\n1,5\n\x1a", "UTF-8"),
        (b"\xbf\xcd\xbb\xa7,\xbd\xf0\xb6\xee\n1,5\n\x1a", "GB18030"),
    ];
    for (bytes, encoding) in cases {
        assert_eq!(name(bytes, true), Ok(encoding), "{bytes:x?}");
    }
}

#[test]
fn nothing_makes_it_panic() {
    let seeds: [&[u8]; 4] =
        [b"\x81\x30\x81\x30", b"\xd8\x00\xdc\x00\n\0", b"\xe5\xbc\xa0\xff,\n", b"\xff\xfe\xff\n\0\x80"];
    for seed in seeds {
        let text = seed.repeat(3);
        for from in 0..text.len() {
            for to in from..=text.len() {
                let found = detect(&text[from..to], to % 2 == 0);
                assert!(found.is_err() || found.is_ok_and(|found| !found.evidence.is_empty()));
            }
        }
    }
}
