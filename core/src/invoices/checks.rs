//! Whether an invoice adds up: overview, detail and what is beside the plan, as printed. A check tells what it finds; it
//! never blocks, never corrects a line, and where sums disagree no figure is derived from the detail: [`Audit`] has none then,
//! and nothing else can make one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::model::{Bill, BillLine, BillState, DocumentKind, LineKind, TaxItem};
use crate::money::Cents;

/// What was found of a bill and its detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// What does not add up, in the order of the printed invoice.
    pub findings: Vec<Finding>,
    /// Sums of the detail. None where they are not those of the overview to the cent, or where a line lacks its amount.
    pub figures: Option<Figures>,
}

/// Something that does not add up. Both sides are the operator's own figures, in eurocents; they are shown as told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// The overview's total without tax and its tax are not its total with tax, by more than a cent for each rate.
    OverviewTax {
        /// Total without tax, and tax.
        parts: Cents,
        /// Total with tax.
        total: Cents,
    },
    /// What is due and what remains cannot both be.
    DueAndRemaining {
        /// `amountDue`.
        due: Cents,
        /// `remainingAmount`.
        remaining: Cents,
    },
    /// It is called settled, and something remains.
    SettledWithRest {
        /// `remainingAmount`.
        remaining: Cents,
    },
    /// A line's amount without tax and its tax are not its amount with tax.
    LineTax {
        /// Its id.
        line: String,
        /// Without tax, and tax.
        parts: Cents,
        /// With tax.
        total: Cents,
    },
    /// Two lines have one id.
    DuplicateLine {
        /// The id.
        line: String,
    },
    /// So many lines tell no amount, so the detail cannot be compared.
    LinesWithoutAmount {
        /// How many.
        count: usize,
    },
    /// The detail is not the overview.
    DetailSum {
        /// Sum of the lines.
        detail: Cents,
        /// The overview's total.
        overview: Cents,
        /// Both are with tax; otherwise without.
        with_tax: bool,
        /// As little as rounding each line can make.
        may_be_rounding: bool,
    },
    /// The operator's own total of what is beside the plan is not that of the lines.
    OutOfBundleSum {
        /// Sum of the lines beside the plan.
        detail: Cents,
        /// The operator's total.
        overview: Cents,
    },
    /// A line of the employer's share asks for money.
    EmployerShareSign {
        /// Its id.
        line: String,
    },
}

/// Sums of a detail that is the overview to the cent, in eurocents with tax. Only [`audit`] makes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    total: Cents,
    employer: Cents,
    third_party: Cents,
    out_of_bundle: Cents,
    charges: Cents,
}

impl Figures {
    /// All lines together: the employee's total, as the overview has it.
    pub fn total(self) -> Cents {
        self.total
    }

    /// What the employer took over, as a size: nothing where no line says so.
    pub fn employer_covered(self) -> Cents {
        self.employer
    }

    /// Services of third parties, always the employee's.
    pub fn third_party(self) -> Cents {
        self.third_party
    }

    /// All that is beside the plan, services of third parties among it where they are marked so.
    pub fn out_of_bundle(self) -> Cents {
        self.out_of_bundle
    }

    /// All charges, before the employer's share came off them.
    pub fn charges(self) -> Cents {
        self.charges
    }

    /// What of the charges that are not third parties' the employer left: the total without third parties' services.
    pub fn uncovered(self) -> Option<Cents> {
        self.total.minus(self.third_party)
    }
}

/// The three parts of a printed invoice, in its order. What is beside the plan is a part of the detail by its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sections<'a> {
    /// Every line, in the operator's order.
    pub detail: Vec<&'a BillLine>,
    /// Those beside the plan, third parties' services among them.
    pub out_of_bundle: Vec<&'a BillLine>,
}

