//! Which places there are, and the words of the apps.

use serde_json::json;

use super::places::{Place, places};
use crate::operator::profile::Profile;
use crate::text::Language;

fn profile(capabilities: &[&str]) -> Profile {
    let mut profile = json!({
        "schema": 1, "id": "example", "name": "Example Mobile", "languages": ["nl"], "timeZone": "Europe/Brussels",
        "identity": { "issuer": "https://id.example", "clientId": "app", "redirectUri": "be.example.app:/signed-in", "scopes": ["openid"] },
        "apis": {
            "usage": { "baseUrl": "https://api.example/usage", "query": "report-get", "lineFilter": "logicalResource.value" },
            "product": { "baseUrl": "https://api.example/product", "partyFilter": "relatedParty.id" },
            "invoices": { "baseUrl": "https://api.example/bill" }
        },
        "capabilities": capabilities
    });
    profile["brand"] = json!({ "primary": "#FFCC00", "secondary": "#202020" });
    Profile::parse(&profile.to_string()).unwrap()
}

#[test]
fn a_place_the_operator_does_not_offer_is_absent_and_getting_started_is_first_until_the_line_works() {
    use Place::{Help, Invoices, More, Plan, Settings, Usage};
    type Case<'a> = (&'a [&'a str], bool, &'a [Place], &'a [Place]);
    let cases: [Case<'_>; 4] = [
        (&[], false, &[More], &[Help, Settings]),
        (&["usage"], false, &[Usage, More], &[Help, Settings]),
        (&["usage", "plan", "invoices"], false, &[Usage, Invoices, More], &[Plan, Help, Settings]),
        // An operator without the capability has no such place, whatever is kept.
        (&["usage", "plan"], true, &[Usage, More], &[Plan, Help, Settings]),
    ];
    for (capabilities, starting_first, bar, more) in cases {
        let drawn = places(&profile(capabilities), starting_first, Language::English);
        let names = |places: Vec<super::PlaceView>| places.into_iter().map(|view| view.place).collect::<Vec<_>>();
        assert_eq!((names(drawn.0), names(drawn.1)), (bar.to_vec(), more.to_vec()), "{capabilities:?}");
    }
}

#[test]
fn an_operator_with_orders_alone_has_no_place_for_pin_and_puk_and_one_with_sims_alone_none_for_getting_started() {
    for (api, has_track, has_sim) in [
        (json!({}), false, false),
        (json!({ "orderBaseUrl": "https://api.example/orders" }), true, false),
        (json!({ "resourceBaseUrl": "https://api.example/inventory" }), false, true),
    ] {
        let mut shipped: serde_json::Value = serde_json::from_str(include_str!("../../profiles/sandbox.json")).unwrap();
        shipped["apis"]["activation"] = api;
        let (bar, more) = places(&Profile::parse(&shipped.to_string()).unwrap(), true, Language::English);
        let has = |place| bar.iter().chain(&more).any(|view| view.place == place);
        assert_eq!((has(Place::GettingStarted), has(Place::Sim)), (has_track, has_sim));
    }
}

#[test]
fn every_place_of_the_shipped_profile_is_named_in_four_languages() {
    let profile = Profile::parse(include_str!("../../profiles/sandbox.json")).unwrap();
    for language in Language::ALL {
        for starting_first in [false, true] {
            let (bar, more) = places(&profile, starting_first, language);
            assert_eq!(bar.len() + more.len(), 10);
            assert_eq!(bar.first().unwrap().place == Place::GettingStarted, starting_first);
            assert_eq!(bar.last().unwrap().place, Place::More);
            // Five fit on the narrowest phone only while no word of theirs is long.
            let words = bar.iter().flat_map(|view| view.short.text.split([' ', '-']));
            assert!(words.clone().all(|word| word.chars().count() <= 10), "{:?}", words.collect::<Vec<_>>());
            assert!(bar.iter().all(|view| view.short.spoken == view.label.spoken));
        }
    }
}
