//! A profile is read with its defaults, and what is wrong of it is named.

use super::*;
use serde_json::{Value, json};
use url::Url;

fn example() -> Value {
    json!({
        "schema": 1, "id": "example", "name": "Example Mobile", "languages": ["nl"], "timeZone": "Europe/Brussels",
        "identity": { "issuer": "https://id.example", "clientId": "app", "redirectUri": "be.example.app:/signed-in", "scopes": ["openid"] },
        "apis": { "usage": { "baseUrl": "https://api.example/usage", "query": "report-get", "lineFilter": "logicalResource.value" } },
        "capabilities": ["usage"]
    })
}

fn field_at_fault(profile: &Value) -> String {
    match Profile::parse(&profile.to_string()) {
        Err(Problem::Configuration { field, .. }) => field,
        other => panic!("expected a configuration problem, got {other:?}"),
    }
}

#[test]
fn a_complete_profile_opens_with_the_documented_defaults() {
    let profile = Profile::parse(&example().to_string()).unwrap();
    assert_eq!(profile.alerts.thresholds_percent, [75, 90, 100]);
    assert_eq!(profile.units.data_base, DataBase::Decimal);
    assert_eq!(profile.cycle_end, CycleEnd::Exclusive);
    assert!(!profile.offers(Capability::Plan));
}

#[test]
fn a_wrong_field_is_named() {
    let cases: [(&str, Value, &str); 18] = [
        ("/schema", json!(2), "schema"),
        ("/id", json!(""), "id"),
        ("/timeZone", json!("Mars/Olympus"), "timeZone"),
        ("/languages", json!([]), "languages"),
        ("/identity/issuer", json!(""), "identity.issuer"),
        ("/identity/issuer", json!("http://id.example"), "identity.issuer"),
        ("/identity/issuer", json!("https://id.example?x=1"), "identity.issuer"),
        ("/identity/scopes", json!(["profile"]), "identity.scopes"),
        ("/identity/redirectUri", json!("nowhere"), "identity.redirectUri"),
        ("/apis/usage/baseUrl", json!(7), "apis.usage.baseUrl"),
        ("/apis/usage/query", json!("guess"), "apis.usage.query"),
        ("/alerts", json!({ "thresholdsPercent": [90, 75] }), "alerts.thresholdsPercent"),
        ("/alerts", json!({ "stepCents": 0 }), "alerts.stepCents"),
        (
            "/alerts",
            json!({ "sent": [{ "class": "statutory", "at": { "noon": 12 }, "channel": "sms" }] }),
            "alerts.sent[0].at.noon",
        ),
        ("/capabilities", json!(["usage", "plan"]), "apis.product"),
        ("/capabilities", json!(["usage", "notifications"]), "apis.preferences"),
        ("/capabilities", json!(["usage", "activation"]), "apis.activation"),
        ("/capabilities/0", json!("telepathy"), "capabilities[0]"),
    ];
    for (pointer, value, field) in cases {
        let mut profile = example();
        profile["alerts"] = json!({});
        *profile.pointer_mut(pointer).unwrap() = value.clone();
        assert_eq!(field_at_fault(&profile), field, "{pointer} = {value}");
    }
}

#[test]
fn what_is_wrong_of_the_invoices_is_named() {
    let base = json!({ "baseUrl": "https://api.example/bill" });
    let mut offered = example();
    offered["capabilities"] = json!(["usage", "invoices"]);
    assert_eq!(field_at_fault(&offered), "apis.invoices");
    offered["apis"]["invoices"] = base.clone();
    let profile = Profile::parse(&offered.to_string()).unwrap();
    let invoices = profile.apis.invoices.as_ref().unwrap();
    assert_eq!(
        (invoices.account_filter.as_str(), invoices.bill_filter.as_str(), invoices.party_filter.as_str()),
        ("billingAccount.id", "bill.id", "relatedParty.id")
    );
    assert_eq!(invoices.split_bill.policy, SplitPolicy::Cumulative);
    assert!(profile.offers(Capability::Invoices) && invoices.document_origins().is_empty());
    let cases: [(&str, Value, &str); 9] = [
        ("baseUrl", json!("http://api.example"), "apis.invoices.baseUrl"),
        ("accountBaseUrl", json!("nowhere"), "apis.invoices.accountBaseUrl"),
        ("documentBaseUrl", json!("https://api.example/x?y"), "apis.invoices.documentBaseUrl"),
        ("documentOrigins", json!(["https://a.example", "http://b.example"]), "apis.invoices.documentOrigins[1]"),
        ("accountFilter", json!(" "), "apis.invoices.accountFilter"),
        ("paymentHosts", json!(["pay.example/x"]), "apis.invoices.paymentHosts[0]"),
        ("splitBill", json!({ "policy": "never" }), "apis.invoices.splitBill.policy"),
        (
            "splitBill",
            json!({ "contribution": [{ "covers": { "shareBasisPoints": 10_001 } }] }),
            "apis.invoices.splitBill.contribution[0].covers.shareBasisPoints",
        ),
        ("token", json!("x"), "apis.invoices.token"),
    ];
    for (member, value, field) in cases {
        offered["apis"]["invoices"] = base.clone();
        offered["apis"]["invoices"][member] = value.clone();
        assert_eq!(field_at_fault(&offered), field, "{member} = {value}");
    }
}