/// Parts a bill's lines as the printed invoice does. Lines of other bills, and running costs, are in neither part.
pub fn sections<'a>(bill: &Bill, lines: &'a [BillLine]) -> Sections<'a> {
    let own = |line: &&BillLine| line.is_billed && line.bill.as_ref().is_none_or(|of| *of == bill.id);
    let detail: Vec<_> = lines.iter().filter(own).collect();
    let beside = |line: &&BillLine| line.out_of_bundle.is_set() || line.third_party.is_set();
    Sections { out_of_bundle: detail.iter().copied().filter(beside).collect(), detail }
}

/// Whether the contribution goes to the subscription before anything else: there is one that it can cover, and it is not for
/// charges of some category alone.
pub fn subscription_goes_first(lines: &[&BillLine]) -> bool {
    let is_general = lines.iter().all(|line| !line.employer_share.is_set() || line.category.is_none());
    is_general && lines.iter().any(|line| is_coverable(line) && line.kind == LineKind::Recurring)
}

/// Whether an employer may take a line over: third parties' services never, and what it takes over is no charge.
pub fn is_coverable(line: &BillLine) -> bool {
    !line.third_party.is_set() && !line.employer_share.is_set()
}

/// Checks a bill, and its detail where that is known. `lines`: all lines of the bill; others among them are left out.
pub fn audit(bill: &Bill, lines: Option<&[BillLine]>) -> Audit {
    let mut findings = Vec::new();
    overview(bill, &mut findings);
    let figures = lines.and_then(|lines| detail(bill, &sections(bill, lines), &mut findings));
    Audit { findings, figures }
}

/// The rate of a tax item that may be shown, in hundredths of a percent: the one that its amount confirms on the overview's
/// total, where there is one rate alone; else on the lines of that rate.
pub fn confirmed_rate(bill: &Bill, item: &TaxItem, lines: Option<&[BillLine]>) -> Option<u32> {
    let by_overview = match bill.taxes.as_slice() {
        [only] if only == item => bill.amounts.tax_excluded.and_then(|base| item.confirmed_rate(base)),
        _ => None,
    };
    by_overview.or_else(|| by_lines(bill, item, lines?))
}

/// What is not taxed is in the overview's total, but on lines of its own.
fn by_lines(bill: &Bill, item: &TaxItem, lines: &[BillLine]) -> Option<u32> {
    let rate = item.rate.as_ref()?;
    let sections = sections(bill, lines);
    let of_rate = sections.detail.iter().filter(|line| {
        line.taxes.iter().any(|tax| tax.rate.as_ref().is_some_and(|own| own.millionths == rate.millionths))
    });
    let bases = of_rate.map(|line| line.tax_excluded).collect::<Option<Vec<_>>>()?;
    // No line of a rate confirms nothing of it.
    if bases.is_empty() { None } else { item.confirmed_rate(Cents::sum(bases)?) }
}

fn overview(bill: &Bill, findings: &mut Vec<Finding>) {
    let amounts = &bill.amounts;
    if let (Some(excluded), Some(total)) = (amounts.tax_excluded, amounts.tax_included)
        && let Some(parts) = off_by_tax(excluded, &bill.taxes, total)
    {
        findings.push(Finding::OverviewTax { parts, total });
    }
    if let (Some(due), Some(remaining)) = (amounts.due, amounts.remaining)
        && bill.kind != DocumentKind::CreditNote
        && remaining > due
        && remaining > Cents::ZERO
    {
        findings.push(Finding::DueAndRemaining { due, remaining });
    }
    if let (Some(BillState::Settled), Some(remaining)) = (bill.state, amounts.remaining)
        && remaining > Cents::ZERO
    {
        findings.push(Finding::SettledWithRest { remaining });
    }
}

