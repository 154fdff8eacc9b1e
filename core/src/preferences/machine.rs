//! One switch, and every way it can move: one function, [`Toggle::on`], without clock, disk or network. A wish is written
//! down before it is sent; what is on its way is frozen and has at most one successor; a late failure never takes a newer
//! wish back; and whatever the operator says of a switch that waits, the person's wish is not overwritten by it.

use serde::{Deserialize, Serialize};

use super::model::{Change, Preference, Refusal, Value};
use crate::operator::retry::LONGEST_WAIT_S;
use crate::store::Snapshot;

/// A wish older than this is not sent any more: nobody remembers it.
pub(super) const TOO_OLD_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// How often a wish is sent again on what somebody else changed meanwhile.
const REBASES: u8 = 3;
/// How long the operator is asked whether a change that it put off has been made: service orders take hours.
const UNCONFIRMED_FOR_MS: i64 = 24 * 60 * 60 * 1000;
/// The pauses between: half of what has passed since it was put off, within these.
const SHORTEST_POLL_MS: i64 = 30 * 1000;
const LONGEST_POLL_MS: i64 = 60 * 60 * 1000;
/// No wait is longer, with the tenth that is added to what the operator asks for. One that is comes of a clock that was
/// moved since.
pub(super) const LONGEST_WAIT_MS: i64 = LONGEST_WAIT_S as i64 * 1100;

/// One switch as it is kept: what the operator has, and what the person wants instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Toggle {
    /// The line it belongs to.
    pub line_id: String,
    /// What the operator has, as far as we know.
    pub preference: Preference,
    /// Grows with every move, so that an answer to an older question is told by it.
    pub moves: u64,
    /// What is on its way. Frozen: it is repeated as it is until there is an answer.
    pub flight: Option<Flight>,
    /// What goes next.
    pub queued: Option<Wish>,
    /// What the person must know of the last wish.
    pub trouble: Option<Trouble>,
    /// When to try again.
    pub wait: Option<Wait>,
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wish {
    /// Names this operation at the operator (`Idempotency-Key`); the same however often it is sent.
    pub operation: String,
    /// What the person changed.
    pub change: Change,
    /// When it was wished, in milliseconds since 1970 UTC.
    pub at_ms: i64,
}

/// A wish on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flight {
    /// What is sent.
    pub wish: Wish,
    /// What the person saw when they wished, or what it was rebased on.
    pub base: Preference,
    /// How often it was sent or asked after.
    pub tries: u32,
    /// It is being sent, or was when the app died.
    pub outstanding: bool,
    /// It was sent and the answer never came: it may have been done.
    pub unsure: bool,
    /// How often it was put on what somebody else changed.
    pub rebased: u8,
    /// The operator took it and will do it later: when it said so, in milliseconds since 1970 UTC.
    pub accepted_ms: Option<i64>,
}

/// What the person must know of their last wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Trouble {
    /// Somebody changed it elsewhere, to something else than this wish.
    Conflict { mine: Value },
    /// The operator did not take it.
    Refused { mine: Value, reason: Refusal },
    /// It waited too long.
    Expired { mine: Value },
}

/// When to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wait {
    /// In milliseconds since 1970 UTC.
    pub until_ms: i64,
    /// Why.
    pub reason: Reason,
}

/// Why something has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reason {
    /// There was no way to the operator.
    NoWay,
    /// The operator could not do it just now.
    Unable,
    /// Something else was in the way.
    Other,
    /// The operator asked to be left alone: nothing at all is sent before.
    Asked,
    /// The operator took it and does it later: it is asked after from then on, and where `asked`, not before.
    PutOff { asked: bool },
}

impl Wait {
    /// Whether it is not over yet; none is longer than any could be.
    pub fn holds(&self, now_ms: i64) -> bool {
        (1..=self.longest_ms()).contains(&self.until_ms.saturating_sub(now_ms))
    }

    /// A wait that outlived a move of the clock ends all the same.
    fn bounded(self, now_ms: i64) -> Wait {
        Wait { until_ms: self.until_ms.min(now_ms.saturating_add(self.longest_ms())), ..self }
    }

