//! What a test or a demo may choose about the sandbox, at start and again with every new scene.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::operators::OperatorName;

/// Which generation of TMF677 the bodies are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// "v1", R17.5: `bucketBalance` with a number.
    G1,
    /// v3.0: `bucketBalance` with a `Quantity`.
    G2,
    /// v4.0 as approved: `bucketRefOrValue` inside tasks.
    G3,
    /// v5.1: `bucket` with `remainingValue`.
    #[default]
    G4,
}

/// How the profile tells the core to ask for usage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum QueryMode {
    /// `GET /usageConsumptionReport?logicalResource.value=…`
    #[default]
    ReportGet,
    /// `GET /queryUsageConsumption?…`
    QueryGet,
    /// `POST /queryUsageConsumption`, then `GET …/{id}` until done.
    QueryPost,
}

/// What the profile says one kilobyte is; the sandbox's figures do not change with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum DataBase {
    /// 1 GB = 10^9 bytes.
    #[default]
    Decimal,
    /// 1 GB = 2^30 bytes.
    Binary,
}

/// How `validFor.endDateTime` is written: the first moment after the cycle, or its last day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum CycleEnd {
    /// The start of the next cycle.
    #[default]
    Exclusive,
    /// Midnight at the start of the last day, as some operators do.
    Inclusive,
}

/// What a refresh does to the refresh token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Rotation {
    /// Every refresh gives a new one in its place.
    #[default]
    Rotate,
    /// The first one stays; a refresh answers without any.
    Keep,
}

/// Where the profile says that preferences are kept; the server has them in all three places at any time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub enum PreferenceHome {
    /// A resource of its own for each line, topic and channel.
    #[default]
    CommunicationPreference,
    /// TMF632, of the person: no entity tag, merge patches only.
    PartyCharacteristic,
    /// TMF638, of the line's service: an entity tag, and JSON patches too.
    ServiceFeature,
}

/// Which version of TMF678 the bodies are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum BillDialect {
    /// Version 4: `type`, parties told plainly, credit notes without a sign, rates as fractions, one bill in an array.
    V4,
    /// Version 5.
    #[default]
    V5,
}

/// In which version the profile says that orders (TMF622) and SIMs (TMF639) are read; the server has both at any time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum ActivationDialect {
    /// Version 4: neither milestones nor error messages; SIM cards and profiles of eSIMs apart.
    #[default]
    V4,
    /// Version 5.
    V5,
}

/// How printed bills can be had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub enum BillDelivery {
    /// Emma's at an address, Nadia's within the bill, Tom's in the document store.
    #[default]
    ByPerson,
    /// At a signed address on the document host.
    Url,
    /// Within the bill, as Base64.
    Content,
    /// In the document store (TMF667), which tells an address.
    Store,
}

/// How a sandbox starts. `..SandboxOptions::default()` is the documented scene: seed 1, 25 November 2026,
/// 14:05 in Brussels, standing still.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// Which operator it is. [`SandboxOptions::of`] chooses what belongs to one.
    pub operator: OperatorName,
    /// Decides names' numbers, identifiers and how much was used.
    pub seed: u64,
    /// The sandbox's time at start.
    pub now: Timestamp,
    /// Whether its time runs along with the wall clock; otherwise only [`crate::Sandbox::advance`] moves it.
    pub running_clock: bool,
    /// Generation of the TMF677 bodies.
    pub dialect: Dialect,
    /// Query mode written in the profile; the server answers all three at any time.
    pub query: QueryMode,
    /// Unit base written in the profile.
    pub data_base: DataBase,
    /// How ends of cycles are written, in bodies and in the profile.
    pub cycle_end: CycleEnd,
    /// How many reads of a posted task still answer "in progress" before it is done; 0 is done at once.
    pub task_polls: u32,
    /// Lifetime of an access token.
    pub access_seconds: i64,
    /// How long a rotated refresh token is still taken; 0 is strict: any reuse ends the session.
    pub grace_seconds: i64,
    /// Whether refresh tokens rotate.
    pub rotation: Rotation,
    /// Whether authorization requests may be pushed (RFC 9126).
    pub par: bool,
    /// Whether they must be; implies `par`.
    pub require_par: bool,
    /// Whether tokens are bound to a key of the app (RFC 9449); also written in the profile.
    pub dpop: bool,
    /// Whether proofs need a nonce of the sandbox, at the token and PAR endpoints and at the APIs.
    pub dpop_nonce: bool,
    /// Whether a change that is repeated under the same `Idempotency-Key` is done once; also written in the profile.
    pub idempotent: bool,
    /// Where preferences are kept, as the profile has it.
    pub preferences: PreferenceHome,
    /// Version of the TMF678 bodies.
    pub bill_dialect: BillDialect,
    /// How printed bills can be had.
    pub bill_delivery: BillDelivery,
    /// Version of orders, products and SIMs, as the profile has it.
    pub activation: ActivationDialect,
    /// Address it listens on: 127.0.0.1 is this machine alone, 0.0.0.0 whoever reaches it, and then `names` says how.
    pub listen: IpAddr,
    /// Names and addresses by which phones reach it, also in the certificate; the issuer and every link have the first.
    /// None: `localhost`, or `listen`.
    pub names: Vec<String>,
    /// Where the key of the certificate authority is kept, so that a phone which believes it goes on believing it; without
    /// it there is another authority at each start.
    pub ca_key: Option<PathBuf>,
    /// TLS port of the document host; 0 takes a free one.
    pub document_port: u16,
    /// TLS port; 0 takes a free one.
    pub port: u16,
    /// Plain HTTP port of the page and its controls, on 127.0.0.1 too wherever it listens; 0 takes a free one.
    pub control_port: u16,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            operator: OperatorName::default(),
            seed: 1,
            // 2026-11-25T14:05:00+01:00
            now: Timestamp::constant(1_795_611_900, 0),
            running_clock: false,
            dialect: Dialect::default(),
            query: QueryMode::default(),
            data_base: DataBase::default(),
            cycle_end: CycleEnd::default(),
            task_polls: 0,
            access_seconds: 300,
            grace_seconds: 0,
            rotation: Rotation::default(),
            par: true,
            require_par: false,
            dpop: false,
            dpop_nonce: false,
            idempotent: true,
            preferences: PreferenceHome::default(),
            bill_dialect: BillDialect::default(),
            bill_delivery: BillDelivery::default(),
            activation: ActivationDialect::default(),
            listen: Ipv4Addr::LOCALHOST.into(),
            names: Vec::new(),
            ca_key: None,
            document_port: 0,
            port: 0,
            control_port: 0,
        }
    }
}

