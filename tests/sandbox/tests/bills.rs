//! Bills as the sandbox operator tells them, and the document host, read by another hand than the core's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use companion_sandbox::{BillDelivery, BillDialect, DocumentFaults, Faults, Sandbox, SandboxOptions, Scene};
use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};
use support::App;

struct Reader {
    app: App,
    token: String,
    api: Value,
}

impl Reader {
    async fn of(sandbox: &Sandbox, key: &str) -> Reader {
        let app = App::of(sandbox);
        let person = sandbox.person(key).unwrap();
        let code = app.code(sandbox, &person).await;
        let token = app.exchange(&code, support::VERIFIER).await.unwrap().access;
        let api = app.profile["apis"]["invoices"].clone();
        Reader { app, token, api }
    }

    fn get(&self, base: &str, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.api[base].as_str().unwrap());
        self.app.client.get(url).bearer_auth(&self.token)
    }

    async fn json(&self, base: &str, path: &str) -> Value {
        let answer = self.get(base, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        support::json(answer).await
    }

    async fn bills(&self) -> Vec<Value> {
        self.json("baseUrl", "/customerBill").await.as_array().unwrap().clone()
    }

    async fn lines(&self, bill: &str) -> Vec<Value> {
        self.json("baseUrl", &format!("/appliedCustomerBillingRate?bill.id={bill}")).await.as_array().unwrap().clone()
    }

    async fn document(&self, bill: &str) -> Value {
        let body = self.json("baseUrl", &format!("/customerBill/{bill}?fields=billDocument")).await;
        let body = if body.is_array() { body[0].clone() } else { body };
        assert!(body.get("amountDue").is_none(), "only what was asked for");
        body["billDocument"][0].clone()
    }

    /// An address of a document of Emma's.
    async fn address(&self) -> String {
        let bills = self.bills().await;
        self.document(bills[0]["id"].as_str().unwrap()).await["url"].as_str().unwrap().to_owned()
    }

    async fn fetch(&self, url: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = self.app.client.get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }
}

fn cents(money: &Value) -> i64 {
    assert_eq!(money["unit"], "EUR");
    let text = money["value"].to_string();
    let (euros, cents) = text.split_once('.').map_or((text.as_str(), "0"), |parts| parts);
    let size =
        euros.trim_start_matches('-').parse::<i64>().unwrap() * 100 + format!("{cents:0<2}").parse::<i64>().unwrap();
    if text.starts_with('-') { -size } else { size }
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
}

#[tokio::test]
async fn only_people_whose_bill_is_split_have_a_private_account() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    for (key, accounts, bills) in [("emma", 1, 9), ("nadia", 1, 14), ("tom", 1, 13), ("ines", 1, 0), ("luc", 0, 0)] {
        let reader = Reader::of(&sandbox, key).await;
        let told = reader.json("accountBaseUrl", "/billingAccount").await;
        assert_eq!(told.as_array().unwrap().len(), accounts, "{key}");
        assert_eq!(reader.bills().await.len(), bills, "{key}");
    }
    let (emma, nadia) = (Reader::of(&sandbox, "emma").await, Reader::of(&sandbox, "nadia").await);
    let account = nadia.json("accountBaseUrl", "/billingAccount").await[0]["id"].as_str().unwrap().to_owned();
    let foreign = emma.get("baseUrl", &format!("/customerBill?billingAccount.id={account}")).send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    let bill = nadia.bills().await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(emma.get("baseUrl", &format!("/customerBill/{bill}")).send().await.unwrap().status(), 404);
    sandbox.stop().await;
}

