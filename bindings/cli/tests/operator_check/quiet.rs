//! An operator that answers well, and the app has nothing to show for it: that is said, where the member that is missing is.

use companion_sandbox::{Bend, Faults, SandboxOptions};
use serde_json::{Value, json};

use crate::case::{Case, bent, case, each_is_named, only, without_header};

const USAGE: &str = "/tmf-api/usageConsumption";
const PRODUCTS: &str = "/tmf-api/productInventory";
const BILLS: &str = "/tmf-api/customerBillManagement/v5/customerBill";
const ACCOUNTS: &str = "/tmf-api/accountManagement";
const PREFERENCES: &str = "/communicationManagement/v1/communicationPreference";
const ORDERS: &str = "/tmf-api/productOrderingManagement";
const SIMS: &str = "/tmf-api/resourceInventoryManagement";

const COSTS: &str = "/tmf-api/customerBillManagement/v5/appliedCustomerBillingRate";

/// A list of nothing, with its tag.
fn none() -> Bend {
    Bend { members: [(String::new(), json!([]))].into(), ..Bend::default() }
}

fn empty(path: &str) -> Faults {
    Faults { bend: [(path.to_owned(), none())].into(), ..Faults::default() }
}

fn cases() -> Vec<Case> {
    vec![
        case(
            "no line",
            bent("/userinfo", &[("/userAssets", json!([])), ("/phone_number", Value::Null)]),
            &["fault signIn userinfo userAssets"],
        ),
        case("no usage", empty(USAGE), &["remark usage usage-report body"]),
        case(
            "usage without a bucket",
            bent(USAGE, &[("/*/bucket", Value::Null), ("/*/product/*/consumptionSummary", Value::Null)]),
            &["remark usage usage-report body"],
        ),
        case("no plan", empty(PRODUCTS), &["remark plan products body"]),
        case(
            "a plan that ended",
            bent(PRODUCTS, &[("/*/status", json!("terminated"))]),
            &["remark plan products body"],
        ),
        case("no notification", empty(PREFERENCES), &["remark notifications preferences body"]),
        case(
            "no bill and nothing that runs",
            Faults { bend: [BILLS, COSTS].map(|path| (path.to_owned(), none())).into(), ..Faults::default() },
            &["remark invoices bills body"],
        ),
        case("no bill", empty(BILLS), &["remark invoices bills body"]),
        case(
            "a bill without an amount",
            bent(
                BILLS,
                &[
                    ("/0/amountDue", Value::Null),
                    ("/0/taxIncludedAmount", Value::Null),
                    ("/0/remainingAmount", Value::Null),
                ],
            ),
            &["fault invoices bills [].amountDue"],
        ),
        case(
            "usage without a cycle",
            bent(USAGE, &[("/*/bucket/*/validFor", Value::Null)]),
            &["remark usage usage-report bucket[].validFor"],
        ),
        case("plans of no bytes", Faults { empty_body: true, ..only(PRODUCTS) }, &["fault plan products body"]),
        case("no plan to tell of", Faults { status: Some(204), ..only(PRODUCTS) }, &["fault plan products status"]),
        case("userinfo of no bytes", Faults { empty_body: true, ..only("/userinfo") }, &["fault signIn userinfo body"]),
        case("no account", empty(ACCOUNTS), &["remark invoices billing-accounts body"]),
        case(
            "accounts without an id",
            bent(ACCOUNTS, &[("/*/id", Value::Null)]),
            &["fault invoices billing-accounts [].id"],
        ),
        case(
            "a bill without a date",
            bent(BILLS, &[("/0/billDate", Value::Null)]),
            &["remark invoices bills [].billDate"],
        ),
        case(
            "no order and no SIM",
            Faults { bend: [ORDERS, SIMS].map(|path| (path.to_owned(), none())).into(), ..Faults::default() },
            &["remark activation esims body"],
        ),
        case("SIMs without an id", bent(SIMS, &[("/*/id", Value::Null)]), &["fault activation sim-cards [].id"]),
        case("orders without an id", bent(ORDERS, &[("/*/id", Value::Null)]), &["fault activation line-orders [].id"]),
        Case {
            // The phone's own clock has to do.
            options: SandboxOptions { now: jiff::Timestamp::now(), ..SandboxOptions::default() },
            ..case(
                "answers without a time",
                without_header("/", "date"),
                &["remark signIn provider-metadata header Date"],
            )
        },
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_well_and_shows_nothing_is_said() {
    each_is_named(cases()).await;
}
