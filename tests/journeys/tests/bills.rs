//! The sandbox operator's bills as the core reads them, in both versions: all of them add up, and each is explained.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use companion::invoices::checks;
use companion::invoices::model::{Bill, BillLine, BillingPeriod, DocumentKind, DocumentSource};
use companion::invoices::pay::reference::Reference;
use companion::invoices::pay::state::{Paying, PaymentState, paying, payment_state};
use companion::invoices::pay::{iban::Iban, link::PaymentLink};
use companion::invoices::split_bill::documents::{Observed, observe};
use companion::invoices::split_bill::policy::Policy;
use companion::invoices::tmf::{self, HowToRead, LinesOf};
use companion::money::Cents;
use companion::operator::profile::{Capability, Profile};
use companion_sandbox::{BillDelivery, BillDialect, CycleEnd, Sandbox, SandboxOptions, Scene, agent};
use jiff::civil::Date;
use reqwest::{Certificate, Client};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

const TODAY: Date = jiff::civil::date(2026, 11, 25);

/// Somebody's private account, read as the core does.
struct Read {
    accounts: Vec<String>,
    bills: Vec<(Bill, Vec<BillLine>)>,
    not_issued: usize,
    running: Vec<BillLine>,
}

struct Reader {
    client: Client,
    token: String,
    profile: Profile,
    me: String,
}

impl Reader {
    async fn of(sandbox: &Sandbox, key: &str) -> Reader {
        let pem = sandbox.ca_pem();
        let client = Client::builder()
            .tls_certs_only([Certificate::from_pem(pem.as_bytes()).unwrap()])
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let token = token(&client, sandbox, key).await;
        let profile = Profile::parse(&sandbox.profile_json()).unwrap();
        assert!(profile.offers(Capability::Invoices));
        Reader { client, token, profile, me: sandbox.person(key).unwrap().sub }
    }

