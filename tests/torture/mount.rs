//! A small disk, in memory: to be filled.

use std::{
    fs::{self, File},
    io::Write,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A disk of its own. It goes with this value.
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// One of so many megabytes, or why there can be none: only root may mount.
    pub fn mount(folder: &Path, megabytes: u32) -> Result<Disk, String> {
        let size = format!("size={megabytes}m");
        let tried = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder).output();
        match tried {
            Ok(done) if done.status.success() => {
                watch(folder);
                Ok(Disk { folder: folder.to_owned() })
            }
            Ok(done) => Err(String::from_utf8_lossy(&done.stderr).trim().to_owned()),
            Err(fault) => Err(fault.to_string()),
        }
    }

    /// Fills what is free, to the last byte.
    pub fn fill(&self) {
        let mut ballast = File::create(self.ballast()).unwrap();
        let block = vec![7; 1 << 16];
        for size in [1 << 16, 4096, 1] {
            while ballast.write_all(&block[..size]).is_ok() {}
        }
    }

    /// There is room again.
    pub fn clear(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }

    fn ballast(&self) -> PathBuf {
        self.folder.join("ballast")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: whoever still has a file open on it does not keep it in its place.
        Command::new("umount").arg("-l").arg(&self.folder).output().ok();
    }
}

/// Takes the disk away when this process was killed and could not. A process group of its own: an interrupt from the
/// keyboard does not reach it.
#[expect(clippy::zombie_processes, reason = "it may outlive us, and init buries it")]
fn watch(folder: &Path) {
    let script = r#"while [ -d "/proc/$1" ] && mountpoint -q "$2"; do sleep 1; done; umount -l "$2""#;
    let mut watchdog = Command::new("/bin/sh");
    watchdog
        .args(["-c", script, "watchdog"])
        .arg(std::process::id().to_string())
        .arg(folder)
        .current_dir("/");
    watchdog.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    watchdog.spawn().unwrap();
}
