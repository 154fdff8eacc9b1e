//! Amounts with their units (TMF `Quantity`, `Money`, or a bare number beside a unit) as exact whole numbers.

use super::HowToRead;
use super::vocabulary;
use crate::operator::tolerant::{Decimal, DecimalError, Findings, Node, WarningKind};
use crate::operator::units::{DataBase, Unit};
use crate::usage::model::{Amount, Money, Service};

/// An amount as read. The sign is kept: a balance may be below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity<'v> {
    /// In the smallest unit of its kind.
    Known {
        /// What it is an amount of.
        kind: Kind<'v>,
        /// How many.
        value: i128,
        /// How many smallest units the written unit has, to notice mixed units.
        factor: u64,
    },
    /// In a unit that is not known.
    Raw {
        /// Digits as written.
        digits: &'v str,
        /// Unit as written.
        unit: &'v str,
        /// Whether the amount is below zero.
        negative: bool,
    },
}

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'v> {
    /// Bytes.
    Data,
    /// Seconds.
    Time,
    /// Messages and other things counted one by one.
    Count,
    /// Hundredths of a currency.
    Money(&'v str),
}

/// What stands where an amount is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written<'v> {
    /// Nothing.
    Nothing,
    /// A word for unlimited.
    Unlimited,
    /// An amount.
    Amount(Quantity<'v>),
    /// Something that could not be read; the warning is noted.
    Unreadable,
}

impl<'v> Written<'v> {
    /// The amount.
    pub(super) fn amount(self) -> Option<Quantity<'v>> {
        match self {
            Written::Amount(quantity) => Some(quantity),
            Written::Nothing | Written::Unlimited | Written::Unreadable => None,
        }
    }
}

const AMOUNT: &[&str] = &["amount", "value", "number"];
const UNITS: &[&str] = &["units", "unit", "unitOfMeasure"];
/// No counter has more digits, no unit more letters; longer text is not copied.
const MAX_RAW: usize = 40;

/// Reads the amount under one of the names; a bare number has its unit beside it.
pub(super) fn read<'v>(
    holder: Node<'v>,
    names: &[&'static str],
    service: Option<&Service>,
    how: &HowToRead<'_>,
    findings: &mut Findings,
) -> Written<'v> {
    let Some(node) = holder.one(names) else { return Written::Nothing };
    let (number, unit) =
        if node.value().is_object() { (node.one(AMOUNT), node.text(UNITS)) } else { (Some(node), holder.text(UNITS)) };
    let Some(number) = number else { return Written::Nothing };
    let place = number.place();
    let Some(text) = number.as_text().filter(|text| text.len() <= 200) else {
        findings.note(place, WarningKind::NotANumber);
        return Written::Unreadable;
    };
    let is_text = number.value().is_string();
    let decimal = if is_text { Decimal::from_text(text) } else { Decimal::from_json(text) };
    let decimal = match decimal {
        Ok(decimal) => decimal,
        Err(_) if vocabulary::says_unlimited(text) => return Written::Unlimited,
        Err(error) => {
            findings.note(
                place,
                match error {
                    DecimalError::NotANumber => WarningKind::NotANumber,
                    DecimalError::Ambiguous => WarningKind::AmbiguousNumber,
                    DecimalError::OutOfRange => WarningKind::OutOfRange,
                },
            );
            return Written::Unreadable;
        }
    };
    if is_text {
        findings.note(place, WarningKind::NumberAsText);
    }
    match known(decimal, unit, service, how.data_base) {
        Some(Some(quantity)) => Written::Amount(quantity),
        Some(None) => {
            findings.note(place, WarningKind::OutOfRange);
            Written::Unreadable
        }
        None => {
            let unit = unit.unwrap_or("");
            findings.note(place, if unit.is_empty() { WarningKind::MissingUnit } else { WarningKind::UnknownUnit });
            if text.len() > MAX_RAW || unit.len() > MAX_RAW {
                return Written::Unreadable;
            }
            Written::Amount(Quantity::Raw { digits: text, unit, negative: decimal.is_negative() })
        }
    }
}

