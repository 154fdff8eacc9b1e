//! An operator with one fault: exactly that is named, by capability and line of the contract, and nothing else.

use companion_sandbox::{
    BillDelivery, Faults, IdTokenAlg, IdTokenFaults, IdentityFaults, Instead, JwksFault, PreferenceHome, Rotation,
    SandboxOptions,
};
use serde_json::{Value, json};

use crate::case::{Case, bent, case, claim, each_is_named, id_token, identity, instead, only, signed, without_header};

const USAGE: &str = "/tmf-api/usageConsumption";
const BILLS: &str = "/tmf-api/customerBillManagement/v5/customerBill";
const ONE_BILL: &str = "/tmf-api/customerBillManagement/v5/customerBill/";
const LINE_SERVICE: &str = "/tmf-api/serviceInventory/v5/service/";
const SERVICES: &str = "/tmf-api/serviceInventory";

fn sign_in() -> Vec<Case> {
    vec![
        case("id token for another app", claim("aud", json!("another")), &["fault signIn id-token claims.aud"]),
        case(
            "id token of another issuer",
            claim("iss", json!("https://evil.example")),
            &["fault signIn id-token claims.iss"],
        ),
        case("id token of another request", claim("nonce", json!("old")), &["fault signIn id-token claims.nonce"]),
        case("id token that ran out", claim("exp", json!(1_000_000_000)), &["fault signIn id-token claims.exp"]),
        case("id token without a signature", signed(IdTokenAlg::None), &["fault signIn id-token header.alg"]),
        case("id token signed with a public key", signed(IdTokenAlg::Hs256), &["fault signIn id-token header.alg"]),
        case("id token of a key nobody has", signed(IdTokenAlg::UnknownKid), &["fault signIn id-token header.kid"]),
        case(
            "no keys",
            identity(IdentityFaults { jwks: Some(JwksFault::Empty), ..IdentityFaults::default() }),
            &["fault signIn signing-keys keys[]"],
        ),
        case(
            "no id token",
            id_token(IdTokenFaults { missing: true, ..IdTokenFaults::default() }),
            &["fault signIn token-exchange id_token"],
        ),
        case(
            "an issuer that is not the profile's",
            identity(IdentityFaults {
                discovery: Some(json!({ "issuer": "https://evil.example" })),
                ..IdentityFaults::default()
            }),
            &["fault signIn provider-metadata issuer"],
        ),
        case(
            "no iss in the callback although it was promised",
            identity(IdentityFaults { callback_iss: Some(String::new()), ..IdentityFaults::default() }),
            &["fault signIn sign-in-page iss"],
        ),
        case(
            "pushed requests promised and not there",
            Faults { status: Some(404), ..only("/par") },
            &["fault signIn pushed-request status"],
        ),
        Case {
            options: SandboxOptions { dpop: true, ..SandboxOptions::default() },
            ..case(
                "bearer tokens where the profile says bound ones",
                identity(IdentityFaults { bearer_downgrade: true, ..IdentityFaults::default() }),
                &["fault signIn token-exchange token_type"],
            )
        },
        Case {
            options: SandboxOptions { rotation: Rotation::Keep, ..SandboxOptions::default() },
            ..case("no rotation", Faults::default(), &["remark signIn token-renewal refresh_token"])
        },
        Case {
            options: SandboxOptions { grace_seconds: 3600, ..SandboxOptions::default() },
            ..case("a former refresh token is taken", Faults::default(), &["remark signIn token-renewal refresh_token"])
        },
        case(
            "userinfo of somebody else",
            bent("/userinfo", &[("/sub", json!("another"))]),
            &["fault signIn userinfo sub"],
        ),
    ]
}

