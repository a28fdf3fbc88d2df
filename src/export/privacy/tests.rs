use std::error::Error;

use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;

use super::*;

#[test]
fn a_column_is_told_by_its_header() {
    for (header, attribute) in [
        ("name", Attribute::Name),
        ("Customer_Name", Attribute::Name),
        ("姓名", Attribute::Name),
        ("收货人", Attribute::Name),
        ("收貨人姓名", Attribute::Name),
        ("买家昵称", Attribute::Name),
        ("User Name", Attribute::Name),
        ("收货人手机", Attribute::Phone),
        ("联系电话", Attribute::Phone),
        ("TEL", Attribute::Phone),
        ("Mobile No.", Attribute::Phone),
        ("E-Mail Address", Attribute::Mail),
        ("邮箱", Attribute::Mail),
        ("收货地址", Attribute::Address),
        ("Billing Address", Attribute::Address),
        ("Product Name", Attribute::Other),
        ("店铺名称", Attribute::Other),
        ("hotel", Attribute::Other),
        ("city", Attribute::Other),
        ("", Attribute::Other),
    ] {
        assert_eq!(Attribute::of(header, []), attribute, "{header}");
    }
}

#[test]
fn a_column_is_told_by_its_values() {
    for (values, attribute) in [
        (vec!["13800138000", "", " "], Attribute::Phone),
        (vec!["+86 138-0013-8000", "１３９１２３４５６７８"], Attribute::Phone),
        (vec!["13800138000", "x", "y"], Attribute::Other),
        (vec!["12800138000"], Attribute::Other),
        (vec!["138001380001"], Attribute::Other),
        (vec!["ann@example.com", "-"], Attribute::Mail),
        (vec!["ann@example", "@x.y", "a b@c.d", "a@.c", "a@b."], Attribute::Other),
        (vec![], Attribute::Other),
    ] {
        assert_eq!(Attribute::of("column", values.iter().copied()), attribute, "{values:?}");
    }
}

#[test]
fn masks_are_as_documented() {
    use Attribute::{Address, Mail, Name, Other, Phone};
    for (attribute, text, masked) in [
        (Name, "张三", "张*"),
        (Name, "张", "*"),
        (Name, "欧阳锋", "欧**"),
        (Name, "John Smith", "J*** S****"),
        (Name, "J Smith", "* S****"),
        (Name, "  Ann  ", "A**"),
        (Name, "约翰·史密斯", "约*·史**"),
        (Name, "Jose\u{301}", "J***"),
        (Name, "E\u{301}ric", "É***"),
        (Name, "👨‍👩‍👧x", "👨‍👩‍👧*"),
        (Name, "Wolfeschlegelsteinhausen", "W********"),
        (Name, "محمد علي", "م*** ع**"),
        (Name, "13800138000", "138****8000"),
        (Name, "ann@example.com", "a***@example.com"),
        (Name, "张三（13800138000）", "张********"),
        (Phone, "13800138000", "138****8000"),
        (Phone, "１３８００１３８０００", "138****8000"),
        (Phone, "+86 138 0013 8000", "+86 138 **** 8000"),
        (Phone, "010-88886666", "010-****6666"),
        (Phone, "(555) 123-4567", "(***) ***-**67"),
        (Phone, "12345", "*****"),
        (Phone, "call 13800138000 Ann", "**** 138****8000 ***"),
        (Mail, "ann@example.com", "a***@example.com"),
        (Mail, "an@example.com", "***@example.com"),
        (Mail, "a@example.com", "***@example.com"),
        (Mail, "nobody", "n***"),
        (Address, "广东省深圳市南山区科技园1号", "广东省****"),
        (Address, "北京市朝阳区", "****"),
        (Address, "12 High Street, London", "****"),
        (Other, "abc", "***"),
        (Other, "abcd", "a***"),
        (Other, "abcdefg", "a***"),
        (Other, "abcdefgh", "a***h"),
        (Other, "   ", ""),
    ] {
        assert_eq!(attribute.masked(text), masked, "{attribute:?} {text}");
    }
    let long = "a".repeat(10_000);
    for attribute in [Name, Phone, Mail, Address, Other] {
        assert!(attribute.masked(&long).len() <= 64, "{attribute:?}");
    }
}

