//! Who lives in the sandbox: five employees, each there for one situation a screen must get right, and two who have no
//! account yet. Numbers and
//! identifiers follow the seed; names, plans and situations do not change.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::uuid;
use crate::plans::{self, Plan};

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    /// Which situations they are there for, for whoever tries an app with them.
    pub(crate) situation: &'static str,
    pub(crate) locale: &'static str,
    pub(crate) password: String,
    /// The OIDC subject, which is also the TMF party id.
    pub(crate) sub: String,
    pub(crate) lines: Vec<Line>,
    /// Whether they can sign in.
    pub(crate) account: bool,
    /// Whether employer and employee share the bill: an account then takes an invitation.
    pub(crate) split_bill: bool,
    /// Invoices that were sent on request, in order.
    pub(crate) sent: Vec<Sent>,
}

/// An invoice of one line, sent on request.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) issued: Date,
    pub(crate) name: String,
    /// With VAT.
    pub(crate) cents: i64,
    pub(crate) third_party: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: String,
    /// E.164 with the plus sign.
    pub(crate) number: String,
    pub(crate) product_id: String,
    pub(crate) plan: &'static Plan,
    /// Whether the person may read the usage of this line.
    pub(crate) entitled: bool,
    /// A line that was activated in the scene's first cycle and has nothing counted in it.
    pub(crate) new_this_cycle: bool,
    /// What was used on request, beside what the clock brings.
    pub(crate) made: Vec<Made>,
}

/// Use on request: counted at that very moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made {
    pub(crate) at: Timestamp,
    /// Key of the bucket.
    pub(crate) bucket: &'static str,
    /// Of the bucket's unit.
    pub(crate) thousandths: i64,
}

/// What a test needs to know to sign a person in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonCard {
    /// Short name used in scenarios: "emma".
    pub key: String,
    /// Full name as the operator knows it.
    pub name: String,
    /// First line's number, E.164 with '+'.
    pub number: String,
    /// What the sign-in page takes; of somebody without an account, what they would choose.
    pub password: String,
    /// OIDC subject and TMF party id.
    pub sub: String,
    /// Stable id of the first line.
    pub line_id: String,
}

impl Person {
    /// Whether this number (E.164) is one of theirs.
    pub(crate) fn has(&self, number: &str) -> bool {
        self.lines.iter().any(|line| line.number == number)
    }

    pub(crate) fn card(&self) -> PersonCard {
        let first = self.lines.first();
        PersonCard {
            key: self.key.to_owned(),
            name: self.name.to_owned(),
            number: first.map(|line| line.number.clone()).unwrap_or_default(),
            password: self.password.clone(),
            sub: self.sub.clone(),
            line_id: first.map(|line| line.id.clone()).unwrap_or_default(),
        }
    }
}

/// The colleague's party id, as it stands in a shared bucket's counters.
pub(crate) fn colleague_sub(seed: u64, name: &str) -> String {
    uuid(seed, &format!("person/{name}"))
}

pub(crate) fn everyone(seed: u64) -> Vec<Person> {
    let person = |key, name, locale, lines| Person {
        key,
        name,
        situation: situation(key),
        locale,
        password: format!("{key}-sandbox"),
        sub: uuid(seed, &format!("person/{key}")),
        lines,
        account: true,
        split_bill: false,
        sent: Vec::new(),
    };
    let line = |place: u64, plan| {
        let number = line_number(seed, place);
        Line {
            id: uuid(seed, &format!("line/{place}")),
            product_id: uuid(seed, &format!("product/{place}")),
            number,
            plan,
            entitled: true,
            new_this_cycle: false,
            made: Vec::new(),
        }
    };
    let newcomer = |person, split_bill| Person { account: false, split_bill, ..person };
    vec![
        person("emma", "Emma Claes", "nl", vec![line(1, &plans::BUSINESS_10)]),
        person("luc", "Luc Dubois", "fr", vec![line(2, &plans::BUSINESS_UNLIMITED)]),
        person("nadia", "Nadia Haddad", "en", vec![line(3, &plans::BUSINESS_5)]),
        person(
            "tom",
            "Tom Schmitz",
            "de",
            vec![line(4, &plans::BUSINESS_20), Line { entitled: false, ..line(5, &plans::DATA_SIM) }],
        ),
        person("ines", "Ines Willems", "nl", vec![Line { new_this_cycle: true, ..line(6, &plans::BUSINESS_10) }]),
        newcomer(person("sara", "Sara Jacobs", "fr", vec![line(7, &plans::BUSINESS_5)]), false),
        newcomer(person("pieter", "Pieter Maes", "nl", vec![line(8, &plans::BUSINESS_10)]), true),
    ]
}

