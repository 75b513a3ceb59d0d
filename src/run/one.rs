//! One input through the pipeline: a panic in it becomes its failure, never the run's.

use super::explain;
use crate::cli::{Action, Job};
use zonetext::pipeline::caught;
use zonetext::write::record::{Failure, Origin};
use zonetext::{Options, Page, Status};

/// Cleans `bytes`. A panic is caught and told as a failure.
pub fn clean(bytes: &[u8], options: &Options) -> Result<Page, Failure> {
    caught(bytes, options).map_err(|message| Failure { code: "panic", stage: "clean", message })
}

/// The output for a cleaned page.
pub fn written(page: &Page, origin: &Origin, job: &Job) -> String {
    match job.action {
        Action::Clean => zonetext::write::write(page, origin, &job.write),
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
