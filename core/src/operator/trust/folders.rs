//! The authorities that Android trusts: a folder with one certificate in each file, and one with those that the phone's owner
//! switched off, under the same names. What an owner or an employer added is not among them, as for every app since Android 7
//! that does not ask for it.

use std::fs;
use std::path::Path;
#[cfg(target_os = "android")]
use std::sync::{Arc, OnceLock};

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::operator::failure::Failure;

/// The system's folders, the newer first: since Android 14 the authorities are renewed between system updates.
#[cfg(target_os = "android")]
const SYSTEM: [&str; 2] = ["/apex/com.android.conscrypt/cacerts", "/system/etc/security/cacerts"];

/// The authorities of the phone that this runs on. Read once: what its owner switches off holds from the app's next start.
#[cfg(target_os = "android")]
pub fn of_this_phone() -> Result<Arc<RootCertStore>, Failure> {
    static READ: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    if let Some(read) = READ.get() {
        return Ok(read.clone());
    }
    // Each user of a phone has a hundred thousand numbers for their apps.
    let user = rustix::process::getuid().as_raw() / 100_000;
    let read =
        Arc::new(authorities(&SYSTEM.map(Path::new), Path::new(&format!("/data/misc/user/{user}/cacerts-removed")))?);
    Ok(READ.get_or_init(|| read).clone())
}

/// The authorities of the first of the folders that has any, without those that are switched off.
fn authorities(folders: &[&Path], switched_off: &Path) -> Result<RootCertStore, Failure> {
    let authorities = folders.iter().map(|folder| authorities_in(folder, switched_off));
    authorities.into_iter().find(|found| !found.is_empty()).ok_or(Failure::Setup)
}

fn authorities_in(folder: &Path, switched_off: &Path) -> RootCertStore {
    let mut authorities = RootCertStore::empty();
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for file in files.filter(|file| !switched_off.join(file.file_name()).exists()) {
        // Around a certificate stands what it says, for people. One that cannot be read vouches for nobody.
        let Ok(content) = fs::read(file.path()) else { continue };
        authorities.add_parsable_certificates(CertificateDer::pem_slice_iter(&content).flatten());
    }
    authorities
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rustls::{ClientConnection, ServerConfig, ServerConnection};

    use super::super::believing;
    use super::*;
    use crate::trials::identity;

    /// A handshake with that server, by whoever believes these authorities.
    fn handshake(authorities: RootCertStore, server: Arc<ServerConfig>) -> Result<(), rustls::Error> {
        let client = Arc::new(believing(authorities).unwrap());
        let mut client = ClientConnection::new(client, "localhost".try_into().unwrap())?;
        let mut server = ServerConnection::new(server)?;
        while client.is_handshaking() {
            let (mut there, mut back) = (Vec::new(), Vec::new());
            client.write_tls(&mut there).unwrap();
            server.read_tls(&mut there.as_slice()).unwrap();
            server.process_new_packets()?;
            server.write_tls(&mut back).unwrap();
            client.read_tls(&mut back.as_slice()).unwrap();
            client.process_new_packets()?;
        }
        Ok(())
    }

    #[test]
    fn a_server_is_believed_by_the_folder_with_its_authority_and_by_no_other() {
        let ((ours, server), (other, _)) = (identity(), identity());
        let (with, without) = (folder(&[("a.0", &other), ("b.0", &ours)]), folder(&[("a.0", &other)]));
        let (none, off) = (folder(&[]), folder(&[("b.0", "")]));
        for (what, folder, switched_off, believed) in [
            ("its authority is there", &with, &none, true),
            ("it is not", &without, &none, false),
            ("the phone's owner switched it off", &with, &off, false),
        ] {
            let authorities = authorities(&[folder.path()], switched_off.path()).unwrap();
            let shaken = handshake(authorities, server.clone());
            let is_refused = matches!(shaken, Err(rustls::Error::InvalidCertificate(_)));
            assert_eq!((shaken.is_ok(), is_refused), (believed, !believed), "{what}: {shaken:?}");
        }
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        folder
    }

    fn count(folders: &[&tempfile::TempDir], switched_off: &tempfile::TempDir) -> Option<usize> {
        let folders: Vec<&Path> = folders.iter().map(|folder| folder.path()).collect();
        authorities(&folders, switched_off.path()).ok().map(|found| found.len())
    }

    #[test]
    fn the_first_folder_that_has_authorities_counts_and_what_cannot_be_read_is_left_out() {
        let ((a, _), (b, _)) = (identity(), identity());
        let newer =
            folder(&[("5ed36f99.0", &a), ("3513523f.0", &format!("{b}Certificate:\n    Data:\n        Version: 3\n"))]);
        let older = folder(&[
            ("5ed36f99.0", &a),
            ("broken.0", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        ]);
        let (empty, none) = (folder(&[("README", "no certificate")]), folder(&[]));
        let off = folder(&[("3513523f.0", "")]);
        for (what, folders, switched_off, expected) in [
            ("the newer", vec![&newer, &older], &none, Some(2)),
            ("the older, where the newer is not there", vec![&none, &older], &none, Some(1)),
            ("the older, where the newer has none", vec![&empty, &older], &none, Some(1)),
            ("without the one that is switched off", vec![&newer, &older], &off, Some(1)),
            ("nobody", vec![&empty, &none], &none, None),
        ] {
            assert_eq!(count(&folders, switched_off), expected, "{what}");
        }
    }
}
