//! Amounts of money (TMF `Money`: `unit` and `value`) as whole eurocents, from their digits.

use crate::money::Cents;
use crate::operator::tolerant::{Decimal, DecimalError, Findings, Node, WarningKind};
use crate::operator::units::{DataBase, Unit};

const VALUE: &[&str] = &["value", "amount"];
const CURRENCY: &[&str] = &["unit", "units", "currency", "currencyCode"];
/// No amount has more digits; longer text is no number.
const MAX_TEXT: usize = 200;

/// Reads the amount under one of the names.
pub(super) fn read(holder: Node<'_>, names: &[&'static str], findings: &mut Findings) -> Option<Cents> {
    of(holder.one(names)?, findings)
}

/// Reads an amount: an object, or a bare number.
pub(super) fn of(node: Node<'_>, findings: &mut Findings) -> Option<Cents> {
    let (number, currency) =
        if node.value().is_object() { (node.one(VALUE)?, node.text(CURRENCY)) } else { (node, None) };
    let decimal = decimal(number, findings)?;
    match currency {
        None => findings.note(node.place(), WarningKind::CurrencyAssumed),
        Some(unit) if Unit::parse(unit, DataBase::Decimal) == Some(Unit::Money("EUR")) => {}
        Some(_) => {
            findings.note(node.place(), WarningKind::NotEuros);
            return None;
        }
    }
    let cents = decimal.times(100).and_then(|cents| i64::try_from(cents).ok());
    // The lowest number there is has no positive twin.
    let Some(cents) = cents.filter(|cents| *cents != i64::MIN) else {
        findings.note(number.place(), WarningKind::OutOfRange);
        return None;
    };
    if decimal.times(1_000_000) != i128::from(cents).checked_mul(10_000) {
        findings.note(number.place(), WarningKind::BelowTheCent);
    }
    Some(Cents(cents))
}

/// A number, also written as text.
pub(super) fn decimal(number: Node<'_>, findings: &mut Findings) -> Option<Decimal> {
    let text = number.as_text().filter(|text| text.len() <= MAX_TEXT);
    let is_text = number.value().is_string();
    let read = text
        .ok_or(DecimalError::NotANumber)
        .and_then(|text| if is_text { Decimal::from_text(text) } else { Decimal::from_json(text) });
    match read {
        Ok(decimal) => {
            if is_text {
                findings.note(number.place(), WarningKind::NumberAsText);
            }
            Some(decimal)
        }
        Err(error) => {
            let kind = match error {
                DecimalError::NotANumber => WarningKind::NotANumber,
                DecimalError::Ambiguous => WarningKind::AmbiguousNumber,
                DecimalError::OutOfRange => WarningKind::OutOfRange,
            };
            findings.note(number.place(), kind);
            None
        }
    }
}
