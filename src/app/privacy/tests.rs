use std::error::Error;
use std::sync::Arc;

use super::*;
use crate::data::load::{Loaded, Request, load};
use crate::data::place::Place;
use crate::data::quality::{DataSet, Quality};
use crate::engine::analysis::Setting;
use crate::engine::plan::Plan;
use crate::job::{CancelToken, Progress};
use crate::model::field::Vocabulary;
use crate::model::policies::Policies;
use crate::model::schemes::Catalogue;
use crate::model::transactions::ValueRule;
use crate::model::vip;

type Outcome = Result<(), Box<dyn Error>>;

/// An id written in two ways; a telephone number that is a number like others.
const SALES: &[u8] = b"customer,date,amount,name,desk phone,region\n\
    zhang-san-77,2024-01-01,10.00,Zhang Sanfeng,5551234,East\nZhang-San-77,2024-01-02,20.00,Zhang Sanfeng,5551234,East\n\
    ann-lee-9901,2024-01-03,30.00,Annabel Lee,5559876,West\n";

fn loaded() -> Result<Loaded, Box<dyn Error>> {
    let places = vec![Place::BuiltIn { name: "made up", bytes: SALES }];
    let request = Request { places, attributes: Some(Vec::new()), ..Request::default() };
    Ok(load(&request, &Progress::default(), &CancelToken::default())?)
}

/// An analysis with the switch on.
fn masked(loaded: &Loaded) -> Result<(Analysis, PrivacySwitch), Box<dyn Error>> {
    let rows = loaded.transactions.clone();
    let catalogue = Catalogue::built_in();
    let analysis = Analysis::new(Arc::clone(&loaded.customers), loaded.as_of, rows, &Plan::default(), &catalogue)?;
    let mut privacy = PrivacySwitch::default();
    assert!(privacy.toggle(&analysis));
    Ok((analysis, privacy))
}

#[test]
fn texts_of_people_are_masked_and_others_stay() -> Outcome {
    let (analysis, mut privacy) = masked(&loaded()?)?;
    let [name, phone, region] = [0, 1, 2].map(|column| Field::Attribute(column, ValueRule::Last));
    assert_eq!(privacy.shown(Field::Customer, "ann-lee-9901"), "a***1");
    assert_eq!(privacy.shown(name, "Annabel Lee"), "A****** L**");
    assert_eq!(privacy.shown(phone, "5551234"), "*****34");
    assert_eq!(privacy.shown(region, "East"), "East");
    assert_eq!([Field::Segment, Field::Breadth(0), region].map(|field| privacy.hides(field)), [false; 3]);
    assert!(!privacy.toggle(&analysis));
    assert_eq!(privacy.shown(name, "Annabel Lee"), "Annabel Lee");
    Ok(())
}

/// Neither kind of filter is completed with what is masked, though it can still be typed.
#[test]
fn masked_fields_offer_no_texts() -> Outcome {
    let (analysis, mut privacy) = masked(&loaded()?)?;
    let texts = |names: &dyn Vocabulary, field: &str| -> Result<Vec<String>, Box<dyn Error>> {
        let id = names.field(field).ok_or_else(|| format!("no {field}"))?;
        Ok(names.texts(id, "", 9))
    };
    for is_on in [true, false] {
        let (customers, rows) = (Veiled::of_customers(&analysis, &privacy), Veiled::of_rows(&analysis, &privacy));
        for field in ["customer", "name", "name.last", "region"] {
            let is_offered = !is_on || field == "region";
            assert_eq!(texts(&customers, field)?.is_empty(), !is_offered, "{field}");
        }
        assert_eq!(texts(&rows, "name")?.is_empty(), is_on);
        assert_eq!(texts(&rows, "region")?, ["East", "West"]);
        let name = customers.field("name").ok_or("no name")?;
        assert_eq!(customers.codes(name, &mut |text| text == "Annabel Lee").len(), 1);
        privacy.toggle(&analysis);
    }
    Ok(())
}

#[test]
fn a_rule_that_is_nearly_right_is_told_without_the_value() -> Outcome {
    let (analysis, mut privacy) = masked(&loaded()?)?;
    let rule: vip::Rule = "Big: name 'Annabel Le' >= 1".parse()?;
    let setting = Setting { rules: Arc::new(vec![rule]), ..analysis.setting().clone() };
    let told = |privacy: &PrivacySwitch| analysis.can_filter(&setting).err().map(|error| privacy.told(error));
    let words = told(&privacy).ok_or("no problem")?;
    assert!(words.contains("`Annabel Le`") && !words.contains("Annabel Lee"), "{words}");
    privacy.toggle(&analysis);
    assert!(told(&privacy).is_some_and(|words| words.contains("Annabel Lee")));
    Ok(())
}

#[test]
fn the_data_card_quotes_no_id() -> Outcome {
    let loaded = loaded()?;
    let (_, privacy) = masked(&loaded)?;
    let quality = || Quality::of(DataSet::of(&loaded, Policies::default()), None, None);
    let told = |quality: Quality| format!("{:?}", quality.sections()).to_lowercase();
    let (plain, masked) = (told(PrivacySwitch::default().quality(quality())), told(privacy.quality(quality())));
    assert!(plain.contains("zhang-san-77"), "{plain}");
    assert!(!masked.contains("zhang-san-77") && masked.contains("`z***7`"), "{masked}");
    Ok(())
}
