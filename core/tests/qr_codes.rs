//! Payment QRs read back by zbar, a decoder of others' making: what a bank's app reads is what was written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

use std::process::Command;

use companion::invoices::model::DocumentKind;
use companion::invoices::pay::epc::{CreditTransfer, EpcPayload, ReferenceSlot};
use companion::invoices::pay::iban::Iban;
use companion::invoices::pay::qr::{QrMatrix, matrix};
use companion::invoices::pay::reference::Reference;
use companion::invoices::pay::state::{AmountToPay, Facts, Mandate, Paying, paying};
use companion::money::Cents;

const SCALE: usize = 4;
const MARGIN: usize = 4;

/// Only what is owed can be asked for.
fn amount(cents: i64) -> AmountToPay {
    let facts = Facts {
        kind: DocumentKind::Invoice,
        issued: jiff::civil::date(2026, 11, 3),
        total: Cents(cents),
        open: None,
        credited: Cents::ZERO,
        told: None,
        due: None,
        marked_paid: false,
        mandate: Mandate::None,
        collection: None,
    };
    let Paying::Offered { amount } = paying(&facts, jiff::civil::date(2026, 11, 25)) else { panic!("{facts:?}") };
    amount
}

fn payload(name: &str, cents: i64, reference: &str, information: &str, slot: ReferenceSlot) -> EpcPayload {
    let (iban, reference) = (Iban::parse("BE68539007547034").unwrap(), Reference::of(reference));
    let transfer = CreditTransfer {
        beneficiary: name,
        iban: &iban,
        bic: None,
        amount: amount(cents),
        purpose: None,
        reference: reference.as_ref(),
        information: Some(information),
    };
    transfer.payload(slot).unwrap()
}

/// A portable graymap (netpbm), black on white with its margin.
fn picture(code: &QrMatrix) -> Vec<u8> {
    let side = usize::from(code.size);
    let whole = (side + 2 * MARGIN) * SCALE;
    let mut picture = format!("P5\n{whole} {whole}\n255\n").into_bytes();
    for y in 0..whole {
        for x in 0..whole {
            let (x, y) = ((x / SCALE).wrapping_sub(MARGIN), (y / SCALE).wrapping_sub(MARGIN));
            let dark = x < side && y < side && code.dark[y * side + x];
            picture.push(if dark { 0 } else { 255 });
        }
    }
    picture
}

#[test]
#[ignore = "tests/run has zbar installed"]
fn zbar_reads_every_payload_back_byte_by_byte() {
    let folder = tempfile::tempdir().unwrap();
    let long = "Société Coopérative à Responsabilité Limitée de la Téléphonie Mobile";
    let cases = [
        payload("Example Mobile NV", 985, "+++010/8068/17183+++", "", ReferenceSlot::Structured),
        payload("Example Mobile NV", 985, "+++010/8068/17183+++", "", ReferenceSlot::Text),
        payload("Télécom \"X\" & Cie €", 1, "RF18539007547034", "", ReferenceSlot::Structured),
        payload(long, 99_999_999_999, "Invoice 7188394890", "Thank you", ReferenceSlot::Structured),
        payload(long, 123_456_789, &"reference in words ".repeat(7), &"told ".repeat(14), ReferenceSlot::Structured),
    ];
    for (number, payload) in cases.iter().enumerate() {
        let file = folder.path().join(format!("{number}.pgm"));
        std::fs::write(&file, picture(&matrix(payload).unwrap())).unwrap();
        let read = Command::new("zbarimg").args(["--quiet", "--raw", "--oneshot"]).arg(&file).output().unwrap();
        let text = String::from_utf8(read.stdout).unwrap();
        // zbar ends what it prints with a line feed of its own.
        assert_eq!(
            text.strip_suffix('\n').unwrap_or(&text),
            payload.as_str(),
            "{}",
            String::from_utf8_lossy(&read.stderr)
        );
    }
}
