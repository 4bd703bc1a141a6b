//! The thread on which a load is made.

use anyhow::{Context, Result};
use std::{future::Future, thread};
use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
};

/// One thread, since the load has one core: two would fight for it and for the sandbox's lock. It ends with this value.
pub struct Load {
    runtime: Handle,
    _end: oneshot::Sender<()>,
}

impl Load {
    /// A thread with nothing to do yet.
    pub fn begin() -> Result<Load> {
        let runtime =
            Builder::new_current_thread().enable_all().build().context("beginning a thread for the load")?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel();
        let lives = move || {
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
