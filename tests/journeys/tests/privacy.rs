//! What is a person's own stays theirs: colleagues' figures stop at the decoder, and who comes after finds nothing.

use companion::Problem;
use companion::problem::SignInFailure;
use companion::store::{DataKey, Row, Store};
use companion_journeys::{Phone, facts};
use companion_sandbox::{Sandbox, SandboxOptions};

/// Of 100 GB for the team, on 25 November at 14:03: what the sandbox counted of each, as the document writes it and in
/// bytes.
const LUC: (&str, u64) = ("8.4", 8_400_000_000);
const COLLEAGUES: [(&str, &str, u64); 2] =
    [("An Peeters", "22.372", 22_372_000_000), ("Bart Lemmens", "5.244", 5_244_000_000)];
/// Their sum and what is left of the bundle would give a team of two away.
const TOGETHER: [u64; 2] = [36_016_000_000, 63_984_000_000];

async fn loaded(person: &str) -> (Sandbox, Phone) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, person).await.unwrap();
    phone.refresh().await.unwrap();
    (sandbox, phone)
}

/// The secure store's entry that names a person's data, and the key in it.
fn data_key(phone: &Phone) -> (String, DataKey) {
    let contents = phone.secure_store.contents();
    let (name, bytes) = contents.into_iter().find(|(key, _)| key.starts_with("data-key/")).expect("a data key");
    (name.trim_start_matches("data-key/").to_owned(), DataKey::from_bytes(&bytes).expect("256 bits"))
}

/// What lies in the database of a subject, the core being suspended.
fn rows(phone: &Phone, subject: &str) -> Vec<Row> {
    Store::open(phone.data.path(), Some(subject)).expect("the database").1.rows
}

/// The rows' plain bytes, of those that open.
fn unsealed(rows: &[Row], key: &DataKey) -> Vec<Vec<u8>> {
    rows.iter().filter_map(|row| row.unsealed(key)).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A number as it lies in a sealed row: seven bits a byte, the lowest first.
fn encoded(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 128 {
        bytes.push((number % 128) as u8 | 128);
        number /= 128;
    }
    bytes.push(number as u8);
    bytes
}

/// The operator's answer as the core got it, asked for once more.
async fn document(sandbox: &Sandbox, phone: &Phone) -> String {
    let asked = sandbox.requests().into_iter().find(|request| request.path.contains("usageConsumption")).unwrap();
    let session = phone.secure_store.contents().into_iter().find(|(key, _)| key == "session").unwrap().1;
    let session: serde_json::Value = serde_json::from_slice(&session).unwrap();
    let ca = reqwest::Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().build().unwrap();
    let url = format!("{}{}?{}", sandbox.origin(), asked.path, asked.query);
    let token = session["access"].as_str().unwrap();
    let answer = client.get(url).header("authorization", format!("Bearer {token}")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

#[tokio::test]
async fn of_a_shared_bundle_the_persons_own_figures_are_kept_and_nobody_elses() {
    let (sandbox, phone) = loaded("luc").await;
    let document = document(&sandbox, &phone).await;
    assert!(document.contains(LUC.0));
    for (name, written, _) in COLLEAGUES {
        assert!(
            document.contains(name) && document.contains(written),
            "{name} is in what the operator sent: {document}"
        );
    }

    let view = phone.core.usage().state();
    let share = view.lines[0].buckets.iter().find(|bucket| bucket.title.text.contains("share")).expect("luc's share");
    assert_eq!((share.used, share.remaining, share.total), (Some(LUC.1), None, None));
    assert_eq!(facts(&view)["bucket.0.headline"], "8.4 GB used");

    phone.core.suspend(5000).unwrap();
    let (subject, key) = data_key(&phone);
    let rows = rows(&phone, &subject);
    let plain = unsealed(&rows, &key);
    assert_eq!((rows.len(), plain.len()), (4, 4), "lines, usage, days, plan");
    let all = [plain.concat(), format!("{view:?}").into_bytes()].concat();
    assert!(holds(&all, &encoded(LUC.1)) && holds(&all, LUC.1.to_string().as_bytes()), "luc's own is found both ways");
    let others = COLLEAGUES.map(|(_, _, bytes)| bytes);
    for number in others.into_iter().chain(TOGETHER) {
        assert!(!holds(&all, &encoded(number)) && !holds(&all, number.to_string().as_bytes()), "{number}");
    }
    for (name, written, _) in COLLEAGUES {
        assert!(!holds(&all, name.as_bytes()) && !holds(&all, written.as_bytes()), "{name}");
    }
}

#[tokio::test]
async fn who_signs_in_next_finds_nothing_of_the_last_that_even_the_old_key_would_open() {
    let (sandbox, mut phone) = loaded("emma").await;
    phone.core.suspend(5000).unwrap();
    let (emma, old_key) = data_key(&phone);
    let of_emma = rows(&phone, &emma);
    assert_eq!(unsealed(&of_emma, &old_key).len(), 4, "the key opens what is there");
    assert!(of_emma.iter().all(|row| holds(&phone.file_contents(), &row.sealed[..32])), "and it is in the files");

    phone.reopen();
    let other = Err(Problem::SignIn { reason: SignInFailure::OtherAccount });
    assert_eq!(phone.sign_in(&sandbox, "luc").await, other);
    assert_eq!(data_key(&phone).0, emma, "nothing of luc is kept before the person decided");
    phone.core.session().replace_account().await.unwrap();
    phone.refresh().await.unwrap();
    phone.core.suspend(5000).unwrap();

    let (luc, new_key) = data_key(&phone);
    assert_ne!(luc, emma);
    assert_eq!(rows(&phone, &emma).len(), 0);
    assert_eq!(unsealed(&rows(&phone, &luc), &new_key).len(), 4);
    assert_eq!(unsealed(&rows(&phone, &luc), &old_key).len(), 0);
    assert!(!phone.secure_store.contents().iter().any(|(name, _)| name.contains(&emma)), "no key of emma's");
    let files = phone.file_contents();
    for row in &of_emma {
        assert!(!holds(&files, &row.sealed[..32]), "{:?}: not even sealed, in a free page or the log", row.kind);
    }
    assert!(!holds(&files, emma.as_bytes()), "nor her pseudonym");
}