/// The amount that a text is as a whole: "10 GB", "120 min", or a bare number of what is counted one by one.
pub(super) fn of_text(text: &str, service: &Service, data_base: DataBase) -> Option<Amount> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    let unit = Some(unit.trim()).filter(|unit| !unit.is_empty());
    known(Decimal::from_text(digits).ok()?, unit, Some(service), data_base)??.to_amount()
}

/// None: the unit is not known. Some(None): it is, but the amount does not fit.
#[expect(clippy::option_option, reason = "two ways to have no amount, told apart by a caller")]
fn known<'v>(
    decimal: Decimal,
    unit: Option<&'v str>,
    service: Option<&Service>,
    data_base: DataBase,
) -> Option<Option<Quantity<'v>>> {
    let unit = match unit {
        Some(unit) => Unit::parse(unit, data_base)?,
        // Messages are counted one by one, with or without saying so.
        None if matches!(service, Some(Service::Sms | Service::Mms)) => Unit::Count,
        None => return None,
    };
    let (kind, factor) = match unit {
        Unit::Bytes(factor) => (Kind::Data, factor),
        Unit::Seconds(factor) => (Kind::Time, factor),
        Unit::Count => (Kind::Count, 1),
        Unit::Money(currency) => (Kind::Money(currency), 100),
    };
    let value = decimal.times(factor).filter(|value| match kind {
        Kind::Money(_) => i64::try_from(*value).is_ok(),
        // What no counter holds may still be an operator's way to write "unlimited".
        Kind::Data | Kind::Time | Kind::Count => true,
    });
    Some(value.map(|value| Quantity::Known { kind, value, factor }))
}

impl<'v> Quantity<'v> {
    /// The amount in the model's terms. None when it is below zero and not money.
    pub(super) fn to_amount(self) -> Option<Amount> {
        match self {
            Quantity::Known { kind, value, .. } => kind.amount(value),
            Quantity::Raw { negative: true, .. } => None,
            Quantity::Raw { digits, unit, .. } => {
                Some(Amount::Raw { digits: digits.to_owned(), unit: unit.to_owned() })
            }
        }
    }

    /// Kind and number, for arithmetic.
    pub(super) fn known(self) -> Option<(Kind<'v>, i128)> {
        match self {
            Quantity::Known { kind, value, .. } => Some((kind, value)),
            Quantity::Raw { .. } => None,
        }
    }

    /// Whether it is below zero.
    pub(super) fn is_negative(self) -> bool {
        match self {
            Quantity::Known { value, .. } => value < 0,
            Quantity::Raw { negative, .. } => negative,
        }
    }

    /// Whether nobody can use that much within a cycle, so that the operator means "unlimited": a petabyte, more time
    /// than 62 days have (the longest cycle), ten million messages. What is for all may be a thousand times that.
    pub(super) fn is_beyond_use(self, is_for_all: bool) -> bool {
        let Some((kind, value)) = self.known() else { return false };
        let most: i128 = match kind {
            Kind::Data => 1_000_000_000_000_000,
            Kind::Time => 62 * 24 * 3600,
            Kind::Count => 10_000_000,
            Kind::Money(_) => return false,
        };
        value >= if is_for_all { most.saturating_mul(1000) } else { most }
    }
}

impl Kind<'_> {
    /// That many of this kind. None when it does not fit: below zero, except for money.
    pub(super) fn amount(self, value: i128) -> Option<Amount> {
        Some(match self {
            Kind::Data => Amount::Bytes(u64::try_from(value).ok()?),
            Kind::Time => Amount::Seconds(u64::try_from(value).ok()?),
            Kind::Count => Amount::Count(u64::try_from(value).ok()?),
            Kind::Money(currency) => {
                Amount::Money(Money { cents: i64::try_from(value).ok()?, currency: currency.to_owned() })
            }
        })
    }
}
