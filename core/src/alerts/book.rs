//! Between the rules and the ledger: names and seals what is decided, and reads what was. The id of an alert is a hash of
//! what it is of, keyed by who the person is at the operator, so that a push for the same alert carries the same id and a
//! phone replaces instead of repeating; the row in the file has a name of its own, keyed by this phone's data key.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde::{Deserialize, Serialize};

use super::model::{Delivery, Key, Mark, Moment, Place, Quiet, Rule, RuleSet, Threshold, Verdict, delivery, evaluate};
use crate::host::{Entropy, HostError};
use crate::operator::time::timestamp;
use crate::session::Subject;
use crate::store::{AlertBook, AlertOrders, AlertRow, AlertState, DataKey, MarkRow};
use crate::usage::Counted;
use crate::usage::model::Amount;

/// The shape of what is sealed. A change takes a new revision; what an older app recorded still has its name, and counts.
const REVISION: u8 = 1;
/// Longer than any cycle: an alert of an ended cycle is never asked for again.
const FORGET_AFTER_MS: i64 = 100 * 24 * 60 * 60 * 1000;
/// Alerts, and counters, that are remembered: far more than any person's lines have.
const MOST_ROWS: usize = 500;

/// What an alert is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub key: Key,
    /// What was counted when it was crossed.
    pub used: Amount,
    /// Until when, in milliseconds since 1970 UTC.
    pub counted_ms: i64,
    /// From when on it is owed: after the quiet hours.
    pub due_ms: i64,
}

/// An alert with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recorded {
    pub name: String,
    pub state: AlertState,
    pub at_ms: i64,
    pub entry: Entry,
}

/// Whose alerts they are.
#[derive(Clone)]
pub(super) struct Person {
    subject: String,
    /// Keys the ids: issuer and `sub`, which only the person's phones and the operator know.
    known_as: Vec<u8>,
    key: DataKey,
}

/// Everything a decision is made of.
pub(super) struct Question {
    pub person: Person,
    pub counted: Vec<Counted>,
    pub rules: Vec<Rule>,
    pub quiet: Quiet,
    pub now: Moment,
    pub entropy: Arc<dyn Entropy>,
}

impl Person {
    pub fn new(subject: &Subject, issuer: &str) -> Person {
        let known_as = ["companion alert 1", issuer, &subject.sub].join("\0").into_bytes();
        Person { subject: subject.id.clone(), known_as, key: subject.key.clone() }
    }

    /// The id of the notification: half of an HMAC-SHA-256 (RFC 2104) over the key's words, as text.
    pub fn id(&self, key: &Key) -> String {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.known_as), words(key).as_bytes());
        URL_SAFE_NO_PAD.encode(tag.as_ref().first_chunk::<16>().unwrap_or(&[0; 16]))
    }

    /// The row of an alert, by the id of its notification.
    pub fn name(&self, id: &str) -> String {
        self.key.name(format!("alert\0{id}").as_bytes())
    }

    fn mark_name(&self, line: &str, bucket: Option<&str>) -> String {
        self.key.name(["alert mark", line, bucket.unwrap_or_default()].join("\0").as_bytes())
    }

    /// What is recorded and can be read.
    pub fn open(&self, book: &AlertBook) -> Vec<Recorded> {
        let opened = book.rows.iter().map(|row| {
            let entry = self.unseal(&row.name, row.sealed.as_ref()?)?;
            Some(Recorded { name: row.name.clone(), state: row.state, at_ms: row.at_ms, entry })
        });
        opened.flatten().collect()
    }

    fn seal<T: Serialize>(&self, name: &str, what: &T, entropy: &dyn Entropy) -> Result<Vec<u8>, HostError> {
        let plain = postcard::to_extend(what, vec![REVISION]).map_err(|_| HostError::Failed)?;
        self.key.seal(&self.place(name), &plain, entropy)
    }

    fn unseal<T: for<'de> Deserialize<'de>>(&self, name: &str, sealed: &[u8]) -> Option<T> {
        let plain = self.key.open(&self.place(name), sealed)?;
        let (_, encoded) = plain.split_first().filter(|(revision, _)| **revision == REVISION)?;
        postcard::from_bytes(encoded).ok()
    }

    fn place(&self, name: &str) -> Vec<u8> {
        [self.subject.as_str(), "alert", name].join("\0").into_bytes()
    }
}

/// What a key is of, in words that a push server can write as well.
fn words(key: &Key) -> String {
    let Place { line, bucket, cycle, allowance } = &key.place;
    let allowance = match allowance {
        None => "-".to_owned(),
        Some(Amount::Bytes(n)) => format!("bytes:{n}"),
        Some(Amount::Seconds(n)) => format!("seconds:{n}"),
        Some(Amount::Count(n)) => format!("count:{n}"),
        Some(Amount::Money(money)) => format!("{}:{}", money.currency, money.cents),
        Some(Amount::Raw { digits, unit }) => format!("raw:{digits} {unit}"),
    };
    let threshold = match key.threshold {
        Threshold::Percent(percent) => format!("percent:{percent}"),
        Threshold::Cents(cents) => format!("cents:{cents}"),
    };
    let set = match key.set {
        RuleSet::Operator(revision) => format!("operator:{revision}"),
        RuleSet::Own(revision) => format!("own:{revision}"),
    };
    [line, bucket.as_deref().unwrap_or("-"), &cycle.to_string(), &allowance, &threshold, &set].join("\0")
}

