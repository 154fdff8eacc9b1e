//! What a check does, in which order: one person signs in, the tokens are renewed, every claimed capability is asked for as
//! the app asks, and in the end the person signs out, however it ended.

use std::sync::Arc;
use std::time::Duration;

use companion::operator::contract::Request;
use companion::operator::profile::{Capability, Profile};
use companion::operator::trust;
use companion::operator::watch::Exchange;
use companion::preferences::Preferences;
use companion::preferences::view::SwitchPhase;
use companion::session::{SessionPhase, SignInWish};
use companion::vowifi::guide::signature::GuidesRefusal;
use companion::{CompanionCore, CoreConfig, Host, Problem};

use super::blame;
use super::bodies::NOTHING;
use super::bodies::{self, Asker, parsed};
use super::book::{Book, Clause};
use super::identity::{self, Attempt, Former};
use super::judge::{self, Findings, Said};
use super::recorder::Recorder;
use super::report::{ALL, Level, Report, SIGN_IN, name_of};
use super::way_in::{Door, WayIn};
use super::{shown, stopped};
use crate::host::{ComputerClock, FileStore};

/// How long telling the operator of a sign-out may take.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);
/// How often it is tried to put back what was turned.
const TRIES: u32 = 5;
/// For a browser that comes back in the very moment in which nobody waits for it any more.
const MOMENT: Duration = Duration::from_millis(500);
/// How long a wish that was put back is waited for until the operator has it.
const ARRIVAL: Duration = Duration::from_secs(2);

/// What a check is to do.
#[derive(Debug, Clone)]
pub struct Wish {
    /// How the person signs in.
    pub way_in: WayIn,
    /// One notification is turned the other way and put back.
    pub write: bool,
}