fn usage() -> Vec<Case> {
    vec![
        case(
            "a wrong unit",
            bent(USAGE, &[("/0/bucket/0/remainingValue/units", json!("parsec"))]),
            &["fault usage usage-report [].bucket[].remainingValue.units"],
        ),
        case(
            "no count",
            bent(USAGE, &[("/0/lastUpdate", Value::Null), ("/0/creationDate", Value::Null)]),
            &["fault usage usage-report [].lastUpdate"],
        ),
        case("no entity tag", without_header(USAGE, "etag"), &["remark usage usage-report header ETag"]),
        Case {
            days: 10,
            ..case(
                "a cycle that is over",
                Faults { stale_cycle: true, ..Faults::default() },
                &["fault usage usage-report bucket[].validFor"],
            )
        },
        case(
            "another person's line",
            bent(USAGE, &[("/0/logicalResource/0", json!({ "id": "x", "value": "+32470999999" }))]),
            &["fault usage usage-report []"],
        ),
        case(
            "an error with 200",
            instead(USAGE, Instead::json(json!({ "code": "60", "reason": "not found" }))),
            &["fault usage usage-report body"],
        ),
        case("a page to sign in at", Faults { html_portal: true, ..only(USAGE) }, &["fault usage usage-report body"]),
        case(
            "JSON that is said to be text",
            Faults { content_type: Some("text/plain".to_owned()), ..only(USAGE) },
            &["remark usage usage-report header Content-Type"],
        ),
        case("no JSON", Faults { garbage: true, ..only(USAGE) }, &["fault usage usage-report body"]),
        case(
            "a redirect",
            Faults { status: Some(302), location: Some("https://sso.example/".to_owned()), ..only(USAGE) },
            &["fault usage usage-report status"],
        ),
    ]
}

fn the_rest() -> Vec<Case> {
    let bills = |options: SandboxOptions, it: Case| Case { options, ..it };
    let by_url = SandboxOptions { bill_delivery: BillDelivery::Url, ..SandboxOptions::default() };
    vec![
        case(
            "500 for plans",
            Faults { status: Some(500), ..only("/tmf-api/productInventory") },
            &["fault plan products status"],
        ),
        case(
            "plans without a name",
            bent("/tmf-api/productInventory", &[("/*/name", Value::Null), ("/*/productOffering", Value::Null)]),
            &["fault plan products [].name"],
        ),
        case("bills without an id", bent(BILLS, &[("/0/id", Value::Null)]), &["fault invoices bills [].id"]),
        case(
            "money as text with a comma",
            bent(BILLS, &[("/0/amountDue/value", json!("12,34"))]),
            &["remark invoices bills [].amountDue.value"],
        ),
        case(
            "money that can be read in two ways",
            bent(BILLS, &[("/0/amountDue/value", json!("1.234"))]),
            &["fault invoices bills [].amountDue.value"],
        ),
        case(
            "dollars",
            bent(BILLS, &[("/0/amountDue/unit", json!("USD"))]),
            &["fault invoices bills [].amountDue.unit"],
        ),
        bills(
            by_url.clone(),
            case(
                "a document elsewhere",
                bent(ONE_BILL, &[("/billDocument/0/url", json!("https://evil.example/a.pdf"))]),
                &["fault invoices bill-document billDocument[].url"],
            ),
        ),
        bills(
            by_url,
            case(
                "a document that is not as its digest says",
                bent(ONE_BILL, &[("/billDocument/0/checksum", json!("0".repeat(64)))]),
                &["fault invoices document-bytes body"],
            ),
        ),
        Case {
            options: SandboxOptions { preferences: PreferenceHome::ServiceFeature, ..SandboxOptions::default() },
            ..case(
                "notifications without a tag",
                without_header(LINE_SERVICE, "etag"),
                &["remark notifications line-service header ETag"],
            )
        },
        case(
            "a switch that is neither on nor off",
            bent("/communicationManagement/v1/communicationPreference", &[("/0/isEnabled", Value::Null)]),
            &["fault notifications preferences [].isEnabled"],
        ),
        case(
            "a service without a feature",
            bent(SERVICES, &[("/*/feature", Value::Null)]),
            &["fault wifiCalling wifi-services feature"],
        ),
        case(
            "orders that are no list",
            instead("/tmf-api/productOrderingManagement", Instead::json(json!({ "hello": 1 }))),
            &["fault activation line-orders body"],
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_sign_in_is_named_and_nothing_else() {
    each_is_named(sign_in()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_usage_is_named_and_nothing_else() {
    each_is_named(usage()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_rest_is_named_and_nothing_else() {
    each_is_named(the_rest()).await;
}
