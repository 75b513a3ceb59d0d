//! One input through the pipeline: a panic in it becomes its failure, never the run's.

use super::explain;
use crate::cli::{Action, Job};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use zonetext::write::record::{Failure, Origin};
use zonetext::{Options, Page, Status};

/// Cleans `bytes`. A panic is caught and told as a failure, and so is a page that takes too long, where the user gave a time.
pub fn clean(bytes: &[u8], options: &Options, job: &Job) -> Result<Page, Failure> {
    match job.max_seconds {
        None => caught(|| zonetext::clean(bytes, options)),
        Some(seconds) => in_time(bytes.to_vec(), options.clone(), seconds),
    }
}

/// Cleans in a thread of its own and waits no longer than so many seconds. A thread cannot be stopped: it is left behind, and ends with
/// the program at the latest.
fn in_time(bytes: Vec<u8>, options: Options, seconds: u64) -> Result<Page, Failure> {
    let (send, receive) = mpsc::channel();
    // Nobody may be there any more to take it.
    thread::spawn(move || send.send(caught(|| zonetext::clean(&bytes, &options))).unwrap_or_default());
    receive.recv_timeout(Duration::from_secs(seconds)).unwrap_or_else(|_| {
        let message =
            format!("the page took more than {seconds} s (raise --max-seconds, or report it with this input)");
        Err(Failure { code: "limit", stage: "clean", message })
    })
}

/// Does `work`; a panic in it becomes a failure.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message =
            panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let message = format!(
            "a fault in zonetext itself: {} (please report it with this input)",
            message.unwrap_or("no message")
        );
        Failure { code: "panic", stage: "clean", message }
    })
}

/// The output for a cleaned page.
pub fn written(page: &Page, origin: &Origin, job: &Job) -> String {
    match job.action {
        Action::Clean => zonetext::write::write(page, origin, &job.write),
        Action::Explain if job.html.is_some() => zonetext::write::report::report(page, origin),
        Action::Explain => zonetext::write::explain::explain(page, origin, &job.write, &explain::view(job)),
        Action::Inspect => zonetext::write::inspect::inspect(page, origin, &job.write, explain::is_colored(job)),
    }
}

/// What is to be said of a page that came out, but not whole.
pub fn shortfall(page: &Page) -> Option<Failure> {
    if page.charset.binary {
        let message = format!("no text: {} (give HTML or plain text)", page.charset.evidence.join("; "));
        return Some(Failure { code: "binary", stage: "decode", message });
    }
    match (&page.limit, page.status) {
        (Some(limit), Status::Limit) => Some(Failure { code: "limit", stage: "clean", message: limit.clone() }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_that_records_failure() {
        let number = std::env::args().count() + 7;
        let failure = caught(|| {
            if number > 0 {
                panic!("number {number}")
            }
        })
        .unwrap_err();
        assert_eq!(failure.code, "panic");
        assert!(failure.message.contains(&format!("number {number}")), "{}", failure.message);
        assert_eq!(caught(|| 5), Ok(5));
    }
}
