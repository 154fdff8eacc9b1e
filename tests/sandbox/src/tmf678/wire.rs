//! Bills, lines, accounts and documents as this operator writes them, in version 4 and in version 5. Version 4 tells an
//! account's name for a party plainly, writes credit notes without a sign and rates as fractions; version 5 puts parties one
//! level deeper, has a sign, and writes rates in percent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::books::{Bill, Books, Kind, Line, LineKind};
use super::host::{GOOD_FOR_S, signed_address};
use super::pattern::Delivery;
use super::pdf::{self, Printed};
use crate::clock::{Cycle, wire_day, wire_time};
use crate::ids::hex;
use crate::options::{BillDelivery, BillDialect, CycleEnd};
use crate::people::Person;
use crate::state::World;

/// Base addresses and habits of this operator.
#[derive(Debug, Clone)]
pub(super) struct Wire<'a> {
    pub(super) origin: &'a str,
    pub(super) document_origin: &'a str,
    pub(super) dialect: BillDialect,
    pub(super) delivery: BillDelivery,
    pub(super) cycle_end: CycleEnd,
    pub(super) seed: u64,
    pub(super) now_s: i64,
    pub(super) padding: usize,
    /// Since when bills are to be paid to the other account.
    pub(super) new_payee: Option<Date>,
}

pub(super) const BASE: &str = "/tmf-api/customerBillManagement/v5";
pub(super) const ACCOUNTS: &str = "/tmf-api/accountManagement/v4";
pub(super) const STORE: &str = "/tmf-api/documentManagement/v4";

const CREDITOR: &str = "Sandbox Mobile NV";
const IBAN: &str = "BE68 5390 0754 7034";
/// The account of the fault `new_payee`.
const OTHER_IBAN: &str = "BE71 0961 2345 6769";
const BIC: &str = "GKCCBEBB";

impl<'a> Wire<'a> {
    pub(super) fn of(world: &World, origin: &'a str, document_origin: &'a str) -> Self {
        Wire {
            origin,
            document_origin,
            dialect: world.options.bill_dialect,
            delivery: world.options.bill_delivery,
            cycle_end: world.options.cycle_end,
            seed: world.options.seed,
            now_s: world.clock.now().as_second(),
            padding: world.faults.document_padding(),
            new_payee: world.faults.new_payee(),
        }
    }

    fn is_v5(&self) -> bool {
        self.dialect == BillDialect::V5
    }

    /// TMF `Money`, from its digits.
    fn money(cents: i64) -> Value {
        let sign = if cents < 0 { "-" } else { "" };
        let size = cents.unsigned_abs();
        let digits = format!("{sign}{}.{:02}", size / 100, size % 100);
        json!({ "unit": "EUR", "value": serde_json::from_str::<Value>(&digits).unwrap_or_default() })
    }

    fn characteristic(&self, name: &str, kind: &str, value: Value) -> Value {
        let mut one = json!({ "name": name, "valueType": kind, "value": value });
        if self.is_v5() {
            let class = match kind {
                "boolean" => "BooleanCharacteristic",
                "object" => "ObjectCharacteristic",
                _ => "StringCharacteristic",
            };
            one["@type"] = json!(class);
        }
        one
    }

    fn account_ref(&self, account: &str) -> Value {
        json!({
            "id": account,
            "href": format!("{}{ACCOUNTS}/billingAccount/{account}", self.origin),
            "@referredType": "BillingAccount",
            "@type": "BillingAccountRef",
        })
    }

    fn party(&self, person: &Person, role: &str) -> Value {
        let href = format!("{}/tmf-api/partyManagement/v5/individual/{}", self.origin, person.sub);
        let party = json!({ "id": person.sub, "href": href, "name": person.name, "@referredType": "Individual" });
        if self.is_v5() {
            return json!({ "role": role, "partyOrPartyRole": party, "@type": "RelatedPartyOrPartyRole" });
        }
        let mut party = party;
        party["role"] = json!(role);
        party
    }

    fn period(&self, cycle: &Cycle) -> Value {
        let last = cycle.next_first_day.yesterday().unwrap_or(cycle.next_first_day);
        let end = match self.cycle_end {
            CycleEnd::Exclusive => wire_day(cycle.next_first_day),
            CycleEnd::Inclusive => wire_day(last),
        };
        json!({ "startDateTime": wire_day(cycle.first_day), "endDateTime": end })
    }

    /// A rate: percent in version 5, a fraction in version 4.
    fn rate(&self, percent: u32) -> Value {
        match (self.is_v5(), percent) {
            (_, 0) => json!(0),
            (true, percent) => json!(percent),
            (false, percent) => serde_json::from_str(&format!("0.{percent:02}")).unwrap_or_default(),
        }
    }

