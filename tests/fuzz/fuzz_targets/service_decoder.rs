//! The reader of services and orders on any bytes: it never panics, its answer is the same each time, no line but the person's
//! is told of, and what is written into an order stays short.
#![no_main]

use std::collections::BTreeSet;

use companion::operator::tolerant::Warning;
use companion::session::{Line, Lines};
use companion::vowifi::line::{Order, OrderState};
use companion::vowifi::tmf::{order_body, read_new_order, read_order, read_services};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let line = |id: &str, number: &str| Line { id: id.to_owned(), msisdn: Some(number.to_owned()) };
    let one = Lines(vec![line("line-1", "+32470550123")]);
    let two = Lines(vec![line("line-1", "+32470550123"), line("line-2", "+32499000000")]);
    for lines in [one, two, Lines(Vec::new())] {
        let told = read_services(body, &lines);
        assert_eq!(told, read_services(body, &lines), "the same bytes read twice differ");
        let Ok(told) = told else { continue };
        check_warnings(&told.warnings);
        let of: BTreeSet<_> = told.services.iter().map(|service| &service.line).collect();
        assert_eq!(of.len(), told.services.len(), "a line comes twice");
        assert!(of.iter().all(|id| lines.0.iter().any(|line| line.id == **id)), "another's line");
        for service in &told.services {
            let id = service.service.as_deref().unwrap_or("svc");
            let asked = Order { service: id.to_owned(), place: service.place.clone(), ..order(None) };
            let order = order_body(&asked, "person-1");
            assert!(order.len() < 8192, "an order as long as the document");
            // Read as an order it has no id of the operator's; nobody takes it for one.
            assert_eq!(read_new_order(&order), Ok(None));
        }
    }
    for id in [None, Some("so-1")] {
        if let Ok(Some(told)) = read_order(body, &order(id)) {
            assert!(!told.id.is_empty() && told.id.len() <= 256);
            assert!(id.is_none_or(|id| id == told.id), "another order than the one asked for");
        }
    }
    let _ = read_new_order(body);
});

fn order(id: Option<&str>) -> Order {
    Order {
        operation: "op-1".to_owned(),
        line: "line-1".to_owned(),
        service: "svc".to_owned(),
        place: None,
        id: id.map(str::to_owned),
        at_ms: 0,
        state: OrderState::Unsent,
        sending_ms: None,
    }
}

fn check_warnings(warnings: &[Warning]) {
    assert!(warnings.len() <= 101);
    for warning in warnings {
        assert!(warning.to_string().is_ascii(), "a warning repeats the document");
    }
}
