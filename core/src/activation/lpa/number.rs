//! The numbers that stand in the same mail or on the same screen, and are pasted by mistake: a card's, a phone's chip's.

use super::ActivationCodeFault;
use crate::activation::iccid::Iccid;
use crate::operator::tolerant::is_blank;

/// SGP.02 §2.2.2.
const EID_DIGITS: usize = 32;

/// Which number a text is or holds, such as after its label. None: neither, or it may be a code.
pub(super) fn number(typed: &str) -> Option<ActivationCodeFault> {
    if typed.contains(['$', '%']) {
        return None;
    }
    let runs = || typed.split(|c| !is_of_a_number(c)).filter(|run| run.bytes().any(|byte| byte.is_ascii_digit()));
    // A mail may break it, and another number may stand on the next line.
    runs().find_map(told).or_else(|| runs().flat_map(|run| run.split(['\n', '\r'])).find_map(told))
}

fn told(run: &str) -> Option<ActivationCodeFault> {
    let mut digits = run.chars().filter(|c| !is_blank(*c) && *c != '-');
    if Iccid::read(run).is_ok() {
        Some(ActivationCodeFault::Iccid)
    } else if digits.clone().count() == EID_DIGITS && digits.all(|c| c.is_ascii_digit()) {
        Some(ActivationCodeFault::Eid)
    } else {
        None
    }
}

/// A digit, what stands between digits, or a filling.
fn is_of_a_number(c: char) -> bool {
    c.is_ascii_digit() || is_blank(c) || matches!(c, '-' | 'F' | 'f')
}
