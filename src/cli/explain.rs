//! The flags that `explain` and `rules` have beside the common ones.

use super::flags::Flags;
use super::job::Job;
use clap::{Args, ValueEnum, ValueHint, error::ErrorKind};
use std::path::PathBuf;
use zonetext::Stage;
use zonetext::write::{self, explain::View, rules};

#[derive(Debug, Args)]
pub(super) struct ExplainFlags {
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    view: ViewFlags,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What to show")]
struct ViewFlags {
    /// Only what these stages did: extract, repair, script or split
    #[arg(long, value_name = "STAGE", value_delimiter = ',', hide_possible_values = true)]
    stage: Vec<StageName>,
    /// Only what these rules did; `zonetext rules` lists them
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    rule: Vec<String>,
    /// Whole texts with what went and what came in place
    #[arg(long)]
    diff: bool,
    /// Write a report as one HTML file; for several pages a folder of them with an index
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath, conflicts_with_all = ["output", "format", "diff", "stage", "rule", "resume"])]
    html: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct RulesFlags {
    /// Only the rules of these stages: extract, repair, script or split
    #[arg(long, value_name = "STAGE", value_delimiter = ',', hide_possible_values = true)]
    stage: Vec<StageName>,
    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "text", value_parser = super::verbs::without_markdown())]
    format: super::flags::Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StageName {
    Extract,
    Repair,
    Script,
    Split,
}

impl From<StageName> for Stage {
    fn from(name: StageName) -> Stage {
        match name {
            StageName::Extract => Stage::Extract,
            StageName::Repair => Stage::Repair,
            StageName::Script => Stage::Script,
            StageName::Split => Stage::Split,
        }
    }
}

impl ExplainFlags {
    /// The job, with what is to be shown of it. A rule that does not exist is wrong usage: it would show nothing for ever.
    pub(super) fn job(self) -> Result<Job, clap::Error> {
        let ViewFlags { stage, rule, diff, html } = self.view;
        if let Some(unknown) = rule.iter().find(|wanted| !rules::all().any(|rule| rule.name == wanted.as_str())) {
            let message = format!("no rule is named {unknown:?} (`zonetext rules` lists them all)");
            return Err(clap::Error::raw(ErrorKind::InvalidValue, message));
        }
        let mut job = self.flags.job("explain")?;
        if html.is_some() && job.input == super::InputKind::Jsonl {
            let message = "--html needs files, a directory or an archive, and no stream of records";
            return Err(clap::Error::raw(ErrorKind::ArgumentConflict, message));
        }
        let stages = stage.into_iter().map(Stage::from).collect();
        job.view = View { stages, rules: rule, diff, color: false };
        job.html = html;
        Ok(job)
    }
}

impl RulesFlags {
    /// The list of rules.
    pub(super) fn list(self) -> Vec<u8> {
        let stages: Vec<Stage> = self.stage.into_iter().map(Stage::from).collect();
        rules::list(&stages, write::Format::from(self.format)).into_bytes()
    }
}
