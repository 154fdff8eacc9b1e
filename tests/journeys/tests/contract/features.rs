//! Every feature in every dialect, as people use them.

use companion::session::{SignInPurpose, SignInWish};
use companion_journeys::contract::Meeting;
use companion_sandbox::{
    ActivationDialect, BillDelivery, BillDialect, Dialect, DocumentFaults, Faults, Instead, PreferenceHome, QueryMode,
    SandboxOptions,
};
use serde_json::json;

use crate::person::{Person, TOKEN_LIFE_S};

pub async fn play(meeting: &mut Meeting) {
    sign_in(meeting).await;
    usage(meeting).await;
    notifications(meeting).await;
    invoices(meeting).await;
    wifi_calling(meeting).await;
    activation(meeting).await;
}

fn options() -> SandboxOptions {
    SandboxOptions::default()
}

async fn sign_in(meeting: &mut Meeting) {
    let ways = [(false, false, false), (true, false, false), (false, true, false), (true, true, true)];
    for (par, dpop, dpop_nonce) in ways {
        let person = Person::at("luc", SandboxOptions { par, dpop, dpop_nonce, ..options() }, |_| ()).await;
        person.sign_in(SignInWish { number: Some("+32470000000".to_owned()), ..SignInWish::default() }).await.unwrap();
        person.phone.refresh().await.unwrap();
        person.pass(TOKEN_LIFE_S);
        person.phone.refresh().await.unwrap();
        // The operator wants a sign-in of just now before it shows a secret, and then a stronger one.
        person.pass(3600);
        assert!(person.reveal().await.is_err());
        person.step_up().await.unwrap();
        person.reveal().await.unwrap();
        person.pass(31);
        let challenge = r#"Bearer error="insufficient_user_authentication", acr_values="gold", max_age="60""#;
        let headers = [("WWW-Authenticate".to_owned(), challenge.to_owned())].into();
        let stronger = Instead { status: 401, headers, ..Instead::default() };
        let only = Some(vec!["/tmf-api/resourceInventoryManagement/v4/resource/".to_owned()]);
        let instead = [("/tmf-api/resourceInventoryManagement/v4/resource/".to_owned(), stronger)].into();
        person.sandbox.set_faults(Faults { only, instead, ..Faults::default() });
        assert!(person.reveal().await.is_err());
        person.sandbox.set_faults(Faults::default());
        // This sandbox knows no such class; what it was asked for is enough here.
        let _ = person.step_up().await;
        person.sign_out().await;
        person.sign_in(SignInWish::default()).await.unwrap();
        person.meet(meeting);
    }
    for par in [false, true] {
        let person = Person::at("sara", SandboxOptions { par, ..options() }, |_| ()).await;
        person.sign_in(SignInWish { purpose: SignInPurpose::CreateAccount, number: None }).await.unwrap();
        person.meet(meeting);
    }
    let person = Person::at("pieter", options(), |_| ()).await;
    let invitation = person.sandbox.invite("pieter").unwrap().token;
    person.sign_in(SignInWish { purpose: SignInPurpose::Invitation { invitation }, number: None }).await.unwrap();
    person.meet(meeting);
}

async fn usage(meeting: &mut Meeting) {
    for dialect in [Dialect::G1, Dialect::G2, Dialect::G3, Dialect::G4] {
        for query in [QueryMode::ReportGet, QueryMode::QueryGet, QueryMode::QueryPost] {
            let person = Person::signed_in("emma", SandboxOptions { dialect, query, task_polls: 1, ..options() }).await;
            for _ in 0..2 {
                person.phone.refresh().await.unwrap();
            }
            person.meet(meeting);
        }
    }
}

async fn notifications(meeting: &mut Meeting) {
    for preferences in
        [PreferenceHome::CommunicationPreference, PreferenceHome::PartyCharacteristic, PreferenceHome::ServiceFeature]
    {
        let person = Person::signed_in("emma", SandboxOptions { preferences, ..options() }).await;
        person.phone.core.preferences().refresh(None).await.unwrap();
        for _ in 0..2 {
            person.turn().await.unwrap();
        }
        let switches = person.phone.core.preferences().state().lines.into_iter().flat_map(|line| line.topics);
        for switch in switches.flat_map(|topic| topic.switches).filter(|it| it.threshold_percent.is_some()) {
            let room = person.phone.core.preferences();
            let _ = room.clone().set_threshold(switch.preference_id, "60".to_owned()).await;
            room.refresh(None).await.unwrap();
        }
        if preferences == PreferenceHome::PartyCharacteristic {
            tagged(&person).await;
        }
        person.register("token-1").await;
        person.sign_out().await;
        person.until_asked("DELETE", "/", 0).await;
        person.meet(meeting);
    }
}

