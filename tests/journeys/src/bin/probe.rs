use companion_journeys::Phone;
use companion_sandbox::{Sandbox, SandboxOptions};
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let phone = Phone::new(&sandbox);
    phone.sign_in(&sandbox, "emma").await.unwrap();
    phone.refresh().await.unwrap();
    phone.core.suspend(5000).unwrap();
    let file = phone.data.path().join("companion.db");
    let _ = phone.try_open().unwrap().usage().state();
    println!("MARK raw");
    {
        let c = rusqlite::Connection::open(&file).unwrap();
        let _: Vec<u8> = c.query_row("SELECT sealed FROM snapshot WHERE kind='usage'", [], |r| r.get(0)).unwrap();
        println!("MARK close");
    }
    println!("MARK ours");
    let c = phone.try_open().unwrap();
    let w = c.usage().state();
    println!("MARK close2");
    drop((c, w));
}
