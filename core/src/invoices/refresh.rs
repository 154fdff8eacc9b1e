//! Asking the operator for the person's bills: which accounts are theirs, what is on them, what runs and is on no bill yet,
//! and on demand the lines of one bill. Whatever fails, what is kept stays.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::Invoices;
use super::memory::{Account, Books, Detail};
use super::model::{Bill, BillLine};
use super::tmf::{self, HowToRead, LinesOf, Refusal};
use crate::changes::Topic;
use crate::host::within;
use crate::operator::profile::InvoicesApi;
use crate::problem::Problem;
use crate::session::{Call, Subject};

/// The longest a refresh takes; what is kept must do after that.
const PATIENCE: Duration = Duration::from_secs(45);
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
        if self.session.is_still(&subject) {
            self.memory().failure = outcome.clone().err();
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
        self.session.still(subject)?;
        let kept = self.engine.received(Books { accounts }, None, None);
        {
            let mut memory = self.memory();
            let changed =
                |bill: &Bill| memory.bill(&bill.id).is_none_or(|(_, before)| before.last_update != bill.last_update);
            let stale: Vec<String> = kept
                .model
                .accounts
                .iter()
                .flat_map(|account| &account.bills)
                .filter(|bill| changed(bill))
                .map(|bill| bill.id.clone())
                .collect();
            memory.details.retain(|bill, _| !stale.contains(bill));
            memory.books = Some(kept.clone());
        }
        self.engine.mark(Topic::Invoices);
        self.session.keep_row(subject, &subject.key.name(b"books"), &kept).await
    }

    /// The person's private accounts; one without an id where the operator does not tell accounts.
    async fn accounts(&self, api: &InvoicesApi, subject: &Subject) -> Result<Vec<Option<String>>, Problem> {
        let Some(base) = &api.account_base_url else { return Ok(vec![None]) };
        let mut url = address(base, "billingAccount")?;
        url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub);
        let answer = self.session.call(&url, Call::default()).await?;
        let accounts = tmf::read_accounts(&answer.body, &self.how(subject, None)).map_err(not_understood)?;
        Ok(accounts.into_iter().map(Some).collect())
    }

    async fn bills(
        &self,
        api: &InvoicesApi,
        subject: &Subject,
        accounts: Option<&[String]>,
    ) -> Result<Vec<Bill>, Problem> {
        let mut url = address(&api.base_url, "customerBill")?;
        url.query_pairs_mut().append_pair("fields", FIELDS);
        match accounts {
            Some([account]) => url.query_pairs_mut().append_pair(&api.account_filter, account),
            _ => url.query_pairs_mut().append_pair(&api.party_filter, &subject.sub),
        };
        let mut bills: Vec<Bill> = Vec::new();
        for page in 0..MOST_PAGES {
            let answer = self.session.call(&paged(&url, page), Call::default()).await?;
            let read = tmf::read_bills(&answer.body, &self.how(subject, accounts)).map_err(not_understood)?;
            let before = bills.len();
            for bill in read.bills {
                if bills.iter().all(|known| known.id != bill.id) {
                    bills.push(bill);
                }
            }
            // A server that knows no pages sends the same again.
            if read.elements < PAGE || bills.len() == before {
                break;
            }
        }
        Ok(bills)
    }

    async fn running(
        &self,
        api: &InvoicesApi,
        subject: &Subject,
        accounts: Option<&[String]>,
    ) -> Result<Vec<BillLine>, Problem> {
        let mut url = address(&api.base_url, "appliedCustomerBillingRate")?;
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
        let account = self.memory().bill(bill).and_then(|(account, _)| account.id.clone());
        let mut url = address(&api.base_url, "appliedCustomerBillingRate")?;
        url.query_pairs_mut().append_pair(&api.bill_filter, bill);
        let known = account.as_ref().map(std::slice::from_ref);
        let lines = self.lines_of(&url, subject, LinesOf::Bill(bill), known).await?;
        self.session.still(subject)?;
        let kept = self.engine.received(Detail { bill: bill.to_owned(), lines }, None, None);
        self.memory().details.insert(bill.to_owned(), kept.clone());
        self.engine.mark(Topic::Invoices);
        let key = subject.key.name(["bill lines", bill].join("\0").as_bytes());
        self.session.keep_row(subject, &key, &kept).await
    }

    async fn lines_of(
        &self,
        url: &Url,
        subject: &Subject,
        of: LinesOf<'_>,
        accounts: Option<&[String]>,
    ) -> Result<Vec<BillLine>, Problem> {
        let mut lines: Vec<BillLine> = Vec::new();
        for page in 0..MOST_PAGES {
            let answer = self.session.call(&paged(url, page), Call::default()).await?;
            let read = tmf::read_lines(&answer.body, of, &self.how(subject, accounts)).map_err(not_understood)?;
            // A server that knows no pages sends the same again.
            if page > 0 && read.lines.iter().all(|line| lines.iter().any(|known| known == line)) {
                break;
            }
            lines.extend(read.lines);
            if read.elements < PAGE {
                break;
            }
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

/// An address of an API.
pub(super) fn address(base: &str, resource: &str) -> Result<Url, Problem> {
    let mut url = Url::parse(base).map_err(|_| Problem::unexpected("base_url"))?;
    url.path_segments_mut().map_err(|()| Problem::unexpected("base_url"))?.pop_if_empty().push(resource);
    Ok(url)
}

fn paged(url: &Url, page: usize) -> Url {
    let mut url = url.clone();
    let offset = page.saturating_mul(PAGE).to_string();
    url.query_pairs_mut().append_pair("offset", &offset).append_pair("limit", &PAGE.to_string());
    url
}

pub(super) fn not_understood(refusal: Refusal) -> Problem {
    Problem::NotUnderstood { code: refusal.code().to_owned() }
}
