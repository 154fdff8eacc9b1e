//! Asking the operator for the person's bills: which accounts are theirs, what is on them, what runs and is on no bill yet,
//! and on demand the lines of one bill. Whatever fails, what is kept stays.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::Invoices;
use super::calendar::last_invoice;
use super::memory::{Account, Books, Detail};
use super::model::{Bill, BillLine, DocumentKind};
use super::tmf::{self, HowToRead, LinesOf, Refusal};
use crate::changes::Topic;
use crate::host::within;
use crate::money::Cents;
use crate::operator::address::address;
use crate::operator::profile::InvoicesApi;
use crate::problem::Problem;
use crate::session::{Call, Subject};

/// The longest a refresh takes; what is kept must do after that.
const PATIENCE: Duration = Duration::from_secs(45);
/// The longest that is waited for what is nice to have beside it.
const COMFORT: Duration = Duration::from_secs(10);
/// Elements asked for at a time.
const PAGE: usize = 50;
/// Pages read at most: bills of several years, or a detail nobody scrolls through.
const MOST_PAGES: usize = 10;
/// What a list of bills is asked for: all but the printed documents, which may be megabytes each.
const FIELDS: &str = "id,billNo,billDate,billingPeriod,category,runType,nextBillDate,paymentDueDate,lastUpdate,\
    billingAccount,financialAccount,paymentMethod,relatedParty,amountDue,remainingAmount,taxExcludedAmount,\
    taxIncludedAmount,appliedPayment,taxItem,state,status,characteristic";

impl Invoices {
    /// Reads the accounts, their bills and running costs, for the person signed in when it starts.
    pub(super) async fn run(self: Arc<Self>) -> Result<(), Problem> {
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        let outcome = within(PATIENCE, self.read_books(&subject)).await.unwrap_or(Err(Problem::Offline));
        if let Ok(mut memory) = self.memory_of(&subject) {
            memory.failure = outcome.clone().err();
        }
        self.engine.mark(Topic::Invoices);
        if outcome.is_ok() {
            // A comfort: what may come is told better once the last invoice is known line by line.
            let _ = within(COMFORT, self.read_last_details(&subject)).await;
        }
        outcome
    }

    async fn read_books(&self, subject: &Subject) -> Result<(), Problem> {
        let Some(api) = self.engine.profile.apis.invoices.as_ref() else { return Ok(()) };
        self.session.access().await?;
        let mut accounts = Vec::new();
        for id in self.accounts(api, subject).await? {
            let known = id.as_ref().map(std::slice::from_ref);
            let bills = self.bills(api, subject, known).await?;
            // What runs is a comfort beside what is billed.
            let running = match self.running(api, subject, known).await {
                Ok(running) => Some(running),
                Err(problem @ Problem::SessionEnded { .. }) => return Err(problem),
                Err(_) => None,
            };
            accounts.push(Account { id, bills, running });
        }
        let kept = self.engine.received(Books { accounts }, None, None);
        self.memory_of(subject)?.books = Some(kept.clone());
        self.engine.mark(Topic::Invoices);
        self.session.keep_row(subject, &subject.key.name(b"books"), &kept).await
    }

