//! The sandbox operator: a whole mobile operator on loopback, so that every face of the product can be
//! built, shown and tested without anybody's real account. It speaks OpenID Connect (code + PKCE) and the
//! TM Forum usage, product, order, resource and billing APIs over TLS, invents people from a seed, and breaks on request.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use companion_sandbox::{Faults, Sandbox, SandboxOptions, agent};
//!
//! let sandbox = Sandbox::start(SandboxOptions::default()).await?;
//! let profile = sandbox.profile_json(); // what the core opens
//! let emma = sandbox.person("emma").ok_or("no emma")?;
//! # let authorize_url = "";
//! let callback = agent::sign_in(&sandbox.ca_pem(), authorize_url, &emma.number, &emma.password).await?;
//! sandbox.set_faults(Faults { cut_off: true, ..Faults::default() });
//! sandbox.advance(3600);
//! sandbox.stop().await;
//! # let _ = (profile, callback);
//! # Ok(())
//! # }
//! ```

mod activation;
pub mod agent;
mod clock;
pub mod control;
mod faults;
mod http;
mod ids;
mod oidc;
mod on_request;
mod operators;
mod options;
mod pages;
mod people;
mod place;
mod plans;
mod preferences;
mod profile;
pub mod program;
mod quantity;
mod recordings;
mod request_log;
mod sandbox;
mod server;
mod state;
mod tls;
mod tmf637;
mod tmf677;
mod tmf678;
mod usage_data;
mod wifi_calling;

pub use activation::{ActivationEvent, Reveal, SimCard, SimSecretKind};
pub use faults::{Bend, Faults, IdTokenAlg, IdTokenFaults, IdentityFaults, Instead, JwksFault, TokenError};
pub use oidc::{Invitation, Revocation, TokenRequest, token_mark};
pub use operators::OperatorName;
pub use options::{
    ActivationDialect, BillDelivery, BillDialect, CycleEnd, DataBase, Dialect, PreferenceHome, QueryMode, Rotation,
    SandboxOptions, Scene,
};
pub use people::PersonCard;
pub use preferences::ElsewhereChange;
pub use recordings::Recording;
pub use request_log::{Carried, LoggedRequest, RequestWatch};
pub use sandbox::{Sandbox, StartError};
pub use tmf678::DocumentFaults;
