//! Hostile room: what somebody makes to take time, memory or text away.
//!
//! Each shape is a row: its name, the command, the input made for a size, and what must come out. The command runs as a child process, in the one
//! test binary, because time and memory are then those of the program alone, read from the operating system (`/proc`), and no counting
//! allocator has to live in all other tests. The everyday run takes small sizes; the full ones (a million repeats, 100 MB) need a
//! release build:
//!
//! ```sh
//! ZONETEXT_HOSTILE=target/release/zonetext cargo test --test all hostile:: -- --nocapture
//! ```

mod archives;
mod child;
mod markup;
mod names;
mod records;
mod repair;
mod shape;

use child::{Ended, run};
use shape::Shape;
use std::path::{Path, PathBuf};

/// The binary, and how many repeats: a million for the one that is named, a fiftieth for the debug build.
pub fn setting() -> (PathBuf, usize) {
    match std::env::var_os("ZONETEXT_HOSTILE") {
        Some(path) => (std::path::absolute(path).unwrap(), 1_000_000),
        None => (PathBuf::from(env!("CARGO_BIN_EXE_zonetext")), 20_000),
    }
}

/// A shape that takes fewer seconds of CPU time is not looked at further: at a million repeats nothing that is worse than linear does.
const QUICK: f64 = 0.5;

/// An input of four times the size may cost so many times as much; quadratic work would cost sixteen times.
const GROWTH: f64 = 10.0;

/// Seconds of CPU time at which a run is stopped: ten times what the slowest shape usually takes. No bar.
pub const STOP: f64 = 100.0;

/// How often a growth that seems too fast is measured again: other work on the machine slows one of two runs, seldom thrice.
const TRIES: usize = 3;

/// Runs all shapes, one after another, so that none disturbs another's figures, and tells all that went wrong at once.
fn check(shapes: &[Shape]) {
    let (binary, n) = setting();
    let mut wrong = Vec::new();
    for shape in shapes {
        for command in shape.commands {
            let input = (shape.input)(n);
            let ended = run(&binary, command, &input);
            let mut faults = faults(shape, n, &input, &ended);
            faults.extend(growth(&binary, shape, command, n, ended.seconds));
            println!(
                "{:4} {:34} {:30} {:7.1} MB in {:6.2} s, peak {:5.0} MB, exit {:?}",
                if faults.is_empty() { "ok" } else { "BAD" },
                shape.name,
                command,
                input.len() as f64 / 1e6,
                ended.seconds,
                ended.peak as f64 / 1e6,
                ended.code,
            );
            wrong.extend(faults.into_iter().map(|fault| format!("{} ({command}): {fault}", shape.name)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is wrong with how the time grows from a quarter of the input to all of it: least times of a few runs, so that it is the program's.
fn growth(binary: &Path, shape: &Shape, command: &str, n: usize, seconds: f64) -> Option<String> {
    let (mut whole, mut part) = (seconds, f64::INFINITY);
    for again in 0..TRIES {
        if whole < QUICK {
            return None;
        }
        if again > 0 {
            whole = whole.min(run(binary, command, &(shape.input)(n)).seconds);
        }
        part = part.min(run(binary, command, &(shape.input)(n / 4)).seconds);
        if whole <= GROWTH * part {
            return None;
        }
    }
    Some(format!("four times the input costs {:.1} times as much: {part:.2} s and {whole:.2} s", whole / part))
}

/// What is wrong with how a run ended.
fn faults(shape: &Shape, n: usize, input: &[u8], ended: &Ended) -> Vec<String> {
    let mut faults = Vec::new();
    if ended.seconds > STOP {
        faults.push(format!("{:.2} s, over {STOP}", ended.seconds));
    }
    // A fixed sum for tables, and what a tree may take for each byte of a tag.
    let memory = shape.fixed + shape.per_byte * input.len();
    if ended.peak > memory {
        faults.push(format!("{} MB, over {}", ended.peak / 1_000_000, memory / 1_000_000));
    }
    if ended.code != Some(shape.exit) {
        let said = String::from_utf8_lossy(&ended.stderr[..ended.stderr.len().min(500)]);
        faults.push(format!("exit {:?}, not {}: {said}", ended.code, shape.exit));
    }
    faults.extend(shape.kept.fault(n, input, ended));
    faults
}

#[test]
fn markup() {
    check(markup::SHAPES);
}

#[test]
fn records() {
    check(records::SHAPES);
}

#[test]
fn archives() {
    check(archives::SHAPES);
}

#[test]
fn repair() {
    check(repair::SHAPES);
}
