//! Asking the operator to switch Wi-Fi calling on for a line (TMF641). The order is kept before it is sent; whether one
//! whose answer got lost has arrived is looked up by our own name for it before it is sent again, so that no line has two.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::WifiCalling;
use super::line::{LineService, Order, OrderState, Provisioned};
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
        let service = self.memory_of(&subject)?.to_order().cloned().ok_or_else(|| Problem::unexpected("no_order"))?;
        let last = self.memory_of(&subject)?.own.orders.iter().find(|order| order.line == service.line).cloned();
        if last.as_ref().is_none_or(|last| last.state.is_over()) {
            let order = Order {
                operation: name_after(&subject, &service, last.as_ref()),
                line: service.line.clone(),
                id: None,
                at_ms: self.engine.now_ms(),
                state: OrderState::Unsent,
            };
            self.keep_order(&subject, order.clone()).await?;
            self.post(&subject, &order, &service).await?;
        }
        self.watch(&subject, &service.line).await?;
        // Whether it is on is what the service says.
        let _ = self.read_services(&subject).await;
        Ok(())
    }

    /// Looks at the order again and again, while the person watches.
    async fn watch(self: &Arc<Self>, subject: &Subject, line: &str) -> Result<(), Problem> {
        for seconds in LOOKS {
            self.follow_orders(subject).await?;
            let is_over = self.memory_of(subject)?.own.orders.iter().any(|one| one.line == line && one.state.is_over());
            if is_over {
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
            (memory.own.orders.clone(), services.unwrap_or_default())
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
                None if order.id.is_some() => {}
                None => {
                    if let Some(service) = service {
                        self.post(subject, &order, service).await?;
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

    async fn post(self: &Arc<Self>, subject: &Subject, order: &Order, service: &LineService) -> Result<(), Problem> {
        let id = service.service.as_deref().ok_or_else(|| Problem::unexpected("no_order"))?;
        let body = tmf::order_body(&order.operation, &subject.sub, id, service.place.as_ref());
        let change = Change { verb: Verb::Post, idempotency_key: Some(&order.operation), ..Change::default() };
        let answer = self.session.change(&self.orders(&[])?, change, Some(("application/json", body))).await;
        let answer = answer.map_err(|unanswered| unanswered.problem)?;
        let next = match answer.status {
            200..=299 => match tmf::read_new_order(&answer.body) {
                Ok(Some(told)) => Order { id: Some(told.id), state: told.state, ..order.clone() },
                // It was taken, and nobody says under which id: it is looked for by our name.
                Ok(None) | Err(_) => return Ok(()),
            },
            // Known already: looked for by our name.
            409 => return Ok(()),
            429 | 500..=599 => {
                return Err(Problem::ServiceUnavailable { retry_after_seconds: answer.retry_after_seconds });
            }
            _ => Order { state: OrderState::Refused, ..order.clone() },
        };
        self.keep_order(subject, next).await
    }

    fn orders(&self, below: &[&str]) -> Result<Url, Problem> {
        let base = self.api().and_then(|api| api.order_base_url.as_deref());
        let base = base.ok_or_else(|| Problem::unexpected("no_order"))?;
        address(base, &[&["serviceOrder"], below].concat())
    }

    async fn keep_order(&self, subject: &Subject, order: Order) -> Result<(), Problem> {
        let known = self.memory_of(subject)?.own.orders.contains(&order);
        if known {
            return Ok(());
        }
        self.note(subject, |own| {
            own.orders.retain(|other| other.line != order.line);
            own.orders.push(order);
            Ok(())
        })
        .await
    }
}
