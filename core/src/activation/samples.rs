//! What tests begin with: an order of which nothing is told but what they add.

use super::model::{LineOrder, OrderStage, SimKind};

/// An order at a stage.
pub fn bare_order(stage: OrderStage) -> LineOrder {
    LineOrder {
        id: "po-1".to_owned(),
        product: None,
        item: None,
        number: None,
        sim: SimKind::Unknown,
        kept: None,
        stage,
        line: None,
        reason: None,
        ordered_ms: None,
        starts_ms: None,
        starts_on_a_day: false,
        launched_ms: None,
        seen_under_way_ms: None,
        undone_ms: None,
        resumed_ms: None,
        done_ms: None,
        ended_ms: None,
        told_ms: None,
        missing_since_ms: None,
    }
}