impl Question {
    /// What is to be recorded, and which of what is owed may be told now.
    pub fn decide(&self, book: &AlertBook) -> Result<AlertOrders, HostError> {
        let recorded = self.person.open(book);
        let keys: Vec<Key> = recorded.iter().map(|recorded| recorded.entry.key.clone()).collect();
        let mut orders = AlertOrders::default();
        for counted in &self.counted {
            let name = self.person.mark_name(&counted.line, counted.bucket.as_deref());
            let last: Option<Mark> = book
                .marks
                .iter()
                .find(|mark| mark.name == name)
                .and_then(|mark| self.person.unseal(&mark.name, &mark.sealed));
            let Some(found) = evaluate(counted, &self.rules, &keys, last.as_ref(), &self.now) else { continue };
            for (key, verdict) in found.verdicts {
                if verdict == Verdict::Tell {
                    orders.supersede.extend(lower_and_owed(&recorded, &key));
                }
                orders.record.push(self.row(key, verdict, &found.mark)?);
            }
            let sealed = self.person.seal(&name, &found.mark, &*self.entropy)?;
            orders.marks.push(MarkRow { name, sealed });
        }
        for owed in recorded.iter().filter(|recorded| recorded.is_owed()) {
            if !orders.supersede.contains(&owed.name) && self.delivery(&owed.entry) == Delivery::Now {
                orders.tell.push(owed.name.clone());
            }
        }
        orders.forget = self.of_long_ago(book, &recorded);
        orders.forget_marks = self.marks_of_long_ago(book, &orders.marks);
        Ok(orders)
    }

    /// How an alert reaches the person now.
    pub fn delivery(&self, entry: &Entry) -> Delivery {
        let counted = self.counted.iter().find(|counted| entry.key.place.is_of(counted));
        delivery(&entry.key, timestamp(entry.due_ms), counted, self.quiet, &self.now)
    }

    fn row(&self, key: Key, verdict: Verdict, mark: &Mark) -> Result<AlertRow, HostError> {
        let waits_until = self.quiet.until(&self.now);
        let state = match verdict {
            Verdict::Tell if waits_until.is_some() => AlertState::Deferred,
            Verdict::Tell => AlertState::Claimed,
            Verdict::Superseded => AlertState::Superseded,
            Verdict::Baseline => AlertState::Baseline,
        };
        let name = self.person.name(&self.person.id(&key));
        let entry = Entry {
            key,
            used: mark.used.clone(),
            counted_ms: mark.counted_at.as_millisecond(),
            due_ms: waits_until.unwrap_or(self.now.at).as_millisecond(),
        };
        let sealed = Some(self.person.seal(&name, &entry, &*self.entropy)?);
        Ok(AlertRow { name, state, sealed, at_ms: self.now.at.as_millisecond() })
    }

    /// Alerts of long ago whose cycle is over, as far as it can be read.
    fn of_long_ago(&self, book: &AlertBook, recorded: &[Recorded]) -> Vec<String> {
        let goes_on = |name: &str| {
            let place =
                recorded.iter().find(|recorded| recorded.name == name).map(|recorded| &recorded.entry.key.place);
            place.is_some_and(|place| !place.is_over(&self.now))
        };
        let now_ms = self.now.at.as_millisecond();
        let old = book.rows.iter().filter(|row| now_ms.saturating_sub(row.at_ms) > FORGET_AFTER_MS);
        let mut names: Vec<String> = old.filter(|row| !goes_on(&row.name)).map(|row| row.name.clone()).collect();
        // An operator that names its counters anew in every answer fills no phone.
        let mut settled: Vec<&AlertRow> = book.rows.iter().filter(|row| !row.state.is_owed()).collect();
        settled.sort_unstable_by_key(|row| std::cmp::Reverse(row.at_ms));
        names.extend(settled.into_iter().skip(MOST_ROWS).map(|row| row.name.clone()));
        names
    }

    /// The last counts of what is not counted any more: its cycle is long over, or newer ones are too many.
    fn marks_of_long_ago(&self, book: &AlertBook, renewed: &[MarkRow]) -> Vec<String> {
        let others = book.marks.iter().filter(|mark| renewed.iter().all(|new| new.name != mark.name));
        let (mut kept, mut names) = (Vec::new(), Vec::new());
        for row in others {
            // What cannot be read any more says nothing.
            let mark: Option<Mark> = self.person.unseal(&row.name, &row.sealed);
            let counted_ms = mark.map(|mark| mark.counted_at.as_millisecond());
            match counted_ms.filter(|ms| self.now.at.as_millisecond().saturating_sub(*ms) <= FORGET_AFTER_MS) {
                Some(counted_ms) => kept.push((counted_ms, &row.name)),
                None => names.push(row.name.clone()),
            }
        }
        kept.sort_unstable_by_key(|(counted_ms, _)| std::cmp::Reverse(*counted_ms));
        names.extend(kept.into_iter().skip(MOST_ROWS).map(|(_, name)| name.clone()));
        names
    }
}

impl Recorded {
    /// Whether the person has still to be told.
    pub fn is_owed(&self) -> bool {
        self.state.is_owed()
    }
}

/// Alerts that have not been told yet and need not be once `key` is.
fn lower_and_owed<'a>(recorded: &'a [Recorded], key: &'a Key) -> impl Iterator<Item = String> + 'a {
    let lower = |other: &Key| other.place == key.place && other.threshold < key.threshold;
    recorded.iter().filter(move |other| other.is_owed() && lower(&other.entry.key)).map(|other| other.name.clone())
}
