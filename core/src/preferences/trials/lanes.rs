//! The lanes in which wishes are sent by themselves: they try, they end, and they begin anew when there is a reason to.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::server::{Asked, Mishap, Server};
use super::{SWITCHES, open_with, profile, runtime, signed_in};

#[test]
fn a_lane_without_a_network_ends_after_three_tries_and_a_pull_begins_it_anew() {
    let (folder, phone) = signed_in();
    let server = Arc::new(Mutex::new(Server::new(true, SWITCHES)));
    let tries = Arc::new(AtomicU32::new(0));
    let (answers, count) = (server.clone(), tries.clone());
    let core = open_with(&folder, profile("communicationPreference", true), &phone, move |asked: &Asked| {
        let mut server = answers.lock().unwrap();
        if asked.method == "PATCH" {
            count.fetch_add(1, Ordering::SeqCst);
            server.mishaps.push_back(Mishap::NotSent);
        }
        server.arrives(asked)
    });
    let (runtime, room) = (runtime(), core.preferences());
    runtime.block_on(room.clone().refresh(None)).unwrap();
    let key = room.memory().toggles.keys().next().unwrap().clone();
    room.wake_up();
    let ended = || {
        for _ in 0..6000 {
            if room.lanes().is_empty() {
                return tries.swap(0, Ordering::SeqCst);
            }
            // The pauses between are by the phone's clock.
            phone.passed_s.fetch_add(40, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the lane never ends: {} tries, {:?}", tries.load(Ordering::SeqCst), room.memory().toggles[&key]);
    };
    runtime.block_on(room.clone().set(key.clone(), true)).unwrap();
    assert_eq!(ended(), 3, "by itself after a tap");
    assert!(room.memory().toggles[&key].is_pending(), "the wish waits on");
    runtime.block_on(room.clone().refresh(None)).unwrap();
    assert_eq!(ended(), 1 + 3, "at once, and by itself after a pull");
    core.suspend(5000).unwrap();
}
