//! Lines of a bill's detail and running costs: each read for itself, so that a bad one hides no other.

use super::text::{id, reference, short, text};
use super::{HowToRead, LinesOf, amount, characteristic, dates, owner, vocabulary};
use crate::invoices::model::{BillLine, Flag, LineKind, TaxItem, ToldRate};
use crate::money::Cents;
use crate::operator::tolerant::{Findings, Node, WarningKind};

/// No answer below the cap of a document has more that anybody could read.
const MAX_LINES: usize = 5_000;
/// No country has more rates.
const MAX_TAXES: usize = 20;
/// What the operator calls the type of a line: version 4, version 5.
const TYPE: &[&str] = &["appliedBillingRateType", "type"];

pub(super) fn read_all(
    nodes: &[Node<'_>],
    of: LinesOf<'_>,
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Vec<BillLine> {
    let mut lines: Vec<BillLine> = Vec::new();
    // Ids as written, to find the same one again among thousands.
    let mut places = std::collections::BTreeMap::<String, Vec<usize>>::new();
    for node in nodes {
        if !is_asked_for(*node, of, how, findings) {
            continue;
        }
        if lines.len() >= MAX_LINES {
            findings.note(node.place(), WarningKind::TooMany);
            break;
        }
        let mut found = line(*node, lines.len(), how, findings);
        let same = places.entry(found.id.clone()).or_default();
        let is_repeated = same.iter().any(|place| {
            lines.get(*place).is_some_and(|other| BillLine { id: found.id.clone(), ..other.clone() } == found)
        });
        if is_repeated {
            findings.note(node.place(), WarningKind::DuplicateLine);
            continue;
        }
        if !same.is_empty() {
            findings.note(node.place(), WarningKind::DuplicateLineDiffers);
        }
        same.push(lines.len());
        if same.len() > 1 {
            found.id = format!("{}#{}", found.id, same.len());
        }
        lines.push(found);
    }
    lines
}

fn is_asked_for(node: Node<'_>, of: LinesOf<'_>, how: &HowToRead<'_>, findings: &mut Findings) -> bool {
    let bill = reference(node, &["bill"]);
    match of {
        LinesOf::Any => owner::is_own(node, false, how, findings),
        LinesOf::Bill(asked) => match bill {
            Some(bill) if bill == asked => owner::is_own(node, true, how, findings),
            Some(_) => {
                findings.note(node.place(), WarningKind::NotOfThisBill);
                false
            }
            None => {
                let is_running = node.flag(&["isBilled"]) == Some(false);
                let kind = if is_running { WarningKind::NotOfThisBill } else { WarningKind::BillUnclear };
                findings.note(node.place(), kind);
                false
            }
        },
        LinesOf::Running => {
            if is_billed(node) {
                findings.note(node.place(), WarningKind::NotOfThisBill);
                return false;
            }
            owner::is_own(node, false, how, findings)
        }
    }
}

/// What is on a bill names it; what says nothing is running.
fn is_billed(node: Node<'_>) -> bool {
    node.flag(&["isBilled"]).unwrap_or_else(|| node.one(&["bill"]).is_some())
}

fn line(node: Node<'_>, place: usize, how: &HowToRead<'_>, findings: &mut Findings) -> BillLine {
    let own_id = id(node, &["id"]).unwrap_or_else(|| {
        findings.note(node.place(), WarningKind::MissingId);
        format!("line-{place}")
    });
    let told = node.one(TYPE);
    let kind = told.and_then(|told| told.as_text()).and_then(vocabulary::line_kind);
    if kind.is_none() {
        findings.note(told.map_or(node.place(), |told| told.place()), WarningKind::UnknownLineKind);
    }
    let kind = kind.unwrap_or(LineKind::Unknown);
    let tax_excluded = amount::read(node, &["taxExcludedAmount"], findings);
    let tax_included = amount::read(node, &["taxIncludedAmount"], findings);
    let mut told = |names: &[&str]| characteristic::flag(node, names, findings);
    let flag = |said: Option<bool>| if said == Some(true) { Flag::Told } else { Flag::No };
    let third_party = flag(told(&["thirdpartycharge", "thirdparty"]));
    let employer_share = flag(told(&["employershare", "companyshare"]));
    let costs = tax_included.or(tax_excluded).is_some_and(|amount| amount != Cents::ZERO);
    let out_of_bundle = match told(&["outofbundle"]) {
        Some(said) => flag(Some(said)),
        None if kind == LineKind::Usage && costs => Flag::Assumed,
        None => Flag::No,
    };
    let product = node.one(&["product"]);
    BillLine {
        id: own_id,
        kind,
        name: text(node, &["name", "description"]),
        product: reference(node, &["product"]),
        product_name: product.and_then(|product| text(product, &["name"])),
        period: dates::period(node, &["periodCoverage"], how, findings),
        date: dates::day(node, &["date"], how, findings),
        tax_excluded,
        tax_included,
        taxes: taxes(node, &["appliedTax"], findings),
        out_of_bundle,
        third_party,
        employer_share,
        category: characteristic::text(node, &["contributioncategory"]).map(short),
        is_billed: is_billed(node),
        bill: reference(node, &["bill"]),
        account: reference(node, &["billingAccount"]),
    }
}

/// Tax as told.
pub(super) fn taxes(node: Node<'_>, names: &[&'static str], findings: &mut Findings) -> Vec<TaxItem> {
    let mut taxes = Vec::new();
    for item in node.list(names) {
        if taxes.len() >= MAX_TAXES {
            findings.note(item.place(), WarningKind::TooMany);
            break;
        }
        if !item.value().is_object() {
            findings.note(item.place(), WarningKind::NotAnObject);
            continue;
        }
        taxes.push(TaxItem {
            category: text(item, &["taxCategory"]),
            amount: amount::read(item, &["taxAmount"], findings),
            rate: rate(item, findings),
        });
    }
    taxes
}

fn rate(item: Node<'_>, findings: &mut Findings) -> Option<ToldRate> {
    let node = item.one(&["taxRate"])?;
    let decimal = amount::decimal(node, findings)?;
    let millionths = decimal.times(1_000_000).and_then(|millionths| u32::try_from(millionths).ok());
    let rate = node.as_text().zip(millionths);
    if rate.is_none() {
        findings.note(node.place(), WarningKind::UnreadableRate);
    }
    rate.map(|(text, millionths)| ToldRate { text: short(text), millionths })
}
