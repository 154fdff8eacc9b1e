//! The readers of orders, of their lines and of SIMs on any bytes: they never panic, say the same each time, tell of nobody else, a number
//! that is told is a Belgian mobile one, and nothing an operator tells makes a line go back without a reason.
#![no_main]

use companion::activation::model::{LineOrder, OrderStage, SimKind, Standing, merged};
use companion::activation::tmf::{read_lines, read_orders, read_sims};
use companion::operator::tolerant::Warning;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

const NOW: i64 = 1_795_593_600_000;

fuzz_target!(|body: &[u8]| {
    let zone = TimeZone::UTC;
    let told = read_orders(body, "emma", &zone);
    assert_eq!(told, read_orders(body, "emma", &zone), "the same bytes read twice differ");
    if let Ok(told) = told {
        check_warnings(&told.warnings);
        if let Ok(lines) = read_lines(body, "emma", &told.found, &zone) {
            check_warnings(&lines.warnings);
            assert!(lines.found.len() <= told.found.len(), "a line that nobody ordered");
        }
        let mut known: Option<LineOrder> = None;
        for order in told.found {
            assert!(!order.id.trim().is_empty() && order.id.len() <= 256);
            assert!(order.number.as_deref().is_none_or(is_belgian_mobile));
            assert_eq!(order.reason.is_some(), order.stage == OrderStage::Refused);
            let is_late = |standing| matches!(standing, Standing::Launched { .. });
            assert!(order.stage == OrderStage::UnderWay || !is_late(order.standing(NOW)));
            let _ = order.limits_ms(NOW);
            // As if it were one order, told again and again.
            let next = merged(known.as_ref(), LineOrder { id: "one".to_owned(), ..order }, NOW);
            if let Some(before) = &known {
                assert!(!(before.stage == OrderStage::Done && next.stage == OrderStage::UnderWay), "it goes back");
            }
            known = Some(next);
        }
    }
    if let Ok(told) = read_sims(body, "emma") {
        check_warnings(&told.warnings);
        for sim in told.found {
            assert!(!sim.id.trim().is_empty() && sim.id.len() <= 256);
            assert!(sim.number.as_deref().is_none_or(is_belgian_mobile));
            assert!(sim.profile.is_none() || sim.kind == SimKind::Esim, "a card has no profile to load");
        }
    }
});

/// In E.164.
fn is_belgian_mobile(number: &str) -> bool {
    let digits = number.strip_prefix("+324").unwrap_or_default();
    digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_warnings(warnings: &[Warning]) {
    assert!(warnings.len() <= 101);
    for warning in warnings {
        assert!(warning.to_string().is_ascii(), "a warning repeats the document");
    }
}
