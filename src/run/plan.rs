//! What is refused before any work: outputs that would overwrite inputs or each other.

use super::inputs::{Source, mirrored, shown, with_ending};
use super::manifest;
use super::writer::Originals;
use crate::cli::Job;
use anyhow::{Result, bail};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// `--errors` and `--summary` must be neither inputs nor the output nor each other.
pub fn side_files(job: &Job, sources: &[Source], originals: &Originals) -> Result<()> {
    let files = [("--errors", &job.errors), ("--summary", &job.summary), ("--output", &job.output)];
    let named: Vec<(&str, &Path)> = files.iter().filter_map(|(flag, path)| Some((*flag, path.as_deref()?))).collect();
    for (number, (flag, path)) in named.iter().enumerate() {
        if let Some((other, _)) = named[..number].iter().find(|(_, other)| other == path || same_file(other, path)) {
            // Two flags may share a device such as /dev/null.
            if !path.exists() || path.is_file() {
                bail!("{}: {other} and {flag} would both write it (choose two files)", shown(path));
            }
        }
        if *flag != "--output" && originals.hold(path) {
            let own = |s: &&Source| s.path.as_deref().is_some_and(|input| same_file(input, path));
            let name = sources.iter().find(own).map_or(shown(path), Source::name);
            bail!("{name}: is an input as well (choose another {flag})");
        }
    }
    Ok(())
}

/// The name of each source's output in a mirror. Those that would meet, and only those, keep the whole name of their input; how many do.
pub fn names(sources: &[Source], ending: &str) -> Result<(Vec<PathBuf>, usize)> {
    let mut names: Vec<PathBuf> = sources.iter().map(|source| mirrored(&source.relative, ending)).collect();
    let mut whole = vec![false; names.len()];
    loop {
        let meeting = meeting(&names);
        let fresh: Vec<usize> = meeting.iter().copied().filter(|&number| !whole[number]).collect();
        for &number in &fresh {
            whole[number] = true;
            names[number] = with_ending(&sources[number].relative, ending);
        }
        if fresh.is_empty() {
            return Ok((names, whole.into_iter().filter(|whole| *whole).count()));
        }
    }
}

/// The numbers of names that are another's as well, a folder of another, or the run's own.
fn meeting(names: &[PathBuf]) -> Vec<usize> {
    let keys: Vec<PathBuf> = names.iter().map(|name| as_the_system_sees(name)).collect();
    let mut folders: HashSet<&Path> = HashSet::new();
    for key in &keys {
        key.ancestors().skip(1).take_while(|folder| folders.insert(folder)).for_each(drop);
    }
    let mut count: HashMap<&Path, usize> = HashMap::new();
    keys.iter().for_each(|key| *count.entry(key).or_default() += 1);
    let meets = |key: &PathBuf| count[key.as_path()] > 1 || folders.contains(key.as_path()) || is_reserved(key);
    keys.iter().enumerate().filter(|(_, key)| meets(key)).map(|(number, _)| number).collect()
}

/// The files of a mirror: each written once, none an input.
pub fn mirror(folder: &Path, names: &[PathBuf], sources: &[Source], originals: &Originals) -> Result<()> {
    let mut taken: HashMap<PathBuf, &Source> = HashMap::new();
    for (name, source) in names.iter().zip(sources) {
        if let Some(other) = taken.insert(as_the_system_sees(name), source) {
            bail!(
                "{} and {} would both write {} (rename one, or run them apart)",
                other.name(),
                source.name(),
                shown(&folder.join(name))
            );
        }
    }
    if let Some(root) = roots(sources).into_iter().find(|root| lies_inside(folder, root)) {
        bail!("{}: the output folder lies in the input {} (choose one beside it)", shown(folder), shown(&root));
    }
    // A link is replaced, whatever it leads to.
    let is_original = |path: &PathBuf| !path.is_symlink() && originals.hold(path);
    match names.iter().map(|name| folder.join(name)).find(is_original) {
        Some(path) => bail!("{}: is an input as well (choose another -o)", shown(&path)),
        None => Ok(()),
    }
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
    path.file_name().is_some_and(|name| name == manifest::NAME) || cfg!(windows) && device
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
fn same_file(a: &Path, b: &Path) -> bool {
    b.exists() && matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
