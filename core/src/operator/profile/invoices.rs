//! The operator's invoices, as its profile has them: where they are, where their documents are, what the employer pays.

use serde::{Deserialize, Serialize};
use url::{Origin, Url};

use super::fault::Faults;

/// TMF678 at this operator. The version of the body is told by its members, never configured.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InvoicesApi {
    /// Address before `/customerBill` and `/appliedCustomerBillingRate`.
    pub base_url: String,
    /// The attribute that selects the bills and running costs of an account.
    #[serde(default = "account_filter")]
    pub account_filter: String,
    /// The attribute that selects the lines of a bill.
    #[serde(default = "bill_filter")]
    pub bill_filter: String,
    /// TMF666: address before `/billingAccount`. Absent: the person's own bills are known by naming the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_base_url: Option<String>,
    /// The attribute that selects a person's accounts, or bills where accounts are not told.
    #[serde(default = "super::party_filter")]
    pub party_filter: String,
    /// TMF667: address before `/document`. Absent: a document known by its id alone cannot be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_base_url: Option<String>,
    /// Origins besides the APIs' own that printed documents may be at. No token goes there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_origins: Vec<String>,
    /// The largest document that is fetched, in MiB. Absent: 25.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_document_mib: Option<u32>,
    /// Hosts besides Bancontact's that payment links may have, each compared whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payment_hosts: Vec<String>,
    /// What is known of the operator's split bill.
    #[serde(default)]
    pub split_bill: SplitBill,
}

fn account_filter() -> String {
    "billingAccount.id".to_owned()
}

fn bill_filter() -> String {
    "bill.id".to_owned()
}

/// How the operator splits bills between employer and employee, as far as it says so.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SplitBill {
    /// When a private invoice comes.
    #[serde(default)]
    pub policy: SplitPolicy,
    /// What every employer contributes, where the operator has one rule for all. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Vec<ContributionPart>>,
}

/// What is compared with € 5, and what becomes of smaller amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SplitPolicy {
    /// The total since the last invoice.
    #[default]
    Cumulative,
    /// The total of one period; small amounts wait.
    PerPeriod,
    /// The total of one period; small amounts are never billed.
    PerPeriodWaived,
}

/// A part of an employer's contribution.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContributionPart {
    /// Only for charges of this category, as the operator names it. Absent: for all that can be covered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How much.
    pub covers: ContributionCovers,
}

/// How much a part of a contribution covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ContributionCovers {
    /// Everything.
    All,
    /// At most so many cents in a period, VAT included.
    UpToCents(u32),
    /// A share of each charge, in hundredths of a percent.
    ShareBasisPoints(u32),
}

impl InvoicesApi {
    /// Checks what types cannot say, and returns the origins of its APIs.
    pub(super) fn check(&self, faults: &mut Faults) -> Vec<Origin> {
        let mut origins: Vec<Origin> = faults.https("apis.invoices.baseUrl", &self.base_url).into_iter().collect();
        let others = [
            ("apis.invoices.accountBaseUrl", &self.account_base_url),
            ("apis.invoices.documentBaseUrl", &self.document_base_url),
        ];
        origins.extend(others.into_iter().filter_map(|(field, url)| faults.https(field, url.as_ref()?)));
        for (field, value) in [
            ("apis.invoices.accountFilter", &self.account_filter),
            ("apis.invoices.billFilter", &self.bill_filter),
            ("apis.invoices.partyFilter", &self.party_filter),
        ] {
            faults.filled(field, value);
        }
        for (at, origin) in self.document_origins.iter().enumerate() {
            faults.https(&format!("apis.invoices.documentOrigins[{at}]"), origin);
        }
        let is_host =
            |host: &String| Url::parse(&format!("https://{host}/")).is_ok_and(|url| url.host_str() == Some(host));
        for (at, _) in self.payment_hosts.iter().enumerate().filter(|(_, host)| !is_host(host)) {
            let field = format!("apis.invoices.paymentHosts[{at}]");
            faults.add(field, "is something else than a host's name: no scheme, no path, in lower case");
        }
        let parts = self.split_bill.contribution.iter().flatten().enumerate();
        for (at, _) in parts.filter(|(_, part)| matches!(part.covers, ContributionCovers::ShareBasisPoints(10_001..))) {
            let field = format!("apis.invoices.splitBill.contribution[{at}].covers.shareBasisPoints");
            faults.add(field, "is more than the whole, which is 10000");
        }
        origins
    }

    /// The origins of the APIs that tell where printed documents are, and that may have them: these see the access token.
    pub fn api_origins(&self) -> Vec<Origin> {
        let urls = [Some(&self.base_url), self.document_base_url.as_ref()].into_iter().flatten();
        urls.filter_map(|url| Url::parse(url).ok()).map(|url| url.origin()).collect()
    }

    /// The origins besides the APIs' own that printed documents may be at.
    pub fn document_origins(&self) -> Vec<Origin> {
        self.document_origins.iter().filter_map(|origin| Url::parse(origin).ok()).map(|url| url.origin()).collect()
    }
}