    fn tax_item(&self, percent: u32, cents: i64, class: &str) -> Value {
        let mut item = json!({ "taxCategory": "VAT", "taxRate": self.rate(percent), "taxAmount": Self::money(cents) });
        if self.is_v5() {
            item["@type"] = json!(class);
        }
        item
    }

    /// TMF666.
    pub(super) fn account(&self, person: &Person, account: &str) -> Value {
        json!({
            "id": account,
            "href": format!("{}{ACCOUNTS}/billingAccount/{account}", self.origin),
            "name": format!("{} (private)", person.name),
            "accountType": "individual",
            "state": "active",
            "relatedParty": [{ "id": person.sub, "name": person.name, "role": "owner", "@referredType": "Individual" }],
            "@type": "BillingAccount",
        })
    }

    /// TMF678 `customerBill`; the document only where one bill was asked for.
    pub(super) fn bill(&self, person: &Person, books: &Books, bill: &Bill, with_document: bool) -> Value {
        // Without a sign, only the category tells a credit note.
        let sign = if self.is_v5() || bill.kind != Kind::CreditNote { 1 } else { -1 };
        let (total, tax) = (bill.total() * sign, bill.tax() * sign);
        let category = match bill.kind {
            Kind::Invoice => "normal",
            Kind::CreditNote => "credit note",
            Kind::Statement => "payment statement",
        };
        let mut taxes = vec![self.tax_item(21, tax, "TaxItem")];
        if bill.lines.iter().any(|line| line.third_party) {
            taxes.push(self.tax_item(0, 0, "TaxItem"));
        }
        if bill.kind == Kind::Statement {
            taxes.remove(0);
        }
        let changed = if bill.paid != 0 { bill.due } else { bill.issued };
        let mut body = json!({
            "id": bill.id,
            "href": format!("{}{BASE}/customerBill/{}", self.origin, bill.id),
            "billNo": bill.number,
            "billDate": wire_day(bill.issued),
            "billingPeriod": self.period(&bill.cycle),
            "category": category,
            "runType": "onCycle",
            "state": bill.state,
            "paymentDueDate": wire_day(bill.due),
            "lastUpdate": wire_day(changed),
            "amountDue": Self::money(total),
            "remainingAmount": Self::money(bill.open() * sign),
            "taxExcludedAmount": Self::money(total - tax),
            "taxIncludedAmount": Self::money(total),
            "taxItem": taxes,
            "billingAccount": self.account_ref(&books.account),
            "relatedParty": [self.party(person, "customer")],
            "characteristic": self.means(bill),
        });
        if bill.paid != 0 && bill.kind != Kind::CreditNote {
            let payment = json!({ "id": format!("PAY-{}", bill.number), "@referredType": "Payment" });
            body["appliedPayment"] = json!([{ "appliedAmount": Self::money(bill.paid), "payment": payment }]);
        }
        if bill.direct_debit {
            body["paymentMethod"] =
                json!({ "id": format!("PM-{}", books.account), "name": "SEPA", "@referredType": "DirectDebit" });
        }
        if self.is_v5() {
            body["@type"] = json!("SandboxCustomerBill");
            body["@baseType"] = json!("CustomerBill");
        }
        if with_document {
            body["billDocument"] = json!([self.document(person, bill, true)]);
        }
        body
    }

    fn means(&self, bill: &Bill) -> Vec<Value> {
        let mut all = Vec::new();
        let mut text = |name: &str, value: String| all.push(self.characteristic(name, "string", json!(value)));
        if let Some(original) = &bill.original {
            text("originalBill", original.clone());
        }
        if bill.kind != Kind::CreditNote {
            text("payment.reference", bill.reference());
            text("payment.creditorName", CREDITOR.to_owned());
            let is_other = self.new_payee.is_some_and(|since| bill.issued >= since);
            text("payment.creditorIban", if is_other { OTHER_IBAN } else { IBAN }.to_owned());
            text("payment.creditorBic", BIC.to_owned());
            if bill.direct_debit && bill.open() > 0 {
                text("payment.collectionDate", bill.due.to_string());
            } else if bill.open() > 0 {
                text("payment.link", format!("https://pay.sandbox.example/i/{}", bill.number));
            }
        }
        let beside: i64 = bill.lines.iter().filter(|line| line.out_of_bundle()).map(|line| line.cents).sum();
        all.push(self.characteristic("outOfBundleTotal", "object", Self::money(beside)));
        all
    }

