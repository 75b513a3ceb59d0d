//! What was dropped and changed, with the rule of each. `cargo run --example changes -- page.html`

use zonetext::{Options, clean};

fn main() -> Result<(), std::io::Error> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "fixtures/readme/page.html".to_owned());
    let page = clean(&std::fs::read(path)?, &Options { explain: true, ..Options::default() });
    for change in &page.changes {
        println!("{:<8} {:<14} {:?} → {:?}", change.stage.name(), change.rule, change.before, change.after);
    }
    Ok(())
}
