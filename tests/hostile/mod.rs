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
use std::path::PathBuf;

/// The binary, and how many repeats: a million for the one that is named, a fiftieth for the debug build.
pub fn setting() -> (PathBuf, usize) {
    match std::env::var_os("ZONETEXT_HOSTILE") {
        Some(path) => (std::path::absolute(path).unwrap(), 1_000_000),
        None => (PathBuf::from(env!("CARGO_BIN_EXE_zonetext")), 20_000),
    }
}

/// Seconds of CPU time at any size. At full size it is the bar; a debug build at a fiftieth must not come near it.
const SECONDS: f64 = 2.0;

/// Runs all shapes, one after another, so that none disturbs another's figures, and tells all that went wrong at once.
fn check(shapes: &[Shape]) {
    let (binary, n) = setting();
    let mut wrong = Vec::new();
    for shape in shapes {
        for command in shape.commands {
            let input = (shape.input)(n);
            let ended = run(&binary, command, &input);
            let faults = faults(shape, n, &input, &ended);
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

/// What is wrong with how a run ended.
fn faults(shape: &Shape, n: usize, input: &[u8], ended: &Ended) -> Vec<String> {
    let mut faults = Vec::new();
    let seconds = shape.seconds.unwrap_or(SECONDS);
    if ended.seconds > seconds {
        faults.push(format!("{:.2} s, over {seconds}", ended.seconds));
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
