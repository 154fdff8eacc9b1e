//! Asking the operator to switch Wi-Fi calling on for a line (TMF641). The order is kept before it is sent; whether one
//! whose answer got lost has arrived is looked up by our own name for it before it is sent again, so that no line has two.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::WifiCalling;
use super::line::{LineService, Order, OrderState, Provisioned};
use super::memory::Orders;
use super::refresh::not_understood;
use super::tmf::{self, ToldOrder};
use crate::host::pause;
use crate::operator::address::address;
use crate::operator::http::{Change, Verb};
use crate::problem::Problem;
use crate::session::{Call, Subject};

/// After so long an order that never got an answer is given up.
const GIVE_UP_MS: i64 = 24 * 60 * 60 * 1000;
/// After so long an order the operator says nothing more of is given up as well.
const FORGOTTEN_MS: i64 = 14 * 24 * 60 * 60 * 1000;
/// Waits between looks at an order while the person watches, in seconds.
const LOOKS: [u64; 8] = [1, 2, 3, 5, 8, 13, 20, 30];

/// The same for whichever of the app's processes asks first: the operator makes one order of both. One that follows another
/// has a name of its own.
fn name_after(subject: &Subject, service: &LineService, last: Option<&Order>) -> String {
    let last = last.map_or("", |last| last.operation.as_str());
    let of = ["wifi order", service.line.as_str(), service.service.as_deref().unwrap_or_default(), last];
    subject.key.name(of.join("\0").as_bytes())
}

impl WifiCalling {
    /// Orders it, and follows the order for a while.
    pub(super) async fn order(self: Arc<Self>) -> Result<(), Problem> {
        let subject = self.session.subject().ok_or_else(|| self.session.nobody())?;
        if self.api().is_none_or(|api| api.order_base_url.is_none()) {
            return Err(Problem::unexpected("no_order"));
        }
        let services: Vec<LineService> = self.memory_of(&subject)?.to_order().cloned().collect();
        if services.is_empty() {
            return Err(Problem::unexpected("no_order"));
        }
        for service in services {
            self.order_for(&subject, service).await?;
        }
        self.watch(&subject).await?;
        // Whether it is on is what the service says.
        let _ = self.read_services(&subject).await;
        Ok(())
    }

    /// Orders it for a line, unless that is under way.
    async fn order_for(self: &Arc<Self>, subject: &Subject, service: LineService) -> Result<(), Problem> {
        let _turn = self.posting.lock().await;
        let last = self.memory_of(subject)?.orders.0.iter().find(|order| order.line == service.line).cloned();
        if last.as_ref().is_some_and(|last| !last.state.is_over()) {
            return Ok(());
        }
        let operation = name_after(subject, &service, last.as_ref());
        let LineService { line, service, place, .. } = service;
        let service = service.ok_or_else(|| Problem::unexpected("no_order"))?;
        let (id, at_ms, state) = (None, self.engine.now_ms(), OrderState::Unsent);
        let order = Order { operation, line, service, place, id, at_ms, state };
        self.keep_order(subject, order.clone()).await?;
        self.post(subject, order).await
    }

    /// Looks at the orders again and again, while the person watches.
    async fn watch(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        for seconds in LOOKS {
            self.follow_orders(subject).await?;
            if self.memory_of(subject)?.orders.0.iter().all(|order| order.state.is_over()) {
                return Ok(());
            }
            pause(Duration::from_secs(seconds)).await;
        }
        Ok(())
    }

    /// Asks after every order that is not over. Once one is done the service is what counts, and it is read anew.
    pub(super) async fn follow_orders(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let (orders, services) = {
            let memory = self.memory_of(subject)?;
            let services = memory.services.as_ref().map(|services| services.model.services.clone());
            (memory.orders.0.clone(), services.unwrap_or_default())
        };
        for order in orders.into_iter().filter(|order| !order.state.is_over()) {
            let service = services.iter().find(|service| service.line == order.line);
            // Whatever the order says, the line has it.
            if service.is_some_and(|service| service.provisioned == Provisioned::On) {
                self.keep_order(subject, Order { state: OrderState::Done, ..order }).await?;
                continue;
            }
            let age_ms = self.engine.now_ms().saturating_sub(order.at_ms);
            let limit_ms = if order.id.is_some() { FORGOTTEN_MS } else { GIVE_UP_MS };
            if age_ms > limit_ms {
                self.keep_order(subject, Order { state: OrderState::Failed, ..order }).await?;
                continue;
            }
            match self.look_up(&order).await? {
                Some(told) => {
                    self.keep_order(subject, Order { id: Some(told.id), state: told.state, ..order }).await?;
                }
                None if order.state != OrderState::Unsent => {}
                None => {
                    // Not beside one that is just being sent.
                    if let Ok(_turn) = self.posting.try_lock() {
                        self.post(subject, order).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The order as the operator has it, by its id, or by our own name for it.
    async fn look_up(self: &Arc<Self>, order: &Order) -> Result<Option<ToldOrder>, Problem> {
        let url = match &order.id {
            Some(id) => self.orders(&[id])?,
            None => {
                let mut url = self.orders(&[])?;
                url.query_pairs_mut().append_pair("externalId", &order.operation);
                url
            }
        };
        let answer = match self.session.call(&url, Call::default()).await {
            // The operator does not know it, or no longer.
            Err(Problem::Unexpected { code }) if matches!(code.as_str(), "http_404" | "http_410") => return Ok(None),
            answer => answer?,
        };
        tmf::read_order(&answer.body, order).map_err(not_understood)
    }

    async fn post(self: &Arc<Self>, subject: &Subject, order: Order) -> Result<(), Problem> {
        let body = tmf::order_body(&order, &subject.sub);
        let change = Change { verb: Verb::Post, idempotency_key: Some(&order.operation), ..Change::default() };
        let answer = self.session.change(&self.orders(&[])?, change, Some(("application/json", body))).await;
        let answer = answer.map_err(|unanswered| unanswered.problem)?;
        let next = match answer.status {
            200..=299 => match tmf::read_new_order(&answer.body) {
                Ok(Some(told)) => Order { id: Some(told.id), state: told.state, ..order },
                Ok(None) | Err(_) => Order { state: OrderState::Taken, ..order },
            },
            // It is known already.
            409 => Order { state: OrderState::Taken, ..order },
            425 | 429 | 500..=599 => {
                return Err(Problem::ServiceUnavailable { retry_after_seconds: answer.retry_after_seconds });
            }
            403 | 422 => Order { state: OrderState::Refused, ..order },
            // It was understood otherwise than it was meant: no answer to the question.
            _ => Order { state: OrderState::Failed, ..order },
        };
        self.keep_order(subject, next).await
    }

    fn orders(&self, below: &[&str]) -> Result<Url, Problem> {
        let base = self.api().and_then(|api| api.order_base_url.as_deref());
        let base = base.ok_or_else(|| Problem::unexpected("no_order"))?;
        address(base, &[&["serviceOrder"], below].concat())
    }

    async fn keep_order(&self, subject: &Subject, mut order: Order) -> Result<(), Problem> {
        let change = move |orders: &mut Orders| {
            match orders.0.iter_mut().find(|known| known.line == order.line) {
                Some(known) => {
                    // What was once told under an id keeps it, whoever looked meanwhile.
                    if known.operation == order.operation {
                        order.id = order.id.or(known.id.take());
                    }
                    *known = order;
                }
                None => orders.0.push(order),
            }
            Ok(())
        };
        self.note(subject, |memory| &mut memory.orders, change).await
    }
}