#[test]
fn documents_may_be_elsewhere_and_no_token_goes_there() {
    let mut profile = example();
    profile["apis"]["invoices"] = json!({
        "baseUrl": "https://bills.example/v5", "documentBaseUrl": "https://store.example/v4",
        "documentOrigins": ["https://cdn.example"], "paymentHosts": ["pay.example"],
        "splitBill": { "policy": "perPeriod", "contribution": [
            { "category": "roaming", "covers": "all" }, { "covers": { "upToCents": 2500 } }
        ] }
    });
    let profile = Profile::parse(&profile.to_string()).unwrap();
    let origin = |text: &str| Url::parse(text).unwrap().origin();
    assert!(profile.origins().contains(&origin("https://bills.example")));
    assert!(profile.origins().contains(&origin("https://store.example")));
    assert!(!profile.origins().contains(&origin("https://cdn.example")));
    let invoices = profile.apis.invoices.unwrap();
    assert_eq!(invoices.document_origins(), [origin("https://cdn.example")]);
    assert_eq!(invoices.api_origins(), [origin("https://bills.example"), origin("https://store.example")]);
}

#[test]
fn anchors_without_a_certificate_are_named() {
    for anchors in ["", "garbage", "-----BEGIN PRIVATE KEY-----"] {
        let mut profile = example();
        profile["trust"] = json!({ "anchorsPem": anchors });
        assert_eq!(field_at_fault(&profile), "trust.anchorsPem", "{anchors:?}");
    }
}

#[test]
fn a_field_at_fault_is_named_with_its_place_and_the_name_that_was_meant() {
    let text = r#"{
  "schema": 1, "id": "example", "name": "Example Mobile", "languages": ["nl"], "timeZone": "Europe/Brussels",
  "identity": { "issuer": "https://id.example", "clientId": "app", "redirectUri": "a.b:/c", "scopes": ["openid"] },
  "apis": {
    "usage": { "baseUrl": "https://api.example", "query": "report-get", "lineFilter": "line" }
  },
  "capabilities": ["usage"]
}"#;
    assert!(Profile::parse(text).is_ok());
    let place = |line: usize, wanted: &str| {
        let column = text.lines().nth(line - 1).unwrap().find(wanted).unwrap() + 1;
        format!("(line {line}, column {column})")
    };
    let said = |from: &str, to: &str| match Profile::parse(&text.replacen(from, to, 1)) {
        Err(Problem::Configuration { field, reason }) => format!("{field} {reason}"),
        other => panic!("{other:?}"),
    };
    for (from, to, expected) in [
        (r#""clientId": "app", "#, "", format!("identity.clientId is missing {}", place(3, "{"))),
        (r#""schema": 1, "#, "", "schema is missing (line 1, column 1)".to_owned()),
        (
            "lineFilter",
            "line_filter",
            "apis.usage.line_filter is unknown; perhaps lineFilter is meant, of baseUrl, query, lineFilter, daysFilter \
             (line 5, column 88)"
                .to_owned(),
        ),
        (
            r#""lineFilter""#,
            r#""dialect": 1, "lineFilter""#,
            "apis.usage.dialect is unknown; here may stand baseUrl, query, lineFilter, daysFilter (line 5, column 84)"
                .to_owned(),
        ),
        (
            "report-get",
            "reportGet",
            format!(
                "apis.usage.query cannot be `reportGet`; perhaps report-get is meant, of report-get, query-get, query-post {}",
                place(5, "\"report-get")
            ),
        ),
        (
            r#""Example Mobile""#,
            "7",
            format!("name is the number 7, where a text in quotation marks must stand {}", place(2, "\"Example Mobile")),
        ),
        (r#""id": "example""#, r#""id": "example", "id": "other""#, "id stands there twice: delete one (line 2, column 39)".to_owned()),
        ("https://id.example", "http://id.example", format!("identity.issuer is not https: the address begins with https:// {}", place(3, "\"https"))),
        (r#"["nl"]"#, "[]", format!("languages names no language: write at least one, such as \"nl\" {}", place(2, "[\"nl"))),
        (r#"["usage"]"#, r#"["usage", "plan"]"#, format!("apis.product is missing although the capability plan is listed {}", place(4, "{"))),
    ] {
        assert_eq!(said(from, to), expected, "{to}");
    }
}

#[test]
fn a_profile_may_hold_comments_and_the_address_of_its_schema() {
    let mut commented = example();
    commented["//"] = json!("Made for an example.");
    commented["$schema"] = json!("./profile.schema.json");
    commented["identity"]["//issuer"] = json!("As the provider says it.");
    commented["//alerts"] = json!({ "not": ["read", null] });
    assert_eq!(Profile::parse(&commented.to_string()).unwrap().id, "example");
    commented["//alerts"] = Value::Null;
    commented["identity"]["/issuer"] = json!("No comment.");
    assert_eq!(field_at_fault(&commented), "identity./issuer");
}

#[test]
fn the_sandboxs_profile_is_complete() {
    let profile = Profile::parse(include_str!("../../../profiles/sandbox.json")).unwrap();
    assert_eq!(profile.origins().len(), 11);
    assert!(
        [Capability::Usage, Capability::Plan, Capability::Notifications, Capability::Invoices, Capability::WifiCalling]
            .iter()
            .all(|one| profile.offers(*one))
    );
}

#[test]
fn the_first_operators_profile_waits_for_its_endpoints() {
    let shipped = include_str!("../../../profiles/telenet-business.json");
    let Err(Problem::Configuration { field, reason }) = Profile::parse(shipped) else { panic!("has endpoints") };
    assert_eq!(field, "identity.issuer");
    assert!(reason.contains("the operator fills it in (line 8, column "), "{reason}");
    let fields: Vec<String> = Profile::faults(shipped).into_iter().map(|fault| fault.field).collect();
    assert!(fields.len() > 3 && fields.contains(&"identity.clientId".to_owned()), "{fields:?}");
}