impl SandboxOptions {
    /// The documented scene at an operator: in the dialect, units and places of its profile.
    pub fn of(operator: OperatorName) -> Self {
        operator.settle(Self::default())
    }
}

/// What `POST /control/scene` may set anew; what is left out falls back to how the sandbox was started.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Scene {
    /// Another operator, with all that its profile says; what else is set here counts before that.
    pub operator: Option<OperatorName>,
    /// See [`SandboxOptions::seed`].
    pub seed: Option<u64>,
    /// RFC 3339 with an offset.
    pub now: Option<Timestamp>,
    /// See [`SandboxOptions::dialect`].
    pub dialect: Option<Dialect>,
    /// See [`SandboxOptions::query`].
    pub query: Option<QueryMode>,
    /// See [`SandboxOptions::data_base`].
    pub data_base: Option<DataBase>,
    /// See [`SandboxOptions::cycle_end`].
    pub cycle_end: Option<CycleEnd>,
    /// See [`SandboxOptions::task_polls`].
    pub task_polls: Option<u32>,
    /// See [`SandboxOptions::access_seconds`].
    pub access_seconds: Option<i64>,
    /// See [`SandboxOptions::grace_seconds`].
    pub grace_seconds: Option<i64>,
    /// See [`SandboxOptions::rotation`].
    pub rotation: Option<Rotation>,
    /// See [`SandboxOptions::par`].
    pub par: Option<bool>,
    /// See [`SandboxOptions::require_par`].
    pub require_par: Option<bool>,
    /// See [`SandboxOptions::dpop`].
    pub dpop: Option<bool>,
    /// See [`SandboxOptions::dpop_nonce`].
    pub dpop_nonce: Option<bool>,
    /// See [`SandboxOptions::idempotent`].
    pub idempotent: Option<bool>,
    /// See [`SandboxOptions::preferences`].
    pub preferences: Option<PreferenceHome>,
    /// See [`SandboxOptions::bill_dialect`].
    pub bill_dialect: Option<BillDialect>,
    /// See [`SandboxOptions::bill_delivery`].
    pub bill_delivery: Option<BillDelivery>,
    /// See [`SandboxOptions::activation`].
    pub activation: Option<ActivationDialect>,
}

impl Scene {
    /// The start options with this scene's choices laid over them.
    pub(crate) fn over(&self, start: &SandboxOptions) -> SandboxOptions {
        let moved = self.operator.map(|operator| operator.settle(start.clone()));
        let start = moved.as_ref().unwrap_or(start);
        SandboxOptions {
            operator: start.operator,
            seed: self.seed.unwrap_or(start.seed),
            now: self.now.unwrap_or(start.now),
            running_clock: start.running_clock && self.now.is_none(),
            dialect: self.dialect.unwrap_or(start.dialect),
            query: self.query.unwrap_or(start.query),
            data_base: self.data_base.unwrap_or(start.data_base),
            cycle_end: self.cycle_end.unwrap_or(start.cycle_end),
            task_polls: self.task_polls.unwrap_or(start.task_polls),
            access_seconds: self.access_seconds.unwrap_or(start.access_seconds),
            grace_seconds: self.grace_seconds.unwrap_or(start.grace_seconds),
            rotation: self.rotation.unwrap_or(start.rotation),
            par: self.par.unwrap_or(start.par),
            require_par: self.require_par.unwrap_or(start.require_par),
            dpop: self.dpop.unwrap_or(start.dpop),
            dpop_nonce: self.dpop_nonce.unwrap_or(start.dpop_nonce),
            idempotent: self.idempotent.unwrap_or(start.idempotent),
            preferences: self.preferences.unwrap_or(start.preferences),
            bill_dialect: self.bill_dialect.unwrap_or(start.bill_dialect),
            bill_delivery: self.bill_delivery.unwrap_or(start.bill_delivery),
            activation: self.activation.unwrap_or(start.activation),
            listen: start.listen,
            names: start.names.clone(),
            ca_key: start.ca_key.clone(),
            document_port: start.document_port,
            port: start.port,
            control_port: start.control_port,
        }
    }
}
