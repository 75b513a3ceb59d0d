//! What a file was when it was opened, so that a later run can tell whether it is still the same.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Size, times and number of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub size: u64,
    /// Nanoseconds since 1970 of the last change: of the content or, where the system has it, of anything, which nobody can set back.
    pub changed: u64,
    /// Its number in its file system, where there is one. That of the device may be another after a restart.
    #[serde(default)]
    pub file: Option<u64>,
    /// It was changed so shortly before it was opened that another change may bear the same time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recent: bool,
}

/// Systems count the times of files in steps of up to ten milliseconds; old ones in whole seconds, or in two.
const STEP: Duration = Duration::from_millis(20);
const LONG_STEP: Duration = Duration::from_secs(2);

impl Stamp {
    /// `None` for what is no file, and where the system knows no times.
    pub fn of(facts: &Metadata) -> Option<Stamp> {
        if !facts.is_file() {
            return None;
        }
        let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).ok();
        let changed = times(facts, since(facts.modified().ok()?)?);
        let step = if changed.subsec_nanos() == 0 { LONG_STEP } else { STEP };
        let recent = since(SystemTime::now())?.saturating_sub(changed) < step;
        Some(Stamp { size: facts.len(), changed: u64::try_from(changed.as_nanos()).ok()?, file: number(facts), recent })
    }

    /// What is at this path is still the file it was.
    pub fn holds(&self, path: &Path) -> bool {
        let now = path.metadata().ok().and_then(|facts| Stamp::of(&facts));
        now.is_some_and(|now| (self.size, self.changed, self.file) == (now.size, now.changed, now.file))
    }
}

#[cfg(unix)]
fn times(facts: &Metadata, modified: Duration) -> Duration {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanoseconds) = (u64::try_from(facts.ctime()), u32::try_from(facts.ctime_nsec()));
    match (seconds, nanoseconds) {
        (Ok(seconds), Ok(nanoseconds)) => modified.max(Duration::new(seconds, nanoseconds)),
        _ => modified,
    }
}

#[cfg(not(unix))]
fn times(_: &Metadata, modified: Duration) -> Duration {
    modified
}

#[cfg(unix)]
fn number(facts: &Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    Some(facts.ino())
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<u64> {
    None
}
