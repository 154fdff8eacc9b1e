//! A telephone number, the number of a SIM, a PIN and a PUK of any text: nothing panics, and what is read reads back from each
//! of its forms.
#![no_main]

use companion::activation::iccid::Iccid;
use companion::activation::number::MobileNumber;
use companion::activation::pin::{Pin, Puk};
use libfuzzer_sys::fuzz_target;
use secrecy::ExposeSecret;

fuzz_target!(|text: &str| {
    if let Ok(read) = MobileNumber::read(text) {
        let number = read.number;
        for form in [number.e164(), number.national(), number.international()] {
            assert_eq!(MobileNumber::read(&form).map(|read| read.number), Ok(number.clone()), "{form}");
        }
        let e164 = number.e164();
        assert!(e164.len() == 12 && e164.starts_with("+324"), "{e164}");
    }
    if let Ok(iccid) = Iccid::read(text) {
        let again = Iccid::read(iccid.expose().expose_secret()).expect("what is read reads back");
        assert!(iccid.is_same_sim(&again) && again.check_digit() == iccid.check_digit());
    }
    if let Ok(puk) = Puk::read(text) {
        let pin = Pin::read(text).expect("a PUK is as long as the longest PIN");
        assert_eq!(pin.expose().expose_secret(), puk.expose().expose_secret());
    }
});
