//! Clean text stays as it is: every clean text within reach, and the look-alikes of damage.

use super::{repaired, shared};

/// Counts the lines of `text` that change, as documents of 40 lines; shows the first few.
fn changed(name: &str, lines: &[String]) -> (usize, usize) {
    let mut changed = 0;
    for document in lines.chunks(40) {
        let text = document.join("\n");
        let got = repaired(&text);
        if got != text {
            // What stands in the private use area is damage in these texts, too.
            let harmed = |a: &str, b: &str| a != b && !a.contains(|c| ('\u{E000}'..='\u{F8FF}').contains(&c));
            for (a, b) in text.split('\n').zip(got.split('\n')).filter(|(a, b)| harmed(a, b)) {
                changed += 1;
                if changed <= 12 {
                    println!("    {name}\n      seen  {a}\n      got   {b}");
                }
            }
        }
    }
    println!("{name}: {changed} of {} lines changed", lines.len());
    (changed, lines.len())
}

fn traditional(lines: &[String]) -> Vec<String> {
    let map = super::forward::unambiguous();
    lines.iter().map(|l| l.chars().map(|c| *map.get(&c).unwrap_or(&c)).collect()).collect()
}

fn narrow(lines: &[String]) -> Vec<String> {
    lines.iter().map(|l| l.chars().map(super::forward::fold).collect()).collect()
}

#[test]
fn clean_text_stays() {
    let Some(folder) = shared() else { return };
    let full = std::env::var_os("ZONETEXT_FULL").is_some();
    let (mut sum, mut all) = (0, 0);
    let mut add = |(n, of): (usize, usize)| {
        sum += n;
        all += of;
    };
    for name in ["gsd-simp", "gsd-trad", "gsd-ascii", "cfl", "ewt"] {
        let lines = super::mirror::sentences(&format!("{name}.jsonl"));
        add(changed(name, &lines));
        add(changed(&format!("{name}, traditional, narrow"), &narrow(&traditional(&lines))));
    }
    for name in ["modern_narrative.txt", "statutes.txt"] {
        let text = std::fs::read_to_string(folder.join("text").join(name)).expect("the text is there");
        let lines: Vec<String> = text.lines().step_by(if full { 1 } else { 20 }).map(str::to_owned).collect();
        add(changed(name, &lines));
        add(changed(&format!("{name}, traditional, narrow"), &narrow(&traditional(&lines))));
    }
    assert!(sum * 100_000 <= all.max(100_000), "{sum} of {all} clean lines changed");
}
