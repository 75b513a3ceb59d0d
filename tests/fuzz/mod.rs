//! Fuzz room: the laws of the fuzz targets on what the targets found, on seeds made of the fixtures, and on seeds that were mutated.
//!
//! The targets themselves are in `fuzz/` (see CONTRIBUTING.md). A finding is kept, as small as it can be, in `fixtures/fuzz/<target>/` under a name
//! that says what it broke; it stays there as a case of this room.

pub mod laws;
mod seeds;

use crate::script::twin::Dice;
use crate::tables::opencc;
use laws::LAWS;
use seeds::seeds;
use std::fs;
use std::path::Path;

/// Bits that mutations put in: those of the fuzz targets, too.
const DICTIONARY: &str = include_str!("dictionary.txt");

/// Says which input broke a law, when one does.
fn obey(law: &str, what: &str, bytes: &[u8]) {
    let broken = std::panic::catch_unwind(|| laws::law(law)(bytes)).is_err();
    assert!(!broken, "{what} breaks the law {law}: {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]));
}

#[test]
fn what_was_found_stays_mended() {
    let mut count = 0;
    for (law, _) in LAWS {
        let folder = format!("fixtures/fuzz/{law}");
        if !Path::new(&folder).is_dir() {
            continue;
        }
        for path in crate::entries(&folder) {
            count += 1;
            obey(law, &path.display().to_string(), &fs::read(&path).unwrap());
        }
    }
    assert!(count >= 3, "the findings are not there");
}

#[test]
fn seeds_obey_the_laws() {
    for (law, _) in LAWS {
        let seeds = seeds(law);
        assert!(seeds.len() >= 15, "only {} seeds for {law}", seeds.len());
        seeds.iter().enumerate().for_each(|(number, seed)| obey(law, &format!("seed {number}"), seed));
    }
}

/// Seeds with bits of the dictionary in them, joined, cut and spoilt: the same ones in every run. `ZONETEXT_CASES=5000` looks longer.
#[test]
fn mutated_seeds_obey_the_laws() {
    let cases = std::env::var("ZONETEXT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150);
    let words = words();
    assert!(words.len() > 100);
    for (number, (law, _)) in LAWS.iter().enumerate() {
        let seeds = seeds(law);
        let mut dice = Dice(0x2545_F491_4F6C_DD1D + number as u64);
        for case in 0..cases {
            let bytes = mutated(&mut dice, &seeds, &words);
            obey(law, &format!("mutation {case}"), &bytes);
        }
    }
}

/// Writes the seeds for the targets: `ZONETEXT_SEEDS=fuzz/seeds cargo test --test all fuzz::seeds_are_written`.
#[test]
fn seeds_are_written() {
    let Some(folder) = std::env::var_os("ZONETEXT_SEEDS") else { return };
    for (law, _) in LAWS {
        let folder = Path::new(&folder).join(law);
        fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds(law).iter().enumerate() {
            fs::write(folder.join(format!("{number:04}")), seed).unwrap();
        }
    }
}

fn mutated(dice: &mut Dice, seeds: &[Vec<u8>], words: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[dice.below(seeds.len())].clone();
    bytes.truncate(3000);
    for _ in 0..1 + dice.below(10) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(60)).min(bytes.len());
        match dice.below(6) {
            0 if at < bytes.len() => bytes[at] = dice.below(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            3 => bytes.truncate(end),
            4 => {
                let other = &seeds[dice.below(seeds.len())];
                let from = dice.below(other.len() + 1);
                bytes.splice(at..end, other[from..(from + 200).min(other.len())].to_vec());
            }
            _ => drop(bytes.splice(at..at, words[dice.below(words.len())].clone())),
        }
    }
    bytes
}

/// The dictionary's words, their escapes undone.
fn words() -> Vec<Vec<u8>> {
    let lines = DICTIONARY.lines().filter(|line| line.starts_with('"'));
    lines.map(|line| unescaped(&line.as_bytes()[1..line.len() - 1])).collect()
}

fn unescaped(mut rest: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some((&first, tail)) = rest.split_first() {
        let (byte, used) = match (first, tail) {
            (b'\\', [b'x', high, low, ..]) => {
                let digits = [*high, *low];
                (u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap(), 4)
            }
            (b'\\', [next, ..]) => (*next, 2),
            _ => (first, 1),
        };
        bytes.push(byte);
        rest = &rest[used..];
    }
    bytes
}