/// How a check ended.
#[derive(Debug)]
pub enum Ended {
    /// It went to its end.
    Done(Report),
    /// The profile is refused.
    Refused {
        /// The field at fault.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It was stopped; the person is signed out.
    Stopped,
}

/// Checks an operator. `progress` is told what is done next; `stop` ends it early.
pub async fn check(
    profile_json: &str,
    wish: &Wish,
    progress: impl Fn(&str),
    stop: impl Future<Output = ()>,
) -> Result<Ended, Box<dyn std::error::Error>> {
    check_before(profile_json, wish, progress, stop, Arc::new(Recorder::default())).await
}

/// [`check`], before one who keeps every exchange.
pub async fn check_before(
    profile_json: &str,
    wish: &Wish,
    progress: impl Fn(&str),
    stop: impl Future<Output = ()>,
    recorder: Arc<Recorder>,
) -> Result<Ended, Box<dyn std::error::Error>> {
    let profile = match Profile::parse(profile_json) {
        Ok(profile) => profile,
        Err(Problem::Configuration { field, reason }) => return Ok(Ended::Refused { field, reason }),
        Err(problem) => return Err(problem.into()),
    };
    if let Some(trust) = &profile.trust
        && trust::anchors(&trust.anchors_pem).is_err()
    {
        let reason = "holds a certificate that cannot be read: put in the whole file of the CA".to_owned();
        return Ok(Ended::Refused { field: "trust.anchorsPem".to_owned(), reason });
    }
    let folder = tempfile::tempdir()?;
    let door = wish.way_in.door().await?;
    let config = CoreConfig {
        data_dir: folder.path().join("data").to_string_lossy().into_owned(),
        profile_json: profile_json.to_owned(),
        languages: vec!["en".to_owned()],
        redirect_uri: match &door {
            Door::Port(landing) => Some(landing.redirect_uri()),
            Door::Profiles => None,
        },
        process: None,
    };
    let store = FileStore::open(&folder.path().join("secure"))?;
    let host = Host::new(Arc::new(store), Arc::new(ComputerClock));
    let core = match CompanionCore::open_watched(config, host, recorder.clone()) {
        Ok(core) => core,
        Err(Problem::Configuration { field, reason }) => return Ok(Ended::Refused { field, reason }),
        Err(problem) => return Err(problem.into()),
    };
    let book = Book::beside(profile_json)?;
    let mut walk = Walk {
        core,
        profile,
        book,
        recorder,
        asker: Asker::default(),
        findings: Findings::default(),
        judged: 0,
        asked: Vec::new(),
        held_up: Vec::new(),
        is_signing_in: false,
        former: None,
        turned: None,
    };
    let went = tokio::select! {
        biased;
        () = stop => false,
        () = walk.all(wish, &door, &progress) => true,
    };
    walk.close(&progress).await;
    if !went {
        return Ok(Ended::Stopped);
    }
    let Walk { profile, findings, asked, held_up, .. } = walk;
    let count = |name: &str| {
        let of = asked.iter().filter(|(known, _)| known == name).map(|(_, count)| *count);
        let count = of.reduce(usize::saturating_add)?;
        // Plans are asked for once there is usage.
        let is_held_up = held_up.iter().any(|it| it == name) || (count == 0 && name != SIGN_IN);
        Some((count, !is_held_up))
    };
    Ok(Ended::Done(Report::of(&profile, findings.all().to_vec(), count)))
}

struct Walk {
    core: Arc<CompanionCore>,
    profile: Profile,
    book: Book,
    recorder: Arc<Recorder>,
    asker: Asker,
    findings: Findings,
    /// So many exchanges were judged.
    judged: usize,
    /// Capabilities that were come to, with how much was asked.
    asked: Vec<(String, usize)>,
    /// Capabilities that could not be come to because of what is wrong with sign-in.
    held_up: Vec<String>,
    /// The page is open, or what came back of it is being exchanged.
    is_signing_in: bool,
    /// The refresh token of before the renewal.
    former: Option<Former>,
    /// A switch that was turned, and how it was before.
    turned: Option<(String, bool)>,
}

impl Walk {
    async fn all(&mut self, wish: &Wish, door: &Door, progress: &impl Fn(&str)) {
        progress("sign-in");
        if !self.sign_in(wish, door).await {
            return;
        }
        let claimed: Vec<Capability> = ALL.into_iter().filter(|it| self.profile.offers(*it)).collect();
        for capability in claimed {
            let name = name_of(capability);
            progress(name);
            if self.findings.has_fault_of("userinfo") {
                // Everything is asked for by what userinfo tells.
                self.held_up.push(name.to_owned());
                continue;
            }
            let mut outcome = self.capability(capability, wish).await;
            if outcome.as_ref().is_err_and(passes) && self.turned.is_none() {
                // As the app does at the next look; but nothing is turned twice.
                outcome = self.capability(capability, wish).await;
            }
            self.settle(name, outcome.err());
            self.is_shown(capability);
        }
        // Last, because the provider may take it for theft. What was turned is back by now, or would never be.
        if let Some(former) = self.former.take()
            && self.put_back().await.is_ok()
        {
            identity::show_again(&self.book, &self.profile, &former, &mut self.findings).await;
        }
        judge::dates(&self.book, &self.recorder.since(0), &mut self.findings);
    }

