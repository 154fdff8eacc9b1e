//! What the screens hear of a transfer: that it began, how far it is, and that it ended, also once nobody waits for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::download::Standing;
use super::server::{End, Reply, Server};
use super::uses::{SetClock, get, honest, link, setup, some_pdf, standing};
use super::{Phone, folder, runtime};
use crate::cancel::CancelToken;
use crate::changes::Topic;

fn revision(phone: &Phone) -> u64 {
    phone.engine.changes.revision(Topic::Invoices)
}

#[test]
fn screens_hear_of_the_beginning_the_length_and_the_end_and_between_them_not_more_than_four_times_a_second() {
    let (server, _) = honest(some_pdf(60_000));
    for pass_ms in [0, 40] {
        let (folder, runtime, clock) = (folder(), runtime(), Arc::new(SetClock::default()));
        let mut setup = setup(folder.path(), &server);
        setup.clock = clock.clone();
        let phone = setup.open();
        let passes = runtime.spawn(async move {
            let mut passed_ms = 0;
            loop {
                tokio::time::sleep(Duration::from_millis(1)).await;
                clock.pass_ms(pass_ms);
                passed_ms += pass_ms;
                if passed_ms > 40_000 {
                    break;
                }
            }
        });
        runtime.block_on(get(&phone, 0, link(&server))).unwrap();
        passes.abort();
        let elapsed_ms = phone.engine.host.clock.now().unwrap().elapsed_ms;
        // It took off, it looked at what is here, its length became known, it landed.
        let most = 4 + u64::try_from(elapsed_ms / 250).unwrap();
        if pass_ms == 0 {
            assert_eq!(revision(&phone), 4);
        } else {
            assert!((5..=most).contains(&revision(&phone)), "{} times in {elapsed_ms} ms", revision(&phone));
        }
    }
}

#[test]
fn screens_hear_of_the_end_also_when_nobody_waited_for_it() {
    let server = Server::start(1, |_| {
        let headers = [("ETag", "\"v\"".to_owned()), ("Content-Length", "9000".to_owned())];
        Reply::new(200, &headers, some_pdf(9_000)[..4_000].to_vec(), End::Stall)
    });
    let (folder, runtime) = (folder(), runtime());
    let phone = setup(folder.path(), &server).open();
    runtime.block_on(async {
        let cancel = CancelToken::new();
        let download = phone.downloads.download(phone.wish(0, link(&server)), None, Some(cancel.clone()));
        let leave = async {
            while standing(&phone, 0) != (Standing::Running { bytes: 4_000, total: Some(9_000) }) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            cancel.cancel();
        };
        let (outcome, ()) = tokio::join!(download, leave);
        assert!(outcome.is_err());
        let (since, mut while_running) = (Instant::now(), 0);
        loop {
            let seen = revision(&phone);
            if !matches!(standing(&phone, 0), Standing::Running { .. }) {
                break;
            }
            while_running = seen;
            assert!(since.elapsed() < Duration::from_secs(5), "it does not stop");
        }
        while revision(&phone) <= while_running.max(3) {
            assert!(since.elapsed() < Duration::from_secs(5), "nobody heard of the end");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
}