    /// TMF678 `appliedCustomerBillingRate`.
    pub(super) fn line(&self, books: &Books, line: &Line, bill: Option<&Bill>) -> Value {
        let kind = match line.kind {
            LineKind::Recurring => "recurringCharge",
            LineKind::Usage => "usageCharge",
            LineKind::Credit => "appliedBillingCredit",
        };
        let mut flags = Vec::new();
        for (name, is_set) in [
            ("outOfBundle", line.out_of_bundle()),
            ("thirdPartyCharge", line.third_party),
            ("employerShare", line.employer_share),
        ] {
            if is_set {
                flags.push(self.characteristic(name, "boolean", json!(true)));
            }
        }
        let sign = if self.is_v5() || bill.is_none_or(|bill| bill.kind != Kind::CreditNote) { 1 } else { -1 };
        let (cents, tax) = (line.cents * sign, line.tax() * sign);
        let mut body = json!({
            "id": line.id,
            "href": format!("{}{BASE}/appliedCustomerBillingRate/{}", self.origin, line.id),
            "name": line.name,
            "date": wire_day(line.date),
            "isBilled": bill.is_some(),
            "periodCoverage": self.period(&line.cycle),
            "taxExcludedAmount": Self::money(cents - tax),
            "taxIncludedAmount": Self::money(cents),
            "billingAccount": self.account_ref(&books.account),
        });
        body[if self.is_v5() { "appliedBillingRateType" } else { "type" }] = json!(kind);
        if !line.third_party {
            body["appliedTax"] = json!([self.tax_item(21, tax, "AppliedBillingTaxRate")]);
        }
        if !flags.is_empty() {
            body["characteristic"] = json!(flags);
        }
        if let Some(bill) = bill {
            body["bill"] = json!({ "id": bill.id, "@referredType": "CustomerBill", "@type": "CustomerBillRef" });
        }
        if self.is_v5() {
            body["@type"] = json!("AppliedCustomerBillingRate");
        }
        body
    }

    pub(super) fn document_id(bill: &Bill) -> String {
        format!("DOC-{}", bill.number)
    }

    /// The printed bill.
    pub(super) fn pdf(&self, person: &Person, bill: &Bill) -> Printed {
        let euros = |cents: i64| {
            let sign = if cents < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
        };
        let last = bill.cycle.next_first_day.yesterday().unwrap_or(bill.cycle.next_first_day);
        let mut lines = vec![
            format!("Sandbox Mobile: {:?} {}", bill.kind, bill.number),
            format!("{}, {} to {}", person.name, bill.cycle.first_day, last),
            format!("Issued {}, due {}", bill.issued, bill.due),
            format!("Total (with VAT): EUR {}", euros(bill.total())),
            format!("Reference: {}", bill.reference()),
            String::new(),
        ];
        lines.extend(bill.lines.iter().map(|line| format!("{}  {}  {}", line.date, euros(line.cents), line.name)));
        pdf::printed(lines, self.padding)
    }

    /// `billDocument`, or an attachment of the document store.
    pub(super) fn document(&self, person: &Person, bill: &Bill, may_refer: bool) -> Value {
        let Printed { bytes, sha256 } = self.pdf(person, bill);
        let id = Self::document_id(bill);
        let delivery = match self.delivery {
            BillDelivery::ByPerson => bill.delivery,
            BillDelivery::Url => Delivery::Url,
            BillDelivery::Content => Delivery::Content,
            BillDelivery::Store => Delivery::Store,
        };
        let mut body = json!({
            "id": id,
            "href": format!("{}{STORE}/document/{id}", self.origin),
            "attachmentType": "summary",
            "mimeType": "application/pdf",
            "name": format!("Factuur Nº {}.pdf", bill.number),
        });
        let class = match (self.is_v5(), delivery) {
            (false, _) => "AttachmentRefOrValue",
            (true, Delivery::Store) if may_refer => "AttachmentRef",
            (true, _) => "Attachment",
        };
        body["@type"] = json!(class);
        if delivery == Delivery::Store && may_refer {
            return body;
        }
        body["size"] = json!({ "amount": bytes.len(), "units": "bytes" });
        body["checksum"] = json!(format!("sha-256:{}", hex(&sha256)));
        if delivery == Delivery::Content {
            body["content"] = json!(STANDARD.encode(&bytes));
        } else {
            let until = self.now_s + GOOD_FOR_S;
            body["url"] = json!(signed_address(self.document_origin, self.seed, &id, until));
            let until = Timestamp::from_second(until).map(wire_time).unwrap_or_default();
            body["validFor"] = json!({ "endDateTime": until });
        }
        body
    }

    /// TMF667 `document`.
    pub(super) fn stored(&self, person: &Person, bill: &Bill) -> Value {
        let id = Self::document_id(bill);
        json!({
            "id": id,
            "href": format!("{}{STORE}/document/{id}", self.origin),
            "name": format!("Bill {}", bill.number),
            "documentType": "bill",
            "lifecycleState": "available",
            "lastUpdate": wire_day(bill.issued),
            "attachment": [self.document(person, bill, false)],
            "@type": "Document",
        })
    }
}
