//! References and account numbers: every vector of the file, and what check digits are there for.

use std::fmt::{Debug, Display};

use proptest::prelude::*;
use serde::Deserialize;

use crate::invoices::pay::check_digits::*;
use crate::invoices::pay::creditor_reference::{CreditorReference, CreditorReferenceError};
use crate::invoices::pay::iban::{Iban, IbanError};
use crate::invoices::pay::reference::Reference;
use crate::invoices::pay::structured_communication::{StructuredCommunication, StructuredCommunicationError};
use crate::invoices::vectors::file;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct References {
    #[serde(rename = "about")]
    _about: String,
    structured_communications: Vec<Vector>,
    creditor_references: Vec<Vector>,
    ibans: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    text: String,
    bare: Option<String>,
    error: Option<String>,
}

fn check<E: Debug>(vectors: &[Vector], parse: impl Fn(&str) -> Result<String, E>, name: impl Fn(E) -> &'static str) {
    assert!(vectors.len() > 10);
    for Vector { text, bare, error } in vectors {
        let read = parse(text).map_err(&name);
        let expected = bare.clone().ok_or_else(|| error.as_deref().expect("an error when it is nothing"));
        assert_eq!(read, expected, "{text:?}");
    }
}

#[test]
fn a_structured_communication_is_read_as_printed_or_says_what_is_wrong() {
    use StructuredCommunicationError as E;
    let parse = |text: &str| StructuredCommunication::parse(text).map(|read| read.digits().to_owned());
    check(&file::<References>("payment-references.json").structured_communications, parse, |error| match error {
        E::Empty => "empty",
        E::Length { .. } => "length",
        E::Format => "format",
        E::CheckDigits => "check_digits",
    });
    assert_eq!(StructuredCommunication::parse("0108068171830"), Err(E::Length { digits: 13 }));
}

#[test]
fn an_rf_reference_is_read_or_says_what_is_wrong() {
    use CreditorReferenceError as E;
    let parse = |text: &str| CreditorReference::parse(text).map(|read| read.as_str().to_owned());
    check(&file::<References>("payment-references.json").creditor_references, parse, |error| match error {
        E::NoPrefix => "no_prefix",
        E::Length { .. } => "length",
        E::Format => "format",
        E::CheckDigits => "check_digits",
    });
}

#[test]
fn an_account_number_is_read_or_says_what_is_wrong() {
    use IbanError as E;
    let parse = |text: &str| Iban::parse(text).map(|read| read.as_str().to_owned());
    check(&file::<References>("payment-references.json").ibans, parse, |error| match error {
        E::Format => "format",
        E::Length { .. } => "length",
        E::CheckDigits => "check_digits",
        E::NationalCheckDigits => "national_check_digits",
    });
    let reached = |text: &str| Iban::parse(text).unwrap().is_in_sepa();
    assert!(reached("BE68539007547034") && !reached("BR1800360305000010009795493C1"));
}

#[test]
fn what_is_read_is_printed_in_its_groups() {
    let printed: [(Box<dyn Display>, &str); 3] = [
        (Box::new(StructuredCommunication::parse("000000000097").unwrap()), "+++000/0000/00097+++"),
        (Box::new(CreditorReference::parse("RF741000071").unwrap()), "RF74 1000 071"),
        (Box::new(Iban::parse("BE68539007547034").unwrap()), "BE68 5390 0754 7034"),
    ];
    for (read, expected) in printed {
        assert_eq!(read.to_string(), expected);
    }
}

#[test]
fn check_digits_of_an_rf_reference_are_computed_from_its_body_alone() {
    for (body, whole) in [
        ("539007547034", "RF18539007547034"),
        ("1000071", "RF741000071"),
        ("2348231", "RF712348231"),
        ("010806817183", "RF61010806817183"),
        ("ab", "RF61AB"),
    ] {
        assert_eq!(CreditorReference::of_body(body).map(|read| read.as_str().to_owned()), Ok(whole.to_owned()));
    }
    for (body, error) in [
        ("", CreditorReferenceError::Length { body: 0 }),
        ("1234567890123456789012", CreditorReferenceError::Length { body: 22 }),
        ("1/2", CreditorReferenceError::Format),
    ] {
        assert_eq!(CreditorReference::of_body(body), Err(error), "{body:?}");
    }
}

