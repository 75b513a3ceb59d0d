//! What is refused before any work: outputs that would overwrite inputs or each other.

use super::inputs::{Source, shown};
use super::manifest;
use crate::cli::Job;
use anyhow::{Result, bail};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// `--errors` and `--summary` must be neither inputs nor the output nor each other.
pub fn side_files(job: &Job, sources: &[Source]) -> Result<()> {
    let files = [("--errors", &job.errors), ("--summary", &job.summary), ("--output", &job.output)];
    let named: Vec<(&str, &Path)> = files.iter().filter_map(|(flag, path)| Some((*flag, path.as_deref()?))).collect();
    for (number, (flag, path)) in named.iter().enumerate() {
        if let Some((other, _)) = named[..number].iter().find(|(_, other)| other == path || same_file(other, path)) {
            // Two flags may share a device such as /dev/null.
            if !path.exists() || path.is_file() {
                bail!("{}: {other} and {flag} would both write it (choose two files)", shown(path));
            }
        }
        let own = |s: &&Source| s.path.as_deref().is_some_and(|input| same_file(input, path));
        if *flag != "--output"
            && let Some(source) = sources.iter().find(own)
        {
            bail!("{}: is an input as well (choose another {flag})", source.name());
        }
    }
    Ok(())
}

/// The files of a mirror: each written once, none an input, none the run's own.
pub fn mirror(folder: &Path, paths: &[PathBuf], sources: &[Source]) -> Result<()> {
    let mut taken: HashMap<PathBuf, &Source> = HashMap::new();
    for (path, source) in paths.iter().zip(sources) {
        if let Some(other) = taken.insert(as_the_system_sees(path), source) {
            bail!(
                "{} and {} would both write {} (rename one, or run them apart)",
                other.name(),
                source.name(),
                shown(path)
            );
        }
        if is_reserved(path) {
            bail!("{}: its output {} would have a name that is not free (rename it)", source.name(), shown(path));
        }
    }
    if let Some(root) = roots(sources).into_iter().find(|root| lies_inside(folder, root)) {
        bail!("{}: the output folder lies in the input {} (choose one beside it)", shown(folder), shown(&root));
    }
    let own = |(path, s): (&PathBuf, &Source)| s.path.as_deref().is_some_and(|p| same_file(p, path)).then(|| s.name());
    if let Some(name) = paths.iter().zip(sources).find_map(own) {
        bail!("{name}: is an input as well (choose another -o)");
    }
    Ok(())
}

/// Where `A.txt` and `a.txt` are one file, they are one here.
fn as_the_system_sees(path: &Path) -> PathBuf {
    match cfg!(any(windows, target_os = "macos")) {
        true => path.to_string_lossy().to_lowercase().into(),
        false => path.to_path_buf(),
    }
}

/// Devices of Windows, whatever their ending.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// The manifest, and on Windows the names of devices.
fn is_reserved(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let device = DEVICES.contains(&stem.as_str()) || numbered.is_some_and(|n| n.len() == 1 && n != "0");
    path.file_name().is_none_or(|name| name == manifest::NAME) || cfg!(windows) && device
}

/// The directories that were walked.
fn roots(sources: &[Source]) -> BTreeSet<PathBuf> {
    let walked = sources.iter().filter(|source| source.walked);
    let root = |source: &Source| {
        let root = source.path.as_deref()?.ancestors().nth(source.relative.components().count())?;
        Some(if root.as_os_str().is_empty() { ".".into() } else { root.to_path_buf() })
    };
    walked.filter_map(root).collect()
}

/// `folder` is this directory or lies in it; a second run would take its own output for input.
fn lies_inside(folder: &Path, root: &Path) -> bool {
    let there = folder.ancestors().find_map(|path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        path.canonicalize().ok()
    });
    there.zip(root.canonicalize().ok()).is_some_and(|(folder, root)| folder.starts_with(root))
}

/// Both are there and are one file. The second is looked at first: an output is seldom there before.
pub fn same_file(a: &Path, b: &Path) -> bool {
    b.exists() && matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