    /// The person's private accounts; one without an id where the operator does not tell accounts.
    async fn accounts(&self, api: &InvoicesApi, subject: &Subject) -> Result<Vec<Option<String>>, Problem> {
        let Some(base) = &api.account_base_url else { return Ok(vec![None]) };
        let mut url = address(base, &["billingAccount"])?;
        url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub);
        let answer = self.session.call(&url, Call::default()).await?;
        let accounts = tmf::read_accounts(&answer.body, &self.how(subject, None)).map_err(not_understood)?;
        Ok(accounts.ids.into_iter().map(Some).collect())
    }

    async fn bills(
        &self,
        api: &InvoicesApi,
        subject: &Subject,
        accounts: Option<&[String]>,
    ) -> Result<Vec<Bill>, Problem> {
        let mut url = address(&api.base_url, &["customerBill"])?;
        url.query_pairs_mut().append_pair("fields", FIELDS);
        match accounts {
            Some([account]) => url.query_pairs_mut().append_pair(&api.account_filter, account),
            _ => url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub),
        };
        let mut bills: Vec<Bill> = Vec::new();
        let mut pages = Pages::new(&url);
        while let Some(body) = pages.next(self).await? {
            let read = tmf::read_bills(&body, &self.how(subject, accounts)).map_err(not_understood)?;
            for bill in read.bills {
                if bills.iter().all(|known| known.id != bill.id) {
                    bills.push(bill);
                }
            }
            pages.had(read.elements);
        }
        Ok(bills)
    }

    async fn running(
        &self,
        api: &InvoicesApi,
        subject: &Subject,
        accounts: Option<&[String]>,
    ) -> Result<Vec<BillLine>, Problem> {
        let mut url = address(&api.base_url, &["appliedCustomerBillingRate"])?;
        url.query_pairs_mut().append_pair("isBilled", "false");
        match accounts {
            Some([account]) => url.query_pairs_mut().append_pair(&api.account_filter, account),
            _ => url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub),
        };
        self.lines_of(&url, subject, LinesOf::Running, accounts).await
    }

    /// The lines of one bill.
    pub(super) async fn read_detail(&self, subject: &Subject, bill: &str) -> Result<(), Problem> {
        let Some(api) = self.engine.profile.apis.invoices.as_ref() else { return Ok(()) };
        let known = self.memory_of(subject)?.bill(bill).map(|(account, bill)| (account.id.clone(), bill.clone()));
        let (account, of) = known.ok_or_else(|| Problem::unexpected("no_such_invoice"))?;
        let mut url = address(&api.base_url, &["appliedCustomerBillingRate"])?;
        url.query_pairs_mut().append_pair(&api.bill_filter, bill);
        let known = account.as_ref().map(std::slice::from_ref);
        let lines = with_the_sign_of(&of, self.lines_of(&url, subject, LinesOf::Bill(bill), known).await?);
        let kept = self.engine.received(Detail { of, lines }, None, None);
        self.memory_of(subject)?.details.insert(bill.to_owned(), kept.clone());
        self.engine.mark(Topic::Invoices);
        let key = subject.key.name(["bill lines", bill].join("\0").as_bytes());
        self.session.keep_row(subject, &key, &kept).await
    }

    /// The lines of each account's last invoice, unless they were read since it last changed, where something runs.
    async fn read_last_details(&self, subject: &Subject) -> Result<(), Problem> {
        let wanted: Vec<String> = {
            let memory = self.memory_of(subject)?;
            let runs = |account: &&Account| account.running.as_ref().is_some_and(|running| !running.is_empty());
            let last = |account: &Account| last_invoice(&account.bills, None).map(|(_, bill)| bill.id.clone());
            let lasts = memory.accounts().iter().filter(runs).filter_map(last);
            lasts.filter(|bill| memory.is_detail_missing(bill)).collect()
        };
        for bill in wanted {
            self.read_detail(subject, &bill).await?;
        }
        Ok(())
    }

    async fn lines_of(
        &self,
        url: &Url,
        subject: &Subject,
        of: LinesOf<'_>,
        accounts: Option<&[String]>,
    ) -> Result<Vec<BillLine>, Problem> {
        let mut lines: Vec<BillLine> = Vec::new();
        let mut pages = Pages::new(url);
        while let Some(body) = pages.next(self).await? {
            let read = tmf::read_lines(&body, of, &self.how(subject, accounts)).map_err(not_understood)?;
            join(&mut lines, read.lines);
            pages.had(read.elements);
        }
        // A part of a detail would be taken for the whole of it.
        if pages.is_cut() {
            return Err(Problem::NotUnderstood { code: "too_many_lines".to_owned() });
        }
        Ok(lines)
    }

    pub(super) fn how<'a>(&'a self, subject: &'a Subject, accounts: Option<&'a [String]>) -> HowToRead<'a> {
        HowToRead {
            accounts,
            me: Some(&subject.sub),
            time_zone: &self.engine.zone,
            cycle_end: self.engine.profile.cycle_end,
        }
    }
}

/// TMF678 v4 has no sign: the lines of a credit note that are above zero together give back, as its total does.
fn with_the_sign_of(bill: &Bill, mut lines: Vec<BillLine>) -> Vec<BillLine> {
    let sum = Cents::sum(lines.iter().filter_map(|line| line.tax_included.or(line.tax_excluded)));
    if bill.kind != DocumentKind::CreditNote || sum.is_none_or(|sum| sum <= Cents::ZERO) {
        return lines;
    }
    for line in &mut lines {
        let taxes = line.taxes.iter_mut().map(|tax| &mut tax.amount);
        for amount in [&mut line.tax_included, &mut line.tax_excluded].into_iter().chain(taxes) {
            *amount = amount.and_then(|amount| Cents::ZERO.minus(amount));
        }
    }
    lines
}

