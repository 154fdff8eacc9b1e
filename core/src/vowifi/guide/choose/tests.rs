//! The golden table, and what holds for every choice.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::vowifi::guide::file::bundled;
use crate::vowifi::guide::model::{GuideFile, Platform, StepKind, Text};
use crate::vowifi::guide::phone::Sims;

static BUNDLED: LazyLock<Arc<GuideFile>> = LazyLock::new(|| bundled().unwrap());
const GOLDEN: &str = include_str!("../golden.tsv");

fn phone(maker: &str, model: &str, os: &str, skin: &str, language: &str, sims: u8) -> Phone {
    Phone {
        platform: if maker == "Apple" { Platform::Ios } else { Platform::Android },
        maker: maker.to_owned(),
        brand: maker.to_owned(),
        model: model.to_owned(),
        os_version: os.to_owned(),
        skin: skin.to_owned(),
        skin_version: skin.split(' ').next_back().unwrap_or_default().to_owned(),
        language: language.to_owned(),
        sims: Sims { count: (sims > 0).then_some(sims), plmns: Vec::new() },
        is_managed: false,
    }
}

fn golden() -> Vec<(Phone, [&'static str; 2])> {
    let row = |line: &'static str| {
        let columns: Vec<_> = line.split('\t').collect();
        let [maker, model, os, skin, language, sims, first, second] = columns[..] else { panic!("{line}") };
        (phone(maker, model, os, skin, language, sims.parse().unwrap()), [first, second])
    };
    GOLDEN.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

#[test]
fn each_phone_is_led_the_path_of_the_golden_table() {
    let file = bundled().unwrap();
    let rows = golden();
    assert!(rows.len() >= 70, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for (phone, expected) in rows {
        let choice = choose(&file, &phone).unwrap();
        let paths: Vec<_> = choice.routes.iter().map(ChosenRoute::path).collect();
        let of = |index: usize| {
            let route = choice.routes.get(index).filter(|route| route.kind != RouteKind::OtherDevices);
            route.and_then(|_| paths.get(index)).map_or("", String::as_str)
        };
        if [of(0), of(1)] != expected {
            wrong.push(format!("{phone:?}\n  {} {paths:#?}\n  expected {expected:#?}", choice.guide.as_str()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_choice_says_why_and_how_sure_it_is() {
    use Confidence::{High, Low, Medium};
    let file = bundled().unwrap();
    /// Phone, guide, whose menus, reasons, how sure the first way is and its last label.
    type Row<'r> = (Phone, &'r str, Option<&'r str>, &'r [Reason], Confidence, Confidence);
    let vectors: [Row<'_>; 15] = [
        (phone("Apple", "", "17.0", "", "en", 1), "ios-15-17", None, &[Reason::Os(17), Reason::OneSim], High, High),
        (
            phone("Apple", "", "17.0", "", "nl", 1),
            "ios-15-17",
            None,
            &[Reason::Os(17), Reason::LowConfidence, Reason::OneSim],
            Low,
            Low,
        ),
        (
            phone("Apple", "", "18.2", "", "fr", 2),
            "ios-18",
            None,
            &[Reason::Os(18), Reason::SeveralSims],
            Medium,
            Medium,
        ),
        (
            phone("Apple", "", "28", "", "en", 1),
            "ios-26",
            None,
            &[Reason::Os(28), Reason::OsNewer, Reason::LowConfidence, Reason::OneSim],
            Low,
            Low,
        ),
        (
            phone("Google", "", "15", "", "de", 2),
            "aosp-15",
            None,
            &[Reason::Maker, Reason::Os(15), Reason::SeveralSims],
            High,
            High,
        ),
        (
            phone("Google", "", "14", "", "fr", 1),
            "aosp-14",
            None,
            &[Reason::Maker, Reason::Os(14), Reason::LowConfidence, Reason::OneSim],
            Low,
            Low,
        ),
        (
            phone("Google", "", "16", "", "en", 1),
            "aosp-16",
            None,
            &[Reason::Maker, Reason::Os(16), Reason::OneSim],
            Medium,
            Medium,
        ),
        (
            phone("Sony", "", "13", "", "nl", 0),
            "sony",
            Some("aosp-13"),
            &[Reason::Maker, Reason::Os(13), Reason::MenusOfAndroid, Reason::LowConfidence, Reason::SimsUnknown],
            Low,
            Low,
        ),
        (
            phone("HMD Global", "", "11", "", "en", 1),
            "nokia",
            Some("aosp-11"),
            &[Reason::Maker, Reason::Os(11), Reason::MenusOfAndroid, Reason::OneSim],
            Medium,
            Medium,
        ),
        (
            phone("samsung", "", "14", "One UI 6.1", "fr", 1),
            "one-ui",
            None,
            &[Reason::Skin(Skin::OneUi), Reason::Maker, Reason::OneSim],
            High,
            High,
        ),
        (
            phone("samsung", "", "17", "One UI 9", "fr", 1),
            "one-ui",
            None,
            &[Reason::Skin(Skin::OneUi), Reason::Maker, Reason::SkinNewer, Reason::LowConfidence, Reason::OneSim],
            Low,
            Low,
        ),
        (
            phone("OPPO", "", "12", "ColorOS 12", "nl", 1),
            "coloros",
            None,
            &[Reason::Skin(Skin::ColorOs), Reason::Maker, Reason::OneSim],
            Medium,
            High,
        ),
        (
            phone("HUAWEI", "", "10", "EMUI 12", "fr", 1),
            "huawei-honor",
            None,
            &[Reason::Maker, Reason::LabelUnknown, Reason::LowConfidence, Reason::OneSim],
            High,
            High,
        ),
        (
            phone("Google", "", "Tiramisu", "", "tr", 1),
            "android-any",
            None,
            &[Reason::AnyPhone, Reason::OsUnknown, Reason::LanguageUnknown, Reason::OneSim],
            High,
            High,
        ),
        (
            phone("Sony", "", "9", "", "en", 1),
            "sony",
            None,
            &[Reason::Maker, Reason::NoMenusOfVersion, Reason::LowConfidence, Reason::OneSim],
            High,
            High,
        ),
    ];
    let mut wrong = Vec::new();
    for (phone, guide, menus_of, reasons, route, label) in vectors {
        let choice = choose(&file, &phone).unwrap();
        let last = choice.routes[0].steps.iter().filter_map(ChosenStep::shown).next_back().unwrap();
        let got = (choice.guide.as_str(), choice.menus_of.as_ref().map(Id::as_str), choice.reasons.clone());
        if got != (guide, menus_of, reasons.to_vec()) || choice.routes[0].confidence != route {
            wrong.push(format!("{phone:?}\n  {got:?} {:?}", choice.routes[0].confidence));
        }
        if last.confidence != label {
            wrong.push(format!("{phone:?}\n  label {last:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_skin_calls_airplane_mode_its_own_way() {
    let file = bundled().unwrap();
    let vectors = [
        ("Apple", "18", "fr", "Mode Avion"),
        ("Google", "15", "nl", "Vliegtuigmodus"),
        ("Google", "15", "de", "Flugmodus"),
        ("samsung", "14", "fr", "Mode Hors ligne"),
        ("samsung", "14", "nl", "Vliegtuigstand"),
        ("samsung", "14", "de", "Offline-Modus"),
        ("samsung", "14", "en", "Airplane mode"),
        ("Sony", "13", "fr", "Mode Avion"),
    ];
    for (maker, os, language, name) in vectors {
        let choice = choose(&file, &phone(maker, "", os, "", language, 1)).unwrap();
        assert_eq!(choice.airplane.unwrap().variants, [name], "{maker} {language}");
    }
}

#[test]
fn the_operator_is_that_of_the_sim_and_never_guessed() {
    let file = bundled().unwrap();
    let mut both = phone("Google", "", "15", "", "fr", 2);
    both.sims.plmns = ["206-05", "20620", "20610", "Telenet"].map(str::to_owned).to_vec();
    let sims = choose(&file, &both).unwrap().sims;
    let named: Vec<_> = sims.iter().map(|sim| sim.operator.as_ref().map(Id::as_str)).collect();
    assert_eq!(named, [Some("telenet"), Some("base"), None, None]);

    let telenet = file.operator("20605").unwrap();
    assert_eq!(telenet.name_over_wifi(), "Telenet WiFi Calling");
    assert_eq!(emergency_over_wifi(telenet, &both), EmergencyAnswer::No);
    let samsung = phone("samsung", "", "15", "", "fr", 1);
    assert_eq!(emergency_over_wifi(telenet, &samsung), EmergencyAnswer::Unknown);
    let step = file.verify.first().unwrap();
    let key = |phone: &Phone| expected(step, phone).unwrap().text_key.as_str().to_owned();
    assert_eq!(key(&both), "wifi-expect-network-name");
    assert_eq!(key(&samsung), "wifi-expect-samsung-icon");
    assert_eq!(key(&phone("Sony", "", "15", "", "fr", 1)), "wifi-expect-icon");
    assert_eq!(key(&phone("Apple", "", "18", "", "fr", 1)), "wifi-expect-control-centre");
}

#[test]
fn a_gateway_is_asked_from_its_first_day_until_another_takes_its_place() {
    let mut telenet = bundled().unwrap().operator("20605").unwrap().clone();
    telenet.epdg[0].until = Some("2027-03-01".parse().unwrap());
    let vectors = [("2023-10-31", 0), ("2023-11-01", 1), ("2027-02-28", 1), ("2027-03-01", 0)];
    for (day, count) in vectors {
        assert_eq!(telenet.epdg_on(day.parse().unwrap()).count(), count, "{day}");
    }
}

#[test]
fn a_model_counts_more_than_a_skin_and_a_skin_more_than_a_maker() {
    let mut file = GuideFile::clone(&bundled().unwrap());
    let of = |file: &GuideFile, phone: &Phone| choose(file, phone).unwrap().guide.as_str().to_owned();
    let galaxy = phone("samsung", "SM-S918B", "14", "One UI 6.1", "fr", 1);
    assert_eq!(of(&file, &galaxy), "one-ui");
    let mut special = file.guides.iter().find(|guide| guide.id.as_str() == "android-any").unwrap().clone();
    special.id = Id::try_from("special".to_owned()).unwrap();
    special.matches[0].model_glob = vec![Text::try_from("SM-S91?B".to_owned()).unwrap()];
    file.guides.push(special.clone());
    assert_eq!(of(&file, &galaxy), "special");

    // Alike in all else, the priority decides, then the newer check, then the name.
    let mut other = special.clone();
    other.id = Id::try_from("other".to_owned()).unwrap();
    file.guides.push(other.clone());
    assert_eq!(of(&file, &galaxy), "other");
    let special_at = file.guides.len() - 2;
    file.guides[special_at].checked_on = other.checked_on.tomorrow().unwrap();
    assert_eq!(of(&file, &galaxy), "special");
    file.guides.last_mut().unwrap().priority = 1;
    assert_eq!(of(&file, &galaxy), "other");
}

#[test]
fn a_guide_may_be_for_sims_of_one_operator_alone() {
    let mut file = GuideFile::clone(&bundled().unwrap());
    let mut own = file.guides.iter().find(|guide| guide.id.as_str() == "aosp-15").unwrap().clone();
    own.id = Id::try_from("own".to_owned()).unwrap();
    own.priority = 9;
    own.matches[0].plmns = vec![Text::try_from("20605".to_owned()).unwrap()];
    own.matches[0].sims = Some(Together::One);
    file.guides.push(own);
    let with = |plmns: &[&str]| {
        let mut phone = phone("Google", "", "15", "", "fr", 0);
        phone.sims.plmns = plmns.iter().map(|plmn| (*plmn).to_owned()).collect();
        choose(&file, &phone).unwrap().guide.as_str().to_owned()
    };
    assert_eq!(with(&["206-05"]), "own");
    assert_eq!(with(&["206-20"]), "aosp-15");
    assert_eq!(with(&["206-05", "206-20"]), "aosp-15");
    assert_eq!(with(&[]), "aosp-15");
}

fn any_phone() -> impl Strategy<Value = Phone> {
    let rows = golden();
    let some = prop::sample::select(rows).prop_map(|(phone, _)| phone);
    let foreign = ("\\PC{0,20}", ".{0,20}", ".{0,12}", ".{0,12}", ".{0,12}", any::<Option<u8>>(), any::<bool>());
    let foreign = foreign.prop_map(|(maker, model, os, skin, language, count, is_ios)| Phone {
        platform: if is_ios { Platform::Ios } else { Platform::Android },
        maker: maker.clone(),
        brand: maker,
        model,
        os_version: os.clone(),
        skin,
        skin_version: os,
        language,
        sims: Sims { count, plmns: Vec::new() },
        is_managed: true,
    });
    prop_oneof![4 => some, 1 => foreign]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_file_says_nothing(
        phone in any_phone(),
        guides in Just((0..BUNDLED.guides.len()).collect::<Vec<_>>()).prop_shuffle(),
        turn in any::<prop::sample::Index>(),
    ) {
        let file: &GuideFile = &BUNDLED;
        let mut shuffled = file.clone();
        shuffled.guides = guides.iter().map(|index| file.guides[*index].clone()).collect();
        let (labels, routes) = (file.labels.len(), file.routes.len());
        shuffled.labels.rotate_left(turn.index(labels));
        shuffled.routes.rotate_left(turn.index(routes));
        shuffled.operators.reverse();
        shuffled.sources.reverse();
        prop_assert_eq!(choose(&shuffled, &phone), choose(file, &phone));
    }

    #[test]
    fn every_phone_is_led_somewhere_in_words_of_the_file(phone in any_phone()) {
        let file = &*BUNDLED;
        let choice = choose(file, &phone).unwrap();
        let searches = choice.routes.iter().filter(|route| route.kind == RouteKind::Search);
        prop_assert_eq!(searches.count(), 1);
        prop_assert!(choice.routes[0].is_complete(), "what comes first can be named");
        for step in choice.routes.iter().flat_map(|route| &route.steps) {
            if let Some(label) = step.shown() {
                prop_assert!(!label.variants.is_empty());
            }
            prop_assert!(step.kind != StepKind::Type || step.shown().is_some(), "words to search for");
        }
    }
}
