//! What stands in the place of what identifies somebody: the same for the same value in all files of a folder, so that
//! filters and references still fit, of the same form where the form is what is read, and never anything that was there before.

use std::collections::BTreeMap;

use super::shape::{Shape, Written, luhn_digit, remainder};

/// Of a number that stands for another number.
pub const PLACE: &str = "n";
/// Stand-ins are looked for among so many.
const MOST: u32 = 100_000;

/// The stand-ins of one folder.
#[derive(Debug)]
pub struct StandIns {
    known: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, u32>,
    /// Everything that came, in lower case: no stand-in is a part of it.
    came: String,
    /// Its letters and digits alone.
    tight: String,
}

impl StandIns {
    /// For what came, as one text.
    pub fn beside(came: &str) -> StandIns {
        let came = came.to_lowercase();
        let tight = came.chars().filter(char::is_ascii_alphanumeric).collect();
        StandIns { known: BTreeMap::new(), counts: BTreeMap::new(), came, tight }
    }

    /// What stands for a value. What its form says counts before the kind of the member it stands in.
    pub fn of(&mut self, original: &str, kind: &'static str) -> String {
        let original = original.trim();
        if let Some(Shape::Phone { written, digits }) = Shape::of(original) {
            let digits = self.remembered(&format!("tel:{digits}"), "phone");
            return match (written, digits.strip_prefix("32")) {
                (Written::Plus, _) => format!("+{digits}"),
                (Written::Zeros, _) => format!("00{digits}"),
                (Written::National, Some(national)) => format!("0{national}"),
                (Written::Bare | Written::National, _) => digits,
            };
        }
        let kind = match Shape::of(original) {
            Some(Shape::Iccid) => "iccid",
            Some(Shape::Eid) => "eid",
            Some(Shape::Imsi) => "imsi",
            Some(Shape::Email) => "email",
            Some(Shape::Iban) => "iban",
            Some(Shape::Communication) => "communication",
            Some(Shape::CreditorReference) => "creditor reference",
            Some(Shape::Phone { .. }) | None => kind,
        };
        self.remembered(original, kind)
    }

    fn remembered(&mut self, original: &str, kind: &'static str) -> String {
        if let Some(known) = self.known.get(original) {
            return known.clone();
        }
        let made = self.next(kind);
        self.known.insert(original.to_owned(), made.clone());
        made
    }

    fn next(&mut self, kind: &'static str) -> String {
        let count = self.counts.entry(kind).or_default();
        loop {
            *count = count.saturating_add(1);
            let made = made(kind, *count);
            let lower = made.to_lowercase();
            let is_theirs = match kind {
                // A place in the order, which is nobody's.
                PLACE => false,
                // National digits are the part that all ways to write a number share.
                "phone" => self.tight.contains(lower.strip_prefix("32").unwrap_or(&lower)),
                "iccid" | "eid" | "imsi" | "iban" | "communication" => {
                    let tight: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
                    self.tight.contains(&tight)
                }
                _ => self.came.contains(&lower),
            };
            if *count >= MOST || !is_theirs {
                return made;
            }
        }
    }
}

/// The stand-in of a kind and a place.
fn made(kind: &'static str, count: u32) -> String {
    match kind {
        // The Belgian numbering plan sets no numbers aside for examples. These are the first of a block, which operators keep for
        // themselves as a rule; nothing here ever calls one.
        "phone" => format!("32499{count:06}"),
        "iccid" => {
            let body = format!("893299{count:012}");
            let check = luhn_digit(&body);
            format!("{body}{check}")
        }
        "eid" => {
            let body = format!("8900100{count:023}");
            let check = 98_u32.saturating_sub(remainder(&format!("{body}00")).unwrap_or_default());
            format!("{body}{check:02}")
        }
        // The test network of ITU-T E.212.
        "imsi" => format!("00101{count:010}"),
        "email" => format!("person{count}@example.com"),
        "person" => format!("Person {count}"),
        "iban" => {
            let bank = format!("999{count:07}");
            let own = remainder(&bank).filter(|rest| *rest != 0).unwrap_or(97);
            let account = format!("{bank}{own:02}");
            // BE is 11 14 (ISO 13616).
            let check = 98_u32.saturating_sub(remainder(&format!("{account}111400")).unwrap_or_default());
            format!("BE{check:02}{account}")
        }
        "bic" => "EXAMBEBB".to_owned(),
        "communication" => {
            let body = format!("999{count:07}");
            let check = remainder(&body).filter(|rest| *rest != 0).unwrap_or(97);
            let digits = format!("{body}{check:02}");
            let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().to_owned();
            format!("+++{}/{}/{}+++", part(0, 3), part(3, 7), part(7, 12))
        }
        "creditor reference" => {
            let body = format!("EXAMPLE{count}");
            let check = 98_u32.saturating_sub(remainder(&format!("{body}RF00")).unwrap_or_default());
            format!("RF{check:02}{body}")
        }
        "host" => format!("host-{count}.example"),
        other => format!("{other}-{count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> StandIns {
        StandIns::beside("")
    }

    #[test]
    fn the_same_value_has_the_same_stand_in_however_it_is_written() {
        let mut stand_ins = fresh();
        for (original, expected) in [
            ("+32470123456", "+32499000001"),
            ("0470 12 34 56", "0499000001"),
            ("0032470123456", "0032499000001"),
            ("32470123456", "32499000001"),
            ("+32470234567", "+32499000002"),
        ] {
            assert_eq!(stand_ins.of(original, "line"), expected, "{original}");
        }
        assert_eq!(stand_ins.of("a", "party"), "party-1");
        assert_eq!(stand_ins.of("b", "party"), "party-2");
        assert_eq!(stand_ins.of("a", "account"), "party-1", "who it is stays the same wherever it is named");
    }

    #[test]
    fn stand_ins_are_of_the_form_that_is_read() {
        use companion::activation::iccid::{CheckDigit, Iccid};
        let mut stand_ins = fresh();
        for original in ["8932050000000000013", "89320500000000000211"] {
            let iccid = stand_ins.of(original, "sim");
            assert_eq!(Iccid::read(&iccid).unwrap().check_digit(), CheckDigit::Right, "{iccid}");
        }
        for (original, shape) in [
            ("BE68539007547034", Shape::Iban),
            ("89049032004008882600004821234567", Shape::Eid),
            ("+++090/9337/55493+++", Shape::Communication),
            ("RF18539007547034", Shape::CreditorReference),
            ("206010000000001", Shape::Imsi),
            ("emma@operator.example", Shape::Email),
        ] {
            let made = stand_ins.of(original, "other");
            assert_eq!(Shape::of(&made), Some(shape), "{original}: {made}");
            assert_ne!(made, original);
        }
        let eid = stand_ins.of("89049032004008882600004821234567", "sim");
        assert_eq!((eid.len(), remainder(&eid)), (32, Some(1)));
    }

    #[test]
    fn a_stand_in_is_never_somebodys() {
        let mut stand_ins = StandIns::beside("0499 00 00 01 and party-1 and Party-2");
        assert_eq!(stand_ins.of("+32470123456", "line"), "+32499000002");
        assert_eq!(stand_ins.of("a", "party"), "party-3");
    }
}
