//! A private account's books at a moment: which bills were issued with which lines, and what runs. Pure: the same person, seed
//! and moment give the same bills. An invoice comes when more than five euros are open since the last, and after two months
//! without one in any case.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, civil};

use super::pattern::{CONTRIBUTION, Delivery, Fate, Habits, Spent, habits};
use crate::clock::{Cycle, brussels};
use crate::ids::{hex, sha256, uuid};
use crate::people::Person;

/// The first month there are books of.
const BEGIN: Date = civil::date(2025, 10, 1);
const THRESHOLD: i64 = 500;
/// Invoices come this many days after the end of their month, and are to be paid within so many more.
const ISSUED_AFTER: i64 = 2;
const DUE_AFTER: i64 = 25;
/// So many months back the operator shows.
const SHOWN: usize = 24;

/// One account.
#[derive(Debug, Clone)]
pub(crate) struct Books {
    pub(crate) account: String,
    /// The latest first.
    pub(crate) bills: Vec<Bill>,
    /// What is on no bill yet.
    pub(crate) running: Vec<Line>,
}

/// What a bill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Invoice,
    CreditNote,
    Statement,
}

#[derive(Debug, Clone)]
pub(crate) struct Bill {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) kind: Kind,
    pub(crate) cycle: Cycle,
    pub(crate) issued: Date,
    pub(crate) due: Date,
    pub(crate) state: &'static str,
    /// What was paid of it, cents.
    pub(crate) paid: i64,
    pub(crate) direct_debit: bool,
    pub(super) delivery: Delivery,
    /// The invoice that a credit note is about.
    pub(crate) original: Option<String>,
    pub(crate) lines: Vec<Line>,
}

/// What a line charges for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    Recurring,
    Usage,
    Credit,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) kind: LineKind,
    pub(crate) name: String,
    pub(crate) cycle: Cycle,
    pub(crate) date: Date,
    /// With VAT, cents.
    pub(crate) cents: i64,
    pub(crate) third_party: bool,
    pub(crate) employer_share: bool,
}

impl Line {
    /// VAT of 21 % inside the amount; none on what third parties charge.
    pub(crate) fn tax(&self) -> i64 {
        if self.third_party {
            return 0;
        }
        let size = self.cents.abs();
        let without = (size * 200 + 121) / 242;
        (size - without) * self.cents.signum()
    }

    pub(crate) fn out_of_bundle(&self) -> bool {
        self.kind == LineKind::Usage
    }
}

impl Bill {
    /// With VAT, cents.
    pub(crate) fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.cents).sum()
    }

    pub(crate) fn tax(&self) -> i64 {
        self.lines.iter().map(Line::tax).sum()
    }

    pub(crate) fn open(&self) -> i64 {
        self.total() - self.paid
    }

    /// The Belgian structured communication made of the bill's number.
    pub(crate) fn reference(&self) -> String {
        let base: u64 = self.number.parse().unwrap_or_default();
        let check = match base % 97 {
            0 => 97,
            rest => rest,
        };
        let digits = format!("{base:010}{check:02}");
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        format!("+++{}/{}/{}+++", part(0, 3), part(3, 7), part(7, 12))
    }
}

/// The id of a person's private account; none: the employer pays all.
pub(crate) fn account(person: &Person, seed: u64) -> Option<String> {
    habits(person)?;
    let id = uuid(seed, &format!("account/{}", person.key));
    Some(format!("BA-{}", id.get(..8).unwrap_or_default()))
}