    fn longest_ms(&self) -> i64 {
        match self.reason {
            Reason::PutOff { .. } => LONGEST_POLL_MS,
            _ => LONGEST_WAIT_MS,
        }
    }

    /// Whether a person's asking for it is no reason to try before.
    fn is_the_operators(&self) -> bool {
        matches!(self.reason, Reason::Asked | Reason::PutOff { asked: true })
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// The person wants a value. The operation's name is used where it is a new wish.
    Wished(Wish),
    /// The person keeps their own value over the one from elsewhere.
    KeepMine { operation: String, at_ms: i64 },
    /// The person has read what became of their wish, and leaves it.
    Understood,
    /// It is about to be sent; `at_once` also where a pause of our own is not over, as when the person asks for it.
    Sending { now_ms: i64, at_once: bool },
    /// What came of sending the operation.
    Came { operation: String, outcome: Outcome },
    /// What the operator has, asked for when the switch had made so many moves.
    Read { preference: Preference, moves: u64 },
    /// The operator does not list it any more, asked for when the switch had made so many moves.
    Unlisted { moves: u64 },
    /// What was kept of it on disk is gone: nothing moves, and it is written again.
    Lost,
}

/// What came of sending a wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The operator did it, and has this now.
    Done(Preference),
    /// The operator will do it, as it said at this moment, in milliseconds since 1970 UTC.
    Accepted { wait: Wait, at_ms: i64 },
    /// It never left the phone, or the operator did nothing with it: again, later.
    NotDone { wait: Wait },
    /// It may have been done.
    Unsure { wait: Wait },
    /// The operator has something else than it was based on. `once` says that it does an operation only once, so that one
    /// it has not answered with its outcome was not done.
    Stale { theirs: Preference, once: bool },
    /// The operator is busy with this very operation, or with another one on the same preference.
    Busy { theirs: Preference, once: bool, wait: Wait },
    /// The operator does not take it.
    Refused(Refusal),
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing, beyond keeping what has changed.
    Nothing,
    /// Send this.
    Send(Flight),
    /// Not before this moment.
    Later(Wait),
    /// It is gone, and so is its row.
    Forget,
}

impl Snapshot for Toggle {
    const KIND: &'static str = "toggle";
    const REVISION: u8 = 2;
}

impl Flight {
    /// What there will be when it has arrived.
    pub fn wanted(&self) -> Value {
        self.wish.change.on(self.base.value)
    }

    /// How long to wait before the operator is asked whether it has done what it put off. It grows with the time that has
    /// passed and with nothing else, so that somebody who asks often neither hastens nor uses up anything.
    pub fn poll_pause_ms(&self, now_ms: i64) -> i64 {
        let passed_ms = self.accepted_ms.map_or(0, |accepted_ms| now_ms.saturating_sub(accepted_ms));
        (passed_ms / 2).clamp(SHORTEST_POLL_MS, LONGEST_POLL_MS)
    }
}

impl Trouble {
    /// What the person wished.
    pub fn mine(&self) -> Value {
        match self {
            Trouble::Conflict { mine } | Trouble::Refused { mine, .. } | Trouble::Expired { mine } => *mine,
        }
    }
}

impl Toggle {
    /// A switch as the operator has it.
    pub fn of(line_id: &str, preference: Preference) -> Toggle {
        Toggle {
            line_id: line_id.to_owned(),
            preference,
            moves: 0,
            flight: None,
            queued: None,
            trouble: None,
            wait: None,
        }
    }

    /// What the screen shows: the person's last wish while there is one, else what the operator has.
    pub fn shown(&self) -> Value {
        let before = self.before_the_queue();
        self.queued.as_ref().map_or(before, |wish| wish.change.on(before))
    }

    /// What there will be when what is on its way has arrived.
    pub fn before_the_queue(&self) -> Value {
        self.flight.as_ref().map_or(self.preference.value, Flight::wanted)
    }

