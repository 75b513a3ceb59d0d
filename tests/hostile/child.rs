//! A run of the program with its CPU time and its peak of memory, as the operating system counts them.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// How a run ended.
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// CPU time; where the system does not tell it, the time that passed.
    pub seconds: f64,
    /// Bytes of resident memory at the most; zero where the system does not tell.
    pub peak: usize,
}

/// A run that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs a command line with `input` on standard input.
pub fn run(binary: &Path, line: &str, input: &[u8]) -> Ended {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::write(place("in"), input).unwrap();
    let start = Instant::now();
    let mut child = Command::new(binary)
        .args(line.split(' '))
        .current_dir(folder.path())
        .stdin(File::open(place("in")).unwrap())
        .stdout(File::create(place("out")).unwrap())
        .stderr(File::create(place("err")).unwrap())
        .spawn()
        .unwrap();
    let (mut seconds, mut peak) = (None, 0);
    let code = loop {
        // Before asking whether it ended: then its figures are gone.
        seconds = cpu(&child).or(seconds);
        peak = resident(&child).unwrap_or(0).max(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let seconds = seconds.unwrap_or(start.elapsed().as_secs_f64());
    Ended { code, stdout: fs::read(place("out")).unwrap(), stderr: fs::read(place("err")).unwrap(), seconds, peak }
}

/// User and system time so far. Linux counts in hundredths.
fn cpu(child: &Child) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    // The name in brackets may hold anything; what follows is counted from its end.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system) = (fields.next()?.parse::<f64>().ok()?, fields.next()?.parse::<f64>().ok()?);
    Some((user + system) / 100.0)
}

/// The most memory that was resident so far.
fn resident(child: &Child) -> Option<usize> {
    let text = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}