/// The books of a person's private account; none: the employer pays all.
pub(crate) fn books(person: &Person, seed: u64, now: Timestamp) -> Option<Books> {
    let habits = habits(person)?;
    let account = account(person, seed)?;
    let current = Cycle::containing(now);
    let today = now.to_zoned_datetime(brussels()).date();
    let is_new = person.lines.first().is_some_and(|line| line.new_this_cycle);
    let mut books = Writer { person, seed, habits, account: account.clone(), bills: Vec::new(), pending: Vec::new() };
    let mut without = 0;
    let mut month = if is_new { current.first_day } else { BEGIN };
    while month < current.first_day {
        let cycle = Cycle::of_day(month);
        let place = books.month(cycle);
        let open: i64 = books.pending.iter().map(|line| line.cents).sum();
        if open > THRESHOLD || without == 2 {
            books.invoice(cycle);
            without = 0;
        } else {
            without += 1;
        }
        books.extras(cycle, place);
        month = cycle.next_first_day;
    }
    books.running(current, today);
    books.settle(today);
    books.on_request(current, today);
    let Writer { mut bills, pending, .. } = books;
    bills.reverse();
    bills.sort_by_key(|bill| std::cmp::Reverse(bill.issued));
    bills.truncate(SHOWN);
    Some(Books { account, bills, running: pending })
}

struct Writer<'a> {
    person: &'a Person,
    seed: u64,
    habits: Habits,
    account: String,
    bills: Vec<Bill>,
    pending: Vec<Line>,
}