    async fn get(&self, url: String) -> Vec<u8> {
        let answer = self.client.get(url).bearer_auth(&self.token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.bytes().await.unwrap().to_vec()
    }

    async fn read(&self) -> Read {
        let zone = self.profile.zone();
        let api = self.profile.apis.invoices.clone().unwrap();
        let (base, me) = (&api.base_url, Some(self.me.as_str()));
        let how = HowToRead { accounts: None, me, time_zone: &zone, cycle_end: self.profile.cycle_end };
        let accounts = format!("{}/billingAccount?{}={}", api.account_base_url.unwrap(), api.party_filter, self.me);
        let accounts = tmf::read_accounts(&self.get(accounts).await, &how).unwrap().ids;
        let how = HowToRead { accounts: Some(&accounts), ..how };
        let mut read = Read { accounts: accounts.clone(), bills: Vec::new(), not_issued: 0, running: Vec::new() };
        for account in &accounts {
            let body = self.get(format!("{base}/customerBill?{}={account}&limit=50", api.account_filter)).await;
            let bills = tmf::read_bills(&body, &how).unwrap();
            let odd: Vec<_> = bills.warnings.iter().map(ToString::to_string).collect();
            assert!(odd.iter().all(|warning| warning.contains("without a sign")), "{odd:?}");
            read.not_issued += bills.not_issued.len();
            for bill in bills.bills {
                let body =
                    self.get(format!("{base}/appliedCustomerBillingRate?{}={}&limit=100", api.bill_filter, bill.id));
                let lines = tmf::read_lines(&body.await, LinesOf::Bill(&bill.id), &how).unwrap();
                assert!(lines.warnings.is_empty(), "{:?}", lines.warnings);
                read.bills.push((bill, lines.lines));
            }
            let body =
                self.get(format!("{base}/appliedCustomerBillingRate?isBilled=false&{}={account}", api.account_filter));
            let running = tmf::read_lines(&body.await, LinesOf::Running, &how).unwrap();
            assert!(running.warnings.is_empty(), "{:?}", running.warnings);
            read.running.extend(running.lines);
        }
        read
    }

    /// One bill with its printed document.
    async fn document(&self, bill: &Bill) -> (DocumentSource, Vec<u8>) {
        let zone = self.profile.zone();
        let api = self.profile.apis.invoices.clone().unwrap();
        let how = HowToRead { accounts: None, me: Some(&self.me), time_zone: &zone, cycle_end: self.profile.cycle_end };
        let body = self.get(format!("{}/customerBill/{}?fields=billDocument", api.base_url, bill.id)).await;
        let (read, _) = tmf::read_bill(&body, &bill.id, &how).unwrap();
        let document = read.unwrap().pdf().unwrap().clone();
        let source = match &document.source {
            DocumentSource::Reference(id) => {
                let body = self.get(format!("{}/document/{id}", api.document_base_url.unwrap())).await;
                tmf::read_document(&body, &how).unwrap().documents[0].source.clone()
            }
            other => other.clone(),
        };
        let bytes = match &source {
            DocumentSource::Url(url) => {
                let origin = Url::parse(url).unwrap().origin();
                assert!(api.document_origins.iter().any(|allowed| Url::parse(allowed).unwrap().origin() == origin));
                self.client.get(url).send().await.unwrap().bytes().await.unwrap().to_vec()
            }
            DocumentSource::Content => {
                let content = tmf::read_content(body, document.id.as_deref()).unwrap().unwrap();
                STANDARD.decode(content.base64).unwrap()
            }
            DocumentSource::Reference(_) => panic!("one hop"),
        };
        (document.source, bytes)
    }
}

/// Signs somebody in as an app does (RFC 7636).
async fn token(client: &Client, sandbox: &Sandbox, key: &str) -> String {
    const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-in-length";
    const REDIRECT: &str = "be.companion.sandbox:/signed-in";
    let person = sandbox.person(key).unwrap();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let parameters = [
        ("response_type", "code"),
        ("client_id", "companion-app"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid bill.read"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let url = Url::parse_with_params(&format!("{}/authorize", sandbox.origin()), parameters).unwrap();
    let callback = agent::sign_in(&sandbox.ca_pem(), url.as_str(), &person.number, &person.password).await.unwrap();
    let callback = Url::parse(&callback).unwrap();
    let code = callback.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "companion-app"),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
        ("code", code.as_str()),
    ];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = client.post(format!("{}/token", sandbox.origin())).body(body);
    let answer = request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_bill_of_everybody_adds_up_whatever_the_version() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let mut told = Vec::new();
    for dialect in [BillDialect::V4, BillDialect::V5] {
        for cycle_end in [CycleEnd::Exclusive, CycleEnd::Inclusive] {
            sandbox.scene(&Scene { bill_dialect: Some(dialect), cycle_end: Some(cycle_end), ..Scene::default() });
            for (key, accounts, bills) in
                [("emma", 1, 9), ("nadia", 1, 14), ("tom", 1, 13), ("ines", 1, 0), ("luc", 0, 0)]
            {
                let read = Reader::of(&sandbox, key).await.read().await;
                assert_eq!((read.accounts.len(), read.bills.len(), read.not_issued), (accounts, bills, 0), "{key}");
                for (bill, lines) in &read.bills {
                    let audit = checks::audit(bill, Some(lines));
                    assert_eq!(audit.findings, [], "{dialect:?} {key} {bill:?}");
                    let period = bill.period.unwrap();
                    assert_eq!((period.start.day(), period.next_start.day()), (1, 1), "{key}");
                    if bill.kind == DocumentKind::Invoice {
                        let figures = audit.figures.unwrap();
                        assert_eq!(Some(figures.total()), bill.amounts.tax_included);
                        // Nothing billed confirms no rate.
                        let expected = Some(2_100).filter(|_| figures.total() != Cents::ZERO);
                        assert_eq!(checks::confirmed_rate(bill, &bill.taxes[0], Some(lines)), expected, "{bill:?}");
                    }
                    let mut bill = bill.clone();
                    // As told: percent there, a fraction here.
                    bill.taxes.iter_mut().for_each(|tax| tax.rate = None);
                    told.push((dialect, format!("{key} {bill:?} {:?}", figures_of(&bill, lines))));
                }
            }
        }
    }
    let of = |wanted| told.iter().filter(move |(dialect, _)| *dialect == wanted).map(|(_, told)| told);
    assert!(of(BillDialect::V4).eq(of(BillDialect::V5)), "both versions say the same");
    sandbox.stop().await;
}

fn figures_of(bill: &Bill, lines: &[BillLine]) -> Option<checks::Figures> {
    // The lines of a credit note have no sign in version 4, and nothing is derived from them.
    checks::audit(bill, Some(lines)).figures.filter(|_| bill.kind != DocumentKind::CreditNote)
}

#[tokio::test]
async fn emmas_latest_invoice_is_explained_and_can_be_paid() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let reader = Reader::of(&sandbox, "emma").await;
    let read = reader.read().await;
    let (bill, lines) = &read.bills[0];
    let figures = checks::audit(bill, Some(lines)).figures.unwrap();
    assert_eq!(
        (figures.total(), figures.employer_covered(), figures.third_party()),
        (Cents(985), Cents(2_500), Cents(400))
    );
    assert_eq!(figures.out_of_bundle(), Cents(985));
    let states: Vec<_> = read
        .bills
        .iter()
        .map(|(bill, _)| payment_state(&bill.payment_facts(Cents::ZERO, false).unwrap(), TODAY))
        .collect();
    assert_eq!(
        states[..4],
        [PaymentState::Open, PaymentState::Overdue, PaymentState::Paid, PaymentState::NothingToPay]
    );
    let facts = bill.payment_facts(Cents::ZERO, false).unwrap();
    assert!(matches!(paying(&facts, TODAY), Paying::Offered { amount } if amount.cents() == Cents(985)));
    let reference = bill.means.reference.as_deref().and_then(Reference::of);
    assert!(matches!(reference, Some(Reference::StructuredCommunication(_))), "{reference:?}");
    let creditor = bill.means.creditor.as_ref().unwrap();
    assert!(Iban::parse(creditor.iban.as_deref().unwrap()).is_ok() && creditor.name.is_some());
    let hosts = &reader.profile.apis.invoices.as_ref().unwrap().payment_hosts;
    assert!(PaymentLink::parse(bill.means.link.as_deref().unwrap(), hosts).is_ok());
    assert_eq!(Cents::sum(read.running.iter().filter_map(|line| line.tax_included)), Some(Cents(327)));

