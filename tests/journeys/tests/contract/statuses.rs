//! Every status that a line of the contract speaks of, answered to the request of that line. What the app makes of each is
//! proved where it is made; here it only has to come, and to be lived through.

use companion::operator::contract::{By, Request};
use companion::session::SignInWish;
use companion_journeys::contract::{Meeting, Place};
use companion_sandbox::{ActivationDialect, BillDelivery, Faults, PreferenceHome, QueryMode, SandboxOptions};
use futures_util::future::join_all;

use crate::person::{Person, TOKEN_LIFE_S};

pub async fn play(meeting: &mut Meeting) {
    let requests: Vec<Request> = meeting.contract().requests.iter().filter(|it| it.by == By::Core).cloned().collect();
    for request in requests {
        all_answered(meeting, &request, &meeting.statuses_to_meet(&request)).await;
    }
    // What every request has in common, with one of them.
    let any = meeting.contract().request("usage-report").unwrap().clone();
    all_answered(meeting, &any, &[302, 401, 408, 418, 429, 503]).await;
    let other = meeting.contract().request("products").unwrap().clone();
    all_answered(meeting, &other, &[403, 404]).await;
}

async fn all_answered(meeting: &mut Meeting, request: &Request, statuses: &[u16]) {
    let people = statuses.iter().map(|status| answered(request, *status));
    for person in join_all(people).await {
        person.meet(meeting);
    }
}

/// One person meets the status once.
async fn answered(request: &Request, status: u16) -> Person {
    let person = ready(&request.id).await;
    let only = Some(vec![prefix(&person.place, request)]);
    let method = Some(request.method.clone());
    let faults = Faults { only, method, status: Some(status), times: Some(1), ..Faults::default() };
    // Whatever comes of it: the next answer is good again.
    act(&person, &request.id, faults).await;
    person
}

/// A sandbox that has the request in its profile, and a person whose phone is just about to make it.
async fn ready(id: &str) -> Person {
    let usual = SandboxOptions::default();
    let options = match id {
        "usage-query" => SandboxOptions { query: QueryMode::QueryGet, ..usual },
        "usage-task" | "usage-task-result" => SandboxOptions { query: QueryMode::QueryPost, task_polls: 1, ..usual },
        "person" | "person-change" => SandboxOptions { preferences: PreferenceHome::PartyCharacteristic, ..usual },
        "services-of-line" | "line-service" | "line-service-change" => {
            SandboxOptions { preferences: PreferenceHome::ServiceFeature, ..usual }
        }
        "stored-document" => SandboxOptions { bill_delivery: BillDelivery::Store, ..usual },
        "bill-document" | "document-bytes" => SandboxOptions { bill_delivery: BillDelivery::Url, ..usual },
        "sims" => SandboxOptions { activation: ActivationDialect::V5, ..usual },
        _ => usual,
    };
    let key = if id.starts_with("line-orders") || id == "products" { "ines" } else { "emma" };
    let person = Person::at(key, options, |_| ()).await;
    if !["provider-metadata", "pushed-request", "token-exchange", "signing-keys", "userinfo"].contains(&id) {
        person.sign_in(SignInWish::default()).await.unwrap();
    }
    person
}

/// Has the request made, with the faults in force for it.
async fn act(person: &Person, id: &str, faults: Faults) {
    let core = &person.phone.core;
    let strike = || person.sandbox.set_faults(faults.clone());
    match id {
        "provider-metadata" | "pushed-request" | "token-exchange" | "signing-keys" | "userinfo" => {
            strike();
            if person.sign_in(SignInWish::default()).await.is_ok() {
                let _ = person.phone.refresh().await;
            }
        }
        "token-renewal" => {
            person.pass(TOKEN_LIFE_S);
            strike();
            let _ = person.phone.refresh().await;
        }
        "token-revocation" => {
            strike();
            person.sign_out().await;
        }
        "usage-report" | "usage-query" | "usage-task" | "usage-task-result" => {
            strike();
            let _ = person.phone.refresh().await;
        }
        "preferences" | "services-of-line" => {
            strike();
            let _ = core.preferences().refresh(None).await;
        }
        "preference" | "preference-change" | "person" | "person-change" | "line-service" | "line-service-change" => {
            core.preferences().refresh(None).await.unwrap();
            strike();
            let _ = person.turn().await;
            let _ = core.preferences().refresh(None).await;
        }
        "push-registration" => {
            strike();
            person.register("token-1").await;
        }
        "push-removal" => {
            person.register("token-1").await;
            strike();
            person.sign_out().await;
            person.until_asked("DELETE", "/", 0).await;
        }
        "billing-accounts" | "bills" | "running-costs" => {
            strike();
            let _ = core.invoices().refresh(None).await;
        }
        "bill-lines" => {
            core.invoices().refresh(None).await.unwrap();
            strike();
            // The newest was read with the list.
            let _ = core.invoices().refresh_invoice(person.bills().nth(1).unwrap(), None).await;
        }
        "bill-document" | "stored-document" | "document-bytes" => {
            core.invoices().refresh(None).await.unwrap();
            strike();
            let _ = person.download().await;
        }
        "wifi-services" | "guides" => {
            strike();
            let _ = core.wifi_calling().refresh(None).await;
        }
        "wifi-order" | "wifi-order-state" => {
            core.wifi_calling().refresh(None).await.unwrap();
            strike();
            let _ = person.order().await;
        }
        "wifi-order-search" => {
            core.wifi_calling().refresh(None).await.unwrap();
            let lost =
                Faults { method: Some("POST".to_owned()), cut_after_bytes: Some(5), status: None, ..faults.clone() };
            person.sandbox.set_faults(lost);
            let _ = core.wifi_calling().switch_on(None).await;
            strike();
            let _ = core.wifi_calling().refresh(None).await;
        }
        "products" | "line-orders" | "sim-cards" | "esims" | "sims" => {
            strike();
            let _ = core.activation().refresh(None).await;
        }
        "sim-secret" => {
            core.activation().refresh(None).await.unwrap();
            strike();
            let _ = person.reveal().await;
        }
        other => panic!("nobody knows how to make {other}"),
    }
}

/// How the addresses of a request begin.
fn prefix(place: &Place, request: &Request) -> String {
    if request.bare {
        return "/documents".to_owned();
    }
    let path = format!("{}{}", place.base(&request.base).unwrap().path().trim_end_matches('/'), request.path);
    path.split('{').next().unwrap().to_owned()
}
