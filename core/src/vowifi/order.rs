//! Asking the operator to switch Wi-Fi calling on for a line (TMF641). The order is kept before it is sent; whether one
//! whose answer got lost has arrived is looked up by our own name for it before it is sent again, so that no line has two.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::WifiCalling;
use super::line::{LineService, Order, OrderState, Provisioned};
use super::memory::{Orders, standing};
use super::refresh::not_understood;
use super::tmf::{self, ToldOrder};
use crate::host::pause;
use crate::operator::address::address;
use crate::operator::http::{Change, Verb};
use crate::problem::Problem;
use crate::session::{Call, Subject};

/// After so long an order of which nobody knows the operator's id is given up, and offered anew.
const GIVE_UP_MS: i64 = 24 * 60 * 60 * 1000;
/// After so long an order the operator says nothing more of is given up as well.
const FORGOTTEN_MS: i64 = 14 * 24 * 60 * 60 * 1000;
/// A process that has sent nothing after so long has died.
const SENDING_MS: i64 = 60 * 1000;
/// Waits between looks at an order while the person watches, in seconds.
const LOOKS: [u64; 8] = [1, 2, 3, 5, 8, 13, 20, 30];

/// What became of an order that was sent.
enum Sent {
    /// The operator has it.
    Known(ToldOrder),
    /// The operator has it, and does not say under which id.
    Taken,
    /// It does not.
    Refused(OrderState),
}

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
        let (services, is_under_way) = {
            let (memory, now_ms) = (self.memory_of(&subject)?, self.engine.now_ms());
            let services: Vec<LineService> = memory.to_order(now_ms).cloned().collect();
            (services, memory.order(now_ms).is_some_and(|order| !order.is_over()))
        };
        if services.is_empty() && !is_under_way {
            return Err(Problem::unexpected("no_order"));
        }
        for service in services {
            self.order_for(&subject, service).await?;
        }
        match self.watch(&subject).await {
            // Whether it is on is what the service says.
            Ok(()) => drop(self.read_services_and_orders(&subject).await),
            // The operator has it: that nothing more is heard of it for now is no failure of what the person asked for.
            Err(problem) if self.has_arrived(&subject)? => self.memory_of(&subject)?.failure = Some(problem),
            Err(problem) => return Err(problem),
        }
        Ok(())
    }

    /// Whether the operator took every order.
    fn has_arrived(&self, subject: &Subject) -> Result<bool, Problem> {
        Ok(self.memory_of(subject)?.orders.0.iter().all(|order| order.state != OrderState::Unsent))
    }

    /// Orders it for a line, unless that is under way: also where another process of the app did.
    async fn order_for(self: &Arc<Self>, subject: &Subject, service: LineService) -> Result<(), Problem> {
        let _turn = self.posting.lock().await;
        let (owner, now_ms) = (subject.clone(), self.engine.now_ms());
        let change = move |orders: &mut Orders| {
            let at = orders.0.iter().position(|order| order.line == service.line);
            let last = at.and_then(|at| orders.0.get(at));
            if last.and_then(|last| standing(last, now_ms)).is_some_and(|state| !state.may_be_ordered_anew()) {
                return Ok(None);
            }
            let operation = name_after(&owner, &service, last);
            let LineService { line, service, place, .. } = service;
            let service = service.ok_or_else(|| Problem::unexpected("no_order"))?;
            let (id, at_ms, state, sending_ms) = (None, now_ms, OrderState::Unsent, Some(now_ms));
            let order = Order { operation, line, service, place, id, at_ms, state, sending_ms };
            orders.0.retain(|other| other.line != order.line);
            orders.0.push(order.clone());
            Ok(Some(order))
        };
        match self.note(subject, |memory| &mut memory.orders, change).await? {
            Some(order) => self.post(subject, order).await,
            None => Ok(()),
        }
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
        let mut trouble = None;
        for order in orders.into_iter().filter(|order| !order.state.is_over()) {
            let service = services.iter().find(|service| service.line == order.line);
            // One line's trouble is not another's.
            if let Err(problem) = self.follow(subject, order, service).await {
                trouble = trouble.or(Some(problem));
            }
        }
        trouble.map_or(Ok(()), Err)
    }

    async fn follow(
        self: &Arc<Self>,
        subject: &Subject,
        order: Order,
        service: Option<&LineService>,
    ) -> Result<(), Problem> {
        // Whatever the order says, the line has it.
        if service.is_some_and(|service| service.provisioned == Provisioned::On) {
            return self.keep_order(subject, Order { state: OrderState::Done, ..order }).await;
        }
        if let Some(told) = self.look_up(&order).await? {
            return self.keep_order(subject, Order { id: Some(told.id), state: told.state, ..order }).await;
        }
        // Given up only where the operator, asked just now, knows nothing of it.
        let age_ms = self.engine.now_ms().saturating_sub(order.at_ms);
        let limit_ms = if order.id.is_some() { FORGOTTEN_MS } else { GIVE_UP_MS };
        if age_ms > limit_ms {
            return self.keep_order(subject, Order { state: OrderState::Failed, ..order }).await;
        }
        if order.state == OrderState::Unsent && self.is_ours_to_send(subject, &order).await? {
            return self.post(subject, order).await;
        }
        Ok(())
    }

    /// Takes it on to send an order again, unless it was sent meanwhile, or is on its way by whoever else.
    async fn is_ours_to_send(&self, subject: &Subject, order: &Order) -> Result<bool, Problem> {
        let (operation, now_ms) = (order.operation.clone(), self.engine.now_ms());
        let change = move |orders: &mut Orders| {
            let known = orders.0.iter_mut().find(|known| known.operation == operation);
            let Some(known) = known.filter(|known| known.state == OrderState::Unsent) else { return Ok(false) };
            let age_ms = known.sending_ms.map(|since_ms| now_ms.saturating_sub(since_ms));
            if age_ms.is_some_and(|age_ms| (0..SENDING_MS).contains(&age_ms)) {
                return Ok(false);
            }
            known.sending_ms = Some(now_ms);
            Ok(true)
        };
        self.note(subject, |memory| &mut memory.orders, change).await
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

    /// Sends an order, and keeps what became of it.
    async fn post(self: &Arc<Self>, subject: &Subject, order: Order) -> Result<(), Problem> {
        let sent = self.send(subject, &order).await;
        let state = match &sent {
            Ok(Sent::Known(told)) => told.state,
            Ok(Sent::Taken) => OrderState::Taken,
            Ok(Sent::Refused(state)) => *state,
            Err(_) => OrderState::Unsent,
        };
        let id = match &sent {
            Ok(Sent::Known(told)) => Some(told.id.clone()),
            _ => order.id.clone(),
        };
        self.keep_order(subject, Order { id, state, sending_ms: None, ..order }).await?;
        sent.map(drop)
    }

    async fn send(self: &Arc<Self>, subject: &Subject, order: &Order) -> Result<Sent, Problem> {
        let body = tmf::order_body(order, &subject.sub);
        let change = Change { verb: Verb::Post, idempotency_key: Some(&order.operation), ..Change::default() };
        let answer = self.session.change(&self.orders(&[])?, change, Some(("application/json", body))).await;
        let answer = answer.map_err(|unanswered| unanswered.problem)?;
        Ok(match answer.status {
            200..=299 => tmf::read_new_order(&answer.body).ok().flatten().map_or(Sent::Taken, Sent::Known),
            // Either it is known already, under our name, or another stands in its way.
            409 => self.look_up(order).await?.map_or(Sent::Refused(OrderState::Failed), Sent::Known),
            425 | 429 | 500..=599 => {
                return Err(Problem::ServiceUnavailable { retry_after_seconds: answer.retry_after_seconds });
            }
            403 | 422 => Sent::Refused(OrderState::Refused),
            // It was understood otherwise than it was meant: no answer to the question.
            _ => Sent::Refused(OrderState::Failed),
        })
    }

    fn orders(&self, below: &[&str]) -> Result<Url, Problem> {
        let base = self.api().and_then(|api| api.order_base_url.as_deref());
        let base = base.ok_or_else(|| Problem::unexpected("no_order"))?;
        address(base, &[&["serviceOrder"], below].concat())
    }

    async fn keep_order(&self, subject: &Subject, mut order: Order) -> Result<(), Problem> {
        let change = move |orders: &mut Orders| {
            // What came late of an order that is over, or of one that another follows, changes nothing.
            let same = |known: &&mut Order| known.operation == order.operation && !known.state.is_over();
            if let Some(known) = orders.0.iter_mut().find(same) {
                // What was once told under an id keeps it, whoever looked meanwhile.
                order.id = order.id.take().or(known.id.take());
                *known = order;
            }
            Ok(())
        };
        self.note(subject, |memory| &mut memory.orders, change).await
    }
}
