//! Where the sandbox is reached: the sockets it listens on, the names it goes by, the key of its control side.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use ring::rand::{SecureRandom, SystemRandom};
use url::Url;

use crate::ids::base64url;
use crate::options::SandboxOptions;
use crate::sandbox::StartError;

/// Addresses and names.
#[derive(Clone)]
pub(crate) struct Place {
    /// "https://localhost:PORT", also the issuer.
    pub(crate) origin: String,
    /// "https://localhost:PORT" of the document host.
    pub(crate) document_origin: String,
    /// "http://127.0.0.1:PORT" of the control side, for this machine.
    pub(crate) control_url: String,
    pub(crate) control_port: u16,
    /// Of the control side for others; none where it listens to this machine alone.
    pub(crate) outside_url: Option<String>,
    /// What it was told to go by, beside `localhost`.
    pub(crate) names: Vec<String>,
    /// What whoever asks from another machine has to know.
    pub(crate) key: String,
}

impl Place {
    /// The page's address for whoever reached the sandbox under this `Host`; of a name that is not ours, this machine's.
    pub(crate) fn page_for(&self, host: &str) -> String {
        let name = host_name(host);
        let ours = self.names.contains(&name) || name.parse::<IpAddr>().is_ok();
        match ours {
            true => format!("http://{}:{}/", in_url(&name), self.control_port),
            false => format!("{}/", self.control_url),
        }
    }
}

/// The name or address in a `Host` header, without port and brackets, in small letters.
pub(crate) fn host_name(host: &str) -> String {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !name.ends_with(':') && port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    name.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase()
}

/// What it listens on.
pub(crate) struct Sockets {
    pub(crate) operator: TcpListener,
    pub(crate) documents: TcpListener,
    pub(crate) control: Vec<TcpListener>,
}

/// Takes the ports.
pub(crate) fn take(options: &SandboxOptions) -> Result<(Place, Sockets), StartError> {
    let listen = options.listen;
    let mut names = options.names.iter().map(|name| checked(name)).collect::<Result<Vec<_>, _>>()?;
    if names.is_empty() && listen.is_unspecified() {
        return Err(StartError::NoName);
    }
    if names.is_empty() && listen != IpAddr::V4(Ipv4Addr::LOCALHOST) {
        names.push(listen.to_string());
    }
    let host = names.first().map_or_else(|| "localhost".to_owned(), |name| in_url(name));

    let operator = bind(listen, options.port)?;
    let documents = bind(listen, options.document_port)?;
    // The page and its controls are always on this machine's own address too, where no key is needed.
    let control = match listen.is_unspecified() {
        true => bind(listen, options.control_port)?,
        false => bind(Ipv4Addr::LOCALHOST.into(), options.control_port)?,
    };
    let (operator_port, documents_port) = (operator.local_addr()?.port(), documents.local_addr()?.port());
    let control_port = control.local_addr()?.port();
    let mut controls = vec![control];
    if !listen.is_unspecified() && listen != IpAddr::V4(Ipv4Addr::LOCALHOST) {
        controls.push(bind(listen, control_port)?);
    }
    let place = Place {
        origin: format!("https://{host}:{operator_port}"),
        document_origin: format!("https://{host}:{documents_port}"),
        control_url: format!("http://127.0.0.1:{control_port}"),
        control_port,
        outside_url: (!listen.is_loopback()).then(|| format!("http://{host}:{control_port}")),
        names,
        key: key()?,
    };
    Ok((place, Sockets { operator, documents, control: controls }))
}

fn bind(address: IpAddr, port: u16) -> Result<TcpListener, StartError> {
    let listener = TcpListener::bind(SocketAddr::new(address, port));
    let listener = listener.map_err(|source| StartError::Listen { address, port, source })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// A host name or address, as it stands in an address and in a certificate.
fn checked(name: &str) -> Result<String, StartError> {
    let name = name.to_ascii_lowercase();
    let url = Url::parse(&format!("https://{}/", in_url(&name))).ok();
    // Whatever else an address has (port, path, user) would stand beside the host.
    let host = url.as_ref().and_then(Url::host_str).map(|host| host.trim_matches(['[', ']']).to_owned());
    host.filter(|host| *host == name).ok_or(StartError::Name(name))
}

fn in_url(name: &str) -> String {
    if name.parse::<Ipv6Addr>().is_ok() { format!("[{name}]") } else { name.to_owned() }
}

fn key() -> Result<String, StartError> {
    let mut bytes = [0; 18];
    SystemRandom::new().fill(&mut bytes).map_err(|_| std::io::Error::other("no randomness"))?;
    Ok(base64url(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_host_and_nothing_else() {
        for (told, name) in [
            ("laptop.local", Some("laptop.local")),
            ("Laptop.Local", Some("laptop.local")),
            ("localhost", Some("localhost")),
            ("192.168.1.20", Some("192.168.1.20")),
            ("10.0.2.2", Some("10.0.2.2")),
            ("fd00::1", Some("fd00::1")),
            ("", None),
            ("laptop.local:8443", None),
            ("https://laptop.local", None),
            ("laptop.local/", None),
            ("user@laptop", None),
            ("a b", None),
            ("192.168.1", None),
            ("<script>", None),
        ] {
            assert_eq!(checked(told).ok().as_deref(), name, "{told}");
        }
    }

    #[test]
    fn everywhere_is_no_name() {
        let everywhere = SandboxOptions { listen: Ipv4Addr::UNSPECIFIED.into(), ..SandboxOptions::default() };
        assert!(matches!(take(&everywhere), Err(StartError::NoName)));
    }
}
