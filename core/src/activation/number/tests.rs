//! The table of ways to write a number, and what holds for every text.

use proptest::prelude::*;

use super::{MobileNumber, NumberFault};
use crate::operator::tolerant::same_number;
use crate::text::{Language, line};

fn e164(typed: &str) -> Result<String, NumberFault> {
    MobileNumber::read(typed).map(|read| read.number.e164())
}

#[test]
fn one_number_written_in_many_ways_is_one_number() {
    for typed in [
        "0470123456",
        "0470 12 34 56",
        "0470/12.34.56",
        "0470-12-34-56",
        "(0470) 12 34 56",
        "(0)470123456",
        "+32 470 12 34 56",
        "+32(0)470123456",
        "+32 (0)470 12 34 56",
        "+32 (0) 470 12 34 56",
        "+320470123456",
        "0032470123456",
        "0032 (0)470 12 34 56",
        "00 32 470 12 34 56",
        "32470123456",
        "320470123456",
        "470123456",
        "tel:+32-470-12-34-56",
        " TEL:0470123456",
        "\u{a0}0470\u{a0}12\u{a0}34\u{a0}56",
        "0470\u{202f}12\u{202f}34\u{202f}56",
        "\u{202a}+32 470 12 34 56\u{202c}",
        "\u{2066}0470123456\u{2069}",
        "\u{200e}tel:0470123456\u{200b}\u{feff}",
        "0470\t12\r\n34 56",
    ] {
        assert_eq!(e164(typed).as_deref(), Ok("+32470123456"), "{typed:?}");
    }
}

#[test]
fn blocks_of_mobile_numbers_are_known_or_asked_about() {
    for (typed, is_unknown) in [
        ("+32 455 12 34 56", false),
        ("456 12 34 56", false),
        ("460123456", false),
        ("0465 12 34 56", false),
        ("0466 12 34 56", false),
        ("0467 12 34 56", false),
        ("468123456", false),
        ("0470 12 34 56", false),
        ("0489 12 34 56", false),
        ("0499 99 99 99", false),
        ("0450 12 34 56", true),
        ("0459 12 34 56", true),
        ("0461 12 34 56", true),
        ("0469 12 34 56", true),
    ] {
        let read = MobileNumber::read(typed).unwrap();
        assert_eq!(read.is_of_unknown_block, is_unknown, "{typed}");
    }
}

#[test]
fn what_is_no_mobile_number_is_told_apart() {
    use NumberFault::{Empty, FixedLine, NotANumber, OtherCountry, Service, TooLong, TooShort};
    for (typed, expected) in [
        ("", Empty),
        (" \u{a0}()-", Empty),
        ("+", NotANumber),
        ("00", NotANumber),
        ("tel:", Empty),
        // Liège, and lines of other towns.
        ("+32 4 222 22 22", FixedLine),
        ("04 222 22 22", FixedLine),
        ("04/222.22.22", FixedLine),
        ("02 226 88 88", FixedLine),
        ("03 247 01 23", FixedLine),
        ("081 12 34 56", FixedLine),
        ("047012345", TooShort),
        ("0470", TooShort),
        ("+32", TooShort),
        ("0", TooShort),
        ("04701234567", TooLong),
        ("+32 470 12 34 56 7", TooLong),
        ("+32 32 470 12 34 56", TooLong),
        ("+32 77 12345678", Service),
        ("0800 12 345", Service),
        ("0900 12 345", Service),
        ("070 12 34 56", Service),
        ("078 12 34 56", Service),
        ("112", Service),
        ("1921", Service),
        ("+31 6 12345678", OtherCountry),
        ("0033 6 12 34 56 78", OtherCountry),
        ("+352 621 123 456", OtherCountry),
        ("+0032470123456", NotANumber),
        ("+32 00470123456", NotANumber),
        ("0470 12 34 56 ext 5", NotANumber),
        ("0470123456;ext=5", NotANumber),
        ("0470123456x5", NotANumber),
        ("0470 12 34 5O", NotANumber),
        ("++32470123456", NotANumber),
        ("32+470123456", NotANumber),
        ("0470123456/0471123456", TooLong),
        ("٠٤٧٠١٢٣٤٥٦", NotANumber),
        ("０４７０１２３４５６", NotANumber),
        ("0470\u{0}123456", NotANumber),
        ("sip:0470123456", NotANumber),
    ] {
        assert_eq!(e164(typed), Err(expected), "{typed:?}");
    }
    assert_eq!(e164(&"0".repeat(1 << 20)), Err(TooLong));
}

#[test]
fn a_number_is_drawn_as_people_know_it_and_printed_by_its_end() {
    let number = MobileNumber::read("+32470123456").unwrap().number;
    assert_eq!(number.national(), "0470 12 34 56");
    assert_eq!(number.international(), "+32 470 12 34 56");
    assert_eq!(format!("{number:?}"), "MobileNumber(…56)");
    assert_eq!(line::label(Language::English, Some(&number.e164()), 1, 1).text, "0470 •• •• 56");
}

proptest! {
    #[test]
    fn whatever_is_read_reads_back_from_each_of_its_forms(typed in prop_oneof![
        "(\\+32|0032|32|0|)[ ./-]?(\\(0\\))?4[5-9][0-9][ ./\u{a0}\u{202f}-]?[0-9]{6}",
        any::<String>(),
        "[0-9+ ]{3,16}",
    ]) {
        if let Ok(number) = MobileNumber::read(&typed).map(|read| read.number) {
            for form in [number.e164(), number.national(), number.international()] {
                prop_assert_eq!(&MobileNumber::read(&form).unwrap().number, &number);
            }
            // The reader of operators' documents means the same line.
            prop_assert!(same_number(&typed, &number.e164()), "{:?}", typed);
        }
    }

    #[test]
    fn no_fixed_line_becomes_a_mobile_number(digits in "[0-9]{8}", start in prop_oneof![Just("0"), Just("+32"), Just("0032"), Just("")]) {
        prop_assume!(!digits.starts_with('0'));
        let typed = format!("{start}{digits}");
        prop_assert!(MobileNumber::read(&typed).is_err());
    }
}
