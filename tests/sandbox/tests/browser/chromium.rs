//! Headless Chromium behind WebDriver, with a home of its own that trusts one certificate authority. It knows nothing
//! of the page it shows.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

/// Names the chromedriver to use; `tests/run rust` sets it.
const DRIVER: &str = "COMPANION_CHROMEDRIVER";

pub const TAB: char = '\u{e004}';
pub const ENTER: char = '\u{e007}';
pub const SPACE: char = ' ';

/// The chromedriver of this machine. Without one a person is told so and the test passed over; continuous integration
/// has no such excuse.
pub fn driver() -> Option<PathBuf> {
    let driver = std::env::var_os(DRIVER).filter(|path| !path.is_empty()).map(PathBuf::from);
    if driver.is_none() {
        let missing = format!("no browser here ({DRIVER} is not set); tests/run rust sees to one");
        assert!(std::env::var_os("CI").is_none(), "{missing}");
        println!("skipped: {missing}");
    }
    driver
}

pub struct Chromium {
    pub client: Client,
    // Ends the driver and whatever it started; before the home goes.
    _driver: Driver,
    _home: TempDir,
}

impl Chromium {
    pub async fn open(driver: &Path, ca_pem: &str) -> Self {
        let home = TempDir::new().unwrap();
        trust(home.path(), ca_pem);
        let driver = Driver::start(driver, home.path());
        let profile = home.path().join("profile");
        let arguments = [
            "--headless=new",
            // It shows our own pages only, and a container often forbids what Chromium's own sandbox needs.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--hide-scrollbars",
            // Nothing leaves this machine, whatever else a browser would like to look up.
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let capabilities = json!({ "goog:chromeOptions": { "args": arguments } });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap();
        Self { client, _driver: driver, _home: home }
    }

    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }

    pub async fn show(&self, url: &Url) {
        self.client.goto(url.as_str()).await.unwrap();
    }

    /// The element of this id, as soon as it is there.
    pub async fn element(&self, id: &str) -> Element {
        let wait = self.client.wait().at_most(Duration::from_secs(20)).every(Duration::from_millis(20));
        wait.for_element(Locator::Id(id)).await.unwrap()
    }

    /// Types on the keyboard, into whatever has the focus.
    pub async fn press(&self, keys: &str) {
        let none = KeyActions::new("keyboard".to_owned());
        let strokes = keys
            .chars()
            .fold(none, |strokes, value| strokes.then(KeyAction::Down { value }).then(KeyAction::Up { value }));
        self.client.perform_actions(strokes).await.unwrap();
    }

    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// A command of the Chrome DevTools Protocol, for what WebDriver has no words for.
    pub async fn devtools(&self, name: &'static str, parameters: Value) -> Value {
        self.client.issue_cmd(DevTools { name, parameters }).await.unwrap()
    }

    /// A window `width` CSS pixels wide; `scale` 2 is what zooming to 200 % is.
    pub async fn window(&self, width: u32, height: u32, scale: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What the person set their device to: "light" or "dark".
    pub async fn colour_scheme(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Keeps a picture of the page, for people to look at.
    pub async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await.unwrap()).unwrap();
    }
}

/// Chromium reads whom to trust from the NSS database in its home.
fn trust(home: &Path, ca_pem: &str) {
    let database = home.join(".pki/nssdb");
    let pem = home.join("ca.pem");
    std::fs::create_dir_all(&database).unwrap();
    std::fs::write(&pem, ca_pem).unwrap();
    let database = format!("sql:{}", database.display());
    let certutil = |arguments: &[&str]| {
        let done = Command::new("certutil").args(arguments).args(["-d", &database]).output().unwrap();
        assert!(done.status.success(), "certutil {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    certutil(&["-N", "--empty-password"]);
    certutil(&["-A", "-n", "sandbox", "-t", "C,,", "-i", pem.to_str().unwrap()]);
}

/// A chromedriver that lasts as long as its standard input is held open, which ends however this process ends.
struct Driver {
    child: Child,
    port: u16,
    // Held, so that it can go on writing.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    /// It takes a free port of IPv6 and then the same of IPv4, which somebody else may have: then it ends, and another tries.
    fn start(driver: &Path, home: &Path) -> Self {
        let mut said = String::new();
        for _ in 0..5 {
            match Self::try_start(driver, home) {
                Ok(started) => return started,
                Err(last) => said = last,
            }
        }
        panic!("chromedriver ended:\n{said}");
    }

    /// What it said, where it ended.
    fn try_start(driver: &Path, home: &Path) -> Result<Self, String> {
        let keeper = Path::new(env!("CARGO_MANIFEST_DIR")).join("../servers/for-as-long-as-asked");
        let mut child = Command::new(keeper)
            .arg(driver)
            .arg("--port=0")
            .env("HOME", home)
            // Chromium leaves things behind when it is killed.
            .env("TMPDIR", home)
            // Out of reach of a signal to the tests' process group, after which it still has its work to do.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let port = loop {
            let from = said.len();
            if output.read_line(&mut said).unwrap() == 0 {
                drop(child.stdin.take());
                let _ = child.wait();
                return Err(said);
            }
            let started = said[from..].trim_end().strip_prefix("ChromeDriver was started successfully on port ");
            if let Some(port) = started {
                break port.trim_end_matches('.').parse().unwrap();
            }
        };
        Ok(Self { child, port, _output: output })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct DevTools {
    name: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.name, "params": self.parameters }).to_string()))
    }
}
