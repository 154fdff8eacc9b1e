//! What a browser comes back with, on any text: whatever is in an address, only our own completes a sign-in.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| companion::session::fuzzing::callback(text));
