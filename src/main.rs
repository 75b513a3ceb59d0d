//! Parse, run, exit: everything else is in `cli` (flags), `run` (files and streams) and the library.
#![forbid(unsafe_code)]

mod cli;
mod run;

use std::process::ExitCode;
use zonetext::write::visible::on_one_line;

fn main() -> ExitCode {
    let mut verb = None;
    let job = match cli::task() {
        Ok(cli::Task::Run(job)) => {
            verb = Some(job.verb);
            run::run(*job)
        }
        Ok(cli::Task::Print(text)) => run::print(&text),
        Ok(cli::Task::Config) => Ok(run::Exit::Done),
        Ok(cli::Task::Man(folder)) => run::man(&folder),
        Err(usage) => usage.exit(),
    };
    match job {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) if run::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<run::Misuse>() => {
            cli::misuse(verb.unwrap_or_default(), error.to_string()).exit();
        }
        Err(error) => {
            eprintln!("zonetext: {}", on_one_line(&format!("{error:#}")));
            ExitCode::from(run::Exit::Fatal as u8)
        }
    }
}