proptest! {
    #[test]
    fn short_texts_leak_nothing(text in "[a-z张三é]{1,3}") {
        prop_assert_eq!(Attribute::Other.masked(&text), "***");
        prop_assert!(Attribute::Phone.masked(&text).chars().all(|c| c == '*'));
        prop_assert_eq!(Attribute::Address.masked(&text), "****");
    }

    #[test]
    fn a_name_shows_one_character_a_word(text in "[a-zé李 ]{0,30}") {
        let masked = Attribute::Name.masked(&text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown: Vec<String> = words
            .iter()
            .map(|word| {
                let count = word.chars().count();
                let first = word.chars().next().unwrap();
                if count == 1 { "*".to_owned() } else { format!("{first}{}", "*".repeat((count - 1).min(8))) }
            })
            .collect();
        prop_assert_eq!(masked.split_whitespace().collect::<Vec<_>>(), shown);
    }

    #[test]
    fn no_text_breaks_a_mask(text in ".*") {
        for attribute in [Attribute::Name, Attribute::Phone, Attribute::Mail, Attribute::Address, Attribute::Other] {
            let masked = attribute.masked(&text);
            prop_assert!(text.trim().is_empty() || !masked.is_empty());
        }
    }
}

const SECRET: &[u8] = b"0123456789abcdef";

#[test]
fn a_hash_is_that_of_the_unified_id() -> Result<(), Box<dyn Error>> {
    let key = IdKey::new(SECRET, "in a test")?;
    // printf 'abc-17' | openssl dgst -sha256 -hmac 0123456789abcdef
    assert_eq!(key.hash("abc-17"), "80d12d51bcb7f217e8253d6e68c1c9d0");
    for id in ["ABC-17", " abc-17 ", "ＡＢＣ－１７"] {
        assert_eq!(key.hash(id), key.hash("abc-17"), "{id}");
    }
    assert_ne!(key.hash("abc-18"), key.hash("abc-17"));
    let other = IdKey::new(b"0123456789abcdeg", "in a test")?;
    assert_ne!(other.hash("abc-17"), key.hash("abc-17"));
    assert_ne!(other.fingerprint(), key.fingerprint());
    assert_eq!(key.fingerprint().len(), 16);
    // RFC 4231, test case 2, whose key is too short for us: the code itself.
    let mut mac = Hmac::<Sha256>::new_from_slice(b"Jefe")?;
    mac.update(b"what do ya want for nothing?");
    assert_eq!(mac.finalize().into_bytes()[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    Ok(())
}

#[test]
fn the_key_is_never_shown() -> Result<(), KeyError> {
    let key = IdKey::new(b"a-very-secret-key", "in a test")?;
    assert!(!format!("{key:?}").contains("secret"));
    assert!(format!("{key:?}").contains(key.fingerprint()));
    Ok(())
}

#[test]
fn a_key_comes_from_a_file_or_a_variable() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("key");
    let expected = IdKey::new(SECRET, "")?.fingerprint().to_owned();
    std::fs::write(&path, "0123456789abcdef\r\n")?;
    assert_eq!(IdKey::from_file(&path)?.fingerprint(), expected);
    std::fs::write(&path, "0123456789abcde\n\n\n")?;
    let told = IdKey::from_file(&path).unwrap_err().to_string();
    assert!(told.contains("has 15 bytes and needs at least 16; make one with `openssl rand -hex 32`"), "{told}");
    std::fs::write(&path, vec![b'x'; 4_097])?;
    assert!(matches!(IdKey::from_file(&path), Err(KeyError::Long(_))));
    assert!(matches!(IdKey::from_file(folder.path()), Err(KeyError::Unreadable { .. })));
    assert!(matches!(IdKey::from_variable("TIERSCOPE_NO_SUCH_KEY"), Err(KeyError::Unset(_))));
    // Cargo sets this one for every test.
    let version = IdKey::from_variable("CARGO_PKG_VERSION").unwrap_err().to_string();
    assert!(version.starts_with("the key in the environment variable CARGO_PKG_VERSION has 5 bytes"), "{version}");
    Ok(())
}