    /// Metadata, page, tokens, keys, renewal. Whether somebody is signed in.
    async fn sign_in(&mut self, wish: &Wish, door: &Door) -> bool {
        let page = match self.core.session().start(SignInWish::default(), None).await {
            Ok(page) => page.url,
            Err(problem) => {
                self.settle_sign_in(None, Some(problem));
                return false;
            }
        };
        let first = 0;
        self.is_signing_in = true;
        let came = wish.way_in.walk(door, &self.core, &self.profile, &page).await;
        self.is_signing_in = false;
        if let (Some(stuck), Some(request)) = (came.stuck, self.book.request("sign-in-page")) {
            let said = Said {
                clause: Clause::Request,
                at: "page",
                expected: "a form for name and password that leads back to the app",
                came: &stuck,
                consequence: "Nobody is signed in.",
            };
            self.findings.note(&self.book, request, Level::Fault, &said);
        }
        let attempt = (page, came.callback);
        let failed = came.outcome.is_err();
        self.settle_sign_in(Some(&attempt), came.outcome.err());
        if failed {
            return false;
        }
        let sign_in = self.recorder.since(first);
        let attempt = Attempt { page: &attempt.0, callback: attempt.1.as_deref(), exchanges: &sign_in };
        self.asker.sub = identity::sub(&self.book, &attempt).unwrap_or_default();
        identity::remarks(&self.book, &attempt, &mut self.findings);
        let before = self.recorder.count();
        let renewed = self.core.session().renew_now().await;
        let renewal = self.recorder.since(before);
        self.former = identity::rotation(&self.book, &self.profile, &attempt, &renewal, &mut self.findings);
        self.settle(SIGN_IN, renewed.err());
        true
    }

    async fn capability(&mut self, capability: Capability, wish: &Wish) -> Result<(), Problem> {
        match capability {
            Capability::Usage => {
                // Twice: the second time on condition that something changed.
                self.core.usage().refresh(None).await?;
                self.core.usage().refresh(None).await
            }
            // Plans come with usage.
            Capability::Plan => Ok(()),
            Capability::Notifications => {
                self.core.preferences().refresh(None).await?;
                if wish.write { self.turn().await } else { Ok(()) }
            }
            Capability::Invoices => self.invoices().await,
            Capability::WifiCalling => {
                self.core.wifi_calling().refresh(None).await?;
                self.core.wifi_calling().refresh(None).await
            }
            Capability::Activation => {
                self.core.activation().refresh(None).await?;
                self.core.activation().refresh(None).await
            }
        }
    }

    /// The list, the newest bill line by line, its document.
    async fn invoices(&mut self) -> Result<(), Problem> {
        let room = self.core.invoices();
        room.clone().refresh(None).await?;
        let Some(bill) = room.state().rows.into_iter().find_map(|row| row.invoice_id) else { return Ok(()) };
        room.clone().refresh_invoice(bill.clone(), None).await?;
        match room.download(bill, true, None, None).await {
            // A bill without a printed document is one.
            Err(Problem::Unexpected { code }) if code == "no_document" => Ok(()),
            outcome => outcome,
        }
    }

    /// Turns one switch the other way, and back.
    async fn turn(&mut self) -> Result<(), Problem> {
        let room = self.core.preferences();
        let topics = room.state().lines.into_iter().flat_map(|line| line.topics);
        let Some(switch) = topics.flat_map(|topic| topic.switches).find(|it| it.can_change) else { return Ok(()) };
        self.turned = Some((switch.preference_id.clone(), switch.on));
        set(&room, &switch.preference_id, !switch.on).await?;
        self.put_back().await
    }

    async fn put_back(&mut self) -> Result<(), Problem> {
        let Some((id, on)) = self.turned.clone() else { return Ok(()) };
        let room = self.core.preferences();
        set(&room, &id, on).await?;
        // What the core sends beside a refresh may come after it.
        let taken = async {
            while !has_taken(&room, &id, on) {
                tokio::time::sleep(PAUSE).await;
            }
        };
        if tokio::time::timeout(ARRIVAL, taken).await.is_ok() {
            self.turned = None;
        }
        Ok(())
    }

