//! What TMF678 has no member for: `characteristic[]`, with names of ours. Version 5 has it on `appliedCustomerBillingRate`;
//! on `customerBill` it is an extension (`@baseType` `CustomerBill`).
//!
//! | on | name | value |
//! |---|---|---|
//! | a line | `outOfBundle` | true: beside the plan. Absent, a usage line that costs something is taken as such |
//! | a line | `thirdPartyCharge` | true: a third party's service |
//! | a line | `employerShare` | true: what the employer takes over, as a negative line |
//! | a line | `contributionCategory` | the category an employer's contribution may be limited to |
//! | a bill | `payment.reference` | the reference to give: structured communication, RF reference, text |
//! | a bill | `payment.creditorName`, `payment.creditorIban`, `payment.creditorBic` | who is to be paid |
//! | a bill | `payment.link` | an address to pay at |
//! | a bill | `payment.method` | `directDebit`, `transfer`, `card` |
//! | a bill | `payment.collectionDate` | when a direct debit is collected |
//! | a bill | `outOfBundleTotal` | money: the total of what is beside the plan |
//! | a bill | `originalBill` | the number or id of the bill that a credit note or a reminder is about |
//!
//! Letter case, dots and dashes do not matter, and a name may begin with `mcc.` or `mcc.bill.`.

use crate::operator::tolerant::{Findings, Node, WarningKind, folded, recorder};

/// No bill and no line has more.
const MAX: usize = 100;

/// The value of the first characteristic with one of these names, which are folded.
pub(super) fn value<'v>(holder: Node<'v>, names: &[&str]) -> Option<Node<'v>> {
    recorder::characteristics_asked(holder.value(), names);
    let is_meant = |one: &Node<'v>| {
        one.text(&["name", "id"]).is_some_and(|name| {
            let name = folded(name);
            let name = name.strip_prefix("mccbill").or_else(|| name.strip_prefix("mcc")).unwrap_or(&name);
            names.contains(&name)
        })
    };
    let found = holder.list(&["characteristic"]).take(MAX).find(is_meant)?;
    found.one(&["value"])
}

/// Its value as text.
pub(super) fn text<'v>(holder: Node<'v>, names: &[&str]) -> Option<&'v str> {
    let value = value(holder, names)?;
    value.as_text().or_else(|| value.text(&["value", "alias"]))
}

/// Whether its value is yes; none: it is not there, or neither yes nor no.
pub(super) fn flag(holder: Node<'_>, names: &[&str], findings: &mut Findings) -> Option<bool> {
    let value = value(holder, names)?;
    let said = match value.value().as_bool() {
        Some(flag) => Some(flag),
        None => match value.as_text().map(str::to_ascii_lowercase).as_deref() {
            Some("true" | "yes" | "1" | "y") => Some(true),
            Some("false" | "no" | "0" | "n") => Some(false),
            _ => None,
        },
    };
    if said.is_none() {
        findings.note(value.place(), WarningKind::UnreadableFlag);
    }
    said
}
