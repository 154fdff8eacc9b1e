//! Payment QRs: what they say, that they fit, and that a reader of other people's making reads them.

use jiff::civil::date;
use proptest::prelude::*;
use serde::Deserialize;

use super::states::{open_invoice, today};
use crate::invoices::pay::epc::*;
use crate::invoices::pay::iban::Iban;
use crate::invoices::pay::qr::{self, DoesNotFit, QrMatrix};
use crate::invoices::pay::reference::Reference;
use crate::invoices::pay::sepa_text::{transliterate, without_long_numbers};
use crate::invoices::pay::state::{AmountToPay, Facts, Paying, paying};
use crate::invoices::vectors::vectors;
use crate::money::Cents;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    id: String,
    name: String,
    iban: String,
    bic: Option<String>,
    amount: Cents,
    purpose: Option<String>,
    reference: Option<String>,
    information: Option<String>,
    slot: String,
    lines: Option<Vec<String>>,
    bytes: Option<usize>,
    version: Option<u16>,
    error: Option<String>,
}

fn to_pay(cents: Cents) -> AmountToPay {
    match paying(&Facts { total: cents, ..open_invoice() }, today()) {
        Paying::Offered { amount } => amount,
        other => panic!("{other:?}"),
    }
}

fn error_name(error: EpcError) -> &'static str {
    match error {
        EpcError::NoName => "no_name",
        EpcError::NotInSepa => "not_in_sepa",
        EpcError::AmountOutOfRange => "amount_out_of_range",
        EpcError::Purpose => "purpose",
        EpcError::DoubtfulReference => "doubtful_reference",
        EpcError::TextTooLong { .. } => "text_too_long",
        EpcError::InformationTooLong { .. } => "information_too_long",
        EpcError::TooManyBytes { .. } => "too_many_bytes",
    }
}

#[test]
fn a_payment_qr_says_what_the_table_says_line_by_line() {
    let vectors = vectors::<Vector>("payment-qr.json");
    assert!(vectors.len() >= 14);
    for vector in vectors {
        let reference = vector.reference.as_deref().and_then(Reference::of);
        let transfer = CreditTransfer {
            beneficiary: &vector.name,
            iban: &Iban::parse(&vector.iban).unwrap(),
            bic: vector.bic.as_deref(),
            amount: to_pay(vector.amount),
            purpose: vector.purpose.as_deref(),
            reference: reference.as_ref(),
            information: vector.information.as_deref(),
        };
        let slot = match vector.slot.as_str() {
            "structured" => ReferenceSlot::Structured,
            "text" => ReferenceSlot::Text,
            other => panic!("{other} is no slot"),
        };
        let payload = transfer.payload(slot);
        let said = payload.as_ref().map(|payload| payload.as_str().to_owned()).map_err(|error| error_name(*error));
        let expected = vector.lines.map(|lines| lines.join("\n")).ok_or_else(|| vector.error.as_deref().unwrap());
        assert_eq!(said, expected, "{}", vector.id);
        let Ok(payload) = payload else { continue };
        if let Some(bytes) = vector.bytes {
            assert_eq!(payload.as_str().len(), bytes, "{}", vector.id);
        }
        let matrix = qr::matrix(&payload).unwrap();
        if let Some(version) = vector.version {
            assert_eq!(matrix.size, 17 + 4 * version, "{}", vector.id);
        }
        assert_eq!(read_back(&matrix), payload.as_str(), "{}", vector.id);
    }
}

/// As a camera would, by a reader that shares no code with the writer. Each square is four pixels wide.
fn read_back(matrix: &QrMatrix) -> String {
    const PIXELS: usize = 4;
    const MARGIN: usize = 4;
    let size = usize::from(matrix.size);
    assert_eq!(matrix.dark.len(), size * size);
    let side = (size + 2 * MARGIN) * PIXELS;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        let square = |at: usize| (at / PIXELS).checked_sub(MARGIN).filter(|at| *at < size);
        let dark = square(x).zip(square(y)).is_some_and(|(x, y)| matrix.dark[y * size + x]);
        if dark { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    let (meta, content) = grids[0].decode().unwrap();
    assert_eq!((meta.version.to_size(), meta.ecc_level), (size, 0), "error correction M");
    content
}

/// Readers also take a mirrored symbol, so reading it back does not tell.
#[test]
fn a_matrix_is_the_right_way_round() {
    let mut mirrored_would_show = false;
    for text in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        let matrix = qr::encode(text.as_bytes()).unwrap();
        assert_eq!(read_back(&matrix), text);
        let size = usize::from(matrix.size);
        let dark = |x: usize, y: usize| matrix.dark[y * size + x];
        // Three corners have finders, the lower right one has none; and one square is always dark (ISO/IEC 18004 §7.9).
        assert!((0..7).all(|at| dark(at, 0) && dark(0, at) && dark(size - 1 - at, 0) && dark(at, size - 1)));
        assert!(!(0..7).all(|at| dark(size - 1 - at, size - 1)));
        assert!(dark(8, size - 8), "{text}");
        mirrored_would_show |= !dark(size - 8, 8);
    }
    assert!(mirrored_would_show);
}

fn iban() -> Iban {
    Iban::parse("MT84MALT011000012345MTLCAST001S").unwrap()
}

