//! Which links are opened, and when another account is noticed.

use proptest::prelude::*;
use serde::Deserialize;

use crate::invoices::pay::iban::Iban;
use crate::invoices::pay::link::{LinkError, PaymentLink};
use crate::invoices::pay::payee::{Payee, PayeeChange};
use crate::invoices::vectors::file;

#[derive(Deserialize)]
struct Links {
    own_hosts: Vec<String>,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    link: String,
    error: Option<String>,
}

#[test]
fn only_links_to_hosts_that_take_payments_are_opened() {
    let Links { own_hosts, vectors } = file("payment-links.json");
    assert!(vectors.len() > 20);
    for Vector { link, error } in vectors {
        let judged = PaymentLink::parse(&link, &own_hosts).map(|_| ()).map_err(|error| match error {
            LinkError::Malformed => "malformed",
            LinkError::NotHttps => "not_https",
            LinkError::UserOrPort => "user_or_port",
            LinkError::Host => "host",
        });
        assert_eq!(judged, error.as_deref().map_or(Ok(()), Err), "{link:?}");
    }
    let foreign = PaymentLink::parse("https://pay.operator.example/bill/1", &[]);
    assert_eq!(foreign, Err(LinkError::Host), "an operator's own host is only that of its profile");
    let long = format!("https://payconiq.com/{}", "x".repeat(2_048));
    assert_eq!(PaymentLink::parse(&long, &[]), Err(LinkError::Malformed));
}

#[test]
fn a_link_is_opened_as_it_came() {
    let link = "https://pay.bancontact.net/t/1/5c1b?D=bill%201&A=1234&R=010806817183";
    assert_eq!(PaymentLink::parse(link, &[]).unwrap().as_str(), link);
}

proptest! {
    #[test]
    fn whatever_stands_around_a_known_host_leads_nowhere_else(
        before in "[a-z0-9.@:/\\\\-]{0,12}", after in "[a-z0-9.@:/?#\\\\-]{0,12}",
    ) {
        let text = format!("https://{before}payconiq.com{after}");
        if let Ok(link) = PaymentLink::parse(&text, &[]) {
            let host = link.as_str().strip_prefix("https://").and_then(|rest| rest.strip_prefix("payconiq.com"));
            prop_assert!(host.is_some_and(|rest| rest.starts_with('/') || rest.starts_with('?')), "{}", link.as_str());
        }
    }
}

#[test]
fn another_account_is_said_before_anything_can_be_paid() {
    let payee = |name: &str, iban: &str| Payee { name: name.to_owned(), iban: Iban::parse(iban).unwrap() };
    let before = payee("Sandbox Telecom NV", "BE68539007547034");
    let table = [
        (None, &before, PayeeChange::First, false),
        (Some(&before), &payee(" Sandbox Telecom NV ", "be68 5390 0754 7034"), PayeeChange::Same, false),
        (Some(&before), &payee("Sandbox Telecom Group NV", "BE68539007547034"), PayeeChange::OtherName, false),
        (Some(&before), &payee("Sandbox Telecom NV", "BE72000000001616"), PayeeChange::OtherAccount, true),
        (Some(&before), &payee("Other NV", "BE72000000001616"), PayeeChange::OtherAccount, true),
    ];
    for (accepted, now, change, to_be_confirmed) in table {
        let told = PayeeChange::between(accepted, now);
        assert_eq!((told, told.must_be_confirmed()), (change, to_be_confirmed), "{now:?}");
    }
}
