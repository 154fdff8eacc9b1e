//! A problem is laid on the request that it came from, once, and what was never asked for is not at fault.

use companion_sandbox::{DocumentFaults, Faults, IdentityFaults, JwksFault, SandboxOptions, TokenError};
use serde_json::json;

use crate::case::{Case, bent, case, each_is_named, identity, only};

const USAGE: &str = "/tmf-api/usageConsumption";
const SIMS: &str = "/tmf-api/resourceInventoryManagement";

fn cases() -> Vec<Case> {
    vec![
        case(
            "SIMs that are not found",
            Faults { status: Some(404), ..only(SIMS) },
            &["fault activation sim-cards status"],
        ),
        case(
            "tokens of another type",
            identity(IdentityFaults {
                token_answer: Some(json!({ "token_type": "mac" })),
                ..IdentityFaults::default()
            }),
            &["fault signIn token-exchange token_type"],
        ),
        case(
            "no access token",
            identity(IdentityFaults {
                token_answer: Some(json!({ "access_token": null })),
                ..IdentityFaults::default()
            }),
            &["fault signIn token-exchange access_token"],
        ),
        case(
            "a callback of another request",
            identity(IdentityFaults { callback_state: Some("other".to_owned()), ..IdentityFaults::default() }),
            &["fault signIn sign-in-page state"],
        ),
        case(
            "a person who is refused",
            identity(IdentityFaults { authorize_error: Some("access_denied".to_owned()), ..IdentityFaults::default() }),
            &["fault signIn sign-in-page error"],
        ),
        case(
            "a scope nobody knows",
            identity(IdentityFaults { authorize_error: Some("invalid_scope".to_owned()), ..IdentityFaults::default() }),
            &["fault signIn sign-in-page error"],
        ),
        Case {
            options: SandboxOptions { dpop: true, ..SandboxOptions::default() },
            ..case(
                "a nonce for each proof",
                identity(IdentityFaults { dpop_nonce_loop: true, ..IdentityFaults::default() }),
                &["fault signIn pushed-request header DPoP-Nonce"],
            )
        },
        case(
            "the code is refused",
            Faults {
                token_error: Some(TokenError {
                    status: 400,
                    content_type: None,
                    body: json!({ "error": "invalid_client" }).to_string(),
                }),
                ..Faults::default()
            },
            &["fault signIn token-exchange status"],
        ),
        case(
            "no answer to a renewal",
            Faults { refresh_lost: true, ..Faults::default() },
            &["fault signIn token-renewal connection"],
        ),
        case(
            "two keys of one name",
            identity(IdentityFaults { jwks: Some(JwksFault::DuplicateKid), ..IdentityFaults::default() }),
            &["fault signIn signing-keys keys[].kid"],
        ),
        case(
            "a key of another kind",
            identity(IdentityFaults { jwks: Some(JwksFault::WrongKeyType), ..IdentityFaults::default() }),
            &["fault signIn signing-keys keys[].kty"],
        ),
        case(
            "numbers of the country alone",
            bent("/userinfo", &[("/phone_number", json!("0470123456")), ("/userAssets/*/name", json!("0470123456"))]),
            &["fault signIn userinfo userAssets[].msisdn"],
        ),
        case(
            "too many requests",
            Faults { status: Some(429), retry_after: Some("120".to_owned()), ..only(USAGE) },
            &["fault usage usage-report status"],
        ),
        case(
            "usage that fails once",
            Faults { status: Some(500), times: Some(1), ..only(USAGE) },
            &["remark usage usage-report status"],
        ),
        case(
            "userinfo that fails once",
            Faults { status: Some(500), times: Some(1), ..only("/userinfo") },
            &["remark signIn userinfo status"],
        ),
        case(
            "a counter of what nobody knows",
            bent(USAGE, &[("/0/bucket/0/usageType", json!("parsecs"))]),
            &["remark usage usage-report [].bucket[].usageType"],
        ),
        Case {
            options: SandboxOptions {
                bill_delivery: companion_sandbox::BillDelivery::Url,
                ..SandboxOptions::default()
            },
            ..case(
                "documents that never are ready",
                Faults {
                    documents: DocumentFaults { not_ready: true, ..DocumentFaults::default() },
                    ..Faults::default()
                },
                &["fault invoices document-bytes body"],
            )
        },
        Case {
            options: SandboxOptions {
                bill_delivery: companion_sandbox::BillDelivery::Url,
                ..SandboxOptions::default()
            },
            ..case(
                "documents unlike their own digest",
                Faults {
                    documents: DocumentFaults { wrong_digest: true, ..DocumentFaults::default() },
                    ..Faults::default()
                },
                &["remark invoices document-bytes header Repr-Digest"],
            )
        },
        case(
            "guides that are not found",
            Faults { status: Some(404), ..only("/guides") },
            &["remark wifiCalling guides status"],
        ),
        case("a page for guides", Faults { html_portal: true, ..only("/guides") }, &["remark wifiCalling guides body"]),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_laid_on_the_request_that_it_came_from() {
    each_is_named(cases()).await;
}