/// What the parts come to, where that is not the total. No tax told is nothing to compare.
fn off_by_tax(excluded: Cents, taxes: &[TaxItem], total: Cents) -> Option<Cents> {
    if taxes.is_empty() {
        return None;
    }
    let tax = taxes.iter().map(|tax| tax.amount).collect::<Option<Vec<_>>>()?;
    let parts = excluded.plus(Cents::sum(tax)?)?;
    let off = parts.minus(total)?.0.unsigned_abs();
    (off > u64::try_from(taxes.len()).unwrap_or(u64::MAX)).then_some(parts)
}

fn detail(bill: &Bill, sections: &Sections<'_>, findings: &mut Vec<Finding>) -> Option<Figures> {
    let lines = &sections.detail;
    if lines.is_empty() {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut is_sound = true;
    for line in lines {
        if !seen.insert(line.id.as_str()) {
            findings.push(Finding::DuplicateLine { line: line.id.clone() });
            is_sound = false;
        }
        if let (Some(excluded), Some(total)) = (line.tax_excluded, line.tax_included)
            && let Some(parts) = off_by_tax(excluded, &line.taxes, total)
        {
            findings.push(Finding::LineTax { line: line.id.clone(), parts, total });
        }
        if line.employer_share.is_set() && amount(line).is_some_and(|amount| amount > Cents::ZERO) {
            findings.push(Finding::EmployerShareSign { line: line.id.clone() });
            is_sound = false;
        }
    }
    let without = lines.iter().filter(|line| amount(line).is_none()).count();
    if without > 0 {
        findings.push(Finding::LinesWithoutAmount { count: without });
        return None;
    }
    let with_tax = lines.iter().map(|line| line.tax_included).collect::<Option<Vec<_>>>();
    let Some(with_tax) = with_tax else {
        // Lines without tax can be compared with the total without tax, and tell nobody what to pay.
        let without_tax = lines.iter().map(|line| line.tax_excluded).collect::<Option<Vec<_>>>()?;
        compare(bill, Cents::sum(without_tax)?, bill.amounts.tax_excluded?, false, lines.len(), findings);
        return None;
    };
    let total = Cents::sum(with_tax)?;
    let agrees = compare(bill, total, bill.amounts.tax_included?, true, lines.len(), findings);
    let out_of_bundle = Cents::sum(sections.out_of_bundle.iter().filter_map(|line| line.tax_included))?;
    let beside_agrees = bill.out_of_bundle.is_none_or(|told| told == out_of_bundle);
    if let (false, Some(overview)) = (beside_agrees, bill.out_of_bundle) {
        findings.push(Finding::OutOfBundleSum { detail: out_of_bundle, overview });
    }
    let share = lines.iter().filter(|line| line.employer_share.is_set()).filter_map(|line| line.tax_included);
    let employer = Cents::ZERO.minus(Cents::sum(share)?)?;
    let third_party =
        Cents::sum(lines.iter().filter(|line| line.third_party.is_set()).filter_map(|line| line.tax_included))?;
    let charges = total.plus(employer)?;
    let figures = Figures { total, employer, third_party, out_of_bundle, charges };
    (is_sound && agrees && beside_agrees).then_some(figures)
}

fn amount(line: &BillLine) -> Option<Cents> {
    line.tax_included.or(line.tax_excluded)
}

/// Whether the detail is the overview to the cent. A credit note's lines may be written without a sign: that is nothing to
/// tell, and nothing to go by.
fn compare(
    bill: &Bill,
    detail: Cents,
    overview: Cents,
    with_tax: bool,
    lines: usize,
    findings: &mut Vec<Finding>,
) -> bool {
    if detail == overview {
        return true;
    }
    if bill.kind == DocumentKind::CreditNote && Cents::ZERO.minus(detail) == Some(overview) {
        return false;
    }
    // Half a cent for each line.
    let by_rounding = u64::try_from(lines).unwrap_or(u64::MAX).div_ceil(2);
    let off = detail.minus(overview).map_or(u64::MAX, |off| off.0.unsigned_abs());
    findings.push(Finding::DetailSum { detail, overview, with_tax, may_be_rounding: off <= by_rounding });
    false
}
