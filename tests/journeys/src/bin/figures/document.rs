//! A large document through the whole core against curl at the same signed address, in turn. The operator is a process of
//! its own, and so is each phone: what a download needs of memory is the peak of its process (`VmHWM`, from the download on)
//! over that of one that does all the same but the download.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use companion_journeys::{Phone, START};
use companion_sandbox::{BillDelivery, DocumentFaults, Faults, Sandbox, SandboxOptions, agent};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::median;

const ROUNDS: usize = 9;
/// 200 MB.
const KIB: usize = 200_000_000 / 1024;
const LARGEST_MIB: u32 = 256;

/// The processes that this program also is, by its first argument.
const OPERATOR: &str = "operator";
const PHONE: &str = "phone";

pub struct Measured {
    /// The core's bytes in a second over curl's.
    pub speed: f64,
    /// What a download adds to the peak of its process, in MiB.
    pub memory_mib: f64,
}

#[derive(Serialize, Deserialize)]
struct Told {
    took: Duration,
    peak_kib: u64,
}

/// Plays the part that the arguments name; none: this is the program itself.
pub async fn part() -> Option<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [OPERATOR] => operator().await,
        [PHONE, ready, fetches] => phone(ready, fetches == "true").await,
        _ => return None,
    }
    Some(())
}

/// Serves until whoever started it is gone.
async fn operator() {
    let options = SandboxOptions { bill_delivery: BillDelivery::Url, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let documents = DocumentFaults { padding_kib: KIB, ..DocumentFaults::default() };
    sandbox.set_faults(Faults { documents, ..Faults::default() });
    println!("{}", sandbox.ready_json());
    let _ = std::io::stdin().read(&mut [0]);
    sandbox.stop().await;
}

/// A new phone on which Emma signs in and looks at her invoices, and fetches the latest.
async fn phone(ready: &str, fetches: bool) {
    let ready: Value = serde_json::from_slice(&fs::read(ready).expect("a file")).expect("JSON");
    let mut profile = ready["profile"].clone();
    profile["apis"]["invoices"]["largestDocumentMib"] = json!(LARGEST_MIB);
    let phone = Phone::with(&profile.to_string(), "en", START);
    let page = phone.core.session().start(Default::default(), None).await.expect("a page");
    let emma = ready["people"].as_array().and_then(|people| people.iter().find(|who| who["key"] == "emma"));
    let word = |name: &str| emma.and_then(|emma| emma[name].as_str()).expect("Emma");
    let anchors = profile["trust"]["anchorsPem"].as_str().expect("anchors");
    let callback = agent::sign_in(anchors, &page.url, word("number"), word("password")).await.expect("let in");
    phone.core.session().finish(callback).await.expect("signed in");
    let invoices = phone.core.invoices();
    invoices.clone().refresh(None).await.expect("invoices");
    let invoice = invoices.state().rows.into_iter().find_map(|row| row.invoice_id).expect("an invoice");

    // The peak counts from here on (proc(5)).
    let _ = fs::write("/proc/self/clear_refs", "5");
    let began = Instant::now();
    if fetches {
        invoices.clone().download(invoice.clone(), false, None, None).await.expect("downloaded");
    }
    let told = Told { took: began.elapsed(), peak_kib: peak_kib() };
    if fetches {
        let copy = invoices.share_document(invoice).await.expect("a copy");
        let bytes = fs::metadata(copy.path()).expect("the copy").len();
        assert!(bytes > KIB as u64 * 1024, "the whole document");
    }
    println!("{}", serde_json::to_string(&told).expect("plain"));
}

fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches("kB").trim().parse().expect("a number")
}

/// The figures, unless there is no curl.
pub async fn document() -> Option<Measured> {
    Command::new("curl").arg("--version").stdout(Stdio::null()).status().ok()?;
    let folder = tempfile::tempdir().expect("a folder");
    let mut operator = this(&[OPERATOR]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("an operator");
    let ready = first_line(&mut operator);
    let file = folder.path().join("ready.json");
    fs::write(&file, &ready).expect("written");
    let ready: Value = serde_json::from_str(&ready).expect("JSON");
    let anchors = folder.path().join("anchors.pem");
    fs::write(&anchors, ready["profile"]["trust"]["anchorsPem"].as_str().expect("anchors")).expect("written");
    let control = ready["control"].as_str().expect("an address");
    let host = ready["profile"]["apis"]["invoices"]["documentOrigins"][0].as_str().expect("an origin");

    let run = |fetches: bool| {
        let arguments = [PHONE, file.to_str().expect("a path"), if fetches { "true" } else { "false" }];
        let mut phone = this(&arguments).stdout(Stdio::piped()).spawn().expect("a phone");
        let told: Told = serde_json::from_str(&first_line(&mut phone)).expect("JSON");
        assert!(phone.wait().expect("a phone").success());
        told
    };
    let (mut ours, mut theirs, mut with, mut without) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // The first makes the document, and the signed address.
    run(true);
    let address = signed_address(control, host).await;
    for _ in 0..ROUNDS {
        let told = run(true);
        ours.push(told.took);
        with.push(told.peak_kib);
        theirs.push(curl(&address, &anchors, folder.path()));
        without.push(run(false).peak_kib);
    }
    drop(operator.stdin.take());
    let _ = operator.wait();
    let (more, less) = (middle(with), middle(without));
    let memory_mib = f64::from(u32::try_from(more.saturating_sub(less)).unwrap_or(u32::MAX)) / 1024.0;
    Some(Measured { speed: median(theirs).as_secs_f64() / median(ours).as_secs_f64(), memory_mib })
}

fn middle(mut values: Vec<u64>) -> u64 {
    values.sort();
    values[values.len() / 2]
}

/// This program once more, as one of its parts.
fn this(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(arguments);
    command
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its words")).read_line(&mut line).expect("a line");
    line
}

/// Where the core fetched the document.
async fn signed_address(control: &str, host: &str) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let requests = reqwest::get(format!("{control}/control/requests")).await.expect("an answer");
    let requests: Vec<Value> = serde_json::from_slice(&requests.bytes().await.expect("a body")).expect("JSON");
    let word = |request: &Value, name: &str| request[name].as_str().unwrap_or_default().to_owned();
    let mut found = requests.iter().rev().filter(|request| word(request, "path").starts_with("/documents/"));
    let request = found.next().expect("the download");
    format!("{host}{}?{}", word(request, "path"), word(request, "query"))
}

/// From the first byte that curl sends to the last that it has, as it tells.
fn curl(address: &str, anchors: &Path, folder: &Path) -> Duration {
    let file = folder.join("document.pdf");
    let curl = Command::new("curl")
        .args(["--silent", "--fail", "--write-out", "%{time_total}", "--cacert"])
        .arg(anchors)
        .arg("--output")
        .arg(&file)
        .arg(address)
        .output()
        .expect("curl");
    assert!(curl.status.success(), "curl failed");
    fs::remove_file(file).expect("the document");
    let seconds: f64 = String::from_utf8_lossy(&curl.stdout).trim().parse().expect("seconds");
    Duration::from_secs_f64(seconds)
}