    // May brought no invoice; the credit note of April is about February's.
    let documents: Vec<_> = read.bills.iter().filter_map(|(bill, _)| bill.document()).collect();
    let may = BillingPeriod { start: "2026-05-01".parse().unwrap(), next_start: "2026-06-01".parse().unwrap() };
    assert_eq!(observe(may, &documents, true), Observed::Nothing);
    let bills: Vec<Bill> = read.bills.iter().map(|(bill, _)| bill.clone()).collect();
    let february = bills.iter().find(|bill| bill.amounts.tax_included == Some(Cents(840))).unwrap();
    assert_eq!(february.credited(&bills), Some(Cents(121)));
    let rules = &reader.profile.apis.invoices.as_ref().unwrap().split_bill;
    assert_eq!(rules.starting_policy(), Policy::Cumulative);
    assert!(rules.known_contribution().is_some());

    // Before it is sent, the next one is nobody's to see.
    sandbox.scene(&Scene { now: Some("2026-12-01T10:00:00+01:00".parse().unwrap()), ..Scene::default() });
    let read = Reader::of(&sandbox, "emma").await.read().await;
    assert_eq!((read.bills.len(), read.not_issued), (9, 1));
    sandbox.stop().await;
}

#[tokio::test]
async fn others_pay_by_direct_debit_late_or_in_parts() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let tom = Reader::of(&sandbox, "tom").await.read().await;
    let facts = tom.bills[0].0.payment_facts(Cents::ZERO, false).unwrap();
    assert_eq!(paying(&facts, TODAY), Paying::ByDirectDebit { on: Some("2026-11-28".parse().unwrap()) });
    let nadia = Reader::of(&sandbox, "nadia").await.read().await;
    let facts = |nth: usize| nadia.bills[nth].0.payment_facts(Cents::ZERO, false).unwrap();
    let states = [0, 1, 2].map(|nth| payment_state(&facts(nth), TODAY));
    assert_eq!(states, [PaymentState::Open, PaymentState::Reminded, PaymentState::Overdue]);
    assert!(matches!(paying(&facts(2), TODAY), Paying::Offered { amount } if amount.cents() == Cents(585)));
    assert!(nadia.bills.iter().any(|(bill, _)| bill.kind == DocumentKind::ThirdPartyStatement));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_printed_document_is_the_same_however_it_comes() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let mut all = Vec::new();
    for dialect in [BillDialect::V4, BillDialect::V5] {
        for delivery in [BillDelivery::Url, BillDelivery::Content, BillDelivery::Store] {
            sandbox.scene(&Scene { bill_dialect: Some(dialect), bill_delivery: Some(delivery), ..Scene::default() });
            let reader = Reader::of(&sandbox, "emma").await;
            let bill = reader.read().await.bills.remove(0).0;
            let (source, bytes) = reader.document(&bill).await;
            let expected = match delivery {
                BillDelivery::Content => matches!(source, DocumentSource::Content),
                BillDelivery::Store => matches!(source, DocumentSource::Reference(_)),
                BillDelivery::Url | BillDelivery::ByPerson => matches!(source, DocumentSource::Url(_)),
            };
            assert!(expected && bytes.starts_with(b"%PDF-"), "{delivery:?} {source:?}");
            all.push(bytes);
        }
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    sandbox.stop().await;
}
