//! The thread on which a load is made.

use anyhow::{Context, Result};
use std::{
    fs,
    future::Future,
    process::{Command, Stdio},
    thread,
};
use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
};

/// One thread, since the load has one core: two would fight for it and for the sandbox's lock. On that core it gives way to
/// a database's server, as people far away would. It ends with this value.
pub struct Load {
    runtime: Handle,
    _end: oneshot::Sender<()>,
}

/// What lets a thread give way, as Debian has it in `bsdutils`.
const RENICE: &str = "renice";

impl Load {
    /// A thread with nothing to do yet.
    pub fn begin() -> Result<Load> {
        let runtime =
            Builder::new_current_thread().enable_all().build().context("beginning a thread for the load")?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel();
        let lives = move || {
            gives_way();
            // It ends when the other side is dropped, which is an error to a channel and none here.
            let _dropped = runtime.block_on(ended);
        };
        thread::Builder::new().name("load".to_owned()).spawn(lives).context("a thread for the load")?;
        Ok(Load { runtime: handle, _end: end })
    }

    /// Does this there, with all that it starts.
    pub async fn does<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Result<T> {
        self.runtime.spawn(work).await.context("making the load")
    }
}

/// Without the tool it does not, and a server on the same core is held up.
fn gives_way() {
    let own = fs::read_link("/proc/thread-self").unwrap_or_default();
    let Some(number) = own.file_name() else { return };
    let mut renice = Command::new(RENICE);
    renice.args(["-n", "19", "-p"]).arg(number).stdout(Stdio::null()).stderr(Stdio::null());
    let _missing = renice.status();
}
