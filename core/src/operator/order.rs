//! How an order stands with the operator: TMF622 Product Order and TMF641 Service Order have the same states, and operators
//! write them in the same many ways.

use super::tolerant::{Node, folded};

/// How an order stands (TMF641 `ServiceOrderStateType`, TMF622 `ProductOrderStateType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderStatus {
    /// The operator has it (`acknowledged`, `draft`).
    Acknowledged,
    /// It is being done (`inProgress`).
    InProgress,
    /// The operator waits for somebody (`pending`, `held`).
    Waiting,
    /// It is done.
    Done,
    /// The operator does not do it (`rejected`).
    Refused,
    /// It went wrong (`failed`, `partial`).
    Failed,
    /// It was taken back (`cancelled` and what leads there).
    Cancelled,
}

impl OrderStatus {
    /// Reads a state: the longest known beginning counts (`inProgress.accepted`).
    pub fn of_text(text: &str) -> Option<OrderStatus> {
        let mut rest = text.trim();
        loop {
            let known = match folded(rest).as_str() {
                "acknowledged" | "draft" => Some(OrderStatus::Acknowledged),
                "inprogress" => Some(OrderStatus::InProgress),
                "pending" | "held" => Some(OrderStatus::Waiting),
                "completed" | "done" => Some(OrderStatus::Done),
                "rejected" => Some(OrderStatus::Refused),
                "failed" | "partial" => Some(OrderStatus::Failed),
                "cancelled" | "canceled" | "assessingcancellation" | "pendingcancellation" => {
                    Some(OrderStatus::Cancelled)
                }
                _ => None,
            };
            match (known, rest.rsplit_once('.')) {
                (None, Some((before, _))) => rest = before,
                (known, _) => return known,
            }
        }
    }

    /// What the states of an order's items say of the whole, where it has none of its own: the worst of those that are over
    /// counts only once none is under way.
    pub fn of_items(items: impl IntoIterator<Item = OrderStatus>) -> Option<OrderStatus> {
        let worst = |status: &OrderStatus| match status {
            OrderStatus::Done => 0,
            OrderStatus::Cancelled => 1,
            OrderStatus::Failed => 2,
            OrderStatus::Refused => 3,
            OrderStatus::Acknowledged => 4,
            OrderStatus::InProgress => 5,
            OrderStatus::Waiting => 6,
        };
        items.into_iter().max_by_key(worst)
    }
}

/// How an order stands: by its own state, or by its items'. None: it says nothing that is known.
pub fn status(order: Node<'_>) -> Option<OrderStatus> {
    let own = order.text(&["state", "status"]).and_then(OrderStatus::of_text);
    let items = order.list(&["serviceOrderItem", "productOrderItem", "orderItem"]);
    own.or_else(|| OrderStatus::of_items(items.filter_map(|item| OrderStatus::of_text(item.text(&["state"])?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_known_by_its_longest_known_beginning() {
        let cases = [
            ("acknowledged", Some(OrderStatus::Acknowledged)),
            ("inProgress", Some(OrderStatus::InProgress)),
            ("inProgress.accepted", Some(OrderStatus::InProgress)),
            ("InProgress.accepted.somewhere.else", Some(OrderStatus::InProgress)),
            (" in-progress ", Some(OrderStatus::InProgress)),
            ("pending.customerInput", Some(OrderStatus::Waiting)),
            ("held", Some(OrderStatus::Waiting)),
            ("completed", Some(OrderStatus::Done)),
            ("rejected", Some(OrderStatus::Refused)),
            ("failed", Some(OrderStatus::Failed)),
            ("partial", Some(OrderStatus::Failed)),
            ("assessingCancellation", Some(OrderStatus::Cancelled)),
            ("almost", None),
            ("", None),
            ("....", None),
        ];
        for (text, expected) in cases {
            assert_eq!(OrderStatus::of_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn an_order_without_a_state_is_as_far_as_its_items() {
        use OrderStatus::{Done, InProgress, Refused, Waiting};
        assert_eq!(OrderStatus::of_items([]), None);
        assert_eq!(OrderStatus::of_items([Done, Done]), Some(Done));
        assert_eq!(OrderStatus::of_items([Done, InProgress, Refused]), Some(InProgress));
        assert_eq!(OrderStatus::of_items([Done, Refused]), Some(Refused));
        assert_eq!(OrderStatus::of_items([Waiting, InProgress]), Some(Waiting));
    }
}
