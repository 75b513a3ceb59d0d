//! Ctrl-C: the run stops after the pages that were begun, and what was finished is kept. A second Ctrl-C ends the process at once.

use std::sync::atomic::{AtomicBool, Ordering};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C and the request to terminate from here on. Where that is not possible the system's own way of ending applies.
pub fn listen() {
    let handler = || {
        if REQUESTED.swap(true, Ordering::SeqCst) {
            std::process::exit(super::Exit::Interrupted as i32);
        }
    };
    ctrlc::set_handler(handler).ok();
}

/// The run was asked to stop.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}
