//! Check digits against python-stdnum, which many have checked: thousands of right and mistyped numbers, one verdict.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use companion::invoices::pay::check_digits::{belgian, international};
use companion::invoices::pay::creditor_reference::CreditorReference;
use companion::invoices::pay::iban::Iban;
use companion::invoices::pay::structured_communication::StructuredCommunication;

const OF_EACH: usize = 3_000;

/// Digits that look like chance and are the same in every run (xorshift).
struct Digits(u64);

impl Digits {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn text(&mut self, length: usize, of: &str) -> String {
        (0..length).map(|_| char::from(of.as_bytes()[self.below(of.len())])).collect()
    }

    /// A digit from the place on replaced, in half of the cases.
    fn maybe_mistyped(&mut self, text: String, from: usize) -> String {
        let mut bytes = text.into_bytes();
        let place = from + self.below(bytes.len() - from);
        if self.below(2) == 0 && bytes[place].is_ascii_digit() {
            bytes[place] = b'0' + u8::try_from(self.below(10)).unwrap();
        }
        String::from_utf8(bytes).unwrap()
    }
}

/// Numbers of each kind, bare. About half are right.
fn numbers() -> Vec<(&'static str, String)> {
    const DIGITS: &str = "0123456789";
    const ANY: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut chance = Digits(0x9E37_79B9_7F4A_7C15);
    let mut numbers = Vec::new();
    for _ in 0..OF_EACH {
        let base = chance.text(10, DIGITS);
        let national = format!("{base}{:02}", belgian(&base).unwrap());
        numbers.push(("ogm", chance.maybe_mistyped(national.clone(), 0)));

        let length = 1 + chance.below(22);
        let body = chance.text(length, ANY);
        let whole = format!("RF{:02}{body}", international(&body, "RF").unwrap());
        numbers.push(("rf", chance.maybe_mistyped(whole, 2)));

        let bank = chance.text(4, &ANY[10..]);
        let (dutch, german) = (format!("{bank}{}", chance.text(10, DIGITS)), chance.text(18, DIGITS));
        for (country, account) in [("BE", national), ("NL", dutch), ("DE", german)] {
            let whole = format!("{country}{:02}{account}", international(&account, country).unwrap());
            numbers.push(("iban", chance.maybe_mistyped(whole, 2)));
        }
    }
    // Every pair of check digits, the aliases of a right one among them.
    for check in 0..100 {
        numbers.push(("ogm", format!("0000000097{check:02}")));
        for account in ["539000001040", "539000001949", "539000006393", "539007543697"] {
            numbers.push(("iban", format!("BE{check:02}{account}")));
        }
        numbers.push(("rf", format!("RF{check:02}1000071")));
    }
    numbers
}

fn is_read(kind: &str, text: &str) -> bool {
    match kind {
        "ogm" => StructuredCommunication::parse(text).is_ok(),
        "rf" => CreditorReference::parse(text).is_ok(),
        "iban" => Iban::parse(text).is_ok(),
        other => panic!("{other} is no kind"),
    }
}

#[test]
#[ignore = "tests/run rust fetches python-stdnum"]
fn python_stdnum_has_the_same_verdict_on_every_number() {
    let stdnum = std::env::var("COMPANION_PYTHON_STDNUM").expect("the folder python-stdnum is in");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracles/python-stdnum/verdicts.py");
    let mut python = Command::new("python3")
        .arg(script)
        .env("PYTHONPATH", stdnum)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let numbers = numbers();
    let questions: String = numbers.iter().map(|(kind, text)| format!("{kind} {text}\n")).collect();
    let mut input = python.stdin.take().unwrap();
    let asking = std::thread::spawn(move || input.write_all(questions.as_bytes()));
    let output = python.wait_with_output().unwrap();
    asking.join().unwrap().unwrap();
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).unwrap();
    let verdicts: Vec<bool> = answers.lines().map(|line| line == "1").collect();
    assert_eq!(verdicts.len(), numbers.len());
    let (mut right, mut aliases) = (0, 0);
    for ((kind, text), valid) in numbers.iter().zip(verdicts) {
        // It takes 00, 01 and 99 too, which leave the remainder of a right pair; ISO 7064 gives none of them out.
        let is_alias = *kind != "ogm" && !(2..=98).contains(&text[2..4].parse::<u8>().unwrap());
        assert_eq!(is_read(kind, text), valid && !is_alias, "{kind} {text}");
        right += usize::from(valid);
        aliases += usize::from(valid && is_alias);
    }
    // The comparison has both sides, and the difference is real.
    assert!(right > numbers.len() / 3 && right < numbers.len() * 9 / 10, "{right} of {}", numbers.len());
    assert!(aliases >= 3, "{aliases}");
}