fn situation(key: &str) -> &'static str {
    match key {
        "emma" => {
            "Most of what there is: 10 GB with roaming, calls, costs outside the plan, invoices of her own with two to pay. \
             Wi-Fi calling can be switched on. A SIM card."
        }
        "luc" => {
            "Data without a limit but for fair use, and team data that two colleagues use too. The employer pays all: no \
             invoices. Wi-Fi calling is on. An eSIM."
        }
        "nadia" => {
            "Over her plan in data and calls, and out of SMS. Invoices late, reminded and half paid. Her order of Wi-Fi \
             calling is refused. A new number that begins on the day after the start, at nine."
        }
        "tom" => {
            "Two lines, and of the second, a tablet's, the usage is not his to read. Pays by direct debit. The move of his \
             number is refused until the employer corrects it."
        }
        "ines" => {
            "New: nothing is counted and nothing billed yet. Her number is being moved since nine, and can be late. Wi-Fi \
             calling was ordered already."
        }
        "sara" => {
            "Has no account yet and makes one with her number. Waits for an eSIM, on ten minutes after its code is shown."
        }
        "pieter" => {
            "Has no account yet, and makes one with an invitation of the employer. The move of his number waits for his answer."
        }
        _ => "",
    }
}

/// +32470123456, +32470234567, … for seed 1.
fn line_number(seed: u64, place: u64) -> String {
    let moved = seed.wrapping_sub(1).wrapping_mul(7_919) % 1_000_000;
    let last_six = (12_345 + place * 111_111 + moved) % 1_000_000;
    format!("+32470{last_six:06}")
}

/// A Belgian mobile number as people write it: "0470 12 34 56"; anything else as it stands.
pub(crate) fn written_number(number: &str) -> String {
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    match number.strip_prefix("+324") {
        Some(rest) if rest.len() == 8 => format!("0{} {} {} {}", part(3, 6), part(6, 8), part(8, 10), part(10, 12)),
        _ => number.to_owned(),
    }
}

/// Reads a Belgian mobile number however a person types it: "0470 12 34 56", "0470/12.34.56", "+32 470…",
/// "0032470…". `None` when it is none.
pub(crate) fn normalise_number(typed: &str) -> Option<String> {
    let mut digits = String::new();
    for (place, letter) in typed.trim().chars().enumerate() {
        match letter {
            '0'..='9' => digits.push(letter),
            '+' if place == 0 => digits.push_str("00"),
            ' ' | '.' | '/' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}' => {}
            _ => return None,
        }
    }
    let national = match digits.strip_prefix("0032") {
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None => digits.strip_prefix('0')?,
    };
    (national.len() == 9 && national.starts_with('4')).then(|| format!("+32{national}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_understood_however_it_is_typed() {
        for typed in [
            "0470123456",
            "0470 12 34 56",
            "0470/12.34.56",
            "+32 470 12 34 56",
            "+32 (0)470 12 34 56",
            "0032470123456",
            " +32470123456 ",
        ] {
            assert_eq!(normalise_number(typed).as_deref(), Some("+32470123456"), "{typed}");
        }
        for typed in ["", "emma", "02 123 45 67", "+33 6 12 34 56 78", "047012345"] {
            assert_eq!(normalise_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn everybody_is_there_for_a_situation() {
        for person in everyone(1) {
            assert!(!person.situation.is_empty(), "{}", person.key);
        }
    }

    #[test]
    fn a_number_is_written_in_groups() {
        assert_eq!(written_number("+32470123456"), "0470 12 34 56");
        assert_eq!(written_number("+33612345678"), "+33612345678");
    }

    #[test]
    fn numbers_differ_between_people_and_between_seeds() {
        let numbers = |seed| {
            everyone(seed)
                .iter()
                .flat_map(|person| person.lines.iter().map(|line| line.number.clone()))
                .collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(numbers(1).len(), 8);
        assert!(numbers(1).contains("+32470123456"));
        assert!(numbers(1).is_disjoint(&numbers(2)));
    }
}
