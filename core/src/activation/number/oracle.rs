//! The reader of numbers against a port of libphonenumber, which knows nothing of it. Where the two differ on purpose, both
//! sides are written down here, so that the list stays true.

use proptest::prelude::*;
use rlibphonenumber::enums::{PhoneNumberType, Region};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::{MobileNumber, NumberFault};
use crate::trials::config;

fn ours(typed: &str) -> Option<String> {
    MobileNumber::read(typed).ok().map(|read| read.number.e164())
}

/// A valid Belgian number, in E.164, and what it is of.
fn theirs(typed: &str) -> Option<(String, PhoneNumberType)> {
    let number = PHONE_NUMBER_UTIL.parse(typed, Some(Region::BE)).ok()?;
    let is_belgian = number.country_code == 32 && number.is_valid();
    let e164 = || number.format_as(PhoneNumberFormat::E164).to_string();
    is_belgian.then(|| (e164(), PHONE_NUMBER_UTIL.get_number_type(&number)))
}

fn their_mobile(typed: &str) -> Option<String> {
    theirs(typed).filter(|(_, kind)| *kind == PhoneNumberType::Mobile).map(|(e164, _)| e164)
}

#[test]
fn where_the_two_differ_it_is_on_purpose() {
    const NUMBER: Option<&str> = Some("+32470123456");
    for (typed, we, they, why) in [
        ("0470\u{202f}12\u{202f}34\u{202f}56", NUMBER, None, "how French groups digits, so how we print them"),
        ("0470 12 34 56 ext 5", None, NUMBER, "no mobile line has an extension, and dropping it hides a mistake"),
        ("٠٤٧٠١٢٣٤٥٦", None, NUMBER, "digits of other scripts are asked to be typed again"),
        ("3200470123456", None, NUMBER, "two zeros after the country code are a mistake that may hide another"),
    ] {
        assert_eq!((ours(typed).as_deref(), their_mobile(typed).as_deref()), (we, they), "{typed:?}: {why}");
    }
}

/// Numbers near those of Belgium, parted as people part them.
fn written() -> impl Strategy<Value = String> {
    let start = prop_oneof![
        Just("0"),
        Just("+32"),
        Just("+32 "),
        Just("0032"),
        Just("00 32 "),
        Just("32"),
        Just(""),
        Just("+32(0)"),
        Just("+32 (0)"),
        Just("0032 (0)"),
        Just("+320"),
        Just("+31"),
        Just("+33"),
        Just("0044"),
        Just("tel:+32-"),
        Just("tel:0"),
    ];
    let digits = prop_oneof!["4[0-9]{8}", "4[5-9][0-9]{7}", "[1-9][0-9]{7}", "0?[1-9][0-9]{1,10}", "4[5-9][0-9]{5,9}"];
    let separator = prop_oneof![Just(""), Just(" "), Just("-"), Just("."), Just("/"), Just("\u{a0}")];
    (start, digits, separator, 1usize..4).prop_map(|(start, digits, separator, every)| {
        let digits: Vec<char> = digits.chars().collect();
        let groups: Vec<String> = digits.chunks(every).map(|group| group.iter().collect()).collect();
        format!("{start}{}", groups.join(separator))
    })
}

proptest! {
    #![proptest_config(config(2048))]
    #[test]
    fn both_read_the_same_numbers(typed in written()) {
        prop_assert_eq!(ours(&typed), their_mobile(&typed), "{:?}", typed);
    }

    #[test]
    fn what_the_port_takes_for_a_fixed_line_is_refused_as_one(typed in written()) {
        if theirs(&typed).is_some_and(|(_, kind)| kind == PhoneNumberType::FixedLine) {
            prop_assert_eq!(MobileNumber::read(&typed).err(), Some(NumberFault::FixedLine), "{:?}", typed);
        }
    }
}