/// Adds a page's lines. What an earlier page had as well is not had twice; an id that was made up for want of one, and is
/// there already, becomes one of its own.
fn join(lines: &mut Vec<BillLine>, page: Vec<BillLine>) {
    let before = lines.len();
    for mut line in page {
        let earlier = lines.get(..before).unwrap_or_default();
        if earlier.contains(&line) {
            continue;
        }
        if earlier.iter().any(|other| other.id == line.id) {
            line.id = format!("{}#{}", line.id, lines.len().saturating_add(1));
        }
        lines.push(line);
    }
}

/// Page by page (TMF630 `offset` and `limit`), until one is not full. A server that knows no pages sends the same again, or
/// everything at once.
struct Pages {
    url: Url,
    read: usize,
    last: Option<Vec<u8>>,
    is_over: bool,
    is_cut: bool,
}

impl Pages {
    fn new(url: &Url) -> Pages {
        Pages { url: url.clone(), read: 0, last: None, is_over: false, is_cut: false }
    }

    /// The next page; none after the last.
    async fn next(&mut self, room: &Invoices) -> Result<Option<Vec<u8>>, Problem> {
        if self.is_over {
            return Ok(None);
        }
        let mut url = self.url.clone();
        let offset = self.read.saturating_mul(PAGE).to_string();
        url.query_pairs_mut().append_pair("offset", &offset).append_pair("limit", &PAGE.to_string());
        let body = room.session.call(&url, Call::default()).await?.body;
        if self.last.as_ref() == Some(&body) {
            return Ok(None);
        }
        self.last = Some(body.clone());
        self.read = self.read.saturating_add(1);
        Ok(Some(body))
    }

    /// So many elements were on it, also those that are not the person's.
    fn had(&mut self, elements: usize) {
        self.is_cut = elements == PAGE && self.read >= MOST_PAGES;
        self.is_over = elements != PAGE || self.is_cut;
    }

    /// There was more than is read.
    fn is_cut(&self) -> bool {
        self.is_cut
    }
}

pub(super) fn not_understood(refusal: Refusal) -> Problem {
    Problem::NotUnderstood { code: refusal.code().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoices::fixtures::line_of;

    #[test]
    fn lines_of_a_credit_note_without_signs_give_back_as_its_total_does() {
        use crate::invoices::fixtures::bill_of;
        let note = Bill { kind: DocumentKind::CreditNote, ..bill_of("1", (2026, 10, 1), (2026, 11, 1), -300) };
        let invoice = bill_of("1", (2026, 10, 1), (2026, 11, 1), 300);
        let lines = |cents: [i64; 2]| cents.map(|cents| line_of("1", Some("1"), cents)).to_vec();
        let signed = |bill: &Bill, cents| {
            let lines = with_the_sign_of(bill, lines(cents));
            lines.iter().map(|line| line.tax_included.unwrap().0).collect::<Vec<_>>()
        };
        assert_eq!(signed(&note, [400, -100]), [-400, 100]);
        assert_eq!(signed(&note, [-400, 100]), [-400, 100], "v5 has the sign already");
        assert_eq!(signed(&invoice, [400, -100]), [400, -100]);
    }

    #[test]
    fn pages_that_overlap_count_no_line_twice_and_made_up_ids_stay_apart() {
        let (one, two, three) = (line_of("1", None, 100), line_of("2", None, 200), line_of("3", None, 300));
        let mut lines = Vec::new();
        // Two of one kind on one page are two.
        join(&mut lines, vec![one.clone(), two.clone(), two.clone()]);
        join(&mut lines, vec![two.clone(), three.clone()]);
        assert_eq!(lines, [one, two.clone(), two, three]);
        join(&mut lines, vec![line_of("1", None, 900)]);
        let last = lines.last().unwrap();
        assert_eq!(
            (last.id.as_str(), last.tax_included.unwrap().0),
            ("1#5", 900),
            "another line of the same made-up id"
        );
    }

    #[test]
    fn a_full_page_of_others_bills_is_no_end_and_ten_full_pages_are_told_as_a_part() {
        let mut pages = Pages::new(&Url::parse("https://api.example").unwrap());
        let mut read = |elements| {
            pages.read += 1;
            pages.had(elements);
            (pages.is_over, pages.is_cut())
        };
        // Whatever was kept of it: what counts is how many there were.
        assert_eq!(read(PAGE), (false, false));
        for _ in 2..MOST_PAGES {
            assert_eq!(read(PAGE), (false, false));
        }
        assert_eq!(read(PAGE), (true, true));
        for last in [0, 1, PAGE - 1, PAGE + 1] {
            let mut pages = Pages::new(&Url::parse("https://api.example").unwrap());
            pages.had(last);
            assert_eq!((pages.is_over, pages.is_cut()), (true, false), "{last}");
        }
    }
}