impl Writer<'_> {
    /// Puts a closed month's lines on the account; its place in the pattern.
    fn month(&mut self, cycle: Cycle) -> usize {
        let place = usize::try_from((cycle.months_since_scene() + 13).rem_euclid(13)).unwrap_or_default();
        let spent = self.habits.months.get(place).copied().unwrap_or_default();
        let coverable: i64 = spent.iter().filter(|(_, _, third_party)| !third_party).map(|(_, cents, _)| cents).sum();
        let coverable = coverable + self.habits.subscription;
        let plan = self.person.lines.first().map(|line| line.plan.name).unwrap_or_default();
        let last = cycle.next_first_day.yesterday().unwrap_or(cycle.first_day);
        self.line(cycle, LineKind::Recurring, plan, cycle.first_day, self.habits.subscription, false);
        let share = -coverable.min(CONTRIBUTION);
        self.line(cycle, LineKind::Credit, "Your employer's contribution", last, share, false);
        for (place, one) in spent.iter().enumerate() {
            // A third party's services that come on a statement are on no invoice.
            if !(self.habits.has_statement && self.is_statement_month(cycle) && one.2) {
                self.spent(cycle, place, *one);
            }
        }
        place
    }

    fn is_statement_month(&self, cycle: Cycle) -> bool {
        cycle.months_since_scene().rem_euclid(13) == 8
    }

    fn spent(&mut self, cycle: Cycle, place: usize, (name, cents, third_party): Spent) {
        let day = cycle.first_day.saturating_add((5 + 8 * place as i64).days());
        self.line(cycle, LineKind::Usage, name, day, cents, third_party);
    }

    fn line(&mut self, cycle: Cycle, kind: LineKind, name: &str, date: Date, cents: i64, third_party: bool) {
        let line = self.made(cycle, kind, name, date, cents, third_party);
        self.pending.push(line);
    }

    fn made(&self, cycle: Cycle, kind: LineKind, name: &str, date: Date, cents: i64, third_party: bool) -> Line {
        let label = format!("line/{}/{}/{name}/{date}/{kind:?}", self.account, cycle.first_day);
        let id = uuid(self.seed, &label);
        let id = format!("ACBR-{}", id.get(..13).unwrap_or_default());
        let employer_share = kind == LineKind::Credit;
        Line { id, kind, name: name.to_owned(), cycle, date, cents, third_party, employer_share }
    }

    fn bill(&self, kind: Kind, cycle: Cycle, lines: Vec<Line>) -> Bill {
        let letter = match kind {
            Kind::Invoice => 'I',
            Kind::CreditNote => 'C',
            Kind::Statement => 'S',
        };
        let id = format!("{}-{letter}{}", self.account.replace("BA", "B"), cycle.first_day.strftime("%Y%m"));
        let number = self.number(&id);
        let issued = cycle.next_first_day.saturating_add(ISSUED_AFTER.days());
        Bill {
            id,
            number,
            kind,
            cycle,
            issued,
            due: issued.saturating_add(DUE_AFTER.days()),
            state: "settled",
            paid: 0,
            direct_debit: self.habits.direct_debit,
            delivery: self.habits.delivery,
            original: None,
            lines,
        }
    }

    /// Of the bill of this id.
    fn number(&self, id: &str) -> String {
        let digest = sha256(format!("{}/{id}", self.seed).as_bytes());
        let short = u64::from_str_radix(hex(&digest).get(..12).unwrap_or_default(), 16).unwrap_or_default();
        format!("{}", 7_000_000_000 + short % 1_000_000_000)
    }

    fn invoice(&mut self, cycle: Cycle) {
        let lines = std::mem::take(&mut self.pending);
        let bill = self.bill(Kind::Invoice, cycle, lines);
        self.bills.push(bill);
    }

    /// What comes beside invoices.
    fn extras(&mut self, cycle: Cycle, place: usize) {
        if self.habits.has_credit_note && place == 6 {
            let original = self.bills.iter().rev().filter(|bill| bill.kind == Kind::Invoice).nth(1);
            let original = original.map(|bill| bill.number.clone());
            let last = cycle.next_first_day.yesterday().unwrap_or(cycle.first_day);
            let mut line = self.made(cycle, LineKind::Credit, "Calls to abroad, taken back", last, -121, false);
            line.employer_share = false;
            let note = Bill { original, ..self.bill(Kind::CreditNote, cycle, vec![line]) };
            self.bills.push(note);
        }
        if self.habits.has_statement && self.is_statement_month(cycle) {
            let line = self.made(cycle, LineKind::Usage, "Parking by SMS", cycle.first_day, 450, true);
            let statement = self.bill(Kind::Statement, cycle, vec![line]);
            self.bills.push(statement);
        }
    }

    /// What was spent so far in the running month.
    fn running(&mut self, cycle: Cycle, today: Date) {
        let charges = self.person.lines.first().map(|line| (line.plan.charges, line.new_this_cycle));
        for charge in charges.filter(|(_, is_new)| !is_new).map(|(charges, _)| charges).unwrap_or_default() {
            let day = cycle.first_day.saturating_add((charge.day - 1).days());
            if day <= today {
                self.line(cycle, LineKind::Usage, charge.name, day, charge.euro_thousandths / 10, charge.third_party);
            }
        }
    }

    /// Invoices sent on request: none is paid.
    fn on_request(&mut self, current: Cycle, today: Date) {
        for (place, sent) in self.person.sent.iter().enumerate().filter(|(_, sent)| sent.issued <= today) {
            let line = self.made(current, LineKind::Usage, &sent.name, sent.issued, sent.cents, sent.third_party);
            let line = Line { id: format!("{}-{}", line.id, place + 1), ..line };
            let bill = self.bill(Kind::Invoice, current, vec![line]);
            let id = format!("{}-{}", bill.id, place + 1);
            let (number, due) = (self.number(&id), sent.issued.saturating_add(DUE_AFTER.days()));
            self.bills.push(Bill { id, number, issued: sent.issued, due, state: "sent", ..bill });
        }
    }

    /// What became of each bill by today.
    fn settle(&mut self, today: Date) {
        let fate = self.habits.fate;
        let mut from_last = 0;
        for bill in self.bills.iter_mut().rev() {
            let total = bill.total();
            let is_owed = bill.kind != Kind::CreditNote && total > 0;
            if bill.issued > today {
                bill.state = "validated";
                continue;
            }
            let fate = if is_owed && bill.kind == Kind::Invoice {
                from_last += 1;
                fate.get(from_last - 1).copied().unwrap_or(Fate::Paid)
            } else {
                Fate::Paid
            };
            (bill.state, bill.paid) = match fate {
                Fate::Open => ("sent", 0),
                Fate::Reminded => ("sent.reminded", 0),
                Fate::Half => ("partiallyPaid", total / 2),
                Fate::Paid | Fate::Collected => ("settled", total),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::everyone;

    fn of(key: &str, now: &str) -> Option<Books> {
        let people = everyone(1);
        let person = people.iter().find(|person| person.key == key).unwrap();
        books(person, 1, now.parse().unwrap())
    }

    fn told(key: &str, now: &str) -> Vec<String> {
        let told = |bill: &Bill| {
            let month = bill.cycle.first_day.strftime("%Y-%m");
            format!("{month} {:?} {} {}", bill.kind, bill.total(), bill.state)
        };
        of(key, now).unwrap().bills.iter().map(told).collect()
    }

    const SCENE: &str = "2026-11-25T14:05:00+01:00";

    #[test]
    fn thirteen_months_hold_every_kind_of_bill() {
        let expected = [
            "2026-10 Invoice 985 sent",
            "2026-09 Invoice 730 sent",
            "2026-08 Invoice 1275 settled",
            "2026-07 Invoice 0 settled",
            "2026-04 CreditNote -121 settled",
            "2026-04 Invoice 700 settled",
            "2026-02 Invoice 840 settled",
            "2026-01 Invoice 350 settled",
            "2025-10 Invoice 620 settled",
        ];
        assert_eq!(told("emma", SCENE), expected);
        let books = of("emma", SCENE).unwrap();
        assert_eq!(books.running.iter().map(|line| line.cents).sum::<i64>(), 327);
        // The invoice of April holds March's lines too, and the credit note is about February's.
        let april = books.bills.iter().find(|bill| bill.total() == 700).unwrap();
        assert_eq!(april.lines.len(), 7);
        let february = books.bills.iter().find(|bill| bill.total() == 840).unwrap();
        let note = books.bills.iter().find(|bill| bill.kind == Kind::CreditNote).unwrap();
        assert_eq!(note.original.as_ref(), Some(&february.number));
    }

    #[test]
    fn others_pay_late_in_parts_by_direct_debit_or_not_at_all() {
        let nadia = told("nadia", SCENE);
        assert_eq!(nadia.len(), 14);
        assert_eq!(
            nadia[..3],
            ["2026-10 Invoice 1170 sent", "2026-09 Invoice 1170 sent.reminded", "2026-08 Invoice 1170 partiallyPaid"]
        );
        assert!(nadia.contains(&"2026-06 Statement 450 settled".to_owned()), "{nadia:?}");
        let tom = of("tom", SCENE).unwrap();
        assert!(tom.bills.iter().all(|bill| bill.direct_debit && bill.total() == 1_000));
        assert!(of("luc", SCENE).is_none());
        assert!(of("ines", SCENE).unwrap().bills.is_empty());
    }

    #[test]
    fn a_bill_is_validated_before_it_is_sent() {
        assert_eq!(told("emma", "2026-12-01T10:00:00+01:00")[0], "2026-11 Invoice 620 validated");
        assert_eq!(told("emma", "2026-12-03T10:00:00+01:00")[0], "2026-11 Invoice 620 sent");
    }

    #[test]
    fn a_reference_checks_and_tax_adds_up() {
        let books = of("emma", SCENE).unwrap();
        for bill in &books.bills {
            let digits: String = bill.reference().chars().filter(char::is_ascii_digit).collect();
            let (base, check) = digits.split_at(10);
            let rest = base.parse::<u64>().unwrap() % 97;
            assert_eq!(check.parse::<u64>().unwrap(), if rest == 0 { 97 } else { rest });
            for line in &bill.lines {
                assert!((line.cents - line.tax()) * 21 / 100 - line.tax() <= 1 || line.third_party, "{line:?}");
            }
        }
        assert_eq!(Line { cents: 121, ..books.bills[0].lines[0].clone() }.tax(), 21);
    }
}
