//! What happens to a person only because somebody asks for it: data is used up, an invoice is sent. Everything else comes
//! with the clock.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::{brussels, wire_time};
use crate::people::{Made, Person, Sent};
use crate::plans::Included;
use crate::state::World;
use crate::tmf678;

/// The most that is used up at once, and of money the most an invoice is of: far from where sums end.
const MOST: i64 = 1_000_000;

/// Which counter moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Counted {
    /// In Belgium, in megabytes.
    Data,
    /// Elsewhere in the EU, in megabytes.
    DataEu,
    /// Of the team's data, in megabytes.
    DataShared,
    /// In minutes.
    Calls,
    /// In messages.
    Sms,
}

impl Counted {
    fn bucket(self) -> &'static str {
        match self {
            Self::Data => "data-national",
            Self::DataEu => "data-eu",
            Self::DataShared => "data-shared",
            Self::Calls => "voice-national",
            Self::Sms => "sms-national",
        }
    }
}

/// Somebody uses up some of their plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// Whose first line, by key: "emma".
    pub person: String,
    /// Of what.
    pub what: Counted,
    /// Megabytes, minutes or messages.
    pub amount: i64,
}

/// An invoice of one line, issued today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invoice {
    /// Who is to pay, by key: "emma".
    pub person: String,
    /// With VAT.
    pub cents: i64,
    /// What the line charges for; "Calls to abroad" when left out.
    pub name: Option<String>,
    /// Whether a third party charges, which an employer never pays.
    #[serde(default)]
    pub third_party: bool,
}

impl World {
    /// Counts it at this moment, whatever the quarter of an hour. Says until when was counted, or why nothing was.
    pub(crate) fn use_up(&mut self, wanted: &Use) -> Result<String, String> {
        within(wanted.amount, "amount")?;
        let at = self.clock.now();
        let line = self.person_mut(&wanted.person)?.lines.first_mut().ok_or("there is no line")?;
        let key = wanted.what.bucket();
        let Some(included) = line.plan.included.iter().find(|included| included.key == key) else {
            let names: Vec<&str> = line.plan.included.iter().map(|included| included.key).collect();
            return Err(format!("the plan of {} does not count that; it counts {}", wanted.person, names.join(", ")));
        };
        line.made.push(Made { at, bucket: included.key, thousandths: thousandths(wanted.amount, included) });
        Ok(wire_time(at))
    }

    /// Says of which day it is, or why none was sent.
    pub(crate) fn send_invoice(&mut self, wanted: &Invoice) -> Result<Date, String> {
        within(wanted.cents, "cents")?;
        let issued = self.clock.now().to_zoned_datetime(brussels()).date();
        let person = self.person_mut(&wanted.person)?;
        if !tmf678::pays(person) {
            return Err(format!("{} has no account to pay: the employer pays all", wanted.person));
        }
        let name = wanted.name.clone().unwrap_or_else(|| "Calls to abroad".to_owned());
        person.sent.push(Sent { issued, name, cents: wanted.cents, third_party: wanted.third_party });
        Ok(issued)
    }

    fn person_mut(&mut self, key: &str) -> Result<&mut Person, String> {
        self.people.iter_mut().find(|person| person.key == key).ok_or_else(|| "there is nobody of that name".to_owned())
    }
}

/// Megabytes are thousandths of a GB, all else is told in whole units.
fn thousandths(amount: i64, included: &Included) -> i64 {
    if included.units == "GB" { amount } else { amount.saturating_mul(1_000) }
}

fn within(amount: i64, field: &str) -> Result<(), String> {
    if (1..=MOST).contains(&amount) { Ok(()) } else { Err(format!("`{field}` is 1 to {MOST}, not {amount}")) }
}
