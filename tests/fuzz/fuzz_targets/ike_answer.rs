//! What comes back from a door of the ePDG, any bytes: only an answer to our own request proves the door open, and the
//! request that follows a cookie is always one.
#![no_main]

use companion::vowifi::check::answer::{Answer, LONGEST_COOKIE, read};
use companion::vowifi::check::packet::{Door, LENGTH, NON_ESP_MARKER, Request};
use companion::{HostError, host::Entropy};
use libfuzzer_sys::fuzz_target;

/// The SPI of every seed.
const SPI: [u8; 8] = [0x42; 8];

struct Fixed;

impl Entropy for Fixed {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), HostError> {
        bytes.fill(SPI[0]);
        Ok(())
    }
}

fuzz_target!(|datagram: &[u8]| {
    let marked = [&NON_ESP_MARKER[..], datagram].concat();
    let answer = read(datagram, Door::Ike, &SPI);
    assert_eq!(answer, read(&marked, Door::NatTraversal, &SPI), "the marker is all the difference");
    if datagram.get(..8) != Some(&SPI) {
        assert!(matches!(answer, Answer::Unproven(_)), "an answer to somebody else");
    }
    assert!(matches!(read(datagram, Door::Ike, &[7; 8]), Answer::Unproven(_)) || datagram.get(..8) == Some(&[7; 8]));
    if let Answer::Cookie(cookie) = answer {
        assert!((1..=LONGEST_COOKIE).contains(&cookie.len()));
        let request = Request::draw(&Fixed, Door::Ike, None).expect("a request");
        let again = request.with_cookie(&cookie);
        assert!(again.len() <= LENGTH + LONGEST_COOKIE + 8);
        assert_eq!(again.get(24..28), Some(&(again.len() as u32).to_be_bytes()[..]));
    }
});