    /// Puts back what was turned, signs out, and waits until the operator was told.
    async fn close(&mut self, progress: &impl Fn(&str)) {
        // An operator that does not answer now may do so in a moment, and nobody else would turn it back.
        for _ in 0..TRIES {
            if self.put_back().await.is_ok() && self.turned.is_none() {
                break;
            }
            tokio::time::sleep(MOMENT).await;
        }
        // It may have been stopped before the last step was judged.
        self.judge();
        if !self.is_signed_in().await {
            return;
        }
        progress("sign-out");
        let before = self.recorder.count();
        let out = self.core.session().sign_out().await;
        let is_told = self.book.metadata().get("revocation_endpoint").is_some();
        let is_revocation =
            |exchange: &Exchange| self.book.request_of(exchange).is_some_and(|it| it.id == "token-revocation");
        let told = async {
            while is_told && !self.recorder.since(before).iter().any(is_revocation) {
                tokio::time::sleep(PAUSE).await;
            }
        };
        let _ = tokio::time::timeout(PATIENCE, told).await;
        self.settle(SIGN_IN, out.err());
        let _ = self.core.suspend(5000);
    }

    /// Whether somebody is signed in, once nothing of a sign-in is under way any more: a code that the core is exchanging is
    /// exchanged to its end, and the tokens of it are somebody's.
    async fn is_signed_in(&self) -> bool {
        let is_signed_in = || self.core.session().state().since_ms.is_some();
        if is_signed_in() {
            return true;
        }
        let is_awaited = self.core.session().state().phase == SessionPhase::SigningIn;
        let _ = self.core.session().cancel_sign_in().await;
        if self.is_signing_in {
            let settled = async {
                while !is_signed_in() {
                    tokio::time::sleep(PAUSE).await;
                }
            };
            let _ = tokio::time::timeout(if is_awaited { MOMENT } else { PATIENCE }, settled).await;
        }
        is_signed_in()
    }

    /// Judges what was exchanged since the last time: one step.
    fn judge(&mut self) -> Vec<Exchange> {
        let step = self.recorder.since(self.judged);
        self.judged = self.judged.saturating_add(step.len());
        for exchange in &step {
            let is_metadata = exchange.url.path().ends_with("/.well-known/openid-configuration");
            if is_metadata && exchange.status == Some(200) {
                self.book.provider_says(parsed(&exchange.response_body));
            }
            let Some(request) = self.book.request_of(exchange) else { continue };
            let capability = judge::capability_of(request).to_owned();
            self.asked.push((capability.clone(), 1));
            let (book, findings) = (&self.book, &mut self.findings);
            if is_consequence(request, exchange, findings) {
                self.held_up.push(capability);
            } else if judge::judge(book, (request, exchange), &step, findings)
                && bodies::read(book, &self.profile, &mut self.asker, (request, exchange), findings)
            {
                judge::tags(book, request, exchange, findings);
            }
        }
        step
    }

    /// Judges a step, and notes a problem of the core's that no exchange explains.
    fn settle(&mut self, name: &str, problem: Option<Problem>) {
        let step = self.judge();
        self.asked.push((name.to_owned(), 0));
        let Some(problem) = problem else { return };
        let is_damaged = matches!(&problem, Problem::NotUnderstood { code } if code == "document_damaged");
        if self.findings.has_fault(name) || (is_damaged && self.findings.raise("document-bytes", "header Repr-Digest"))
        {
            return;
        }
        let (sign_in_fails, is_unasked) =
            (self.findings.has_fault(SIGN_IN), step.is_empty() && is_of_another(&problem));
        if name != SIGN_IN && (sign_in_fails || is_unasked) {
            // Without the person's lines nothing of theirs can be asked for, and an operator that asked to wait is not asked:
            // that is told already.
            self.held_up.push(name.to_owned());
            return;
        }
        blame::lay(&self.book, name, &step, &problem, &mut self.findings);
    }

    fn settle_sign_in(&mut self, attempt: Option<&(String, Option<String>)>, problem: Option<Problem>) {
        let step = self.judge();
        self.asked.push((SIGN_IN.to_owned(), 0));
        let Some(problem) = problem else { return };
        if !self.findings.has_fault(SIGN_IN) {
            let (page, callback) = attempt.map_or(("", None), |(page, callback)| (page.as_str(), callback.as_deref()));
            let attempt = Attempt { page, callback, exchanges: &step };
            stopped::stopped(&self.book, &self.profile, &attempt, &problem, &mut self.findings);
        }
        if !self.findings.has_fault(SIGN_IN) {
            blame::lay(&self.book, SIGN_IN, &step, &problem, &mut self.findings);
        }
    }