#[test]
fn each_text_is_the_kind_of_reference_it_is() {
    let kind = |text| match Reference::of(text) {
        None => "none",
        Some(Reference::StructuredCommunication(_)) => "structured communication",
        Some(Reference::CreditorReference(_)) => "RF",
        Some(Reference::Text(_)) => "text",
        Some(Reference::Doubtful(_)) => "doubtful",
    };
    for (text, expected) in [
        ("", "none"),
        ("  ", "none"),
        ("+++010/8068/17183+++", "structured communication"),
        ("010806817183", "structured communication"),
        ("RF18 5390 0754 7034", "RF"),
        ("Bill 2026-11", "text"),
        ("123456789012", "text"),
        ("RFC 2119", "text"),
        ("+++123/4567/89012+++", "doubtful"),
        ("123/4567/89012", "doubtful"),
        ("***123/4567/8901***", "doubtful"),
        ("RF19539007547034", "doubtful"),
    ] {
        assert_eq!(kind(text), expected, "{text:?}");
    }
}

fn communication(base: u64) -> String {
    let base = format!("{base:010}");
    let check = belgian(&base).unwrap();
    format!("{base}{check:02}")
}

/// Belgian account numbers from their first ten digits.
fn belgian_iban(base: u64) -> String {
    let national = communication(base);
    let check = international(&national, "BE").unwrap();
    format!("BE{check:02}{national}")
}

/// The text with one digit changed, and with two neighbours changed over.
fn mistyped(text: &str, place: usize, by: u8) -> [String; 2] {
    let mut wrong = text.as_bytes().to_vec();
    wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
    let mut swapped = text.as_bytes().to_vec();
    swapped.swap(place, (place + 1).min(text.len() - 1));
    [wrong, swapped].map(|bytes| String::from_utf8(bytes).unwrap())
}

proptest! {
    #[test]
    fn a_long_number_leaves_the_remainder_arithmetic_says(number in any::<u128>()) {
        let remainder = Mod97::default().append(&number.to_string()).unwrap().remainder();
        prop_assert_eq!(u128::from(remainder), number % 97);
    }

    #[test]
    fn letters_count_as_two_digits(text in "[A-Za-z0-9]{1,15}") {
        let digits: String = text.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
        prop_assert_eq!(Mod97::default().append(&text), Mod97::default().append(&digits));
    }

    #[test]
    fn check_digits_are_never_out_of_their_range(body in "[A-Z0-9]{1,30}", base in 0..10_000_000_000u64) {
        prop_assert!((2..=98).contains(&international(&body, "RF").unwrap()));
        prop_assert!((1..=97).contains(&belgian(&base.to_string()).unwrap()));
    }

    #[test]
    fn a_mistyped_structured_communication_is_noticed(
        base in 0..10_000_000_000u64, place in 0..12usize, by in 1..10u8,
    ) {
        let right = communication(base);
        let read = StructuredCommunication::parse(&right).unwrap();
        prop_assert_eq!(StructuredCommunication::parse(&read.to_string()), Ok(read));
        for wrong in mistyped(&right, place, by).into_iter().filter(|wrong| *wrong != right) {
            let read = StructuredCommunication::parse(&wrong);
            prop_assert_eq!(read, Err(StructuredCommunicationError::CheckDigits), "{} for {}", wrong, right);
        }
    }

    #[test]
    fn a_mistyped_account_number_is_noticed(base in 0..10_000_000_000u64, place in 2..16usize, by in 1..10u8) {
        let right = belgian_iban(base);
        prop_assert!(Iban::parse(&right).is_ok(), "{}", right);
        for wrong in mistyped(&right, place, by).into_iter().filter(|wrong| *wrong != right) {
            prop_assert!(Iban::parse(&wrong).is_err(), "{} for {}", wrong, right);
        }
    }

    #[test]
    fn a_mistyped_rf_reference_is_noticed(body in "[0-9]{1,21}", place in any::<prop::sample::Index>(), by in 1..10u8) {
        let right = CreditorReference::of_body(&body).unwrap().as_str().to_owned();
        let place = 2 + place.index(right.len() - 2);
        for wrong in mistyped(&right, place, by).into_iter().filter(|wrong| *wrong != right) {
            prop_assert!(CreditorReference::parse(&wrong).is_err(), "{} for {}", wrong, right);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_and_what_is_read_reads_again(text in "(RF|BE|[+*]{3})?[0-9A-Z/ \u{a0}é+]{0,40}") {
        if let Ok(read) = StructuredCommunication::parse(&text) {
            prop_assert_eq!(StructuredCommunication::parse(read.digits()), Ok(read));
        }
        if let Ok(read) = CreditorReference::parse(&text) {
            prop_assert_eq!(CreditorReference::parse(&read.to_string()), Ok(read));
        }
        if let Ok(read) = Iban::parse(&text) {
            prop_assert_eq!(Iban::parse(&read.to_string()), Ok(read));
        }
        let _ = Reference::of(&text);
    }
}