#[tokio::test]
async fn every_bill_adds_up_in_both_versions() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    for dialect in [BillDialect::V4, BillDialect::V5] {
        sandbox.scene(&Scene { bill_dialect: Some(dialect), ..Scene::default() });
        let mut kinds = BTreeSet::new();
        for key in ["emma", "nadia", "tom"] {
            let reader = Reader::of(&sandbox, key).await;
            for bill in reader.bills().await {
                let total = cents(&bill["taxIncludedAmount"]);
                let tax: i64 = bill["taxItem"].as_array().unwrap().iter().map(|item| cents(&item["taxAmount"])).sum();
                assert_eq!(cents(&bill["taxExcludedAmount"]) + tax, total, "{bill}");
                let lines = reader.lines(bill["id"].as_str().unwrap()).await;
                let sum: i64 = lines.iter().map(|line| cents(&line["taxIncludedAmount"])).sum();
                assert_eq!(sum, total, "{bill}");
                assert!(bill.get("billDocument").is_none(), "no documents in a list");
                let is_credit = bill["category"] == "credit note";
                assert_eq!(total < 0, is_credit && dialect == BillDialect::V5, "{bill}");
                let kind = if dialect == BillDialect::V4 { "type" } else { "appliedBillingRateType" };
                assert!(lines.iter().all(|line| line[kind].is_string()));
                kinds.insert(bill["category"].as_str().unwrap().to_owned());
                kinds.insert(bill["state"].as_str().unwrap().to_owned());
            }
        }
        for kind in ["normal", "credit note", "payment statement", "sent", "sent.reminded", "partiallyPaid", "settled"]
        {
            assert!(kinds.contains(kind), "{kind} in {kinds:?}");
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn pages_follow_each_other_and_running_costs_are_apart() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let reader = Reader::of(&sandbox, "emma").await;
    let whole = reader.bills().await;
    let mut pages = Vec::new();
    for offset in [0, 4, 8, 12] {
        let answer = reader.get("baseUrl", &format!("/customerBill?offset={offset}&limit=4")).send().await.unwrap();
        assert_eq!(header(&answer, "x-total-count"), "9");
        pages.extend(support::json(answer).await.as_array().unwrap().clone());
    }
    assert_eq!(pages, whole);
    let running = reader.json("baseUrl", "/appliedCustomerBillingRate?isBilled=false").await;
    let running = running.as_array().unwrap();
    assert_eq!(running.iter().map(|line| cents(&line["taxIncludedAmount"])).sum::<i64>(), 327);
    assert!(running.iter().all(|line| line["isBilled"] == false && line.get("bill").is_none()));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_document_is_the_same_however_it_comes() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let mut digests = BTreeSet::new();
    for delivery in [BillDelivery::Url, BillDelivery::Content, BillDelivery::Store] {
        sandbox.scene(&Scene { bill_delivery: Some(delivery), ..Scene::default() });
        let reader = Reader::of(&sandbox, "emma").await;
        let bills = reader.bills().await;
        let mut document = reader.document(bills[0]["id"].as_str().unwrap()).await;
        if delivery == BillDelivery::Store {
            assert!(document.get("url").is_none() && document.get("content").is_none());
            let stored =
                reader.json("documentBaseUrl", &format!("/document/{}", document["id"].as_str().unwrap())).await;
            document = stored["attachment"][0].clone();
        }
        let bytes = match document["content"].as_str() {
            Some(content) => STANDARD.decode(content).unwrap(),
            None => {
                let answer = reader.fetch(document["url"].as_str().unwrap(), &[]).await;
                assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (200, "application/pdf"));
                answer.bytes().await.unwrap().to_vec()
            }
        };
        assert!(bytes.starts_with(b"%PDF-") && bytes.ends_with(b"%%EOF\n"));
        assert_eq!(document["size"]["amount"], bytes.len());
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(document["checksum"], format!("sha-256:{digest}"));
        digests.insert(digest);
    }
    assert_eq!(digests.len(), 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_document_host_resumes_takes_no_token_and_forgets_old_addresses() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let reader = Reader::of(&sandbox, "emma").await;
    let url = reader.address().await;
    assert!(url.starts_with(&sandbox.document_origin()) && sandbox.document_origin() != sandbox.origin());
    let whole = reader.fetch(&url, &[]).await;
    let (tag, digest) = (header(&whole, "etag").to_owned(), header(&whole, "repr-digest").to_owned());
    let whole = whole.bytes().await.unwrap();
    let rest = reader.fetch(&url, &[("range", "bytes=100-"), ("if-range", &tag)]).await;
    assert_eq!(rest.status(), 206);
    assert_eq!(header(&rest, "content-range"), format!("bytes 100-{}/{}", whole.len() - 1, whole.len()));
    assert_eq!(header(&rest, "repr-digest"), digest);
    assert_eq!(rest.bytes().await.unwrap(), whole.slice(100..));
    let other = reader.fetch(&url, &[("range", "bytes=100-"), ("if-range", "\"other\"")]).await;
    assert_eq!((other.status().as_u16(), other.bytes().await.unwrap()), (200, whole.clone()));
    let past = reader.fetch(&url, &[("range", &format!("bytes={}-", whole.len()))]).await;
    assert_eq!(
        (past.status().as_u16(), header(&past, "content-range")),
        (416, format!("bytes */{}", whole.len()).as_str())
    );
    assert_eq!(reader.fetch(&url, &[("authorization", "Bearer x")]).await.status(), 400);
    assert_eq!(reader.fetch(&format!("{url}0"), &[]).await.status(), 403);
    sandbox.advance(301);
    assert_eq!(reader.fetch(&url, &[]).await.status(), 403);
    sandbox.stop().await;
}

#[tokio::test]
async fn every_switch_of_the_document_host_does_what_it_says() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let reader = Reader::of(&sandbox, "emma").await;
    let url = reader.address().await;
    let whole = reader.fetch(&url, &[]).await.bytes().await.unwrap();
    let range = [("range", "bytes=100-")];
    let only = || Some(vec!["/documents".to_owned()]);
    let set = |documents: DocumentFaults| sandbox.set_faults(Faults { only: only(), documents, ..Faults::default() });

    set(DocumentFaults { ignore_range: true, ..Default::default() });
    let answer = reader.fetch(&url, &range).await;
    assert_eq!((answer.status().as_u16(), answer.bytes().await.unwrap()), (200, whole.clone()));

    set(DocumentFaults { wrong_content_range: true, ..Default::default() });
    let answer = reader.fetch(&url, &range).await;
    assert!(header(&answer, "content-range").starts_with("bytes 99-"));
    assert_eq!(answer.bytes().await.unwrap(), whole.slice(99..));

    set(DocumentFaults { not_ready: true, ..Default::default() });
    let answer = reader.fetch(&url, &[]).await;
    assert!(header(&answer, "content-type").starts_with("text/html"));
    assert!(answer.text().await.unwrap().contains("being prepared"));

    set(DocumentFaults { expired: true, ..Default::default() });
    assert_eq!(reader.fetch(&url, &[]).await.status(), 403);

    set(DocumentFaults { redirects: 2, ..Default::default() });
    let mut next = url.clone();
    for _ in 0..2 {
        let answer = reader.fetch(&next, &[]).await;
        assert_eq!(answer.status(), 302);
        next = format!("{}{}", sandbox.document_origin(), header(&answer, "location"));
    }
    assert_eq!(reader.fetch(&next, &[]).await.bytes().await.unwrap(), whole);

    set(DocumentFaults { redirect_to: Some("https://elsewhere.example/x".to_owned()), ..Default::default() });
    assert_eq!(header(&reader.fetch(&url, &[]).await, "location"), "https://elsewhere.example/x");

    set(DocumentFaults { weak_etag: true, ..Default::default() });
    assert!(header(&reader.fetch(&url, &[]).await, "etag").starts_with("W/"));

    set(DocumentFaults { other_version: true, ..Default::default() });
    assert_ne!(reader.fetch(&url, &[]).await.bytes().await.unwrap(), whole);

    set(DocumentFaults { wrong_digest: true, ..Default::default() });
    let right = STANDARD.encode(Sha256::digest(&whole));
    assert_ne!(header(&reader.fetch(&url, &[]).await, "repr-digest"), format!("sha-256=:{right}:"));

    set(DocumentFaults { no_length: true, ..Default::default() });
    let answer = reader.fetch(&url, &[]).await;
    assert_eq!((answer.content_length(), answer.headers().get("repr-digest")), (None, None));
    assert_eq!(answer.bytes().await.unwrap(), whole);

    set(DocumentFaults { padding_kib: 64, ..Default::default() });
    assert!(reader.fetch(&url, &[]).await.bytes().await.unwrap().len() > 64 * 1024);

    set(DocumentFaults { padding_kib: 3, ms_per_kib: 50, ..Default::default() });
    let begun = std::time::Instant::now();
    assert!(reader.fetch(&url, &[]).await.bytes().await.is_ok());
    assert!(begun.elapsed().as_millis() >= 150);

    sandbox.set_faults(Faults { only: only(), cut_after_bytes: Some(200), ..Faults::default() });
    let answer = reader.fetch(&url, &[]).await;
    assert_eq!(header(&answer, "content-length"), whole.len().to_string());
    assert!(answer.bytes().await.is_err());

    sandbox.set_faults(Faults { only: only(), html_portal: true, ..Faults::default() });
    assert!(reader.fetch(&url, &[]).await.text().await.unwrap().contains("Hotel"));
    sandbox.stop().await;
}

#[tokio::test]
async fn bills_of_a_new_payee_ask_for_money_to_another_account_from_its_day_on() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let reader = Reader::of(&sandbox, "emma").await;
    let accounts = async || -> Vec<(String, String)> {
        let iban = |bill: &Value| {
            let means = bill["characteristic"].as_array().unwrap();
            let iban = means.iter().find(|one| one["name"] == "payment.creditorIban")?;
            Some((bill["billDate"].as_str().unwrap().to_owned(), iban["value"].as_str().unwrap().to_owned()))
        };
        reader.bills().await.iter().filter_map(iban).collect()
    };
    let before = accounts().await;
    let (latest, usual) = before.iter().max().unwrap().clone();
    assert!(before.len() > 1 && before.iter().all(|(_, iban)| *iban == usual));

    let day = latest.split('T').next().unwrap().parse().unwrap();
    sandbox.set_faults(Faults { new_payee: Some(day), ..Faults::default() });
    for (issued, iban) in accounts().await {
        assert_eq!(iban != usual, issued == latest, "{issued}");
    }
}