    /// Says so where nothing was wrong with a capability, and the app has nothing to show of it.
    fn is_shown(&mut self, capability: Capability) {
        let name = name_of(capability);
        if capability == Capability::WifiCalling {
            self.guides();
        }
        let is_said = self.findings.all().iter().any(|it| it.capability == name && it.came == NOTHING);
        let is_known = is_said || self.findings.has_fault(name) || self.held_up.iter().any(|it| it == name);
        let exchanges = self.recorder.since(0);
        let asked = exchanges.iter().rev().filter_map(|exchange| self.book.request_of(exchange));
        let is_persons = |request: &&Request| request.as_person && judge::capability_of(request) == name;
        let Some(request) = asked.into_iter().find(is_persons) else { return };
        if is_known || shown::shows(&self.core, capability) {
            return;
        }
        let said = Said {
            clause: Clause::Request,
            at: "body",
            expected: "something of this person's to show",
            came: NOTHING,
            consequence: "The screen says that there is none. Sign in as somebody who has some, or see what is left out.",
        };
        self.findings.note(&self.book, request, Level::Remark, &said);
    }

    /// Newer guides that the core did not take.
    fn guides(&mut self) {
        let Some(why) = self.core.wifi_calling().state().guides_refused else { return };
        let Some(request) = self.book.request("guides") else { return };
        if self.findings.all().iter().any(|it| it.request == request.id) {
            return;
        }
        let (expected, came) = match why {
            GuidesRefusal::Untrusted => ("a signature of a key of apis.wifiCalling.guideKeys", "another, or none"),
            GuidesRefusal::Unreadable => ("guides that `companion wifi-calling lint` has nothing to say of", "others"),
            GuidesRefusal::TooNew => ("guides for this version of the app", "guides for a newer one"),
            GuidesRefusal::OutOfDate => ("guides newer than those before, in date", "older ones, or out of date"),
        };
        let consequence = "The app's own guides are used.";
        let said = Said { clause: Clause::Status(200), at: "body", expected, came, consequence };
        self.findings.note(&self.book, request, Level::Remark, &said);
    }
}

/// Whether this had to come after what is wrong with sign-in, which is told.
fn is_consequence(request: &Request, exchange: &Exchange, findings: &Findings) -> bool {
    let is_refused = exchange.status == Some(401) && findings.has_fault(SIGN_IN);
    request.as_person && (is_refused || (request.id != "userinfo" && findings.has_fault_of("userinfo")))
}

/// A problem that is perhaps none a moment later.
fn passes(problem: &Problem) -> bool {
    matches!(problem, Problem::ServiceUnavailable { retry_after_seconds: None } | Problem::Offline)
}

/// A problem that may come of another capability's: nothing was asked for.
fn is_of_another(problem: &Problem) -> bool {
    matches!(problem, Problem::ServiceUnavailable { .. } | Problem::Offline | Problem::SessionEnded { .. })
}

/// Turns a switch, and waits until the operator has it.
/// Whether the operator has the wish, done or taken.
fn has_taken(room: &Preferences, id: &str, on: bool) -> bool {
    let topics = room.state().lines.into_iter().flat_map(|line| line.topics);
    let switch = topics.flat_map(|topic| topic.switches).find(|it| it.preference_id == id);
    switch.is_some_and(|it| it.on == on && matches!(it.phase, SwitchPhase::Confirmed | SwitchPhase::Requested))
}

async fn set(room: &Arc<Preferences>, id: &str, on: bool) -> Result<(), Problem> {
    room.clone().set(id.to_owned(), on).await?;
    room.clone().refresh(None).await
}