/// As long as every line may be, with a text and information of so many letters.
fn long(text: usize, information: usize) -> Result<EpcPayload, EpcError> {
    let reference = Reference::of(&"t".repeat(text));
    let transfer = CreditTransfer {
        beneficiary: &"n".repeat(70),
        iban: &iban(),
        bic: Some("KREDBEBBXXX"),
        amount: to_pay(Cents(99_999_999_999)),
        purpose: Some("PHON"),
        reference: reference.as_ref(),
        information: Some(&"i".repeat(information)),
    };
    transfer.payload(ReferenceSlot::Structured)
}

#[test]
fn a_payload_of_331_bytes_is_the_largest_though_each_line_would_fit() {
    // 151 bytes without text and information, and the line feed before the latter.
    let fits = long(140, 39).unwrap();
    assert_eq!(fits.as_str().len(), MAX_BYTES);
    let matrix = qr::matrix(&fits).unwrap();
    assert_eq!(matrix.size, 69);
    assert_eq!(read_back(&matrix), fits.as_str());
    assert_eq!(long(140, 40), Err(EpcError::TooManyBytes { bytes: 332 }));
    assert_eq!(long(141, 0), Err(EpcError::TextTooLong { length: 141 }));
    assert_eq!(long(0, 71), Err(EpcError::InformationTooLong { length: 71 }));
    // The encoder itself is kept from taking a larger symbol.
    assert_eq!(qr::encode(&[b'x'; 332]), Err(DoesNotFit));
}

#[test]
fn amounts_written_like_no_amount_never_come_to_a_payment() {
    assert!(Cents::parse("EUR30,50").is_err());
    assert!(Cents::parse("1e9").is_ok_and(|cents| cents == Cents(100_000_000_000)));
    let rounded = Cents::parse("0.0010").unwrap();
    assert_eq!(paying(&Facts { total: rounded, ..open_invoice() }, date(2026, 1, 1)), Paying::NotOffered);
}

#[test]
fn text_is_written_in_letters_every_bank_takes() {
    for (text, written) in [
        ("Télécom \"X\" & Cie €", "Telecom 'X' + Cie EUR"),
        ("ÀÉÎÕÜ çñøß Æœ Ĳ", "AEIOU cnoss AEoe IJ"),
        ("Łódź, Škoda; Ţepeş", "Lodz, Skoda, Tepes"),
        ("e\u{301}te\u{301}", "ete"),
        ("a\u{a0}b\u{202f}c\td\r\ne", "a b c d e"),
        ("  x   y  ", "x y"),
        ("1–2—3_4", "1-2-3-4"),
        ("l’été «là»", "l'ete 'la'"),
        ("Ω漢字🙂", ""),
        ("a*b#c@d", "a b c d"),
        ("/-?:().,'+ stays", "/-?:().,'+ stays"),
    ] {
        assert_eq!(transliterate(text), written, "{text:?}");
    }
}

proptest! {
    #[test]
    fn text_stays_in_the_set_and_is_written_once(text in any::<String>()) {
        let written = transliterate(&text);
        let in_set = |c: char| c.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(c);
        prop_assert!(written.chars().all(in_set), "{}", written);
        prop_assert_eq!(transliterate(&written), written);
    }

    #[test]
    fn long_numbers_are_set_apart_and_no_digit_is_lost(text in "([0-9]{0,3}|[0-9]{10,14}|[0-9]{24,26}|[a ]){0,6}") {
        let apart = without_long_numbers(&text);
        prop_assert!(!has_long_number(&apart), "{}", apart);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        prop_assert_eq!(digits(&apart), digits(&text));
    }

    #[test]
    fn whatever_is_to_be_said_a_payload_keeps_to_the_standard(
        name in "\\PC{0,80}", text in "\\PC{0,60}|[0-9 ]{0,40}", information in "\\PC{0,60}|[0-9 ]{0,40}",
        bic in "[A-Za-z0-9/]{0,12}", cents in 1..=99_999_999_999i64, in_text in any::<bool>(),
    ) {
        let reference = Reference::of(&text);
        let transfer = CreditTransfer {
            beneficiary: &name,
            iban: &Iban::parse("BE68539007547034").unwrap(),
            bic: Some(&bic),
            amount: to_pay(Cents(cents)),
            purpose: None,
            reference: reference.as_ref(),
            information: Some(&information),
        };
        let slot = if in_text { ReferenceSlot::Text } else { ReferenceSlot::Structured };
        let Ok(payload) = transfer.payload(slot) else { return Ok(()) };
        let said = payload.as_str();
        prop_assert!(said.is_ascii() && said.len() <= MAX_BYTES && !said.ends_with('\n'));
        let lines: Vec<&str> = said.split('\n').collect();
        prop_assert!((8..=12).contains(&lines.len()));
        prop_assert_eq!(&lines[..4], ["BCD", "002", "1", "SCT"]);
        prop_assert!(matches!(lines[4].len(), 0 | 8 | 11) && !lines[5].is_empty() && lines[6] == "BE68539007547034");
        let amount = lines[7].strip_prefix("EUR").map(Cents::parse);
        prop_assert_eq!(amount, Some(Ok(Cents(cents))));
        let line = |at: usize| lines.get(at).copied().unwrap_or("");
        prop_assert!(line(9).is_empty() || line(10).is_empty());
        prop_assert!(!has_long_number(line(10)) && !has_long_number(line(11)));
        prop_assert!(qr::matrix(&payload).is_ok());
    }
}

fn has_long_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 12)
}