/// The sandbox's people have no entity tag; where an operator's have one, a change names it.
async fn tagged(person: &Person) {
    let path = format!("/tmf-api/party/v5/individual/{}", person.sandbox.person(person.key).unwrap().sub);
    let sms = json!({"name": "usageAlert.75.sms", "value": "on"});
    let individual = json!({"id": person.sandbox.person(person.key).unwrap().sub, "partyCharacteristic": [sms]});
    let headers = [("ETag".to_owned(), r#""1""#.to_owned())].into();
    let instead = [(path.clone(), Instead { headers, ..Instead::json(individual) })].into();
    let (only, method) = (Some(vec![path]), Some("GET".to_owned()));
    person.sandbox.set_faults(Faults { only, method, instead, ..Faults::default() });
    person.phone.core.preferences().refresh(None).await.unwrap();
    let _ = person.turn().await;
    person.sandbox.set_faults(Faults::default());
}

async fn invoices(meeting: &mut Meeting) {
    for (bill_dialect, bill_delivery) in [
        (BillDialect::V4, BillDelivery::Url),
        (BillDialect::V5, BillDelivery::Content),
        (BillDialect::V5, BillDelivery::Store),
    ] {
        let person = Person::signed_in("emma", SandboxOptions { bill_dialect, bill_delivery, ..options() }).await;
        person.phone.core.invoices().refresh(None).await.unwrap();
        person.phone.core.invoices().refresh_invoice(person.bill().unwrap(), None).await.unwrap();
        person.download().await.unwrap();
        person.meet(meeting);
    }
    let person = Person::at("emma", options(), |profile| {
        profile["apis"]["invoices"].as_object_mut().unwrap().remove("accountBaseUrl");
    });
    let person = person.await;
    person.sign_in(SignInWish::default()).await.unwrap();
    person.phone.core.invoices().refresh(None).await.unwrap();
    person.meet(meeting);
    // A download that breaks off goes on where it was, and one on the API's own origin takes the token along.
    for dpop in [false, true] {
        let person =
            Person::signed_in("emma", SandboxOptions { dpop, bill_delivery: BillDelivery::Url, ..options() }).await;
        person.phone.core.invoices().refresh(None).await.unwrap();
        let bill = person.bill().unwrap();
        let api = "/tmf-api/customerBillManagement/v5/customerBill/".to_owned();
        let url = format!("{}/tmf-api/documentManagement/v4/bytes.pdf", person.sandbox.origin());
        let here = json!({"id": bill, "billDocument": [{"mimeType": "application/pdf", "url": url}]});
        let instead = [(api.clone(), Instead::json(here))].into();
        person.sandbox.set_faults(Faults { only: Some(vec![api]), instead, ..Faults::default() });
        assert!(person.download().await.is_err(), "there is no such document");
        let documents = DocumentFaults { padding_kib: 512, ..DocumentFaults::default() };
        let only = Some(vec!["/documents".to_owned()]);
        person.sandbox.set_faults(Faults { only, documents, cut_after_bytes: Some(300_000), ..Faults::default() });
        person.download().await.unwrap();
        person.meet(meeting);
    }
}

async fn wifi_calling(meeting: &mut Meeting) {
    for key in ["emma", "nadia", "tom"] {
        let person = Person::signed_in(key, options()).await;
        for _ in 0..2 {
            person.phone.core.wifi_calling().refresh(None).await.unwrap();
        }
        person.order().await.unwrap();
        person.meet(meeting);
    }
    let person = Person::signed_in("emma", options()).await;
    person.phone.core.wifi_calling().refresh(None).await.unwrap();
    let only = Some(vec!["/tmf-api/serviceOrdering".to_owned()]);
    person.sandbox.set_faults(Faults {
        only,
        method: Some("POST".to_owned()),
        cut_after_bytes: Some(5),
        ..Faults::default()
    });
    assert!(person.phone.core.wifi_calling().switch_on(None).await.is_err());
    person.sandbox.set_faults(Faults::default());
    person.phone.core.wifi_calling().refresh(None).await.unwrap();
    person.meet(meeting);
}

async fn activation(meeting: &mut Meeting) {
    for activation in [ActivationDialect::V4, ActivationDialect::V5] {
        for key in ["ines", "luc"] {
            let person = Person::signed_in(key, SandboxOptions { activation, ..options() }).await;
            for _ in 0..2 {
                person.phone.core.activation().refresh(None).await.unwrap();
            }
            person.reveal().await.unwrap();
            person.meet(meeting);
        }
    }
}