    /// Whether a wish waits or is on its way.
    pub fn is_pending(&self) -> bool {
        self.flight.is_some() || self.queued.is_some()
    }

    /// Moves on an event.
    pub fn on(&mut self, event: Event) -> Effect {
        use Event::{Came, KeepMine, Lost, Read, Sending, Understood, Unlisted, Wished};
        let moves = !matches!(event, Read { .. } | Unlisted { .. } | Sending { .. } | Lost);
        self.moves = self.moves.saturating_add(u64::from(moves));
        match event {
            // Later taps win over whatever was the matter with an earlier one.
            Wished(wish) => {
                self.trouble = None;
                self.wish(wish)
            }
            KeepMine { operation, at_ms } => match self.trouble.take() {
                Some(Trouble::Conflict { mine }) => {
                    let change = Change::between(self.preference.value, mine);
                    self.wish(Wish { operation, change, at_ms })
                }
                other => {
                    self.trouble = other;
                    Effect::Nothing
                }
            },
            Understood => {
                self.trouble = None;
                Effect::Nothing
            }
            Sending { now_ms, at_once } => self.send(now_ms, at_once),
            Came { operation, outcome } => match self.flight.take() {
                Some(flight) if flight.wish.operation == operation => self.came(flight, outcome),
                other => {
                    self.flight = other;
                    Effect::Nothing
                }
            },
            // A wish is never overwritten, and an answer to an older question is worth nothing.
            Read { moves, .. } | Unlisted { moves } if moves != self.moves || self.is_pending() => Effect::Nothing,
            Read { preference, .. } => {
                // The operator has it after all, as one that was long in confirming it.
                self.trouble.take_if(|trouble| trouble.mine() == preference.value);
                self.preference = preference;
                Effect::Nothing
            }
            // What the person has not read yet stays.
            Unlisted { .. } if self.trouble.is_some() => Effect::Nothing,
            Unlisted { .. } => Effect::Forget,
            Lost => Effect::Nothing,
        }
    }

    /// The person wants a value: what waits gives way, what is on its way gets a successor.
    fn wish(&mut self, wish: Wish) -> Effect {
        let (before, shown) = (self.before_the_queue(), self.shown());
        let earlier = self.queued.take();
        let change = earlier.as_ref().map_or(Change::default(), |earlier| earlier.change).then(wish.change);
        let wanted = change.on(before);
        self.queued = match earlier {
            // Back where it was: there is nothing to send.
            _ if wanted == before => None,
            Some(earlier) if wanted == shown => Some(earlier),
            _ => Some(Wish { change, ..wish }),
        };
        Effect::Nothing
    }

    /// A wish that came to nothing is part of the one that follows it: the person saw both together.
    fn absorb(&mut self, flight: &Flight) {
        if let Some(queued) = &mut self.queued {
            queued.change = flight.wish.change.then(queued.change);
        }
    }

    /// Drops what waits where the operator has it already; true when it did.
    fn drop_needless(&mut self) -> bool {
        let present = self.preference.value;
        self.queued.take_if(|queued| queued.change.on(present) == present).is_some()
    }

    /// The row freezes what is sent before it is sent.
    fn send(&mut self, now_ms: i64, at_once: bool) -> Effect {
        let wait = self.wait.map(|wait| wait.bounded(now_ms)).filter(|wait| wait.holds(now_ms) && self.is_pending());
        if let Some(wait) = wait.filter(|wait| wait.is_the_operators() || !at_once) {
            self.wait = Some(wait);
            return Effect::Later(wait);
        }
        self.wait = None;
        let base = self.preference.clone();
        let fresh =
            |wish| Flight { wish, base, tries: 0, outstanding: false, unsure: false, rebased: 0, accepted_ms: None };
        let Some(mut flight) = self.flight.take().or_else(|| self.queued.take().map(fresh)) else {
            return Effect::Nothing;
        };
        self.moves = self.moves.saturating_add(1);
        // What the operator has taken is not waiting to be sent.
        if flight.accepted_ms.is_none() && now_ms.saturating_sub(flight.wish.at_ms) > TOO_OLD_MS {
            // What the person wished since then is no older.
            self.absorb(&flight);
            if self.queued.is_none() {
                self.trouble = Some(Trouble::Expired { mine: flight.wanted() });
                return Effect::Nothing;
            }
            return self.send(now_ms, at_once);
        }
        // Still on its way when the app died: nobody knows what became of it.
        flight.unsure |= flight.outstanding;
        flight.outstanding = true;
        flight.tries = flight.tries.saturating_add(1);
        self.flight = Some(flight.clone());
        Effect::Send(flight)
    }

    fn came(&mut self, flight: Flight, outcome: Outcome) -> Effect {
        let flight = Flight { outstanding: false, ..flight };
        let again = |toggle: &mut Toggle, flight: Flight, wait: Wait| {
            toggle.flight = Some(flight);
            toggle.wait = Some(wait);
            Effect::Nothing
        };
        match outcome {
            Outcome::Done(present) => self.settle(flight.wanted(), present),
            Outcome::Accepted { wait, at_ms } => {
                // From the first word on; a clock that was set back counts from there.
                let accepted_ms = flight.accepted_ms.map_or(at_ms, |accepted_ms| accepted_ms.min(at_ms));
                if at_ms.saturating_sub(accepted_ms) > UNCONFIRMED_FOR_MS {
                    return self.refused(&flight, Refusal::NotConfirmed);
                }
                again(self, Flight { accepted_ms: Some(accepted_ms), ..flight }, wait)
            }
            Outcome::NotDone { wait } => again(self, flight, wait),
            Outcome::Unsure { wait } => again(self, Flight { unsure: true, ..flight }, wait),
            Outcome::Busy { theirs, wait, .. }
                if theirs.value == flight.base.value && theirs.version.same_as(&flight.base.version) != Some(false) =>
            {
                again(self, flight, wait)
            }
            Outcome::Stale { theirs, once } | Outcome::Busy { theirs, once, .. } => self.rebase(flight, theirs, once),
            Outcome::Refused(reason) => self.refused(&flight, reason),
        }
    }

    /// There is an answer: what the operator has now, and what waits behind it.
    fn settle(&mut self, wanted: Value, present: Preference) -> Effect {
        self.wait = None;
        self.preference = present;
        // It said yes and did something else: told, not tried again.
        if !self.drop_needless() && self.queued.is_none() && self.preference.value != wanted {
            self.trouble = Some(Trouble::Conflict { mine: wanted });
        }
        Effect::Nothing
    }

    /// Somebody changed it meanwhile. A wish that still makes sense goes on top of that; one that does not is shown.
    fn rebase(&mut self, flight: Flight, theirs: Preference, once: bool) -> Effect {
        let merged = Value::merge(flight.base.value, flight.wanted(), theirs.value);
        if merged == Some(theirs.value) {
            return self.settle(theirs.value, theirs);
        }
        // Sent once, perhaps done, and back where it was: somebody may have undone it.
        let undone = flight.unsure && !once && theirs.version.same_as(&flight.base.version) != Some(true);
        self.preference = theirs.clone();
        match merged {
            Some(_) if flight.rebased < REBASES && !undone => {
                let rebased = flight.rebased.saturating_add(1);
                self.flight = Some(Flight { base: theirs, rebased, ..flight });
                self.wait = None;
            }
            _ => {
                self.absorb(&flight);
                // The later tap wins.
                if !self.drop_needless() && self.queued.is_none() {
                    self.trouble = Some(Trouble::Conflict { mine: flight.wanted() });
                }
            }
        }
        Effect::Nothing
    }

    /// Only the person's last wish is taken back; one they have replaced is of no interest.
    fn refused(&mut self, flight: &Flight, reason: Refusal) -> Effect {
        self.wait = None;
        self.absorb(flight);
        if !self.drop_needless() && self.queued.is_none() {
            self.trouble = Some(Trouble::Refused { mine: flight.wanted(), reason });
        }
        Effect::Nothing
    }
}

#[cfg(test)]
mod tests;
